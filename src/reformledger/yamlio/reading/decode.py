"""Bytes to text: UTF-8 alone, never the system's encoding; any other is named, with how to save the file again."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.limits import FAULTS
from reformledger.yamlio.data import BOM
from reformledger.yamlio.faults.characters import name_character, save_as_utf8
from reformledger.yamlio.faults.fault import TextFault, YamlError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = {
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_COLON = re.compile(r":[ \r\n]")
_OVERLONG = rb"[\xc0\xc1][\x80-\xbf]"  # ASCII in two bytes; in GB 18030 characters as common as 来
# What may have been there instead of a damaged byte: nothing, ASCII, each kind of byte that goes on or begins.
_REPAIRS = (b"", b"A", b"\x80", b"\x90", b"\xa0", b"\xc3", b"\xe5", b"\xf1")
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
    except UnicodeDecodeError:
        raise YamlError(_not_utf8(raw)) from None


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


class _WrongLine(NamedTuple):
    """A line that is no UTF-8; ``start`` and ``end`` enclose its first bytes that are no character.

    ``is_cut_off``: a character begins there and the line ends.
    """

    number: int
    content: bytes
    start: int
    end: int
    is_cut_off: bool

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of those bytes."""
        return self.number, len(self.content[: self.start].decode("utf-8")) + 1


def _not_utf8(raw: bytes) -> list[TextFault]:
    """Say why bytes are no UTF-8: GB 18030 as a whole or on some lines, or UTF-8 that was damaged.

    Lines that are no UTF-8 are GB 18030 where what they hold beyond ASCII is, so read, mostly common Chinese and,
    read as UTF-8, has more errors than Chinese characters; unless all errors are overlong forms, or in a file that
    has Chinese in UTF-8 a single damaged byte explains them. The file as a whole is GB 18030 where fewer lines are
    UTF-8 than are not.
    """
    wrong = list(_wrong_lines(raw))
    has_chinese = _count_chinese(raw) > 0
    if _are_gb18030([line.content for line in wrong], has_chinese=has_chinese):
        if _right_lines(raw, len(wrong)) < len(wrong):
            message = _("The file is not UTF-8; it looks like GB18030 (GBK).")
            return [TextFault(*wrong[0].place, message, save_as_utf8())]
        message = _("This line looks like GB18030 (GBK), in a file that is UTF-8 elsewhere.")
        advice = _("Type the line again, or join the files after saving both as UTF-8.")
        return [TextFault(*line.place, message, advice) for line in wrong[:FAULTS]]
    # Without anything that is surely UTF-8 the first place says all: the encoding may be any.
    listed = wrong[: FAULTS if has_chinese else 1]
    return [TextFault(*line.place, *_damage(raw, line, has_chinese=has_chinese)) for line in listed]


def _damage(raw: bytes, line: _WrongLine, *, has_chinese: bool) -> tuple[str, str]:
    """Say what is wrong with the first bytes of a line that are no character, and what to do."""
    again = _("Delete it and type the character again.")
    rest = line.content[line.start :]
    if (form := _one_character(rest)) is not None:
        code, length = form
        if 0xD800 <= code < 0xE000:  # noqa: PLR2004 - the surrogates, in this range by the definition of UTF-16
            return _("Half a character: the lone surrogate U+{code:04X}.").format(code=code), again
        codes = rest[:length].hex(" ").upper()
        if code > sys.maxunicode:
            return _("Damaged UTF-8: {codes} is beyond the last character.").format(codes=codes), again
        message = _("Damaged UTF-8: {codes} is an overlong form of {character}.")
        return message.format(codes=codes, character=name_character(chr(code))), again
    if line.is_cut_off and line.number == raw.count(b"\n") + 1:
        message = _("The file ends in the middle of a character.")
        return message, _("It was cut off: copy or download it again.")
    codes = line.content[line.start : line.end].hex(" ").upper()
    if has_chinese:
        return _("Damaged UTF-8: {codes} is no character.").format(codes=codes), again
    return _("Not UTF-8: the byte {codes}; its encoding is unknown.").format(codes=codes), save_as_utf8()


def _one_character(raw: bytes) -> tuple[int, int] | None:
    """Return the code that the first bytes stand for by the pattern of UTF-8 alone, and how many bytes they are.

    None where a byte that should go on does not: the pattern has one more byte for each 1 that the first begins with.
    """
    length = 8 - (raw[0] ^ 0xFF).bit_length()
    sequence = raw[1:length]
    if length < 2 or len(sequence) < length - 1 or any(byte & 0xC0 != 0x80 for byte in sequence):  # noqa: PLR2004 - as UTF-8 has it
        return None
    code = raw[0] & (0x7F >> length)
    for byte in sequence:
        code = code << 6 | byte & 0x3F
    return code, length


def _wrong_lines(raw: bytes) -> Iterator[_WrongLine]:
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            is_cut_off = error.reason == "unexpected end of data"
            yield _WrongLine(number, line, error.start, error.end, is_cut_off)


def _count_chinese(raw: bytes) -> int:
    """Count the characters of GB 2312 in UTF-8, of three bytes each: of other encodings hardly any three look so."""
    wide = re.findall("[\u0800-\uffff]+", raw.decode("utf-8", "ignore"))
    return len("".join(wide).encode("gb2312", "ignore")) // 2


def _are_gb18030(lines: list[bytes], *, has_chinese: bool) -> bool:
    """Say whether lines that are no UTF-8 are GB 18030; ``has_chinese``: their file has Chinese in UTF-8."""
    joined = b"\n".join(lines)
    errors = joined.decode("utf-8", "replace").count("\N{REPLACEMENT CHARACTER}")
    if errors <= _count_chinese(joined) or not _is_chinese(joined):
        return False
    other = re.sub(_OVERLONG, b"", joined)
    if _is_utf8(other) and (has_chinese or other.isascii()):
        return False
    return not (has_chinese and len(lines) == 1 and _has_one_damaged_byte(lines[0]))


def _has_one_damaged_byte(line: bytes) -> bool:
    """Say whether a line would be UTF-8 if one byte at its first error were another, missing, or not lost."""
    (wrong,) = _wrong_lines(line)
    around = range(max(wrong.start - 3, 0), min(wrong.start + 4, len(line) + 1))
    return any(
        _is_utf8(line[:position] + byte + line[behind:])
        for position, byte in product(around, _REPAIRS)
        for behind in (position, position + 1)
    )


def _is_utf8(raw: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8") is not None
    return False


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
