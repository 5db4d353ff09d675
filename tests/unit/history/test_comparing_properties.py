"""What holds of any two states: nothing differs from itself, and nothing that differs is passed over."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from reformledger.history.comparing.documents import compare
from reformledger.history.comparing.ordering import moved
from reformledger.history.comparing.wording import words_of
from reformledger.history.difference import Difference, DifferenceKind, FieldPath, PlainDocument
from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Data, Mapped

NAMES = st.sampled_from(["谢强", "田龙", "刘自力"])
TEXTS = st.sampled_from(["完成初稿", "征求意见", "已印发"])
DUES = st.sampled_from(["年内完成", "2021年6月底前", "长期坚持"])
DAYS = st.sampled_from(["2020-03-01", "2020-06-30", "2020-12-20"])
PHASES = ("第一批", "第二批", "第三批")
_RECORDS = ("progress", "waivers", "extensions", "history", "removed")
_NAMED = ("phases", "targets", "names", "parts", "tables")


def some(**keys: st.SearchStrategy[Data]) -> st.SearchStrategy[Mapped]:
    """Return mappings that have some of the keys."""
    return st.fixed_dictionaries({}, optional=keys)


def made(**keys: st.SearchStrategy[Data]) -> st.SearchStrategy[Mapped]:
    """Return mappings that have all of the keys."""
    return st.fixed_dictionaries(keys)


def _list(items: st.SearchStrategy[Mapped] | st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[Data]:
    return cast("st.SearchStrategy[Data]", st.lists(cast("st.SearchStrategy[Data]", items), max_size=most))


CLOSINGS = made(date=DAYS, evidence=_list(TEXTS, 2))
DECISIONS = made(date=DAYS, reason=TEXTS)
PROGRESS = made(date=DAYS, text=TEXTS)
EXTENSIONS = made(date=DAYS, to=DUES, reason=TEXTS) | made(
    date=DAYS, to=DUES, reason=TEXTS, phase=st.sampled_from([*PHASES, "#2"]), **{"from": DUES}
)
REOPENINGS = made(date=DAYS, reason=TEXTS, closed=CLOSINGS)
ANY_DUE = cast("st.SearchStrategy[Data]", DUES | made(wording=DUES, means=st.sampled_from(["2020", "2021"])))
STARS = cast("st.SearchStrategy[Data]", st.just("☆") | made(note=TEXTS, phase=st.sampled_from(PHASES)))
TARGETS = made(value=st.sampled_from(["3", "4"]), unit=st.sampled_from(["所", "家"]))


def _named(parts: st.SearchStrategy[Mapped], names: tuple[str, ...]) -> st.SearchStrategy[Data]:
    """Return lists of mappings, each with a name of its own."""
    held = st.dictionaries(st.sampled_from(names), parts, max_size=len(names))
    return held.map(lambda found: [{"name": name, **each} for name, each in found.items()])


PHASE_LISTS = _named(
    some(due=ANY_DUE, text=TEXTS, closed=CLOSINGS, cancelled=DECISIONS, targets=_named(TARGETS, ("学校", "教师"))),
    PHASES,
)
ENTRIES = some(
    number=st.sampled_from(["1", "2"]),
    title=TEXTS,
    leaders=_list(NAMES),
    due=ANY_DUE,
    star=STARS,
    phases=PHASE_LISTS,
    targets=_named(TARGETS, ("学校", "教师")),
    persons=cast("st.SearchStrategy[Data]", st.dictionaries(st.sampled_from(["项目责任人", "分管领导"]), _list(NAMES))),
    progress=_list(PROGRESS),
    extensions=_list(EXTENSIONS),
    history=_list(REOPENINGS),
    paused=DECISIONS,
    closed=CLOSINGS,
    columns=cast("st.SearchStrategy[Data]", st.dictionaries(st.sampled_from(["funding", "area"]), TEXTS)),
)
IDS = ("task-1", "task-2", "task-3", "task-4")


@st.composite
def ledgers(draw: st.DrawFn) -> list[PlainDocument]:
    """Return a ledger of two parts, over which some entries are spread in any order."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    cut = draw(st.integers(0, len(ids)))
    parts: list[Data] = []
    for title, held in (("任务", ids[:cut]), ("试点", ids[cut:])):
        rows: list[Data] = [{"id": each, **draw(ENTRIES)} for each in held]
        own = draw(some(count=st.sampled_from(["3个", "4个"]), notes=_list(TEXTS)))
        parts.append({"title": title, **own, "tables": [{"id_prefix": "task", "rows": rows}]})
    document = draw(some(title=TEXTS, reporting=DUES, notice=made(title=TEXTS, issued=DAYS), removed=_list(DECISIONS)))
    data: Mapped = {"kind": "ledger", "year": "2020", **document, "parts": parts}
    return [PlainDocument("ledger.yaml", "ledger", data)]


Leaf = tuple[FieldPath, str]


def _leaves(data: Data, path: FieldPath = ()) -> Iterator[Leaf]:
    """Yield all that is said below a path, in the order in which it is; a record is one."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key != "rows":
                yield from _leaves(value, (*path, key))
    elif isinstance(data, list) and path[-1] in _NAMED:
        for item in cast("list[Mapped]", data):
            name = str(item.get("name") or item.get("title") or item.get("id_prefix"))
            yield from _leaves({key: value for key, value in item.items() if key != "name"}, (*path, name))
            yield (*path, name), ""
    elif isinstance(data, list):
        yield from ((path, f"{place} {_sorted(item)}") for place, item in enumerate(data))
    elif data is not None:  # a wording alone says the same as in the explicit form
        yield (*path, "wording") if path[-1] == "due" else path, data


def _sorted(item: Data) -> str:
    return json.dumps(_without_blanks(item), ensure_ascii=False, sort_keys=True)


def _without_blanks(item: Data) -> Data:
    if isinstance(item, dict):
        return {key: _without_blanks(value) for key, value in item.items() if value not in (None, "", [], {})}
    return item


def _entries(documents: list[PlainDocument]) -> dict[str, tuple[str, Mapped]]:
    """Return the title of the part and the data of each entry, by its ref."""
    found = {}
    for part in cast("list[Mapped]", documents[0].data["parts"]):
        for table in cast("list[Mapped]", part["tables"]):
            for row in cast("list[Mapped]", table["rows"]):
                found[f"2020/{row['id']}"] = str(part["title"]), row
    return found


def _is_said(leaf: Leaf, found: list[Difference]) -> bool:
    """Say whether a difference leads to what differs; a record that came or went says the field that it moved."""
    path = leaf[0]
    return any(each.path == path[: len(each.path)] or _moves(each, path) for each in found)


def _moves(difference: Difference, path: FieldPath) -> bool:
    kind = {DifferenceKind.RECORDED, DifferenceKind.WITHDRAWN}
    if difference.kind not in kind or not path:
        return False
    if difference.path == ("extensions",):
        return "due" in path or (path[0] == "phases" and len(path) == 2)
    if difference.path == ("history",):
        return "closed" in path
    return path == difference.path[: len(path)]  # the phase that is there to hold a record


@given(ledgers())
def test_nothing_differs_from_itself(documents: list[PlainDocument]) -> None:
    assert compare(documents, documents) == []


@given(ledgers(), ledgers())
def test_all_that_differs_is_said(old: list[PlainDocument], new: list[PlainDocument]) -> None:
    found = compare(old, new)
    before, after = _entries(old), _entries(new)
    by_ref: dict[str, list[Difference]] = {}
    for each in found:
        by_ref.setdefault(each.ref, []).append(each)
    pairs: list[tuple[str, Mapped, Mapped]] = [("2020/ledger", old[0].data, new[0].data)]
    for ref in before.keys() | after.keys():
        if ref not in before or ref not in after:
            kind = DifferenceKind.ADDED if ref in after else DifferenceKind.REMOVED
            assert [each.kind for each in by_ref[ref]] == [kind]
            continue
        pairs.append((ref, before[ref][1], after[ref][1]))
        if before[ref][0] != after[ref][0]:
            assert DifferenceKind.MOVED in {each.kind for each in by_ref[ref]}
    for ref, one, other in pairs:
        for leaf in set(_leaves(one)) ^ set(_leaves(other)):
            assert _is_said(leaf, by_ref.get(ref, [])), leaf
        if one == other and before.get(ref, ("",))[0] == after.get(ref, ("",))[0]:
            assert {each.kind for each in by_ref.get(ref, [])} <= {DifferenceKind.MOVED}


@given(ledgers(), ledgers())
def test_what_one_way_came_went_the_other(old: list[PlainDocument], new: list[PlainDocument]) -> None:
    turned = {
        DifferenceKind.ADDED: DifferenceKind.REMOVED,
        DifferenceKind.REMOVED: DifferenceKind.ADDED,
        DifferenceKind.RECORDED: DifferenceKind.WITHDRAWN,
        DifferenceKind.WITHDRAWN: DifferenceKind.RECORDED,
    }
    there = [each for each in compare(old, new) if each.kind is not DifferenceKind.MOVED]
    back = [each for each in compare(new, old) if each.kind is not DifferenceKind.MOVED]

    def said(found: list[Difference]) -> list[tuple[str, str, FieldPath]]:
        # What has another name is named by the one that it had.
        paths = ((each, (*each.path[:-2], "name") if each.path[-1:] == ("name",) else each.path) for each in found)
        return sorted((each.kind, each.ref, path) for each, path in paths)

    assert said([each._replace(kind=turned.get(each.kind, each.kind)) for each in there]) == said(back)


KEYS = st.sampled_from(
    [
        *("parts", "tables", "rows", "sections", "points", "names", "contacts", "removed", "columns", "notice", "year"),
        *("id", "title", "number", "name", "due", "star", "phases", "targets", "progress", "extensions", "history"),
        *("closed", "paused", "persons", "from", "to", "date", "phase", "phone", "percent", "late", "leaders", "其他"),
    ]
)
ANYTHING: st.SearchStrategy[Data] = st.recursive(
    cast("st.SearchStrategy[Data]", st.none() | st.sampled_from(["", "true", "#2", "2020", "甲\n乙", "13812345678"])),
    lambda held: cast("st.SearchStrategy[Data]", st.lists(held, max_size=3) | st.dictionaries(KEYS, held, max_size=4)),
    max_leaves=25,
)
KINDS: st.SearchStrategy[DocumentKind] = st.sampled_from(["workpoints", "ledger", "directory", "contacts"])
ANY_DOCUMENTS = st.lists(
    st.builds(PlainDocument, st.just("a.yaml"), KINDS, st.dictionaries(KEYS, ANYTHING, max_size=5)), max_size=3
)


@given(ANY_DOCUMENTS, ANY_DOCUMENTS)
def test_whatever_a_revision_holds_is_compared_and_said(old: list[PlainDocument], new: list[PlainDocument]) -> None:
    """A revision may hold what was never a ledger, though it is YAML."""
    assert compare(new, new) == []
    for difference in compare(old, new):
        what, text = words_of(difference)
        assert "\n" not in what + text
        assert what


@given(st.permutations(range(6)))
def test_no_fewer_could_have_moved(order: list[int]) -> None:
    """Tried with every set of things: what is left without them must be in its old order."""
    old = list(range(6))
    went = moved(old, order)
    assert [item for item in order if item not in went] == [item for item in old if item not in went]
    fewest = min(
        len(some_of)
        for count in range(7)
        for some_of in itertools.combinations(old, count)
        if [item for item in order if item not in some_of] == [item for item in old if item not in some_of]
    )
    assert len(went) == fewest
