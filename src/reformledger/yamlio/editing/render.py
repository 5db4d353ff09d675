"""New data as text, in blocks of lines or between brackets, and how it is put into a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.editing.edits import refused
from reformledger.yamlio.editing.scalars import inline, is_literal, literal


class Splice(NamedTuple):
    """``text`` goes where the characters from ``start`` to ``end`` were."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return ``text`` with all splices made; of several insertions at one place the earlier given comes first."""
    parts: list[str] = []
    offset = 0
    for start, end, new in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        parts += (text[offset:start], new)
        offset = end
    parts.append(text[offset:])
    return "".join(parts)


class Style(NamedTuple):
    """How new text looks: as its neighbours do."""

    newline: str
    """The line ending."""
    list_offset: int
    """How many columns the dashes of a list are right of its key."""
    mapping_offset: int
    """How many columns the keys of a mapping, or the lines of a text, are right of their own key."""
    ends_line: bool = True
    """Whether a line ending will follow; without one a literal block scalar cannot end in a line feed."""
    literal: bool = True
    """Whether texts of several lines may be literal block scalars: not with a comment behind the last of them."""


class Written(NamedTuple):
    """A value as text: ``head`` goes behind the colon or dash, ``body`` are the lines below, each behind its ending."""

    head: str
    body: str


def write(value: Data, column: int, style: Style, *, gap: str = " ", quote: str = "") -> Written:
    """Return ``value`` as the value of a key in ``column``, ``gap`` blanks behind the colon."""
    if isinstance(value, dict | list) and value:
        inner = column + (style.list_offset if isinstance(value, list) else style.mapping_offset)
        return Written("", f"{style.newline}{' ' * inner}{block(value, inner, style)}")
    return _write_scalar(value, column + style.mapping_offset, style, gap, quote)


def write_item(value: Data, column: int, style: Style, *, gap: str = " ", quote: str = "") -> Written:
    """Return ``value`` as an item of a list whose dashes are in ``column``, ``gap`` blanks behind the dash."""
    inner = column + 1 + len(gap)
    if isinstance(value, dict | list) and value:
        return Written(gap + block(value, inner, style), "")
    return _write_scalar(value, inner, style, gap, quote)


def block(value: Data, column: int, style: Style) -> str:
    """Return a mapping or list that is not empty as lines from ``column`` on; the first line comes without indent."""
    entries = []
    if isinstance(value, dict):
        for key, part in value.items():
            head, body = write(part, column, style)
            entries.append(f"{inline(key)}:{head}{body}")
    elif isinstance(value, list):
        for item in value:
            head, body = write_item(item, column, style)
            entries.append(f"-{head}{body}")
    return f"{style.newline}{' ' * column}".join(entries)


def flow(value: Data, *, quote: str = "") -> str:
    """Return ``value`` on one line, as it is written between brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(flow_entry(key, part) for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow_item(item) for item in value) + "]"
    return "" if value is None else inline(value, flow=True, quote=quote)


def flow_entry(key: str, value: Data) -> str:
    """Return a key with its value, as it is written between brackets."""
    return f"{inline(key, flow=True)}: {flow(value)}"


def flow_item(value: Data) -> str:
    """Return an item, as it is written between brackets."""
    if value is None:
        message = _("A blank item cannot stand between brackets.")
        raise refused(message, _("Write the list as lines, one item each after “- ”."))
    return flow(value)


def _write_scalar(value: Data, indent: int, style: Style, gap: str, quote: str) -> Written:
    if value is None:
        return Written("", "")
    if not isinstance(value, str):
        return Written(gap + flow(value), "")
    if style.literal and is_literal(value) and (style.ends_line or not value.endswith("\n")):
        header, body = literal(value, " " * indent, style.newline)
        return Written(gap + header, body)
    return Written(gap + inline(value, quote=quote), "")
