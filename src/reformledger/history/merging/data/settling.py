"""The commands that settle a conflict: what one side did, done upon what the other did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reformledger.edits.commands import LEFT_OPEN, command_line
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set, Waive
from reformledger.fields.entry import ENTRY
from reformledger.history.comparing.plain import deadline_of, text_of
from reformledger.history.difference import Difference, DifferenceKind, is_whole_phase
from reformledger.history.merging.data.life import opens_a_phase
from reformledger.history.merging.data.values import day_of
from reformledger.i18n import _
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.model.text import year_of
from reformledger.yamlio import Data, Mapped, mappings_in

_BY_SET = frozenset({"set", "record", "phase", "role", "column", "finding"})
_ONCE = frozenset({("closed",), ("waivers",), ("history",)})
"""The last steps to records of which an entry has one of a thing at a time."""
_BY_PARTS = frozenset({("columns",), ("persons",), ("acknowledged",)})
"""What is set part by part, and never as a whole."""
_NOT_GIVEN = frozenset({"id", "title", "number", "phases", "columns", "persons", "star", "due", "contact"})


def advice_on(ours: Sequence[Difference], theirs: Sequence[Difference]) -> str:
    """Return what settles a conflict within one entry: the commands that do theirs upon ours, or ours upon theirs.

    The latter is so where theirs is a deadline that ours is later than: a deadline is extended to a later one only.
    """
    if _is_later(ours, theirs):
        return upon(intents_upon(ours, theirs), keep_ours=False)
    return upon(intents_upon(theirs, ours), keep_ours=True)


def upon(intents: Sequence[Intent], *, keep_ours: bool) -> str:
    """Return the sentence with the commands that do the one side upon the other, which is kept."""
    commands = "; ".join(map(command_line, intents))
    if not commands or "\n" in commands:  # the sentence stands on one line, on which a text of several would be another
        return _("Keep the right lines, and delete the others.")
    sentence = _("Keep ours, and upon it: {command}") if keep_ours else _("Keep theirs, and upon it: {command}")
    return sentence.format(command=commands)


def intents_upon(done: Sequence[Difference], there: Sequence[Difference]) -> list[Intent]:
    """Return what does the changes of one side where those of the other are there; none where a command cannot.

    Of two close-outs, of two records that say the same in other words, and of two extensions to one day, one is right:
    neither is done upon the other; nor is an entry closed out while a phase of it is open.
    """
    if _is_one_too_many(done, there):
        return []
    closings = [one for one in there if one.kind is DifferenceKind.RECORDED and one.path[-1:] == ("closed",)]
    intents: list[Intent] = [
        Reopen(one.ref, LEFT_OPEN, one.path[1] if one.path[0] == "phases" else None, _reopened_on(one, done))
        for one in reversed(closings)
    ]
    intents += [Set(one.ref, {".".join(one.path): ""}) for one in there if one.path[-1:] == ("cancelled",)]
    for one in done:
        made = _intent(one)
        if made is None:
            return []
        if isinstance(made, Close) and not closings:
            made = made._replace(date=None)  # on the day on which it is settled: what is there may be later
        intents.append(made)
    return intents


def added(entry: Mapped, table: str, year: int | None, *, recount: bool) -> Add:
    """Return what adds an entry to a table anew: it gets the next free id and number."""
    phases = ["=".join(filter(None, _name_and_due(phase))) for phase in mappings_in(entry.get("phases"))]
    return Add(f"{year}/{table}" if year else table, text_of(entry, "title"), dict(_given(entry)), phases, recount)


def _name_and_due(phase: Mapped) -> tuple[str, str]:
    return text_of(phase, "name"), deadline_of(phase.get("due"))[0]


def _given(entry: Mapped) -> Iterator[tuple[str, str | Sequence[str]]]:
    for key, value in entry.items():
        if key in {"columns", "persons"} and isinstance(value, dict):
            yield from ((f"{key}.{name}", _plain(each)) for name, each in value.items())
        elif key == "due" and value is not None:
            yield from _deadline("due", value)
        elif key == "star" and value is not None:
            yield from _parts("star", value)
        elif key not in _NOT_GIVEN and key in ENTRY and ENTRY[key].kept_by == "set" and value is not None:
            yield key, _plain(value)


def _intent(difference: Difference) -> Intent | None:
    """Return what does a change again; None for what no command does."""
    ref, path = difference.ref, difference.path
    if difference.kind is DifferenceKind.REMOVED:
        record = difference.after if isinstance(difference.after, dict) else {}
        return Remove(ref, text_of(record, "reason") or LEFT_OPEN, _day(record))
    if not path:
        return None
    phase = path[1] if path[0] == "phases" else None
    record = difference.after if isinstance(difference.after, dict) else {}
    if difference.kind is DifferenceKind.RECORDED and path[-1] in _OF_RECORDS:
        return _OF_RECORDS[path[-1]](ref, record, phase)
    if path[0] not in ENTRY or ENTRY[path[0]].kept_by not in _BY_SET or not {"targets", "closed"}.isdisjoint(path):
        return None
    if is_whole_phase(path):
        if difference.before is not None or not record.keys() <= {"name", "due"}:
            return None
        return Set(ref, {}, ["=".join(filter(None, _name_and_due(record)))])
    word = ".".join(path)
    fields = _deadline(word, difference.after) if path[-1] == "due" else _parts(word, difference.after)
    blank = {}
    if path in _BY_PARTS and isinstance(difference.before, dict):
        blank = {f"{word}.{key}": "" for key in difference.before}
    return Set(ref, blank | {key: value for key, value in fields if key != word or not blank})


def _parts(word: str, value: Data) -> Iterator[tuple[str, str | Sequence[str]]]:
    if isinstance(value, dict):
        yield from ((f"{word}.{key}", _plain(each)) for key, each in value.items())
    else:
        yield word, _plain(value)


def _deadline(word: str, value: Data) -> Iterator[tuple[str, str]]:
    wording, means = deadline_of(value)
    yield word, wording
    if means:
        yield f"{word}.means", means


def _plain(value: Data) -> str | Sequence[str]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return value if isinstance(value, str) else ""


def _texts(record: Mapped, key: str) -> Sequence[str]:
    value = record.get(key)
    return tuple(_plain(value)) if isinstance(value, list) else ()


def _text(record: Mapped, key: str) -> str | None:
    return text_of(record, key) or None


def _day(record: Mapped) -> date | None:
    try:
        return date.fromisoformat(day_of(record))
    except ValueError:
        return None


def _progress(ref: str, record: Mapped, _phase: str | None) -> Intent:
    targets = record.get("targets")
    reached = {name: str(value) for name, value in targets.items()} if isinstance(targets, dict) else {}
    return Progress(
        ref,
        text_of(record, "text"),
        percent=_text(record, "percent"),
        by=_text(record, "by"),
        evidence=_texts(record, "evidence"),
        weak=record.get("weak") == "true",
        date=_day(record),
        targets=reached,
        for_=_text(record, "for"),
        phase=_text(record, "phase"),
        problems=_text(record, "problems"),
    )


def _waive(ref: str, record: Mapped, _phase: str | None) -> Intent:
    approved_by = _text(record, "approved_by")
    return Waive(ref, text_of(record, "for"), text_of(record, "reason"), approved_by, _day(record))


def _extend(ref: str, record: Mapped, _phase: str | None) -> Intent:
    wording, means = deadline_of(record.get("to"))
    return Extend(
        ref,
        wording,
        text_of(record, "reason"),
        means=means or None,
        approved_by=_text(record, "approved_by"),
        phase=_text(record, "phase"),
        late=record.get("late") == "true",
        date=_day(record),
    )


def _close(ref: str, record: Mapped, phase: str | None) -> Intent:
    return Close(
        ref,
        _texts(record, "evidence"),
        approved_by=_text(record, "approved_by"),
        phase=phase,
        date=_day(record),
        despite_missed=_text(record, "despite"),
    )


def _reopen(ref: str, record: Mapped, _phase: str | None) -> Intent:
    return Reopen(ref, text_of(record, "reason"), _text(record, "phase"), _day(record))


_OF_RECORDS = {"progress": _progress, "waivers": _waive, "extensions": _extend, "closed": _close, "history": _reopen}


def _reopened_on(closing: Difference, done: Sequence[Difference]) -> date | None:
    """Return the day of the first record that is dated later than a close-out: from then on it was open.

    None where there is none: then it is open from the day on which the conflict is settled.
    """
    end = day_of(closing.after)
    later = [one for one in done if one.kind is DifferenceKind.RECORDED and day_of(one.after) > end]
    days = [day for one in later if isinstance(one.after, dict) and (day := _day(one.after))]
    return min(days, default=None)


def _is_one_too_many(done: Sequence[Difference], there: Sequence[Difference]) -> bool:
    """Say whether what one side did cannot be done upon what the other did, by whatever command."""
    paths = {one.path for one in done if one.path[-1:] in _ONCE} & {one.path for one in there}
    ends = _end(done), _end(there) or _end_set(there)
    if ends[0] is not None and _end_set(done) is not None:
        return True  # an extension that is there was corrected, which is no second one
    withdrawn = any(one.kind is DifferenceKind.WITHDRAWN and one.path[-1:] == ("closed",) for one in there)
    if withdrawn and ("history",) in (one.path for one in done):
        return True  # what is open cannot be reopened
    if ("closed",) in (one.path for one in done) and any(map(opens_a_phase, there)):
        return True
    return bool(paths) or (ends[0] is not None and ends[0] == ends[1])


def _is_later(ours: Sequence[Difference], theirs: Sequence[Difference]) -> bool:
    """Say whether theirs extends, and ours extends, or sets the deadline, to a later day."""
    ends = _end(ours) or _end_set(ours), _end(theirs)
    return ends[0] is not None and ends[1] is not None and ends[0] > ends[1]


def _end(differences: Sequence[Difference]) -> date | None:
    """Return the day to which an extension among some differences leads."""
    records = (one for one in differences if one.path == ("extensions",))
    return next((_read(one, one.after.get("to")) for one in records if isinstance(one.after, dict)), None)


def _end_set(differences: Sequence[Difference]) -> date | None:
    """Return the last day of a deadline that is set among some differences."""
    return next((_read(one, one.after) for one in differences if one.path[-1:] == ("due",)), None)


def _read(one: Difference, due: Data) -> date | None:
    wording, means = deadline_of(due)
    year = year_of(one.ref.partition("/")[0])
    try:
        return parse_deadline(wording, year, means or None).end if year else None
    except DeadlineError:
        return None
