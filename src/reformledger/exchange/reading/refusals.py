"""Why a file is refused and what to do, in the user's language: one table for what either process finds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from reformledger.errors import display_name
from reformledger.exchange.tables import Refused
from reformledger.i18n import _

MIB = 2**20
MOST_BYTES = 20 * MIB
"""Bytes of a file."""
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 500, 400_000
"""Rows and columns in which something may be, and cells of a worksheet: far more than any form or table of a bureau."""

Reason = Literal[
    "missing", "denied", "irregular", "empty", "large", "owner", "format", "old", "password", "other", "parts",
    "unpacked", "name", "doctype", "far", "many", "unreadable", "slow", "utf16", "binary", "quote",
    "encoding",
]  # fmt: skip


def refusal(file: Path, reason: Reason, detail: str = "") -> Refused:
    """Return the refusal of a file; ``detail`` is the cell, line, ending or name that it is about."""
    message, advice = (_of_documents(reason) if file.suffix.lower() == ".docx" else None) or _sentences(reason)
    place = f"{display_name(file)}: {detail}" if reason == "far" else display_name(file)
    return Refused(file, place, message.format(detail=detail, size=MOST_BYTES // MIB), advice.format(detail=detail))


def _sentences(reason: Reason) -> tuple[str, str]:
    again = _("Open it in Excel or WPS and save it again as .xlsx.")
    asked = _("Ask for the file again.")
    cut = _("Delete pictures, and the rows, columns and sheets that hold nothing, and save it again.")
    return {
        "missing": (_("This file is not there."), _("Check its name.")),
        "denied": (_("This file may not be read."), _("Ask whoever has it for the right to read it.")),
        "irregular": (_("This is no file."), _("Name a workbook or a folder.")),
        "empty": (_("This file is empty."), asked),
        "large": (
            _("This file is larger than {size} MiB."),
            _("Take out pictures and attachments, and save it again."),
        ),
        "owner": (
            _("This is the mark of Excel or WPS that {detail} is open."),
            _("Close {detail} there, then try again."),
        ),
        "format": (_("Files that end in {detail} are not read."), again),
        "old": (_("This is a workbook of an old format, whatever its name says."), again),
        "password": (
            _("This workbook has a password."),
            _("Open it in Excel or WPS, remove the password, and save it again as .xlsx."),
        ),
        "other": (_("This is no .xlsx workbook, whatever its name says."), again),
        "parts": (_("This workbook has more parts than any that is filled in."), cut),
        "unpacked": (_("This workbook unpacks to far more than any that is filled in."), cut),
        "name": (_("This workbook names a part outside of itself: {detail}."), asked),
        "doctype": (_("This workbook declares a document type ({detail}), as no office program does."), again),
        "far": (_("Something is in this cell, far from everything that is filled in."), cut),
        "many": (_("This workbook has more cells or text than any that is filled in."), cut),
        "unreadable": (_("This file cannot be read as a workbook."), again),
        "slow": (_("This workbook takes too long to read."), cut),
        "utf16": (_("This table is encoded as UTF-16."), _("Save it again as “CSV UTF-8”, or as .xlsx.")),
        "encoding": (
            _("This table is not encoded as {detail}, or there is no such encoding."),
            _("Name the encoding in which it was saved, or save it again as “CSV UTF-8”, or as .xlsx."),
        ),
        "binary": (_("This is no table of text."), _("Save it again as “CSV UTF-8”, or as .xlsx.")),
        "quote": (
            _("A quotation mark in line {detail} is not closed, or something follows behind the closing one."),
            _("Write a quotation mark within a quoted cell twice."),
        ),
    }[reason]


def _of_documents(reason: Reason) -> tuple[str, str] | None:
    """Return what is said of Word documents alone; None where the same is said of workbooks."""
    again = _("Open it in Word or WPS and save it again as .docx.")
    cut = _("Take out pictures and attachments, and save it again.")
    return {
        "old": (_("This is a document of an old format, whatever its name says."), again),
        "password": (
            _("This document has a password."),
            _("Open it in Word or WPS, remove the password, and save it again as .docx."),
        ),
        "other": (_("This is no .docx document, whatever its name says."), again),
        "parts": (_("This document has more parts than any that an office writes."), cut),
        "unpacked": (_("This document unpacks to far more than any that an office writes."), cut),
        "name": (_("This document names a part outside of itself: {detail}."), _("Ask for the file again.")),
        "doctype": (_("This document declares a document type ({detail}), as no office program does."), again),
        "many": (_("This document holds more than any that an office writes."), cut),
        "unreadable": (_("This file cannot be read as a document."), again),
    }.get(reason)
