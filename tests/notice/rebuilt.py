"""The notice written again from the data: what the data leave to the printer is known here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from notice.pieces import named

DATA = Path(__file__).parents[2] / "data"

Node = Mapping[str, Any]
"""A mapping of a document as its text has it: every scalar is a ``str``."""
Cell = list[str]
"""What stands in one cell, item by item; a paragraph is one cell of one item; a blank cell has none."""
Piece = tuple[str, list[Cell]]

RECIPIENT_SIGNS = ("、", "，", "，", "：")
LAST_POINT_WITH_COMMAS = 3
"""Up to this point the fields in the closing parenthesis are parted by ，, after it by ；."""
PAGE_BREAKS_BEFORE = "pilot-5"
"""On the next page the table prints its headings again, and the merged cell that the break cuts."""


@cache
def document(name: str) -> Node:
    """Return a file of the data as text, by PyYAML's own means: this must not rest on the loader under test."""
    with (DATA / name).open(encoding="utf-8") as stream:
        # The base loader makes nothing but text, lists and mappings.
        data: Node = yaml.load(stream, Loader=yaml.BaseLoader)
    return data


def workpoints() -> Node:
    return document("workpoints_2020.yaml")


def ledger() -> Node:
    return document("ledger_2020.yaml")


def contacts() -> Node:
    contacts: Node = document("contacts_2020.yaml")["contacts"]
    return contacts


def points() -> dict[str, Node]:
    """Return the work points by id, in the order of the file."""
    return {point["id"]: point for section in workpoints()["sections"] for point in section["points"]}


def tables() -> dict[str, Node]:
    """Return the tables of the ledger by id prefix, in the order of the file."""
    return {table["id_prefix"]: table for part in ledger()["parts"] for table in part["tables"]}


def rows() -> dict[str, Node]:
    """Return the rows of the ledger by id, in the order of the file."""
    return {row["id"]: row for table in tables().values() for row in table["rows"]}


@cache
def rebuilt() -> dict[str, list[Cell]]:
    """Return every paragraph and row of the notice, under the names of ``PRINTED``."""
    return named([*_notice(), *_workpoints(), _paragraph("annex", "附件"), *_ledger()])


def text_of(cells: list[Cell]) -> str:
    return "".join(item for cell in cells for item in cell)


def _paragraph(kind: str, text: str) -> Piece:
    return kind, [[text]]


def _notice() -> Iterator[Piece]:
    notice = workpoints()["notice"]
    yield _paragraph("issuer", notice["issuer"])
    yield _paragraph("notice_title", notice["title"])
    signed = zip(notice["recipients"], RECIPIENT_SIGNS, strict=True)
    yield _paragraph("recipients", "".join(recipient + sign for recipient, sign in signed))
    yield _paragraph("notice_text", notice["text"])
    yield _paragraph("issuer", notice["issuer"])
    year, month, day = _date(notice["issued"])
    yield _paragraph("date", f"{year}年{month}月{day}日")


def _workpoints() -> Iterator[Piece]:
    yield _paragraph("document_title", workpoints()["title"])
    yield _paragraph("general_idea", workpoints()["general_idea"])
    for section in workpoints()["sections"]:
        yield _paragraph("heading", f"{section['number']}、{section['title']}")
        for point in section["points"]:
            yield _paragraph("point", _point(point))


def _point(point: Node) -> str:
    own_title = "" if "title_from" in point else f"{point['title']}。"
    departments = "、".join(point["lead_departments"])
    if "supporting_departments" in point:
        departments += f"，{'、'.join(point['supporting_departments'])}"
    due = point["due"]
    fields = (
        f"牵头领导：{'、'.join(point['leaders'])}",
        f"责任部门：{departments}",
        f"完成时限：{due if isinstance(due, str) else due['wording']}",
    )
    closing = ("，" if int(point["number"]) <= LAST_POINT_WITH_COMMAS else "；").join(fields)
    return f"{point['number']}．{own_title}{point['text']}（{closing}）{point.get('remark', '')}"


def _ledger() -> Iterator[Piece]:
    yield _paragraph("document_title", ledger()["title"])
    for part in ledger()["parts"]:
        yield _paragraph("heading", f"{part['number']}、{part['title']}（{part['count']}）")
        for table in part["tables"]:
            yield from _table(table)
        for note in part.get("notes", []):
            yield _paragraph("note", note)


def _table(table: Node) -> Iterator[Piece]:
    if "title" in table:
        yield _paragraph("table_title", f"{table['title']}（{table['count']}）")
    prefix, columns = table["id_prefix"], table["columns"]
    headings = (f"{prefix}-columns", [[heading] for heading in columns.values()])
    yield headings
    level_above = None
    for row in table["rows"]:
        if row["id"] == PAGE_BREAKS_BEFORE:
            yield headings
            level_above = None
        # A level is one merged cell beside all of its rows: printed with the first of them.
        merged = "level" in row and row["level"] == level_above
        yield prefix, [[] if key == "level" and merged else _cell(row, key, columns) for key in columns]
        level_above = row.get("level")


def _cell(row: Node, key: str, columns: Node) -> Cell:
    if key == "title":
        return [_title(row, dated="issued" not in columns)]
    if key == "issued":
        return [_dotted(row["issued"])]
    if key == "contact":
        contact = contacts()[row["id"]]
        return [contact["name"], contact["phone"]]
    if key == "due" and "phases" in row:
        return [item for phase in row["phases"] for item in (phase["name"], phase["due"])]
    value = row.get(key, [])
    if isinstance(value, Mapping):  # a ☆ with its condition
        return [f"☆（{value['note']}）"]
    return [value] if isinstance(value, str) else list(value)


def _title(row: Node, *, dated: bool) -> str:
    """Return the title as its cell prints it: with the document number, and the date if it has no column."""
    title = str(row["title"])
    if "document_number" in row:
        title += f"（{row['document_number']}）"
    if "issued" in row and dated:
        title += f"（{_dotted(row['issued'])}）"
    return title


def _dotted(issued: str) -> str:
    return "{}.{}.{}".format(*_date(issued))


def _date(issued: str) -> tuple[int, int, int]:
    year, month, day = issued.split("-")
    return int(year), int(month), int(day)
