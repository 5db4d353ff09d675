"""Help panel “Documents”: brief."""

from __future__ import annotations

from typing import Annotated

from reformledger.cli import options
from reformledger.cli.session import asked_day, open_context, print_out
from reformledger.cli.words import years
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.views.answer import Answer

Since = Annotated[
    str | None,
    options.option("--since", _("DAY"), _("Day of the last meeting: what changed after it is in the brief.")),
]
Until = Annotated[
    str | None,
    options.option(
        "--until",
        _("DAY"),
        _("Day of the next meeting; otherwise as far ahead as --since lies back, else 30 days."),
    ),
]


def brief(
    leader: options.Leader = None,
    since: Since = None,
    until: Until = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.briefing import brief_of
    from reformledger.query import Question
    from reformledger.views.content.brief import brief_sheets
    from reformledger.views.content.brief_rows import brief_json

    context = open_context(data, as_of)
    book, day = context.book, context.as_of
    first, last = asked_day("--since", since, book), asked_day("--until", until, book)
    if first and first >= day:
        message = _("--since: {since} is not before {day}, the day of the brief.").format(since=first, day=day)
        raise UsageError(message, _("Name an earlier day, or a later one with --as-of."))
    if last and last < day:
        message = _("--until: {until} is before {day}, the day of the brief.").format(until=last, day=day)
        raise UsageError(message, _("Name a later day, or an earlier one with --as-of."))
    made = brief_of(book, day, Question(leaders=leader or (), years=years(year)), since=first, until=last)
    answer = Answer(lambda: brief_json(made, context), lambda purpose: brief_sheets(made, context, purpose))
    print_out(answer, format, output)
