"""Help panel “Overview”: stats."""

from __future__ import annotations

from reformledger.cli import options
from reformledger.cli.session import open_session, print_out
from reformledger.cli.words import years
from reformledger.i18n import _


def stats(
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.counting import breakdown, tally
    from reformledger.query import Question, ask
    from reformledger.views.answer import Answer
    from reformledger.views.content.tally import breakdown_json, breakdown_sheet
    from reformledger.views.content.targets import targets_sheets

    session = open_session(data, as_of)
    book, context = session
    entries = ask(book, Question(years=years(year)), context.as_of)
    groups = breakdown(book, entries, context.as_of)
    total = tally(book, "", entries, context.as_of)
    title = _("As of {day}").format(day=context.as_of.isoformat())
    print_out(
        Answer(
            lambda format: [
                breakdown_sheet(groups, total, title),
                # A CSV file is one table.
                *(() if format == "csv" else targets_sheets(entries, context)),
            ],
            lambda: breakdown_json(groups, total),
        ),
        format,
        output,
    )
