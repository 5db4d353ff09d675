"""Which entry, phase or occurrence a row of a table of one's own is on: by id, else by title; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.edits.rules.asked import asked_of, check_is_named
from reformledger.edits.rules.phases import index_of
from reformledger.entry import Entry
from reformledger.errors import SentenceError, UsageError
from reformledger.exchange.own_columns import NAMING
from reformledger.exchange.tables import ReadCell
from reformledger.exchange.values import UnclearError, text_in
from reformledger.i18n import _, sentences
from reformledger.matter import Matter
from reformledger.standing import standings
from reformledger.text.folding import compact, name_key, title_key
from reformledger.text.nearest import nearest, nearest_advice


class UnclearRowError(Exception):
    """Why no report is made of a row: a sentence for each of some columns, by their keys."""

    def __init__(self, questions: Mapping[str, str]) -> None:
        super().__init__(questions)
        self.questions = questions


class About(NamedTuple):
    """What a row is on: an entry, one of its phases by its place, from 0, one occurrence or period by its name."""

    matter: Matter
    at: int | None = None
    for_: str | None = None

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.matter.entry

    @property
    def id(self) -> str:
        """What names the row, as in a form."""
        word = self.entry.id if self.entry.year == self.matter.book.years[-1] else self.entry.ref
        phase = "" if self.at is None else f"#{self.at + 1}"
        return f"{word}{phase}@{self.for_}" if self.for_ else f"{word}{phase}"

    @property
    def phase_name(self) -> str:
        """The name of the phase; "" for the whole."""
        return "" if self.at is None else self.entry.phases[self.at].name

    @property
    def titles(self) -> set[str]:
        """The keys of the titles that its row may have."""
        titles = [title for entry in self.matter.years for title in (entry.data.title, entry.bare_title)]
        return {title_key(name) for name in (*titles, self.phase_name, self.for_ or "") if name}

    @property
    def targets(self) -> dict[str, str]:
        """The names of the targets that can be reported on, by their keys."""
        phase = None if self.at is None else self.entry.phases[self.at].data
        targets = (*self.entry.data.targets, *(phase.targets if phase else ()))
        return {name_key(target.name): target.name for target in targets}


class Entries:
    """The entries of a book as rows name them."""

    def __init__(self, book: Book, today: date) -> None:
        self.book, self.today = book, today
        self._state = standings(book, today)
        self._open: dict[str, list[Matter]] = {}
        for matter in map(self._state.matter, self._state.book.entries):
            if matter.is_open:
                self._open.setdefault(title_key(matter.entry.bare_title), []).append(matter)

    def targets(self) -> Iterator[str]:
        """Yield the names of the targets of open entries and of their phases."""
        for matter in (matter for alike in self._open.values() for matter in alike):
            data = matter.entry.data
            yield from (target.name for target in (*data.targets, *(each for p in data.phases for each in p.targets)))

    def about(self, words: Mapping[str, str]) -> About:
        """Return what a row is on that says some words by the keys of columns; raises ``UnclearRowError``."""
        about = self._named(words)
        title = words.get("title", "")
        if about is None and not title:
            raise UnclearRowError({"text": _("Neither id nor title says on which entry this is.")})
        about, is_named = about or About(self._titled(title)), about is not None
        parts: tuple[Literal["phase", "for"], ...] = ("phase", "for")
        for part in parts:
            if part in words:
                about = self._with(about, part, words[part], part)
        if is_named and title and title_key(title) not in about.titles:
            sentence = _("The row has the id of “{title}” and the title “{other}”: which of them is it?")
            sentence = sentence.format(title=about.entry.data.title, other=title)
            raise UnclearRowError({"title": sentence})
        return about

    def _named(self, words: Mapping[str, str]) -> About | None:
        """Return what the ids of a row name; None where it has none."""
        found: About | None = None
        for key in (key for key in ("ref", "id") if key in words):
            whole, _at, for_ = compact(words[key]).partition("@")
            word, mark, place = whole.partition("#")
            if found is not None and "/" not in word:
                word = f"{found.entry.year}/{word}"
            try:
                entry = self.book.find(word)
            except UsageError as error:
                raise UnclearRowError({key: str(error)}) from None
            about = About(self._state.matter(entry))
            if mark:
                about = self._with(about, "phase", f"#{place}", key)
            if for_:
                about = self._with(about, "for", for_, key)
            if found is not None and found.id != about.id:
                raise UnclearRowError({key: _contradiction(found.id, about.id)})
            found = about
        return found

    def _titled(self, title: str) -> Matter:
        """Return the one open entry that has a title."""
        found = self._open.get(title_key(title), [])
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Several open entries have the title “{title}”: {ids}.")
            ids = _(", ").join(About(matter).id for matter in found)
            sentence = sentences(message.format(title=title, ids=ids), _("Write the id into its row."))
        else:
            titles = (matter.entry.bare_title for alike in self._open.values() for matter in alike)
            message = _("No open entry has the title “{title}”.").format(title=title)
            sentence = sentences(message, nearest_advice(nearest(title, titles)) or _("Write the id into its row."))
        raise UnclearRowError({"title": sentence})

    def _with(self, about: About, part: Literal["phase", "for"], word: str, key: str) -> About:
        """Return what a row is on, where it says the phase or the occurrence too; it may have said it before."""
        try:
            new = self._of_phase(about, word) if part == "phase" else self._for(about, word)
        except SentenceError as error:
            raise UnclearRowError({key: str(error)}) from None
        was = about.at if part == "phase" else about.for_
        if was is not None and new != about:
            raise UnclearRowError({key: _contradiction(about.id, new.id)})
        return new

    def _of_phase(self, about: About, word: str) -> About:
        if not about.entry.phases:
            raise UsageError(_("{ref} is not carried out in phases.").format(ref=about.entry.ref))
        return about._replace(at=index_of(about.entry.ref, about.entry.phases, word))

    def _for(self, about: About, word: str) -> About:
        (one, *_more) = check_is_named(about.matter, word, "")
        return about._replace(for_=next(asked.name(one) for asked in asked_of(about.matter) if one in asked.all))


def words_of(cells: Mapping[str, ReadCell]) -> dict[str, str]:
    """Return what the cells say that name an entry, a phase, an occurrence and a department, by their keys."""
    words: dict[str, str] = {}
    for key in (*NAMING, "phase", "for", "by"):
        if key in cells:
            try:
                words[key] = text_in(cells[key], []).strip()
            except UnclearError as error:
                raise UnclearRowError({key: str(error)}) from None
    return words


def _contradiction(one: str, other: str) -> str:
    return _("The row names {one} and {other}: which of them is it?").format(one=one, other=other)
