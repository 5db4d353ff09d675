"""The layout of a text that was read: the range of each value, and how its neighbours are written.

The places of the parser are no ranges to edit: a block of keys ends where the next content starts, a block scalar
after the blank lines behind it, and neither says where a comment is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reformledger.yamlio.data import Data, Path, Tree
from reformledger.yamlio.editing.render import entries_of, inline

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_INSIGNIFICANT = re.compile(r"(?:\s++|#(?<=[\s,\[{]#)[^\n]*+)*+")
_BLANKS = re.compile(r"\s*+")
_BLANK_LINES = re.compile(r"(?:\r?\n *(?=\r?\n|\Z))+")
_STEP = 2
"""Columns to indent by where no neighbour shows how far."""


class Value(NamedTuple):
    """A value in its place: the number of its node and of its key's (an item of a list: its own twice)."""

    data: Data
    key: int
    node: int


class Layout:
    """The text of a tree, measured."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.text = tree.text
        self._children: dict[int, list[Value]] = {}

    def trail(self, path: Path) -> list[Value]:
        """Return the values on the way to ``path``, the root first; the path leads somewhere."""
        value = Value(self.tree.data, 0, 0)
        trail = [value]
        for step in path:
            data = value.data
            position = list(data).index(str(step)) if isinstance(data, dict) else int(step)
            value = self.children(value)[position]
            trail.append(value)
        return trail

    def children(self, parent: Value) -> list[Value]:
        """Return the values of a mapping or the items of a list."""
        children = self._children.get(parent.node)
        if children is None:
            children = self._children[parent.node] = []
            after, node = self.tree.places.after, parent.node + 1
            for key, value in entries_of(parent.data):
                key_node = node
                node += key is not None
                children.append(Value(value, key_node, node))
                node = after[node] or node + 1
        return children

    # Lines and columns

    def column(self, offset: int) -> int:
        """Return how many characters are before ``offset`` on its line."""
        return offset - self.line_start(offset)

    def line_start(self, offset: int) -> int:
        """Return where the line of ``offset`` starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of ``offset`` ends, before its line ending."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Return where the line after that of ``offset`` starts, or where the text ends."""
        return self.text.find("\n", offset) + 1 or len(self.text)

    def newline(self, offset: int) -> str:
        """Return the line ending that the neighbours of ``offset`` have."""
        end = self.text.find("\n", offset)
        if end < 0:
            end = self.text.rfind("\n", 0, offset)
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def starts_line(self, offset: int) -> bool:
        """Say whether only spaces are before ``offset`` on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    def skip(self, offset: int, limit: int | None = None) -> int:
        """Return the next offset, up to ``limit``, at which something else than blanks and comments is."""
        found = _INSIGNIFICANT.match(self.text, offset, len(self.text) if limit is None else limit)
        return found.end() if found else offset

    def comment_below(self, offset: int) -> int:
        """Return the column of the comment on the next line that is not blank, -1 when there is none."""
        line_end = self.line_end(offset)
        found = _BLANKS.match(self.text, line_end)
        start = found.end() if found else line_end
        is_comment = self.text.startswith("#", start) and self.line_start(start) > line_end
        return self.column(start) if is_comment else -1

    def spaces_below(self, offset: int) -> int:
        """Return how many spaces the longest of the blank lines that follow holds."""
        found = _BLANK_LINES.match(self.text, self.line_end(offset))
        return max(map(len, found[0].split("\n"))) if found else 0

    def before_spaces(self, offset: int) -> int:
        """Return where the spaces before ``offset`` start."""
        while self.text.endswith(" ", 0, offset):
            offset -= 1
        return offset

    # Ranges of values

    def start(self, value: Value) -> int:
        """Return where a value starts."""
        return self.tree.places.starts[value.node]

    def end(self, value: Value) -> int:
        """Return the offset behind the last character of a value; its comment and line ending follow."""
        if self.is_block(value):
            return self.end(self.children(value)[-1])
        if self.header(value):
            return self._block_scalar_end(value)
        if value.data is None:
            return self.tree.places.starts[value.node]
        return self.tree.places.ends[value.node]

    def entry_end(self, value: Value, column: int) -> int:
        """Return where the last line of an entry in ``column`` ends: a comment deeper than that is in it."""
        end = self.line_end(self.end(value))
        while self.comment_below(end) > column:
            end = self.line_end(self.text.index("#", end))
        return end

    def is_flow(self, value: Value) -> bool:
        """Say whether a value is a mapping or list in brackets."""
        return isinstance(value.data, dict | list) and self.text[self.start(value)] in "[{"

    def is_block(self, value: Value) -> bool:
        """Say whether a value is a mapping or list without brackets, a line for each key or item."""
        return isinstance(value.data, dict | list) and not self.is_flow(value)

    def header(self, value: Value) -> str:
        """Return the header of a block scalar (``|2-``), nothing for any other value."""
        found = _BLOCK_HEADER.match(self.text, self.start(value)) if isinstance(value.data, str) else None
        return found[0] if found else ""

    def _block_scalar_end(self, value: Value) -> int:
        header_start, header = self.start(value), self.header(value)
        end = max(self.tree.places.ends[value.node], header_start + len(header))
        if "+" not in header:
            # Blank lines behind the text are not part of it; those longer than its indentation are.
            indent = self._block_scalar_indent(value)
            while (start := self.line_start(end - 1)) > header_start:
                line = self.text[start:end].rstrip("\r\n")
                if line.strip(" ") or len(line) > indent:
                    break
                end = start
        if self.text[end - 1] == "\n":
            end -= 2 if self.text[end - 2] == "\r" else 1
        return end

    def _block_scalar_indent(self, value: Value) -> int:
        """Return how far the first line of a block scalar that is not blank is indented, 0 when there is none."""
        body = self.text[self.next_line(self.start(value)) : self.tree.places.ends[value.node]]
        return next((len(line) - len(line.lstrip(" ")) for line in body.split("\n") if line.strip()), 0)

    def last_scalar(self, value: Value) -> Value:
        """Return the last value inside of ``value`` that is no block."""
        while self.is_block(value):
            value = self.children(value)[-1]
        return value

    # Indicators

    def entry_start(self, parent: Value, index: int) -> int:
        """Return where an entry of a block starts: its dash, its key, or the ``?`` before that."""
        children = self.children(parent)
        child = children[index]
        limit = self.tree.places.starts[child.key]
        return self.skip(self.start(parent) if index == 0 else self.end(children[index - 1]), limit)

    def anchor(self, parent: Value, index: int) -> int | None:
        """Return the offset behind the colon or dash of an entry of a block, None when it has no colon."""
        child = self.children(parent)[index]
        if isinstance(parent.data, list):
            return self.entry_start(parent, index) + 1
        colon = self.skip(self.tree.places.ends[child.key])
        return colon + 1 if colon <= self.start(child) and self.text[colon : colon + 1] == ":" else None

    # The style of the neighbours

    def list_offset(self, trail: list[Value]) -> int:
        """Return how many columns the dashes of a list are right of its key, as near the end of ``trail``."""
        offset = self._offset(trail, list)
        return _STEP if offset is None else offset

    def mapping_offset(self, trail: list[Value]) -> int:
        """Return how many columns the keys of a mapping are right of its own key, as near the end of ``trail``."""
        return self._offset(trail, dict) or self._offset(trail, list) or _STEP

    def _offset(self, trail: list[Value], kind: type[dict[str, Data] | list[Data]]) -> int | None:
        """Look at what is beside the end of the trail, then at the way to it, nearest first."""
        for depth in range(len(trail) - 1, -1, -1):
            parent = trail[depth]
            if not isinstance(parent.data, dict) or not self.is_block(parent):
                continue
            beside = self.children(parent) if depth == len(trail) - 1 else [trail[depth + 1]]
            for child in beside:
                if isinstance(child.data, kind) and self.is_block(child):
                    return self.column(self.start(child)) - self.column(self.start(parent))
        return None

    def blank_lines(self, parent: Value) -> int:
        """Return how many blank lines are between the last two entries of a block."""
        children = self.children(parent)
        last = len(children) - 1
        if not last:
            return 0
        between = self.text[self.next_line(self.end(children[last - 1])) : self.entry_start(parent, last)]
        return 0 if between.strip() else between.count("\n")

    def gap(self, parent: Value, key: str | None) -> str:
        """Return the blanks that go behind the colon of a new key, or the dash of an item, of a block.

        Behind a dash they are those of the last item. Behind a colon it is one, unless the values of the mapping
        are aligned in one column.
        """
        if isinstance(parent.data, list):
            index = len(parent.data) - 1
            child = self.children(parent)[index]
            gap = self.text[self.entry_start(parent, index) + 1 : self.start(child)]
            return gap if gap and not gap.strip(" ") else " "
        columns, gaps = set(), set()
        for child in self.children(parent):
            colon = self.tree.places.ends[child.key] + 1
            gap = self.text[colon : self.start(child)]
            if child.data is not None and gap and not gap.strip(" "):
                columns.add(self.column(self.start(child)))
                gaps.add(len(gap))
        column = columns.pop() - self.column(self.start(parent)) if len(columns) == 1 and len(gaps) > 1 else 0
        return " " * max(1, column - len(inline(key or "")) - 1) if column else " "
