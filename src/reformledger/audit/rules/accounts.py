"""Group 3, accounts: a work point and the rows that carry it out, where they differ on one scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reformledger.audit.context import Audit, Found, joined, printed_deadline
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at, at_due
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.text.folding import title_key
from reformledger.text.likeness import is_group
from reformledger.text.titles import same_document


class _Disagreement(NamedTuple):
    """A row and its work points that name others, what is said of them, and where they do."""

    row: Entry
    points: list[Entry]
    words: dict[str, str]
    pointer: Pointer
    related: tuple[tuple[str, Pointer], ...]


@rule("RL301", Severity.WARNING)
def other_leaders(audit: Audit) -> Iterator[Found]:
    """Find rows led by others than their work points."""
    for found in _disagreeing(audit, "leaders"):
        message = _("{row} is led by {names}; {point}, which it carries out, by {others}.")
        yield Found(message.format(**found.words), found.pointer, found.related)


@rule("RL302", Severity.WARNING, declared_by=("kind: group",))
def other_departments(audit: Audit) -> Iterator[Found]:
    """Find rows whose lead departments are not those of their work points."""
    for found in _disagreeing(audit, "lead_departments"):
        message = _("{row} has {names} in the lead; {point}, which it carries out, has {others}.")
        supporting = joined(_only_supporting(audit, found.row, found.points))
        if supporting:
            message = _(
                "{row} has {names} in the lead; {point}, which it carries out, has {others}, and {supporting} only "
                "in support."
            )
        yield Found(message.format(**found.words, supporting=supporting), found.pointer, found.related)


def _only_supporting(audit: Audit, row: Entry, points: Iterable[Entry]) -> list[str]:
    """Return the departments that only support the work points, as these print them, but lead the row."""
    key = audit.book.directory.key
    leading = {key(name) for name in row.data.lead_departments}
    leading -= {key(name) for point in points for name in point.data.lead_departments}
    return [name for point in points for name in point.data.supporting_departments if key(name) in leading]


def _disagreeing(audit: Audit, field: str) -> Iterator[_Disagreement]:
    """Yield the rows that name others in a field than their work points do.

    Pilots are left out: their 责任人 and 牵头单位 are those of the school or district that carries them out. So are
    names of groups (各科室), and rows that share out the names of their work point among them.
    """
    key = audit.book.directory.key

    def keys(entries: Iterable[Entry]) -> set[str]:
        return {key(name) for entry in entries for name in getattr(entry.data, field)}

    of_rows = {point.ref: keys(audit.links.all_rows(point)) for point in audit.points if point.ref in audit.links.rows}
    for row, points in audit.links.pairs():
        own, theirs = keys([row]), keys(points)
        if row.kind == "pilot" or not own or not theirs or own == theirs:
            continue
        if any(name in audit.group_keys or is_group(name) for name in own | theirs):
            continue
        is_whole = all(map(audit.knows_past, points))
        if own < theirs and (not is_whole or theirs == set().union(*(of_rows[point.ref] for point in points))):
            continue
        names: tuple[str, ...] = getattr(row.data, field)
        extra = next((index for index, name in enumerate(names) if key(name) not in theirs), None)
        words = {
            "row": row.id,
            "names": joined(names),
            "point": _(", ").join(point.id for point in points),
            "others": joined(dict.fromkeys(name for point in points for name in getattr(point.data, field))),
        }
        pointer = at(row, field, key=True) if extra is None else at(row, field, extra)
        yield _Disagreement(row, points, words, pointer, tuple((p.id, at(p, field, key=True)) for p in points))


@rule("RL303", Severity.WARNING)
def other_deadline(audit: Audit) -> Iterator[Found]:
    """Find rows without an end under a work point with one, and a sole row of the same scheme that ends earlier.

    A row that ends later is found by RL501; one of several that ends earlier is a step on the way.
    """
    for row, points in audit.links.pairs():
        point = points[0]
        due, theirs = printed_deadline(row.data.due), printed_deadline(point.data.due)
        if len(points) > 1 or due is None or theirs is None or theirs.end is None:
            continue
        related = ((point.id, at_due(point)),)
        words = {"row": row.id, "wording": due.wording, "point": point.id, "other": theirs.wording}
        if due.end is None:
            message = _("{row} has no end (“{wording}”); {point}, which it carries out, ends with “{other}”.")
            yield Found(message.format(**words), at_due(row), related)
        elif due.end < theirs.end and _is_all_of(audit, row, point):
            message = _("{row} is due “{wording}”; {point}, the same matter, “{other}”.")
            yield Found(message.format(**words), at_due(row), related)


def _is_all_of(audit: Audit, row: Entry, point: Entry) -> bool:
    """Say whether a row is the whole of its work point: its only row, with its title or its only document."""
    if len(audit.links.all_rows(point)) > 1 or not audit.knows_past(point):
        return False
    if title_key(row.bare_title) == title_key(point.bare_title):
        return True
    theirs = {quotation.key for quotation in audit.links.quotations(point)}
    own = {quotation.key for quotation in audit.links.quotations(row)}
    return len(theirs) == len(own) == 1 and same_document(theirs.pop(), own.pop())


@rule("RL304", Severity.WARNING)
def two_titles(audit: Audit) -> Iterator[Found]:
    """Find documents whose title in a row is nearly, but not quite, that in its work point."""
    for row, points in audit.links.pairs():
        for own in audit.links.quotations(row):
            if any(audit.links.shelf(point).same(own.key) for point in points):
                continue
            for point in points:
                near = set(audit.links.shelf(point).near(own.key))
                for other in audit.links.quotations(point) if near else ():
                    if other.key in near:
                        message = _("《{title}》 here, 《{other}》 in the work point: one document under two titles.")
                        message = message.format(title=own.title, other=other.title)
                        yield Found(message, own.pointer, ((point.id, other.pointer),))


@rule("RL305", Severity.WARNING, declared_by=("independent: true",))
def quoted_elsewhere(audit: Audit) -> Iterator[Found]:
    """Find rows whose document a work point quotes that they do not say they carry out."""
    for row in audit.rows:
        is_named = any(
            point.ref in audit.book.implemented_refs(entry)
            for entry in (row, *audit.book.before(row))
            for point, _quotation in audit.links.quoting(entry)
        )
        if is_named or not audit.knows_past(row):
            continue
        named = audit.book.implemented_refs(row)
        quoting = {point.ref: (point, quotation) for point, quotation in audit.links.quoting(row)}
        for point, quotation in quoting.values():
            message = _("{point} quotes 《{title}》, but {row} does not say that it carries it out.").format(
                point=point.id, title=quotation.title, row=row.id
            )
            pointer = at(row, "implements", key=True) if named else at(row, "title")
            yield Found(message, pointer, ((point.id, quotation.pointer),))
