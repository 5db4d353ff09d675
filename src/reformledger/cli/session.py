"""What every command does before and after its question: open the book, print the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reformledger.book import Book
from reformledger.cli.words import FORMAT_WORDS, as_of_day, choose
from reformledger.errors import UsageError
from reformledger.files.errors import display_name
from reformledger.i18n import _, sentences
from reformledger.records import Context
from reformledger.sources import SUFFIXES, Loaded, Sources, find_sources, load_sources
from reformledger.views.answer import Answer, print_answer
from reformledger.views.formats.names import Format
from reformledger.views.output import Output


class Session(NamedTuple):
    """An open book and the day as of which to tell statuses."""

    book: Book
    context: Context


def open_session(data: Sequence[Path] | None, as_of: str | None = None, *, reveal: bool = False) -> Session:
    """Load the data that the user means; say on stderr what is worth knowing about the choice."""
    day = as_of_day(as_of)
    sources = find_sources(data or ())
    loaded = load_sources(sources)
    _talk_about(sources, loaded)
    book = Book(loaded.documents)
    if as_of is None:
        _doubt_clock(book, day)
    session = Session(book, Context(book, day, reveal))
    _held[:] = [session]
    return session


_held: list[Session] = []
"""The last session, until the process ends: to take a large book apart object by object would only cost time."""


def _talk_about(sources: Sources, loaded: Loaded) -> None:
    output = Output.of_process()
    if sources.origin == "bundled":
        output.talk(_("Reading the 2020 notice that comes with reformledger (read-only); --data names your own."))
    for name, reason in loaded.skipped:
        output.talk(_("Passed over {name}: {reason}.").format(name=name, reason=reason))


def _doubt_clock(book: Book, today: date) -> None:
    """Say so when the clock of this machine is behind what is recorded: every status would be told wrong."""
    newest = book.newest_record
    if newest and today < newest.day:
        doubt = _("By the clock of this machine it is {today}, but there is a record of {newest}.")
        advice = _("Set the clock, or say the day with --as-of.")
        Output.of_process().talk(sentences(doubt.format(today=today, newest=newest.day), advice))


def print_out(answer: Answer, format_word: str | None, file: Path | None, *, reveal: bool = False) -> None:
    """Print the answer in the format asked for, or the one that the name of the file ends with."""
    file = answer_file(file)
    print_answer(answer, format_of(format_word, file), Output.of_process(), file, reveal=reveal)


def answer_file(file: Path | None) -> Path | None:
    """Return the file that an answer goes into, None for stdout (``-``); raises ``UsageError`` for one of data."""
    if file is None or str(file) == "-":
        return None
    if file.suffix.lower() in SUFFIXES:
        message = _("{file}: an answer is not written over data.").format(file=display_name(file))
        raise UsageError(message, _("Use .csv, .json, .md or .txt, or say --format."))
    return file


def format_of(word: str | None, file: Path | None) -> Format:
    """Return the format that is asked for, else that with which the name of the file ends; raises ``UsageError``."""
    if word is not None:
        return choose("--format", word, FORMAT_WORDS)
    suffix = file.suffix.lower() if file else ""
    if suffix in {"", ".txt"}:
        return "table"
    if suffix.removeprefix(".") not in FORMAT_WORDS:
        message = _("The ending {suffix} is no format.").format(suffix=suffix)
        raise UsageError(message, _("Use .csv, .json, .md or .txt, or say --format."))
    return FORMAT_WORDS[suffix.removeprefix(".")]
