"""The year of the documents: as a title names it, else as it was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reformledger.drafting.source import Line, Source, cells_of
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.folding import compact

_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])(?=年|年度|$|[^0-9/.-])")
_TITLE = re.compile(
    "要点|台账|清单|任务|事项|计划|安排|目标|方案|分工|分解|责任书|推进表|一览表|汇总表|register|plan|list|ledger"
)
_DAY = re.compile("((?:19|20)[0-9]{2})(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?")
_TITLES_WITHIN = 30
"""Lines, or cells, at the beginning of a source, in which its title is looked for."""


def year_of_sources(sources: Sequence[Source]) -> int:
    """Return the year that the titles of the sources name most often, else their beginning, else the days in them.

    Raises ``UsageError`` where none of these names one, or several are named as often.
    """
    for found in map(Counter, (_of_titles(sources), _of_heads(sources), _of_days(sources))):
        if found:
            (year, most), *others = found.most_common()
            if all(count < most for _other, count in others):
                return int(year)
            break
    message = _("No title names the year of the documents.")
    if found:
        years = _(", ").join(sorted(found))
        message = _("The sources name several years: {years}.").format(years=years)
    raise UsageError(message, _("Say which year it is: --year 2020"))


def _of_titles(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        texts = [compact(text) for text in _head(source)]
        # A title may be broken over lines: what names the year may be above what says that it is a title.
        for place, text in enumerate(texts):
            title = text + "".join(texts[place + 1 : place + 2])
            if (match := _YEAR.search(text)) and _TITLE.search(title) and not _DAY.search(text):
                yield match[1]
        if match := _YEAR.search(compact(source.file.stem)):
            yield match[1]


def _of_heads(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        yield from (match[1] for text in _head(source) for match in _YEAR.finditer(compact(text)))


def _of_days(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        yield from (match[1] for match in _DAY.finditer(compact(source.text)))


def _head(source: Source) -> list[str]:
    texts: list[str] = []
    for block in source.blocks:
        passages = [block.text] if isinstance(block, Line) else list(cells_of(block.rows))
        texts += [passage.text for passage in passages[:_TITLES_WITHIN] if passage.text.strip()]
        if len(texts) > _TITLES_WITHIN:
            break
    return texts[:_TITLES_WITHIN]
