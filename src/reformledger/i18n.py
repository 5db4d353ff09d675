"""The language of everything the program says: settled once, from the environment, before anything speaks.

English sentences are the keys; ``locale/zh`` holds the Chinese ones (a gettext catalogue, so that
translators use the tools they know).
"""

from __future__ import annotations

import gettext
import os
import sys
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
DOMAIN = "reformledger"
_CHINESE_ENDS = ("。", "？", "！", "：", "；", "，")


@cache
def language() -> Language:
    """Return the user's language.

    ``REFORMLEDGER_LANG``, then ``LC_ALL``, ``LC_MESSAGES``, ``LANG`` (the first that is set decides, as in
    POSIX), on Windows else the user's own; ``zh*`` is Chinese, everything else English.
    """
    for variable in ("REFORMLEDGER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return _windows_language() if sys.platform == "win32" else "en"


def _windows_language() -> Language:
    """Return the display language that the Windows user chose (primary language 0x04 is Chinese)."""
    import ctypes

    chinese = 0x04
    # To a type checker that runs elsewhere there is no windll.
    identifier: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return "zh" if identifier & 0x3FF == chinese else "en"


@cache
def _catalogue() -> gettext.NullTranslations:
    if language() == "en":
        return gettext.NullTranslations()
    folder = Path(__file__).parent / "locale"
    return gettext.translation(DOMAIN, folder, languages=["zh"], fallback=True)


def _(message: str) -> str:
    """Return ``message`` in the user's language."""
    return _catalogue().gettext(message)


def sentences(*parts: str) -> str:
    """Return sentences as one text: English parts them by a space, Chinese by its full stop alone; "" is none."""
    text = ""
    for part in filter(None, parts):
        text += part if not text or (language() == "zh" and text.endswith(_CHINESE_ENDS)) else f" {part}"
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a counted sentence that fits ``count`` in the user's language."""
    return _catalogue().ngettext(singular, plural, count)
