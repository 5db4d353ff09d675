"""Names that an edit brings into an entry: known ones, new ones, and several that were typed as one."""

from __future__ import annotations

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.named import Use, names_within
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest_advice


def check_names(draft: Draft, entry: DraftEntry) -> None:
    """Note each name that an entry holds now, and that neither the book nor the directory held, with the nearest known.

    Raises ``UsageError`` where one is made of several known names, with how they are written.
    """
    before = draft.book.get(entry.ref)
    held = {name_key(use.name) for use in names_within(before.data)} if before else set()
    for use in names_within(entry.data):
        if name_key(use.name) in held or draft.known_names.knows(use):
            continue
        if names := draft.known_names.several(use.field.names, use.name):
            message = _("“{name}” is several names: {names}.").format(name=use.name, names=_(", ").join(names))
            raise UsageError(message, _as_typed(entry, use, names))
        draft.notes.append(sentences(_new_name(use), nearest_advice(draft.known_names.near(use))))
        draft.known_names.add(use)


def _new_name(use: Use) -> str:
    sentence = {
        "office": _("“{name}” is new: neither the ledger nor the directory has a department of this name."),
        "person": _("“{name}” is new: neither the ledger nor the directory has a person of this name."),
    }
    return sentence[use.kind].format(name=use.name)


def _as_typed(entry: DraftEntry, use: Use, names: list[str]) -> str:
    """Return how several names are written into the field in which they were one."""
    if not isinstance(use.path[-1], int) and not use.field.joined:
        return _("“{key}” takes one name: {names}.").format(key=use.field.key, names=_(" or ").join(names))
    beside = [[other.name] if other.path != use.path else names for other in _beside(entry, use)]
    word = ".".join(str(step) for step in use.path if not isinstance(step, int))
    return _("Write {form}.").format(form=f"{word}={'、'.join(name for each in beside for name in each)}")


def _beside(entry: DraftEntry, use: Use) -> list[Use]:
    """Return the names that a field holds of which one is ``use``."""
    if not isinstance(use.path[-1], int):
        return [use]
    return [other for other in names_within(entry.data) if other.path[:-1] == use.path[:-1]]
