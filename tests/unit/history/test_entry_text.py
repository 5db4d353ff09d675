"""The text of one entry: what its lines say by themselves is what the whole document says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, LEDGERS
from reformledger.history.timeline.entry_text import EntryText, OddTextError, entry_text
from reformledger.yamlio import Data, YamlError, read_yaml
from texts import LEDGER_HEAD
from yaml_styles import NASTY, WORDS, Writer

Mapped = dict[str, Data]
TWO = LEDGER_HEAD + "          - id: task-1\n            title: 甲\n          - id: task-2\n            title: 乙\n"


def entries(data: Data, under: str = "") -> Iterator[Mapped]:
    """Yield every entry of a document, wherever it is."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from entries(value, key)
    elif isinstance(data, list):
        for item in data:
            if under in {"rows", "points"} and isinstance(item, dict):
                yield item
            elif under in {"parts", "tables", "sections"}:
                yield from entries(item)


def documents() -> Iterator[Path]:
    """Yield the documents of the tests that are read at all."""
    for path in sorted([*DATA.glob("*.yaml"), *LEDGERS.rglob("*.yaml")]):
        try:
            read_yaml(path.read_bytes())
        except YamlError:
            continue
        yield path


def read(raw: bytes, entry_id: str) -> Mapped | None:
    found = entry_text(raw, entry_id)
    return None if found is None else found.read()


def found(text: str, entry_id: str = "task-1") -> EntryText:
    """Return the lines of an entry that is there, and plainly written."""
    lines = entry_text(text.encode(), entry_id)
    assert lines is not None
    return lines


def test_each_entry_of_every_ledger_says_by_itself_what_it_says_in_it() -> None:
    odd: set[str] = set()
    for path in documents():
        raw = path.read_bytes()
        every = list(entries(read_yaml(raw).data))
        for entry in every:
            entry_id = entry.get("id")
            if not isinstance(entry_id, str) or sum(other.get("id") == entry_id for other in every) > 1:
                continue
            try:
                assert read(raw, entry_id) == entry, path
            except OddTextError:
                odd.add(path.parent.name)
    assert odd.isdisjoint(path.name for path in (LEDGERS / "bodies").iterdir())


@pytest.mark.parametrize("name", ["ledger_2020.yaml", "workpoints_2020.yaml"])
def test_nothing_of_the_notice_is_odd(name: str) -> None:
    raw = (DATA / name).read_bytes()
    for entry in entries(read_yaml(raw).data):
        assert read(raw, str(entry["id"])) == entry
    assert entry_text(raw, "task-99") is None


TEXTS = st.sampled_from([*WORDS, *(text for text in NASTY if "\n" not in text), "rows:", "- id: task-1", "id: task-2"])
SPOKEN = st.one_of(
    TEXTS,
    st.lists(TEXTS, min_size=1, max_size=3).map("\n".join),
    st.just("parts:\n  - title: 表\n    tables:\n      - id_prefix: task\n        rows:\n          - id: task-1\n"),
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Mapped, bytes]:
    """Return a ledger, or work points, and how one of many hands wrote it."""
    count = draw(st.integers(1, 5))
    rows: list[Mapped] = []
    for number in range(1, count + 1):
        said: Mapped = {"id": f"task-{number}", "title": draw(SPOKEN)}
        if draw(st.booleans()):
            said = {"title": said["title"], "id": said["id"]}
        if draw(st.booleans()):
            said["implements"] = [f"task-{draw(st.integers(1, 5))}"]
        if draw(st.booleans()):
            said["progress"] = [{"date": "2020-06-30", "text": draw(SPOKEN)}]
        rows.append(said)
    cut = draw(st.integers(0, count))
    removed: list[Data] = [{"id": f"task-{draw(st.integers(1, 7))}", "title": draw(SPOKEN)}]
    if draw(st.booleans()):
        tables: list[Data] = [
            {"id_prefix": "task", "rows": cast("Data", rows[:cut])},
            {"title": draw(SPOKEN), "id_prefix": "more", "rows": cast("Data", rows[cut:])},
        ]
        data: Mapped = {"kind": "ledger", "year": "2020", "parts": [{"title": draw(SPOKEN), "tables": tables}]}
    else:
        inner: Mapped = {"title": draw(SPOKEN), "points": cast("Data", rows[cut:])}
        outer: Mapped = {"title": "一", "sections": [inner], "points": cast("Data", rows[:cut])}
        data = {"kind": "workpoints", "sections": [outer, {"points": []}]}
    data["removed"] = removed
    writer = Writer(Random(draw(st.integers())), plain=draw(st.booleans()))
    raw = writer.newline.join(writer.mapping(data, 0)) + writer.newline
    return data, raw.encode()


@given(ledgers())
def test_whoever_wrote_it_the_lines_say_what_the_document_says_or_are_odd(written: tuple[Mapped, bytes]) -> None:
    _data, raw = written
    try:
        whole = read_yaml(raw).data
    except YamlError:  # some of what these hands write is refused
        return
    by_id = {str(entry["id"]): entry for entry in entries(whole)}
    for number in range(1, 7):
        try:
            assert read(raw, f"task-{number}") == by_id.get(f"task-{number}")
        except OddTextError:
            continue


def test_it_begins_at_its_dash_and_ends_before_the_next() -> None:
    assert found(TWO).block.decode() == "          - id: task-1\n            title: 甲\n"
    assert found(TWO, "task-2").block.decode() == "          - id: task-2\n            title: 乙\n"


def test_what_it_is_under_and_behind_is_told() -> None:
    first, second = found(TWO), found(TWO, "task-2")
    assert first.titles() == ["表"]
    assert (first.headings, first.above) == (second.headings, b"")
    assert second.above == b"task-1"


def test_another_name_of_a_heading_is_seen() -> None:
    assert found(TWO).headings != found(TWO.replace("表", "分表")).headings


def test_another_line_elsewhere_changes_nothing() -> None:
    other = TWO.replace("甲", "甲\n            remark: 丙")
    assert found(TWO, "task-2") == found(other, "task-2")
    assert found(TWO) != found(other)


def test_the_record_of_a_removal_is_not_the_entry() -> None:
    text = TWO + "removed:\n  - id: task-3\n    title: 丙\n    date: 2020-06-30\n    reason: 并入\n"
    assert entry_text(text.encode(), "task-3") is None
    assert found(text, "task-2").block.decode().endswith("乙\n")


@pytest.mark.parametrize(
    "text",
    [
        LEDGER_HEAD + "          - {id: task-1, title: 甲}\n",
        LEDGER_HEAD + "          - id:\n              task-1\n            title: 甲\n",
        LEDGER_HEAD + '          - id: "task\\x2d1"\n            title: 甲\n',
        TWO.replace("甲", "|\n              - id: task-1"),
        TWO.replace("task-2", "task-1"),
        TWO.replace("          - id: task-2", "<<<<<<< ours\n          - id: task-2"),
    ],
)
def test_what_lines_do_not_tell_is_left_to_the_whole_document(text: str) -> None:
    with pytest.raises(OddTextError):
        entry_text(text.encode(), "task-1")


def test_lines_that_are_nothing_by_themselves_are_left_to_the_whole_document() -> None:
    with pytest.raises(OddTextError):
        found(TWO.replace("甲", '"甲\n  乙"')).read()
