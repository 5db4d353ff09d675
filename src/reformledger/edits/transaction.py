"""From intents to files: lock, read afresh, plan, splice, prove, write, remember."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reformledger.book import Book
from reformledger.edits.diff import Hunk, hunks
from reformledger.edits.draft import Draft, NewFile
from reformledger.edits.intents import Intent
from reformledger.edits.rules.plan import plan
from reformledger.edits.writing import remember, write
from reformledger.errors import DataError, Fault, RefusedError, SentenceError
from reformledger.files.journal import FileChange
from reformledger.files.lock import locked
from reformledger.files.names import display_name
from reformledger.i18n import _, sentences
from reformledger.sources import Sources, editable_files, load_sources
from reformledger.text.masking import mask_phones
from reformledger.yamlio import Tree
from reformledger.yamlio.editing.edit import Edit, EditError, edited


class ChangedFile(NamedTuple):
    """A file that an edit changes, makes or takes away, and how it differs; ``change`` holds the bytes."""

    name: str
    hunks: tuple[Hunk, ...]
    change: FileChange


class Outcome(NamedTuple):
    """What an edit did, or with ``dry_run`` would do; ``notes`` are sentences worth a look."""

    files: tuple[ChangedFile, ...]
    notes: tuple[str, ...]
    dry_run: bool


class BatchError(SentenceError):
    """Elements of a batch that are wrong or refused; nothing was changed. The exit code is the highest of theirs."""

    def __init__(self, faults: Sequence[tuple[str, SentenceError]]) -> None:
        super().__init__("\n".join(f"{label}: {fault}" for label, fault in faults))
        self.faults = faults
        self.exit_code = max(fault.exit_code for _label, fault in faults)


def carry_out(sources: Sources, intents: Sequence[Intent], today: date, *, dry_run: bool = False) -> Outcome:
    """Carry out all intents, in their order, or none of them.

    Raises ``DataError`` for a book that is not valid, ``RefusedError`` and ``UsageError`` for an intent that cannot
    be carried out (``BatchError`` when there are several), ``FileError`` for a file that cannot be written.
    """

    def steps(draft: Draft) -> None:
        if len(intents) == 1:
            plan(draft, intents[0])
        else:
            _plan_all(draft, intents)

    return perform(sources, steps, today, dry_run=dry_run)


def _plan_all(draft: Draft, intents: Iterable[Intent]) -> None:
    faults: list[tuple[str, SentenceError]] = []
    for number, intent in enumerate(intents, 1):
        before = draft.state()
        try:
            plan(draft, intent)
        except SentenceError as error:
            draft.restore(before)
            faults.append((element_label(number, intent), error))
    if faults:
        raise BatchError(faults)


def element_label(number: int, intent: Intent | None = None) -> str:
    """Return how an element of a batch is named: its number from 1, and what it is about."""
    if intent is None:
        return _("element {number}").format(number=number)
    about = getattr(intent, "id", None) or getattr(intent, "to", "")
    op = type(intent).__name__.lower()
    return _("element {number} ({op} {about})").format(number=number, op=op, about=about)


def perform(sources: Sources, steps: Callable[[Draft], object], today: date, *, dry_run: bool) -> Outcome:
    """Let ``steps`` change a draft of the book, and write what it comes to."""
    if sources.origin == "bundled" and not dry_run:
        message = _("The data that come with reformledger are only to be read.")
        raise RefusedError(message, _("Name your own with --data, or begin one: reformledger init FOLDER."))
    with lock(editable_files(sources), dry_run=dry_run):
        texts, created, notes = _planned(sources, steps, today)
        changes = [_edited(text) for text in texts]
        changes += [FileChange(path, None, made.text.encode(), made.private) for path, made in created.items()]
        changes = [change for change in changes if change.old != change.new]
        if changes and not dry_run:
            notes += write(changes)
            notes += remember(changes)
    files = tuple(changed_file(change) for change in changes)
    return Outcome(files, (*notes, *_numbers_in_the_open(files)), dry_run)


class _Text(NamedTuple):
    """A file as it was read, and what is to be changed in it."""

    path: Path
    name: str
    tree: Tree
    edits: Sequence[Edit]


class _Planned(NamedTuple):
    """What a draft came to. The draft itself is gone: its documents would double the memory of what follows."""

    texts: list[_Text]
    created: Mapping[Path, NewFile]
    notes: list[str]


def _planned(sources: Sources, steps: Callable[[Draft], object], today: date) -> _Planned:
    draft = Draft(Book(load_sources(sources, placed=True).documents), today)
    steps(draft)
    texts = [
        _Text(loaded.path, loaded.name, loaded.tree, draft.edits[loaded.path])
        for loaded in draft.book.documents
        if draft.edits.get(loaded.path)
    ]
    return _Planned(texts, draft.created, draft.notes)


def _numbers_in_the_open(files: Iterable[ChangedFile]) -> Iterator[str]:
    """Yield a sentence for each file that now holds a number which the answer shows masked and the file does not."""
    for file in files:
        added = [text for hunk in file.hunks for sign, text in hunk.lines if sign == "+"]
        if not file.change.private and any(mask_phones(text) != text for text in added):
            sentence = _("A phone or identity number now stands in {file}, whole, though it is shown masked here.")
            yield sentences(sentence.format(file=file.name), _("Numbers belong into the contacts of the year."))


def lock(paths: Iterable[Path], *, dry_run: bool) -> AbstractContextManager[None]:
    """Let nobody else edit these files meanwhile; a dry run, which writes nothing, waits for nobody."""
    return nullcontext() if dry_run else locked(paths)


def _edited(text: _Text) -> FileChange:
    try:
        result = edited(text.tree, text.edits)
    except EditError as error:
        line, column, message, advice = error.problem
        raise DataError([Fault(text.name, line, column, message, advice)]) from None
    return FileChange(text.path, text.tree.raw, result.raw)


def changed_file(change: FileChange) -> ChangedFile:
    """Return a change of a file with what a person reads of it."""
    return ChangedFile(display_name(change.path), tuple(hunks(change.old or b"", change.new or b"")), change)
