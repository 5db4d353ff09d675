"""Files → validated documents, with the place of every value; every fault of a file found in one run."""

from __future__ import annotations

import re
import stat
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple, cast

from pydantic import ValidationError

from reformledger.errors import DataError, Fault
from reformledger.files.names import display_name
from reformledger.i18n import _
from reformledger.model.contradictions import Problem, document_problems, readable_problems
from reformledger.model.documents import (
    DOCUMENTS,
    Document,
    DocumentKind,
    validate_document,
)
from reformledger.model.text import expectation, refused_sign
from reformledger.text.folding import option_key
from reformledger.text.masking import mask_phones
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Tree, YamlError, read_yaml
from reformledger.yamlio.faults.characters import refused_sentences

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Step = str | int
_KEY_MARK = "[key]"
"""Behind a path of Pydantic's: the key is wrong, not the value."""


class LoadedDocument(NamedTuple):
    """A valid document, the file it came from, and the text with the places of its values."""

    path: FilePath
    name: str
    kind: DocumentKind
    document: Document
    tree: Tree


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
    except (OSError, ValueError) as error:  # ValueError: a path that holds NUL
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError([Fault(name, 0, 0, _("The file cannot be read: {reason}").format(reason=reason))]) from None


def parse_file(path: FilePath, *, placed: bool = False) -> Tree:
    """Read the YAML of one file, ``placed`` as ``read_yaml`` has it; raises ``DataError``."""
    name = display_name(path)
    try:
        return read_yaml(read_bytes(path), placed=placed)
    except YamlError as error:
        faults = [
            Fault(name, line, column, mask_phones(message), mask_phones(advice))
            for line, column, message, advice in error.problems
        ]
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
        document = checked(data, kind)
    except InvalidError as error:
        faults = [
            Fault(name, *tree.place(wrong.path, key=wrong.at_key), wrong.message, wrong.advice)
            for wrong in error.wrongs
        ]
        raise DataError(sorted(dict.fromkeys(faults), key=lambda fault: fault[:3])) from None
    return LoadedDocument(path, name, kind, document, tree)


class Wrong(NamedTuple):
    """One thing wrong in plain data: the path of the value (or, with ``at_key``, of its key) and what to say.

    The sentences may repeat a value; phone numbers in it are masked.
    """

    path: tuple[Step, ...]
    at_key: bool
    message: str
    advice: str


class InvalidError(Exception):
    """Plain data that make no valid document; ``wrongs`` is all that is wrong with them."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        super().__init__(wrongs)
        self.wrongs = wrongs


def checked(data: dict[str, object], kind: DocumentKind) -> Document:
    """Return the document that plain data make, wherever they come from; raises ``InvalidError``."""
    try:
        document = validate_document(data, kind)
    except ValidationError as error:
        wrongs = [_wrong(data, detail) for detail in error.errors(include_url=False)]
        wrongs += [_between(problem) for problem in readable_problems(data, kind)]
        raise InvalidError(wrongs) from None
    wrongs = [_between(problem) for problem in document_problems(document)]
    if wrongs:
        raise InvalidError(wrongs)
    return document


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


def _between(problem: Problem) -> Wrong:
    return Wrong(problem.path, problem.at_key, mask_phones(problem.message), mask_phones(problem.advice))


def _wrong(data: dict[str, object], detail: ErrorDetails) -> Wrong:
    """Turn one error of Pydantic into what is wrong, in the user's language."""
    path = _path_in_data(data, detail["loc"])
    at_key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == (_KEY_MARK,)
    message, advice = _sentences(data, path, detail)
    return Wrong(path, at_key, mask_phones(message), mask_phones(advice))


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
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str) and step != _KEY_MARK), "")
    match detail["type"]:
        case "missing":
            if path and path[-1] == key:
                return _("“{key}” is blank, but it is required.").format(key=key), _("Write its value after the colon.")
            return _("“{key}” is missing here.").format(key=key), _("Add the line “{key}: …”.").format(key=key)
        case "extra_forbidden":
            return _("Unknown key “{key}”.").format(key=key), _key_advice(key, _known_keys(detail["loc"], data))
        case "wrong_value":
            return _expected(str(context["expected"])), str(context["advice"])
        case "string_pattern_mismatch":
            sign = refused_sign(str(detail["input"]))
            return refused_sentences(sign) if sign else (_expected(expectation(str(context["pattern"]))), "")
        case "literal_error":
            words = re.findall("'([^']*)'", str(context["expected"]))
            what = words[0] if len(words) == 1 else _("one of {words}").format(words=_(", ").join(words))
            return _expected(what), nearest_advice(nearest(str(detail["input"]), words))
        case kind:
            return _expected(_shape(kind)), _shape_advice(kind)


def _expected(what: str) -> str:
    return _("Expected {what}.").format(what=what)


def _shape(kind: str) -> str:
    if kind.startswith("tuple"):
        return _("a list")
    if kind.startswith(("model", "dict")):
        return _("keys with values, indented under this key")
    return _("one value of text")


def _shape_advice(kind: str) -> str:
    return _("Write each item on a line of its own after “- ”.") if kind.startswith("tuple") else ""


def _key_advice(key: str, known: dict[str, tuple[str, ...]]) -> str:
    """Name the known keys that look like ``key``, written in whatever width and case, or that are its English."""
    by_word = {word: name for name, words in known.items() for word in (name, *words)}
    word = option_key(key)
    near = [word] if word in by_word else nearest(word, by_word)
    names = list(dict.fromkeys(by_word[each] for each in near))
    return nearest_advice(names) or _("Known keys here: {keys}.").format(keys=_(", ").join(known))


def _known_keys(location: tuple[Step, ...], data: object) -> dict[str, tuple[str, ...]]:
    """Return the keys that the part of the document around ``location`` knows, with the official words for them."""
    from reformledger.model.fields import known_keys

    kind = data["kind"] if isinstance(data, dict) else None
    return known_keys(DOCUMENTS[cast("DocumentKind", kind)], location[:-1])
