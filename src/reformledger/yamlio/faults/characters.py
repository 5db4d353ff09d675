"""Characters that no text of ours holds: control characters, breaks from Word or PDF, Chinese misread from GBK."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reformledger.i18n import _, sentences
from reformledger.yamlio.faults.fault import Faults, OffsetFault

# C0 but tab and line feed, DEL, C1 (U+0085 breaks a line in YAML 1.1), line and paragraph separator, byte order
# mark, and the two noncharacters and the block of them that the basic plane has.
_NEVER = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff"
REFUSED_CHARACTERS = rf"[{_NEVER}\r\ud800-\udfff]"
"""What a value may not hold, however it is written. A string like most patterns here, for few texts need them."""
_LONE_RETURN = r"\r(?!\n)"
_RAW = rf"[{_NEVER}]"
# Bytes of UTF-8 that begin no character refused or misread: tab and line ends, ASCII, the bytes inside of a character,
# and those that begin characters from U+0600 on, of which only those of the next two lines are refused.
_HARMLESS = bytes([*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xD8, 0x100)])
_RARE = ("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff")
_NONCHARACTERS = re.compile(rb"\xef\xb7[\x90-\xaf]")  # U+FDD0 to U+FDEF
_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_BREAKS = "\x85\u2028\u2029"

# Letters of two UTF-8 bytes, C3 A1 to D7 BF, whose second byte is A1 or more: as GB 2312 such a pair is one of the
# 3,755 common characters (rows B0 to D7).
_READABLE = "".join(f"{chr(row + 0x21)}-{chr(row + 0x3F)}" for row in range(0xC0, 0x600, 0x40)).replace(
    "\u00e1-\u00ff", "\u00e1-\u00f6\u00f8-\u00ff"
)
_MISREAD = rf"(?P<before>[A-Za-z]?)(?<![\u00c0-\u07ff])(?P<letters>[{_READABLE}]+)(?![\u00c0-\u07ff])"
# What people do write: Latin with pinyin's tones and English phonetics, Greek, modern Cyrillic (with the letters of
# Mongolian and Kazakh in words that hold a Russian one too). A letter may have marks behind it that combine with it,
# as in a text that is decomposed (NFD: c and U+0327 for ç), or that modify it (kʰ).
_MARKS = "[\u02b0-\u02ff\u0300-\u036f]{0,3}"
_WORD = (
    rf"(?:[A-Za-z]{_MARKS})?(?:"
    r"(?:[\u00c0-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01f8\u01f9\u0218-\u021b\u0261\u026a\u02a4\u02a7]"
    rf"{_MARKS})*|(?:[\u0384-\u03ce]{_MARKS})*"
    rf"|(?=.*[\u0410-\u044f])(?:[\u0400-\u045f\u04a3\u04af\u04b1\u04e9]{_MARKS})*)"
)

_CONTROL_NAMES = {
    "\x00": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "TAB",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


def name_character(character: str) -> str:
    """Return a character's code point and name (``U+3000 IDEOGRAPHIC SPACE``): many of those named are not visible."""
    fallback = "NONCHARACTER" if unicodedata.category(character) == "Cn" else "CONTROL CHARACTER"
    return f"U+{ord(character):04X} {_CONTROL_NAMES.get(character) or unicodedata.name(character, fallback)}"


def save_as_utf8() -> str:
    """Say how to save a file in UTF-8 with the programs that an office has."""
    return _(
        "Save it as UTF-8: in Notepad choose “Save as” and the encoding UTF-8; in WPS or Word save as plain text "
        "and choose the encoding UTF-8; in Excel save as “CSV UTF-8”."
    )


def check_characters(source: bytes, text: str, faults: Faults) -> str:
    """Report every refused character of ``text``, which is ``source`` in UTF-8; return it with stand-ins for them.

    The stand-ins have the same length, so that reading goes on and finds what else is wrong at its own offset.
    """
    if "\r" in text and (lone := re.search(_LONE_RETURN, text)):
        message = _("A lone carriage return ends this line.")
        faults.add(OffsetFault(lone.start(), message, _("Save the file with line endings of Windows or Linux.")))
        text = re.sub(_LONE_RETURN, "\n", text)
    # Nearly no text deserves the slow search; bytes are looked through at once.
    rare = source.translate(None, _HARMLESS) or any(character in text for character in _RARE)
    if not (rare or _NONCHARACTERS.search(source)):
        return text
    for letters, offset in misread(text):
        faults.add(OffsetFault(offset, *_misread_sentences(letters)))
    for found in re.finditer(_RAW, text):
        faults.add(OffsetFault(found.start(), *refused_sentences(found[0])))
    return re.sub(_RAW, _STAND_IN, text)


def refused_sentences(character: str) -> tuple[str, str]:
    """Say why a character is refused, and what to do."""
    name = name_character(character)
    if character in _BREAKS:
        message = _("{name} would break the line here without being seen.").format(name=name)
        return message, _("It often comes from Word or a PDF: delete it.")
    if character == "\ufeff":
        return _("{name} inside the text: two files joined?").format(name=name), _("Delete it.")
    return _("{name} has no place in a text.").format(name=name), _("Delete it.")


def misread(text: str) -> Iterator[tuple[str, int]]:
    """Yield letters, and their offset, that are Chinese written in GBK and read as UTF-8.

    That is a run of letters each of which is, as GBK, a common Chinese character, and which together are no word in
    one of the scripts that people write here: ``лǿ`` (谢强) mixes two scripts, ``ѧУ`` (学校) holds a letter long out of
    use. A run that could be a word, or a part of one with the letter before it (``é``, ``ǚ``, ``β``, ``Сам``, the
    cedilla of a decomposed ``ç``), is text.
    """
    if text.isascii():
        return
    for found in re.finditer(_MISREAD, text):
        if not re.fullmatch(_WORD, found[0]):
            yield found["letters"], found.start("letters")


def _misread_sentences(letters: str) -> tuple[str, str]:
    message = _("“{letters}” looks like “{chinese}” saved as GBK and read as UTF-8.").format(
        letters=letters, chinese=letters.encode().decode("gb2312")
    )
    escapes = "".join(f"\\u{ord(letter):04x}" for letter in letters)
    meant = _('If these letters are meant, write them in double quotes as "{escapes}".').format(escapes=escapes)
    return message, sentences(save_as_utf8(), meant)
