"""Which phase is meant, how it is written, and the path to its records."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from reformledger.edits.commands import shell_word
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Set
from reformledger.edits.plain import at
from reformledger.edits.rules.dates import typed_deadline
from reformledger.errors import RefusedError, UsageError
from reformledger.i18n import _
from reformledger.model.documents import Path
from reformledger.model.phases import PhaseState, phase_index, phase_word, records_of_parts, rests
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import SetValue

Test = Callable[[PhaseState], bool]


def chosen_phase(entry: DraftEntry, word: str | None, may_be_meant: Test | None = None) -> int | None:
    """Return the index of the phase that a person names; None for an entry without phases.

    ``may_be_meant``: which phases the command is for (None: those that are open), of which the first is advised.
    Raises ``RefusedError`` for none named though there are several, or one named though there are none, and what
    ``index_of`` does.
    """
    phases = entry.phases
    if not phases:
        if word is None:
            return None
        raise RefusedError(_("{ref} is not carried out in phases.").format(ref=entry.ref), _("Leave --phase out."))
    if word is None:
        message = _("{ref} is carried out in phases: {names}.").format(ref=entry.ref, names=listed_phases(phases))
        fits = may_be_meant or (lambda phase: phase.is_open)
        first = next((index for index, phase in enumerate(phases) if fits(phase)), 0)
        advice = _("Say which one: --phase {name}.").format(name=phase_option(phases, first))
        raise RefusedError(message, advice, ["phase"])
    return index_of(entry.ref, phases, word)


def index_of(ref: str, phases: Sequence[PhaseState], word: str) -> int:
    """Return the index of the phase that a person names, by its name in any width and spacing, or as ``#2``.

    Raises ``RefusedError`` for a name that several share, with how each is named, and ``UsageError`` with the nearest
    name for one that is not there.
    """
    names = [name_key(phase.name) for phase in phases]
    key = name_key(word)
    if (index := phase_index(names, key)) is not None:
        return index
    sharing = [index for index, name in enumerate(names) if name == key]
    if sharing:
        message = _("Several phases of {ref} are named “{name}”.").format(ref=ref, name=word)
        raise RefusedError(message, _("Name one of: {refs}.").format(refs=listed_phases(phases, sharing)))
    message = _("{ref} has no phase “{name}”.").format(ref=ref, name=word)
    near = nearest_advice(nearest(word, [phase.name for phase in phases]))
    raise UsageError(message, near or _("The phases are: {names}.").format(names=listed_phases(phases)))


def word_of_phase(phases: Sequence[PhaseState], index: int) -> str:
    """Return the word that names a phase in a record."""
    return phase_word([phase.name for phase in phases], index)


def named_phase(entry: DraftEntry, word: str | None) -> int | None:
    """Return the index of the phase that a person names; None for no word, and for no such phase."""
    return phase_index([name_key(phase.name) for phase in entry.phases], name_key(word)) if word else None


def phase_option(phases: Sequence[PhaseState], index: int) -> str:
    """Return the word that names a phase, as it is typed on a command line, where # alone begins a comment."""
    return shell_word(word_of_phase(phases, index))


def listed_phases(phases: Sequence[PhaseState], indices: Sequence[int] | None = None) -> str:
    """Return how phases are named, all unless some are said; those that share a name with their place and last day."""
    words = []
    for index in range(len(phases)) if indices is None else indices:
        name, word = phases[index].name, word_of_phase(phases, index)
        deadline = phases[index].deadline
        day = f" ({deadline.end.isoformat()})" if deadline and deadline.end else ""
        words.append(name if word == name else f"{word} {name}{day}")
    return _(", ").join(words)


def check_goes_on(draft: Draft, entry: DraftEntry, index: int | None, day: date) -> None:
    """Note that an entry or phase rests on the day of a record; raise ``RefusedError`` for a cancelled phase."""
    pauses = [(entry.ref, entry.data.paused)]
    if index is not None:
        phase = entry.phases[index]
        if phase.data is not None and (cancelled := phase.data.cancelled):
            message = _("“{name}” was cancelled on {day} ({reason}).").format(
                name=phase.name, day=cancelled.date.isoformat(), reason=cancelled.reason
            )
            field = f"phases.{word_of_phase(entry.phases, index)}.cancelled"
            go_on = Set(draft.word(entry.ref), {field: ""})
            raise RefusedError(message, draft.advised(_("To take that back: {command}"), go_on))
        pauses.append((f"“{phase.name}”", phase.data.paused if phase.data else None))
    for name, pause in pauses:
        if pause is not None and rests(pause, day):
            sentence = _("{name} is paused since {day} ({reason}).")
            draft.notes.append(sentence.format(name=name, day=pause.date.isoformat(), reason=pause.reason))


def has_dated_parts(entry: DraftEntry) -> bool:
    """Say whether the phases of an entry are the dated parts of its deadline."""
    return entry.data.due is not None and bool(entry.data.due.parts)


def phase_path(draft: Draft, entry: DraftEntry, index: int) -> Path:
    """Return the path to the records of a phase.

    A dated part of a deadline gets a phase of its name when it has none, and so do those of its name before it: the
    deadline keeps its printed words.
    """
    if not has_dated_parts(entry):
        return (*entry.path, "phases", index)
    parts = [phase.name for phase in entry.phases]
    name = parts[index]
    written = cast("list[Mapped]", at(draft.data(entry.loaded), (*entry.path, "phases")) or [])
    declared = [str(phase["name"]) for phase in written]
    found = -1
    for part in (part for part in range(index + 1) if parts[part] == name):
        records = records_of_parts(parts, declared)
        place = records[part]
        if place is None:
            place = max((before for before in records[:part] if before is not None), default=-1) + 1
            draft.append(entry.loaded, entry.path, "phases", {"name": name}, place)
            declared.insert(place, name)
        found = place
    return (*entry.path, "phases", found)


def new_phase(text: str, year: int) -> Mapped:
    """Return a phase as ``NAME`` or ``NAME=WORDING`` says; raises ``UsageError``."""
    parts = (text if "=" in text else text.replace("＝", "=")).partition("=")
    name, _equals, wording = map(str.strip, parts)
    if not name:
        message = _("“{word}” names no phase.").format(word=text)
        raise UsageError(message, _("Write it as {form}.").format(form=f"NAME={year}年6月底前"))
    phase: Mapped = {"name": name}
    if wording:
        words = [name, f"phases.{name}.due=…", f"phases.{name}.due.means="]
        typed_deadline(
            f"--phase {name}", wording, None, year, lambda means: shlex.join([*words[:-1], words[-1] + means])
        )
        phase["due"] = wording
    return phase


def respell(draft: Draft, entry: DraftEntry, names: Sequence[str]) -> None:
    """Let the records and the ☆ of an entry name its phases as before, now that these have other ``names``."""
    old = [phase.name for phase in entry.phases]
    raw = cast("Mapped", at(draft.data(entry.loaded), entry.path))
    named: list[tuple[Path, Data]] = [(("star",), raw.get("star"))]
    for key in ("progress", "extensions", "history"):
        named += [((key, place), record) for place, record in enumerate(cast("list[Data]", raw.get(key) or []))]
    for place, record in named:
        word = record.get("phase") if isinstance(record, dict) else None
        index = phase_index(old, word) if isinstance(word, str) else None
        if index is not None and phase_index(names, str(word)) != index:
            draft.change(entry.loaded, SetValue((*entry.path, *place, "phase"), phase_word(names, index)))
