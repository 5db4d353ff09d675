"""Why a source is refused and what to do, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reformledger.errors import display_name
from reformledger.exchange.reading.package import OTHER_SPREADSHEETS, OWNER_MARK, refuse_file
from reformledger.exchange.tables import Refused
from reformledger.i18n import _, sentences

TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})
TABLES = frozenset({".csv", ".tsv"})
READ = frozenset({*TEXTS, *TABLES, ".docx", ".xlsx"})
"""The endings of the files that are read."""
_DOCUMENTS = frozenset({
    ".doc", ".dot", ".docm", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt", ".fodt", ".pages", ".htm", ".html",
    ".mht", ".mhtml", ".xml",
})  # fmt: skip
_PAGES = frozenset({".pdf", ".ofd", ".ceb", ".caj", ".xps", ".oxps"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"})
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tar", ".eml", ".msg"})


def refused(file: Path, message: str, advice: str) -> Refused:
    """Return the refusal of a file."""
    return Refused(file, display_name(file), message, advice)


def refuse_source(file: Path) -> Refused | None:
    """Return why a file is not read, whatever is in it: by what it is, its size and the ending of its name."""
    if file.name.startswith(OWNER_MARK):
        message = _("This is only the mark of an office program that a file is open.")
        return refused(file, message, _("Name the file itself."))
    if refused_file := refuse_file(file):
        with suppress(OSError):
            if file.is_dir():
                return refused(file, _("This is a folder."), _("Name the files in it that are to be read."))
            if file.is_file() and not file.stat().st_size:
                return refuse_blank(file)
        return refused_file
    ending = file.suffix.lower()
    if ending in READ:
        return None
    message = _("Files that end in {ending} are not read.") if ending else _("The name of this file has no ending.")
    return refused(file, message.format(ending=file.suffix), _what_to_do(ending))


def refuse_blank(file: Path, remarks: Sequence[str] = ()) -> Refused:
    """Return the refusal of a file without any text; ``remarks`` say what it may hold instead, such as pictures."""
    message = sentences(_("No text is in this file."), *remarks)
    return refused(file, message, _("Check whether it is the right one, and whether it was saved."))


def _what_to_do(ending: str) -> str:
    if ending in OTHER_SPREADSHEETS:
        return _("Open it in Excel or WPS and save it as .xlsx.")
    if ending in _DOCUMENTS:
        return _("Open it in Word or WPS and save it as .docx.")
    if ending in _PAGES:
        return _("Copy its text into a file that ends in .txt, or open it in WPS or Word and save it as .docx.")
    if ending in _PICTURES:
        return _("Have its text recognised, and copy that into a file that ends in .txt.")
    if ending in _ARCHIVES:
        return _("Unpack it, and name the files that were in it.")
    return _("Name a file that ends in {endings}.").format(endings=_(", ").join(sorted(READ)))
