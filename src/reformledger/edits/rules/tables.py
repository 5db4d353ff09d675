"""Tables and sections: which one a person names, how its entries are numbered, what its printed count says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from reformledger.book import Book
from reformledger.edits.draft import Draft
from reformledger.edits.plain import at
from reformledger.edits.serialize import as_written
from reformledger.entry import Entry, Group, headings_over
from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.model.documents import Ledger, Workpoints
from reformledger.text.counts import Span, with_numbers
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest_advice, nearest_names
from reformledger.text.numerals import number_of, printed_number
from reformledger.yamlio import Mapped
from reformledger.yamlio.editing import Bare, SetValue

if TYPE_CHECKING:
    from reformledger.declarations import Declaration

_POINT_PREFIX = "point"
_SEVERAL = 2


def named_group(draft: Draft, word: str) -> Group:
    """Return the table or section that a person names; raises ``UsageError``, naming those that may be meant."""
    groups = draft.book.groups
    found = _called(groups, word, _names) or _called(groups, word, _names_of_part)
    if len(found) == 1:
        return found[0]
    if found:
        message = _("“{word}” may be one of several tables or sections.").format(word=word)
        listed = _(", ").join(f"{g.year}/{g.name}" for g in found)
        raise UsageError(message, _("Name one of: {refs}.").format(refs=listed))
    message = _("There is no table or section “{word}”.").format(word=word)
    year, _slash, rest = word.partition("/")
    of_year = [group for group in groups if str(group.year) == year] if year.isdecimal() and rest else None
    named = [(name, group) for group in of_year or groups for name in (*_names(group), *_names_of_part(group))]
    near = [] if of_year == [] else nearest_names(rest if of_year else word, dict.fromkeys(name for name, _g in named))
    offered = dict.fromkeys(
        f"{group.year}/{group.name}" if of_year else _alone(groups, group, name)
        for one in near
        for name, group in named
        if name == one
    )
    refs = _(", ").join(dict.fromkeys(_alone(groups, group, group.name) for group in groups))
    raise UsageError(message, nearest_advice(list(offered)) or _("Name one of: {refs}.").format(refs=refs))


def _called(groups: Iterable[Group], word: str, names: Callable[[Group], Iterator[str]]) -> list[Group]:
    """Return the tables and sections that have a name, alone or behind their year."""
    key = search_key(word)
    return [
        group
        for group in groups
        if any(key in {search_key(name), search_key(f"{group.year}/{name}")} for name in names(group))
    ]


def _alone(groups: Iterable[Group], group: Group, name: str) -> str:
    """Return what names a table or section and no other: one of its names, else what it is called in its year."""
    return next(
        (each for each in (name, group.name) if _called(groups, each, _names) == [group]), f"{group.year}/{group.name}"
    )


def _names_of_part(group: Group) -> Iterator[str]:
    """Yield what names the part that holds a table, and with it all the tables that it holds."""
    if group.table is not None:
        yield group.heading.title
        if group.heading.number:
            yield group.heading.number


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


def settle_counts(draft: Draft, recounted: Collection[Group], advice: str) -> None:
    """Note, with ``advice``, the printed counts that a draft's steps made untrue; write those over ``recounted`` anew.

    A count that was untrue before, and of as many entries, is left to the check. A target that counts rows of the
    ledger is what was promised: it is noted, and left as it is.
    """
    before = list(_declarations(draft, draft.book))
    is_same = draft.places().keys() == {entry.ref for entry in draft.book.entries}
    is_asked = bool(before) and not (is_same and not any(declaration.said.details for declaration in before))
    is_target = any(target.counts for entry in draft.book.entries for target in entry.data.targets)
    if not (is_asked or is_target):
        return
    now = draft.as_book()
    if is_asked:
        _settle_headings(draft, before, list(_declarations(draft, now)), recounted, advice)
    if is_target:
        sums_before = _wrong_sums(draft, draft.book)
        draft.notes += [said for said in _wrong_sums(draft, now) if said not in sums_before]


def _settle_headings(
    draft: Draft,
    before: Sequence[Declaration],
    after: Sequence[Declaration],
    recounted: Collection[Group],
    advice: str,
) -> None:
    from reformledger.declarations import made_untrue  # most edits leave every count as it is

    anew = {(group.loaded.path, heading.path) for group in recounted for heading in group.headings}
    for old, now in zip(before, after, strict=True):
        loaded, path = old.loaded, old.path
        numbers: dict[Span, int] = {}
        for one in made_untrue(old, now):
            place = f"{loaded.name}:{loaded.tree.place(path)[0]}"
            is_anew = (loaded.path, path[:-1]) in anew
            if is_anew and one.span is not None:
                numbers[one.span] = one.right
                continue
            sentence = _("{place} still says “{count}”; there are {actual} now.")
            what_to_do = _("Which of its numbers that is, only a person can say.") if is_anew else advice
            draft.notes.append(sentences(sentence.format(place=place, count=one.text, actual=one.right), what_to_do))
        if numbers:
            _write_count(draft, old, with_numbers(str(at(draft.data(loaded), path)), numbers))


def _wrong_sums(draft: Draft, book: Book) -> list[str]:
    """Return what the audit finds of targets that are not the sum of what they count, each with its place."""
    from reformledger.audit.context import Audit
    from reformledger.audit.rules.counts import target_sums

    found = target_sums(Audit(book, draft.today, (), ()))
    places = ((pointer, pointer.loaded.tree.place(pointer.path)[0], message) for message, pointer, _related in found)
    return [f"{pointer.loaded.name}:{line}: {message}" for pointer, line, message in places]


def _declarations(draft: Draft, book: Book) -> Iterator[Declaration]:
    """Yield the counts that are declared in the documents that a draft changes."""
    from reformledger.declarations import declarations

    members: dict[Group, list[Entry]] = {}
    for entry in book.entries:
        members.setdefault(entry.group, []).append(entry)
    return declarations(headings_over(g for g in book.groups if g.loaded.path in draft.edits), members)


def _write_count(draft: Draft, declaration: Declaration, text: str) -> None:
    """Write a count anew; a title that holds it is written anew wherever it names its heading."""
    loaded, path = declaration.loaded, declaration.path
    year = getattr(loaded.document, "year", None)
    old = str(at(draft.data(loaded), path))
    draft.change(loaded, SetValue(path, as_written(text, str(path[-1]))))
    if path[-1] != "title":
        return
    for group, entry_path in list(draft.places().values()):
        raw = cast("Mapped", at(draft.data(group.loaded), entry_path))
        if raw.get("title_from") and entry_path[:-2] == path[:-1] and group.loaded is loaded:
            draft.change(loaded, SetValue((*entry_path, "title"), text))
        for index, target in enumerate(cast("list[Mapped]", raw.get("targets") or [])):
            counted = cast("Mapped", target.get("counts") or {}).get("part")
            if counted and group.year == year and search_key(str(counted)) == search_key(old):
                draft.change(group.loaded, SetValue((*entry_path, "targets", index, "counts", "part"), text))
