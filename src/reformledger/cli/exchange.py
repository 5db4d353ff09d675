"""Help panel “Exchange”: send, take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import answer_file, format_of, open_context, print_out
from reformledger.cli.words import ROLE_WORDS, choose, day, today
from reformledger.errors import UsageError, display_name
from reformledger.i18n import _, sentences
from reformledger.views.answer import Answer
from reformledger.views.formats.registry import UNDATED

if TYPE_CHECKING:
    from reformledger.exchange.form import Form
    from reformledger.views.content.sent import Sent

RoleSent = Annotated[
    str | None,
    options.option("--role", "lead|support", _("Only what they lead, or support."), completion.among(ROLE_WORDS.keys)),
]
PeriodSent = Annotated[
    str | None,
    options.option("--period", _("PERIOD"), _("The period reported on: 二季度, 6月; otherwise what has begun.")),
]
Folder = Annotated[
    Path, typer.Option("--to", metavar=_("FOLDER"), help=_("Where the files go; made where it is missing."))
]

Files = Annotated[
    list[Path], typer.Argument(metavar=_("FILE|FOLDER"), help=_("Workbooks that came back, or a folder of them."))
]
ReportDay = Annotated[
    str | None,
    options.option(
        "--date", _("DAY"), _("Day of all reports; otherwise that in the row of each, or the day of issue.")
    ),
]
Only = Annotated[
    list[str] | None,
    options.option("--only", "ID", _("Take only what is on this entry; may be repeated."), completion.entry_ids),
]


def send(
    folder: Folder,
    department: options.Department = None,
    role: RoleSent = None,
    star: options.Star = None,
    as_of: options.AsOf = None,
    period: PeriodSent = None,
    format: options.UndatedFormat = None,
    output: options.UndatedFile = None,
    data: options.Data = None,
) -> int:
    from reformledger.exchange.sending import Wanted, forms_of
    from reformledger.returns import asked_period
    from reformledger.views.content.sent import sent_json, sent_sheet
    from reformledger.views.output import Output

    # A format that does not exist, or whose extra is missing, is an error before anything is written.
    format_of(format, answer_file(output), UNDATED).load()
    _check_folder(folder)
    context = open_context(data, as_of)
    wanted = Wanted(
        departments=department or (),
        role=choose("--role", role, ROLE_WORDS) if role else None,
        star=star,
        period=None if period is None else asked_period(context.book, period, (), context.as_of),
        period_name=period or "",
    )
    forms, nobodys = forms_of(context.book, context.as_of, wanted)
    sent = _written(forms, folder)
    answer = Answer(lambda: sent_json(sent, nobodys), lambda _purpose: [sent_sheet(sent, nobodys)])
    print_out(answer, format, output, formats=UNDATED)
    left = [one.file for one in sent if not one.is_written]
    if left:
        message = _("Not written, since files of these names are there already: {files}.")
        advice = _("Move them away, or name another folder.")
        Output.of_process().say(sentences(message.format(files=_(", ").join(left)), advice))
    return int(bool(left))


def _check_folder(folder: Path) -> None:
    """Raise ``UsageError`` for what is no folder, and cannot become one."""
    if folder.is_dir():
        return
    if os.path.lexists(folder):
        message = _("--to: {folder} is no folder.").format(folder=display_name(folder))
        raise UsageError(message, _("Name a folder, which may be a new one."))
    if not folder.absolute().parent.is_dir():
        parent = display_name(folder.absolute().parent)
        raise UsageError(_("--to: there is no folder {parent}.").format(parent=parent), _("Make it first."))


def _written(forms: Sequence[Form], folder: Path) -> list[Sent]:
    """Make all workbooks, then write those whose files are not there yet."""
    from reformledger.extras import import_with
    from reformledger.text.filenames import file_names
    from reformledger.views.content.sent import Sent
    from reformledger.views.output import Output, write_file
    from reformledger.views.progress import progressing

    form_workbook = import_with("office", "reformledger.views.form.workbook").form_workbook
    with progressing(forms, len(forms), _("Writing")) as shown:
        made = [form_workbook(form) for form in shown]
    if made:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            message = _("--to: {folder} cannot be made: {reason}.")
            raise UsageError(message.format(folder=display_name(folder), reason=error.strerror)) from None
    sent = []
    names = file_names((form.department for form in forms), ".xlsx")
    for form, name, content in zip(forms, names, made, strict=True):
        file = folder / name
        is_new = not os.path.lexists(file)
        if is_new:
            write_file(file, content, Output.of_process(), is_new=True)
        sent.append(Sent(form, name, is_new))
    return sent


def take(
    files: Files,
    date: ReportDay = None,
    only: Only = None,
    skip_conflicts: options.SkipConflicts = False,
    dry_run: options.DryRun = False,
    format: options.TakenFormat = None,
    output: options.TakenFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.cli.hand_in import hand_in
    from reformledger.exchange.reading.files import files_in, read_files
    from reformledger.exchange.taking import forms_handed_in, returns_in
    from reformledger.views.output import Output
    from reformledger.views.progress import progressing

    day_of_all, now = day("--date", date), today()
    found = files_in(files)
    for sentence in found.notes:
        Output.of_process().say(sentence)
    with progressing(read_files(found.files), len(found.files), _("Reading")) as shown:
        returns = returns_in(shown, now, day_of_all)
    hand_in(
        lambda book: forms_handed_in(returns, book),
        data,
        only=only or (),
        skip_conflicts=skip_conflicts,
        dry_run=dry_run,
        format=format,
        output=output,
        names_absent=not only and any(file.is_dir() for file in files),
    )
