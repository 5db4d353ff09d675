"""What a version of a data set says of itself: its day, its files by their digests, and what was read of each body."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from reformledger.model.documents import Directory, DirectoryEntry
from reformledger.roles import Names
from reformledger.text.folding import search_key

FORMAT = 1
"""The form of what is written here; another is not read."""
BUCKETS = 16
VERSIONS = "versions"
MANIFEST = "manifest.json"
FAULTS_FILE = "faults.parquet"
_DIGITS = 16
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

    ``years`` are those of its documents. ``names`` and ``headings`` are what ``roles.names_in`` and
    ``columns.headings_of`` find in its book. Of one that could not be read there is the number of its ``faults``, and
    nothing else.
    """

    folder: str
    digests: Mapping[str, str] = {}
    entries: int = 0
    years: Sequence[int] = ()
    names: PlainNames = ((), {}, {})
    headings: Sequence[Any] = ()
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

    def encoded(self) -> bytes:
        """Return the bytes of the file: of the same data always the same."""
        plain = {
            "format": FORMAT,
            **self._asdict(),
            "as_of": self.as_of.isoformat(),
            "bodies": {name: body._asdict() for name, body in self.bodies.items()},
            "files": {name: file._asdict() for name, file in self.files.items()},
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def decoded(cls, raw: bytes) -> Manifest:
        """Return what the bytes of the file say; raises ``ValueError`` for what is no manifest of this form."""
        try:
            plain = json.loads(raw)
            if plain.pop("format") != FORMAT:
                raise ValueError("another form")
            bodies = {name: BodyRecord(**body) for name, body in plain.pop("bodies").items()}
            files = {name: FileRecord(**file) for name, file in plain.pop("files").items()}
            day, asked = date.fromisoformat(plain.pop("as_of")), tuple(plain.pop("asked"))
            return cls(as_of=day, asked=asked, bodies=bodies, files=files, **plain)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(str(error)) from None

    @property
    def version(self) -> str:
        """The name of the version, by which what is written here is told from what anybody else wrote."""
        return version_of(self.as_of, self.encoded())


def version_of(as_of: date, manifest: bytes) -> str:
    """Return the name of the version of a day that has a manifest."""
    return f"{as_of.isoformat()}-{sha256(manifest).hexdigest()[:_DIGITS]}"


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
