"""What is no document, and what YAML allows and we do not need: each with the reason and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml.events import AliasEvent, ScalarEvent

from reformledger.i18n import _, sentences
from reformledger.limits import DEPTH, STRETCH, is_too_long, size, too_long
from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.characters import REFUSED_CHARACTERS, name_character
from reformledger.yamlio.faults.fault import EndOfSearchError, Faults, OffsetFault, line_at, quote_advice, shortened
from reformledger.yamlio.faults.mistypings import mistyping_at

BLANK_OR_NULL = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that are not text."""
NULL_WIDTH = max(map(len, BLANK_OR_NULL))
MERGE_KEY = "<<"
_QUOTES = frozenset("\"'")
# A line inside quotes that looks like a key or an item: perhaps the closing quote was forgotten before it.
_KEY_LINE = re.compile(r"\n *(?:- +\S|[\w-]{1,40}:(?=[ \r\n]|$))")
# In merges within merges git writes more signs than seven.
_MARKER = re.compile(r"^(?:<{7,}|>{7,})(?: [^\n]*)?$", re.MULTILINE)
_OURS, _THEIRS = " ours: ", " theirs: "
"""How the markers that reformledger writes go on: with what is in conflict, and with what settles it."""
_LFS_POINTER = "version https://git-lfs.github.com/spec/"


def check_is_yaml(text: str, faults: Faults) -> None:
    """Report what shows that the text is not YAML, so that there is no use in parsing it."""
    if text.startswith(_LFS_POINTER):
        message = _("This is a pointer of Git LFS, not the file itself.")
        faults.add(OffsetFault(0, message, _("Fetch the file with: git lfs pull")))
    if text.startswith("<<<<<<<") or "\n<<<<<<<" in text:
        for fault in _conflicts(text):
            faults.add(fault)


def _conflicts(text: str) -> Iterator[OffsetFault]:
    """Yield each unresolved conflict of a merge once, by its first marker, or by the one that is left of it."""
    begun: re.Match[str] | None = None
    for found in _MARKER.finditer(text):
        ends = found[0].startswith(">")
        if begun or ends:
            yield _conflict(begun or found, found if ends else None)
        begun = None if ends else found
    if begun:
        yield _conflict(begun, None)


def _conflict(first: re.Match[str], last: re.Match[str] | None) -> OffsetFault:
    """Name a conflict, in the words that stand there where reformledger wrote them."""
    sentence = first[0].partition(_OURS)[2].strip()
    settling = last[0].partition(_THEIRS)[2].strip() if last else ""
    message = _("Unresolved merge: a conflict marker of git stands in this line.")
    if sentence:
        message = _("Unresolved merge: {conflict}").format(conflict=sentence)
    return OffsetFault(first.start(), message, sentences(_("Keep the right lines and delete the markers."), settling))


def check_root(root: Data, start: int, text: str, faults: Faults) -> None:
    """Report a document, read without a fault, that is no mapping; it begins at ``start``."""
    if isinstance(root, dict) or faults:
        return
    if root is None:
        message = _("The file holds nothing: an empty file is not an empty ledger.")
        faults.add(OffsetFault(0, message, _("Was it saved? Restore its contents.")))
        return
    message = _("The file holds only a list or a text, not a document.")
    no_mapping = OffsetFault(start, message, _("A document is made of keys with values, such as “title: …”."))
    faults.add((isinstance(root, str) and mistyping_at(text, start)) or no_mapping)


def node_property(event: Any, text: str) -> OffsetFault:
    """Refuse an alias, or the tag or anchor of a node."""
    offset = event.start_mark.index
    name = shortened(event.anchor or "")
    if isinstance(event, AliasEvent):
        message = _("Aliases (“*{name}”) are not accepted: write the value out.").format(name=name)
    elif name:
        message = _("Anchors (“&{name}”) are not accepted: every value stands for itself.").format(name=name)
    else:
        tag = shortened(text[offset : event.end_mark.index].split(maxsplit=1)[0])
        message = _("Tags (“{tag}”) are not accepted: the field decides what a value is.").format(tag=tag)
    # The marks of a scalar or an alias enclose it; those of a mapping or a list only their beginning.
    end = event.end_mark.index if type(event) in {AliasEvent, ScalarEvent} else None
    return OffsetFault(offset, message, quote_advice(text, offset, end))


def null(value: str, offset: int) -> OffsetFault:
    """Refuse the spellings of no value."""
    message = _("“{value}” stands for no value.").format(value=value)
    advice = _('Leave the value blank, or write the text in quotes: "{value}"').format(value=value)
    return OffsetFault(offset, message, advice)


def too_deep(offset: int) -> OffsetFault:
    """Refuse more levels than any document needs."""
    message = _("Nested more than {depth} levels deep.").format(depth=DEPTH)
    return OffsetFault(offset, message, _("Is a bracket meant as text? Then write the value in quotes."))


def check_length(value: str, offset: int, faults: Faults) -> None:
    """Report a value or key that is longer than any may be; raises ``EndOfSearchError`` then."""
    if is_too_long(value):
        faults.add(OffsetFault(offset, *too_long()))
        raise EndOfSearchError


def end_long_stretch(offset: int, faults: Faults) -> None:
    """Report what goes on for longer than any value can be written; raises ``EndOfSearchError``."""
    message = _("From here on no value ends, and none begins, for more than {limit}.").format(limit=size(STRETCH))
    faults.add(OffsetFault(offset, message, too_long()[1]))
    raise EndOfSearchError


def directive(offset: int) -> OffsetFault:
    """Refuse ``%YAML`` and ``%TAG``."""
    return OffsetFault(offset, _("Directives (lines that begin with “%”) are not accepted."), _("Delete the line."))


def second_document(offset: int) -> OffsetFault:
    """Refuse a second document in the text."""
    message = _("A second document begins here; a file holds one.")
    return OffsetFault(offset, message, _("Put it into a file of its own, or delete the line “---” or “...”."))


def check_document(event: Any, documents: list[Data], faults: Faults) -> bool:
    """Report directives and a second document; return whether it is a second one."""
    offset = event.start_mark.index
    if event.version or event.tags:
        faults.add(directive(offset))
    if documents:
        faults.add(second_document(offset))
    return bool(documents)


def key_of_several(offset: int) -> OffsetFault:
    """Refuse a key that is a list or a mapping."""
    message = _("A key must be a word, not a list or a mapping.")
    return OffsetFault(offset, message, _("If the bracket is meant as text, write the key in quotes."))


def blank_key(offset: int) -> OffsetFault:
    """Refuse a value without a key."""
    return OffsetFault(offset, _("The key is blank."), _("Write the key before the colon."))


def check_key(normal: str, offset: int, faults: Faults) -> bool:
    """Report a key whose normal form is blank or asks for a merge; return whether it was reported."""
    if not normal:
        faults.add(blank_key(offset))
    elif normal == MERGE_KEY:
        message = _("Merge keys (“<<”) are not accepted: every value stands for itself.")
        faults.add(OffsetFault(offset, message, _("Write the merged keys out.")))
    else:
        return False
    return True


def check_scalar(event: Any, text: str, faults: Faults, *, is_key: bool = False) -> None:
    """Report what is wrong in how a scalar is written: tags, quotes never closed, odd lines, escapes."""
    start, end, value = event.start_mark.index, event.end_mark.index, event.value
    # What is plain, on one line, without tag and anchor is as long as its value; what is quoted, on one line and
    # without escapes is longer by the two quotes.
    extra_characters = end - start - len(value)
    if not extra_characters:
        return
    indicator = text[start]
    several_lines = text.find("\n", start, end) >= 0
    if extra_characters == len("''") and indicator in _QUOTES and not several_lines:
        return
    if event.tag is not None or event.anchor is not None:
        faults.add(node_property(event, text))
    if is_key and several_lines:
        faults.add(OffsetFault(start, _("A key must stand on one line."), _("Write it as “key: value”.")))
    elif indicator == '"' and (found := re.search(REFUSED_CHARACTERS, value)):
        message = _("An escape stands for {name}, which has no place in a text.").format(name=name_character(found[0]))
        faults.add(OffsetFault(start, message, _("Delete it, or use single quotes where the backslash is meant.")))
    elif indicator in "|>" and not value.strip():
        message = _("“{sign}” begins a text on the lines below, but there is none.").format(
            sign=text[start:end].split(maxsplit=1)[0]
        )
        faults.add(OffsetFault(start, message, quote_advice(text, start)))
    elif several_lines and indicator in _QUOTES:
        _check_quoted_lines(text, start, end, faults)
    elif several_lines and indicator not in "|>":
        _check_plain_lines(text, start, end, faults)


def _check_quoted_lines(text: str, start: int, end: int, faults: Faults) -> None:
    found = _KEY_LINE.search(text, start, end)
    if found:
        line = faults.lines.line(found.start() + 1)
        message = _("The quotes opened here take in line {line}, which looks like a key or an item.").format(line=line)
        faults.add(OffsetFault(start, message, _("Close the quotes on the line where they were opened.")))


def _check_plain_lines(text: str, start: int, end: int, faults: Faults) -> None:
    """Report a line that an unquoted value goes on into, but that was hardly meant so."""
    offset = text.find("\n", start, end) + 1
    while 0 < offset < end:
        line = line_at(text, offset)
        if mistyping := mistyping_at(text, offset):
            faults.add(mistyping)
        elif line.lstrip().startswith("- "):
            message = _("This item is indented deeper than the value above, which therefore takes it in.")
            item = OffsetFault(offset + line.index("-"), message, _("Indent it like the other items."))
            faults.add(mistyping_at(text, start) or item)  # perhaps that value was meant as its key
        offset = text.find("\n", offset, end) + 1
