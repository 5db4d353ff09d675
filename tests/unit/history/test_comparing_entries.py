"""What two states of one entry say otherwise: one difference for what one command did."""

from __future__ import annotations

from typing import ClassVar

import pytest

from reformledger.history.comparing.entries import compare_entries
from reformledger.history.difference import Difference, DifferenceKind, FieldPath
from reformledger.model.base import known_keys
from reformledger.model.entries import LedgerRow, WorkPoint
from reformledger.yamlio import Data, Mapped

REF = "2020/task-1"
ENTRY: Mapped = {"id": "task-1", "number": "1", "title": "深化产教融合", "due": "年内完成", "star": "☆"}
CLOSING: Mapped = {"date": "2020-11-25", "evidence": ["验收报告"], "approved_by": "谢强"}
REPORT: Mapped = {"date": "2020-06-30", "text": "完成初稿", "percent": "50", "by": "职成高教科"}
OTHER_REPORT: Mapped = {"date": "2020-07-15", "text": "征求意见"}
WAIVER: Mapped = {"date": "2020-04-01", "for": "一季度", "reason": "疫情"}
EXTENSION: Mapped = {"date": "2020-12-01", "from": "年内完成", "to": "2021年6月底前", "reason": "疫情"}
PAUSE: Mapped = {"date": "2020-03-01", "reason": "疫情"}
REOPENING: Mapped = {"date": "2020-12-20", "reason": "材料有误", "closed": CLOSING}
CHANGED, RECORDED, WITHDRAWN = DifferenceKind.CHANGED, DifferenceKind.RECORDED, DifferenceKind.WITHDRAWN

RECORDS: dict[str, tuple[Data, Data]] = {
    "progress": ([REPORT], REPORT),
    "waivers": ([WAIVER], WAIVER),
    "extensions": ([EXTENSION], EXTENSION),
    "paused": (PAUSE, PAUSE),
    "closed": (CLOSING, CLOSING),
    "history": ([REOPENING], REOPENING),
}
"""What holds a record of each kind, and the record."""
PARTS: dict[str, tuple[Data, Data, FieldPath, Data, Data]] = {
    "phases": (
        [{"name": "第一批", "due": "6月底前"}],
        [{"name": "第一批", "due": "9月底前"}],
        ("第一批", "due"),
        "6月底前",
        "9月底前",
    ),
    "targets": ([{"name": "学校", "value": "3"}], [{"name": "学校", "value": "4"}], ("学校", "value"), "3", "4"),
    "persons": ({"项目责任人": ["谢强"]}, {"项目责任人": ["田龙"]}, ("项目责任人",), ["谢强"], ["田龙"]),
    "acknowledged": ({"RL804": "原文如此"}, {"RL804": "已核对"}, ("RL804",), "原文如此", "已核对"),
    "columns": ({"funding": "30万元"}, {"funding": "40万元"}, ("funding",), "30万元", "40万元"),
    "star": (
        {"note": "出台的", "phase": "第一批"},
        {"note": "出台的", "phase": "第二批"},
        ("phase",),
        "第一批",
        "第二批",
    ),
}
"""What holds parts, before and after, and the part that differs."""
LISTS = ("leaders", "lead_departments", "supporting_departments", "implements")
KEYS = sorted({*known_keys(LedgerRow), *known_keys(WorkPoint)} - {"id"})


def compared(before: Mapped, after: Mapped) -> list[tuple[DifferenceKind, FieldPath, Data, Data]]:
    """Return the differences of the entry with some keys before, and others after."""
    found = compare_entries(REF, ENTRY | before, ENTRY | after)
    assert {(each.ref, each.title) for each in found} <= {(REF, "深化产教融合")}
    return [(each.kind, *each[3:6]) for each in found]


@pytest.mark.parametrize("key", KEYS)
def test_every_field_that_a_file_may_hold_is_compared(key: str) -> None:
    if key in RECORDS:
        held, record = RECORDS[key]
        assert compared({}, {key: held}) == [(RECORDED, (key,), None, record)]
        assert compared({key: held}, {}) == [(WITHDRAWN, (key,), record, None)]
    elif key in PARTS:
        before, after, path, old, new = PARTS[key]
        assert compared({key: before}, {key: after}) == [(CHANGED, (key, *path), old, new)]
        assert compared({key: after}, {key: before}) == [(CHANGED, (key, *path), new, old)]
    else:
        pairs: dict[bool, tuple[Data, Data]] = {True: (["谢强"], ["谢强", "田龙"]), False: ("从前", "如今")}
        old, new = pairs[key in LISTS]
        kind = DifferenceKind.RENUMBERED if key == "number" else CHANGED
        if key == "title":
            found = compare_entries(REF, ENTRY | {key: old}, ENTRY | {key: new})
            assert found == [Difference(kind, REF, "如今", (key,), old, new)]
        else:
            assert compared({key: old}, {key: new}) == [(kind, (key,), old, new)]
            assert compared({key: old}, {key: None}) == [(kind, (key,), old, None)]


def test_what_is_blank_says_nothing() -> None:
    blank: Mapped = {"remark": None, "leaders": [], "persons": {}, "paused": None, "progress": None, "text": ""}
    assert compared({}, blank) == []
    assert compared(blank, {}) == []


def test_the_order_of_keys_makes_no_difference() -> None:
    backwards: Mapped = dict(reversed(REPORT.items()))
    assert compared({"progress": [REPORT], "remark": "甲"}, {"remark": "甲", "progress": [backwards]}) == []


def test_an_entry_that_came_or_went_is_whole() -> None:
    assert compare_entries(REF, None, ENTRY) == [Difference(DifferenceKind.ADDED, REF, "深化产教融合", (), None, ENTRY)]
    assert compare_entries(REF, ENTRY, None) == [
        Difference(DifferenceKind.REMOVED, REF, "深化产教融合", (), ENTRY, None)
    ]
    assert compare_entries(REF, None, None) == []


@pytest.mark.parametrize("means", ["2020-12", "2021"])
def test_what_a_deadline_means_is_a_part_of_it(means: str) -> None:
    explained: Mapped = {"due": {"wording": "年内完成", "means": means}}
    assert compared({}, explained) == [(CHANGED, ("due", "means"), None, means)]
    assert compared(explained, {}) == [(CHANGED, ("due", "means"), means, None)]
    other: Mapped = {"due": {"wording": "年底", "means": means}}
    assert compared({}, other) == [(CHANGED, ("due",), "年内完成", other["due"])]


def test_what_no_deadline_holds_is_said_all_the_same() -> None:
    old: Data = {"wording": "年内完成", "means": "2020", "note": "甲"}
    new: Data = {"wording": "年内完成", "means": "2020", "note": "乙"}
    assert compared({"due": old}, {"due": new}) == [(CHANGED, ("due",), old, new)]


def test_a_star_that_gets_a_condition_is_said_whole() -> None:
    conditional: Data = {"note": "出台的", "phase": "第一批"}
    assert compared({}, {"star": conditional}) == [(CHANGED, ("star",), "☆", conditional)]
    assert compared({}, {"star": None}) == [(CHANGED, ("star",), "☆", None)]


class TestRecords:
    def test_each_that_came_or_went_is_one(self) -> None:
        found = compared(
            {"progress": [REPORT, OTHER_REPORT]}, {"progress": [OTHER_REPORT, REPORT | {"text": "已完成"}]}
        )
        assert found == [
            (WITHDRAWN, ("progress",), REPORT, None),
            (RECORDED, ("progress",), None, REPORT | {"text": "已完成"}),
        ]

    def test_the_same_twice_is_one_more(self) -> None:
        assert compared({"progress": [REPORT]}, {"progress": [REPORT, REPORT]}) == [
            (RECORDED, ("progress",), None, REPORT)
        ]

    def test_another_order_is_no_record(self) -> None:
        assert compared({"progress": [REPORT, OTHER_REPORT]}, {"progress": [OTHER_REPORT, REPORT]}) == [
            (CHANGED, ("progress",), [REPORT, OTHER_REPORT], [OTHER_REPORT, REPORT])
        ]

    @pytest.mark.parametrize("key", ["closed", "paused"])
    def test_a_part_of_a_decision_is_changed(self, key: str) -> None:
        record = RECORDS[key][0]
        assert isinstance(record, dict)
        assert compared({key: record}, {key: record | {"date": "2020-11-30"}}) == [
            (CHANGED, (key, "date"), record["date"], "2020-11-30")
        ]

    @pytest.mark.parametrize("key", ["closed", "paused", "cancelled"])
    def test_of_a_phase(self, key: str) -> None:
        phase: Mapped = {"name": "第一批", "due": "6月底前"}
        record: Mapped = {"date": "2020-06-20", "reason": "已验收"}
        found = compared({"phases": [phase]}, {"phases": [phase | {key: record}]})
        assert found == [(RECORDED, ("phases", "第一批", key), None, record)]


class TestExtension:
    MOVED: ClassVar[Mapped] = {"due": "2021年6月底前", "extensions": [EXTENSION]}

    def test_says_the_deadline_that_it_moved(self) -> None:
        assert compared({}, self.MOVED) == [(RECORDED, ("extensions",), None, EXTENSION)]
        assert compared(self.MOVED, {}) == [(WITHDRAWN, ("extensions",), EXTENSION, None)]

    def test_two_in_turn_say_it_too(self) -> None:
        second: Mapped = EXTENSION | {"date": "2021-05-20", "from": "2021年6月底前", "to": "2021年9月底前"}
        found = compared({}, {"due": "2021年9月底前", "extensions": [EXTENSION, second]})
        assert [(kind, path) for kind, path, _before, _after in found] == [(RECORDED, ("extensions",))] * 2

    def test_of_a_star_alone(self) -> None:
        record: Mapped = EXTENSION | {"from": {"wording": "☆", "means": "2020"}}
        found = compared({"due": None}, {"due": "2021年6月底前", "extensions": [record]})
        assert found == [(RECORDED, ("extensions",), None, record)]

    @pytest.mark.parametrize("due", ["2021年9月底前", {"wording": "2021年6月底前", "means": "2021-05"}])
    def test_does_not_say_another_deadline(self, due: Data) -> None:
        found = compared({}, self.MOVED | {"due": due})
        assert {path[0] for _kind, path, _before, _after in found} == {"due", "extensions"}

    def test_does_not_say_where_the_deadline_was_another(self) -> None:
        found = compared({"due": "11月底前"}, self.MOVED)
        assert {path for _kind, path, _before, _after in found} == {("due",), ("extensions",)}

    def test_does_not_say_where_they_do_not_follow_each_other(self) -> None:
        first: Mapped = EXTENSION | {"from": "9月底前", "to": "2021年6月底前"}
        second: Mapped = EXTENSION | {"from": "年内完成", "to": "9月底前"}
        found = compared({}, {"due": "2021年6月底前", "extensions": [first, second]})
        assert ("due",) in {path for _kind, path, _before, _after in found}

    def test_of_a_phase_does_not_say_the_deadline_of_the_whole(self) -> None:
        found = compared({}, self.MOVED | {"extensions": [EXTENSION | {"phase": "第一批"}]})
        assert {path for _kind, path, _before, _after in found} == {("due",), ("extensions",)}

    def test_without_a_new_deadline_says_none(self) -> None:
        record: Mapped = {"date": "2020-12-01", "from": "年内完成", "reason": "疫情"}
        found = compared({}, {"due": None, "extensions": [record]})
        assert {path for _kind, path, _before, _after in found} == {("due",), ("extensions",)}

    def test_of_one_of_several_phases_of_a_name(self) -> None:
        phases: list[Data] = [{"name": "调研", "due": "3月"}, {"name": "调研", "due": "9月"}]
        moved: list[Data] = [{"name": "调研", "due": "3月"}, {"name": "调研", "due": "10月底前"}]
        record: Mapped = {"date": "2020-09-01", "phase": "#2", "from": "9月", "to": "10月底前", "reason": "疫情"}
        found = compared({"phases": phases}, {"phases": moved, "extensions": [record]})
        assert found == [(RECORDED, ("extensions",), None, record)]

    def test_of_a_dated_part_that_is_named_by_its_place_in_print(self) -> None:
        """The place counts all dated parts, of which only those of that name are declared."""
        name: Mapped = {"name": "6月底报送"}
        record: Mapped = {"date": "2020-06-01", "phase": "#3", "from": "6月底", "to": "9月底前", "reason": "疫情"}
        found = compared(
            {"phases": [name, name]}, {"phases": [name, name | {"due": "9月底前"}], "extensions": [record]}
        )
        assert found == [(RECORDED, ("extensions",), None, record)]

    def test_of_a_phase_that_came_with_it_does_not_say_that_it_came(self) -> None:
        phase: Mapped = {"name": "第二批", "due": "9月底前"}
        record: Mapped = {"date": "2020-06-01", "phase": "第二批", "from": "6月底前", "to": "9月底前", "reason": "疫情"}
        found = compared({"due": "年内完成"}, {"due": "年内完成", "phases": [phase], "extensions": [record]})
        assert found == [(CHANGED, ("phases", "第二批"), None, phase), (RECORDED, ("extensions",), None, record)]

    def test_does_not_say_that_a_deadline_went(self) -> None:
        found = compared({}, {"due": None, "extensions": [EXTENSION]})
        assert {path for _kind, path, _before, _after in found} == {("due",), ("extensions",)}

    def test_of_a_phase_says_its_deadline_alone(self) -> None:
        phases: list[Data] = [{"name": "第一批", "due": "6月底前"}, {"name": "第二批", "due": "6月底前"}]
        moved: list[Data] = [{"name": "第一批", "due": "9月底前"}, {"name": "第二批", "due": "9月底前"}]
        record: Mapped = {"date": "2020-06-01", "phase": "第一批", "from": "6月底前", "to": "9月底前", "reason": "疫情"}
        found = compared({"phases": phases}, {"phases": moved, "extensions": [record]})
        assert found == [
            (CHANGED, ("phases", "第二批", "due"), "6月底前", "9月底前"),
            (RECORDED, ("extensions",), None, record),
        ]

    def test_of_a_dated_part_says_the_phase_that_holds_it(self) -> None:
        due = "9月底完成试点，12月底全面推开"
        record: Mapped = {
            "date": "2020-09-01",
            "phase": "9月底完成试点",
            "from": "9月底",
            "to": "11月底前",
            "reason": "疫情",
        }
        after: Mapped = {
            "due": due,
            "phases": [{"name": "9月底完成试点", "due": "11月底前"}],
            "extensions": [record],
        }
        assert compared({"due": due}, after) == [(RECORDED, ("extensions",), None, record)]
        assert compared(after, {"due": due}) == [(WITHDRAWN, ("extensions",), record, None)]

    def test_a_close_out_of_a_dated_part_says_the_phase_too(self) -> None:
        after: Mapped = {"phases": [{"name": "9月底完成试点", "closed": CLOSING}]}
        assert compared({}, after) == [(RECORDED, ("phases", "9月底完成试点", "closed"), None, CLOSING)]
        assert compared(after, {}) == [(WITHDRAWN, ("phases", "9月底完成试点", "closed"), CLOSING, None)]


class TestReopening:
    def test_says_the_close_out_that_it_took_back(self) -> None:
        assert compared({"closed": CLOSING}, {"history": [REOPENING]}) == [(RECORDED, ("history",), None, REOPENING)]
        assert compared({"history": [REOPENING]}, {"closed": CLOSING}) == [(WITHDRAWN, ("history",), REOPENING, None)]

    def test_and_a_new_close_out_are_two(self) -> None:
        again: Mapped = {"date": "2020-12-28", "evidence": ["验收报告（改）"]}
        found = compared({"closed": CLOSING}, {"closed": again, "history": [REOPENING]})
        assert found == [(RECORDED, ("closed",), None, again), (RECORDED, ("history",), None, REOPENING)]

    def test_keeps_the_close_out_without_its_blank_keys(self) -> None:
        found = compared({"closed": CLOSING | {"despite": None}}, {"history": [REOPENING]})
        assert found == [(RECORDED, ("history",), None, REOPENING)]

    def test_does_not_say_another_close_out(self) -> None:
        other: Mapped = CLOSING | {"date": "2020-11-30"}
        found = compared({"closed": other}, {"history": [REOPENING]})
        assert found == [(RECORDED, ("history",), None, REOPENING), (WITHDRAWN, ("closed",), other, None)]

    def test_of_a_phase(self) -> None:
        record = REOPENING | {"phase": "第一批"}
        phase: Mapped = {"name": "第一批", "due": "6月底前"}
        found = compared({"phases": [phase | {"closed": CLOSING}]}, {"phases": [phase], "history": [record]})
        assert found == [(RECORDED, ("history",), None, record)]


class TestNamed:
    ONE: ClassVar[Mapped] = {"name": "调研", "due": "3月"}
    OTHER: ClassVar[Mapped] = {"name": "调研", "due": "9月"}

    def test_phases_of_one_name_are_told_apart_by_their_turn(self) -> None:
        found = compared({"phases": [self.ONE, self.OTHER]}, {"phases": [self.ONE, self.OTHER | {"due": "10月"}]})
        assert found == [(CHANGED, ("phases", "#2", "due"), "9月", "10月")]

    def test_one_that_came_or_went_is_whole(self) -> None:
        phase: Mapped = {"name": "推广", "due": "12月"}
        assert compared({"phases": [self.ONE]}, {"phases": [self.ONE, phase]}) == [
            (CHANGED, ("phases", "推广"), None, phase)
        ]
        assert compared({"phases": [self.ONE, phase]}, {"phases": [self.ONE]}) == [
            (CHANGED, ("phases", "推广"), phase, None)
        ]

    def test_one_that_has_another_name_and_says_the_same(self) -> None:
        assert compared({"phases": [self.ONE]}, {"phases": [self.ONE | {"name": "摸底"}]}) == [
            (CHANGED, ("phases", "调研", "name"), "调研", "摸底")
        ]

    def test_two_that_say_nothing_but_their_names_are_two(self) -> None:
        one: Mapped = {"name": "调研"}
        other: Mapped = {"name": "推广"}
        assert compared({"phases": [one]}, {"phases": [other]}) == [
            (CHANGED, ("phases", "推广"), None, other),
            (CHANGED, ("phases", "调研"), one, None),
        ]

    def test_their_order(self) -> None:
        first: Data = {"name": "甲", "value": "1"}
        second: Data = {"name": "乙", "value": "2"}
        assert compared({"targets": [first, second]}, {"targets": [second, first]}) == [
            (CHANGED, ("targets",), ["甲", "乙"], ["乙", "甲"])
        ]

    def test_targets_of_a_phase(self) -> None:
        before: Data = [{"name": "甲", "targets": [{"name": "学校", "value": "3", "counts": {"part": "试点"}}]}]
        after: Data = [{"name": "甲", "targets": [{"name": "学校", "value": "3", "counts": {"part": "任务"}}]}]
        assert compared({"phases": before}, {"phases": after}) == [
            (CHANGED, ("phases", "甲", "targets", "学校", "counts", "part"), "试点", "任务")
        ]


@pytest.mark.parametrize("key", [*RECORDS, *PARTS, *LISTS])
@pytest.mark.parametrize("value", ["文字", ["一项"], {"键": "值"}, [{"键": "值"}], [None], {"键": None}, [["甲"]]])
def test_what_is_no_such_value_is_compared_all_the_same(key: str, value: Data) -> None:
    """A revision may hold what no longer validates, or never did."""
    names: Data = ["谢强"]
    held = RECORDS[key][0] if key in RECORDS else PARTS[key][0] if key in PARTS else names
    assert compared({key: held}, {key: value})
    assert compared({key: value}, {key: held})
    assert compared({key: value}, {key: value}) == []


SAID = {"date": "2020-06-01", "text": "起步"}
ELSE = {"date": "2020-06-01", "text": "调研"}


@pytest.mark.parametrize(
    ("more", "fewer"), [([SAID, ELSE, SAID], [SAID, ELSE]), ([SAID, SAID, ELSE], [SAID, ELSE]), ([SAID, SAID], [SAID])]
)
def test_one_of_two_equal_records_came_or_went_and_the_others_stay_in_their_order(
    more: list[Data], fewer: list[Data]
) -> None:
    entry: Mapped = {"id": "task-1", "title": "修订"}
    (went,) = compare_entries("2020/task-1", {**entry, "progress": more}, {**entry, "progress": fewer})
    assert (went.kind, went.before) == (DifferenceKind.WITHDRAWN, SAID)
    (came,) = compare_entries("2020/task-1", {**entry, "progress": fewer}, {**entry, "progress": more})
    assert (came.kind, came.after) == (DifferenceKind.RECORDED, SAID)


def test_a_star_whose_keys_are_blank_is_one() -> None:
    entry: Mapped = {"id": "task-1", "title": "修订"}
    (came,) = compare_entries("2020/task-1", entry, {**entry, "star": {"note": None}})
    assert (came.kind, came.path) == (DifferenceKind.CHANGED, ("star",))
