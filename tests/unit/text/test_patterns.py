"""Patterns that are compiled when they are first used do what compiled ones do."""

from __future__ import annotations

import re

import pytest

from reformledger.text.patterns import when_used


def test_it_finds_what_the_compiled_pattern_finds() -> None:
    text = "一、二年级；1. 完成"
    pattern, compiled = when_used("[一二0-9]+"), re.compile("[一二0-9]+")

    assert [match.span() for match in pattern.finditer(text)] == [match.span() for match in compiled.finditer(text)]
    for _again in range(2):  # the second time by what was kept
        assert pattern.sub("*", text) == compiled.sub("*", text)
        assert pattern.search(text, 1, 3) is not None
        assert pattern.fullmatch(text) is None
    assert pattern.pattern == compiled.pattern
    assert pattern.flags == compiled.flags


def test_flags_hold() -> None:
    assert when_used("^lead.", re.IGNORECASE | re.DOTALL).match("LEAD\n")
    assert not when_used("^lead.").match("LEAD\n")


def test_nothing_is_compiled_before_it_is_used() -> None:
    wrong = when_used("(")

    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.search("")
