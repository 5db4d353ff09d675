"""Which files make up the book: named by the user, by the environment, by the folder, or those bundled."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from reformledger.errors import DataError, Fault
from reformledger.i18n import _
from reformledger.loader import (
    LoadedDocument,
    kind_of,
    parse_file,
    read_bytes,
    validate_tree,
)
from reformledger.yamlio.files import display_name

Origin = Literal["named", "environment", "folder", "bundled"]
ENVIRONMENT = "REFORMLEDGER_DATA"
SUFFIXES = (".yaml", ".yml")
OWN_NAMES = re.compile(r"(workpoints|ledger|contacts)_.*\.ya?ml|directory\.ya?ml")
DIRECTORY_NAME = re.compile(r"directory\.ya?ml")
MARKER_NAMES = re.compile(r"(workpoints|ledger)_.*\.ya?ml")


class Sources(NamedTuple):
    """Where the data come from: the files and folders to read, and who chose them."""

    paths: tuple[Path, ...]
    origin: Origin


class Loaded(NamedTuple):
    """The documents of the book, and the files of its folders that were passed over, with the reason."""

    documents: tuple[LoadedDocument, ...]
    skipped: tuple[tuple[str, str], ...]


def find_sources(named: Sequence[Path] = ()) -> Sources:
    """Return what to read.

    ``named`` (``--data``), else ``REFORMLEDGER_DATA``, else the nearest folder upwards whose ``data/`` holds a
    ledger or work points, else the data bundled with the package.
    """
    if named:
        return Sources(tuple(named), "named")
    listed = os.environ.get(ENVIRONMENT, "")
    if listed:
        return Sources(tuple(Path(part) for part in listed.split(os.pathsep) if part), "environment")
    for folder in _upwards(Path.cwd()):
        data = folder / "data"
        if _holds_data(data):
            return Sources((data,), "folder")
    return Sources((bundled_folder(),), "bundled")


def bundled_folder() -> Path:
    """Return the folder of the 2020 data that come with the package (in a source checkout, the repository's)."""
    installed = Path(__file__).with_name("bundled")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data"


def _upwards(start: Path) -> Iterator[Path]:
    """Yield ``start`` and its parents, no higher than a git root or the home folder."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    for folder in (start, *start.parents):
        yield folder
        if folder == home or (folder / ".git").exists():
            return


def _holds_data(folder: Path) -> bool:
    try:
        return any(MARKER_NAMES.fullmatch(name) for name in os.listdir(folder))  # noqa: PTH208 - names suffice
    except OSError:
        return False


class _Listed(NamedTuple):
    """A file to read: named by itself, or found in a folder."""

    path: Path
    in_folder: bool


def _listed_files(sources: Sources, faults: list[Fault]) -> Iterator[_Listed]:
    """Yield every file of the sources once; adds a fault for a folder that holds none."""
    seen: set[Path] = set()
    for path in sources.paths:
        files = [path]
        if in_folder := path.is_dir():
            files = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith("."))
            if not files:
                message = _("The folder holds no .yaml file.")
                faults.append(Fault(display_name(path), 0, 0, message, _("Name a folder that holds a ledger.")))
        for file in files:
            identity = file.resolve()
            if identity not in seen:
                seen.add(identity)
                yield _Listed(file, in_folder)


def editable_files(sources: Sources) -> list[Path]:
    """Return the files that an edit may change: all but the directory of names; raises ``DataError``."""
    return [
        file
        for file, in_folder in _listed_files(sources, [])
        if not DIRECTORY_NAME.fullmatch(file.name) and _may_be_ours(file, in_folder=in_folder)
    ]


def load_sources(sources: Sources) -> Loaded:
    """Load every document of ``sources``; raises ``DataError`` with the faults of all files together.

    A folder is read flat. In a folder, a file whose first key is no known ``kind`` is passed over and named
    in ``skipped``; a file named by itself must be one of ours.
    """
    documents: list[LoadedDocument] = []
    skipped: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for file, in_folder in _listed_files(sources, faults):
        try:
            document = _load(file, in_folder=in_folder)
        except DataError as error:
            faults += error.faults
            continue
        if document is None:
            skipped.append((display_name(file), _("its first key is not a known “kind”")))
        else:
            documents.append(document)
    if faults:
        raise DataError(faults)
    return Loaded(tuple(documents), tuple(skipped))


def _load(path: Path, *, in_folder: bool) -> LoadedDocument | None:
    """Load one file; None for a file of a folder that is none of ours."""
    if not _may_be_ours(path, in_folder=in_folder):
        return None
    tree = parse_file(path)
    by_name = not in_folder or OWN_NAMES.fullmatch(path.name)
    return None if not by_name and kind_of(tree) is None else validate_tree(path, tree)


def _may_be_ours(path: Path, *, in_folder: bool) -> bool:
    """Say whether a file is named, is called like one of ours, or begins like one."""
    return not in_folder or OWN_NAMES.fullmatch(path.name) is not None or _begins_with_kind(read_bytes(path))


def _begins_with_kind(raw: bytes) -> bool:
    """Say whether the first line that holds anything but a comment is a ``kind:``; what follows may be broken."""
    lines = (line.strip() for line in raw.removeprefix(b"\xef\xbb\xbf").splitlines())
    first = next((line for line in lines if line and line != b"---" and not line.startswith(b"#")), b"")
    return first.lower().lstrip(b"\"'").startswith(b"kind")
