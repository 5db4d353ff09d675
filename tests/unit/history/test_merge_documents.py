"""Merges of what is no entry: headings, notes, places of entries, directories, contacts, and files without a base."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from reformledger.history.merging.data.merge import Merged, merge
from two_people import CONTACTS, DIRECTORY, LEDGER, WORKPOINTS, after, plain, rows_in, shipped, unordered

BASE = shipped()
_TASK_1 = re.search(rb" {10}- id: task-1\n(?: {12}.*\n)+", BASE[LEDGER])
assert _TASK_1
TASK_1 = _TASK_1[0].decode()
NOTE = "      - 注：标“☆”表示需要2020年完成销账的台账。\n"


def _with(name: str, *pairs: tuple[str, str]) -> bytes:
    text = BASE[name].decode()
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text.encode()


def _in(data: Any, key: str) -> Any:
    return data[key]


def _moved(before: str) -> bytes:
    """Return the ledger with task-1 before another place."""
    return _with(LEDGER, (TASK_1, ""), (before, TASK_1 + before))


def _both_ways(name: str, ours: bytes, theirs: bytes) -> Merged:
    """Return a merge, which has to give the same data, or the same conflicts, from either side."""
    base, our, their = plain(BASE[name]), plain(ours), plain(theirs)
    found, turned = merge(base, our, their), merge(base, their, our)
    assert [each.ref for each in found.conflicts] == [each.ref for each in turned.conflicts]
    assert unordered(found.ours) == unordered(turned.theirs)
    assert unordered(found.theirs) == unordered(turned.ours)
    return found


def _set(**fields: str) -> bytes:
    return after(BASE, [{"op": "set", "id": "task-1", "fields": fields}])[LEDGER]


@pytest.mark.parametrize(
    ("ours", "conflicts"),
    [
        (_set(remark="先行"), []),
        (_moved("          - id: task-3\n"), []),
        (_moved("          - id: pilot-3\n"), ["2020/task-1"]),
    ],
    ids=["changed", "moved within its table", "moved to a third table"],
)
def test_an_entry_is_the_same_one_wherever_it_was_moved(ours: bytes, conflicts: list[str]) -> None:
    found = _both_ways(LEDGER, ours, _moved("          - id: review-1\n"))
    assert [each.ref for each in found.conflicts] == conflicts
    rows = rows_in(found.theirs)
    assert list(rows)[:4] == ["task-2", "task-3", "task-1", "review-1"]
    assert rows["task-1"] | {"remark": None} == rows_in(plain(BASE[LEDGER]))["task-1"] | {"remark": None}


def test_moves_of_two_entries_are_both_made() -> None:
    ours = _moved("  - number: 二\n    title: 专项改革方案上会审议计划表\n")
    theirs = BASE[LEDGER].decode()
    pilot = re.search(r" {10}- id: pilot-3\n(?: {12}.*\n)+", theirs)
    assert pilot
    theirs = theirs.replace(pilot[0], "").replace("          - id: pilot-1\n", pilot[0] + "          - id: pilot-1\n")
    found = _both_ways(LEDGER, ours, theirs.encode())
    assert not found.conflicts
    order = list(rows_in(found.ours))
    assert order[:4] == ["task-2", "task-3", "task-1", "review-1"]
    assert order[-7:-4] == ["pilot-3", "pilot-1", "pilot-2"]


def test_an_entry_moved_on_one_side_and_removed_on_the_other_is_a_conflict() -> None:
    removed = after(BASE, [{"op": "remove", "id": "task-1", "reason": "取消", "date": "2020-12-01"}])[LEDGER]
    found = _both_ways(LEDGER, _moved("          - id: review-1\n"), removed)
    assert [each.ref for each in found.conflicts] == ["2020/task-1"]
    assert "task-1" in rows_in(found.ours)
    assert "removed" not in found.ours or not found.ours["removed"]
    assert "task-1" not in rows_in(found.theirs)
    assert found.theirs["removed"]


def test_a_heading_is_known_by_its_place_when_one_side_gave_it_another_title() -> None:
    old = "title: 创新融入成渝地区双城经济圈"
    ours, later = _with(WORKPOINTS, (old, "title: 融入成渝")), _with(WORKPOINTS, ("2030年\n", "2031年\n"))
    found = _both_ways(WORKPOINTS, ours, later)
    assert not found.conflicts
    assert _in(found.ours, "sections")[0]["title"] == "融入成渝"
    assert rows_in(found.ours)["point-2"]["due"] == "2031年"
    both = _both_ways(WORKPOINTS, ours, _with(WORKPOINTS, (old, "title: 创新融入")))
    (conflict,) = both.conflicts
    assert conflict.ref == "2020/workpoints"
    assert [side[0].after for side in (conflict.ours, conflict.theirs)] == ["融入成渝", "创新融入"]


def test_an_entry_stays_where_the_other_side_took_its_table_out() -> None:
    text = BASE[LEDGER].decode()
    part = re.search(r"  - number: 二\n    title: 专项改革方案上会审议计划表\n(?: {4}.*\n)+", text)
    assert part
    without = text.replace(part[0], "").encode()
    changed = after(BASE, [{"op": "set", "id": "review-1", "fields": {"remark": "改期"}}])[LEDGER]
    found = _both_ways(LEDGER, without, changed)
    assert [each.ref for each in found.conflicts] == ["2020/review-1"]
    assert "review-1" not in rows_in(found.ours)
    assert rows_in(found.theirs)["review-1"]["remark"] == "改期"
    added = after(BASE, [{"op": "add", "to": "review", "title": "新方案"}])[LEDGER]
    kept = _both_ways(LEDGER, without, added)
    assert not kept.conflicts
    assert "review-2" in rows_in(kept.ours)


def test_notes_are_a_list_to_which_both_sides_may_add() -> None:
    found = _both_ways(
        LEDGER, _with(LEDGER, (NOTE, f"{NOTE}      - 又注一\n")), _with(LEDGER, (NOTE, f"{NOTE}      - 又注二\n"))
    )
    assert not found.conflicts
    assert _in(found.ours, "parts")[0]["notes"][1:] == ["又注一", "又注二"]


class TestDirectory:
    LAW, INSPECTION = "      - 法规科\n", "      - 督导办\n"

    def _merged(self, ours: tuple[str, str], theirs: tuple[str, str]) -> Merged:
        return _both_ways(DIRECTORY, _with(DIRECTORY, ours), _with(DIRECTORY, theirs))

    def test_names_are_known_by_their_names(self) -> None:
        found = self._merged((self.LAW, f"{self.LAW}      - 法制科\n"), (self.LAW, f"{self.LAW}      - 法规处\n"))
        assert not found.conflicts
        assert _in(found.ours, "names")[0]["also"] == ["法规科", "法制科", "法规处"]

    def test_one_spelling_of_two_names_is_a_conflict(self) -> None:
        found = self._merged(
            (self.LAW, f"{self.LAW}      - 综合科\n"), (self.INSPECTION, f"{self.INSPECTION}      - 综合科\n")
        )
        (conflict,) = found.conflicts
        assert "综合科" in conflict.sentence
        assert [name.get("also") for name in _in(found.ours, "names")[:2]] == [["法规科", "综合科"], ["督导办"]]
        assert [name.get("also") for name in _in(found.theirs, "names")[:2]] == [["法规科"], ["督导办", "综合科"]]

    def test_one_new_name_of_two_kinds_is_a_conflict(self) -> None:
        new, first = "  - name: 体卫艺科\n    kind: {}\n", "  - name: 督导室\n"
        found = self._merged((first, new.format("office") + first), (first, new.format("group") + first))
        assert [(each.ours[0].after, each.theirs[0].after) for each in found.conflicts] == [("office", "group")]


class TestContacts:
    def test_contacts_are_known_by_their_ids(self) -> None:
        found = _both_ways(
            CONTACTS, _with(CONTACTS, ("13350553210", "13350553211")), _with(CONTACTS, ("13882365088", "13882365089"))
        )
        assert not found.conflicts
        assert [_in(found.ours, "contacts")[name]["phone"] for name in ("pilot-2", "pilot-3")] == [
            "13350553211",
            "13882365089",
        ]

    @pytest.mark.parametrize("theirs", ["", "  pilot-2:\n    name: 邱贵福\n    phone: 13350553212\n"])
    def test_what_both_changed_is_a_conflict_that_shows_no_number(self, theirs: str) -> None:
        old = "  pilot-2:\n    name: 邱贵福\n    phone: 13350553210\n"
        ours = _with(CONTACTS, ("13350553210", "13350553211"))
        (conflict,) = _both_ways(CONTACTS, ours, _with(CONTACTS, (old, theirs))).conflicts
        assert conflict.ref == "2020/contacts"
        assert not re.search("1335055321", conflict.sentence + conflict.advice)


class TestNoBase:
    """Both sides made the file, as by ``rollover``."""

    @staticmethod
    def _merged(ours: bytes, theirs: bytes) -> Merged:
        return merge(None, plain(ours), plain(theirs))

    def test_what_is_alike_is_there_once(self) -> None:
        found = self._merged(BASE[LEDGER], BASE[LEDGER])
        assert not found.conflicts
        assert found.ours == plain(BASE[LEDGER])

    def test_an_entry_that_both_have_otherwise_is_a_conflict_of_that_entry(self) -> None:
        found = self._merged(_set(remark="先行"), _set(remark="缓行"))
        (conflict,) = found.conflicts
        assert conflict.ref == "2020/task-1"
        assert rows_in(found.ours)["task-1"]["remark"] == "先行"
        assert rows_in(found.theirs)["task-1"]["remark"] == "缓行"

    def test_an_entry_that_one_side_has_is_there(self) -> None:
        added = after(BASE, [{"op": "add", "to": "task", "title": "劳动教育"}])[LEDGER]
        found = self._merged(_set(remark="先行"), added)
        assert {each.ref for each in found.conflicts} == {"2020/task-1"}
        assert "task-4" in rows_in(found.ours)


@pytest.mark.parametrize("turn", [lambda one, other: (one, other), lambda one, other: (other, one)])
def test_documents_of_two_kinds_are_a_conflict_as_a_whole(turn: Callable[..., tuple[bytes, bytes]]) -> None:
    ours, theirs = turn(BASE[LEDGER], BASE[WORKPOINTS])
    found = merge(None, plain(ours), plain(theirs))
    assert (found.ours, found.theirs) == (plain(ours), plain(theirs))
    assert len(found.conflicts) == 1
