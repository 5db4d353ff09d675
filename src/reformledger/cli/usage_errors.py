"""Typer's sentences about a wrong command line in the user's language; each is known by its shape or class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reformledger.i18n import _, sentences
from reformledger.text.nearest import nearest_advice

if TYPE_CHECKING:
    from typer.exceptions import TyperException


def _usage_errors() -> list[tuple[str, str]]:
    """Return the shapes of Typer's usage errors and ours for them; what a shape names goes into the braces."""
    return [
        (r"No such option: (?P<option>.+)", _("There is no option {option}.")),
        (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", _("Too many words: {words}.")),
        (r"Option '(?P<option>.*)' requires an argument\.", _("{option} needs a value after it.")),
        (r"Option '(?P<option>.*)' does not take a value\.", _("{option} takes no value.")),
    ]


def _parameter_errors() -> dict[str, str]:
    """Return our sentences for the errors that name a parameter, by class: Typer keeps these classes to itself."""
    return {
        "MissingParameter": _("{name} is missing."),
        "BadParameter": _("The value of {name} cannot be read."),
    }


def usage_sentence(error: TyperException) -> str:
    """Return what is wrong with a command line, in the user's language."""
    parameter = getattr(error, "param", None)
    sentence = _parameter_errors().get(type(error).__name__)
    if sentence and parameter:
        return sentence.format(name=str(parameter.get_error_hint()).replace("'", ""))
    for shape, sentence in _usage_errors():
        if match := re.fullmatch(shape, error.message, re.DOTALL):
            advice = nearest_advice(list(getattr(error, "possibilities", None) or ()))
            return sentences(sentence.format(**match.groupdict()), advice)
    return error.format_message()
