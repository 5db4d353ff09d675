"""The life of one matter: the records of an entry, and of those it carries on, and all that was changed of them.

It is read from the bytes of each revision (``entry_text``): only what a revision says otherwise of the entry is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha1, sha256
from operator import itemgetter
from typing import NamedTuple

from reformledger.book import refs_named
from reformledger.errors import DataError
from reformledger.history.comparing.documents import BETWEEN_HEADINGS
from reformledger.history.comparing.entries import compare_entries
from reformledger.history.comparing.plain import headings_in, outline_of, text_of
from reformledger.history.comparing.values import DECISIONS, RECORDED_IN
from reformledger.history.difference import Difference, DifferenceKind
from reformledger.history.revisions.commits import Commit
from reformledger.history.timeline.entry_text import EntryText, OddTextError, entry_text
from reformledger.history.timeline.events import Compared, Event, History, common, in_line, own_day
from reformledger.model.text import ID_PATTERN, full_ref
from reformledger.text.folding import option_key
from reformledger.yamlio import Data, Mapped, YamlError, read_yaml

_KIND = re.compile(rb"""(?m)^["']?kind["']? *: *["']?([a-z]+)""")
_YEAR = re.compile(rb"""(?m)^["']?year["']? *: *["']?([0-9]{4})["']? *(?: #.*)?\r?$""")
_HOLD_ENTRIES = (b"ledger", b"workpoints")
_SHA1 = 40
"""Hexadecimal digits of an object's name, where they are not those of SHA-256."""


class Life(NamedTuple):
    """What happened to a matter, the newest day first, and the refs of its entries, the latest year first."""

    refs: tuple[str, ...]
    events: list[Event]


def life_of(history: History, word: str, today: date) -> Life:
    """Return what happened to the entry that a person names, and to those that it carries on.

    ``word`` is ``point-4`` (of the newest year that has it) or ``2020/point-4``. A record is of the day that it bears,
    all else of the day of its commit. Raises ``UsageError`` for an id that no revision has, ``HistoryError``.
    """
    files = history.snapshots.contents_of_files()
    refs = _matter(history, files, word)
    texts = _Texts(history, files, refs)
    head = history.repository.head
    found = list(_events(None, texts.compared(None, [head]), today))
    for commit in history.commits:
        compared = texts.compared(commit, history.parents(commit))
        if history.is_cut_off(commit):  # what was there before is not known, but for the days that records bear
            added = [each for each in compared.differences if each.kind is DifferenceKind.ADDED]
            compared = Compared([record for each in added for record in _records_of(each)], compared.faults)
        found += _events(commit, compared, today)
    return Life(tuple(texts.refs), in_line(found))


# Which entries


def _matter(history: History, files: Mapping[str, bytes], word: str) -> tuple[str, ...]:
    """Return the ref of the entry that a person names, and of those that it carries on; raises ``UsageError``."""
    year, _slash, entry_id = option_key(word).rpartition("/")
    said = _latest(history, files, entry_id, year) if re.fullmatch(ID_PATTERN, entry_id) else None
    if said is None:
        there = (each for each in map(_whole, files.values()) if each is not None)
        known = dict.fromkeys(ref for data in there for ref in _entries(data))
        refs_named(word, known, sorted({int(ref.partition("/")[0]) for ref in known}))
    refs: list[str] = []
    while said is not None:
        year, entry = said
        refs.append(f"{year}/{text_of(entry, 'id')}")
        earlier, _slash, entry_id = full_ref(text_of(entry, "carried_over_from"), int(year)).rpartition("/")
        said = _latest(history, files, entry_id, earlier) if entry_id and earlier < year else None
    return tuple(refs)


def _latest(history: History, files: Mapping[str, bytes], entry_id: str, year: str) -> tuple[str, Mapped] | None:
    """Return the year of an entry and what it says, or said when it was last there; without a year the newest."""
    found = [said for raw in files.values() if (said := _said(raw, entry_id, year))]
    seen: set[str] = set()
    for commit in history.commits if not found else ():
        for name, oid in history.snapshots.at(commit).items():
            if oid not in seen and (raw := _content(history, name, oid, commit)) is not None:
                found += [said] if (said := _said(raw, entry_id, year)) else []
            seen.add(oid)
        if found:
            break
    return max(found, key=itemgetter(0), default=None)


def _content(history: History, name: str, oid: str, commit: Commit) -> bytes | None:
    """Return the bytes of a file at a commit; None for what is too large, or not here."""
    try:
        return history.snapshots.content(name, oid, commit)
    except DataError:
        return None


def _said(raw: bytes, entry_id: str, year: str) -> tuple[str, Mapped] | None:
    """Return the year of an entry and what a document says of it; None for one of another year, or without it."""
    try:
        of = _year_of(raw)
        if of is None or (year and of != year):
            return None
        text = entry_text(raw, entry_id)
        return None if text is None else (of, text.read())
    except OddTextError:
        data = _whole(raw)
    for ref, entry in (_entries(data) if data else {}).items():
        of, _slash, other_id = ref.partition("/")
        if other_id == entry_id and year in ("", of):
            return of, entry
    return None


def _year_of(raw: bytes) -> str | None:
    """Return the year of a document with entries, None for any other; raises ``OddTextError``."""
    kind, year = _KIND.search(raw), _YEAR.search(raw)
    if kind is not None and kind[1] not in _HOLD_ENTRIES:
        return None
    if kind is None or year is None:
        raise OddTextError
    return year[1].decode()


def _whole(raw: bytes) -> Mapped | None:
    """Return what a document says; None where it cannot be read."""
    try:
        data = read_yaml(raw).data
    except YamlError:
        return None
    return data if isinstance(data, dict) else None


def _entries(data: Mapped) -> dict[str, Mapped]:
    """Return the entries of a document by their refs."""
    year = text_of(data, "year")
    every = (entry for heading in headings_in(outline_of(data)) for entry in heading.entries)
    return {f"{year}/{text_of(entry, 'id')}": entry for entry in every if year.isdigit()}


# What each revision says of them


class _Odd:
    """What a text may say of an entry that its lines do not tell."""


_ODD = _Odd()
_Text = EntryText | _Odd | None


class _InFile(NamedTuple):
    """What a file says of an entry."""

    name: str
    text: EntryText | _Odd


class _Texts:
    """The lines of some entries in each revision, and in the files; each content is looked at once.

    ``refs`` become more where the year of a document was another: what is older is told of the entries as they were.
    """

    def __init__(self, history: History, files: Mapping[str, bytes], refs: Sequence[str]) -> None:
        self._history = history
        self.refs = list(refs)
        self._found: dict[str, Mapping[str, _Text]] = {}
        self._head = history.snapshots.at(history.repository.head)
        digits = len(history.repository.head.id)
        self._now = {name: _object_name(raw, digits) for name, raw in files.items()}
        for name, raw in files.items():
            if self._now[name] != self._head.get(name):
                self._found[self._now[name]] = self._looked_up(raw)

    def compared(self, commit: Commit | None, parents: Sequence[Commit]) -> Compared:
        """Return what a commit, or (None) the files, say otherwise of the entries than all of some commits."""
        return common([self._against(commit, parent) for parent in parents] or [self._against(commit, None)])

    def _against(self, commit: Commit | None, parent: Commit | None) -> Compared:
        at = self._history.snapshots.at
        old, new = at(parent) if parent else {}, at(commit) if commit else self._now
        names = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
        before = {name: self._of(name, old[name], parent) for name in names if name in old}
        after = {name: self._of(name, new[name], commit) for name in names if name in new}
        found: list[Difference] = []
        try:
            for ref in self.refs:
                old_texts, new_texts = _of_ref(before, ref), _of_ref(after, ref)
                found += _differences(ref, old_texts, new_texts, is_first=not before)
        except OddTextError:
            history = self._history
            whole = history.against(commit, parent) if commit else history.uncommitted()
            return Compared([each for each in whole.differences if self._is_of_matter(each)], whole.faults)
        return Compared(found)

    def _is_of_matter(self, difference: Difference) -> bool:
        """Say whether a difference is one of the entries; where their document had another year, so had their refs."""
        if difference.path != ("year",) or difference.ref.rpartition("/")[2].encode() not in _HOLD_ENTRIES:
            return difference.ref in self.refs
        year, _slash, _kind = difference.ref.partition("/")
        ids = [entry_id for of, _slash, entry_id in (ref.partition("/") for ref in self.refs) if of == year]
        if others := [ref for each in ids if (ref := f"{difference.before}/{each}") not in self.refs]:
            self.refs += others
            self._found.clear()
        return bool(ids)

    def _of(self, name: str, oid: str, commit: Commit | None) -> Mapping[str, _Text]:
        if oid not in self._found:
            raw = _content(self._history, name, oid, commit) if commit else None
            self._found[oid] = dict.fromkeys(self.refs, _ODD) if raw is None else self._looked_up(raw)
        return self._found[oid]

    def _looked_up(self, raw: bytes) -> Mapping[str, _Text]:
        try:
            year = _year_of(raw)
        except OddTextError:
            return dict.fromkeys(self.refs, _ODD)
        return {ref: _lines(raw, ref, year) for ref in self.refs}


def _of_ref(texts: Mapping[str, Mapping[str, _Text]], ref: str) -> list[_InFile]:
    return [_InFile(name, text) for name, of in texts.items() if (text := of[ref]) is not None]


def _lines(raw: bytes, ref: str, year: str | None) -> _Text:
    of, _slash, entry_id = ref.partition("/")
    try:
        return entry_text(raw, entry_id) if of == year else None
    except OddTextError:
        return _ODD


def _object_name(raw: bytes, digits: int) -> str:
    """Return the name under which git keeps bytes; of what it converts when they are committed, another."""
    made = (sha1 if digits == _SHA1 else sha256)(b"blob %d\0" % len(raw))  # git's names, and no secret
    made.update(raw)
    return made.hexdigest()


def _differences(ref: str, olds: Sequence[_InFile], news: Sequence[_InFile], *, is_first: bool) -> list[Difference]:
    """Return what the lines of an entry say otherwise; raises ``OddTextError``.

    Where it went, or moved, the document says more of that than its lines; so it does where it came, but in the first
    revision (``is_first``).
    """
    if not olds and not news:
        return []
    if len(news) != 1 or len(olds) > 1 or isinstance(new := news[0].text, _Odd):
        raise OddTextError
    if olds:
        old = olds[0].text
        if isinstance(old, _Odd) or olds[0].name != news[0].name or old[1:] != new[1:]:
            raise OddTextError
        return [] if old == new else compare_entries(ref, old.read(), new.read())
    if not is_first:
        raise OddTextError
    under = BETWEEN_HEADINGS.join(new.titles())
    return [each._replace(under=under) for each in compare_entries(ref, None, new.read())]


# What that is in the line of time


def _events(commit: Commit | None, compared: Compared, today: date) -> Iterator[Event]:
    """Yield what a commit did, the last first: an entry that came brought the records that it had."""
    made = today if commit is None else commit.day
    yield from (Event(made, commit, None, fault=fault) for fault in compared.faults)
    for difference in reversed(compared.differences):
        for each in (*reversed(_records_of(difference)), difference):
            day = own_day(each) or made
            yield Event(day, commit, each, made if commit is not None and day != made else None)


def _records_of(difference: Difference) -> list[Difference]:
    """Return the records of an entry that came, each as if it had been recorded by itself."""
    if difference.kind is not DifferenceKind.ADDED or not isinstance(entry := difference.after, dict):
        return []
    bare = {key: value for key, value in entry.items() if key not in (*RECORDED_IN, *DECISIONS)}
    if isinstance(phases := bare.get("phases"), list):
        bare["phases"] = [_without_decisions(phase) for phase in phases]
    return [each for each in compare_entries(difference.ref, bare, entry) if own_day(each) is not None]


def _without_decisions(phase: Data) -> Data:
    return {key: value for key, value in phase.items() if key not in DECISIONS} if isinstance(phase, dict) else phase
