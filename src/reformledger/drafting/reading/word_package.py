"""A Word document before the library opens it: only what is bounded, and declares nothing odd, goes on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from reformledger.exchange.reading.package import DOCUMENT, refuse_package
from reformledger.exchange.reading.refusals import refusal
from reformledger.exchange.tables import Refused

_MOST_ELEMENTS = 1_000_000
"""Elements of all parts: a table of 5,000 rows and ten columns has so many."""
_DEEPEST = 250
"""Elements within one another: the library takes 256."""


class _UnfitError(Exception):
    """A part that declares a document type, with its name; else one that has too many elements, or too deep ones."""


def refuse_word(file: Path) -> Refused | None:
    """Return why a file is refused that is said to be a Word document; None for one that may be opened."""
    if refused := refuse_package(file, DOCUMENT):
        return refused
    count = _Count()
    try:
        with ZipFile(file) as archive:
            for name in archive.namelist():
                if name.lower().endswith((".xml", ".rels")):
                    count.add(archive.read(name))
    except _UnfitError as unfit:
        return refusal(file, "doctype" if unfit.args else "many", *unfit.args)
    # no zip, a damaged part or one that ends early; odd names or numbers; a newer kind of it
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return refusal(file, "unreadable")
    return None


class _Count:
    """The elements of the parts that were added."""

    def __init__(self) -> None:
        self._all = self._depth = 0

    def add(self, part: bytes) -> None:
        """Count those of a part; one that is no XML is left to the library. Raises ``_UnfitError``."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._depth = 0
        with suppress(expat.ExpatError):
            parser.Parse(part, True)

    def _refuse_doctype(self, name: str, *_ids: object) -> None:
        raise _UnfitError(name)

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._all += 1
        self._depth += 1
        if self._all > _MOST_ELEMENTS or self._depth > _DEEPEST:
            raise _UnfitError

    def _end(self, _name: str) -> None:
        self._depth -= 1
