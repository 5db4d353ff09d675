"""Texts: files that end in .txt or .md, and what was pasted into them."""

from __future__ import annotations

import re
from pathlib import Path

from reformledger.drafting.reading.characters import LINE_ENDS, acceptable
from reformledger.drafting.reading.markdown import without_marks
from reformledger.drafting.reading.refusals import refused
from reformledger.drafting.reading.stroked import stroked_table
from reformledger.drafting.reading.tabbed import tabbed_table
from reformledger.drafting.reading.text_lines import Found, TextLines
from reformledger.drafting.source import Grid, Line, Place, Source, SourceBuilder
from reformledger.exchange.reading.encodings import decoded, fitting_encoding, is_encoded
from reformledger.exchange.tables import Refused
from reformledger.i18n import _

_MARKDOWN = frozenset({".md", ".markdown"})
_LINE = re.compile(f"([^{LINE_ENDS}]*)((?:\r\n|[\r\n])\f?|[{LINE_ENDS}]|$)")
"""A line and its end; where a page ends behind a line, both are one end."""
_NO_TEXT = (b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", bytes.fromhex("D0CF11E0A1B11AE1"))
"""How files begin that are no texts, whatever their names say."""


def read_text(file: Path, encoding: str | None = None) -> Source | Refused:
    """Return a text as lines, and as grids where a table was pasted into it.

    It is UTF-8 where no other ``encoding`` is said.
    """
    try:
        data = file.read_bytes()
    except OSError:
        return refused(file, _("This file may not be read."), _("Ask whoever has it for the right to read it."))
    text = _decoded(file, data, encoding)
    if isinstance(text, Refused):
        return text
    builder = SourceBuilder(file)
    lines = TextLines(text, _add_lines(text, builder))
    blocks: list[Line | Grid] = []
    at = 0
    while at < len(lines):
        found = stroked_table(lines, at) or tabbed_table(lines, at) or Found([Line(lines[at])], at + 1, [])
        blocks += found.blocks
        builder.markup += found.markup
        at = found.behind
    if file.suffix.lower() in _MARKDOWN:
        blocks = without_marks(blocks, builder.markup)
    builder.blocks += map(_acceptable, blocks)
    return builder.source()


def _decoded(file: Path, data: bytes, encoding: str | None) -> str | Refused:
    if data.startswith(_NO_TEXT):
        message = _("This is no text, whatever its name says.")
        return refused(file, message, _("Give it the ending that it had, and try again."))
    if encoding is None and b"\0" not in data and is_encoded(data, "utf-8"):
        return decoded(data, "utf-8")
    fitting = fitting_encoding(data)
    if encoding is None and not fitting and is_encoded(data, "utf-8"):  # NUL is a character of UTF-8, too.
        return decoded(data, "utf-8")
    if encoding is not None and is_encoded(data, encoding):
        return decoded(data, encoding)
    message = _("This text is not UTF-8.")
    advice = _("Open it in the program that wrote it, and save it again as UTF-8.")
    if encoding is not None:
        message = _("This text is not encoded as {encoding}, or there is no such encoding.").format(encoding=encoding)
    if fitting:
        advice = _("Say how it is encoded: --encoding {encoding}").format(encoding=fitting)
    elif is_encoded(data, "utf-8"):
        advice = _("It is UTF-8: leave --encoding out.")
    return refused(file, message, advice)


def _add_lines(text: str, builder: SourceBuilder) -> list[tuple[int, int]]:
    """Add the lines to a source, and return where each begins, and where its end does."""
    spans = []
    number = 1
    for match in _LINE.finditer(text):
        if match[0]:
            builder.add(match[0], Place(line=number))
            spans.append(match.span(1))
        number += 1 if re.search("[\r\n]", match[2]) else 0
    return spans


def _acceptable(block: Line | Grid) -> Line | Grid:
    if isinstance(block, Line):
        return block._replace(text=acceptable(block.text))
    return block._replace(rows=tuple(tuple(map(acceptable, row)) for row in block.rows))
