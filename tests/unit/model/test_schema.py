"""The JSON Schema of the documents, by a validator that is not ours: check-jsonschema, which reads YAML 1.2."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from check_jsonschema.parsers.yaml import construct_yaml_implementation, impl2loader
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from conftest import DATA, ROOT, Run
from reformledger.model.documents import DOCUMENTS, DocumentKind, validate_document
from reformledger.model.schema import document_schema
from reformledger.yamlio import YamlError, read_yaml
from schemas import EDITOR, complaints
from texts import LEDGER_HEAD

SCHEMA = ROOT / "schema"
KINDS: list[DocumentKind] = list(DOCUMENTS)
EXAMPLES = ROOT / "tests" / "ledgers" / "reading"
BEYOND = re.compile(r"^# beyond the schema: \S", re.MULTILINE)


def schema_for(path: Path) -> Path:
    """Return the schema of the kind that a file means to be; a ledger's where it does not say."""
    match = re.search(r"^kind: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return SCHEMA / f"{match[1] if match and match[1] in DOCUMENTS else 'ledger'}.json"


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_that_of_the_models(kind: DocumentKind, run: Run) -> None:
    # To write it anew: reformledger schema KIND -o schema/KIND.json
    assert run("schema", kind).out == (SCHEMA / f"{kind}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_schema_is_a_schema(kind: DocumentKind | None) -> None:
    Draft202012Validator.check_schema(document_schema(kind))


def _properties(kind: DocumentKind) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = document_schema(kind)
    for name, part in [(kind, schema), *schema["$defs"].items()]:
        for key, value in part["properties"].items():
            if key != "kind" or "const" not in value:
                yield f"{name}.{key}", value


@pytest.mark.parametrize(("name", "schema"), [pair for kind in KINDS for pair in _properties(kind)])
def test_column_is_explained_in_chinese_and_english(name: str, schema: dict[str, Any]) -> None:
    assert re.search("[\u4e00-\u9fff☆]", schema["title"])
    assert re.search("^[^A-Z]*[\u4e00-\u9fff].*。[A-Z][^。]*[.]$", schema["description"])


def _patterns(schema: object) -> Iterator[tuple[str, str]]:
    """Yield every pattern that a value must match, with what is said where it does not."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"], schema.get("patternErrorMessage", "")
        for part in schema.values():
            yield from _patterns(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _patterns(part)


@pytest.mark.parametrize(("pattern", "said"), sorted(set(_patterns(document_schema()))))
def test_pattern_is_explained_in_chinese_and_english(pattern: str, said: str) -> None:
    assert re.search("[\u4e00-\u9fff].*。[A-Z].*[.]$", said), pattern


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_shipped_data_names_its_schema_and_is_valid_by_it(path: Path) -> None:
    named = EDITOR.fullmatch(path.read_text(encoding="utf-8").partition("\n")[0])
    assert named is not None
    schema = (path.parent / named[1]).resolve()
    assert schema == schema_for(path)
    assert complaints(path, schema) == ""


@pytest.mark.parametrize("path", sorted((EXAMPLES / "good").iterdir()), ids=lambda path: path.stem)
def test_good_example_is_valid(path: Path) -> None:
    assert complaints(path, schema_for(path)) == ""


@pytest.mark.parametrize("path", sorted((EXAMPLES / "bad").iterdir()), ids=lambda path: path.stem)
def test_bad_example_is_invalid_unless_no_schema_can_say_so(path: Path) -> None:
    beyond = BEYOND.search(path.read_text(encoding="utf-8")) is not None
    assert (complaints(path, schema_for(path)) == "") is beyond


LEDGER = (
    LEDGER_HEAD.replace("2020", "{year}")
    + """\
          - id: {id}
            title: 任务
            number: {number}
            leaders: [{name}]
            due: {due}
            issued: {day}
            remark: {text}
            phases: [{{name: 甲, count: {count}}}]
            targets: [{{name: 甲, value: {value}}}]
            progress: [{{date: 2020-06-30, text: 甲, percent: {percent}, weak: {flag}}}]
"""
)
RIGHT = {
    "year": "2020",
    "id": "task-1",
    "number": "1",
    "name": "谢强",
    "due": "2020年12月",
    "day": "2020-05-13",
    "text": "甲",
    "count": "13",
    "value": "85",
    "percent": "30",
    "flag": "true",
}


def ledger(**fields: str) -> str:
    return LEDGER.format(**{**RIGHT, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="plain"),
        pytest.param({"number": "08"}, id="a number that begins with 0"),
        pytest.param({"text": "18800000946"}, id="a phone"),
        pytest.param({"text": "6.2"}, id="a decimal number as text"),
        pytest.param({"text": "true"}, id="true as text"),
        pytest.param({"text": "2020-05-13"}, id="a day as text"),
        pytest.param({"number": "0x1F"}, id="hexadecimal"),
        pytest.param({"due": "2020"}, id="a year as deadline"),
        pytest.param({"due": "2020-12"}, id="a month as deadline"),
        pytest.param({"due": "{wording: 完成时限：2020年12月, means: 2020}"}, id="a deadline explained"),
        pytest.param({"value": "6.2"}, id="a decimal target"),
        pytest.param({"flag": "false"}, id="a flag"),
        pytest.param({"percent": "100"}, id="all done"),
        pytest.param({"name": "局（处、室）"}, id="a name with others in brackets"),
        pytest.param({"name": "各县、区人民政府"}, id="a name that a directory may declare"),
        pytest.param({"year": '"2020"', "percent": '"30"', "flag": '"true"'}, id="quoted"),
        pytest.param(dict.fromkeys(("number", "due", "day", "text", "count", "percent", "flag"), ""), id="blank"),
    ],
)
def test_unquoted_and_blank_values_are_valid(fields: dict[str, str], write: Callable[[str, str], Path]) -> None:
    assert complaints(write("ledger.yaml", ledger(**fields)), SCHEMA / "ledger.json") == ""


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"year": "20"}, id="a year of two digits"),
        pytest.param({"year": ""}, id="a blank year"),
        pytest.param({"percent": "101"}, id="more than all"),
        pytest.param({"percent": '"101"'}, id="more than all, quoted"),
        pytest.param({"count": "-1"}, id="a negative count"),
        pytest.param({"count": "1.5"}, id="half an item"),
        pytest.param({"value": "85,5"}, id="no number"),
        pytest.param({"day": "2021-02"}, id="a month"),
        pytest.param({"day": "6月30日"}, id="a day without its year"),
        pytest.param({"id": "1"}, id="a number as id"),
        pytest.param({"text": "[甲]"}, id="a list for text"),
        pytest.param({"name": "谢强、"}, id="a name that ends in what joins names"),
        pytest.param({"due": "{wording: 甲}"}, id="a wording without its meaning"),
    ],
)
def test_wrong_values_are_invalid(fields: dict[str, str], write: Callable[[str, str], Path]) -> None:
    assert complaints(write("ledger.yaml", ledger(**fields)), SCHEMA / "ledger.json") != ""


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(document_schema("ledger"), format_checker=Draft202012Validator.FORMAT_CHECKER)


SPELLINGS = st.one_of(
    st.from_regex(r"[0-9]{1,12}", fullmatch=True),
    st.from_regex(r"[-+]?[0-9._]{1,8}([eE][-+]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"0[xobXOB][0-9a-fA-F]{1,6}", fullmatch=True),
    st.from_regex(r"[0-9]{4}[-./年][0-9]{1,2}([-./月][0-9]{1,2}日?)?", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", fullmatch=True),
    st.from_regex(r"[0-9０-９]{1,3}[,，][0-9０-９]{2,4}[%人]?", fullmatch=True),
    st.sampled_from(
        ["", "true", "True", "false", "yes", "NO", "on", "null", "~", ".inf", "-.INF", ".nan", "0", "-0", "1e3"]
    ),
)


@settings(max_examples=150)
@given(fields=st.dictionaries(st.sampled_from(sorted(RIGHT)), SPELLINGS, min_size=1, max_size=3))
def test_what_our_reader_takes_is_valid(fields: dict[str, str]) -> None:
    text = ledger(**fields).encode()
    try:
        data = cast("dict[str, object]", read_yaml(text).data)
        validate_document(data, "ledger")
    except (YamlError, ValidationError):
        return
    load = impl2loader(construct_yaml_implementation())
    assert [error.message for error in _validator().iter_errors(load(io.BytesIO(text)))] == []


def test_schema_of_any_document_goes_by_its_kind(run: Run, tmp_path: Path) -> None:
    schema = tmp_path / "document.json"
    assert run("schema", "-o", str(schema)).code == 0
    for path in DATA.iterdir():
        assert complaints(path, schema) == ""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(yaml.safe_dump({"kind": "directory", "year": 2020, "names": []}), encoding="utf-8")
    assert "year" in complaints(wrong, schema)


def test_schema_of_an_unknown_kind_names_the_kinds(run: Run) -> None:
    ran = run("schema", "leger")
    assert (ran.code, ran.out) == (2, "")
    assert "ledger" in ran.err
