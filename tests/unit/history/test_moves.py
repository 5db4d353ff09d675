"""Data that were elsewhere before: their history goes on there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from histories import Revision, write_history
from reformledger.history.revisions.snapshot import Snapshots, repository_of
from reformledger.history.timeline.events import History
from reformledger.history.timeline.matter_events import life_of
from reformledger.history.timeline.since import between, since
from reformledger.sources import Sources
from texts import LEDGER_HEAD

pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

MAY, JUNE, JULY, AUGUST, TODAY = (date(2020, month, 1) for month in (5, 6, 7, 8, 12))
NAME = "ledger_2020.yaml"
INDENT = " " * 12
ROW = f"          - id: task-1\n{INDENT}title: 甲\n"
REPORT = f"{INDENT}progress:\n{INDENT}  - date: 2020-06-01\n{INDENT}    text: 起步\n"
OUTCOME = f"{INDENT}outcome: 方案\n"
FIRST, REPORTED, CHANGED = ((LEDGER_HEAD + ROW + rest).encode() for rest in ("", REPORT, OUTCOME + REPORT))


def moved(folder: Path, old: str, new: str) -> list[Revision]:
    """Return an entry, a report on it, the move of its file, and a change behind that."""
    other: dict[str, bytes | None] = {"src/main.py": b"1"}
    return [
        Revision(MAY, other | {old: FIRST}),
        Revision(JUNE, {old: REPORTED}),
        Revision(JULY, {old: None, new: REPORTED}),
        Revision(AUGUST, {new: CHANGED}),
    ]


@pytest.mark.parametrize(
    ("old", "new", "given"),
    [
        ("data/" + NAME, "books/教育/" + NAME, "books/教育"),
        ("data/" + NAME, NAME, "."),
        (NAME, "data/" + NAME, "data"),
        ("data/" + NAME, "books/台账.yaml", "books/台账.yaml"),
        ("data/" + NAME, "data/台账.yaml", "data/台账.yaml"),
        ("data/" + NAME, "data/台账.yaml", "data"),
    ],
)
def test_a_history_goes_on_where_the_data_were(tmp_path: Path, old: str, new: str, given: str) -> None:
    write_history(tmp_path, moved(tmp_path, old, new))
    sources = Sources((tmp_path / given,), "named")
    with repository_of(sources) as repository:
        history = History(repository, Snapshots(repository, sources))
        told = [(each.day, each.difference and each.difference.path) for each in history.events(TODAY)]
        assert told == [(AUGUST, ("outcome",)), (JUNE, ("progress",)), (MAY, ()), (MAY, ())]
        life = life_of(history, "task-1", TODAY).events
        assert [(each.day, each.commit and each.commit.day) for each in life] == [
            (day, day) for day in (AUGUST, JUNE, MAY)
        ]
    paths = [each.path for each in between(sources, ["HEAD~3"]).differences]
    assert paths == [("outcome",), ("progress",)]
    assert [each.path for each in between(sources, ["HEAD~2", "HEAD~1"]).differences] == []
    assert [each.path for each in since(sources, MAY, TODAY).differences] == paths


def test_what_is_a_copy_of_what_stayed_was_not_moved(tmp_path: Path) -> None:
    write_history(tmp_path, [Revision(MAY, {"muster/" + NAME: FIRST}), Revision(JUNE, {"data/" + NAME: FIRST})])
    sources = Sources((tmp_path / "data",), "named")
    with repository_of(sources) as repository:
        history = History(repository, Snapshots(repository, sources))
        assert {each.day for each in history.events(TODAY)} == {JUNE}


def test_data_moved_twice_are_followed_twice(tmp_path: Path) -> None:
    places = ["a/" + NAME, "b/" + NAME, "c/" + NAME]
    files: list[dict[str, bytes | None]] = [
        {places[0]: FIRST},
        {places[0]: None, places[1]: FIRST},
        {places[1]: REPORTED},
        {places[1]: None, places[2]: REPORTED},
    ]
    days = [date(2020, 5, day) for day in range(1, 5)]
    write_history(tmp_path, [Revision(day, changed) for day, changed in zip(days, files, strict=True)])
    sources = Sources((tmp_path / "c",), "named")
    with repository_of(sources) as repository:
        history = History(repository, Snapshots(repository, sources))
        told = [(each.day, each.difference and each.difference.path) for each in history.events(TODAY)]
    assert told == [(days[2], ("progress",)), (days[0], ()), (days[0], ())]
