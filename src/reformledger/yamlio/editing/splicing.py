"""Edits by splicing: new text goes exactly where it must, and the result is read again to prove that it is right.

Several changes are made from one reading as long as they do not touch; those that do wait for the next reading.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.text.difference import Span, composed
from reformledger.yamlio.data import Data, Path, Tree, encoded
from reformledger.yamlio.editing import block_edits, flow_edits
from reformledger.yamlio.editing.changes import Change, Items, Touched, as_edits, changes_of, touched_by
from reformledger.yamlio.editing.edits import AddKey, Edit, EditError, Remove, SetValue, applied, key_before, refused
from reformledger.yamlio.editing.layout import Layout, Value
from reformledger.yamlio.editing.render import Entry, Splice, block, check_texts, entries_of, spliced
from reformledger.yamlio.faults.fault import TextFault, YamlError
from reformledger.yamlio.reading.read import read_yaml


class Edited(NamedTuple):
    """A text after its edits: its bytes, what reading them again gave, and the ``spans`` of bytes that changed."""

    raw: bytes
    tree: Tree
    spans: Sequence[Span] = ()


def edited(tree: Tree, edits: Sequence[Edit]) -> Edited:
    """Make edits to a text, each to what the ones before left; raises ``EditError`` and then nothing has happened.

    Every byte that no edit needs to change stays. The new text was read again, and its data are exactly what
    ``applied`` says. Where an edit adds text, it follows its neighbours.
    """
    for edit in edits:
        if not isinstance(edit, Remove):
            with _placed(tree, edit.path):
                check_texts({edit.key: edit.value} if isinstance(edit, AddKey) else edit.value)
    path = edits[0].path if edits else ()
    with _placed(tree, path):
        changes, wanted = changes_of(tree.data, edits)
    made = Edited(tree.raw, tree)
    while changes:
        before = made.spans
        made, changes = _made(made.tree, changes)
        made = made._replace(spans=composed(before, made.spans))
    with _placed(tree, path):
        _check_data(made.tree, wanted)
    return made


def _made(tree: Tree, changes: Sequence[Change]) -> tuple[Edited, list[Change]]:
    """Make all changes that do not touch others; return the new text, read again, and the changes that wait."""
    layout = Layout(tree)
    touched = Touched()
    splices: list[Splice] = []
    made: list[Change] = []
    waiting: list[Change] = []
    for change in changes:
        paths = touched_by(change)
        with _placed(tree, change.path):
            new = None if touched.holds(paths) else _splices(layout, change)
        touched.add(paths)
        if new is None or _collides(splices, new):
            waiting.append(change)
        else:
            made.append(change)
            for splice in new:
                insort(splices, splice, key=lambda splice: (splice.start, splice.end))
    raw = encoded(spliced(tree.text, splices), bom=tree.bom)
    return Edited(raw, _proved(tree, raw, made), _spans(tree, splices)), waiting


def _spans(tree: Tree, splices: Sequence[Splice]) -> list[Span]:
    """Return splices of a text as spans of its bytes."""
    spans: list[Span] = []
    old = new = len(encoded("", bom=tree.bom))
    offset = 0
    for start, end, text in splices:
        same, before, after = (len(part.encode()) for part in (tree.text[offset:start], tree.text[start:end], text))
        spans.append(Span(old + same, old + same + before, new + same, new + same + after))
        old, new, offset = spans[-1].old_end, spans[-1].new_end, end
    return spans


def _proved(tree: Tree, raw: bytes, changes: Sequence[Change]) -> Tree:
    """Read the new bytes; raises ``EditError`` unless the data differ from the old in exactly what was wanted."""
    with _placed(tree, changes[0].path):
        try:
            new = read_yaml(raw)
        except YamlError as error:
            first = error.faults[0]
            message = _("With this edit the file could not be read: {reason}").format(reason=first.message)
            raise refused(message, first.advice) from None
        _check_data(new, applied(tree.data, [edit for change in changes for edit in as_edits(change)]))
    return new


def _check_data(new: Tree, wanted: Data) -> None:
    if new.data != wanted:
        message = _("This cannot be edited safely as it is written.")
        raise refused(message, _("Write it in lines, as “key: value” and “- item”, or make the change by hand."))


@contextmanager
def _placed(tree: Tree, path: Path) -> Iterator[None]:
    """Give an ``EditError`` the place of ``path``, or of the nearest value on the way to it."""
    try:
        yield
    except EditError as error:
        _line, _column, message, advice = error.fault
        raise EditError(TextFault(*tree.place(path), message, advice)) from None


def _splices(layout: Layout, change: Change) -> list[Splice]:
    match change:
        case SetValue(path, value):
            return _replace(layout, path, value)
        case AddKey(path, key, value):
            data = layout.trail(path)[-1].data
            keys = data if isinstance(data, dict) else {}
            before = key_before(keys, change)
            return _insert(layout, path, 0 if before is None else list(keys).index(before) + 1, [(key, value)])
        case Items(path, index, values):
            return _insert(layout, path, index, entries_of(list(values)))
        case Remove(path):
            return _remove(layout, path)


def _replace(layout: Layout, path: Path, value: Data) -> list[Splice]:
    trail = layout.trail(path)
    if not path:
        return [_whole(layout, trail[0], value)]
    parent, index = trail[-2], _index(layout, trail)
    if _in_brackets(layout, trail[:-1]):
        return flow_edits.replace(layout, parent, index, value)
    return block_edits.replace(layout, trail[:-1], index, value)


def _whole(layout: Layout, root: Value, value: Data) -> Splice:
    """Replace the whole document, which is a mapping that is empty or becomes so."""
    if not isinstance(value, dict):
        raise refused(_("A document can only be replaced by keys with values."))
    style = block_edits.style_at(layout, [root], layout.end(root), at_line_end=False)
    text = block(value, 0, style) if value else "{}"
    return Splice(layout.start(root), layout.end(root), text)


def _insert(layout: Layout, path: Path, index: int, entries: Sequence[Entry]) -> list[Splice]:
    trail = layout.trail(path)
    target = trail[-1]
    if not target.data and not _in_brackets(layout, trail[:-1]) and not _holds_comment(layout, target):
        keys = {key: value for key, value in entries if key is not None}
        return _replace(layout, path, keys or [value for _key, value in entries])
    if _in_brackets(layout, trail):
        return flow_edits.insert(layout, target, index, entries)
    return block_edits.insert(layout, trail, index, entries)


def _remove(layout: Layout, path: Path) -> list[Splice]:
    trail = layout.trail(path)
    parent, index = trail[-2], _index(layout, trail)
    if _in_brackets(layout, trail[:-1]):
        return flow_edits.remove(layout, parent, index)
    if len(layout.children(parent)) > 1:
        return block_edits.remove(layout, parent, index)
    return _replace(layout, path[:-1], {} if isinstance(parent.data, dict) else [])


def _index(layout: Layout, trail: list[Value]) -> int:
    """Return the index of the last value of a trail in its mapping or list."""
    nodes = [child.node for child in layout.children(trail[-2])]
    return nodes.index(trail[-1].node)


def _in_brackets(layout: Layout, trail: list[Value]) -> bool:
    return any(layout.is_flow(value) for value in trail)


def _holds_comment(layout: Layout, empty: Value) -> bool:
    return bool(layout.text[layout.start(empty) + 1 : layout.end(empty) - 1].strip())


def _collides(made: list[Splice], new: list[Splice]) -> bool:
    """Say whether new splices meet some that are made, both in order; right behind replaced text may be inserted."""
    for start, end, _text in new:
        first = max(0, bisect_left(made, (start,)) - 2)
        for other in made[first:]:
            if other.start > end:
                break
            behind = other.start < other.end == start == end or start < end == other.start == other.end
            if start <= other.end and not behind:
                return True
    return False
