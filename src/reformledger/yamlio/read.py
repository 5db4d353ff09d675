"""Bytes to a tree, or all that is wrong with them."""

from __future__ import annotations

import gc
from array import array
from typing import TYPE_CHECKING

from reformledger.i18n import _
from reformledger.yamlio.decode import BOM, decode
from reformledger.yamlio.foreign import check_foreign, nothing_sentences
from reformledger.yamlio.keys import same_keys
from reformledger.yamlio.linecheck import Reach, check_lines
from reformledger.yamlio.problems import EnoughError, Lines, Note, Notes, YamlError
from reformledger.yamlio.signs import check_signs
from reformledger.yamlio.slips import line_at, slip_in
from reformledger.yamlio.tree import Data, Tree
from reformledger.yamlio.walk import walk

if TYPE_CHECKING:
    from reformledger.yamlio.advice import Riddle


def read_yaml(raw: bytes) -> Tree:
    """Read a YAML document of UTF-8 bytes; raises ``YamlError`` with all that is wrong with it.

    Every scalar is text as it stands, a blank value None. What a ledger has no use for is refused with the reason:
    anchors, aliases, tags, merge keys, directives, a second document, more than 32 levels, keys that are the same,
    ``null`` and ``~``; and what was hardly meant as it reads is refused with the spelling to type.
    """
    text, bom = decode(raw)
    notes = Notes(Lines(text))
    # Nothing that is built here refers to itself: the collector would look at it again and again in vain.
    collecting = gc.isenabled()
    gc.disable()
    try:
        tree = _read(raw, text, notes, bom=bom)
    except EnoughError:
        tree = None
    finally:
        if collecting:
            gc.enable()
    if tree is None or notes:
        raise YamlError(notes.problems())
    return tree


def _read(raw: bytes, text: str, notes: Notes, *, bom: bool) -> Tree | None:
    check_foreign(text, notes)
    if notes:
        return None
    readable = check_signs(text, notes)
    walked = walk(raw.removeprefix(BOM) if readable is text else readable.encode(), readable, notes)
    for mapping in sorted(walked.crowded):
        for note in same_keys(notes.lines, mapping, walked.starts, walked.ends, walked.after):
            notes.add(note)
    riddle = _explained(walked.error, readable) if walked.error else None
    reach = Reach(readable, walked.starts, walked.ends, riddle.reach if riddle else walked.last)
    check_lines(readable, reach, notes)
    if riddle is None:
        _check_root(walked.documents, walked.starts[0] if walked.starts else 0, readable, notes)
    elif not _is_told(riddle.note, walked.starts, notes):
        notes.add(riddle.note)
    if notes:
        return None
    return Tree(walked.documents[0], text, bom=bom, starts=walked.starts, ends=walked.ends, after=walked.after)


def _explained(error: Exception, text: str) -> Riddle:
    from reformledger.yamlio.advice import explain

    return explain(error, text)


def _is_told(note: Note, starts: array[int], notes: Notes) -> bool:
    """Say whether the cause of the parser's error is noted: on its line, or as quotes that were closed too late."""
    text = notes.lines.text
    line_start = text.rfind("\n", 0, note.offset) + 1
    line_end = line_start + len(line_at(text, note.offset))
    last = starts[-1] if starts else 0
    return notes.between(line_start, line_end) or (text[last : last + 1] in {'"', "'"} and notes.between(last, last))


def _check_root(documents: list[Data], start: int, text: str, notes: Notes) -> None:
    root = documents[0] if documents else None
    if isinstance(root, dict) or notes:
        return
    if root is None:
        notes.add(Note(0, *nothing_sentences()))
        return
    line_start = text.rfind("\n", 0, start) + 1
    slip = slip_in(line_at(text, start)) if isinstance(root, str) else None
    if slip:
        column, message, advice = slip
        notes.add(Note(line_start + column, message, advice))
        return
    message = _("The file must hold keys with values, such as “title: …”, not only a list or a text.")
    notes.add(Note(start, message, ""))
