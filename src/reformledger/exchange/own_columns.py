"""Which column of a department's own table says what: by the headings of the table of fields, or as it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reformledger.exchange.form import HIDDEN_SHEET, reached_key
from reformledger.exchange.layout import Layout, RefusalError, head_of
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.tables import ReadSheet, ReadWorkbook
from reformledger.fields.entry import ENTRY, PROGRESS
from reformledger.fields.exchange import FORM
from reformledger.fields.field import Field
from reformledger.i18n import _, sentences
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice

NAMING = ("ref", "id", "title")
"""The columns that say which entry a row is on."""
_FIELDS: tuple[Field, ...] = (
    *(ENTRY[key] for key in NAMING),
    *(PROGRESS[key] for key in ("text", "percent", "by", "evidence", "problems", "date", "for", "phase")),
    FORM["close"],
)


class OwnColumns:
    """What the headings of tables mean in a book whose open entries have some targets.

    ``columns`` says what a heading means, and goes before: a field or target by key or heading; "" leaves it out.
    """

    def __init__(self, targets: Iterable[str], columns: Mapping[str, str]) -> None:
        self.targets = list(dict.fromkeys(targets))
        self._known = self._headings()
        self._words = {field.key: field.heading for field in _FIELDS}
        self._words |= {reached_key(number): name for number, name in enumerate(self.targets, 1)}
        self._asked = {search_key(heading): heading for heading in columns}
        self._said = {search_key(heading): self._meant(heading, word) for heading, word in columns.items()}

    def _headings(self) -> dict[str, str]:
        """Return the keys of columns by the keys of their headings; a field goes before a target of the same name."""
        known: dict[str, str] = {}
        endings = ["", *(heading.partition("{number}")[2] for heading in FORM["reached"].headings)]
        for field in _FIELDS:
            known |= {search_key(heading): field.key for heading in (*field.headings, field.key)}
        for number, name in enumerate(self.targets, 1):
            for ending in endings:
                known.setdefault(search_key(name + ending), reached_key(number))
        return known

    def _meant(self, heading: str, word: str) -> str:
        """Return the key of the field or target that ``--column`` names, "" for none; raises ``RefusalError``."""
        if not word.strip():
            return ""
        key = self._known.get(search_key(word))
        if key is None:
            words = list(self._words.values())
            message = _("“{word}” is no field of a report and no target.").format(word=word)
            all_words = _("There are: {names}.").format(names=_(", ").join(words))
            raise RefusalError(f"--column {heading}", message, nearest_advice(nearest(word, words)) or all_words)
        return key

    def key_of(self, heading: str) -> str | None:
        """Return the key of the column with a heading; None where it means nothing, or is left out."""
        folded = search_key(heading)
        return self._said.get(folded, self._known.get(folded)) or None

    def tables(self, workbook: ReadWorkbook, file: str) -> tuple[Sequence[Layout], list[Item]]:
        """Return the tables of a workbook that hold reports, and what is to be said of its other sheets.

        Raises ``RefusalError`` where there is none, where two columns claim a field, and for a form that was sent.
        """
        if any(sheet.name == HIDDEN_SHEET for sheet in workbook.sheets):
            message = _("It is a form of “reformledger send”, not a table of one's own.")
            raise RefusalError(file, message, _("Take it by: reformledger take FILE"))
        seen = [sheet for sheet in workbook.sheets if not sheet.is_hidden and sheet.cells]
        layouts = [layout for sheet in seen if not (layout := self._layout(file, sheet)).lacks]
        if not layouts:
            raise self._without_table(file, seen)
        self._check_said(layouts, file)
        for layout in layouts:
            layout.check_doubles()
        read = {layout.sheet.name for layout in layouts}
        others = (sheet for sheet in workbook.sheets if sheet.cells and sheet.name not in read)
        return layouts, [Item(Fate.NOTE, file, _of_other(sheet)) for sheet in others]

    def _layout(self, file: str, sheet: ReadSheet) -> _Table:
        head, found = head_of(sheet, self.key_of)
        for key, columns in found.items():
            said = [column for column in columns if search_key(sheet.cells[head, column].text) in self._said]
            found[key] = said or columns
        return _Table(file, sheet, head, found, self._words)

    def _check_said(self, layouts: Iterable[Layout], file: str) -> None:
        """Raise ``RefusalError`` for a heading of ``--column`` that no table has."""
        there = {search_key(text): text for layout in layouts for text in _texts(layout.sheet, layout.head)}
        for key, heading in self._asked.items():
            if key not in there:
                message = _("No column has the heading “{heading}”.").format(heading=heading)
                near = nearest_advice(nearest(heading, there.values()))
                raise RefusalError(file, message, near or _("There are: {names}.").format(names=_listed(there)))

    def _without_table(self, file: str, sheets: Iterable[ReadSheet]) -> RefusalError:
        """Return why there is no table: what the one lacks that has most of it, and the nearest of its headings."""
        layouts = [self._layout(file, sheet) for sheet in sheets]
        best = max(layouts, key=lambda layout: len(layout.columns), default=None)
        say = _("Say which column it is: --column {form}.")
        form = _("HEADING={field}")
        if best is None or not best.columns:
            advice = say.format(form=form.format(field=PROGRESS["text"].heading))
            return RefusalError(file, _("No row of headings was found in it."), advice)
        lacked, message = PROGRESS["text"], _("No column says what was done.")
        if "text" in best.columns:
            lacked, message = ENTRY["id"], _("No column says by id or title which entry a row is on.")
        advice = say.format(form=form.format(field=lacked.heading))
        others = best.other_headings().values()
        near = list(dict.fromkeys(other for word in lacked.headings for other in nearest(word, others)))
        there = _("Its other headings: {names}.").format(names=_(", ").join(near or others)) if others else ""
        return RefusalError(best.place((best.head, 1)), message, sentences(there, advice))


class _Table(Layout):
    """A table as it was found: a field may be claimed by several columns yet."""

    def __init__(
        self, file: str, sheet: ReadSheet, head: int, found: Mapping[str, list[int]], words: Mapping[str, str]
    ) -> None:
        columns = {key: each[0] for key, each in sorted(found.items(), key=lambda pair: pair[1])}
        headings = {key: sheet.cells[head, column].text for key, column in columns.items()}
        super().__init__(file, sheet, head, columns, headings)
        self._found, self._words = found, words

    @property
    def lacks(self) -> bool:
        """Say whether it has no column of texts, or none that names entries."""
        return "text" not in self.columns or self.columns.keys().isdisjoint(NAMING)

    def check_doubles(self) -> None:
        """Raise ``RefusalError`` where two columns claim a field."""
        for key, (first, *more) in self._found.items():
            if more:
                one, other = (self.sheet.cells[self.head, column].text for column in (first, more[0]))
                message = _("“{one}” ({place}) and “{other}” are headings of the same field.")
                message = message.format(one=one, place=self.sheet.place((self.head, first)), other=other)
                advice = _("Say which one it is: --column {form}.").format(form=f"{one}={self._words[key]}")
                if search_key(one) == search_key(other):
                    advice = _("Give one of them another heading.")
                raise RefusalError(self.place((self.head, more[0])), message, advice)


def _texts(sheet: ReadSheet, head: int) -> Iterator[str]:
    yield from (cell.text for (row, _column), cell in sorted(sheet.cells.items()) if row == head)


def _listed(there: Mapping[str, str]) -> str:
    return _(", ").join(there.values())


def _of_other(sheet: ReadSheet) -> str:
    sentence = _("The sheet “{name}” is hidden: nothing of it is taken.")
    if not sheet.is_hidden:
        sentence = _("The sheet “{name}” has no table of reports: nothing of it is taken.")
    return sentence.format(name=sheet.name)
