"""Help pages: in the user's language, Chinese folded instead of cut, and no Python type beside a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from typer.core import TyperCommand, TyperGroup, TyperOption

from reformledger.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines


class TranslatedCommand(TyperCommand):
    """A command whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        _prepare(self, ctx)
        super().format_help(ctx, formatter)


class TranslatedGroup(TyperGroup):
    """A command with commands of its own, whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        _prepare(self, ctx)
        super().format_help(ctx, formatter)


def _typer_words() -> dict[str, str]:
    """Return the texts that Typer writes into help pages in English, and ours for them."""
    return {
        "Usage: ": _("Usage: "),
        "Show this message and exit.": _("Show this message and exit."),
        "Install completion for the current shell.": _("Install completion for the current shell."),
        "Show completion for the current shell, to copy it or customize the installation.": _(
            "Show completion for the current shell, to copy it or customize the installation."
        ),
    }


def _translated_usage(usage: str) -> str:
    """Return a usage line of Typer's with our word for “Usage”."""
    prefix = "Usage: "
    return _typer_words()[prefix] + usage.removeprefix(prefix)


def _prepare(command: TyperCommand | TyperGroup, ctx: Any) -> None:
    """Translate the options that Typer adds to a command by itself, and have all texts folded."""
    words = _typer_words()
    for option in command.get_params(ctx):
        if isinstance(option, TyperOption):
            option.help = words.get(option.help or "", option.help)
    _install_highlighters()


@cache
def _install_highlighters() -> None:
    """Replace the highlighters through which Typer passes all texts of its help pages (imports Rich)."""
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
