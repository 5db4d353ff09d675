"""Texts that are no document: an unresolved merge, a pointer of Git LFS, nothing at all, a list or a sentence."""

from __future__ import annotations

import re

from reformledger.i18n import _
from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.fault import Faults, OffsetFault
from reformledger.yamlio.faults.mistypings import mistyping_at

_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7}) .*|={7}\r?")
_LFS_POINTER = "version https://git-lfs.github.com/spec/"


def check_is_yaml(text: str, faults: Faults) -> None:
    """Report what shows that the text is not YAML, so that there is no use in parsing it."""
    if text.startswith(_LFS_POINTER):
        message = _("This is a pointer of Git LFS, not the file itself.")
        faults.add(OffsetFault(0, message, _("Fetch the file with: git lfs pull")))
    if text.startswith("<<<<<<< ") or "\n<<<<<<< " in text:
        for offset in _merge_markers(text):
            message = _("Unresolved merge: a conflict marker of git stands in this line.")
            faults.add(OffsetFault(offset, message, _("Keep the right lines and delete the markers.")))


def _merge_markers(text: str) -> list[int]:
    offsets = []
    offset = 0
    for line in text.split("\n"):
        if _MERGE.fullmatch(line):
            offsets.append(offset)
        offset += len(line) + 1
    return offsets


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
