"""Files are written whole or not at all, and what stands in the way is said."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reformledger.errors import Doubt
from reformledger.files import naming, write
from reformledger.files.change import FileChange
from reformledger.files.errors import FileError
from reformledger.files.together import write_all
from reformledger.files.write import create, remove, replace

OLD, NEW, FOREIGN = b"a: old\n" * 1000, b"a: new\n" * 1001, b"a: foreign\n"


@pytest.fixture(params=["exchange", "link", "plain"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take away what only some systems and file systems have: the exchange of names, and hard links too."""

    def no_links(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if request.param != "exchange":
        monkeypatch.setattr(naming, "exchange", lambda _first, _second: False)
    if request.param == "plain":
        monkeypatch.setattr(os, "link", no_links)
    return str(request.param)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger_2020.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.usefixtures("way")
def test_replace(ledger: Path) -> None:
    assert replace(ledger, OLD, NEW) == []
    assert ledger.read_bytes() == NEW
    assert names(ledger.parent) == [ledger.name]


@pytest.mark.usefixtures("way")
def test_create(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    create(path, NEW)
    assert path.read_bytes() == NEW
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    with pytest.raises(FileError, match="is there already"):
        create(path, OLD)
    assert path.read_bytes() == NEW
    assert names(tmp_path) == ["new.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize(
    ("neighbours", "expected"),
    [
        ([0o664], 0o664),
        ([0o640], 0o640),
        ([0o600], 0o600),
        ([0o444], 0o644),  # he who makes it writes it
        ([0o664, 0o640], 0o640),
        ([0o2775], 0o664),
    ],
)
def test_create_gives_the_mode_that_all_neighbours_have(tmp_path: Path, neighbours: list[int], expected: int) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(len(neighbours))]
    for file, mode in zip(files, neighbours, strict=True):
        file.touch()
        file.chmod(mode)
    create(tmp_path / "new.yaml", NEW, private=True, like=files)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == expected


@pytest.mark.usefixtures("way")
def test_create_does_not_follow_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.symlink_to("elsewhere.yaml")
    with pytest.raises(FileError, match="is there already"):
        create(path, NEW)
    assert names(tmp_path) == ["new.yaml"]


def test_create_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        create(tmp_path / "nowhere" / "new.yaml", NEW)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_mode_is_kept(ledger: Path, mode: int) -> None:
    ledger.chmod(mode)
    replace(ledger, OLD, NEW)
    assert stat.S_IMODE(ledger.stat().st_mode) == mode


def test_owner_is_kept(ledger: Path) -> None:
    try:
        os.chown(ledger, 1234, 4321)
    except PermissionError:
        pytest.skip("only the administrator gives files away")
    replace(ledger, OLD, NEW)
    status = ledger.stat()
    assert (status.st_uid, status.st_gid) == (1234, 4321)


def test_access_lists_are_kept(ledger: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("extended attributes are Linux's")
    try:
        os.setxattr(ledger, "user.note", b"x")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    replace(ledger, OLD, NEW)
    assert os.getxattr(ledger, "user.note") == b"x"


@pytest.mark.usefixtures("way")
def test_a_symbolic_link_stays_one(ledger: Path) -> None:
    folder = ledger.parent / "links"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to(Path("..") / ledger.name)
    replace(link, OLD, NEW)
    assert link.is_symlink()
    assert ledger.read_bytes() == NEW
    assert names(folder) == ["link.yaml"]


@pytest.mark.usefixtures("way")
def test_the_longest_name_there_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("台" * 83 + "a.yaml")
    assert len(os.fsencode(path.name)) == 255
    create(path, OLD)
    assert replace(path, OLD, NEW) == []
    assert path.read_bytes() == NEW
    assert names(tmp_path) == [path.name]


def test_a_read_only_file_is_refused(ledger: Path) -> None:
    ledger.chmod(0o444)
    with pytest.raises(FileError, match="is read-only"):
        replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == OLD


def test_a_hard_link_is_refused(ledger: Path) -> None:
    other = ledger.with_name("other.yaml")
    other.hardlink_to(ledger)
    with pytest.raises(FileError, match="hard links"):
        replace(ledger, OLD, NEW)
    assert other.read_bytes() == OLD
    assert ledger.samefile(other)


def test_a_second_name_that_a_killed_writer_left_is_taken_away(ledger: Path) -> None:
    ledger.with_name(".reformledger-0123456789ab.tmp").hardlink_to(ledger)
    replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == NEW
    assert names(ledger.parent) == [ledger.name]


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "loop"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ledger.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/null")
    else:
        path.symlink_to(path)
    with pytest.raises(FileError, match="not a regular file"):
        replace(path, OLD, NEW)
    assert names(tmp_path) == ["ledger.yaml"]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        replace(tmp_path / "ledger.yaml", OLD, NEW)


@pytest.mark.usefixtures("way")
def test_a_file_that_changed_is_refused(ledger: Path) -> None:
    ledger.write_bytes(FOREIGN)
    with pytest.raises(FileError, match="changed by another program"):
        replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == FOREIGN
    assert names(ledger.parent) == [ledger.name]


# Another program at the very moment


def in_place(ledger: Path) -> None:
    ledger.write_bytes(FOREIGN)


def by_renaming(ledger: Path) -> None:
    other = ledger.with_name("editor.tmp")
    other.write_bytes(FOREIGN)
    other.replace(ledger)


@pytest.mark.parametrize(
    ("way", "save"), [("exchange", in_place), ("exchange", by_renaming), ("link", in_place)], indirect=["way"]
)
@pytest.mark.parametrize("long", [False, True])
def test_what_an_editor_saves_between_comparison_and_rename_is_kept(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, way: str, save: Callable[[Path], None], long: bool
) -> None:
    if long:
        ledger = ledger.rename(ledger.with_name("台" * 83 + "a.yaml"))
    check = write._check_unchanged

    def save_after_the_check(path: Path, target: Path, seen: bytes) -> None:
        check(path, target, seen)
        save(ledger)

    monkeypatch.setattr(write, "_check_unchanged", save_after_the_check)
    (note,) = replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == NEW
    (kept,) = (file for file in ledger.parent.iterdir() if re.search(r"displaced-[0-9]{8}-[0-9]{6}", file.name))
    assert kept.read_bytes() == FOREIGN
    assert note.endswith(f"its version was kept as {kept.as_posix()}.")
    assert not isinstance(note, Doubt)
    assert names(ledger.parent) == sorted([ledger.name, kept.name])


@pytest.mark.parametrize("way", ["exchange", "link"], indirect=True)
def test_a_file_deleted_between_comparison_and_rename_is_not_made_anew(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    check = write._check_unchanged

    def delete_after_the_check(path: Path, target: Path, seen: bytes) -> None:
        check(path, target, seen)
        ledger.unlink()

    monkeypatch.setattr(write, "_check_unchanged", delete_after_the_check)
    with pytest.raises(FileError, match="changed by another program"):
        replace(ledger, OLD, NEW)
    assert names(ledger.parent) == []


# Faults of the system


CALLS = ["open", "write", "fsync", "fchmod", "close", "stat", "fstat", "link", "replace", "rename", "unlink"]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES])
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_call_leaves_the_old_file_or_the_new(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    for number in range(6):
        ledger.write_bytes(OLD)
        faults = Faults(call, number, code)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, faults)
            try:
                notes, written = replace(ledger, OLD, NEW), True
            except FileError as error:
                notes, written = getattr(error, "__notes__", []), False
        assert ledger.read_bytes() == (NEW if written else OLD)
        for path in ledger.parent.iterdir():
            if path != ledger:  # what could not be looked at, or taken away, is there, and that is said
                assert path.read_bytes() in (OLD, NEW)
                assert any(path.as_posix() in note for note in notes)
                path.unlink()
        if not faults.met:
            assert notes == []
            break


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_call_leaves_a_new_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "new.yaml"
    for number in range(6):
        faults = Faults(call, number, errno.EIO)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, faults)
            try:
                notes, written = create(path, NEW), True
            except FileError as error:
                notes, written = getattr(error, "__notes__", []), False
        assert path.exists() == written
        for left in tmp_path.iterdir():
            assert left.read_bytes() == NEW
            assert left == path or any(left.as_posix() in note for note in notes)
            left.unlink()
        if not faults.met:
            assert notes == []
            break


def fault_after(call: Callable[..., object]) -> Callable[..., object]:
    """Return a call that does what it should and reports an error, as a broken disk or a server that went away may."""

    def done_and_reported(*arguments: object, **options: object) -> object:
        call(*arguments, **options)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    return done_and_reported


def test_what_was_done_in_spite_of_an_error_is_said_to_be_done(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    new = ledger.with_name("new.yaml")
    if way == "exchange":
        monkeypatch.setattr(naming, "exchange", fault_after(naming.exchange))
        monkeypatch.setattr(os, "link", fault_after(os.link))
    else:
        monkeypatch.setattr(os, "replace", fault_after(os.replace))
    edited = replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == NEW
    made = create(new, NEW) if way != "link" else None
    for path, notes in ((ledger, edited), (new, made)):
        if notes is not None:
            (doubt,) = notes
            assert isinstance(doubt, Doubt)
            assert doubt.startswith(f"{path.as_posix()} is written, though the system reported an error (Input/output")
            assert path.read_bytes() == NEW
    assert set(names(ledger.parent)) <= {ledger.name, new.name}


def test_where_nothing_can_be_found_out_nothing_is_removed(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    real = Path.stat
    broken: list[bool] = []

    def stat_until_broken(path: Path, **options: bool) -> os.stat_result:
        if broken and path == ledger:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, **options)

    def broken_from_here(*_arguments: object, **_options: object) -> None:
        broken.append(True)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "stat", stat_until_broken)
    if way == "exchange":
        monkeypatch.setattr(naming, "exchange", broken_from_here)
    else:
        monkeypatch.setattr(os, "replace", broken_from_here)
    with pytest.raises(FileError, match="whether the file is written cannot be found out now") as raised:
        replace(ledger, OLD, NEW)
    assert raised.value.exit_code == 74
    broken.clear()
    (kept,) = (path for path in ledger.parent.glob(".reformledger-*") if path.read_bytes() == NEW)
    assert f"the other text is kept as {kept.as_posix()}." in str(raised.value)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EINVAL, errno.ENOSYS])
def test_a_folder_that_is_not_synced_leaves_a_doubt(ledger: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    real = os.fsync

    def sync_files_only(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(code, os.strerror(code))
        real(file)

    monkeypatch.setattr(os, "fsync", sync_files_only)
    new = ledger.with_name("new.yaml")
    for notes in (replace(ledger, OLD, NEW), create(new, NEW), remove(new, NEW)):
        if code in {errno.EINVAL, errno.ENOSYS}:  # file systems that have no such call
            assert notes == []
        else:
            (doubt,) = notes
            assert isinstance(doubt, Doubt)
            assert doubt.startswith("Written, but the system did not confirm that it would survive a power cut (")
            assert os.strerror(code) in doubt


def test_what_was_displaced_and_cannot_be_read_again_is_kept(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    real = write.content_of
    read = []

    def once(path: Path) -> bytes:
        read.append(path)
        if len(read) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path)

    monkeypatch.setattr(write, "content_of", once)
    notes = replace(ledger, OLD, NEW)
    assert ledger.read_bytes() == NEW
    if way == "plain":  # nothing is left of what was displaced
        assert notes == []
        return
    (doubt,) = notes
    (kept,) = ledger.parent.glob("*displaced*")
    assert kept.read_bytes() == OLD
    assert isinstance(doubt, Doubt)
    assert "cannot be read again (Input/output error)" in doubt
    assert f"kept as {kept.as_posix()}." in doubt


def test_a_file_that_cannot_have_its_name_back_is_found(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.rename

    def rename_and_save(path: Path, target: Path) -> Path:
        moved = real(path, target)
        ledger.write_bytes(FOREIGN)
        moved.write_bytes(b"saved before")
        return moved

    monkeypatch.setattr(Path, "rename", rename_and_save)
    with pytest.raises(FileError, match="changed by another program") as raised:
        remove(ledger, OLD)
    (kept,) = ledger.parent.glob("*displaced*")
    assert (kept.read_bytes(), ledger.read_bytes()) == (b"saved before", FOREIGN)
    assert raised.value.__notes__ == [f"{ledger.as_posix()} is found as {kept.as_posix()}."]


class Faults:
    """A call of the system that fails, once, at its n-th use."""

    def __init__(self, call: str, number: int, code: int) -> None:
        self.real = getattr(os, call)
        self.left = number
        self.code = code
        self.met = False

    def __call__(self, *arguments: object, **options: object) -> object:
        self.left -= 1
        if self.left == -1:
            self.met = True
            if self.real.__name__ == "close":
                self.real(*arguments)
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*arguments, **options)


def test_a_full_disk_leaves_the_file_whole(ledger: Path) -> None:
    import resource
    import signal

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(FileError, match=r"cannot be written \(File too large\)\."):
            replace(ledger, OLD, NEW)
        with pytest.raises(FileError, match="cannot be written"):
            create(ledger.with_name("new.yaml"), NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert ledger.read_bytes() == OLD
    assert names(ledger.parent) == [ledger.name]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let waiting take no time; the list holds how long was waited."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: sum(waited))
    return waited


class SharingViolationError(PermissionError):
    winerror = 32


def as_on_windows(monkeypatch: pytest.MonkeyPatch, failures: float) -> None:
    """Let renaming fail as on Windows while another program holds the file open."""
    real = os.replace
    left = [failures]

    def held_open(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise SharingViolationError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(naming, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(os, "replace", held_open)


def test_a_file_that_wps_holds_for_a_moment_is_written(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    as_on_windows(monkeypatch, 5)
    assert replace(ledger, OLD, NEW) == []
    assert ledger.read_bytes() == NEW
    assert 0 < sum(clock) < 2


def test_a_file_that_wps_holds_is_refused_after_two_seconds(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    as_on_windows(monkeypatch, float("inf"))
    with pytest.raises(FileError, match="Close it there"):
        replace(ledger, OLD, NEW)
    assert 2 <= sum(clock) < 2.2
    assert ledger.read_bytes() == OLD
    assert names(ledger.parent) == [ledger.name]


@pytest.mark.usefixtures("clock")
def test_of_files_to_be_taken_away_none_is_where_wps_holds_one(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ledger.with_name("contacts_2020.yaml")
    other.write_bytes(FOREIGN)
    real = Path.rename

    def held_open(path: Path, target: Path) -> Path:
        if path == ledger:
            raise SharingViolationError(errno.EACCES, "in use")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", held_open)
    with pytest.raises(FileError, match="Close it there"):
        write_all([FileChange(other, FOREIGN, None), FileChange(ledger, OLD, None)])
    assert (other.read_bytes(), ledger.read_bytes()) == (FOREIGN, OLD)


def test_what_others_changed_is_not_taken_away(ledger: Path) -> None:
    with pytest.raises(FileError, match="changed by another program"):
        remove(ledger, NEW)
    assert ledger.read_bytes() == OLD
