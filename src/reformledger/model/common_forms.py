"""The common forms of deadline wordings, which nearly every ledger has: a name, a span, what recurs, no end."""

from __future__ import annotations

import re

from reformledger.i18n import _
from reformledger.model.period import UnreadableError
from reformledger.model.spans import Reading, bounded
from reformledger.model.spelling import NUMERALS, arabic, no_form_fits

_OPEN_ENDED = (
    "(?:长期|持续|常态化)(?:坚持|推进|实施|开展|落实|进行)?"
    "|(?:按照?|根据)[^0-9年月日季旬周:;,。、]*(?:要求|部署|安排)(?:推进|实施|开展|落实|进行|执行)?"
)
_TAIL = "(?P<body>.+?)(?P<before>[以之]?前)?(?:完成)?"
_UNTIL = "(?P<every>[^,每]*每[^,每]*),(?P<last>[^,每]+?)(?:完成|办结|结束)"


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
    recurring = read_common(match["every"], year)
    try:
        last = read_common(match["last"], year)
    except UnreadableError as unreadable:
        raise unreadable.in_whole(lambda near: f"{match['every']}，{near}完成") from None
    if len(last.occurrences) != 1:
        raise no_form_fits()
    completes = last.occurrences[0].end
    occurrences = tuple(period for period in recurring.occurrences if period.end <= completes)
    if not occurrences:
        raise UnreadableError(_("It is completed before it recurs for the first time."), ())
    return recurring._replace(
        occurrences=occurrences, relative=recurring.relative or last.relative, completes=completes
    )
