"""Scalar types of the documents: each says which spellings it takes, and what to expect when it takes none.

The YAML reader hands over text only; these types decide what a value is. Python values of the right type
are taken as they are, so that documents can also be built in code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, GetPydanticSchema, Strict, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from reformledger.i18n import _
from reformledger.model.period import FIRST_YEAR, LAST_YEAR
from reformledger.model.readers import (
    COUNT_PATTERN,
    DATE_PATTERN,
    NUMBER_PATTERN,
    PERCENT_PATTERN,
    WHOLE,
    YEAR_PATTERN,
    UnreadError,
    read_count,
    read_day,
    read_number,
    read_percent,
)
from reformledger.text.folding import compact, name_key
from reformledger.text.names import JOINING, joints

# C0 and C1 controls but tab and line feed, DEL, line and paragraph separator, bidirectional controls.
_REFUSED = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_BREAKS = r"\t\n"
_UNSEEN = r"\s\xad\u200b-\u200d\u2060\ufeff"


def _seen(refused: str) -> str:
    """Return the pattern of text without the ``refused`` characters, and with one visible character at least."""
    return f"^[^{refused}]*[^{refused}{_UNSEEN}][^{refused}]*$"


TEXT_PATTERN = _seen(_REFUSED)
LINE_PATTERN = _seen(_REFUSED + _BREAKS)
# Characters that join names are in a name only where it is not cut: see ``Name``.
NAME_PATTERN = (
    f"^(?:[^{_REFUSED}{_BREAKS}{JOINING}][^{_REFUSED}{_BREAKS}]*)?[^{_REFUSED}{_BREAKS}{_UNSEEN}{JOINING}]"
    f"(?:[^{_REFUSED}{_BREAKS}]*[^{_REFUSED}{_BREAKS}{JOINING}])?$"
)
_PLAIN_NAME_PATTERN = _seen(_REFUSED + _BREAKS + JOINING)
ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
REF_PATTERN = r"^([0-9]{4}/)?[a-z][a-z0-9]*(-[a-z0-9]+)*$"
YEAR_REF_PATTERN = r"^[0-9]{4}/[a-z][a-z0-9]*(-[a-z0-9]+)*$"
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
FLAG_PATTERN = r"^(true|false)$"

_T = TypeVar("_T")
Several = Annotated[tuple[_T, ...], Strict(False)]
"""A list. A tuple here: entries are never changed, and most of their lists are the same empty one.

Not strict, since a strict tuple takes no list; in code, give a list or a tuple.
"""

Text = Annotated[str, StringConstraints(pattern=TEXT_PATTERN)]
"""Printed text, one paragraph or several."""
Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN)]
"""Printed text of one line: a title, a heading, a number as printed."""


def _whole_name(value: object, info: ValidationInfo) -> str:
    """Take a name that holds what joins names within brackets only, or that the directory declares to be one.

    The keys of those are the ``whole_names`` of the context.
    """
    if not isinstance(value, str) or not re.fullmatch(NAME_PATTERN, value):
        raise ValueError
    value.encode()  # a ValueError for half a character, which no text holds
    if joints(value) and name_key(value) not in (info.context or {}).get("whole_names", ()):
        raise ValueError
    return value


WRONG_NAME = "wrong_name"
"""The type of the error of a name; the loader says what is wrong with it."""
Name = Annotated[
    str,
    # Nearly all names are plain, and no Python is called for them.
    GetPydanticSchema(
        lambda _source, _handler: core_schema.union_schema(
            [
                core_schema.str_schema(pattern=_PLAIN_NAME_PATTERN),
                core_schema.with_info_plain_validator_function(_whole_name),
            ],
            mode="left_to_right",
            custom_error_type=WRONG_NAME,
            custom_error_message="one name",
        )
    ),
    # Which names are declared to be one, no schema knows.
    WithJsonSchema({"type": "string", "pattern": NAME_PATTERN}, mode="validation"),
]
"""The name of one office or one person, as printed."""
DeclaredName = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A name in a directory: one, whatever it holds."""
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""The stable ASCII id of an entry (``point-4``)."""
Ref = Annotated[str, StringConstraints(pattern=REF_PATTERN)]
"""An id, with its year where it is another year's (``2019/task-2``)."""
YearRef = Annotated[str, StringConstraints(pattern=YEAR_REF_PATTERN)]
"""An id with its year."""
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
"""The key of a column that a table declares."""


def full_ref(ref: str, year: int) -> str:
    """Return an id with its year; one without belongs to the ``year`` of the document that names it."""
    return ref if "/" in ref else f"{year}/{ref}"


def refused_character(value: str) -> str:
    """Return the first character in ``value`` that no text may hold, or nothing."""
    found = re.search(f"[{_REFUSED}]", value)
    return found[0] if found else ""


_NOTHING = r"(?i:[\s\-—–/\\.。、…*?？]*|无|暂无|没有|略|同上|不详|待补充?|none|n/?a|tbd)"


def says_nothing(text: str) -> bool:
    """Say whether a text only fills a cell: a dash, 无, 略, n/a."""
    return re.fullmatch(_NOTHING, text.strip()) is not None


def expectation(pattern: str) -> str:
    """Say in the user's language what the type with this pattern expects."""
    return {
        TEXT_PATTERN: _("text with at least one visible character"),
        LINE_PATTERN: _("one line of text with at least one visible character"),
        NAME_PATTERN: _("one name; write several as a list, one a line after “- ”"),
        ID_PATTERN: _("an id of lower-case letters, digits and hyphens, such as point-4"),
        REF_PATTERN: _("an id such as point-4, or with its year 2020/point-4"),
        YEAR_REF_PATTERN: _("an id with its year, such as 2019/task-2"),
        KEY_PATTERN: _("a key of lower-case letters, digits and underscores, such as funding"),
        DATE_PATTERN: _("a date such as 2020-05-13"),
        COUNT_PATTERN: _("a whole number in digits, such as 13"),
        PERCENT_PATTERN: _("a percentage from 0 to 100"),
        NUMBER_PATTERN: _("a number in digits, such as 85 or 6.2; its unit goes into unit"),
        YEAR_PATTERN: _("a year of four digits, such as 2020"),
        FLAG_PATTERN: _("true or false"),
    }[pattern]


def wrong_value(expected: str, advice: str = "") -> PydanticCustomError:
    """Return the error of a scalar type; the loader finds the place and shows both sentences."""
    return PydanticCustomError("wrong_value", "{expected}", {"expected": expected, "advice": advice})


def _reading(
    pattern: str, plain: Callable[[str], object], reader: Callable[[str], object]
) -> Callable[[object], object]:
    """Return what reads text of a pattern, and takes what is no text as it is.

    Nearly all values are written plainly: where ``plain`` reads one, no pattern is tried.
    """

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        if (found := plain(value)) is not None:
            return found
        if not re.fullmatch(pattern, value):
            raise wrong_value(expectation(pattern))
        try:
            return reader(value)
        except UnreadError as error:
            raise wrong_value(expectation(pattern), error.reason) from None

    return read


def _plain_day(text: str) -> date | None:
    """Return the day that is written 2020-05-13."""
    if len(text) != len("2020-05-13") or not text.isascii() or not text.replace("-", "").isdigit():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _plain_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


_LONGEST = 9  # digits
_count = _reading(COUNT_PATTERN, _plain_number, read_count)
_percent_of = _reading(PERCENT_PATTERN, _plain_number, read_percent)


def _percent(value: object) -> object:
    number = _percent_of(value)
    if isinstance(number, int) and not 0 <= number <= WHOLE:
        raise wrong_value(expectation(PERCENT_PATTERN))
    return number


def year_of(value: object) -> int | None:
    """Return the year that a value states, None when it states none that a document may have."""
    if isinstance(value, str) and re.fullmatch(YEAR_PATTERN, value):
        value = int(compact(value).removesuffix("年"))
    return value if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR else None


def _year(value: object) -> int:
    if (year := year_of(value)) is None:
        raise wrong_value(expectation(YEAR_PATTERN))
    return year


def _flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in {"true", "false"}:
        raise wrong_value(expectation(FLAG_PATTERN))
    return value == "true"


def _spelled(pattern: str, **limits: object) -> WithJsonSchema:
    """Say for the JSON Schema which text a type takes; ``schema`` adds what YAML 1.2 readers make of such text."""
    return WithJsonSchema({"type": "string", "pattern": pattern, **limits}, mode="validation")


Date = Annotated[date, BeforeValidator(_reading(DATE_PATTERN, _plain_day, read_day)), _spelled(DATE_PATTERN)]
"""A day with its year."""
Count = Annotated[int, BeforeValidator(_count), _spelled(COUNT_PATTERN, minimum=0)]
"""How many, a whole number."""
Percent = Annotated[int, BeforeValidator(_percent), _spelled(PERCENT_PATTERN, minimum=0, maximum=WHOLE)]
"""Per cent done, 0 to 100."""
Number = Annotated[
    int | float,
    BeforeValidator(_reading(NUMBER_PATTERN, _plain_number, read_number)),
    _spelled(NUMBER_PATTERN, minimum=0),
]
"""The value of a target, in the target's unit."""
Year = Annotated[int, BeforeValidator(_year), _spelled(YEAR_PATTERN, minimum=FIRST_YEAR, maximum=LAST_YEAR)]
"""The year of a document."""
Flag = Annotated[bool, BeforeValidator(_flag), _spelled(FLAG_PATTERN)]
"""Yes or no, written true or false."""
