"""Help panel “Repository”: schema, init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import completion
from reformledger.cli.session import print_out
from reformledger.cli.words import DOCUMENT_WORDS, choose, new_year
from reformledger.i18n import _

DocumentKindWord = Annotated[
    str | None,
    typer.Argument(
        metavar=_("KIND"),
        autocompletion=completion.among(DOCUMENT_WORDS.keys),
        help=_("workpoints, ledger, directory or contacts; without it a schema that fits any of them."),
    ),
]
SchemaFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write the schema to a file."))
]
Folder = Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder to make it in; made where missing."))]
NewYear = Annotated[
    str | None, typer.Option("--year", metavar=_("YEAR"), help=_("Year of the documents; this year otherwise."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only list the files that would be made."))]


def schema(kind: DocumentKindWord = None, output: SchemaFile = None) -> None:
    from reformledger.model.schema import document_schema
    from reformledger.views.answer import Answer

    wanted = choose(_("Kind of document"), kind, DOCUMENT_WORDS) if kind else None
    print_out(Answer(lambda: document_schema(wanted)), "json", output)


def init(folder: Folder = Path(), year: NewYear = None, dry_run: DryRun = False) -> None:
    from reformledger.i18n import language
    from reformledger.scaffold import check_nothing_is_there, create, new_repository
    from reformledger.views.output import Output

    scaffold = new_repository(folder, new_year(year), language())
    (check_nothing_is_there if dry_run else create)(scaffold)
    output = Output.of_process()
    output.write_text("".join(f"{name}\n" for name in scaffold.contents))
    if dry_run:
        output.say(_("Nothing was written (--dry-run)."))
    else:
        output.say(_("Next: make the examples in {folder} yours; README.md tells how.").format(folder=folder / "data"))
        output.say(_("To merge edits entry by entry in git: reformledger merge-driver --install"))
