"""What happened when: commit by commit, and in the life of one entry with records at the days that they bear."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from histories import Revision, git, write_history, year_of_edits
from reformledger.errors import UsageError
from reformledger.fields.entry import ENTRY
from reformledger.history.comparing.documents import compare
from reformledger.history.difference import DifferenceKind, PlainDocument
from reformledger.history.revisions.snapshot import Snapshots, repository_of
from reformledger.history.timeline.events import Event, History
from reformledger.history.timeline.matter_events import life_of
from reformledger.history.timeline.recorded import plain_as_of
from reformledger.history.timeline.selecting import Asked, directory_of, field_words, selected
from reformledger.history.timeline.since import Diff, between, since
from reformledger.model.documents import Directory
from reformledger.sources import Sources, load_sources
from reformledger.text.folding import search_key
from texts import LEDGER_HEAD

pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

MAY, JUNE, JULY, TODAY = date(2020, 5, 13), date(2020, 6, 3), date(2020, 7, 1), date(2020, 12, 31)
FILE = "data/ledger_2020.yaml"
INDENT = " " * 12
FIRST = f"          - id: task-1\n{INDENT}title: 甲\n{INDENT}due: 年内完成\n"
SECOND = f"          - id: task-2\n{INDENT}title: 乙\n"
REPORT = f"{INDENT}progress:\n{INDENT}  - date: 2020-06-01\n{INDENT}    text: 起步\n{INDENT}    by: 基教科\n"


def ledger(*rows: str, head: str = LEDGER_HEAD) -> dict[str, bytes | None]:
    return {FILE: (head + "".join(rows)).encode()}


Open = Callable[[Path], History]
Written = Callable[..., History]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Yield a function that opens the history of a folder, until the test ends."""
    with ExitStack() as stack:

        def call(folder: Path) -> History:
            sources = Sources((folder / "data",), "named")
            repository = stack.enter_context(repository_of(sources))
            return History(repository, Snapshots(repository, sources))

        yield call


@pytest.fixture
def written(tmp_path: Path, opened: Open) -> Written:
    """Return a function that writes a history into the folder of the test, and opens it."""

    def call(*revisions: Revision) -> History:
        write_history(tmp_path, revisions)
        return opened(tmp_path)

    return call


def told(events: Sequence[Event]) -> list[tuple[str, str, str]]:
    """Return the day of each event, what became of what, and where."""
    return [
        (each.day.isoformat(), str(each.difference.kind), "/".join((each.difference.ref, *each.difference.path)))
        if each.difference
        else (each.day.isoformat(), "fault", str(each.fault).partition(":")[2].partition(":")[0])
        for each in events
    ]


def test_each_commit_says_what_it_changed_the_newest_first(written: Written) -> None:
    history = written(
        Revision(MAY, ledger(FIRST)),
        Revision(JUNE, ledger(FIRST, REPORT)),
        Revision(JULY, ledger(FIRST, REPORT, SECOND)),
    )
    events = list(history.events(TODAY))
    assert told(events) == [
        ("2020-07-01", "added", "2020/task-2"),
        ("2020-06-03", "recorded", "2020/task-1/progress"),
        ("2020-05-13", "added", "2020/ledger"),
        ("2020-05-13", "added", "2020/task-1"),
    ]
    assert [event.commit and event.commit.author for event in events[:1]] == ["政策法规科"]


def test_a_record_is_of_the_day_that_it_bears_in_the_life_of_its_entry(written: Written) -> None:
    history = written(Revision(MAY, ledger(FIRST)), Revision(JUNE, ledger(FIRST, REPORT)))
    report, added = life_of(history, "task-1", TODAY).events
    assert told([report, added]) == [
        ("2020-06-01", "recorded", "2020/task-1/progress"),
        ("2020-05-13", "added", "2020/task-1"),
    ]
    assert (report.entered, added.entered) == (JUNE, None)


def test_an_entry_that_came_with_records_has_had_them_on_their_days(written: Written) -> None:
    history = written(Revision(JULY, ledger(FIRST, REPORT)))
    assert told(life_of(history, "task-1", TODAY).events) == [
        ("2020-07-01", "added", "2020/task-1"),
        ("2020-06-01", "recorded", "2020/task-1/progress"),
    ]


def test_what_is_not_committed_is_of_today_and_of_no_commit(written: Written, tmp_path: Path) -> None:
    history = written(Revision(MAY, ledger(FIRST)))
    (tmp_path / FILE).write_bytes(ledger(FIRST.replace("甲", "丙"))[FILE] or b"")
    for events in (list(history.events(TODAY)), life_of(history, "task-1", TODAY).events):
        assert told(events)[0] == ("2020-12-31", "changed", "2020/task-1/title")
        assert events[0].commit is None


def test_a_matter_has_the_life_of_what_it_carries_on(written: Written) -> None:
    next_year = ledger(FIRST, f"{INDENT}carried_over_from: 2020/task-1\n", head=LEDGER_HEAD.replace("2020", "2021"))
    history = written(
        Revision(MAY, ledger(FIRST, REPORT)),
        Revision(date(2021, 1, 4), {"data/ledger_2021.yaml": next_year[FILE]}),
    )
    life = life_of(history, "task-1", TODAY)
    assert life.refs == ("2021/task-1", "2020/task-1")
    assert told(life.events) == [
        ("2021-01-04", "added", "2021/task-1"),
        ("2020-06-01", "recorded", "2020/task-1/progress"),
        ("2020-05-13", "added", "2020/task-1"),
    ]
    assert life_of(history, "2020/task-1", TODAY).refs == ("2020/task-1",)


def test_where_the_year_of_a_document_was_mended_the_life_goes_on(written: Written) -> None:
    wrong = LEDGER_HEAD.replace("2020", "2002")
    history = written(
        Revision(MAY, ledger(FIRST, head=wrong)),
        Revision(JUNE, ledger(FIRST, REPORT, head=wrong)),
        Revision(JULY, ledger(FIRST, REPORT)),
    )
    life = life_of(history, "task-1", TODAY)
    assert life.refs == ("2020/task-1", "2002/task-1")
    assert told(life.events) == [
        ("2020-07-01", "changed", "2020/ledger/year"),
        ("2020-06-01", "recorded", "2002/task-1/progress"),
        ("2020-05-13", "added", "2002/task-1"),
    ]


def test_one_that_was_removed_is_still_told_of(written: Written) -> None:
    removed = "removed:\n  - id: task-2\n    title: 乙\n    date: 2020-06-30\n    reason: 并入\n"
    history = written(Revision(MAY, ledger(FIRST, SECOND)), Revision(JULY, ledger(FIRST, removed)))
    assert told(life_of(history, "task-2", TODAY).events) == [
        ("2020-06-30", "removed", "2020/task-2"),
        ("2020-05-13", "added", "2020/task-2"),
    ]


def test_another_place_is_said(written: Written) -> None:
    history = written(Revision(MAY, ledger(FIRST, SECOND)), Revision(JULY, ledger(SECOND, FIRST)))
    lives = [told(life_of(history, each, TODAY).events)[0][1] for each in ("task-1", "task-2")]
    assert sorted(lives) == ["added", "moved"]  # one of the two moved


def test_a_merge_says_what_it_did_itself(written: Written) -> None:
    other = FIRST.replace("年内完成", "2020年6月")
    history = written(
        Revision(MAY, ledger(FIRST, SECOND)),
        Revision(JUNE, ledger(other, SECOND)),
        Revision(JUNE, ledger(FIRST, SECOND.replace("乙", "丙")), parents=[0]),
        Revision(JULY, ledger(other, f"{INDENT}remark: 合\n", SECOND.replace("乙", "丙")), parents=[1, 2]),
    )
    assert told(list(history.events(TODAY)))[0:1] == [("2020-07-01", "changed", "2020/task-1/remark")]
    assert sorted(told(list(history.events(TODAY)))[1:3]) == [
        ("2020-06-03", "changed", "2020/task-1/due"),
        ("2020-06-03", "changed", "2020/task-2/title"),
    ]
    assert [each[2] for each in told(life_of(history, "task-1", TODAY).events)] == [
        "2020/task-1/remark",
        "2020/task-1/due",
        "2020/task-1",
    ]


def test_a_revision_that_cannot_be_read_says_so_and_hides_nothing(written: Written) -> None:
    broken = ledger(FIRST.replace("甲", "甲\n<<<<<<< ours"))
    history = written(Revision(MAY, ledger(FIRST)), Revision(JUNE, broken), Revision(JULY, ledger(FIRST, REPORT)))
    wanted = [("2020-07-01", "recorded", "2020/task-1/progress"), ("2020-06-03", "fault", FILE)]
    assert told(list(history.events(TODAY)))[:2] == wanted
    of_one = told(life_of(history, "task-1", TODAY).events)
    assert of_one[0] == wanted[1]
    assert ("2020-06-01", "recorded", "2020/task-1/progress") in of_one


def test_an_id_that_no_revision_has_names_the_nearest(written: Written) -> None:
    history = written(Revision(MAY, ledger(FIRST)))
    with pytest.raises(UsageError, match="task-1"):
        life_of(history, "tsk-1", TODAY)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which a year of edits was committed day by day."""
    folder = tmp_path_factory.mktemp("year")
    write_history(folder / "repository", year_of_edits(folder / "made", seed=17))
    return folder / "repository"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_life_of_each_entry_is_what_the_commits_say_of_it(seed: int, tmp_path: Path, written: Written) -> None:
    history = written(*year_of_edits(tmp_path / "made", seed, dated=False))
    every = [each for each in history.events(TODAY) if each.difference]
    refs = {each.difference.ref for each in every if each.difference and each.difference.ref[-1].isdigit()}
    for ref in refs:
        life = life_of(history, ref, TODAY).events
        wanted = [(each.commit, each.difference) for each in every if each.difference and each.difference.ref == ref]
        assert sorted(map(repr, wanted)) == sorted(repr((each.commit, each.difference)) for each in life)


def test_records_and_the_revision_of_a_day_agree(year: Path, opened: Open) -> None:
    history = opened(year)
    sources = Sources((year / "data",), "named")
    loaded = load_sources(sources).documents
    days = sorted({commit.day for commit in history.commits})
    for day in days[:: len(days) // 9]:
        commit = history.repository.commit_of_day(day)
        assert commit is not None
        then = [PlainDocument(each.path.name, each.kind, plain_as_of(each, day)) for each in loaded]
        committed = history.snapshots.documents_at(commit).documents
        assert compare([each._replace(name=Path(each.name).name) for each in committed], then) == []
        assert not since(sources, day, TODAY).late
        assert {(e.ref, e.closing, e.deadline) for e in history.snapshots.book_at(commit).entries} == {
            (e.ref, e.closing, e.deadline)
            for e in history.snapshots.book_at(history.repository.head).as_of(day).entries
        }


def late_kinds(found: Diff) -> list[tuple[str, str]]:
    return [(each.ref, each.path[0]) for place, each in enumerate(found.differences) if place in found.late]


def test_a_record_that_was_entered_late_is_marked(tmp_path: Path) -> None:
    write_history(tmp_path, [Revision(MAY, ledger(FIRST)), Revision(JULY, ledger(FIRST, REPORT))])
    sources = Sources((tmp_path / "data",), "named")
    assert late_kinds(since(sources, date(2020, 6, 2), TODAY)) == [("2020/task-1", "progress")]
    on_time = since(sources, date(2020, 5, 20), TODAY)
    assert [each.path for each in on_time.differences] == [("progress",)]
    assert not on_time.late


def test_nothing_is_late_for_a_day_that_is_not_over(tmp_path: Path) -> None:
    write_history(tmp_path, [Revision(MAY, ledger(FIRST))])
    (tmp_path / FILE).write_bytes(ledger(FIRST, REPORT)[FILE] or b"")
    sources = Sources((tmp_path / "data",), "named")
    assert late_kinds(since(sources, JUNE, JULY)) == [("2020/task-1", "progress")]
    assert not since(sources, JUNE, JUNE).late
    assert not since(sources, JULY, JUNE).late


@pytest.mark.parametrize("has_history", [True, False])
def test_where_no_revision_is_so_old_the_records_tell(tmp_path: Path, has_history: bool) -> None:
    write = [Revision(JULY, ledger(FIRST, REPORT))]
    if has_history:
        write_history(tmp_path, write)
    else:
        (tmp_path / "data").mkdir()
        (tmp_path / FILE).write_bytes(ledger(FIRST, REPORT)[FILE] or b"")
    found = since(Sources((tmp_path / "data",), "named"), date(2020, 5, 31), TODAY)
    assert [(each.kind, each.path) for each in found.differences] == [(DifferenceKind.RECORDED, ("progress",))]
    assert len(found.notes) == 2
    assert not found.late


def test_between_two_revisions_and_from_one_to_the_files(tmp_path: Path) -> None:
    write_history(tmp_path, [Revision(MAY, ledger(FIRST)), Revision(JULY, ledger(FIRST, SECOND))])
    sources = Sources((tmp_path / "data",), "named")
    added = [(DifferenceKind.ADDED, "2020/task-2")]
    assert [(each.kind, each.ref) for each in between(sources, ["HEAD~1", "HEAD"]).differences] == added
    assert [(each.kind, each.ref) for each in between(sources, ["HEAD~1"]).differences] == added
    assert not between(sources, []).differences
    removed = [(DifferenceKind.REMOVED, "2020/task-2")]
    assert [(each.kind, each.ref) for each in between(sources, ["HEAD", "HEAD~1"]).differences] == removed


def test_of_a_deadline_are_the_extensions_too(written: Written) -> None:
    extended = FIRST.replace("年内完成", "2021") + (
        f"{INDENT}extensions:\n{INDENT}  - date: 2020-06-01\n{INDENT}    from: 年内完成\n"
        f"{INDENT}    to: 2021\n{INDENT}    reason: 疫情\n"
    )
    history = written(Revision(MAY, ledger(FIRST)), Revision(JUNE, ledger(extended)))
    found, _more = selected(history.events(TODAY), Asked(["完成时限"]), Directory())
    assert told(found) == [("2020-06-03", "recorded", "2020/task-1/extensions")]
    with pytest.raises(UsageError, match="due"):
        selected(history.events(TODAY), Asked(["deu"]), Directory())


def test_each_heading_of_a_field_names_it() -> None:
    for key, field in ENTRY.items():
        words = filter(None, (key, *field.headings, field.one))
        assert all(key in field_words()[search_key(word)] for word in words)


def test_by_whom(written: Written) -> None:
    history = written(
        Revision(MAY, ledger(FIRST)),
        Revision(JUNE, ledger(FIRST, REPORT), "李艺"),
        Revision(JULY, ledger(FIRST, REPORT, SECOND), "李艺"),
    )
    directory = directory_of(["kind: directory\nnames:\n  - name: 基础教育科\n    also:\n      - 基教科\n".encode()])

    def found(asked: Asked) -> list[Event]:
        return selected(history.events(TODAY, asked.since), asked, directory)[0]

    by_author = found(Asked(by="李　艺"))
    assert [each[1] for each in told(by_author)] == ["added", "recorded"]
    assert [each[1] for each in told(found(Asked(by="基础教育科")))] == ["recorded"]
    assert {each.day for each in found(Asked(since=JUNE))} == {JUNE, JULY}
    with pytest.raises(UsageError, match="李艺"):
        found(Asked(by="李亿"))


@pytest.mark.parametrize(("limit", "count", "is_more"), [(0, 0, True), (2, 2, True), (3, 3, False), (None, 3, False)])
def test_as_many_as_are_asked_for_and_whether_there_are_more(
    written: Written, limit: int | None, count: int, is_more: bool
) -> None:
    history = written(Revision(MAY, ledger(FIRST)), Revision(JUNE, ledger(FIRST, REPORT)))
    found, more = selected(history.events(TODAY), Asked(limit=limit, by="政策法规科"), Directory())
    assert (len(found), more) == (count, is_more)


def test_a_shallow_clone_claims_nothing_of_what_was_before_it(tmp_path: Path, opened: Open) -> None:
    write_history(tmp_path / "whole", [Revision(MAY, ledger(FIRST)), Revision(JUNE, ledger(FIRST, REPORT))])
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{(tmp_path / 'whole').as_posix()}", "shallow")
    history = opened(tmp_path / "shallow")
    assert list(history.events(TODAY)) == []
    assert told(life_of(history, "task-1", TODAY).events) == [("2020-06-01", "recorded", "2020/task-1/progress")]
