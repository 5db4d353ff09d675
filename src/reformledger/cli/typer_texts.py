"""What Typer says, in the user's language: help pages, and sentences about a wrong command line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from reformledger.i18n import _, sentences
from reformledger.text.nearest import nearest_advice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines
    from typer.exceptions import TyperException


def translated_usage(usage: str) -> str:
    """Return a usage line of Typer's with our word for “Usage”."""
    return _("Usage: ") + usage.removeprefix("Usage: ")


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


def missing_words(error: TyperException) -> list[str]:
    """Return words for the argument that a command line lacks: for the year of a rollover, the one that follows."""
    from reformledger import load_book
    from reformledger.errors import ReformLedgerError

    name, context = getattr(getattr(error, "param", None), "name", ""), getattr(error, "ctx", None)
    if type(error).__name__ != "MissingParameter" or name != "year" or context is None:
        return []
    try:
        years = load_book(*(context.params.get("data") or ())).years
    except ReformLedgerError:
        return []
    return [str(years[-1] + 1)] if years else []


@cache
def install_highlighters() -> None:
    """Replace the highlighters through which Typer passes all texts of its help pages (imports Rich).

    Chinese is folded instead of cut, and no Python type is beside a name.
    """
    from rich.containers import Lines
    from rich.text import Text
    from typer import rich_utils

    from reformledger.views.wrap import fold

    class FoldedText(Text):
        """Text folded as in our answers: to Rich a Chinese sentence is one word, cut where the line ends."""

        def wrap(self, console: Console, width: int, **options: Any) -> Lines:  # noqa: ARG002 - Rich calls it so
            """Return the lines; Rich's other options do not matter on a help page."""
            lines = Lines()
            end = 0
            for line in fold(self.plain, width):
                start = self.plain.index(line, end)
                end = start + len(line)
                lines.append(self[start:end])
            return lines

    class OptionHighlighter(rich_utils.OptionHighlighter):
        """Colours as Typer's; it also knows our word for “Usage”."""

        highlights: ClassVar[list[str]] = [
            *rich_utils.OptionHighlighter.highlights,
            f"^(?P<usage>{re.escape(_('Usage: '))})",
        ]

        def __call__(self, text: str | Text) -> Text:
            made = super().__call__(text)
            return FoldedText(made.plain, made.style, spans=made.spans)

    class TypesHighlighter(rich_utils.TypesHighlighter):
        """Keeps the words for what to write; ``<list[str]>`` and ``<bool>`` mean something to programmers alone."""

        def __call__(self, text: str | Text) -> Text:
            made = super().__call__(text)
            return Text() if re.fullmatch("<.*>", made.plain) else made

    rich_utils.highlighter = OptionHighlighter()
    rich_utils.types_highlighter = TypesHighlighter()
