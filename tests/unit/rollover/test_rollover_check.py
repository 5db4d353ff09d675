"""Rollover and check: the new files have no finding that the old ones have not, and the old ones keep theirs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import DATA, LEDGERS, Run
from reformledger import load_book
from reformledger.audit.finding import Finding
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.edits.intents import Close, Intent, Set
from reformledger.edits.transaction import Outcome, carry_out
from reformledger.errors import DataError
from reformledger.rollover.plan import Rollover, roll_over
from reformledger.sources import Sources

TODAY = date(2021, 1, 4)
CASES = sorted([*LEDGERS.glob("reading/good/*"), *LEDGERS.glob("RL*/*")])


def copied(files: Iterable[Path], folder: Path) -> Path:
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def rolled(folder: Path, year: int = 2021) -> tuple[Rollover, Outcome]:
    return roll_over(Sources((folder,), "named"), year, TODAY, dry_run=False)


def edit(folder: Path, *intents: Intent) -> None:
    carry_out(Sources((folder,), "named"), intents, TODAY)


def origins(book: Book) -> dict[str, str]:
    return {entry.ref: entry.data.carried_over_from or entry.ref for entry in book.entries}


def acknowledge_all(folder: Path) -> None:
    """Acknowledge every finding beside the entry that it concerns."""
    book = load_book(folder)
    fields: dict[str, dict[str, str]] = {}
    for finding in audit(book, TODAY).open:
        assert finding.ref
        fields.setdefault(finding.ref, {})[f"acknowledged.{finding.code}"] = "经研究不改"
    edit(folder, *(Set(ref, values) for ref, values in fields.items()))
    assert audit(load_book(folder), TODAY).open == ()


def assert_nothing_of_its_own(folder: Path, year: int) -> None:
    """Roll over; say that no open finding in the new files is without its like on the original entry in the old."""
    before = audit(load_book(folder), TODAY)
    old_files = {loaded.name for loaded in load_book(folder).documents}
    made, _outcome = rolled(folder, year)
    book = load_book(folder)
    after = audit(book, TODAY)

    def places(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
        return [(f.code, f.place[:3], f.acknowledged) for f in findings if f.place.file in old_files]

    assert places(after.findings) == places(before.findings)
    known = {(f.code, ref) for f in before.findings for ref in (f.beside if f.ref else ())}
    known |= {(f.code, f.message.replace(str(year - 1), str(year))) for f in before.findings}
    old_refs = origins(book)
    new = [f for f in after.open if f.place.file not in old_files]
    own = [f for f in new if (f.code, old_refs[f.ref] if f.ref else f.message) not in known]
    assert own == []
    assert made.inherited == len(new)
    # The new files alone: the same, and nothing that only the old ones could tell.
    alone = Book(loaded for loaded in book.documents if loaded.name not in old_files or loaded.kind == "directory")
    old_refs = origins(alone)
    own = [f for f in audit(alone, TODAY).open if (f.code, old_refs[f.ref] if f.ref else f.message) not in known]
    assert own == []


def test_shipped_data_take_their_findings_along_and_no_other(tmp_path: Path) -> None:
    assert_nothing_of_its_own(copied(DATA.glob("*.yaml"), tmp_path), 2021)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_ledger_of_every_kind_takes_its_findings_along_and_no_other(path: Path, tmp_path: Path) -> None:
    copied(path.iterdir() if path.is_dir() else [path], tmp_path)
    try:
        book = load_book(tmp_path)
    except DataError:
        return  # a case of reading, whose files are refused
    if book.entries:
        assert_nothing_of_its_own(tmp_path, book.years[-1] + 1)


ENTRIES = [entry.ref for entry in load_book(DATA).entries if not entry.phases]


def close(folder: Path, refs: Iterable[str]) -> None:
    if closes := [Close(ref, ["验收报告"]) for ref in refs]:
        edit(folder, *closes)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(ENTRIES)))
def test_whatever_was_closed_out_nothing_new_is_found(tmp_path_factory: pytest.TempPathFactory, refs: set[str]) -> None:
    folder = copied(DATA.glob("*.yaml"), tmp_path_factory.mktemp("data"))
    close(folder, sorted(refs))
    assert_nothing_of_its_own(folder, 2021)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(ENTRIES)))
def test_what_was_acknowledged_stays_so(tmp_path_factory: pytest.TempPathFactory, refs: set[str]) -> None:
    folder = copied(DATA.glob("*.yaml"), tmp_path_factory.mktemp("data"))
    acknowledge_all(folder)
    close(folder, sorted(refs))
    # A close-out may end a finding, whose acknowledgement is then to be taken out.
    for ref, code in audit(load_book(folder), TODAY).unmatched:
        edit(folder, Set(ref, {f"acknowledged.{code}": ""}))
    acknowledge_all(folder)  # what a close-out itself gives rise to: it came late, or short of a target
    made, _outcome = rolled(folder)
    assert made.inherited == 0
    assert audit(load_book(folder), TODAY).open == ()


POINTS = """\
kind: workpoints
year: 2020
title: 要点
sections:
  - title: 部分
    points:
"""
ROWS = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 2020年任务（2项）
    tables:
      - id_prefix: task
        columns: {due: 时限, star: 备注}
        rows:
"""
DONE = "closed: {date: 2020-12-01, evidence: [验收报告]}"


@pytest.mark.parametrize(
    ("points", "rows"),
    [
        pytest.param(
            ["{id: point-1, title: 甲, leaders: [谢强, 彭格]}"],
            [
                f"{{id: task-1, title: 子, leaders: [谢强], implements: [point-1], {DONE}}}",
                "{id: task-2, title: 丑, leaders: [彭格], implements: [point-1]}",
            ],
            id="rows that shared out the leaders, one of them done",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, due: 2020-12}"],
            [f"{{id: task-1, title: 子, due: 2020-12, implements: [point-1], {DONE}}}"],
            id="a work point whose only row is done",
        ),
        pytest.param(
            ["{id: point-1, title: 甲}"],
            [f"{{id: task-1, title: 子, {DONE}}}"],
            id="a ledger that names no work points, all of it done",
        ),
        pytest.param(
            [f"{{id: point-1, title: 甲, text: 落实《校企合作办法》, {DONE}}}", "{id: point-2, title: 乙}"],
            ["{id: task-1, title: 《校企合作办法》}", "{id: task-2, title: 丑, implements: [point-2]}"],
            id="a row whose document only a work point that is done quotes",
        ),
        pytest.param(
            [f"{{id: point-1, title: 落实《校企合作办法》, {DONE}}}", "{id: point-2, title: 修订《校企合作办法》}"],
            [
                "{id: task-1, title: 《校企合作办法》, implements: [point-1]}",
                "{id: task-2, title: 丑, implements: [point-2]}",
            ],
            id="a row that named one of two work points that quote its document",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, due: 2020-06}"],
            ["{id: task-1, title: 子, star: ☆, implements: [point-1]}"],
            id="a bare star under a work point that ends earlier",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, due: 2025}"],
            [
                f"{{id: task-1, title: 子, due: 2020-12, implements: [point-1], {DONE}}}",
                "{id: task-2, title: 甲, due: 2020-12, implements: [point-1]}",
            ],
            id="a step on the way, the other one done",
        ),
        pytest.param(
            ["{id: point-1, title: 甲}"],
            [
                "{id: task-1, title: 每季度末报送总结, due: 每季度末, implements: [point-1]}",
                "{id: task-2, title: 每年培训校长, due: 2021, implements: [point-1]}",
            ],
            id="a duty that recurs",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, targets: [{name: 任务, value: 2, counts: {part: 2020年任务（2项）}}]}"],
            [
                f"{{id: task-1, title: 子, implements: [point-1], {DONE}}}",
                "{id: task-2, title: 丑, implements: [point-1]}",
            ],
            id="a target that counts rows, of which one is done",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, targets: [{name: 子项, value: 3, counts: {phases: task-2}}]}"],
            [
                f"{{id: task-1, title: 子, implements: [point-1], {DONE}}}",
                "{id: task-2, title: 丑, implements: [point-1], phases: [{name: 一, count: 1}, {name: 二, count: 2}]}",
            ],
            id="a target that counts the items of an entry with a new id",
        ),
        pytest.param(
            ["{id: point-1, title: 甲, lead_departments: [基础教育科]}"],
            [
                "{id: task-1, title: 子, lead_departments: [基础教肓科], implements: [point-1]}",
                "{id: task-2, title: 丑, lead_departments: [基础教肓科], implements: [point-1]}",
            ],
            id="a slip of the pen, printed twice as often",
        ),
    ],
)
def test_nothing_is_found_of(points: list[str], rows: list[str], tmp_path: Path) -> None:
    points_text = POINTS + "".join(f"      - {point}\n" for point in points)
    rows_text = ROWS + "".join(f"          - {row}\n" for row in rows)
    (tmp_path / "workpoints_2020.yaml").write_text(points_text, encoding="utf-8")
    (tmp_path / "ledger_2020.yaml").write_text(rows_text, encoding="utf-8")
    assert_nothing_of_its_own(tmp_path, 2021)
    # And the year after, though nothing was closed out.
    assert_nothing_of_its_own(tmp_path, 2022)


def test_outcome_says_how_many_findings_went_on(run: Run, tmp_path: Path) -> None:
    copied(DATA.glob("*.yaml"), tmp_path)
    ran = run("rollover", "2021", "--data", str(tmp_path))
    new = [f for f in audit(load_book(tmp_path), TODAY).open if "_2021" in f.place.file]
    assert (
        f"Note: {len(new)} findings of the check went on with their entries; “reformledger check” lists them."
        in ran.err
    )
    assert "not there before" not in ran.err


def test_outcome_says_nothing_where_nothing_is_found(tmp_path: Path) -> None:
    copied(DATA.glob("*.yaml"), tmp_path)
    acknowledge_all(tmp_path)
    made, outcome = rolled(tmp_path)
    assert made.inherited == 0
    assert not [note for note in outcome.notes if "finding" in note]
    assert not audit(load_book(tmp_path), TODAY).failed


def test_acknowledgement_of_a_heading_goes_to_the_entry_that_is_first_below_it(tmp_path: Path) -> None:
    rows = [
        f"{{id: task-1, title: 子, acknowledged: {{RL704: 按原文}}, {DONE}}}",
        "{id: task-2, title: 丑}",
    ]
    text = ROWS.replace("2020年任务（2项）", "2020年任务《") + "".join(f"          - {row}\n" for row in rows)
    (tmp_path / "ledger_2020.yaml").write_text(text, encoding="utf-8")
    made, _outcome = rolled(tmp_path)
    book = load_book(tmp_path)
    assert book.find("2021/task-1").data.acknowledged == {"RL704": "按原文"}
    assert (made.inherited, audit(book, TODAY).open) == (0, ())


def test_acknowledgement_goes_to_the_entry_that_is_left_with_the_finding(tmp_path: Path) -> None:
    rows = [
        f"{{id: task-1, title: 子, acknowledged: {{RL602: 单列}}, {DONE}}}",
        "{id: task-2, title: 丑}",
        "{id: task-3, title: 寅}",
    ]
    (tmp_path / "workpoints_2020.yaml").write_text(POINTS + "      - {id: point-1, title: 甲}\n", encoding="utf-8")
    text = ROWS.replace("（2项）", "") + "".join(f"          - {row}\n" for row in rows)
    (tmp_path / "ledger_2020.yaml").write_text(text, encoding="utf-8")
    rolled(tmp_path)
    book = load_book(tmp_path)
    assert book.find("2021/task-1").data.acknowledged == {"RL602": "单列"}
    assert not [finding for finding in audit(book, TODAY).open if finding.code == "RL602"]
