"""Rollover: what goes on keeps its deadline to the day, and the new documents are right beside the old ones."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, Run
from reformledger import load_book
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.edits.transaction import Outcome
from reformledger.errors import RefusedError
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.model.forms import FORMS
from reformledger.model.life import Reason, Status
from reformledger.rollover.entries import deadline_in_year
from reformledger.rollover.plan import roll_over
from reformledger.sources import Sources
from reformledger.standing import standings
from reformledger.text.counts import recounted
from reformledger.yamlio import read_yaml
from reformledger.yamlio.editing import Bare

TODAY = date(2021, 1, 4)
HEAD = """\
kind: ledger
year: 2020
title: 2020年台账（2016—2020年）
parts:
  - number: 一
    title: 2020年任务
    count: {count}
    notes:
      - 注：标“☆”表示需要2020年完成销账的台账。
    tables:
      - id_prefix: task
        rows:
"""


def rolled(folder: Path, rows: str, count: str = "3个") -> tuple[Book, Any, Outcome]:
    """Write a ledger of 2020 with these rows, roll it over, and return all, the new data and the outcome."""
    path = folder / "ledger_2020.yaml"
    indented = "".join(f"          {line}\n" for line in rows.splitlines())
    path.write_text(HEAD.format(count=count) + indented, encoding="utf-8")
    _rollover, outcome = roll_over(Sources((folder,), "named"), 2021, TODAY, dry_run=False)
    data = cast("Any", read_yaml((folder / "ledger_2021.yaml").read_bytes()).data)
    return load_book(folder), data, outcome


WORDINGS = [wording for form in FORMS for wording in form.examples]


@pytest.mark.parametrize("wording", [wording for wording in WORDINGS if parse_deadline(wording, 2020).every is None])
def test_no_deadline_moves(wording: str, tmp_path: Path) -> None:
    book, _data, _outcome = rolled(tmp_path, f"- id: task-1\n  title: 任务\n  due: {wording}\n")
    old, new = book.find("2020/task-1").deadline, book.find("2021/task-1").deadline
    assert old is not None
    assert new is not None
    assert (new.start, new.end, new.wording) == (old.start, old.end, old.wording)


@given(st.sampled_from(WORDINGS), st.integers(2019, 2022), st.integers(2019, 2022))
def test_pinned_deadline_has_the_same_days_in_any_year(wording: str, year: int, other: int) -> None:
    try:
        deadline = parse_deadline(wording, year)
    except DeadlineError:  # 2020年每季度末 in a document of another year
        return
    written = deadline_in_year(wording, deadline, other)
    if deadline.every and written == wording:  # It goes on: its days are those of each year.
        return
    if isinstance(written, dict):
        there = parse_deadline(str(written["wording"]), other, str(written["means"]))
    else:
        there = parse_deadline(str(written), other)
    assert (there.start, there.end, there.wording) == (deadline.start, deadline.end, wording)


def test_star_becomes_the_deadline_that_it_was(tmp_path: Path) -> None:
    book, data, _outcome = rolled(tmp_path, "- id: task-1\n  title: 任务\n  star: ☆\n")
    row = data["parts"][0]["tables"][0]["rows"][0]
    assert row == {
        "id": "task-1",
        "title": "任务",
        "due": {"wording": "☆", "means": "2020"},
        "carried_over_from": "2020/task-1",
    }
    assert book.find("2021/task-1").data.star is None


def test_dated_parts_become_phases_that_keep_their_days(tmp_path: Path) -> None:
    rows = """\
- id: task-1
  title: 任务
  due: 3月：研讨；12月底前：发布
  phases:
    - name: 研讨
      closed: {date: 2020-03-20, evidence: [纪要]}
"""
    book, data, _outcome = rolled(tmp_path, rows)
    row = data["parts"][0]["tables"][0]["rows"][0]
    assert "due" not in row
    assert row["phases"] == [
        {
            "name": "研讨",
            "due": {"wording": "3月", "means": "2020-03"},
            "closed": {"date": "2020-03-20", "evidence": ["纪要"]},
        },
        {"name": "发布", "due": {"wording": "12月底前", "means": "2020-12"}},
    ]
    assert [phase.deadline for phase in book.find("2020/task-1").phases if phase.deadline is None] == []
    old, new = book.find("2020/task-1"), book.find("2021/task-1")
    assert [(p.deadline and p.deadline.end, p.closed) for p in new.phases] == [
        (p.deadline and p.deadline.end, p.closed) for p in old.phases
    ]


def test_phases_under_a_star_without_deadlines_of_their_own_keep_the_stars(tmp_path: Path) -> None:
    rows = "- id: task-1\n  title: 任务\n  star: ☆\n  phases:\n    - {name: 甲, due: 6月}\n    - {name: 乙}\n"
    book, _data, _outcome = rolled(tmp_path, rows)
    ends = [phase.deadline and phase.deadline.end for phase in book.find("2021/task-1").phases]
    assert ends == [date(2020, 6, 30), date(2020, 12, 31)]


def test_closed_entries_stay_and_those_after_them_move_up(tmp_path: Path) -> None:
    rows = """\
- id: task-1
  number: 1
  title: 完成
  closed: {date: 2020-12-01, evidence: [x]}
- id: task-2
  number: 2
  title: 继续
  star: ☆
  progress:
    - {date: 2020-06-01, text: 一半, percent: 50}
  extensions:
    - {date: 2020-11-01, from: 上半年, to: 2021-06, reason: x}
  history:
    - {date: 2020-07-01, reason: x, closed: {date: 2020-06-30, evidence: [x]}}
  due: 2021-06
- id: task-3
  title: 无序号
"""
    _book, data, outcome = rolled(tmp_path, rows)
    assert data["parts"][0]["tables"][0]["rows"] == [
        {
            "id": "task-1",
            "number": "1",
            "title": "继续",
            "due": "2021-06",
            "carried_over_from": "2020/task-2",
        },
        {"id": "task-2", "title": "无序号", "carried_over_from": "2020/task-3"},
    ]
    assert data["parts"][0]["count"] == "2个"
    assert outcome.notes == ("1 ☆ of 2020 was not met.",)


def test_headings_and_notes_name_the_new_year_but_spans_of_years_stay(tmp_path: Path) -> None:
    _book, data, _outcome = rolled(tmp_path, "- id: task-1\n  title: 2020年的任务\n")
    assert data["title"] == "2021年台账（2016—2020年）"
    assert data["parts"][0]["title"] == "2021年任务"
    assert data["parts"][0]["notes"] == ["注：标“☆”表示需要2021年完成销账的台账。"]
    # What an entry is called is the notice's word.
    assert data["parts"][0]["tables"][0]["rows"][0]["title"] == "2020年的任务"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2020年任务", "2021年任务"),
        ("2020 年任务", "2021 年任务"),
        ("落实《2020年招生体育考试实施方案》", "落实《2020年招生体育考试实施方案》"),
        ("落实《关于印发〈2020年方案〉的通知》（2020年）", "落实《关于印发〈2020年方案〉的通知》（2021年）"),
        ("“十三五”（2016-2020年）", "“十三五”（2016-2020年）"),
        ("2020年至2022年任务", "2020年至2022年任务"),
        ("2020年起的任务", "2020年起的任务"),
        ("2020年5月13日印发", "2020年5月13日印发"),
        ("12020年", "12020年"),
        ("任务（3项）", "任务（1项）"),
        ("任务（三项）", "任务（一项）"),
        ("任务（若干）", "任务（若干）"),
        ("任务（3类事项）", "任务"),
    ],
)
def test_heading_of_the_new_year(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "workpoints_2020.yaml"
    point = f"      - {{id: point-1, title: {old}, title_from: section}}"
    text = f"kind: workpoints\nyear: 2020\ntitle: 要点\nsections:\n  - title: {old}\n    points:\n{point}\n"
    path.write_text(text, encoding="utf-8")
    roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    book = load_book(tmp_path)
    assert book.find("2021/point-1").data.title == new  # a point without a heading of its own has its section's


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("标“☆”表示需要2020年12月31日前完成销账", ["标“☆”表示需要2021年12月31日前完成销账"]),
        ("联系人截至2020年12月31日", ["联系人截至2020年12月31日"]),
        ("标“☆”表示2018—2020年完成销账", []),  # nobody but the office knows which years it means now
    ],
)
def test_note_of_the_new_year(old: str, new: list[str], tmp_path: Path) -> None:
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(HEAD.replace("注：标“☆”表示需要2020年完成销账的台账。", old).format(count="0个"), encoding="utf-8")
    table = "        rows: [{id: task-1, title: 任务}]\n"
    path.write_text(path.read_text(encoding="utf-8").replace("        rows:\n", table), encoding="utf-8")
    _made, outcome = roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    data = cast("Any", read_yaml((tmp_path / "ledger_2021.yaml").read_bytes()).data)
    assert data["parts"][0].get("notes", []) == new
    assert ([note for note in outcome.notes if old in note] == []) == bool(new)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["1", "2", "3"], ["1", "2"]),
        (["（一）", "（二）", "（三）"], ["（一）", "（二）"]),
        (["一、", "二、", "三、"], ["一、", "二、"]),
        (["第1项", "第2项", "第3项"], ["第1项", "第2项"]),
        (["1", None, "2"], [None, "1"]),
        (["甲", "乙", "丙"], ["乙", "丙"]),
    ],
)
def test_numbers_follow_as_they_are_printed(
    numbers: list[str | None], expected: list[str | None], tmp_path: Path
) -> None:
    rows = "".join(
        f"- id: task-{index}\n  title: 任务\n" + (f"  number: {number}\n" if number else "")
        for index, number in enumerate(numbers, 1)
    )
    rows = rows.replace("  title: 任务\n", "  title: 任务\n  closed: {date: 2020-12-01, evidence: [x]}\n", 1)
    book, _data, _outcome = rolled(tmp_path, rows)
    assert [entry.data.number for entry in book.entries if entry.year == 2021] == expected


def test_numbers_that_ran_on_from_table_to_table_still_do(tmp_path: Path) -> None:
    parts = "".join(
        f"  - title: 表{prefix}\n    tables:\n      - id_prefix: {prefix}\n        rows:\n"
        + "".join(
            f"          - {{id: {prefix}-{place}, number: {number}, title: 任务{closed}}}\n"
            for place, (number, closed) in enumerate(rows, 1)
        )
        for prefix, rows in {
            "a": [(1, ", closed: {date: 2020-12-01, evidence: [x]}"), (2, "")],
            "b": [(3, ""), (4, "")],
            "c": [(1, "")],
        }.items()
    )
    (tmp_path / "ledger_2020.yaml").write_text(f"kind: ledger\nyear: 2020\ntitle: x\nparts:\n{parts}", encoding="utf-8")
    roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    new = [(entry.id, entry.data.number) for entry in load_book(tmp_path).entries if entry.year == 2021]
    assert new == [("a-1", "1"), ("b-1", "2"), ("b-2", "3"), ("c-1", "1")]


def test_star_that_a_text_prints_once_more_stays_behind_too(tmp_path: Path) -> None:
    rows = """\
- id: task-1
  title: 任务☆
  star: {note: 第一批完成}
  remark: ☆（第一批完成）
- id: task-2
  title: 任务
  star: ☆
  remark: 需请示 ☆
- id: task-3
  title: 任务☆
"""
    _book, data, _outcome = rolled(tmp_path, rows)
    told = [(row["title"], row.get("remark")) for row in data["parts"][0]["tables"][0]["rows"]]
    # task-3 had no ☆ that was counted: what check says of its title, it says of the new one too.
    assert told == [("任务", None), ("任务", "需请示"), ("任务☆", None)]


@pytest.mark.parametrize("due", ["每季度末", "{wording: 按季, means: 每季度末}", "从2020年3月起，每季度"])
def test_recurring_duty_goes_on_with_its_gaps(due: str, tmp_path: Path) -> None:
    book, _data, outcome = rolled(tmp_path, f"- id: task-1\n  title: 报送\n  due: {due}\n")
    new = book.find("2021/task-1")
    standing = standings(book, date(2021, 1, 20)).of(new)
    assert new.deadline is not None
    assert (new.deadline.every, new.deadline.end) == ("quarter", date(2021, 12, 31))
    # The year's first time is not over; of last year's, all unreported, the last but one is a gap.
    assert (standing.status, standing.reason) == (Status.NOT_STARTED, Reason.GAP)
    assert "2021/task-1" in outcome.notes[0]


@pytest.mark.parametrize("due", ["2020年每季度末", "每月推进，12月底前完成"])
def test_what_recurs_in_one_year_alone_keeps_its_days(due: str, tmp_path: Path) -> None:
    book, _data, outcome = rolled(tmp_path, f"- id: task-1\n  title: 报送\n  due: {due}\n")
    assert standings(book, date(2021, 1, 20)).of(book.find("2021/task-1")).reason is Reason.OVERDUE
    assert not any(due in note for note in outcome.notes)


def test_mark_that_is_no_star_goes_on(tmp_path: Path) -> None:
    _book, data, _outcome = rolled(tmp_path, "- {id: task-1, title: ★任务, star: ☆, remark: ★}\n")
    [row] = data["parts"][0]["tables"][0]["rows"]
    assert (row["title"], row["remark"], row.get("star")) == ("★任务", "★", None)


@pytest.mark.parametrize(
    ("count", "number", "expected"),
    [
        ("3个", 2, "2个"),
        ("7项", 12, "12项"),
        ("共5个，其中3个需年内完成销账", 4, "共4个"),
        ("（3个）", 2, "（2个）"),
        ("（共5个，其中3个需年内完成销账）", 4, "（共4个）"),
        ("三项", 12, "十二项"),
        ("共十个", 9, "共九个"),
        ("３个", 2, "2个"),
        ("３个", 3, "３个"),
        ("3大类7项", 7, "3大类7项"),
        ("3大类7项", 3, None),
        ("5个（其中3个需年内完成销账）", 4, "4个"),
        ("若干", 2, None),
        ("省级5个、市级29个", 2, None),
    ],
)
def test_counts_are_written_anew_as_they_were_printed(count: str, number: int, expected: str | None) -> None:
    assert recounted(count, number) == expected


def test_count_of_an_unknown_form_is_left_out_and_said(tmp_path: Path) -> None:
    _book, data, outcome = rolled(tmp_path, "- id: task-1\n  title: 任务\n", count="若干")
    assert "count" not in data["parts"][0]
    assert "“若干”" in outcome.notes[0]


def test_2020_data_roll_over(tmp_path: Path) -> None:
    for file in DATA.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    _made, outcome = roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    names = {Path(file.name).name for file in outcome.files}
    assert names == {"ledger_2021.yaml", "workpoints_2021.yaml", "contacts_2021.yaml"}
    book = load_book(tmp_path)
    new = [entry for entry in book.entries if entry.year == 2021]
    assert len(new) == 33
    for entry in new:
        old = book.get(entry.data.carried_over_from or "")
        assert old is not None
        assert old.id == entry.id  # nothing was closed, so that every number stays
        ends = [(e.deadline and (e.deadline.start, e.deadline.end)) for e in (old, entry)]
        assert ends[0] == ends[1]
        assert [ref.replace("2020/", "2021/") for ref in book.implemented_refs(old)] == book.implemented_refs(entry)
    # House style: what is a number is written as one, what is text is quoted where it looks like one.
    text = (tmp_path / "ledger_2021.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../schema/ledger.json\n"
        "kind: ledger\nyear: 2021\ntitle: 攀枝花市2021年教育体育综合改革台账\nparts:\n  - number: 一\n"
    )
    assert "count: 共5个\n" in text


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize(("ledger", "contacts"), [(0o664, 0o600), (0o664, 0o664), (0o640, 0o644)])
def test_new_files_have_the_mode_of_the_old(tmp_path: Path, ledger: int, contacts: int) -> None:
    modes = {"ledger": ledger, "workpoints": 0o644, "contacts": contacts}
    for file in DATA.glob("*_2020.yaml"):
        copy = tmp_path / file.name
        copy.write_bytes(file.read_bytes())
        copy.chmod(modes[file.name.partition("_")[0]])
    roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    made = {file.name.partition("_")[0]: file.stat().st_mode & 0o777 for file in tmp_path.glob("*_2021.yaml")}
    assert made == modes


def test_new_files_have_the_line_endings_of_the_old(tmp_path: Path) -> None:
    (tmp_path / "ledger_2020.yaml").write_bytes((DATA / "ledger_2020.yaml").read_bytes().replace(b"\n", b"\r\n"))
    roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    new = (tmp_path / "ledger_2021.yaml").read_bytes()
    assert new.count(b"\r\n") == new.count(b"\n") > 0
    assert not new.startswith(b"\xef\xbb\xbf")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    rolled(tmp_path, "- id: task-1\n  title: 任务\n")
    (tmp_path / "ledger_2021.yaml").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="is there already"):
        roll_over(Sources((tmp_path / "ledger_2020.yaml",), "named"), 2021, TODAY, dry_run=False)
    assert (tmp_path / "ledger_2021.yaml").read_text(encoding="utf-8") == "# mine\n"


def test_two_documents_do_not_become_one_file(tmp_path: Path) -> None:
    rows = "parts: [{title: 表, tables: [{id_prefix: %s, rows: [{id: %s-1, title: 任务}]}]}]"
    text = f"kind: ledger\nyear: 2020\ntitle: 台账\n{rows}\n"
    for name, prefix in (("ledger.yaml", "a"), ("ledger_2020.yaml", "b")):
        (tmp_path / name).write_text(text.replace("%s", prefix), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"ledger_2021\.yaml is there already"):
        roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    assert len(list(tmp_path.glob("*.yaml"))) == 2


def test_bare_text_is_text() -> None:
    # ``Bare`` only says how a text is written; what is compared and kept is the text.
    assert Bare("2021") == "2021"


POINTS = """\
kind: workpoints
year: 2020
title: 2020年要点
sections:
  - title: 改革
    points:
      - id: point-1
        title: 改革试点
        targets:
          - {name: 任务, value: 2, unit: 个, counts: {part: 2020年任务}}
          - {name: 省级, value: 1, unit: 个, counts: {part: 2020年任务, level: 省级}}
          - {name: 子项, value: 22, unit: 个, counts: {phases: task-2}}
          - {name: 其他, value: 4, unit: 所}
"""
ROWS = """\
- {{id: task-1, title: 甲, due: 2020, level: 市级, implements: [point-1]{closed}}}
- id: task-2
  title: 乙
  level: 省级
  implements: [point-1]
  phases: [{{name: 一, count: 13, due: 2020}}, {{name: 二, count: 9}}]
"""


@pytest.mark.parametrize("closed", [False, True])
def test_targets_count_the_same_under_its_new_name(closed: bool, tmp_path: Path) -> None:
    (tmp_path / "workpoints_2020.yaml").write_text(POINTS, encoding="utf-8")
    rows = ROWS.format(closed=", closed: {date: 2020-12-01, evidence: [报告]}" if closed else "")
    book, _data, _outcome = rolled(tmp_path, rows, count="2个")
    counts = {target.name: target.counts for target in book.find("2021/point-1").data.targets}
    assert counts["省级"] is not None
    assert (counts["省级"].part, counts["省级"].level) == ("2021年任务", "省级")
    assert counts["子项"] is not None
    # What is closed out stays with 2020, and the rows after it move up.
    assert counts["子项"].phases == ("task-1" if closed else "task-2")
    # Rows that were closed out in 2020 are counted there.
    assert counts["任务"] is not None
    assert counts["任务"].part == "2021年任务"
    assert counts["其他"] is None
    findings = audit(book, TODAY).findings
    assert [finding for finding in findings if finding.code in {"RL103", "RL603"}] == []


def test_acknowledgements_go_on_as_far_as_their_findings_do(tmp_path: Path) -> None:
    rows = """\
- {id: task-1, number: 1, title: 甲, due: 年内, star: ☆}
- id: task-2
  number: 2
  title: 乙（
  due: 年内
  acknowledged:
    RL401: 不需销账
    RL704: 按原文
- {id: task-3, number: 3, title: 丙, due: 年内, acknowledged: {RL401: 不需销账}}
- {id: task-4, number: 4, title: 丁, due: 年内, star: ☆}
"""
    book, data, outcome = rolled(tmp_path, rows, count="4个")
    assert audit(load_book(tmp_path / "ledger_2020.yaml"), TODAY).open == ()
    acknowledged = [row.get("acknowledged") for row in data["parts"][0]["tables"][0]["rows"]]
    assert acknowledged == [None, {"RL704": "按原文"}, None, None]  # every ☆ stays with 2020, and its findings with it
    assert audit(book, TODAY).open == ()
    left_out = "2021/task-2 RL401, 2021/task-3 RL401"
    assert outcome.notes == (
        f"Acknowledgements of what is found no more were left out: {left_out}.",
        "2 ☆ of 2020 were not met.",
    )


def test_stars_that_the_old_year_did_not_meet_are_counted(tmp_path: Path, run: Run) -> None:
    rows = """\
- {id: task-1, title: 甲, star: ☆}
- {id: task-2, title: 乙, star: ☆, closed: {date: 2020-12-31, evidence: [x]}}
- {id: task-3, title: 丙, star: ☆, closed: {date: 2021-01-01, evidence: [x], late: true}}
- {id: task-4, title: 丁, due: 2020}
"""
    rolled(tmp_path, rows)
    (tmp_path / "ledger_2021.yaml").unlink()
    ran = run("rollover", "2021", "--dry-run", "-f", "json", "--data", str(tmp_path))
    assert json.loads(ran.out)["stars_not_met"] == 2
    assert "2 ☆ of 2020 were not met." in ran.err


def test_what_is_counted_from_the_date_of_issue_keeps_the_days_it_came_to(tmp_path: Path) -> None:
    _book, data, _outcome = rolled(tmp_path, "- id: task-1\n  title: 任务\n  assigned: 2020-03-10\n  due: 18个月内\n")
    row = data["parts"][0]["tables"][0]["rows"][0]
    assert row["due"] == {"wording": "18个月内", "means": "2020-03-10/2021-09-10"}


def test_numbers_that_are_codes_stay_and_so_do_their_ids(tmp_path: Path) -> None:
    closed = "\n  closed: {date: 2020-12-01, evidence: [x]}"
    rows = "".join(
        f"- id: task-{code}\n  number: {code}\n  title: 任务{code}{closed if code == 201 else ''}\n"
        for code in (201, 202, 212)
    )
    (tmp_path / "ledger_2020.yaml").write_text(
        HEAD.format(count="3个").replace("year: 2020\n", "year: 2020\nnumbers: own\n")
        + "".join(f"          {line}\n" for line in rows.splitlines()),
        encoding="utf-8",
    )
    roll_over(Sources((tmp_path,), "named"), 2021, TODAY, dry_run=False)
    new = [(entry.id, entry.data.number) for entry in load_book(tmp_path).entries if entry.year == 2021]
    assert new == [("task-202", "202"), ("task-212", "212")]
