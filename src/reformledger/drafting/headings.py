"""What the headings of tables mean: which field of an entry, or of one of its phases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from reformledger.errors import UsageError
from reformledger.fields.entry import ENTRY, PHASE
from reformledger.fields.field import Fields
from reformledger.i18n import _
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice

ROW_FIELDS = (
    "number", "level", "title", "document_number", "issued", "city_leader", "leaders", "lead_departments",
    "supporting_departments", "due", "phases", "star", "text", "outcome", "deployed_by", "basis", "contact", "persons",
    "assigned", "remark",
)  # fmt: skip
"""The fields that a column of a table may be; the first of two that share a heading is meant by it."""
PHASE_FIELDS = ("name", "due", "text", "result", "problems", "assessment", "count")
_REMARK = re.compile(r"(?:\([^()]*\))+$")
_JOINING = re.compile("[·/、及和与]")
_UNIT = re.compile("[科处股部]室$|单位$|部门$|领导$|时[限间]$")
_ROLE = re.compile(".+(?:领导|责任人|负责人|牵头人|专员|组长)$")
_QUALIFIED = ("title", "lead_departments", "supporting_departments", "due")
"""The fields whose headings may have other words before them: 专项改革|方案名称, 市级|牵头单位."""
_SHORTEST_QUALIFIED = 4  # characters of a heading that others may qualify
_OTHERWISE = re.compile("实际|原定|上级|上报|报送|申请|延期|调整|是否|上年")


def _known(fields: Fields, keys: tuple[str, ...]) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for key in keys:
        for heading in fields[key].headings:
            known.setdefault(search_key(heading), key)
    return known


@cache
def _row_headings() -> Mapping[str, str]:
    # Ids and kinds are ours: what a table heads 编号 is its number, and what it heads 类别 is a level.
    ours = {"id": "number", "kind": "level"}
    known = {heading: ours[key] for heading, key in _known(ENTRY, tuple(ours)).items()}
    return {**known, **_known(ENTRY, ROW_FIELDS)}


@cache
def _phase_headings() -> Mapping[str, str]:
    return _known(PHASE, PHASE_FIELDS)


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """Return the key of the field that a printed heading means, None for a heading that is no field's.

    What is in brackets behind it makes no difference, nor do blanks and line ends; of stepped heads the last level
    may say it alone (“责任单位 牵头”). A role (项目责任人) is ``persons``.
    """
    key = search_key(heading).rstrip(":")
    for word in dict.fromkeys((key, _REMARK.sub("", key))):
        if found := _field_of(word):
            return found
    group, _blank, last = heading.strip().rpartition(" ")
    if not group:
        return None
    unit = _UNIT.search(group)
    key = search_key(last)
    known = _row_headings()
    return known.get(key) or known.get(key + (unit[0] if unit else "单位"))


def _field_of(key: str) -> str | None:
    known = _row_headings()
    if found := known.get(key):
        return found
    pieces = {known.get(piece) for piece in _JOINING.split(key)}
    if len(pieces) == 1 and None not in pieces:
        return pieces.pop()
    if (shorter := key.removesuffix("要求").rstrip("及和与、")) != key and (found := known.get(shorter)):
        return found
    if not _OTHERWISE.search(key):
        for end, field in known.items():
            if field in _QUALIFIED and len(end) >= _SHORTEST_QUALIFIED and key.endswith(end):
                return field
    return "persons" if _ROLE.match(key) and not pieces - {None} else None


@lru_cache(maxsize=1024)
def phase_field_of(heading: str) -> str | None:
    """Return the key of the field of a phase that a heading means, None for none."""
    key = search_key(heading).rstrip(":")
    return _phase_headings().get(key) or _phase_headings().get(_REMARK.sub("", key))


def meant_by(word: str) -> str:
    """Return the key of the field that a person names by key or heading; raises ``UsageError``."""
    key = word if word in ROW_FIELDS else field_of(word)
    if key is None:
        words = [ENTRY[key].heading for key in ROW_FIELDS]
        message = _("“{word}” is no field of an entry.").format(word=word)
        there = _("There are: {names}.").format(names=_(", ").join(words))
        raise UsageError(message, nearest_advice(nearest(word, words)) or there)
    return key
