"""Texts that are something else than a YAML document: an unresolved merge, a pointer of Git LFS, nothing at all."""

from __future__ import annotations

import re

from reformledger.i18n import _
from reformledger.yamlio.faults.fault import Note, Notes

_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7}) .*|={7}\r?")
_LFS_POINTER = "version https://git-lfs.github.com/spec/"


def check_foreign(text: str, notes: Notes) -> None:
    """Note what shows that the text is no document to be read, so that there is no use in parsing it."""
    if text.startswith(_LFS_POINTER):
        message = _("This is a pointer of Git LFS, not the file itself.")
        notes.add(Note(0, message, _("Fetch the file with: git lfs pull")))
    if text.startswith("<<<<<<< ") or "\n<<<<<<< " in text:
        for offset in _merge_markers(text):
            message = _("Unresolved merge: a conflict marker of git stands in this line.")
            notes.add(Note(offset, message, _("Keep the right lines and delete the markers.")))


def _merge_markers(text: str) -> list[int]:
    offsets = []
    offset = 0
    for line in text.split("\n"):
        if _MERGE.fullmatch(line):
            offsets.append(offset)
        offset += len(line) + 1
    return offsets


def nothing_sentences() -> tuple[str, str]:
    """Say that a text holds nothing but blanks and comments."""
    return _("The file holds nothing: an empty file is not an empty ledger."), _("Was it saved? Restore its contents.")
