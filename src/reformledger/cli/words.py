"""Values of options as people type them, in English or Chinese, in any width and case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar, cast

from reformledger.entry import DepartmentRole, EntryKind
from reformledger.errors import UsageError
from reformledger.fields.words import ASKED_STATUS, DEPARTMENT_ROLE, DOCUMENT, KIND, LIGHT, by_word
from reformledger.i18n import _, language, sentences
from reformledger.model.deadline import DeadlineError, parse_period
from reformledger.model.documents import DocumentKind
from reformledger.model.life import BEIJING, Light
from reformledger.model.period import FIRST_YEAR, LAST_YEAR
from reformledger.model.text import parse_day
from reformledger.text.folding import choice_key, option_key
from reformledger.text.nearest import nearest, nearest_advice

T = TypeVar("T")

STATUS_WORDS: dict[str, str] = by_word(ASKED_STATUS)
LIGHT_WORDS: dict[str, Light] = {word: Light(code) for word, code in by_word(LIGHT).items()}
KIND_WORDS: dict[str, EntryKind] = {word: cast("EntryKind", code) for word, code in by_word(KIND).items()}
ROLE_WORDS: dict[str, DepartmentRole] = {
    word: cast("DepartmentRole", code) for word, code in by_word(DEPARTMENT_ROLE).items()
}
DOCUMENT_WORDS: dict[str, DocumentKind] = {word: cast("DocumentKind", code) for word, code in by_word(DOCUMENT).items()}


def choose(option: str, word: str, choices: Mapping[str, T]) -> T:
    """Return the choice that ``word`` names; raises ``UsageError``, naming the choices, for any other word."""
    folded = choice_key(word)
    if folded in choices:
        return choices[folded]
    message = _("{option}: “{word}” is not one of its values.").format(option=option, word=word)
    near = nearest(folded, choices)
    raise UsageError(
        message, nearest_advice(near) or _("Values: {words}.").format(words=_(", ").join(_one_each(choices)))
    )


def _one_each(choices: Mapping[str, T]) -> list[str]:
    """Return one spelling for each choice: a Chinese one for whoever reads Chinese, where there is one."""
    shown: dict[T, str] = {}
    for word, choice in choices.items():
        if choice not in shown or (language() == "zh" and shown[choice].isascii()):
            shown[choice] = word
    return list(shown.values())


def choose_all(option: str, words: Sequence[str] | None, choices: Mapping[str, T]) -> tuple[T, ...]:
    """Return the choice that each word names; raises ``UsageError``."""
    return tuple(choose(option, word, choices) for word in words or ())


def today() -> date:
    """Return the day in Beijing."""
    return datetime.now(BEIJING).date()


def as_of_day(word: str | None) -> date:
    """Return the day of which statuses are shown: the one named, else today in Beijing; raises ``UsageError``."""
    return day("--as-of", word) or today()


def day(option: str, word: str | None) -> date | None:
    """Return the day that a person types as 2020-10-01; raises ``UsageError``."""
    if word is None:
        return None
    return parse_day(option_key(word)) or _worded_day(option, word)


def _worded_day(option: str, word: str) -> date:
    """Return the day that a deadline wording names: 2020年10月1日, 2020.10.1."""
    reason = ""
    try:
        period = parse_period(word, today().year)
    except DeadlineError as error:
        reason = error.reason
    else:
        if period.start == period.end:
            return period.start
        reason = _("It names several days.")
    message = _("{option}: “{word}” is no day.").format(option=option, word=word)
    raise UsageError(sentences(message, reason), _("Write it as 2020-10-01 or 2020年10月1日."))


_DAYS = re.compile("(?P<number>[0-9]{1,4})(?P<unit>d|days?|天|日|w|weeks?|周|)")


def days(option: str, word: str) -> int:
    """Return the days that a person means by 30d, 30天, 2w or 30; raises ``UsageError``."""
    match = _DAYS.fullmatch(option_key(word))
    if match is None:
        message = _("{option}: “{word}” is no number of days.").format(option=option, word=word)
        raise UsageError(message, _("Write it as 30d or 2w."))
    weeks = match["unit"][:1] in {"w", "周"}
    return int(match["number"]) * (7 if weeks else 1)


def pairs(option: str, words: Iterable[str]) -> dict[str, str]:
    """Return what each NAME=VALUE says; raises ``UsageError`` for a word without = and a name given twice."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.replace("＝", "=").partition("=") if "=" not in word else word.partition("=")
        if not equals or not name.strip():
            message = _("{option}: “{word}” names no value.").format(option=option, word=word)
            raise UsageError(message, _("Write it as {form}.").format(form="NAME=VALUE"))
        if name.strip() in found:
            raise UsageError(_("{option}: “{name}” is given twice.").format(option=option, name=name.strip()))
        found[name.strip()] = value
    return found


def whole_number(option: str, word: str) -> int:
    """Return the number that a person types, in digits of any width; raises ``UsageError``."""
    folded = option_key(word).removesuffix("年")
    if not re.fullmatch("[0-9]{1,9}", folded):
        message = _("{option}: “{word}” is not a whole number.").format(option=option, word=word)
        raise UsageError(message, _("Write it in digits."))
    return int(folded)


def years(words: Sequence[str] | None) -> tuple[int, ...]:
    """Return the years of ``--year``; raises ``UsageError``."""
    return tuple(whole_number("--year", word) for word in words or ())


def new_year(word: str | None) -> int:
    """Return the year of documents to be made, this year in Beijing without a word; raises ``UsageError``."""
    if word is None:
        return today().year
    year = whole_number("--year", word)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = _("--year: “{word}” is no year of a document.").format(word=word)
        advice = _("Years from {first} to {last} are understood.").format(first=FIRST_YEAR, last=LAST_YEAR)
        raise UsageError(message, advice)
    return year


def split_keys(words: Iterable[str]) -> list[str]:
    """Return the keys in ``--columns id,title``, which may also be repeated or joined by full-width commas."""
    return [key for word in words for key in re.split(r"[,，、]", word) if key.strip()]
