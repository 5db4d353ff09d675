"""Help panel “Who”: by-leader, by-department."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import calendar, open_context, print_out, reminder
from reformledger.cli.words import years
from reformledger.counting import tally
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.records import Context
from reformledger.roles import Subject
from reformledger.views.answer import Answer
from reformledger.views.content import labels
from reformledger.views.content.tally import totals_line

if TYPE_CHECKING:
    from datetime import timedelta

    from reformledger.views.answer import Purpose, Sheet

LeaderName = Annotated[
    str | None,
    typer.Argument(
        metavar=_("NAME"), autocompletion=completion.leader_names, help=_("Leader; all of them without a name.")
    ),
]
DepartmentName = Annotated[
    str | None,
    typer.Argument(
        metavar=_("NAME"),
        autocompletion=completion.department_names,
        help=_("Department under any of its names; all of them without a name."),
    ),
]


def by_leader(
    name: LeaderName = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
    reveal_contacts: options.Reveal = False,
) -> None:
    _by("leader", name, year, as_of, format, output, data, remind, reveal=reveal_contacts)


def by_department(
    name: DepartmentName = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
    reveal_contacts: options.Reveal = False,
) -> None:
    _by("department", name, year, as_of, format, output, data, remind, reveal=reveal_contacts)


def _by(
    subject: Subject,
    name: str | None,
    year: Sequence[str] | None,
    as_of: str | None,
    format: str | None,
    output: Path | None,
    data: Sequence[Path] | None,
    remind: str | None,
    *,
    reveal: bool,
) -> None:
    from reformledger.query import Question, ask

    before = reminder(remind, format, output)
    context = open_context(data, as_of, reveal=reveal)
    entries = ask(context.book, Question(years=years(year)), context.as_of)
    answer = _of_all(context, subject, entries) if name is None else _of_one(context, subject, name, entries, before)
    print_out(answer, format, output, reveal=reveal)


def _of_one(
    context: Context, subject: Subject, name: str, entries: Sequence[Entry], before: timedelta | None
) -> Answer:
    """Answer for one name: the entries grouped by role; one that has two roles is listed under both."""
    from reformledger.records import record
    from reformledger.roles import by_role
    from reformledger.views.content.entries import default_keys, grouped_sheet

    book = context.book
    groups = by_role(book, subject, name, entries)
    distinct = {entry.ref: entry for group in groups for entry in group.entries}
    total = tally(book, "", list(distinct.values()), context.as_of)
    headings = [(labels.role_text(group), group.entries) for group in groups]

    def sheets(purpose: Purpose) -> list[Sheet]:
        keys, title = default_keys(purpose, context, distinct.values()), book.directory.preferred(name)
        return [grouped_sheet(headings, context, keys, title=title, footer=totals_line(total))]

    return Answer(
        lambda: [
            {**record(entry, context), "role": group.role, "through": group.through}
            for group in groups
            for entry in group.entries
        ],
        sheets,
        calendar=calendar(distinct.values(), context, before),
    )


def _of_all(context: Context, subject: Subject, entries: Sequence[Entry]) -> Answer:
    """Answer without a name: one row of counts for everyone."""
    from reformledger.counting import tallies
    from reformledger.views.content.tally import tally_json, tally_sheet

    book = context.book
    found = tallies(book, subject, entries, context.as_of)
    total = tally(book, "", entries, context.as_of)
    first = _("Leader") if subject == "leader" else _("Department")
    title = _("As of {day}").format(day=context.as_of.isoformat())
    return Answer(
        lambda: tally_json(found, total),
        lambda purpose: [tally_sheet(first, found, title, totals_line(total), purpose)],
    )
