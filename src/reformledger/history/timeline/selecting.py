"""Which events are asked for: of some fields, by somebody, since a day, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple, cast

from reformledger.errors import UsageError
from reformledger.fields.documents import DOCUMENTS, TABLES
from reformledger.fields.entry import ENTRY
from reformledger.history.timeline.events import Event
from reformledger.i18n import _
from reformledger.loader import InvalidDataError, checked
from reformledger.model.documents import Directory, DirectoryDocument, DirectoryEntry
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice, nearest_names
from reformledger.yamlio import YamlError, read_yaml

_KIND = re.compile(rb"""(?m)^["']?kind["']? *: *["']?([a-z]*)""")
_MOVED_BY = {"due": "extensions", "closed": "history"}
"""Fields that records of their own change: an extension moves a deadline, a reopening takes a close-out back."""


class Asked(NamedTuple):
    """What is asked of events: ``fields`` and ``by`` as they were typed; ``limit`` None for all."""

    fields: Sequence[str] = ()
    by: str | None = None
    since: date | None = None
    limit: int | None = None


class Happened(NamedTuple):
    """What happened, the newest first: to the entries of some ``refs``, () for all.

    ``headings`` are the printed ones of tables' own columns, by key; ``more`` says that more happened than was asked
    for.
    """

    events: Sequence[Event]
    refs: Sequence[str] = ()
    headings: Mapping[str, str] = {}
    more: bool = False


def selected(
    events: Iterable[Event], asked: Asked, directory: Directory, headings: Mapping[str, str] | None = None
) -> tuple[list[Event], bool]:
    """Return the events that are asked for, as many as are asked for, and whether there are more.

    ``headings`` are the printed ones of tables' own columns, by key: these are fields, too. Raises ``UsageError``,
    naming what is near, for a field that there is not, and for a name that nobody has who made a commit or reported.
    """
    keys = [_keys_named(word, headings or {}) for word in asked.fields]
    met: dict[str, str] = {}
    met_all = _met(events, asked, keys, directory, met)
    found = list(islice(met_all, asked.limit))
    more = asked.limit is not None and next(met_all, None) is not None
    if not found and not more and asked.by is not None and directory.key(asked.by) not in met:
        message = _("Nobody called “{name}” made a commit here, or reported.").format(name=asked.by)
        raise UsageError(message, nearest_advice(nearest_names(asked.by, met.values())))
    return found, more


def _met(
    events: Iterable[Event], asked: Asked, keys: Sequence[frozenset[str]], directory: Directory, met: dict[str, str]
) -> Iterator[Event]:
    """Yield the events that meet all conditions; ``met`` collects who made any, by their keys."""
    wanted = None if asked.by is None else directory.key(asked.by)
    for event in events:
        made = {directory.key(name): name for name in _makers(event)}
        met.update(made)
        if asked.since is not None and event.day < asked.since:
            continue
        if (wanted is None or wanted in made) and (not keys or any(_is_of(event, each) for each in keys)):
            yield event


def _makers(event: Event) -> Iterator[str]:
    """Yield who made something happen: the author of its commit, and the department whose report it is."""
    if event.commit is not None and event.commit.author:
        yield event.commit.author
    difference = event.difference
    if difference is not None and difference.path[:1] == ("progress",):
        for record in (difference.before, difference.after):
            if isinstance(record, dict) and isinstance(by := record.get("by"), str):
                yield by


def _is_of(event: Event, keys: frozenset[str]) -> bool:
    return event.difference is not None and not keys.isdisjoint(event.difference.path)


@cache
def field_words() -> Mapping[str, frozenset[str]]:
    """Return the keys of fields by the words for them: themselves, the headings in both languages, one of several."""
    found: dict[str, set[str]] = {}
    for table in (ENTRY, *DOCUMENTS.values(), *TABLES):
        for key, field in table.items():
            for word in filter(None, (key, *field.headings, field.one)):
                found.setdefault(search_key(word), set()).add(key)
    return {word: frozenset(keys) for word, keys in found.items()}


def _keys_named(word: str, headings: Mapping[str, str]) -> frozenset[str]:
    """Return the keys that a word names, with those of the records that change such a field; raises ``UsageError``."""
    words, asked = field_words(), search_key(word)
    own = {key for key, heading in headings.items() if asked in (search_key(key), search_key(heading))}
    keys = words.get(asked, frozenset()) | own
    if not keys:
        message = _("There is no field “{word}”.").format(word=word)
        raise UsageError(message, nearest_advice(nearest(asked, [*words, *headings, *headings.values()])))
    return keys | {_MOVED_BY[key] for key in keys if key in _MOVED_BY}


def directory_of(files: Iterable[bytes]) -> Directory:
    """Return the directory of names that is among some files; what is no valid one makes no two names one."""
    names: list[DirectoryEntry] = []
    for raw in files:
        if (kind := _KIND.search(raw)) and kind[1] == b"directory":
            with suppress(YamlError, InvalidDataError):
                data = cast("dict[str, object]", read_yaml(raw).data)
                document = checked(data, "directory")
                names += document.names if isinstance(document, DirectoryDocument) else ()
    return Directory(names)
