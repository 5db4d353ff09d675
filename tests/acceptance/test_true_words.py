"""What is said when the system fails: what is so, and nothing else; with the exit code that goes with it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import DATA, ROOT, Run

COMMAND = [sys.executable, "-m", "reformledger"]


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
