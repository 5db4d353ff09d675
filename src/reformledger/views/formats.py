"""The formats of an answer."""

from __future__ import annotations

from typing import Literal

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "md")
