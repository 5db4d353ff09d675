"""Edits of what is written between brackets: flow mappings and flow lists, on one line or several."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.yamlio.data import Data
from reformledger.yamlio.editing.layout import Layout, Value
from reformledger.yamlio.editing.render import Entry, Splice, flow, flow_entry


def replace(layout: Layout, parent: Value, index: int, value: Data) -> list[Splice]:
    """Replace the value of an entry."""
    old = layout.children(parent)[index]
    quote = layout.text[layout.start(old)] if old.data else ""
    text = flow_entry(None, value) if isinstance(parent.data, list) else flow(value, quote=quote)
    if old.data is not None:
        return [Splice(layout.start(old), layout.end(old), text)]
    colon = _colon(layout, old)
    if colon is None:
        end = layout.tree.places.ends[old.key]
        return [Splice(end, end, f": {text}")]
    return [Splice(colon + 1, colon + 1, f" {text}")]


def insert(layout: Layout, parent: Value, index: int, entries: Sequence[Entry]) -> list[Splice]:
    """Insert entries as ``index`` and following."""
    children = layout.children(parent)
    start = layout.start(parent)
    texts = [flow_entry(key, value) for key, value in entries]
    if not children:
        end = layout.end(parent) - 1
        blank = not layout.text[start + 1 : end].strip()
        return [Splice(start + 1, end if blank else start + 1, ", ".join(texts))]
    if not layout.is_flow(parent):  # the one pair of an item such as `[key: value]`
        return [Splice(start, start, "{"), _behind(layout, children[-1], texts, "}")]
    if index:
        return _insert_behind(layout, children[index - 1], texts)
    first = _entry_start(layout, parent, 0)
    if layout.starts_line(first):
        comma = f",{layout.newline(first)}{layout.text[layout.line_start(first) : first]}"
    else:
        comma = ", "
    return [Splice(first, first, "".join(text + comma for text in texts))]


def _insert_behind(layout: Layout, previous: Value, texts: list[str]) -> list[Splice]:
    end = _entry_end(layout, previous)
    start = layout.tree.places.starts[previous.key]
    comma = _comma(layout, end)
    last = end if comma is None else comma + 1
    if not (layout.starts_line(start) and _ends_line(layout, last)):
        return [_behind(layout, previous, texts)]
    between = f"{layout.newline(last)}{layout.text[layout.line_start(start) : start]}"
    line_end = layout.line_end(last)
    if comma is not None:
        return [Splice(line_end, line_end, "".join(f"{between}{text}," for text in texts))]
    comma_text = _comma_behind(layout, previous, end)
    return [Splice(end, end, comma_text), Splice(line_end, line_end, ",".join(between + text for text in texts))]


def _behind(layout: Layout, previous: Value, texts: list[str], closing: str = "") -> Splice:
    end = _entry_end(layout, previous)
    return Splice(end, end, f"{_comma_behind(layout, previous, end)} {', '.join(texts)}{closing}")


def _comma_behind(layout: Layout, previous: Value, end: int) -> str:
    """Return a comma, which right behind the colon of a blank value would become part of its key."""
    return " ," if previous.data is None and layout.text[end - 1] == ":" else ","


def remove(layout: Layout, parent: Value, index: int) -> list[Splice]:
    """Remove an entry."""
    children = layout.children(parent)
    if not layout.is_flow(parent):
        return [Splice(layout.start(parent), _entry_end(layout, children[-1]), "{}")]
    start, end = _entry_start(layout, parent, index), _entry_end(layout, children[index])
    comma = _comma(layout, end)
    last = end if comma is None else comma + 1
    splices = []
    if comma is None and index:
        before = _comma(layout, _entry_end(layout, children[index - 1]))
        if before is not None:
            if not layout.text[before + 1 : start].strip():
                return [Splice(before, end, "")]
            splices.append(Splice(before, before + 1, ""))
    if layout.starts_line(start) and _ends_line(layout, last):
        return [*splices, Splice(layout.line_start(start), layout.next_line(last), "")]
    while comma is not None and layout.text[last] == " ":
        last += 1
    return [*splices, Splice(start, last, "")]


def _entry_start(layout: Layout, parent: Value, index: int) -> int:
    children = layout.children(parent)
    limit = layout.tree.places.starts[children[index].key]
    if index == 0:
        return layout.skip(layout.start(parent) + 1, limit)
    comma = _comma(layout, _entry_end(layout, children[index - 1]))
    return limit if comma is None else layout.skip(comma + 1, limit)


def _entry_end(layout: Layout, child: Value) -> int:
    if child.data is not None:
        return layout.end(child)
    colon = _colon(layout, child)
    return layout.tree.places.ends[child.key] if colon is None else colon + 1


def _colon(layout: Layout, child: Value) -> int | None:
    offset = layout.skip(layout.tree.places.ends[child.key])
    return offset if layout.text[offset] == ":" else None


def _comma(layout: Layout, end: int) -> int | None:
    offset = layout.skip(end)
    return offset if layout.text[offset] == "," else None


def _ends_line(layout: Layout, offset: int) -> bool:
    rest = layout.text[offset : layout.line_end(offset)].lstrip(" ")
    return layout.line_end(offset) < len(layout.text) and (not rest or rest.startswith("#"))
