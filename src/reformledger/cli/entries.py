"""Help panel “Entries”: list, star, show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformledger.cli import completion, options
from reformledger.cli.many import Listed, data_set_asked, of_data_set
from reformledger.cli.session import answer_file, calendar, format_of, open_context, print_out, reminder
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
    from datetime import timedelta

    from reformledger.entry import Entry
    from reformledger.query import Question
    from reformledger.records import Context
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
    body: options.Body = None,
    reveal_contacts: options.Reveal = False,
) -> None:
    from reformledger.columns import columns_listed
    from reformledger.query import Question
    from reformledger.views.content.entries import Keys, default_keys, entries_sheet

    before = reminder(remind, format, output)
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
    stored = data_set_asked(data, body, as_of)
    if stored is None:
        listed: Listed[Any] = _of_files(open_context(data, as_of, reveal=reveal_contacts), question, before)
    else:
        name = format_of(format, answer_file(output)).name
        listed = of_data_set(stored, question, columns or (), name, reveal=reveal_contacts)
    keys = columns_listed(listed.source.headings, columns or ())
    found = listed.found
    shown = found if limit is None else found[: whole_number("--limit", limit)]
    if len(shown) < len(found):
        footer = _("{shown} of {all} entries (--limit).").format(shown=len(shown), all=len(found))
    else:
        footer = ngettext("{count} entry.", "{count} entries.", len(found)).format(count=len(found))

    def sheets(purpose: Purpose) -> list[Sheet]:
        shown_keys = Keys(keys) if keys else default_keys(purpose, listed.source, shown)
        return [entries_sheet(shown, listed.source, shown_keys, footer=footer)]

    days = None if listed.calendar is None else partial(listed.calendar, shown)
    answer = Answer(lambda: listed.records(shown), sheets, calendar=days)
    print_out(answer, format, output, reveal=reveal_contacts)


def _of_files(context: Context, question: Question, before: timedelta | None) -> Listed[Entry]:
    """Return the entries of a book that answer a question."""
    from reformledger.query import ask
    from reformledger.records import record

    return Listed(
        context,
        ask(context.book, question, context.as_of),
        lambda shown: [record(entry, context) for entry in shown],
        lambda shown: calendar(shown, context, before)(),
    )


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
