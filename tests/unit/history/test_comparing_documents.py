"""What two states of documents say otherwise: headings, notices, directories, contacts, and where entries are."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import cast

import pytest

from conftest import DATA
from reformledger.history.comparing.documents import compare
from reformledger.history.difference import Difference, DifferenceKind, FieldPath, PlainDocument
from reformledger.model.base import known_keys
from reformledger.model.documents import (
    Contacts,
    DirectoryDocument,
    DocumentKind,
    Ledger,
    Notice,
    Part,
    Section,
    Table,
    Workpoints,
)
from reformledger.yamlio import Data, Mapped, read_yaml

ADDED, REMOVED, MOVED = DifferenceKind.ADDED, DifferenceKind.REMOVED, DifferenceKind.MOVED
CHANGED, RECORDED, RENUMBERED = DifferenceKind.CHANGED, DifferenceKind.RECORDED, DifferenceKind.RENUMBERED
LEDGER_TITLE = "攀枝花市2020年教育体育综合改革台账"
TASKS, PILOTS = "实施规划类改革任务落实台账", "重大改革试点落实台账"


class Documents:
    """The shipped documents, and a copy of them to change."""

    def __init__(self) -> None:
        self.old = [_read(path) for path in sorted(DATA.glob("*.yaml"))]
        self.new = copy.deepcopy(self.old)

    def data(self, kind: DocumentKind) -> Mapped:
        return next(each.data for each in self.new if each.kind == kind)

    @property
    def parts(self) -> list[Mapped]:
        return maps(self.data("ledger"), "parts")

    def rows(self, part: int, table: int = 0) -> list[Mapped]:
        return maps(maps(self.parts[part], "tables")[table], "rows")

    def compared(self) -> list[tuple[DifferenceKind, str, FieldPath, Data, Data]]:
        """Return the differences; the way back has as many, of what they concern."""
        found = compare(self.old, self.new)
        back = compare(self.new, self.old)
        assert sorted(each.ref for each in back) == sorted(each.ref for each in found)
        return [(each.kind, each.ref, *each[3:6]) for each in found]


def _read(path: Path) -> PlainDocument:
    data = cast("Mapped", read_yaml(path.read_bytes()).data)
    return PlainDocument(path.name, cast("DocumentKind", data["kind"]), data)


def maps(data: Mapped, key: str) -> list[Mapped]:
    """Return the mappings under a key, to be changed in place."""
    return cast("list[Mapped]", data[key])


@pytest.fixture
def documents() -> Documents:
    return Documents()


def test_the_same_documents_differ_in_nothing(documents: Documents) -> None:
    assert documents.compared() == []


def test_documents_are_named_by_their_year_and_kind(documents: Documents) -> None:
    documents.data("ledger")["title"] = documents.data("workpoints")["title"] = "新标题"
    documents.data("directory")["title"] = "名录"
    documents.data("contacts")["title"] = "联系人"
    refs = {ref for _kind, ref, *_rest in documents.compared()}
    assert refs == {"2020/ledger", "2020/workpoints", "2020/contacts", "directory"}


def test_what_the_office_asks_about_comes_first(documents: Documents) -> None:
    for each in documents.new:
        each.data["title"] = "新标题"
    documents.new.append(_of_year(documents, "2019"))
    found = compare(documents.old, documents.new)
    refs = dict.fromkeys(each.ref for each in found if each.kind is CHANGED or each.ref == "2019/ledger")
    assert list(refs) == ["2019/ledger", "2020/workpoints", "2020/ledger", "2020/contacts", "directory"]


HEADINGS: dict[tuple[str, ...], tuple[type, FieldPath]] = {
    (): (Ledger, ()),
    ("notice",): (Notice, ("notice",)),
    ("parts",): (Part, ("parts", TASKS)),
    ("parts", "tables"): (Table, ("parts", TASKS, "tables", "task")),
}
UNDER = {"parts", "tables", "rows", "sections", "points"}
IDENTITY = {"title", "id_prefix", "kind", "year"}


def _values(key: str) -> tuple[Data, Data, FieldPath]:
    """Return two values of a key, and the path to what differs inside."""
    if key == "removed":
        return None, [{"id": "task-9", "title": "旧任务", "date": "2020-07-01", "reason": "重复"}], ()
    if key in {"columns", "phase_columns", "marks"}:
        return {"text": "内容"}, {"text": "事项"}, ("text",)
    if key in {"leaders", "lead_departments", "notes", "recipients"}:
        return ["甲"], ["甲", "乙"], ()
    if key == "notice":
        return {"title": "通知", "issuer": "市局"}, {"title": "通知", "issuer": "市教体局"}, ("issuer",)
    return "从前", "如今", ()


@pytest.mark.parametrize(
    ("steps", "key"),
    [
        (steps, key)
        for steps, (model, _path) in HEADINGS.items()
        for key in known_keys(model)
        if key not in UNDER | IDENTITY
    ],
)
def test_every_field_of_a_ledger_and_its_headings(documents: Documents, steps: tuple[str, ...], key: str) -> None:
    holder = documents.data("ledger")
    old = next(each.data for each in documents.old if each.kind == "ledger")
    if steps == ("notice",):
        for each in (holder, old):
            each["notice"] = {}
        holder, old = cast("Mapped", holder["notice"]), cast("Mapped", old["notice"])
    for step in () if steps == ("notice",) else steps:
        holder, old = maps(holder, step)[0], maps(old, step)[0]
    old[key], holder[key], path = _values(key)
    if steps == ("notice",):  # a notice that says something is there on both sides
        old["text"] = old.get("text") or "正文"
        holder["text"] = holder.get("text") or "正文"
    found = documents.compared()
    kind = RECORDED if key == "removed" else RENUMBERED if key == "number" and steps[0] != "notice" else CHANGED
    assert [each[:3] for each in found] == [(kind, "2020/ledger", (*HEADINGS[steps][1], key, *path))]


def test_what_a_table_is_known_by(documents: Documents) -> None:
    maps(documents.parts[0], "tables")[0] |= {"id_prefix": "work", "kind": "scheme", "title": "任务表"}
    path = ("parts", TASKS, "tables", "任务表")
    assert sorted(documents.compared()) == [
        (CHANGED, "2020/ledger", (*path, "id_prefix"), "task", "work"),
        (CHANGED, "2020/ledger", (*path, "kind"), "task", "scheme"),
        (CHANGED, "2020/ledger", (*path, "title"), None, "任务表"),
    ]


@pytest.mark.parametrize("key", [key for key in known_keys(Section) if key not in UNDER | IDENTITY])
def test_every_field_of_a_section(documents: Documents, key: str) -> None:
    section = maps(documents.data("workpoints"), "sections")[0]
    old = maps(next(each.data for each in documents.old if each.kind == "workpoints"), "sections")[0]
    old[key], section[key], path = _values(key)
    kind = RENUMBERED if key == "number" else CHANGED
    title = "创新融入成渝地区双城经济圈"
    assert [each[:3] for each in documents.compared()] == [(kind, "2020/workpoints", ("sections", title, key, *path))]


@pytest.mark.parametrize("key", sorted({*known_keys(Workpoints)} - UNDER - IDENTITY - {"removed"}))
def test_every_field_of_work_points(documents: Documents, key: str) -> None:
    old = next(each.data for each in documents.old if each.kind == "workpoints")
    old[key], documents.data("workpoints")[key], path = _values(key)
    assert [each[:3] for each in documents.compared()] == [(CHANGED, "2020/workpoints", (key, *path))]


def test_the_other_documents_hold_nothing_else() -> None:
    """What this page does not compare by name: a key more needs a case here."""
    assert set(known_keys(DirectoryDocument)) == {"kind", "names"}
    assert set(known_keys(Contacts)) == {"kind", "year", "contacts"}


class TestDirectory:
    def test_other_words_kind_and_members(self, documents: Documents) -> None:
        name = maps(documents.data("directory"), "names")[0]
        name |= {"also": ["法规科", "法规处"], "kind": "group", "members": ["人事科"]}
        path = ("names", "政策法规科")
        assert documents.compared() == [
            (CHANGED, "directory", (*path, "kind"), "office", "group"),
            (CHANGED, "directory", (*path, "also"), ["法规科"], ["法规科", "法规处"]),
            (CHANGED, "directory", (*path, "members"), None, ["人事科"]),
        ]

    def test_a_name_that_came_and_one_that_went(self, documents: Documents) -> None:
        names = maps(documents.data("directory"), "names")
        gone, new = names.pop(0), {"name": "新科室", "kind": "office"}
        names.append(cast("Mapped", new))
        assert documents.compared() == [
            (CHANGED, "directory", ("names", "新科室"), None, new),
            (CHANGED, "directory", ("names", "政策法规科"), gone, None),
        ]


def test_contacts_are_known_by_id(documents: Documents) -> None:
    contacts = cast("dict[str, Mapped]", documents.data("contacts")["contacts"])
    contacts["pilot-1"]["phone"] = "13900001111"
    contacts["task-1"] = {"name": "某人"}
    gone = contacts.pop("pilot-2")
    assert documents.compared() == [
        (CHANGED, "2020/contacts", ("contacts", "pilot-1", "phone"), "18808140946", "13900001111"),
        (CHANGED, "2020/contacts", ("contacts", "task-1"), None, {"name": "某人"}),
        (CHANGED, "2020/contacts", ("contacts", "pilot-2"), gone, None),
    ]


class TestHeadings:
    def test_another_title_is_no_other_heading(self, documents: Documents) -> None:
        documents.parts[0]["title"] = "改革任务台账"
        path = ("parts", "改革任务台账", "title")
        assert documents.compared() == [(CHANGED, "2020/ledger", path, TASKS, "改革任务台账")]

    def test_neither_are_another_title_and_number(self, documents: Documents) -> None:
        documents.parts[0] |= {"title": "改革任务台账", "number": "九"}
        assert [each[0] for each in documents.compared()] == [RENUMBERED, CHANGED]

    def test_neither_are_they_where_another_came_before_it(self, documents: Documents) -> None:
        """Its entries tell which it is."""
        documents.parts[1] |= {"title": "上会方案", "number": "九"}
        documents.parts.insert(1, {"number": "二", "title": "新增部分", "tables": []})
        found = documents.compared()
        assert {each[:3] for each in found} == {
            (RENUMBERED, "2020/ledger", ("parts", "上会方案", "number")),
            (CHANGED, "2020/ledger", ("parts", "上会方案", "title")),
            (CHANGED, "2020/ledger", ("parts", "新增部分")),
        }

    def test_without_entries_it_is_known_by_number_or_place(self, documents: Documents) -> None:
        for each in (documents.old, documents.new):
            data = next(document.data for document in each if document.kind == "ledger")
            data["parts"] = [{"number": "一", "title": "甲"}, {"number": "二", "title": "乙"}, {"title": "丙"}]
        documents.parts[0]["title"] = "子"
        documents.parts[2]["title"] = "寅"
        documents.parts.insert(0, documents.parts.pop(1))
        assert documents.compared() == [
            (CHANGED, "2020/ledger", ("parts", "子", "title"), "甲", "子"),
            (CHANGED, "2020/ledger", ("parts", "寅", "title"), "丙", "寅"),
            (CHANGED, "2020/ledger", ("parts",), ["子", "乙", "寅"], ["乙", "子", "寅"]),
        ]

    def test_one_that_went_takes_its_entries_along(self, documents: Documents) -> None:
        part = documents.parts.pop(1)
        del part["tables"]
        table = {"id_prefix": "review", "kind": "review"}
        found = documents.compared()
        went = next(each for each in found if each[1] == "2020/ledger")
        assert went[0] is CHANGED
        assert went[2] == ("parts", "专项改革方案上会审议计划表")
        assert went[4] is None
        outline = cast("Mapped", went[3])
        assert {key: value for key, value in outline.items() if key != "tables"} == part
        assert maps(outline, "tables")[0].items() >= table.items()
        assert "rows" not in maps(outline, "tables")[0]
        assert [each[:2] for each in found if each is not went] == [(REMOVED, "2020/review-1")]

    def test_one_that_came_has_its_entries_behind_it(self, documents: Documents) -> None:
        new: Mapped = {"number": "五", "title": "其他", "tables": [{"id_prefix": "other", "rows": [{"id": "other-1"}]}]}
        documents.parts.append(new)
        assert documents.compared() == [
            (CHANGED, "2020/ledger", ("parts", "其他"), None, new | {"tables": [{"id_prefix": "other"}]}),
            (ADDED, "2020/other-1", (), None, {"id": "other-1"}),
        ]

    def test_their_order(self, documents: Documents) -> None:
        documents.parts.append(documents.parts.pop(0))
        titles = [part["title"] for part in documents.parts]
        found = documents.compared()
        assert found == [(CHANGED, "2020/ledger", ("parts",), [titles[-1], *titles[:-1]], titles)]

    def test_the_order_of_columns(self, documents: Documents) -> None:
        table = maps(documents.parts[0], "tables")[0]
        keys = [*cast("Mapped", table["columns"])]
        table["columns"] = dict(reversed(cast("Mapped", table["columns"]).items()))
        path = ("parts", TASKS, "tables", "task", "columns")
        assert documents.compared() == [(CHANGED, "2020/ledger", path, keys, keys[::-1])]

    def test_of_one_title_are_named_by_number_too(self, documents: Documents) -> None:
        for each in (documents.old, documents.new):
            data = next(document.data for document in each if document.kind == "ledger")
            maps(data, "parts")[1]["title"] = TASKS
        documents.parts[1]["count"] = "2个"
        assert documents.compared() == [(CHANGED, "2020/ledger", ("parts", f"二{TASKS}", "count"), "1个", "2个")]


class TestEntries:
    def test_added_again_removed_and_removal_are_one_each(self, documents: Documents) -> None:
        rows = documents.rows(0)
        gone = rows.pop(1)
        record: Mapped = {"id": "task-2", "title": "推进高考改革", "date": "2020-07-01", "reason": "重复"}
        documents.data("ledger")["removed"] = [record]
        assert documents.compared() == [(REMOVED, "2020/task-2", (), gone, record)]
        back = compare(documents.new, documents.old)
        assert back == [Difference(ADDED, "2020/task-2", "推进高考改革", (), record, gone, TASKS)]

    def test_one_that_went_without_a_record(self, documents: Documents) -> None:
        gone = documents.rows(0).pop(1)
        assert documents.compared() == [(REMOVED, "2020/task-2", (), gone, None)]

    def test_a_record_of_what_is_not_gone_is_the_documents(self, documents: Documents) -> None:
        record: Mapped = {"id": "task-9", "title": "旧", "date": "2020-07-01", "reason": "重复"}
        documents.data("ledger")["removed"] = [record]
        assert documents.compared() == [(RECORDED, "2020/ledger", ("removed",), None, record)]

    def test_another_id_is_another_entry(self, documents: Documents) -> None:
        documents.rows(0)[1]["id"] = "task-8"
        assert [each[:2] for each in documents.compared()] == [(REMOVED, "2020/task-2"), (ADDED, "2020/task-8")]

    def test_another_number_alone(self, documents: Documents) -> None:
        documents.rows(0)[1]["number"] = "7"
        assert documents.compared() == [(RENUMBERED, "2020/task-2", ("number",), "2", "7")]

    def test_under_another_heading(self, documents: Documents) -> None:
        moved = documents.rows(0).pop(1)
        moved["remark"] = "并入试点"
        documents.rows(3).insert(0, moved)
        assert documents.compared() == [
            (MOVED, "2020/task-2", (), TASKS, PILOTS),
            (CHANGED, "2020/task-2", ("remark",), None, "并入试点"),
        ]

    def test_between_tables_of_one_part(self, documents: Documents) -> None:
        documents.rows(2, 1).append(documents.rows(2, 0).pop(0))
        (found,) = compare(documents.old, documents.new)
        assert found.kind is MOVED
        assert found.before != found.after == found.under

    def test_to_another_place_under_its_heading(self, documents: Documents) -> None:
        rows = documents.rows(0)
        rows.insert(0, rows.pop(2))
        assert documents.compared() == [(MOVED, "2020/task-3", (), "task-2", None)]

    def test_to_a_place_behind_another(self, documents: Documents) -> None:
        rows = documents.rows(3)
        rows.insert(1, rows.pop(4))
        assert documents.compared() == [(MOVED, "2020/pilot-5", (), "pilot-4", "pilot-1")]

    def test_those_around_one_that_came_or_went_have_not_moved(self, documents: Documents) -> None:
        rows = documents.rows(3)
        del rows[0]
        rows.insert(2, {"id": "pilot-9", "title": "新试点"})
        assert [each[:2] for each in documents.compared()] == [(REMOVED, "2020/pilot-1"), (ADDED, "2020/pilot-9")]

    def test_one_that_went_is_behind_what_it_followed(self, documents: Documents) -> None:
        for row in documents.rows(0):
            row["remark"] = "有变"
        del documents.rows(0)[1]
        refs = [ref for _kind, ref, *_rest in documents.compared()]
        assert refs == ["2020/task-1", "2020/task-2", "2020/task-3"]

    def test_in_a_file_of_its_own_it_is_the_same(self, documents: Documents) -> None:
        """A ledger may be parted into several files; ids are unique within the year."""
        rows = documents.rows(3)
        other: Mapped = {"kind": "ledger", "year": "2020", "title": "试点台账"}
        other["parts"] = [{"title": PILOTS, "tables": [{"id_prefix": "pilot", "rows": [rows.pop(0)]}]}]
        documents.new.append(PlainDocument("pilots.yaml", "ledger", other))
        found = documents.compared()
        assert (MOVED, "2020/pilot-1", (), PILOTS, PILOTS) in found
        assert {each[0] for each in found if each[1].startswith("2020/pilot")} == {MOVED}


class TestWholeDocuments:
    def test_a_new_one_and_its_entries(self, documents: Documents) -> None:
        new = _of_year(documents, "2021")
        documents.new.append(new)
        first, *rest = documents.compared()
        assert first[:3] == (ADDED, "2021/ledger", ())
        assert all(row not in str(first[4]) for row in ("task-1", "pilot-1"))
        assert {kind for kind, *_rest in rest} == {ADDED}
        assert all(ref.startswith("2021/") for _kind, ref, *_rest in rest)

    def test_one_that_went(self, documents: Documents) -> None:
        documents.new = [each for each in documents.new if each.kind != "ledger"]
        found = documents.compared()
        assert found[0][:3] == (REMOVED, "2020/ledger", ())
        assert {kind for kind, *_rest in found} == {REMOVED}
        assert {ref for _kind, ref, *_rest in found} >= {"2020/task-1", "2020/pilot-7"}

    def test_another_file_name_is_no_other_document(self, documents: Documents) -> None:
        documents.new = [each._replace(name=f"renamed_{each.name}") for each in documents.new]
        assert documents.compared() == []

    def test_another_year_in_the_same_file_is_another_state_of_it(self, documents: Documents) -> None:
        documents.data("contacts")["year"] = "2021"
        found = compare(documents.old, documents.new)
        assert found == [Difference(CHANGED, "2021/contacts", found[0].title, ("year",), "2020", "2021")]

    def test_a_directory_and_contacts_are_whole(self, documents: Documents) -> None:
        old = [each for each in documents.old if each.kind not in {"directory", "contacts"}]
        found = compare(old, documents.new)
        assert [(each.kind, each.ref) for each in found] == [(ADDED, "2020/contacts"), (ADDED, "directory")]
        assert [each.after for each in found] == [documents.data("contacts"), documents.data("directory")]


def _of_year(documents: Documents, year: str) -> PlainDocument:
    data = copy.deepcopy(documents.data("ledger")) | {"year": year}
    return PlainDocument(f"ledger_{year}.yaml", "ledger", data)


@pytest.mark.parametrize("odd", ["文字", [["列表"]], ["一项"], {"键": "值"}, None])
@pytest.mark.parametrize("key", ["parts", "removed", "notice", "columns", "marks"])
def test_what_is_no_ledger_any_more_is_compared_all_the_same(documents: Documents, key: str, odd: Data) -> None:
    before = copy.deepcopy(documents.data("ledger").get(key))
    documents.data("ledger")[key] = odd
    found = compare(documents.old, documents.new)
    assert bool(found) is (before is not None or odd is not None)
    assert compare(documents.new, documents.new) == []
