"""Changed files onto the disk: all of them or none, and remembered so that they can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reformledger.files import journal
from reformledger.files.journal import FileChange
from reformledger.files.names import display_name
from reformledger.files.write import create, remove, replace
from reformledger.i18n import _


def write(changes: Sequence[FileChange]) -> list[str]:
    """Write all changes, or none when one of them cannot be written; return what is worth saying about it.

    Raises ``FileError``.
    """
    done: list[FileChange] = []
    notes: list[str] = []
    for change in changes:
        try:
            notes += _written(change)
        except BaseException:  # Ctrl-C between two files, too
            for earlier in reversed(done):
                _written(FileChange(earlier.path, earlier.new, earlier.old, earlier.private))
            raise
        done.append(change)
    return notes


def remember(changes: Sequence[FileChange]) -> list[str]:
    """Keep what is needed to undo an edit; return a sentence where that could not be done."""
    try:
        journal.remember(changes)
    except OSError as error:
        sentence = _("This edit cannot be undone by “undo”: {folder} cannot be written ({reason}).")
        return [sentence.format(folder=journal.folder(), reason=error.strerror or error)]
    return []


def _written(change: FileChange) -> Iterable[str]:
    path, old, new, private = change
    if new is None:
        remove(path, old or b"")
    elif old is None:
        create(path, new, private=private)
    elif displaced := replace(path, old, new):
        sentence = _("Another program wrote {file} at the same moment; its version was kept as {kept}.")
        return [sentence.format(file=display_name(path), kept=display_name(displaced))]
    return []
