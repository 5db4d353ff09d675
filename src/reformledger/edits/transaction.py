"""Every write of a ledger: lock, read afresh, plan, splice, prove, write, remember; and the last edit taken back."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.edits.commands import command_line
from reformledger.edits.draft import Draft, DraftEntry, NewFile, Plans
from reformledger.edits.intents import (
    Add,
    Close,
    Extend,
    Intent,
    Progress,
    Remove,
    Reopen,
    Set,
    Waive,
    options_of,
    word_of,
)
from reformledger.edits.pasted import cleaned, refuse_long
from reformledger.edits.plain import at
from reformledger.edits.rules.closing import plan_close, plan_reopen
from reformledger.edits.rules.contacts import refuse_numbers
from reformledger.edits.rules.entries import plan_add, plan_remove, plan_set
from reformledger.edits.rules.extension import plan_extend
from reformledger.edits.rules.names import check_names
from reformledger.edits.rules.once import AlreadyRecordedError
from reformledger.edits.rules.progress import plan_progress
from reformledger.edits.rules.tables import settle_counts
from reformledger.edits.rules.waiver import plan_waive
from reformledger.entry import Group
from reformledger.errors import DataError, Fault, ReformLedgerError, RefusedError, SentenceError, display_name
from reformledger.files.begun import begun_in
from reformledger.files.change import Difference, FileChange
from reformledger.files.ignoring import lines_to_add
from reformledger.files.journal import Record, Written
from reformledger.files.lock import locked
from reformledger.files.together import last_edit, settle, take_back, write_edit
from reformledger.i18n import _, sentences
from reformledger.loader import check_amount, kind_of, read_bytes
from reformledger.sources import Sources, editable_files, load_sources
from reformledger.text.difference import Hunk, hunks
from reformledger.text.masking import mask_phones
from reformledger.written import Missing, forget_put_back, marks_of, missing
from reformledger.yamlio import Mapped, Tree
from reformledger.yamlio.editing import Edit, EditError, edited

_NAMED = 3
"""How many records that are gone an edit names."""
PLANS: Plans = {
    Progress: plan_progress,
    Waive: plan_waive,
    Close: plan_close,
    Reopen: plan_reopen,
    Extend: plan_extend,
    Set: plan_set,
    Add: plan_add,
    Remove: plan_remove,
}
"""How each intent changes a draft.

Each raises ``UsageError`` for what is not understood, ``RefusedError`` for what the rules of the ledger forbid, and
``AlreadyRecordedError`` for what is there already.
"""


class ChangedFile(NamedTuple):
    """A file that an edit changes, makes or takes away, and how it differs; ``change`` holds the bytes."""

    name: str
    hunks: tuple[Hunk, ...]
    change: FileChange


class Outcome(NamedTuple):
    """What an edit did, or with ``dry_run`` would do; ``notes`` are sentences that the user should read.

    ``titles`` are those of the entries that it is about, by their refs.
    """

    files: tuple[ChangedFile, ...]
    notes: tuple[str, ...]
    dry_run: bool
    titles: Mapping[str, str] = {}


class BatchError(SentenceError):
    """Elements of a batch that are wrong or refused; nothing was changed. The exit code is the highest of theirs."""

    def __init__(self, errors: Sequence[tuple[str, SentenceError]]) -> None:
        lacks = next((error.lacks for _label, error in errors if error.lacks), ())
        super().__init__("\n".join(f"{label}: {error}" for label, error in errors), lacks=lacks)
        self.errors = errors
        self.exit_code = max(error.exit_code for _label, error in errors)


def carry_out(sources: Sources, intents: Sequence[Intent], today: date, *, dry_run: bool = False) -> Outcome:
    """Carry out all intents, in their order, or none of them; what is recorded already is noted and passed over.

    Raises ``DataError`` for a book that is not valid, ``RefusedError`` and ``UsageError`` for an intent that cannot
    be carried out (``BatchError`` when there are several), ``FileError`` for a file that cannot be written.
    """

    def steps(draft: Draft) -> None:
        errors: list[tuple[str, SentenceError]] = []
        recounted: list[Group] = []
        for number, intent in enumerate(intents, 1):
            try:
                entry = take_step(draft, intent)
            except AlreadyRecordedError as found:
                entry = found.entry
                draft.notes.append(str(found))
            except SentenceError as error:
                if len(intents) == 1:
                    raise
                errors.append((element_label(number, intent), error))
                continue
            draft.titles[entry.ref] = entry.data.title
            if isinstance(intent, Add | Remove) and intent.recount:
                recounted.append(entry.group)
        if errors:
            raise BatchError(errors)
        if any(isinstance(intent, Add | Remove) for intent in intents):
            settle_counts(draft, recounted, _("With --recount it is written anew."))
        elif any(isinstance(intent, Set | Extend) for intent in intents):
            settle_counts(draft, (), "")

    return perform(sources, steps, today, dry_run=dry_run)


def take_step(draft: Draft, intent: Intent) -> DraftEntry:
    """Change a draft as an intent says, or not at all; return the entry as it then is.

    Raises ``UsageError``, ``RefusedError``, and ``AlreadyRecordedError`` for what is there already.
    """
    refuse_long(intent)
    if not intent.keep_number:
        refuse_numbers(options_of(intent), getattr(intent, "id", "ID"))
    with draft.all_or_none():
        clean, notes = cleaned(intent)
        draft.notes += notes
        entry = PLANS[type(clean)](draft, clean)
        check_names(draft, entry)
        draft.wrote.setdefault(entry.data.id, []).extend(_written(draft, clean, entry))
    return entry


def _written(draft: Draft, intent: Intent, entry: DraftEntry) -> Iterator[Written]:
    """Yield the record that an intent added to an entry, with the command that adds it again."""
    if not isinstance(intent, Progress | Waive | Close | Reopen | Extend):
        return
    known = draft.book.get(entry.ref)
    before = cast("Mapped", at(known.group.loaded.tree.data, (*known.group.path, known.index))) if known else {}
    others = Counter(written.mark for written in draft.wrote.get(entry.data.id, ()))
    for mark in (marks_of(entry.raw) - marks_of(before) - others).elements():
        dated = intent._replace(id=entry.ref, date=date.fromisoformat(mark.split(" ")[1]))
        yield Written(entry.loaded.path, entry.data.id, mark, command_line(dated))


def element_label(number: int, intent: Intent | None = None) -> str:
    """Return how an element of a batch is named: its number from 1, and what it is about."""
    if intent is None:
        return _("element {number}").format(number=number)
    about = getattr(intent, "id", None) or getattr(intent, "to", "")
    return _("element {number} ({op} {about})").format(number=number, op=word_of(type(intent)), about=about)


def perform(sources: Sources, steps: Callable[[Draft], object], today: date, *, dry_run: bool) -> Outcome:
    """Let ``steps`` change a draft of the book, and write the result."""
    if sources.origin == "bundled" and not dry_run:
        message = _("The data that come with reformledger are only to be read.")
        raise RefusedError(message, _("Name your own with --data, or begin one: reformledger init FOLDER."))
    with _writing(sources, dry_run=dry_run) as (folders, settled):
        if not dry_run:
            settled.extend(settle(folders))
        plan = _planned(sources, steps, today)
        changes = [_edited(*of_file) for of_file in plan.edits]
        changes += [_made(path, new) for path, new in plan.created.items()]
        changes = [change for change in changes if change.old != change.new]
        for change in changes:
            check_amount(change.path, change.new or b"")
        notes = [*plan.notes]
        if changes and not dry_run:
            with suppress(OSError):  # then it is looked for again
                forget_put_back(plan.missing)
            notes += [*write_edit(changes, plan.wrote), *lines_to_add(changes[0].path.resolve().parent)]
    files = tuple(_changed_file(change) for change in changes)
    return Outcome(files, (*settled, *notes, *_numbers_in_the_open(files)), dry_run, plan.titles)


@contextmanager
def _writing(sources: Sources, *, dry_run: bool) -> Iterator[tuple[list[Path], list[str]]]:
    """Hold the locks of all that an edit may change; give their folders, and a list for sentences.

    What is in the list goes along with an error, too. A dry run, which writes nothing, takes no lock.
    """
    editable = editable_files(sources)
    notes: list[str] = []
    held: AbstractContextManager[list[str]] = nullcontext([]) if dry_run else locked(editable)
    with held as unlocked:
        try:
            yield list(dict.fromkeys(Path(os.path.realpath(file)).parent for file in editable)), notes
        except ReformLedgerError as error:
            for note in notes:
                error.add_note(note)
            raise
    notes += unlocked


class _Plan(NamedTuple):
    """What an edit changes and makes, what is to be said, the records that it adds, and those that are gone."""

    edits: list[tuple[Path, Tree, list[Edit]]]
    created: dict[Path, NewFile]
    notes: list[str]
    titles: dict[str, str]
    wrote: list[Written]
    missing: Missing


def _planned(sources: Sources, steps: Callable[[Draft], object], today: date) -> _Plan:
    """Let ``steps`` change a draft; it is gone afterwards: its documents would double the memory of what follows."""
    loaded = load_sources(sources)
    draft = Draft(Book(loaded.documents), today, PLANS, loaded.unread)
    steps(draft)
    documents = draft.book.documents
    gone = missing({each.path: draft.data(each) for each in documents})
    notes = [*loaded.unfinished, *loaded.unread_notes, *draft.notes, *_of_missing(gone)]
    edits = [(loaded.path, loaded.tree, found) for loaded in documents if (found := draft.edits.get(loaded.path))]
    wrote = [record for of_id in draft.wrote.values() for record in of_id]
    return _Plan(edits, draft.created, notes, draft.titles, wrote, gone)


def _of_missing(missing: Missing) -> Iterator[str]:
    """Yield a sentence for each of the first records that this machine wrote and that another program took away."""
    yield from (each.sentence for each in missing.lost[:_NAMED])
    if missing.lost[_NAMED:]:
        left = len(missing.lost) - _NAMED
        yield _("So are {count} more; “reformledger check” lists them.").format(count=left)


def undo(sources: Sources, *, dry_run: bool = False) -> Outcome:
    """Take back the last remembered edit of any file of ``sources``, in all the files that it changed.

    One that was begun and not finished is the last, and taken back whole; an ``undo`` that was begun is finished.
    Raises ``RefusedError`` when nothing is remembered, or a file was changed since. What is undone is forgotten:
    a further undo takes back the edit before it.
    """
    with _writing(sources, dry_run=dry_run) as (folders, notes):
        begun = [found for folder in folders if (found := begun_in(folder)) and found.files]
        changes = [change for found in begun for change in found.changes_to(found.undone)]
        if not dry_run:
            notes.extend(settle(folders, undoing=True))
        if not begun:
            record, changes = _last_edit(sources)
            if not dry_run:
                notes.extend(take_back(record, changes))
    return Outcome(tuple(_changed_file(change) for change in changes), tuple(notes), dry_run)


def _last_edit(sources: Sources) -> tuple[Record, list[FileChange]]:
    """Return the last remembered edit of files of ``sources``, and the changes that take it back.

    One that was begun and never made, or was taken back by a command that was killed, is passed over.
    """
    ours = {file.resolve() for file in editable_files(sources)}
    try:
        record = last_edit(ours)
    except OSError as error:
        message = _("What is remembered for “undo” cannot be read: {reason}")
        reason = f"{error.strerror or error} {error.filename or ''}".strip()
        advice = _("The last edit may be among it, so none is taken back.")
        raise RefusedError(message.format(reason=reason), advice) from None
    if record is None:
        message = _("No edit of these files is remembered.")
        raise RefusedError(message, _("Edits by hand and older ones are in git: git log -p."))
    return record, [_change_back(file, _held(file.path)) for file in record.files]


def _held(path: Path) -> bytes | None:
    try:
        return read_bytes(path) if os.path.lexists(path) else None
    except DataError as error:
        raise RefusedError(str(error)) from None


def _change_back(file: Difference, now: bytes | None) -> FileChange:
    """Return the change that takes an edit of a file back; raises ``RefusedError`` where it was changed since."""
    try:
        if file.side_of(now) == "after":
            return file.change_to("before", now)
    except ValueError:
        pass  # what is remembered was damaged
    message = _("{file} was changed since that edit.").format(file=display_name(file.path))
    raise RefusedError(message, _("Change it back by an edit of its own, or by git."))


def _edited(path: Path, tree: Tree, edits: Sequence[Edit]) -> FileChange:
    try:
        made = edited(tree, edits)
        return FileChange(path, tree.raw, made.raw, kind_of(tree) == "contacts", made.spans)
    except EditError as error:
        line, column, message, advice = error.fault
        raise DataError([Fault(display_name(path), line, column, message, advice)]) from None


def _made(path: Path, new: NewFile) -> FileChange:
    like = None if new.private else new.like.path
    return FileChange(path, None, new.text.encode(), new.data["kind"] == "contacts", like=like)


def _changed_file(change: FileChange) -> ChangedFile:
    found = hunks(change.old or b"", change.new or b"", change.spans)
    return ChangedFile(display_name(change.path), tuple(found), change)


def _numbers_in_the_open(files: Iterable[ChangedFile]) -> Iterator[str]:
    """Yield a sentence for each file that now holds a phone or identity number; the answer shows it masked."""
    for file in files:
        added = [text for hunk in file.hunks for sign, text in hunk.lines if sign == "+"]
        if not file.change.private and any(mask_phones(text) != text for text in added):
            sentence = _("A phone or identity number now stands in {file}, whole, though it is shown masked here.")
            yield sentences(sentence.format(file=file.name), _("Numbers belong into the contacts of the year."))
