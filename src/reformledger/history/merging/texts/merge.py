"""Three texts of one document merged: the data by id, and the bytes of our side with no more changed than must be.

The data say what the text must read as; whatever makes it is proved by reading it. Comments are no data: none of
either side may vanish unless the other side took it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from reformledger.history.merging.conflict import Conflict
from reformledger.history.merging.data.merge import Merged, merge
from reformledger.history.merging.texts.alignment import Bares, bares_of, edits_between
from reformledger.history.merging.texts.comments import Lost, comments, lost
from reformledger.history.merging.texts.lines import MARKER_SIZE, Clash, clashes, line_merge
from reformledger.history.merging.texts.markers import Placed, Said, with_markers
from reformledger.history.merging.texts.units import Units
from reformledger.i18n import _, sentences
from reformledger.loader import InvalidDataError, checked, kind_of
from reformledger.model.documents import DOCUMENTS
from reformledger.yamlio import BOM, Mapped, Tree, YamlError, read_yaml
from reformledger.yamlio.data import encoded
from reformledger.yamlio.editing import EditError, edited


class _AnyName(frozenset[str]):
    """Stands for the names that a directory declares: which one does is not known while it is merged itself."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return True


_ANY_NAME = _AnyName()
_PREIMAGE = re.compile(rb"^<{7,}\r?$", re.MULTILINE)
"""A marker without a word behind it, as ``git rerere`` alone writes it."""


class MergedText(NamedTuple):
    """A merged text; ``is_settled``: nobody has to look at it.

    Else ``conflicts`` are those that stand in it between markers, and ``remarks`` say what else is not as it should be.
    """

    raw: bytes
    is_settled: bool = True
    conflicts: tuple[Placed, ...] = ()
    remarks: tuple[str, ...] = ()


class _Sides(NamedTuple):
    """The three texts, all with our line endings and without a byte order mark."""

    base: Tree | None
    ours: Tree
    theirs: Tree


class _LeftToGitError(Exception):
    """Texts that only git can merge, line by line; ``reasons`` are sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def merge_texts(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    *,
    is_ours: bool = True,
    marker_size: int = MARKER_SIZE,
) -> MergedText:
    """Return what two texts of one document make together; an empty ``base`` says that both sides made it.

    Line endings and byte order mark are those of our side. Where a text is no valid document, git merges the lines,
    and the result is not settled; unless no text says that it is a document, nor its name (``is_ours``). Raises
    ``GitError`` where git cannot be asked.
    """
    has_mark, newline = ours.startswith(BOM), _newline(ours)
    texts = [_like_ours(base, newline), ours.removeprefix(BOM), _like_ours(theirs, newline)]
    if all(map(_PREIMAGE.search, texts[:2])):
        made = _settled_again(texts, marker_size)
        return made._replace(raw=(BOM if has_mark else b"") + made.raw)
    try:
        sides = _loaded(texts, is_ours=is_ours)
        merged = merge(_data(sides.base), _mapped(sides.ours), _mapped(sides.theirs))
        made = _made(sides, merged, marker_size)
    except _LeftToGitError as left:
        made = _by_git(texts, left.reasons, marker_size)
    else:
        made = made if made.conflicts else _if_valid(made, merged, sides)
    return made._replace(raw=(BOM if has_mark else b"") + made.raw)


def _newline(raw: bytes) -> bytes:
    """Return the line ending that most lines of a text have."""
    return b"\r\n" if 2 * raw.count(b"\r\n") > raw.count(b"\n") else b"\n"


def _like_ours(raw: bytes, newline: bytes) -> bytes:
    """Return a text without a byte order mark, its lines ended as most of ours; what is no text stays as it is."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return raw
    return raw.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\n", newline)


def _loaded(texts: list[bytes], *, is_ours: bool) -> _Sides:
    """Read the texts and validate them; raises ``_LeftToGitError``."""
    sides = _("What both sides began with"), _("Our side"), _("Their side")
    reasons: list[str] = []
    trees: list[Tree | None] = []
    for side, raw in zip(sides, texts, strict=True):
        tree, reason = _document(raw) if raw or side != sides[0] else (None, "")
        trees.append(tree)
        if reason:
            reasons.append(_("{side} is no valid document: {reason}").format(side=side, reason=reason))
    base, ours, theirs = trees
    if not is_ours and not any(tree and kind_of(tree) for tree in trees):
        raise _LeftToGitError
    if reasons or ours is None or theirs is None:
        raise _LeftToGitError(*reasons)
    if len({kind_of(tree) for tree in trees if tree}) > 1:
        raise _LeftToGitError(_("The sides are documents of different kinds."))
    return _Sides(base, ours, theirs)


def _document(raw: bytes) -> tuple[Tree | None, str]:
    """Return what a text reads as, None where it cannot be read, and what is wrong with it, "" for a document."""
    try:
        tree = read_yaml(raw)
    except YamlError as error:
        first = error.faults[0]
        return None, f"{first.line}:{first.column}: {first.message}" if first.line else first.message
    kind = kind_of(tree)
    if kind is None:
        return tree, _("The document does not say what it is.")
    try:
        checked(cast("dict[str, object]", tree.data), kind, _ANY_NAME)
    except InvalidDataError as error:
        fault = error.faults[0]
        line, column = tree.place(fault.path, key=fault.at_key)
        return tree, f"{line}:{column}: {fault.message}"
    return tree, ""


def _settled_again(texts: list[bytes], marker_size: int) -> MergedText:
    """Return a conflict as a person settled the same one before, settled where that reads as a document.

    ``git rerere`` asks for it: the base is that conflict as it was then, theirs how it was settled, ours the conflict
    as it is now. Where lines meet, git keeps the conflict, and all that is said of it, as it is.
    """
    base, ours, theirs = texts
    made = line_merge(ours, base, theirs, marker_size=marker_size)
    return MergedText(made.raw, is_settled=not made.conflicts and not _document(made.raw)[1])


def _by_git(texts: list[bytes], reasons: tuple[str, ...], marker_size: int) -> MergedText:
    base, ours, theirs = texts
    made = line_merge(ours, base, theirs, marker_size=marker_size)
    if not reasons:
        return MergedText(made.raw, not made.conflicts)
    told = _("Git has merged the lines, without knowing what they say: look at all of them.")
    return MergedText(made.raw, is_settled=False, remarks=(*reasons, told))


def _if_valid(made: MergedText, merged: Merged, sides: _Sides) -> MergedText:
    """Return a merged text, not settled where two valid sides make a document together that is not."""
    kind = kind_of(sides.ours)
    try:
        if kind:
            checked(cast("dict[str, object]", merged.ours), kind, _ANY_NAME)
    except InvalidDataError as error:
        told = _("Both sides are there, and make no valid document together: {reason}")
        remarks = tuple(told.format(reason=sentences(fault.message, fault.advice)) for fault in error.faults)
        return made._replace(is_settled=False, remarks=remarks)
    return made


def _mapped(tree: Tree) -> Mapped:
    return cast("Mapped", tree.data)  # read_yaml refuses any other root


def _data(tree: Tree | None) -> Mapped | None:
    return _mapped(tree) if tree else None


def _made(sides: _Sides, merged: Merged, marker_size: int) -> MergedText:
    """Return the text of merged data, with markers where they or the comments are in conflict."""
    text, missing = _best(sides, merged.ours)
    said = [_said(conflict) for conflict in merged.conflicts]
    if not said and not missing:
        return MergedText(text.raw)
    other = text
    if missing:
        text, other = _apart(sides, merged.ours)
        said += [_of_comment(each, sides, text if each.of_ours else other) for each in missing]
    other = _edited(other, merged.theirs, _bares(sides))
    written, placed = with_markers(text, other, said, size=marker_size)
    return MergedText(written.encode(), is_settled=False, conflicts=tuple(placed))


def _best(sides: _Sides, wanted: Mapped) -> tuple[Tree, list[Lost]]:
    """Return the first text that reads as wanted and loses no comment; else our side edited, and what it loses."""
    tree = sides.ours
    missing: list[Lost] = []
    for raw in _candidates(sides, wanted):
        made = _read(raw)
        if made is not None and made.data == wanted:
            tree, missing = made, lost(sides.base, sides.ours, sides.theirs, made)
            if not missing:
                break
    return tree, missing


def _candidates(sides: _Sides, wanted: Mapped) -> Iterator[bytes]:
    """Yield texts that may be the merged one: git's, then git's of the sides edited to say the same, then our side."""
    base = sides.base.raw if sides.base else b""
    made = line_merge(sides.ours.raw, base, sides.theirs.raw)
    if not made.conflicts:
        yield made.raw
    ours, base, theirs = _saying(sides, wanted)
    made = line_merge(ours, base, theirs)
    yield made.raw if not made.conflicts else line_merge(ours, base, theirs, union=True).raw
    yield ours


def _saying(sides: _Sides, wanted: Mapped) -> tuple[bytes, bytes, bytes]:
    """Return ours, base and theirs edited to say the same, so that they differ in comments and layout alone.

    What cannot be edited as it is written is left out: the base, or theirs with it. Raises ``_LeftToGitError`` where
    that is our side.
    """
    bares = _bares(sides)
    ours = _edited(sides.ours, wanted, bares).raw
    try:
        base = _edited(sides.base, wanted, bares).raw if sides.base else b""
        return ours, base, _edited(sides.theirs, wanted, bares).raw
    except _LeftToGitError:
        return ours, ours, ours


def _bares(sides: _Sides) -> Bares:
    """Return what one of the texts has without quotes: whatever is written anew looks as it did there."""
    return set().union(*(bares_of(tree) for tree in sides if tree))


def _edited(tree: Tree, wanted: Mapped, bares: Bares) -> Tree:
    try:
        return edited(tree, edits_between(_mapped(tree), wanted, bares)).tree
    except EditError as error:
        raise _LeftToGitError(str(error)) from None


def _read(raw: bytes) -> Tree | None:
    try:
        return read_yaml(raw)
    except YamlError:
        return None


def _apart(sides: _Sides, wanted: Mapped) -> tuple[Tree, Tree]:
    """Return two texts of the wanted data, with our comments and with theirs where not both can stay."""
    ours, base, theirs = (raw.decode() for raw in _saying(sides, wanted))
    parts = clashes(ours, base, theirs)
    trees = []
    for index, whole in enumerate((ours, theirs)):
        text = "".join(part[index] if isinstance(part, Clash) else part for part in parts)
        made = _read(encoded(text, bom=False))
        trees.append(made if made is not None and made.data == wanted else read_yaml(whole.encode()))
    return trees[0], trees[1]


def _said(conflict: Conflict) -> Said:
    last = conflict.ref.rpartition("/")[2]
    names = [name for each in (*conflict.ours, *conflict.theirs) for name in each.path] if last in DOCUMENTS else [last]
    return Said(tuple(names), conflict.sentence, conflict.advice)


def _of_comment(lost: Lost, sides: _Sides, text: Tree) -> Said:
    """Say that a comment would be lost, and write it again where the ``text`` of its side lacks it, too."""
    comment, of_ours = lost
    units = Units(sides.ours if of_ours else sides.theirs).at(comment.line - 1, comment.line)
    told = _("A comment of our side (line {line}) would be lost: {comment}")
    if not of_ours:
        told = _("A comment of their side (line {line}) would be lost: {comment}")
    sentence = told.format(line=comment.line, comment=comment.text)
    said = Said(units[0].names if units else (), sentence, _("Keep it where it belongs."))
    if any(each.text == comment.text for each in comments(text)):
        return said
    return said._replace(ours=(comment.text,)) if of_ours else said._replace(theirs=(comment.text,))
