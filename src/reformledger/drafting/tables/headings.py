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
from reformledger.text.patterns import when_used

ROW_FIELDS = (
    "number", "level", "title", "document_number", "issued", "city_leader", "leaders", "lead_departments",
    "supporting_departments", "due", "phases", "star", "text", "outcome", "deployed_by", "basis", "contact", "persons",
    "assigned", "remark",
)  # fmt: skip
"""The fields that a column of a table may be; the first of two that share a heading is meant by it."""
PHASE_FIELDS = ("name", "due", "text", "result", "problems", "assessment", "count")
_REMARK = re.compile(r"(?:\([^()]*\))+$")
_JOINING = re.compile("[·/、及和与]")
_JOINS = when_used("[·/、及和与]$")
_UNIT = when_used("[科处股部]室$|单位$|部门$|领导$|时[限间]$")
_ROLE = re.compile(".+(?:领导|责任人|负责人|牵头人|专员|组长)$")
_QUALIFIED = ("title", "lead_departments", "supporting_departments", "due")
"""The fields whose headings may have other words before them: 专项改革|方案名称, 市级|牵头单位."""
_SHORTEST_QUALIFIED = 4  # characters of a heading that others may qualify
_OTHERWISE = re.compile("实际|原定|上级|上报|报送|申请|延期|调整|是否|上年|开工|开始|启动")
_UNITS = "(?:[科处股庭队]室?|室|办公室|单位|部门|机构|专班|站所)"
_OFFICES = f"{_UNITS}(?:[、及和与/]?{_UNITS})*"
_BEFORE = "[^、及和与/]{0,4}"
_TASK = "(?:改革|工作|重点|任务|攻坚|整改|督办|创新|民生|实事|建设|年度|试点|方案)"
_PARTS: Mapping[str, re.Pattern[str]] = {
    "contact": re.compile(
        r".*(?:电话|手机|联系方式)(?:号码)?|.{0,4}(?:联系人|联络员|联络人)|(?:tele|mobile)?phone(?:no\.?|number)?"
    ),
    "supporting_departments": re.compile(
        f"{_BEFORE}(?:配合|协办|协助|协同|会办|参与|参加|支持|支撑)(?:责任)?{_OFFICES}"
        r"|(?:support(?:ing)?|partner)(?:department|office|team|unit)s?"
    ),
    "lead_departments": re.compile(
        f"{_BEFORE}(?:牵头|主责|责任|承办|主办|落实|负责){{1,2}}{_OFFICES}"
        r"|(?:lead(?:ing)?|responsible|owning)(?:department|office|team|unit)s?"
    ),
    "leaders": re.compile(
        f"{_BEFORE}(?:牵头|责任|包抓|包联|包保){_BEFORE}领导"
        r"|(?:lead|responsible|accountable)(?:officer|official|manager|person)s?"
    ),
    "due": re.compile(
        ".*(?:完成|办结|答复|办理|竣工|完工|完结|截止|整改|销号|销账|交付|推进|落实)(?:时间|时限|期限|日期|节点)(?:要求)?"
        "|(?:工作|任务|目标)(?:时限|期限|节点)|(?:target|completion|delivery|end)dates?"
    ),
    "text": re.compile(
        "(?:工作|任务|建设|改革|主要|具体|重点|实施|整改|升级|改造|目标){1,2}(?:内容|措施|举措|要求|做法)(?:及(?:标准|要求|措施))?"
    ),
    "title": re.compile(f"{_TASK}{{1,2}}(?:事项|任务|项目|工程|课题)(?:名称)?|{_TASK}名称|.{{0,4}}(?:标题|题目|案由)"),
    "level": re.compile("(?:改革|工作|任务|项目|所属|重点|行业){0,2}(?:领域|类别|板块|大类)"),
    "number": re.compile(r"ref(?:erence)?(?:no\.?)?"),
}  # fmt: skip
"""Of what parts a heading is made that is not in the table of fields: by the first that fits it whole."""


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
    return known.get(key) or _field_of(key + (unit[0] if unit else "单位"))


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
            before = key.removesuffix(end)
            if field in _QUALIFIED and len(end) >= _SHORTEST_QUALIFIED and before != key and not _JOINS.search(before):
                return field
        if found := next((field for field, parts in _PARTS.items() if parts.fullmatch(key)), None):
            return found
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
