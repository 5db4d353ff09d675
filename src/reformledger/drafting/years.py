"""The year of the documents: as a title names it, else as it was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from reformledger.drafting.blanks import HAN
from reformledger.drafting.source import Block, Grid, Line, Source, cells_of
from reformledger.drafting.title_lines import may_be_of_title
from reformledger.errors import UsageError, display_name
from reformledger.i18n import _, sentences
from reformledger.text.folding import compact
from reformledger.text.patterns import when_used

_DIGITS = "(?<![0-9./-])((?:19|20)[0-9]{2})"
_YEAR = re.compile(f"{_DIGITS}(?=年)")
_YEAR_OF_TITLE = when_used(f"{_DIGITS}(?![0-9./-])(?=年|(?!{HAN}))")
"""A title may name it without 年: Annual plan 2024, 任务清单（2024）. A number before another word is a count."""
_YEAR_OF_FILE = re.compile(f"{_DIGITS}(?![0-9./-])")
_RANGE = re.compile("(?:19|20)[0-9]{2}年?[-—–~～至]+(?:19|20)[0-9]{2}年?")
_DOCUMENT_NUMBER = re.compile(r"[\[(〔【﹝][0-9]{4}[\])〕】﹞](?:第?[0-9]+号)")
_SENTENCE = re.compile("[。；;]")
_DAY = re.compile("((?:19|20)[0-9]{2})(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?")
_TITLES_WITHIN = 30
"""Lines, or cells, at the beginning of a source, in which its title is looked for."""


def year_of_sources(sources: Sequence[Source]) -> int:
    """Return the year that the titles of the sources name, else the names of the files, their beginning, the days.

    Raises ``UsageError`` where none of these names one, or they name several.
    """
    if found := [(source, years) for source in sources if (years := _of_titles(source) or _of_file(source))]:
        return _one_for_all(found)
    for counted in map(Counter, (_of_heads(sources), _of_days(sources))):
        if counted:
            (year, most), *others = counted.most_common()
            if all(count < most for _other, count in others):
                return int(year)
            raise _several(counted)
    raise UsageError(_("No title names the year of the documents."), _say_it("2020"))


def _one_for_all(found: Sequence[tuple[Source, Sequence[str]]]) -> int:
    """Return the year that the titles of all sources name; raises ``UsageError`` where they name several."""
    years = {year for _source, named in found for year in named}
    if len(years) == 1:
        return int(years.pop())
    if len(found) == 1:
        raise _several(years)
    sentence = _("{heading}: {text}")
    named = [
        sentence.format(heading=display_name(source.file), text=_(", ").join(of_source)) for source, of_source in found
    ]
    message = _("The titles name different years ({years}), and a draft is of one.")
    advice = sentences(_("Draft the files of each year by themselves."), _say_it(max(years)))
    raise UsageError(message.format(years=_("; ").join(named)), advice)


def _several(years: Iterable[str]) -> UsageError:
    message = _("The sources name several years: {years}.").format(years=_(", ").join(sorted(years)))
    return UsageError(message, _say_it(max(years)))


def _say_it(year: str) -> str:
    return _("Say which year it is: --year {year}").format(year=year)


def _of_titles(source: Source) -> list[str]:
    """Return the years that the titles of a source name: that of each worksheet, else that of the whole."""
    worksheets: list[Sequence[Block]] = [[block] for block in source.blocks if isinstance(block, Grid) and block.name]
    titles = [_of_title(list(_head(blocks))) for blocks in worksheets or [source.blocks]]
    return list(dict.fromkeys(year for years in titles for year in years))


def _of_title(head: Sequence[str]) -> list[str]:
    """Return the years of the first title that names any: one, or several of which any may be meant."""
    texts = list(map(compact, head))
    for place, text in enumerate(texts):
        # A title may be broken over lines: what names the year may be above what says that it is a title.
        title = text + "".join(texts[place + 1 : place + 2])
        if may_be_of_title(title) and not _SENTENCE.search(text) and not _DAY.search(text):
            plain = _RANGE.sub("", _DOCUMENT_NUMBER.sub("", text))
            if years := _YEAR.findall(plain) or _YEAR_OF_TITLE.findall(plain):
                return years
    return []


def _of_file(source: Source) -> list[str]:
    return _YEAR_OF_FILE.findall(compact(source.file.stem))


def _of_heads(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        yield from (match[1] for text in _head(source.blocks) for match in _YEAR.finditer(compact(text)))


def _of_days(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        yield from (match[1] for match in _DAY.finditer(compact(source.text)))


def _head(blocks: Iterable[Block]) -> Iterator[str]:
    """Return the texts of the lines and cells at the beginning of some blocks."""
    passages = chain.from_iterable(
        [block.text] if isinstance(block, Line) else cells_of(block.rows) for block in blocks
    )
    return islice((passage.text for passage in passages if passage.text.strip()), _TITLES_WITHIN)
