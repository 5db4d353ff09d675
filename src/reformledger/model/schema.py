"""JSON Schema of the documents, for editors and for checkers that are not ours.

Whatever our reader takes is valid by it; what it cannot express (an id that is not there, a deadline's grammar) is
left to our reader. Two things differ between the two. Our reader sees text only, and a YAML 1.2 reader makes numbers
and booleans of some of it: wherever text of such a spelling is right, so is the number or boolean. And a key with a
blank value counts as absent: wherever a key may be left out, ``null`` is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from reformledger.model import readers, text
from reformledger.model.documents import DOCUMENTS, DocumentKind

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODE: JsonSchemaMode = "validation"
# Where text spelled so is right, a YAML 1.2 reader may hand over a value of this type instead.
_SPELLINGS = {"integer": ("20", "2020", "20200630"), "number": ("6.2",), "boolean": ("true",)}
# What the editors that know the keyword say instead of showing the pattern.
_EXPECTED = {
    text.TEXT_PATTERN: "填写文字，不含控制字符。Text with at least one visible character.",
    text.LINE_PATTERN: "填写一行文字，不含控制字符。One line of text with at least one visible character.",
    text.NAME_PATTERN: "只写一个名称；几个名称分行列出。One name; write several as a list, one a line.",
    text.ID_PATTERN: "编号只用小写字母、数字和连字符，如 point-4。An id such as point-4.",
    text.REF_PATTERN: "填写编号，如 point-4；跨年度的写 2020/point-4。An id, or with its year 2020/point-4.",
    text.YEAR_REF_PATTERN: "填写带年度的编号，如 2019/task-2。An id with its year, such as 2019/task-2.",
    readers.DATE_PATTERN: "日期写作 2020-05-13。A date such as 2020-05-13.",
    readers.COUNT_PATTERN: "填写整数，如 13。A whole number in digits, such as 13.",
    readers.PERCENT_PATTERN: "填写 0 到 100 的整数。A whole number from 0 to 100.",
    readers.NUMBER_PATTERN: "填写数字，如 85、6.2；单位另填 unit。A number in digits; its unit goes into unit.",
    readers.YEAR_PATTERN: "填写四位年度，如 2020。A year of four digits, such as 2020.",
    text.FLAG_PATTERN: "填写 true 或 false。True or false.",
}
_TALK = ("title", "description", "default")
_NULL = {"type": "null"}
_HEADED = re.compile(r"(?P<title>[^：:\n]*[^\x00-\x7f][^：:\n]*)(?:：|: )(?P<description>.*)", re.DOTALL)


def document_schema(kind: DocumentKind | None = None) -> Schema:
    """Return the JSON Schema (2020-12) of one kind of document, or of all, told apart by their ``kind``."""
    kinds = tuple(DOCUMENTS) if kind is None else (kind,)
    references, generated = models_json_schema([(DOCUMENTS[name], _MODE) for name in kinds])
    definitions = {name: _for_editors(part) for name, part in sorted(generated["$defs"].items())}
    head: Schema = {"$schema": DIALECT, "$id": f"urn:reformledger:{kind or 'document'}"}
    names = {name: references[DOCUMENTS[name], _MODE]["$ref"].rpartition("/")[2] for name in kinds}
    if kind is not None:
        return {**head, **definitions.pop(names[kind]), "$defs": definitions}
    return {**head, **_told_apart(names), "$defs": definitions}


def _told_apart(names: Mapping[DocumentKind, str]) -> Schema:
    """Return the schema of any document: one branch a kind, so that an editor complains about the right one."""
    branches = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"$ref": f"#/$defs/{name}"}}
        for kind, name in names.items()
    ]
    return {
        "title": "工作要点、工作台账、联系人、名录",
        "description": "Any document of reformledger, told apart by its kind.",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(names)}},
        "allOf": branches,
    }


def _for_editors(schema: Schema, *, may_be_blank: bool = False) -> Schema:
    """Return a part of a generated schema with headings, and with what other readers make of right text."""
    schema = _without_null(schema)
    body = {key: value for key, value in schema.items() if key not in _TALK}
    for key in ("items", "additionalProperties"):
        if isinstance(body.get(key), dict):
            body[key] = _for_editors(body[key])
    if "patternProperties" in body:
        body["patternProperties"] = {key: _for_editors(part) for key, part in body["patternProperties"].items()}
        body["additionalProperties"] = False
    if "properties" in body:
        required = body.get("required", ())
        body["properties"] = {
            key: _for_editors(part, may_be_blank=key not in required) for key, part in body["properties"].items()
        }
    if "anyOf" in body:
        body["anyOf"] = [_for_editors(choice) for choice in body["anyOf"]]
    if body.get("type") == "string" and "pattern" in body:
        body["type"] = _types(body["pattern"])
        if body["pattern"] in _EXPECTED:
            body["patternErrorMessage"] = _EXPECTED[body["pattern"]]
    return {**_talk(schema), **(_or_null(body) if may_be_blank else body)}


def _without_null(schema: Schema) -> Schema:
    """Return the schema of ``X | None`` as that of ``X``: its key alone decides whether a value may be blank."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != _NULL]
    if len(choices) == 1:
        return {**choices[0], **{key: value for key, value in schema.items() if key != "anyOf"}}
    return {**schema, "anyOf": choices} if choices else schema


def _or_null(body: Schema) -> Schema:
    types = body.get("type")
    if types is None or "enum" in body or "const" in body:
        return {"anyOf": [*body.get("anyOf", [body]), _NULL]}
    return {**body, "type": [*([types] if isinstance(types, str) else types), "null"]}


def _types(pattern: str) -> str | list[str]:
    """Return the types that a YAML 1.2 reader gives to text of this pattern."""
    found = [type_ for type_, spellings in _SPELLINGS.items() if any(re.search(pattern, each) for each in spellings)]
    if "number" in found:
        found.remove("integer")
    return ["string", *found] if found else "string"


def _talk(schema: Schema) -> Schema:
    """Return what an editor shows: the official heading, with which a model's docstring begins, and what is meant."""
    talk = {key: schema[key] for key in _TALK if key in schema}
    if talk.get("default", True) in (None, [], {}):
        talk.pop("default")
    if not talk.get("title", "").isascii():
        return talk
    # The title was made by Pydantic from the name of a type.
    talk.pop("title", None)
    match = _HEADED.fullmatch(talk.get("description", ""))
    return {**match.groupdict(), **{key: talk[key] for key in talk if key == "default"}} if match else talk
