"""How well a text fits the kind of a column: points, negative for what belongs elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from reformledger.drafting.headings import field_of
from reformledger.drafting.names import is_office
from reformledger.fields.entry import ENTRY
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.text.folding import compact
from reformledger.text.likeness import begins_with_surname
from reformledger.text.titles import unpaired

Kind = Literal["number", "title", "person", "people", "office", "due", "day", "contact", "short", "prose", "remark", "any"]
"""What the cells of a column hold; ``short`` are a few words that come again and again, ``remark`` a ☆ or a remark."""

_KINDS: dict[str, Kind] = {
    "number": "number", "title": "title", "due": "due", "contact": "contact", "level": "short", "star": "remark",
    "remark": "remark", "phases": "any",
}  # fmt: skip
_BY_ENDING: tuple[tuple[str, Kind], ...] = (
    ("电话|手机", "contact"),
    ("(?:人员|[人长]|领导|同志)$", "people"),
    ("(?:单位|部门|科室|处室|机构)$", "office"),
    ("(?:时间|时限|日期|进度|期限)$", "due"),
    ("备注|说明$", "remark"),
    ("类[别型]|性质|级别|评估$", "short"),
)
BLANK: dict[Kind, float] = {
    "number": -8, "title": -7, "person": -2.5, "people": -2.5, "office": -2, "due": -2.5, "day": -2.5, "contact": -2, "short": -1,
    "prose": -2, "remark": -0.3, "any": -0.8,
}  # fmt: skip
"""What a blank cell of a column costs."""
_ELSEWHERE = -5.0
_MANY = 80
_LONG_NAME = 16  # characters of an office

_PHONE = re.compile(r"1[0-9]{10}|1[0-9]{2}[*＊xX]{4}[0-9]{4}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[-./年][0-9]{1,2}){1,2}(?:[月日号]|月[0-9]{1,2}[日号])?")
_STAR = re.compile("[☆★]")
_DATED = re.compile(
    "[0-9一二三四五六七八九十]+[年月日季周]|(?:19|20)[0-9]{2}|季度|半年|年[内底前初末终]|每|长期|持续|常态|全年|适时|按|视|时"
    "|[Qq]uarter|[Mm]onth|[Yy]ear|[Oo]ngoing|[Ww]eek|[Dd]aily|[Aa]nnual|[0-9]"
)
_ONLY_DATE = re.compile(
    r"(?:截至|截止|力争|预计|拟|至|到|于|在)?(?:(?:19|20)?[0-9]{2,4}年?|[今明次本]年|年)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}月(?:[上中下]旬|[0-9]{1,2}[日号])?|第?[一二三四1-4]季度|[上下]半年|全年|[内底初末])?"
    r"[底初末]?(?:之?[前内]|以前|起)?(?:完成|启动)?|[-0-9./]{6,10}|[0-9]{1,2} ?[A-Za-z]+ ?[0-9]{4}"
)
_BETWEEN = re.compile("[、，,；;/／\\s]+")
_HAN_NAME = re.compile("[\u3400-\u9fff\uf900-\ufaff·]{2,4}(?:[（(][^（）()]*[）)])?")
_STRONG_OFFICE = re.compile("[科处室股办局委会院所站队组部厅庭校园](?:[（(].*[）)])?$|中心|单位|政府|部门")
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


@lru_cache(maxsize=1 << 16)
def fit(kind: Kind, text: str, year: int) -> float:
    """Return how well a text, line ends where its pieces were apart, fits a kind of column."""
    key = compact(text)
    score = _FITS[kind](key, text, year) - 5 * _lacking(key)
    if kind not in {"remark", "number", "title", "prose"} and _STAR.match(key):
        score += _ELSEWHERE
    if kind not in {"contact", "any"} and _has_phone(key):
        score += _ELSEWHERE
    return score


def _lacking(text: str) -> int:
    """Return how many brackets and quotation marks lack their partner."""
    return sum(1 for _each in unpaired(text)) + abs(text.count("“") - text.count("”"))


def _has_phone(text: str) -> bool:
    return any(not _DAY.fullmatch(match[0]) for match in re.finditer(rf"(?<![0-9])(?:{_PHONE.pattern})(?![0-9])", text))


def names_of(text: str) -> list[str]:
    """Return the names in a cell: those that marks or blanks join, but what is spaced out or broken is put together."""
    names: list[str] = []
    for name in _BETWEEN.split(text.strip()):
        if names and (len(name) == 1 or len(names[-1]) == 1):
            names[-1] += name
        elif name:
            names.append(name)
    return names


def is_name(text: str) -> bool:
    """Say whether a text is, by its surname and length, the name of a person."""
    return begins_with_surname(text) and _HAN_NAME.fullmatch(text) is not None and len(re.sub("[（(].*", "", text)) <= 3


def _person(key: str, text: str, year: int) -> float:
    return _people(key, text, year) - 1.5 * (len(names_of(text)) - 1)


def _people(key: str, text: str, _year: int) -> float:
    names = names_of(text)
    if re.search("[0-9《》☆]", key):
        return _ELSEWHERE - 1
    if not key.isascii() and all(_HAN_NAME.fullmatch(name) for name in names):
        known = sum(map(is_name, names))
        offices = sum(not is_name(name) and _STRONG_OFFICE.search(name) is not None for name in names)
        return 2.5 + 1.5 * known / len(names) - 4 * offices - 0.2 * (len(names) - 1)
    if key.isascii():
        return 0.5
    return -1.0 if _GROUP.search(key) else -4.0


def _offices(text: str) -> list[str]:
    """Return the names of offices in a cell: what does not end as one does is continued by the next."""
    names: list[str] = []
    for part in _BETWEEN.split(text.strip()):
        if names and not is_office(names[-1]) and not is_name(names[-1]):
            names[-1] += part
        else:
            names.append(part)
    return names


def _office(key: str, text: str, _year: int) -> float:
    if re.search("[《》☆“”]|[0-9]{3}", key):
        return _ELSEWHERE - 1
    if key.isascii():
        return 0.5
    names = _offices(text)
    score = -0.2 * (len(names) - 1)
    for name in names:
        if is_name(name) and not _STRONG_OFFICE.search(name):
            score -= 4
        elif not is_office(name):
            score -= 3
        else:
            score += (3 if _STRONG_OFFICE.search(name) else 1.5) / len(names)
        score -= len(name) > _LONG_NAME
    return score


def _due(key: str, text: str, year: int) -> float:
    if _ONLY_DATE.fullmatch(key):
        return 4.0
    if not _DATED.search(key) or len(key) > _MANY:
        return _ELSEWHERE
    try:
        found = parse_deadline(text.replace("\n", ""), year)
    except DeadlineError:
        dates = len(re.findall("[0-9]{4}|[0-9]+月|季度", key))
        return 0.0 if dates and len(key) <= 12 * dates + 12 else -4.0
    if found.occurrences and len(key) <= 12:
        return 3.5
    return 2.5 if len(key) <= 24 else 1.5


def _day(key: str, _text: str, _year: int) -> float:
    return 5.0 if _DAY.fullmatch(key) else _ELSEWHERE


def _contact(key: str, text: str, _year: int) -> float:
    phones = _PHONE.findall(key)
    names = [name for name in names_of(_PHONE.sub(" ", text)) if _HAN_NAME.fullmatch(name)]
    rest = _BETWEEN.sub("", _PHONE.sub("", key))
    if phones and names:
        return 5.0 - 0.5 * (len(rest) > 4 * len(names))
    if phones:
        return 2.5 if not rest else -1.0
    return 0.5 if names and len("".join(names)) == len(rest) and any(map(is_name, names)) else _ELSEWHERE


def _is_no_text(key: str) -> bool:
    return bool(_ONLY_DATE.fullmatch(key) or _PHONE.fullmatch(key) or _STAR.fullmatch(key) or key.isdigit())


def _title(key: str, text: str, year: int) -> float:
    if _is_no_text(key):
        return -4.0
    return (2.0 if len(key) >= 4 else 0.5) + _names_instead(key, text)


def _names_instead(key: str, text: str) -> float:
    """Return what is taken off a text that may as well be a cell of names, or hold one."""
    if len(key) <= 4 and is_name(key):
        return -2.0
    lines = text.split("\n")
    if len(lines) > 1 and (is_name(lines[-1]) or is_name(lines[0])):
        return -2.5
    if "《" not in key and all(is_office(name) and len(name) <= 12 for name in _BETWEEN.split(text.strip())):
        return -1.5
    return 0.0


def _prose(key: str, text: str, year: int) -> float:
    if _is_no_text(key):
        return -3.0
    score = 1.5 if len(key) >= 6 else 0.5
    return score + _names_instead(key, text) + (0.5 if "《" in key else 0)


def _short(key: str, text: str, year: int) -> float:
    if len(key) > 14 or re.search("[0-9《》☆，。]", key):
        return -3.0
    return 1.0 + (0.5 if re.search("级|类|型|已|未", key) else 0) + (-1.5 if len(key) <= 3 and is_name(key) else 0)


def _remark(key: str, text: str, year: int) -> float:
    if _STAR.match(key):
        return 4.0 if len(key) == 1 else 3.0
    if _is_no_text(key):
        return -2.0
    return 0.5 + _names_instead(key, text)


def _any(key: str, text: str, year: int) -> float:
    return 0.5 + _names_instead(key, text) / 2


def _number(key: str, _text: str, _year: int) -> float:
    return 5.0 if re.fullmatch("[A-Za-z]{0,4}[-－]?[0-9]{1,4}(?:[.．][0-9]+)*[.．、]?|[一二三四五六七八九十]+", key) else -8.0


_FITS = {
    "number": _number, "title": _title, "person": _person, "office": _office, "due": _due, "day": _day,
    "people": _people, "contact": _contact, "short": _short, "prose": _prose, "remark": _remark, "any": _any,
}  # fmt: skip
