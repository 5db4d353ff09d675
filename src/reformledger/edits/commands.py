"""Intents as the command lines that carry them out, to be shown to a person."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from reformledger.edits.intents import Intent, options_of, word_of
from reformledger.model.period import LAST_YEAR

LEFT_OPEN = "…"
"""What a person fills in."""
_ANY_DEADLINE, _ANY_TEXT = f"{LAST_YEAR}", "x"
_SPECIAL = re.compile(r"[\s#;&|<>()$`\"'\\*?\[\]{}~!]")


def command_line(intent: Intent) -> str:
    """Return the command line of an intent; what is left open in it stays so."""
    return " ".join(["reformledger", word_of(type(intent)), *_words(intent)])


def shell_word(word: str) -> str:
    """Return a word as it is typed: in quotes only where a shell would take it apart or for something else."""
    return shlex.quote(word) if not word or _SPECIAL.search(word) else word


def filled_in(intent: Intent) -> Intent:
    """Return an intent with something in every place that is left open, so that it can be tried."""
    values = {key: _filled_in(key, value) for key, value in intent._asdict().items()}
    return intent._replace(**values)


def _filled_in(key: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_filled_in(key, item) for item in value)
    return (_ANY_DEADLINE if key == "to" else _ANY_TEXT) if value == LEFT_OPEN else value


def _words(intent: Intent) -> Iterator[str]:
    """Yield what follows the command: what it is about, of it the fields and the phase, then the rest."""
    yield shell_word(str(getattr(intent, "id", None) or getattr(intent, "title", "")))
    yield from map(shlex.quote, _items(getattr(intent, "fields", {})))
    for option, value in sorted(options_of(intent), key=lambda item: item[0] != "--phase"):
        if value is True:
            yield option
        elif value:
            yield from (word for item in _items(value) for word in (option, shell_word(item)))


def _items(value: Any) -> Iterator[str]:
    if isinstance(value, str | date):
        yield str(value)
    elif isinstance(value, Mapping):
        yield from (f"{name}={text if isinstance(text, str) else '、'.join(text)}" for name, text in value.items())
    else:
        yield from value
