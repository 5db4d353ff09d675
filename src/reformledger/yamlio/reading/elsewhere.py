"""What other programs make of a plain scalar: readers of YAML 1.1, as PyYAML is, and of the core schema of YAML 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import yaml

from reformledger.yamlio.data import Tree

# What every reader takes for the number or day that it says; 010 is 8 to some, 1.10 is 1.1 to most.
SAME_EVERYWHERE = r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?|[0-9]{4}-[0-9]{2}-[0-9]{2}|true|false"
_WORDS = frozenset({"~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"})
"""What YAML 1.1 or 1.2 takes for something else than text, in whatever case."""
_NUMBER = re.compile(r"[-+]?[.0-9][0-9_.,:]*(?:e[-+]?[0-9_]*)?|[-+]?0[xob][0-9a-f_]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?")
_FLAGS = frozenset({"y", "n"})  # by the letter of YAML 1.1
_OCTAL = re.compile(r"0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def is_no_text(text: str) -> bool:
    """Say whether a plain scalar may be something else than text to readers of YAML 1.1 or 1.2."""
    if text > "\x7f":  # as Chinese does: whatever is something else begins with a character of ASCII
        return False
    return bool(text.casefold() in _WORDS or _NUMBER.fullmatch(text) or _DATE.fullmatch(text))


def read_otherwise(tree: Tree) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each plain scalar of a text that other programs read as something else: its offsets, and what it is there.

    Everything is text to us as it is written, and the schema decides what it means.
    """
    as_written = re.compile(rf"{SAME_EVERYWHERE}|[0-9]+\.")  # 1. is the number of a paragraph, as bodies print it
    known: set[str] = set()
    for start, end, after in zip(tree.places.starts, tree.places.ends, tree.places.after, strict=True):
        text = "" if after else tree.text[start:end]
        if not text.isascii() or text in known:
            continue
        if is_no_text(text) and not as_written.fullmatch(text):
            other = _elsewhere(text)
            if other is not None:
                yield (start, end), other
        else:
            known.add(text)


def _elsewhere(text: str) -> str | None:
    """Return what a plain scalar is to other programs, None where they read it as it is written."""
    if text.lower() in _FLAGS:
        return "true" if text.lower() == "y" else "false"
    if _OCTAL.fullmatch(text):
        return str(int(text, 8))
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None
    if isinstance(value, str):
        value = float(text) if _FLOAT.fullmatch(text) else text
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date) and not isinstance(value, datetime):
        return None  # a day, in whatever spelling, is that day
    return None if str(value) == text else str(value)
