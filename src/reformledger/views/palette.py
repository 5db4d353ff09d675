"""The colours of lights and severities, where an answer is drawn: on pages, in workbooks, on paper.

Five tones that a colour-blind reader tells apart, and a word beside each wherever they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Tone(NamedTuple):
    """A tone as RRGGBB: ``solid`` for what is drawn, ``fill`` behind text on white, ``ink`` for that text.

    ``dark_fill`` and ``dark_ink`` are those on a dark page.
    """

    solid: str
    fill: str
    ink: str
    dark_fill: str
    dark_ink: str


TONES = {
    "red": Tone("c62f2d", "fde7e5", "9c1c1a", "4a1f1e", "ffb4ad"),
    "yellow": Tone("f2b10a", "fff3d1", "7a5200", "443510", "ffd773"),
    "blue": Tone("2b6cb8", "e4eefa", "1d4f8c", "1c3250", "a9cdf7"),
    "green": Tone("16a085", "dff5ef", "0b6653", "123d34", "8fdcc9"),
    "grey": Tone("6b7280", "eef0f3", "4b5563", "2c323b", "c3c9d3"),
}
_SAME = {"cyan": "blue", "dim": "grey"}


def tone_name(style: str) -> str:
    """Return the name of the tone of a style of Rich (``bold red``), "" for one without colour."""
    words = (_SAME.get(word, word) for word in style.split())
    return next((word for word in words if word in TONES), "")


def tone_of(style: str) -> Tone | None:
    """Return the tone of a style of Rich, None for one without colour."""
    return TONES.get(tone_name(style))


def css_tokens() -> Iterator[str]:
    """Yield the tones as custom properties of CSS (``--red-fill``), for a dark page where a reader prefers one."""

    def block(values: dict[str, str]) -> str:
        return "{" + "".join(f"--{name}:#{value};" for name, value in values.items()) + "}"

    light = {f"{name}-{part}": getattr(tone, part) for name, tone in TONES.items() for part in ("solid", "fill", "ink")}
    dark = {f"{name}-{part}": getattr(tone, f"dark_{part}") for name, tone in TONES.items() for part in ("fill", "ink")}
    yield f":root{block(light)}"
    yield f"@media screen and (prefers-color-scheme:dark){{:root{block(dark)}}}"
