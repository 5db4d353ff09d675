"""Help panel “Papers and pages”: annex, brief, board."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import answer_file, asked_day, open_context, print_out
from reformledger.cli.words import whole_number, years
from reformledger.errors import UsageError, display_name
from reformledger.i18n import _
from reformledger.views.answer import Answer

if TYPE_CHECKING:
    from reformledger.book import Book

Parts = Annotated[
    list[str] | None,
    options.option(
        "--part",
        _("PART"),
        _("Only this part, by its title or number (三), or this document, by its title; may be repeated."),
        completion.part_titles,
    ),
]
OneYear = Annotated[
    str | None,
    options.option("--year", _("YEAR"), _("Year of the documents; the newest otherwise."), completion.document_years),
]
State = Annotated[bool, typer.Option("--state", help=_("With two columns more: the last report, and the status."))]
NewDocument = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("The document to write (.docx), which is not there yet.")),
]

Since = Annotated[
    str | None,
    options.option("--since", _("DAY"), _("Day of the last meeting: what changed after it is in the brief.")),
]
Until = Annotated[
    str | None,
    options.option(
        "--until",
        _("DAY"),
        _("Day of the next meeting; otherwise as far ahead as --since lies back, else 30 days."),
    ),
]

Page = Annotated[
    Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The page to write: board.html."))
]
Title = Annotated[
    str | None, options.option("--title", _("TEXT"), _("What stands above it; the year of the entries otherwise."))
]


def annex(
    part: Parts = None,
    year: OneYear = None,
    state: State = False,
    as_of: options.AsOf = None,
    output: NewDocument = None,
    data: options.Data = None,
) -> None:
    from reformledger.extras import import_with
    from reformledger.views.content.annex import annex_chapters
    from reformledger.views.content.parts import documents_of, groups_named
    from reformledger.views.output import Output, write_file

    file = _new_document(output)
    context = open_context(data, as_of)
    documents = documents_of(context.book, _year(context.book, year))
    chapters = annex_chapters(context, documents, groups_named(context.book, documents, part or ()), state=state)
    content = import_with("office", "reformledger.views.word.annex").annex_document(chapters)
    write_file(file, content, Output.of_process(), is_new=True)


def _new_document(file: Path | None) -> Path:
    """Return the file to write; raises ``UsageError`` for none, and for one that is no document of Word."""
    if file is None:
        raise UsageError(_("The annex is a document of Word, which no terminal can show."), _name_one("附件.docx"))
    if file.suffix.lower() != ".docx":
        message = _("{file}: the annex is a document of Word.").format(file=display_name(file))
        raise UsageError(message, _name_one(display_name(file.with_suffix(".docx")) if file.name else "附件.docx"))
    if os.path.lexists(file):
        message = _("{file} is there already, and an annex is never written over a file.")
        raise UsageError(message.format(file=display_name(file)), _("Choose another name, or move it away."))
    return file


def _name_one(name: str) -> str:
    return _("Name a file for it: -o {file}.").format(file=name)


def _year(book: Book, word: str | None) -> int:
    """Return the year asked for, else the newest; raises ``UsageError`` for one that is not there."""
    if word is None:
        if not book.years:
            raise UsageError(_("There are no entries yet."))
        return book.years[-1]
    from reformledger.query import known_years, refuse_other_years

    year = whole_number("--year", word)
    refuse_other_years([year], known_years(book))
    return year


def brief(
    leader: options.Leader = None,
    since: Since = None,
    until: Until = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.OutputFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.briefing import brief_of
    from reformledger.query import Question
    from reformledger.views.content.brief import brief_sheets
    from reformledger.views.content.brief_rows import brief_json

    context = open_context(data, as_of)
    book, day = context.book, context.as_of
    first, last = asked_day("--since", since, book), asked_day("--until", until, book)
    if first and first >= day:
        message = _("--since: {since} is not before {day}, the day of the brief.").format(since=first, day=day)
        raise UsageError(message, _("Name an earlier day, or a later one with --as-of."))
    if last and last < day:
        message = _("--until: {until} is before {day}, the day of the brief.").format(until=last, day=day)
        raise UsageError(message, _("Name a later day, or an earlier one with --as-of."))
    made = brief_of(book, day, Question(leaders=leader or (), years=years(year)), since=first, until=last)
    answer = Answer(lambda: brief_json(made, context), lambda purpose: brief_sheets(made, context, purpose))
    print_out(answer, format, output)


def board(
    output: Page = None,
    title: Title = None,
    year: options.Year = None,
    as_of: options.AsOf = None,
    data: options.Data = None,
) -> None:
    from reformledger.cli.asked import about_answer
    from reformledger.extras import import_with
    from reformledger.query import Question, ask
    from reformledger.views.content.board import board_of
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
        raise UsageError(_("The board is a page for browsers."), _name_one("board.html"))
    if file.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(
            _("The ending {suffix} is no page for browsers.").format(suffix=file.suffix or "“”"),
            _name_one("board.html"),
        )
    return file
