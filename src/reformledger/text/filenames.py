"""Names of files made from names of anything, as every system takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from reformledger.text.folding import option_key

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Devices of Windows, with whatever ending."""
_MOST_BYTES = 200
"""Bytes of a name in UTF-8, its ending included; Linux takes 255, and programs add to names."""


def file_names(titles: Iterable[str], ending: str) -> Iterator[str]:
    """Yield a name for the file of each title, no two alike where case, width and composition do not matter."""
    taken: set[str] = set()
    for title in titles:
        for number in count(1):
            name = _named(title, ending if number == 1 else f" ({number}){ending}")
            if (key := option_key(name)) not in taken:
                break
        taken.add(key)
        yield name


def _named(title: str, ending: str) -> str:
    """Return a title, cleaned and cut, with its ending."""
    room = _MOST_BYTES - len(ending.encode())
    cleaned = re.sub(r"\.{2,}", ".", _NOT_IN_NAMES.sub("-", title)).strip(". ")
    cut = cleaned.encode()[:room].decode(errors="ignore").strip(". ") or "-"
    return f"{'_' if _RESERVED.fullmatch(cut) else ''}{cut}{ending}"
