"""Records that are printed as lines with a label each (项目名称：…, 责任单位：…): a table, each record a row of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reformledger.drafting.entry import Context
from reformledger.drafting.notices.labels import is_note, labels_in
from reformledger.drafting.notices.numbering import number_at_start
from reformledger.drafting.notices.pages import is_page_number
from reformledger.drafting.passage import NOTHING, Passage, joined_lines
from reformledger.drafting.source import Line
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.tables.table import ReadRow, ReadTable
from reformledger.i18n import _
from reformledger.text.folding import compact

_FIRST = frozenset({"number", "title"})
"""The fields with which a record begins."""
_LABEL = re.compile(r"\s*(?P<word>[^\s：:，。；、（）()《》“”][^：:，。；《》“”]{1,11}?)\s*[：:]")
_FULL_STOPS = ("。", "；", ";")
_AROUND = " \t\u3000；;"
_FEWEST = 2
"""Records of a text, lines of a record, and known labels: one alone may be anything."""


class _Said(NamedTuple):
    """What stands behind a label: its word, the label with its mark, the value."""

    word: Passage
    label: Passage
    value: Passage

    @property
    def key(self) -> str:
        """Return the word as words are compared."""
        return compact(self.word.text)


class _Entry(NamedTuple):
    """A line that is not blank: where it is, what it says behind labels, and whether more is before it than usual."""

    at: int
    text: Passage
    said: tuple[_Said, ...]
    is_apart: bool

    @property
    def key(self) -> str:
        """Return the word of its first label; blank without one."""
        return self.said[0].key if self.said else ""


_Record = list[_Entry]


def records_in(lines: Sequence[Line], context: Context) -> list[Sequence[Line] | ReadTable]:
    """Return lines in runs, those of records replaced by tables, whose labels are laid out."""
    entries = _entries(lines)
    flow: list[Sequence[Line] | ReadTable] = []
    start = 0
    runs = list(_runs(entries))
    if 2 * len(runs) > sum(map(len, runs)) + 1:
        # With a line over most of them (1.…) they are no records, but what points say.
        return [lines]
    for records in runs:
        begin, end = records[0][0].at, records[-1][-1].at + 1
        flow += [lines[start:begin], _table(records, context)]
        for line in lines[begin:end]:
            if is_page_number(line.text.text):
                context.account.lay_out(line.text.strip(), "page number")
        start = end
    flow.append(lines[start:])
    return [block for block in flow if block]


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    texts = [line.text.text.strip() for line in lines]
    filled = [at for at, text in enumerate(texts) if text and not is_page_number(text)]
    steps = [at - before for before, at in pairwise(filled)]
    usual = min(steps, default=1)
    entries: list[_Entry] = []
    for at, step in zip(filled, [usual, *steps], strict=False):
        text = lines[at].text.strip()
        entries.append(_Entry(at, text, _said(text), step > usual))
    return entries


def _said(text: Passage) -> tuple[_Said, ...]:
    """Return what a line says behind labels: the first, which may be any word, begins it; others are known ones."""
    first = _LABEL.match(text.text)
    if first is None or number_at_start(text.text) or is_note(text.text):
        return ()
    labels = [(text.group(first, "word"), first.start("word"), first.end())]
    for label in labels_in(text.text):
        if label.key and label.start >= first.end():
            word = text[label.start : label.start + len(label.word)]
            labels.append((word, label.start, label.end))
    ends = [*(start for _word, start, _end in labels[1:]), len(text)]
    pairs = zip(labels, ends, strict=True)
    return tuple(_Said(word, text[start:behind], text[behind:end]) for (word, start, behind), end in pairs)


def _runs(entries: Sequence[_Entry]) -> Iterator[list[_Record]]:
    """Yield the records that follow each other with no other line between."""
    counts = Counter(entry.key for entry in entries if entry.said)
    key = next((key for key, count in counts.items() if count >= _FEWEST and field_of(key) in _FIRST), None)
    if key is None:
        return
    starts = [place for place, entry in enumerate(entries) if entry.key == key]
    regions = [entries[start:end] for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)]
    common = Counter(said for region in regions for said in {said.key for entry in region for said in entry.said})
    known = {word for word, count in common.items() if count >= _FEWEST}
    if sum(field_of(word) is not None for word in known) < _FEWEST:
        return
    records: list[_Record] = []
    for region in regions:
        record = _record(region, known, is_last=region is regions[-1])
        is_record = _is_filled(record)
        if is_record:
            records.append(record)
        if records and (not is_record or len(record) < len(region)):
            yield records
            records = []
    if records:
        yield records


def _record(region: Sequence[_Entry], known: set[str], *, is_last: bool) -> _Record:
    """Return the lines of a record, from its first on.

    Up to its last label that other records have, too, all that has nothing between is of it. Behind that, a label is
    where another record follows, or where it is a field's; a line without one goes on with the one before it.
    """
    last = max(place for place, entry in enumerate(region) if not place or entry.key in known)
    for place, entry in enumerate(region):
        if not place or entry.key in known or (place < last and not entry.is_apart):
            continue
        if entry.said:
            is_of_record = not (is_last and field_of(entry.key) is None)
        else:
            is_of_record = _goes_on(region[place - 1].text.text, entry.text.text)
        if entry.is_apart or not is_of_record:
            return list(region[:place])
    return list(region)


def _is_filled(record: _Record) -> bool:
    """Say whether the first label of a record has a value, and another has one, too."""
    values = {said.key: bool(said.value.strip()) for entry in record for said in entry.said}
    has_first = values[record[0].key] or not (len(record) == 1 or record[1].said)
    return has_first and sum(values.values()) + (not values[record[0].key]) >= _FEWEST


def _goes_on(before: str, text: str) -> bool:
    """Say whether a line may go on with the one before it: neither does a sentence end there, nor a number begin."""
    return not (before.endswith(_FULL_STOPS) or number_at_start(text) or is_note(text))


def _table(records: Sequence[_Record], context: Context) -> ReadTable:
    """Return records as a table whose columns are their labels in the order in which they come first."""
    headings: dict[str, Passage] = {}
    rows: list[tuple[dict[str, list[Passage]], str]] = []
    for record in records:
        cells: dict[str, list[Passage]] = {}
        last = ""
        for entry in record:
            if not entry.said:
                cells[last].append(entry.text)
            for said in entry.said:
                headings.setdefault(said.key, said.word)
                context.account.lay_out(said.label, "label")
                last = said.key
                cells.setdefault(last, []).append(_bare(said.value, context))
        rows.append((cells, "" if record[-1].said else last))
    places = {key: place for place, key in enumerate(headings)}
    # What is below the last label may be of what follows: nothing shows where the record ends.
    sentence = _("This may be no cell of its column: is it?")
    read = (
        ReadRow(
            tuple(joined_lines([value for value in cells.get(key, []) if value]) for key in headings),
            notes={places[open_key]: sentence} if open_key else {},
        )
        for cells, open_key in rows
    )
    return ReadTable(tuple(headings.values()), tuple(read), NOTHING)


def _bare(value: Passage, context: Context) -> Passage:
    """Return a value without the blanks and the mark that part it from its label and from the next."""
    bare = value.strip(_AROUND)
    start = len(value.text) - len(value.text.lstrip(_AROUND))
    for around in (value[:start], value[start + len(bare) :]):
        context.account.lay_out(around, "separator")
    return bare
