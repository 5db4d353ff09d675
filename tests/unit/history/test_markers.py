"""Conflicts in a text: whole entries between markers, all else once, and each side can be had whole."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformledger.history.merging.texts.lines import clashes, line_merge, lines_of
from reformledger.history.merging.texts.markers import Placed, Said, with_markers
from reformledger.history.merging.texts.units import Units
from reformledger.yamlio import read_yaml
from texts import LEDGER_HEAD

pytestmark = pytest.mark.programs

ROW = "          # about {id}\n          - id: {id}\n            title: {title}\n            due: {due}\n"


def ledger(*rows: tuple[str, str, str], head: str = LEDGER_HEAD) -> str:
    return head + "".join(ROW.format(id=id_, title=title, due=due) for id_, title, due in rows)


A, B, C = ("task-1", "甲", "年内完成"), ("task-2", "乙", "年内完成"), ("task-3", "丙", "年内完成")


def written(ours: str, theirs: str, *said: Said) -> tuple[str, list[Placed]]:
    return with_markers(read_yaml(ours.encode()), read_yaml(theirs.encode()), said)


def side(text: str, *, ours: bool) -> str:
    """Return a text with each conflict settled to one side."""
    kept: list[str] = []
    held: bool | None = None
    for line in lines_of(text):
        if line.startswith("<<<<<<< "):
            held = True
        elif line.rstrip() == "=======" and held is not None:
            held = False
        elif line.startswith(">>>>>>> "):
            held = None
        elif held is None or held is ours:
            kept.append(line)
    return "".join(kept)


def test_an_entry_stands_whole_between_the_markers_with_its_comment() -> None:
    ours, theirs = ledger(A, B, C), ledger(A, (*B[:2], "2021年6月底前"), C)
    text, placed = written(ours, theirs, Said(("task-2",), "Two deadlines.", "Take one."))
    assert text == (
        ledger(A)
        + "<<<<<<< ours: Two deadlines.\n"
        + ROW.format(id="task-2", title="乙", due="年内完成")
        + "=======\n"
        + ROW.format(id="task-2", title="乙", due="2021年6月底前")
        + ">>>>>>> theirs: Take one.\n"
        + ROW.format(id="task-3", title="丙", due="年内完成")
    )
    assert placed == [(ledger(A).count("\n") + 1, "Two deadlines.", "Take one.")]


def test_an_entry_that_one_side_lacks_has_nothing_on_that_side() -> None:
    text, _placed = written(ledger(A, C), ledger(A, B, C), Said(("task-2",), "Removed here.", "Remove it."))
    row = ROW.format(id="task-2", title="乙", due="年内完成")
    assert f"<<<<<<< ours: Removed here.\n=======\n{row}>>>>>>> theirs: Remove it.\n" in text


def test_a_key_of_the_document_stands_alone() -> None:
    head = LEDGER_HEAD.replace("title: 台账\n", "title: 总台账\n")
    text, _placed = written(ledger(A), ledger(A, head=head), Said(("title",), "Two titles.", ""))
    marked = "<<<<<<< ours: Two titles.\ntitle: 台账\n=======\ntitle: 总台账\n>>>>>>> theirs\n"
    assert text.startswith(f"kind: ledger\nyear: 2020\n{marked}parts:")


def test_two_entries_have_a_conflict_each_in_their_order() -> None:
    ours, theirs = ledger(A, B, C), ledger((*A[:2], "2021"), B, (*C[:2], "2021"))
    _text, placed = written(ours, theirs, Said(("task-3",), "Third.", "x"), Said(("task-1",), "First.", "y"))
    assert [each.sentence for each in placed] == ["First.", "Third."]


def test_what_both_texts_have_alike_is_marked_where_it_stands() -> None:
    text, placed = written(ledger(A, B), ledger((*A[:2], "2021"), B), Said(("task-2",), "Look.", "z"))
    assert [each.sentence for each in placed][1] == "Look."
    row = ROW.format(id="task-2", title="乙", due="年内完成")
    assert text.endswith(f"<<<<<<< ours: Look.\n{row}=======\n{row}>>>>>>> theirs: z\n")


def test_a_conflict_without_any_place_stands_at_the_top() -> None:
    text, placed = written(ledger(A), ledger(A), Said(("task-9",), "Somewhere.", ""))
    assert placed[0].line == 1
    assert text.startswith("<<<<<<< ours: Somewhere.\nkind: ledger\n=======\nkind: ledger\n>>>>>>> theirs\n")


def test_a_sentence_is_one_line_without_any_phone_number() -> None:
    said = Said(("task-1",), "Two\nnumbers: 18800000946\u202e.", "x")
    text, placed = written(ledger(A), ledger((*A[:2], "2021")), said)
    assert "<<<<<<< ours: Two numbers: 188****0946\\u202e.\n" in text
    assert placed[0].sentence == "Two numbers: 188****0946\\u202e."


def test_line_endings_of_markers_are_those_of_the_text() -> None:
    ours, theirs = (ledger((*A[:2], due)).replace("\n", "\r\n") for due in ("2020", "2021"))
    text, _placed = written(ours, theirs, Said(("task-1",), "x", "y"))
    assert text.count("\n") == text.count("\r\n")


ROWS = st.integers(0, 2**32).map(Random)


@settings(max_examples=60)
@given(ROWS)
def test_either_side_is_had_whole_and_no_entry_is_torn(random: Random) -> None:
    def one() -> str:
        numbers = random.sample(range(1, 8), random.randrange(1, 8))
        return ledger(*((f"task-{number}", random.choice("甲乙"), random.choice("12")) for number in sorted(numbers)))

    ours, theirs = one(), one()
    text, placed = written(ours, theirs, *(Said((f"task-{number}",), f"{number}.", "") for number in range(1, 8)))
    assert side(text, ours=True) == ours
    assert side(text, ours=False) == theirs
    for part in text.split("\n<<<<<<< ")[1:]:
        mine, others = part.partition("\n>>>>>>>")[0].partition("\n")[2].split("=======")
        for held in (mine, others):
            assert not held.strip() or held.lstrip().startswith("# about")
            assert held.count("# about") == held.count("title:") == held.count("due:")
    said = " ".join(each.sentence for each in placed)
    differing = {
        number for number in range(1, 8) if (f"- id: task-{number}\n" in ours) != (f"- id: task-{number}\n" in theirs)
    }
    assert all(f"{number}." in said for number in differing)
    lines = lines_of(text)
    assert all(lines[each.line - 1].startswith("<<<<<<< ours: ") for each in placed)


def test_units_are_entries_and_keys() -> None:
    tree = read_yaml(ledger(A, B).encode())
    assert [unit.names for unit in Units(tree).all] == [
        ("kind",),
        ("year",),
        ("title",),
        ("parts", "表", "title"),
        ("parts", "表", "tables", "task", "id_prefix"),
        ("parts", "表", "tables", "task", "rows", "task-1"),
        ("parts", "表", "tables", "task", "rows", "task-2"),
    ]


def test_contacts_are_units_by_id() -> None:
    tree = read_yaml("kind: contacts\ncontacts:\n  task-1:\n    name: 张\n  task-2:\n    name: 李\n".encode())
    assert [unit.names[-1] for unit in Units(tree).all] == ["kind", "task-1", "task-2"]


def test_git_merges_lines_and_says_how_many_conflicts() -> None:
    assert line_merge(b"a\nb\nc\nd\n", b"a\nx\nc\nd\n", b"a\nx\nc\ny\n") == (b"a\nb\nc\ny\n", 0)
    made = line_merge(b"a\n", b"b\n", b"c\n", marker_size=9)
    assert made == (b"<<<<<<<<< ours\na\n=========\nc\n>>>>>>>>> theirs\n", 1)
    assert line_merge(b"a\n", b"", b"b\n", union=True) == (b"a\nb\n", 0)


def test_markers_in_the_texts_themselves_are_text() -> None:
    text = "x\n<<<<<<< a\ny\n=======\n>>>>>>> b\n"
    assert clashes(f"{text}1\n", text, f"{text}2\n") == [text, ("1\n", "2\n"), ""]
