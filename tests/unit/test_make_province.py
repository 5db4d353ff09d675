"""The province that tests and figures are made with: all that a body may hold is somewhere in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Run
from provinces import held
from reformledger import load_book
from reformledger.errors import DataError
from reformledger.model.life import Light, Reason, Status

sys.path.insert(0, str(ROOT / "benchmarks"))

from make_province import FAULTS, body_name, write

Entry = dict[str, Any]
BODIES, ENTRIES = 12, 50

FEATURES: Mapping[str, Callable[[Entry], object]] = {
    "☆": lambda entry: entry["star"],
    "☆ of a phase": lambda entry: entry["star_note"],
    "☆ that is met": lambda entry: entry["star_closed"],
    "no ☆": lambda entry: not entry["star"],
    "recurring": lambda entry: entry["due"]["every"] and entry["occurrences"],
    "recurring from a day on": lambda entry: entry["due"]["every"] and entry["due"]["begins"].endswith("-03-01"),
    "open-ended": lambda entry: entry["due"]["end"] is None,
    "of a later year": lambda entry: (entry["due"]["end"] or "") > f"{entry['year']}-12-31",
    "of one day": lambda entry: entry["due"]["start"] and entry["due"]["start"] == entry["due"]["end"],
    "several phases with their own days": lambda entry: len({phase["due"]["end"] for phase in entry["phases"]}) > 2,
    "two dated parts": lambda entry: [phase["name"] for phase in entry["phases"]] == ["研讨", "发布"],
    "a phase that was closed": lambda entry: any(phase["closed"] for phase in entry["phases"]),
    "a phase that was cancelled": lambda entry: any(phase["state"] == "cancelled" for phase in entry["phases"]),
    "reports": lambda entry: len(entry["progress"]) > 1,
    "a report of another department": lambda entry: any(report["by"] for report in entry["progress"]),
    "what is reached of a target": lambda entry: any(report["targets"] for report in entry["progress"]),
    "closed out on time": lambda entry: entry["closed"] and not entry["closed"]["late"],
    "closed out late": lambda entry: entry["closed"] and entry["closed"]["late"],
    "reopened": lambda entry: entry["history"],
    "extended": lambda entry: entry["extensions"],
    "paused": lambda entry: entry["paused"] and entry["paused"]["until"] is None,
    "paused until a day": lambda entry: entry["paused"] and entry["paused"]["until"],
    "waived": lambda entry: any(each["state"] == "waived" for each in entry["occurrences"]),
    "two leaders": lambda entry: len(entry["leaders"]) == 2,
    "two leading departments": lambda entry: len(entry["lead_departments"]) == 2,
    "a group of departments": lambda entry: "各科室" in entry["supporting_departments"],
    "another word for a department": lambda entry: "法规科" in entry["lead_departments"],
    "persons by role": lambda entry: {person["role"] for person in entry["persons"]} == {"分管领导", "项目责任人"},
    "targets": lambda entry: entry["targets"],
    "own columns": lambda entry: set(entry["columns"]) == {"funding", "report_day"},
    "what a scheme says": lambda entry: entry["city_leader"] and entry["document_number"] and entry["issued"],
    "what a pilot says": lambda entry: entry["level"] and entry["deployed_by"] and entry["basis"],
    "remark": lambda entry: entry["remark"],
    "outcome": lambda entry: entry["outcome"],
    "carried over": lambda entry: entry["carried_over_from"],
    "carries out a work point": lambda entry: entry["implements"],
    "contact": lambda entry: entry["contact"],
}
"""What ``list`` says of entries, by what it is called."""
VALUES: Mapping[str, set[str]] = {
    "kind": {"point", "task", "review", "scheme", "pilot"},
    "light": {*Light},
    "light_reason": {*Reason},
    "status": {*Status} - {Status.CARRIED_OVER},
}
"""What else is said of some entry each; those that were carried over are left out of a list of several years."""


def test_every_feature_is_somewhere(tmp_path: Path, run: Run) -> None:
    entries: list[Entry] = []
    for folder in write(tmp_path, BODIES, ENTRIES).good:
        entries += json.loads(run("list", "-f", "json", "--data", str(folder), "--as-of", "2020-10-01").out)

    def has(entry: Entry, feature: Callable[[Entry], object]) -> bool:
        return bool(entry["due"] and feature(entry))

    missing = [name for name, feature in FEATURES.items() if not any(has(entry, feature) for entry in entries)]
    assert missing == []
    assert {key: values - {entry[key] for entry in entries} for key, values in VALUES.items()} == {
        key: set() for key in VALUES
    }


def test_bodies_have_as_many_entries_as_were_asked_for_in_the_mean(tmp_path: Path) -> None:
    folders = write(tmp_path, BODIES, ENTRIES).good
    counts = [len(load_book(folder).entries) for folder in folders]
    assert sum(counts) == BODIES * ENTRIES
    assert len(set(counts)) > 1


def test_entries_are_about_as_long_as_those_of_a_large_ledger(tmp_path: Path) -> None:
    write(tmp_path, 100, ENTRIES)
    size = sum(len(content) for content in held(tmp_path).values())
    assert size / (100 * ENTRIES) == pytest.approx(700, rel=0.15)


def test_a_fifth_is_reported_on_and_a_quarter_bears_a_star(tmp_path: Path) -> None:
    entries = [entry.data for folder in write(tmp_path, BODIES, ENTRIES).good for entry in load_book(folder).entries]
    assert sum(bool(entry.progress) for entry in entries) == pytest.approx(len(entries) / 5, rel=0.05)
    assert sum(bool(entry.star) for entry in entries) == pytest.approx(len(entries) / 4, rel=0.05)


def test_bodies_have_names_in_common_and_their_own(tmp_path: Path) -> None:
    books = [load_book(folder) for folder in write(tmp_path, BODIES, ENTRIES).good]
    for names in ("leaders", "lead_departments"):
        of_bodies = [{name for entry in book.entries for name in getattr(entry.data, names)} for book in books]
        every = [name for of_body in of_bodies for name in of_body]
        assert {every.count(name) == 1 for name in every} == {True, False}


def test_no_phone_is_one_that_could_be_called(tmp_path: Path) -> None:
    write(tmp_path, BODIES, ENTRIES)
    texts = [path.read_text("utf-8") for path in tmp_path.rglob("contacts_*.yaml")]
    assert texts
    assert all(phone.startswith("100") for text in texts for phone in re.findall("phone: (.*)", text))


def test_one_seed_writes_the_same_and_another_something_else(tmp_path: Path) -> None:
    for name, bodies, seed in (("one", 4, 1), ("more", 8, 1), ("other", 4, 2)):
        write(tmp_path / name, bodies, 10, seed=seed)
    one, more, other = (held(tmp_path / name) for name in ("one", "more", "other"))
    assert one.keys() == other.keys()
    assert one != other
    assert one.items() <= more.items()


def test_each_kind_of_broken_body_in_turn_cannot_be_read(tmp_path: Path) -> None:
    kinds = list(FAULTS)
    written = write(tmp_path, bodies=len(kinds) + 3, entries=6, broken=len(kinds) + 1)
    assert list(written.broken.values()) == [*kinds, kinds[0]]
    for folder in written.broken:
        with pytest.raises(DataError):
            load_book(folder)
    assert len(written.good) == 2
    for folder in written.good:
        assert load_book(folder).entries


@pytest.mark.parametrize("years", [(2020,), (2018, 2020), (2018, 2019, 2020)])
@pytest.mark.parametrize("entries", [1, 3, 40])
def test_other_years_and_few_entries_can_be_read(tmp_path: Path, years: tuple[int, ...], entries: int) -> None:
    for folder in write(tmp_path, bodies=8, entries=entries, years=years).good:
        assert {entry.year for entry in load_book(folder).entries} == set(years)


def test_the_program_writes_into_a_new_folder_alone(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "benchmarks/make_province.py"), "--bodies", "3", "--entries", "4"]
    words += ["--years", "2020,2018", "--broken", "1", "--seed", "7", str(tmp_path / "province")]
    subprocess.run(words, check=True)
    again = subprocess.run(words, check=False, capture_output=True, text=True)
    assert again.returncode == 2
    assert "is not empty: name a new folder" in again.stderr
    write(tmp_path / "wanted", 3, 4, (2018, 2020), broken=1, seed=7)
    assert held(tmp_path / "province") == held(tmp_path / "wanted")


def test_no_two_bodies_have_one_name() -> None:
    names = [body_name(number) for number in range(5000)]
    assert names[0] == "盐边县教育体育局"
    assert len(set(names)) == len(names)
