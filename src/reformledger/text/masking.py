"""What must not leave the program as it is: phone and identity numbers, and characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reformledger.text.folding import INVISIBLE
from reformledger.text.patterns import when_used

_DIGIT = "[0-9０-９]"
PHONE_GAP = "[-‐-―—－·.\u00a0\u3000 ]?"
"""What people write between the groups of a phone number: blanks, hyphens and dots of every width."""
# A quick search tells that a text holds no number so long, as nearly all do.
_LONG_NUMBER = when_used(f"{_DIGIT}(?:{PHONE_GAP}{_DIGIT}){{10}}")
# A country code and the number in groups of 3, 4 and 4; a longer run of digits is no phone.
# Strings, compiled when first needed: few texts hold such numbers or characters.
_PHONE = (
    f"(?<!{_DIGIT})((?:[+＋]?(?:86|８６){PHONE_GAP})?[1１][3-9３-９]{_DIGIT})({PHONE_GAP}){_DIGIT}{{4}}"
    f"({PHONE_GAP})({_DIGIT}{{4}})(?!{_DIGIT})"
)
# An identity number (GB 11643): the place, the day of birth, a serial number and a check character.
_IDENTITY = (
    "(?<![0-9A-Za-z])([1-9][0-9]{5})(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])([0-9]{3}[0-9Xx])"
    "(?![0-9A-Za-z])"
)
_MOBILE = (
    "(?=[+＋0０1１8８])"  # looked at first, which takes a fifth of the time
    f"(?<![0-9０-９.．])(?:(?:[+＋]|00)?(?:86|８６){PHONE_GAP})?[1１][3-9３-９]{_DIGIT}{PHONE_GAP}{_DIGIT}{{4}}{PHONE_GAP}{_DIGIT}{{4}}"
    "(?![0-9０-９.．]|\\s?[元万亿个人件吨米])"
)
"""A mobile number in running text, where digits before a unit are an amount."""
# A fixed number: an area code, which may be in brackets, and 7 or 8 digits; a code of the country may be before it.
_CITY = f"(?:[1１][0０]|[2２]{_DIGIT}|[3-9３-９]{_DIGIT}{{2}})"
_AREA = f"(?:(?:[+＋]|00)?(?:86|８６){PHONE_GAP}[0０]?{_CITY}|[0０]{_CITY}|[（(][0０]{_CITY}[）)])"
_COUNTED = f"(?!{_DIGIT}|\\s?[元万亿个件吨米部台户次起条项场年])"
_LOCAL = f"[1-9１-９]{_DIGIT}{{2,3}}{PHONE_GAP}{_DIGIT}{{4}}{_COUNTED}"
_LANDLINE = f"(?<![0-9０-９.．]){_AREA}(?:{PHONE_GAP}){{3}}{_LOCAL}"
_EXTENSION = f"(?:\\s?(?:转|分机|(?i:ext\\.?)|[-—－])\\s?{_DIGIT}{{1,6}}(?!{_DIGIT}))?"
_FURTHER = f"(?:[、，,/／;；或和 ]{{1,2}}{_LOCAL}{_EXTENSION})*"
# Years from one to another, and days, are no number of a telephone, whatever is before them.
_NO_DAY = "(?!(?:19|20)[0-9]{2}[-—–－~～至.．/](?:(?:19|20)[0-9]{2}|[01]?[0-9][-—–－.．/][0-3]?[0-9])(?![0-9]))"
_SHORT_NUMBER = f"{_NO_DAY}{_DIGIT}(?:{PHONE_GAP}{_DIGIT}){{4,}}(?!{PHONE_GAP}{_DIGIT}){_COUNTED}"
_CALLED = (
    "(?:(?:联系|办公|咨询)?电\\s?话|手\\s?机|联\\s?系\\s?方\\s?式|座机|短号|传真|(?i:\\btel|phone|mobile|\\bfax))"
    "(?:[^0-9０-９。；;:：\n]{0,10}[:：]\\s*[^0-9０-９。；;\n]{0,10}|(?:号码?|\\s?(?i:no))?[\\s（(.为是]*)"
)
_ANY_NUMBER = (
    f"{_CALLED}(?P<called>(?:{_LANDLINE}|{_SHORT_NUMBER}){_EXTENSION}{_FURTHER})"
    f"|(?P<plain>(?:{_MOBILE}|{_LANDLINE}){_EXTENSION}{_FURTHER})"
)
"""A number of a telephone in running text: a mobile or a fixed one, or any behind a word that says that it is one."""
_FEW_DIGITS = re.compile(f"{_DIGIT}(?:{PHONE_GAP}{_DIGIT}){{4}}")
_KEPT_AT_START, _KEPT_AT_END = 3, 4
NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""What no XML can hold (XML 1.0, 2.2): nor, then, workbooks and documents of Word."""
SHORTEST = 11
"""How many characters a number has that is masked, without gaps."""
_SHORTEST_CALLED, _SHORTEST_FIXED = 5, 10
"""How many digits a number has at least behind a word that says what it is, and one with the code of its area."""
# C0 but line feed, DEL, C1; line and paragraph separators; lone surrogates (bytes of a file name that are no UTF-8).
_UNSEEN = f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{INVISIBLE}]"
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # ISO 7064 MOD 11-2
_IDENTITY_CHECK = "10X98765432"


def mask_phones(text: str) -> str:
    """Return ``text`` with the middle of every 11-digit mobile number hidden: ``188****0946``.

    Full-width digits, a country code and the groups 138-8236-5088 are known; a longer run of digits is no phone,
    but may be an identity number, whose day of birth is hidden likewise.
    """
    if len(text) < SHORTEST:
        return text
    bare = _without_unseen(text)
    if not _LONG_NUMBER.search(bare):
        return text
    masked = _masked(text)
    # Where only characters that nobody sees kept a number from being known, they go.
    return masked if bare is text or re.sub(_UNSEEN, "", masked) == _masked(bare) else _masked(bare)


def mask_phones_within(value: object, mask: Callable[[str], str] = mask_phones) -> object:
    """Return plain data with phone numbers hidden in each of their texts, those of keys included."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(key): mask_phones_within(item, mask) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_phones_within(item, mask) for item in value]
    return value


def mask_any_number(text: str) -> str:
    """Return ``text`` with numbers of every telephone hidden: mobile, fixed (0812-3335678), or said to be one.

    For what quotes a source, where numbers are still anywhere. Of those shorter than a mobile number nothing is left.
    """
    bare = _without_unseen(text)
    if not _FEW_DIGITS.search(bare):
        return text
    masked = _any_masked(text)
    return masked if bare is text or _without_unseen(masked) == _any_masked(bare) else _any_masked(bare)


def mask_every_number(text: str) -> str:
    """Return ``text``, which is known to be about telephones, with every number of five digits or more hidden."""
    return re.sub(_SHORT_NUMBER, _hidden_digits, mask_any_number(text))


def _any_masked(text: str) -> str:
    return _masked(re.sub(_ANY_NUMBER, _hidden_number, text))


def _hidden_number(found: re.Match[str]) -> str:
    """Return what was found with its digits hidden, but for those of a mobile number, which is masked as ever."""
    number = found["called"] or found["plain"]
    return found[0].removesuffix(number) + re.sub(f"{_DIGIT}(?:{PHONE_GAP}{_DIGIT})*", _hidden_digits, number)


def _hidden_digits(found: re.Match[str]) -> str:
    masked = _masked(found[0])
    if masked != found[0]:
        return masked
    return hide_number(masked) if sum(map(str.isdigit, masked)) >= SHORTEST else re.sub(_DIGIT, "*", masked)


def holds_any_number(text: str) -> bool:
    """Say whether a text holds the number of a telephone, of whichever kind, or of an identity card."""
    if len(text) < _SHORTEST_CALLED or (len(text) < _SHORTEST_FIXED and text.isdecimal()):  # as names and amounts are
        return False
    bare = _without_unseen(text)
    return bool(_FEW_DIGITS.search(bare)) and (bool(re.search(_ANY_NUMBER, bare)) or holds_number(bare))


def without_any_number(text: str) -> str:
    """Return a text without those numbers, and without the words and brackets that only say of them what they are."""
    bare = re.sub(_ANY_NUMBER, "", _without_unseen(text))
    for identity in list(identity_numbers(bare)):
        bare = bare.replace(identity[0], "")
    return re.sub(r"[（(]\s*[）)]", "", bare).strip(" \u3000\n，,、；;：:")


def _without_unseen(text: str) -> str:
    return text if text.isprintable() else re.sub(_UNSEEN, "", text)


def _masked(text: str) -> str:
    return re.sub(_IDENTITY, r"\1********\2", re.sub(_PHONE, r"\1\2****\3\4", text))


def mobile_numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the mobile numbers in a text; what counts something (``13800000000元``) is none."""
    return re.finditer(_MOBILE, text) if _LONG_NUMBER.search(text) else iter(())


def holds_number(text: str) -> bool:
    """Say whether a text holds a mobile or an identity number, characters that nobody sees aside."""
    bare = _without_unseen(text)
    return any(True for found in (mobile_numbers(bare), identity_numbers(bare)) for _number in found)


def identity_numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the identity numbers in a text whose check character is right (GB 11643)."""
    found = re.finditer(_IDENTITY, text) if _LONG_NUMBER.search(text) else ()
    return (match for match in found if is_identity_number(match[0]))


def is_identity_number(number: str) -> bool:
    """Say whether the check character of an 18-digit identity number is right."""
    total = sum(weight * int(digit) for weight, digit in zip(_IDENTITY_WEIGHTS, number, strict=False))
    return _IDENTITY_CHECK[total % 11] == number[-1].upper()


def hide_number(number: str) -> str:
    """Return what is known to be a phone number, in whichever form, with all but its ends hidden."""
    digits = [index for index, character in enumerate(number) if character.isdigit()]
    hidden = set(digits[_KEPT_AT_START:-_KEPT_AT_END] or digits)
    return "".join("*" if index in hidden else character for index, character in enumerate(number))


def visible(text: str) -> str:
    r"""Return ``text`` with what a terminal would obey or hide written out (``\u202e``); line feeds stay."""
    return (
        text if text.isprintable() else re.sub(_UNSEEN, lambda match: match[0].encode("unicode_escape").decode(), text)
    )


def escape_unseen(json: str) -> str:
    """Return JSON text with the same characters as JSON's own escapes, so that a reader of JSON gets them back."""
    return json if json.isprintable() else re.sub(_UNSEEN, lambda match: _utf16_escapes(match[0]), json)


def unseen_as_entities(markup: str) -> str:
    """Return Markdown or HTML with the same characters as its entities, which show what they stand for."""
    return with_unseen(markup, lambda character: f"&#x{ord(character):X};")


def with_unseen(text: str, write: Callable[[str], str]) -> str:
    """Return ``text`` with each of the same characters as ``write`` gives it."""
    return re.sub(_UNSEEN, lambda match: write(match[0]), text)


def _utf16_escapes(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def clean(text: str, *, reveal: bool = False) -> str:
    """Return ``text`` as it may leave the program; with ``reveal`` phone numbers stay whole."""
    if len(text) < SHORTEST and text.isprintable():  # as most cells of a table
        return text
    return visible(text if reveal else mask_phones(text))
