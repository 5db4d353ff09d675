"""Bytes to a tree, or all that is wrong with them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.characters import check_characters
from reformledger.yamlio.faults.fault import EnoughError, Lines, Note, Notes, YamlError
from reformledger.yamlio.faults.lines import Reach, check_lines
from reformledger.yamlio.faults.mistypings import line_at, slip_at
from reformledger.yamlio.faults.not_yaml import check_foreign, nothing_sentences
from reformledger.yamlio.reading.decode import BOM, decode
from reformledger.yamlio.reading.keys import same_keys
from reformledger.yamlio.reading.tree import Tree
from reformledger.yamlio.reading.walk import Walked, walk

if TYPE_CHECKING:
    from reformledger.yamlio.faults.parser_errors import Riddle


def read_yaml(raw: bytes) -> Tree:
    """Read a YAML document of UTF-8 bytes; raises ``YamlError`` with all that is wrong with it.

    Every scalar is text as it stands, a blank value None. What a ledger has no use for is refused with the reason:
    anchors, aliases, tags, merge keys, directives, a second document, more than 32 levels, keys that are the same,
    ``null`` and ``~``; and what was hardly meant as it reads is refused with the spelling to type.
    """
    text, bom = decode(raw)
    notes = Notes(Lines(text))
    try:
        tree = _read(raw.removeprefix(BOM), text, notes, bom=bom)
    except EnoughError:
        tree = None
    if tree is None or notes:
        raise YamlError(notes.problems())
    return tree


def _read(source: bytes, text: str, notes: Notes, *, bom: bool) -> Tree | None:
    check_foreign(text, notes)
    if notes:
        return None
    readable = check_characters(source, text, notes)
    walked = walk(source if readable is text else readable.encode(), readable, notes)
    for mapping in sorted(walked.crowded):
        for note in same_keys(notes.lines, mapping, walked.places):
            notes.add(note)
    riddle = _explained(walked.error, walked, readable) if walked.error else None
    reach = Reach(readable, walked.places, riddle.reach if riddle else walked.last)
    check_lines(readable, reach, notes)
    starts = walked.places.starts
    root = walked.documents[0] if walked.documents else None
    if riddle is None or isinstance(root, list):
        _check_root(root, starts[0] if starts else 0, readable, notes)
    elif not _is_told(riddle.note, starts, notes):
        notes.add(riddle.note)
    if notes:
        return None
    return Tree(root, text, bom=bom, places=walked.places)


def _explained(error: Exception, walked: Walked, text: str) -> Riddle:
    from reformledger.yamlio.faults.parser_errors import explain

    starts = walked.places.starts
    return explain(error, text, starts[max(walked.innermost, 0)] if starts else 0)


def _is_told(note: Note, starts: array[int], notes: Notes) -> bool:
    """Say whether the cause of the parser's error is noted: on its line, or as quotes that were closed too late."""
    text = notes.lines.text
    line_start = text.rfind("\n", 0, note.offset) + 1
    line_end = line_start + len(line_at(text, note.offset))
    last = starts[-1] if starts else 0
    return notes.between(line_start, line_end) or (text[last : last + 1] in {'"', "'"} and notes.between(last, last))


def _check_root(root: Data, start: int, text: str, notes: Notes) -> None:
    if isinstance(root, dict) or notes:
        return
    if root is None:
        notes.add(Note(0, *nothing_sentences()))
        return
    slip = slip_at(text, start) if isinstance(root, str) else None
    if slip:
        notes.add(slip)
        return
    message = _("The file holds only a list or a text, not a document.")
    notes.add(Note(start, message, _("A document is made of keys with values, such as “title: …”.")))
