"""The text of one entry, found in the bytes of a document without reading the rest of it.

Fifty revisions of a file of 7 MB are read in a second; to parse each would take a minute. So the line of the id is
looked for, and the lines above it that it stands below must be those of a ledger, key by key. Whatever is written
otherwise is no case for this module: ``OddTextError``, and the whole document is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reformledger.yamlio import BOM, Data, YamlError, read_yaml

_BEFORE_ID = re.compile(rb"""( *)(- +)?["']?id["']? *: *["']?""")
_AFTER_ID = re.compile(rb"""["']? *(?: #.*)?""")
_ID_KEY = re.compile(rb"""(?:^|[^0-9A-Za-z_-])id["']? *: *["']?$""")
_ID_ALONE = re.compile(rb"""[ :?]*["']?""")
_ID_LINE = re.compile(rb"""(?m)^ *(?:- +)?["']?id["']? *: *([^#\r\n]*)""")
_ESCAPED_ID = re.compile(rb"""id["']? *: *"[^"\n]*\\""")
_MARKER = re.compile(rb"<{7} |={7}\r?\n|>{7} |\|{7} ")
"""The lines of an unresolved merge."""
_WORD = re.compile(rb"[0-9A-Za-z_-]")
_NAMING = re.compile(rb"(?:number|title|id_prefix) *:")
_ABOVE = {b"rows": b"tables", b"tables": b"parts", b"points": b"sections", b"sections": b"sections"}
"""The list that holds what holds a list."""
_OF_ENTRIES = (b"rows", b"points", b"removed")
_OF_DOCUMENT = frozenset({b"parts", b"sections", b"removed"})


class OddTextError(Exception):
    """The text is written in a way that its lines alone do not tell what belongs to the entry."""


class EntryText(NamedTuple):
    """The lines of one entry: equal bytes say the same.

    ``headings`` are the lines that name each heading it is under, the innermost first; ``above`` is the id of the
    entry above it, blank for the first.
    """

    block: bytes
    headings: tuple[bytes, ...]
    above: bytes

    def read(self) -> dict[str, Data]:
        """Return what the lines say; raises ``OddTextError`` where they are nothing by themselves."""
        rows = _read(b"rows:\n" + self.block).get("rows")
        if isinstance(rows, list) and len(rows) == 1 and isinstance(row := rows[0], dict):
            return row
        raise OddTextError

    def titles(self) -> list[str]:
        """Return the titles of the headings it is under, the outermost first; raises ``OddTextError``."""
        named = [_read(lines) for lines in reversed(self.headings)]
        return [str(found) for data in named if (found := data.get("title"))]


def _read(raw: bytes) -> dict[str, Data]:
    try:
        data = read_yaml(raw).data
    except YamlError:
        raise OddTextError from None
    if not isinstance(data, dict):
        raise OddTextError
    return data


def entry_text(raw: bytes, entry_id: str) -> EntryText | None:
    """Return the lines of an entry of a document, None where it is not there; raises ``OddTextError``.

    The record of one that was removed is not the entry.
    """
    placed = [_placed(raw, *item) for item in _items(raw, entry_id.encode())]
    found = [text for text in placed if text is not None]
    if len(found) > 1 or (not found and b"\\" in raw and _ESCAPED_ID.search(raw)):
        raise OddTextError
    return found[0] if found else None


def _items(raw: bytes, word: bytes) -> Iterator[tuple[int, int]]:
    """Yield the first line and the column of the dash of each item of a list that says it has this id."""
    at = raw.find(word)
    while at >= 0:
        after = at + len(word)
        if not _WORD.match(raw, after) and not (at and _WORD.match(raw, at - 1)):
            start = raw.rfind(b"\n", 0, at) + 1
            end = raw.find(b"\n", after)
            before, rest = raw[start:at].removeprefix(BOM), raw[after : len(raw) if end < 0 else end].rstrip(b"\r")
            if (key := _BEFORE_ID.fullmatch(before)) and _AFTER_ID.fullmatch(rest):
                yield (start, len(key[1])) if key[2] else _item_of(raw, start, len(key[1]))
            elif not before.lstrip().startswith(b"#") and (_ID_ALONE.fullmatch(before) or _ID_KEY.search(before)):
                raise OddTextError
        at = raw.find(word, after)


def _item_of(raw: bytes, start: int, column: int) -> tuple[int, int]:
    """Return the first line, and the column of its dash, of the item that a key at a column belongs to."""
    for line_start, line in _lines_above(raw, start):
        indent = _indent(line)
        if indent < column:
            dash = re.match(rb" *- +", line)
            if dash is None or dash.end() != column:
                break
            return line_start, indent
    raise OddTextError


def _placed(raw: bytes, start: int, column: int) -> EntryText | None:
    """Return the lines of an item, None where it is the record of a removal; raises ``OddTextError``."""
    headings: list[bytes] = []
    keys: tuple[bytes, ...] = _OF_ENTRIES
    first, dash = start, column
    while True:
        key, key_start, key_column = _list_above(raw, first, dash, keys)
        if key in _OF_DOCUMENT and key_column == 0:
            break
        if key not in _ABOVE:
            raise OddTextError
        keys = (_ABOVE[key],)
        first, dash, naming = _heading(raw, key_start, key_column)
        headings.append(naming)
    if key == b"removed":
        return None
    return EntryText(raw[start : _end(raw, start, column)], tuple(headings), _id_above(raw, start, column))


def _list_above(raw: bytes, start: int, dash: int, keys: tuple[bytes, ...]) -> tuple[bytes, int, int]:
    """Return the key, its line and its column of the list that an item, whose dash is at a column, belongs to."""
    for key in keys:
        at = start
        while (at := raw.rfind(key + b":", 0, at)) >= 0:
            line_start = raw.rfind(b"\n", 0, at) + 1
            line_end = raw.index(b"\n", at)
            before = raw[line_start:at].removeprefix(BOM)
            opens = re.fullmatch(rb" *(?:- +)?", before) and re.fullmatch(
                rb":[ \r]*(?: #.*)?", raw[at + len(key) : line_end].rstrip(b"\r")
            )
            if opens and len(before) <= dash:
                if _all_deeper(raw, (line_end, start - 1), dash, is_list=len(before) == dash):
                    return key, line_start, len(before)
                break
    raise OddTextError


def _all_deeper(raw: bytes, span: tuple[int, int], column: int, *, is_list: bool) -> bool:
    """Say whether all lines of a span, each behind its line break, begin at a column or deeper, but for comments.

    ``is_list``: those that begin at the column itself must be items, as the key of the list is at it, too.
    """
    edge = b"\n" + b" " * column
    deeper = raw.count(edge + b"-", *span) + raw.count(edge + b" ", *span) if is_list else raw.count(edge, *span)
    if deeper == raw.count(b"\n", *span):
        return True
    lines = raw[span[0] : span[1]]
    if column and re.search(rb"\n {0,%d}[^ \r\n#]" % (column - 1), lines):
        return False
    return not is_list or not re.search(rb"\n {%d}[^ \-\r\n#]" % column, lines)


def _heading(raw: bytes, key_start: int, column: int) -> tuple[int, int, bytes]:
    """Return first line and column of the dash of the item that has a key, and the lines above that which name it."""
    line = raw[key_start : raw.index(b"\n", key_start)]
    if line.lstrip(b" ").startswith(b"-"):
        return key_start, _indent(line), b"{}"
    naming: list[bytes] = []
    for start, line in _lines_above(raw, key_start):
        indent = _indent(line)
        dash = re.match(rb" *- +", line) if indent < column else None
        if (dash or indent == column) and _NAMING.match(line, dash.end() if dash else indent):
            naming.append(line[column:].rstrip())
        if indent < column:
            if dash is None or dash.end() != column:
                break
            return start, indent, b"\n".join(reversed(naming)) or b"{}"
    raise OddTextError


def _id_above(raw: bytes, start: int, column: int) -> bytes:
    """Return the id of the entry above one, b"" for the first."""
    found = b""
    for _start, line in _lines_above(raw, start):
        indent = _indent(line)
        if indent < column or (indent == column and not line[indent:].startswith(b"-")):
            return b""
        if said := _ID_LINE.match(line):
            found = said[1].strip()
        if indent == column:
            return found
    return b""


def _lines_above(raw: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield start and text of the lines above one, the nearest first; neither blank ones nor comments."""
    while start > 0:
        end = start - 1
        start = raw.rfind(b"\n", 0, end) + 1
        line = raw[start:end]
        if (text := line.strip()) and not text.startswith(b"#"):
            yield start, line


def _end(raw: bytes, start: int, column: int) -> int:
    """Return where the item ends that begins at a line: at the next line that is not deeper than its dash.

    Raises ``OddTextError`` where a merge that is not resolved ends it.
    """
    line_end = raw.find(b"\n", start)
    following = re.compile(rb"\n {0,%d}[^ \r\n#]" % column).search(raw, line_end) if line_end >= 0 else None
    if following is None:
        return len(raw)
    if _MARKER.match(raw, following.start() + 1):
        raise OddTextError
    return following.start() + 1


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))
