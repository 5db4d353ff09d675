"""Bytes to text: UTF-8 alone, never the system's encoding; any other is named, with how to save the file again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from reformledger.i18n import _
from reformledger.limits import FAULTS
from reformledger.yamlio.data import BOM
from reformledger.yamlio.faults.characters import save_as_utf8
from reformledger.yamlio.faults.fault import TextFault, YamlError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = {
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_COLON = re.compile(r":[ \r\n]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CHINESE_SHARE = 0.8  # of the characters beyond ASCII; GB 18030 gives nearly any bytes a meaning, but not a common one


def decode(raw: bytes) -> tuple[str, bool]:
    """Return the text of UTF-8 bytes and whether a byte order mark was taken off it; raises ``YamlError``."""
    if raw.startswith(_OFFICE_FILES):
        message = _("This is an Excel, Word or WPS file (or a zip archive), not text.")
        raise YamlError([TextFault(0, 0, message, _("Give the YAML file."))])
    encoding = _utf_other_than_8(raw)
    if encoding:
        message = _("The file is encoded in {encoding}, not in UTF-8.").format(encoding=encoding)
        raise YamlError([TextFault(0, 0, message, save_as_utf8())])
    bom = raw.startswith(BOM)
    raw = raw.removeprefix(BOM)
    try:
        return raw.decode("utf-8"), bom
    except UnicodeDecodeError as error:
        raise YamlError(_not_utf8(raw, error)) from None


def _utf_other_than_8(raw: bytes) -> str:
    """Return the name of a UTF with wider units, known by its mark or by where its NUL bytes are, or nothing."""
    for encoding, marks in _MARKS.items():
        if raw.startswith(marks):
            return encoding
    for encoding, order in product(_MARKS, ("LE", "BE")) if b"\0" in raw else ():
        with suppress(UnicodeDecodeError):
            text = raw.decode(f"{encoding}-{order}")
            # Read with the right width, YAML has its colons and no NUL.
            if "\0" not in text and _COLON.search(text):
                return encoding
    return ""


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> list[TextFault]:
    """Say why bytes are no UTF-8: another encoding as a whole or on some lines, a surrogate, an end cut off."""
    wrong = list(_wrong_lines(raw))
    if _is_chinese(b"".join(content for _line, _column, content in wrong)):
        if _right_lines(raw, len(wrong)) < len(wrong):
            message = _("The file is not UTF-8; it looks like GB18030 (GBK).")
            return [TextFault(*wrong[0][:2], message, save_as_utf8())]
        message = _("This line looks like GB18030 (GBK), in a file that is UTF-8 elsewhere.")
        advice = _("Type the line again, or join the files after saving both as UTF-8.")
        return [TextFault(line, column, message, advice) for line, column, _content in wrong[:FAULTS]]
    line, column = _place(raw, error.start)
    if _SURROGATE.match(raw, error.start):
        message = _("Half a character: the lone surrogate U+{code:04X}.").format(
            code=ord(raw[error.start : error.start + 3].decode("utf-8", "surrogatepass"))
        )
        return [TextFault(line, column, message, _("Delete it and type the character again."))]
    if error.reason == "unexpected end of data":
        message = _("The file ends in the middle of a character.")
        return [TextFault(line, column, message, _("It was cut off: copy or download it again."))]
    codes = raw[error.start : error.end].hex(" ").upper()
    message = _("Not UTF-8: the byte {codes}; its encoding is unknown.").format(codes=codes)
    return [TextFault(line, column, message, save_as_utf8())]


def _wrong_lines(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield number, column and bytes of each line that is no UTF-8."""
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield number, len(line[: error.start].decode("utf-8")) + 1, line


def _right_lines(raw: bytes, enough: int) -> int:
    """Count, up to ``enough``, the lines that hold more than ASCII and are UTF-8, and not by accident."""
    count = 0
    for line in raw.split(b"\n"):
        with suppress(UnicodeDecodeError):
            count += bool(line.decode("utf-8")) and not line.isascii() and not _is_chinese(line)
        if count == enough:
            break
    return count


def _is_chinese(raw: bytes) -> bool:
    """Say whether bytes read as GB 18030 give mostly common Chinese (the characters of GB 2312)."""
    try:
        characters = [character for character in raw.decode("gb18030") if not character.isascii()]
    except UnicodeDecodeError:
        return False
    common = "".join(characters).encode("gb2312", "ignore")
    return bool(characters) and len(common) >= 2 * _CHINESE_SHARE * len(characters)


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    before = raw[:offset]
    line_start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[line_start:].decode("utf-8")) + 1
