"""Write a province: a folder a body, with the files of some years, alike in shape to real ones.

    python benchmarks/make_province.py [--bodies 2000] [--entries 50] [--years 2019,2020] [--broken 0] [--seed 1] FOLDER

All that an entry may hold is somewhere, by turns; words and names are drawn by the seed, for each body by itself: it
is the same in a province of any size. Phone numbers begin with 100, as no telephone's does.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

from province_entries import ALSO, GIVEN, GROUP, SURNAMES, Body, entry, of_kind, title

YEARS = (2019, 2020)
COUNTY = ("盐米会德宁冕越甘美雷金昭喜普布石木青长通", "边易泉昌川宁西洛源江")
BUREAUS = (
    *("教育体育局", "发展改革局", "卫生健康局", "民政局", "交通运输局"),
    *("农业农村局", "住房建设局", "水务局", "司法局", "审计局"),
)
KINDS = {"task": "改革任务", "review": "上会审议方案", "scheme": "专项改革方案", "pilot": "改革试点"}
PATTERN = ("task", "scheme", "review", "pilot", "task", "task", "scheme", "task", "scheme", "task")
"""The kinds of ten rows."""
OWN_COLUMNS = ("columns:", "  number: 序号", "  title: 名称", "  funding: 经费（万元）", "  report_day: 报送时间")

TURN = 61
"""How many turns of what happens to entries a body is ahead of the one before it."""


class Written(NamedTuple):
    """The folders of a province: of bodies that can be read, and of those that cannot, with what is wrong there."""

    good: list[Path]
    broken: dict[Path, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a ledger, and what the next year wants to know of it."""

    kind: str
    year: int
    id: str
    title: str
    goes_on: bool
    lines: list[str]


def write(
    folder: Path,
    bodies: int = 2000,
    entries: int = 50,
    years: Sequence[int] = YEARS,
    broken: int = 0,
    seed: int = 1,
) -> Written:
    """Write ``bodies`` folders, the last ``broken`` of them with what cannot be read.

    A body that can be read has ``entries`` in the mean, over all its ``years`` together, in which they are in order.
    """
    written = Written([], {})
    for number in range(bodies):
        body = Body(number, body_name(number), Random(f"{seed} {number}"))
        place = folder / body.name
        place.mkdir(parents=True)
        for name, text in _files(body, entries, years):
            (place / name).write_text(text, encoding="utf-8", newline="\n")
        fault = number - (bodies - broken)
        if fault < 0:
            written.good.append(place)
        else:
            written.broken[place] = list(FAULTS)[fault % len(FAULTS)]
            FAULTS[written.broken[place]](place / f"ledger_{years[-1]}.yaml")
    return written


def body_name(number: int) -> str:
    """Return the name of a body, which no other of the province has."""
    first, second = COUNTY
    counties, county = divmod(number, len(first) * len(second))
    districts, bureau = divmod(counties, len(BUREAUS))
    name = f"{first[county % len(first)]}{second[county // len(first)]}县{BUREAUS[bureau]}"
    return f"{name}第{districts + 1}分局" if districts else name


def _files(body: Body, entries: int, years: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yield the files of a body: names and texts."""
    size = entries + (-1, 0, 1, 0)[body.number % 4] * (entries // 4)
    before: list[Row] = []
    first = body.number * TURN
    for index, year in enumerate(years):
        count = max(1, size // len(years) + (index < size % len(years)))
        points = max(1, count // 5) if body.has_workpoints and count > 1 else 0
        if points:
            yield f"workpoints_{year}.yaml", _text(_workpoints(body, year, points, first))
        rows = _rows(body, year, count - points, first + points, before, points)
        yield f"ledger_{year}.yaml", _text(_ledger(body, year, rows))
        if body.has_contacts:
            yield f"contacts_{year}.yaml", _text(_contacts(body, year, rows))
        before, first = rows, first + count
    if body.has_directory:
        yield "directory.yaml", _text(_directory(body))


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _workpoints(body: Body, year: int, count: int, first: int) -> Iterator[str]:
    yield from ("kind: workpoints", f"year: {year}", f"title: {body.name}{year}年改革工作要点")
    yield from ("notice:", f"  title: 关于印发{year}年改革工作要点的通知", f"  issuer: {body.name}")
    yield f"  issued: {year}-0{1 + body.number % 3}-13"
    if body.has_own_columns:
        yield from OWN_COLUMNS
    yield from ("sections:", "  - number: 一", "    title: 深化改革", "    points:")
    for index in range(count):
        yield f"      - id: point-{index + 1}"
        lines, _goes_on = entry(body, year, first + index)
        yield from (f"        {line}" for line in (f"number: {index + 1}", f"title: {title(first + index)}", *lines))


def _rows(body: Body, year: int, count: int, first: int, before: Sequence[Row], points: int) -> list[Row]:
    """Return the rows of a ledger, kind by kind; those that are carried over come first in their table."""
    rows: list[Row] = []
    going_on = [row for row in before if row.goes_on] if body.carries_over else []
    for kind, size in sorted(Counter(PATTERN[index % len(PATTERN)] for index in range(count)).items()):
        carried = [row for row in going_on if row.kind == kind][: size // 3]
        for index in range(size):
            number = first + len(rows)
            old = carried[index] if index < len(carried) else None
            lines, goes_on = entry(body, year, number)
            called = old.title if old else title(number)
            head = [f"number: {index + 1}", f"title: {called}", *of_kind(body, year, number, kind), *lines]
            if points and number % 3 == 0:
                head += ["implements:", f"  - point-{1 + number % points}"]
            if old:
                head.append(f"carried_over_from: {old.year}/{old.id}")
            rows.append(Row(kind, year, f"{kind}-{index + 1}", called, goes_on, head))
    return rows


def _ledger(body: Body, year: int, rows: Sequence[Row]) -> Iterator[str]:
    yield from ("kind: ledger", f"year: {year}", f"title: {body.name}{year}年改革工作台账")
    if body.has_calendar:
        yield "reporting: 每季度最后一个月的30日前"
    if not body.has_workpoints:
        yield "independent: true"
    yield "parts:"
    for kind in dict.fromkeys(row.kind for row in rows):
        yield from (f"  - title: {KINDS[kind]}台账", "    tables:")
        yield from (f"      - id_prefix: {kind}", f"        kind: {kind}")
        if body.has_own_columns:
            yield from (f"        {line}" for line in OWN_COLUMNS)
        yield "        rows:"
        for row in rows:
            if row.kind == kind:
                yield f"          - id: {row.id}"
                yield from (f"            {line}" for line in row.lines)


def _contacts(body: Body, year: int, rows: Sequence[Row]) -> Iterator[str]:
    yield from ("kind: contacts", f"year: {year}", "contacts:")
    for index, row in enumerate(rows):
        if (row.kind in {"pilot", "task"} and index % 2 == 0) or row is rows[0]:
            yield f"  {row.id}:"
            yield f"    name: {body.random.choice(SURNAMES)}{body.random.choice(GIVEN)}"
            yield f"    phone: 100{body.number:05}{index:03}"


def _directory(body: Body) -> Iterator[str]:
    yield from ("kind: directory", "names:")
    for name, other in ALSO.items():
        yield from (f"  - name: {name}", "    kind: office", "    also:", f"      - {other}")
    yield from (f"  - name: {body.leaders[0]}", "    kind: person")
    yield from (f"  - name: {GROUP}", "    kind: group", "    members:", *(f"      - {name}" for name in body.offices))


def _replaced(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")


def _made_folder(path: Path) -> None:
    _emptied(path)
    path.mkdir()


def _emptied(path: Path) -> None:
    for each in path.parent.iterdir():
        each.unlink()


def _with_one_id_twice(path: Path) -> None:
    text = path.read_text("utf-8")
    last = text.rindex("          - id: ")
    path.write_text(text + text[last:], encoding="utf-8", newline="\n")


FAULTS: Mapping[str, Callable[[Path], object]] = {
    "not YAML": lambda path: _replaced(path, "parts:", "parts: ["),
    "a key that is unknown": lambda path: _replaced(path, "parts:", "owner: 政策法规科\nparts:"),
    "two entries of one id": _with_one_id_twice,
    "a copy of the ledger": lambda path: path.with_name("copy.yaml").write_bytes(path.read_bytes()),
    "a folder that is called as a ledger": _made_folder,
    "not UTF-8": lambda path: path.write_bytes(path.read_text("utf-8").encode("gb18030")),
    "a deadline that cannot be read": lambda path: _replaced(path, "due:", "due: 待定后"),
    "no files": _emptied,
    "no title": lambda path: _replaced(path, "title:", "heading:"),
}
"""What a body that cannot be read suffers from: what is done to its newest ledger, by what it then is."""


def main() -> None:
    """Write the province that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a province of bodies with ledgers.")
    for option, default in (("bodies", 2000), ("entries", 50), ("broken", 0), ("seed", 1)):
        parser.add_argument(f"--{option}", type=int, default=default)
    parser.add_argument("--years", default=",".join(map(str, YEARS)))
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty: name a new folder.")
    years = sorted(int(year) for year in asked.years.split(","))
    write(asked.folder, asked.bodies, asked.entries, years, asked.broken, asked.seed)


if __name__ == "__main__":
    main()
