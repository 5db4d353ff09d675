"""Which phase is meant, and the path to its records."""

from __future__ import annotations

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import RefusedError, UsageError
from reformledger.i18n import _
from reformledger.model.documents import Path
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest, nearest_advice


def chosen_phase(entry: DraftEntry, word: str | None) -> int | None:
    """Return the index of the phase that a person names; None for an entry without phases.

    Raises ``RefusedError`` for none named though there are several, or one named though there are none, and
    ``UsageError``, naming the nearest, for one that is not there.
    """
    names = [phase.name for phase in entry.phases]
    listed = _(", ").join(names)
    if not names:
        if word is None:
            return None
        raise RefusedError(_("{ref} is not carried out in phases.").format(ref=entry.ref), _("Leave --phase out."))
    if word is None:
        message = _("{ref} is carried out in phases: {names}.").format(ref=entry.ref, names=listed)
        raise RefusedError(message, _("Say which one: --phase {name}.").format(name=names[0]))
    fitting = [index for index, name in enumerate(names) if name_key(name) == name_key(word)]
    if len(fitting) > 1:
        message = _("Several parts of the deadline read “{name}”.").format(name=word)
        raise RefusedError(
            message, _("Write them as phases with names of their own ({place}).").format(place=entry.place)
        )
    if not fitting:
        message = _("{ref} has no phase “{name}”.").format(ref=entry.ref, name=word)
        raise UsageError(
            message, nearest_advice(nearest(word, names)) or _("The phases are: {names}.").format(names=listed)
        )
    return fitting[0]


def phase_path(draft: Draft, entry: DraftEntry, index: int) -> Path:
    """Return the path to the records of a phase.

    A dated part of a deadline gets a phase of its name when it has none: the deadline keeps its printed words.
    """
    name = entry.phases[index].name
    declared = [phase.name for phase in entry.data.phases]
    if name not in declared:
        before = [phase.name for phase in entry.phases[:index]]
        place = sum(other in before for other in declared)
        draft.append(entry.loaded, entry.path, "phases", {"name": name}, place)
        declared.insert(place, name)
    return (*entry.path, "phases", declared.index(name))
