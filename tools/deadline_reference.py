"""The tables of the forms of deadlines, from the examples of the grammar, with the days they mean."""

from __future__ import annotations

from collections.abc import Iterator

from markdown import row

from reformledger.i18n import Language
from reformledger.model.deadline import Deadline, parse_deadline
from reformledger.model.forms import FORMS

YEAR = 2020
_COLUMNS = {
    "en": ("wording", "first day", "last day", "", "the same, written out"),
    "zh": ("写法", "第一天", "最后一天", "", "等于"),
}
_REMARKS = {
    "en": {
        "open": "no last day",
        "counted": "from the day of issue",
        "every": "{count} a year",
        "periods": "{count} periods",
        "parts": "{count} parts",
    },
    "zh": {
        "open": "没有截止",
        "counted": "自发文之日起",
        "every": "一年{count}次",
        "periods": "共{count}段",
        "parts": "共{count}期",
    },
}


def deadline_forms(language: Language) -> str:
    """Return the table of every example of the grammar: what it means in a document of ``YEAR``."""
    lines = [row(_COLUMNS[language]), "|---|---|---|---|---|"]
    lines += (row(_cells(example, language)) for form in FORMS for example in form.examples)
    return "\n".join(lines) + "\n"


def _cells(wording: str, language: Language) -> Iterator[str]:
    deadline = parse_deadline(wording, YEAR)
    yield f"`{wording}`"
    yield str(deadline.start or deadline.begins or "–")
    yield str(deadline.end or "–")
    yield _remark(deadline, language)
    yield f"`{deadline.meaning(YEAR)}`"


def _remark(deadline: Deadline, language: Language) -> str:
    words, count = _REMARKS[language], len(deadline.occurrences)
    if deadline.parts:
        return words["parts"].format(count=len(deadline.parts))
    if deadline.every:
        return words["every"].format(count=count)
    if deadline.within:
        return words["counted"]
    if not deadline.occurrences:
        return words["open"]
    return words["periods"].format(count=count) if count > 1 else ""
