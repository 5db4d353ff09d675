"""Typer's own sentences in the user's language.

Typer asks ``gettext`` for some of its words and writes the others in English where it needs them. The first get
our catalogue (``speak`` must run before Typer is imported), the second are known by their shape.
"""

from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING

from reformledger.i18n import _, sentences
from reformledger.text.nearest import nearest_advice

if TYPE_CHECKING:
    from typer.exceptions import TyperException


def speak() -> None:
    """Let Typer, which binds ``gettext.gettext`` when it is imported, take its words from our catalogue."""
    gettext.gettext = _


def typer_words() -> dict[str, str]:
    """Return the texts that Typer writes into help pages in English, and ours for them."""
    return {
        "Usage: ": _("Usage: "),
        "Show this message and exit.": _("Show this message and exit."),
        "Install completion for the current shell.": _("Install completion for the current shell."),
        "Show completion for the current shell, to copy it or customize the installation.": _(
            "Show completion for the current shell, to copy it or customize the installation."
        ),
    }


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
