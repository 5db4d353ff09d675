"""Several dated parts without colons: ``上半年讨论方案 下半年实施``, ``2020年启动改造，2021年完成``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.model.period import UnreadableError
from reformledger.model.phrases import read_phrase, speaks_of_time, split_action
from reformledger.model.spans import Reading
from reformledger.model.spelling import NUMERALS, NoFormFitsError, arabic
from reformledger.model.wording import read
from reformledger.text.folding import wording_key

_SEPARATOR = r"[;；。,，\s]+"
_OPEN = "后?(?:视情|长期|持续|常态|后续|适时).*|.*为(?:长期|常态化|经常性)工作"
_IN_THE_MIDDLE = (
    "(?:(?P<subject>[^0-9]+[项批期段件]?[^0-9]*?)(?:于|在|,)|(?P<stage>第?[一二三四五六七八九十]+(?:阶段|期|批次?|步)))"
    "(?P<named>(?:[0-9]|年底|[上下]半年).*?(?:[以之]?前)?)(?P<done>完成|结束|办结|建成)"
)
_LONGEST = 200


class ProsePart(NamedTuple):
    """One part: what is printed of it, what is to be done, and by when."""

    wording: str
    text: str
    reading: Reading


def prose_parts(wording: str, year: int) -> tuple[ProsePart, ...]:
    """Return the parts of a wording, each with a day but for those that are open; () where it is no such text.

    Raises ``UnreadableError`` for a part whose day cannot be read.
    """
    if len(wording) > _LONGEST:
        return ()
    parts: list[ProsePart] = []
    for piece in filter(None, re.split(_SEPARATOR, wording)):
        part = _part(piece, year)
        if part is not None:
            parts.append(part)
        elif parts and not speaks_of_time(wording_key(piece)):
            parts[-1] = parts[-1]._replace(text=f"{parts[-1].text}，{piece}")
        else:
            return ()
    dated = [part for part in parts if part.reading.occurrences]
    # What is open comes last: before it, it would hide the days that follow.
    is_single = not parts[1:]
    if is_single or not dated or dated != parts[: len(dated)] or any(part.reading.every for part in parts):
        return ()
    if any(one.reading.occurrences[-1].end > two.reading.occurrences[-1].end for one, two in pairwise(dated)):
        raise UnreadableError(_("Its periods are not in order of time; name the year of each."), ())
    return tuple(parts)


def _part(piece: str, year: int) -> ProsePart | None:
    text = re.sub(NUMERALS, arabic, wording_key(piece))
    if match := re.fullmatch(_IN_THE_MIDDLE, wording_key(piece)):
        subject = match["subject"] or match["stage"]
        if match["subject"] and speaks_of_time(subject):
            return None
        return ProsePart(piece, subject + match["done"], _read_named(match["named"], year))
    if found := split_action(text):
        if speaks_of_time(found[1]):
            return None
        return ProsePart(piece[: len(piece) - len(found[1])], piece[-len(found[1]) :], _read_named(found[0], year))
    if re.fullmatch(_OPEN, text) and not _names_time(text):
        return ProsePart(piece, piece, Reading(()))
    try:
        reading = read_phrase(text, year)
    except NoFormFitsError:
        return None
    return ProsePart(piece, piece, reading) if not reading.occurrences and not reading.begins else None


def _read_named(named: str, year: int) -> Reading:
    try:
        return read(named, year)
    except UnreadableError as unreadable:
        raise (unreadable.in_part(named) if unreadable.near else unreadable) from None


def _names_time(text: str) -> bool:
    return speaks_of_time(re.sub("长期|持续|常态|适时|视情?|后续?|第[0-9]+[项批期]", "", text))
