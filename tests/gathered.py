"""A province that says one thing, then another, and what a data set of it shows."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from provinces import DAY, lay
from reformledger.dataset.bodies import bodies_of
from reformledger.dataset.gathering import Gathered, gather
from reformledger.dataset.reading import current_version

AS_OF = ("--as-of", DAY.isoformat())
OLD, NEW = "旧的任务", "新的任务"
NAMES = [f"县{number}" for number in range(4)]


def write(folder: Path, title: str) -> Path:
    """Let all bodies say the same."""
    for name in NAMES:
        lay(folder / name, title)
    return folder


def gathered(province: Path, to: Path, jobs: int = 1, day: date = DAY) -> Gathered:
    return gather(to, bodies_of(province.iterdir()), day, ["counties"], jobs=jobs)


def shown(to: Path) -> set[str]:
    """Return the titles in a data set, of which each file is what was written."""
    version = current_version(to)
    version.checked(version.manifest.files)
    files = [version.folder / name for name in version.manifest.files if name.startswith("entries/")]
    titles = [title for file in files for title in pq.read_table(file, partitioning=None)["title"].to_pylist()]
    assert len(titles) == len(NAMES)
    return set(titles)


def assert_nothing_lies_about(to: Path) -> None:
    """Fail where there is more than the versions that count now and counted before."""
    assert {path.name for path in to.iterdir()} == {"CURRENT", "versions", ".reformledger.lock"}
    names = sorted(path.name for path in (to / "versions").iterdir())
    assert len(names) <= 2
    assert not any(name.startswith(".") for name in names), names
    assert not list((to / "versions").rglob("CURRENT"))


def command(province: Path, to: Path, *more: str) -> list[str]:
    folders = map(str, sorted(province.iterdir()))
    return [sys.executable, "-m", "reformledger", "gather", *folders, "--to", str(to), "--as-of", str(DAY), *more]


def with_counties(folder: Path) -> Path:
    """Lay four bodies into ``counties`` of a folder."""
    for name in ("甲", "乙", "丙", "丁"):
        lay(folder / "counties" / name, f"{name}的任务")
    return folder


def folders() -> list[str]:
    return [f"counties/{path.name}" for path in sorted(Path("counties").iterdir())]


def table(name: str, to: str = "set") -> list[dict[str, object]]:
    """Return the rows of a table of the version that counts."""
    version = Path(to) / "versions" / Path(to, "CURRENT").read_text(encoding="ascii").strip()
    files = [version / "faults.parquet"] if name == "faults" else sorted(version.glob(f"{name}/*/*.parquet"))
    return [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]


def bodies_stored() -> set[object]:
    return {row["body"] for each in ("entries", "reports", "milestones") for row in table(each)}
