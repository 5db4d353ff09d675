"""Texts as they are pasted: line endings of Windows become those of the file, and what nobody sees is taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar, cast

from reformledger.edits.intents import Intent, texts_in
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.limits import VALUE, is_too_long, size, too_long
from reformledger.text.folding import INVISIBLE

_Value = TypeVar("_Value")
# Joiners inside a text may belong to a letter or a picture; at its ends nothing of this does.
_NOWHERE = "[\u00ad\u200b\u2060\ufeff]"
_AT_ENDS = f"^[\\s{INVISIBLE}]+|[\\s{INVISIBLE}]+$"
_UNNOTED = frozenset({"id"})
"""What is compared, and not written."""


def refuse_long(intent: Intent) -> None:
    """Raise ``UsageError`` for an intent that holds a text longer than any that is read back."""
    for name, value in intent._asdict().items():
        if any(map(is_too_long, texts_in(value))):
            message = _("“{name}” is longer than {limit}.").format(name=name.removesuffix("_"), limit=size(VALUE))
            raise UsageError(message, too_long()[1])


def cleaned(intent: Intent) -> tuple[Intent, list[str]]:
    """Return an intent with its texts clean, and a sentence for each text from which something was taken.

    Line endings alone are no loss, and not mentioned; characters that no text may hold stay, to be refused.
    """
    fields = intent._asdict()
    notes: list[str] = []
    for name, value in fields.items():
        fields[name] = _clean(value, name.removesuffix("_"), notes)
    return type(intent)(**fields), notes


def _clean(value: _Value, name: str, notes: list[str]) -> _Value:
    if isinstance(value, str):
        return cast("_Value", _clean_text(value, name, notes))
    if isinstance(value, Mapping):
        return cast("_Value", {key: _clean(item, key, notes) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return cast("_Value", [_clean(item, name, notes) for item in value])
    return value


def seen(text: str) -> str:
    """Return a text as it is written: without what nobody sees, and with the line ends of the file."""
    return re.sub(_AT_ENDS, "", re.sub(_NOWHERE, "", text.replace("\r\n", "\n")))


def _clean_text(text: str, name: str, notes: list[str]) -> str:
    lines, found = text.replace("\r\n", "\n"), seen(text)
    if not found:
        return lines.strip()  # a text of which nothing is seen is refused, and takes nothing away
    if found != lines.strip("\n") and name not in _UNNOTED:
        sentence = _("Blanks at the ends of “{name}” were taken off.")
        if _invisible(lines) > _invisible(found):
            sentence = _("Characters that nobody sees were taken out of “{name}”.")
        notes.append(sentence.format(name=name))
    return found


def _invisible(text: str) -> int:
    return len(re.findall(f"[{INVISIBLE}]", text))
