"""One row of a table of fields."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reformledger.i18n import language

Seen = Literal["record", "column", "file"]
Source = Literal["entry", "point", "contacts", "derived"]
Command = Literal["set", "progress", "waive", "extend", "close", "reopen"]
Named = Literal["office", "person", "approver"]
"""An approver is a person, or an office that decides."""
Type = Literal["text", "printed number", "day", "day ahead", "number", "count", "percent", "year", "flag"]
KeptBy = Command | Literal["record", "phase", "column", "finding", "role", "hand", "nobody"]


class Field(NamedTuple):
    """What is known of one key, or of one column. What is not said of a field is as for plain text."""

    key: str
    official: str
    """The official words: the first, and behind it in （） those that other tables print, with 、 between."""
    help_zh: str = ""
    help_en: str = ""
    """What belongs into the field, for the JSON Schema."""

    en: str = ""
    """The heading in English; blank where no sheet has the field."""
    zh: str = ""
    """The heading in Chinese, where it is not the first official word."""
    point_zh: str = ""
    point_en: str = ""
    """The headings that the closing parenthesis of a work point uses instead."""

    also: tuple[str, ...] = ()
    """Other headings of it, in either language: what views and other bodies print over the same."""

    source: Source = "entry"
    """What holds it: any entry, work points only, the contacts; or it is derived, and the entry holds no such key."""
    seen: Seen = "record"
    """Where it is seen: in the record (the JSON) and as a column, as a column only, or in the file only."""
    searched: bool = True
    """Whether ``--search`` looks through it."""
    show: bool = True
    """Whether ``show`` prints it in the order of this table; False for what has a place of its own there, or none."""
    csv: bool = True
    """Whether it is a column of a CSV file unless told otherwise."""
    table: int = 0
    """Its place in a table unless told otherwise, from 1; 0 for none."""
    fixed: bool = False
    """Whether its column is never narrowed."""
    wide: bool = False
    """Whether its column may hold long text, which Markdown and terminals lay out with care."""
    weight: int = 1
    """Its share of the width of a table beside other columns."""

    one: str = ""
    """What one of several is called in English, where that is not the heading."""
    several: bool = False
    """Whether it is a list of plain values."""
    type: Type = "text"
    """How its plain value is read: a day of a record, or one that may lie ahead; a number as printed is text, too."""
    parts: Literal["text", "names"] | None = None
    """What its parts hold, where their keys are free (``columns.funding``); ``RECORDS`` has the others."""
    kept_by: KeptBy = "set"
    """The command that writes it; ``hand``: whoever edits the file. ``record``, ``phase``, ``column``, ``finding`` and
    ``role``: ``set``, by part alone (``paused.date``)."""
    place: int = 10
    """Its place in an entry that is written anew: the smaller, the earlier; see ``edits.serialize.key_order``."""
    stays: bool = False
    """Whether it stays with the old year, when an entry or a document goes on into the next."""

    names: Named | None = None
    """What its values name: names are compared wherever they are given or found."""
    joined: bool = False
    """Whether its one text may hold several names, with 、 between."""
    prose: bool = False
    """Whether it holds running text, in which the audit looks for document numbers and titles."""

    @property
    def words(self) -> tuple[str, ...]:
        """The Chinese words by which people name the field: the official ones, then its heading."""
        official = self.official.removesuffix("）").replace("（", "、").split("、")
        return tuple(dict.fromkeys(filter(None, (*official, self.zh))))

    @property
    def list_headings(self) -> tuple[str, ...]:
        """The heading of its column in either language; none where no sheet has the field."""
        return (self.en, self.zh or self.words[0]) if self.en else ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading, in either language, by which people name the field."""
        return tuple(filter(None, (*self.words, self.en, self.point_zh, self.point_en, *self.also)))

    @property
    def heading(self) -> str:
        """The heading of its column, in the user's language."""
        return self.en if language() == "en" else self.zh or self.words[0]

    def noun(self, *, of_all: bool = False) -> str:
        """Return what a sentence calls the field, in the user's language; with ``of_all`` all that it holds."""
        if language() == "zh":
            return self.words[0]
        of_several = self.en or self.key.replace("_", " ")
        return (of_several if of_all else self.one or of_several).lower()

    @property
    def point_heading(self) -> str:
        """The heading of its value in a work point, in the user's language."""
        return (self.point_en if language() == "en" else self.point_zh) or self.heading


Fields = dict[str, Field]


def table(*fields: Field) -> Fields:
    """Return fields by their keys, in their order."""
    return {field.key: field for field in fields}
