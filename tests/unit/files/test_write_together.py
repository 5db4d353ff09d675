"""Writers that are killed, that crowd, and that know nothing of each other."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from killing import ended, forked, plug_in

from reformledger.files import naming
from reformledger.files.errors import FileError
from reformledger.files.lock import lock_path, locked
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


def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_bytes("# 台账\nrows:\n  - first  # 保留\n".encode())

    def write_fifty() -> None:
        for number in range(50):
            with locked([path], wait=60):
                raw = path.read_bytes()
                text = f"{os.getpid()}-{number}"
                assert replace(path, raw, edited(read_yaml(raw), [Insert(("rows",), text)]).raw) == []

    processes = [forked(write_fifty) for _ in range(8)]
    assert [ended(process) for process in processes] == [0] * 8
    raw = path.read_bytes()
    expected = {"first"} | {f"{process}-{number}" for process in processes for number in range(50)}
    data = read_yaml(raw).data
    assert isinstance(data, dict)
    assert isinstance(data["rows"], list)
    assert set(map(str, data["rows"])) == expected
    assert len(data["rows"]) == 401
    assert raw.decode().startswith("# 台账\nrows:\n  - first  # 保留\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".ledger.yaml.lock", "ledger.yaml"]


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
        assert lock_path(ledger).exists()


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
    assert not lock_path(link).exists()


def test_two_files_are_locked_in_one_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"

    def many_times(paths: list[Path]) -> None:
        for _ in range(100):
            with locked(paths):
                pass

    processes = [forked(lambda: many_times([first, second])), forked(lambda: many_times([second, first]))]
    assert [ended(process) for process in processes] == [0, 0]


def test_who_may_write_the_file_may_lock_it(ledger: Path) -> None:
    ledger.chmod(0o664)
    with locked([ledger]):
        assert lock_path(ledger).stat().st_mode & 0o777 == 0o664


def test_a_lock_for_the_longest_name_there_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("台" * 83 + "a.yaml")
    path.write_bytes(OLD)
    with locked([path]):
        assert len(os.fsencode(lock_path(path).name)) <= 255
        assert lock_path(path).name.endswith(".lock")
