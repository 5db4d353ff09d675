"""Where the names in a passage begin and end, whatever was put between them: a mark, a blank, the end of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from reformledger.drafting.blanks import HAN, tidied
from reformledger.drafting.passage import Passage
from reformledger.text.folding import name_key
from reformledger.text.likeness import begins_with_surname
from reformledger.text.names import JOINING
from reformledger.text.patterns import when_used

_OFFICE = re.compile(
    "(?:[科室处股办局委会院所站队组部厅园府馆库社团联司行厂台港区县市镇乡村街校店企庭政军协学班系线]"
    "|中心|街道|单位|部门|机构|大学|政协|人大|[0-9一二三四五六七八九十附][中小])(?:[（(][^（）()]*[）)])?$"
)
_PERSON = re.compile(f"(?:{HAN}{{2,4}}|{HAN}{{1,8}}[·•]{HAN}{{1,8}})(?:[（(][^（）()]*[）)])?$")
# Strings, compiled when first needed: few names of a table need them.
_SHORT_PERSON = f"{HAN}{{2,3}}(?:[（(][^（）()]*[）)])?"
_SURE_OFFICE = when_used("[科处室股办局委会院所站队组部厅庭校园](?:[（(].*[）)])?$|中心|单位|政府|部门")
_SHORT_OFFICE = when_used("[委大协联府办]$")
"""How offices of two characters end: 县委, 人大, 政协."""
_SHORTEST_OFFICE = 3  # characters of the name of any other
_POST = when_used("[长任记员理总席监师委]$")
"""The end of what a person is (副市长, 主任), which may be printed before or behind the name."""
# 办公|室 and the like: what a line of text from a page may begin with, and no name does.
_REST = when_used("^(?:公室|员会|[科室处局委会所院]$)")
# 各县、区人民政府; 各科、室; 各乡镇、街道: the last of them says what those before it lack.
_SHARED_HEAD = when_used("各[县市区乡镇街道科室处股队部门]{1,3}$")
_SHARED_TAIL = when_used("(?:[县市区乡镇室处股]|街道|部门|中心)(?:人民政府|政府|管委会|党委|党工委)?(?:[（(].*)?$")
_OPENING, _CLOSING = "（(［[【〔", "）)］]】〕"
_BETWEEN = re.compile(rf"\s*[{JOINING}/／。]\s*|\s+|[和与及]")
_MARKS = when_used(rf"[{JOINING}/／。\s]")
_SPACED_OUT = rf"{HAN}(?:[ \t\u3000]+{HAN})+(?!{HAN})"
"""A name that is widened by blanks: 罗 成."""
_ORDINAL = when_used("(?:^|[^0-9])第[一二三四五六七八九十]+$")
"""What lacks the name that is behind the last of several: 第一、第二监督检查室."""
_BODY = re.compile("(?:人民)?政府$|党委$|党工委$|党组$|管委会$|办事处$")
_BODY_ALONE = when_used("(?:人民政府|政府|党委|党工委|党组|管委会|办事处)(?:[（(].*)?$")
"""What belongs to the place that is named before it: 各乡镇党委、政府."""
ROLES = "牵头|主办|主责|负责|配合|协办|协助|协同|参与"
"""What is printed of who leads and who supports, behind a name."""
_ROLE_BEHIND = re.compile(rf"(?<=\S)\s*[（(]\s*(?:{ROLES})(?:负责|落实|实施|推进)?\s*[）)]$")
_SHORTEST = 2  # characters of a name; a single one is part of a name that is spaced out


class Cut(NamedTuple):
    """The names of a passage, and what is between them; ``others`` are the names of another reading that fits."""

    names: tuple[Passage, ...]
    between: tuple[Passage, ...] = ()
    others: tuple[str, ...] = ()


class _Edge(Enum):
    """Whether what may be between two names is: the likelier way, and whether the other is likely, too."""

    CUT = True, False
    CUT_PERHAPS = True, True
    JOINED = False, False
    JOINED_PERHAPS = False, True


def is_office(text: str) -> bool:
    """Say whether a text ends as the names of offices do."""
    return _OFFICE.search(text) is not None


def is_whole_office(text: str) -> bool:
    """Say whether a text ends as the names of offices do, and is too long to be but the end of one: 科, 改革 / 科."""
    return is_office(text) and (len(text) >= _SHORTEST_OFFICE or _SHORT_OFFICE.search(text) is not None)


def is_surely_office(text: str) -> bool:
    """Say whether a text is an office even beside texts of any sort, many of which end in 县, 线 or 团 as well."""
    return _SURE_OFFICE.search(text) is not None


def is_person(text: str) -> bool:
    """Say whether a text may be the name of one person."""
    return _PERSON.match(text) is not None


def is_surely_person(text: str) -> bool:
    """Say whether a text is hardly anything but the name of one person: it begins with a surname, or is 甲某."""
    return is_person(text) and (begins_with_surname(text) or text.endswith("某"))


def is_short_person(text: str) -> bool:
    """Say whether a text is a person even beside texts of any sort: it has a surname, and is shorter than 高度重视."""
    return begins_with_surname(text) and re.fullmatch(_SHORT_PERSON, text) is not None


def names_in(source: Passage, *, offices: bool, whole: Collection[str] = ()) -> Cut:
    """Return the names that a passage joins, those of ``offices`` or of people.

    ``whole`` are the keys of names that hold what joins names, and are declared to be one. What a bracket says that a
    person does is no part of the name, but of what is between; since no field holds it, the names with it are others.
    """
    found = _cut(source, offices=offices, whole=whole)
    return found if offices else _without_roles(found)


def _without_roles(found: Cut) -> Cut:
    """Return names of people without the brackets that say who leads: 王建国（牵头）."""
    roles = [_ROLE_BEHIND.search(name.text) for name in found.names]
    if not any(roles):
        return found
    pairs = list(zip(found.names, roles, strict=True))
    bare = tuple(name[: role.start()] if role else name for name, role in pairs)
    behind = tuple(name.group(role) for name, role in pairs if role)
    return Cut(bare, (*found.between, *behind), found.others or tuple(name.text for name in found.names))


def _cut(source: Passage, *, offices: bool, whole: Collection[str]) -> Cut:
    text = source.text
    edges = list(_edges(text))
    if not edges:
        return Cut((name,) if (name := tidied(source)) else ())
    inner = _within_whole(text, edges, whole) if whole else frozenset()
    judge = _between_offices if offices else _between_people
    cuts: list[re.Match[str]] = []
    doubtful: list[re.Match[str]] = []
    start = 0
    for place, edge in enumerate(edges):
        verdict = _Edge.JOINED if place in inner else _marked(text[start : edge.start()], edge, text)
        is_cut, is_doubtful = (verdict or judge(text[start : edge.start()], edge[0], _behind(text, edge))).value
        if is_doubtful:
            doubtful.append(edge)
        if is_cut:
            cuts.append(edge)
            start = edge.end()
    others: tuple[str, ...] = ()
    if doubtful:
        turned = [edge for edge in edges if (edge in cuts) != (edge in doubtful)]
        others = tuple(name.text for name in _names(source, turned))
    return Cut(_names(source, cuts), tuple(source.group(cut) for cut in cuts), others)


def _names(source: Passage, cuts: Sequence[re.Match[str]]) -> tuple[Passage, ...]:
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(source)]
    pieces = (tidied(source[start:end]) for start, end in zip(starts, ends, strict=True))
    return tuple(piece for piece in pieces if piece)


def _edges(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be between two names; nothing within brackets is, unless one of them is not closed."""
    matches = list(_BETWEEN.finditer(text))
    if not matches:  # as in most cells: one name
        return
    depth, within = 0, []
    for character in text:
        depth += (character in _OPENING) - (character in _CLOSING and depth > 0)
        within.append(depth > 0)
    for match in matches:
        if depth or not within[match.start()]:
            yield match


def _within_whole(text: str, edges: Sequence[re.Match[str]], whole: Collection[str]) -> frozenset[int]:
    """Return the numbers of the edges that are within names declared to be one, the longest first."""
    starts = [0, *(edge.end() for edge in edges)]
    ends = [*(edge.start() for edge in edges), len(text)]
    found: set[int] = set()
    place = 0
    while place < len(starts):
        lasts = range(len(ends) - 1, place, -1)
        last = next((last for last in lasts if name_key(text[starts[place] : ends[last]]) in whole), place)
        found.update(range(place, last))
        place = last + 1
    return frozenset(found)


def _behind(text: str, edge: re.Match[str]) -> str:
    """Return what follows an edge, up to the next mark or blank."""
    following = _MARKS.search(text, edge.end())
    behind = text[edge.end() : following.start() if following else None]
    spaced = re.compile(_SPACED_OUT).match(text, edge.end()) if "\n" in edge[0] else None
    return "".join(spaced[0].split()) if spaced else behind


def _marked(before: str, edge: re.Match[str], text: str) -> _Edge | None:
    """Judge a mark that joins names; None for what is none."""
    if edge[0].strip(f"{JOINING}。 \n\t\u3000") or not edge[0].strip():
        return None
    if _SHARED_HEAD.search(before) and _SHARED_TAIL.match(_behind(text, edge)):
        return _Edge.JOINED_PERHAPS
    if _ORDINAL.search(before):
        return _Edge.JOINED_PERHAPS
    if _BODY.search(before) and _BODY_ALONE.match(_behind(text, edge)):
        return _Edge.JOINED_PERHAPS
    return _Edge.CUT


def _between_offices(before: str, between: str, behind: str) -> _Edge:
    are_offices = is_office(before) and is_office(behind)
    if between.strip() in {"/", "／"}:
        return _Edge.CUT if are_offices else _Edge.CUT_PERHAPS
    if between.strip():
        return _Edge.CUT_PERHAPS if are_offices else _Edge.JOINED
    if "\n" in between:
        if before.isascii() or behind.isascii():
            return _Edge.CUT_PERHAPS
        if is_office(before) and not _REST.match(behind):
            return _Edge.CUT
        return _Edge.JOINED if is_office(before + behind) else _Edge.JOINED_PERHAPS
    if before[-1:].isascii() or behind[:1].isascii() or min(map(len, (before, behind))) < _SHORTEST:
        return _Edge.JOINED
    return _Edge.CUT if are_offices else _Edge.JOINED_PERHAPS


def _between_people(before: str, between: str, behind: str) -> _Edge:
    are_people = is_person(before) and is_person(behind)
    if between.strip() in {"/", "／"}:
        return _Edge.CUT if are_people else _Edge.CUT_PERHAPS
    if between.strip():
        return _Edge.CUT_PERHAPS if are_people else _Edge.JOINED
    if "\n" in between:
        if min(map(len, (before, behind))) < _SHORTEST:
            return _Edge.JOINED
        return _Edge.CUT_PERHAPS if _POST.search(before) else _Edge.CUT
    if before[-1:].isascii() or behind[:1].isascii() or min(map(len, (before, behind))) < _SHORTEST:
        return _Edge.JOINED
    has_post = _POST.search(before) or _POST.search(behind)
    return _Edge.CUT if are_people and not has_post else _Edge.JOINED_PERHAPS
