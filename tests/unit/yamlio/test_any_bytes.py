"""Whatever the bytes are: a document, or faults at places inside of the file; never a traceback, never for ever."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import CHANGES, SHIPPED, TEXTS, Change, changed
from reformledger.errors import DataError
from reformledger.loader import parse_file, validate_tree
from reformledger.yamlio import TextFault, Tree, YamlError, read_yaml


def assert_inside(raw: bytes, places: list[tuple[int, int]]) -> None:
    """Every place lies in the text (one behind the end of a line counts); 0:0 is the file as a whole."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert places
    for line, column in places:
        if (line, column) != (0, 0):
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1].decode(errors="replace")) + 1


def read_or_refused(raw: bytes) -> Tree | list[TextFault]:
    try:
        return read_yaml(raw)
    except YamlError as error:
        return error.faults


@settings(max_examples=600)
@given(
    raw=st.binary(max_size=60) | TEXTS | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    read = read_or_refused(raw)
    if isinstance(read, Tree):
        assert isinstance(read.data, dict)
        assert read.text.encode() == raw.removeprefix(b"\xef\xbb\xbf")
    else:
        assert_inside(raw, [(fault.line, fault.column) for fault in read])
        assert all(fault.message for fault in read)


@settings(max_examples=250)
@given(raw=st.sampled_from(SHIPPED), changes=CHANGES)
def test_a_damaged_ledger_is_read_or_refused(
    raw: bytes, changes: list[Change], tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = changed(raw, changes)
    path = tmp_path_factory.getbasetemp() / "damaged.yaml"
    path.write_bytes(raw)
    try:
        validate_tree(path, parse_file(path))
    except DataError as error:
        faults = error.faults
    else:
        return
    assert_inside(raw, [(fault.line, fault.column) for fault in faults])
    assert {Path(fault.file).name for fault in faults} == {path.name}


# One of the loops over a text that looks back or ahead for each character would need minutes for these.
LONG = {
    "blank lines": "\n" * 1_000_000,
    "spaces before a colon": " " * 1_000_000 + ":",
    "one line of colons": "a: " + "x: " * 300_000,
    "one line of full-width colons": "a：" * 300_000,
    "one line of keys with full-width colons": "a_：" * 300_000,
    "one line of comments": "a: " + "x #" * 300_000,
    "one line of tight comments": "a: #x" * 200_000,
    "lines of comments": "a:\n" + "  #x\n" * 200_000,
    "lines of comments in a list": "a: [" + "x #y\n" * 200_000,
    "quotes and comments": "a: " + '"x"#' * 200_000,
    "one open quote": 'a: "' + "x\n" * 300_000,
    "lines that look like keys in quotes": 'a: "' + "k:\n" * 200_000 + '"',
    "a folded text": "a: x\n" + "  y z\n" * 200_000,
    "a folded text of mistypings": "a: x\n" + "  y：z\n" * 100_000,
    "hyphens in a block": "a: |\n" + " -a\n" * 200_000,
    "tabs": "\t" * 500_000,
    "lines of tabs": "a: |\n" + "\ta\n" * 100_000,
    "one key many times": "a: 1\n" * 100_000,
    "many keys": "".join(f"k{number}: 1\n" for number in range(100_000)),
    "letters of GBK": "лǿ " * 200_000,
    "returns": "\r" * 500_000,
    "NUL": "\0" * 500_000,
    "backslashes": 'a: "' + "\\\\" * 300_000 + '"',
    "markers of a merge": "<<<<<<< \n" * 100_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_take_time_in_proportion(text: str) -> None:
    raw = text.encode()
    started = time.process_time()
    read = read_or_refused(raw)
    assert time.process_time() - started < 4
    if not isinstance(read, Tree):
        assert_inside(raw, [(fault.line, fault.column) for fault in read])


def test_long_bytes_of_no_encoding_take_time_in_proportion() -> None:
    started = time.process_time()
    for raw in (b"\xff" * 1_000_000, "谢强\n".encode("gbk") * 200_000, b"\xed\xa0\x80\n" * 100_000):
        with pytest.raises(YamlError):
            read_yaml(raw)
    assert time.process_time() - started < 4
