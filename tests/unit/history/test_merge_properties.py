"""What holds of every merge of what our own commands make of the shipped ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reformledger.book import Book
from reformledger.edits.draft import Draft
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.transaction import PLANS, take_step
from reformledger.errors import SentenceError
from reformledger.history.merging.data.merge import merge
from reformledger.loader import checked
from reformledger.yamlio import Mapped
from two_people import LEDGER, STARTED, TODAY, after, loaded, rows_in, shipped, unordered

_IDS = st.sampled_from(["task-1", "task-3", "scheme-1", "pilot-3", "pilot-7"])
_DAYS = st.integers(0, 3).map(lambda count: date(2020, 11, 24) + timedelta(count))
_WORDS = st.sampled_from(["完成调研", "印发方案", "通过评审"])
_OFFICES = st.sampled_from(["基教科", "市教科所", "市招办"])
_PHASES = st.sampled_from([None, "第一批", "第二批"])
_NAMES = st.lists(st.sampled_from(["谢强", "刘自力", "田龙", "彭格"]), min_size=1, max_size=3, unique=True)
_FIELDS = st.one_of(
    st.fixed_dictionaries({"leaders": _NAMES}),
    st.fixed_dictionaries({"outcome": _WORDS}),
    st.fixed_dictionaries({"remark": _WORDS}),
    st.fixed_dictionaries({"due": st.sampled_from(["2020年11月底前", "2021年3月底前"])}),
    st.fixed_dictionaries({"paused.date": _DAYS.map(str), "paused.reason": _WORDS}),
    st.fixed_dictionaries({"phases.第一批.result": _WORDS}),
    st.fixed_dictionaries({"phases.第一批.name": st.sampled_from(["首批", "先行批"])}),
    st.fixed_dictionaries({"phases.第二批.cancelled.date": _DAYS.map(str), "phases.第二批.cancelled.reason": _WORDS}),
)
_INTENTS = st.one_of(
    st.builds(Progress, _IDS, _WORDS, by=st.none() | _OFFICES, date=_DAYS, phase=_PHASES),
    st.builds(Close, _IDS, st.tuples(_WORDS), date=_DAYS, phase=_PHASES),
    st.builds(Reopen, _IDS, _WORDS, phase=_PHASES, date=_DAYS),
    st.builds(Extend, _IDS, st.sampled_from(["2021年6月底前", "2021年9月底前"]), _WORDS, phase=_PHASES, date=_DAYS),
    st.builds(Set, _IDS, _FIELDS),
    st.builds(Add, st.sampled_from(["task", "pilot"]), _WORDS, recount=st.booleans()),
    st.builds(Remove, _IDS, _WORDS, date=_DAYS),
)
_EDITS = st.lists(_INTENTS, max_size=4)
_Make = Callable[[Sequence[Intent]], Mapped]


@cache
def _office() -> tuple[Mapped, _Make]:
    """Return the base, and what makes the ledger of it after those of some intents that are accepted."""
    documents = loaded(after(shipped(), [STARTED]))
    book = Book(documents)
    ledger = next(each for each in documents if each.name == LEDGER)

    def make(intents: Sequence[Intent]) -> Mapped:
        draft = Draft(book, TODAY, PLANS)
        for intent in intents:
            try:
                take_step(draft, intent)
            except SentenceError:
                continue
        return draft.data(ledger)

    return cast("Mapped", ledger.tree.data), make


@given(_EDITS)
def test_what_one_side_did_is_so(edits: Sequence[Intent]) -> None:
    base, make = _office()
    made = make(edits)
    for ours, theirs in ((made, base), (base, made), (made, make(edits))):
        found = merge(base, ours, theirs)
        assert not found.conflicts
        assert found.ours == found.theirs == made


@settings(max_examples=100)
@given(_EDITS, _EDITS)
def test_either_side_gets_the_same_data_or_a_conflict(one: Sequence[Intent], other: Sequence[Intent]) -> None:
    base, make = _office()
    ours, theirs = make(one), make(other)
    found, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    assert sorted(each.ref for each in found.conflicts) == sorted(each.ref for each in turned.conflicts)
    assert unordered(found.ours) == unordered(turned.theirs)
    assert unordered(found.theirs) == unordered(turned.ours)


@settings(max_examples=100)
@given(_EDITS, _EDITS)
def test_a_merge_is_a_valid_ledger_whoever_wins(one: Sequence[Intent], other: Sequence[Intent]) -> None:
    base, make = _office()
    found = merge(base, make(one), make(other))
    for data in (found.ours, found.theirs):
        checked(cast("dict[str, object]", data), "ledger")


@settings(max_examples=100)
@given(_EDITS, _EDITS)
def test_no_record_of_either_side_is_lost_without_a_conflict(one: Sequence[Intent], other: Sequence[Intent]) -> None:
    base, make = _office()
    ours, theirs = rows_in(make(one)), rows_in(make(other))
    found = merge(base, make(one), make(other))
    if found.conflicts:
        return
    merged = rows_in(found.ours)
    for name, row in merged.items():
        for side in (ours, theirs):
            for key in ("progress", "extensions", "history", "waivers"):
                for record in cast("list[Mapped]", side.get(name, {}).get(key) or []):
                    assert record in cast("list[Mapped]", row[key])


_HANDS = st.lists(
    st.tuples(
        st.sampled_from(["move", "carry", "take out", "put in", "write", "note"]), st.integers(0, 9), st.integers(0, 9)
    ),
    max_size=4,
)


def _by_hand(base: Mapped, steps: Sequence[tuple[str, int, int]]) -> Mapped:
    """Return a ledger after edits that no command makes: rows moved, taken out and put in, notes written."""
    made: Any = deepcopy(base)
    tables = [table for part in made["parts"] for table in part["tables"]]
    for step, first, second in steps:
        table, other = tables[first % len(tables)], tables[second % len(tables)]
        rows, at = table["rows"], first % max(len(table["rows"]), 1)
        match step:
            case "move" if rows:
                rows.insert(second % len(rows), rows.pop(at))
            case "carry" if rows:
                other["rows"].append(rows.pop(at))
            case "take out" if rows:
                rows.pop(at)
            case "put in":
                rows.insert(at, {"id": f"{table['id_prefix']}-{20 + second}", "title": f"新{second}"})
            case "write" if rows:
                rows[at]["remark"] = f"备注{second}"
            case "note":
                made["parts"][0]["notes"].insert(0, f"注{second}")
    return cast("Mapped", made)


@settings(max_examples=100)
@given(_HANDS, _HANDS)
def test_entries_are_there_once_wherever_both_sides_moved_them(
    one: Sequence[tuple[str, int, int]], other: Sequence[tuple[str, int, int]]
) -> None:
    base, _make = _office()
    ours, theirs = _by_hand(base, one), _by_hand(base, other)
    ids = [_ids(each) for each in (base, ours, theirs)]
    assume(all(len(set(each)) == len(each) for each in ids))
    found, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    assert sorted(each.ref for each in found.conflicts) == sorted(each.ref for each in turned.conflicts)
    assert unordered(found.ours) == unordered(turned.theirs)
    assert unordered(found.theirs) == unordered(turned.ours)
    before, our, their = map(set, ids)
    kept = (our & their) | (our - before) | (their - before)
    for merged in (_ids(found.ours), _ids(found.theirs)):
        assert len(set(merged)) == len(merged)
        assert found.conflicts or set(merged) == kept
    assert (found.ours == found.theirs) is not bool(found.conflicts)


def _ids(data: Any) -> list[str]:
    return [row["id"] for part in data["parts"] for table in part["tables"] for row in table["rows"]]


@given(_EDITS)
def test_a_merge_changes_neither_side(edits: Sequence[Intent]) -> None:
    base, make = _office()
    ours, theirs = make(edits), make(edits[::-1])
    before = repr((base, ours, theirs))
    merge(base, ours, theirs)
    assert repr((base, ours, theirs)) == before
