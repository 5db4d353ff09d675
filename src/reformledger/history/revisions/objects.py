"""The files of a commit: its trees, read as git keeps them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from reformledger.files.plumbing import GitError
from reformledger.history.revisions import refusals
from reformledger.history.revisions.repository import Repository
from reformledger.limits import FILE

_KEPT = 64
"""Trees that are remembered: most are the same in one commit after the other."""
_HOPS = 8
"""Symbolic links that are followed one after the other."""


class Node(NamedTuple):
    """What a name in a tree stands for: its mode in octal, as git writes it, and its object."""

    mode: str
    oid: str

    @property
    def is_folder(self) -> bool:
        """Say whether it is a tree."""
        return self.mode == "40000"

    @property
    def is_file(self) -> bool:
        """Say whether it is a regular file."""
        return self.mode.startswith("100")

    @property
    def is_link(self) -> bool:
        """Say whether it is a symbolic link, whose content is where it leads."""
        return self.mode == "120000"


class Trees:
    """The trees of a repository; those read last are remembered."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.nodes = lru_cache(_KEPT)(self._nodes)

    def find(self, tree: str, name: str) -> Node | None:
        """Return what a name (``data/ledger_2020.yaml``) stands for below a tree; None for nothing.

        Symbolic links are followed within the tree; one that leads out of it, or nowhere, is returned itself.
        Raises ``HistoryError`` for a tree that is not here.
        """
        return self._find(tree, name, _HOPS)

    def _find(self, tree: str, name: str, hops: int) -> Node | None:
        node = Node("40000", tree)
        steps = [step for step in name.split("/") if step not in ("", ".")]
        for index, step in enumerate(steps):
            found = self.nodes(node.oid).get(step) if node.is_folder else None
            if found is not None and found.is_link:
                leads = posixpath.join(*steps[:index], self._target(found), *steps[index + 1 :])
                followed = None
                if hops and not leads.startswith("/") and not posixpath.normpath(leads).startswith(".."):
                    followed = self._find(tree, posixpath.normpath(leads), hops - 1)
                return followed or (found if index + 1 == len(steps) else None)
            if found is None:
                return None
            node = found
        return node

    def _target(self, link: Node) -> str:
        found = self._repository.object_of(link.oid, FILE)
        return os.fsdecode(found.content) if found and found.content else "/"

    def _nodes(self, tree: str) -> Mapping[str, Node]:
        """Return what is directly in a tree, by name; raises ``HistoryError`` for one that is not here."""
        found = self._repository.object_of(tree, FILE)
        if found is None or found.kind != "tree" or found.content is None:
            raise self._repository.failed(GitError())
        nodes: dict[str, Node] = {}
        left, width = found.content, len(found.oid) // 2
        at = 0
        while at < len(left):
            blank, end = left.find(b" ", at), left.find(b"\0", at)
            if not at < blank < end <= len(left) - width - 1:
                raise refusals.broken(self._repository.top)
            oid = left[end + 1 : end + 1 + width].hex()
            nodes[os.fsdecode(left[blank + 1 : end])] = Node(left[at:blank].decode("ascii", "replace"), oid)
            at = end + 1 + width
        return nodes
