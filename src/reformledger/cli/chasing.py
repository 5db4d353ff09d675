"""Help panel “Overview”: due."""

from __future__ import annotations

from typing import Annotated

import typer

from reformledger.cli import options
from reformledger.cli.session import open_session, print_out
from reformledger.cli.words import days
from reformledger.i18n import _

Within = Annotated[
    str | None,
    typer.Option("--within", metavar=_("DAYS"), help=_("Due soon means within so many days: 30d, 2w; 30 otherwise.")),
]


def due(
    within: Within = None,
    department: options.Department = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.chase import chase
    from reformledger.model.life import DUE_SOON_DAYS
    from reformledger.views.answer import Answer
    from reformledger.views.content.chase import chase_json, chase_sheets

    book, context = open_session(data, as_of)
    window = DUE_SOON_DAYS if within is None else days("--within", within)
    groups = chase(book, context.as_of, within=window, departments=department or ())
    print_out(
        Answer(lambda format: chase_sheets(groups, context, format), lambda: chase_json(groups, context)),
        format,
        output,
    )
