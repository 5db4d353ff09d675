"""Which bodies there are: folders named one by one or in a list, and what their files hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reformledger.book import Book
from reformledger.errors import DataError, Fault, UsageError, display_name
from reformledger.i18n import _
from reformledger.loader import parse_file
from reformledger.reader import FileReader
from reformledger.sources import Sources, files_of, holds_data, load_sources
from reformledger.text.folding import search_key

_DATA = "data"


class Body(NamedTuple):
    """An office with a ledger: its name, and the folder of its files."""

    name: str
    folder: Path


class ReadBody(NamedTuple):
    """The book of a body, and the digest of each file that was read for it, by its name."""

    book: Book
    digests: dict[str, str]


def bodies_of(folders: Iterable[Path], listed: Mapping[str, Path] | None = None) -> list[Body]:
    """Return the bodies of folders, each called as its folder is, and those of a list, in the order of their names.

    The files are in the folder or, as in a repository of ledgers, in ``data`` inside it. Raises ``UsageError`` where
    two bodies have one name, or names that differ in nothing by which names are compared.
    """
    absolute = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100 - symbolic links are kept
    named = [(folder.name, folder) for folder in absolute]
    found: dict[str, Body] = {}
    for name, folder in (*named, *(listed or {}).items()):
        body = Body(name, _files_folder(folder))
        other = found.setdefault(search_key(name), body)
        if other is not body and not _is_same(other.folder, body.folder):
            message = _("Two bodies are called “{name}”: {one} and {other}.").format(
                name=name, one=display_name(other.folder), other=display_name(body.folder)
            )
            raise UsageError(message, _("Give each its name in a list: --bodies LIST.yaml, with lines “name: folder”."))
    return sorted(found.values())


def _files_folder(folder: Path) -> Path:
    inside = folder / _DATA
    return inside if not holds_data(folder) and holds_data(inside) else folder


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def read_list(path: Path) -> dict[str, Path]:
    """Return the bodies of a list (``name: folder``), whose folders are named from its own on; raises ``DataError``."""
    tree = parse_file(path)
    data = tree.data
    if not isinstance(data, dict):
        raise DataError([Fault.of_file(path, _("The list names no body."), _form())])
    found: dict[str, Path] = {}
    faults = []
    for name, folder in data.items():
        if isinstance(folder, str):
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
    """Reads files, and remembers the digest of each by its name."""

    def __init__(self) -> None:
        super().__init__()
        self.digests: dict[str, str] = {}

    def content(self, path: Path) -> bytes:
        content = super().content(path)
        self.digests[path.name] = sha256(content).hexdigest()
        return content


def read(body: Body) -> ReadBody:
    """Return the book of a body; raises ``DataError`` with all that is wrong in its files."""
    readers: list[_Hashing] = []

    def reader() -> _Hashing:
        readers.append(_Hashing())
        return readers[-1]

    loaded = load_sources(Sources((body.folder,), "named"), reader)
    return ReadBody(Book(loaded.documents), readers[-1].digests)


def digests(body: Body) -> dict[str, str]:
    """Return the digest of each file that would be read for a body, by its name; raises ``DataError``."""
    reader = _Hashing()
    for path in files_of(body.folder, reader):
        reader.content(path)
    return reader.digests
