"""What programs of offices make of a file: LibreOffice opens it, poppler reads the pages that it prints."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT = (f"{{{_OPEN}:{name}:1.0}}" for name in ("table", "text"))


def converted(file: Path, ending: str, folder: Path) -> Path:
    """Return what LibreOffice makes of a file, in ``folder``."""
    out = folder / "converted"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [_program("soffice"), profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return out / f"{file.stem}.{ending}"


def cells_shown(file: Path, folder: Path) -> list[list[str]]:
    """Return the texts of all rows of tables as LibreOffice has them (OpenDocument 1.3, 6.1 and 9.1)."""
    root = ElementTree.parse(converted(file, "fodt", folder)).getroot()
    rows = root.iter(f"{_TABLE}table-row")
    return [
        ["\n".join(map(_shown, cell.iter(f"{_TEXT}p"))) for cell in row.iter(f"{_TABLE}table-cell")] for row in rows
    ]


def _shown(node: ElementTree.Element) -> str:
    """Return the text of a paragraph or a piece of one."""
    name = node.tag.removeprefix(_TEXT)
    own = {"s": " " * int(node.get(f"{_TEXT}c", "1")), "tab": "\t", "line-break": "\n"}.get(name, node.text or "")
    return own + "".join(_shown(child) + (child.tail or "") for child in node)


def printed_pages(file: Path, folder: Path) -> list[str]:
    """Return the text of each page that LibreOffice prints of a file, without white space."""
    return [page.text for page in pages_of(converted(file, "pdf", folder).read_bytes())]


class PrintedPage(NamedTuple):
    """A page of a PDF: its text without white space."""

    text: str
    is_landscape: bool


def pages_of(pdf: bytes) -> list[PrintedPage]:
    """Return the pages of a PDF; its text in the order in which it was written."""
    texts = _said_of(pdf, "pdftotext", "-raw", "-enc", "UTF-8", "-", "-").split("\f")[:-1]
    sizes = re.findall(r"size: +([0-9.]+) x ([0-9.]+) pts", _said_of(pdf, "pdfinfo", "-l", str(len(texts)), "-"))
    return [
        PrintedPage("".join(text.split()), float(width) > float(height))
        for text, (width, height) in zip(texts, sizes, strict=True)
    ]


def _said_of(pdf: bytes, program: str, *arguments: str) -> str:
    done = subprocess.run([_program(program), *arguments], check=True, capture_output=True, input=pdf)
    return done.stdout.decode()


def _program(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    return program
