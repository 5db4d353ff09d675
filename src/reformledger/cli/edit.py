"""Help panel “Edit”: progress, waive, close, reopen, extend, set, add, remove, undo, rollover."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import assignments, completion, options, own_table
from reformledger.cli.carry_out import carry_out_all, carry_out_one, needed
from reformledger.cli.words import day, pairs, today, whole_number
from reformledger.i18n import _

if TYPE_CHECKING:
    from reformledger.edits.intents import Intent

_ID = typer.Argument(metavar="ID", autocompletion=completion.entry_ids, help=options.ID_HELP)
EntryId = Annotated[str | None, _ID]
EntryIds = Annotated[list[str] | None, _ID]
Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("FIELD=VALUE"),
        autocompletion=assignments.fields,
        help=_(
            "A field by its key or printed heading, or a part of it (due.means, phases.NAME.result); "
            "several names with 、 between them; no value takes it away."
        ),
    ),
]
Evidence = Annotated[
    list[str] | None,
    options.option("--evidence", _("REF"), _("What shows it: a document, its number; may be repeated.")),
]
ApprovedBy = Annotated[str | None, options.option("--approved-by", _("NAME"), _("Who agreed."), completion.approvers)]
PhaseName = Annotated[
    str | None,
    options.option("--phase", _("NAME|#N"), _("The phase, by its name, or '#2' for the second."), completion.phases),
]
_NEW_PHASE = _("NAME=DEADLINE")
Occurrence = Annotated[
    str | None,
    options.option(
        "--for",
        _("PERIOD"),
        _("The occurrence of what recurs, or period of the return calendar: 一季度, 2020-01-08."),
        completion.occurrences,
    ),
]
Reason = Annotated[str | None, options.option("--reason", _("TEXT"), _("Why."))]
RecordDay = Annotated[
    str | None, options.option("--date", _("DAY"), _("Day of the record (2020-10-01); today otherwise."))
]
KeepNumber = Annotated[
    bool, typer.Option("--keep-number", help=_("Write a phone number into a text all the same, for all to read."))
]
Stdin = Annotated[
    str | None, options.option("--stdin", "json", _("Take a batch of edits from stdin instead; all or none are made."))
]


def progress(
    ctx: typer.Context,
    id: EntryId = None,
    text: Annotated[str | None, options.option("--text", _("TEXT"), _("What was done."))] = None,
    percent: Annotated[str | None, options.option("--percent", "N", _("Share done so far, 0 to 100."))] = None,
    by: Annotated[
        str | None, options.option("--by", _("DEPARTMENT"), _("Department that reports."), completion.reporters)
    ] = None,
    evidence: Evidence = None,
    weak: Annotated[bool, typer.Option("--weak", help=_("Progress is behind."))] = False,
    target: Annotated[
        list[str] | None,
        options.option(
            "--target", _("NAME=NUMBER"), _("Value reached of a target; may be repeated."), assignments.targets
        ),
    ] = None,
    for_: Occurrence = None,
    phase: PhaseName = None,
    problems: Annotated[str | None, options.option("--problems", _("TEXT"), _("Problems met."))] = None,
    date: RecordDay = None,
    keep_number: KeepNumber = False,
    from_: own_table.Table = None,
    column: own_table.Headings = None,
    skip_conflicts: options.SkipConflicts = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    format: options.TakenFormat = None,
    output: options.TakenFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Progress

    own_table.check_options(ctx)
    if from_ is not None:
        own_table.hand_in_table(
            from_,
            data,
            columns=pairs("--column", column or ()),
            department=by,
            day=day("--date", date),
            skip_conflicts=skip_conflicts,
            dry_run=dry_run,
            format=format,
            output=output,
        )
        return

    def intent() -> Intent:
        return Progress(
            needed("ID", id),
            needed("--text", text),
            percent,
            by,
            tuple(evidence or ()),
            weak,
            day("--date", date),
            pairs("--target", target or ()),
            for_,
            phase,
            problems,
            keep_number,
        )

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def waive(
    ctx: typer.Context,
    id: EntryId = None,
    for_: Occurrence = None,
    reason: Reason = None,
    approved_by: ApprovedBy = None,
    date: RecordDay = None,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Waive

    def intent() -> Intent:
        return Waive(
            needed("ID", id),
            needed("--for", for_),
            needed("--reason", reason),
            approved_by,
            day("--date", date),
            keep_number,
        )

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def close(
    ctx: typer.Context,
    ids: EntryIds = None,
    evidence: Evidence = None,
    approved_by: ApprovedBy = None,
    phase: PhaseName = None,
    despite_missed: Annotated[
        str | None,
        options.option("--despite-missed", _("TEXT"), _("Why, although occurrences are unmet; the record says so.")),
    ] = None,
    date: RecordDay = None,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Close

    def intents() -> list[Intent]:
        same = (tuple(evidence or ()), approved_by, phase, day("--date", date), despite_missed, keep_number)
        return [Close(word, *same) for word in dict.fromkeys(ids or [needed("ID", None)])]

    carry_out_all(ctx, intents, stdin, data, dry_run=dry_run)


def reopen(
    ctx: typer.Context,
    id: EntryId = None,
    reason: Reason = None,
    phase: PhaseName = None,
    date: RecordDay = None,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Reopen

    def intent() -> Intent:
        return Reopen(needed("ID", id), needed("--reason", reason), phase, day("--date", date), keep_number)

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def extend(
    ctx: typer.Context,
    id: EntryId = None,
    to: Annotated[
        str | None, options.option("--to", _("DEADLINE"), _("The new deadline: 2021-06, 2021年6月底前."))
    ] = None,
    reason: Reason = None,
    means: Annotated[
        str | None, options.option("--means", _("PERIOD"), _("What --to means, where its wording cannot be read."))
    ] = None,
    approved_by: ApprovedBy = None,
    phase: PhaseName = None,
    late: Annotated[bool, typer.Option("--late", help=_("The deadline has passed; the record will say so."))] = False,
    date: RecordDay = None,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Extend

    def intent() -> Intent:
        return Extend(
            needed("ID", id),
            needed("--to", to),
            needed("--reason", reason),
            means,
            approved_by,
            phase,
            late,
            day("--date", date),
            keep_number,
        )

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def set_fields(
    ctx: typer.Context,
    id: EntryId = None,
    fields: Fields = None,
    add_phase: Annotated[
        list[str] | None,
        options.option("--add-phase", _NEW_PHASE, _("Add a phase behind those that are there; may be repeated.")),
    ] = None,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Set

    def intent() -> Intent:
        if id is not None and re.search("[=＝]", id):  # the first FIELD=VALUE where the id is missing
            return Set(needed("ID", None), pairs("FIELD", [id, *(fields or ())]), tuple(add_phase or ()), keep_number)
        return Set(needed("ID", id), pairs("FIELD", fields or ()), tuple(add_phase or ()), keep_number)

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def add(
    ctx: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar=_("TITLE"), help=_("Title of the new entry."))] = None,
    fields: Fields = None,
    to: Annotated[
        str | None,
        options.option(
            "--to",
            _("TABLE|SECTION"),
            _("Where: the prefix of a table's ids, or the title or number of a table or section."),
            completion.table_names,
        ),
    ] = None,
    phase: Annotated[
        list[str] | None,
        options.option("--phase", _NEW_PHASE, _("A phase of it, with or without its deadline; may be repeated.")),
    ] = None,
    recount: options.Recount = False,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Add

    def intent() -> Intent:
        parts = pairs("FIELD", fields or ()), tuple(phase or ())
        return Add(needed("--to", to), needed(_("TITLE"), title), *parts, recount, keep_number)

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def remove(
    ctx: typer.Context,
    id: EntryId = None,
    reason: Reason = None,
    date: RecordDay = None,
    recount: options.Recount = False,
    keep_number: KeepNumber = False,
    dry_run: options.DryRun = False,
    stdin: Stdin = None,
    data: options.Data = None,
) -> None:
    from reformledger.edits.intents import Remove

    def intent() -> Intent:
        given = needed("ID", id), needed("--reason", reason), day("--date", date)
        return Remove(*given, recount, keep_number)

    carry_out_one(ctx, intent, stdin, data, dry_run=dry_run)


def undo(dry_run: options.DryRun = False, data: options.Data = None) -> None:
    from reformledger.edits.transaction import undo as take_back
    from reformledger.sources import find_sources
    from reformledger.views.content.edits import print_outcome
    from reformledger.views.output import Output

    print_outcome(take_back(find_sources(data or ()), dry_run=dry_run), Output.of_process())


def rollover(
    year: Annotated[str, typer.Argument(metavar=_("YEAR"), help=_("The year that follows the newest documents."))],
    dry_run: options.DryRun = False,
    format: options.UndatedFormat = None,
    output: options.UndatedFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.cli.session import answer_file, format_of, print_out
    from reformledger.rollover.plan import roll_over
    from reformledger.sources import find_sources
    from reformledger.views.answer import Answer
    from reformledger.views.content.edits import print_with_notes
    from reformledger.views.content.rollover import rollover_json, rollover_sheet
    from reformledger.views.formats.registry import UNDATED
    from reformledger.views.output import Output

    number = whole_number("YEAR", year)
    # A format that does not exist, or whose extra is missing, is an error before anything is written.
    format_of(format, answer_file(output), UNDATED).load()
    made, outcome = roll_over(find_sources(data or ()), number, today(), dry_run=dry_run)
    answer = Answer(lambda: rollover_json(made, outcome), lambda _purpose: [rollover_sheet(made, outcome)])
    print_with_notes(outcome, Output.of_process(), lambda: print_out(answer, format, output, formats=UNDATED))
