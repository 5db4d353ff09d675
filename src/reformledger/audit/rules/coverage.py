"""Group 6, coverage: work points and rows that do not find each other."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.rule import rule
from reformledger.audit.spot import at
from reformledger.book import Entry
from reformledger.i18n import _, ngettext


@rule("RL601", Severity.WARNING)
def points_without_rows(audit: Audit) -> Iterator[Found]:
    """Find work points that no row carries out, in years whose ledger is loaded and names work points at all."""
    linked = {row.year for row, _points in audit.links.pairs()}
    with_rows = {row.year for row in audit.rows}
    known = linked | (audit.years("ledger") - with_rows)
    for point in audit.points:
        years = {point.year, *(earlier.year for earlier in audit.book.before(point))}
        if years <= known and audit.knows_past(point) and not audit.links.all_rows(point):
            message = _("No row of the ledger carries out {point}, “{title}”.")
            yield Found(message.format(point=point.id, title=point.data.title), at(point, "title"))


@rule("RL602", Severity.WARNING)
def rows_without_points(audit: Audit) -> Iterator[Found]:
    """Find rows that carry out no work point: one by one, or a table of them as a whole."""
    linked = {row.ref for row, _points in audit.links.pairs()}
    for group, entries in audit.members.items():
        if group.table is None or group.year not in audit.years("workpoints"):
            continue
        # Those that name one that is not there, or whose document one quotes, are found by RL603 and RL305.
        alone = [row for row in entries if row.ref not in linked and row.row and not row.row.implements]
        alone = [row for row in alone if not _is_quoted(audit, row)]
        if len(alone) == len(entries) > 1:
            message = ngettext(
                "None of the {count} row of this table says which work point it carries out.",
                "None of the {count} rows of this table says which work point it carries out.",
                len(alone),
            )
            yield Found(
                message.format(count=len(alone)), at(alone[0], "id"), tuple((row.id, at(row)) for row in alone[1:])
            )
            continue
        for row in alone:
            message = _("{row} does not say which work point it carries out.")
            yield Found(message.format(row=row.id), at(row, "id"))


def _is_quoted(audit: Audit, row: Entry) -> bool:
    """Say whether a work point quotes the document of a row, this year, or did in an earlier one, or may have."""
    return not audit.knows_past(row) or any(map(audit.links.quoting, (row, *audit.book.before(row))))
