"""Tables and sections: which one a person names, how its entries are numbered, what its printed count says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from reformledger.edits.draft import Draft, Mapped, at
from reformledger.entry import Entry, Group
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.documents import Ledger, Workpoints
from reformledger.text.counts import declared
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest_advice, nearest_names
from reformledger.text.numerals import number_of, printed_number
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare

_POINT_PREFIX = "point"
_SEVERAL = 2


def named_group(draft: Draft, word: str) -> Group:
    """Return the table or section that a person names; raises ``UsageError``, naming those that may be meant."""
    named: dict[str, list[Group]] = {}
    for group in draft.book.groups:
        for name in _names(group):
            for spelling in (name, f"{group.year}/{name}"):
                named.setdefault(search_key(spelling), []).append(group)
    found = list(dict.fromkeys(named.get(search_key(word), [])))
    if len(found) == 1:
        return found[0]
    if found:
        message = _("“{word}” may be one of several tables or sections.").format(word=word)
        listed = _(", ").join(f"{g.year}/{g.name}" for g in found)
        raise UsageError(message, _("Name one of: {refs}.").format(refs=listed))
    names = list(dict.fromkeys(name for group in draft.book.groups for name in _names(group)))
    message = _("There is no table or section “{word}”.").format(word=word)
    raise UsageError(
        message,
        nearest_advice(nearest_names(word, names)) or _("Name one of: {refs}.").format(refs=_(", ").join(names)),
    )


def _names(group: Group) -> Iterator[str]:
    heading, table = group.heading, group.table
    if table is None:
        yield from dict.fromkeys((group.title, heading.title))
        if len(group.headings) > 1:
            yield group.name
        if heading.number:
            yield heading.number
        return
    yield table.id_prefix
    yield group.title
    if len(getattr(heading, "tables", ())) == 1:
        yield heading.title
        if heading.number:
            yield heading.number


def next_id(draft: Draft, group: Group) -> tuple[str, int]:
    """Return the id, and its number, that the next entry gets: an id that was removed is not given again."""
    prefix = _prefix(draft, group)
    number = 1 + max((0, *_numbers(draft, group.year, prefix)))
    return f"{prefix}-{number}", number


def next_number(draft: Draft, group: Group, id_number: int) -> str:
    """Return the printed number of the next entry: that of its id, or one more than the last of its section.

    The latter holds where the work points count from 1 in several sections. It is quoted where the one before it is.
    """
    number = _next(draft, group, id_number)
    rows = group.loaded.tree
    last = (*group.path, len(cast("list[Mapped]", at(rows.data, group.path) or [])) - 1, "number")
    is_quoted = last[-2] != -1 and rows.text[rows.span(last)[0]] in "\"'"
    return number if is_quoted else Bare(number)


def _next(draft: Draft, group: Group, id_number: int) -> str:
    firsts = [
        next((printed_number(entry.data.number) for entry in other.entries()), None)
        for other in draft.book.groups
        if other.loaded is group.loaded and other.table is None
    ]
    if firsts.count(1) < _SEVERAL:
        return str(id_number)
    siblings = cast("list[Mapped]", at(draft.data(group.loaded), group.path) or [])
    return str(1 + max((printed_number(str(each.get("number") or "")) or 0 for each in siblings), default=0))


def prefix_of(entry: Entry) -> str:
    """Return what the ids of the table begin with; work points keep the one that they have."""
    return entry.group.table.id_prefix if entry.group.table else entry.id.rpartition("-")[0] or _POINT_PREFIX


def _prefix(draft: Draft, group: Group) -> str:
    """Return what ids begin with: the table's prefix, in the work points that of the points that are there."""
    if group.table:
        return group.table.id_prefix
    for other in draft.book.groups:
        if other.loaded is group.loaded:
            for entry in other.entries():
                return prefix_of(entry)
    return _POINT_PREFIX


def _numbers(draft: Draft, year: int, prefix: str) -> Iterator[int]:
    """Yield the numbers that ids of a year with this prefix have or had."""
    for entry_id in (*_ids_of(draft.places(), year), *_removed_ids(draft, year)):
        before, _hyphen, number = entry_id.rpartition("-")
        if before == prefix and (value := number_of(number)) is not None:
            yield value


def _ids_of(refs: Iterable[str], year: int) -> Iterator[str]:
    begin = f"{year}/"
    yield from (ref.removeprefix(begin) for ref in refs if ref.startswith(begin))


def _removed_ids(draft: Draft, year: int) -> Iterator[str]:
    for loaded in draft.book.documents:
        if isinstance(loaded.document, Workpoints | Ledger) and loaded.document.year == year:
            for record in cast("list[Mapped]", draft.data(loaded).get("removed") or []):
                yield str(record["id"])


def note_count(draft: Draft, group: Group) -> None:
    """Note when a printed count, which stays as the notice has it, is no longer the number of entries."""
    places = (group.path[:-1], group.path[:2]) if group.table else ()
    for place in places:
        mapping = cast("Mapped", at(draft.data(group.loaded), place))
        count, actual = mapping.get("count"), _rows_under(mapping)
        totals = [total.number for total in declared(str(count or "")).totals if not total.of_kinds]
        if totals and actual not in totals:
            sentence = _("{file} still says “{count}”; there are {actual} now.")
            draft.notes.append(sentence.format(file=group.loaded.name, count=count, actual=actual))


def _rows_under(mapping: Mapping[str, Data]) -> int:
    tables = mapping.get("tables")
    if isinstance(tables, list):
        return sum(_rows_under(cast("Mapped", table)) for table in tables)
    return len(cast("list[Data]", mapping.get("rows") or []))
