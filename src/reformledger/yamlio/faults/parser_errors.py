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
from reformledger.yamlio.faults.mistypings import mistyping_at, wrong_indentation

_KEY = re.compile(r" *(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#][^:#]*?):[ \t]+")
_INDENTATION = re.compile(r" *(?:- +)*")
_ITEM = re.compile(r" *(?:- +)+(?=\S)")
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

    @property
    def line_start(self) -> int:
        """Where the line begins in which the parser gave up."""
        return self.text.rfind("\n", 0, self.offset) + 1


def explain(error: Exception, text: str, around: int) -> tuple[OffsetFault, int]:
    """Explain an error of the parser, raised in the mapping or list of ``text`` that begins at ``around``.

    With the fault comes the offset up to which what was read can be trusted.
    """
    problem_mark = getattr(error, "problem_mark", None)
    offset = min(problem_mark.index, len(text)) if problem_mark else 0
    context_mark = getattr(error, "context_mark", None)
    begun = min(context_mark.index, offset) if context_mark else offset
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    reason = ", ".join(part for part in (context, problem) if part) or str(error)
    explanation = next((found for pattern, found in _EXPLANATIONS if re.search(pattern, reason)), _unknown)
    # What a scalar takes in that never ends cannot be trusted.
    trusted = begun if "scalar" in reason else offset
    return explanation(Failure(text, offset, begun, around, reason)), trusted + len(line_at(text, trusted))


def _unknown(failure: Failure) -> OffsetFault:
    message = _("The YAML cannot be read here ({reason}).").format(reason=failure.reason)
    return OffsetFault(failure.offset, message, _("Look at the indentation, quotes and brackets of this line."))


def _begins_no_value(failure: Failure, offset: int) -> OffsetFault:
    """Explain a character that begins no value, as it stands or at all; a tab; the end of what is not closed."""
    text = failure.text
    character = text[offset : offset + 1]
    if character == "\t":
        return _tab(failure)
    if not character.strip():
        return _bracket_at(failure, failure.around) if text[failure.around] in "[{" else _unknown(failure)
    message = _("A value cannot begin with “{sign}” as it stands.").format(sign=character)
    return OffsetFault(offset, message, quote_advice(text, offset))


def _tab(failure: Failure) -> OffsetFault:
    offset = failure.offset
    if not failure.text[failure.line_start : offset].strip():
        return OffsetFault(offset, *wrong_indentation("\t"))
    message = _("{sign} stands where only ordinary spaces may.").format(sign=name_character("\t"))
    return OffsetFault(offset, message, _("Replace it by a space."))


def _second_colon(failure: Failure) -> OffsetFault:
    """Explain a colon where no key can be: inside a value, or on a line that the value above goes on into."""
    text, offset, line_start = failure.text, failure.offset, failure.line_start
    key = _KEY.match(text, line_start, offset)
    if key is None and offset - line_start > _LONGEST_KEY:
        key = _INDENTATION.match(text, line_start)
    if key:
        message = _("The value holds “: ”, which would make it a key.")
        return OffsetFault(key.end(), message, quote_advice(text, key.end()))
    above = _line_above(text, line_start)
    if above < 0:
        return _unmatched_indentation(failure)
    return _line_without_key(text, above) or _item_without_key(failure, above) or _unmatched_indentation(failure)


def _line_above(text: str, line_start: int) -> int:
    """Return the offset of the nearest line above that holds more than a comment, or -1."""
    while line_start > 0:
        line_start = text.rfind("\n", 0, line_start - 1) + 1
        line = line_at(text, line_start).strip()
        if line and not line.startswith("#"):
            return line_start
    return -1


def _unmatched_indentation(failure: Failure) -> OffsetFault:
    message = _("The indentation of this line fits none of the lines above.")
    advice = _("Indent keys that belong together alike, and list items two spaces under their key.")
    return OffsetFault(_behind_indentation(failure.text, failure.line_start), message, advice)


def _line_without_key(text: str, line_start: int) -> OffsetFault | None:
    """Explain a line that is neither key nor item by what is there instead; None when it is one."""
    mistyping = mistyping_at(text, line_start)
    if mistyping or _KEY_OR_ITEM.match(line_at(text, line_start)):
        return mistyping
    return _neither_key_nor_item(_behind_indentation(text, line_start))


def _item_without_key(failure: Failure, above: int) -> OffsetFault | None:
    """Explain a list item of text that keys follow; ``above`` is the offset of its line. None when it is none."""
    text, line_start = failure.text, failure.line_start
    item = _ITEM.match(text, above)
    if item is None or item.end() - above != _behind_indentation(text, line_start) - line_start:
        return None
    message = _("This item is a text, but the next line is a key of the same item.")
    return OffsetFault(item.end(), message, _("Write its first line as a key too: “- key: value”."))


def _behind_indentation(text: str, line_start: int) -> int:
    line = line_at(text, line_start)
    return line_start + len(line) - len(line.lstrip(" "))


def _neither_key_nor_item(offset: int) -> OffsetFault:
    message = _("This line is neither “key: value” nor “- item”.")
    advice = _("If it goes on from the line above, put both on one line; a text in quotes ends with its quote.")
    return OffsetFault(offset, message, advice)


def _key_expected(failure: Failure) -> OffsetFault:
    """Explain what follows where a key or an item was expected: text behind a quote or bracket, or indentation."""
    text, offset, line_start = failure.text, failure.offset, failure.line_start
    before = text[line_start:offset].rstrip()
    if before.endswith(('"', "'")):
        if text.startswith(":", offset) and (mistyping := mistyping_at(text, offset)):
            return mistyping
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
        return refusals.blank_key(offset)
    return mistyping_at(text, offset) or _unmatched_indentation(failure)


def _list_behind_key(failure: Failure) -> OffsetFault:
    message = _("A list cannot begin on the line of its key.")
    advice = _("Write each item on a line of its own.")
    return OffsetFault(failure.offset, message, sentences(advice, quote_advice(failure.text, failure.offset)))


def _bracket_at(failure: Failure, offset: int) -> OffsetFault:
    text = failure.text
    message = _("The bracket “{sign}” opened here is not closed as it should be.").format(sign=text[offset])
    return OffsetFault(offset, message, quote_advice(text, offset))


def _quotes_not_closed(failure: Failure) -> OffsetFault:
    advice = _("Close them at the end of the value; a value may also stand without quotes.")
    return OffsetFault(failure.begun, _("The quotes opened here are not closed."), advice)


def _wrong_escape(failure: Failure) -> OffsetFault:
    text = failure.text
    start = text.rfind("\\", 0, failure.offset + 1)
    written = text[start : start + 6].split('"')[0].split()[0] if start >= 0 else ""
    message = _("“{written}” is no character: in double quotes a backslash begins an escape.").format(written=written)
    return OffsetFault(max(start, failure.begun), message, _("Use single quotes, where a backslash is a backslash."))


def _after_end(failure: Failure) -> OffsetFault:
    """Explain what follows the end of the document: the mark ``...``, or less indentation than at its start."""
    above = _line_above(failure.text, failure.line_start)
    if above >= 0 and line_at(failure.text, above).startswith("..."):
        return refusals.second_document(failure.offset)
    return _key_expected(failure)


_EXPLANATIONS: tuple[tuple[str, Callable[[Failure], OffsetFault]], ...] = (
    (
        "scanning a directive|%(?:YAML|TAG) directive|incompatible YAML document",
        lambda failure: refusals.directive(failure.line_start),
    ),
    ("expected <document start>", _after_end),
    ("maximum nesting depth", lambda failure: refusals.too_deep(failure.offset)),
    ("found a tab character", _tab),
    (
        "cannot start any token|node content|mapping keys are not allowed",
        lambda failure: _begins_no_value(failure, failure.offset),
    ),
    (
        "scanning an (?:anchor|alias)|a tag|tag handle|scanning a block scalar",
        lambda failure: _begins_no_value(failure, failure.begun),
    ),
    ("mapping values are not allowed", _second_colon),
    (
        "could not find expected ':'",
        lambda failure: mistyping_at(failure.text, failure.begun) or _neither_key_nor_item(failure.begun),
    ),
    ("sequence entries are not allowed", _list_behind_key),
    ("parsing a flow", lambda failure: _bracket_at(failure, failure.begun)),
    ("expected (?:key|'-' indicator)", _key_expected),
    ("escape|hexdecimal", _wrong_escape),
    ("scanning a quoted scalar", _quotes_not_closed),
)
"""Patterns of libyaml's sentences, the particular before the general."""
