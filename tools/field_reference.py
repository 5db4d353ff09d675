"""The reference of all keys: of the YAML files from their JSON Schema, of the JSON from ``schema/entry.json``.

Both hold what a key means in Chinese and then, behind the last 。 of it, in English.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import anchor, row

from reformledger.i18n import Language
from reformledger.model import readers, text
from reformledger.model.documents import DOCUMENTS
from reformledger.model.schema import document_schema

Schema = dict[str, Any]
ENTRY = Path(__file__).parents[1] / "schema" / "entry.json"
_WORDS = {
    "en": {
        "title": "Fields",
        "head": """\
All keys of the YAML files. A key in **bold** must be there; any other may be left out or left blank. Everything is
read as text: `2020`, `08` and `no` need no quotes. Editors show the same while you type: see
[editors](../how-to/editors.md).""",
        "list": "list: {item}",
        "by key": "mapping of {item}",
        "or": " or ",
        "any": "anything",
    },
    "zh": {
        "title": "栏目",
        "head": """\
YAML 文件的全部键。**加粗**的必填，其余可以不写或留空。一切都按文字读取，`2020`、`08`、`no` 不必加引号。
编辑器里输入时显示同样的说明，见[编辑器](../how-to/editors.md)。""",
        "list": "列表：{item}",
        "by key": "键值表，值：{item}",
        "or": "，或 ",
        "any": "任意内容",
    },
}
_COLUMNS = {"en": ("key", "printed heading", "value", "meaning"), "zh": ("键", "栏目", "填写", "说明")}
_JSON_COLUMNS = {"en": ("key", "value", "meaning"), "zh": ("键", "值", "说明")}
# How values are written, by the pattern that they must fit.
_PATTERNS = {
    text.TEXT_PATTERN: ("text", "文字"),
    text.LINE_PATTERN: ("one line", "一行文字"),
    text.NAME_PATTERN: ("one name", "一个名称"),
    text.ID_PATTERN: ("id: `point-4`", "编号：`point-4`"),
    text.REF_PATTERN: ("id: `point-4`, `2020/point-4`", "编号：`point-4`、`2020/point-4`"),
    text.YEAR_REF_PATTERN: ("id with its year: `2019/task-2`", "带年度的编号：`2019/task-2`"),
    readers.DATE_PATTERN: ("day: `2020-05-13`", "日期：`2020-05-13`"),
    readers.COUNT_PATTERN: ("whole number", "整数"),
    readers.PERCENT_PATTERN: ("0 to 100", "0 到 100"),
    readers.NUMBER_PATTERN: ("number, without its unit", "数，不带单位"),
    readers.YEAR_PATTERN: ("year: `2020`", "年度：`2020`"),
    text.FLAG_PATTERN: ("`true` or `false`", "`true` 或 `false`"),
}
_JSON_TYPES = {
    "string": ("text", "文字"),
    "integer": ("whole number", "整数"),
    "number": ("number", "数"),
    "boolean": ("true or false", "true 或 false"),
    "object": ("mapping", "键值表"),
    "null": ("null", "null"),
}


def field_reference(language: Language) -> str:
    """Return the page of all keys of the YAML files: each sort of document, then each sort of part."""
    words = _WORDS[language]
    lines = [f"# {words['title']}\n", f"{words['head']}\n"]
    parts: dict[str, Schema] = {}
    for kind in DOCUMENTS:
        schema = document_schema(kind)
        lines += _section(f"kind: {kind}", schema, schema["$defs"], language)
        parts |= schema["$defs"]
    for name, part in parts.items():
        lines += _section(name, part, parts, language)
    return "\n".join(lines)


def _section(name: str, schema: Schema, parts: dict[str, Schema], language: Language) -> Iterator[str]:
    """Yield the section of one model; its heading names it in Chinese too."""
    yield f"## {_heading(name, schema)}\n"
    if language == "en":
        yield f"{schema['description'][0].upper()}{schema['description'][1:]}\n"
    yield from (row(_COLUMNS[language]), "|---|---|---|---|")
    for key, value in schema["properties"].items():
        name = f"**`{key}`**" if key in schema.get("required", ()) else f"`{key}`"
        yield row(
            [name, value.get("title", ""), _value(value, parts, language), said(value.get("description", ""), language)]
        )
    yield ""


def _heading(name: str, schema: Schema) -> str:
    return f"{name} {schema['title']}"


def _value(schema: Schema, parts: dict[str, Schema], language: Language) -> str:
    """Return what to write for a value, in words."""
    words = _WORDS[language]
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{anchor(_heading(name, parts[name]))})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return words["or"].join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        choices = [_value(choice, parts, language) for choice in schema["anyOf"] if choice != {"type": "null"}]
        return words["or"].join(choices)
    if "pattern" in schema:
        return _PATTERNS[schema["pattern"]][language == "zh"]
    return _collection(schema, parts, language)


def _collection(schema: Schema, parts: dict[str, Schema], language: Language) -> str:
    """Return what to write for a list, or for a mapping whose keys are fixed, fit a pattern or are free."""
    words = _WORDS[language]
    if "items" in schema:
        return words["list"].format(item=_value(schema["items"], parts, language))
    if "properties" in schema:
        return _keys(schema)
    item = next(iter(schema.get("patternProperties", {}).values()), schema.get("additionalProperties"))
    return words["by key"].format(item=_value(item, parts, language)) if isinstance(item, dict) else words["any"]


def _keys(schema: Schema) -> str:
    return f"`{{{', '.join(schema['properties'])}}}`"


def said(bilingual: str, language: Language) -> str:
    """Return the part of a bilingual text that is in a language: Chinese up to its last 。, English behind it."""
    chinese, full_stop, english = bilingual.rpartition("。")
    return english if language == "en" else chinese + full_stop


def json_keys(language: Language) -> str:
    """Return the table of the keys of an entry as JSON, in their order."""
    schema = json.loads(ENTRY.read_text(encoding="utf-8"))
    lines = [row(_JSON_COLUMNS[language]), "|---|---|---|"]
    for key, value in schema["properties"].items():
        lines.append(
            row([f"`{key}`", _json_value(value, schema, language), said(_description(value, schema), language)])
        )
    return "\n".join(lines) + "\n"


def _resolved(schema: Schema, root: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    target: Schema = root
    for step in schema["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return target


def _description(schema: Schema, root: Schema) -> str:
    return str(schema.get("description") or _resolved(schema, root).get("description", ""))


def _json_value(schema: Schema, root: Schema, language: Language) -> str:
    """Return the type of a JSON value, in words."""
    words = _WORDS[language]
    schema = _resolved(schema, root)
    if "anyOf" in schema:
        return words["or"].join(_json_value(choice, root, language) for choice in schema["anyOf"])
    if "enum" in schema:
        return words["or"].join(f"`{json.dumps(value).strip(chr(34))}`" for value in schema["enum"])
    if "items" in schema:
        return words["list"].format(item=_json_value(schema["items"], root, language))
    if "properties" in schema:
        return _keys(schema)
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return words["or"].join(_JSON_TYPES[name][language == "zh"] for name in types)
