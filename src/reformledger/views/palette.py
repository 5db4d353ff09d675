"""The colours of lights and severities, where an answer is drawn: on pages, in workbooks, on paper.

Five tones that a colour-blind reader tells apart, and a word beside each wherever they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Tone(NamedTuple):
    """A tone as RRGGBB: ``solid`` for what is drawn, ``on`` for text on it, ``fill`` behind ``ink`` on white.

    ``dark_…`` are those on a dark page.
    """

    solid: str
    on: str
    fill: str
    ink: str
    dark_solid: str
    dark_on: str
    dark_fill: str
    dark_ink: str


# Any two solids are at least 35 apart (CIE Lab), also as protanopes and deuteranopes see them: to them a neutral grey
# would be a green.
TONES = {
    "red": Tone("c4262a", "ffffff", "fde8e6", "9c1c1a", "c4262a", "ffffff", "4a1f1e", "ffb4ad"),
    "yellow": Tone("f4b622", "14181f", "fff3d1", "7a5200", "f4b622", "14181f", "443510", "ffd773"),
    "blue": Tone("2160d8", "ffffff", "e5edfd", "1d4694", "2160d8", "ffffff", "1b2f57", "aac6ff"),
    "green": Tone("40c08f", "14181f", "def5ea", "0b6445", "40c08f", "14181f", "103b2b", "8fdfbd"),
    "grey": Tone("6a5d78", "ffffff", "efedf2", "51475d", "8a73a8", "0c0f13", "2f2a37", "c9c1d4"),
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

    def tokens(prefix: str) -> dict[str, str]:
        parts = ("solid", "on", "fill", "ink")
        return {f"{name}-{part}": getattr(tone, prefix + part) for name, tone in TONES.items() for part in parts}

    light, dark = block(tokens("")), block(tokens("dark_"))
    yield f":root{light}"
    yield f"@media screen and (prefers-color-scheme:dark){{:root{dark}}}"
