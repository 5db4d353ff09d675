"""How help pages look: Chinese is folded like our answers instead of cut, and no Python type stands beside a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from reformledger.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines


@cache
def dress() -> None:
    """Replace the highlighters through which Typer passes all texts of its help pages (imports Rich)."""
    from rich.containers import Lines
    from rich.text import Text
    from typer import rich_utils

    from reformledger.views.wrap import fold

    class Folded(Text):
        """Text that breaks where ours does: to Rich a Chinese sentence is one word, cut where room ends."""

        def wrap(self, console: Console, width: int, **options: Any) -> Lines:  # noqa: ARG002 - Rich calls it so
            """Return the lines; what else Rich wishes is no matter for a help page."""
            lines = Lines()
            end = 0
            for line in fold(self.plain, width):
                start = self.plain.index(line, end)
                end = start + len(line)
                lines.append(self[start:end])
            return lines

    class Texts(rich_utils.OptionHighlighter):
        """Colours as Typer's; it also knows our word for “Usage”."""

        highlights: ClassVar[list[str]] = [
            *rich_utils.OptionHighlighter.highlights,
            f"^(?P<usage>{re.escape(_('Usage: '))})",
        ]

        def __call__(self, text: str | Text) -> Text:
            made = super().__call__(text)
            return Folded(made.plain, made.style, spans=made.spans)

    class Types(rich_utils.TypesHighlighter):
        """Keeps the words for what to write; ``<list[str]>`` and ``<bool>`` tell it to programmers alone."""

        def __call__(self, text: str | Text) -> Text:
            made = super().__call__(text)
            return Text() if re.fullmatch("<.*>", made.plain) else made

    rich_utils.highlighter = Texts()
    rich_utils.types_highlighter = Types()
