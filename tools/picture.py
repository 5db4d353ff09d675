"""The picture of a terminal that each README shows: the program's own output, drawn by Rich as SVG.

It fetches no font: a browser draws it with those of its machine. So that columns meet in any of them, each piece of a
line gets its place and its width from here, narrow and wide characters apart.
"""

from __future__ import annotations

import io
import re
from html import unescape
from itertools import groupby

from consoles import Story
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

COLUMNS = 98
BEFORE = (
    "reformledger progress point-6 --text 专业群建设方案已印发 --percent 90 --by 职成高教科 --date 2020-11-30",
    "reformledger progress task-1 --text 修订合作协议 --percent 30 --by 职成高教科 --date 2020-11-30",
    "reformledger close scheme-1 --evidence 销账材料〔2020〕2号 --date 2020-11-25",
)
"""What was recorded before: the notice alone has no reports."""
SHOWN = (
    "reformledger list --due 2020 --leader 谢强 --as-of 2020-12-05",
    "reformledger due --department 职成高教科 --as-of 2020-12-05",
)
_MARGIN = 2  # a font may draw ☆, in the last column, wide
_CELL_HEIGHT = 20
_CELL_WIDTH = 11
_FONTS = "'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', 'PingFang SC', Consolas, Menlo, monospace"
# As Rich fills it; its own format fetches a font.
_FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; white-space: pre; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""".replace("FONTS", _FONTS)
_PIECE = re.compile(
    r'<text class="(?P<style>[^"]+)" x="(?P<x>[^"]+)" y="(?P<y>[^"]+)" textLength="[^"]+" '
    r'clip-path="(?P<clip>[^"]+)">(?P<text>[^<]*)</text>'
)


def terminal_svg(language: str) -> str:
    """Return the picture in a language, which is that of this process."""
    with Story(language, COLUMNS) as story:
        for command in BEFORE:
            story.run(command)
        shown = [story.run(command) for command in SHOWN]
    console = Console(
        record=True, width=COLUMNS + _MARGIN, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    for command, output in zip(SHOWN, shown, strict=True):
        console.print(Text(f"$ {command}", style="bold"))
        console.print(Text.from_ansi(output))
    drawn = console.export_svg(
        title="reformledger",
        code_format=_FORMAT,
        font_aspect_ratio=_CELL_WIDTH / _CELL_HEIGHT,
        unique_id=f"terminal-{language}",
    )
    return "\n".join(line.rstrip() for line in _PIECE.sub(_placed, drawn).splitlines()) + "\n"


def _placed(piece: re.Match[str]) -> str:
    """Return a piece of a line as pieces of characters of one width, each at its place.

    Rich counts characters for the width of a piece, where a Chinese one takes two cells, and blanks need no drawing.
    """
    x = float(piece["x"])
    drawn = []
    for (width, blank), characters in groupby(unescape(piece["text"]), key=lambda one: (cell_len(one), one.isspace())):
        text = "".join(characters)
        length = _CELL_WIDTH * width * len(text)
        if not blank:
            drawn.append(
                f'<text class="{piece["style"]}" x="{x:g}" y="{piece["y"]}" textLength="{length:g}" '
                f'lengthAdjust="spacingAndGlyphs" clip-path="{piece["clip"]}">{_escaped(text)}</text>'
            )
        x += length
    return "\n".join(drawn)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
