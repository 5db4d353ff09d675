"""How help pages look: Chinese is folded instead of cut, and no Python type is beside a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from reformledger.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines


@cache
def install_highlighters() -> None:
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
