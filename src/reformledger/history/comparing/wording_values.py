"""Values and records of plain data in one line, as the official tables of fields name their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformledger.fields.documents import WITHIN
from reformledger.fields.entry import WAIVER
from reformledger.fields.field import Field, Fields
from reformledger.fields.words import FLAG
from reformledger.history.comparing.plain import deadline_of, is_blank, same_key, text_of
from reformledger.i18n import _
from reformledger.model.entries import STAR_SIGN
from reformledger.text.masking import hide_number
from reformledger.text.stretches import CUT, differing, shortened
from reformledger.yamlio import Data, Mapped

GAP = "  "
"""What stands between the parts of a record, as in the lists of an entry's life."""
NOTHING = "–"
FIELDS_WITHIN = {**WITHIN, "waivers": WAIVER}
"""The fields of what is below a key."""
_PLAIN = {"id", "date", "text", "percent", "name", "title", "number", "phase", "by", "phone", "due", "wording", "note"}
"""The keys of records whose values say by themselves what they are."""
_LEFT_OUT = {"entry"}
"""What the record of a removal keeps of the entry, which is in the file."""
_LISTED_AS_NAMES = {"also", "recipients", "implements"}
"""The keys of lists of short words that are shown with 、 between, as names are."""
_SHOWN_WHOLE = 60
"""Characters of a list that is shown whole beside another."""


def change_text(key: str, before: Data, after: Data, fields: Fields) -> str:
    """Return what stood and what stands under a key of ``fields``, of long texts and lists what differs.

    The key is "" for what has a name of its own, whose parts ``fields`` then has.
    """
    if isinstance(before, list) and isinstance(after, list):
        old, new = _of_lists(key, before, after, fields)
    else:
        old, new = (value_text(key, value, fields) for value in (before, after))
        if isinstance(before, str) and isinstance(after, str):
            old, new = differing(old, new)
    return f"{shortened(old)} → {shortened(new)}"


def record_text(record: Mapped, fields: Fields) -> str:
    """Return all that a record says: days, texts and names as they are, all else behind the word for it."""
    return GAP.join(filter(None, _parts(record, fields)))


def names_text(key: str, value: Data, fields: Fields) -> str:
    """Return the items of a list: names with 、 between, all else with ；; "" for what is no list."""
    field = fields.get(key)
    is_of_names = key in _LISTED_AS_NAMES or (field is not None and field.names is not None)
    items = value if isinstance(value, list) else []
    return ("、" if is_of_names else "；").join(_item(key, item) for item in items)


def _item(key: str, item: Data) -> str:
    return record_text(item, FIELDS_WITHIN.get(key, {})) if isinstance(item, dict) else value_text("", item, {})


def _of_lists(key: str, before: Sequence[Data], after: Sequence[Data], fields: Fields) -> tuple[str, str]:
    """Return two lists: long ones without the items that both hold, for which … stands."""
    old, new = names_text(key, [*before], fields), names_text(key, [*after], fields)
    if max(len(old), len(new)) > _SHOWN_WHOLE:
        there, here = set(map(same_key, before)), set(map(same_key, after))
        gone: list[Data] = [item for item in before if same_key(item) not in here]
        came: list[Data] = [item for item in after if same_key(item) not in there]
        if gone or came:
            kept = CUT if there & here else ""
            old, new = kept + names_text(key, gone, fields), kept + names_text(key, came, fields)
    return old or NOTHING, new or NOTHING


def value_text(key: str, value: Data, fields: Fields) -> str:
    """Return what stands under a key of ``fields``; the key is "" for what has a name of its own."""
    if is_blank(value) or value is None:
        return NOTHING
    if isinstance(value, str):
        return _plain_text(key, value, fields.get(key))
    if isinstance(value, list):
        return names_text(key, value, fields)
    return _of_mapping(key, value, FIELDS_WITHIN.get(key, {}) if key else fields)


def _plain_text(key: str, value: str, field: Field | None) -> str:
    if key == "phone":
        return hide_number(value)
    if key == "percent":
        return f"{value.removesuffix('%')}%"
    if field is not None and field.type == "flag" and value in FLAG:
        return FLAG[value].text
    return value.strip()


def _of_mapping(key: str, value: Mapped, fields: Fields) -> str:
    if key in {"due", "from", "to"}:
        wording, means = deadline_of(value)
        return _("{day} ({wording})").format(day=wording, wording=means) if means else wording
    if key == "star":
        inside = GAP.join(text for part in ("note", "phase") if (text := text_of(value, part)))
        return _("{day} ({wording})").format(day=STAR_SIGN, wording=inside) if inside else STAR_SIGN
    return record_text(value, fields)


def _parts(record: Mapped, fields: Fields) -> Iterator[str]:
    for key in dict.fromkeys([*(key for key in fields if key in record), *record]):
        value, field = record[key], fields.get(key)
        if is_blank(value) or key in _LEFT_OUT or (key == "from" and "to" in record):
            continue
        if key == "to":
            before = record.get("from")
            old = "" if is_blank(before) else value_text("from", before, fields)
            yield f"{old} → {value_text(key, value, fields)}".lstrip()
        elif field is not None and field.type == "flag" and isinstance(value, str) and value in FLAG:
            yield field.noun() if value == "true" else ""
        elif key in _PLAIN and field is not None:
            yield value_text(key, value, fields)
        elif key == "value" and "unit" in fields:
            yield f"{value_text(key, value, fields)}{text_of(record, 'unit')}"
        elif key == "unit" and "value" in record:
            continue
        elif key == "targets" and isinstance(value, dict):
            yield from (f"{name} {value_text('', reached, {})}" for name, reached in value.items())
        else:
            what = key if field is None else field.noun(of_all=isinstance(value, list))
            yield _("{what}: {text}").format(what=what, text=value_text(key, value, fields))
