"""How a text is written as a scalar, so that readers of YAML 1.1 and of YAML 1.2 read that text again.

PyYAML's emitter does not serve: it writes what its own reader cannot read back (U+0085), and knows nothing of what
ours refuses.
"""

from __future__ import annotations

import re

from reformledger.i18n import _
from reformledger.yamlio.editing.edits import Bare, refused
from reformledger.yamlio.faults.characters import REFUSED_CHARACTERS, misread, name_character
from reformledger.yamlio.faults.mistypings import mistyped_lines

_WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"})
"""What YAML 1.1 or 1.2 takes for something else than text, in whatever case."""
_NUMBER = re.compile(r"[-+]?[.0-9][0-9_.,:]*(?:e[-+]?[0-9_]*)?|[-+]?0[xob][0-9a-f_]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?")
_INDICATOR = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BREAKS_PLAIN = re.compile(r": |:$| #|[\t\n]")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?#]|:(?![^\s,\[\]{}\"'])")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_NEEDS_ESCAPE = re.compile(r'[\\"\n\t]')


def check_text(value: str) -> None:
    """Raise ``EditError`` for a text with a character that no text of ours holds, however it is written."""
    found = re.search(REFUSED_CHARACTERS, value)
    if found:
        message = _("The new text holds {name}, which has no place in a text.").format(name=name_character(found[0]))
        raise refused(message, _("Delete it."))


def inline(value: str, *, flow: bool = False, quote: str = "") -> str:
    """Return ``value`` as a scalar on one line: plain where it reads back as itself, else in quotes.

    ``flow`` says that it is written between brackets; ``quote`` is the quotation mark that its place had before,
    used again where quotes are needed and the value allows them.
    """
    if isinstance(value, Bare) or is_plain(value, flow=flow):
        return value
    escapes = any(True for _found in misread(value)) or "\n" in value or "\t" in value
    if not escapes and (quote == "'" or ('"' in value or "\\" in value)):
        return "'" + value.replace("'", "''") + "'"
    return f'"{_escaped(value)}"'


def is_plain(value: str, *, flow: bool) -> bool:
    """Say whether ``value`` reads back as itself without quotes, in YAML 1.1 and in YAML 1.2."""
    return not (
        value.casefold() in _WORDS
        or value[0] in _INDICATOR
        or value != value.strip()
        or _NUMBER.fullmatch(value)
        or _DATE.fullmatch(value)
        or _BREAKS_PLAIN.search(value)
        or (flow and _BREAKS_FLOW.search(value))
        or any(True for _found in misread(value))
        or any(True for _mistyping in mistyped_lines(f"{value}\n- {value}"))
    )


def _escaped(value: str) -> str:
    text = _NEEDS_ESCAPE.sub(lambda found: _ESCAPES[found[0]], value)
    # Letters that look like Chinese misread are refused unless they are written as escapes.
    for letters, _offset in list(misread(text)):
        text = text.replace(letters, "".join(f"\\u{ord(letter):04x}" for letter in letters))
    return text


def is_literal(value: str) -> bool:
    """Say whether ``value`` is several lines that can safely be written as a literal block scalar.

    Not with spaces that nobody sees at the end of a line or that would count as indentation, nor with blank lines
    at the end, which what follows would change.
    """
    lines = value.split("\n")
    if not lines[-1]:
        lines.pop()
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and lines[0][0] != " "
        and not any(line != line.rstrip() for line in lines)
        and "\t" not in value
        and not any(True for _found in misread(value))
    )


def literal(value: str, indent: str, newline: str) -> tuple[str, str]:
    """Return the header and the lines, each behind its line ending, of ``value`` as a literal block scalar."""
    header = "|" if value.endswith("\n") else "|-"
    lines = value.removesuffix("\n").split("\n")
    return header, "".join(f"{newline}{indent}{line}" if line else newline for line in lines)
