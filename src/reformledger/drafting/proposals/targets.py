"""Measurable targets in titles and texts: 公办幼儿园 4 所 of “完成4所公办幼儿园建设”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING
from reformledger.drafting.plain import WITH_ENTRIES, Documents, PlainEntry, entries_of
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.i18n import _
from reformledger.text.numerals import number_of
from reformledger.text.patterns import when_used
from reformledger.yamlio import Data

_HAN = "[一二两三四五六七八九十百]"
_UNIT = (
    "%|个百分点|人次|场次|批次|户次|公里|海里|平方公里|平方米|立方米|公顷|公斤|千瓦时|千瓦|亩|吨|米|"
    "元|美元|所|家|套|座|处|台|辆|架|艘|户|名|位|人|件|篇|部|册|条|场|期|门|间|张|份|幅|例|宗|起|支|队|对|只|头|株|"
    "棵|床|盏|块|片|段|次|项|种|类|款|个"
)
_COUNTS_ANYTHING = "[次项种类款个条位名期对支部]"
"""Units of which small numbers in words say little: 两个维护, 三项制度."""
_NO_TARGET = "月|工作日|自然日|小时|分钟|季度|学期|学年|年度|年|星期|周|批|层面|方面|意识|自信|维护"
"""What behind such a unit is a time or a phrase: 3个月, 四个意识."""
_DIGITS = "[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?"
_QUANTITY = re.compile(
    f"(?<![0-9])(?<![0-9][.,、/])(?<![第前每])(?:(?P<digits>{_DIGITS})(?:[-~—–至到]{{1,2}}{_DIGITS})?(?P<scale>[百千万亿]*)"
    f"|(?<!{_HAN})(?P<han>(?!一(?!{_HAN})){_HAN}{{1,8}})(?!{_COUNTS_ANYTHING}))\\s*(?:余|多)?"
    f"(?P<unit>{_UNIT})(?!(?:{_NO_TARGET}))"
)
_FULL_WIDTH = frozenset("０１２３４５６７８９．％～")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％～", "0123456789.%~")
_QUOTED = re.compile('《[^》]*》|〈[^〉]*〉|“[^”]*”|"[^"]*"|「[^」]*」|〔[^〕]*〕')
_CLAUSE = re.compile("(?:[^。；;！!？?，,：:\n（(）)]|,(?=[0-9]{3}))+")
_JOINT = when_used("[、和及与]$")
_TIME = when_used(
    "^(?:(?:截至|截止|到|至|从|在)?(?:[0-9]{4}年|[0-9]{1,2}月|[一二三四]季度|上半年|下半年|全年|年内|今年|本年|当年|年底|月底|"
    "每年|每半年|每季度|每月|每周|底|末|前|起|内)+[、，]?)+"
)
_RELATION = when_used(
    "(?:要|须|应|将|均|都|各|共|总数|总量|分别)?"
    "(?:达到|达成|达|(?:提高|提升|增加|扩大|下降|降低|降)[到至]|(?:控制|保持|稳定)在|为|是|到|至|有|完成|建成|实现)?"
    "(?:不[少低小超多高][于过]|至少|至多|最少|最多|超过|突破|高于|低于|大于|约|近)?$"
)
"""What joins a noun and its number: 学位比例达到85%."""
_VERB = when_used(
    "^(?:力争|确保|争取|努力|积极|全力|稳步|大力|持续|继续|深入|全面|进一步|统筹|抓好|做好|有序|加快|推动|推进|组织|启动|"
    "实施|开展|举办|承办|召开|完成|实现|建成|建设|打造|培育|创建|落实|计划|预计|拟|再|并|已|现有|对|将|把|使|按照|通过|其中)+"
)
"""What says that something is to be done: it is no part of what is counted."""
_KEPT_VERB = re.compile("^(?:新增|新建|新创建|新认定|新培育|新设|增加)")
_TAIL = re.compile("(?:的?(?:建设|工作|任务|目标|申报|创建|以上|左右|以内|及以上))+$")
_BEHIND = re.compile("^(?:以上|以下|左右|以内|及以上|的)+")
_NO_NOUN = when_used("[并且需须已均在于由可达获]|全部|投入|开工|竣工|落户|以前|之前")
"""How what is behind a number begins where it is no noun: 学校12所并投入使用."""
_QUALIFIER = when_used("(?:级|类|全[市省县区国]|各[市县区]|其中|本[级市])$")
_SO_FAR = "累计"
_LEAST_NAME, _LONGEST_NAME = 2, 60  # characters
_SERIES = 8  # numbers that share a noun


class Target(NamedTuple):
    """A target as it may be typed, and the clause that names it."""

    name: str
    value: str
    unit: str
    clause: str


class _Found(NamedTuple):
    """A quantity in a text: its value and unit, what is before it in its clause, and behind it."""

    value: str
    unit: str
    before: str
    behind: str
    clause: str


def propose_targets(documents: Documents, questions: Questions, sources: Mapping[str, Item]) -> None:
    """Ask, once for all, which of the numbers in titles and texts are targets.

    ``sources`` has the characters of the title of each entry. What states targets already is not asked about.
    """
    sentence = _("Numbers that may be measurable targets: type those that are.")
    for kind in WITH_ENTRIES:
        for entry in entries_of(documents.get(kind)):
            found = [] if entry.data.get("targets") else _targets_of(entry)
            if found:
                targets: list[Data] = [{"name": one.name, "value": one.value, "unit": one.unit} for one in found]
                why = _("; ").join(dict.fromkeys(one.clause for one in found))
                source = sources.get(entry.id) or Item(entry.id, "title", NOTHING)
                item = source._replace(field="targets", assumed=None, proposals=(Proposal({"targets": targets}, why),))
                questions.ask("targets", sentence, item)


def _targets_of(entry: PlainEntry) -> list[Target]:
    """Return the targets of title and text; one that both state is that of the title."""
    found: list[Target] = []
    for text in (entry.title, entry.text("text")):
        seen = {(target.value, target.unit) for target in found}
        found += [target for target in targets_in(text, entry.title) if (target.value, target.unit) not in seen]
    return found


def targets_in(text: str, title: str = "") -> list[Target]:
    """Return the numbers with a unit that a text states, each with the noun that it is a number of.

    Years and months, ordinals, and what titles and quotation marks hold are none. Where no noun is found the ``title``
    of the entry is its name, else the clause.
    """
    found: list[Target] = []
    quantities = list(_quantities(text))
    for place, one in enumerate(quantities):
        name = _name(quantities[place : place + _SERIES], found[-1].name if found else "")
        if name.isascii():  # none, or a word of a language whose nouns are elsewhere
            name = title or one.clause
        found.append(Target(name, one.value, one.unit, one.clause))
    return found


def _quantities(text: str) -> Iterator[_Found]:
    """Yield the numbers with a unit, clause by clause."""
    narrow = text if _FULL_WIDTH.isdisjoint(text) else text.translate(_HALF_WIDTH)
    masked = _QUOTED.sub(lambda match: "□" * len(match[0]), narrow)
    for clause in _CLAUSE.finditer(masked):
        matches = [match for match in _QUANTITY.finditer(masked, *clause.span()) if _value(match)]
        if not matches:
            continue
        words = text[slice(*clause.span())].strip()
        starts = [clause.start(), *(match.end() for match in matches)]
        ends = [*(match.start() for match in matches[1:]), clause.end()]
        for start, match, end in zip(starts, matches, ends, strict=False):
            before = text[max(start, match.start() - _LONGEST_NAME) : match.start()]
            behind = text[match.end() : min(end, match.end() + _LONGEST_NAME)]
            unit = (match["scale"] or "") + match["unit"]
            yield _Found(_value(match), unit, before, behind, words)


def _value(match: re.Match[str]) -> str:
    if match["digits"]:
        return match["digits"].replace(",", "")
    number = number_of(match["han"])
    return "" if number is None else str(number)


def _name(quantities: Sequence[_Found], previous: str) -> str:
    """Return what the first quantity is one of: the noun behind it or before it, else that of a number beside it.

    What is before a noun behind the number says which of them are meant: 县城4个农贸市场. Where a word before it
    only qualifies, the noun is that behind the last of a series (省级5个、市级29个改革试点), or that of the number
    before, with the word in brackets (全市累计).
    """
    one, before = quantities[0], _noun_before(quantities[0].before)
    qualifies = not before or bool(_QUALIFIER.search(before.removesuffix(_SO_FAR)))
    noun = "" if one.unit.endswith("%") else _noun_behind(quantities if qualifies else quantities[:1])
    if noun:
        kept = _KEPT_VERB.match(_TIME.sub("", one.before))
        return (kept[0] if kept and not before.startswith(kept[0]) else "") + before + noun
    if not qualifies:
        return before
    bare = _KEPT_VERB.sub("", previous.partition("（")[0])
    return f"{bare}（{before}）" if bare and before else bare or before


def _noun_behind(quantities: Sequence[_Found]) -> str:
    """Return the noun behind the first of some quantities, else behind the next of its unit in the same clause."""
    first = quantities[0]
    for one in quantities:
        if one.clause != first.clause or one.unit != first.unit:
            break
        behind = _TAIL.sub("", re.split("[、的]", _BEHIND.sub("", one.behind))[0].strip())
        if behind:
            return "" if _NO_NOUN.match(behind) else behind
    return ""


def _noun_before(text: str) -> str:
    text = _TIME.sub("", text.strip("、和及与 \u3000"))
    text = _RELATION.sub("", text).rpartition("的")[2].strip("、 ")
    text = _TIME.sub("", _VERB.sub("", text))
    text = _JOINT.sub("", text)
    bare = text.removesuffix(_SO_FAR)
    if not _QUALIFIER.search(bare):
        text = bare
    is_verb_alone = _KEPT_VERB.sub("", text) == ""
    return "" if is_verb_alone or len(text) < _LEAST_NAME or text.isascii() else text
