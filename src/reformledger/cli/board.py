"""Help panel “Documents”: board."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import options
from reformledger.cli.session import answer_file, open_context
from reformledger.cli.words import years
from reformledger.errors import UsageError
from reformledger.i18n import _

Page = Annotated[
    Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The page to write: board.html."))
]
Title = Annotated[
    str | None, options.option("--title", _("TEXT"), _("What stands above it; the year of the entries otherwise."))
]


def board(
    output: Page = None,
    title: Title = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    data: options.Data = None,
) -> None:
    from reformledger.cli.asked import about_answer
    from reformledger.query import Question, ask
    from reformledger.views.content.board import board_of
    from reformledger.views.formats.registry import import_with
    from reformledger.views.output import Output, write_file

    file = _page_file(output)
    context = open_context(data, as_of)
    entries = ask(context.book, Question(years=years(year)), context.as_of)
    made = board_of(entries, context, title or "", about_answer().question)
    page = import_with("office", "reformledger.views.board.page")
    write_file(file, page.board_page(made), Output.of_process())


def _page_file(output: Path | None) -> Path:
    """Return the file to write; raises ``UsageError`` for none, and for one that is no page."""
    file = answer_file(output)
    if file is None:
        raise UsageError(_("The board is a page for browsers."), _("Name a file for it: -o board.html."))
    if file.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(
            _("The ending {suffix} is no page for browsers.").format(suffix=file.suffix or "“”"),
            _("Name a file for it: -o board.html."),
        )
    return file
