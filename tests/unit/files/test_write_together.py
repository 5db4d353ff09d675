"""Writers that are killed, that crowd, and that know nothing of each other."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from killing import ended, forked, plug_in

from reformledger.files import naming
from reformledger.files.errors import FileError
from reformledger.files.lock import beside_edits, lock_path, locked
from reformledger.files.write import replace
from reformledger.yamlio import read_yaml
from reformledger.yamlio.editing import Insert, edited

if sys.platform == "win32":
    pytest.skip("processes are forked here", allow_module_level=True)

OLD, NEW = b"a: old\n" * 5000, b"a: new\n" * 5001


# Killed


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("way", ["exchange", "link"])
def test_a_writer_killed_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path, way: str, after: bool) -> None:
    path = tmp_path / "ledger.yaml"
    exchange = naming.exchange if way == "exchange" else lambda _first, _second: False

    def edit() -> None:
        naming.exchange = exchange
        plug_in(number, after=after)
        with locked([path]):
            replace(path, OLD, NEW)

    seen = set()
    number, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        number += 1
        path.write_bytes(OLD)
        code = ended(forked(edit))
        left = path.read_bytes()
        assert left in (OLD, NEW)
        seen.add(left)
        # No lock is left that would hold up the next edit.
        with locked([path], wait=0):
            assert replace(path, left, b"next") == []
        assert path.read_bytes() == b"next"
    assert code == 0
    assert number > 15
    assert seen == {OLD, NEW}


# Crowded


@pytest.mark.parametrize(("writers", "edits"), [(8, 50), (16, 25)])
def test_a_crowd_of_writers_loses_nothing_and_nobody_is_refused(tmp_path: Path, writers: int, edits: int) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_bytes("# 台账\nrows:\n  - first  # 保留\n".encode())

    def write_many() -> None:
        for number in range(edits):
            # Less than they all take together, much more than any edit takes.
            with locked([path], wait=3):
                raw = path.read_bytes()
                text = f"{os.getpid()}-{number}"
                assert replace(path, raw, edited(read_yaml(raw), [Insert(("rows",), text)]).raw) == []

    processes = [forked(write_many) for _ in range(writers)]
    assert [ended(process) for process in processes] == [0] * writers
    raw = path.read_bytes()
    expected = {"first"} | {f"{process}-{number}" for process in processes for number in range(edits)}
    data = read_yaml(raw).data
    assert isinstance(data, dict)
    assert isinstance(data["rows"], list)
    assert set(map(str, data["rows"])) == expected
    assert len(data["rows"]) == 401
    assert raw.decode().startswith("# 台账\nrows:\n  - first  # 保留\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".reformledger.lock", "ledger.yaml"]


def test_an_editor_that_knows_no_lock_loses_nothing(tmp_path: Path) -> None:
    """An editor and we save one after the other's back; every version of the editor's must turn up somewhere."""
    path = tmp_path / "ledger.yaml"
    log = tmp_path / "log"
    path.write_bytes(b"first")
    if not naming.exchange(path, path):
        pytest.skip("this file system cannot exchange names, by which the editor here sees what it displaces")
    versions = [f"editor {number}".encode() for number in range(300)]

    def save_all() -> None:
        other = tmp_path / "editor.tmp"
        with log.open("wb") as displaced:
            for version in versions:
                other.write_bytes(version)
                naming.exchange(other, path)
                displaced.write(other.read_bytes() + b"\n")
        other.unlink()

    editor = forked(save_all)
    found = []
    number = 0
    while not os.waitpid(editor, os.WNOHANG)[0]:
        seen = path.read_bytes()
        number += 1
        try:
            replace(path, seen, f"ours {number}".encode())
        except FileError:
            continue
        found.append(seen)
    kept = [file.read_bytes() for file in tmp_path.iterdir() if "displaced" in file.name or file.suffix == ".old"]
    found += [path.read_bytes(), *log.read_bytes().splitlines(), *kept]
    assert set(versions) <= set(found)
    assert number > 10


# Locks


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.yaml"
    path.write_bytes(OLD)
    return path


def holder(path: Path) -> int:
    """Start a process that holds the lock of a file until it is killed."""
    held, holding = os.pipe()

    def hold() -> None:
        with locked([path]):
            os.write(holding, b"x")
            time.sleep(60)

    process = forked(hold)
    os.read(held, 1)
    os.close(held)
    os.close(holding)
    return process


def test_a_lock_is_waited_for_then_refused_and_ends_with_its_holder(ledger: Path) -> None:
    process = holder(ledger)
    try:
        start = time.monotonic()
        with pytest.raises(FileError, match="Another reformledger command"), locked([ledger], wait=0.2):
            pass
        assert 0.2 <= time.monotonic() - start < 2
    finally:
        os.kill(process, signal.SIGKILL)
        ended(process)
    with locked([ledger], wait=0):
        assert lock_path(ledger.parent).exists()


def test_all_ways_to_a_file_lead_to_one_lock(ledger: Path) -> None:
    link = ledger.with_name("link.yaml")
    link.symlink_to(ledger.name)
    process = holder(link)
    try:
        with pytest.raises(FileError, match="Another reformledger command"), locked([ledger], wait=0):
            pass
    finally:
        os.kill(process, signal.SIGKILL)
        ended(process)
    with locked([ledger, link, ledger.parent / "." / ledger.name], wait=0):
        pass
    assert sorted(file.name for file in ledger.parent.iterdir()) == [".reformledger.lock", "ledger.yaml", "link.yaml"]


def test_a_lock_that_cannot_be_given_back_is_said(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    real = FileLock.release

    def release_and_fail(lock: FileLock, **options: bool) -> None:
        real(lock, **options)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(FileLock, "release", release_and_fail)
        with locked([ledger]) as notes:
            assert replace(ledger, ledger.read_bytes(), NEW) == []
    assert ledger.read_bytes() == NEW
    name = lock_path(ledger.parent).as_posix()
    assert notes == [f"The lock {name} could not be given back (Input/output error); it ends with this command."]


def test_two_folders_are_locked_in_one_order(tmp_path: Path) -> None:
    first, second = tmp_path / "1" / "a.yaml", tmp_path / "2" / "b.yaml"
    for path in (first, second):
        path.parent.mkdir()

    def many_times(paths: list[Path]) -> None:
        for _ in range(100):
            with locked(paths):
                pass

    processes = [forked(lambda: many_times([first, second])), forked(lambda: many_times([second, first]))]
    assert [ended(process) for process in processes] == [0, 0]


def test_each_change_of_hands_begins_the_time_anew(ledger: Path) -> None:
    """Two hold the lock one after the other, each for less than the third waits for one."""

    def hold_twice() -> None:
        for _ in range(3):
            with locked([ledger]):
                os.write(holding, b"x")
                time.sleep(0.4)

    held, holding = os.pipe()
    process = forked(hold_twice)
    os.read(held, 1)
    start = time.monotonic()
    with locked([ledger], wait=0.8):
        assert time.monotonic() - start > 0.2
    assert ended(process) == 0


def test_a_refusal_names_who_holds_the_lock_since_when_and_where(tmp_path: Path) -> None:
    first, second = tmp_path / "first" / "a.yaml", tmp_path / "second" / "b.yaml"
    for path in (first, second):
        path.parent.mkdir()
        path.write_bytes(OLD)
    start = datetime.now().astimezone()
    process = holder(second)
    try:
        with pytest.raises(FileError) as refused, locked([first, second], wait=0.2):
            pass
    finally:
        os.kill(process, signal.SIGKILL)
        ended(process)
    assert refused.value.path == second
    said = str(refused.value)
    assert f"(process {process}, since {start:%Y-%m-%d %H:%M}" in said
    assert lock_path(second.parent).as_posix() in said
    assert "was waited for 0 seconds" in said


def test_a_holder_who_left_no_note_is_waited_for_too(ledger: Path) -> None:
    process = holder(ledger)
    lock_path(ledger.parent).write_bytes(b"\n\x1b[31m 1 2020-01-01T00:00:00")
    try:
        with pytest.raises(FileError, match=r"\(which one is not known\)"), locked([ledger], wait=0.1):
            pass
    finally:
        os.kill(process, signal.SIGKILL)
        ended(process)


@pytest.mark.parametrize(("folder", "lock"), [(0o2775, 0o660), (0o755, 0o600), (0o700, 0o600), (0o777, 0o666)])
def test_who_may_write_the_folder_may_lock_it(ledger: Path, folder: int, lock: int) -> None:
    for _ in ("made", "there already"):
        ledger.parent.chmod(folder)
        mask = os.umask(0o077)
        try:
            with locked([ledger]):
                assert lock_path(ledger.parent).stat().st_mode & 0o777 == lock
        finally:
            os.umask(mask)
        lock_path(ledger.parent).chmod(0o640)


def test_a_lock_that_cannot_be_made_is_named(ledger: Path) -> None:
    lock_path(ledger.parent).mkdir()
    named = r"The lock \S+/\.reformledger\.lock cannot be taken: Is a directory"
    with pytest.raises(FileError, match=named), locked([ledger], wait=0):
        pass
    assert ledger.read_bytes() == OLD


def test_an_answer_is_written_between_edits_of_its_folder(ledger: Path) -> None:
    answer = ledger.with_name("answer.csv")
    with beside_edits(answer):
        assert not lock_path(ledger.parent).exists()  # nobody edits there
    with locked([ledger]):
        pass
    with beside_edits(answer), pytest.raises(FileError, match="Another reformledger command"), locked([ledger], wait=0):
        pass
