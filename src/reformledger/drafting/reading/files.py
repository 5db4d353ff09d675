"""The one door through which files become sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reformledger.drafting.reading.drawings import Drawn, drawn_in
from reformledger.drafting.reading.refusals import TABLES, TEXTS, refuse_blank, refuse_source, refused
from reformledger.drafting.reading.sheets import source_of_workbook
from reformledger.drafting.source import Source
from reformledger.errors import UsageError
from reformledger.exchange.reading.csv import read_csv
from reformledger.exchange.reading.files import read_files
from reformledger.exchange.tables import Refused
from reformledger.extras import import_with
from reformledger.i18n import _

_WORD = "reformledger.drafting.reading.word"


def refuse_options(files: Sequence[Path], encoding: str | None, separator: str | None) -> None:
    """Raise ``UsageError`` for an option that says something of files of which none is named."""
    endings = {file.suffix.lower() for file in files}
    for option, word, of in (("--encoding", encoding, TEXTS | TABLES), ("--separator", separator, TABLES)):
        if word is not None and not endings & of:
            message = _("{option} is for files that end in {endings}, and none is named.")
            message = message.format(option=option, endings=_(", ").join(sorted(of)))
            raise UsageError(message, _("Leave {option} out.").format(option=option))


def read_source(file: Path, *, encoding: str | None = None, separator: str | None = None) -> Source | Refused:
    """Return what is read of a file, or why nothing is.

    ``encoding`` is that of a text or CSV file, ``separator`` is between the cells of a CSV file: a character, or
    ``tab``. Raises ``UsageError`` where the extra is not installed that reads Word documents or workbooks.
    """
    if refusal := refuse_source(file):
        return refusal
    read = _read(file, encoding, separator)
    if isinstance(read, Source) and not read.text.strip():
        return refuse_blank(file, read.remarks)
    return read


def _read(file: Path, encoding: str | None, separator: str | None) -> Source | Refused:
    ending = file.suffix.lower()
    if ending in TEXTS:
        from reformledger.drafting.reading.text import read_text

        return read_text(file, encoding)
    if ending in TABLES:
        return _read_table(file, encoding, separator or ("tab" if ending == ".tsv" else None))
    if ending == ".docx":
        word: Source | Refused = import_with("office", _WORD).read_word(file)
        return word
    (workbook,) = read_files([file])
    return workbook if isinstance(workbook, Refused) else source_of_workbook(workbook, drawn_in(file))


def _read_table(file: Path, encoding: str | None, separator: str | None) -> Source | Refused:
    delimiter = "\t" if separator == "tab" else separator
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        message = _("“{separator}” is no character between cells.").format(separator=separator)
        return refused(file, message, _("Name one character, such as ; or |, or write: tab"))
    workbook = read_csv(file, encoding=encoding, delimiter=delimiter)
    if isinstance(workbook, Refused):
        return workbook
    # A CSV file has one sheet, which has no name.
    sheets = tuple(sheet._replace(name="") for sheet in workbook.sheets)
    return source_of_workbook(workbook._replace(sheets=sheets), Drawn([], has_pictures=False))
