"""What a text is read into: plain data, and the places of its parts."""

from __future__ import annotations

from array import array
from typing import NamedTuple

Data = dict[str, "Data"] | list["Data"] | str | None
"""Dictionaries, lists, text; None is a blank value."""
Step = str | int
"""A key of a dictionary or an index of a list; a path is a sequence of them."""


class Places(NamedTuple):
    """Where each part of a text stands.

    Nodes are numbered as they stand in the text, a mapping's keys included: a mapping is followed by its first
    key, that by its value, a list by its first item. ``starts`` and ``ends`` are their character offsets,
    ``after`` is the number of the node that follows all that is inside a node, 0 for a scalar, which the next one
    follows. So the way to a value is found by walking over numbers, and nothing but three integers is kept for a
    node.
    """

    starts: array[int]
    ends: array[int]
    after: array[int]
