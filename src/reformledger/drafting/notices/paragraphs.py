"""Lines become paragraphs: broken ones joined, numbers told from what they number, page numbers laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.account import Account
from reformledger.drafting.blanks import HAN, tidied
from reformledger.drafting.notices.joined_lines import parted_at_numbers
from reformledger.drafting.notices.labels import begins_with_label
from reformledger.drafting.notices.numbering import Number, number_at_start, numbers_at_start
from reformledger.drafting.notices.pages import without_pages
from reformledger.drafting.notices.wrapping import Wrapping
from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.drafting.source import Line
from reformledger.text.folding import compact
from reformledger.text.patterns import when_used
from reformledger.text.titles import unpaired

_GOES_ON = tuple("、“《〈（(【［[〔")
"""Behind these a line is never the last of its paragraph."""
_MAY_GO_ON = ("，", ",")
DOCUMENT_NUMBER = when_used(rf"(?:{HAN}|[A-Z]){{1,12}}\s*[〔\[（(【［][0-9]{{4}}[〕\]）)】］]\s*第?[0-9]{{1,4}}\s*号")
_IS_WHOLE = when_used(f"{DOCUMENT_NUMBER.pattern}|.*关于.*的(?:通知|通报|意见|函|公告|决定|批复|报告)")
_ENDS_CLAUSE = when_used("[。！？!?；;：:，,、）)”》]$")
_ENDS_SENTENCE = when_used("[。！？!?；;）)]$")
_PARTS_CLAUSES = when_used("[。；;，,]")
_LONGEST_HEADING = 30  # characters, of what is printed on top of a page
_BEGINS_BRACKET = when_used("[（(【［\\[〔]")
_MAY_BE_LABEL = re.compile("[^：:，。；、]{0,8}")
_MOST_IN_BRACKET = 8  # lines that a bracket may be open over


class Paragraph(NamedTuple):
    """A paragraph, its blanks tidied.

    ``number`` is its number as printed, with its marks (一、 （一） 1． 1.1 R1), blank for none; ``body`` is the rest.
    ``level`` says how deep such a number stands: 1 for 一、, 2 for （一）, 3 for 1．, 4 for （1）, 5 for ①; 0 for none.
    ``style`` is the way in which the number is printed (一、), blank for none. ``is_item``: a bullet is before it.
    """

    text: Passage
    number: Passage
    body: Passage
    level: int = 0
    is_heading: bool = False
    style: str = ""
    is_item: bool = False


def paragraphs(lines: Sequence[Line], account: Account) -> list[Paragraph]:
    """Return the paragraphs that lines make; what only a page needs (its number) is laid out.

    A line that interrupts a sentence and is none of it (the heading of a page, printed once) is in no paragraph.
    """
    text = parted_at_numbers(without_pages(lines, account))
    numbers = numbers_at_start([line.text.text for line in text.lines])
    wrapping = _wrapping(account)
    groups: list[list[Line]] = []
    starts: list[Number | None] = []
    for at, line in enumerate(text.lines):
        if groups and _continues(groups[-1], line, numbers[at], wrapping, begins_page=at in text.begin_page):
            if _is_strange(groups[-1], line, text.lines[at + 1 :], numbers[at + 1 :], wrapping):
                _lay_out_repeated(line, text.lines[:at], account)
            else:
                groups[-1].append(line)
        else:
            groups.append([line])
            starts.append(numbers[at])
    return [_paragraph(group, number, account) for group, number in zip(groups, starts, strict=True)]


def _wrapping(account: Account) -> Wrapping:
    """Return how all lines of the source were broken: some of them would not show it."""
    texts = [block.text.text for block in account.source.blocks if isinstance(block, Line) and block.text.text.strip()]
    return Wrapping(texts, [number_at_start(text) is not None for text in texts], list(map(begins_with_label, texts)))


def _continues(
    group: Sequence[Line], line: Line, number: Number | None, wrapping: Wrapping, *, begins_page: bool
) -> bool:
    """Say whether a line goes on with the paragraph whose lines so far are a group."""
    before = group[-1]
    if before.is_whole or line.is_whole or line.is_heading or line.is_item:
        return False
    text, last = line.text.text.strip(), before.text.text.strip()
    if _IS_WHOLE.fullmatch(last) or DOCUMENT_NUMBER.fullmatch(text):
        return False
    if number is not None:
        return last.endswith(_GOES_ON) or (last.endswith(_MAY_GO_ON) and number.style.name == "一、")
    if last.endswith((*_GOES_ON, *_MAY_GO_ON)) or _closes_title(group, text):
        return True
    is_open = _is_open(group)
    if begins_with_label(text) and not is_open and not wrapping.goes_on_for_sure(before.text.text):
        return False
    if begins_page and _holds_text(group) and not _ENDS_CLAUSE.search(last):
        return True
    return is_open or not wrapping.ends(before.text.text, line.text.text, is_first=len(group) == 1)


def _is_strange(
    group: Sequence[Line],
    line: Line,
    following: Sequence[Line],
    numbers: Sequence[Number | None],
    wrapping: Wrapping,
) -> bool:
    """Say whether a line interrupts a sentence of a paragraph whose lines so far are a group, and is none of it.

    It is short and ends no clause, although the line behind it goes on.
    """
    text, last = line.text.text.strip(), group[-1].text.text.strip()
    if not following or numbers[0] is not None or following[0].is_whole or _BEGINS_BRACKET.match(text):
        return False
    if begins_with_label(following[0].text.text) and not _is_open(group):
        return False
    is_short = len(text) <= _LONGEST_HEADING and not wrapping.is_full(text, following[0].text.text, is_first=True)
    if not is_short or _ENDS_CLAUSE.search(text) or _ENDS_SENTENCE.search(last) or not _holds_text(group):
        return False
    behind = following[0].text.text
    next_but_one = following[1].text.text if following[1:] else ""
    goes_on = wrapping.goes_on_for_sure(behind) or wrapping.is_full(behind, next_but_one, is_first=False)
    return goes_on or _ENDS_SENTENCE.search(behind.strip()) is not None


def _holds_text(group: Sequence[Line]) -> bool:
    """Say whether lines are running text, not a title: they are numbered, or a mark parts their clauses."""
    return number_at_start(group[0].text.text) is not None or any(
        _PARTS_CLAUSES.search(line.text.text) for line in group
    )


def _lay_out_repeated(line: Line, before: Sequence[Line], account: Account) -> None:
    """Lay a strange line out where it was printed before; else it is asked about, as nothing uses it."""
    if any(compact(other.text.text) == compact(line.text.text) for other in before):
        account.lay_out(line.text.strip(), "repeated heading")


def _closes_title(group: Sequence[Line], text: str) -> bool:
    """Say whether a title in quotation marks that begins in some lines ends in the next."""
    before = "".join(line.text.text for line in group[-_MOST_IN_BRACKET:])
    return "》" in text and any(bracket == "《" for _place, bracket in unpaired(before))


def _is_open(group: Sequence[Line]) -> bool:
    """Say whether a bracket is open behind some lines that begins with a label, or with what may be one."""
    text = "".join(line.text.text.strip() for line in group[-_MOST_IN_BRACKET:])
    opened = (text[place + 1 :] for place, bracket in unpaired(text) if bracket in "（(【〔")
    return any(begins_with_label(inside) or _MAY_BE_LABEL.fullmatch(inside) for inside in opened)


def _paragraph(group: Sequence[Line], number: Number | None, account: Account) -> Paragraph:
    pieces: list[Passage] = []
    for line in group:
        if pieces and not (pieces[-1].text[-1:].isdigit() and line.text.text[:1].isdigit()):
            pieces.append(_line_end(pieces[-1], account))
        pieces.append(line.text)
    whole = joined(pieces)
    is_heading, is_item = group[0].is_heading, group[0].is_item
    if number is None:
        text = tidied(whole)
        return Paragraph(text, NOTHING, text, is_heading=is_heading, is_item=is_item)
    printed = tidied(whole.group(number.match, "printed"))
    body = tidied(whole.group(number.match, "mark") + whole[number.match.end() :])
    return Paragraph(printed + body, printed, body, number.style.level, is_heading, number.style.name, is_item)


def _line_end(line: Passage, account: Account) -> Passage:
    """Return the character of the source that ends a line, as a line end; between digits none is wanted."""
    place = line.at[-1] + 1
    return Passage("\n", (place,)) if place < len(account.source.text) else NOTHING
