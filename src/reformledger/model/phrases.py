"""The rarer forms of deadline wordings, tried where no common one fits.

They are made of the common ones: words around a name (``预计5月下旬``, ``截至2021年底``, ``7月初``), several names
(``5月、10月``), a beginning alone (``2021年7月之后``), a time that is counted (``2012年起5年内``, ``3年内``), a name
and what is done by then (``6月完成相关制度修订``), words without a day (``视情况开展``), and English. What is left
over when a form was found must not speak of time: ``6月完成方案，10月前报送`` is not June.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from reformledger.i18n import _
from reformledger.model.common_forms import read_common
from reformledger.model.period import Name, Period, UnreadableError, after_months
from reformledger.model.spans import Reading
from reformledger.model.spelling import NUMERALS, NoFormFitsError, arabic, no_form_fits, spelled_name

_LONGEST = 200
_YEAR_MONTHS = 12
_LEADING = "(?:(?:截至|截止|预计|力争|计划|拟|确保|贯穿)(?:到|至|于|在)?|[到至于在])(?=[0-9年今明后全上下第])"
_VERBS = (
    "完成|启动|开展|实施|投入|建成|建设|建立|开工|竣工|完工|印发|出台|制[定订]|修[订改]|报送|上报|提交|召开|组织|推进|推广|"
    "落实|讨论|研究|形成|实现|达到|基本|全面|初步|进一步|正式|力争|验收|投用|上线|运行|试[点行用运]|征求|发布|公布|编制|"
    "开通|开放|交付|整改|改造|举办|举行|进行|申报|申请|审议|通过|签订|招标|采购|安装|调试|评估|考核|总结|培训|检查|结束|"
    "办结|办理|整治|清理|排查|新建|新增|拨付|拆除|搬迁|启用|使用|取得|更新|汇总|部署|调研|起草|下发|收集|梳理|健全|确定|各"
)
_DONE = "完成|结束|建成|到位|投用|使用|实施|印发|出台|上线|运行|验收|办结|完工|竣工"
_TIME = (
    "[0-9]+(?:个?月|[年日号天周季旬时点次]|个?(?:星期|季度|学期|工作日))|[0-9]{4}|[0-9]+[-~/.:][0-9]|[A-Z]{3}"
    "|[每逐按]个?[年季月周旬日天]|[今明次来去后前本当全]年|(?<![今明去])年[内底末初中前后度]|[月季周旬末]|[上下]半|半年|日[前后内起]"
    "|[QH][1-4]|前(?!期)|初(?![步中稿审评设])|(?<![彻摸])底(?![数层线册])|后(?!续)|左右|上下|期间|学期|寒假|暑假|国庆|春节|元旦"
    "|起(?!草)|至|到(?!位)|长期|持续|常态|适时|(?<![重电])视(?!频)|或|若|[0-9](?=,|$)"
)
# A name as it may begin a wording: what is behind its last character of time is what is done by then.
_NAMED = (
    "(?P<named>[-~0-9年月日号度季半上中下旬全底末内至到今本当第份、和每周星期个最,/.]*"
    "[0-9年月日号度旬底末内季半份周期](?:[以之]?前)?),?"
)
_ACTION = rf"(?P<action>(?:{_VERBS})[^0-9]?.*|.+(?:{_DONE}))"
# What says that it is not done by then, or not by all.
_PUT_OFF = "(?:暂[停缓不]|取消|停止|终止|中止|推迟|延[期迟后]|顺延|放宽|缓)"
_NOT_SO = (
    f"^(?:[不未没]|尚未|无法|难以|以来)|[不未没]有?[能予得会再]?(?:{_VERBS})|(?:{_VERBS})不了"
    f"|(?:^|[的可应再将])(?:予以)?{_PUT_OFF}|顺延|放宽|除外|(?<![拆清消免解])除.+外"
)
_CONDITION = (
    "(?:按照?|根据|结合|依据|视|随)(?=.{2})(?P<rest>.*(?:要求|部署|安排|进度|进展|情况|实际|规定|节点|计划|流程|需要|"
    "推进|开展|实施|落实|进行|执行|建设|办理|推广).*)"
)
_OPEN = "(?:长期|常年|持续|常态化?|经常性?|适时|动态|不断)(?P<rest>.*)|(?:视情|因地制宜)(?P<last>.*)"
_COUNTED = "(?P<years>[0-9]{1,2})年|(?P<months>[0-9]{1,2})个月|(?P<half>半年)"
_WITHIN = rf"(?:[1-9]-(?=[1-9]))?(?:{_COUNTED})(?P<inside>[以之]?内)?(?:完成|建成|办结)?"
_TO_COUNT = "(?:[0-9]+(?:-[0-9]+)?|半)(?:个?工作日|[天日周年]|个?月|个?星期)[以之]?内"


def read_phrase(text: str, year: int) -> Reading:
    """Read a folded wording in one of the rarer forms; raises ``UnreadableError``."""
    if len(text) > _LONGEST:
        raise no_form_fits()
    refuse_two_readings(text)
    text, depends = _plain(text, year)
    for form in (read_common, _several, _open_start, _from_to, _counted, _open, _with_action, _english):
        try:
            reading = form(text, year)
        except NoFormFitsError:
            continue
        if reading is not None:
            return reading._replace(relative=reading.relative or depends)
    raise no_form_fits()


def speaks_of_time(text: str) -> bool:
    """Say whether text beside a deadline may hold another: a date, a unit of time, 每, 前, 后 or their like."""
    return re.search(_TIME, text) is not None


def refuse_two_readings(text: str) -> None:
    """Raise ``UnreadableError`` with both readings for what two readings fit."""
    offered: tuple[str, ...] = ()
    if match := re.fullmatch("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text):
        one, other, year = map(int, match.groups())
        if max(one, other) <= _YEAR_MONTHS:
            offered = tuple(f"{year}-{month:02}-{day:02}" for month, day in {(one, other), (other, one)})
    elif match := re.fullmatch("([0-9]{1,2})/([0-9]{1,2})前?", text):
        one, other = map(int, match.groups())
        if other <= _YEAR_MONTHS:
            offered = (f"{one}月{other}日", f"{one}—{other}月")
    elif match := re.fullmatch("(.*[年月日季度])[-~]", text):
        offered = (match[1], f"{match[1]}起")
    elif match := re.fullmatch("([0-9]{4}年)初|年初", text):
        offered = (f"{match[1] or ''}1月", f"{match[1] or ''}一季度")
    elif re.fullmatch(".*[0-9][日号]?0{1,2}(?::00(?::00)?|[时点])[以之]?前.*", text) or re.search(
        "[日号][0零〇]{1,2}[时点]", text
    ):
        raise UnreadableError(_("Before midnight may mean that day or the day before it."), ())
    if offered:
        raise UnreadableError(_("It can be read in two ways."), offered)


def _plain(text: str, year: int) -> tuple[str, bool]:
    """Return the wording with its names in common spelling, and whether 明年 makes the document's year decide."""
    text = re.sub(NUMERALS, arabic, text.rstrip(":。;,.")).removeprefix("时间:")
    text = re.sub("两(?=个月|年|次)", "2", text)
    text = re.sub("-+", "-", text)
    text = re.sub(r"([0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{2})T?[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])", r"\1", text)
    text = re.sub(
        "(?<=[日号])(?:上午|下午|中午|晚上?)?(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9](?::[0-5][0-9])?|[时点])整?", "", text
    )
    text = re.sub("(?<![0-9-])([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9-])", r"\1年\2月\3日", text)
    text = re.sub("(?<![0-9/])([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?![0-9/])", r"\1年\2月\3日", text)
    text = re.sub("(?<![0-9/])([0-9]{1,2})/(1[3-9]|2[0-9]|3[01])/([0-9]{4})(?![0-9])", r"\3年\1月\2日", text)
    text = re.sub("(?<![0-9/])(1[3-9]|2[0-9]|3[01])/([0-9]{1,2})/([0-9]{4})(?![0-9])", r"\3年\2月\1日", text)
    text = re.sub("(?<![0-9/])(1[0-2]|0?[1-9])/(1[3-9]|2[0-9]|3[01])(?![0-9/月])", r"\1月\2日", text)
    text = re.sub("(?<=[0-9])月份?初", "月上旬", text)
    text = re.sub(r"(?<=[0-9])([年月])\1(?=[底末])", r"\1", text)  # 2020年年底, 12月月底
    text = re.sub("(?<![以之个])前([2-4])个?季度", r"1-\1季度", text)
    relative = re.sub(
        "(?<!第)明年|来年|(?<![~至到-])[次翌]年(?=[0-9])",
        f"{year + 1}年",
        re.sub("(?<![0-9])后年", f"{year + 2}年", text),
    )
    depends = relative != text
    text = relative
    if match := re.fullmatch("(?P<first>.*[~至到-])次年(?P<last>.*)", text):
        named = re.match("([0-9]{4})年", match["first"])
        text = f"{match['first']}{int(named[1]) + 1 if named else year + 1}年{match['last']}"
        depends = depends or named is None
    return re.sub(f"^{_LEADING}", "", text), depends


def _several(text: str, year: int) -> Reading | None:
    """Read several names: ``5月、10月``, ``6月底和12月底前``, ``3、9月``; two months in a row are a span (11月12月)."""
    if match := re.fullmatch("([0-9]{1,2})月([0-9]{1,2})月(份?)", text):
        if int(match[2]) != int(match[1]) + 1:
            raise no_form_fits()
        return read_common(f"{match[1]}-{match[2]}月", year)
    match = re.fullmatch("(.+?)([以之]?前)?(?:各?完成)?", text)
    if match is None or "每" in text:
        return None
    names = re.split("、|以及|[和与及,]|(?<=[月日旬度])/(?=.*[月日旬度])", match[1])
    if len(names) == 1 or not all(names):
        return None
    unit = re.search("[0-9](年|季度|月|日)[底末]?$", names[-1])
    wholes = [
        name + unit[1] if unit and re.fullmatch("[0-9]{1,3}|.*[^0-9][0-9]{1,2}", name) else name for name in names
    ]
    readings = _read_each([whole + (match[2] or "") for whole in wholes], year)
    spelled = [spelled_name(re.sub(NUMERALS, arabic, whole)) for whole in wholes]
    if len({each.name.level if each else "span" for each in spelled}) > 1:  # 6月、12月25日 may be a day in June, too
        raise no_form_fits()
    periods = tuple(reading.occurrences[0] for reading in readings)
    _check_order(periods)
    return Reading(periods, relative=readings[0].relative, begins=readings[0].begins)


def _read_each(pieces: Sequence[str], year: int) -> list[Reading]:
    """Read each of several names, of the year of the one before; what is near to one is offered with all others."""
    readings: list[Reading] = []
    named_year = year
    for piece in pieces:
        try:
            reading = read_common(piece, named_year)
        except UnreadableError as unreadable:
            if unreadable.near is None:
                raise
            raise UnreadableError(unreadable.reason, tuple(_offered(pieces, named_year))) from None
        if len(reading.occurrences) != 1 or reading.every:
            raise no_form_fits()
        named_year = reading.occurrences[0].end.year
        readings.append(reading)
    return readings


def _offered(pieces: Sequence[str], year: int) -> Iterator[str]:
    """Yield all pieces in one wording, first with the best that is near to each that cannot be read, then the next."""
    near: list[tuple[str, ...]] = []
    for piece in pieces:
        try:
            read_common(piece, year)
            near.append((piece,))
        except UnreadableError as unreadable:
            near.append(unreadable.near or (piece,))
    for place in range(max(map(len, near))):
        *first, last = (each[min(place, len(each) - 1)] for each in near)
        yield "、".join([*(each.removesuffix("前") for each in first), last])


def _check_order(periods: Sequence[Period]) -> None:
    if any(before.end >= after.start for before, after in pairwise(periods)):
        raise UnreadableError(_("Its periods are not in order of time; name the year of each."), ())


def _open_start(text: str, year: int) -> Reading | None:
    """Read a beginning without an end: ``2021年7月之后``, ``从2023年第一季度开始``, ``3月起实施``."""
    match = re.fullmatch(
        f"[从自]?(?P<first>[^从自起后开启]+?)(?:起|[以之]?后|开始|启动)(?P<action>,?(?:{_VERBS}|长期|持续|常态).*)?",
        text,
    )
    if (
        match is None
        or re.search("[底末前内]$|完成", match["first"])
        or ("启动" in text and not re.match("[从自]", text))
    ):
        return None
    if match["action"] and speaks_of_time(match["action"].replace("长期", "").replace("持续", "")):
        raise no_form_fits()
    first = _one(match["first"], year)
    if first.begins is not None:
        raise no_form_fits()  # 3月至5月之后 may mean March or June.
    return Reading((), relative=first.relative, begins=first.occurrences[0].start)


def _one(text: str, year: int) -> Reading:
    """Read one name or span of names without 前."""
    reading = read_common(text, year)
    if len(reading.occurrences) != 1 or reading.every:
        raise no_form_fits()
    return reading


def _from_to(text: str, year: int) -> Reading | None:
    """Read a span whose ends say what begins and ends: ``2020年4月启动至2022年12月结束``, ``自3月起至5月止``."""
    start = "(?:启动|开始|开工)(?:实施|建设)?|起"
    match = re.fullmatch(f"(?:[从自]|)(.+?)(?:{start})?,?[~至到-](.+?)(?:为?止|结束|{_DONE})?", text)
    return None if match is None else read_common(f"{match[1]}至{match[2]}", year)


def _counted(text: str, year: int) -> Reading | None:
    """Read a count of years or months: from a beginning that is named, else from the date of issue."""
    if match := re.fullmatch(f"[从自]?(?P<first>[^起]+)起,?(?:{_COUNTED})[以之]?内?(?:完成)?", text):
        first = _one(match["first"], year)
        start = first.occurrences[0].start
        end = after_months(start, _months(match)) - timedelta(days=1)
        return Reading((Period(start, end),), relative=first.relative, begins=start)
    if (match := re.fullmatch(f"(?P<split>分|用)?{_WITHIN}(?:时间)?", text)) and (
        match["inside"] or match["split"] or re.match("[1-9]-", text)
    ):
        return Reading((), relative=True, within=_months(match))
    if re.search(_TO_COUNT, text) and not re.search("[0-9](?:年|月)(?!.*内)", text):
        raise UnreadableError(_("It counts from a day that it does not name: write the last day."), ())
    return None


def _months(match: re.Match[str]) -> int:
    months = 6 if match["half"] else 12 * int(match["years"]) if match["years"] else int(match["months"])
    if not months:
        raise no_form_fits()
    return months


def _open(text: str, year: int) -> Reading | None:
    """Read words that name no day: ``长期工作``, ``持续整改``, ``视情况开展``, ``根据项目进度``."""
    del year
    match = re.fullmatch(f"{_OPEN}|{_CONDITION.replace('?P<rest>', '?P<then>')}", text)
    if match is None:
        return None
    rest = match["rest"] or match["last"] or match["then"] or ""
    # What is open is said twice at most: 长期工作，持续推进.
    if speaks_of_time(re.sub("长期|持续|常态化?|适时|视情?|时间节点|后续", "", rest)):
        raise no_form_fits()
    return Reading(())


def split_action(text: str) -> tuple[str, str] | None:
    """Return the name and what is done by then: 6月, 完成相关制度修订; None where nothing is done.

    2019年数据完成 may be the data of 2019: before a noun the name must be an end (6月底方案完成).
    """
    match = re.fullmatch(_NAMED + _ACTION, text)
    if match is None or not (re.match(_VERBS, match["action"]) or re.search("[底末前日号]$", match["named"])):
        return None
    if re.search(_NOT_SO, match["action"]):
        return None
    return match["named"], match["action"]


def _with_action(text: str, year: int) -> Reading | None:
    """Read a name and what is done by then; the words stay in the wording."""
    if "每" in text:  # to do it once each time is what recurring means
        text = re.sub("(?:至少)?1次|至少", "", text)
    found = split_action(text)
    if found is None or speaks_of_time(found[1]):
        return None
    for form in (read_common, _several):
        try:
            reading = form(found[0], year)
        except NoFormFitsError:
            continue
        if reading is not None:
            return reading
    return None


_MONTHS = dict(
    zip(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], range(1, 13), strict=True)
)
_MONTH = (
    "(?P<month>JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEP(?:T(?:EMBER)?)?|"
    "OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)[.]?"
)
_YEAR = "(?:,?(?P<year>[0-9]{4}))"
_ENGLISH_DAYS = (
    f"{_MONTH}(?P<day>[0-9]{{1,2}})(?:ST|ND|RD|TH)?{_YEAR}?",
    f"(?P<day>[0-9]{{1,2}})(?:ST|ND|RD|TH)?(?:OF)?-?{_MONTH}-?{_YEAR}?",
)
_ENGLISH_RECURRING = {
    "WEEK": "每周", "MONTH": "每月", "QUARTER": "每季度", "YEAR": "每年", "ANNUAL": "每年", "SEMI-ANNUAL": "每半年",
    "HALF-YEAR": "每半年",
}  # fmt: skip


def _english(text: str, year: int) -> Reading | None:
    """Read ``December 8, 2010``, ``by 30 Sep 2024``, ``end of 2024``, ``Q3 2024``, ``quarterly``, ``ongoing``."""
    if re.fullmatch("ONGOING|CONTINUOUS(?:LY)?|CONTINUING", text):
        return Reading(())
    if match := re.fullmatch("(.+?)LY|(?:EVERY|EACH)(.+)|((?:SEMI-)?ANNUAL)", text):
        unit = match[1] or match[2] or match[3]
        if unit in _ENGLISH_RECURRING:  # July is none
            return read_common(_ENGLISH_RECURRING[unit], year)
    rest = re.sub("^(?:BY|BEFORE|UNTIL|NOLATERTHAN|DUE:?)", "", text)
    by = text.removesuffix(rest)
    name = re.sub("^(?:THE)?ENDOF", "", rest)
    end_of = name != rest
    for pattern in _ENGLISH_DAYS:
        if (match := re.fullmatch(pattern, name)) and not end_of and by != "BEFORE":
            return _named(year, match["year"], month=_MONTHS[match["month"][:3]], day=int(match["day"]))
    if by and not end_of:
        return None
    if match := re.fullmatch(f"{_MONTH}-?{_YEAR}?", name):
        return _named(year, match["year"], month=_MONTHS[match["month"][:3]])
    if match := re.fullmatch(f"Q([1-4]){_YEAR}?", name):
        return _named(year, match["year"], quarter=int(match[1]))
    if end_of and (match := re.fullmatch(f"{_YEAR}|(?:THE)?YEAR", name)):
        return _named(year, match["year"])
    return None


def _named(document_year: int, year: str | None, **below: int) -> Reading:
    if 0 in below.values():
        raise no_form_fits()
    period = Name(int(year) if year else document_year, **below).period()
    return Reading((period,), relative=year is None)
