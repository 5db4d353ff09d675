"""New data as text, on one line, in blocks of lines or between brackets, and how it is put into a text.

Readers of YAML 1.1 and of YAML 1.2 read that text again. PyYAML's emitter does not serve: it writes what its own
reader cannot read back (U+0085), and knows nothing of what ours refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.editing.edits import Bare, refused
from reformledger.yamlio.faults.characters import REFUSED_CHARACTERS, misread, name_character
from reformledger.yamlio.faults.mistypings import mistyped_lines
from reformledger.yamlio.reading.elsewhere import is_no_text

_KEYS = 1_024
"""Keys, and texts, that are remembered as they are written: a ledger names few offices and people, but often."""
_INDICATOR = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BREAKS_PLAIN = re.compile(r": |:$| #|[\t\n]")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?#]|:(?![^\s,\[\]{}\"'])")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_SURELY_PLAIN = re.compile("[\u4e00-\u9fff][\u4e00-\u9fff0-9，。、；（）《》“”]*|[a-z]+-[0-9]+")
"""Running Chinese text, as most of a ledger is, and ids: nothing in it means anything to YAML, wherever it stands."""
_NEEDS_ESCAPE = re.compile(r'[\\"\n\t]')

Entry = tuple[str | None, Data]
"""A key with its value, or an item of a list: its key is None."""


class Splice(NamedTuple):
    """``text`` goes where the characters from ``start`` to ``end`` were."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return ``text`` with all splices made, which are in its order."""
    parts: list[str] = []
    offset = 0
    for start, end, new in splices:
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


def entries_of(value: Data) -> list[Entry]:
    """Return what a mapping or list holds."""
    if isinstance(value, dict):
        return [*value.items()]
    return [(None, item) for item in value] if isinstance(value, list) else []


def block(value: Data, column: int, style: Style) -> str:
    """Return a mapping or list that is not empty as lines from ``column`` on; the first line comes without indent."""
    return f"{style.newline}{' ' * column}".join(
        block_entry(key, part, column, style) for key, part in entries_of(value)
    )


def block_entry(key: str | None, value: Data, column: int, style: Style, *, gap: str = " ") -> str:
    """Return a key with its value, or an item, as lines from ``column`` on; the first line comes without indent."""
    if isinstance(value, str) and "\n" not in value:  # as most are
        return f"-{gap}{inline(value)}" if key is None else f"{_key(key)}:{gap}{inline(value)}"
    head, body = write(value, column, style, is_item=key is None, gap=gap)
    return f"-{head}{body}" if key is None else f"{_key(key)}:{head}{body}"


@lru_cache(maxsize=_KEYS)
def _key(key: str) -> str:
    """Return a key as a scalar: the keys of a batch are few, and each is written many times."""
    return inline(key)


def write(value: Data, column: int, style: Style, *, is_item: bool, gap: str = " ", quote: str = "") -> Written:
    """Return ``value`` as text behind the colon of a key or the dash of an item in ``column``, after ``gap`` blanks."""
    inner = column + (1 + len(gap) if is_item else style.mapping_offset)
    if not isinstance(value, str):
        if not value:
            return Written("" if value is None else gap + flow(value), "")
        if is_item:
            return Written(gap + block(value, inner, style), "")
        if isinstance(value, list):
            inner = column + style.list_offset
        return Written("", f"{style.newline}{' ' * inner}{block(value, inner, style)}")
    if "\n" in value and style.literal and _is_literal(value) and (style.ends_line or not value.endswith("\n")):
        lines = value.removesuffix("\n").split("\n")
        body = "".join(f"{style.newline}{' ' * inner}{line}" if line else style.newline for line in lines)
        return Written(gap + ("|" if value.endswith("\n") else "|-"), body)
    return Written(gap + inline(value, quote=quote), "")


def _is_literal(value: str) -> bool:
    """Say whether ``value`` is several lines that can safely be written as a literal block scalar.

    Not with spaces that nobody sees at the end of a line or that would count as indentation, nor with blank lines
    at the end, which what follows would change.
    """
    lines = value.split("\n")
    if not lines[-1]:
        lines.pop()
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and lines[0][0] != " "
        and not any(line != line.rstrip() for line in lines)
        and "\t" not in value
        and not any(misread(value))
    )


def flow(value: Data, *, quote: str = "") -> str:
    """Return ``value`` on one line, as it is written between brackets."""
    if isinstance(value, dict | list):
        entries = ", ".join(flow_entry(key, part) for key, part in entries_of(value))
        return f"{{{entries}}}" if isinstance(value, dict) else f"[{entries}]"
    return "" if value is None else inline(value, flow=True, quote=quote)


def flow_entry(key: str | None, value: Data) -> str:
    """Return a key with its value, or an item, as it is written between brackets."""
    if key is not None:
        return f"{inline(key, flow=True)}: {flow(value)}"
    if value is None:
        message = _("A blank item cannot stand between brackets.")
        raise refused(message, _("Write the list as lines, one item each after “- ”."))
    return flow(value)


def inline(value: str, *, flow: bool = False, quote: str = "") -> str:
    """Return ``value`` as a scalar on one line: plain where it reads back as itself, else in quotes.

    ``flow`` says that it is written between brackets; ``quote`` is the quotation mark that its place had before,
    used again where quotes are needed and the value allows them.
    """
    if isinstance(value, Bare) or _SURELY_PLAIN.fullmatch(value) or _is_plain(value, flow=flow):
        return value
    escapes = any(misread(value)) or "\n" in value or "\t" in value
    if not escapes and (quote == "'" or ('"' in value or "\\" in value)):
        return "'" + value.replace("'", "''") + "'"
    text = _NEEDS_ESCAPE.sub(lambda found: _ESCAPES[found[0]], value)
    # Letters that look like Chinese misread are refused unless they are written as escapes.
    for letters, _offset in list(misread(text)):
        text = text.replace(letters, "".join(f"\\u{ord(letter):04x}" for letter in letters))
    return f'"{text}"'


@lru_cache(maxsize=_KEYS)
def _is_plain(value: str, *, flow: bool) -> bool:
    """Say whether ``value`` reads back as itself without quotes, in YAML 1.1 and in YAML 1.2."""
    return not (
        value == ""
        or is_no_text(value)
        or value[0] in _INDICATOR
        or value != value.strip()
        or _BREAKS_PLAIN.search(value)
        or (flow and _BREAKS_FLOW.search(value))
        or any(misread(value))
        or any(mistyped_lines(f"{value}\n- {value}", is_key=bool))
    )


def check_texts(data: Data) -> None:
    """Raise ``EditError`` for a text or key with a character that no text of ours holds, however it is written."""
    if isinstance(data, dict | list):
        for part in chain.from_iterable(data.items()) if isinstance(data, dict) else data:
            check_texts(part)
    elif data and (found := re.search(REFUSED_CHARACTERS, data)):
        message = _("The new text holds {name}, which has no place in a text.").format(name=name_character(found[0]))
        raise refused(message, _("Delete it."))
