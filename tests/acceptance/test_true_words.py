"""What is said when the system fails: what is so, and nothing else; with the exit code that goes with it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import DATA, ROOT, Run
from reformledger.files import journal

COMMAND = [sys.executable, "-m", "reformledger"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the 2020 data that may be written."""
    return shutil.copytree(DATA, tmp_path / "data")


def content_of(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.iterdir() if not path.name.startswith(".")}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG])
def test_a_fault_under_the_data_is_none_of_the_output(run: Run, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("reformledger.cli.session.load_sources", refuse)
    assert run("list") == (1, "", f"The system refused: {os.strerror(code)}\n")


@pytest.mark.programs
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_on_a_full_disk_is_said_of_the_output(unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "list", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 74
    assert done.stderr == b"The answer could not be written to standard output: No space left on device\n"


@pytest.mark.programs
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the working folder")
def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    def ask(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        gone = tmp_path / "gone"
        gone.mkdir(exist_ok=True)
        script = 'rmdir "$PWD"; exec "$@"'
        return subprocess.run(
            ["sh", "-c", script, "sh", *COMMAND, *arguments],
            cwd=gone,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
            check=False,
        )

    for arguments in (["list"], ["check"], ["undo"], ["list", "--data", "data"]):
        done = ask(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert "The folder in which this command was given cannot be found" in done.stderr
        assert "--data FOLDER" in done.stderr
    for done in (ask("list", "--data", str(DATA)), ask("list", REFORMLEDGER_DATA=str(DATA))):
        assert (done.returncode, done.stderr) == (0, "")
        assert "pilot-7" in done.stdout


def test_a_batch_that_cannot_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def read(self, _most: int) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Broken()))
    done = run("progress", "--stdin", "json")
    assert done == (1, "", f"The batch cannot be read from stdin ({os.strerror(errno.EIO)}). Nothing was written.\n")


@pytest.mark.parametrize("unread", ["folder", "record"])
def test_an_older_edit_is_not_taken_back_where_the_last_cannot_be_read(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch, unread: str
) -> None:
    place = ("--data", str(data))
    for text in ("第一次", "第二次"):
        assert run("progress", "task-1", "--text", text, *place).code == 0
    before = content_of(data)
    last = max(journal.folder().iterdir())

    def refuse(path: Path) -> OSError | None:
        bad = journal.folder() if unread == "folder" else last
        return OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(bad)) if path == bad else None

    reading, listing = Path.read_bytes, os.listdir

    def read_or_refuse(path: Path) -> bytes:
        if error := refuse(path):
            raise error
        return reading(path)

    def list_or_refuse(path: Path) -> list[str]:
        if error := refuse(path):
            raise error
        return listing(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_or_refuse)
        patch.setattr(os, "listdir", list_or_refuse)
        done = run("undo", *place)
    assert (done.code, done.out, content_of(data)) == (1, "", before)
    assert done.err.startswith("What is remembered for “undo” cannot be read: Input/output error")
    assert run("undo", *place).code == 0
    assert "第二次".encode() not in content_of(data)["ledger_2020.yaml"]


# Faults of the disk, as the command line answers them


STRACE = shutil.which("strace")


def edit_with_faults(data: Path, *inject: str) -> subprocess.CompletedProcess[str]:
    """Close an entry out while calls of the system fail as strace is told to let them."""
    assert STRACE
    faults = [f"--inject={each}" for each in inject]
    calls = ",".join(each.partition(":")[0] for each in inject)
    tracing = [STRACE, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", *faults]
    edit = ["close", "task-1", "--evidence", "会议纪要第3号", "--date", "2020-06-01", "--data", str(data)]
    return subprocess.run(
        [*tracing, *COMMAND, *edit],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "XDG_STATE_HOME": str(data.parent / "state"), "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )


@pytest.fixture(scope="module")
def traced() -> None:
    """Skip where strace is missing or forbidden."""
    tried = STRACE and subprocess.run([STRACE, "-o", "/dev/null", "true"], check=False, capture_output=True)
    if not tried or tried.returncode:
        pytest.skip("no strace, or it may not trace here")


@pytest.mark.programs
@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("code", ["EIO", "ENOSPC"])
def test_every_fsync_that_fails_is_answered_truly(data: Path, code: str) -> None:
    """Whichever fails, the answer says what is there: nothing new (1), the edit (0), or the edit and a doubt (74)."""
    before = content_of(data)
    codes = []
    for number in range(1, 10):
        shutil.rmtree(data.parent / "state", ignore_errors=True)
        for name, content in before.items():
            (data / name).write_bytes(content)
        done = edit_with_faults(data, f"fsync:error={code}:when={number}")
        codes.append(done.returncode)
        written = content_of(data) != before
        assert written == (done.returncode != 1)
        assert "standard output" not in done.stderr
        assert ("would survive a power cut" in done.stderr) == (done.returncode == 74)
        assert ("会议纪要第3号" in done.stdout) == written  # the answer is printed all the same
        assert [path.name for path in data.glob(".reformledger-*")] == []
        if "cannot be undone" not in done.stderr and done.returncode == 0:
            break
    assert codes[-1] == 0
    assert {1, 74} <= set(codes)


@pytest.mark.programs
@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize(
    ("inject", "said"),
    [
        ("unlink:error=EIO", "could not be removed (Input/output error). It may be deleted."),
        ("flock:error=EIO:when=2", "could not be given back (Input/output error); it ends with this command."),
    ],
)
def test_what_fails_afterwards_changes_nothing_of_an_edit(data: Path, inject: str, said: str) -> None:
    before = content_of(data)
    done = edit_with_faults(data, inject)
    assert (done.returncode, content_of(data) != before) == (0, True)
    assert said in done.stderr
    assert "会议纪要第3号" in done.stdout


@pytest.mark.programs
@pytest.mark.usefixtures("traced")
def test_a_lock_that_cannot_be_had_leaves_all_as_it_was(data: Path) -> None:
    before = content_of(data)
    done = edit_with_faults(data, "flock:error=ENOLCK")
    assert (done.returncode, done.stdout, content_of(data)) == (1, "", before)
    assert ".reformledger.lock" in done.stderr
    assert "No locks available" in done.stderr
