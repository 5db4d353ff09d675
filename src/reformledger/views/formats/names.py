"""The formats of answers and of findings."""

from __future__ import annotations

from typing import Literal

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "md")

CheckFormat = Literal["text", "json", "github", "sarif"]
CHECK_FORMATS: tuple[CheckFormat, ...] = ("text", "json", "github", "sarif")
"""The formats of findings."""
