"""An answer in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reformledger.views.formats import Format
from reformledger.views.output import Output
from reformledger.views.sheet import Sheet


class Answer(NamedTuple):
    """What a command found: sheets for people, and what JSON prints; each is made only when it is printed."""

    sheets: Callable[[Format], list[Sheet]]
    json: Callable[[], object]
