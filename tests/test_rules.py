"""Every rule on files that have its fault and on files that have not.

The examples on the pages (``src/reformledger/audit/pages``) and every file or folder ``ledgers/RL101/{bad,good}*``
are cases. A bad one names in a comment the codes that are found on the line, with or without the column
(``# RL101`` or ``# RL101:14``), and nothing else is found; in a good one nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from reformledger.api import load_book
from reformledger.audit.finding import Finding
from reformledger.audit.groups import all_rules
from reformledger.audit.page import page
from reformledger.audit.run import audit, faults_report
from reformledger.errors import DataError

FOLDER = Path(__file__).parent / "ledgers"
AS_OF = date(2020, 10, 1)
CODES = ["RL000", *(rule.code for rule in all_rules())]
MARKER = re.compile(r"RL[0-9]{3}(?::[0-9]+)?")
KIND = re.compile("^kind: ([a-z]+)$", re.MULTILINE)


class Case(NamedTuple):
    """A ledger of one or several files."""

    name: str
    files: dict[str, str]

    @property
    def marked(self) -> set[tuple[str, int, str]]:
        """File, line and code of all that is to be found, the column with the code where it is given."""
        return {
            (name, number, marker)
            for name, text in self.files.items()
            for number, line in enumerate(text.split("\n"), 1)
            for marker in MARKER.findall(line.partition("# ")[2])
        }


def _of_pages(side: str) -> Iterator[Case]:
    for code in CODES:
        documents = getattr(page(code, "en"), side)
        names = [f"{KIND.search(text)[1]}.yaml" for text in documents]  # type: ignore[index]
        yield Case(f"page-{code}", dict(zip(names, documents, strict=True)))


def _of_files(side: str) -> Iterator[Case]:
    for path in sorted(FOLDER.glob(f"RL*/{side}*")):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield Case(f"{path.parent.name}-{path.stem}", {file.name: file.read_text(encoding="utf-8") for file in files})


BAD = [*_of_pages("wrong"), *_of_files("bad")]
GOOD = [*_of_pages("right"), *_of_files("good")]


def _findings(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    monkeypatch.chdir(folder)
    for name, text in case.files.items():
        Path(name).write_text(text, encoding="utf-8", newline="")
    try:
        book = load_book(".")
    except DataError as error:
        return list(faults_report(error).findings)
    return list(audit(book, AS_OF).open)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_fault_is_found_where_it_stands(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(case, tmp_path, monkeypatch)
    with_column = {(f.place.file, f.place.line, f"{f.code}:{f.place.column}") for f in found}
    with_column = {item if item in case.marked else (*item[:2], item[2].partition(":")[0]) for item in with_column}
    assert with_column == case.marked, "\n".join(map(str, found))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_nothing_is_found_where_nothing_is_wrong(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _findings(case, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_file_marks_the_code_that_it_stands_for(case: Case) -> None:
    code = re.search("RL[0-9]{3}", case.name)
    assert code is not None
    assert code[0] in {marker.partition(":")[0] for _file, _line, marker in case.marked}
