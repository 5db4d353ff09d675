"""Taking back the last edit, as long as nothing else was changed since."""

from __future__ import annotations

from reformledger.edits.transaction import Outcome, changed_file, lock
from reformledger.edits.writing import write
from reformledger.errors import DataError, RefusedError
from reformledger.files.journal import FileChange, Record, records
from reformledger.files.names import display_name
from reformledger.files.write import is_private
from reformledger.i18n import _
from reformledger.loader import read_bytes
from reformledger.sources import Sources, editable_files


def undo(sources: Sources, *, dry_run: bool = False) -> Outcome:
    """Take back the last remembered edit of any file of ``sources``, in all the files that it changed.

    Raises ``RefusedError`` when nothing is remembered, or a file was changed since. What is undone is forgotten:
    a further undo takes back the edit before it.
    """
    ours = {file.resolve() for file in editable_files(sources)}
    record = next((record for record in records() if ours & {file.path for file in record.files}), None)
    if record is None:
        message = _("No edit of these files is remembered.")
        raise RefusedError(message, _("Edits by hand and older ones are in git: git log -p."))
    with lock([file.path for file in record.files], dry_run=dry_run):
        changes = _changes(record)
        if not dry_run:
            notes = write(changes)
            record.file.unlink(missing_ok=True)
        else:
            notes = []
    return Outcome(tuple(changed_file(change) for change in changes), tuple(notes), dry_run)


def _changes(record: Record) -> list[FileChange]:
    changes = []
    for file in record.files:
        try:
            now = read_bytes(file.path)
        except DataError as error:
            raise RefusedError(str(error)) from None
        before = file.restored(now)
        if before is None:
            message = _("{file} was changed since that edit.").format(file=display_name(file.path))
            raise RefusedError(message, _("Change it back by an edit of its own, or by git."))
        changes.append(FileChange(file.path, now, before if file.existed else None, is_private(file.path)))
    return changes
