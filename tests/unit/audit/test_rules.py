"""Every rule on files that have its fault and on files that have not.

The examples on the pages (``src/reformledger/audit/pages``) and every file or folder ``ledgers/RL101/{bad,good}*``
are cases. A bad one names in a comment the codes that are found on the line, and may quote what is underlined
(``# RL101 `7项` ``); nothing else is found. In a good one nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

from conftest import LEDGERS
from reformledger import load_book
from reformledger.audit.finding import Finding
from reformledger.audit.page import page
from reformledger.audit.rule import all_rules
from reformledger.audit.run import audit, faults_report
from reformledger.errors import DataError
from reformledger.files import journal
from reformledger.files.change import FileChange
from reformledger.files.journal import Written
from reformledger.written import marks_of
from reformledger.yamlio import read_yaml

FOLDER = LEDGERS
AS_OF = date(2020, 10, 1)
CODES = ["RL000", *(rule.code for rule in all_rules())]
MARKER = re.compile(r"(RL[0-9]{3})(?: `([^`]*)`)?")
NAMED = re.compile(r"# (\S+\.yaml)\n")
KIND = re.compile("^kind: ([a-z]+)$", re.MULTILINE)


class Marked(NamedTuple):
    """A finding: file, line and code, and the text that is underlined ("" where that is not said)."""

    file: str
    line: int
    code: str
    underlined: str


class Case(NamedTuple):
    """A ledger of one or several files."""

    name: str
    files: dict[str, str]

    @property
    def marked(self) -> list[Marked]:
        """What is to be found, in the order of files and lines."""
        return sorted(
            Marked(name, number, code, quote)
            for name, text in self.files.items()
            for number, line in enumerate(text.split("\n"), 1)
            for code, quote in MARKER.findall(line.partition("# ")[2])
        )


def _of_pages(side: str) -> Iterator[Case]:
    for code in CODES:
        documents = getattr(page(code, "en"), side)
        names = [
            name[1] if (name := NAMED.match(text)) else f"{KIND.search(text)[1]}.yaml"  # type: ignore[index]
            for text in documents
        ]
        yield Case(f"page-{code}", dict(zip(names, documents, strict=True)))


def _of_files(side: str) -> Iterator[Case]:
    for path in sorted(FOLDER.glob(f"RL*/{side}*")):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield Case(f"{path.parent.name}-{path.stem}", {file.name: file.read_text(encoding="utf-8") for file in files})


def str_of(case: Case) -> str:
    return case.name


def _underlined(finding: Finding) -> str:
    place = finding.place
    assert place.end_column is not None
    return place.source[place.column - 1 : place.end_column - 1]


BAD = [*_of_pages("wrong"), *_of_files("bad")]
GOOD = [*_of_pages("right"), *_of_files("good")]


def _remember_right(case: Case) -> None:
    """Let the records of the right example be what was recorded here: the wrong one is an older copy, saved over it."""
    for name, text in next(right for right in _of_pages("right") if right.name == case.name).files.items():
        path = Path(name)
        records = cast("dict[str, Any]", read_yaml(text.encode()).data)["parts"][0]["tables"][0]["rows"][0]
        wrote = [Written(path, records["id"], mark, "reformledger …") for mark in marks_of(records)]
        journal.confirm(journal.remember([FileChange(path, b"", text.encode())], wrote))


def _findings(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, as_of: tuple[date, ...] = (AS_OF,)
) -> list[Finding]:
    monkeypatch.chdir(folder)
    for name, text in case.files.items():
        Path(name).write_text(text, encoding="utf-8", newline="")
    if case.name == "page-RL015":
        _remember_right(case)
    try:
        book = load_book(".")
    except DataError as error:
        return list(faults_report(error).findings)
    return [finding for day in as_of for finding in audit(book, day).open]


@pytest.mark.parametrize("case", BAD, ids=str_of)
def test_fault_is_found_where_it_stands(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(case, tmp_path, monkeypatch)
    places = sorted((f.place.file, f.place.line, f.code) for f in found)
    assert places == [mark[:3] for mark in case.marked], "\n".join(map(str, found))


@pytest.mark.parametrize("case", [case for case in BAD if any(mark.underlined for mark in case.marked)], ids=str_of)
def test_what_is_wrong_is_underlined(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Marked(f.place.file, f.place.line, f.code, _underlined(f)) for f in _findings(case, tmp_path, monkeypatch)]
    assert [mark for mark in case.marked if mark.underlined and mark not in found] == []


@pytest.mark.parametrize("case", GOOD, ids=str_of)
def test_nothing_is_found_where_nothing_is_wrong(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _findings(case, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("case", [*BAD, *GOOD], ids=str_of)
def test_each_rule_alone_finds_what_it_finds_beside_all_others(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if all(mark.code == "RL000" for mark in case.marked) and case in BAD:
        return  # what cannot be read is found before any rule is chosen
    _findings(case, tmp_path, monkeypatch)
    book = load_book(".")
    together = audit(book, AS_OF).findings
    for rule in all_rules():
        assert list(audit(book, AS_OF, [rule]).findings) == [each for each in together if each.code == rule.code]


@pytest.mark.parametrize("case", BAD, ids=str_of)
def test_bad_file_marks_the_code_that_it_stands_for(case: Case) -> None:
    code = re.search("RL[0-9]{3}", case.name)
    assert code is not None
    assert code[0] in {mark.code for mark in case.marked}


DECLARATIONS = [(rule.code, what) for rule in all_rules() for what in rule.declared_by]


@pytest.mark.parametrize(("code", "declaration"), DECLARATIONS)
def test_declaration_and_nothing_else_silences_its_rule(
    code: str, declaration: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = re.compile(f"^ *{re.escape(declaration.partition('{')[0].strip())}.*\n", re.MULTILINE)
    declared = [case for case in GOOD if case.name.startswith(f"{code}-good_declared")]
    assert declared
    for case in declared:
        without = Case(case.name, {name: line.sub("", text) for name, text in case.files.items()})
        assert without != case
        assert code in {finding.code for finding in _findings(without, tmp_path, monkeypatch)}


YEARS = tuple(AS_OF.replace(year=year) for year in range(2021, 2024))


@pytest.mark.parametrize("case", [*BAD, *GOOD], ids=str_of)
def test_no_error_or_warning_comes_because_days_have_passed(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = {(f.code, f.place) for f in _findings(case, tmp_path, monkeypatch) if f.fails}
    later = {(f.code, f.place) for f in _findings(case, tmp_path, monkeypatch, YEARS) if f.fails}
    assert later - now == set()
