"""Good and bad ledgers: every file under ``ledgers/reading`` is one case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import LEDGERS
from reformledger import load_book
from reformledger.errors import DataError

FOLDER = LEDGERS / "reading"
EXPECTED = re.compile(r"^# expect ([0-9]+):([0-9]+) (.+)$", re.MULTILINE)


@pytest.mark.parametrize("path", sorted((FOLDER / "good").iterdir()), ids=lambda path: path.stem)
def test_good_ledger_is_read(path: Path) -> None:
    book = load_book(path)
    assert book.documents


@pytest.mark.parametrize("path", sorted((FOLDER / "bad").iterdir()), ids=lambda path: path.stem)
def test_bad_ledger_is_refused_at_the_right_places(path: Path) -> None:
    expected = [
        (int(line), int(column), message)
        for line, column, message in EXPECTED.findall(path.read_text(encoding="utf-8"))
    ]
    with pytest.raises(DataError) as caught:
        load_book(path)
    faults = sorted(caught.value.faults, key=lambda fault: fault[1:3])
    said = [(f.line, f.column, f"{f.message} {f.advice}".strip()) for f in faults]
    assert len(said) == len(expected), said
    for (line, column, message), (said_line, said_column, sentence) in zip(sorted(expected), said, strict=True):
        assert (said_line, said_column) == (line, column), said
        assert sentence.startswith(message)
