"""How well a text fits the kind of a column: points, negative for what belongs elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reformledger.drafting.names import is_office, is_person, is_short_person, is_surely_office, is_whole_office
from reformledger.drafting.tables.headings import field_of
from reformledger.fields.entry import ENTRY
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.text.folding import compact
from reformledger.text.titles import unpaired

Kind = Literal[
    "number", "title", "person", "people", "office", "due", "day", "contact", "short", "prose", "steps", "remark", "any"
]
"""What the cells of a column hold; ``short`` are a few words that come again and again, ``remark`` a ☆ or a remark."""

_KINDS: dict[str, Kind] = {
    "number": "number", "title": "title", "due": "due", "contact": "contact", "level": "short", "star": "remark",
    "remark": "remark", "phases": "steps",
}  # fmt: skip
_BY_ENDING: tuple[tuple[str, Kind], ...] = (
    ("(?:人员|[人长]|领导|同志)$", "people"),
    ("(?:单位|部门|科室|处室|机构)$", "office"),
    ("时间|时限|日期|期限|进度$", "due"),
    ("说明$", "remark"),
    ("类[别型]|性质|级别|评估$", "short"),
)
BLANK: dict[Kind, float] = {
    "number": -8, "title": -7, "person": -2.5, "people": -2.5, "office": -2, "due": -2.5, "day": -2.5, "contact": -2,
    "short": -0.5, "prose": -2, "steps": -1.5, "remark": -0.3, "any": -0.8,
}  # fmt: skip
"""What a blank cell of a column costs."""
_ELSEWHERE = -5.0
_LACKING = 5.0
_FEW = 4  # characters of a text
_LONG_DUE = 80
_LONG_NAME, _SHORT_NAME, _PLAIN_OFFICE = 16, 12, 6  # characters of an office

_PHONE = re.compile(r"1[0-9]{10}|1[0-9]{2}[*＊xX]{4}[0-9]{4}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[-./年][0-9]{1,2}){1,2}(?:[月日号]|月[0-9]{1,2}[日号])?")
_LONG_NUMBER = re.compile("[0-9]{7}|[0-9*＊xX]{11}")
_PHONE_ALONE = re.compile(rf"(?<![0-9])(?:{_PHONE.pattern})(?![0-9])")
_STARS = "☆★"
_PLAIN = re.compile(f"{_PHONE.pattern}|[{_STARS}]|[0-9]+")
_NO_NAME = re.compile("[0-9《》☆]")
_NO_OFFICE = re.compile(
    "[《》☆“”]|[0-9]{3}|^(?:健全|完善|推进|推动|开展|建立|建设|加强|加快|深化|制定|修订|落实|实施|构建|优化|提升|规范)"
)
_NUMBER = re.compile("[A-Za-z]{0,4}[-－]?[0-9]{1,4}(?:[.．][0-9]+)*[.．、]?|[一二三四五六七八九十]+")
_DATED = re.compile(
    "[0-9〇零一二三四五六七八九十（(]|[年每全长持常适按视即随今明次本截力预拟从自第至到于在待经上下春秋暑寒]|分[期批年阶]|[A-Za-z]"
)
"""How a deadline begins that is not a date alone."""
_ONLY_DATE = re.compile(
    r"(?:截至|截止|力争|预计|拟|至|到|于|在)?(?:(?:19|20)?[0-9]{2,4}年?|[今明次本]年|年)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}月(?:[上中下]旬|[0-9]{1,2}[日号])?|第?[一二三四1-4]季度|[上下]半年|全年|[内底初末])?"
    r"[底初末]?(?:之?[前内]|以前|起)?(?:完成|启动)?|[-0-9./]{6,10}|[0-9]{1,2} ?[A-Za-z]+ ?[0-9]{4}"
)
_DATE = re.compile(
    "(?:第[一二三四五六七八九十]+[批期])?(?:(?:19|20)[0-9]{2}[年/.-]?(?:[0-9]{1,2}[月/.-]?)?(?:[0-9]{1,2}[日号]?)?|[0-9]{1,2}月"
    "|第?[一二三四]季度|[上下]半年)(?:[底初末]|[上中下]旬)?(?:之?[前内]|以前|起|之?后)?"
)
"""A date that something may follow."""
_MORE_DATES = re.compile(f"(?:[-、，,和及至~—－～]+(?:次年)?|(?=第.[批期]))(?:{_DATE.pattern}|[0-9])|$")
_SHORT_DUE = 8  # characters behind a date
_BETWEEN = re.compile("[、，,；;/／\\s]+")
_LABELLED = re.compile("[级类型]$|^.{1,2}[级类]|^[已未]|完成$")
_NO_LABEL = re.compile("[0-9《》☆，。]")
_LONG_LABEL, _SHORT_LABEL = 14, 10
_STEP = re.compile("[0-9一二三四全上下每年][^\\s：:，。、]{0,9}[月年旬度日前底][前底末初]?[：:]")
_STEP_WITHIN = re.compile(rf"\s{_STEP.pattern}")
_GROUP = re.compile("各|班子|负责|全体|有关|相关|分管|主要")


def kind_of(heading: str) -> Kind:
    """Return the kind of the column under a heading: by its field, else by how the heading ends."""
    key = field_of(heading)
    if key in _KINDS:
        return _KINDS[key]
    if field := ENTRY.get(key or ""):
        if field.type == "day":
            return "day"
        if field.names or key == "persons":
            if field.names == "office":
                return "office"
            return "people" if field.several or field.parts else "person"
        return "prose" if field.prose else "any"
    text = compact(heading)
    return next((kind for ending, kind in _BY_ENDING if re.search(ending, text)), "any")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is found once of the text of a cell that may be: ``text`` has a line end or blank where pieces were apart.

    ``key`` is the text as patterns read it, ``lacking`` how many brackets and quotation marks lack their partner;
    ``is_plain``: a day, a number, a ☆ and no text; ``names`` are what marks and blanks join.
    """

    text: str
    key: str
    lacking: int
    has_phone: bool
    is_plain: bool
    names: tuple[str, ...]
    offices: tuple[str, ...]
    names_instead: float
    """Points that a text loses that may as well be a cell of names, or hold one."""


@lru_cache(maxsize=1 << 13)
def traits_of(text: str) -> Traits:
    """Return the traits of a text."""
    key = compact(text)
    names, offices = _names_in(text), _offices_in(text)
    return Traits(
        text,
        key,
        sum(1 for _each in unpaired(key)) + abs(key.count("“") - key.count("”")),
        _LONG_NUMBER.search(key) is not None and _has_phone(key),
        _PLAIN.fullmatch(key) is not None or _ONLY_DATE.fullmatch(key) is not None,
        names,
        offices,
        _names_instead(key, text, offices),
    )


def fit(kind: Kind, traits: Traits, year: int) -> float:
    """Return how well a text fits a kind of column."""
    score = _FITS[kind](traits, year) - _LACKING * traits.lacking
    if kind not in {"remark", "number", "title", "prose"} and traits.key[0] in _STARS:
        score += _ELSEWHERE
    if traits.has_phone and kind not in {"contact", "any"}:
        score += _ELSEWHERE
    return score


def is_step(text: str) -> bool:
    """Say whether a text begins as a step does that has a date: 3月：."""
    return _STEP.match(text) is not None


def _has_phone(key: str) -> bool:
    return any(not _DAY.fullmatch(match[0]) for match in _PHONE_ALONE.finditer(key))


def _names_in(text: str) -> tuple[str, ...]:
    """Return the names in a cell: those that marks or blanks join, but what is spaced out is put together."""
    names: list[str] = []
    for name in _BETWEEN.split(text):
        if names and name and (len(name) == 1 or len(names[-1]) == 1):
            names[-1] += name
        elif name:
            names.append(name)
    return tuple(names)


def _offices_in(text: str) -> tuple[str, ...]:
    """Return the names of offices in a cell: what does not end as one does is continued by the next."""
    names: list[str] = []
    for part in _BETWEEN.split(text):
        if names and part and not is_office(names[-1]) and not is_short_person(names[-1]):
            names[-1] += part
        elif part:
            names.append(part)
    return tuple(names)


def _names_instead(key: str, text: str, offices: Sequence[str]) -> float:
    if is_short_person(key):
        return -2.0
    first, *rest = text.split("\n")
    if rest and (is_short_person(rest[-1]) or is_short_person(first) or _is_plainly_office(rest[-1])):
        return -2.5
    if _STEP_WITHIN.search(text) and not _STEP.match(text):
        return -2.5
    if "《" not in key and all(len(name) <= _SHORT_NAME and is_office(name) for name in offices):
        return -1.5
    return 0.0


def _is_plainly_office(text: str) -> bool:
    return len(text) <= _PLAIN_OFFICE and is_surely_office(text)


def _person(traits: Traits, year: int) -> float:
    return _people(traits, year) - 2.5 * (len(traits.names) - 1)


def _people(traits: Traits, _year: int) -> float:
    key, names = traits.key, traits.names
    if _NO_NAME.search(key):
        return _ELSEWHERE - 1
    if key.isascii():
        return 0.5
    if names and all(map(is_person, names)):
        unknown = [name for name in names if not is_short_person(name)]
        offices = sum(map(is_surely_office, unknown))
        return 4.0 - 1.5 * len(unknown) / len(names) - 4 * offices - 0.2 * (len(names) - 1)
    return -1.0 if _GROUP.search(key) else -4.0


def _office(traits: Traits, _year: int) -> float:
    if _NO_OFFICE.search(traits.key):
        return _ELSEWHERE - 1
    if traits.key.isascii():
        return 0.5
    names = traits.offices
    score = -0.2 * (len(names) - 1)
    for name in names:
        if is_short_person(name) and not is_surely_office(name):
            score -= 4
        elif not is_whole_office(name):
            score -= 3
        else:
            score += (3 if is_surely_office(name) else 1.5) / len(names)
        score -= len(name) > _LONG_NAME
    return score


def _due(traits: Traits, year: int) -> float:
    key = traits.key
    if _ONLY_DATE.fullmatch(key):
        return 4.0
    if not _DATED.match(key) or len(key) > _LONG_DUE:
        return _ELSEWHERE
    if date := _DATE.match(key):
        # Other dates may follow, or what is done by then: 6月完成相关制度修订.
        rest = key[date.end() :]
        return 3.5 if _MORE_DATES.match(rest) else 2.0 if len(rest) <= _SHORT_DUE else 1.5
    return _due_in_words(key, year)


@lru_cache(maxsize=1 << 12)
def _due_in_words(key: str, year: int) -> float:
    try:
        found = parse_deadline(key, year)
    except DeadlineError:
        return -4.0
    return 3.5 if found.occurrences and len(key) <= 2 * _SHORT_DUE else 2.0


def _day(traits: Traits, _year: int) -> float:
    return 5.0 if _DAY.fullmatch(traits.key) else _ELSEWHERE


def _contact(traits: Traits, _year: int) -> float:
    phones = traits.has_phone
    rest = _BETWEEN.sub("", _PHONE.sub("", traits.key))
    names = [name for name in _names_in(_PHONE.sub(" ", traits.text)) if is_person(name)]
    if phones and names:
        return 5.0 if len("".join(names)) == len(rest) else -2.0
    if phones:
        return -1.0 if rest else 2.5
    return 0.5 if len("".join(names)) == len(rest) and any(map(is_short_person, names)) else _ELSEWHERE


def _title(traits: Traits, _year: int) -> float:
    if traits.is_plain:
        return -4.0
    return (2.0 if len(traits.key) >= _FEW else 0.5) + 1.5 * traits.names_instead


def _prose(traits: Traits, _year: int) -> float:
    if traits.is_plain:
        return -3.0
    score = 1.5 if len(traits.key) > _FEW else 0.5
    return score + traits.names_instead + (0.5 if "《" in traits.key else 0)


def _short(traits: Traits, _year: int) -> float:
    if len(traits.key) > _LONG_LABEL or _NO_LABEL.search(traits.key):
        return -3.0
    is_labelled = _LABELLED.search(traits.key) is not None
    return (1.5 if is_labelled else 0.5 if len(traits.key) <= _SHORT_LABEL else -0.5) - 1.5 * is_short_person(
        traits.key
    )


def _remark(traits: Traits, _year: int) -> float:
    if traits.key[0] in _STARS:
        return 4.0 if len(traits.key) == 1 else 3.0
    return -2.0 if traits.is_plain else 0.5 + 1.7 * traits.names_instead


def _steps(traits: Traits, _year: int) -> float:
    if traits.is_plain:
        return -2.0
    return (2.5 if is_step(traits.text) else 0.0) + traits.names_instead


def _any(traits: Traits, _year: int) -> float:
    return 0.5 + traits.names_instead / 2


def _number(traits: Traits, _year: int) -> float:
    return 5.0 if _NUMBER.fullmatch(traits.key) else BLANK["number"]


_FITS: dict[Kind, Callable[[Traits, int], float]] = {
    "number": _number, "title": _title, "person": _person, "people": _people, "office": _office, "due": _due,
    "day": _day, "contact": _contact, "short": _short, "prose": _prose, "steps": _steps, "remark": _remark, "any": _any,
}  # fmt: skip
