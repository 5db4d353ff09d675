"""A page for browsers and paper: one file, readable without script, its tables sorted by a click where there is one.

A text comes back from the page as it was: white space and line feeds are kept by the style of its cell, ``bdi`` keeps
its direction of writing from what stands beside it, and what nobody sees is marked by its code and still there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, groupby, islice
from typing import NamedTuple

from markupsafe import Markup, escape

from reformledger.columns import CODES
from reformledger.errors import UsageError
from reformledger.fields.words import SEVERITY, Words
from reformledger.i18n import _
from reformledger.text.folding import compact
from reformledger.text.masking import SHORTEST, mask_phones, visible, with_unseen
from reformledger.text.numerals import in_parts
from reformledger.views.answer import Answer, Bar, Cell, Column, Line, RowGroup, Sheet, Span, Styled, plain
from reformledger.views.formats.registry import Format
from reformledger.views.page import page_text
from reformledger.views.palette import tone_name
from reformledger.views.progress import progressing

# “Text nodes and attribute values must consist of scalar values, excluding noncharacters, and controls other than
# ASCII whitespace” (HTML Living Standard, 3.2.5.2).
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_HAN_NUMERAL = re.compile("[〇零一二两三四五六七八九十百]")
_CODES: dict[str, Words] = {**CODES, "severity": SEVERITY}
_BAR = (
    '<svg class="bar" width="80" height="8" aria-hidden="true"><rect class="track" width="80" height="8" rx="4"/>'
    '<rect class="share" width="{width:.4g}" height="8" rx="4"/></svg>'
)
_BAR_WIDTH = 80
_UNFOLDED = 24  # characters
_BETWEEN = "𝌆"  # any character that can be seen
_SOURCE = re.compile(r" {4}|\s*\d* \| ")
"""How a line of a file begins where it is shown in a text: indented as an example, or behind its number."""


class Html(Format[Answer]):
    """A page in UTF-8 that asks the network for nothing; phone numbers are always masked."""

    reveals = False

    def content(self, answer: Answer, *, reveal: bool) -> bytes:  # noqa: ARG002 - there is none that reveals
        """Return the sheets for a document, then an answer that is text.

        Raises ``UsageError`` for a character that no page can hold, naming where it is.
        """
        sheets = answer.sheets("document")
        head = _Head.of(answer, sheets)
        page = page_text(
            "answer",
            title=head.title,
            remarks=head.remarks,
            tables=[
                {
                    "title": _html("" if sheet.title in head.said else sheet.title, lambda: _("a title")),
                    "own_page": sheet.own_page,
                    "above": [_html(text, lambda: _("the head of the page")) for text in sheet.above],
                    "rows": _made(_table(sheet) if sheet.columns else ""),
                    "blanks": [_html(text, lambda: _("a last sentence")) for text in sheet.blanks],
                    "footer": _html(sheet.footer, lambda: _("a last sentence")),
                }
                for sheet in sheets
            ],
            paragraphs=list(map(_made, _paragraphs(answer))),
            nothing=_("Nothing to show."),
        )
        return page.encode()


class _Head(NamedTuple):
    """What stands above all: the title, remarks on day and question; and the titles of sheets that these say."""

    title: Markup
    remarks: Sequence[Markup]
    said: Sequence[str | None]

    @classmethod
    def of(cls, answer: Answer, sheets: Sequence[Sheet]) -> _Head:
        """Return the head of an answer; the title of its first sheet takes its own one's place where it says more."""
        about = answer.about()
        first = (sheets[0].title or "") if sheets else ""
        title = first if about.title.casefold() in first.casefold() else about.title
        day = about.day.isoformat() if about.day else ""
        as_of = _("As of {day}").format(day=day) if day else ""
        remarks = [as_of if day not in title else "", about.question]

        def place() -> str:
            return _("the head of the page")

        return cls(_html(title, place), [_html(text, place) for text in remarks if text], (title, as_of))


def _made(html: str) -> Markup:
    """Return HTML made here, every text of which went through ``_written``."""
    return Markup(html)  # noqa: S704 - all that is data in it is escaped by now


def _html(text: str | None, place: Callable[[], str]) -> Markup:
    return _made(_written(text or "", place))


def _written(text: str, place: Callable[[], str]) -> str:
    """Return a text as HTML, masked, what nobody sees marked by its code; raises ``UsageError``, naming its place."""
    text = mask_phones(text)
    if text.isprintable():
        return str(escape(text))
    if match := _UNFIT.search(text):
        message = _("A page cannot hold the character {code}, which is in {place}.")
        advice = _("Take it out of the data, or write another format.")
        raise UsageError(message.format(place=place(), code=_code(match[0])), advice)
    return with_unseen(str(escape(text)), _marked)


def _all_written(texts: Sequence[str], place: Callable[[str], str]) -> list[str]:
    """Return texts as HTML: at once where there is nothing to mask and nothing to mark, as in most columns."""
    joined = _BETWEEN.join(texts)
    if joined.isprintable() and joined.count(_BETWEEN) < len(texts):
        long = _BETWEEN.join([text for text in texts if len(text) >= SHORTEST])
        if mask_phones(long) == long:
            return str(escape(joined)).split(_BETWEEN)
    return [_written(text, partial(place, text)) for text in texts]


def _marked(character: str) -> str:
    if character == "\t":
        return character
    # A browser reads a bare carriage return as a line feed.
    written = "&#13;" if character == "\r" else character
    return f'<i class="unseen" data-code="{_code(character)}">{written}</i>'


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


# A table


def _table(sheet: Sheet) -> str:
    groups = [RowGroup("", sheet.rows)] if sheet.rows or not sheet.groups else []
    groups += sheet.groups
    rows = [row for group in groups for row in group.rows]
    with progressing(range(len(sheet.columns)), len(sheet.columns), _("Writing")) as shown:
        columns = [_WrittenColumn(sheet, index, [row[index] for row in rows]) for index in shown]
    written = iter([f"<tr>{''.join(row)}</tr>" for row in zip(*(column.cells for column in columns), strict=True)])
    head = f"<thead><tr>{''.join(column.heading for column in columns)}</tr></thead>" if sheet.head else ""
    bodies = "".join(_body(group, list(islice(written, len(group.rows))), len(columns)) for group in groups)
    return f'<table class="{"entries" if head else "record"}">{head}{bodies}</table>'


def _body(group: RowGroup, rows: Sequence[str], columns: int) -> str:
    """Return the rows of one group under its heading: they are sorted among themselves."""
    head = ""
    if group.heading:
        shown = _written(group.heading, lambda: _("the heading of a group"))
        head = f"<bdi>{shown}</bdi>"
        head += f' <span class="count">{len(rows)}</span>' if group.is_counted else ""
        head = f'<tr class="group"><th scope="rowgroup" colspan="{columns}">{head}</th></tr>'
    return f"<tbody>{head}{''.join(rows)}</tbody>\n"


class _WrittenColumn:
    """A column as HTML: its heading, and its cells, each text written once however often it is there."""

    def __init__(self, sheet: Sheet, index: int, cells: Sequence[Cell]) -> None:
        self._sheet, self._index = sheet, index
        self._column = column = sheet.columns[index]
        texts = {cell: plain(cell) for cell in dict.fromkeys(cells)}
        numbers = _numbers(column.key, texts)
        kind = _kind(column, texts.values())
        heading = _written(column.heading, lambda: _("the heading of a column"))
        sorts = ' data-sorts="number"' if numbers else ""
        self.heading = f'<th scope="col" class="{kind}"{sorts}><bdi>{heading}</bdi></th>'
        start, end = f'<td class="{kind}" data-label="{escape(mask_phones(column.heading))}"', "</td>"
        if not sheet.head:
            start, end = ('<th scope="row"', "</th>") if index == 0 else (f'<td class="{kind}"', end)
        values = {cell: f' data-value="{value}"' for cell, value in (numbers or _sorted_as(texts)).items()}
        made = {
            cell: f"{start}{values.get(cell, '')}>{content}{end}"
            for cell, content in zip(texts, self._contents(texts), strict=True)
        }
        self.cells = list(map(made.__getitem__, cells))

    def _contents(self, texts: Mapping[Cell, str]) -> Iterator[str]:
        """Yield what is in each cell, given its text."""
        for cell, written in zip(texts, _all_written(list(texts.values()), self._place), strict=True):
            if not written:
                yield ""
            elif isinstance(cell, Bar):
                yield f"<bdi>{_BAR.format(width=_BAR_WIDTH * min(max(cell.share, 0), 1))}{written}</bdi>"
            elif isinstance(cell, Styled):
                yield f'<bdi class="{f"pill {tone_name(cell.style)}".rstrip()}">{written}</bdi>'
            else:
                yield f"<bdi>{written}</bdi>"

    def _place(self, text: str) -> str:
        """Say where a text is: its column, and what names its row."""
        named_by = next((index for index, column in enumerate(self._sheet.columns) if column.key in {"id", "ref"}), 0)
        rows = chain(self._sheet.rows, *(group.rows for group in self._sheet.groups))
        row = next(row for row in rows if plain(row[self._index]) == text)
        return _("{heading} of {name}").format(heading=self._column.heading, name=visible(plain(row[named_by])))


def _kind(column: Column, texts: Iterable[str]) -> str:
    """Return the name by which the style knows a column: what is fixed is folded where it is long all the same."""
    if column.align == "right":
        return "number"
    if column.fixed and max(map(len, texts), default=0) <= _UNFOLDED:
        return "fixed"
    return "wide" if column.wide else "text"


def _numbers(key: str, texts: Mapping[Cell, str]) -> dict[Cell, float]:
    """Return by what each cell of a column of numbers, days or codes is sorted; nothing for a column of texts.

    A text among numbers or days (“open-ended”) has no such value, as in ``list --sort``.
    """
    codes = {word.text: place for place, word in enumerate(_CODES.get(key, {}).values())}
    values: dict[Cell, float] = {}
    if not codes and set(map(type, texts)) == {str}:  # as nearly all columns are
        return values
    for cell, text in texts.items():
        if isinstance(cell, date):
            values[cell] = cell.toordinal()
        elif isinstance(cell, int):
            values[cell] = cell
        elif isinstance(cell, Bar):
            values[cell] = cell.share
        elif codes and (place := codes.get(text)) is not None:
            values[cell] = place
    return values


def _sorted_as(texts: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return as what cells are sorted (第10批 for 第十批) that the script would sort otherwise."""
    numbered = {}
    for cell, text in texts.items():
        if _HAN_NUMERAL.search(text):
            masked = mask_phones(text)
            in_digits = "".join(map(str, in_parts(masked)))
            if in_digits != compact(masked):
                numbered[cell] = str(escape(in_digits))
    return numbered


# Text


def _paragraphs(answer: Answer) -> Iterator[str]:
    """Yield what blank lines part in an answer that is text; lines of a file under each other keep their columns."""
    lines = [list(line) for line in answer.lines(None)] if answer.lines else []
    for is_blank, paragraph in groupby(lines, lambda line: not "".join(text for text, _style in line).strip()):
        if not is_blank:
            blocks = groupby(paragraph, _is_source)
            yield "".join(_block(block, "source" if is_source else "sentences") for is_source, block in blocks)


def _is_source(line: Line) -> bool:
    return bool(_SOURCE.match("".join(text for text, _style in line)))


def _block(lines: Iterable[Line], name: str) -> str:
    return f'<div class="{name}">{chr(10).join("".join(map(_span, line)) for line in lines)}</div>'


def _span(span: Span) -> str:
    text, style = span
    written = _written(text, lambda: _("the text"))
    names = " ".join(filter(None, (tone_name(style), "bold" if "bold" in style.split() else "")))
    return f'<span class="{names}">{written}</span>' if names else written
