"""A batch of intents as JSON: ``[{"op": "progress", "id": "task-1", "text": "…"}, …]``.

The keys of an element are those of its intent, as the options of the command are called.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import UnionType
from typing import cast, get_args, get_type_hints

from reformledger.edits.intents import Add, Intent, Remove, word_of
from reformledger.edits.transaction import PLANS, BatchError, element_label
from reformledger.errors import SentenceError, UsageError
from reformledger.i18n import _
from reformledger.model.readers import read_day, read_typed
from reformledger.text.nearest import nearest, nearest_advice

Json = object
Reader = Callable[[str, Json], object]
_INTENTS = {word_of(intent): intent for intent in PLANS}


def read_batch(content: bytes, op: str, today: dt.date, *, recount: bool = False) -> list[Intent]:
    """Return the intents of a batch; an element that names no ``op`` has that of the command.

    A day that names no year is the latest such that is not after ``today``. With ``recount`` all that add or remove an
    entry write the counts above it anew.

    Raises ``UsageError`` for what is no batch at all, ``BatchError`` with every element that is wrong.
    """
    elements = _elements(content)
    intents: list[Intent] = []
    errors: list[tuple[str, SentenceError]] = []
    for number, element in enumerate(elements, 1):
        try:
            intents.append(_intent(element, op, today))
        except SentenceError as error:
            errors.append((element_label(number), error))
    if errors:
        raise BatchError(errors)
    return [each._replace(recount=True) if recount and isinstance(each, Add | Remove) else each for each in intents]


def _elements(content: bytes) -> list[Json]:
    try:
        elements = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=str, parse_int=str)
    except UnicodeDecodeError:
        raise UsageError(_("The batch is not in UTF-8."), _("Save it as UTF-8.")) from None
    except json.JSONDecodeError as error:
        message = _("The batch is no JSON: line {line}, column {column}.").format(line=error.lineno, column=error.colno)
        form = '[{"op": "progress", "id": "task-1", "text": "…"}]'
        raise UsageError(message, _("Write {form}.").format(form=form)) from None
    except RecursionError:
        raise UsageError(_("The batch is nested too deep.")) from None
    if not isinstance(elements, list):
        raise UsageError(_("The batch is no list."), _("Write its elements between [ and ]."))
    if not elements:
        raise UsageError(_("The batch is empty."))
    return elements


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return an object; raises ``UsageError`` when it names a key twice, which JSON would pass over."""
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise UsageError(_("The batch names “{key}” twice in one place.").format(key=key))
        found[key] = value
    return found


def _intent(element: Json, op: str, today: dt.date) -> Intent:
    if not isinstance(element, dict):
        raise UsageError(_("It is no object."), _("Write {form}.").format(form='{"op": …, "id": …}'))
    fields = dict(element)
    name = str(fields.pop("op", op))
    if name not in _INTENTS:
        message = _("There is no “{op}”.").format(op=name)
        known = _("Known: {words}.").format(words=", ".join(_INTENTS))
        raise UsageError(message, nearest_advice(nearest(name, _INTENTS)) or known)
    kind = _INTENTS[name]
    field_of = {field.removesuffix("_"): field for field in kind._fields}
    for key in fields:
        if key not in field_of:
            message = _("“{op}” knows no “{key}”.").format(op=name, key=key)
            known = _("Known: {words}.").format(words=", ".join(field_of))
            raise UsageError(message, nearest_advice(nearest(key, field_of)) or known)
    needed = [key for key, field in field_of.items() if field not in kind._field_defaults]
    if missing := [key for key in needed if fields.get(key) is None]:
        raise UsageError(_("“{key}” is missing.").format(key=missing[0]))
    types = get_type_hints(kind)
    readers: dict[object, Reader] = {**_READERS, dt.date: partial(_day, today=today)}
    values = {
        field_of[key]: readers[_plain(types[field_of[key]])](key, value)
        for key, value in fields.items()
        if value is not None
    }
    return cast("Intent", cast("Callable[..., object]", kind)(**values))


def _text(key: str, value: Json) -> str:
    if isinstance(value, str):
        return value
    raise UsageError(_("“{key}” takes one text.").format(key=key))


def _texts(key: str, value: Json) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [_text(key, item) for item in items]


def _flag(key: str, value: Json) -> bool:
    if isinstance(value, bool):
        return value
    raise UsageError(_("“{key}” is true or false.").format(key=key))


def _day(key: str, value: Json, today: dt.date) -> dt.date:
    return read_typed(key, _text(key, value), partial(read_day, today=today))


def _mapping(key: str, value: Json) -> dict[str, str | list[str]]:
    if not isinstance(value, dict):
        raise UsageError(_("“{key}” takes names with values.").format(key=key))
    return {name: "" if item is None else _one_or_several(key, item) for name, item in value.items()}


def _text_mapping(key: str, value: Json) -> dict[str, str]:
    return {name: _text(key, item) for name, item in _mapping(key, value).items()}


def _one_or_several(key: str, value: Json) -> str | list[str]:
    return _texts(key, value) if isinstance(value, list) else _text(key, value)


_READERS: Mapping[object, Reader] = {
    str: _text,
    bool: _flag,
    Sequence[str]: _texts,
    Mapping[str, str]: _text_mapping,
    Mapping[str, str | Sequence[str]]: _mapping,
}
"""How a value is read by the type that its intent gives it; numbers are text too, for the rules to read."""


def _plain(annotation: object) -> object:
    """Return the type of a value of an intent; of ``X | None`` X."""
    return get_args(annotation)[0] if isinstance(annotation, UnionType) else annotation
