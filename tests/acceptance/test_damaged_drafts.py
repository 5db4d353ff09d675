"""Texts that are cut, joined, doubled and garbled: whatever is left, each character has an account, and drafts load."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from draft_forms import draft
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wanted_drafts import FORMS

from conftest import NOTICE

SOURCES = {
    "notice": NOTICE.read_text(encoding="utf-8"),
    "county": (FORMS / "county.txt").read_text(encoding="utf-8"),
    "court": (FORMS / "court.txt").read_text(encoding="utf-8"),
}
STRAY = "（）【】《》“”，。；：、☆★①|\t\f\n 　\u200b\ufeff\u2028\x00\x0b\x85一12０#*-—"

Damage = Callable[[list[str], int, int, str], list[str]]


def _cut(lines: list[str], at: int, much: int, _stray: str) -> list[str]:
    return lines[:at] + lines[at + much :]


def _keep_alone(lines: list[str], at: int, much: int, _stray: str) -> list[str]:
    return lines[at : at + 4 * much]


def _double(lines: list[str], at: int, much: int, _stray: str) -> list[str]:
    return lines[: at + much] + lines[at:]


def _join(lines: list[str], at: int, much: int, stray: str) -> list[str]:
    return [*lines[:at], stray.join(line.strip() for line in lines[at : at + much]), *lines[at + much :]]


def _swap(lines: list[str], at: int, much: int, _stray: str) -> list[str]:
    return lines[at : at + much] + lines[:at] + lines[at + much :]


def _cut_characters(lines: list[str], at: int, much: int, _stray: str) -> list[str]:
    return [*lines[:at], *(line[:much] for line in lines[at : at + 1]), *lines[at + 1 :]]


def _put_in(lines: list[str], at: int, much: int, stray: str) -> list[str]:
    return [*lines[:at], *(line[:much] + stray + line[much:] for line in lines[at : at + 1]), *lines[at + 1 :]]


damages: Sequence[Damage] = (_cut, _keep_alone, _double, _join, _swap, _cut_characters, _put_in)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a text to which a few things were done."""
    text = draw(st.sampled_from(sorted(SOURCES)).map(SOURCES.__getitem__))
    if draw(st.booleans()):
        text = "\n".join(filter(None, (line.strip() for line in text.splitlines())))
    lines = text.split("\n")
    for _turn in range(draw(st.integers(0, 4))):
        damage = draw(st.sampled_from(damages))
        at, much = draw(st.integers(0, len(lines))), draw(st.integers(1, 40))
        lines = damage(lines, at, much, draw(st.text(st.sampled_from(STRAY), max_size=4)))
    return "\n".join(lines)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(text=damaged(), kind=st.sampled_from([(), ("--kind", "workpoints"), ("--kind", "ledger")]))
def test_the_account_closes_and_the_draft_loads(text: str, kind: tuple[str, ...]) -> None:
    _is_accounted_for(text, *kind)


@pytest.mark.parametrize("text", ["\n", "2020", "（" * 300, "一、" * 300, "序号 名称 备注\n" * 50, "《" + "甲" * 3000])
def test_texts_that_are_no_notice_are_asked_about(text: str) -> None:
    _is_accounted_for(text)


def _is_accounted_for(text: str, *options: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notice.txt"
        file.write_bytes(text.encode())
        _drafted, faults = draft(file, ["--year", "2020", *options], Path(folder) / "draft")
    refused = [fault for fault in faults if fault.startswith("the command ended with 2")]
    assert not [fault for fault in faults if fault not in refused]
