"""What no draft is made of: sources without an entry, and columns that are said to be what none is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reformledger.drafting.draft import Draft, draft_of
from reformledger.drafting.plain import WITH_ENTRIES, entries_of
from reformledger.drafting.reading.refusals import TABLES
from reformledger.drafting.source import Grid, Line, Source, cells_of
from reformledger.drafting.tables.headings import meant_by
from reformledger.errors import UsageError, display_name
from reformledger.i18n import _, sentences
from reformledger.model.documents import DocumentKind
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice

_SEPARATORS = {
    "|": "'|'",
    ";": "';'",
    "；": "；",
    "\t": "tab",
    ",": ",",
    "，": "，",
    "、": "、",
    "^": "'^'",
    "~": "'~'",
}
"""What may be between the cells of a CSV file, as it is typed."""


def refuse_columns(columns: Mapping[str, str], sources: Sequence[Source]) -> None:
    """Raise ``UsageError`` for a column that is said to be an unknown field, or that no source has."""
    if not columns:
        return
    for word in filter(str.strip, columns.values()):
        meant_by(word)
    cells = {search_key(text): text for source in sources for text in _cells(source)}
    lines = [_lines(source) for source in sources]
    for heading in columns:
        # Of stepped headings each level is a cell: 责任单位 牵头.
        words = [search_key(heading), *map(search_key, heading.split())]
        is_there = words[0] in cells or all(word in cells for word in words[1:])
        if not is_there and not any(words[0] in text for text in lines):
            message = _("--column: no source has a column “{heading}”.").format(heading=heading)
            near = nearest_advice(nearest(heading, cells.values()))
            raise UsageError(message, near or _("Write it as it is printed there."))


def refuse_without_entries(
    draft: Draft, kind: DocumentKind | None, columns: Mapping[str, str], encoding: str | None
) -> None:
    """Raise ``UsageError`` where no entry was found; with a ``kind``, where one of the sources has none."""
    ids = {entry.id for kind_of_one in WITH_ENTRIES for entry in entries_of(draft.documents.get(kind_of_one))}
    accounts = draft.accounts
    if ids and kind is None:
        return
    if ids:
        accounts = [account for account in accounts if not ids & {used.entry for used in account.passages()}]
    if not accounts:
        return
    sources = [account.source for account in accounts]
    files = _(", ").join(display_name(source.file) for source in sources)
    message = _("{heading}: {text}").format(heading=files, text=_not_found(kind))
    raise UsageError(message, sentences(*_advice(draft.year, sources, kind, columns, encoding)))


def _not_found(kind: DocumentKind | None) -> str:
    if kind == "ledger":
        return _("no table of tasks was found: a row of headings, and the tasks below it.")
    if kind == "workpoints":
        return _("no work points were found: numbered lines, or a table of them.")
    return _("neither numbered work points nor a table of tasks was found.")


def _advice(
    year: int,
    sources: Sequence[Source],
    kind: DocumentKind | None,
    columns: Mapping[str, str],
    encoding: str | None,
) -> Iterator[str]:
    """Yield what would help, the likeliest first; at last that others are to be named."""
    others: list[DocumentKind | None] = [other for other in (None, *WITH_ENTRIES) if other != kind]
    finding = [other for other in others if _has_entries(draft_of(sources, kind=other, year=year, columns=columns))]
    separators = dict.fromkeys(filter(None, map(_separator, sources)))
    if finding:
        other = finding[0]
        yield _("Say: --kind {kind}").format(kind=other) if other else _("Leave --kind out.")
    for separator in separators:
        yield _("Say what is between the cells: --separator {separator}").format(separator=separator)
    if encoding:
        yield _("Perhaps the encoding is another one: leave --encoding out.")
    if not (finding or separators):
        yield _("Name the files that hold them.")


def _has_entries(draft: Draft) -> bool:
    return any(True for kind in WITH_ENTRIES for _entry in entries_of(draft.documents.get(kind)))


def _separator(source: Source) -> str:
    """Return what is between the cells of most lines of a CSV file that was read as one column, as it is typed."""
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    is_cut = any(sum(map(bool, row)) > 1 for grid in grids for row in grid.rows)
    if is_cut or source.file.suffix.lower() not in TABLES:
        return ""
    lines = [cell.text for grid in grids for cell in cells_of(grid.rows)]
    having = Counter(mark for line in lines for mark in _SEPARATORS if mark in line)
    ((mark, count),) = having.most_common(1) or [("", 0)]
    return _SEPARATORS[mark] if count * 2 > len(lines) else ""


def _cells(source: Source) -> Iterator[str]:
    """Yield what may be headings of columns: the cells of tables."""
    for block in source.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in cells_of(block.rows))


def _lines(source: Source) -> str:
    """Return the lines among which a table may be, as one text that is compared: a heading may be broken."""
    return search_key("".join(block.text.text for block in source.blocks if isinstance(block, Line)))
