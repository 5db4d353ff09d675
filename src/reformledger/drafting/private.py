"""Numbers of telephones and of identity cards: only contacts hold any; where others print one, that is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reformledger.drafting.account import Account, Used
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.plain import Documents, entries_of, headings_of
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.i18n import _
from reformledger.text.masking import holds_any_number, mask_any_number, without_any_number
from reformledger.yamlio import Data, Mapped

_HEADINGS = frozenset({"columns", "phase_columns"})
"""What a table prints over its columns, which its rows need."""
_NEEDED = frozenset({"title", "name"})
"""Without what an entry, a heading or a phase is none: there the number alone is left out."""
_INSIDE = frozenset({"sections", "parts", "tables", "points", "rows", "notice"})
"""Keys of what is gone through by itself."""


class _Holder(NamedTuple):
    """What has fields: an entry by its id, a document by its kind, a notice; blank for a heading, which has no name."""

    name: str
    data: Mapped
    needed: frozenset[str] = _NEEDED


class _Held(NamedTuple):
    """Characters of a source that a field holds."""

    account: Account
    used: Used
    passage: Passage


def keep_private(documents: Documents, questions: Questions, accounts: Sequence[Account]) -> None:
    """Leave numbers of telephones and of identity cards out of all documents but the contacts, and ask about them.

    A text that holds one is left out whole, since what is beside a number is mostly about whose it is; of a title,
    which cannot be missing, the number alone.
    """
    found = [
        (holder, key) for holder in _holders(documents) for key, value in holder.data.items() if _holds(key, value)
    ]
    held = _held(questions, accounts) if found else []
    for holder, key in found:
        _leave_out(holder, key, questions, held)


def _holders(documents: Documents) -> Iterator[_Holder]:
    for kind, document in documents.items():
        if kind == "contacts":
            continue
        yield _Holder(kind, document)
        if isinstance(notice := document.get("notice"), dict):
            yield _Holder("notice", notice)
        yield from (_Holder("", heading, _NEEDED | _HEADINGS) for heading in headings_of(document))
        yield from (_Holder(entry.id, entry.data) for entry in entries_of(document))


def _holds(key: str, value: Data) -> bool:
    if key in _INSIDE:
        return False
    return holds_any_number(value) if isinstance(value, str) else any(True for _text in _private_texts(value))


def _private_texts(value: Data) -> Iterator[str]:
    """Yield the texts with a number within a value, keys included."""
    if isinstance(value, str):
        if holds_any_number(value):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _private_texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _private_texts(key)
            yield from _private_texts(item)


def _leave_out(holder: _Holder, key: str, questions: Questions, held: Sequence[_Held]) -> None:
    """Leave what holds a number out of one field, and ask about it with its characters."""
    value = holder.data.pop(key)
    kept = _without(value, _needed_text if key in holder.needed else None) or None
    if kept:
        holder.data[key] = kept
    _say_what_is_left(questions, holder.name, key, kept)
    cut = _without(value, without_any_number)
    proposals = (Proposal({key: cut}),) if cut and cut != kept else ()
    sentence = _("A telephone or identity number is printed here, which no document but the contacts may hold.")
    for text in dict.fromkeys(_private_texts(value)):
        found = _characters(text, holder.name, key, held)
        name = holder.name or (found.used.entry if found else "")
        account, passage = (found.account, found.passage) if found else (None, NOTHING)
        questions.ask("contact", sentence, Item(name, key, passage, kept, proposals, account), passage)


def _without(value: Data, write: Callable[[str], str] | None) -> Data:
    """Return a value without the texts that hold a number, or with what ``write`` makes of each."""
    if isinstance(value, str):
        return (write(value) if write else None) if holds_any_number(value) else value
    if isinstance(value, list):
        return [kept for item in value if (kept := _without(item, write))]
    if not isinstance(value, dict):
        return value
    data: Mapped = {
        key: kept
        for key, item in value.items()
        if not holds_any_number(key) and (kept := _without(item, write or (_needed_text if key in _NEEDED else None)))
    }
    return data if value.keys() & _NEEDED <= data.keys() else None


def _needed_text(text: str) -> str:
    """Return a text without the number in it; one that is nothing else stays, masked."""
    return without_any_number(text) or mask_any_number(text)


def _say_what_is_left(questions: Questions, name: str, key: str, kept: Data) -> None:
    """Let the questions that are asked already about a field say what the draft holds there now."""
    for question in questions:
        question.items[:] = [
            item._replace(assumed=kept) if name and (item.entry, item.field) == (name, key) else item
            for item in question.items
        ]


def _held(questions: Questions, accounts: Sequence[Account]) -> list[_Held]:
    """Return the characters with a number that fields hold, contacts aside, and those that are asked about already."""
    used = [_Held(account, *held) for account in accounts for held in account.passages().items()]
    items = [item for question in questions for item in question.items]
    asked = [_Held(item.account, Used(item.entry, item.field), item.source) for item in items if item.account]
    return [each for each in used + asked if each.used.field != "contact" and holds_any_number(each.passage.text)]


def _characters(text: str, name: str, key: str, held: Sequence[_Held]) -> _Held | None:
    """Return the characters of a text that a field of a holder held, blanks aside; all of its field where some changed.

    A heading has no name here: what it is called is found by the text.
    """
    ordered = sorted(held, key=lambda each: (each.used.entry != name, each.used.field != key))
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(text.split()))))
    for each in ordered:
        if match := pattern.search(each.passage.text):
            return each._replace(passage=each.passage.group(match))
    return next((each for each in ordered if each.used.field == key and name in {"", each.used.entry}), None)
