"""What may not leave the program as it is: phone numbers, and signs that a terminal obeys or hides."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.masking import clean, hide_number, mask_phones, visible
from reformledger.views.formats.json import json_text

# The numbers that the notice prints, and the forms in which people write them.
PHONES = ["18808140946", "13350553210", "13882365088", "13908144361", "18982351719", "13340726111", "13908146584"]


@pytest.mark.parametrize("phone", PHONES)
def test_middle_of_a_phone_is_hidden(phone: str) -> None:
    assert mask_phones(f"联系人 王影{phone}。") == f"联系人 王影{phone[:3]}****{phone[-4:]}。"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("188 0814 0946", "188 **** 0946"),
        ("188-0814-0946", "188-****-0946"),
        ("+8618808140946", "+86188****0946"),
        ("86-18808140946", "86-188****0946"),
        ("１８８０８１４０９４６", "１８８****０９４６"),
        ("188·0814·0946", "188·****·0946"),
        ("188－0814－0946", "188－****－0946"),
        ("188—0814—0946", "188—****—0946"),
        ("188\u30000814\u00a00946", "188\u3000****\u00a00946"),
        ("+86·188.0814.0946", "+86·188.****.0946"),
        ("18808140946、13908146584", "188****0946、139****6584"),
        ("188.0814.0946", "188.****.0946"),
        ("1880\u200b8140946", "188****0946"),
        ("188‑0814‑0946", "188‑****‑0946"),
        ("188\u00a00814\u00a00946", "188\u00a0****\u00a00946"),
        ("身份证510402199001011234。", "身份证510402********1234。"),
        ("51040219900101123X", "510402********123X"),
    ],
)
def test_other_spellings_of_a_phone(text: str, masked: str) -> None:
    assert mask_phones(text) == masked


@pytest.mark.parametrize("text", ["2020-12-31", "川教函〔2019〕461号", "12345678901", "188081409461", "0812-3334455"])
def test_what_is_no_mobile_number_stays(text: str) -> None:
    assert mask_phones(text) == text


@pytest.mark.parametrize(
    ("number", "hidden"),
    [
        ("13908146584", "139****6584"),
        ("0812-3344556", "081*-***4556"),
        ("1898235171", "189***5171"),
        ("110", "***"),
    ],
)
def test_a_number_known_to_be_a_phone_is_hidden_in_any_form(number: str, hidden: str) -> None:
    assert hide_number(number) == hidden


@pytest.mark.parametrize(
    ("sign", "written"),
    [
        ("\x1b", r"\x1b"),
        ("\x00", r"\x00"),
        ("\x07", r"\x07"),
        ("\r", r"\r"),
        ("\t", r"\t"),
        ("\x7f", r"\x7f"),
        ("\x9b", r"\x9b"),
        ("\u202e", r"\u202e"),
        ("\u2066", r"\u2066"),
        ("\u200b", r"\u200b"),
        ("\u200d", r"\u200d"),
        ("\u2028", r"\u2028"),
        ("\ufeff", r"\ufeff"),
        ("\udcff", r"\udcff"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_written_out(sign: str, written: str) -> None:
    assert visible(f"刘{sign}自力") == f"刘{written}自力"


@pytest.mark.parametrize("text", ["刘自力", "李\u3000艺", "😀", "䶮", "é", "一\n二", "‘“”—…·☆"])
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_what_leaves_the_program_holds_no_control(text: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_gives_back_the_very_text(text: str) -> None:
    printed = json_text({"text": text}, reveal=True)
    assert json.loads(printed) == {"text": text}
    assert visible(printed) == printed


def test_json_masks_phones_at_any_depth() -> None:
    printed = json_text({"contact": [{"phone": PHONES[0], "note": f"或{PHONES[1]}"}]})
    assert json.loads(printed) == {"contact": [{"phone": "188****0946", "note": "或133****3210"}]}
