"""The documentation of each light, reason and status: ``pages/overdue.md`` in both languages, with an example.

Each language has three paragraphs: what it means, when it holds, what takes it away; its heading is the word of
``fields.words``. An example is the rows of a ledger, a block a year from 2020 on, and what the first of them
has on some days: light, reason and status; a test checks that.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reformledger.errors import UsageError
from reformledger.fields.words import LIGHT, REASON, STATUS, by_word
from reformledger.i18n import Language, _
from reformledger.model.life import Light, Reason, Status
from reformledger.text.folding import choice_key
from reformledger.text.nearest import nearest, nearest_advice

FOLDER = Path(__file__).with_name("pages")
_WORDS = LIGHT | REASON | STATUS
CODES: tuple[str, ...] = tuple(_WORDS)
"""The codes that have a page; that of a reason may be that of a status, too."""
_SECTION = re.compile(r"^# (en|zh|example)\n", re.MULTILINE)
_ROWS = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"^(\d{4}-\d\d-\d\d) (\S+) (\S+) (\S+)$", re.MULTILINE)


class DayOfExample(NamedTuple):
    """What the first row of an example has on a day; no light and no reason where it has none."""

    day: date
    light: Light | None
    reason: Reason | None
    status: Status


class LightPage(NamedTuple):
    """What a light, reason or status means in one language, and its example: rows by year, and days."""

    code: str
    title: str
    also: tuple[str, ...]
    means: str
    when: str
    until: str
    rows: tuple[str, ...]
    days: tuple[DayOfExample, ...]


@cache
def light_page(code: str, language: Language) -> LightPage:
    """Return the page of a light, reason or status in a language."""
    _nothing, *pieces = _SECTION.split((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
    sections = dict(zip(pieces[::2], pieces[1::2], strict=True))
    means, when, until = sections[language].strip().split("\n\n")
    word = _WORDS[code]
    title = word.word_in(language)
    days = tuple(
        DayOfExample(
            date.fromisoformat(day),
            None if light == "-" else Light(light),
            None if reason == "-" else Reason(reason),
            Status(status),
        )
        for day, light, reason, status in _DAY.findall(sections["example"])
    )
    rows = tuple(_ROWS.findall(sections["example"]))
    return LightPage(code, title[0].upper() + title[1:], word.also_in(language), means, when, until, rows, days)


@cache
def light_words() -> dict[str, str]:
    """Return every word for a light, reason or status in either language, and its code."""
    return by_word(_WORDS)


def code_of(word: str) -> str | None:
    """Return the code of the light, reason or status that a person names, None for what can be the code of a rule.

    Raises ``UsageError``, naming the nearest, for a word that is neither.
    """
    key = choice_key(word)
    if key in light_words():
        return light_words()[key]
    if key.startswith("rl"):
        return None
    message = _("“{word}” is no rule, light, reason or status.").format(word=word)
    near = nearest_advice(nearest(key, light_words()))
    raise UsageError(
        message,
        near or _("“reformledger explain” lists the rules; the lights: {words}.").format(words=_(", ").join(CODES)),
    )
