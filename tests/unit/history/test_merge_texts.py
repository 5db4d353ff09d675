"""Three texts of one document as one: it says what the data together say, and keeps our bytes and all comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Set
from reformledger.errors import SentenceError
from reformledger.history.merging.data.merge import merge
from reformledger.history.merging.texts.lines import lines_of
from reformledger.history.merging.texts.merge import MergedText, merge_texts
from reformledger.yamlio import BOM, YamlError, read_yaml
from texts import LEDGER_HEAD
from two_people import LEDGER, STARTED, Step, Texts, after, carried_out, plain, rows_in, shipped

pytestmark = pytest.mark.programs

CASES = sorted((TESTS / "merges").glob("*.yaml"))
RANDOMS = st.integers(0, 2**32).map(Random)


@pytest.fixture(scope="module")
def base() -> Texts:
    return after(shipped(), [STARTED])


def kept(raw: bytes, *, ours: bool) -> bytes:
    """Return a text with each conflict settled to one side."""
    lines: list[str] = []
    held: bool | None = None
    for line in lines_of(raw.decode()):
        match line[:7]:
            case "<<<<<<<":
                held = True
            case "=======":
                held = False
            case ">>>>>>>":
                held = None
            case _:
                lines += [line] if held is None or held is ours else []
    return "".join(lines).encode()


def steps(case: dict[str, Any], side: str) -> list[Step]:
    flags = {"recount", "late", "weak"}
    return [
        {key: value == "true" if key in flags else value for key, value in step.items()} for step in case.get(side, [])
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("turned", [False, True], ids=["ours-theirs", "theirs-ours"])
def test_a_case_as_text(path: Path, base: Texts, turned: bool) -> None:
    case: Any = read_yaml(path.read_bytes()).data
    names = ("theirs", "ours") if turned else ("ours", "theirs")
    base = after(base, steps(case, "before"))
    ours, theirs = (after(base, steps(case, side))[LEDGER] for side in names)
    made = merge_texts(base[LEDGER], ours, theirs)
    wanted = merge(plain(base[LEDGER]), plain(ours), plain(theirs))
    assert made.is_settled is not bool(wanted.conflicts)
    assert plain(kept(made.raw, ours=True)) == wanted.ours
    assert plain(kept(made.raw, ours=False)) == wanted.theirs
    text = made.raw.decode()
    assert all(each.sentence in text and each.advice in text for each in wanted.conflicts)
    told = " ".join(each.sentence for each in made.conflicts)
    assert all(told.count(each.sentence) == 1 for each in wanted.conflicts)
    # The markers stand at the entry: what neither side touched is not between them.
    refs = {each.ref.rpartition("/")[2] for each in wanted.conflicts}
    between = {row for ours in (True, False) for row in _differing(made.raw, ours=ours)}
    assert between <= refs


def _differing(raw: bytes, *, ours: bool) -> set[str]:
    """Return the ids of the entries that are between markers on one side."""
    here, there = rows_in(plain(kept(raw, ours=ours))), rows_in(plain(kept(raw, ours=not ours)))
    return {id_ for id_, row in here.items() if there.get(id_) != row}


# Any edits by our own commands, and comments anywhere

IDS = st.sampled_from(["task-1", "task-2", "task-3", "scheme-1", "pilot-3", "pilot-7"])
WORDS = st.sampled_from(["完成调研", "印发方案", "通过评审"])
INTENTS = st.one_of(
    st.builds(Progress, IDS, WORDS),
    st.builds(Close, IDS, st.tuples(WORDS)),
    st.builds(Extend, IDS, st.sampled_from(["2021年6月底前", "2021年9月底前"]), WORDS),
    st.builds(Set, IDS, st.fixed_dictionaries({"remark": WORDS})),
    st.builds(Add, st.sampled_from(["task", "pilot"]), WORDS),
    st.builds(Remove, IDS, WORDS),
)
EDITS = st.lists(INTENTS, max_size=3)
BASE = after(shipped(), [STARTED])


def made_by(texts: Texts, intents: Sequence[Intent]) -> Texts:
    for intent in intents:
        try:
            texts = carried_out(texts, [intent])
        except SentenceError:
            continue
    return texts


def commented(raw: bytes, random: Random, word: str) -> bytes:
    """Return a text with some comments that no other text has, above lines and behind values."""
    for number in range(random.randrange(4)):
        lines = lines_of(raw.decode())
        index = random.randrange(1, len(lines))
        comment = f"# {word} {number}"
        if random.randrange(2):
            column = len(lines[index]) - len(lines[index].lstrip(" "))
            lines.insert(index, f"{' ' * column}{comment}\n")
        else:
            lines[index] = f"{lines[index].rstrip()}  {comment}\n"
        changed = "".join(lines).encode()
        try:
            raw = changed if plain(changed) == plain(raw) else raw
        except YamlError:
            continue
    return raw


def all_comments(raw: bytes) -> set[str]:
    return {f"#{line.partition('#')[2]}" for line in raw.decode().splitlines() if "# " in line}


@settings(max_examples=60)
@given(RANDOMS, EDITS, EDITS)
def test_any_edits_and_comments(random: Random, mine: Sequence[Intent], others: Sequence[Intent]) -> None:
    texts = BASE | {LEDGER: commented(BASE[LEDGER], random, "base")}
    base = texts[LEDGER]
    ours = commented(made_by(texts, mine)[LEDGER], random, "ours")
    theirs = commented(made_by(texts, others)[LEDGER], random, "theirs")
    for one, other in ((ours, theirs), (theirs, ours)):
        check(base, one, other, merge_texts(base, one, other))
    assert merge_texts(base, ours, base).raw == merge_texts(base, ours, ours).raw == ours
    assert merge_texts(base, base, theirs).raw == theirs


def check(base: bytes, ours: bytes, theirs: bytes, made: MergedText) -> None:
    wanted = merge(plain(base), plain(ours), plain(theirs))
    assert plain(kept(made.raw, ours=True)) == wanted.ours
    assert plain(kept(made.raw, ours=False)) == wanted.theirs
    assert made.is_settled or made.conflicts
    assert not (made.is_settled and wanted.conflicts)
    before, mine, others = map(all_comments, (base, ours, theirs))
    # Each text of a comment is there once, so that what stays is what both have, and what either added.
    wanted_comments = (mine & others) | (mine - before) | (others - before)
    assert all_comments(kept(made.raw, ours=True)) | all_comments(kept(made.raw, ours=False)) >= wanted_comments


# Line endings, marks, sides that do not load

ROW = "          - id: task-{n}\n            title: 任务{n}\n            due: 年内完成\n"
SMALL = LEDGER_HEAD + ROW.format(n=1) + ROW.format(n=2)
OURS, THEIRS = SMALL.replace("任务1", "任务一"), SMALL.replace("任务2", "任务二")
MERGED = OURS.replace("任务2", "任务二")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("others", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_line_endings_and_mark_are_ours(newline: str, others: str, mark: bytes) -> None:
    base, ours, theirs = SMALL.replace("\n", others), OURS.replace("\n", newline), THEIRS.replace("\n", others)
    made = merge_texts(BOM + base.encode(), mark + ours.encode(), BOM + theirs.encode())
    assert made == MergedText(mark + MERGED.replace("\n", newline).encode())


def test_lines_of_ours_that_end_otherwise_stay_so() -> None:
    lines = OURS.splitlines(keepends=True)
    lines[2] = lines[2].replace("\n", "\r\n")
    made = merge_texts(SMALL.encode(), "".join(lines).encode(), THEIRS.encode())
    assert made.raw.decode() == "".join([*lines[:-2], lines[-2].replace("任务2", "任务二"), lines[-1]])


def test_two_comments_at_one_place_both_stay() -> None:
    above = "            due: 年内完成\n          - id: task-2"
    ours, theirs = (SMALL.replace(above, f"            # {word}\n{above}") for word in ("甲", "乙"))
    made = merge_texts(SMALL.encode(), ours.encode(), theirs.encode())
    assert made == MergedText(SMALL.replace(above, f"            # 甲\n            # 乙\n{above}").encode())


def test_two_comments_behind_one_value_are_a_conflict_that_names_the_lost_one() -> None:
    ours, theirs = (SMALL.replace("任务2", f"任务2  # {word}") for word in ("甲", "乙"))
    made = merge_texts(SMALL.encode(), ours.encode(), theirs.encode())
    assert [each.sentence for each in made.conflicts] == ["A comment of their side (line 13) would be lost: # 乙"]
    assert kept(made.raw, ours=True) == ours.encode()
    assert kept(made.raw, ours=False) == theirs.encode()


def test_a_comment_that_one_side_took_away_is_gone() -> None:
    base = SMALL.replace("任务2", "任务2  # 旧")
    made = merge_texts(base.encode(), SMALL.encode(), base.replace("任务1", "任务一").encode())
    assert made == MergedText(OURS.encode())


def test_a_comment_in_an_entry_that_the_other_side_takes_out_is_a_conflict() -> None:
    ours = LEDGER_HEAD + ROW.format(n=1)
    theirs = SMALL.replace("任务2", "任务2  # 已函告")
    for mine, others, side in ((ours, theirs, "their"), (theirs, ours, "our")):
        made = merge_texts(SMALL.encode(), mine.encode(), others.encode())
        assert not made.is_settled
        assert [each.sentence for each in made.conflicts] == [
            f"A comment of {side} side (line 13) would be lost: # 已函告"
        ]
        assert all_comments(kept(made.raw, ours=side == "our")) >= {"# 已函告"}
        assert plain(kept(made.raw, ours=True)) == plain(kept(made.raw, ours=False)) == plain(ours.encode())


def test_a_row_that_both_move_keeps_its_comments() -> None:
    rows = [ROW.format(n=number).replace("due", f"# 注{number}\n            due") for number in range(1, 5)]
    base = LEDGER_HEAD + "".join(rows)
    ours = LEDGER_HEAD + "".join([rows[3], *rows[:3]])
    theirs = ours.replace("任务4", "任务四")
    made = merge_texts(base.encode(), ours.encode(), theirs.encode())
    assert made == MergedText(theirs.encode())


def test_what_stands_without_quotes_is_written_so_again() -> None:
    """Their deadline was a bare year before they moved it; nothing of our side is in quotes afterwards."""
    base = SMALL.replace("任务1\n            due: 年内完成", "任务1\n            due: 2020")
    ours = base.replace("due: 2020", "due: 2021")
    theirs = base.replace("due: 2020", "due: 2022")
    made = merge_texts(base.encode(), ours.encode(), theirs.encode())
    assert kept(made.raw, ours=True) == ours.encode()
    assert kept(made.raw, ours=False) == theirs.encode()


def test_without_a_base_what_both_have_alike_is_there_once() -> None:
    assert merge_texts(b"", SMALL.encode(), SMALL.encode()) == MergedText(SMALL.encode())
    made = merge_texts(b"", OURS.encode(), SMALL.encode())
    assert [each.line for each in made.conflicts] == [9]
    assert kept(made.raw, ours=False) == SMALL.encode()


BROKEN = {
    "no YAML": SMALL + "x: [\n",
    "no valid document": SMALL.replace("title: 任务2", "titel: 任务2"),
    "of another kind": SMALL.replace("kind: ledger", "kind: directory"),
    "unresolved": SMALL.replace("年内完成", "<<<<<<< x"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("place", range(3), ids=["base", "ours", "theirs"])
def test_a_side_that_does_not_load_leaves_all_to_git(broken: str, place: int) -> None:
    texts = [SMALL, OURS, THEIRS]
    texts[place] = broken
    made = merge_texts(*(text.encode() for text in texts))
    assert not made.is_settled
    assert not made.conflicts
    assert made.remarks[-1].startswith("Git has merged the lines")


def test_what_no_text_says_to_be_a_document_is_left_to_git_alone() -> None:
    texts = [b"a: 1\nb: 1\nc: 1\nd: 1\n", b"a: 2\nb: 1\nc: 1\nd: 1\n", b"a: 1\nb: 1\nc: 1\nd: [\n"]
    assert merge_texts(*texts, is_ours=False) == MergedText(b"a: 2\nb: 1\nc: 1\nd: [\n")
    assert not merge_texts(*texts).is_settled
    texts[2] = texts[2].replace(b"a: 1", b"a: 3")
    made = merge_texts(*texts, is_ours=False)
    assert (made.is_settled, made.conflicts, made.raw.count(b"<<<<<<< ours\n")) == (False, (), 1)


def test_two_valid_sides_that_are_no_valid_document_together_are_not_settled() -> None:
    base = SMALL.replace("            title: 任务1\n", "            title: 任务1\n            begins: 2020-03-01\n")
    ours = base.replace("年内完成\n          - id: task-2", "2020-06-30\n          - id: task-2")
    theirs = base.replace("2020-03-01", "2020-09-01")
    made = merge_texts(base.encode(), ours.encode(), theirs.encode())
    assert not made.is_settled
    assert b"begins: 2020-09-01" in made.raw
    assert b"due: 2020-06-30" in made.raw


def test_a_contact_is_one_matter_and_no_number_of_it_is_said() -> None:
    base = "kind: contacts\nyear: 2020\ncontacts:\n  task-1:\n    name: 张三\n  task-2:\n    name: 李四\n"
    ours, theirs = (base + f"    phone: {number}\n" for number in ("18800000946", "0812-3333333"))
    made = merge_texts(base.encode(), ours.encode(), theirs.encode())
    assert [each.line for each in made.conflicts] == [6]
    marked = [line for line in made.raw.decode().splitlines() if line[:7] in {"<<<<<<<", ">>>>>>>"}]
    assert not any("18800000946" in line or "3333333" in line for line in marked)
    assert not any("18800000946" in text or "3333333" in text for text in made.conflicts[0][1:])
    assert kept(made.raw, ours=True) == ours.encode()
    assert kept(made.raw, ours=False) == theirs.encode()


def test_a_name_of_the_directory_is_one_matter() -> None:
    base = "kind: directory\nnames:\n  - name: 甲科\n    also:\n      - 一科\n  - name: 乙科\n    also:\n      - 二科\n"
    ours, theirs = (base + f"    kind: {word}\n" for word in ("person", "group"))
    made = merge_texts(base.encode(), ours.encode(), theirs.encode())
    assert [each.line for each in made.conflicts] == [6]
    assert kept(made.raw, ours=True) == ours.encode()
