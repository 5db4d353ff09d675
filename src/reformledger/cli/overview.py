"""Help panel “Overview”: stats, due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import options
from reformledger.cli.session import open_context, print_out
from reformledger.cli.words import days, years
from reformledger.i18n import _
from reformledger.views.answer import Answer

if TYPE_CHECKING:
    from reformledger.views.answer import Purpose, Sheet

Within = Annotated[
    str | None,
    typer.Option("--within", metavar=_("DAYS"), help=_("Due soon means within so many days: 30d, 2w; 30 otherwise.")),
]


def stats(
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.counting import breakdown, tally
    from reformledger.query import Question, ask
    from reformledger.views.content.tally import breakdown_json, breakdown_sheet
    from reformledger.views.content.targets import targets_sheets

    context = open_context(data, as_of)
    book = context.book
    entries = ask(book, Question(years=years(year)), context.as_of)
    groups = breakdown(book, entries, context.as_of)
    total = tally(book, "", entries, context.as_of)
    title = _("As of {day}").format(day=context.as_of.isoformat())

    def sheets(purpose: Purpose) -> list[Sheet]:
        counts = breakdown_sheet(groups, total, title)
        # A spreadsheet calculates with one table.
        return [counts] if purpose == "spreadsheet" else [counts, *targets_sheets(entries, context)]

    print_out(Answer(lambda: breakdown_json(groups, total), sheets), format, output)


def due(
    within: Within = None,
    department: options.Department = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.chase import chase
    from reformledger.model.life import DUE_SOON_DAYS
    from reformledger.views.content.chase import chase_json, chase_sheets

    context = open_context(data, as_of)
    window = DUE_SOON_DAYS if within is None else days("--within", within)
    groups = chase(context.book, context.as_of, within=window, departments=department or ())
    answer = Answer(lambda: chase_json(groups, context), lambda purpose: chase_sheets(groups, context, purpose))
    print_out(answer, format, output)
