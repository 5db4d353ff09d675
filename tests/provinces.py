"""Provinces for the tests of data sets: folders of bodies, and what a version of a data set holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

DAY = date(2020, 5, 1)
PHONE = "13340726111"
CONTACT = "蒋春尧"
BROKEN = "kind: ledger\nyear: 2020\ntitle: [\n"
"""A ledger with a bracket that nothing closes, in its third line."""


def ledger(*titles: str, year: int = 2020) -> str:
    """Return a ledger of tasks with some titles; each has what fills every table of a data set."""
    rows = "".join(_row(number, title, year) for number, title in enumerate(titles, 1))
    head = f"kind: ledger\nyear: {year}\ntitle: 台账\nparts:\n  - title: 表\n    tables:\n      - id_prefix: task\n"
    return f"{head}        rows:\n{rows}"


def _row(number: int, title: str, year: int) -> str:
    lines = [
        f"- id: task-{number}",
        f"  title: {title}",
        "  due: 每季度末",
        f"  assigned: {year}-01-02",
        "  lead_departments: [教育科]",
        "  leaders: [李四]",
        "  progress:",
        f"    - date: {year}-03-30",
        "      text: 已开会",
        "      by: 教育科",
    ]
    return "".join(f"          {line}\n" for line in lines)


def contacts(name: str = CONTACT, phone: str = PHONE) -> str:
    """Return the contact of the first task."""
    return f"kind: contacts\nyear: 2020\ncontacts:\n  task-1:\n    name: {name}\n    phone: {phone}\n"


def lay(folder: Path, *titles: str, year: int = 2020) -> Path:
    """Write the ledger of a body, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"ledger_{year}.yaml").write_text(ledger(*titles, year=year), encoding="utf-8")
    return folder


def held(folder: Path) -> Mapping[str, bytes]:
    """Return what the files under a folder hold, by their names from it on."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
