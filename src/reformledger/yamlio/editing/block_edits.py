"""Edits of what is written in lines: block mappings and block lists.

Comments: one behind a replaced value stays. One on the lines of a removed entry, or below them and indented deeper,
goes with it. One on a line of its own above a removed entry stays, for nothing says whether it is about that entry,
and a comment without its subject is noticed where a lost comment is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.editing.edits import refused
from reformledger.yamlio.editing.layout import Layout, Value
from reformledger.yamlio.editing.render import Entry, Splice, Style, Written, block, block_entry, write


def style_at(layout: Layout, trail: list[Value], offset: int, *, at_line_end: bool = True) -> Style:
    """Return the style of new text inside of the last value of ``trail``, which ends at ``offset`` or on its line."""
    below = max(layout.comment_below(offset), layout.spaces_below(offset))
    return Style(
        layout.newline(offset),
        layout.list_offset(trail),
        layout.mapping_offset(trail),
        ends_line=layout.next_line(offset) < len(layout.text) or layout.text.endswith("\n"),
        literal=(at_line_end or layout.line_end(offset) == offset)
        # What is indented deeper would be part of the text.
        and below <= layout.column(layout.start(trail[-1])),
    )


def replace(layout: Layout, trail: list[Value], index: int, value: Data) -> list[Splice]:
    """Replace the value of the entry ``index`` of the last mapping or list of ``trail``."""
    parent = trail[-1]
    old = layout.children(parent)[index]
    anchor = layout.anchor(parent, index)
    if anchor is None:
        message = _("This key has no colon.")
        raise refused(message, _("Write it as “key: value”."))
    column = layout.column(layout.start(parent))
    quote = layout.text[layout.start(old)] if old.data else ""
    below = "\n" in layout.text[anchor : layout.start(old)]
    is_block = isinstance(value, dict | list) and bool(value)
    is_item = isinstance(parent.data, list)
    style = style_at(layout, trail, layout.end(old), at_line_end=not (below or (is_block and is_item)))
    if is_block and below:
        return _block_for_lines(layout, old, column, value, style)
    if is_block and is_item:
        return _block_for_item(layout, old, anchor, column, value, style)
    written = write(value, column, style, is_item=is_item, quote=quote)
    return (_inline_for_lines if below else _with_body)(layout, old, anchor, written)


def _with_body(layout: Layout, old: Value, anchor: int, written: Written) -> list[Splice]:
    """Replace a value on the line of its colon or dash: the head in its place, the body under its comment."""
    start, end = layout.start(old), layout.end(old)
    body = Splice(layout.line_end(end), layout.line_end(end), written.body)
    header = layout.header(old)
    if header:
        body = Splice(layout.line_end(start), max(end, layout.line_end(start)), written.body)
        end = start + len(header)
    if old.data is None:
        head = Splice(anchor, anchor, written.head)
    elif not written.head:
        head = Splice(anchor, end, "")
    else:
        head = Splice(start, end, written.head.lstrip(" "))
    return [head, body]


def _inline_for_lines(layout: Layout, old: Value, anchor: int, written: Written) -> list[Splice]:
    """Replace what is on the lines below its colon or dash."""
    start, end = layout.start(old), layout.end(old)
    first = layout.line_end(anchor)
    comments = bool(layout.text[first:start].strip())
    if written.head and (not layout.is_block(old) or (comments and written.body)):
        return [Splice(start, end, written.head.lstrip(" ") + written.body)]
    if comments:
        first = layout.line_end(layout.line_start(start) - 1)
    return [Splice(anchor, anchor, written.head), Splice(first, end, written.body)]


def _block_for_lines(layout: Layout, old: Value, column: int, value: Data, style: Style) -> list[Splice]:
    """Replace what is on the lines below its colon or dash by other lines."""
    start = layout.start(old)
    inner = layout.column(start)
    if inner <= column:
        inner = column + (style.list_offset if isinstance(value, list) else style.mapping_offset)
    return [Splice(start, layout.end(old), " " * (inner - layout.column(start)) + block(value, inner, style))]


def _block_for_item(layout: Layout, old: Value, anchor: int, column: int, value: Data, style: Style) -> list[Splice]:
    """Replace an item on the line of its dash by a mapping or list, which begins on that line too."""
    start, end = layout.start(old), layout.end(old)
    if old.data is None:
        return [Splice(anchor, anchor, write(value, column, style, is_item=True).head)]
    header = layout.header(old)
    if header and layout.text[start + len(header) : layout.line_end(start)].strip():
        body = f"{style.newline}{' ' * (column + 2)}{block(value, column + 2, style)}"
        return _with_body(layout, old, anchor, Written("", body))
    return [Splice(start, end, block(value, layout.column(start), style))]


def insert(layout: Layout, trail: list[Value], index: int, entries: Sequence[Entry]) -> list[Splice]:
    """Insert entries as ``index`` and following of a block."""
    parent = trail[-1]
    children = layout.children(parent)
    column = layout.column(layout.start(parent))
    previous = children[index - 1] if index else None
    offset = layout.entry_end(previous, column) if previous else layout.entry_start(parent, 0)
    style = style_at(layout, trail, offset)
    texts = [block_entry(key, value, column, style, gap=layout.gap(parent, key)) for key, value in entries]
    blank_lines = layout.blank_lines(parent) if isinstance(parent.data, list) else 0
    between = f"{style.newline * (1 + blank_lines)}{' ' * column}"
    if previous is None:
        return [Splice(offset, offset, "".join(text + between for text in texts))]
    last = layout.last_scalar(previous)
    start, header = layout.start(last), layout.header(last)
    splices = []
    if "+" in header:
        between = f"{style.newline}{' ' * column}"  # blank lines would be part of the text above
    if header and "-" not in header and offset == len(layout.text) and not str(last.data).endswith("\n"):
        # The text above ends with the file and so without a line feed; now one follows it.
        splices.append(Splice(start, start + len(header), header.replace("+", "") + "-"))
    splices.append(Splice(offset, offset, "".join(between + text for text in texts)))
    return splices


def remove(layout: Layout, parent: Value, index: int) -> list[Splice]:
    """Remove an entry of a block that has others."""
    children = layout.children(parent)
    start = layout.entry_start(parent, index)
    end = layout.entry_end(children[index], layout.column(start))
    if layout.starts_line(start):
        previous = children[index - 1] if index else None
        return [_lines_out(layout, layout.line_start(start), end, previous)]
    following = layout.entry_start(parent, index + 1) if index + 1 < len(children) else end
    if layout.text[end:following].strip():
        # A comment on its own line comes first: it stays below the dash.
        return [Splice(layout.before_spaces(start), end, "")]
    return [Splice(start, following, "")]


def _lines_out(layout: Layout, start: int, end: int, previous: Value | None) -> Splice:
    """Take whole lines out, with the blank lines that would be left double or would become part of a text above."""
    text = layout.text
    header = layout.header(layout.last_scalar(previous)) if previous else ""
    if end == len(text) and not text.endswith("\n"):
        # The line ending before goes instead, but for that of a block scalar, to which it belongs.
        if previous and header and "-" not in header and not text[layout.end(previous) : start].strip():
            return Splice(start, end, "")
        start = _start_of_blanks(layout, start, previous)
        return Splice(layout.line_end(start - 1) if start else 0, end, "")
    following = layout.next_line(end)
    if "+" in header or (start and _is_blank(layout, start - 1)):
        while following < len(text) and _is_blank(layout, following):
            following = layout.next_line(following)
        if following == len(text):
            start = _start_of_blanks(layout, start, previous)
    return Splice(start, following, "")


def _start_of_blanks(layout: Layout, start: int, previous: Value | None) -> int:
    """Return where the blank lines start that are above ``start`` and below what belongs to the entry before."""
    limit = layout.next_line(layout.end(previous)) if previous else start
    while start > limit and _is_blank(layout, start - 1):
        start = layout.line_start(start - 1)
    return start


def _is_blank(layout: Layout, offset: int) -> bool:
    return not layout.text[layout.line_start(offset) : layout.line_end(offset)].strip()
