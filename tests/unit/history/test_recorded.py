"""Documents as their records were on a day: what is written then reads as the entries are then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from conftest import DATA, LEDGERS
from reformledger.entry import groups_of
from reformledger.errors import DataError
from reformledger.history.timeline.recorded import plain, plain_as_of
from reformledger.loader import LoadedDocument, checked, parse_file, validate_tree
from reformledger.model.as_of import as_of, record_days
from reformledger.model.entries import EntryFields
from reformledger.yamlio import read_yaml
from texts import LEDGER_HEAD


def loaded() -> Iterator[LoadedDocument]:
    """Yield every valid document of the tests on whose entries something was recorded."""
    for path in sorted([*DATA.glob("*.yaml"), *LEDGERS.rglob("*.yaml")]):
        try:
            document = validate_tree(path, parse_file(path))
        except DataError:
            continue
        if days_of(document):
            yield document


def entries_of(document: LoadedDocument) -> list[EntryFields]:
    return [entry.data for group in groups_of(document) for entry in group.entries()]


def days_of(document: LoadedDocument) -> set[date]:
    return {day for entry in entries_of(document) for day in record_days(entry)}


RESTED = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 甲
            due: 2021
            star: ☆
            paused: {date: 2020-08-01, reason: 机构改革, until: 2020-10-01}
            extensions:
              - {date: 2020-06-01, from: {wording: ☆, means: 2020}, to: 2020-12, reason: 疫情}
              - {date: 2020-11-01, from: 2020-12, to: 2021, reason: 再延}
          - id: task-2
            title: 乙
            phases:
              - {name: 第一批, due: 2020, cancelled: {date: 2020-07-01, reason: 并入}}
              - {name: 第二批, due: 2021, paused: {date: 2020-09-01, reason: 待批}}
              - {name: 第二批, due: 2022, closed: {date: 2020-12-02, evidence: [再报]}}
            history:
              - {date: 2020-11-05, reason: 缺件, phase: "#3", closed: {date: 2020-10-05, evidence: [报告]}}
            extensions:
              - {date: 2020-05-20, from: 2021, to: 2022, reason: 疫情, phase: "#3"}
"""
)
DOCUMENTS = [*loaded(), validate_tree(Path("rested.yaml"), read_yaml(RESTED.encode()))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_what_is_written_reads_as_the_entries_are_on_each_day(document: LoadedDocument) -> None:
    days = days_of(document)
    for day in {each - timedelta(days=before) for each in days for before in (0, 1)}:
        written = cast("dict[str, object]", plain_as_of(document, day))
        then = document._replace(document=checked(written, document.kind))
        for now, was in zip(entries_of(document), entries_of(then), strict=True):
            assert as_of(now, day) == was
    assert plain_as_of(document, max(days)) is plain(document)


def test_there_are_records_of_every_sort() -> None:
    met = {key for document in DOCUMENTS for entry in entries_of(document) for key in entry.model_fields_set}
    assert {"progress", "waivers", "extensions", "paused", "closed", "history", "phases"} <= met
