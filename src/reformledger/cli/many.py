"""A data set in place of the files of a body: opened for a question, or refused with the command that can."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from reformledger.cli.asked import typed_again
from reformledger.cli.session import hold
from reformledger.cli.words import day, few, today
from reformledger.errors import UsageError, display_name
from reformledger.extras import import_with
from reformledger.i18n import _, sentences
from reformledger.sources import find_sources, is_data_set
from reformledger.views.output import Output

if TYPE_CHECKING:
    from reformledger.columns import Headings
    from reformledger.dataset.asking import DataSet
    from reformledger.query import Question
    from reformledger.rows import Rows
    from reformledger.views.answer import Calendar

R = TypeVar("R")
_SHOWN = 5
"""Folders that are named in a command."""


class Listed(NamedTuple, Generic[R]):
    """The entries of an answer, whatever holds them: where their values are found, and what makes records and days."""

    source: Rows[R]
    found: Sequence[R]
    records: Callable[[Sequence[R]], object]
    calendar: Callable[[Sequence[R]], Calendar] | None


def of_data_set(
    stored: DataSet, question: Question, columns: Sequence[str], format: str, *, reveal: bool
) -> Listed[int]:
    """Return the entries of a data set that answer a question, with what they are shown by in a format.

    Raises ``UsageError`` for what only files can tell.
    """
    from reformledger.columns import columns_listed
    from reformledger.fields.entry import ENTRY, record_keys

    if format == "ics":
        raise refuse_of(stored, question, _("Calendars are made of files, not of a data set."))
    try:
        shown = columns_listed(stored.headings, columns)
        conditions = [condition for each in stored.conditions(question.where) for condition in each]
    except UsageError:
        stored.ask(question)  # what is wrong earlier in the question is said first, as it is of files
        raise
    compared = (key for condition in conditions for key in condition.columns)
    if reveal or "contact" in (*shown, *compared, *_sorted_by(question.sort, stored.headings)):
        raise refuse_of(stored, question, _("Contacts are in no data set."))
    in_table = [key for key, field in ENTRY.items() if field.table and key != "due"]
    rows = stored.ask(question, record_keys() if format == "json" else shown or ["ref", "milestone", *in_table])
    return Listed(rows, rows.rows, rows.records, None)


def _sorted_by(orders: str | Sequence[str], headings: Headings) -> Iterator[str]:
    """Yield the columns that are sorted by; a word that names none is refused where rows are sorted."""
    from reformledger.columns import listed_columns

    for order in [orders] if isinstance(orders, str) else orders:
        with suppress(UsageError):
            yield listed_columns(headings, order.removeprefix("-"))[0]


def data_set_asked(data: Sequence[Path] | None, bodies: Sequence[str] | None, as_of: str | None) -> DataSet | None:
    """Return the data set that is to be asked, None where the files of a body are.

    Raises ``UsageError`` for a body that is not in it, for bodies of what is no data set, and for another day than its
    own; ``DataError`` where it is not as it was written.
    """
    paths = list(dict.fromkeys(find_sources(data or ()).paths))
    roots = list(filter(is_data_set, paths))
    if not roots:
        if bodies:
            raise UsageError(
                _("Only a data set has bodies (--body)."), _("Name one: --data FOLDER, as gather made it.")
            )
        return None
    if len(paths) > 1:
        raise UsageError(_("A data set is asked by itself: --data names something else, too."))
    asking, reading = (import_with("dataset", f"reformledger.dataset.{name}") for name in ("asking", "reading"))
    found: DataSet = asking.DataSet(reading.current_version(roots[0]), bodies or ())
    _refuse_another_day(found, roots[0], day("--as-of", as_of, found.years[-1] if found.years else None))
    hold(found)
    _say_what_is_read(found, is_day_said=as_of is not None)
    return found


def _refuse_another_day(found: DataSet, root: Path, asked: object) -> None:
    """Raise ``UsageError`` for another day than that for which everything is stored."""
    if asked in {None, found.as_of}:
        return
    to = shlex.join(["--to", display_name(root), "--as-of", str(asked)])
    command = f"reformledger gather {_named_again(found.made_of)} {to}"
    message = _("The data set is of {day}, and says nothing of {asked}.").format(day=found.as_of, asked=asked)
    raise UsageError(message, _("Make it anew for that day: {command}").format(command=command))


def _named_again(made_of: Sequence[str]) -> str:
    """Return the words that name the bodies of a data set anew, as short as they can be typed.

    Of many folders they are a pattern where that names these and no others, else an ellipsis.
    """
    if len(made_of) <= _SHOWN:
        return shlex.join(word if word.startswith("--") else display_name(Path(word)) for word in made_of)
    parents = {Path(word).parent for word in made_of}
    with suppress(OSError):
        if len(parents) == 1:
            (parent,) = parents
            if {str(path) for path in parent.iterdir() if not path.name.startswith(".")} == set(made_of):
                return f"{shlex.quote(display_name(parent))}/*"
    return "…"


def _say_what_is_read(found: DataSet, *, is_day_said: bool) -> None:
    """Say on stderr what would be missed: that the day is not today, and who is not in it."""
    output = Output.of_process()
    if not is_day_said and found.as_of != today():
        output.say(_("As of {day}, the day of the data set.").format(day=found.as_of))
    if found.unread:
        message = _("Left out, for they could not be read when it was made: {names}.").format(names=few(found.unread))
        output.say(sentences(message, _("Its table faults says why.")))


def refuse_of(found: DataSet, question: Question, message: str) -> UsageError:
    """Return the error for what a data set cannot answer, with the command that can, of a body and of its day."""
    where = ["--as-of", str(found.as_of), "--data", display_name(Path(found.folder_for(question)))]
    command = shlex.join(typed_again(without={"data", "body", "as_of"}, adding=where))
    return UsageError(message, _("Ask the files of one body: {command}").format(command=command))
