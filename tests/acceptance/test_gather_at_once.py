"""gather and its processes, one beside the other and beside those who read: none is left, and none sees half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")
if sys.platform == "win32":
    pytest.skip("no fork", allow_module_level=True)

from killing import ended, forked

from conftest import ROOT, Run
from gathered import NAMES, NEW, OLD, assert_nothing_lies_about, command, gathered, shown, write
from provinces import lay
from reformledger.dataset import gathering, workers
from reformledger.dataset.asking import DataSet
from reformledger.dataset.buckets import Bucket
from reformledger.dataset.reading import current_version
from reformledger.errors import SentenceError
from reformledger.files.lock import locked
from reformledger.query import Question

pytestmark = pytest.mark.programs


@pytest.fixture
def province(tmp_path: Path) -> Path:
    return write(tmp_path / "counties", OLD)


def started(province: Path, to: Path, *more: str) -> subprocess.Popen[str]:
    """Start gather in a group of processes of its own."""
    return subprocess.Popen(
        command(province, to, *more),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, "REFORMLEDGER_LANG": "en"},
    )


def living(group: int) -> list[str]:
    """Return what is said of the processes of a group that have not ended; some may wait for somebody to ask how."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, check=True, encoding="ascii")
    return [line for line in listed.stdout.splitlines() if line.split()[0] == str(group) and "Z" not in line]


def assert_all_end(group: int) -> None:
    """Fail where a process of a group is there after five seconds."""
    deadline = time.monotonic() + 5
    while living(group):
        if time.monotonic() > deadline:
            os.killpg(group, signal.SIGKILL)
            raise AssertionError("a process is left behind")
        time.sleep(0.05)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_with_two_processes(tmp_path: Path, province: Path, seed: int) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    process = started(province, to, "--jobs", "2")
    time.sleep(random.Random(seed).uniform(0.3, 1.5))
    process.kill()
    process.communicate()
    assert_all_end(process.pid)
    assert len(shown(to)) == 1
    gathered(province, to)
    assert shown(to) == {NEW}
    assert_nothing_lies_about(to)


@pytest.mark.parametrize(
    ("jobs", "number", "code"), [("1", signal.SIGINT, 130), ("2", signal.SIGINT, 130), ("2", signal.SIGTERM, 143)]
)
def test_interrupted_it_ends_in_order(
    tmp_path: Path, province: Path, jobs: str, number: signal.Signals, code: int
) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    for name in NAMES:  # which takes some seconds to read
        lay(province / name, *(f"第{each}项" for each in range(1_500)))
    process = started(province, to, "--jobs", jobs)
    while not list((to / "versions").glob(".making-*")):
        time.sleep(0.01)
        assert process.poll() is None
    time.sleep(0.5)
    os.killpg(process.pid, number)  # as a terminal does
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (code, "", "")
    assert_all_end(process.pid)
    assert shown(to) == {OLD}
    assert_nothing_lies_about(to)


def _end(_bucket: Bucket) -> None:
    os._exit(1)


def test_a_process_that_is_ended_from_outside_is_no_fault_of_ours(
    tmp_path: Path, province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    monkeypatch.setattr(workers, "made", _end)
    with pytest.raises(SentenceError, match=r"ended from outside.*--jobs 1"):
        gathered(province, to, jobs=2)
    assert shown(to) == {OLD}
    assert_nothing_lies_about(to)


# Several at once


def test_the_second_waits_for_the_first(tmp_path: Path, province: Path) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    write(province, NEW)
    first = forked(lambda: gathered(province, to))
    second = forked(lambda: gathered(province, to))
    assert (ended(first), ended(second)) == (0, 0)
    assert shown(to) == {NEW}
    assert_nothing_lies_about(to)


def test_who_waits_too_long_is_told_whom_for(
    tmp_path: Path, province: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    monkeypatch.setattr(gathering, "locked", partial(locked, wait=0.1))
    ready, say = os.pipe()

    def hold() -> None:
        with locked([to / "CURRENT"]):
            os.write(say, b"x")
            time.sleep(60)

    holder = forked(hold)
    os.read(ready, 1)
    ran = run("gather", *map(str, province.iterdir()), "--to", str(to))
    os.kill(holder, signal.SIGKILL)
    ended(holder)
    assert (ran.code, ran.out) == (1, "")
    assert f"Another reformledger command (process {holder}, since " in ran.err
    assert "Let it finish or end it, then try again" in ran.err
    assert run("gather", *map(str, province.iterdir()), "--to", str(to)).code == 0


def test_who_reads_meanwhile_never_sees_half(tmp_path: Path, province: Path) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    stop = tmp_path / "stop"

    def read() -> None:
        count = 0
        while not stop.exists():
            data = DataSet(current_version(to))
            rows = data.ask(Question())
            title = rows.value_of("title")
            titles = [title(row) for row in rows.rows]
            assert len(titles) == len(NAMES)
            assert len(set(titles)) == 1, titles
            count += 1
        assert count > 3

    readers = [forked(read) for _each in range(2)]
    for number in range(12):
        write(province, f"第{number}次")
        gathered(province, to)
    stop.touch()
    assert [ended(reader) for reader in readers] == [0, 0]
    # What they held goes with the next run.
    gathered(province, to)
    assert_nothing_lies_about(to)


def test_a_version_that_is_held_stays(tmp_path: Path, province: Path) -> None:
    to = tmp_path / "set"
    gathered(province, to)
    version = current_version(to)
    for number in range(3):
        write(province, f"第{number}次")
        gathered(province, to)
    assert version.folder.exists()
    version.checked(version.manifest.files)
    # The same again: the folder that is held is not written anew under its reader.
    inode = (version.folder / "manifest.json").stat().st_ino
    write(province, OLD)
    assert gathered(province, to).folder == version.folder
    assert (version.folder / "manifest.json").stat().st_ino == inode
    del version
    write(province, NEW)
    for _each in range(2):
        gathered(province, to)
    assert_nothing_lies_about(to)
