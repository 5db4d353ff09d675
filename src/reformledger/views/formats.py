"""The formats of answers and of findings."""

from __future__ import annotations

from typing import Literal

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "md")

CheckFormat = Literal["text", "json"]
CHECK_FORMATS: tuple[CheckFormat, ...] = ("text", "json")
"""The formats of findings."""
