"""The names that documents hold: where each is, which are known, and which of those a new one may be meant to be.

What holds names is said by the tables of fields (``Field.names``), and asked of nothing else.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.fields.field import Field
from reformledger.model.base import Model, parts_of
from reformledger.model.documents import DirectoryDocument, Path
from reformledger.text.folding import name_key
from reformledger.text.likeness import office_pairs, people_pairs
from reformledger.text.names import known_names_in, split_names
from reformledger.text.nearest import nearest, nearest_names

Compared = Literal["office", "person"]
"""The kinds of names that are compared with each other; a group is named where an office is."""
_MOST = 3
_LEAST_SHARED = 2  # characters


class Use(NamedTuple):
    """A name as it is written in a field, and the path to it."""

    field: Field
    name: str
    path: Path

    @property
    def kind(self) -> Compared:
        """Return with which names it is compared."""
        return "office" if self.field.names == "office" else "person"


def own_names(part: Model, whole: Collection[str], path: Path = ()) -> Iterator[Use]:
    """Yield the names in the fields of a part of a document, those of parts inside it left out.

    ``whole`` are the keys of names that are not cut into several (``Directory.whole_names``).
    """
    for key, field in _fields_with_names(type(part)):
        value = getattr(part, key)
        if not value:
            continue
        if isinstance(value, dict):
            for role, names in value.items():
                yield from (Use(field, name, (*path, key, role, index)) for index, name in enumerate(names))
        elif field.several:
            yield from (Use(field, name, (*path, key, index)) for index, name in enumerate(value))
        else:
            names = split_names(value, whole) if field.joined else [value]
            yield from (Use(field, name, (*path, key)) for name in names)


@cache
def _fields_with_names(model: type[Model]) -> Sequence[tuple[str, Field]]:
    return [(key, field) for key, field in model.fields.items() if field.names and key in model.model_fields]


def names_within(part: Model, whole: Collection[str], path: Path = ()) -> Iterator[Use]:
    """Yield the names in a part of a document and in all parts inside it: in an entry, those of its records, too."""
    yield from own_names(part, whole, path)
    for key in parts_of(type(part)):
        value = getattr(part, key)
        if isinstance(value, Model):
            yield from names_within(value, whole, (*path, key))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from names_within(item, whole, (*path, key, index))


class KnownNames:
    """The names of offices and of people that a book and its directory hold."""

    def __init__(self, book: Book) -> None:
        self._spellings: dict[Compared, dict[str, str]] = {"office": {}, "person": {}}
        self._all = ChainMap(*self._spellings.values())
        whole = book.directory.whole_names
        for declared in book.directory.names:
            for spelling in (declared.name, *declared.also):
                self._take("person" if declared.kind == "person" else "office", spelling)
        for loaded in book.documents:
            if isinstance(loaded.document, DirectoryDocument):
                for use in names_within(loaded.document, whole):
                    self.add(use)
        headings = {id(heading.data): heading.data for group in book.groups for heading in group.headings}
        for heading in headings.values():
            for use in own_names(heading, whole):
                self.add(use)
        for entry in book.entries:
            for use in names_within(entry.data, whole):
                self.add(use)

    def _take(self, kind: Compared, spelling: str) -> None:
        self._spellings[kind].setdefault(name_key(spelling), spelling)

    def add(self, use: Use) -> None:
        """Take a name in; an approver that is known as an office is not taken for a person, too."""
        if not self.knows(use):
            self._take(use.kind, use.name)

    def _for(self, use: Use) -> Mapping[str, str]:
        """Return what may be where a name is used: spellings by key."""
        return self._all if use.field.names == "approver" else self._spellings[use.kind]

    def knows(self, use: Use) -> bool:
        """Say whether a name is known."""
        return name_key(use.name) in self._for(use)

    def several(self, kind: Compared, name: str) -> list[str]:
        """Return the names of which a text is made, where they are several and all known; else none.

        Only those of people are looked for where nothing joins them: 市教育局办公室 is one office.
        """
        unjoined = known_names_in(name, self._spellings["person"], unjoined=True) if kind == "person" else []
        return unjoined or known_names_in(name, self._all)

    def near(self, use: Use) -> list[str]:
        """Return up to three known names that a new one may be meant to be, the nearest first.

        These are the names that ``check`` would take for the same, else those that contain it or look like it.
        """
        known = self._for(use)
        key = name_key(use.name)
        pairs = office_pairs if use.kind == "office" else people_pairs
        # Of a large book most names have nothing in common with one: to pair them all would take a second.
        related = [other for other in known if len({*key} & {*other}) >= _LEAST_SHARED]
        alike = [one if other == key else other for one, other, _kind in pairs([key, *related]) if key in {one, other}]
        near = nearest_names if use.kind == "office" else nearest
        return [known[each] for each in alike][:_MOST] or near(use.name, known.values())
