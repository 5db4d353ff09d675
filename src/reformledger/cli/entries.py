"""Help panel “Entries”: list, star, show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import calendar, open_context, print_out, reminder
from reformledger.cli.words import (
    KIND_WORDS,
    LIGHT_WORDS,
    ROLE_WORDS,
    STATUS_WORDS,
    choose,
    choose_all,
    split_keys,
    whole_number,
    years,
)
from reformledger.i18n import _, ngettext
from reformledger.views.answer import Answer

if TYPE_CHECKING:
    from reformledger.views.answer import Purpose, Sheet

WithHistory = Annotated[
    bool, typer.Option("--history", help=_("With its history: what was recorded and changed, when and by whom."))
]
EntryIds = Annotated[
    list[str],
    typer.Argument(metavar=_("ID"), autocompletion=completion.entry_ids, help=options.ID_HELP),
]


def list_entries(
    due: options.Due = None,
    due_by: options.DueBy = None,
    leader: options.Leader = None,
    department: options.Department = None,
    role: options.Role = None,
    star: options.Star = None,
    status: options.StatusOption = None,
    light: options.Lights = None,
    kind: options.Kind = None,
    year: options.Year = None,
    carried: options.Carried = False,
    search: options.Search = None,
    where: options.Where = None,
    sort: options.Sort = None,
    columns: options.Columns = None,
    limit: options.Limit = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
    reveal_contacts: options.Reveal = False,
) -> None:
    from reformledger.columns import columns_listed, headings_of
    from reformledger.query import Question, ask
    from reformledger.records import record
    from reformledger.views.content.entries import Keys, default_keys, entries_sheet

    before = reminder(remind, format, output)
    context = open_context(data, as_of, reveal=reveal_contacts)
    question = Question(
        due=due or (),
        due_by=due_by or (),
        leaders=leader or (),
        departments=department or (),
        role=choose("--role", role, ROLE_WORDS) if role else None,
        star=star,
        statuses=choose_all("--status", status, STATUS_WORDS),
        kinds=choose_all("--kind", kind, KIND_WORDS),
        years=years(year),
        search=search or (),
        where=where or (),
        sort=split_keys(sort or ()),
        lights=choose_all("--light", split_keys(light or ()), LIGHT_WORDS),
        carried=carried,
    )
    keys = columns_listed(headings_of(context.book), columns or ())
    found = ask(context.book, question, context.as_of)
    shown = found if limit is None else found[: whole_number("--limit", limit)]
    if len(shown) < len(found):
        footer = _("{shown} of {all} entries (--limit).").format(shown=len(shown), all=len(found))
    else:
        footer = ngettext("{count} entry.", "{count} entries.", len(found)).format(count=len(found))

    def sheets(purpose: Purpose) -> list[Sheet]:
        shown_keys = Keys(keys) if keys else default_keys(purpose, context, shown)
        return [entries_sheet(shown, context, shown_keys, footer=footer)]

    days = calendar(shown, context, before)
    answer = Answer(lambda: [record(entry, context) for entry in shown], sheets, calendar=days)
    print_out(answer, format, output, reveal=reveal_contacts)


def star(
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
) -> None:
    from reformledger.query import Question, ask
    from reformledger.views.content.star import star_json, star_sheet

    before = reminder(remind, format, output)
    context = open_context(data, as_of)
    # What was carried over unmet is listed, too: its year did not meet it.
    found = ask(context.book, Question(star=True, years=years(year), carried=True), context.as_of)
    answer = Answer(
        lambda: star_json(found, context),
        lambda purpose: [star_sheet(found, context, purpose)],
        calendar=calendar(found, context, before),
    )
    print_out(answer, format, output)


def show(
    ids: EntryIds,
    history: WithHistory = False,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    remind: options.Remind = None,
    data: options.Data = None,
    reveal_contacts: options.Reveal = False,
) -> None:
    from reformledger.cli.history import lives_until
    from reformledger.records import record
    from reformledger.views.content.history import events_json, log_sheet
    from reformledger.views.content.show import show_sheet

    before = reminder(remind, format, output)
    context = open_context(data, as_of, reveal=reveal_contacts)
    found = [context.book.find(word) for word in ids]
    logs = lives_until(data, [entry.ref for entry in found], context.as_of) if history else {}

    def json() -> object:
        records = [
            {**record(entry, context), **({"log": events_json(logs[entry.ref])} if history else {})} for entry in found
        ]
        return records if len(records) > 1 else records[0]

    def sheets(purpose: Purpose) -> list[Sheet]:
        made = []
        for entry in found:
            made.append(show_sheet(entry, context))
            if history and purpose != "spreadsheet":  # which calculates with one table
                title = _("History of {ref}").format(ref=entry.ref)
                made.append(log_sheet(logs[entry.ref], purpose, title))
        return made

    answer = Answer(json, sheets, calendar=calendar(found, context, before))
    print_out(answer, format, output, reveal=reveal_contacts)
