"""The registry of formats: what a format needs to be printed by every command, and by which words it is found."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from conftest import Run
from reformledger.errors import UsageError
from reformledger.views.answer import Answer, Column, Purpose, Sheet
from reformledger.views.formats.registry import ANSWERS, FINDINGS, Format, FormatRow, Formats, print_answer
from reformledger.views.output import Output


class Tiny(Format[Answer]):
    """One sentence a table: its columns, and how many rows it has."""

    file_mark = b"%tiny\n"

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        lines = (f"{[column.key for column in sheet.columns]} {len(sheet.rows)}" for sheet in answer.sheets("document"))
        return "\n".join(lines).encode()


class Packed(Format[Answer]):
    """Bytes that are no text."""

    binary = True

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        return b"PK\x03\x04\xff"


TINY = FormatRow("tiny", (".tiny", ".tn"), f"{__name__}:Tiny")
PACKED = FormatRow("packed", (".packed",), f"{__name__}:Packed")
ANSWER = Answer(lambda: {"n": 1}, lambda purpose: [Sheet(purpose, [Column("a", "A")], [["甲"]])])


@pytest.fixture
def with_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a format to those of answers."""
    monkeypatch.setattr(ANSWERS, "rows", (*ANSWERS.rows, TINY))


@pytest.mark.usefixtures("with_tiny")
@pytest.mark.parametrize("ending", [".tiny", ".TN"])
def test_a_new_row_is_a_format_by_its_endings(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"answer{ending}"
    assert run("list", "--kind", "review", "-o", str(file)).code == 0
    columns = ["id", "due", "status", "leaders", "lead_departments", "title", "star"]
    assert file.read_text(encoding="utf-8") == f"%tiny\n{columns} 1"  # the notice has one review


@pytest.mark.usefixtures("with_tiny")
def test_a_new_row_is_a_format_by_its_name(run: Run) -> None:
    # A pipe gets no mark of a file.
    assert run("star", "-f", "tiny").out.startswith("['id', 'due', 'days'")


@pytest.mark.usefixtures("with_tiny")
def test_a_new_row_is_named_to_who_looks_for_a_format(run: Run, tmp_path: Path) -> None:
    done = run("list", "-o", str(tmp_path / "answer.xyz"))
    assert (done.code, ".tiny, .tn" in done.err) == (2, True)
    assert ", tiny" in run("list", "-f", "q").err


@pytest.mark.parametrize("row", [*ANSWERS.rows, *FINDINGS.rows], ids=lambda row: row.name)
def test_every_row_leads_to_its_format(row: FormatRow) -> None:
    assert isinstance(row.load(), Format)


@pytest.mark.parametrize("formats", [ANSWERS, FINDINGS])
def test_names_and_endings_are_those_of_one_format_each(formats: Formats) -> None:
    endings = [ending for row in formats.rows for ending in row.endings]
    assert len(set(endings)) == len(endings)
    assert len(formats.by_name) == len(formats.rows)


@pytest.mark.parametrize(
    ("name", "purpose"), [("table", "screen"), ("csv", "spreadsheet"), ("md", "document"), ("json", None)]
)
def test_each_format_asks_for_its_purpose(name: str, purpose: str | None) -> None:
    asked: list[Purpose] = []

    def sheets(purpose: Purpose) -> list[Sheet]:
        asked.append(purpose)
        return []

    answer = Answer(lambda: None, sheets)
    ANSWERS.by_name[name].load().content(answer, reveal=False)
    assert asked == ([] if purpose is None else [purpose])


@pytest.mark.parametrize("name", ["table", "csv", "md"])
def test_a_phone_number_is_masked_unless_revealed(name: str) -> None:
    answer = Answer(lambda: None, lambda _purpose: [Sheet(None, [Column("a", "A")], [["13908146584"]])])
    made = ANSWERS.by_name[name].load()
    assert b"13908146584" not in made.content(answer, reveal=False)
    assert b"13908146584" in made.content(answer, reveal=True)


class _Terminal(TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_a_binary_format_goes_into_a_pipe_or_a_file_and_to_no_terminal(tmp_path: Path) -> None:
    shown, piped = BytesIO(), BytesIO()
    screen, pipe = _Terminal(shown), TextIOWrapper(piped)
    with pytest.raises(UsageError, match="--output"):
        print_answer(ANSWER, PACKED, Output(screen, None), None)
    assert shown.getvalue() == b""
    print_answer(ANSWER, PACKED, Output(pipe, None), None)
    print_answer(ANSWER, PACKED, Output(screen, None), tmp_path / "a.packed")
    assert piped.getvalue() == (tmp_path / "a.packed").read_bytes() == b"PK\x03\x04\xff"


def test_json_takes_no_sheet_of_an_answer() -> None:
    assert json.loads(ANSWERS.by_name["json"].load().content(ANSWER, reveal=False)) == {"n": 1}


def test_a_missing_extra_is_one_sentence_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)  # as if it were not installed
    monkeypatch.delitem(sys.modules, "reformledger.views.formats.xlsx", raising=False)
    with pytest.raises(UsageError) as caught:
        ANSWERS.by_name["xlsx"].load()
    assert str(caught.value) == (
        'This needs the extra “office”, of which xlsxwriter is not installed. Run: pip install "reformledger[office]"'
    )


def test_what_is_missing_of_ours_is_no_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError):
        FormatRow("none", (), "reformledger.views.formats.none:None", "office").load()


@pytest.mark.parametrize(("format", "name"), [("docx", "x.xlsx"), ("csv", "x.XLSX"), ("html", "x.csv")])
def test_a_format_that_the_ending_contradicts_is_refused(run: Run, tmp_path: Path, format: str, name: str) -> None:
    done = run("list", "-f", format, "-o", str(tmp_path / name))
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert format in done.err


def test_a_name_without_ending_is_in_the_format_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("list", "-f", "xlsx", "-o", str(tmp_path / "answer")).code == 0
    assert (tmp_path / "answer").read_bytes()[:2] == b"PK"


def test_check_says_of_an_ending_of_other_answers_that_it_is_none_of_its_own(run: Run, tmp_path: Path) -> None:
    done = run("check", "-o", str(tmp_path / "x.ics"))
    assert done.code == 2
    assert done.err.startswith("This answer is not written as .ics.")
