"""The days of entries for a calendar: deadlines, milestones, and the occurrences of what recurs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY, PHASE
from reformledger.i18n import _
from reformledger.matter import Matter, milestone_at
from reformledger.model.deadline import Deadline
from reformledger.model.entries import STAR_SIGN, Extension
from reformledger.model.life import Status, overall_deadline
from reformledger.model.occurrences import Occurrence, OccurrenceState
from reformledger.model.period import Period
from reformledger.model.phases import is_of_phase, phase_names
from reformledger.printed import printed
from reformledger.records import Context, milestone_text
from reformledger.standing import standings
from reformledger.star import StarState, star_last_day, star_state
from reformledger.text.folding import name_key, title_key
from reformledger.views.answer import Calendar, Event
from reformledger.views.content import labels
from reformledger.views.content.life import extension_text

_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_DIGITS = 12  # of a hash: among all bodies of a country no two are likely to share it


class _Due(NamedTuple):
    """A thing that is due on a day; None: it has no day.

    ``what`` names it among those of its entry, and stays when the day moves. ``word`` says what became of it, "" while
    that is nothing. ``name`` is that of a milestone or occurrence, with its place among the others; which of both it
    is, ``sort`` says: the key of their field.
    """

    what: str
    day: date | None
    wording: str
    word: str = ""
    is_done: bool = False
    is_cancelled: bool = False
    name: str = ""
    sort: Literal["milestone", "occurrences"] = "milestone"
    moved: tuple[Extension, ...] = ()


def calendar_of(entries: Iterable[Entry], context: Context, remind: timedelta | None = None) -> Calendar:
    """Return the days of entries, those of a matter of several years once, as of the entry that goes on.

    Each deadline, milestone and occurrence is an event, whatever became of it, under the same UID whichever question
    it answers. What has no day is named among ``undated``.
    """
    going_on = {entry.ref: entry for entry in (_going_on(entry, context) for entry in entries)}
    events: list[Event] = []
    undated: list[str] = []
    for entry in going_on.values():
        matter = standings(context.book, context.as_of).matter(entry)
        found = list(_dues(matter))
        dated = [_event(due, due.day, matter, context) for due in found if due.day is not None]
        events += dated
        title = f"{entry.ref} {entry.data.title}"
        if not dated:
            undated.append(title)
        else:
            undated += [f"{title} {due.name}" for due in found if due.day is None and due.name]
    return Calendar(events, undated, remind)


def _going_on(entry: Entry, context: Context) -> Entry:
    """Return the entry in which one goes on by the day."""
    while context.book.is_carried_over(entry, context.as_of) and (following := context.book.successor(entry)):
        entry = following
    return entry


# What is due


def _dues(matter: Matter) -> Iterator[_Due]:
    """Yield the milestones of an entry, its deadline or occurrences, and the day of its ☆ where no deadline is it."""
    entry = matter.entry
    found = [due for index in range(len(entry.phases)) for due in _of_milestone(matter, index)]
    whole = overall_deadline(entry.data) if entry.phases else entry.deadline
    if whole is not None:
        found += _of_whole(matter, whole)
    yield from found
    if entry.data.star and not any(due.sort != "occurrences" and due.day == star_last_day(entry) for due in found):
        yield _of_star(matter)


def _of_milestone(matter: Matter, index: int) -> Iterator[_Due]:
    entry, phase = matter.entry, matter.entry.phases[index]
    has_whole = overall_deadline(entry.data) is not None or entry.data.star is not None
    if phase.deadline is None and has_whole:
        return  # it is due with the whole
    names = [name_key(name) for name in phase_names(entry.data)]
    place = names[: index + 1].count(names[index])
    what = f"milestone-{_hash(f'{names[index]}#{place}')}"
    is_closed = phase.closed is not None or entry.closing is not None
    is_late = phase.closed_late if phase.closed else entry.closed_late
    due = _Due(
        what,
        None,
        _wording(phase.deadline),
        is_done=is_closed,
        is_cancelled=phase.is_cancelled,
        name=phase.name if phase.is_cancelled else milestone_text(milestone_at(entry.phases, index)),
        moved=_moved(matter, names[index], place),
    )
    for key, day, is_last in _days(what, phase.deadline):
        is_over = is_last and not phase.is_paused(matter.as_of) and _is_over(day, matter)
        word = _word(is_closed, is_late=is_late, is_over=is_over)
        yield due._replace(what=key, day=day, word=PHASE["cancelled"].heading if phase.is_cancelled else word)


def _of_whole(matter: Matter, deadline: Deadline) -> Iterator[_Due]:
    entry = matter.entry
    is_closed = entry.closing is not None
    due = _Due("deadline", None, _wording(deadline), moved=_moved(matter), is_done=is_closed)
    if deadline.every is not None:
        yield from _of_occurrences(matter, deadline, due)
        if deadline.completes is None:
            return
        deadline = Deadline(deadline.wording, (Period(deadline.completes, deadline.completes),))
    for key, day, is_last in _days("deadline", deadline):
        is_over = is_last and not matter.is_paused and _is_over(day, matter)
        yield due._replace(what=key, day=day, word=_word(is_closed, is_late=entry.closed_late, is_over=is_over))


def _of_occurrences(matter: Matter, deadline: Deadline, due: _Due) -> Iterator[_Due]:
    """Yield the occurrences of a year; what became of them is known where it is they that count."""
    counted: list[Occurrence] = matter.occurrences if matter.deadline == deadline else []
    words = labels.occurrence_states()
    to_come = _word(due.is_done, is_late=False, is_over=False)
    for number, period in enumerate(deadline.occurrences, 1):
        state = next((one.state(matter.as_of) for one in counted if one.end == period.end), OccurrenceState.TO_COME)
        is_done = due.is_done or state in {OccurrenceState.MET, OccurrenceState.LATE, OccurrenceState.WAIVED}
        yield due._replace(
            what=f"occurrence-{matter.entry.year}-{number}",
            name=f"{number}/{len(deadline.occurrences)}",
            sort="occurrences",
            day=period.end,
            word=to_come if state is OccurrenceState.TO_COME else words[state],
            is_done=is_done,
            is_cancelled=state is OccurrenceState.NOT_OWED,
        )


def _of_star(matter: Matter) -> _Due:
    """Return the 31 December by which a ☆ is to be met whose entry recurs or has no end."""
    entry, day = matter.entry, star_last_day(matter.entry)
    state = star_state(matter.book, entry, matter.as_of)
    is_met = state in {StarState.MET, StarState.MET_LATE}
    word = _word(is_met, is_late=state is StarState.MET_LATE, is_over=_is_over(day, matter))
    return _Due("star", day, STAR_SIGN, word, is_done=is_met)


def _days(what: str, deadline: Deadline | None) -> Iterator[tuple[str, date | None, bool]]:
    """Yield the last days that a deadline names, each with what names it; the last is that of the whole."""
    ends = sorted({period.end for period in deadline.occurrences}) if deadline else []
    for number, end in enumerate(ends[:-1], 1):
        yield f"{what}-{number}", end, False
    yield what, ends[-1] if ends else None, True


def _is_over(day: date | None, matter: Matter) -> bool:
    return day is not None and day < matter.as_of


def _word(is_closed: bool, *, is_late: bool, is_over: bool) -> str:
    """Return what became of a thing that is due; "" where it is neither closed out nor over."""
    if is_closed:
        return labels.star_states()[StarState.MET_LATE] if is_late else labels.words()[Status.CLOSED]
    return labels.words()[Status.OVERDUE] if is_over else ""


def _wording(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return STAR_SIGN if deadline.from_star else deadline.wording or ""


def _moved(matter: Matter, name: str | None = None, place: int = 1) -> tuple[Extension, ...]:
    """Return the extensions of the whole or of a milestone, the ``place``-th of its ``name``, in all years."""
    found: list[Extension] = []
    for entry in matter.years:
        names = phase_names(entry.data)
        index = None
        if name is not None:
            alike = [at for at, other in enumerate(names) if name_key(other) == name]
            if len(alike) < place:
                continue
            index = alike[place - 1]
        found += [made for made in entry.data.extensions if is_of_phase(names, made.phase, index)]
    return tuple(found)


# How it is shown


def _event(due: _Due, day: date, matter: Matter, context: Context) -> Event:
    entry = matter.entry
    has_star = entry.data.star is not None and due.sort != "occurrences" and day == star_last_day(entry)
    title = entry.data.title
    if due.name:
        title = _("{heading}: {text}").format(heading=title, text=due.name)
    words = [*([STAR_SIGN] if has_star else []), *([due.word] if due.word else [])]
    return Event(
        uid=f"{_uid_of(matter)}-{due.what}@{body(matter.book, matter.years[0])}",
        day=day,
        summary=_("{title} ({words})").format(title=title, words=_(", ").join(words)) if words else title,
        description="\n".join(_lines(due, day, entry, context)),
        sequence=len(due.moved),
        is_done=due.is_done,
        is_cancelled=due.is_cancelled,
        categories=[labels.words()[entry.kind], *([STAR_SIGN] if has_star else [])],
    )


def _lines(due: _Due, day: date, entry: Entry, context: Context) -> Iterator[str]:
    """Yield what is known of it, heading and text; contacts are not."""
    data, standing = entry.data, context.standing(entry)
    texts = {
        "ref": entry.ref,
        "due": due.wording,
        due.sort: due.name,
        "leaders": printed("leaders", data.leaders),
        "lead_departments": printed("lead_departments", data.lead_departments),
        "supporting_departments": printed("supporting_departments", data.supporting_departments),
        "star_note": (data.star.note if data.star else None) or "",
        # The light is that of the day for which the entry is chased, which need not be this one.
        "light": labels.light_text(standing) if day == standing.last_day and not due.is_done else "",
        "extensions": "\n".join(map(extension_text, due.moved)),
    }
    for key, text in texts.items():
        if text:
            field = ENTRY[key]
            heading = entry.group.columns.get(key) or (field.point_heading if entry.kind == "point" else field.heading)
            yield _("{heading}: {text}").format(heading=heading, text=text)


# What it is known by


def _uid_of(matter: Matter) -> str:
    """Return the year and id under which a matter began, whether that entry is loaded or not."""
    first = matter.years[0]
    return (first.data.carried_over_from or first.ref).replace("/", "-")


def body(book: Book, entry: Entry) -> str:
    """Return what tells two bodies apart in a UID: who issues their notices, and the title of an entry's document.

    Neither a year nor a sign in the title counts, so that those of two years are one.
    """
    title = getattr(entry.group.loaded.document, "title", "")
    return _hash(f"{_issuer(book)}\n{title_key(_YEAR.sub('', title))}")


def _issuer(book: Book) -> str:
    notices = (getattr(loaded.document, "notice", None) for loaded in book.documents)
    return next((name_key(notice.issuer) for notice in notices if notice), "")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
