"""Several files are one write: whoever is killed, whatever the system refuses; and a journal that is not ours."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import faults
import pytest
from faults import NEW, OLD
from killing import ended, forked, plug_in

from reformledger.files import begun, journal
from reformledger.files.begun import before, begin, begun_in
from reformledger.files.change import Difference, FileChange, kept, read_kept
from reformledger.files.errors import FileError
from reformledger.files.names import BEGUN
from reformledger.files.together import settle, write_all, write_edit
from reformledger.text.difference import Span

if sys.platform == "win32":
    pytest.skip("processes are forked here", allow_module_level=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with faults.alone() as folder:
        yield folder


@pytest.mark.parametrize("kind", faults.KINDS)
def test_faults_are_survived(folder: Path, kind: str) -> None:
    tried, failures = faults.tally(faults.KINDS[kind], folder, every=7)
    assert failures == ()
    assert tried >= 3


# What is kept of a change


def test_either_side_is_made_of_the_other() -> None:
    old, new = b"one two three", b"1 two 33"
    change = FileChange(Path("a"), old, new, spliced=[Span(0, 3, 0, 1), Span(8, 13, 6, 8)])
    difference = read_kept(json.loads(json.dumps(kept(change, "a"))))
    assert (difference.on("after", old), difference.on("before", new)) == (new, old)
    assert (difference.side_of(old), difference.side_of(new), difference.side_of(b"x")) == ("before", "after", None)
    with pytest.raises(ValueError, match="changed since"):
        difference.on("after", b"x")


@pytest.mark.parametrize(("old", "new"), [(None, b"x"), (b"x", None), (b"", b"x"), (b"x", b"")])
def test_a_file_that_is_made_or_taken_away(old: bytes | None, new: bytes | None) -> None:
    difference = read_kept(json.loads(json.dumps(kept(FileChange(Path("a"), old, new), "a"))))
    assert difference.on("after", old) == new
    assert difference.on("before", new) == old


def test_what_does_not_make_what_it_should_is_refused() -> None:
    good = read_kept(json.loads(json.dumps(kept(FileChange(Path("a"), b"old", b"new"), "a"))))
    with pytest.raises(ValueError, match="does not make"):
        good._replace(new=(b"other",)).on("after", b"old")


# What was begun


def half_done(folder: Path) -> None:
    """Lay the old state, and kill an edit of it between its second file and its third."""
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    begin(folder, faults._changes(folder, OLD, NEW), is_undo=False)
    (folder / "a.yaml").write_bytes(NEW["a.yaml"])
    (folder / "c.yaml").write_bytes(NEW["c.yaml"])


def test_what_was_begun_is_shown_as_it_was_and_taken_back_by_the_next_edit(folder: Path) -> None:
    half_done(folder)
    contents, sentence = before(folder)
    assert {path.name: content for path, content in contents.items()} == {**OLD, "c.yaml": None}
    assert "not finished: a.yaml, b.yaml, c.yaml, d.yaml" in sentence
    (note,) = settle([folder])
    assert "is taken back" in note
    assert faults._there(folder) == OLD
    assert before(folder) == ({}, "")
    assert settle([folder]) == []


def test_what_is_written_whole_stays(folder: Path) -> None:
    half_done(folder)
    (folder / "b.yaml").write_bytes(NEW["b.yaml"])
    (folder / "d.yaml").unlink()
    assert before(folder) == ({}, "")
    (note,) = settle([folder])
    assert "is written to its end" in note
    assert faults._there(folder) == NEW


def test_a_file_changed_by_hand_is_shown_as_it_is_and_no_edit_touches_it(folder: Path) -> None:
    half_done(folder)
    (folder / "b.yaml").write_bytes(b"b: by hand\n")
    there = faults._there(folder)
    contents, sentence = before(folder)
    assert contents == {}
    assert "b.yaml: It was changed by another program after an edit of several files was begun" in sentence
    assert f"delete {BEGUN}" in sentence
    with pytest.raises(FileError, match="changed by another program after"):
        settle([folder])
    assert faults._there(folder) == there
    (folder / BEGUN).unlink()
    assert settle([folder]) == []


def test_what_may_not_be_taken_back_stays_as_it_is_and_is_never_finished_instead(folder: Path) -> None:
    half_done(folder)
    there = faults._there(folder)
    (folder / "a.yaml").chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        settle([folder])
    assert faults._there(folder).keys() <= there.keys()
    assert before(folder)[0].keys() == {folder / name for name in (*OLD, "c.yaml")}
    (folder / "a.yaml").chmod(0o644)
    settle([folder])
    assert faults._there(folder) == OLD


def test_a_name_that_was_taken_where_there_are_no_hard_links_is_no_file_yet(folder: Path) -> None:
    half_done(folder)
    (folder / "c.yaml").write_bytes(b"")
    assert before(folder)[0][folder / "c.yaml"] is None
    settle([folder])
    assert faults._there(folder) == OLD


def test_what_is_known_of_an_edit_that_was_not_confirmed_is_settled_by_the_next(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"new")
    made = journal.remember([FileChange(folder / "a.yaml", b"old", b"new")])
    never = journal.remember([FileChange(folder / "a.yaml", b"new", b"never")])
    assert settle([folder]) == []
    assert not made.exists()
    assert made.with_suffix(".json").exists()
    assert not never.exists()


def rewritten(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    data = json.loads((folder / BEGUN).read_bytes())
    change(data)
    (folder / BEGUN).write_text(json.dumps(data), encoding="utf-8")


def renamed(data: dict[str, object], name: str) -> None:
    files = data["files"]
    assert isinstance(files, list)
    files[0]["path"] = name


def linked(path: Path) -> None:
    """Let a name lead to its file elsewhere."""
    path.symlink_to(path.rename(path.with_suffix(".elsewhere")))


def instead(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "another folder": lambda folder: rewritten(folder, lambda data: renamed(data, "../a.yaml")),
    "from the root": lambda folder: rewritten(folder, lambda data: renamed(data, os.fspath(folder / "a.yaml"))),
    "above": lambda folder: rewritten(folder, lambda data: renamed(data, "..")),
    "here": lambda folder: rewritten(folder, lambda data: renamed(data, ".")),
    "a link": lambda folder: linked(folder / "a.yaml"),
    "of another version": lambda folder: rewritten(folder, lambda data: data.update(version=99)),
    "no JSON": lambda folder: (folder / BEGUN).write_bytes(b"{"),
    "something else": lambda folder: (folder / BEGUN).write_bytes(b"[1, 2]"),
    "a link itself": lambda folder: linked(folder / BEGUN),
    "a pipe": lambda folder: instead(folder / BEGUN, os.mkfifo),
    "a folder": lambda folder: instead(folder / BEGUN, Path.mkdir),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_cannot_be_ours_is_not_believed(folder: Path, hostile: str) -> None:
    half_done(folder)
    HOSTILE[hostile](folder)
    there = faults._there(folder)
    contents, sentence = before(folder)
    assert contents == {}
    assert BEGUN in sentence
    with pytest.raises(FileError):
        settle([folder])
    assert faults._there(folder) == there


def test_what_git_keeps_came_from_somewhere_else(folder: Path) -> None:
    import subprocess

    half_done(folder)
    for arguments in (["init", "-q"], ["add", "-f", BEGUN]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    with pytest.raises(FileError, match="git keeps it"):
        settle([folder])
    subprocess.run(["git", "rm", "-q", "--cached", BEGUN], cwd=folder, check=True)
    assert begun_in(folder) is not None


def test_who_may_not_write_the_ledgers_is_not_believed(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the administrator gives files away")
    half_done(folder)
    os.chown(folder / BEGUN, 54321, 54321)
    with pytest.raises(FileError, match=r"whoever wrote it may not write a\.yaml"):
        settle([folder])
    for path in folder.iterdir():
        os.chown(path, 54321, 54321)
    os.chown(folder, 54321, 54321)
    assert settle([folder])


def test_a_journal_that_says_nothing_yet_is_taken_away(folder: Path) -> None:
    (folder / BEGUN).touch()
    assert before(folder) == ({}, "")
    assert settle([folder]) == []
    assert not (folder / BEGUN).exists()


def test_an_edit_that_goes_on_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half_done(folder)
    pauses: list[float] = []

    def finish(seconds: float) -> None:
        pauses.append(seconds)
        (folder / BEGUN).unlink()

    monkeypatch.setattr(begun, "_PATIENCE", 5.0)
    monkeypatch.setattr(time, "sleep", finish)
    assert before(folder) == ({}, "")
    assert len(pauses) == 1


def test_one_edit_writes_in_one_folder(folder: Path) -> None:
    other = folder.with_name("other")
    other.mkdir()
    with pytest.raises(FileError, match="files of one folder only"):
        write_all([FileChange(folder / "a.yaml", None, b"a"), FileChange(other / "b.yaml", None, b"b")])
    assert [*folder.iterdir(), *other.iterdir()] == []


def test_a_link_leads_to_the_journal_of_its_own_folder(folder: Path) -> None:
    other = folder.with_name("other")
    other.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_bytes(OLD[name])
        (other / name).symlink_to(folder / name)

    def killed() -> None:
        plug_in(30, after=False)
        write_edit([FileChange(other / name, OLD[name], NEW[name]) for name in ("a.yaml", "b.yaml")])

    ended(forked(killed))
    assert (folder / BEGUN).exists()
    assert not (other / BEGUN).exists()
    settle([folder])
    assert faults._there(folder) == {name: OLD[name] for name in ("a.yaml", "b.yaml")}


# What killed edits left


def test_left_over_files_are_cleared_away(folder: Path) -> None:
    (folder / ".reformledger-0123456789ab.tmp").write_bytes(b"half of")
    assert settle([folder]) == []
    assert list(folder.iterdir()) == []


def test_what_another_program_may_have_saved_is_kept(folder: Path) -> None:
    journal.remember([FileChange(folder / "a.yaml", b"known", b"new")])
    (folder / ".reformledger-0123456789ab.old").write_bytes(b"known")
    (folder / ".reformledger-ba9876543210.old").write_bytes(b"by hand")
    (note,) = settle([folder])
    (left,) = folder.iterdir()
    assert left.read_bytes() == b"by hand"
    assert left.name in note
    assert left.name.startswith("ledger.displaced-")


# Interrupted


class InterruptedHere(BaseException):
    """What Ctrl-C raises, at any moment."""


@pytest.mark.parametrize("number", range(1, 80, 3))
def test_an_interruption_takes_back_what_was_done(folder: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    left = [number]

    def around(call: Callable[..., object]) -> Callable[..., object]:
        def interrupted(*arguments: object, **options: object) -> object:
            result = call(*arguments, **options)
            left[0] -= 1
            if left[0] == 0:
                raise InterruptedHere
            return result

        return interrupted

    with monkeypatch.context() as patch:
        for name in ("open", "write", "fsync", "link", "rename", "replace", "unlink"):
            patch.setattr(os, name, around(getattr(os, name)))
        with suppress(InterruptedHere):
            write_edit(faults._changes(folder, OLD, NEW))
    there = faults._there(folder)
    assert there in (OLD, NEW)
    settle([folder])
    assert faults._there(folder) == there
    assert faults._lying(folder) == []


def test_old_records_are_still_read() -> None:
    item = {"path": "/x", "existed": True, "before": "b", "after": "a", "spans": [[0, 1, 0, 2]], "old": ["eA=="]}
    assert read_kept(item) == Difference(Path("/x"), "b", "a", (Span(0, 1, 0, 2),), (b"x",), (), False)
