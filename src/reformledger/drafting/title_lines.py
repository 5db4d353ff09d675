"""The lines over a document or a table: what its title ends with, how long one is, how the line of an annex begins."""

from __future__ import annotations

import re

from reformledger.text.patterns import when_used

_KINDS = "台账|清单|一览|要点|方案|计划|规划|打算|责任书|任务书"
"""What documents are called, and hardly anything else is."""
_TABLE = "(?<!代)表"
"""A table, not a delegate (人大代表)."""
_SHARED = "任务|事项|目标|安排|分工|分解"
"""What documents are called, but columns of tables (工作任务) and cells (完成年度目标), too."""
_TABLE_WITHIN = "推进表|一览表|汇总表"
"""A table where more may follow: 表 alone is within 表彰 and 表决 as well."""
_ENGLISH = "register|plan|milestones|list|ledger"
_BRACKET = r"\s*[（(][^（）()]*[）)]"

LONGEST_TITLE = 60
"""Characters of the title of a document, a part or a table; a longer line is text."""
ANNEX = r"附件\s*[0-9０-９一二三四五六七八九十]*"
"""How the line begins that says where an annex begins, as a pattern."""
BEHIND_TITLE = re.compile("[（(][^（）()]*[）)]$")
"""A bracket behind a title: what it is as of, or what its marks mean."""

_ANNEX_LINE = re.compile(f"{ANNEX}[:：]?")
_NUMBERS_TABLE = re.compile(r"(?:附表|表)\s*[0-9０-９一二三四五六七八九十]*[:：]?|附[:：]")
_ENDS_TITLE = when_used(f"(?:{_KINDS}|{_TABLE}|{_SHARED})(?:{_BRACKET})?$")
_ENDS_TITLE_ONLY = when_used(f"(?:{_KINDS}|{_TABLE}|{_ENGLISH})$", re.IGNORECASE)
_WITHIN_TITLE = re.compile(f"{_KINDS}|{_TABLE_WITHIN}|{_TABLE}(?=[（(]|$)|{_SHARED}|{_ENGLISH}", re.IGNORECASE)
_SURE = re.compile(
    f"(?:[0-9]{{4}}|[〇零一二三四五六七八九]{{4}})年(?!.{{0,3}}[月日])|(?:{_KINDS}|{_TABLE}|{_SHARED})(?=[（(]|$)"
)
_IN_TEXT = re.compile("[。；，：:、！]")


def is_title(text: str) -> bool:
    """Say whether a line is surely the title of a document: it names the year, or what it is (台账), and is no more."""
    bare = BEHIND_TITLE.sub("", text)
    return 0 < len(bare) <= LONGEST_TITLE and _SURE.search(bare) is not None and not _IN_TEXT.search(bare)


def ends_title(text: str) -> bool:
    """Say whether a line ends as titles of documents do, a bracket behind that included: 工作要点（征求意见稿）."""
    return _ENDS_TITLE.search(text) is not None


def ends_only_title(text: str) -> bool:
    """Say whether a line among headings and cells ends as titles do, and as neither of those does.

    Case is folded; no bracket is behind it, which may be a cell's.
    """
    return _ENDS_TITLE_ONLY.search(text) is not None


def may_be_of_title(text: str) -> bool:
    """Say whether a text of one or two lines holds what titles end with: lines may break one, or more may follow it."""
    return _WITHIN_TITLE.search(text) is not None


def is_annex(text: str) -> bool:
    """Say whether a line says that an annex begins, and no more: 附件2：."""
    return _ANNEX_LINE.fullmatch(text) is not None


def numbers_table(text: str) -> bool:
    """Say whether a line says which annex or table of the document follows, and no more: 附件2, 附表1, 表3, 附：.

    A document with such tables goes on at a 表 with its number, while one ends before an annex.
    """
    return is_annex(text) or _NUMBERS_TABLE.fullmatch(text) is not None
