"""Which files make up the book: named by the user, by the environment, by the folder, or those bundled."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from reformledger.errors import DataError, DeniedError, Fault, WorkingFolderError, display_name
from reformledger.files.names import is_displaced
from reformledger.i18n import _
from reformledger.loader import LoadedDocument, declared_names, kind_of, parse_file, validate_tree
from reformledger.model.documents import DOCUMENTS
from reformledger.reader import FileReader, Reader, identity_of
from reformledger.text.names import whole_names
from reformledger.yamlio import BOM, Tree

Origin = Literal["named", "environment", "folder", "bundled"]
ENVIRONMENT = "REFORMLEDGER_DATA"
SUFFIXES = (".yaml", ".yml")
OWN_NAMES = re.compile(r"(workpoints|ledger|contacts)_.*\.ya?ml|directory\.ya?ml")
DIRECTORY_NAME = re.compile(r"directory\.ya?ml")
_CONTACTS_NAME = re.compile(r"contacts.*\.ya?ml")
_BESIDE = re.compile(r"^[.~#]|~\.[^.]*$")
"""Names of hidden files, locks (``~$ledger.yaml``) and backups (``ledger~.yaml``)."""
_NO_CONTENTS = (b"#", b"<<<<<<<")  # comments, and the mark of an unresolved merge
_ATTEMPTS = 3
"""How often files are read that change meanwhile; what is written again and again is taken as it is then."""
MARKER_NAMES = re.compile(r"(workpoints|ledger)_.*\.ya?ml")
CURRENT = "CURRENT"
"""The file by which a data set of many bodies is known (``dataset``): it names the version that counts."""


class Sources(NamedTuple):
    """Where the data come from: the files and folders to read, and who chose them."""

    paths: tuple[Path, ...]
    origin: Origin


class Loaded(NamedTuple):
    """The documents of the book, and the files of its folders that were passed over, with the reason.

    ``unfinished`` are sentences about edits of several files that were begun and not finished; ``displaced`` the files
    in which an edit kept what another program saved at the same moment. ``unread``
    are contacts that this user may not read: a question is answered without them.
    """

    documents: tuple[LoadedDocument, ...]
    skipped: tuple[tuple[str, str], ...]
    unfinished: tuple[str, ...]
    displaced: tuple[str, ...]
    unread: tuple[Path, ...]

    @property
    def unread_notes(self) -> list[str]:
        """Return a sentence for each file of contacts that this user may not read."""
        sentence = _("{file} may not be read by you: its contacts are left blank.")
        return [sentence.format(file=display_name(path)) for path in self.unread]


def find_sources(named: Sequence[Path] = ()) -> Sources:
    """Return what to read.

    ``named`` (``--data``), else ``REFORMLEDGER_DATA``, else the nearest folder upwards whose ``data/``, or which
    itself, holds a ledger or work points, else the data bundled with the package. Raises ``WorkingFolderError`` where
    the working folder would have to be looked at and cannot be.
    """
    listed = tuple(Path(part) for part in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if part)
    if paths := tuple(named) or listed:
        if not all(path.is_absolute() for path in paths):
            _working_folder()
        return Sources(paths, "named" if named else "environment")
    for above in _upwards():
        for folder in (above / "data", above):
            if holds_data(folder):
                return Sources((folder,), "folder")
    return Sources((bundled_folder(),), "bundled")


def _working_folder() -> Path:
    """Return the working folder; raises ``WorkingFolderError``."""
    try:
        return Path.cwd()
    except OSError as error:
        message = _("The folder in which this command was given cannot be found ({reason}): perhaps it was deleted.")
        advice = _("Go into another one (cd), or name the data by an absolute path: --data FOLDER.")
        raise WorkingFolderError(message.format(reason=error.strerror or error), advice) from None


def bundled_folder() -> Path:
    """Return the folder of the 2020 data that come with the package (in a source checkout, the repository's)."""
    installed = Path(__file__).with_name("bundled")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data"


def _upwards() -> Iterator[Path]:
    """Yield the working directory and its parents, no higher than a git root or the home folder."""
    start = _working_folder()
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - Path.home() raises where there is none
    for folder in (start, *start.parents):
        yield folder
        if folder == home or os.path.exists(folder / ".git"):  # noqa: PTH110 - Path.exists() may raise
            return


def holds_data(folder: Path) -> bool:
    """Say whether a ledger or work points are directly in a folder, by their names."""
    try:
        return any(MARKER_NAMES.fullmatch(name) for name in os.listdir(folder))  # noqa: PTH208 - names suffice
    except OSError:
        return False


def refuse_data_set(path: Path) -> None:
    """Raise ``DataError`` for a data set of many bodies, where the files of one are meant."""
    if is_data_set(path):
        message = _("This is a data set of many bodies, which “list” and “stats” ask.")
        raise DataError([Fault.of_file(path, message, _("Name the folder of one body: --data FOLDER."))])


def is_data_set(folder: Path) -> bool:
    """Say whether a folder holds a data set of many bodies."""
    return os.path.isfile(folder / CURRENT)  # noqa: PTH113 - Path.is_file() may raise


def load_sources(sources: Sources, new_reader: Callable[[], FileReader] = FileReader) -> Loaded:
    """Load every document of ``sources``; raises ``DataError`` with the faults of all files together.

    A folder is read flat. In a folder, a file whose first key is no known ``kind`` is passed over and named
    in ``skipped``; a file named by itself must be one of ours. Where an edit of several files was begun and
    not finished, what was there before is read; files among which one is written at this moment are read again.
    Contacts that may not be read stop no reading. Each attempt reads by a new reader.
    """
    for _attempt in range(_ATTEMPTS):
        stamps = _stamps(sources)
        reader = new_reader()
        skipped: list[tuple[str, str]] = []
        unread: list[Path] = []
        read = list(_read_all(sources, reader, skipped, unread))
        if stamps == _stamps(sources):
            break
    return Loaded(_validated(read), tuple(skipped), tuple(reader.notes), tuple(_displaced(sources)), tuple(unread))


def load_from(sources: Sources, reader: Reader) -> tuple[LoadedDocument, ...]:
    """Load every document of ``sources`` by the same rules from where a reader finds them; raises ``DataError``."""
    return _validated(list(_read_all(sources, reader, [], [])))


def _validated(read: Sequence[_ReadFile | DataError]) -> tuple[LoadedDocument, ...]:
    """Validate what was read; raises ``DataError`` with the faults of all files together."""
    # What a directory declares to be one name is one name in every document, whichever is read first.
    names = whole_names(declared_names(file.tree for file in read if isinstance(file, _ReadFile)))
    documents: list[LoadedDocument] = []
    faults: list[Fault] = []
    for file in read:
        try:
            if isinstance(file, DataError):
                raise file
            documents.append(validate_tree(*file, names))
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(faults)
    return tuple(documents)


def _stamps(sources: Sources) -> list[int]:
    """Return when a name last changed in each folder that is read: each file that is written changes one."""
    stamps = []
    for path in map(Path, map(identity_of, sources.paths)):
        with suppress(OSError):
            stamps.append((path if path.is_dir() else path.parent).stat().st_mtime_ns)
    return stamps


class _ReadFile(NamedTuple):
    """A file whose YAML was read, and is to be validated."""

    path: Path
    tree: Tree


def _read_all(
    sources: Sources, reader: Reader, skipped: list[tuple[str, str]], unread: list[Path]
) -> Iterator[_ReadFile | DataError]:
    """Yield every file of ``sources``, or why it cannot be read.

    What is passed over goes into ``skipped``, contacts that may not be read into ``unread``.
    """
    met: set[str] = set()
    for path in sources.paths:
        try:
            files = files_of(path, reader)
        except DataError as error:
            yield error
            continue
        for file in files:
            identity = reader.identity(file)
            if identity in met:
                continue
            try:
                tree = read_ours(file, reader, in_folder=file is not path)
            except DataError as error:
                if isinstance(error, DeniedError) and _CONTACTS_NAME.fullmatch(file.name):
                    unread.append(file)
                else:
                    yield error
            else:
                if tree is None:
                    skipped.append((display_name(file), _("its first key is not a known “kind”")))
                    continue  # named by itself later on, it is an error
                yield _ReadFile(file, tree)
            met.add(identity)


def editable_files(sources: Sources) -> list[Path]:
    """Return the files that an edit may change: all but the directory of names; raises ``DataError``."""
    found: dict[str, Path] = {}
    reader = FileReader()
    for path in sources.paths:
        for file in files_of(path, reader):
            if not DIRECTORY_NAME.fullmatch(file.name) and may_be_ours(file, reader, in_folder=file is not path):
                found.setdefault(identity_of(file), file)
    return list(found.values())


def files_of(path: Path, reader: Reader) -> list[Path]:
    """Return the YAML files directly in a folder, or the file alone; raises ``DataError``.

    Hidden files, and what editors keep beside an open file, are none of them.
    """
    if not reader.is_folder(path):
        return [path]
    files = [
        file
        for file in sorted(reader.listed(path))
        if file.suffix.lower() in SUFFIXES and not _BESIDE.search(file.name) and not reader.is_folder(file)
    ]
    if not files:
        refuse_data_set(path)
        advice = _("Name a folder that holds a ledger.")
        raise DataError([Fault.of_file(path, _("The folder holds no .yaml file."), advice)])
    return files


def read_ours(path: Path, reader: Reader, *, in_folder: bool) -> Tree | None:
    """Read the YAML of one file; None for a file of a folder that is none of ours. Raises ``DataError``."""
    if not may_be_ours(path, reader, in_folder=in_folder):
        return None
    tree = parse_file(path, reader.content)
    by_name = not in_folder or OWN_NAMES.fullmatch(path.name)
    return None if not by_name and kind_of(tree) is None else tree


def may_be_ours(path: Path, reader: Reader, *, in_folder: bool) -> bool:
    """Say whether a file is named, is called like one of ours, or begins like one; raises ``DataError``."""
    return not in_folder or OWN_NAMES.fullmatch(path.name) is not None or _is_meant_as_ours(reader.content(path))


def _displaced(sources: Sources) -> Iterator[str]:
    """Yield the files of a folder, or of a file, in which an edit kept what another program saved at that moment."""
    for path in sources.paths:
        with suppress(OSError):
            folder, of = (path, "") if path.is_dir() else (path.parent, path.name)
            for beside in sorted(folder.iterdir()):
                if beside.name.startswith(of) and is_displaced(beside.name):
                    yield display_name(beside)


def _is_meant_as_ours(raw: bytes) -> bool:
    """Say whether the first line of contents declares a kind of ours, rightly written or not.

    What follows may be broken: that is a fault of the file then, and no reason to pass it over.
    """
    lines = (line.strip() for line in raw.removeprefix(BOM).splitlines())
    first = next((line for line in lines if line and line != b"---" and not line.startswith(_NO_CONTENTS)), b"")
    first = first.lower().lstrip(b"\"'{ ")
    return first.startswith(b"kind") and any(kind.encode() in first for kind in DOCUMENTS)
