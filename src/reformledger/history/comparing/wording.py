"""A difference in one line, in the words of the field: for lists of what changed, and for conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reformledger.fields.documents import DOCUMENTS, in_words
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Fields
from reformledger.fields.words import CHANGE
from reformledger.history.comparing.plain import is_blank, same_key, text_of
from reformledger.history.comparing.wording_values import (
    FIELDS_WITHIN,
    GAP,
    NOTHING,
    change_text,
    names_text,
    record_text,
    value_text,
)
from reformledger.history.difference import Difference, DifferenceKind, FieldPath
from reformledger.i18n import _
from reformledger.model.entries import STAR_SIGN
from reformledger.yamlio import Data

_NAMED = ("phases", "targets", "names", "sections", "parts", "tables", "contacts")
"""The keys behind which a step of a path is a name."""


class DifferenceWords(NamedTuple):
    """What differs, such as 延期 or “deadline of phase “第一批””, and how, in one line."""

    what: str
    text: str


def words_of(difference: Difference, headings: Mapping[str, str] | None = None) -> DifferenceWords:
    """Return a difference in the user's language, texts as the data have them and numbers of contacts hidden.

    ``headings`` are the printed headings of tables' own columns, by key; without them a column is named by its key.
    """
    words = _of_a_part(difference, headings or {}) if difference.path else _of_the_whole(difference)
    return DifferenceWords(*(" ".join(text.splitlines()) for text in words))


def _of_a_part(difference: Difference, headings: Mapping[str, str]) -> DifferenceWords:
    """Return the words for what a path leads to."""
    kind, before, after = difference.kind, difference.before, difference.after
    what = _what(difference, headings)
    key, fields = _key_at(difference)
    if kind is DifferenceKind.WITHDRAWN:
        return DifferenceWords(_("{what}, withdrawn").format(what=what), value_text(key, before, fields))
    if kind is DifferenceKind.RECORDED:
        return DifferenceWords(what, value_text(key, after, fields))
    if _has_other_order(before, after):
        what = _("{what}, in another order").format(what=what)
    return DifferenceWords(what, change_text(key, before, after, fields))


def _of_the_whole(difference: Difference) -> DifferenceWords:
    """Return the words for an entry, or a document, that came, went or moved."""
    before, after = difference.before, difference.after
    match difference.kind:
        case DifferenceKind.ADDED:
            return DifferenceWords(CHANGE["added"].text, GAP.join(filter(None, _added(difference))))
        case DifferenceKind.REMOVED:
            fields = {key: field for key, field in FIELDS_WITHIN["removed"].items() if key not in {"id", "title"}}
            said = {key: after[key] for key in fields if key in after} if isinstance(after, dict) else {}
            record = record_text(said, fields)
            return DifferenceWords(CHANGE["removed"].text, record or difference.under)
        case DifferenceKind.MOVED if after == difference.under and after != before:
            text = f"{before or NOTHING} → {after}"
        case DifferenceKind.MOVED if after is None:
            text = _("now the first under its heading")
        case DifferenceKind.MOVED:
            text = _("now behind {id}").format(id=after)
        case _:
            text = change_text("", before, after, {})
    return DifferenceWords(_("moved"), text)


def _added(difference: Difference) -> Iterator[str]:
    """Yield what is said of an entry that came: its heading, who leads, by when; of names how many there are."""
    data = difference.after
    yield difference.under
    if not isinstance(data, dict):
        return
    yield names_text("lead_departments", data.get("lead_departments"), ENTRY)
    if not is_blank(data.get("due")):
        yield value_text("due", data["due"], ENTRY)
    elif not is_blank(data.get("star")):
        yield STAR_SIGN
    for key in ("names", "contacts"):
        field = _top(difference).get(key)
        if field is not None and isinstance(held := data.get(key), (list, dict)):
            yield _("{what}: {text}").format(what=field.noun(of_all=True), text=len(held))
    if isinstance(record := difference.before, dict):
        yield _("had been removed on {day}").format(day=text_of(record, "date"))


def _what(difference: Difference, headings: Mapping[str, str]) -> str:
    path = difference.path
    if path[0] == "columns" and len(path) > 1 and path[1] in headings and _top(difference) is ENTRY:
        return headings[path[1]]
    value = difference.before if is_blank(difference.after) else difference.after
    steps, data = _indexed(path, value)
    return in_words(steps, data, _top(difference))


def _top(difference: Difference) -> Fields:
    """Return the fields of what a ref names: an entry, or a document by its kind."""
    return DOCUMENTS.get(difference.ref.rpartition("/")[2], ENTRY)


def _names_in(path: FieldPath) -> set[int]:
    """Return the places of the steps that are names."""
    found: set[int] = set()
    for place, step in enumerate(path[:-1]):
        if step in _NAMED and place not in found:
            found.add(place + 1)
    return found


def _indexed(path: FieldPath, value: Data) -> tuple[list[str | int], Data]:
    """Return a path with an index for each name, and data in which it leads to ``value`` past what is named so."""
    names = _names_in(path)
    data = value
    for place in reversed(range(len(path))):
        step = path[place]
        held: dict[str, Data] = dict(data) if isinstance(data, dict) else {}
        data = [{**held, "name": step}] if place in names else {step: data}
    return [0 if place in names else step for place, step in enumerate(path)], data


def _key_at(difference: Difference) -> tuple[str, Fields]:
    """Return the last key of a path and the table that has it; "" for a name, and the fields of what bears it."""
    path, fields = difference.path, _top(difference)
    names = _names_in(path)
    keys = [step for place, step in enumerate(path) if place not in names]
    if len(path) - 1 in names:
        keys.append("")
    elif path[0] == "persons":  # the persons of a role are names as those of all are
        return path[0], fields
    for key in keys[:-1]:
        fields = FIELDS_WITHIN.get(key, {})
    return keys[-1], fields


def _has_other_order(before: Data, after: Data) -> bool:
    if not (isinstance(before, list) and isinstance(after, list)) or before == after:
        return False
    return sorted(map(same_key, before)) == sorted(map(same_key, after))
