"""A draft beside a book: what is known by title or number, what changed, what is new, and commands that work."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from reformledger import load_book
from reformledger.drafting.against.comparison import Comparison, Known, New, compared
from reformledger.drafting.plain import Documents, entries_of, headings_of, with_ids
from reformledger.drafting.questions import Questions
from reformledger.drafting.written import document_text
from reformledger.edits.commands import command_line, filled_in
from reformledger.edits.transaction import carry_out
from reformledger.loader import parse_file
from reformledger.sources import Sources

DATA = Path(__file__).parents[3] / "data"
TODAY = date(2020, 6, 30)
BODY_FOLDERS = sorted((Path(__file__).parents[2] / "ledgers" / "bodies").iterdir())


def plain(folder: Path) -> Any:
    """Return the documents of a folder as a draft has them."""
    documents: list[Any] = [parse_file(path).data for path in sorted(folder.glob("*.yaml"))]
    return {document["kind"]: document for document in documents}


def entry(documents: Documents, entry_id: str) -> Any:
    return next(
        each.data for document in documents.values() for each in entries_of(document) if each.data["id"] == entry_id
    )


def beside(documents: Documents, folder: Path = DATA) -> tuple[Comparison, Questions]:
    questions = Questions()
    return compared(documents, load_book(folder), questions, {}, TODAY), questions


@pytest.fixture
def again() -> Any:
    """Return the shipped documents, drafted again under other ids."""
    documents = plain(DATA)
    ids = {each.id: f"d-{each.id}" for document in documents.values() for each in entries_of(document)}
    return with_ids(documents, ids)


def test_what_was_drafted_again_is_known_without_changes_and_gets_the_ids_of_the_book(again: Any) -> None:
    comparison, questions = beside(again)
    assert len(comparison.known) == 33
    assert [(known.entry.id, known.changes) for known in comparison.known if known.changes] == []
    assert (comparison.new, comparison.missing, questions.all) == ([], [], [])
    assert all(old == f"d-{new}" for old, new in comparison.ids.items())
    assert with_ids(again, comparison.ids) == plain(DATA)


@pytest.mark.parametrize("folder", BODY_FOLDERS, ids=lambda folder: folder.name)
def test_whatever_a_body_prints_is_known_again(folder: Path) -> None:
    comparison, questions = beside(plain(folder), folder)
    assert [known.changes for known in comparison.known if known.changes] == []
    asked = sum(len(question.items) for question in questions)
    assert len(comparison.known) + asked == len(load_book(folder).entries)
    assert comparison.new == []


def test_a_value_that_is_different_is_a_change_with_the_command_that_makes_it(again: Any) -> None:
    entry(again, "d-point-8")["due"] = "2021年6月"
    entry(again, "d-point-8")["leaders"] = ["田龙", "谢强"]
    (known,) = [known for known in beside(again)[0].known if known.changes]
    assert known.entry.id == "point-8"
    assert [tuple(change) for change in known.changes] == [
        (("leaders",), ["田龙"], ["田龙", "谢强"]),
        (("due",), "2020年12月", "2021年6月"),
    ]
    assert known.command
    assert command_line(known.command) == "reformledger set 2020/point-8 'leaders=田龙、谢强' 'due=2021年6月'"


def test_blanks_width_other_words_of_the_directory_and_what_is_not_printed_are_no_changes(again: Any) -> None:
    task = entry(again, "d-task-2")
    task["outcome"] = task["outcome"].replace("改革", "改 革")
    task["lead_departments"] = ["基教科", "市教育考试院"]
    del task["leaders"]
    entry(again, "d-point-10")["due"] = "完成时限:2020年12月"
    assert [known.changes for known in beside(again)[0].known if known.changes] == []


def test_a_reworded_title_is_known_by_its_number(again: Any) -> None:
    entry(again, "d-point-4")["title"] = "进一步优化学前教育资源配置"
    comparison, questions = beside(again)
    (known,) = [known for known in comparison.known if known.changes]
    assert (known.entry.id, [change.path for change in known.changes]) == ("point-4", [("title",)])
    assert not questions.all


def test_another_title_under_the_same_number_is_new_and_not_the_entry_of_that_number(again: Any) -> None:
    entry(again, "d-point-4")["title"] = "规范校外培训机构"
    comparison, _questions = beside(again)
    assert [new.title for new in comparison.new] == ["规范校外培训机构"]
    assert [gone.id for gone in comparison.missing] == ["point-4"]
    assert comparison.ids.get("d-point-4") is None


def test_a_title_alone_is_asked_about_where_place_number_and_department_are_others(again: Any) -> None:
    point = entry(again, "d-point-8")
    again["workpoints"]["sections"][2]["points"].remove(point)
    point.update(number="17", lead_departments=["人事科"])
    again["workpoints"]["sections"][5]["points"].append(point)
    comparison, questions = beside(again)
    (item,) = questions.all[0].items
    assert (item.entry, item.proposals[0].data) == ("d-point-8", {"id": "point-8"})
    assert (comparison.new, comparison.missing) == ([], [])


def test_what_differs_in_a_rank_or_a_number_alone_is_asked_about_though_the_number_is_the_same(again: Any) -> None:
    entry(again, "d-pilot-7")["title"] = "省级教育综合改革试点（第一、二、三批分别下设13、9、7个子项）"
    comparison, questions = beside(again)
    assert [(item.entry, item.proposals[0].data) for item in questions.all[0].items] == [
        ("d-pilot-7", {"id": "pilot-7"})
    ]
    assert comparison.new == []


def test_a_title_that_is_like_one_of_another_number_is_asked_about(again: Any) -> None:
    entry(again, "d-point-12").update(title="深化中小学教学质量综合评价改革", number="16")
    comparison, questions = beside(again)
    (question,) = questions.all
    (item,) = question.items
    assert (question.subject, item.entry) == ("known", "d-point-12")
    assert item.proposals[0].data == {"id": "point-12"}
    assert (comparison.new, comparison.missing) == ([], [])


def test_of_equal_titles_heading_number_and_department_tell_and_what_they_do_not_tell_is_asked(tmp_path: Path) -> None:
    def ledger(*rows: str) -> str:
        head = "kind: ledger\nyear: 2020\ntitle: 台账\nparts:\n  - title: 任务\n    tables:\n      - id_prefix: task\n"
        return head + "        rows:\n" + "".join(f"          - {{{row}}}\n" for row in rows)

    one, two, third = (f"id: task-{n}, title: 召开推进会, number: {n}" for n in (1, 2, 3))
    (tmp_path / "ledger_2020.yaml").write_text(ledger(one, two), encoding="utf-8")
    drafted = tmp_path / "draft"
    drafted.mkdir()
    (drafted / "ledger.yaml").write_text(ledger(two, third), encoding="utf-8")
    comparison, questions = beside(plain(drafted), tmp_path / "ledger_2020.yaml")
    assert [known.entry.id for known in comparison.known] == ["task-2"]
    assert [(item.entry, item.proposals[0].data) for item in questions.all[0].items] == [("task-3", {"id": "task-1"})]


@pytest.mark.parametrize(("due", "count"), [("2021年6月", 1), ("2020年6月", 0), ("每年6月", 0), ("视情况", 0)])
def test_a_later_deadline_may_be_an_extension(again: Any, tmp_path: Path, due: str, count: int) -> None:
    sources = kept_in(tmp_path, plain(DATA))
    entry(again, "d-point-3")["due"] = due
    (known,) = [known for known in beside(again)[0].known if known.changes]
    assert len(known.extensions) == count
    for extension in known.extensions:
        assert command_line(extension) == "reformledger extend 2020/point-3 --to 2021年6月 --reason …"
        carry_out(sources, [filled_in(extension)], TODAY)
        assert [each.changes for each in beside(again, tmp_path)[0].known if each.changes] == []


def test_the_later_deadline_of_a_phase_names_the_phase(again: Any) -> None:
    entry(again, "d-pilot-7")["phases"][1]["due"] = "2025年"
    (known,) = [known for known in beside(again)[0].known if known.changes]
    (extension,) = known.extensions
    assert command_line(extension) == "reformledger extend 2020/pilot-7 --phase 第二批 --to 2025年 --reason …"


def test_new_entries_get_ids_that_none_has_and_the_command_that_adds_them(again: Any) -> None:
    section = again["workpoints"]["sections"][2]
    new = {"id": "point-4", "number": "16", "title": "规范校外培训机构", "text": "开展专项治理。", "due": "年内"}
    section["points"].insert(1, {**new, "leaders": ["谢强"], "lead_departments": ["职成高教科"]})
    comparison, _questions = beside(again)
    (added,) = comparison.new
    assert added.id == comparison.ids["point-4"] == "point-16"
    assert added.command
    assert command_line(added.command) == (
        "reformledger add 规范校外培训机构 number=16 'leaders=谢强' 'lead_departments=职成高教科' 'due=年内' "
        "'text=开展专项治理。' assigned=2020-05-13 --to 2020/进一步优化资源配置"
    )


def test_an_entry_of_a_table_that_the_book_has_not_has_no_command(again: Any) -> None:
    rows = [{"id": "x-1", "title": "新任务"}]
    again["ledger"]["parts"].append({"title": "新表", "tables": [{"id_prefix": "x", "rows": rows}]})
    comparison, _questions = beside(again)
    assert [(new.id, new.command) for new in comparison.new] == [("x-1", None)]


def test_entries_of_a_document_that_was_not_drafted_are_not_missing(again: Any) -> None:
    comparison, _questions = beside({"ledger": again["ledger"]})
    assert comparison.missing == []
    assert len(comparison.known) == 18


def test_records_of_what_became_of_an_entry_are_never_compared(write: Callable[[str, str], Path]) -> None:
    text = (DATA / "ledger_2020.yaml").read_text(encoding="utf-8")
    report = "            progress:\n              - {date: 2020-06-30, text: 已完成}\n            implements:\n"
    path = write("ledger_2020.yaml", text.replace("            implements:\n", report, 1))
    comparison, _questions = beside({"ledger": plain(DATA)["ledger"]}, path)
    assert not any(known.changes for known in comparison.known)


def commanded(comparison: Comparison) -> list[Known | New]:
    """Return what a comparison has commands for, or could have."""
    return [*comparison.known, *comparison.new]


def carried_out(run: Run, folder: Path, comparison: Comparison) -> None:
    """Carry out every command of a comparison, as it is printed."""
    for each in commanded(comparison):
        if each.command:
            words = shlex.split(command_line(each.command))[1:]
            done = run(*words, "--data", str(folder))
            assert done.code == 0, (words, done.err)


def test_the_commands_make_the_book_what_the_draft_says(again: Any, run: Run, tmp_path: Path) -> None:
    for path in DATA.glob("*_2020.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for path in DATA.glob("directory*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    entry(again, "d-point-10")["due"] = "2021年3月"
    entry(again, "d-point-2")["supporting_departments"] = ["竞训科"]
    entry(again, "d-point-4")["title"] = "进一步优化学前教育资源配置"
    entry(again, "d-task-2")["star"] = {"note": "出台文件后"}
    entry(again, "d-task-2")["persons"] = {"项目责任人": ["谢强"]}
    entry(again, "d-pilot-7")["phases"][1]["due"] = {"wording": "2021年前后", "means": "2021"}
    entry(again, "d-pilot-7")["phases"].append({"name": "第四批", "count": "5", "due": "2023"})
    entry(again, "d-pilot-1")["due"] = {"wording": "视情况", "means": "2023-06"}
    rows = again["ledger"]["parts"][0]["tables"][0]["rows"]
    phases = [{"name": "第一步", "due": "6月"}, {"name": "第二步", "due": {"wording": "适时", "means": "2020-10"}}]
    rows.append({"id": "d-task-4", "number": "4", "title": "规范校外培训", "leaders": ["谢强"], "phases": phases})
    comparison, _questions = beside(again, tmp_path)
    assert not any(each.by_hand for each in commanded(comparison))
    carried_out(run, tmp_path, comparison)
    after, questions = beside(again, tmp_path)
    assert [known.changes for known in after.known if known.changes] == []
    assert (after.new, after.missing, questions.all) == ([], [], [])
    assert after.ids["d-task-4"] == "task-4"


def otherwise(key: str, value: Any) -> Any:
    """Return another value for a key of an entry."""
    match key:
        case "text" | "outcome" | "remark" | "basis" | "level":
            return f"{value}（修订）"
        case "leaders" | "lead_departments" | "supporting_departments":
            return [*value, "新设科" if "departments" in key else "甲某某"]
        case "persons" | "columns":
            return {part: otherwise("leaders" if key == "persons" else "text", each) for part, each in value.items()}
        case "due":
            return "11月底前"
        case "phases":
            return [{**phase, "due": f"{month}月底前"} for month, phase in enumerate(value, 1)]
    return value


def kept_in(folder: Path, documents: Any) -> Sources:
    """Write documents, and return them as the sources of a book."""
    for kind, document in documents.items():
        (folder / f"{kind}.yaml").write_text(document_text(kind, document), encoding="utf-8")
    return Sources(tuple(sorted(folder.glob("*.yaml"))), "named")


@pytest.mark.parametrize("folder", BODY_FOLDERS, ids=lambda folder: folder.name)
def test_whatever_a_body_changes_in_an_entry_its_command_changes(folder: Path, tmp_path: Path) -> None:
    sources, documents = kept_in(tmp_path, plain(folder)), plain(folder)
    for document in documents.values():
        for each in entries_of(document):
            each.data.update({key: otherwise(key, value) for key, value in each.data.items()})
    comparison, _questions = beside(documents, tmp_path)
    commands = [known.command for known in comparison.known if known.command]
    assert commands
    assert not any(known.by_hand for known in comparison.known)
    carry_out(sources, commands, date(2020, 6, 30))
    assert not any(known.changes for known in beside(documents, tmp_path)[0].known)


@pytest.mark.parametrize("folder", BODY_FOLDERS, ids=lambda folder: folder.name)
def test_whatever_entry_of_a_body_is_new_its_command_adds_it(folder: Path, tmp_path: Path) -> None:
    documents = plain(folder)
    for document in documents.values():
        for heading in headings_of(document):
            for entries in (heading.get("points"), heading.get("rows")):
                if isinstance(entries, list):
                    del entries[1:]
    sources, documents = kept_in(tmp_path, documents), plain(folder)
    comparison, _questions = beside(documents, tmp_path)
    carry_out(sources, [new.command for new in comparison.new if new.command], date(2020, 6, 30))
    after, questions = beside(documents, tmp_path)
    assert not any(known.changes for known in after.known)
    assert (after.new, after.missing, questions.all) == ([], [], [])


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(15)), st.integers(0, 15))
def test_the_order_and_the_numbers_of_a_draft_never_make_another_entry_of_one(order: list[int], kept: int) -> None:
    documents = plain(DATA)
    points = [each for section in documents["workpoints"]["sections"] for each in section["points"]]
    titles = {each["id"]: each["title"] for each in points}
    drafted = [dict(points[place], id=f"point-{n}", number=str(n)) for n, place in enumerate(order[:kept], 1)]
    section: Any = {"title": "要点", "points": drafted}
    comparison, questions = beside({"workpoints": {**documents["workpoints"], "sections": [section]}})
    assert not questions.all
    assert {titles[known.entry.id] for known in comparison.known} == {each["title"] for each in drafted}
    assert len(comparison.missing) == 15 - kept
