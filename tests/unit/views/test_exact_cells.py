"""What a cell of the data is in CSV, Markdown and JSON: in CSV guarded, and said so; elsewhere as it is."""

from __future__ import annotations

import csv
import html
import json
import re
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import Run, speak
from reformledger.views.answer import Answer, Column, RowGroup, Sheet
from reformledger.views.formats.registry import ANSWERS, print_answer
from reformledger.views.output import Output
from texts import LEDGER_HEAD

HOSTILE = [
    "甲;=1+1", "甲,=1+1", '甲"";=1+1', "=1+1", "+1", "-甲", "@SUM(A1)", "＝1+1", "＋1", "－甲", "＠甲", "\n=1",
    "甲\n=1+1", "甲\u200b乙", "\u202e甲", "=甲\u200b", "-3", "", "'甲", "a&lt;b", "&#x202e;", "*甲*_乙_", "<b>",
    "a|b\\|c", "~~甲~~", "[甲](乙)", "`甲`", "&", "R&D;",
]  # fmt: skip
GUARDED = {"=1+1", "+1", "-甲", "@SUM(A1)", "＝1+1", "＋1", "－甲", "＠甲", "\n=1", "=甲\u200b"}
UNSEEN = {"甲\u200b乙", "\u202e甲", "=甲\u200b"}
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Cf", "Zs"]) | st.sampled_from("=+-@;,\"'&#x;|\\*\n"))


def sheet_of(texts: list[str]) -> Sheet:
    rows = [[f"task-{number}", text] for number, text in enumerate(texts, 1)]
    return Sheet(None, [Column("id", "ID"), Column("title", "Title")], rows)


def answer_of(*sheets: Sheet) -> Answer:
    return Answer(lambda: [list(row) for sheet in sheets for row in sheet.rows], lambda _purpose: sheets)


def made(name: str, answer: Answer) -> str:
    return ANSWERS.by_name[name].load().content(answer, reveal=True).decode()


def in_csv(text: str) -> str:
    shown = text.replace("\u200b", r"\u200b").replace("\u202e", r"\u202e")
    return f"'{shown}" if text in GUARDED else shown


def split_outside_quotes(text: str, separator: str) -> list[str]:
    return re.split(rf'{separator}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def test_cells_come_back_from_csv() -> None:
    answer = answer_of(sheet_of(HOSTILE))
    rows = list(csv.reader(StringIO(made("csv", answer), newline="")))
    assert rows == [["ID", "Title"], *([f"task-{n}", in_csv(text)] for n, text in enumerate(HOSTILE, 1))]


@given(st.lists(TEXTS, max_size=4))
def test_every_cell_of_csv_is_quoted(texts: list[str]) -> None:
    content = made("csv", answer_of(sheet_of(texts)))
    # Whoever takes ; for the separator and honours quotes finds one cell a line, and none that begins unquoted.
    assert split_outside_quotes(content, ";") == [content]
    lines = split_outside_quotes(content.removesuffix("\r\n"), "\r\n")
    assert len(lines) == len(texts) + 1
    assert all(re.fullmatch(r'"(?:[^"]|"")*","(?:[^"]|"")*"', line) for line in lines)


def test_a_blank_line_parts_sheets_and_their_titles_are_guarded_too() -> None:
    sheet = Sheet("=甲", [Column("id", "ID")], [], [RowGroup("+乙", [["task-1"]])], group_heading="组")
    content = made("csv", answer_of(sheet, sheet))
    part = '"\'=甲","组","ID"\r\n"\'=甲","\'+乙","task-1"\r\n'
    assert content == f"{part}\r\n{part}"


def said(answer: Answer, file: Path | None = None, name: str = "csv") -> str:
    err = BytesIO()
    stream = TextIOWrapper(err, "utf-8")
    print_answer(answer, ANSWERS.by_name[name], Output(TextIOWrapper(BytesIO(), "utf-8"), stream), file)
    stream.flush()
    return err.getvalue().decode()


@pytest.mark.parametrize("to_file", [False, True])
def test_what_csv_changes_is_said_once(to_file: bool, tmp_path: Path) -> None:
    sentence = said(answer_of(sheet_of(["甲", *HOSTILE])), tmp_path / "a.csv" if to_file else None)
    (line,) = sentence.splitlines()
    assert line.startswith(f"{len(GUARDED | UNSEEN)} cells of the CSV differ from the data (")
    assert "an apostrophe before what could be a formula, invisible characters written out" in line
    assert line.endswith("columns “Title”, first row task-5.")


def test_what_csv_changes_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    (line,) = said(answer_of(sheet_of(["甲", "=1"]))).splitlines()
    assert line == "CSV 中有 1 个单元格与数据不同（可能被当成公式的内容前加了撇号）：栏目“Title”，首见于 task-2 一行。"


@pytest.mark.parametrize("texts", [[], ["甲;=1+1", "-3", "'甲"], ["13908146584"]])
def test_nothing_is_said_where_nothing_is_changed(texts: list[str]) -> None:
    assert said(answer_of(sheet_of(texts))) == ""


@pytest.mark.parametrize("name", ["json", "md", "table"])
def test_other_formats_change_nothing_and_say_nothing(name: str) -> None:
    assert said(answer_of(sheet_of(HOSTILE)), name=name) == ""


@given(st.lists(TEXTS, max_size=4))
def test_json_holds_the_data(texts: list[str]) -> None:
    answer = answer_of(sheet_of([*texts, *HOSTILE]))
    assert json.loads(made("json", answer)) == answer.json()


@given(TEXTS | st.sampled_from(HOSTILE))
def test_markdown_shows_the_data(text: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render(made("md", answer_of(sheet_of([f"甲{text}乙"]))))
    cell = page.split("<td>")[2].split("</td>")[0]
    assert html.unescape(re.sub("<(?!br>)[^>]*>", "", cell).replace("<br>", "\n")) == f"甲{text}乙"


def test_a_command_says_it_on_stderr(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(LEDGER_HEAD + '          - {id: task-1, title: "=1+1"}\n', encoding="utf-8")
    ran = run("list", "--data", str(path), "-f", "csv", "--columns", "id,title")
    assert ran.out == '"ID","Title"\r\n"task-1","\'=1+1"\r\n'
    assert ran.err.endswith("column “Title”, row task-1.\n")
    assert run("list", "-f", "csv").err == ""
