"""Phases that a side renamed, or added under a name that is there: each is told apart by one name in all states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from reformledger.history.comparing.plain import deadline_of, is_same, text_of
from reformledger.history.merging.data.matching import Triple, triples
from reformledger.history.merging.data.values import Clash, word_of
from reformledger.model.parts import split_parts
from reformledger.model.period import UnreadableError
from reformledger.model.phases import phase_index, phase_word
from reformledger.text.folding import name_key
from reformledger.yamlio import Data, Mapped, mappings_in

_NAMING = ("progress", "extensions", "history")
"""The lists whose records name a phase."""


class Apart(NamedTuple):
    """Three states of an entry in which each phase has one name of its own, by which the records call it."""

    base: Mapped
    ours: Mapped
    theirs: Mapped
    names: Mapping[str, str]
    """What each phase is to be called in the merged entry, by the name of its own."""
    clashes: list[Clash]
    """Phases that both sides renamed, each otherwise."""

    def named(self, merged: Mapped) -> Mapped:
        """Return the merged entry with the names that its phases are to have, and its records naming them so."""
        own = [text_of(phase, "name") for phase in mappings_in(merged.get("phases"))]
        names = [self.names.get(name, name) for name in own]
        if names == own:
            return merged
        words = {name: phase_word(names, index) for index, name in enumerate(own)}
        return _spelled(merged, names, words)


def told_apart(base: Mapped, ours: Mapped, theirs: Mapped, *, prefer_ours: bool) -> Apart | None:
    """Return three states of an entry with its phases told apart; None where their names do so.

    That is so as well where the phases are the dated parts of a deadline, which nobody renames.
    """
    states = base, ours, theirs
    lists = [mappings_in(state.get("phases")) for state in states]
    spelled = [[text_of(phase, "name") for phase in phases] for phases in lists]
    if _tell_apart(spelled) or any(map(_has_dated_parts, states)):
        return None
    old, our, their = (cast("list[Data]", phases) for phases in lists)
    found = triples(old, our, their, [lambda phase: name_key(word_of(phase))], same_place=_is_renamed)
    names: dict[str, str] = {}
    own: list[dict[int, str]] = [{}, {}, {}]
    clashes = []
    for triple in found:
        written = [None if at is None else spelled[side][at] for side, at in enumerate(triple)]
        name, is_clash = _name(triple, written, prefer_ours=prefer_ours)
        word = name
        while word in names:
            word = f"{name}#{int(word.removeprefix(name)[1:] or 1) + 1}"
        names[word] = name
        if is_clash:
            clashes.append(Clash(("phases", str(written[0]), "name"), *written))
        for side, at in enumerate(triple):
            if at is not None:
                own[side][at] = word
    made = [
        _spelled(
            state,
            [own[side][at] for at in range(len(lists[side]))],
            {text: own[side][at] for text in _words_in(state) if (at := phase_index(spelled[side], text)) is not None},
        )
        for side, state in enumerate(states)
    ]
    return Apart(made[0], made[1], made[2], names, clashes)


def _tell_apart(spelled: Sequence[Sequence[str]]) -> bool:
    """Say whether no state has a name twice, and no side renamed a phase."""
    if any(len(set(names)) < len(names) for names in spelled):
        return False
    return all(set(spelled[0]) <= set(names) for names in spelled[1:])


def _is_renamed(old: Data, new: Data) -> bool:
    """Say whether two phases at one place say the same but for their names."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return False
    return is_same({**old, "name": None}, {**new, "name": None})


def names_all(entry: Mapped) -> bool:
    """Say whether each phase that a record names is there; of dated parts of a deadline that is not asked."""
    names = [text_of(phase, "name") for phase in mappings_in(entry.get("phases"))]
    return _has_dated_parts(entry) or all(phase_index(names, word) is not None for word in _words_in(entry))


def _name(triple: Triple, written: Sequence[str | None], *, prefer_ours: bool) -> tuple[str, bool]:
    """Return what a phase is to be called, and whether both sides say so otherwise."""
    base, ours, theirs = written
    if triple.ours is None or triple.theirs is None:
        return next(str(name) for name in (ours, theirs, base) if name is not None), False
    if base in {ours, theirs}:
        return str(theirs if base == ours else ours), False
    return str(ours if prefer_ours else theirs), base is not None and ours != theirs


def _has_dated_parts(entry: Mapped) -> bool:
    try:
        return bool(split_parts(deadline_of(entry.get("due"))[0]))
    except UnreadableError:
        return False


def _words_in(entry: Mapped) -> set[str]:
    """Return every word by which records, and the ☆, name a phase."""
    records = [record for key in _NAMING for record in mappings_in(entry.get(key))]
    star = entry.get("star")
    named = {text_of(record, "phase") for record in (*records, *([star] if isinstance(star, dict) else []))}
    return named - {""}


def _spelled(entry: Mapped, names: Sequence[str], words: Mapping[str, str]) -> Mapped:
    """Return an entry whose phases have other names, and whose records name them by other words."""

    def record(value: Data) -> Data:
        if isinstance(value, dict) and (word := words.get(text_of(value, "phase"))):
            return {**value, "phase": word}
        return value

    found: Mapped = {}
    for key, value in entry.items():
        if key == "phases" and isinstance(value, list):
            given = iter(names)
            found[key] = [{**phase, "name": next(given)} if isinstance(phase, dict) else phase for phase in value]
        elif key in _NAMING and isinstance(value, list):
            found[key] = [record(each) for each in value]
        else:
            found[key] = record(value) if key == "star" else value
    return found
