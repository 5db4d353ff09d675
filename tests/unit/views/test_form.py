"""The workbook that a department fills in: what can be written where, what is said there, and what it keeps."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import LEDGERS, speak
from naughty import REFUSED, TEXTS, TOO_LONG
from office import converted, pages_of
from reformledger import load_book
from reformledger.book import Book
from reformledger.errors import UsageError
from reformledger.exchange.form import HIDDEN_SHEET, Form, FormRow, columns_of, read_form
from reformledger.exchange.sending import Wanted, forms_of
from reformledger.views.form.workbook import form_workbook

Write = Callable[[str, str], Path]
DAY = date(2020, 6, 28)
HEAD = 4


def form_of(book: Book, department: str, day: date = DAY) -> Form:
    (form,) = forms_of(book, day, Wanted(departments=[department])).forms
    return form


def made_form(*rows: FormRow, department: str = "基教科") -> Form:
    return Form(
        ("要点",), "某局", 2020, department, None, DAY, None, "说明", "填报", columns_of(rows), rows
    )  # fmt: skip


def row(id: str = "task-1", role: Any = "lead", targets: tuple[str, ...] = (), **values: str) -> FormRow:
    return FormRow(id, f"2020/{id.partition('#')[0]}", role, {"id": id, **values}, "0" * 12, targets=targets)


def opened(content: bytes | Path) -> Any:
    return load_workbook(content if isinstance(content, Path) else BytesIO(content))


def kept(book: Any) -> list[str]:
    return [cell.value for (cell,) in book[HIDDEN_SHEET].iter_rows(max_col=1) if cell.value is not None]


def cells(sheet: Any, form: Form, number: int = 0) -> dict[str, Any]:
    """Return the cells of a row by the keys of their columns."""
    return {column.key: sheet.cell(HEAD + 1 + number, index) for index, column in enumerate(form.columns, 1)}


def limits(sheet: Any, cell: Any) -> Any:
    """Return the only validation of a cell."""
    (found,) = [one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref]
    return found


# --- what is kept and shown ----------------------------------------------------------------------------------


@pytest.mark.parametrize("department", ["基教科", "人事科", "东区教育和体育局"])
def test_what_is_shown_is_what_the_hidden_sheet_keeps(book: Book, department: str) -> None:
    form = form_of(book, department)
    made = opened(form_workbook(form))
    assert read_form(kept(made)) == form
    sheet = made[form.sheet]
    assert [cell.value for cell in sheet[HEAD]] == [column.heading for column in form.columns]
    for number, each in enumerate(form.rows):
        shown = {key: cell.value or "" for key, cell in cells(sheet, form, number).items()}
        filled = {column.key for column in form.columns if column.is_filled}
        assert shown == {key: "" if key in filled else each.values.get(key, "") for key in shown}
    assert sheet.max_row == HEAD + len(form.rows)


@pytest.mark.parametrize("start", range(0, len(TEXTS), 100))
def test_hard_texts_are_shown_as_they_are(start: int) -> None:
    texts = TEXTS[start : start + 100]
    form = made_form(
        *(row(f"task-{number}", targets=("a",), title=text, **{"target-1": text}) for number, text in enumerate(texts)),
        department=texts[0][:40],
    )
    made = opened(form_workbook(form))
    assert read_form(kept(made)) == form
    for number, text in enumerate(texts):
        found = cells(made[form.sheet], form, number)
        for cell in (found["title"], found["target-1"]):
            # openpyxl 3.1.5 takes “x005F_” out of every text, also where it is the text's own.
            assert cell.value == text or "x005F_" in text
            assert cell.data_type == "s"


@pytest.mark.parametrize("text", [*REFUSED, *TOO_LONG])
def test_what_no_workbook_holds_is_refused_by_entry_and_column(text: str) -> None:
    form = made_form(row(title="甲"), row("task-2", title=text))
    with pytest.raises(UsageError, match=re.escape("task-2, column “Title")):
        form_workbook(form)


def test_the_same_form_makes_the_same_bytes(book: Book) -> None:
    form = form_of(book, "基教科")
    assert form_workbook(form) == form_workbook(form)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_cover_says_who_what_and_when(book: Book, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    speak(monkeypatch, language)
    form = form_of(book, "基教科")
    made = opened(form_workbook(form))
    cover = made.worksheets[0]
    assert made.active is cover
    texts = [str(cell.value) for cells in cover for cell in cells if cell.value is not None]
    assert {"基教科", form.body, "\n".join(form.book), "2020-06-28", form.issue} <= set(texts)
    assert [text[:2] for text in texts[-4:]] == ["1.", "2.", "3.", "4."]


def test_no_phone_number_is_anywhere_in_the_file(write: Write) -> None:
    path = write(
        "ledger.yaml",
        "kind: ledger\nyear: 2020\ntitle: 台账\nparts:\n  - title: 表\n    tables:\n      - id_prefix: task\n"
        "        rows:\n          - id: task-1\n            title: 联系 13908146584\n            lead_departments:\n"
        "              - 甲科\n            progress:\n              - date: 2020-05-01\n"
        "                text: 请致电 139-0814-6584\n",
    )
    form = form_of(load_book(path), "甲科")
    content = form_workbook(form)
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert not any(b"0814" in file.read(name) for name in file.namelist())
    shown = cells(opened(content)[form.sheet], form)
    assert shown["title"].value == "联系 139****6584" == form.rows[0].values["title"]
    assert shown["last_report"].value == form.rows[0].values["last_report"]


# --- what can be written -------------------------------------------------------------------------------------


def test_only_what_is_to_be_filled_in_can_be_written() -> None:
    form = made_form(
        row(targets=("幼儿园",), title="甲", **{"target-1": "幼儿园 4所"}),
        row("task-1#2", title="二期"),
        row("task-2", "support", title="乙"),
    )
    made = opened(form_workbook(form))
    sheet = made[form.sheet]
    assert all(paper.protection.sheet and paper.protection.password is None for paper in made)
    assert not sheet.protection.formatColumns
    assert not sheet.protection.formatRows  # false: not forbidden
    always = {"text", "evidence", "problems", "date"}
    for number, more in enumerate([{"percent", "reached-1", "close"}, {"percent", "close"}, {"close"}]):
        found = cells(sheet, form, number)
        assert {key for key, cell in found.items() if not cell.protection.locked} == always | more
    grey = cells(sheet, form, 2)["percent"].fill.fgColor.rgb
    assert {cells(sheet, form, 1)[key].fill.fgColor.rgb for key in ("target-1", "reached-1")} == {grey}
    assert cells(sheet, form, 0)["percent"].fill.fgColor.rgb != grey
    assert not any(cell.protection.locked is False for cells_of in made.worksheets[0] for cell in cells_of)


def test_what_can_be_written_has_its_format_limit_and_hint() -> None:
    form = made_form(row(targets=("幼儿园",), title="甲", **{"target-1": "幼儿园 4所"}))
    made = opened(form_workbook(form))
    sheet = made[form.sheet]
    found = cells(sheet, form)
    assert {key: found[key].number_format for key in ("text", "evidence", "problems", "percent", "date")} == {
        "text": "@",
        "evidence": "@",
        "problems": "@",
        "percent": "General",
        "date": "yyyy-mm-dd",
    }
    percent, reached, day, close = (limits(sheet, found[key]) for key in ("percent", "reached-1", "date", "close"))
    assert (percent.type, percent.operator, percent.formula1, percent.formula2) == ("whole", None, "0", "100")
    assert (reached.type, reached.operator, reached.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert (day.type, int(day.formula1), int(day.formula2)) == ("date", 43466, 44561)  # 2019-01-01, 2021-12-31
    assert (close.type, close.formula1) == ("list", "reformledger_yes")
    assert made.defined_names["reformledger_yes"].attr_text == f"{HIDDEN_SHEET}!$C$1"
    assert made[HIDDEN_SHEET]["C1"].value == "yes"
    assert "幼儿园 4所" in reached.prompt
    for column in form.columns:
        if column.is_filled:
            one = limits(sheet, found[column.key])
            assert all((one.promptTitle, one.prompt, one.errorTitle, one.error, one.showInputMessage))


def test_no_list_is_in_an_extension(book: Book) -> None:
    with zipfile.ZipFile(BytesIO(form_workbook(form_of(book, "基教科")))) as file:
        assert not any(b"x14:" in file.read(name) for name in file.namelist())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["指" * 300, "😀" * 200, "x" * 400])
def test_long_targets_fit_into_a_hint(monkeypatch: pytest.MonkeyPatch, language: str, name: str) -> None:
    speak(monkeypatch, language)
    form = made_form(row(targets=(name,), title="甲", **{"target-1": name}))
    sheet = opened(form_workbook(form))[form.sheet]
    hint = limits(sheet, cells(sheet, form)["reached-1"]).prompt
    assert len(hint.encode("utf-16-le")) <= 2 * 255
    assert hint.startswith(name[:50])
    assert hint.endswith(("without the unit.", "不写单位。"))


# --- how it is laid out --------------------------------------------------------------------------------------


def test_head_and_names_stay_where_they_are_on_screen_and_paper(book: Book) -> None:
    form = form_of(book, "基教科")
    made = opened(form_workbook(form))
    sheet = made[form.sheet]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.endswith(f"${HEAD + len(form.rows)}")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # as many pages as it takes
    assert made[HIDDEN_SHEET].sheet_state == "veryHidden"
    assert [paper.sheet_state for paper in made.worksheets[:2]] == ["visible"] * 2


def test_milestones_are_seen_to_belong_to_their_entry() -> None:
    form = form_of(load_book(LEDGERS / "bodies" / "company"), "市场部", date(2023, 7, 28))
    sheet = opened(form_workbook(form))[form.sheet]
    whole, part = (cells(sheet, form, number) for number in (0, 1))
    assert [each.id for each in form.rows[:2]] == ["task-202", "task-202#1"]
    assert (whole["title"].alignment.indent, part["title"].alignment.indent) == (0, 2)
    assert (whole["title"].font.bold, part["title"].font.bold) == (True, False)


@pytest.mark.programs
def test_libreoffice_keeps_what_was_sent_and_prints_it(tmp_path: Path) -> None:
    rows = [row(f"task-{number}", targets=("量",), title="标题" * 20, **{"target-1": "量 4"}) for number in range(40)]
    form = made_form(*rows)
    file = tmp_path / "基教科.xlsx"
    file.write_bytes(form_workbook(form))
    made = opened(converted(file, "xlsx", tmp_path))
    sheet = made[form.sheet]
    assert read_form(kept(made)) == form
    assert made[HIDDEN_SHEET].sheet_state != "visible"
    assert sheet.protection.sheet
    assert sheet.print_title_rows == "$4:$4"
    found = cells(sheet, form)
    assert {key for key, cell in found.items() if not cell.protection.locked} == {
        column.key for column in form.columns if column.is_filled
    }
    assert [limits(sheet, found[key]).type for key in ("percent", "reached-1", "date", "close")] == [
        "whole",
        "decimal",
        "date",
        "list",
    ]
    pages = pages_of(converted(file, "pdf", tmp_path).read_bytes())
    assert all(page.is_landscape for page in pages)
    assert len(pages) > 2  # the cover, and the rows on more than one
    heading = form.columns[-1].heading.replace(" ", "")
    assert all(heading in page.text for page in pages[1:])
