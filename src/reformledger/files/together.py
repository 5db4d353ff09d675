"""The files of one edit as one write: all are written or none, whoever is killed, and what was begun is settled."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reformledger.errors import display_name
from reformledger.files import journal
from reformledger.files.begun import Begun, begin, begun_in, end, is_under_way
from reformledger.files.change import Difference, FileChange, Side, digest
from reformledger.files.errors import FileError, WrittenError, add_notes, is_unknown, refused_by_system
from reformledger.files.names import is_aside, is_temporary
from reformledger.files.remarks import removed
from reformledger.files.write import content_of, content_or_none, create, keep_visibly, remove, replace
from reformledger.i18n import _


def write_edit(changes: Sequence[FileChange], wrote: Sequence[journal.Written] = ()) -> list[str]:
    """Write all changes of an edit, or none and raise ``FileError``, so that ``undo`` can take it back.

    ``wrote`` are the records that it adds. Returns sentences that the user should read. The caller holds the locks.
    """
    try:
        record = journal.remember(changes, wrote)
    except OSError as error:
        sentence = _("This edit cannot be undone by “undo”: {folder} cannot be written ({reason}).")
        reason = error.strerror or error
        return [*write_all(changes), sentence.format(folder=journal.folder(), reason=reason)]
    try:
        notes = write_all(changes)
        with suppress(OSError):  # one that is not confirmed is found to have been made by what the files hold
            journal.confirm(record)
    except BaseException as error:
        is_written = False
        with suppress(OSError):
            is_written = all(_holds(change.path, change.new) for change in changes)
            if not any(_holds(change.path, change.new) for change in changes):
                journal.forget(record)
        if is_written and isinstance(error, KeyboardInterrupt):
            raise WrittenError(changes[0].path) from None
        raise
    return notes


def take_back(record: journal.Record, changes: Sequence[FileChange]) -> list[str]:
    """Write the ``changes`` that take an edit back, as ``write_edit`` does, and forget it."""
    try:
        doubted = journal.doubt(record.file)
    except OSError as error:
        raise refused_by_system(record.file, error) from None
    try:
        notes = write_all(changes, is_undo=True)
    except BaseException:
        with suppress(OSError):
            if not any(_holds(change.path, change.new) for change in changes):
                journal.confirm(doubted)
        raise
    with suppress(OSError):  # one that stays is found to have been taken back by what the files hold
        journal.forget(doubted)
    return notes


def last_edit(of: Collection[Path]) -> journal.Record | None:
    """Return the last remembered edit of some files that was made, None without one.

    Raises ``OSError`` where one cannot be read: it may be that.
    """
    return next(filter(is_made, journal.records(of, strict=True)), None)


def is_made(record: journal.Record) -> bool:
    """Say whether an edit was made and not taken back; of one that is not confirmed its files show it.

    Raises ``OSError``.
    """
    return record.is_confirmed or any(file.side_of(content_or_none(file.path)) != "before" for file in record.files)


def write_all(changes: Sequence[FileChange], *, is_undo: bool = False) -> list[str]:
    """Write all changes, or none and raise ``FileError``; return sentences that the user should read.

    Of several files, what is about to change is said beside them first: whoever edits next can settle it then.
    """
    folder = _folder_of(changes)
    several = len(changes) > 1
    is_begun = False
    notes: list[str] = []
    try:
        if several:
            notes += begin(folder, changes, is_undo=is_undo)
        is_begun = True
        notes += [note for change in changes for note in _write(change)]
        if several:
            notes += end(folder)
    except BaseException as error:
        if several and is_begun and not is_under_way(folder):
            raise  # all is written: what came in between changes that no more
        if not is_begun and isinstance(error, FileError):
            raise
        if is_unknown(error) and not several:
            raise
        try:
            for change in reversed(changes) if is_begun else ():
                if _holds(change.path, change.new):
                    add_notes(error, _write(change.reversed))
        except (FileError, OSError, KeyboardInterrupt) as second:
            raise FileError(changes[0].path, "half" if several else "not back", reason=str(second)) from error
        if several and is_under_way(folder):
            end(folder)
        raise
    return notes


def settle(folders: Iterable[Path], *, undoing: bool = False) -> list[str]:
    """Take back what was begun in some folders and not finished, and clear away what killed edits left.

    What is written whole already stays. With ``undoing`` it is taken back, too, and an ``undo`` finished. Returns
    sentences that the user should read. Raises ``FileError`` where a journal is not believed, a file was changed by
    hand since, or the system refuses. The caller holds the folders' locks.
    """
    notes: list[str] = []
    for folder in folders:
        begun = begun_in(folder)
        if begun:
            is_written = not begun.changes_to("after")
            notes += _settled(begun, begun.undone if undoing else "after" if is_written else "before")
        _settle_records(folder)
        notes += _cleared(folder, begun.files if begun else ())
    return notes


def _settle_records(folder: Path) -> None:
    """Confirm the edits of a folder that were remembered and whose files show that they were made; forget the others.

    One of whose files some were changed since stays as it is.
    """
    for record in journal.records(begun=True):
        if all(file.path.parent == folder for file in record.files):
            with suppress(OSError):
                sides = {file.side_of(content_or_none(file.path)) for file in record.files}
                if sides == {"after"}:
                    journal.confirm(record.file)
                elif sides == {"before"}:
                    journal.forget(record.file)


def _settled(begun: Begun, side: Side) -> list[str]:
    notes = [note for change in begun.changes_to(side) for note in _write(change)]
    notes += end(begun.journal.parent)
    if not begun.files:
        return notes
    files = _(", ").join(display_name(file.path) for file in begun.files)
    return [_SETTLED[begun.is_undo, side]().format(moment=begun.moment, files=files), *notes]


_SETTLED: dict[tuple[bool, Side], Callable[[], str]] = {
    (False, "before"): lambda: _("An edit begun at {moment} and not finished is taken back: {files}."),
    (False, "after"): lambda: _("An edit begun at {moment} is written to its end: {files}."),
    (True, "before"): lambda: _("An undo begun at {moment} and not finished is given up; the edit holds: {files}."),
    (True, "after"): lambda: _("An undo begun at {moment} is written to its end: {files}."),
}


def _cleared(folder: Path, begun: Iterable[Difference]) -> Iterator[str]:
    """Take away what killed edits left in a folder, of which no edit is under way; keep what may be somebody's.

    Known is what the files held before and after the edits that are remembered and the one that was ``begun``. Yields a
    sentence for each file that is kept.
    """
    paths = list(folder.iterdir())
    for path in paths:
        if is_temporary(path.name):
            yield from removed(path)
    asides = [path for path in paths if is_aside(path.name)]
    if not asides:
        return
    differences = [*begun, *(file for record in journal.records() for file in record.files)]
    known = {side for file in differences for side in (file.before, file.after)}
    for path in asides:
        if _digest_of(path) in known:
            yield from removed(path)
        else:
            kept = keep_visibly(path, "ledger")
            sentence = _("An edit that was killed left a text that is not known here; it is kept as {kept}.")
            yield sentence.format(kept=display_name(kept))


def _digest_of(path: Path) -> str:
    """Return the digest of a file, "" for one that cannot be read: what it holds is not known."""
    try:
        return digest(content_of(path))
    except OSError:
        return ""


def _folder_of(changes: Sequence[FileChange]) -> Path:
    """Return the one folder that an edit writes in; raises ``FileError`` for several."""
    folders = {Path(os.path.realpath(change.path)).parent: change.path for change in changes}
    folder, *others = folders
    for other in others:
        raise FileError(folders[folder], "several folders", other=display_name(folders[other]))
    return folder


def _holds(path: Path, content: bytes | None) -> bool:
    return content == content_or_none(path)


def _write(change: FileChange) -> list[str]:
    path, old, new, private, _spliced, like = change
    if new is None:
        return remove(path, old or b"")
    if old is None:
        return create(path, new, private=private, like=[like] if like else [])
    return replace(path, old, new)
