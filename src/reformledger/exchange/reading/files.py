"""Returned workbooks: which files they are, and what is read of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from reformledger.errors import UsageError, display_name
from reformledger.exchange.reading.package import OTHER_SPREADSHEETS, refuse_package
from reformledger.exchange.reading.process import ChildReader, started
from reformledger.exchange.reading.refusals import refusal
from reformledger.exchange.tables import Merged, ReadCell, ReadSheet, ReadWorkbook, Refused
from reformledger.extras import require
from reformledger.i18n import _

_READ = frozenset({".xlsx"})
_CHILDREN, _MANY = 2, 16
"""How many processes read at once, where there are so many files that starting another pays."""

_asked_ahead: dict[Path, ChildReader] = {}
"""The child that was asked for a file before anybody wanted it, until its answer is."""


class FoundFiles(NamedTuple):
    """The files to read, each once; ``notes`` are sentences about what was passed over."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def files_in(paths: Iterable[Path]) -> FoundFiles:
    """Return the files that are named, and of a folder those that may be returns, by name; not those of its subfolders.

    Raises ``UsageError`` for a path that is not there, or a folder that may not be read.
    """
    files: dict[str, Path] = {}
    notes: list[str] = []
    for path in paths:
        found = [path]
        if path.is_dir():
            found = _of_folder(path, notes)
        elif not os.path.lexists(path):
            message = _("There is no file or folder {name}.").format(name=display_name(path))
            raise UsageError(message, _("Check its name."))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return FoundFiles(tuple(files.values()), tuple(notes))


def _of_folder(folder: Path, notes: list[str]) -> list[Path]:
    try:
        content = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        message = _("The folder {name} may not be read.").format(name=display_name(folder))
        raise UsageError(message, _("Ask whoever has it for the right to read it.")) from error
    folders = [path for path in content if path.is_dir()]
    found = [path for path in content if path not in folders and _may_be_return(path)]
    others = [path for path in content if path not in folders and path not in found]
    for sentence, passed in (
        (_("Passed over, since they are no workbooks: {names}."), others),
        (_("Folders within a folder are not looked into: {names}."), folders),
    ):
        if passed:
            notes.append(sentence.format(names=_(", ").join(map(display_name, passed))))
    return found


def _may_be_return(file: Path) -> bool:
    return not file.name.startswith(".") and file.suffix.lower() in _READ | OTHER_SPREADSHEETS


def read_files(files: Sequence[Path]) -> Iterator[ReadWorkbook | Refused]:
    """Yield what is read of each file, in their order, when it is asked for.

    Raises ``UsageError`` where the extra that reads workbooks is not installed.
    """
    refused = {file: found for file in files if (found := refuse_package(file))}
    to_read = [file for file in files if file not in refused]
    if to_read:
        require("office", "openpyxl")
    count = min(_CHILDREN, os.cpu_count() or 1) if len(to_read) >= _MANY else 1
    with ExitStack() as children:
        asked = _asked_ahead.pop(to_read[0], None) if to_read else None
        readers = [children.enter_context(each or ChildReader()) for each in [asked, *[None] * (count - 1)]]
        # Each has every second file: it reads its next one while an answer is waited for.
        answers = cycle([reader.answers(to_read[at::count]) for at, reader in enumerate(readers)])
        for file in files:
            yield refused[file] if file in refused else _made(file, next(next(answers)))


@contextmanager
def reading_ahead(words: Iterable[str]) -> Iterator[None]:
    """Let a child process read the first of some words that names a workbook, before a command that wants it is loaded.

    ``read_files`` hands its answer on. A file that is refused from outside is not asked for, and in the end no child is
    left behind, whether or not anybody wanted it.
    """
    for file in map(Path, words):
        if file.suffix.lower() in _READ and refuse_package(file) is None:
            reader = started.pop() if started else ChildReader()
            with suppress(OSError):  # No process can be started: whoever wants one will be told.
                reader.ask_ahead(file)
                _asked_ahead[file] = reader
            break
    try:
        yield
    finally:
        for reader in (*started, *_asked_ahead.values()):
            reader.end()
        started.clear()
        _asked_ahead.clear()


def _made(file: Path, answer: Mapping[str, Any]) -> ReadWorkbook | Refused:
    if "refused" in answer:
        return refusal(file, *answer["refused"])
    return ReadWorkbook(file, tuple(map(_sheet, answer["sheets"])))


def _sheet(plain: Mapping[str, Any]) -> ReadSheet:
    return ReadSheet(
        plain["name"],
        plain["is_hidden"],
        {(row, column): _cell(cell) for row, column, *cell in plain["cells"]},
        frozenset(plain["hidden_rows"]),
        frozenset(plain["hidden_columns"]),
        tuple(Merged(*cells) for cells in plain["merged"]),
        {(row, column): text for row, column, text in plain["comments"]},
    )


def _cell(values: Sequence[Any]) -> ReadCell:
    if len(values) < len(ReadCell._fields):
        return ReadCell(*values)
    *others, struck = values
    return ReadCell._make([*others, tuple(map(tuple, struck))])
