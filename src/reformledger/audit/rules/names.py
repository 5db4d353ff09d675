"""Group 2, names: one office or one person under several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from reformledger.audit.context import Audit, Found, Names
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _, sentences
from reformledger.model.documents import DirectoryDocument
from reformledger.named import Compared
from reformledger.text.folding import name_key, title_key, visible_key
from reformledger.text.likeness import Kind, Pair, office_pairs, people_pairs
from reformledger.text.names import only_one

_LEAST_TEXT = 12  # characters; shorter texts (按要求推进) are common to many
_REGULAR = 3  # from so many uses on, a spelling is no typing error


def _related(word: str, uses: Sequence[Pointer]) -> tuple[tuple[str, Pointer], ...]:
    return tuple((word, use) for use in uses)


@rule("RL201", Severity.NOTE)
def not_the_directorys_word(audit: Audit) -> Iterator[Found]:
    """Find names for which the directory has another word; each once, with all places."""
    directory = audit.book.directory
    for kind in ("office", "person"):
        for name, uses in audit.names[kind].uses.items():
            word = directory.preferred(name)
            if name_key(word) != name_key(name):
                message = _("“{name}” is printed here; the directory's word for it is “{word}”.")
                yield Found(message.format(name=name, word=word), uses[0], _related(name, uses[1:]))


@rule("RL202", Severity.WARNING, declared_by=("kind: group",))
def one_office_two_names(audit: Audit) -> Iterator[Found]:
    """Find names that look like one office, and that the directory neither joins nor separates."""
    return _two_names(audit, "office", office_pairs)


@rule("RL203", Severity.WARNING)
def one_name_spelt_twice(audit: Audit) -> Iterator[Found]:
    """Find spellings of one name that differ in spaces, width or signs only: the rarer is pointed at.

    Titles, and names that only the directory spells otherwise, are pointed at where nobody sees what differs.
    """
    sentence = _("“{name}” is spelt “{other}” elsewhere: they differ in spaces, width or signs only.")
    for kind in ("office", "person"):
        names = audit.names[kind]
        spellings: dict[str, list[str]] = {}
        for name in names.uses:
            if name in audit.several[kind]:
                continue
            spellings.setdefault(title_key(name), []).append(name)
        for same in spellings.values():
            usual = max(same, key=lambda name: names.times[name])
            for name in same:
                if name != usual:
                    first, *more = names.uses[name]
                    related = (*_related(name, more), *_related(usual, names.uses[usual][:1]))
                    yield Found(sentence.format(name=name, other=usual), first, related)

    # What entries print is compared above, in all its spellings.
    printed = [names.uses.keys() for names in audit.names.values()]
    seen: dict[str, dict[int | None, Pointer]] = {}  # by text and year
    for text, spot in _names_and_titles(audit):
        seen.setdefault(text, {}).setdefault(_year(spot), spot)
    for text, spot in _names_and_titles(audit):
        other = visible_key(text)
        if other != text and other in seen and not any({text, other} <= uses for uses in printed):
            nearest = seen[other].get(_year(spot)) or next(iter(seen[other].values()))
            yield Found(sentence.format(name=text, other=other), spot, ((other, nearest),))


def _year(spot: Pointer) -> int | None:
    return spot.entry.year if spot.entry else None


def _names_and_titles(audit: Audit) -> Iterator[tuple[str, Pointer]]:
    """Yield the titles of entries, the names that they print and those of the directory, and a spot of each."""
    for entry in audit.book.entries:
        yield entry.data.title, at(entry, "title")
    for kind in ("office", "person"):
        yield from ((name, uses[0]) for name, uses in audit.names[kind].uses.items())
    for loaded in audit.book.documents:
        if isinstance(loaded.document, DirectoryDocument):
            for index, known in enumerate(loaded.document.names):
                yield known.name, Pointer(loaded, ("names", index, "name"))
                yield from ((word, Pointer(loaded, ("names", index, "also", a))) for a, word in enumerate(known.also))


@rule("RL204", Severity.WARNING)
def one_person_two_names(audit: Audit) -> Iterator[Found]:
    """Find names of three characters or more of which one differs: one person, mistyped."""
    return _two_names(audit, "person", people_pairs)


@rule("RL206", Severity.WARNING)
def several_names_in_one(audit: Audit) -> Iterator[Found]:
    """Find names that are made of several known ones, and that the directory does not declare to be one."""
    for kind, several in audit.several.items():
        for name, names in several.items():
            first, *more = audit.names[kind].uses[name]
            message = _("“{name}” is several names: {names}.").format(name=name, names=_(", ").join(names))
            yield Found(sentences(message, _apart(first.path[-1], names)), first, _related(name, more))


def _apart(step: str | int, names: Sequence[str]) -> str:
    """Return how several names are written in a list, or under a key."""
    if isinstance(step, int):
        return _("Write each on a line of its own.")
    if step in ENTRY and ENTRY[step].joined:
        return _("Write: {form}").format(form="、".join(names))
    return only_one(step, names)


def _two_names(audit: Audit, kind: Compared, alike: Callable[[Iterable[str]], Iterable[Pair]]) -> Iterator[Found]:
    """Yield what is found on each two names of a kind that look alike, as they are printed or in the directory."""
    names = audit.names[kind]
    directory_names = {
        name_key(entry.name): Pointer(loaded, ("names", index, "name"))
        for loaded in audit.book.documents
        if isinstance(loaded.document, DirectoryDocument)
        for index, entry in enumerate(loaded.document.names)
        if entry.kind == kind
    }
    several = {name_key(name) for name in audit.several[kind]}
    single = (key for key in names.by_key if key not in several)
    for pair in alike(chain(single, directory_names)):
        yield from _unless_known(audit, names, directory_names, pair)


def _unless_known(audit: Audit, names: Names, directory_names: dict[str, Pointer], pair: Pair) -> Iterator[Found]:
    """Yield the finding on two names, unless they are known to be two offices or people, or to be one."""
    directory = audit.book.directory
    # Doubted is the one that the directory does not know, else the rarer, else the later.
    suspect, other = sorted(
        pair[:2], key=lambda key: (directory.knows(key), names.times_of_key(key), -names.rank.get(key, 0))
    )
    uses, other_uses = names.uses_of_key(suspect), names.uses_of_key(other)
    if directory.knows(suspect) or not uses:
        return  # The directory holds both: it joins or separates them.
    if pair.kind != "character" and not audit.group_keys.isdisjoint(map(directory.key, pair[:2])):
        return  # A group and what is chosen from it are two.
    if directory.key(other) in directory.groups_of(suspect):
        return  # So are a group and its member.
    if pair.kind == "character" and min(map(names.times_of_key, pair[:2])) >= _REGULAR:
        return
    if not set(map(_holder, uses)).isdisjoint(map(_holder, other_uses)):
        return  # One entry, or one heading, names both: they are two.
    shown, word = names.by_key[suspect][0], names.by_key.get(other, [other])[0]
    known = directory.knows(other)
    sentence = _sentences(known=known)[pair.kind]
    message = sentence.format(name=shown, other=word, word=directory.preferred(word))
    pointer = directory_names.get(other) if known else None
    beside = ((_("in the directory"), pointer),) if pointer else _related(word, other_uses[:1])
    yield Found(message, uses[0], (*_related(shown, uses[1:]), *beside))


def _holder(use: Pointer) -> object:
    """Return what tells the entry, record or heading that holds a name from all others."""
    if use.entry is None:
        return use.loaded.name, use.path[:-2]
    key, *steps = use.path[len(use.entry.group.path) + 1 :]
    return id(use.entry), None if ENTRY[str(key)].names else (key, *steps[:-1])


def _sentences(*, known: bool) -> dict[Kind, str]:
    """Return what is said of two names; ``known`` is the other one to the directory."""
    if known:
        return {
            "ending": _(
                "“{name}” differs from the directory's “{word}” in its ending only: the same? Then add it there."
            ),
            "abbreviation": _("“{name}” looks like another form of the directory's “{word}”: if so, add it there."),
            "character": _(
                "“{name}” is one character apart from the directory's “{word}”. If it is a slip, mend it; if not, put "
                "it into the directory."
            ),
        }
    return {
        "ending": _(
            "“{name}” and “{other}” differ in their ending only: one office? Then put both into the directory."
        ),
        "abbreviation": _("“{name}” looks short for “{other}”: one office? Then put both into the directory."),
        "character": _(
            "“{name}” and “{other}” are one character apart. If it is a slip, mend it; if not, put both into the "
            "directory."
        ),
    }


@rule("RL205", Severity.NOTE)
def one_text_two_titles(audit: Audit) -> Iterator[Found]:
    """Find entries of one table or section that have one text under different titles; each but the first."""
    for entries in audit.members.values():
        first: dict[str, Entry] = {}
        for entry in entries:
            # Words alone are compared: to fold every text takes ten times as long.
            key = re.sub(r"\W+", "", entry.data.text or "")
            if len(key) < _LEAST_TEXT:
                continue
            other = first.setdefault(key, entry)
            if other is not entry and title_key(other.bare_title) != title_key(entry.bare_title):
                message = _("{id}, “{title}”, has the text of {other}, “{other_title}”, word for word.").format(
                    id=entry.id, title=entry.data.title, other=other.id, other_title=other.data.title
                )
                yield Found(message, at(entry, "text"), ((other.id, at(other, "text")),))
