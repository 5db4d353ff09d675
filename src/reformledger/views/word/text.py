"""Texts as the XML of Word: every character as it is, or refused by name."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.masking import NOT_IN_XML, visible
from reformledger.views.answer import Line
from reformledger.views.palette import tone_of

_UNWRITABLE = re.compile(f"{NOT_IN_XML}|\r")  # XML makes a line feed of a carriage return
_SHOWN = 20  # characters of a text by which it is named


def refuse(text: str, name: str = "") -> None:
    """Raise ``UsageError`` for a text with a character that no file of Word can hold; ``name`` says where it is."""
    if found := _UNWRITABLE.search(text):
        name = name or visible(text[max(0, found.start() - _SHOWN) : found.end() + _SHOWN])
        message = _("{name}: Word cannot hold the character {character}.")
        raise UsageError(message.format(name=name, character=f"U+{ord(found[0]):04X}"), _("Take it out of the data."))


def run(text: str, properties: str = "") -> str:
    """Return the XML of one run: line feeds and tabs as Word has them, all other white space kept."""
    text = escape(text)
    if "\n" in text or "\t" in text:
        pieces = re.split("([\n\t])", text)
        content = "".join({"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece) or _piece(piece) for piece in pieces if piece)
    else:
        content = _piece(text)
    return f"<w:r>{properties}{content}</w:r>"


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def run_properties(style: str, size: str = "") -> str:
    """Return the XML of what a style of Rich says of a run, and of its size; "" for nothing."""
    tone = tone_of(style) if style else None
    bold = "<w:b/>" if "bold" in style.split() else ""
    ink = f'<w:color w:val="{tone.ink.upper()}"/>' if tone else ""
    return f"<w:rPr>{bold}{ink}{size}</w:rPr>" if bold or ink or size else ""


def line_runs(line: Line) -> str:
    """Return the XML of a line of an answer that is text."""
    return "".join(run(text, run_properties(style)) for text, style in line if text)
