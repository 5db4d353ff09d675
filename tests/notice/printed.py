"""The notice cut into its paragraphs and table rows by how they begin, without a look at the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from notice.pieces import named, squeeze

SOURCE = Path(__file__).with_name("notice_2020.txt").read_text(encoding="utf-8")

TABLES = ("task", "review", "key-scheme", "scheme", "pilot")
"""The tables of the ledger in printed order, by the prefix of their rows' ids."""

# How the lines begin that begin a piece; a piece ends where the next begins.
_BEGINNINGS = {
    "issuer": r"攀枝花市教育和体育局 *$",
    "notice_title": r"关于印发",
    "recipients": r"各县",
    "notice_text": r"现将",
    "date": r"2020年 5月",
    "document_title": r"攀枝花市 2020年教育体育综合改革",
    "general_idea": r"2020年全市",
    # Not 二、三批, where a line of a cell breaks inside 第一、二、三批.
    "heading": r"[一二三四五六七]、(?![一二三四五六七])",
    "point": r"\d+．",
    "annex": r"附件",
    "table_title": r".*（共 ",
    "columns": r"序",
    "row": r"\d\s",
    "note": r"注：|说明：",
}
_BEGINNING = re.compile("|".join(f"(?P<{kind}>^ *(?:{how}))" for kind, how in _BEGINNINGS.items()), re.MULTILINE)


def _pieces() -> Iterator[tuple[str, str]]:
    beginnings = list(_BEGINNING.finditer(SOURCE))
    ends = [beginning.start() for beginning in beginnings[1:]] + [len(SOURCE)]
    tables = iter(TABLES)
    table = columns = ""
    for beginning, end in zip(beginnings, ends, strict=True):
        kind, text = str(beginning.lastgroup), SOURCE[beginning.start() : end]
        if kind == "columns":
            # The same headings once more are the same table on its next page.
            if squeeze(text) != columns:
                table, columns = next(tables), squeeze(text)
            kind = f"{table}-columns"
        elif kind == "row":
            kind = table
        yield kind, text


PRINTED = named(_pieces())
"""Every paragraph and row, in printed order and with the page's white space."""


def is_tabular(name: str) -> bool:
    """Say whether a piece is a row or the headings of a table."""
    return name.rpartition("-")[0].removesuffix("-columns") in TABLES


def gaps(text: str) -> set[int]:
    """Return where the page leaves a gap: how many characters other than white space stand before each."""
    found = {0}
    before = 0
    for character in text:
        if character.isspace():
            found.add(before)
        else:
            before += 1
    return found | {before}
