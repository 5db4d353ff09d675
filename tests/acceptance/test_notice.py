"""The 2020 data against the notice: every paragraph, every cell, every declared count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from notice.expected import IMPLEMENTS, ROW_COUNTS, SAME_OFFICE, TARGETS, VALUES
from notice.pieces import squeeze
from notice.printed import PRINTED, SOURCE, gaps, is_tabular
from notice.rebuilt import DATA, contacts, document, ledger, points, rebuilt, rows, tables, text_of, workpoints

FILES = ("workpoints_2020.yaml", "ledger_2020.yaml", "contacts_2020.yaml", "directory.yaml")

# The notice, rebuilt


@pytest.mark.parametrize("name", PRINTED)
def test_paragraph_or_row_is_rebuilt(name: str) -> None:
    assert squeeze(text_of(rebuilt()[name])) == squeeze(PRINTED[name])


def test_no_paragraph_or_row_is_left_over() -> None:
    assert list(rebuilt()) == list(PRINTED)


def test_whole_notice_is_rebuilt() -> None:
    assert squeeze("".join(text_of(cells) for cells in rebuilt().values())) == squeeze(SOURCE)


@pytest.mark.parametrize("name", [name for name in PRINTED if is_tabular(name)])
def test_cells_and_the_names_in_them_end_where_the_page_has_a_gap(name: str) -> None:
    end = 0
    ends = [end := end + len(squeeze(item)) for cell in rebuilt()[name] for item in cell]
    assert set(ends) <= gaps(PRINTED[name])


def test_cells_are_blank_where_the_page_is() -> None:
    blank = {
        (row["id"], key)
        for table in tables().values()
        for row in table["rows"]
        for key in table["columns"]
        if key != "contact" and key not in row and not (key == "due" and "phases" in row)
    }
    no_star = {(row, "star") for row in ("task-2", "task-3", "scheme-2", "scheme-5", "pilot-1")}
    no_support = {(f"pilot-{number}", "supporting_departments") for number in range(1, 6)}
    assert blank == no_star | no_support


@pytest.mark.parametrize("key", VALUES)
def test_field_holds_what_the_page_has_under_its_heading(key: str) -> None:
    found = [entry[key] for entry in [*points().values(), *rows().values()] if key in entry]
    assert {text for value in found for text in _scalars(value)} == VALUES[key]


@pytest.mark.parametrize("name", FILES)
def test_only_the_space_that_is_meant_is_kept(name: str) -> None:
    texts = [text.replace("“教育鼎兴 成渝协同”", "") for text in _scalars(document(name))]
    assert [text for text in texts if squeeze(text) != text] == []


def test_space_between_the_two_halves_of_a_name_is_kept() -> None:
    assert "“教育鼎兴 成渝协同”" in points()["point-15"]["text"]


# What the notice says of itself


@pytest.mark.parametrize("index", range(4))
def test_part_holds_as_many_rows_as_it_declares(index: int) -> None:
    part = ledger()["parts"][index]
    assert _numbers(part["count"]) == [sum(len(table["rows"]) for table in part["tables"])]


def test_table_of_the_city_leaders_holds_as_many_schemes_as_it_declares() -> None:
    table = tables()["key-scheme"]
    assert _numbers(table["count"]) == [len(table["rows"])]


def test_table_of_other_schemes_holds_as_many_and_as_many_starred_as_it_declares() -> None:
    table = tables()["scheme"]
    assert _numbers(table["count"]) == [len(table["rows"]), sum("star" in row for row in table["rows"])]


def test_points_stand_in_seven_sections() -> None:
    assert [len(section["points"]) for section in workpoints()["sections"]] == [2, 1, 5, 2, 2, 2, 1]


# What the data add


def test_ids_of_the_points() -> None:
    assert list(points()) == [f"point-{number}" for number in range(1, 16)]


def test_ids_of_the_rows() -> None:
    expected = [f"{prefix}-{number}" for prefix, count in ROW_COUNTS.items() for number in range(1, count + 1)]
    assert list(rows()) == expected


def test_kinds_of_the_tables() -> None:
    assert {prefix: table["kind"] for prefix, table in tables().items()} == {
        "task": "task",
        "review": "review",
        "key-scheme": "scheme",
        "scheme": "scheme",
        "pilot": "pilot",
    }


def test_every_row_names_the_point_that_it_carries_out() -> None:
    assert {row["id"]: row["implements"] for row in rows().values()} == {
        row: [f"point-{number}"] for row, number in IMPLEMENTS.items()
    }


def test_measurable_targets() -> None:
    found = {
        point["id"]: [(target["name"], target["value"], target["unit"]) for target in point["targets"]]
        for point in points().values()
        if "targets" in point
    }
    assert found == TARGETS


@pytest.mark.parametrize("name", [f"point-{number}" for number in range(1, 16)])
def test_title_is_the_first_printed_sentence(name: str) -> None:
    assert "。" not in points()[name]["title"]


def test_only_point_3_takes_the_title_of_its_section() -> None:
    taken = {
        point["id"]: (point["title_from"], point["title"] == section["title"])
        for section in workpoints()["sections"]
        for point in section["points"]
        if "title_from" in point
    }
    assert taken == {"point-3": ("section", True)}


def test_doubled_wording_of_point_10_says_what_it_means() -> None:
    assert points()["point-10"]["due"] == {"wording": "完成时限：2020年12月", "means": "2020-12"}


def test_three_batches_are_phases() -> None:
    phases = rows()["pilot-7"]["phases"]
    found = [(phase["name"], phase["count"], phase["due"]) for phase in phases]
    assert found == [("第一批", "13", "2020"), ("第二批", "9", "2021"), ("第三批", "7", "2022")]


def test_only_pilot_7_has_phases() -> None:
    assert [row["id"] for row in rows().values() if "phases" in row] == ["pilot-7"]


def test_conditional_star_names_its_phase() -> None:
    conditional = {row["id"]: row["star"] for row in rows().values() if row.get("star", "☆") != "☆"}
    assert conditional == {"pilot-7": {"note": "第一批试点完成", "phase": "第一批"}}


@pytest.mark.parametrize("name", [row for row in IMPLEMENTS if "scheme" in row])
def test_document_number_and_date_have_left_the_title(name: str) -> None:
    assert not re.search(r"号）|\d\.\d", rows()[name]["title"])


def test_directory_says_which_names_mean_one_office() -> None:
    found = [{entry["name"], *entry["also"]} for entry in document("directory.yaml")["names"]]
    assert found == SAME_OFFICE


@pytest.mark.parametrize("spelling", [spelling for office in SAME_OFFICE for spelling in sorted(office)])
def test_notice_prints_every_spelling_of_the_directory(spelling: str) -> None:
    assert spelling in squeeze(SOURCE)


# The files


def test_contacts_are_those_of_the_pilots() -> None:
    assert list(contacts()) == [row for row in rows() if row.startswith("pilot-")]


def test_phones_stand_in_the_contacts_alone() -> None:
    holders = {
        path.name
        for path in DATA.iterdir()
        if re.search(r"1[3-9]\d{9}", unicodedata.normalize("NFKC", path.read_text(encoding="utf-8")))
    }
    assert holders == {"contacts_2020.yaml"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(rb"\r", id="carriage return"),
        pytest.param(rb"\t", id="tab"),
        pytest.param(rb"(?m) $", id="trailing space"),
        pytest.param(rb"[^\n]\Z", id="no final newline"),
        pytest.param(rb"\n\n\Z", id="blank last line"),
        pytest.param(rb"\A\xef\xbb\xbf", id="byte order mark"),
    ],
)
def test_file_is_free_of(fault: bytes, name: str) -> None:
    assert not re.search(fault, (DATA / name).read_bytes())


def _scalars(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _scalars(value)
    elif isinstance(node, list):
        for item in node:
            yield from _scalars(item)
    else:
        yield str(node)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]
