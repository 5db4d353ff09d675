"""Fields as people name them, and their values as people type them.

A word names a field, or with dots a part of what it holds: ``due.means``, ``columns.funding``,
``phases.第一批.cancelled.date``. The part may have parts again; each is named by its key or by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from reformledger.columns import heading_key
from reformledger.edits.rules.keepers import COMMANDS
from reformledger.edits.rules.phases import index_of
from reformledger.edits.rules.values import When, typed
from reformledger.entry import Group
from reformledger.errors import RefusedError, SentenceError, UsageError
from reformledger.fields.documents import in_words
from reformledger.fields.entry import BESIDE, CONTACT, ENTRY, PHASE, RECORDS
from reformledger.fields.field import Field, Fields
from reformledger.i18n import _
from reformledger.model.base import known_keys
from reformledger.model.documents import Path
from reformledger.model.entries import STAR_SIGN, EntryFields
from reformledger.model.phases import PhaseState
from reformledger.text.folding import search_key
from reformledger.text.names import split_names
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, applied

Value = str | Sequence[str]
Values = Mapping[str, Value]
_CONTACT: Mapping[str, Path] = {"contact": ("contact",), "phone": ("contact", "phone")}
Keeper = Callable[[str, bool], str]
"""What to do about a field that a command keeps, by that command and whether the field is of a phase."""
_STAR = re.compile(f"{STAR_SIGN}(?:[（(](?P<note>.+)[）)])?")


class Shape(NamedTuple):
    """What the words of an entry can lead to: its keys, what its group prints, and its phases."""

    ref: str
    model: type[EntryFields]
    group: Group
    phases: Sequence[PhaseState] = ()


def addressed(shape: Shape, fields: Values) -> dict[Path, Value]:
    """Return the given values by the paths, from the entry, to which their words lead.

    Raises ``UsageError`` for a word that leads nowhere (with the nearest) or where another of them leads, and
    ``RefusedError`` for a name that several phases share.
    """
    words: dict[Path, str] = {}
    for word in fields:
        other = words.setdefault(_path(shape, word.strip()), word)
        if other != word:
            message = _("“{word}” and “{other}” name the same field.").format(word=word, other=other)
            raise UsageError(message, _("Keep one of them."))
    return {path: fields[word] for path, word in words.items()}


def _path(shape: Shape, word: str) -> Path:
    own = shape.group.own_columns
    names: dict[str, Path] = {key: ("columns", key) for key in own} | {key: (key,) for key in shape.model.model_fields}
    names |= {key: path for key, path in _CONTACT.items() if key not in own}
    by_heading = {search_key(name): path for name, path in _headings(shape)}
    if found := names.get(word) or by_heading.get(search_key(word)):
        return found
    if found := _role(shape.group, word):
        return found
    _refuse_derived(word)
    head, _dot, rest = word.partition(".")
    path = names.get(head) or by_heading.get(search_key(head)) or ()
    if rest and len(path) == 1:
        key = str(path[0])
        if key == "phases":
            return "phases", *_in_phase(shape, rest, word)
        if key in RECORDS:
            return key, *_in_record(RECORDS[key], {}, rest, word)
        if ENTRY[key].parts:
            return key, rest
    known = [key for key, field in known_keys(shape.model).items() if field.kept_by == "set"]
    settable = {(key,) for key in known} | {("columns", key) for key in own}
    headings = [heading for heading, path in _headings(shape) if path in settable]
    raise _no_field(word, [*own, *known, *headings], [*known, *own])


def _headings(shape: Shape) -> Iterator[tuple[str, Path]]:
    """Yield the headings of fields: those of the table of fields, then the printed ones, which decide.

    Of fields that share one, the first in the table is meant: 责任部门 are those that lead.
    """
    for key, field in reversed(known_keys(shape.model).items()):
        yield from ((word, (key,)) for word in field.headings)
    yield from ((word, path) for key, path in _PARTS.items() for word in ENTRY[key].headings)
    yield from ((word, ("contact",)) for word in ENTRY["contact"].headings)
    yield from ((word, ("contact", "phone")) for word in CONTACT["phone"].headings)
    columns, own = shape.group.columns, shape.group.own_columns
    kept = {*shape.model.model_fields, "contact"} - {"persons"}
    yield from ((heading, (key,)) for key, heading in columns.items() if key in kept)
    yield from ((heading, ("columns", key)) for key, heading in own.items())


_PARTS: Mapping[str, Path] = {"wording": ("due",), "star_note": ("star", "note")}
"""Columns that show a part of a field, and what of the entry they show."""


def _role(group: Group, word: str) -> Path:
    """Return the path of a role of persons that the group's entries name or its column prints; () for another word."""
    wanted, heading = search_key(word), group.columns.get("persons", "")
    roles = {search_key(role): role for role in group.roles}
    if wanted in roles:
        return "persons", roles[wanted]
    if wanted == search_key(heading):
        return ("persons",) if roles else ("persons", heading)
    return ()


def _refuse_derived(word: str) -> None:
    """Raise ``RefusedError`` for the heading of a column that no entry holds: what it shows follows from the rest."""
    wanted = heading_key(word)
    columns = {**ENTRY, **BESIDE}
    if any(field.source == "derived" and wanted in map(search_key, field.headings) for field in columns.values()):
        message = _("“{key}” cannot be set.").format(key=word)
        raise RefusedError(message, _("It follows from the deadline, the records and the place of the entry."))


def _no_field(word: str, near: Sequence[str], known: Sequence[str], part: str = "") -> UsageError:
    message = _("There is no field “{word}” here.").format(word=word)
    advice = nearest_advice(nearest(part or word, dict.fromkeys(near)))
    return UsageError(message, advice or _("Fields: {keys}.").format(keys=", ".join(known)))


def _in_record(fields: Fields, printed: Mapping[str, str], word: str, whole: str) -> Path:
    """Return the path inside a record, whose keys ``fields`` has and whose headings may be ``printed``."""
    words = {search_key(name): key for key, field in fields.items() for name in (key, *field.words)}
    words |= {search_key(heading): key for key, heading in printed.items()}
    if key := words.get(search_key(word)):
        return (key,)
    head, _dot, rest = word.partition(".")
    key = words.get(search_key(head), "")
    if rest and key in RECORDS:
        return key, *_in_record(RECORDS[key], {}, rest, whole)
    raise _no_field(whole, [*fields, *printed.values()], list(fields), word)


def _in_phase(shape: Shape, rest: str, whole: str) -> Path:
    """Return index and path of ``NAME.KEY``; the name may hold dots, and is the longest that is one.

    Raises ``UsageError``, ``RefusedError``.
    """
    no_field: UsageError | None = None
    no_phase: SentenceError | None = None
    for dot in [place for place, character in enumerate(rest) if character == "."][::-1]:
        try:
            inner = _in_record(PHASE, shape.group.phase_columns, rest[dot + 1 :], whole)
        except UsageError as error:
            no_field = error
            continue
        try:
            return index_of(shape.ref, shape.phases, rest[:dot]), *inner
        except SentenceError as error:
            # That a name is shared says more than that another is not there.
            no_phase = error if isinstance(error, RefusedError) else no_phase or error
    form = _("Write it as {form}.").format(form="phases.NAME.KEY=…")
    raise no_phase or no_field or UsageError(_("There is no field “{word}” here.").format(word=whole), form)


def refuse_elsewhere(path: Path, value: Value, place: str, raw: Mapped, keeper: Keeper) -> None:
    """Raise ``RefusedError`` for a field that other commands keep, or that is no plain value.

    The whole of a record can be taken away. ``raw`` is the entry as it is, ``place`` its place; ``keeper`` says what to
    do about a field that a command keeps.
    """
    field = _field_at(path)
    if field is None or field.kept_by == "set" or (field.kept_by == "record" and not value):
        return
    message = _("{place} cannot be set.").format(place=in_words(path, raw))
    if field.kept_by in COMMANDS:
        raise RefusedError(message, keeper(field.kept_by, len(path) > 1))
    advice = {
        "nobody": _("Ids stay: records and other entries name them. The printed number can be set: number=…"),
        "record": _("Name its parts: {form}").format(form=f"{path[-1]}.date=… {path[-1]}.reason=…"),
        "phase": _("Name one phase and what of it: phases.NAME.result=…; a new one is added by: --add-phase NAME=…"),
        "column": _("Name one column: columns.KEY=…"),
        "finding": _("Name one finding: acknowledged.CODE=…"),
        "role": _("Name one role: persons.ROLE=…"),
        "hand": _("It holds several values; write them into the file ({place}).").format(place=place),
    }
    raise RefusedError(message, advice[field.kept_by])


def _field_at(path: Path) -> Field | None:
    """Return the row of what a path leads to; None for a part whose key is free."""
    fields: Fields = ENTRY
    field: Field | None = None
    for step in path:
        if not isinstance(step, int):
            field = fields.get(step)
            fields = RECORDS.get(step, {})
    return field


def new_values(raw: Mapped, given: Mapping[Path, Value], whole_names: Collection[str], when: When) -> dict[str, Data]:
    """Return the new value of each key of an entry that changes; None takes the key away.

    ``whole_names`` are the keys of names that are not cut into several, ``when`` what days are counted from. Raises
    ``UsageError`` for a value that its field does not take.
    """
    changed: dict[str, Data] = {}
    # A part is a part of the new whole, whichever was named first.
    for path, value in sorted(given.items(), key=lambda item: len(item[0])):
        key = str(path[0])
        changed[key] = _with(key, changed.get(key, raw.get(key)), path[1:], _typed(path, value, whole_names, when, raw))
    return {key: value for key, value in changed.items() if value != raw.get(key) or (value is None and key in raw)}


def _typed(path: Path, value: Value, whole_names: Collection[str], when: When, raw: Mapped) -> Data:
    """Return a value as a person types it for a field: None for a blank one."""
    field = _field_at(path)
    if field.several if field else ENTRY[str(path[0])].parts == "names":
        texts = [value] if isinstance(value, str) else value
        return [name for text in texts for name in split_names(text, whole_names)] or None
    if not isinstance(value, str):
        raise UsageError(_("“{key}” takes one value.").format(key=path[-1]))
    if path == ("star",) and (match := _STAR.fullmatch(value)) and match["note"]:
        return {"note": match["note"]}
    return typed(in_words(path, raw), value, field.type if field else "text", when) or None


def _with(key: str, before: Data, path: Path, value: Data) -> Data:
    """Return what ``key`` holds with the value at a path inside it changed; as short as it can be written."""
    if not path:
        return value
    step, below = path[0], path[1:]
    if isinstance(step, int):
        items = list(cast("list[Data]", before))
        items[step] = _with(key, items[step], below, value) or {}
        return items
    held: Mapped = dict(before) if isinstance(before, dict) else {"wording": before} if key == "due" and before else {}
    part = _with(step, held.get(step), below, value)
    if part is None:
        held.pop(step, None)
    elif held.get(step) is not None:
        held[step] = part
    else:
        held.pop(step, None)
        held = cast("Mapped", applied(held, [AddKey((), step, part, tuple(RECORDS.get(key, ())))]))
    if key == "due" and set(held) == {"wording"}:
        return held["wording"]
    if key == "star" and not held:
        return STAR_SIGN
    return held or None
