"""Files → validated documents, with the place of every value; every fault of a file found in one run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple, cast

from pydantic import ValidationError

from reformledger.errors import DataError, Fault, nearest_advice
from reformledger.i18n import _
from reformledger.model.documents import (
    DOCUMENTS,
    Document,
    DocumentKind,
    document_problems,
    validate_document,
)
from reformledger.model.text import expectation
from reformledger.yamlio import Tree, YamlError, read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Step = str | int


class LoadedDocument(NamedTuple):
    """A valid document, the file it came from, and the text with the places of its values."""

    path: FilePath
    name: str
    kind: DocumentKind
    document: Document
    tree: Tree


def display_name(path: FilePath) -> str:
    """Return how a file is named to the user: relative to the working directory, with ``/``; absolute outside it."""
    absolute = FilePath(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow symbolic links
    try:
        return absolute.relative_to(FilePath.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def read_bytes(path: FilePath) -> bytes:
    """Return the bytes of a regular file; raises ``DataError`` for what is missing, a folder, a pipe, a device."""
    name = display_name(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DataError([Fault(name, 0, 0, _("This is a folder, not a file."))])
        if not stat.S_ISREG(mode):
            # Opening a FIFO would wait for a writer for ever.
            raise DataError([Fault(name, 0, 0, _("This is not a regular file (a pipe or a device)."))])
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError([Fault(name, 0, 0, _("There is no such file."), _("Check the path."))]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError([Fault(name, 0, 0, _("The file cannot be read: {reason}").format(reason=reason))]) from None


def parse_file(path: FilePath) -> Tree:
    """Read the YAML of one file; raises ``DataError``."""
    name = display_name(path)
    try:
        return read_yaml(read_bytes(path))
    except YamlError as error:
        faults = [Fault(name, line, column, message, advice) for line, column, message, advice in error.problems]
        raise DataError(faults) from None


def kind_of(tree: Tree) -> DocumentKind | None:
    """Return the kind that a document declares with its first key, or None when it declares none we know."""
    data = tree.data
    if not isinstance(data, dict) or next(iter(data), None) != "kind":
        return None
    return next((kind for kind in DOCUMENTS if kind == data["kind"]), None)


def load_document(path: FilePath) -> LoadedDocument:
    """Load one file; raises ``DataError`` with all that is wrong in it."""
    return validate_tree(path, parse_file(path))


def validate_tree(path: FilePath, tree: Tree) -> LoadedDocument:
    """Validate what was read from ``path``; raises ``DataError`` with all that is wrong in it."""
    name = display_name(path)
    data = cast("dict[str, object]", tree.data)
    kind = kind_of(tree)
    if kind is None:
        raise DataError([_kind_fault(name, tree)])
    try:
        document = validate_document(data, kind)
    except ValidationError as error:
        faults = [_fault(name, tree, detail) for detail in error.errors(include_url=False)]
        raise DataError(sorted(set(faults), key=lambda fault: fault[:3])) from None
    problems = [
        Fault(name, *tree.place(path_, key=isinstance(path_[-1], str)), message, advice)
        for path_, message, advice in document_problems(document)
    ]
    if problems:
        raise DataError(problems)
    return LoadedDocument(path, name, kind, document, tree)


def _kind_fault(name: str, tree: Tree) -> Fault:
    kinds = _(", ").join(DOCUMENTS)
    data = tree.data
    assert isinstance(data, dict)  # noqa: S101 - read_yaml refuses any other root
    if "kind" not in data:
        message = _("The document does not say what it is.")
        advice = _("Begin the file with one of: {kinds}.").format(
            kinds=_(", ").join(f"kind: {kind}" for kind in DOCUMENTS)
        )
        return Fault(name, 1, 1, message, advice)
    line, column = tree.place(("kind",))
    value = data["kind"]
    if isinstance(value, str) and value in DOCUMENTS:
        return Fault(
            name,
            line,
            column,
            _("“kind” must be the first key of the file."),
            _("Move this line to the top."),
        )
    message = _("Unknown kind of document; expected one of: {kinds}.").format(kinds=kinds)
    return Fault(name, line, column, message, nearest_advice(nearest(str(value), DOCUMENTS)))


def nearest(word: str, candidates: Iterable[str], count: int = 3) -> list[str]:
    """Return the candidate that ``word`` is a slip of, else up to ``count`` that look like it, best first."""
    from difflib import get_close_matches

    known = list(candidates)
    return get_close_matches(word, known, n=1, cutoff=0.8) or get_close_matches(word, known, n=count, cutoff=0.5)


def _fault(name: str, tree: Tree, detail: ErrorDetails) -> Fault:
    """Turn one error of Pydantic into a fault at its place in the file, in the user's language."""
    path = _path_in_data(tree.data, detail["loc"])
    message, advice = _sentences(tree.data, path, detail)
    at_key = detail["type"] == "extra_forbidden"
    return Fault(name, *tree.place(path, key=at_key), message, advice)


def _path_in_data(data: object, location: tuple[Step, ...]) -> tuple[Step, ...]:
    """Keep the steps of a location that lead through the data: Pydantic adds marks of its own (``[key]``, types)."""
    path: list[Step] = []
    for step in location:
        match data, step:
            case dict(), _ if step in data:
                data = data[step]
            case list(), int():
                data = data[step]
            case _:
                continue
        path.append(step)
    return tuple(path)


def _sentences(data: object, path: tuple[Step, ...], detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str) and step != "[key]"), "")
    match detail["type"]:
        case "missing":
            if path and path[-1] == key:
                return _("“{key}” is blank, but it is required.").format(key=key), _("Write its value after the colon.")
            return _("“{key}” is missing here.").format(key=key), _("Add the line “{key}: …”.").format(key=key)
        case "extra_forbidden":
            known = _known_keys(detail["loc"], data)
            return (
                _("Unknown key “{key}”.").format(key=key),
                nearest_advice(nearest(key, known)) or _("Known keys here: {keys}.").format(keys=_(", ").join(known)),
            )
        case "wrong_value":
            return _expected(str(context["expected"])), str(context["advice"])
        case "string_pattern_mismatch":
            return _expected(expectation(str(context["pattern"]))), ""
        case "literal_error":
            return _expected(str(context["expected"]).replace("'", "")), ""
        case kind:
            return _expected(_shape(kind)), _shape_advice(kind)


def _expected(what: str) -> str:
    return _("Expected {what}.").format(what=what)


def _shape(kind: str) -> str:
    if kind.startswith("list"):
        return _("a list")
    if kind.startswith(("model", "dict")):
        return _("keys with values, indented under this key")
    return _("one value of text")


def _shape_advice(kind: str) -> str:
    return _("Write each item on a line of its own after “- ”.") if kind.startswith("list") else ""


def _known_keys(location: tuple[Step, ...], data: object) -> list[str]:
    """Return the keys that the part of the document around ``location`` knows."""
    from reformledger.model.fields import known_keys

    kind = data["kind"] if isinstance(data, dict) else None
    return known_keys(DOCUMENTS[cast("DocumentKind", kind)], location[:-1])
