"""Edits of YAML text: pieces of it replaced, and the result proved by reading it again."""

from reformledger.yamlio.editing.edits import AddKey, Bare, Edit, EditError, Insert, Remove, SetValue, applied
from reformledger.yamlio.editing.render import Style, block, flow_entry
from reformledger.yamlio.editing.splicing import Edited, edited

__all__ = [
    "AddKey",
    "Bare",
    "Edit",
    "EditError",
    "Edited",
    "Insert",
    "Remove",
    "SetValue",
    "Style",
    "applied",
    "block",
    "edited",
    "flow_entry",
]
