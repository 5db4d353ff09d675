"""The days of an answer as a calendar (RFC 5545), for Outlook, WPS and telephones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vText

from reformledger.errors import UsageError
from reformledger.i18n import _, language, ngettext
from reformledger.text.masking import mask_phones, visible
from reformledger.views import answer as answers
from reformledger.views.answer import About, Answer
from reformledger.views.formats.registry import Format
from reformledger.views.progress import progressing

# What TEXT of RFC 5545 (3.3.11) has no way to hold: controls other than tab and line feed; what UTF-8 has no bytes for;
# and what no text in Unicode may be.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 40  # characters of a text that an error repeats
_NO_DAY = date(1970, 1, 1)
_END = b"END:VCALENDAR\r\n"


class Ics(Format[Answer]):
    """A calendar in UTF-8, whose lines end in CR LF and are folded at 75 bytes."""

    reveals = False

    def content(self, answer: Answer, *, reveal: bool) -> bytes:  # noqa: ARG002 - never revealed
        """Return one all-day event a day on which something is due.

        The same answer is the same bytes: it is stamped with the day it is true of, not with the clock. Raises
        ``UsageError`` for an answer that has no days, and for a text that a calendar cannot hold.
        """
        if answer.calendar is None:
            message = _("This answer has no days that a calendar could hold.")
            command = "reformledger list -o list.ics"
            raise UsageError(message, _("Ask for entries, such as: {command}").format(command=command))
        found, about = answer.calendar(), answer.about()
        self.remark = _without_day(found)
        head = _head(about).to_ical().removesuffix(_END)
        # Each is written as it is made, which is what takes the time.
        with progressing(found.events, len(found.events), _("Writing")) as events:
            written = [_event(event, about.day or _NO_DAY, found.remind).to_ical() for event in events]
        return b"".join([head, *written, _END])


def _without_day(found: answers.Calendar) -> str:
    """Say what has no day, a line each."""
    count = len(found.undated)
    if not count:
        return "" if found.events else _("Nothing has a day: the calendar is empty.")
    sentence = ngettext(
        "{count} entry or milestone has no day and is not in the calendar:",
        "{count} entries or milestones have no day and are not in the calendar:",
        count,
    )
    return "\n".join([sentence.format(count=count), *(f"  {name}" for name in found.undated)])


def _head(about: About) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//reformledger//reformledger//{language().upper()}")
    calendar.add("calscale", "GREGORIAN")
    for name, text in (("x-wr-calname", about.title), ("x-wr-caldesc", about.question)):
        if text:
            calendar.add(name, _text(text))
    return calendar


def _event(due: answers.Event, today: date, remind: timedelta | None) -> Event:
    summary = _text(due.summary)
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("sequence", due.sequence)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", summary)
    if due.description:
        event.add("description", _text(due.description))
    if due.categories:
        event.add("categories", [_text(category) for category in due.categories])
    event.add("status", "CANCELLED" if due.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy all day for it
    if remind is not None and not (due.is_done or due.is_cancelled or due.day < today):
        event.add_component(_alarm(summary, remind))
    return event


def _alarm(text: vText, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", text)
    return alarm


def _text(text: str) -> vText:
    """Return a text for a calendar, phone numbers masked; raises ``UsageError`` for one that it cannot hold."""
    if found := _NO_TEXT.search(text):
        shown = visible(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
        message = _("“{text}” holds the character U+{code:04X}, which a calendar cannot.")
        raise UsageError(message.format(text=shown, code=ord(found[0])), _("Take it out of the text."))
    return vText(mask_phones(text))
