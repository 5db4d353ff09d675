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

from reformledger.i18n import _
from reformledger.model.common_forms import read_common
from reformledger.model.period import UnreadableError
from reformledger.model.spans import Reading
from reformledger.model.spelling import NoFormFitsError
from reformledger.text.folding import wording_key


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
