"""What every command does before and after its question: open the book, print the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from reformledger.book import Book
from reformledger.cli import words
from reformledger.cli.words import choose, today
from reformledger.entry import Entry
from reformledger.errors import UsageError, display_name
from reformledger.files.names import is_ours
from reformledger.i18n import _, sentences
from reformledger.records import Context
from reformledger.sources import SUFFIXES, Loaded, Sources, find_sources, load_sources
from reformledger.views.answer import About, Answer, Calendar
from reformledger.views.formats.registry import ANSWERS, FormatRow, Formats, print_answer
from reformledger.views.output import Output


def open_context(data: Sequence[Path] | None, as_of: str | None = None, *, reveal: bool = False) -> Context:
    """Load the data that the user means; say on stderr which data these are where that is not plain."""
    sources = find_sources(data or ())
    loaded = load_sources(sources)
    _say_what_is_read(sources, loaded)
    book = Book(loaded.documents)
    day = asked_day("--as-of", as_of, book) or today()
    if as_of is None:
        _warn_of_clock(book, day)
    context = Context(book.as_of(day), day, reveal)
    hold(context)
    return context


def asked_day(option: str, word: str | None, book: Book) -> date | None:
    """Return the day of a question; one without a year is of the newest documents'. Raises ``UsageError``."""
    return words.day(option, word, book.years[-1] if book.years else None)


class _OfDay(Protocol):
    """What is told as of a day: a book as it was then, or a data set that was made for it."""

    @property
    def as_of(self) -> date:
        """Return the day."""


_held: list[_OfDay] = []
"""The last book, until the process ends: to take a large book apart object by object would only cost time."""


def hold(asked: _OfDay) -> None:
    """Keep what is asked, whose day stands above the answer."""
    _held[:] = [asked]


def say_if_bundled(sources: Sources) -> None:
    """Say on stderr that nobody's own data are read, where that is so."""
    if sources.origin == "bundled":
        sentence = _("Reading the 2020 notice that comes with reformledger (read-only); --data names your own.")
        Output.of_process().say(sentence)


def _say_what_is_read(sources: Sources, loaded: Loaded) -> None:
    output = Output.of_process()
    say_if_bundled(sources)
    for name, reason in loaded.skipped:
        output.say(_("Passed over {name}: {reason}.").format(name=name, reason=reason))
    for sentence in (*loaded.unfinished, *loaded.unread_notes):
        output.say(sentence)
    for name in loaded.displaced:
        kept = _("{file} is what another program saved while an edit was written: take from it what is missing.")
        output.say(sentences(kept.format(file=name), _("Then delete it.")))


def _warn_of_clock(book: Book, today: date) -> None:
    """Warn when the clock of this machine is behind what is recorded: every status would be wrong."""
    newest = book.newest_record
    if newest and today < newest.day:
        warning = _("By the clock of this machine it is {today}, but there is a record of {newest}.")
        advice = _("Set the clock, or say the day with --as-of.")
        Output.of_process().say(sentences(warning.format(today=today, newest=newest.day), advice))


def print_out(
    answer: Answer, format_word: str | None, file: Path | None, *, reveal: bool = False, formats: Formats = ANSWERS
) -> None:
    """Print the answer in the format asked for, or the one that the name of the file ends with."""
    file = answer_file(file)
    answer = replace(answer, about=_about)
    print_answer(answer, format_of(format_word, file, formats), Output.of_process(), file, reveal=reveal)


def _about() -> About:
    """Return what stands above the answer to the command that runs."""
    from reformledger.cli.asked import about_answer

    return about_answer()._replace(day=_held[0].as_of if _held else None)


def answer_file(file: Path | None, formats: Formats = ANSWERS) -> Path | None:
    """Return the file that an answer goes into, None for stdout (``-``); raises ``UsageError`` for one of data."""
    if file is None or str(file) == "-":
        return None
    if file.suffix.lower() in SUFFIXES or is_ours(file.name):
        message = _("{file}: an answer is not written over data.").format(file=display_name(file))
        raise UsageError(message, formats.advice())
    return file


def format_of(word: str | None, file: Path | None, formats: Formats = ANSWERS) -> FormatRow:
    """Return the format that is asked for, else that with which the name of the file ends.

    Raises ``UsageError``, also where both are said and a program would refuse the file.
    """
    if word is None:
        return formats.of_file(file)
    row = choose("--format", word, formats.by_name)
    if file is not None:
        formats.refuse_other_ending(row, file)
    return row


def reminder(word: str | None, format_word: str | None, file: Path | None) -> timedelta | None:
    """Return how long before each day ``--remind`` asks to be reminded; raises ``UsageError`` where no calendar is."""
    if word is None:
        return None
    before = timedelta(days=words.days("--remind", word, today()))
    if format_of(format_word, answer_file(file)).name != "ics":
        raise UsageError(_("Only a calendar can remind (--remind)."), _("Write one: -o FILE.ics."))
    return before


def calendar(entries: Iterable[Entry], context: Context, remind: timedelta | None) -> Callable[[], Calendar]:
    """Return what makes the calendar of entries when it is asked for."""

    def made() -> Calendar:
        from reformledger.views.content.calendar import calendar_of

        return calendar_of(entries, context, remind)

    return made
