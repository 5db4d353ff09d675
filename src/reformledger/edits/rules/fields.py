"""Fields as people name them, and their values as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reformledger.edits.draft import Mapped
from reformledger.edits.serialize import as_written
from reformledger.entry import Group
from reformledger.errors import RefusedError, UsageError
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.base import known_keys
from reformledger.model.entries import STAR_SIGN, EntryFields
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data

Values = Mapping[str, str | Sequence[str]]
_SEPARATORS = re.compile("[、，,；;]")
_STAR = re.compile(f"{STAR_SIGN}(?:[（(](?P<note>.+)[）)])?")


class Address(NamedTuple):
    """Which value of an entry is meant: a key, or a part of what the key holds (``due.means``)."""

    key: str
    part: str | None = None


def addressed(model: type[EntryFields], group: Group, fields: Values) -> dict[Address, str | Sequence[str]]:
    """Return the given values by what their words name.

    Raises ``UsageError`` for a word that names nothing (with the nearest) or what another of them names.
    """
    words: dict[Address, str] = {}
    for word in fields:
        other = words.setdefault(_address(model, group, word), word)
        if other != word:
            message = _("“{word}” and “{other}” name the same field.").format(word=word, other=other)
            raise UsageError(message, _("Keep one of them."))
    return {address: fields[word] for address, word in words.items()}


def _address(model: type[EntryFields], group: Group, word: str) -> Address:
    own = group.own_columns
    key, _dot, part = word.strip().partition(".")
    if part and key in ENTRY and ENTRY[key].parts:
        return Address(key, part)
    if word.strip() in own:
        return Address("columns", word.strip())
    names: dict[str, Address] = {key: Address(key) for key in model.model_fields}
    by_heading = {search_key(name): address for name, address in _headings(model, group)}
    found = names.get(word.strip()) or by_heading.get(search_key(word))
    if found:
        return found
    message = _("There is no field “{word}” here.").format(word=word)
    known = [key for key, field in known_keys(model).items() if field.kept_by == "set"]
    headings = [heading for heading, _address in _headings(model, group)]
    near = nearest(word, dict.fromkeys([*own, *known, *headings]))
    raise UsageError(message, nearest_advice(near) or _("Fields: {keys}.").format(keys=", ".join([*known, *own])))


def _headings(model: type[EntryFields], group: Group) -> list[tuple[str, Address]]:
    """Return the Chinese words for fields: the field's official ones, then the printed ones, which decide."""
    headings: list[tuple[str, Address]] = []
    for key, field in known_keys(model).items():
        headings += [(word, Address(key)) for word in field.words if field.kept_by == "set"]
    headings += [(heading, Address(key)) for key, heading in group.columns.items() if key in model.model_fields]
    headings += [(heading, Address("columns", key)) for key, heading in group.own_columns.items()]
    return headings


def refuse_elsewhere(address: Address, id: str, place: str) -> None:
    """Raise ``RefusedError`` for a field that other commands keep, or that is no plain value."""
    kept_by = ENTRY[address.key].kept_by
    if address.part is not None or kept_by == "set":
        return
    advice = {
        "nobody": _("Ids stay: records and other entries name them. The printed number can be set: number=…"),
        "progress": _("Use: reformledger progress {id} --text …").format(id=id),
        "waive": _("Use: reformledger waive {id} --for … --reason …").format(id=id),
        "extend": _("Use: reformledger extend {id} --to … --reason …").format(id=id),
        "close": _("Use: reformledger close {id} --evidence …").format(id=id),
        "reopen": _("Use: reformledger reopen {id} --reason …").format(id=id),
        "column": _("Name one column: columns.KEY=…"),
        "finding": _("Name one finding: acknowledged.CODE=…"),
        "hand": _("It holds several values; write them into the file ({place}).").format(place=place),
    }
    raise RefusedError(_("“{key}” cannot be set.").format(key=address.key), advice[kept_by])


def new_values(raw: Mapped, addressed: Mapping[Address, str | Sequence[str]]) -> dict[str, Data]:
    """Return the new value of each key that changes; None takes the key away."""
    changed: dict[str, Data] = {}
    # A part is a part of the new whole, whichever was named first.
    for address, value in sorted(addressed.items(), key=lambda item: item[0].part is not None):
        before = changed.get(address.key, raw.get(address.key))
        changed[address.key] = _new_value(address, before, value)
    return {key: value for key, value in changed.items() if value != raw.get(key) or (value is None and key in raw)}


def _new_value(address: Address, before: Data, value: str | Sequence[str]) -> Data:
    key, part = address
    if ENTRY[key].several:
        items = _SEPARATORS.split(value) if isinstance(value, str) else value
        return [item.strip() for item in items if item.strip()] or None
    if not isinstance(value, str):
        raise UsageError(_("“{key}” takes one value.").format(key=key))
    text = value.strip()
    if part is not None:
        return _with_part(key, part, before, text)
    if not text:
        return None
    if key == "star":
        return _star(text)
    return as_written(text, key)


def _star(text: str) -> Data:
    match = _STAR.fullmatch(text)
    return {"note": match["note"]} if match and match["note"] else text


def _with_part(key: str, part: str, before: Data, text: str) -> Data:
    """Return what ``key`` holds with one part of it changed; as short as it can be written."""
    whole = "wording" if key == "due" else ""
    held: Mapped = dict(before) if isinstance(before, dict) else {whole: before} if whole and before else {}
    held = {name: value for name, value in held.items() if name != part or text}
    if text:
        held[part] = text
    if key == "due" and set(held) == {"wording"}:
        return held["wording"]
    if key == "star" and not held:
        return STAR_SIGN
    return held or None
