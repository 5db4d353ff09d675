"""Tables in the lines of a text are found, cut into rows and cells, and put into the flow in place of their lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.drafting.account import LayoutKind
from reformledger.drafting.aligning.body import Row, doubt_cells, read_again, rows_of
from reformledger.drafting.aligning.columns import Columns
from reformledger.drafting.aligning.heads import CODE, Head, heads_in
from reformledger.drafting.aligning.pieces import Gap, Piece, pieces_of
from reformledger.drafting.aligning.records import records_in
from reformledger.drafting.entry import Context
from reformledger.drafting.notices.pages import is_page_number
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Item
from reformledger.drafting.source import Line
from reformledger.drafting.tables.table import ReadTable
from reformledger.i18n import _
from reformledger.text.folding import compact

_NOTE = re.compile(
    "(?:备?注|说明|附注|填表说明|注[0-9]|抄送|审核人?|填表人|制表人?|审批人?|签字|主办|联系电话)[:：]|附件"
)
_HAN = "[一二三四五六七八九十]"
_PART = re.compile(f"{_HAN}{{1,3}}[、．.](?!{_HAN}{{1,3}}[、，和年批期季届级])|第{_HAN}+[章节部]|[（(]{_HAN}+[）)]")
_TOTAL = re.compile("(?:小计|合计|总计|共计)")
_MOST_TITLE_LINES = 3
_SHORTEST_HEADING = 4  # characters of the heading of a page
_WITHIN_LINES = 0.1
"""The share of rows that may begin within a line; with more the lines were broken anew, and their ends say nothing."""


class _Body(NamedTuple):
    """What is below some headings, up to those of the next table: the places of its pieces."""

    head: Head
    repeated: tuple[Head, ...]
    places: list[int]


class _Found(NamedTuple):
    """A table, and the places of the pieces that it is made of."""

    table: ReadTable
    places: frozenset[int]
    lines: tuple[int, int]
    """The first and the last line of its rows."""


def tables_in(lines: Sequence[Line], context: Context) -> list[Line | ReadTable]:
    """Return lines, those of each table, or of records that are one, replaced by the table."""
    flow: list[Line | ReadTable] = []
    for block in records_in(lines, context):
        flow += [block] if isinstance(block, ReadTable) else _aligned(block, context)
    return flow


def _aligned(lines: Sequence[Line], context: Context) -> list[Line | ReadTable]:
    """Return lines, those of each table whose cells are among them replaced by the table."""
    of_pages = _lines_of_pages(lines)
    pieces = pieces_of(lines, of_pages.kinds)
    bodies = _bodies(pieces, list(heads_in(pieces)))
    read: list[tuple[_Body, Columns, list[_Block]]] = []
    for body in bodies:
        columns = Columns.under([heading.text for heading in body.head.headings], context.year)
        read.append((body, columns, _blocks(pieces, body, columns, "head" if body is not bodies[-1] else "nothing")))
    rows = [row for _body, _columns, blocks in read for block in blocks for row in block.rows]
    is_wrapped_anew = sum(not row.pieces[0].starts_line for row in rows) > _WITHIN_LINES * len(rows)
    for body, columns, blocks in read:
        of_body = [row for block in blocks for row in block.rows]
        doubt_cells(of_body, columns)
        for row in of_body:
            row.is_doubtful |= is_wrapped_anew or of_pages.touch(row) or bool(body.head.doubtful)
    found: list[_Found] = []
    for body, columns, blocks in read:
        if blocks:
            _claim_headings(body, context)
            found += _tables(body, blocks, columns)
    for place, kind in of_pages.kinds.items():
        if any(one.lines[0] < place < one.lines[1] for one in found):
            _claim_line(lines[place].text.strip(), kind, context)
    return list(_flow(lines, pieces, found)) if found else list(lines)


def _claim_line(text: Passage, kind: LayoutKind | None, context: Context) -> None:
    if kind:
        context.account.lay_out(text, kind)
        return
    sentence = _("Is this line the heading of a page, and no part of the row around it?")
    context.questions.ask("row", sentence, Item("", "", text, account=context.account), text)


class _OfPages(NamedTuple):
    """Lines that pages have, by their places: page numbers, and what is beside them.

    What begins as a line that is printed elsewhere and goes on (the name of the body, and 文件) is None: it is asked
    about. ``perhaps`` are lines that are printed elsewhere, but beside no other page number: as likely cells.
    """

    kinds: dict[int, LayoutKind | None]
    perhaps: set[int]

    def touch(self, row: Row) -> bool:
        """Say whether one of the lines is within a row."""
        first, last = row.pieces[0].line, row.pieces[-1].line
        return any(first < place < last for place in self.kinds) or any(
            first <= place <= last for place in self.perhaps
        )


def _lines_of_pages(lines: Sequence[Line]) -> _OfPages:
    texts = {place: text for place, line in enumerate(lines) if (text := compact(line.text.text))}
    counts = Counter(texts.values())
    printed_again = tuple(text for text, count in counts.items() if count > 1 and len(text) >= _SHORTEST_HEADING)
    filled = list(texts)
    numbers = [at for at, place in enumerate(filled) if is_page_number(lines[place].text.text)]
    found = _OfPages(dict.fromkeys((filled[at] for at in numbers), "page number"), set())
    near = [place for at in numbers for place in (*filled[max(at - 1, 0) : at], *filled[at + 1 : at + 2])]
    beside = Counter(texts[place] for place in near)
    for place in near:
        if texts[place] not in printed_again:
            if texts[place].startswith(printed_again) and " " not in lines[place].text.text.strip():
                found.kinds.setdefault(place, None)
        elif beside[texts[place]] > 1:
            found.kinds.setdefault(place, "repeated heading")
        else:
            found.perhaps.add(place)
    return found


def _bodies(pieces: Sequence[Piece], heads: Sequence[Head]) -> list[_Body]:
    """Return what is below the headings of each table; printed again, they are one with the first."""
    bodies: list[_Body] = []
    for place, head in enumerate(heads):
        end = heads[place + 1].start if place + 1 < len(heads) else len(pieces)
        if bodies and head.keys == bodies[-1].head.keys and not _begins_anew(pieces, bodies[-1], head):
            last = bodies.pop()
            bodies.append(_Body(last.head, (*last.repeated, head), [*last.places, *range(head.end, end)]))
        else:
            bodies.append(_Body(head, (), list(range(head.end, end))))
    return bodies


def _begins_anew(pieces: Sequence[Piece], body: _Body, head: Head) -> bool:
    """Say whether the first row below some headings has the number of the first row below those before."""
    if not body.places or head.end >= len(pieces):
        return True
    return CODE.fullmatch(pieces[head.end].text) is not None and pieces[head.end].text == pieces[body.places[0]].text


class _Block(NamedTuple):
    """Rows below some headings that no other text divides: the places of their pieces, and what follows them."""

    places: list[int]
    rows: list[Row]
    following: str


def _blocks(pieces: Sequence[Piece], body: _Body, columns: Columns, following: str) -> list[_Block]:
    """Return the rows below some headings, in a block below each line that divides them."""
    blocks: list[_Block] = []
    for stretch in _stretches(pieces, body.places):
        ends = following if stretch[-1] == body.places[-1] else "text"
        behind = pieces[stretch[-1] + 1].gap if stretch[-1] + 1 < len(pieces) else Gap.LINE
        rows = rows_of([pieces[place] for place in stretch], columns, ends, behind)
        if rows:
            blocks.append(_Block(stretch, rows, ends))
    for block in blocks:
        read_again(block.rows, columns, block.following)
    return blocks


def _tables(body: _Body, blocks: Sequence[_Block], columns: Columns) -> Iterator[_Found]:
    """Yield the tables below some headings, one for each block of rows."""
    of_heads = {place for head in (body.head, *body.repeated) for place in range(head.start, head.end)}
    for block in blocks:
        taken = sum(len(row.pieces) for row in block.rows[:-1]) + block.rows[-1].end
        rows = tuple(one for row in block.rows for one in row.read(columns))
        table = ReadTable(body.head.headings, rows, NOTHING, is_given=False)
        lines = block.rows[0].pieces[0].line, block.rows[-1].pieces[-1].line
        yield _Found(table, frozenset(block.places[:taken]) | of_heads, lines)
        of_heads = set()


def _claim_headings(body: _Body, context: Context) -> None:
    for head in body.repeated:
        for heading in head.headings:
            context.account.lay_out(heading, "repeated heading")
    for heading in body.head.doubtful:
        item = Item("", "", heading, account=context.account)
        context.questions.ask("heading", _("Is this one heading of the table?"), item, heading)


def _stretches(pieces: Sequence[Piece], places: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of rows, without the lines that divide them (一、…, totals) and what is behind the last."""
    stretch: list[int] = []
    at = 0
    while at < len(places):
        length = _length_of_text(pieces, places, at) if stretch or at == 0 else 0
        if length:
            if stretch:
                yield stretch
            stretch = []
            at += length
            continue
        stretch.append(places[at])
        at += 1
    if stretch:
        yield stretch


def _length_of_text(pieces: Sequence[Piece], places: Sequence[int], at: int) -> int:
    """Return how many of the pieces from ``at`` are text that divides rows or ends the table; 0 for none."""
    piece = pieces[places[at]]
    if not piece.begins_line:
        return 0
    if _NOTE.match(piece.text):
        return len(places) - at
    if not (_PART.match(piece.text) or _TOTAL.match(piece.text)):
        return 0
    codes = [
        place
        for place in range(at + 1, len(places))
        if pieces[places[place]].starts_line and CODE.fullmatch(pieces[places[place]].text)
    ]
    if not codes:
        return len(places) - at
    lines = {pieces[places[place]].line for place in range(at, codes[0])}
    return codes[0] - at if len(lines) <= _MOST_TITLE_LINES else 0


def _flow(lines: Sequence[Line], pieces: Sequence[Piece], found: Sequence[_Found]) -> Iterator[Line | ReadTable]:
    """Yield the lines, and each table where its first piece is; of a line that a table has a part of, the rest."""
    owner = {place: number for number, one in enumerate(found) for place in one.places}
    first = {min(one.places): number for number, one in enumerate(found)}
    of_line: dict[int, list[int]] = {}
    for place, piece in enumerate(pieces):
        of_line.setdefault(piece.line, []).append(place)
    for number, line in enumerate(lines):
        places = of_line.get(number, [])
        if not any(place in owner for place in places):
            yield line
            continue
        for place in places:
            if place in first:
                yield found[first[place]].table
        yield from _rest_of(line, pieces, [place for place in places if place not in owner])


def _rest_of(line: Line, pieces: Sequence[Piece], places: Sequence[int]) -> Iterator[Line]:
    if places:
        start = pieces[places[0]].passage.at[0] - line.text.at[0]
        end = pieces[places[-1]].passage.at[-1] + 1 - line.text.at[0]
        yield line._replace(text=line.text[start:end])
