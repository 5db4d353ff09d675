"""What a file is, seen from outside: its name, its size, its first bytes and the directory of the zip.

Nothing is unpacked here, so that a hostile file costs nothing.
"""

from __future__ import annotations

import stat
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from reformledger.exchange.reading.refusals import MIB, MOST_BYTES, refusal
from reformledger.exchange.tables import Refused

OTHER_SPREADSHEETS = frozenset({
    ".xls", ".xlt", ".xlsm", ".xltx", ".xltm", ".xlsb", ".et", ".ett", ".ods", ".ots", ".fods", ".numbers", ".csv",
    ".tsv",
})  # fmt: skip
"""The endings of spreadsheets that may hold what a department filled in, and are not read."""


class Package(NamedTuple):
    """A kind of package: how its files end, and a pattern of the name of its main part."""

    ending: str
    main: str


WORKBOOK = Package(".xlsx", "xl/workbook.xml")
DOCUMENT = Package(".docx", "word/document*.xml")
OWNER_MARK = "~$"
"""How the name of the file begins by which Excel and WPS remember who has a workbook open."""
_MOST_PARTS = 2_000
_MOST_OF_PART, _MOST_OF_ALL = 64 * MIB, 128 * MIB
_MOST_RATIO, _SMALL_PART = 200, MIB
_OLE_MARK = bytes.fromhex("D0CF11E0A1B11AE1")
"""How an OLE file begins ([MS-CFB] 2.2): .xls, .et, and a workbook with a password."""
_PASSWORD_MARK = "EncryptedPackage".encode("utf-16-le")
"""The stream of an OLE file that holds an encrypted workbook ([MS-OFFCRYPTO] 2.3.4.4)."""
_IS_ENCRYPTED = 0x1


def refuse_file(file: Path) -> Refused | None:
    """Return why a file is not opened, whatever is in it: it is not there, no file, empty or too large."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            return refusal(file, "irregular")
        if not found.st_size:
            return refusal(file, "empty")
        if found.st_size > MOST_BYTES:
            return refusal(file, "large")
        with file.open("rb"):
            return None
    except PermissionError:
        return refusal(file, "denied")
    except (OSError, ValueError):
        return refusal(file, "missing")


def refuse_package(file: Path, wanted: Package = WORKBOOK) -> Refused | None:
    """Return why a file is refused that is said to be a package, a workbook that came back; None for one to open."""
    if file.name.startswith(OWNER_MARK):
        return refusal(file, "owner", file.name.removeprefix(OWNER_MARK))
    if refused := refuse_file(file):
        return refused
    if file.suffix.lower() != wanted.ending:
        return refusal(file, "format", file.suffix or file.name)
    try:
        with file.open("rb") as opened:
            if opened.read(len(_OLE_MARK)) == _OLE_MARK:
                return refusal(file, "password" if _PASSWORD_MARK in opened.read() else "old")
        with ZipFile(file) as archive:
            return _refuse_parts(file, archive.infolist(), wanted)
    except (BadZipFile, ValueError, NotImplementedError):  # no zip; odd names or numbers in it; a newer kind of it
        return refusal(file, "other")
    except OSError:
        return refusal(file, "unreadable")


def _refuse_parts(file: Path, parts: list[ZipInfo], wanted: Package) -> Refused | None:
    if len(parts) > _MOST_PARTS:
        return refusal(file, "parts")
    if any(map(_is_bloated, parts)) or sum(part.file_size for part in parts) > _MOST_OF_ALL:
        return refusal(file, "unpacked")
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if ".." in path.parts or path.is_absolute():
            return refusal(file, "name", part.filename)
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        return refusal(file, "password")
    if not any(fnmatchcase(part.filename, wanted.main) for part in parts):
        return refusal(file, "other")
    return None


def _is_bloated(part: ZipInfo) -> bool:
    ratio = part.file_size / max(part.compress_size, 1)
    return part.file_size > _MOST_OF_PART or (part.file_size > _SMALL_PART and ratio > _MOST_RATIO)
