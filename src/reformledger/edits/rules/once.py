"""Made once: what is recorded already is not recorded again, and an entry like one that is there is pointed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from pydantic import ValidationError

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import SentenceError
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model import entries as model
from reformledger.model.base import content_key
from reformledger.model.documents import context_of
from reformledger.roles import alike_keys
from reformledger.text.folding import name_key, search_key, title_key
from reformledger.yamlio import Data, Mapped

_Record = TypeVar("_Record", model.Progress, model.Waiver, model.Extension, model.Closing)
_FOLLOWS = frozenset({"late", "from_"})
"""What a record says because of the day on which it was made: the same record, made again, may say otherwise."""
_OF_ADD = frozenset({"set", "phase", "role", "column", "hand"})
_GIVEN_ANEW = frozenset({"id", "number", "assigned"})


class AlreadyRecordedError(SentenceError):
    """What is to be recorded is there already: nothing is written, and nothing is wrong."""

    def __init__(self, entry: DraftEntry, message: str) -> None:
        super().__init__(message)
        self.entry = entry


def stop_if_recorded(draft: Draft, entry: DraftEntry, new: Mapped, there: Iterable[_Record]) -> None:
    """Raise ``AlreadyRecordedError`` where one of the records that are there says the same as a new one."""
    of_day = [record for record in there if record.date.isoformat() == new["date"]]
    if not of_day:
        return
    kind = type(of_day[0])
    context = context_of({"year": str(entry.year)}, draft.book.directory.whole_names)
    try:
        key = content_key(kind.model_validate(new, context=context), _FOLLOWS)
    except ValidationError:
        return  # it is refused, with its faults, when it is written
    if any(content_key(record, _FOLLOWS) == key for record in of_day):
        message = _("This is already recorded of {ref} ({place}).").format(ref=entry.ref, place=_place(draft, entry))
        raise AlreadyRecordedError(entry, message)


def each_once(draft: Draft, texts: Iterable[str]) -> list[str]:
    """Return texts, each once; notes those that are given again."""
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for text in texts:
        first.setdefault(search_key(text), text)
        times[search_key(text)] += 1
    sentence = _("“{text}” is given {times} times, and recorded once.")
    draft.notes += [sentence.format(text=first[key], times=count) for key, count in times.items() if count > 1]
    return list(first.values())


def check_is_new(draft: Draft, entry: DraftEntry, given: Iterable[str]) -> None:
    """Note the first entry of the year that is like an added one in title and department.

    Raises ``AlreadyRecordedError`` for one of the same table or section that says the same, in what is given to ``add``
    and in all that it could have been given.
    """
    alike = list(_alike(draft, entry))
    but = {key for key, field in ENTRY.items() if field.kept_by not in _OF_ADD} | (_GIVEN_ANEW - set(given))
    says = content_key(entry.data, but)
    for other in alike:
        if other.group is entry.group and content_key(other.data, but) == says:
            message = _("This entry is already recorded: {ref} ({place}).")
            message = message.format(ref=other.ref, place=_place(draft, other))
            raise AlreadyRecordedError(other, message)
    if alike:
        sentence = _("{ref} is like {other} in title and department ({place}): is it the same?")
        draft.notes.append(sentence.format(ref=entry.ref, other=alike[0].ref, place=_place(draft, alike[0])))


def phases_once(draft: Draft, entry: DraftEntry, new: Iterable[Mapped]) -> list[Mapped]:
    """Return the phases that are to be added to an entry, and have not name and deadline of one that is there."""
    there = [cast("Mapped", phase) for phase in cast("list[Data]", entry.raw.get("phases") or [])]
    kept: list[Mapped] = []
    for phase in new:
        if any(_name_and_due(phase) == _name_and_due(other) for other in (*there, *kept)):
            sentence = _("The phase “{name}” of {ref} is already recorded.")
            draft.notes.append(sentence.format(name=phase["name"], ref=entry.ref))
        else:
            kept.append(phase)
    return kept


def _name_and_due(phase: Mapped) -> tuple[str, str]:
    due = phase.get("due") or ""
    return name_key(str(phase["name"])), search_key(str(due["wording"] if isinstance(due, dict) else due))


def _place(draft: Draft, entry: DraftEntry) -> str:
    """Return ``file:line`` of an entry as it was read; the file alone where it is added by this very edit."""
    known = draft.book.get(entry.ref)
    return known.place if known else entry.loaded.name


def _alike(draft: Draft, entry: DraftEntry) -> Iterator[DraftEntry]:
    """Yield the other entries of a document's kind and year that are like one, the first first."""
    added = draft.matter(entry).entry
    title, keys = title_key(added.bare_title), set(alike_keys(draft.book, added))
    for ref, raw in draft.raw_entries():
        if ref == entry.ref or title not in title_key(str(raw["title"])):  # a mark may be printed before the other
            continue
        other = draft.at(ref)
        is_beside = (other.year, other.loaded.kind) == (entry.year, entry.loaded.kind)
        if is_beside and keys.intersection(alike_keys(draft.book, draft.matter(other).entry)):
            yield other
