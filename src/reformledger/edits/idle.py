"""Acknowledgements in new documents that match no finding there: the finding stayed behind with a ☆ or a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reformledger.book import Book
from reformledger.edits.draft import NewFile, at
from reformledger.loader import LoadedDocument
from reformledger.yamlio.edit import Edit, Remove, edited


def without_idle(
    created: dict[Path, NewFile], documents: Iterable[LoadedDocument], book: Book, today: date
) -> dict[Path, NewFile]:
    """Return the new files, read as ``documents`` of ``book``, without acknowledgements that match nothing."""
    if not any(entry.data.acknowledged for entry in book.entries):
        return created
    from reformledger.audit.run import idle_acknowledgements

    codes: dict[Path, dict[tuple[str | int, ...], list[str]]] = {}
    for spot in idle_acknowledgements(book, today):
        codes.setdefault(spot.loaded.path, {}).setdefault(spot.path[:-1], []).append(str(spot.path[-1]))
    cleared = dict(created)
    for loaded in documents:
        edits: list[Edit] = []
        for path, idle in codes.get(loaded.path, {}).items():
            held = at(loaded.tree.data, path)
            every = isinstance(held, dict) and len(held) == len(idle)
            edits += [Remove(path)] if every else [Remove((*path, code)) for code in idle]
        if edits:
            text = edited(loaded.tree, edits).raw.decode()
            cleared[loaded.path] = created[loaded.path]._replace(text=text)
    return cleared
