"""gather killed, or refused by the system, at any step: the data set is the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")
if sys.platform == "win32":
    pytest.skip("no fork", allow_module_level=True)

from faults import can_trace, refusing
from killing import ended, forked, plug_in

from conftest import ROOT, Run
from gathered import NAMES, NEW, OLD, assert_nothing_lies_about, command, gathered, shown, write
from provinces import DAY, held, lay
from reformledger.dataset import gathering, publishing
from reformledger.dataset.reading import current_version
from reformledger.errors import ReformLedgerError, UncertainError
from reformledger.files import write as write_files

pytestmark = pytest.mark.programs
STEP = 13
"""Every so manieth call of some hundreds is one at which gather is killed."""


@pytest.fixture
def province(tmp_path: Path) -> Path:
    return write(tmp_path / "counties", OLD)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_call_it_is_the_old_or_the_new(tmp_path: Path, province: Path, after: bool) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    shutil.copytree(to, tmp_path / "kept", symlinks=True)
    seen = set()
    number, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        number += STEP
        shutil.rmtree(to)
        shutil.copytree(tmp_path / "kept", to, symlinks=True)

        def work(number: int = number) -> None:
            plug_in(number, after=after)
            gathered(province, to)

        code = ended(forked(work))
        (title,) = shown(to)
        seen.add(title)
        # Who reads and changes nothing clears what the other left.
        gathered(province, to)
        assert shown(to) == {NEW}
        assert_nothing_lies_about(to)
    assert code == 0
    assert number > 30
    assert seen == {OLD, NEW}


def test_killed_the_first_time_there_is_none_or_a_whole_one(tmp_path: Path, province: Path) -> None:
    to = tmp_path / "set"
    number, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        number += STEP
        shutil.rmtree(to, ignore_errors=True)

        def work(number: int = number) -> None:
            plug_in(number, after=True)
            gathered(province, to)

        code = ended(forked(work))
        if (to / "CURRENT").exists():
            assert shown(to) == {OLD}
        gathered(province, to)
        assert shown(to) == {OLD}
        assert_nothing_lies_about(to)


def said_by(work: Callable[[], object]) -> str:
    """Return what an error says, nothing without one."""
    try:
        work()
    except ReformLedgerError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("call", "code", "step"), [("fsync", errno.ENOSPC, 3), ("rename", errno.EIO, 1), ("replace", errno.EDQUOT, 1)]
)
def test_refused_at_any_call_it_is_the_old_one(tmp_path: Path, province: Path, call: str, code: int, step: int) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    number, refused = 0, 0
    while shown(to) == {OLD}:
        with refusing(call, number, code) as met:
            said = said_by(lambda: gathered(province, to))
        if shown(to) == {OLD}:
            assert met[0]
            assert os.strerror(code) in said
            assert not list((to / "versions").glob(".*"))
            refused += 1
        else:
            assert not said or "did not confirm" in said
        number += step
    assert refused
    gathered(province, to)
    assert shown(to) == {NEW}
    assert_nothing_lies_about(to)


def test_a_damaged_one_goes_when_another_counts_and_not_before(
    tmp_path: Path, province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is whole of it can be asked until then."""
    to = tmp_path / "set"
    made = gathered(province, to)
    (made.folder / "faults.parquet").write_bytes(b"x")
    write(province, NEW)
    with monkeypatch.context() as refused:
        refused.setattr(gathering, "publish", _refuse)
        assert "No space left" in said_by(lambda: gathered(province, to))
    version = current_version(to)
    assert version.folder == made.folder
    assert version.checked(name for name in version.manifest.files if "/" in name)
    del version
    gathered(province, to)
    assert shown(to) == {NEW}
    assert [path.name for path in (to / "versions").iterdir()] == [(to / "CURRENT").read_text("ascii").strip()]


def _refuse(*_given: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_done_but_not_confirmed_is_said_so(tmp_path: Path, province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last call of all puts the new CURRENT on the disk: what is done is not called undone."""
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    real = write_files.sync

    def sync(folder: Path) -> None:
        if folder == to:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(folder)

    monkeypatch.setattr(write_files, "sync", sync)
    with pytest.raises(UncertainError, match="did not confirm") as error:
        gathered(province, to)
    assert error.value.exit_code == 74
    assert shown(to) == {NEW}


def test_full_disk_leaves_the_old_one_and_takes_no_room(
    tmp_path: Path, province: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "set"
    folders = list(map(str, sorted(province.iterdir())))
    assert run("gather", *folders, "--to", str(to), "--as-of", DAY.isoformat()).code == 0
    write(province, NEW)
    before = held(to / "versions")
    real, left = publishing.put, [2]

    def put(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, content)

    for module in ("buckets", "publishing"):
        monkeypatch.setattr(f"reformledger.dataset.{module}.put", put)
    ran = run("gather", *folders, "--to", str(to), "--as-of", DAY.isoformat())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"{to}: The file cannot be written (No space left on device). It is as it was before."
    ]
    assert held(to / "versions") == before


@pytest.fixture
def traced() -> None:
    if not can_trace():
        pytest.skip("no strace here, or it may not trace")


@pytest.mark.parametrize("call", ["rename", "linkat,link", "mkdir"])
@pytest.mark.usefixtures("traced")
def test_killed_by_strace_the_command_leaves_a_whole_one(tmp_path: Path, province: Path, call: str) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    lay(province / NAMES[0], OLD, year=2019)
    inject = f"inject={call}:signal=KILL:when=1"
    trace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject]
    done = subprocess.run([*trace, *command(province, to)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    version = current_version(to)
    version.checked(version.manifest.files)
    made = gathered(province, to)
    assert sum(record.entries for record in made.manifest.bodies.values()) == len(NAMES) + 1
    assert_nothing_lies_about(to)
