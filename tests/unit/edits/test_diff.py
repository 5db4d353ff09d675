"""The small diff: right whatever the texts, small where they are nearly alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.difference import changed_span, hunks

BLOCK = re.compile(" *- +id:")
LINES = st.lists(st.sampled_from(["  - id: a", "  - id: b", "    title: x", "    due: 2020", ""]), max_size=12)


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_span_holds_all_that_differs_and_nothing_more(old: str, new: str) -> None:
    start, old_end, new_end = changed_span(old, new)
    assert old[:start] == new[:start]
    assert old[old_end:] == new[new_end:]
    left, right = old[start:old_end], new[start:new_end]
    if left and right:
        assert left[0] != right[0]
        assert left[-1] != right[-1]


def _raw(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@given(LINES, LINES)
def test_hunks_lead_from_the_old_text_to_the_new(old: list[str], new: list[str]) -> None:
    rest = old.copy()
    made: list[str] = []
    for hunk in hunks(_raw(old), _raw(new), BLOCK):
        shown = [text for sign, text in hunk.lines if sign != "+"]
        above = next(i for i, (sign, _text) in enumerate(hunk.lines) if sign != " ")
        # The lines before the hunk are the same in both texts.
        before = hunk.line - 1 - above - len(made)
        made += rest[:before] + [text for sign, text in hunk.lines if sign != "-"]
        assert rest[before : before + len(shown)] == shown
        rest = rest[before + len(shown) :]
    assert made + rest == new


def test_changes_far_apart_are_hunks_of_their_own() -> None:
    old = [f"  - id: task-{number}" for number in range(20)]
    new = [line.replace("task-3", "task-x").replace("task-15", "task-y") for line in old]
    found = hunks(_raw(old), _raw(new), BLOCK)
    assert [(hunk.line, len(hunk.lines)) for hunk in found] == [(4, 6), (16, 6)]
