"""Whatever happens between sending and taking: nothing is lost, and no contradiction is passed over.

What should become of each row is worked out here from the plain YAML, by the table of
``docs/en/reference/returns.md``, not by the program.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reformledger.edits.batch import read_batch
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.transaction import carry_out
from reformledger.errors import SentenceError
from reformledger.exchange.form import Form
from reformledger.exchange.outcome import Fate
from reformledger.exchange.tables import ReadWorkbook
from reformledger.exchange.taking import Taken, forms_handed_in, returns_in, take
from reformledger.sources import find_sources
from reformledger.views.content.taken import taken_json
from returned_forms import form_of, rows_of, workbook_of

ISSUED, TODAY = date(2020, 6, 28), date(2020, 8, 20)
DEPARTMENTS = ("甲科", "乙科")
LEDGER = """\
kind: ledger
year: 2020
title: 某区2020年台账
independent: true
parts:
  - title: 改革任务
    tables:
      - id_prefix: task
        kind: task
        rows:
          - id: task-1
            title: 公布办事指南
            lead_departments: [甲科]
            supporting_departments: [乙科]
            due: 2020年12月
          - id: task-2
            title: 两家共管
            lead_departments: [乙科, 甲科]
            due: 2020年11月
            star: ☆
          - id: task-3
            title: 三次会议
            lead_departments: [甲科]
            supporting_departments: [乙科]
            phases:
              - {name: 开会, due: 2020年7月}
              - {name: 总结, due: 2020年9月}
              - {name: 开会, due: 2020年12月}
          - id: task-4
            title: 通报办件
            lead_departments: [乙科]
            due: 每季度末
          - id: task-5
            title: 建幼儿园
            lead_departments: [甲科]
            due: 2020年12月
            targets:
              - {name: 幼儿园, value: 4, unit: 所}
"""
SAME_DAY = {"by": "甲科", "date": ISSUED}
EDITS: Sequence[Intent] = (
    Progress("task-1", "初稿", **SAME_DAY),  # type: ignore[arg-type]
    Progress("task-1", "办公室代报", date=ISSUED),
    Progress("task-1", "配合", by="乙科", date=ISSUED),
    Progress("task-1", "初稿", by="甲科", date=date(2020, 7, 5)),
    Progress("task-2", "初稿", percent="50", **SAME_DAY),  # type: ignore[arg-type]
    Progress("task-2", "别的", by="乙科", date=date(2020, 7, 5)),
    Progress("task-3", "初稿", phase="#1", **SAME_DAY),  # type: ignore[arg-type]
    Progress("task-3", "初稿", phase="总结", **SAME_DAY),  # type: ignore[arg-type]
    Progress("task-4", "初稿", by="乙科", date=ISSUED, for_="二季度"),
    Progress("task-5", "别的", targets={"幼儿园": "2"}, **SAME_DAY),  # type: ignore[arg-type]
    Set("task-1", {"title": "公布指南"}),
    Set("task-1", {"outcome": "指南"}),
    Set("task-1", {"lead_departments": "乙科", "supporting_departments": ""}),
    Set("task-2", {"lead_departments": "丙科"}),
    Set("task-3", {"phases.总结.name": "收尾"}),
    Set("task-3", {"phases.#1.cancelled.date": "2020-07-01", "phases.#1.cancelled.reason": "并入"}),
    Extend("task-2", to="2021-06", reason="疫情", date=date(2020, 7, 1)),
    Close("task-1", ["指南"], date=date(2020, 6, 20)),
    Close("task-2", ["协议"], date=date(2020, 7, 5)),
    Close("task-3", ["纪要"], phase="总结", date=date(2020, 7, 1)),
    Close("task-5", ["验收"], date=date(2020, 7, 10)),
    Reopen("task-1", "误", date=date(2020, 7, 2)),
    Remove("task-5", "并入", recount=True),
    Add("task", "新任务", {"lead_departments": "甲科"}),
)
TO_COME = date(2020, 9, 1)
DAYS = {"": ISSUED, "2020-06-20": date(2020, 6, 20), "2020年7月5日": date(2020, 7, 5), "2020-07-15": date(2020, 7, 15)}


class Round(NamedTuple):
    """What happens between sending and taking: edits, and what each department writes into which rows."""

    edits: Sequence[Intent]
    written: Mapping[str, Mapping[str, Mapping[str, str]]]
    rows: Mapping[str, Sequence[int]] = {}
    columns: Mapping[str, Sequence[int]] = {}


@contextmanager
def ledger() -> Iterator[Path]:
    """Give a folder with the ledger as it was sent."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
        yield Path(folder)


with ledger() as _data:
    FORMS = {name: form_of(_data, name, ISSUED) for name in DEPARTMENTS}
IDS = {name: [row.id for row in form.rows] for name, form in FORMS.items()}
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["初稿", "别的", "请拨13812345678", "=1+1", "两行\n文字"]),
        "percent": st.sampled_from(["50", "８０％", "120", "八成"]),
        "evidence": st.sampled_from(["指南", "甲\n乙"]),
        "problems": st.just("经费"),
        "date": st.sampled_from([*DAYS, TO_COME.isoformat(), "七月"]),
        "close": st.sampled_from(["是", "否", "也许"]),
        "title": st.sampled_from(["公布指南", "改了的名称"]),
        "reached-1": st.sampled_from(["3", "三"]),
    },
)


def rounds() -> st.SearchStrategy[Round]:
    written = {name: st.dictionaries(st.sampled_from(IDS[name]), CELLS, max_size=4) for name in DEPARTMENTS}
    rows = {name: st.permutations(range(len(IDS[name]))) for name in DEPARTMENTS}
    columns = {name: st.permutations(range(len(FORMS[name].columns))) for name in DEPARTMENTS}
    return st.builds(
        Round,
        st.lists(st.sampled_from(EDITS), max_size=5, unique_by=repr),
        st.fixed_dictionaries(written),
        st.fixed_dictionaries(rows),
        st.fixed_dictionaries(columns),
    )


def edited(data: Path, edits: Sequence[Intent]) -> bytes:
    """Make those of the edits that the rules allow, one after the other; return the ledger."""
    for intent in edits:
        with suppress(SentenceError):
            carry_out(find_sources([data]), [intent], TODAY)
    return (data / "ledger_2020.yaml").read_bytes()


def cells_of(made: Round, name: str, row: str) -> dict[str, str]:
    """Return what a department writes into a row, under the columns that its form has."""
    keys = {column.key for column in FORMS[name].columns}
    return {key: text for key, text in made.written[name].get(row, {}).items() if text and key in keys}


def returned(made: Round, name: str) -> ReadWorkbook:
    form = FORMS[name]
    keys = [column.key for column in form.columns]
    rows = rows_of(form, {row: cells_of(made, name, row) for row in made.written[name]})
    order, columns = made.rows.get(name, range(len(rows))), made.columns.get(name, range(len(keys)))
    return workbook_of(form, [rows[at] for at in order], f"{name}.xlsx", [keys[at] for at in columns])


def taken(data: Path, workbooks: Sequence[ReadWorkbook], *, skip_conflicts: bool = True) -> Taken:
    sources = find_sources([data])
    return take(
        sources, lambda book: forms_handed_in(returns_in(workbooks, TODAY), book), TODAY, skip_conflicts=skip_conflicts
    )


def after(content: bytes, workbooks: Sequence[Sequence[ReadWorkbook]]) -> tuple[bytes, list[Taken]]:
    """Return the ledger after some takes, one after the other, and what became of each."""
    with ledger() as data:
        file = data / "ledger_2020.yaml"
        file.write_bytes(content)
        found = [taken(data, each) for each in workbooks]
        return file.read_bytes(), found


def fates(found: Sequence[Taken]) -> dict[tuple[str, str], set[Fate]]:
    """Return what became of each row, but for what is only said beside it."""
    rows: dict[tuple[str, str], set[Fate]] = {}
    for item in (item for each in found for item in each.items):
        if item.id and item.fate is not Fate.NOTE:
            rows.setdefault((item.department, item.id), set()).add(item.fate)
    return rows


# --- what should become of a row, by the table --------------------------------------------------------------------


def wanted(plain: Mapping[str, Mapping[str, Any]], name: str, id: str, cells: Mapping[str, str]) -> set[Fate]:
    """Return the fates that a row should have in a ledger: entries by their ids."""
    form = FORMS[name]
    row = next(row for row in form.rows if row.id == id)
    filled = set(cells) - {"title", "date"}
    if cells.get("close") == "否":
        filled -= {"close"}
    found = of_title(plain, row.ref.partition("/")[2], id, row.values["title"], cells.get("title"))
    if asked(cells, row.role, is_occurrence="@" in id, has_target=bool(row.targets)):
        return found | {Fate.QUESTION}
    if not filled:
        return found | {Fate.UNFILLED}
    if Fate.CONFLICT in found:
        return found
    of_report = of_what_is_filled(plain, form, id, cells)
    return found | of_report


def asked(cells: Mapping[str, str], role: str, *, is_occurrence: bool, has_target: bool) -> bool:
    """Say whether something in a row is not clear by itself."""
    beside = {"percent", "evidence", "problems", "reached-1"} & set(cells)
    return (
        cells.get("percent") in {"120", "八成"}
        or cells.get("date") == "七月"
        or cells.get("close") == "也许"
        or (bool(beside) and "text" not in cells)
        or (role == "support" and bool({"percent", "reached-1"} & set(cells)))
        or ("reached-1" in cells and not has_target)
        or (is_occurrence and "close" in cells)
    )


def of_title(plain: Mapping[str, Any], entry: str, id: str, issued: str, title: str | None) -> set[Fate]:
    """Return the fate of a locked cell that was changed."""
    if title is None or "@" in id or entry not in plain:
        return set()
    phases = plain[entry].get("phases", [])
    now = plain[entry]["title"]
    if "#" in id:
        word, names = int(id.partition("#")[2]) - 1, [phase["name"] for phase in phases]
        # A phase that was renamed is no longer found by the name under which it was sent.
        if names.count(issued) == 0:
            return set()
        now = names[word]
    if now == title:
        return set()
    return {Fate.PROPOSAL} if now == issued else {Fate.CONFLICT}


def of_what_is_filled(plain: Mapping[str, Any], form: Form, id: str, cells: Mapping[str, str]) -> set[Fate]:
    row = next(row for row in form.rows if row.id == id)
    entry = plain.get(row.ref.partition("/")[2], {})
    phase = entry.get("phases", [])[int(id.partition("#")[2]) - 1] if "#" in id and entry else None
    departments = (*entry.get("lead_departments", []), *entry.get("supporting_departments", []))
    if form.department not in departments or (phase and phase["name"] != row.values["title"]):
        return {Fate.CONFLICT}
    if "text" not in cells:
        return set()  # the office is told that it is to be closed out
    day = DAYS.get(cells.get("date", ""))
    alike = [each for each in entry.get("progress", []) if is_alike(each, entry, form.department, row.phase, row.for_)]
    since = [each for each in alike if each["date"] >= ISSUED or each["date"] == day]
    if any(contents(each) == filled(cells) for each in since):
        return {Fate.RECORDED}
    if any(each["date"] == day for each in since):
        return {Fate.CONFLICT}
    if phase and "cancelled" in phase:
        return {Fate.CONFLICT}
    closings = [made["closed"]["date"] for made in (entry, phase or {}) if "closed" in made]
    # Of what is closed out nobody is asked which day was meant: it came too late on that one, too.
    named = TO_COME if cells.get("date") == TO_COME.isoformat() else day
    if named is not None and any(closed <= named for closed in closings):
        return {Fate.CONFLICT}
    if day is None or "13812345678" in cells["text"] or cells.get("reached-1") == "三":
        return {Fate.QUESTION}
    return {Fate.TAKEN}


def is_alike(each: Mapping[str, Any], entry: Mapping[str, Any], name: str, phase: str | None, for_: str | None) -> bool:
    leads = entry.get("lead_departments", [])
    is_by = each["by"] == name if "by" in each else leads == [name]
    named = each.get("for") and f"2020年{str(each['for']).removeprefix('2020年')}"
    return is_by and each.get("phase") == phase and named == for_


def contents(each: Mapping[str, Any]) -> tuple[object, ...]:
    targets = frozenset(each.get("targets", {}).items())
    return each["text"], each.get("percent"), frozenset(each.get("evidence", [])), each.get("problems"), targets


def filled(cells: Mapping[str, str]) -> tuple[object, ...]:
    percent = {"50": 50, "８０％": 80}.get(cells.get("percent", ""))
    targets = frozenset({("幼儿园", 3)} if cells.get("reached-1") == "3" else ())
    return (
        cells["text"],
        percent,
        frozenset(cells.get("evidence", "").split("\n")) - {""},
        cells.get("problems"),
        targets,
    )


def plain_of(content: bytes) -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load(content)["parts"][0]["tables"][0]["rows"]
    return {row["id"]: row for row in rows}


def without_reports(content: bytes) -> Mapping[str, object]:
    rows = plain_of(content)
    return {entry: {key: value for key, value in row.items() if key != "progress"} for entry, row in rows.items()}


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(rounds())
@example(Round((EDITS[0],), {"甲科": {"task-1": {"text": "别的"}}, "乙科": {"task-1": {"text": "配合"}}}))
@example(Round((EDITS[17], EDITS[21]), {"甲科": {"task-1": {"text": "别的", "date": "2020-06-20"}}, "乙科": {}}))
@example(Round((EDITS[14],), {"甲科": {"task-3#2": {"text": "别的"}}, "乙科": {"task-3#3": {"text": "别的"}}}))
@example(Round((), {"甲科": {}, "乙科": {"task-4": {"text": "初稿"}, "task-4@二季度": {"text": "初稿"}}}))
@example(Round((), {"甲科": {}, "乙科": {"task-4": {"text": "初稿"}, "task-4@二季度": {"text": "别的"}}}))
def test_every_row_has_the_outcome_of_the_table_and_nothing_else_changes(made: Round) -> None:
    with ledger() as data:
        before = edited(data, made.edits)
    plain = plain_of(before)
    workbooks = {name: returned(made, name) for name in DEPARTMENTS}
    content, found = after(before, [list(workbooks.values())])
    rows = fates(found)
    for name in DEPARTMENTS:
        for each in IDS[name]:
            cells = cells_of(made, name, each)
            assert rows.get((name, each), set()) == wanted(plain, name, each, cells), (name, each, cells)
    # Nothing but reports was added, each of them once and as it was written.
    assert without_reports(content) == without_reports(before)
    old, new = (
        [(entry, each) for entry, row in plain_of(ledger_text).items() for each in row.get("progress", [])]
        for ledger_text in (before, content)
    )
    assert all(each in new for each in old)
    taken_rows = [place for place, each in rows.items() if Fate.TAKEN in each]
    assert len(new) - len(old) == len(taken_rows) == len(found[0].intents)
    for name, row in taken_rows:
        entry = row.partition("#")[0].partition("@")[0]
        said = [contents(each) for where, each in new if where == entry and each.get("by") == name]
        assert filled(cells_of(made, name, row)) in said


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(rounds())
def test_it_makes_no_difference_who_is_first_or_how_rows_and_columns_stand(made: Round) -> None:
    with ledger() as data:
        before = edited(data, made.edits)
    first, second = (returned(made, name) for name in DEPARTMENTS)
    together, found = after(before, [[first, second]])
    for order in ([[second, first]], [[first], [second]], [[second], [first]]):
        content, again = after(before, order)
        assert content == together
        assert fates(again) == fates(found)
    straight = made._replace(rows={}, columns={})
    content, again = after(before, [[returned(straight, name) for name in DEPARTMENTS]])
    assert content == together
    assert fates(again) == fates(found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(rounds())
def test_all_or_nothing_and_the_same_again_changes_nothing(made: Round) -> None:
    with ledger() as data:
        before = edited(data, made.edits)
        file = data / "ledger_2020.yaml"
        workbooks = [returned(made, name) for name in DEPARTMENTS]
        found = taken(data, workbooks, skip_conflicts=False)
        if found.is_blocked:
            assert file.read_bytes() == before
        content, again = after(before, [workbooks, workbooks])
        if not found.is_blocked:
            assert file.read_bytes() == content
        assert not again[1].intents
        for place, of_row in fates(again[:1]).items():
            repeated = {Fate.RECORDED if fate is Fate.TAKEN else fate for fate in of_row}
            assert fates(again[1:]).get(place, set()) == repeated
        # The batch is what it says it is.
        file.write_bytes(before)
        batch = taken_json(again[0])["batch"]
        if batch:
            import json

            carry_out(find_sources([data]), read_batch(json.dumps(batch).encode(), "progress", TODAY), TODAY)
        assert file.read_bytes() == content
