"""Where the letter of a notice ends (印发…的通知, to whom, signature, day), and the document that it issues begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reformledger.drafting.notices.outline import is_heading
from reformledger.drafting.notices.paragraphs import Paragraph
from reformledger.drafting.notices.responsibility import Responsibility, cut_responsibility
from reformledger.drafting.passage import Passage
from reformledger.drafting.title_lines import LONGEST_TITLE, ends_title
from reformledger.text.folding import compact

_KINDS = "通知|通报|意见|函|公告|决定|批复|报告"
_NUMERAL = "[0-9〇零○一二三四五六七八九十]"
_TITLE = re.compile(f"关于.*的(?:{_KINDS})|关于(?:印发|转发|下发)")
_DAY = re.compile(rf"(?:{_NUMERAL}{{4}}|二[〇零○]{_NUMERAL}{{2}})年\s*{_NUMERAL}{{1,3}}月\s*{_NUMERAL}{{1,3}}[日号]$")
_ENDS_TEXT = re.compile("[。；;：:，,、）)]$")
_LONGEST_SIGNATURE = 60  # characters


class Parts(NamedTuple):
    """The paragraphs of a notice: its letter, the head of the document (title, general idea), and its body."""

    letter: Sequence[Paragraph] = ()
    head: Sequence[Paragraph] = ()
    body: Sequence[Paragraph] = ()


def parted(paragraphs: Sequence[Paragraph], source: str) -> Parts:
    """Return the parts of a notice.

    A letter ends with the day on which it was signed. Where points are behind that, all before is the letter; else
    they are in the letter itself. Without a letter all is the document. ``source`` is the text of the whole source.
    """
    answering = _first(paragraphs, lambda paragraph: paragraph.number and _answers(paragraph, source))
    signed = _first(paragraphs, lambda paragraph: day_of(paragraph.text))
    last = min(answering, signed)
    is_letter = any(_TITLE.search(compact(_two(paragraphs, at))) for at in range(last))
    if not is_letter:
        return _document((), paragraphs)
    if signed < answering and any(paragraph.number for paragraph in paragraphs[signed:]):
        return _document(paragraphs[: signed + 1], paragraphs[signed + 1 :])
    numbered = _first(paragraphs, lambda paragraph: paragraph.number)
    if answering == len(paragraphs) and not any("如下" in paragraph.text.text for paragraph in paragraphs[:numbered]):
        return Parts(paragraphs)
    begin = next((at for at in range(1, numbered) if _is_document_title(paragraphs, at)), numbered)
    end = signed - 1 if numbered < signed < len(paragraphs) and _is_signature(paragraphs[signed - 1]) else signed
    _letter, head, body = _document((), paragraphs[begin:end])
    return Parts([*paragraphs[:begin], *paragraphs[end:]], head, body)


def _document(letter: Sequence[Paragraph], rest: Sequence[Paragraph]) -> Parts:
    """Return a letter, and the rest cut where its numbers or bullets, or a heading before the first of them, begin."""
    begin = _first(rest, lambda paragraph: paragraph.number or paragraph.is_item)
    is_titled = any(ends_title(paragraph.text.text) for paragraph in rest[: max(begin - 1, 0)])
    if is_titled and is_heading(rest, begin - 1) and not ends_title(rest[begin - 1].text.text):
        begin -= 1
    return Parts(letter, rest[:begin], rest[begin:])


def day_of(text: Passage) -> Passage:
    """Return the day that a signature ends with, blank for what is none."""
    match = _DAY.search(text.text)
    if match is None or len(text) > _LONGEST_SIGNATURE or re.search("[。；：:]", text.text):
        return text[:0]
    return text.group(match)


def _is_signature(paragraph: Paragraph) -> bool:
    text = paragraph.text.text
    return not paragraph.number and len(text) <= _LONGEST_SIGNATURE and not _ENDS_TEXT.search(text)


def _is_document_title(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Say whether the title of a document begins at a place of a letter that lacks its signature."""
    text = paragraphs[at].text.text
    is_behind_text = paragraphs[at - 1].text.text.endswith(("。", "："))
    return is_behind_text and len(text) <= LONGEST_TITLE and not _ENDS_TEXT.search(text)


def _answers(paragraph: Paragraph, source: str) -> bool:
    found = Responsibility()
    cut_responsibility(paragraph.body, found, source)
    return bool(found)


def _two(paragraphs: Sequence[Paragraph], at: int) -> str:
    return "".join(paragraph.text.text for paragraph in paragraphs[at : at + 2])


def _first(paragraphs: Sequence[Paragraph], is_one: Callable[[Paragraph], object]) -> int:
    """Return the place of the first paragraph that is one; the number of paragraphs where none is."""
    return next((at for at, paragraph in enumerate(paragraphs) if is_one(paragraph)), len(paragraphs))
