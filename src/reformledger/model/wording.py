"""The grammar of deadline wordings: printed text → the calendar periods it names.

A wording is folded (spaces, width and sort of dash make no difference) and must then fit one form as a whole:

- a name: ``2020-12``, ``2020-Q4``, ``2020.8.29``, ``2020年12月``, ``四季度``, ``6月上旬``, ``年底``;
- two names joined to a span: ``2020/2022``, ``3—5月``, ``2020年3月至2021年5月``;
- a name after 每, within bounds, from or until a day, or not: ``每月28日``, ``每周三``, ``每季度最后一个月的30日``,
  ``2020年每季度末``, ``从2023年3月起，每季度``, ``每月推进，2020年12月底前完成``;
- words without an end: ``长期坚持``, ``按省上要求推进``;

a name or span may be followed by 前 (以前, 之前) and 完成. What fits none of these is tried with the rarer forms of
``phrases``. What could be read in two ways is refused.
"""

from __future__ import annotations

import re

from reformledger.i18n import _
from reformledger.model.period import UnreadableError
from reformledger.model.spans import Reading, bounded
from reformledger.model.spelling import NUMERALS, NoFormFitsError, arabic, no_form_fits
from reformledger.text.folding import wording_key

_OPEN_ENDED = (
    "(?:长期|持续|常态化)(?:坚持|推进|实施|开展|落实|进行)?"
    "|(?:按照?|根据)[^0-9年月日季旬周:;,。、]*(?:要求|部署|安排)(?:推进|实施|开展|落实|进行|执行)?"
)
_TAIL = "(?P<body>.+?)(?P<before>[以之]?前)?(?:完成)?"
_UNTIL = "(?P<every>[^,每]*每[^,每]*),(?P<last>[^,每]+?)(?:完成|办结|结束)"


def read(wording: str, year: int) -> Reading:
    """Return what a wording of one part means in a document of ``year``; raises ``UnreadableError``."""
    text = wording_key(wording)
    if not text:
        raise UnreadableError(_("It is empty."), ())
    try:
        return read_common(text, year)
    except NoFormFitsError:
        from reformledger.model.phrases import read_phrase  # most wordings are common

        return read_phrase(text, year)


def read_common(text: str, year: int) -> Reading:
    """Read a folded wording in one of the common forms; raises ``NoFormFitsError`` where a rarer one may fit."""
    if re.fullmatch(_OPEN_ENDED, text):
        return Reading(())
    tail = re.fullmatch(_TAIL, re.sub(NUMERALS, arabic, text))
    if tail is None:
        raise no_form_fits()
    body, before = tail["body"], tail["before"] is not None
    if "每" not in body:
        return bounded(body, year, before=before)
    from reformledger.model.recurring import recurring  # most ledgers have little or nothing that recurs

    return _until(text, year) or recurring(re.sub("^[于在]", "", body), year, before=before)


def _until(text: str, year: int) -> Reading | None:
    """Read what recurs until it is completed: ``每月推进，2020年12月底前完成``; None for any other wording."""
    match = re.fullmatch(_UNTIL, text)
    if match is None:
        return None
    recurring, last = read_common(match["every"], year), read_common(match["last"], year)
    if len(last.occurrences) != 1:
        raise no_form_fits()
    completes = last.occurrences[0].end
    occurrences = tuple(period for period in recurring.occurrences if period.end <= completes)
    if not occurrences:
        raise UnreadableError(_("It is completed before it recurs for the first time."), ())
    return recurring._replace(
        occurrences=occurrences, relative=recurring.relative or last.relative, completes=completes
    )
