"""The entries of bodies as record batches: the rows that gather stores, and what cannot be read said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from conftest import DATA, LEDGERS
from provinces import BROKEN, DAY, lay
from reformledger.dataset import SCHEMA, batches
from reformledger.dataset.bodies import Body, bodies_of
from reformledger.dataset.gathering import gather
from reformledger.errors import DataError, UsageError

FORMS = sorted((LEDGERS / "bodies").iterdir())


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """Return bodies of all forms, the shipped one with its contacts among them."""
    folder = tmp_path / "counties"
    for form in FORMS:
        shutil.copytree(form, folder / form.name)
    shutil.copytree(DATA, folder / "攀枝花" / "data")
    return folder


def broken(folder: Path) -> Path:
    lay(folder)
    (folder / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


def test_rows_are_those_that_gather_stores(province: Path, tmp_path: Path) -> None:
    found = list(batches(province.iterdir(), DAY))
    assert all(batch.schema.equals(SCHEMA, check_metadata=True) for batch in found)
    made = gather(tmp_path / "set", bodies_of(province.iterdir()), DAY, [])
    files = [made.folder / name for name in made.manifest.files if name.startswith("entries/")]
    stored = pa.concat_tables([pq.read_table(file, partitioning=None) for file in files])
    assert stored.schema.equals(SCHEMA)

    def in_order(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        return sorted(rows, key=lambda row: (row["body"], row["position"]))

    ours = in_order([row for batch in found for row in batch.to_pylist()])
    assert ours == in_order(stored.to_pylist())
    assert {row["body"] for row in ours} == {*(form.name for form in FORMS), "攀枝花"}


def test_a_batch_is_handed_on_when_it_is_large(tmp_path: Path) -> None:
    for number in range(5):
        lay(tmp_path / f"县{number}", *(f"第{each}项" for each in range(2_000)))
    sizes = [batch.num_rows for batch in batches(tmp_path.iterdir(), DAY)]
    assert sizes == [6_000, 4_000]


def test_nothing_to_read_makes_no_batch(tmp_path: Path) -> None:
    assert list(batches([], DAY)) == []
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ledger_2020.yaml").write_text("kind: ledger\nyear: 2020\ntitle: 台账\nparts: []\n", "utf-8")
    assert list(batches([tmp_path / "a"], DAY)) == []


def test_paths_may_be_texts(tmp_path: Path) -> None:
    lay(tmp_path / "甲", "任务")
    (batch,) = batches([str(tmp_path / "甲")], DAY)
    assert batch["ref"].to_pylist() == ["甲:2020/task-1"]


def test_a_broken_body_is_said_behind_the_rows_of_the_others(tmp_path: Path) -> None:
    for name in ("b", "d"):
        lay(tmp_path / name, "任务")
    broken(tmp_path / "a")
    broken(tmp_path / "c")
    seen = []
    with pytest.raises(DataError) as error:  # noqa: PT012 - what came before it is looked at
        for batch in batches(tmp_path.iterdir(), DAY):
            seen += batch["body"].to_pylist()
    assert seen == ["b", "d"]
    assert [(Path(fault.file).parent.name, fault.line) for fault in error.value.faults] == [("a", 3), ("c", 3)]


def test_who_is_told_reads_on(tmp_path: Path) -> None:
    lay(tmp_path / "b", "任务")
    broken(tmp_path / "a")
    told: list[tuple[str, int]] = []

    def refused(body: Body, error: DataError) -> None:
        told.append((body.name, error.faults[0].line))

    (batch,) = batches([*tmp_path.iterdir(), tmp_path / "nowhere"], DAY, refused=refused)
    assert batch["body"].to_pylist() == ["b"]
    assert told == [("a", 3), ("nowhere", 0)]


def test_two_bodies_of_one_name_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    lay(tmp_path / "x" / "a", "任务")
    lay(tmp_path / "y" / "a", "任务")
    with pytest.raises(UsageError, match="Two bodies are called “a”"):
        next(batches([tmp_path / "x" / "a", tmp_path / "y" / "a"], DAY))
