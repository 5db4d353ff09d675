"""What a department wrote into a cell, read by the readers of all other doors; what is not clear is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TypeVar

from reformledger.errors import UsageError
from reformledger.exchange.tables import ReadCell
from reformledger.fields.words import FLAG, by_word
from reformledger.i18n import _, sentences
from reformledger.model.readers import SPOKEN_DAYS, UnreadError, canonical, read_day, read_percent, read_typed
from reformledger.text.folding import INVISIBLE, choice_key, compact

_Value = TypeVar("_Value")
_NOTHING = re.compile(f"[\\s{INVISIBLE}]*")
_NO_WORD = re.compile(r"[\s/\\|.．·…—–―－_-]*")
"""What people write into a cell of which they have nothing to say."""
_TICKS = frozenset("√✓✔")
_NOTHING_DONE = frozenset({"无", "暂无", "没有", "none", "nothing", "nil", "n/a"})
"""Words in the place of a report that may mean that there is none, or that nothing was done."""
_PLAIN = re.compile(r"(General|@|[#0,]*[0#](\.[0#?]+)?%?|)(;.*)?", re.IGNORECASE)
"""The formats that show a number as it is."""
_ROOM = re.compile(r"_.|\*.|\[(?:Red|Blue|Green|Black|White|Cyan|Magenta|Yellow|Color ?[0-9]+|红色)\]", re.IGNORECASE)
"""What of a format only leaves room, or is a colour."""


class UnclearError(Exception):
    """Why it is not clear what a cell says, as a sentence with what to do."""


def is_blank(cell: ReadCell | None) -> bool:
    """Say whether a cell holds nothing, or nothing that anybody sees."""
    return cell is None or (cell.kind == "text" and _NOTHING.fullmatch(cell.text) is not None)


def is_crossed(cell: ReadCell) -> bool:
    """Say whether a cell is crossed out by a dash or stroke, as people mark what they leave blank."""
    return cell.kind == "text" and _NO_WORD.fullmatch(cell.text) is not None


def done_in(cell: ReadCell, notes: list[str]) -> str:
    """Return what was done; raises ``UnclearError`` for a word that may mean that there is no report."""
    text = text_in(cell, notes)
    if compact(text).casefold() in _NOTHING_DONE:
        message = _("“{text}”: is there nothing to report, or was nothing done?").format(text=text)
        raise UnclearError(sentences(message, _("Leave the cell blank, or write what is so.")))
    return text


def text_in(cell: ReadCell, notes: list[str]) -> str:
    """Return the text of a cell; what its program showed otherwise is noted. Raises ``UnclearError``."""
    _refuse_doubtful(cell)
    if cell.kind == "flag":
        raise UnclearError(_("It is a logical value, not a text."))
    if cell.kind == "text":
        if "\r" in cell.text:
            notes.append(_("Line ends of another kind were made the ledger's."))
        return re.sub("\r\n?", "\n", cell.text)
    text = _number(cell, notes) if cell.kind == "number" else cell.text
    if cell.kind == "day":
        notes.append(_("It is a day in the workbook, and taken as the text {text}.").format(text=text))
    return text


def percent_in(cell: ReadCell, notes: list[str]) -> str:
    """Return a percentage of the whole in digits; raises ``UnclearError``."""
    return canonical(_read(cell, notes, read_percent))


def amount_in(cell: ReadCell, notes: list[str]) -> str:
    """Return what was reached of a target, as it is typed; raises ``UnclearError``."""
    if cell.kind == "day":
        raise UnclearError(_("It is a day, not a number."))
    return text_in(cell, notes)


def flag_in(cell: ReadCell) -> bool:
    """Return whether a cell says yes; raises ``UnclearError`` for what is neither yes nor no."""
    _refuse_doubtful(cell)
    code = "true" if compact(cell.text) in _TICKS else by_word(FLAG).get(choice_key(cell.text))
    if code is None:
        yes, no = (FLAG[each].text for each in ("true", "false"))
        raise UnclearError(
            sentences(
                _("“{text}” is neither yes nor no.").format(text=cell.text),
                _("Write “{yes}” or “{no}”.").format(yes=yes, no=no),
            )
        )
    return code == "true"


def day_in(cell: ReadCell, notes: list[str], today: date, asked: date | None = None) -> date:
    """Return a day; one without a year is noted. Raises ``UnclearError``.

    It is the one nearest to the day on which it was ``asked`` for; where it was not, the latest not after ``today``.
    """
    if cell.kind == "day":
        _refuse_doubtful(cell)
        return date.fromisoformat(cell.text)
    if cell.kind == "number" or compact(cell.text).casefold() in SPOKEN_DAYS:
        message = _("{label}: “{word}” is no day.").format(label=_("The cell"), word=cell.text)
        raise UnclearError(sentences(message, _("Write it as {form}.").format(form=today.isoformat())))
    with suppress(UnreadError):
        return read_day(text_in(cell, notes))
    if asked is None:
        found = _read(cell, notes, lambda text: read_day(text, today))
    else:
        years = (asked.year, asked.year - 1, asked.year + 1)
        days = [_read(cell, [], partial(read_day, today=today, year=year)) for year in years]
        found = min(days, key=lambda day: abs(day - asked))
    notes.append(_("“{text}” names no year: taken as {day}.").format(text=cell.text, day=found))
    return found


def _read(cell: ReadCell, notes: list[str], reader: Callable[[str], _Value]) -> _Value:
    try:
        return read_typed(_("The cell"), text_in(cell, notes), reader)
    except UsageError as error:
        raise UnclearError(str(error)) from None


def doubt_about(cell: ReadCell) -> str:
    """Return what is to be asked of what is struck out, what nobody sees, and what may say two things; else ""."""
    if cell.is_struck:
        return _("It is struck out: is it meant?")
    if cell.is_unseen:
        return _("It is there, but nobody sees it (white letters, or a format that hides it): is it meant?")
    if cell.other is not None:
        return _("It may say “{text}” or “{other}”.").format(text=cell.text, other=cell.other)
    return ""


def _refuse_doubtful(cell: ReadCell) -> None:
    if doubt := doubt_about(cell):
        raise UnclearError(doubt)


def is_shown_otherwise(cell: ReadCell) -> bool:
    """Say whether the format of a number shows other than ``number_in`` returns: rounded, or with words beside it."""
    shown = _ROOM.sub("", cell.number_format)
    if not _PLAIN.fullmatch(shown):
        return True
    places = re.fullmatch(r"[#0,]*[0#](?:\.([0#?]+))?(%?)", shown.partition(";")[0])
    return places is not None and round(float(cell.text), len(places[1] or "") + 2 * len(places[2])) != float(cell.text)


def is_share(cell: ReadCell) -> bool:
    """Say whether the format of a number shows it as a percentage."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", cell.number_format.partition(";")[0])


def number_in(cell: ReadCell) -> str:
    """Return a number in digits, a percentage with its sign: 0.75 as 75% where that is its format."""
    return f"{canonical(round(float(cell.text) * 100, 9))}%" if is_share(cell) else cell.text


def _number(cell: ReadCell, notes: list[str]) -> str:
    """Return a number as its program shows it; what it holds otherwise is noted."""
    text = number_in(cell)
    if is_share(cell) or is_shown_otherwise(cell):
        sentence = _("The workbook holds {stored} and shows it by the format {format}: taken as {text}.")
        notes.append(sentence.format(stored=cell.text, format=cell.number_format, text=text))
    return text
