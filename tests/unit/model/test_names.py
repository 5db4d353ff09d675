"""Names of people and offices: compared by a key, never rewritten."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger import load_book
from reformledger.model.documents import Directory, DirectoryEntry
from reformledger.query import Question, ask
from reformledger.text.folding import name_key
from texts import LEDGER_HEAD

SAME = {
    "李艺": ["李  艺", "李　艺", "李\u00a0艺", " 李艺 ",
           "李\u200b艺", "李\u200d艺", "李\ufeff艺", "\uf9e1艺", "李\u00ad艺"],
    "政策法规科": ["政策法规科　", "政策\u2060法规科", "政策法规\t科"],
    "阿米尔·吐尔逊": ["阿米尔・吐尔逊", "阿米尔•吐尔逊", "阿米尔‧吐尔逊", "阿米尔∙吐尔逊", "阿米尔⋅吐尔逊",
                  "阿米尔･吐尔逊", "阿米尔 · 吐尔逊"],
    "A1办": ["Ａ１办", "Ａ 1办"],
    "钒钛高新区(钒钛新城)": ["钒钛高新区（钒钛新城）"],
}  # fmt: skip
PAIRS = [(name, spelling) for name, spellings in SAME.items() for spelling in spellings]


@pytest.mark.parametrize(("name", "spelling"), PAIRS, ids=ascii)
def test_spellings_of_one_name(name: str, spelling: str) -> None:
    assert name_key(spelling) == name_key(name)


@pytest.mark.parametrize(
    ("one", "other"), [("李艺", "李义"), ("谢强", "謝強"), ("基教科", "基教科科"), ("a", "A"), ("王.影", "王影")]
)
def test_names_that_differ(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_directory_knows_an_office_by_any_spelling_of_any_of_its_names() -> None:
    directory = Directory([DirectoryEntry(name="政策法规科", also=("法规科", "法制办"), kind="office")])
    for spelling in ("法规科", "法 规科", "法制办　", "政策法规科"):
        assert directory.key(spelling) == "政策法规科"
        assert directory.preferred(spelling) == "政策法规科"
    assert directory.preferred("基 教科") == "基 教科"


LEDGER = LEDGER_HEAD


@pytest.mark.parametrize("name", ["李  艺", "李　艺", "\uf9e1艺", "李\u200b艺"], ids=ascii)
def test_a_name_is_found_by_its_key_and_kept_as_written(write: Callable[[str, str], Path], name: str) -> None:
    row = f"          - id: task-1\n            title: 任务\n            leaders: [{name}]\n"
    book = load_book(write("x.yaml", LEDGER + row))
    (entry,) = ask(book, Question(leaders=["李艺"]), date(2020, 1, 1))
    assert entry.data.leaders == (name,)
    if not unicodedata.is_normalized("NFC", name):
        assert entry.data.leaders != ("李艺",)
