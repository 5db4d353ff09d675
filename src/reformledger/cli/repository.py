"""Help panel “Repository”: schema, init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import complete
from reformledger.cli.session import print_out
from reformledger.cli.words import DOCUMENT_WORDS, choose
from reformledger.i18n import _

DocumentKindWord = Annotated[
    str | None,
    typer.Argument(
        metavar="workpoints|ledger|directory|contacts",
        autocompletion=complete.documents,
        help=_("Kind of document; any of them when left out."),
    ),
]
SchemaFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write the schema to a file.")),
]


def schema(kind: DocumentKindWord = None, output: SchemaFile = None) -> None:
    from reformledger.model.schema import document_schema
    from reformledger.views.answer import Answer

    wanted = choose(_("Kind of document"), kind, DOCUMENT_WORDS) if kind else None
    print_out(Answer(lambda _format: [], lambda: document_schema(wanted)), "json", output)
