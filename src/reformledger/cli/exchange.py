"""Help panel “Exchange”: send, take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.words import day, today
from reformledger.i18n import _

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
    from reformledger.exchange.taking import forms_handed_in
    from reformledger.views.output import Output
    from reformledger.views.progress import progressing

    day_of_all, now = day("--date", date), today()
    found = files_in(files)
    for sentence in found.notes:
        Output.of_process().say(sentence)
    with progressing(read_files(found.files), len(found.files), _("Reading")) as shown:
        read = list(shown)
    hand_in(
        lambda book: forms_handed_in(read, book, now, day_of_all),
        data,
        only=only or (),
        skip_conflicts=skip_conflicts,
        dry_run=dry_run,
        format=format,
        output=output,
        names_absent=any(file.is_dir() for file in files),
    )
