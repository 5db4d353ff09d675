"""What YAML allows and a text of ours does not need: each with the reason and the spelling to type instead."""

from __future__ import annotations

import re
from typing import Any

from yaml.events import AliasEvent, ScalarEvent

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.characters import REFUSED, name_sign
from reformledger.yamlio.faults.fault import Note, Notes
from reformledger.yamlio.faults.mistypings import line_at, slip_at

DEPTH = 32
"""How many mappings and lists may stand inside each other."""
BLANK_OR_NULL = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that are not text."""
NULL_WIDTH = max(map(len, BLANK_OR_NULL))
MERGE_KEY = "<<"
_SHOWN = 60  # characters of a value that a sentence repeats
_QUOTES = frozenset("\"'")
_COMMENT = r"\s+#(?:\s.*)?$"
# A line inside quotes that looks like a key or an item: perhaps the closing quote was forgotten before it.
_KEY_LINE = re.compile(r"\n *(?:- +\S|[\w-]{1,40}:(?=[ \r\n]|$))")


def quote_advice(text: str, offset: int, end: int | None = None) -> str:
    """Show how to type what stands from ``offset`` to ``end`` or the end of its line, as a quoted value."""
    line = line_at(text, offset)
    start = text.rfind("\n", 0, offset) + 1
    value = line[offset - start : None if end is None else end - start]
    return _("If it is meant as text, write it in quotes: {quoted}").format(quoted=quoted(value))


def quoted(value: str) -> str:
    """Return a value as a quoted scalar, without the comment behind it, a long one cut."""
    value = re.sub(_COMMENT, "", value).strip()
    value = _shown(value)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _shown(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def node_property(event: Any, text: str) -> Note:
    """Refuse an alias, or the tag or anchor of a node."""
    offset = event.start_mark.index
    name = _shown(event.anchor or "")
    if isinstance(event, AliasEvent):
        message = _("Aliases (“*{name}”) are not accepted: write the value out.").format(name=name)
    elif name:
        message = _("Anchors (“&{name}”) are not accepted: every value stands for itself.").format(name=name)
    else:
        tag = _shown(text[offset : event.end_mark.index].split(maxsplit=1)[0])
        message = _("Tags (“{tag}”) are not accepted: the field decides what a value is.").format(tag=tag)
    # The marks of a scalar or an alias enclose it; those of a mapping or a list only their beginning.
    end = event.end_mark.index if type(event) in {AliasEvent, ScalarEvent} else None
    return Note(offset, message, quote_advice(text, offset, end))


def null(value: str, offset: int) -> Note:
    """Refuse the spellings of no value."""
    message = _("“{value}” stands for no value.").format(value=value)
    advice = _('Leave the value blank, or write the text in quotes: "{value}"').format(value=value)
    return Note(offset, message, advice)


def too_deep(offset: int) -> Note:
    """Refuse more levels than any document needs."""
    message = _("Nested more than {depth} levels deep.").format(depth=DEPTH)
    return Note(offset, message, _("Is a bracket meant as text? Then write the value in quotes."))


def directive(offset: int) -> Note:
    """Refuse ``%YAML`` and ``%TAG``."""
    return Note(offset, _("Directives (lines that begin with “%”) are not accepted."), _("Delete the line."))


def second_document(offset: int) -> Note:
    """Refuse a second document in the text."""
    message = _("A second document begins here; a file holds one.")
    return Note(offset, message, _("Put it into a file of its own, or delete the line “---” or “...”."))


def check_document(event: Any, documents: list[Data], notes: Notes) -> bool:
    """Note directives and a second document; return whether it is a second one."""
    offset = event.start_mark.index
    if event.version or event.tags:
        notes.add(directive(offset))
    if documents:
        notes.add(second_document(offset))
    return bool(documents)


def key_of_several(offset: int) -> Note:
    """Refuse a key that is a list or a mapping."""
    message = _("A key must be a word, not a list or a mapping.")
    return Note(offset, message, _("If the bracket is meant as text, write the key in quotes."))


def check_key(normal: str, offset: int, notes: Notes) -> bool:
    """Note a key whose normal form is blank or asks for a merge; return whether it was noted."""
    if not normal:
        notes.add(Note(offset, _("The key is blank."), _("Write the key before the colon.")))
    elif normal == MERGE_KEY:
        message = _("Merge keys (“<<”) are not accepted: every value stands for itself.")
        notes.add(Note(offset, message, _("Write the merged keys out.")))
    else:
        return False
    return True


def check_scalar(event: Any, text: str, notes: Notes, *, is_key: bool = False) -> None:
    """Note what is doubtful in how a scalar is written: tagged, in quotes never closed, folded, with escapes."""
    start, end, value = event.start_mark.index, event.end_mark.index, event.value
    # Only what is plain, on one line, without tag and anchor takes up its own length; with its two quotes more,
    # what is quoted on one line and holds no escape.
    signs_more = end - start - len(value)
    if not signs_more:
        return
    sign = text[start]
    several_lines = text.find("\n", start, end) >= 0
    if signs_more == len("''") and sign in _QUOTES and not several_lines:
        return
    if event.tag is not None or event.anchor is not None:
        notes.add(node_property(event, text))
    if is_key and several_lines:
        notes.add(Note(start, _("A key must stand on one line."), _("Write it as “key: value”.")))
    elif sign == '"' and (found := re.search(REFUSED, value)):
        message = _("An escape stands for {name}, which has no place in a text.").format(name=name_sign(found[0]))
        notes.add(Note(start, message, _("Delete it, or use single quotes where the backslash is meant.")))
    elif sign in "|>" and not value.strip():
        message = _("“{sign}” begins a text on the lines below, but there is none.").format(
            sign=text[start:end].split(maxsplit=1)[0]
        )
        notes.add(Note(start, message, quote_advice(text, start)))
    elif several_lines and sign in "\"'":
        _check_quoted_lines(text, start, end, notes)
    elif several_lines and sign not in "|>":
        _check_plain_lines(text, start, end, notes)


def _check_quoted_lines(text: str, start: int, end: int, notes: Notes) -> None:
    found = _KEY_LINE.search(text, start, end)
    if found:
        line = notes.lines.line(found.start() + 1)
        message = _("The quotes opened here take in line {line}, which looks like a key or an item.").format(line=line)
        notes.add(Note(start, message, _("Close the quotes on the line where they were opened.")))


def _check_plain_lines(text: str, start: int, end: int, notes: Notes) -> None:
    """Note a line that an unquoted value goes on into, but that was hardly meant so."""
    offset = text.find("\n", start, end) + 1
    while 0 < offset < end:
        line = line_at(text, offset)
        if slip := slip_at(text, offset):
            notes.add(slip)
        elif line.lstrip().startswith("- "):
            message = _("This item is indented deeper than the value above, which therefore takes it in.")
            item = Note(offset + line.index("-"), message, _("Indent it like the other items."))
            notes.add(slip_at(text, start) or item)  # perhaps that value was meant as its key
        offset = text.find("\n", offset, end) + 1
