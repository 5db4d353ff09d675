"""The notice of 2020 becomes the shipped ledger again: from its text alone, and from the Word document of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from wanted_drafts import Data, Drafted, things_of

from conftest import DATA, NOTICE, Run, speak

PROPOSED = {"targets", "implements"}
MOST_QUESTIONS, LEAST_USED, LEAST_ROWS = 40, 0.9, 14


def loaded(name: str) -> Data:
    found: Data = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


@pytest.fixture(scope="module")
def shipped() -> dict[str, Data]:
    return {kind: loaded(f"{kind}_2020.yaml") for kind in ("workpoints", "ledger", "contacts")}


def drafted_from(run: Run, file: Path, to: Path) -> Drafted:
    done = run("draft", str(file), "--to", str(to))
    assert done.code == 0, done.err
    return Drafted(to)


@pytest.fixture
def from_text(run: Run, tmp_path: Path) -> Drafted:
    return drafted_from(run, NOTICE, tmp_path / "of_text")


@pytest.fixture
def from_word(run: Run, tmp_path: Path) -> Drafted:
    file = tmp_path / "notice.docx"
    assert run("annex", "--data", str(DATA), "-o", str(file)).code == 0
    return drafted_from(run, file, tmp_path / "of_word")


def entries(document: Data, kind: str) -> dict[str, Data]:
    """Return the entries of a document, but for what is only ever proposed; columns by their headings."""
    things = [thing for thing in things_of(kind, document) if thing.kind == "entry"]
    return {thing.id: thing.values for thing in things}


def items(drafted: Drafted, subject: str) -> Iterator[Data]:
    for question in drafted.account["questions"]:
        if question["subject"] == subject:
            yield from question["items"]


def without_rows(ledger: Data) -> Any:
    """Return the parts and tables of a ledger without their rows."""
    return [
        {**part, "tables": [{key: value for key, value in table.items() if key != "rows"} for table in part["tables"]]}
        for part in ledger["parts"]
    ]


def differing(wanted: dict[str, Data], found: dict[str, Data]) -> list[tuple[str, str]]:
    """Return the fields in which entries are not as wanted."""
    assert list(found) == list(wanted)
    return [
        (entry, key)
        for entry, values in wanted.items()
        for key in {**values, **found[entry]}
        if values.get(key) != found[entry].get(key)
    ]


def test_the_work_points_of_the_text_are_the_shipped_ones(from_text: Drafted, shipped: dict[str, Data]) -> None:
    wanted, found = shipped["workpoints"], from_text.documents["workpoints"]
    assert differing(entries(wanted, "workpoints"), entries(found, "workpoints")) == []
    for key in ("title", "notice", "general_idea", "year"):
        assert found[key] == wanted[key]
    heads = [[(section["number"], section["title"]) for section in one["sections"]] for one in (wanted, found)]
    assert heads[0] == heads[1]


def test_most_rows_of_the_text_are_the_shipped_ones_and_the_others_are_asked(
    from_text: Drafted, shipped: dict[str, Data]
) -> None:
    wanted, found = entries(shipped["ledger"], "ledger"), entries(from_text.documents["ledger"], "ledger")
    asked = from_text.asked()
    wrong = differing(wanted, found)
    assert [(entry, key) for entry, key in wrong if (entry, key) not in asked] == []
    unsure = {entry for entry, _key in wrong} | {entry for entry, key in asked if key not in PROPOSED}
    assert len(set(wanted) - unsure) >= LEAST_ROWS
    for entry, key in wrong:
        assert wanted[entry].get(key) in list(readings(from_text, entry, key))


def readings(drafted: Drafted, entry: str, key: str) -> Iterator[Any]:
    """Yield what a question says a field may be: what was assumed, and what is proposed."""
    for question in drafted.account["questions"]:
        for item in question["items"]:
            if item["entry"] == entry and item["field"] == key:
                yield item["assumed"]
                yield from (proposal["data"].get(key) for proposal in item["proposals"])


@pytest.mark.parametrize("source", ["from_text", "from_word"])
def test_parts_are_the_shipped_ones(source: str, shipped: dict[str, Data], request: pytest.FixtureRequest) -> None:
    drafted: Drafted = request.getfixturevalue(source)
    found = drafted.documents["ledger"]
    assert found["title"] == shipped["ledger"]["title"]
    assert without_rows(found) == without_rows(shipped["ledger"])


def test_contacts_are_the_shipped_ones_and_phones_that_are_masked_are_asked(
    from_text: Drafted, from_word: Drafted, shipped: dict[str, Data]
) -> None:
    wanted = shipped["contacts"]["contacts"]
    assert from_text.documents["contacts"]["contacts"] == wanted
    names = {entry: {"name": contact["name"]} for entry, contact in wanted.items()}
    assert from_word.documents["contacts"]["contacts"] == names
    assert {item["entry"] for item in items(from_word, "contact")} == set(wanted)


def test_the_text_asks_little_and_uses_most(from_text: Drafted) -> None:
    assert len(from_text.account["questions"]) <= MOST_QUESTIONS
    totals = from_text.account["sources"][0]["totals"]
    assert totals["used"] >= LEAST_USED * (totals["used"] + totals["asked"])
    assert list(items(from_text, "rest")) == []


@pytest.mark.parametrize("source", ["from_text", "from_word"])
def test_work_points_are_proposed_for_each_row_the_right_one_first(
    source: str, shipped: dict[str, Data], request: pytest.FixtureRequest
) -> None:
    drafted: Drafted = request.getfixturevalue(source)
    first = {item["entry"]: item["proposals"][0]["data"]["implements"] for item in items(drafted, "implements")}
    rows = [row for part in shipped["ledger"]["parts"] for table in part["tables"] for row in table["rows"]]
    assert first == {row["id"]: row["implements"] for row in rows}
    assert (
        len({question["sentence"] for question in drafted.account["questions"] if question["subject"] == "implements"})
        == 1
    )
    assert not any("implements" in row for row in _rows(drafted.documents["ledger"]))


def _rows(ledger: Data) -> Iterator[Data]:
    for part in ledger["parts"]:
        for table in part["tables"]:
            yield from table["rows"]


def test_targets_are_asked_once_for_all_and_never_set(from_text: Drafted, shipped: dict[str, Data]) -> None:
    with_targets = {
        point["id"]
        for section in shipped["workpoints"]["sections"]
        for point in section["points"]
        if "targets" in point
    }
    assert with_targets <= {item["entry"] for item in items(from_text, "targets")}
    assert sum(question["subject"] == "targets" for question in from_text.account["questions"]) == 1
    found = from_text.documents["workpoints"]["sections"]
    assert not any("targets" in point for section in found for point in section["points"])


def test_the_word_document_gives_every_entry_and_the_phases_are_asked(
    from_word: Drafted, shipped: dict[str, Data]
) -> None:
    for kind in ("workpoints", "ledger"):
        wanted, found = entries(shipped[kind], kind), entries(from_word.documents[kind], kind)
        assert differing(wanted, found) == []
    assert [(item["entry"], item["field"]) for item in items(from_word, "phases")] == [("pilot-7", "phases")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_from_the_notice_to_what_is_due_in_two_commands(
    run: Run, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, language)
    to = tmp_path / "draft"
    assert run("draft", str(NOTICE), "--to", str(to)).code == 0
    assert run("check", "--data", str(to)).code in {0, 1}
    done = run("list", "--due", "2020", "--data", str(to), "-f", "csv")
    assert done.code == 0
    assert "深化中小学教学质量评价改革" in done.out
