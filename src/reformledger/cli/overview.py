"""Help panel “Overview”: stats, due, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import options
from reformledger.cli.many import data_set_asked
from reformledger.cli.session import asked_day, calendar, open_context, print_out, reminder
from reformledger.cli.words import LIGHT_WORDS, choose_all, days, split_keys, today, years
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.views.answer import Answer

if TYPE_CHECKING:
    from datetime import date

    from reformledger.model.period import Period
    from reformledger.views.answer import Purpose, Sheet

Within = Annotated[
    str | None,
    options.option("--within", _("DAYS"), _("Due soon means within so many days: 30d, 2w; 30 otherwise.")),
]

Unreported = Annotated[bool, typer.Option("--unreported", help=_("Only what nobody has reported on."))]
PeriodOption = Annotated[
    str | None,
    options.option(
        "--period",
        _("PERIOD"),
        _("Periods of the return calendar that end in this one: 二季度, 6月; otherwise that of the day."),
    ),
]
From = Annotated[str | None, options.option("--from", _("DAY"), _("With --to: what was reported on these days."))]
To = Annotated[str | None, options.option("--to", _("DAY"), _("The last of the days."))]
Missing = Annotated[bool, typer.Option("--missing", help=_("Only what is missing."))]
Text = Annotated[bool, typer.Option("--text", help=_("What was reported, in full, for a bulletin."))]


def stats(
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
    body: options.Body = None,
) -> None:
    from reformledger.counting import breakdown, tally
    from reformledger.query import Question, ask
    from reformledger.views.content.tally import breakdown_json, breakdown_sheet
    from reformledger.views.content.targets import targets_sheets

    stored = data_set_asked(data, body, as_of)
    question = Question(years=years(year))
    if stored is None:
        context = open_context(data, as_of)
        entries = ask(context.book, question, context.as_of)
        groups = breakdown(context.book, entries, context.as_of)
        total = tally(context.book, "", entries, context.as_of)
        day = context.as_of
    else:
        groups, total = stored.breakdown(question)
        day = stored.as_of

    def targets() -> list[Sheet]:
        if stored is None:
            return targets_sheets(entries, context)
        rows = stored.with_targets(question)
        return targets_sheets(rows.rows, rows)

    def sheets(purpose: Purpose) -> list[Sheet]:
        counts = breakdown_sheet(groups, total, _("As of {day}").format(day=day.isoformat()), purpose)
        # A spreadsheet calculates with one table.
        return [counts] if purpose == "spreadsheet" else [counts, *targets()]

    print_out(Answer(lambda: breakdown_json(groups, total), sheets), format, output)


def due(
    within: Within = None,
    department: options.Department = None,
    leader: options.Leader = None,
    star: options.Star = None,
    light: options.Lights = None,
    unreported: Unreported = False,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
) -> None:
    from reformledger.chase import chase
    from reformledger.model.life import DUE_SOON_DAYS
    from reformledger.query import Question
    from reformledger.views.content.chase import chase_json, chase_sheets

    before = reminder(remind, format, output)
    context = open_context(data, as_of)
    question = Question(
        leaders=leader or (),
        departments=department or (),
        star=star,
        years=years(year),
        lights=choose_all("--light", split_keys(light or ()), LIGHT_WORDS),
    )
    window = DUE_SOON_DAYS if within is None else days("--within", within, context.as_of)
    groups = chase(context.book, context.as_of, question, within=window, unreported=unreported)
    answer = Answer(
        lambda: chase_json(groups, context),
        lambda purpose: chase_sheets(groups, context, purpose),
        calendar=calendar((item.entry for group in groups for item in group.items), context, before),
    )
    print_out(answer, format, output)


def reports(
    period: PeriodOption = None,
    first: From = None,
    last: To = None,
    department: options.Department = None,
    missing: Missing = False,
    text: Text = False,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
) -> None:
    from reformledger.returns import Asked, asked_period, returns
    from reformledger.views.content.returns import (
        reports_json,
        reports_sheet,
        returns_calendar,
        returns_json,
        returns_sheets,
    )

    before = reminder(remind, format, output)
    if missing and text:
        raise UsageError(_("--missing and --text cannot both be given."))
    if (first or last) and period is not None:
        raise UsageError(_("--period is given, and days, too."), _("Leave one of them out."))
    context = open_context(data, as_of)
    book = context.book
    span = _span(asked_day("--from", first, book), asked_day("--to", last, book))
    wanted = None if period is None else asked_period(book, period, years(year), context.as_of)
    found = returns(book, context.as_of, Asked(wanted, span), departments=department or (), years=years(year))
    has_days = any(made.periods for made in found.made)
    answer = (
        Answer(lambda: reports_json(found), lambda purpose: [reports_sheet(found, context, purpose)])
        if text
        else Answer(
            lambda: returns_json(found, missing=missing),
            lambda purpose: returns_sheets(found, context, purpose, missing=missing),
            calendar=(lambda: returns_calendar(found, context, before)) if has_days else None,
        )
    )
    print_out(answer, format, output)


def _span(start: date | None, end: date | None) -> Period | None:
    """Return the days from one to another, None without them; raises ``UsageError`` where one of them is missing."""
    from reformledger.model.period import Period

    if start is None and end is None:
        return None
    if start is None or end is None:
        other = ["--to", max(start, today()).isoformat()] if start else ["--from", f"{end:%Y}-01-01"]
        raise UsageError(_("Of --from and --to only one is given."), _("Give both."), adding=other)
    if end < start:
        raise UsageError(_("--to is before --from."))
    return Period(start, end)
