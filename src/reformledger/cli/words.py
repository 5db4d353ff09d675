"""Values of options as people type them, in English or Chinese, in any width and case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar, cast

from reformledger.entry import DepartmentRole, EntryKind
from reformledger.errors import UsageError
from reformledger.fields.words import ASKED_STATUS, DEPARTMENT_ROLE, DOCUMENT, KIND, LIGHT, by_word
from reformledger.i18n import _, language
from reformledger.model.documents import DocumentKind
from reformledger.model.life import BEIJING, Light
from reformledger.model.period import FIRST_YEAR, LAST_YEAR
from reformledger.model.readers import read_count, read_day, read_typed
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


def day(option: str, word: str | None, year: int | None = None) -> date | None:
    """Return the day that a person names for a record, or with ``year`` in a question; raises ``UsageError``.

    How a day without a year is read, ``read_day`` says.
    """
    return None if word is None else read_typed(option, word, partial(read_day, today=today(), year=year))


def days(option: str, word: str, today: date) -> int:
    """Return the days that a person means by 30d, 30天, 2w, 1个月 or 30; raises ``UsageError``."""
    from reformledger.model.distances import read_days

    return read_typed(option, word, partial(read_days, today=today))


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
    return read_typed(option, word, lambda typed: read_count(option_key(typed).removesuffix("年")))


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


_FEW = 5


def few(names: Sequence[str]) -> str:
    """Return names as a sentence can hold them: the first five, and that there are more."""
    return _(", ").join([*names[:_FEW], *(["…"] if len(names) > _FEW else [])])


def split_keys(words: Iterable[str]) -> list[str]:
    """Return the keys in ``--columns id,title``, which may also be repeated or joined by full-width commas."""
    return [key for word in words for key in re.split(r"[,，、]", word) if key.strip()]
