"""Names that an edit brings into an entry: known ones, new ones, and several that were typed as one."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.named import Use, names_within
from reformledger.text.folding import name_key
from reformledger.text.names import only_one
from reformledger.text.nearest import nearest_advice


def check_names(draft: Draft, entry: DraftEntry) -> None:
    """Note each name that an entry holds now and that nothing held before, with the nearest known ones.

    Raises ``UsageError`` where one is made of several known names, with how they are written.
    """
    whole = draft.book.directory.whole_names
    before = draft.book.get(entry.ref)
    held = {name_key(use.name) for use in names_within(before.data, whole)} if before else set()
    uses = list(names_within(entry.data, whole))
    for use in uses:
        if name_key(use.name) in held or draft.known_names.knows(use):
            continue
        if names := draft.known_names.several(use.kind, use.name):
            message = _("“{name}” is several names: {names}.").format(name=use.name, names=_(", ").join(names))
            raise UsageError(message, _as_typed(use, names, uses))
        draft.notes.append(sentences(_new_name(use), nearest_advice(draft.known_names.near(use))))
        draft.known_names.add(use)


def _new_name(use: Use) -> str:
    sentence = {
        "office": _("“{name}” is new: neither the ledger nor the directory has a department of this name."),
        "person": _("“{name}” is new: neither the ledger nor the directory has a person of this name."),
    }
    return sentence[use.kind].format(name=use.name)


def _as_typed(use: Use, names: Sequence[str], uses: Sequence[Use]) -> str:
    """Return how several names are written into the field that has them as one, beside what else it holds."""
    is_listed = isinstance(use.path[-1], int)
    if not is_listed and not use.field.joined:
        return only_one(use.field.key, names)
    path = use.path[:-1] if is_listed else use.path
    same = [other for other in uses if other.path[: len(path)] == path]
    value = "、".join(name for other in same for name in (names if other is use else [other.name]))
    return _("Write: {form}").format(form=f"{'.'.join(map(str, path))}={value}")
