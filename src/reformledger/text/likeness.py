"""When two names may mean one office or one person: pure functions over spellings.

Whatever is compared shares a key first (a stem, a tail, an abbreviation, the name without one of its characters),
so that the work grows with the number of names and not with that of their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Literal, NamedTuple

Kind = Literal["ending", "abbreviation", "character"]

# Endings between which offices are renamed, or loosely called: 督导办 and 督导室, 发改局 and 发改委.
_SECTIONS = frozenset({"办", "室", "科", "处", "股"})
_BUREAUS = frozenset({"局", "办", "委"})
_FULL_ENDINGS = {"办公室": "办", "委员会": "委", "科室": "科"}
_ENDINGS = ("办公室", "委员会", "科室", "领导小组", "中心", "专班", *"办室科处股局委院所站队组部厅会")
_ENDING = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
_PLACE = re.compile("^[^省市县区州旗镇乡和]{0,5}[省市县区州旗镇乡](?:委|政府|府)?")
_JOINING = re.compile("[和与及、]")
# Names that differ by one of these are meant to differ: 东区 and 西区, 一中 and 二中, 小学 and 中学.
_TELLING = frozenset(
    "东西南北中上下前后左右内外大小新老旧高初低正副男女省市县区州旗镇乡村街"
    "〇零一二三四五六七八九十百0123456789甲乙丙丁戊己庚辛ABCDEFGabcdefg"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳"
    "甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝江欧司诸上东尉"
)
_LEAST_STEM = 2
_LEAST_EDITED_STEM = 4
_MOST_WORDS = 6
_CROWD = 8  # names that share a key without one character: a numbered family, not slips of the pen


class Pair(NamedTuple):
    """Two names that look like one, and in which way."""

    one: str
    other: str
    kind: Kind


class _Office(NamedTuple):
    """An office's name in its parts: 攀枝花市 + 教育科学研究 + 所."""

    name: str
    place: str
    stem: str
    ending: str


def _parsed(name: str) -> _Office | None:
    ending = _ENDING.search(name)
    if ending is None:
        return None
    place = _PLACE.match(name[: ending.start()])
    start = place.end() if place else 0
    stem = name[start : ending.start()]
    short = _FULL_ENDINGS.get(ending[0], ending[0])
    return _Office(name, (place[0] if place else "").replace("政府", "府"), stem, short)


def office_pairs(names: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs among ``names`` (keys, all different) that may be one office, each pair once."""
    names = list(dict.fromkeys(names))
    offices = [office for name in names if (office := _parsed(name))]
    seen: set[frozenset[str]] = set()
    for pair in (
        *_other_endings(offices),
        *_abbreviations(offices),
        *_slips(offices),
        *_spoilt_endings(names, offices),
    ):
        names_of_pair = frozenset(pair[:2])
        if len(names_of_pair) > 1 and names_of_pair not in seen and not _is_another_set(pair):
            seen.add(names_of_pair)
            yield pair


def _other_endings(offices: Iterable[_Office]) -> Iterator[Pair]:
    by_stem: dict[tuple[str, str], list[_Office]] = {}
    for office in offices:
        if len(office.stem) >= _LEAST_STEM:
            by_stem.setdefault((office.place, office.stem), []).append(office)
    for same in by_stem.values():
        for one, other in combinations(same, 2):
            endings = {one.ending, other.ending}
            if endings <= _SECTIONS or endings <= _BUREAUS:
                yield Pair(one.name, other.name, "ending")


def _abbreviations(offices: list[_Office]) -> Iterator[Pair]:
    """Yield 法规科 with 政策法规科 and 体卫艺科 with 体育卫生艺术科; not a short name that several long ones fit."""
    by_parts: dict[tuple[str, str, str], list[_Office]] = {}
    for office in offices:
        by_parts.setdefault(office[1:], []).append(office)
    longer: dict[str, list[_Office]] = {}
    for office in offices:
        for parts in dict.fromkeys((office[1:], *_tails(office), *_shortened(office))):
            for short in by_parts.get(parts, ()):
                if short is not office:
                    longer.setdefault(short.name, []).append(office)
    for name, fitting in longer.items():
        if len({office.name for office in fitting}) == 1:
            yield Pair(name, fitting[0].name, "abbreviation")


def _tails(office: _Office) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of every shorter name with which this one ends: without its place, or the first words."""
    if office.place:
        for start in range(1, len(office.place)):
            yield office.place[start:], office.stem, office.ending
        if len(office.stem) >= _LEAST_STEM:
            yield "", office.stem, office.ending
    for start in range(1, len(office.stem) - _LEAST_STEM + 1):
        yield office.place, office.stem[start:], office.ending


def _shortened(office: _Office) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of every abbreviation made of the words of two characters that a name consists of."""
    pieces = _JOINING.split(office.stem)
    if len(pieces) > 1:
        yield office.place, "".join(piece[:1] for piece in pieces), office.ending
        if office.ending in _BUREAUS:
            yield office.place, pieces[0], office.ending
    stem = "".join(pieces)
    words = [stem[start : start + 2] for start in range(0, len(stem), 2)]
    if len(stem) % 2 or not 1 <= len(words) <= _MOST_WORDS:
        return
    firsts = [word[0] for word in words]
    for kept in range(1, len(words) + 1):
        for others in combinations(firsts[1:], kept - 1):
            short = firsts[0] + "".join(others)
            if len(short) >= _LEAST_STEM or office.place:
                yield office.place, short, office.ending
    for choice in product(*((word, word[0]) for word in words)):
        yield office.place, "".join(choice), office.ending


def _slips(offices: Iterable[_Office]) -> Iterator[Pair]:
    """Yield names one character apart (another, one more, two exchanged), where that is no telling character."""
    groups: dict[tuple[str, str], dict[str, _Office]] = {}
    for office in offices:
        if len(office.stem) >= _LEAST_EDITED_STEM - 1:
            groups.setdefault((office.place, office.ending), {})[office.stem] = office
    for group in groups.values():
        for one, other in _near_words(group):
            least = _LEAST_EDITED_STEM - 1 if sorted(one) == sorted(other) else _LEAST_EDITED_STEM
            if max(len(one), len(other)) >= least:
                yield Pair(group[one].name, group[other].name, "character")


def _spoilt_endings(names: Iterable[str], offices: Iterable[_Office]) -> Iterator[Pair]:
    """Yield names that would be an office's but for their last character: 政策法规料, 基教课."""
    heads = {
        office.name[:-1]: office
        for office in offices
        if len(office.stem) >= _LEAST_EDITED_STEM - 1
        or (len(office.stem) >= _LEAST_STEM and office.name[-1] == office.ending)
    }
    known = {office.name for office in offices}
    for name in names:
        if name not in known and (office := heads.get(name[:-1])):
            yield Pair(name, office.name, "character")


def is_group(name: str) -> bool:
    """Say whether a name is that of several offices, as its words tell: 各科室, 相关单位."""
    return "各" in name or "相关" in name or "有关" in name


def _is_another_set(pair: Pair) -> bool:
    """Say whether one name is the other, a group, with words before it that choose among the group: 直属各大队."""
    shorter, longer = sorted(pair[:2], key=len)
    return is_group(longer) and longer.endswith(shorter) and not one_slip_apart(longer, shorter)


def people_pairs(names: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs among ``names`` of three characters or more that may be one person.

    Two people often share a name of two characters but for one; of three, rarely.
    """
    people: dict[tuple[str, int], list[str]] = {}
    for name in dict.fromkeys(names):
        if 2 < len(name) < 5 and begins_with_surname(name):  # noqa: PLR2004 - 刘自力, 欧阳自力
            people.setdefault((name[0], len(name)), []).append(name)
    for same in people.values():
        for one, other in _near_words(same):
            yield Pair(one, other, "character")


def begins_with_surname(text: str) -> bool:
    """Say whether a text begins with a common Chinese surname."""
    return text[:1] in _SURNAMES


def _near_words(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of different words that are one slip apart, none of whose differing characters is telling."""
    buckets: dict[str, list[str]] = {}
    for word in words:
        keys = {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
        for key in keys:
            buckets.setdefault(key, []).append(word)
    seen: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        if len(bucket) > _CROWD:
            continue
        for one, other in combinations(bucket, 2):
            if (one, other) not in seen and one_slip_apart(one, other):
                seen.add((one, other))
                if not tells_apart(*differing(one, other)):
                    yield one, other


def tells_apart(left: str, right: str) -> bool:
    """Say whether what differs between two names is there to tell them apart: a number, a direction, a rank.

    Either side has such a character then, where it has any: 东区 and 西区, but not 高教科 and 商教科.
    """
    return all(not _TELLING.isdisjoint(side) for side in (left, right) if side)


def one_slip_apart(one: str, other: str) -> bool:
    """Say whether one character changed, one more, or two neighbours exchanged lead from one word to the other."""
    left, right = differing(one, other)
    if len(left) + len(right) == 0:
        return False
    if max(len(left), len(right)) == 1:
        return True
    return len(left) == len(right) == 2 and left == right[::-1]  # noqa: PLR2004 - an exchange


def differing(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two words without their common beginning and end."""
    shorter = min(len(one), len(other))
    start = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    end = next((i for i in range(shorter - start) if one[-1 - i] != other[-1 - i]), shorter - start)
    return one[start : len(one) - end], other[start : len(other) - end]
