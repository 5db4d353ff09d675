"""Errors of libyaml's parser explained: what is wrong with the line, and what to type instead.

An error says what the parser expected, where it gave up and, mostly, where the thing began that it was reading. What
the writer did wrong is found in the source lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from reformledger.i18n import _, sentences
from reformledger.yamlio.faults import refusals
from reformledger.yamlio.faults.characters import name_character
from reformledger.yamlio.faults.fault import OffsetFault, line_at, quote_advice
from reformledger.yamlio.faults.mistypings import mistyping_at

_KEY = re.compile(r" *(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#][^:#]*?):[ \t]+")
_INDENTATION = re.compile(r" *(?:- +)*")
_LONGEST_KEY = 1024  # characters, says YAML
# `key:` or `- `, with whatever follows.
_KEY_OR_ITEM = re.compile(r" *(?:-(?=[ \t]|$)|.*:(?=[ \t]|$))")


class Failure(NamedTuple):
    """Where and why the parser failed over ``text``.

    ``offset`` is where it gave up, ``begun`` where what it was reading begins, ``around`` where the mapping or list
    around that begins.
    """

    text: str
    offset: int
    begun: int
    around: int
    reason: str


class Explanation(NamedTuple):
    """A parser's error in plain words, and the offset up to which what it read can be trusted."""

    fault: OffsetFault
    end: int


def explain(error: Exception, text: str, around: int) -> Explanation:
    """Explain an error of the parser, raised in the mapping or list of ``text`` that begins at ``around``."""
    problem_mark = getattr(error, "problem_mark", None)
    offset = min(problem_mark.index, len(text)) if problem_mark else 0
    context_mark = getattr(error, "context_mark", None)
    begun = min(context_mark.index, offset) if context_mark else offset
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    reason = ", ".join(part for part in (context, problem) if part) or str(error)
    failure = Failure(text, offset, begun, around, reason)
    explanation = next((found for fragment, found in _EXPLANATIONS if fragment in reason), _unknown)
    # What a scalar takes in that never ends cannot be trusted.
    trusted = begun if "scalar" in reason else offset
    return Explanation(explanation(failure), trusted + len(line_at(text, trusted)))


def _unknown(failure: Failure) -> OffsetFault:
    message = _("The YAML cannot be read here ({reason}).").format(reason=failure.reason)
    return OffsetFault(failure.offset, message, _("Look at the indentation, quotes and brackets of this line."))


def _begins_no_value(failure: Failure, offset: int) -> OffsetFault:
    text = failure.text
    character = text[offset : offset + 1]
    if not character.strip():
        return _bracket_at(failure, failure.around) if text[failure.around] in "[{" else _unknown(failure)
    message = _("A value cannot begin with “{sign}” as it stands.").format(sign=character)
    return OffsetFault(offset, message, quote_advice(text, offset))


def _forbidden_start(failure: Failure) -> OffsetFault:
    """Explain a character that begins no value (``%``, ``@``, a backtick), or a tab."""
    if failure.text[failure.offset : failure.offset + 1] == "\t":
        return _tab(failure)
    return _begins_no_value(failure, failure.offset)


def _incomplete_start(failure: Failure) -> OffsetFault:
    """Explain a character (``*``, ``&``, ``!``, ``|``, ``>``) behind which something must follow that does not."""
    return _begins_no_value(failure, failure.begun)


def _tab(failure: Failure) -> OffsetFault:
    text, offset = failure.text, failure.offset
    if text[text.rfind("\n", 0, offset) + 1 : offset].strip():
        message = _("{sign} stands where only ordinary spaces may.").format(sign=name_character("\t"))
        return OffsetFault(offset, message, _("Replace it by a space."))
    message = _("The line is indented with {sign}.").format(sign=name_character("\t"))
    advice = _("YAML indents with ordinary spaces only: replace it by two spaces a level.")
    return OffsetFault(offset, message, advice)


def _second_colon(failure: Failure) -> OffsetFault:
    """Explain a colon where no key can be: inside a value, or on a line that the value above goes on into."""
    text, offset = failure.text, failure.offset
    line_start = text.rfind("\n", 0, offset) + 1
    key = _KEY.match(text, line_start, offset)
    if key is None and offset - line_start > _LONGEST_KEY:
        key = _INDENTATION.match(text, line_start)
    if key:
        message = _("The value holds “: ”, which would make it a key.")
        return OffsetFault(key.end(), message, quote_advice(text, key.end()))
    above = _line_above(text, line_start)
    return (_line_without_key(text, above) if above >= 0 else None) or _unmatched_indentation(failure)


def _line_above(text: str, line_start: int) -> int:
    """Return the offset of the nearest line above that holds more than a comment, or -1."""
    while line_start > 0:
        line_start = text.rfind("\n", 0, line_start - 1) + 1
        line = line_at(text, line_start).strip()
        if line and not line.startswith("#"):
            return line_start
    return -1


def _unmatched_indentation(failure: Failure) -> OffsetFault:
    line_start = failure.text.rfind("\n", 0, failure.offset) + 1
    line = line_at(failure.text, line_start)
    message = _("The indentation of this line fits none of the lines above.")
    advice = _("Indent keys that belong together alike, and list items two spaces under their key.")
    return OffsetFault(line_start + len(line) - len(line.lstrip(" ")), message, advice)


def _colon_expected(failure: Failure) -> OffsetFault:
    """Explain a line that should have been a key."""
    return mistyping_at(failure.text, failure.begun) or _neither_key_nor_item(failure.begun)


def _line_without_key(text: str, line_start: int) -> OffsetFault | None:
    """Explain a line that is neither key nor item by what is there instead; None when it is one."""
    line = line_at(text, line_start)
    mistyping = mistyping_at(text, line_start)
    if mistyping or _KEY_OR_ITEM.match(line):
        return mistyping
    return _neither_key_nor_item(line_start + len(line) - len(line.lstrip(" ")))


def _neither_key_nor_item(offset: int) -> OffsetFault:
    message = _("This line is neither “key: value” nor “- item”.")
    advice = _("If it goes on from the line above, put both on one line; a text in quotes ends with its quote.")
    return OffsetFault(offset, message, advice)


def _key_expected(failure: Failure) -> OffsetFault:
    """Explain what follows where a key or an item was expected: text behind a quote or bracket, or indentation."""
    text, offset = failure.text, failure.offset
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset].rstrip()
    if before.endswith(('"', "'")):
        message = _("Text follows the closing quote.")
        advice = _(
            "Inside double quotes write quotes as “…”, or put the whole value in single quotes, "
            "where a single quote is written twice."
        )
        return OffsetFault(offset, message, advice)
    key = _KEY.match(text, line_start, offset)
    if key and text[key.end()] in "[{":
        return _begins_no_value(failure, key.end())
    if text.startswith(":", offset):
        return OffsetFault(offset, _("The key is blank."), _("Write the key before the colon."))
    return mistyping_at(text, offset) or _unmatched_indentation(failure)


def _list_behind_key(failure: Failure) -> OffsetFault:
    message = _("A list cannot begin on the line of its key.")
    advice = _("Write each item on a line of its own.")
    return OffsetFault(failure.offset, message, sentences(advice, quote_advice(failure.text, failure.offset)))


def _bracket_not_closed(failure: Failure) -> OffsetFault:
    return _bracket_at(failure, failure.begun)


def _bracket_at(failure: Failure, offset: int) -> OffsetFault:
    text = failure.text
    message = _("The bracket “{sign}” opened here is not closed as it should be.").format(sign=text[offset])
    return OffsetFault(offset, message, quote_advice(text, offset))


def _quotes_not_closed(failure: Failure) -> OffsetFault:
    message = _("The quotes opened here are not closed.")
    return OffsetFault(
        failure.begun, message, _("Close them at the end of the value; a value may also stand without quotes.")
    )


def _wrong_escape(failure: Failure) -> OffsetFault:
    text = failure.text
    start = text.rfind("\\", 0, failure.offset + 1)
    written = text[start : start + 6].split('"')[0].split()[0] if start >= 0 else ""
    message = _("“{written}” is no character: in double quotes a backslash begins an escape.").format(written=written)
    return OffsetFault(max(start, failure.begun), message, _("Use single quotes, where a backslash is a backslash."))


def _directive(failure: Failure) -> OffsetFault:
    return refusals.directive(failure.text.rfind("\n", 0, failure.offset) + 1)


def _too_deep(failure: Failure) -> OffsetFault:
    return refusals.too_deep(failure.offset)


def _after_end(failure: Failure) -> OffsetFault:
    """Explain what follows the end of the document: the mark ``...``, or less indentation than at its start."""
    text, offset = failure.text, failure.offset
    above = _line_above(text, text.rfind("\n", 0, offset) + 1)
    if above >= 0 and line_at(text, above).startswith("..."):
        return refusals.second_document(offset)
    return _key_expected(failure)


# Fragments of libyaml's sentences, the particular before the general.
_EXPLANATIONS: tuple[tuple[str, Callable[[Failure], OffsetFault]], ...] = (
    ("scanning a directive", _directive),
    ("%YAML directive", _directive),
    ("%TAG directive", _directive),
    ("incompatible YAML document", _directive),
    ("expected <document start>", _after_end),
    ("maximum nesting depth", _too_deep),
    ("found a tab character", _tab),
    ("cannot start any token", _forbidden_start),
    ("node content", _forbidden_start),
    ("mapping keys are not allowed", _forbidden_start),
    ("scanning an anchor", _incomplete_start),
    ("scanning an alias", _incomplete_start),
    ("a tag", _incomplete_start),
    ("tag handle", _incomplete_start),
    ("scanning a block scalar", _incomplete_start),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _colon_expected),
    ("sequence entries are not allowed", _list_behind_key),
    ("parsing a flow", _bracket_not_closed),
    ("expected key", _key_expected),
    ("expected '-' indicator", _key_expected),
    ("escape", _wrong_escape),
    ("hexdecimal", _wrong_escape),
    ("scanning a quoted scalar", _quotes_not_closed),
)
