"""What a version of a data set says of itself: its day, its files by their digests, and what was read of each body."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter

from reformledger.columns import Headings
from reformledger.model.documents import Directory, DirectoryEntry
from reformledger.roles import Names
from reformledger.text.folding import search_key

SCHEMA_DIGEST = "69f76022e2e9e76e"
"""What tells this form of the tables from any other (``schema``); written down, for who asks does without pyarrow."""
BUCKETS = 16
VERSIONS = "versions"
MANIFEST = "manifest.json"
FAULTS_FILE = "faults.parquet"
_DIGITS = 16
_VERSION = re.compile(rf"\d{{4}}-\d\d-\d\d-[0-9a-f]{{{_DIGITS}}}", re.ASCII)
_NO_DIRECTORY = Directory()


class FileRecord(NamedTuple):
    """A file of a version: its digest (SHA-256, hexadecimal) and how many rows it has."""

    sha256: str
    rows: int


PlainNames = tuple[Sequence[Mapping[str, Any]], Mapping[str, str], Mapping[str, str]]
"""``roles.Names`` as plain data: the entries of the directory, leaders and departments by their keys."""


def kept_names(names: Names) -> PlainNames:
    """Return the names of a body as they are kept."""
    entries = [entry.model_dump(mode="json", exclude_defaults=True) for entry in names.directory.names]
    return entries, names.leaders, names.departments


def names_kept(plain: PlainNames) -> Names:
    """Return the names of a body from what was kept of them."""
    entries, leaders, departments = plain
    directory = Directory(map(DirectoryEntry.model_validate, entries)) if entries else _NO_DIRECTORY
    return Names(directory, leaders, departments)


class BodyRecord(NamedTuple):
    """What was read of a body: the folder and the digest of each of its files by name, and what it is asked by.

    ``years`` are those of its documents, ``entry_years`` those of which there are entries. ``names`` and ``headings``
    are what ``roles.names_in`` and ``columns.headings_of`` find in its book. Of one that could not be read there is the
    number of its ``faults``, and nothing else.
    """

    folder: str
    digests: Mapping[str, str] = {}
    entries: int = 0
    years: Sequence[int] = ()
    entry_years: Sequence[int] = ()
    names: PlainNames = ((), {}, {})
    headings: Headings = Headings({}, {}, [], has_phases=False)
    faults: int = 0


class Manifest(NamedTuple):
    """A version of a data set.

    ``as_of`` is its day, ``program`` and ``schema`` are what made it, ``asked`` the words of the command that named the
    bodies. Files are named from the version's folder on, with ``/``.
    """

    as_of: date
    program: str
    schema: str
    asked: tuple[str, ...]
    bodies: Mapping[str, BodyRecord]
    files: Mapping[str, FileRecord]
    format: Literal[1] = 1
    """The form of what is written here; another is not read."""

    def encoded(self) -> bytes:
        """Return the bytes of the file: of the same data always the same."""
        plain = {
            **self._asdict(),
            "as_of": self.as_of.isoformat(),
            "bodies": {name: body._asdict() for name, body in sorted(self.bodies.items())},
            "files": {name: file._asdict() for name, file in sorted(self.files.items())},
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decoded(cls, raw: bytes) -> Manifest:
        """Return what the bytes of the file say; raises ``ValueError`` for what is no manifest of this form."""
        found = _MANIFEST.validate_json(raw)
        for name in found.files:
            if (place := place_of(name)) and place.file != name:
                raise ValueError(name)
        return found


_MANIFEST = TypeAdapter(Manifest)


def storable(name: str) -> str:
    r"""Return the name of a file as text: bytes of it that are no UTF-8, which come as lone surrogates, as ``\xff``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def version_of(as_of: date, manifest: bytes) -> str:
    """Return the name of the version of a day that has a manifest."""
    return f"{as_of.isoformat()}-{sha256(manifest).hexdigest()[:_DIGITS]}"


def is_version(name: str) -> bool:
    """Say whether a name is one that a version has."""
    return _VERSION.fullmatch(name) is not None


@cache
def bucket_of(body: str) -> int:
    """Return the number of the bucket, from 0, in which the rows of a body are."""
    return sha256(search_key(body).encode()).digest()[0] % BUCKETS


class Place(NamedTuple):
    """Where rows are: the table, the year and the bucket of a file."""

    table: str
    year: int
    bucket: int

    @property
    def file(self) -> str:
        """The name of the file, from the version's folder on."""
        return f"{self.table}/{self.year}/{self.bucket:02}.parquet"


def place_of(file: str) -> Place | None:
    """Return the place whose rows a file has; None for one that has no rows by year and bucket."""
    if file == FAULTS_FILE:
        return None
    table, year, bucket = file.removesuffix(".parquet").split("/")
    return Place(table, int(year), int(bucket))
