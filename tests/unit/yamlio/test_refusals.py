"""What YAML allows and a ledger has no need for: refused with the reason and what to type instead."""

from __future__ import annotations

import time

import pytest

from reformledger.yamlio import Data
from reformledger.yamlio.faults.fault import quoted
from texts import Reported, assert_fault, faults_of, read

TEXT = "If it is meant as text, write it in quotes: "
REFUSED = [
    # Anchors, aliases, tags: what is shown in quotes ends where the value does.
    ("a: &x 1\n", "1:4", "Anchors (“&x”) are not accepted", TEXT + '"&x 1"'),
    ("a: &b\n", "1:4", "Anchors (“&b”) are not accepted", TEXT + '"&b"'),
    ("a: [&x b, c]\n", "1:5", "Anchors (“&x”) are not accepted", TEXT + '"&x b"'),
    ("a: &x\n  b: 1\n", "1:4", "Anchors (“&x”) are not accepted", TEXT + '"&x"'),
    ("&x a: 1\n", "1:1", "Anchors (“&x”) are not accepted", TEXT + '"&x a"'),
    ("a: *x\n", "1:4", "Aliases (“*x”) are not accepted", TEXT + '"*x"'),
    ("a: [*x, b]\n", "1:5", "Aliases (“*x”) are not accepted", TEXT + '"*x"'),
    ("*x : 1\n", "1:1", "Aliases (“*x”) are not accepted", TEXT + '"*x"'),
    ("a: !!int\n", "1:4", "Tags (“!!int”) are not accepted", TEXT + '"!!int"'),
    ("a: !!int 5\n", "1:4", "Tags (“!!int”) are not accepted", TEXT + '"!!int 5"'),
    ("a: !!bool 是\n", "1:4", "Tags (“!!bool”) are not accepted", TEXT + '"!!bool 是"'),
    ("a: !x [1]\n", "1:4", "Tags (“!x”) are not accepted", TEXT + '"!x [1]"'),
    ("a: !<tag:x> b\n", "1:4", "Tags (“!<tag:x>”) are not accepted", TEXT + '"!<tag:x> b"'),
    ("a: !!python/object:os.system x\n", "1:4", "Tags (“!!python/object:os.system”)", TEXT),
    ('a: !!python/object/apply:os.system ["true"]\n', "1:4", "Tags (“!!python/object/apply:os.system”)", TEXT),
    # Directives and further documents.
    ("%YAML 1.1\n---\na: 1\n", "1:1", "Directives (lines that begin with “%”) are not accepted.", "Delete the line"),
    ("%TAG ! tag:x,2020:\n---\na: 1\n", "1:1", "Directives (lines", "Delete the line"),
    ("%YAML 9.9\n---\na: 1\n", "1:1", "Directives (lines", "Delete the line"),
    ("%reserved\na: 1\n", "1:1", "Directives (lines", "Delete the line"),
    ("a: 1\n---\nb: 2\n", "2:1", "A second document begins here; a file holds one.", "file of its own"),
    ("a: 1\n...\nb: 2\n", "3:1", "A second document begins here; a file holds one.", "“...”"),
    ("---\n---\na: 1\n", "2:1", "A second document begins here; a file holds one.", "delete the line “---”"),
    # Spellings of no value.
    ("a: ~\n", "1:4", "“~” stands for no value.", 'Leave the value blank, or write the text in quotes: "~"'),
    ("a: null\n", "1:4", "“null” stands for no value.", 'in quotes: "null"'),
    ("a: Null\n", "1:4", "“Null” stands for no value.", 'in quotes: "Null"'),
    ("a: [NULL]\n", "1:5", "“NULL” stands for no value.", 'in quotes: "NULL"'),
    # Merge keys.
    ("a:\n  <<: {b: 1}\n", "2:3", "Merge keys (“<<”) are not accepted", "Write the merged keys out"),
    # No document at all.
    ("", "1:1", "The file holds nothing: an empty file is not an empty ledger.", "Was it saved?"),
    ("\ufeff", "1:1", "The file holds nothing", "Was it saved?"),
    ("\n \n", "1:1", "The file holds nothing", "Was it saved?"),
    ("# 台账\n", "1:1", "The file holds nothing", "Was it saved?"),
    ("---\n", "1:1", "The file holds nothing", "Was it saved?"),
    ("- a\n- b\n", "1:1", "The file holds only a list or a text, not a document.", "title: …"),
    ("台账\n", "1:1", "The file holds only a list or a text, not a document.", "title: …"),
    ("# 注\n\n2020\n", "3:1", "The file holds only a list or a text, not a document.", "title: …"),
    ("[a]\nb=1\n", "1:1", "The file holds only a list or a text, not a document.", "title: …"),
    ("a,b\n1,2\n", "1:1", "The file holds only a list or a text, not a document.", "title: …"),
    # Git's.
    ("version https://git-lfs.github.com/spec/v1\nsize 1\n", "1:1", "This is a pointer of Git LFS", "git lfs pull"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message", "advice"), REFUSED)
def test_refused_with_the_reason(text: str, place: str, message: str, advice: str) -> None:
    assert_fault(text, place, message, advice)


UNRESOLVED = "Unresolved merge: a conflict marker of git stands in this line."
KEEP = "Keep the right lines and delete the markers."
CONFLICT = "b: 1\n||||||| base\nb: 0\n=======\nb: 2\n"
TWICE_EXTENDED = Reported("2:1", "Unresolved merge: Extended twice.", f"{KEEP} Or: reformledger extend task-1")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"a: 1\n<<<<<<< HEAD\n{CONFLICT}>>>>>>> theirs\n", [Reported("2:1", UNRESOLVED, KEEP)]),
        (
            f"a: 1\n<<<<<<< HEAD\n{CONFLICT}>>>>>>> x\n<<<<<<<<< ours\n{CONFLICT}>>>>>>>>> theirs\n",
            [Reported("2:1", UNRESOLVED, KEEP), Reported("9:1", UNRESOLVED, KEEP)],
        ),
        # What reformledger writes.
        (
            f"a: 1\n<<<<<<< ours: Extended twice.\n{CONFLICT}>>>>>>> theirs: Or: reformledger extend task-1\n",
            [TWICE_EXTENDED],
        ),
        (
            "a: 1\r\n<<<<<<< ours: Extended twice.\r\n>>>>>>> theirs: Or: reformledger extend task-1\r\n",
            [TWICE_EXTENDED],
        ),
        # Half settled: each marker that is left names it.
        (f"<<<<<<< HEAD\n{CONFLICT}", [Reported("1:1", UNRESOLVED, KEEP)]),
        (
            "<<<<<<< HEAD\nb: 1\n<<<<<<< HEAD\n>>>>>>> x\n>>>>>>> y\n",
            [Reported(place, UNRESOLVED, KEEP) for place in ("1:1", "3:1", "5:1")],
        ),
    ],
)
def test_every_conflict_of_an_unresolved_merge_is_reported_once(text: str, faults: list[Reported]) -> None:
    assert faults_of(text) == faults


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: '<<<<<<< HEAD'\n", {"a": "<<<<<<< HEAD"}),
        ("a: |\n  <<<<<<< HEAD\n", {"a": "<<<<<<< HEAD\n"}),
        ("a: =======\n", {"a": "======="}),
        ("=======: 1\n", {"=======": "1"}),
    ],
)
def test_markers_elsewhere_are_text(text: str, data: object) -> None:
    assert read(text) == data


def test_a_cycle_is_refused_as_anchor_and_alias() -> None:
    faults = faults_of("a: &x\n  - *x\n")
    assert [fault.message.split(" ")[0] for fault in faults] == ["Anchors", "Aliases"]


# What would explode, run, or take for ever

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
MERGE_BOMB = "x: &x {a: 1}\n" + "y: {<<: [*x, *x, *x]}\n"
BOMBS = {
    "alias bomb": BOMB,
    "merge bomb": MERGE_BOMB,
    "100,000 brackets": "[" * 100_000,
    "100,000 braces": "a: " + "{" * 100_000,
    "100,000 brackets with something in them": "[a, " * 100_000,
    "100,000 items": "- " * 100_000,
    "100,000 keys of keys": "? " * 100_000,
    "10,000 levels": "{a: " * 10_000,
    "1,000 levels of indentation": "".join(" " * level + "a:\n" for level in range(1_000)),
    "100,000 anchors": "&a " * 100_000,
    "100,000 aliases": "a: *a\n" * 100_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bomb_is_refused_at_once(text: str) -> None:
    raw = text.encode()
    started = time.process_time()
    faults = faults_of(raw)
    assert time.process_time() - started < 1
    assert faults[0].place != "0:0"


@pytest.mark.parametrize(
    ("before", "opening", "closing"), [("a: ", "[", "]"), ("a: ", "{a: ", "}"), ("a:\n  ", "- ", "")]
)
def test_32_levels_are_read_and_no_more(before: str, opening: str, closing: str) -> None:
    deep = opening * 31 + "x" + closing * 31  # with the mapping that holds it, 32
    data: Data = "x"
    for _level in range(31):
        data = {"a": data} if opening == "{a: " else [data]
    assert read(before + deep) == {"a": data}
    (fault,) = faults_of(before + opening + deep + closing)
    assert (fault.message, fault.advice[:7]) == ("Nested more than 32 levels deep.", "Is a br")


def test_what_is_wrong_before_too_deep_a_nesting_is_reported_too() -> None:
    assert [fault.place for fault in faults_of("a: ~\nb: " + "[" * 200)] == ["1:4", "2:35"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{number}: ~\n" for number in range(60)),
        "".join(f'k{number}: "\\u0007"\n' for number in range(60)),
        "a: b\n" + "  c：d\n" * 60,  # in one value
        "a: \x07" * 60,  # before the text is walked
    ],
)
def test_no_more_than_fifty_faults_are_reported(text: str) -> None:
    faults = faults_of(text)
    assert len(faults) == 51
    assert faults[-1] == Reported("0:0", "Only the first 50 problems are listed.", "")


# What the advice shows


@pytest.mark.parametrize(
    "value", ["%1", "*重点", "&b", "!x y", "@张三", "`x`", "a: b", "a #1", "[x] y", '"', "'x' \"y\"", "\\"]
)
def test_the_spelling_that_advice_shows_is_the_text(value: str) -> None:
    """What can be typed after reading the advice is what was meant."""
    assert read(f"a: {quoted(value)}\n") == {"a": value}
