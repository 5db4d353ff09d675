"""A new ledger repository: what it holds, and how it comes into a folder without touching what is there."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from reformledger.errors import RepositoryError
from reformledger.files.rights import share_like
from reformledger.i18n import Language, _
from reformledger.model.documents import DOCUMENTS
from reformledger.model.schema import document_schema

_YEAR = "YEAR"  # stands in the templates, in their names too
_OWNERS = 0o600
_DOT = "dot-"  # begins the name of a template whose file begins with a dot: tools would obey the template itself


class Scaffold(NamedTuple):
    """A folder and the files that it gets, by their path in it (with ``/``), in the order of their making.

    Those that are ``private`` are for their owner alone, or for the group that shares the folder.
    """

    folder: Path
    contents: Mapping[str, bytes]
    private: Collection[str] = ()


def new_repository(folder: Path, year: int, language: Language) -> Scaffold:
    """Return what a ledger repository for ``year`` holds, its words in ``language``."""
    contents = {}
    for name in ("common", language):
        for path, text in _templates(files("reformledger") / "templates" / name):
            contents[path.replace(_YEAR, str(year))] = text.replace(_YEAR, str(year)).encode()
    for kind in DOCUMENTS:
        schema = json.dumps(document_schema(kind), ensure_ascii=False, indent=2) + "\n"
        contents[f"schema/{kind}.json"] = schema.encode()
    return Scaffold(folder, dict(sorted(contents.items())))


def _templates(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every template under ``folder``."""
    for item in folder.iterdir():
        path = prefix + (f".{item.name.removeprefix(_DOT)}" if item.name.startswith(_DOT) else item.name)
        if item.is_dir():
            yield from _templates(item, f"{path}/")
        else:
            yield path, item.read_text(encoding="utf-8")


def check_nothing_is_there(scaffold: Scaffold) -> None:
    """Raise ``RepositoryError``, naming every file of the scaffold that is there already, or what is no folder."""
    for folder in {(scaffold.folder / name).parent for name in scaffold.contents}:
        above = folder
        while not os.path.lexists(above):
            above = above.parent
        if not above.is_dir():
            raise RepositoryError(_("{path} is no folder; nothing was written.").format(path=above))
    there = [name for name in scaffold.contents if os.path.lexists(scaffold.folder / name)]
    if there:
        message = _("{folder} holds some of the files already; nothing was written:")
        raise RepositoryError("\n  ".join([message.format(folder=scaffold.folder), *there]))


def _shared_folder(folder: Path) -> Path | None:
    """Return what is there of a folder, it or the nearest above it, if whatever is made in it goes to its group."""
    there = next(above for above in (folder.absolute(), *folder.absolute().parents) if above.is_dir())
    return there if there.stat().st_mode & stat.S_ISGID else None


def create(scaffold: Scaffold) -> None:
    """Make every file, none in place of another; raises ``RepositoryError``, all that was made taken away again.

    In a folder that a group shares, files and folders are the group's, too, whatever the umask.
    """
    check_nothing_is_there(scaffold)
    shared = _shared_folder(scaffold.folder)
    made: list[Path] = []
    try:
        for name, content in scaffold.contents.items():
            path = scaffold.folder / name
            for folder in reversed((path.parent, *path.parent.parents)):
                if not folder.is_dir():
                    folder.mkdir()
                    made.append(folder)
                    if shared:
                        folder.chmod(stat.S_IMODE(shared.stat().st_mode))
            with path.open("xb") as file:
                made.append(path)
                if name in scaffold.private:
                    path.chmod(_OWNERS)  # before anything is in it
                if shared:
                    share_like([shared], file.fileno())
                file.write(content)
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):  # A folder into which somebody else wrote meanwhile stays.
                (path.rmdir if path.is_dir() else path.unlink)()
        if not isinstance(error, OSError):
            raise
        message = _("{path} cannot be written: {reason}. Nothing was left behind.")
        reason = error.strerror or str(error)
        raise RepositoryError(message.format(path=error.filename or scaffold.folder, reason=reason)) from None
