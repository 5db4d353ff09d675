"""Where a finding points, and the line and column of it, which are only looked up for what is shown."""

from __future__ import annotations

from typing import NamedTuple

from reformledger.audit.finding import Place
from reformledger.entry import Entry
from reformledger.errors import Fault
from reformledger.loader import LoadedDocument
from reformledger.text.patterns import when_used
from reformledger.yamlio import Path, Step, Tree


class Pointer(NamedTuple):
    """Where to point: a value in a document, or a piece of it; its line and column are found when it is shown.

    ``part`` is text inside the value, ``key`` says that the key is meant. ``span`` (character offsets) is for what
    is no value at all, such as a comment. What is ``private`` is hidden in the line of the file that is shown.
    """

    loaded: LoadedDocument
    path: Path = ()
    part: str = ""
    key: bool = False
    span: tuple[int, int] | None = None
    entry: Entry | None = None
    private: bool = False


def at(entry: Entry, *steps: Step, part: str = "", key: bool = False) -> Pointer:
    """Return the pointer of a value of an entry; without steps, or where it is blank, of the entry itself.

    A value that comes from a heading is pointed at there.
    """
    if steps and steps[0] in entry.inherited:
        path = (*entry.group.inherited[str(steps[0])].path, *steps)
        return Pointer(entry.group.loaded, path, part, key, entry=entry)
    # By their order, which takes half the time: rules make several for each entry.
    return Pointer(entry.group.loaded, (*entry.group.path, entry.index, *steps), part, key, None, entry)


def at_due(entry: Entry, *before: Step) -> Pointer:
    """Return the pointer of the wording of a deadline, also where it is written with its meaning beside it."""
    # A path that leads further than the file goes ends at the last value on its way.
    return at(entry, *before, "due", "wording")


_DIGIT = when_used("[0-9０-９Xx]")


def place_of(pointer: Pointer) -> Place:
    """Return the place of a pointer; that of a text of several lines ends with the first."""
    tree = pointer.loaded.tree
    start, end = pointer.span or _narrowed(tree, *tree.span(pointer.path, key=pointer.key), pointer.part)
    line, column = tree.place_at(start)
    line_start = start - column + 1
    line_end = tree.text.find("\n", line_start)
    line_end = len(tree.text) if line_end < 0 else line_end
    source = tree.text[line_start:line_end].rstrip("\r")
    last = min(max(end, start + 1), line_start + len(source))
    if pointer.private:
        first = column - 1
        source = source[:first] + _DIGIT.sub("*", source[first : last - line_start]) + source[last - line_start :]
    return Place(pointer.loaded.name, line, column, max(last - line_start + 1, column), source)


def _narrowed(tree: Tree, start: int, end: int, part: str) -> tuple[int, int]:
    """Return the stretch of ``part`` within a value, or the whole where the file spells it otherwise."""
    found = tree.text.find(part, start, end) if part else -1
    return (start, end) if found < 0 else (found, found + len(part))


def place_of_fault(fault: Fault, lines: list[str]) -> Place:
    """Return the place of what reading refused; ``lines`` are those of its file."""
    source = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    if "\N{REPLACEMENT CHARACTER}" in source:
        source = ""  # no text to be shown: it is in another encoding
    return Place(fault.file, fault.line, fault.column, None, source)
