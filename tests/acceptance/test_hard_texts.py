"""Every text that a ledger takes, as a title and as a report, comes out of each file of an office as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from conftest import Run
from naughty import TEXTS
from reformledger import load_book
from reformledger.errors import DataError
from reformledger.text.masking import mask_phones
from texts import LEDGER_HEAD

_LONGEST = 5_000  # longer ones are tried by each format, and would make this table a book


def _ledger(folder: Path, texts: list[str]) -> Path:
    """Write a ledger of one entry a text, which is its title and what was reported on it."""
    rows = [
        f"          - id: task-{number}\n            title: {quoted}\n            due: 2020年12月\n"
        f"            progress:\n              - {{date: 2020-06-30, text: {quoted}}}\n"
        for number, quoted in enumerate((json.dumps(text, ensure_ascii=False) for text in texts), 1)
    ]
    path = folder / "ledger_2020.yaml"
    path.write_text(LEDGER_HEAD + "".join(rows), encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """Return a ledger of all texts that may be in one, and how they are in it, phone numbers masked."""
    texts = [text for text in TEXTS if len(text) <= _LONGEST]
    folder = tmp_path_factory.mktemp("hard")
    while True:
        try:
            book = load_book(_ledger(folder, texts))
        except DataError as error:
            lines = (folder / "ledger_2020.yaml").read_text(encoding="utf-8").split("\n")
            refused = {_number(lines, fault.line) for fault in error.faults}
            texts = [text for number, text in enumerate(texts, 1) if number not in refused]
        else:
            break
    assert len(texts) > 300
    return folder, {mask_phones(entry.data.title) for entry in book.entries}


def _number(lines: list[str], line: int) -> int:
    """Return the number of the entry in which a line is."""
    head = next(text for text in reversed(lines[:line]) if "- id: task-" in text)
    return int(head.rpartition("-")[2])


def _of_workbook(path: Path) -> set[str]:
    from openpyxl import load_workbook

    return {cell.value for sheet in load_workbook(path) for row in sheet for cell in row if isinstance(cell.value, str)}


def _openpyxl_reads(text: str) -> bool:
    return "x005F_" not in text  # it takes that out of any text; test_xlsx reads those by the rule of ECMA-376


def _of_document(path: Path) -> set[str]:
    from docx import Document

    return {cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells}


def _of_page(path: Path) -> set[str]:
    html = import_module("lxml.html")
    parsed = html.fromstring(path.read_bytes().decode())
    return {"".join(cell.itertext()) for cell in parsed.iter("td")}


READERS: dict[str, Callable[[Path], set[str]]] = {"xlsx": _of_workbook, "docx": _of_document, "html": _of_page}


@pytest.mark.parametrize("ending", READERS)
def test_titles_and_reports_are_read_back(run: Run, taken: tuple[Path, set[str]], tmp_path: Path, ending: str) -> None:
    data, texts = taken
    if ending == "xlsx":
        texts = set(filter(_openpyxl_reads, texts))
    for name, question in {"titles": ["list"], "reports": ["reports", "--text", "--period", "2020年6月"]}.items():
        file = tmp_path / f"{name}.{ending}"
        done = run(*question, "--as-of", "2020-07-01", "--data", str(data), "-o", str(file))
        assert done.code == 0, done.err
        assert texts - READERS[ending](file) == set(), name
