"""Which bodies there are: folders named one by one or in a list, and what their files hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from reformledger.book import Book
from reformledger.dataset.manifest import storable
from reformledger.errors import DataError, DeniedError, Fault, UsageError, display_name
from reformledger.i18n import _
from reformledger.loader import parse_file, read_bytes
from reformledger.model.text import LINE_PATTERN
from reformledger.reader import FileReader
from reformledger.sources import Sources, files_of, holds_data, load_sources
from reformledger.text.folding import search_key

_DATA = "data"
_CONTACTS = re.compile(rb"^\W*kind\W+contacts", re.MULTILINE)


class Body(NamedTuple):
    """An office with a ledger: its name, and the folder of its files."""

    name: str
    folder: Path


class ReadBody(NamedTuple):
    """The book of a body, and the digest of each file that was read for it, by its name."""

    book: Book
    digests: dict[str, str]


def bodies_of(folders: Iterable[Path], listed: Mapping[str, Path] | None = None) -> list[Body]:
    """Return the bodies of folders, each called as its folder is unless a list names it, and those of the list.

    They come in the order of their names. The files are in the folder or, as in a repository of ledgers, in ``data``
    inside it. Raises ``UsageError`` for a name that cannot be stored, and where two bodies have one name, names that
    differ in nothing by which names are compared, or one folder.
    """
    real = cache(os.path.realpath)
    bodies = [Body(name, _files_folder(folder)) for name, folder in (listed or {}).items()]
    taken = {real(body.folder) for body in bodies}
    absolute = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100 - symbolic links are kept
    named = [Body(folder.name, _files_folder(folder)) for folder in absolute]
    bodies += [body for body in named if real(body.folder) not in taken]
    by_name: dict[str, Body] = {}
    by_folder: dict[str, Body] = {}
    for body in bodies:
        _refuse_unstorable(body)
        other = by_name.setdefault(search_key(body.name), body)
        if real(other.folder) != real(body.folder):
            message = _("Two bodies are called “{name}”: {one} and {other}.").format(
                name=body.name, one=display_name(other.folder), other=display_name(body.folder)
            )
            raise UsageError(message, _name_it())
        other = by_folder.setdefault(real(body.folder), other)
        if search_key(other.name) != search_key(body.name):
            message = _(
                "“{one}” and “{other}” are one folder, and all that is in it would count twice: {folder}."
            ).format(one=other.name, other=body.name, folder=display_name(body.folder))
            raise UsageError(message, _("Name it once."))
    return sorted(by_folder.values())


def _refuse_unstorable(body: Body) -> None:
    """Raise ``UsageError`` for the name of a body that is no text of one line."""
    if re.fullmatch(LINE_PATTERN, body.name) and storable(body.name) == body.name:
        return
    message = _("{folder} has a name by which no body can be called: “{name}”.")
    raise UsageError(message.format(folder=display_name(body.folder), name=body.name), _name_it())


def _name_it() -> str:
    return _("Give each its name in a list: --bodies LIST.yaml, with lines “name: folder”.")


def _files_folder(folder: Path) -> Path:
    inside = folder / _DATA
    return inside if not holds_data(folder) and holds_data(inside) else folder


def read_list(path: Path) -> dict[str, Path]:
    """Return the bodies of a list (``name: folder``), whose folders are named from its own on; raises ``DataError``."""
    tree = parse_file(path)
    data = tree.data
    if not isinstance(data, dict) or not data:
        raise DataError([Fault.of_file(path, _("The list names no body."), _form())])
    found: dict[str, Path] = {}
    faults = []
    for name, folder in data.items():
        if isinstance(folder, str) and folder.strip():
            found[name] = Path(os.path.abspath(path.parent / folder))  # noqa: PTH100 - symbolic links are kept
        else:
            message = _("No folder is named for “{name}”.").format(name=name)
            faults.append(Fault(display_name(path), *tree.place((name,)), message, _form()))
    if faults:
        raise DataError(faults)
    return found


def _form() -> str:
    return _("Write a line for each body: “name: folder”.")


class _Hashing(FileReader):
    """Reads files, and remembers the digest of each by its name; of one that has several, by the first."""

    def __init__(self) -> None:
        super().__init__()
        self.digests: dict[str, str] = {}
        self._met: dict[str, str] = {}

    def content(self, path: Path) -> bytes:
        content = super().content(path)
        if self._met.setdefault(self.identity(path), path.name) == path.name:
            self.digests[storable(path.name)] = sha256(content).hexdigest()
        return content


def read(body: Body) -> ReadBody:
    """Return the book of a body; raises ``DataError`` with all that is wrong in its files."""
    readers: list[_Hashing] = []

    def reader() -> _Hashing:
        readers.append(_Hashing())
        return readers[-1]

    _refuse_no_folder(body.folder)
    try:
        loaded = load_sources(Sources((body.folder,), "named"), reader)
    except DataError as error:
        raise DataError([_without_contacts(body.folder, fault) for fault in error.faults]) from None
    if faults := [_of_undecoded(document.path) for document in loaded.documents if not _is_storable(document.path)]:
        raise DataError(faults)
    return ReadBody(Book(loaded.documents), readers[-1].digests)


def _without_contacts(folder: Path, fault: Fault) -> Fault:
    """Return a fault as it may be kept: what is said of a file with contacts may quote them."""
    path = folder / Path(fault.file).name
    try:
        has_contacts = path.name.startswith("contacts") or _CONTACTS.search(read_bytes(path)) is not None
    except DataError:
        has_contacts = False
    if not has_contacts:
        return fault
    message = _("There is a fault in this file of contacts.")
    return fault._replace(message=message, advice=_("“reformledger check” says which."))


def digests(body: Body) -> dict[str, str]:
    """Return the digest of each file that would be read for a body, by its name; raises ``DataError``.

    Files that may not be read have none: where they are contacts, the body is read without them.
    """
    _refuse_no_folder(body.folder)
    reader = _Hashing()
    for path in files_of(body.folder, reader):
        with suppress(DeniedError):
            reader.content(path)
    return reader.digests


def _refuse_no_folder(folder: Path) -> None:
    """Raise ``DataError`` where there is no folder, or something else."""
    advice = _("Check the path.")
    try:
        if S_ISDIR(folder.stat().st_mode):
            return
        fault = Fault.of_file(folder, _("This is a file, not the folder of a body."), advice)
    except (FileNotFoundError, NotADirectoryError):
        fault = Fault.of_file(folder, _("There is no such folder."), advice)
    except (OSError, ValueError) as error:  # ValueError: a path that holds NUL
        reason = getattr(error, "strerror", None) or str(error)
        fault = Fault.of_file(folder, _("The folder cannot be read: {reason}").format(reason=reason))
    raise DataError([fault])


def _is_storable(path: Path) -> bool:
    return storable(path.name) == path.name


def _of_undecoded(path: Path) -> Fault:
    return Fault.of_file(path, _("The name of the file is no text in UTF-8."), _("Rename the file."))
