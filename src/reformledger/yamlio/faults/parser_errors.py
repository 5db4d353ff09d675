"""libyaml's riddles turned into what is wrong with the line and what to type instead.

An error of the parser says what it expected, where it gave up and, mostly, where the thing began that it was
reading. Which slip of the writer's that is, the source lines tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from reformledger.i18n import _, sentences
from reformledger.yamlio.faults import refusals
from reformledger.yamlio.faults.characters import name_sign
from reformledger.yamlio.faults.fault import Note
from reformledger.yamlio.faults.mistypings import line_at, slip_at
from reformledger.yamlio.faults.refusals import quote_advice

_KEY = re.compile(r" *(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#][^:#]*?):[ \t]+")
_INDENTATION = re.compile(r" *(?:- +)*")
_LONGEST_KEY = 1024  # characters, says YAML
# `key:` or `- `, with whatever follows.
_KEY_OR_ITEM = re.compile(r" *(?:-(?=[ \t]|$)|.*:(?=[ \t]|$))")


class Trouble(NamedTuple):
    """A parser's error over ``text``.

    ``offset`` is where it gave up, ``origin`` where what it was reading began, ``inside`` where the mapping or list
    began in which that stands.
    """

    text: str
    offset: int
    origin: int
    inside: int
    reason: str


class Riddle(NamedTuple):
    """The parser's error in plain words, and the offset up to which what it read is to be trusted."""

    note: Note
    reach: int


def explain(error: Exception, text: str, inside: int) -> Riddle:
    """Return what an error of the parser means, raised in the mapping or list of ``text`` that begins at ``inside``."""
    problem_mark = getattr(error, "problem_mark", None)
    offset = min(problem_mark.index, len(text)) if problem_mark else 0
    context_mark = getattr(error, "context_mark", None)
    origin = min(context_mark.index, offset) if context_mark else offset
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    reason = ", ".join(part for part in (context, problem) if part) or str(error)
    trouble = Trouble(text, offset, origin, inside, reason)
    explanation = next((found for fragment, found in _EXPLANATIONS if fragment in reason), _unknown)
    # What a scalar swallows that never ends is not to be trusted.
    reached = origin if "scalar" in reason else offset
    return Riddle(explanation(trouble), reached + len(line_at(text, reached)))


def _unknown(trouble: Trouble) -> Note:
    message = _("The YAML cannot be read here ({reason}).").format(reason=trouble.reason)
    return Note(trouble.offset, message, _("Look at the indentation, quotes and brackets of this line."))


def _begins_with_sign(trouble: Trouble, offset: int) -> Note:
    text = trouble.text
    sign = text[offset : offset + 1]
    if not sign.strip():
        return _open_bracket(trouble, trouble.inside) if text[trouble.inside] in "[{" else _unknown(trouble)
    message = _("A value cannot begin with “{sign}” as it stands.").format(sign=sign)
    return Note(offset, message, quote_advice(text, offset))


def _bad_start(trouble: Trouble) -> Note:
    """Explain a sign that begins no value (``%``, ``@``, a backtick), or a tab."""
    if trouble.text[trouble.offset : trouble.offset + 1] == "\t":
        return _tab(trouble)
    return _begins_with_sign(trouble, trouble.offset)


def _bad_origin(trouble: Trouble) -> Note:
    """Explain a sign that promised something (``*``, ``&``, ``!``, ``|``, ``>``) which then did not come."""
    return _begins_with_sign(trouble, trouble.origin)


def _tab(trouble: Trouble) -> Note:
    text, offset = trouble.text, trouble.offset
    if text[text.rfind("\n", 0, offset) + 1 : offset].strip():
        message = _("{sign} stands where only ordinary spaces may.").format(sign=name_sign("\t"))
        return Note(offset, message, _("Replace it by a space."))
    message = _("The line is indented with {sign}.").format(sign=name_sign("\t"))
    advice = _("YAML indents with ordinary spaces only: replace it by two spaces a level.")
    return Note(offset, message, advice)


def _second_colon(trouble: Trouble) -> Note:
    """Explain a colon where no key can be: inside a value, or on a line that the value above goes on into."""
    text, offset = trouble.text, trouble.offset
    line_start = text.rfind("\n", 0, offset) + 1
    key = _KEY.match(text, line_start, offset)
    if key is None and offset - line_start > _LONGEST_KEY:
        key = _INDENTATION.match(text, line_start)
    if key:
        message = _("The value holds “: ”, which would make it a key.")
        return Note(key.end(), message, quote_advice(text, key.end()))
    above = _line_above(text, line_start)
    return (_no_key_line(text, above) if above >= 0 else None) or _odd_indentation(trouble)


def _line_above(text: str, line_start: int) -> int:
    """Return the offset of the nearest line above that holds more than a comment, or -1."""
    while line_start > 0:
        line_start = text.rfind("\n", 0, line_start - 1) + 1
        line = line_at(text, line_start).strip()
        if line and not line.startswith("#"):
            return line_start
    return -1


def _odd_indentation(trouble: Trouble) -> Note:
    line_start = trouble.text.rfind("\n", 0, trouble.offset) + 1
    line = line_at(trouble.text, line_start)
    message = _("The indentation of this line fits none of the lines above.")
    advice = _("Indent keys that belong together alike, and list items two spaces under their key.")
    return Note(line_start + len(line) - len(line.lstrip(" ")), message, advice)


def _no_colon(trouble: Trouble) -> Note:
    """Explain a line that should have been a key."""
    return slip_at(trouble.text, trouble.origin) or _neither(trouble.origin)


def _no_key_line(text: str, line_start: int) -> Note | None:
    """Explain a line that is neither key nor item by what stands there instead; None when it is one."""
    line = line_at(text, line_start)
    slip = slip_at(text, line_start)
    if slip or _KEY_OR_ITEM.match(line):
        return slip
    return _neither(line_start + len(line) - len(line.lstrip(" ")))


def _neither(offset: int) -> Note:
    message = _("This line is neither “key: value” nor “- item”.")
    advice = _("If it goes on from the line above, put both on one line; a text in quotes ends with its quote.")
    return Note(offset, message, advice)


def _no_key(trouble: Trouble) -> Note:
    """Explain what follows where a key or an item was expected: text behind a quote or bracket, or indentation."""
    text, offset = trouble.text, trouble.offset
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset].rstrip()
    if before.endswith(('"', "'")):
        message = _("Text follows the closing quote.")
        advice = _(
            "Inside double quotes write quotes as “…”, or put the whole value in single quotes, "
            "where a single quote is written twice."
        )
        return Note(offset, message, advice)
    key = _KEY.match(text, line_start, offset)
    if key and text[key.end()] in "[{":
        return _begins_with_sign(trouble, key.end())
    if text.startswith(":", offset):
        return Note(offset, _("The key is blank."), _("Write the key before the colon."))
    return slip_at(text, offset) or _odd_indentation(trouble)


def _item_after_key(trouble: Trouble) -> Note:
    message = _("A list cannot begin on the line of its key.")
    advice = _("Write each item on a line of its own.")
    return Note(trouble.offset, message, sentences(advice, quote_advice(trouble.text, trouble.offset)))


def _bad_bracket(trouble: Trouble) -> Note:
    return _open_bracket(trouble, trouble.origin)


def _open_bracket(trouble: Trouble, offset: int) -> Note:
    text = trouble.text
    message = _("The bracket “{sign}” opened here is not closed as it should be.").format(sign=text[offset])
    return Note(offset, message, quote_advice(text, offset))


def _open_quote(trouble: Trouble) -> Note:
    message = _("The quotes opened here are not closed.")
    return Note(
        trouble.origin, message, _("Close them at the end of the value; a value may also stand without quotes.")
    )


def _escape(trouble: Trouble) -> Note:
    text = trouble.text
    start = text.rfind("\\", 0, trouble.offset + 1)
    written = text[start : start + 6].split('"')[0].split()[0] if start >= 0 else ""
    message = _("“{written}” is no character: in double quotes a backslash begins an escape.").format(written=written)
    return Note(max(start, trouble.origin), message, _("Use single quotes, where a backslash is a backslash."))


def _directive(trouble: Trouble) -> Note:
    return refusals.directive(trouble.text.rfind("\n", 0, trouble.offset) + 1)


def _too_deep(trouble: Trouble) -> Note:
    return refusals.too_deep(trouble.offset)


def _after_end(trouble: Trouble) -> Note:
    """Explain what follows the end of the document: the mark ``...``, or less indentation than at its start."""
    text, offset = trouble.text, trouble.offset
    above = _line_above(text, text.rfind("\n", 0, offset) + 1)
    if above >= 0 and line_at(text, above).startswith("..."):
        return refusals.second_document(offset)
    return _no_key(trouble)


# Fragments of libyaml's sentences, the particular before the general.
_EXPLANATIONS: tuple[tuple[str, Callable[[Trouble], Note]], ...] = (
    ("scanning a directive", _directive),
    ("%YAML directive", _directive),
    ("%TAG directive", _directive),
    ("incompatible YAML document", _directive),
    ("expected <document start>", _after_end),
    ("maximum nesting depth", _too_deep),
    ("found a tab character", _tab),
    ("cannot start any token", _bad_start),
    ("node content", _bad_start),
    ("mapping keys are not allowed", _bad_start),
    ("scanning an anchor", _bad_origin),
    ("scanning an alias", _bad_origin),
    ("a tag", _bad_origin),
    ("tag handle", _bad_origin),
    ("scanning a block scalar", _bad_origin),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _no_colon),
    ("sequence entries are not allowed", _item_after_key),
    ("parsing a flow", _bad_bracket),
    ("expected key", _no_key),
    ("expected '-' indicator", _no_key),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("scanning a quoted scalar", _open_quote),
)
