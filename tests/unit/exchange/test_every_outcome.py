"""Every sentence that says what becomes of a return is reached, each with the fate that the table gives it.

The table is that of ``docs/en/reference/returns.md``; the sentences are found in the source, so that none is left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from reformledger.edits.intents import Close, Intent, Progress, Remove, Set
from reformledger.edits.transaction import carry_out
from reformledger.exchange import filled, judging, layout, returned, taking
from reformledger.exchange.form import Form
from reformledger.exchange.outcome import Fate
from reformledger.exchange.tables import Merged, ReadCell, ReadSheet, ReadWorkbook
from reformledger.exchange.taking import forms_handed_in, returns_in, take
from reformledger.rollover.plan import roll_over
from reformledger.sources import find_sources
from returned_forms import HEAD, changed, form_of, rows_of, sheet_of, workbook_of
from texts import LEDGER_HEAD

ISSUED, TODAY, NEXT_YEAR = date(2020, 6, 28), date(2020, 8, 20), date(2021, 1, 20)
LEDGER = (
    LEDGER_HEAD.replace("title: 台账", "title: 2020年台账\nindependent: true")
    + """\
          - id: task-1
            title: 办事指南
            lead_departments: [甲科]
            due: 2020年12月
            targets: [{name: 指南, value: 4, unit: 份}]
          - id: task-2
            title: 分批的
            lead_departments: [甲科]
            phases: [{name: 第一批, due: 2020年7月}, {name: 第二批, due: 2020年12月}]
          - id: task-3
            title: 每季度的
            lead_departments: [甲科]
            due: 每季度末
          - id: task-4
            title: 配合的
            lead_departments: [乙科]
            supporting_departments: [甲科]
            due: 2020年12月
"""
)
MODULES = (filled, judging, layout, returned, taking)
Row = dict[str, str]
Shape = Callable[[ReadWorkbook, Form], ReadWorkbook]


class Case(NamedTuple):
    """What happens to the form of 甲科, and the fate and sentences that come of it.

    ``written`` are cells by the ids of rows, ``more`` rows below them; ``gone`` is a row that was deleted. ``shape``
    changes the workbook as it is read.
    """

    fate: Fate
    says: Sequence[str]
    written: Mapping[str, Row] = {}
    edits: Sequence[Intent] = ()
    more: Sequence[Row] = ()
    gone: str = ""
    shape: Shape | None = None
    today: date = TODAY


FILLED = {"task-1": {"text": "已公布"}}
CLOSING = Close("task-1", ["指南"], date=ISSUED)


def at(form: Form, key: str) -> tuple[int, int]:
    """Return the place of a cell of the first row."""
    return HEAD + 1, [column.key for column in form.columns].index(key) + 1


def sheet(change: Callable[[ReadSheet, Form], ReadSheet]) -> Shape:
    return lambda workbook, form: changed(workbook, change(sheet_of(workbook, form), form))


def cell(key: str, change: Callable[[ReadCell], ReadCell]) -> Shape:
    """Return what makes another cell of one in the first row, or puts one there."""

    def made(read: ReadSheet, form: Form) -> ReadSheet:
        place = at(form, key)
        return read._replace(cells={**read.cells, place: change(read.cells.get(place, ReadCell("text", "新")))})

    return sheet(made)


def own_sheet(workbook: ReadWorkbook, _form: Form) -> ReadWorkbook:
    more = ReadSheet("自己的", is_hidden=False, cells={(1, 1): ReadCell("text", "台账")})
    return workbook._replace(sheets=(*workbook.sheets, more))


def own_column(read: ReadSheet, form: Form) -> ReadSheet:
    column = len(form.columns) + 1
    own = {(HEAD, column): ReadCell("text", "备注"), (HEAD + 1, column): ReadCell("text", "另报")}
    return read._replace(cells={**read.cells, **own})


def without_values(read: ReadSheet, form: Form) -> ReadSheet:
    places = (at(form, "text"), at(form, "evidence"))
    return read._replace(cells={**read.cells, **dict.fromkeys(places, ReadCell("uncomputed", ""))})


def hidden_sheet(old: str, new: str) -> Shape:
    def change(workbook: ReadWorkbook, _form: Form) -> ReadWorkbook:
        last = workbook.sheets[-1]
        cells = {place: each._replace(text=each.text.replace(old, new)) for place, each in last.cells.items()}
        return workbook._replace(sheets=(*workbook.sheets[:-1], last._replace(cells=cells)))

    return change


def of_other_form(change: Callable[[Form], Form]) -> Shape:
    return lambda _workbook, form: workbook_of(change(form), rows_of(form))


CONFLICT, QUESTION, PROPOSAL, NOTE, REFUSED = (
    Fate.CONFLICT, Fate.QUESTION, Fate.PROPOSAL, Fate.NOTE, Fate.REFUSED,
)  # fmt: skip
CASES = [
    # What is filled in, and the ledger since
    Case(Fate.UNFILLED, []),
    Case(Fate.TAKEN, [], FILLED),
    Case(Fate.RECORDED, [], FILLED, [Progress("task-1", "已公布", by="甲科", date=date(2020, 7, 5))]),
    Case(Fate.TAKEN, ["{ref} was changed since it was sent on {day}."], FILLED, [Set("task-1", {"outcome": "指南"})]),
    Case(
        Fate.TAKEN,
        ["{ref} was carried over: it is recorded on {now}, where it goes on."],
        FILLED,
        today=NEXT_YEAR,
    ),
    Case(
        CONFLICT,
        ["{department} reported something else on {day}."],
        FILLED,
        [Progress("task-1", "别的", by="甲科", date=ISSUED)],
    ),
    Case(CONFLICT, ["{ref} was closed out on {day} ({place})."], FILLED, [CLOSING]),
    Case(CONFLICT, ["{ref} is no longer in the ledger."], {"task-4": {"text": "已配合"}}, [Remove("task-4", "并入")]),
    Case(
        CONFLICT,
        ["The phase “{name}” of {ref} is no longer there."],
        {"task-2#1": {"text": "已完成"}},
        [Set("task-2", {"phases.第一批.name": "首批"})],
    ),
    Case(
        CONFLICT,
        ["“{name}” was cancelled on {day} ({reason})."],
        {"task-2#1": {"text": "已完成"}},
        [Set("task-2", {"phases.第一批.cancelled.date": "2020-07-01", "phases.第一批.cancelled.reason": "并入"})],
    ),
    Case(
        CONFLICT,
        ["{department} neither leads nor supports {ref}."],
        FILLED,
        [Set("task-1", {"lead_departments": "乙科"})],
    ),
    Case(
        NOTE,
        ["{department} asks to close it; evidence and approval are the office's."],
        {"task-1": {"text": "已公布", "close": "是"}},
    ),
    # What is not clear
    Case(QUESTION, ["There is no text beside it: what was done?"], {"task-1": {"percent": "50"}}),
    Case(
        QUESTION,
        ["{day} is long before {asked}, when this was sent: is the day right?"],
        {"task-1": {"text": "已公布", "date": "2002-06-30"}},
    ),
    Case(
        QUESTION,
        ["A supporting department gives no percentage and no values of targets."],
        {"task-4": {"text": "已配合", "percent": "50"}},
    ),
    Case(QUESTION, ["This row has no such target."], {"task-2": {"text": "已完成", "reached-1": "3"}}),
    Case(QUESTION, ["An occurrence is not closed out."], {"task-3@二季度": {"text": "已通报", "close": "是"}}),
    Case(
        QUESTION,
        ["The cell is merged with others: what is it for?"],
        FILLED,
        shape=sheet(
            lambda read, form: read._replace(
                merged=(Merged(HEAD + 1, at(form, "text")[1], HEAD + 2, at(form, "text")[1]),)
            )
        ),
    ),
    Case(
        QUESTION,
        ["It is struck out: is it meant?"],
        FILLED,
        shape=cell("title", lambda each: each._replace(is_struck=True)),
    ),
    Case(
        QUESTION,
        ["The row has the id of {id} and the title of {other}: which of them is it?"],
        {"task-1": {"title": "配合的", "text": "已配合"}},
    ),
    Case(QUESTION, ["No row {id} was sent."], more=[{"id": "task-9", "text": "已公布"}]),
    Case(
        CONFLICT,
        ["{id} is filled in more than once, each time otherwise: none is taken."],
        FILLED,
        more=[{"id": "task-1", "title": "办事指南", "text": "未公布"}],
    ),
    # Cells that were not to be changed, rows, columns and sheets
    Case(
        PROPOSAL,
        ["The department changed what was sent; if it is right:"],
        {"task-1": {"title": "服务指南"}},
    ),
    Case(
        CONFLICT,
        ["The department and the ledger changed it, each otherwise."],
        {"task-1": {"title": "服务指南"}},
        [Set("task-1", {"title": "指南"})],
    ),
    Case(NOTE, ["This cell was not to be changed: nothing of it is taken."], {"task-1": {"status": "已完成"}}),
    Case(NOTE, ["The row is gone: nothing is removed."], gone="task-1"),
    Case(PROPOSAL, ["A row without id: is it a new entry?"], more=[{"title": "新事", "text": "已开始"}]),
    Case(
        PROPOSAL,
        ["It has the title of {id}: was its id deleted?"],
        gone="task-1",
        more=[{"title": "办事指南", "text": "已公布"}],
    ),
    Case(NOTE, ["The sheet “{name}” is the department's own: nothing of it is taken."], shape=own_sheet),
    Case(NOTE, ["The column “{name}” is the department's own: nothing of it is taken."], shape=sheet(own_column)),
    Case(
        NOTE,
        ["Columns were moved: taken by their headings."],
        shape=lambda _workbook, form: workbook_of(
            form, rows_of(form), columns=[column.key for column in form.columns][::-1]
        ),
    ),
    Case(
        NOTE,
        ["The column is hidden, and taken all the same."],
        shape=sheet(lambda read, form: read._replace(hidden_columns=frozenset({at(form, "text")[1]}))),
    ),
    Case(
        NOTE,
        ["The row is hidden, and taken all the same."],
        FILLED,
        shape=sheet(lambda read, _form: read._replace(hidden_rows=frozenset({HEAD + 1}))),
    ),
    Case(
        NOTE,
        ["A comment is not taken."],
        shape=sheet(lambda read, form: read._replace(comments={at(form, "text"): "?"})),
    ),
    Case(
        Fate.TAKEN,
        ["The value of a formula was taken as it is."],
        FILLED,
        shape=cell("text", lambda each: each._replace(is_computed=True)),
    ),
    # Files that are refused
    Case(
        REFUSED,
        [
            "It is no workbook of “reformledger send”, or its hidden sheet is gone.",
            "Have it filled in as it was sent; a table of one's own is taken by: reformledger progress --from FILE",
        ],
        shape=lambda workbook, _form: workbook._replace(sheets=workbook.sheets[:-1]),
    ),
    Case(
        REFUSED,
        ["The hidden sheet is damaged.", "Send a new one, and have what was written copied into it."],
        shape=hidden_sheet("task-1", "task-5"),
    ),
    Case(
        REFUSED,
        ["It was made by another version of reformledger, whose form this one does not know."],
        shape=hidden_sheet('"format": 1', '"format": 0'),
    ),
    Case(
        REFUSED,
        ["The sheet “{name}” is not there.", "Give the sheet that was filled in its name again."],
        shape=lambda workbook, form: workbook._replace(
            sheets=tuple(each for each in workbook.sheets if each.name != form.sheet)
        ),
    ),
    Case(
        REFUSED,
        ["The heading “{heading}” is there twice.", "Give the added column another heading."],
        shape=lambda _workbook, form: workbook_of(
            form, rows_of(form), headings={"problems": "Progress", "evidence": "Progress"}
        ),
    ),
    Case(
        REFUSED,
        ["The heading “{heading}” is missing.", "Give its column that heading again."],
        shape=lambda _workbook, form: workbook_of(form, rows_of(form), headings={"text": "进度"}),
    ),
    Case(
        QUESTION,
        ["A phone or identity number would stand in the ledger for all to read.", "Have it taken out."],
        {"task-1": {"text": "请拨打13812345678"}},
    ),
    Case(NOTE, ["A row without id and title: nothing of it is taken."], more=[{"due": "2021年"}]),
    Case(NOTE, ["Cells with nothing but dashes or strokes are taken as blank."], {"task-1": {"text": "—"}}),
    Case(
        NOTE,
        ["Left out with what is to be decided on the same row."],
        {"task-1": {"text": "已公布", "title": "指南"}},
        [Set("task-1", {"title": "公布指南"})],
    ),
    Case(
        NOTE,
        ["The sheet is hidden, and taken all the same."],
        FILLED,
        shape=sheet(lambda read, _form: read._replace(is_hidden=True)),
    ),
    Case(
        REFUSED,
        [
            "This formula has no value: no program has calculated it.",
            "Write its value, or save the file in Excel or WPS.",
            "So do: {cells}.",
        ],
        shape=sheet(without_values),
    ),
    Case(
        REFUSED,
        ["This cell holds an error ({text}).", "Write what is meant."],
        shape=cell("text", lambda _each: ReadCell("error", "#N/A")),
    ),
    Case(
        REFUSED,
        ["It is of {year}, and there is no such year here.", "Years: {years}."],
        shape=of_other_form(lambda form: form._replace(year=2019)),
    ),
    Case(
        REFUSED,
        ["It is of another ledger: {theirs}.", "This is {ours}: name the other with --data."],
        shape=of_other_form(lambda form: form._replace(book=("某县教育局 台账",))),
    ),
]
NOT_SENTENCES = {", ", "removed"}


@pytest.mark.parametrize("case", CASES, ids=[f"{case.fate}: {' '.join(case.says)}" for case in CASES])
def test_a_sentence_is_said_with_its_fate(tmp_path: Path, case: Case) -> None:
    (tmp_path / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    form = form_of(tmp_path, "甲科", ISSUED)
    rows = [row for row in rows_of(form, case.written) if row["id"] != case.gone]
    workbook = workbook_of(form, [*rows, *case.more])
    workbook = case.shape(workbook, form) if case.shape else workbook
    sources = find_sources([tmp_path])
    if case.edits:
        carry_out(sources, case.edits, TODAY)
    if case.today == NEXT_YEAR:
        roll_over(sources, 2021, NEXT_YEAR, dry_run=False)
    before = {file: file.read_bytes() for file in tmp_path.glob("*.yaml")}
    found = take(
        find_sources([tmp_path]), lambda book: forms_handed_in(returns_in([workbook], case.today), book), case.today
    )
    said = [item.sentence for item in found.of(case.fate)]
    assert said
    for sentence in case.says:
        assert any(pattern_of(sentence).search(each) for each in said), said
    after = {file: file.read_bytes() for file in tmp_path.glob("*.yaml")}
    assert found.is_blocked == any(item.fate in {CONFLICT, QUESTION, REFUSED} for item in found.items)
    assert (after != before) == bool(found.intents and not found.is_blocked)


def pattern_of(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence)))


def test_no_sentence_and_no_fate_is_left_out() -> None:
    sentences = {
        ast.literal_eval(call.args[0])
        for module in MODULES
        for call in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
    }
    assert sentences - NOT_SENTENCES == {sentence for case in CASES for sentence in case.says}
    assert {case.fate for case in CASES} == set(Fate)
