"""Encodings of Chinese texts: a text decoded, and the encoding that fits one that is not UTF-8."""

from __future__ import annotations

import codecs
from functools import cache
from itertools import chain

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_SAMPLE = 2**16
"""Bytes by which encodings are compared."""
_LEAST_COMMON = 0.8
"""The share of common characters in a text that is Chinese."""


def decoded(data: bytes, encoding: str) -> str:
    """Return text without its byte order mark; raises ``UnicodeError``, ``LookupError`` for what is no encoding."""
    return data.decode(encoding).removeprefix("\ufeff")


def is_encoded(data: bytes, encoding: str) -> bool:
    """Say whether bytes are text in an encoding, and there is such a one.

    What is UTF-8 is nothing else: no text in another encoding is UTF-8 by chance, but many a one the other way round.
    """
    try:
        decoded(data, encoding)
        is_other = not codecs.lookup(encoding).name.startswith("utf-8") and not data.isascii()
    except (UnicodeError, LookupError):
        return False
    return not (is_other and is_encoded(data, "utf-8"))


def fitting_encoding(data: bytes) -> str:
    """Return the encoding by which bytes are Chinese text, "" for none: most of its characters are common ones."""
    candidates = ("utf-16",) if data.startswith(UTF16_MARKS) else _OTHERS
    shares = {encoding: _share_of_common(data, encoding) for encoding in candidates}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _LEAST_COMMON else ""


def _share_of_common(data: bytes, encoding: str) -> float:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        text = decoder.decode(data[:_SAMPLE], final=len(data) <= _SAMPLE).removeprefix("\ufeff")
    except UnicodeError:
        return 0
    others = [character for character in text if not "\t" <= character <= "~"]
    return sum(character in _common() for character in others) / len(others) if others else 0


@cache
def _common() -> frozenset[str]:
    """Return the characters of the first level of GB 2312 and of Big5, and the marks that are written with them."""
    simplified = bytes(chain.from_iterable((row, cell) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)))
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(chain.from_iterable((row, cell) for row in range(0xA4, 0xC7) for cell in cells))
    marks = map(chr, chain(range(0x2000, 0x2700), range(0x3000, 0x3040), range(0xFF00, 0xFFF0)))
    return frozenset(chain(simplified.decode("gb2312", "ignore"), traditional.decode("big5", "ignore"), marks))
