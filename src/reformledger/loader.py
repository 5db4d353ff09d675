"""Files → validated documents, with the place of every value; every fault of a file found in one run."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple, cast

from pydantic import ValidationError

from reformledger.errors import DataError, DeniedError, Fault, display_name
from reformledger.i18n import _, sentences
from reformledger.limits import ENTRIES, FILE, size
from reformledger.model.base import all_fields, known_keys
from reformledger.model.contradictions import DataFault, document_faults, faults_of_valid_parts
from reformledger.model.documents import DOCUMENTS, Document, DocumentKind, validate_document
from reformledger.model.text import NAME_PATTERN, WRONG_NAME, expectation, refused_character
from reformledger.text.folding import option_key
from reformledger.text.masking import mask_phones
from reformledger.text.names import only_one, split_names
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Path, Step, Tree, YamlError, read_yaml, refused_sentences

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ID_KEY = rb"""(?:^|[\n {,"'-])(id)["']? *:"""
"""The key that each entry has, and each record of a removed one, wherever it is written."""
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
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DataError([Fault.of_file(path, _("This is a folder, not a file."))])
        if not stat.S_ISREG(status.st_mode):
            # Opening a FIFO would wait for a writer for ever.
            raise DataError([Fault.of_file(path, _("This is not a regular file (a pipe or a device)."))])
        if status.st_size > FILE:
            raise DataError([too_large(path, status.st_size)])
        return path.read_bytes()
    except FileNotFoundError:
        raise missing(path) from None
    except (OSError, ValueError) as error:  # ValueError: a path that holds NUL
        reason = getattr(error, "strerror", None) or str(error)
        kind = DeniedError if isinstance(error, PermissionError) else DataError
        raise kind([Fault.of_file(path, _("The file cannot be read: {reason}").format(reason=reason))]) from None


def missing(path: FilePath) -> DataError:
    """Return the error for a file that is not there."""
    return DataError([Fault.of_file(path, _("There is no such file."), _("Check the path."))])


def parse_file(path: FilePath, read: Callable[[FilePath], bytes] = read_bytes) -> Tree:
    """Read the YAML of one file; raises ``DataError``."""
    try:
        raw = read(path)
        check_amount(path, raw)
        return read_yaml(raw, _keys_by_word)
    except YamlError as error:
        name = display_name(path)
        faults = [
            Fault(name, line, column, mask_phones(message), mask_phones(advice))
            for line, column, message, advice in error.faults
        ]
        raise DataError(faults) from None


def too_large(path: FilePath, count: int) -> Fault:
    """Return the fault of a file that has more bytes than are read."""
    message = _("The file has {size}; files of up to {limit} are read.").format(size=size(count), limit=size(FILE))
    return Fault.of_file(path, message, _("Is it the right one? A ledger is kept in one file a year."))


def check_amount(path: FilePath, raw: bytes) -> None:
    """Raise ``DataError`` for the bytes of a document that are more, or hold more entries, than are read."""
    if len(raw) > FILE:
        raise DataError([too_large(path, len(raw))])
    # Counted before anything is parsed, which takes much longer.
    if raw.count(b"id") <= ENTRIES:
        return
    for number, found in enumerate(re.finditer(_ID_KEY, raw)):
        if number == ENTRIES:
            start = found.start(1)
            line_start = raw.rfind(b"\n", 0, start) + 1
            column = len(raw[line_start:start].decode("utf-8", "replace")) + 1
            message = _("More entries than are read: this is number {number:,}.").format(number=ENTRIES + 1)
            advice = _("Part the file into several, by years or bodies.")
            raise DataError([Fault(display_name(path), raw.count(b"\n", 0, start) + 1, column, message, advice)])


@cache
def _keys_by_word() -> dict[str, str]:
    """Return the keys of all documents by the words for them: themselves, and the official ones."""
    fields = [pair for model in DOCUMENTS.values() for part in all_fields(model) for pair in part.items()]
    return {word: key for key, field in fields for word in (*field.words, key)}


def kind_of(tree: Tree) -> DocumentKind | None:
    """Return the kind that a document declares with its first key, or None when it declares none we know."""
    data = tree.data
    if not isinstance(data, dict) or next(iter(data), None) != "kind":
        return None
    return next((kind for kind in DOCUMENTS if kind == data["kind"]), None)


def declared_names(trees: Iterable[Tree]) -> Iterator[str]:
    """Yield every spelling that the directories among some files declare, before any of them is validated."""
    for tree in trees:
        if kind_of(tree) == "directory":
            names = cast("dict[str, object]", tree.data).get("names")
            for entry in names if isinstance(names, list) else ():
                held = (entry.get("name"), entry.get("also")) if isinstance(entry, dict) else ()
                spellings = (each for value in held for each in (value if isinstance(value, list) else [value]))
                yield from (spelling for spelling in spellings if isinstance(spelling, str))


def validate_tree(path: FilePath, tree: Tree, whole_names: Collection[str] = ()) -> LoadedDocument:
    """Validate what was read from ``path``; raises ``DataError`` with every fault of it.

    ``whole_names`` are the keys of names that the directories of the book declare to be one, whatever they hold.
    """
    name = display_name(path)
    data = cast("dict[str, object]", tree.data)
    kind = kind_of(tree)
    if kind is None:
        raise DataError([_kind_fault(name, tree)])
    try:
        document = checked(data, kind, whole_names)
    except InvalidDataError as error:
        faults = [
            Fault(name, *tree.place(fault.path, key=fault.at_key), fault.message, fault.advice)
            for fault in error.faults
        ]
        raise DataError(sorted(dict.fromkeys(faults), key=lambda fault: fault[:3])) from None
    return LoadedDocument(path, name, kind, document, tree)


class InvalidDataError(Exception):
    """Plain data that make no valid document; ``faults`` are all of theirs, phone numbers in them masked."""

    def __init__(self, faults: list[DataFault]) -> None:
        # A sentence may repeat a value of the document.
        self.faults = [
            fault._replace(message=mask_phones(fault.message), advice=mask_phones(fault.advice)) for fault in faults
        ]
        super().__init__(self.faults)


def checked(data: dict[str, object], kind: DocumentKind, whole_names: Collection[str] = ()) -> Document:
    """Return the document that plain data make, wherever they come from; raises ``InvalidDataError``."""
    try:
        document = validate_document(data, kind, whole_names)
    except ValidationError as error:
        faults = [_fault(data, detail) for detail in error.errors(include_url=False)]
        raise InvalidDataError([*faults, *faults_of_valid_parts(data, kind, whole_names)]) from None
    if faults := list(document_faults(document)):
        raise InvalidDataError(faults)
    return document


def _kind_fault(name: str, tree: Tree) -> Fault:
    data = cast("dict[str, object]", tree.data)  # read_yaml refuses any other root
    if "kind" not in data:
        declarations = _(", ").join(f"kind: {kind}" for kind in DOCUMENTS)
        advice = _("Begin the file with one of: {kinds}.").format(kinds=declarations)
        return Fault(name, 1, 1, _("The document does not say what it is."), advice)
    kind = str(data["kind"])
    if kind in DOCUMENTS:
        message, advice = _("“kind” must be the first key of the file."), _("Move this line to the top.")
    else:
        message = _("Unknown kind of document; expected one of: {kinds}.").format(kinds=_(", ").join(DOCUMENTS))
        advice = nearest_advice(nearest(kind, DOCUMENTS))
    return Fault(name, *tree.place(("kind",)), message, advice)


def _fault(data: dict[str, object], detail: ErrorDetails) -> DataFault:
    """Turn one error of Pydantic into a fault, in the user's language."""
    path = _path_in_data(data, detail["loc"])
    at_key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == (_KEY_MARK,)
    return DataFault(path, *_sentences(data, path, detail), at_key)


def _path_in_data(data: object, location: Path) -> Path:
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


def _sentences(data: dict[str, object], path: Path, detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str) and step != _KEY_MARK), "")
    match detail["type"]:
        case "missing":
            if path and path[-1] == key:
                return _("“{key}” is blank, but it is required.").format(key=key), _("Write its value after the colon.")
            return _("“{key}” is missing here.").format(key=key), _("Add the line “{key}: …”.").format(key=key)
        case "extra_forbidden":
            return _("Unknown key “{key}”.").format(key=key), _key_advice(key, data, detail["loc"][:-1])
        case "wrong_value":
            return _expected(str(context["expected"])), str(context["advice"])
        case "string_pattern_mismatch":
            character = refused_character(str(detail["input"]))
            return refused_sentences(character) if character else (_expected(expectation(str(context["pattern"]))), "")
        case type_ if type_ == WRONG_NAME:
            return _wrong_name(detail["input"], path[-1])
        case "literal_error":
            words = re.findall("'([^']*)'", str(context["expected"]))
            what = words[0] if len(words) == 1 else _("one of {words}").format(words=_(", ").join(words))
            return _expected(what), nearest_advice(nearest(str(detail["input"]), words))
        case kind:
            return _shape(kind)


def _wrong_name(value: object, step: str | int) -> tuple[str, str]:
    """Say what is wrong with a name, and what to type instead of one that joins several, in a list or under a key."""
    if not isinstance(value, str):
        return _shape("string_type")
    if character := refused_character(value):
        return refused_sentences(character)
    in_list = isinstance(step, int)
    message = _expected(expectation(NAME_PATTERN) if in_list else _("one name"))
    if not re.fullmatch(NAME_PATTERN, value):
        return message, ""
    names = split_names(value)
    lines = _(", ").join(f"“- {name}”" for name in names)
    typed = (
        _("Write each on a line of its own: {lines}.").format(lines=lines) if in_list else only_one(str(step), names)
    )
    declared = _("Where it is one name, declare it in the directory, under names: “{line}”.")
    return message, sentences(typed, declared.format(line=f"- name: {value}"))


def _shape(kind: str) -> tuple[str, str]:
    if kind.startswith("tuple"):
        return _expected(_("a list")), _("Write each item on a line of its own after “- ”.")
    mapping = kind.startswith(("model", "dict"))
    return _expected(_("keys with values, indented under this key") if mapping else _("one value of text")), ""


def _expected(what: str) -> str:
    return _("Expected {what}.").format(what=what)


def _key_advice(key: str, data: dict[str, object], around: Path) -> str:
    """Name the known keys that look like ``key``, written in whatever width and case, or that are its English.

    Known are the keys of that part of the document which the path ``around`` leads to.
    """
    known = known_keys(DOCUMENTS[cast("DocumentKind", data["kind"])], around)
    by_word = {word: name for name, field in known.items() for word in (name, *field.words)}
    word = option_key(key)
    near = [word] if word in by_word else nearest(word, by_word)
    names = list(dict.fromkeys(by_word[each] for each in near))
    return nearest_advice(names) or _("Known keys here: {keys}.").format(keys=_(", ").join(known))
