"""What each column of a table is: a field of its entries, a part of their phases, or a column of the table's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reformledger.drafting.blanks import tidied
from reformledger.drafting.names import is_office, is_surely_person
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Subject
from reformledger.drafting.tables.headings import ROW_FIELDS, field_of, meant_by, phase_field_of
from reformledger.drafting.tables.table import ReadRow, ReadTable
from reformledger.drafting.values import is_deadline, reads_as_period
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.entries import STAR_SIGN
from reformledger.text.folding import compact, search_key
from reformledger.text.masking import holds_any_number
from reformledger.yamlio import Mapped

_LEADS = re.compile("牵头|主办|主责|(?i:lead)")
_RESPONSIBLE = re.compile("责任|承办")
_KEY = re.compile("[a-z][a-z0-9_]*")
_LONGEST_MARK = 8  # characters of what is hardly a text
_LEAST_GROUPS = 2  # headings of the first level that have the same ones under them


class Doubt(NamedTuple):
    """What is asked of every value of a column: the subject and the sentence."""

    subject: Subject
    sentence: str


@dataclass(frozen=True)
class Column:
    """A column: the field that it is, ``columns`` for one of the table's own, ``phases`` for part of the phases.

    ``part`` is the key of a column of one's own, the role of persons, or the field of a phase; ``phase`` is the heading
    of the phase that a stepped head has over it.
    """

    heading: Passage
    key: str
    part: str = ""
    phase: Passage = NOTHING
    doubt: Doubt | None = None


Group = Sequence[ReadRow]
"""The rows of one entry."""


class _Reader:
    """Finds out what the columns of a table are. ``said`` are the fields that a person named for headings."""

    def __init__(self, table: ReadTable, groups: Sequence[Group], year: int, said: Mapping[str, str]) -> None:
        self._table = table
        self._groups = groups
        self._year = year
        self._said = {search_key(heading): word for heading, word in said.items()}
        self._columns: list[Column] = []

    def columns(self) -> list[Column]:
        phases = dict(_stepped([heading.text for heading in self._table.headings], self._year))
        for place, heading in enumerate(self._table.headings):
            self._columns.append(phases[place].of(heading) if place in phases else self._column(place, heading))
        self._tell_steps()
        self._tell_doubles()
        self._tell_categories()
        self._find_title()
        return self._columns

    def cells(self, place: int) -> Iterator[Passage]:
        """Yield the cells of a column that hold something."""
        return (row.cells[place] for row in self._table.rows if row.cells[place])

    def _column(self, place: int, heading: Passage) -> Column:
        heading = tidied(heading)
        said = self._said.get(search_key(heading.text)) if heading else None
        key = (meant_by(said) if said.strip() else None) if said is not None else field_of(heading.text)
        if key == "remark" and any(cell.text.startswith(STAR_SIGN) for cell in self.cells(place)):
            key = "star"
        if key == "persons":
            return Column(heading, key, self._role(heading.text))
        if key:
            return Column(heading, key)
        if said is None and heading and (guessed := self._guessed(place, self._guesses())):
            sentences = {
                "due": _("The heading of this column is not known: are these the deadlines?"),
                "contact": _("The heading of this column is not known: is this whom to call?"),
                "lead_departments": _("The heading of this column is not known: are these the departments that lead?"),
            }
            return Column(heading, guessed, doubt=Doubt("heading", sentences[guessed]))
        return self._own(place, heading)

    def _role(self, heading: str) -> str:
        """Return what people are under a heading: of stepped heads the last level, unless others have the same."""
        last = heading.rpartition(" ")[2]
        alike = [other for other in self._table.headings if tidied(other).text.rpartition(" ")[2] == last]
        return heading if heading.isascii() or len(alike) > 1 else last

    def _guesses(self) -> Sequence[str]:
        """Return what columns with unknown headings may be; offices may be titles, where no column has those."""
        has_title = any(field_of(heading.text) in {"title", "text"} for heading in self._table.headings)
        return ("due", "contact", "lead_departments") if has_title else ("due", "contact")

    def _own(self, place: int, heading: Passage, doubt: Doubt | None = None) -> Column:
        if not heading and (key := self._guessed(place, ("number", "due", "lead_departments", "leaders", "star"))):
            sentence = _("The heading over this column is lost: what is it?")
            return Column(heading, key, doubt=Doubt("heading", sentence))
        if not heading:
            doubt = Doubt("heading", _("The heading over this column is lost: what is it?"))
        return Column(heading, "columns", self._own_key(place, heading.text), doubt=doubt)

    def _own_key(self, place: int, heading: str) -> str:
        word = "_".join(re.findall("[a-z0-9]+", heading.lower())) if heading.isascii() else ""
        taken = {column.part for column in self._columns}
        if _KEY.fullmatch(word) and word not in ENTRY and word not in taken:
            return word
        return f"column_{place + 1}"

    def _guessed(self, place: int, keys: Sequence[str]) -> str | None:
        """Return which of some fields most cells of a column fit, where no other column is it."""
        cells = [compact(cell.text) for cell in self.cells(place)]
        known = {field_of(heading.text) for heading in self._table.headings if heading}
        known |= {column.key for column in self._columns}
        fitting: Mapping[str, Callable[[str], bool]] = {
            "number": str.isdigit,
            "due": lambda text: is_deadline(text, self._year),
            "contact": holds_any_number,
            "lead_departments": is_office,
            "leaders": is_surely_person,
            "star": lambda text: text.startswith(STAR_SIGN),
        }
        missing = (key for key in keys if key not in known)
        return next((key for key in missing if sum(map(fitting[key], cells)) * 2 > len(cells)), None)

    def _tell_steps(self) -> None:
        """Where an entry has several rows, what differs in them and may be part of a phase is part of one."""
        parts = {
            place: part
            for place, column in enumerate(self._columns)
            if not column.phase
            and (part := phase_field_of(column.heading.text))
            and any(_differ(group, place) for group in self._groups)
        }
        if not {"name", "text"}.isdisjoint(parts.values()):
            for place, part in parts.items():
                self._columns[place] = replace(self._columns[place], key="phases", part=part)

    def _tell_doubles(self) -> None:
        """Let one column only be a field: of departments the other supports, else it is one of the table's own."""
        for key in ROW_FIELDS:
            places = [place for place, column in enumerate(self._columns) if column.key == key and not column.part]
            if len(places) > 1 and key != "contact":
                self._tell_apart(key, places)

    def _tell_apart(self, key: str, places: list[int]) -> None:
        first = self._first(key, places)
        supports = key == "lead_departments" and not any(c.key == "supporting_departments" for c in self._columns)
        others = [place for place in places if place != first]
        if supports and (place := next((place for place in others if self._may_support(place, first)), None)):
            others.remove(place)
            names = {"heading": self._columns[place].heading.text, "other": self._columns[first].heading.text}
            sentence = _("Beside “{other}”, the departments under “{heading}” are taken for supporting ones.")
            doubt = Doubt("roles", sentence.format(**names))
            self._columns[place] = replace(self._columns[place], key="supporting_departments", doubt=doubt)
        headings = dict.fromkeys(self._columns[place].heading.text for place in (first, *others))
        sentence = _("Several columns are headed as one field is ({headings}): what is each of them?")
        doubt = Doubt("heading", sentence.format(headings=_(", ").join(headings)))
        for place in others:
            self._columns[place] = self._own(place, self._columns[place].heading, doubt)
        if others:
            self._columns[first] = replace(self._columns[first], doubt=doubt)

    def _may_support(self, place: int, first: int) -> bool:
        """Say whether a column of departments beside that of those who lead may be of those who support them."""
        heading, leading = (self._columns[each].heading.text for each in (place, first))
        return _RESPONSIBLE.search(heading) is not None and search_key(heading) != search_key(leading)

    def _first(self, key: str, places: list[int]) -> int:
        """Return which of several columns of a field is the one: that of who leads, of titles one that differ."""
        if key == "lead_departments":
            return next((place for place in places if _LEADS.search(self._columns[place].heading.text)), places[0])
        if key == "title":
            return next((place for place in places if not self._is_shared(place)), places[0])
        return places[0]

    def _is_shared(self, place: int) -> bool:
        """Say whether a cell of a column is merged over several entries, or blank in some: a category."""
        cells = [group[0].cells[place] for group in self._groups]
        starts = [cell.at[0] for cell in cells if cell]
        return len(starts) > len(set(starts)) or len(starts) < len(cells)

    def _tell_categories(self) -> None:
        """Let titles that several entries share, and that are before their numbers, be the level."""
        places = {column.key: place for place, column in enumerate(self._columns)}
        title, text = places.get("title", -1), places.get("text", -1)
        if title < 0 or text < 0 or not self._is_shared(title) or self._is_shared(text):
            return
        if title < places.get("number", -1) and "level" not in places:
            self._columns[title] = Column(self._columns[title].heading, "level")
            self._columns[text] = replace(self._columns[text], key="title")

    def _find_title(self) -> None:
        """Let another column be the title, where none is: that of texts, else the first of the table's own."""
        keys = [column.key for column in self._columns]
        if "title" in keys:
            return
        if "text" in keys:
            place = keys.index("text")
            self._columns[place] = replace(self._columns[place], key="title")
            return
        own = [place for place, column in enumerate(self._columns) if column.key == "columns"]
        if own:
            place = next((place for place in own if not self._is_shared(place)), own[0])
            doubt = Doubt("heading", _("No heading is that of a title: are these the titles?"))
            self._columns[place] = replace(self._columns[place], key="title", part="", doubt=doubt)


class _Step(NamedTuple):
    phase: slice
    part: str

    def of(self, heading: Passage) -> Column:
        return Column(heading, "phases", self.part, heading[self.phase])


def columns_of(table: ReadTable, groups: Sequence[Group], year: int, said: Mapping[str, str]) -> list[Column]:
    """Return what the columns of a table are whose rows are the ``groups`` of its entries."""
    return _Reader(table, groups, year, said).columns()


def is_plainly_own(cells: Sequence[Passage], year: int) -> bool:
    """Say whether cells under a heading that is no field's are marks and figures, which no field would hold."""

    def is_plain(text: str) -> bool:
        is_other = is_office(text) or is_surely_person(text) or is_deadline(text, year) or holds_any_number(text)
        return len(text) <= _LONGEST_MARK and not is_other

    return all(is_plain(compact(cell.text)) for cell in cells)


def _stepped(headings: Sequence[str], year: int) -> Iterator[tuple[int, _Step]]:
    """Yield the columns of stepped heads that are parts of phases: the same ones under each of several headings.

    Either the phase is above (“一季度 目标”), or what is said of it (“目标 一季度”).
    """
    levels = {place: heading.rsplit(" ", 1) for place, heading in enumerate(headings) if " " in heading.strip()}
    upper: dict[str, list[str]] = {}
    for first, last in levels.values():
        upper.setdefault(last, []).append(first)
    for place, (first, last) in levels.items():
        start = first.rfind(" ") + 1
        end = len(first)
        if len(upper[last]) >= _LEAST_GROUPS and (part := phase_field_of(last)):
            yield place, _Step(slice(start, end), part)
        elif reads_as_period(last, year) and not headings[place].isascii():
            yield place, _Step(slice(end + 1, None), phase_field_of(first[start:]) or "text")


def _differ(group: Group, place: int) -> bool:
    return len({row.cells[place].at[0] for row in group if row.cells[place]}) > 1


def printed(columns: Sequence[Column]) -> tuple[Mapped, Mapped]:
    """Return the headings by the keys of the columns, in print order, and those of the parts of phases."""
    headings: Mapped = {}
    parts: Mapped = {}
    for place, column in enumerate(columns, 1):
        text = column.heading.text
        if column.key == "phases" and column.part:
            above, _blank, last = text.rpartition(" ")
            parts.setdefault(column.part, last if column.phase and column.phase.text != last else above or text)
            if column.phase and (top := above.rpartition(" ")[0]):
                headings.setdefault("phases", top)
            continue
        key = column.part if column.key == "columns" else column.key
        headings.setdefault(key, text or _("column {number}").format(number=place))
    return headings, parts
