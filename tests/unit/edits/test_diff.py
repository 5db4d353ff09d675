"""The small diff: right whatever the texts and the edits, small, and made of what was spliced alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.difference import CONTEXT, Hunk, Span, composed, hunks

LINES = st.lists(st.sampled_from(["- id: a", "- id: b", "  标题: x", "  due: 2020", ""]), max_size=14)
SPLICES = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 30), st.text("ab\n", max_size=9)), max_size=5)
Splices = list[tuple[int, int, str]]


def spliced(text: str, splices: Splices) -> tuple[str, list[Span]]:
    """Return a text with its splices made, each (characters from the one before, characters replaced, new text)."""
    made, position = "", 0
    spans = []
    for skipped, length, new in splices:
        start = min(position + skipped, len(text))
        end = min(start + length, len(text))
        old_bytes, made = len(text[:start].encode()), made + text[position:start]
        new_bytes, made = len(made.encode()), made + new
        spans.append(Span(old_bytes, len(text[:end].encode()), new_bytes, len(made.encode())))
        position = end
    return made + text[position:], spans


def shown_from(old: list[str], found: Sequence[Hunk]) -> list[str]:
    """Return the lines that hunks make of old ones, whose lines they must name rightly."""
    rest = old.copy()
    made: list[str] = []
    for hunk in found:
        shown = [text for sign, text in hunk.lines if sign != "+"]
        above = next(i for i, (sign, _text) in enumerate(hunk.lines) if sign != " ")
        assert above <= CONTEXT
        # The lines before the hunk are the same in both texts.
        before = hunk.line - 1 - above - len(made)
        made += rest[:before] + [text for sign, text in hunk.lines if sign != "-"]
        assert rest[before : before + len(shown)] == shown
        rest = rest[before + len(shown) :]
    return made + rest


@given(LINES, SPLICES, st.booleans())
def test_hunks_lead_from_the_old_text_to_the_new(lines: list[str], splices: Splices, ended: bool) -> None:
    old = "\n".join(lines) + "\n" * ended
    new, spans = spliced(old, splices)
    found = hunks(old.encode(), new.encode(), spans)
    assert shown_from(old.splitlines(), found) == new.splitlines()


@given(LINES, SPLICES, SPLICES)
def test_spans_of_two_changes_are_those_of_one(lines: list[str], first: Splices, second: Splices) -> None:
    old = "\n".join(lines)
    between, before = spliced(old, first)
    new, after = spliced(between, second)
    raw, position, parts = old.encode(), 0, []
    for old_start, old_end, new_start, new_end in composed(before, after):
        parts += [raw[position:old_start], new.encode()[new_start:new_end]]
        position = old_end
    assert b"".join([*parts, raw[position:]]) == new.encode()


def test_changes_far_apart_are_hunks_of_their_own() -> None:
    old = "".join(f"- id: task-{number}\n" for number in range(20))
    new, spans = spliced(old, [(old.index("3\n"), 1, "x"), (len("\n- id: task-4") * 12, 1, "y")])
    found = hunks(old.encode(), new.encode(), spans)
    assert [(hunk.line, len(hunk.lines)) for hunk in found] == [(4, 6), (16, 6)]


def test_what_is_added_is_shown_though_its_neighbours_are_alike() -> None:
    # A comparison of the texts would say that the second line was added, and show it so.
    report = "  - date: 2020-06-30\n    text: 无变化\n"
    old = f"rows:\n{report * 3}"
    new, spans = spliced(old, [(len(f"rows:\n{report}"), 0, report)])
    (hunk,) = hunks(old.encode(), new.encode(), spans)
    assert hunk.line == 4
    assert [sign for sign, _text in hunk.lines] == [" ", " ", "+", "+", " ", " "]


def test_what_is_gone_is_shown_before_what_took_its_place() -> None:
    new, spans = spliced("a: 1\nb: 2\n", [(5, 0, "c: 3\n"), (0, 5, "")])
    (hunk,) = hunks(b"a: 1\nb: 2\n", new.encode(), spans)
    assert hunk.lines == ((" ", "a: 1"), ("-", "b: 2"), ("+", "c: 3"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_endings_are_no_part_of_a_line(mark: bytes) -> None:
    old, new = mark + b"a: 1\r\nb: 2\r\n", mark + b"a: 3\r\nb: 2\r\n"
    (hunk,) = hunks(old, new, [Span(len(mark) + 3, len(mark) + 4, len(mark) + 3, len(mark) + 4)])
    assert hunk == Hunk(1, (("-", "a: 1"), ("+", "a: 3"), (" ", "b: 2")))
