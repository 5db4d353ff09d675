"""A data set brought up to date: only what changed is read and written, and it is what a fresh one would be."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

import reformledger
from provinces import BROKEN, DAY, contacts, held, lay, ledger
from reformledger.dataset import buckets
from reformledger.dataset.bodies import Body, ReadBody, bodies_of, read
from reformledger.dataset.gathering import Gathered, gather
from reformledger.dataset.manifest import SCHEMA_DIGEST, bucket_of
from reformledger.dataset.schema import ENTRIES, FAULTS, MILESTONES, REPORTS

NAMES = [f"县{number}" for number in range(20)]


@pytest.fixture
def province(tmp_path: Path) -> Path:
    for name in NAMES:
        lay(tmp_path / "counties" / name, f"{name}的任务")
    return tmp_path / "counties"


def gathered(province: Path, to: Path, day: date = DAY, jobs: int = 1) -> Gathered:
    return gather(to, bodies_of(province.iterdir()), day, ["counties"], jobs=jobs)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the bodies that are read from now on."""
    names: list[str] = []

    def noted(body: Body) -> ReadBody:
        names.append(body.name)
        return read(body)

    monkeypatch.setattr(buckets, "read", noted)
    return names


def files_of_buckets(made: Gathered) -> dict[str, int]:
    """Return the inode of each file with rows by its name."""
    return {name: (made.folder / name).stat().st_ino for name in made.manifest.files if "/" in name}


def titles(made: Gathered) -> list[str]:
    return sorted(
        title
        for name in made.manifest.files
        if name.startswith("entries/")
        for title in pq.read_table(made.folder / name, partitioning=None)["title"].to_pylist()
    )


def test_only_what_changed_is_read_and_only_its_bucket_written(
    province: Path, tmp_path: Path, looked_at: list[str]
) -> None:
    before = gathered(province, tmp_path / "set")
    assert sorted(looked_at) == sorted(NAMES)
    looked_at.clear()
    changed = {NAMES[3], NAMES[11]}
    for name in changed:
        lay(province / name, "另一任务")
    after = gathered(province, tmp_path / "set")
    assert set(looked_at) == changed
    assert after.read == 2
    touched = {f"{bucket_of(name):02}.parquet" for name in changed}
    old, new = files_of_buckets(before), files_of_buckets(after)
    assert old.keys() == new.keys()
    for name in old:
        assert (old[name] != new[name]) is (Path(name).name in touched)
    assert titles(after).count("另一任务") == 2


def test_nothing_is_written_where_nothing_changed(province: Path, tmp_path: Path, looked_at: list[str]) -> None:
    before = gathered(province, tmp_path / "set")
    stamps = {path: path.stat().st_mtime_ns for path in before.folder.rglob("*")}
    pointer = (tmp_path / "set" / "CURRENT").stat().st_ino
    looked_at.clear()
    after = gathered(province, tmp_path / "set")
    assert (looked_at, after.read, after.folder) == ([], 0, before.folder)
    assert {path: path.stat().st_mtime_ns for path in after.folder.rglob("*")} == stamps
    assert (tmp_path / "set" / "CURRENT").stat().st_ino == pointer


def test_all_bodies_of_a_bucket_changed(province: Path, tmp_path: Path) -> None:
    gathered(province, tmp_path / "set")
    number = bucket_of(NAMES[0])
    for name in NAMES:
        if bucket_of(name) == number:
            lay(province / name, "新的")
    assert held(gathered(province, tmp_path / "set").folder) == held(gathered(province, tmp_path / "fresh").folder)


def test_a_version_made_by_another_form_of_the_tables_is_made_anew(
    province: Path, tmp_path: Path, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered(province, tmp_path / "set")
    looked_at.clear()
    for module in ("gathering", "reading"):
        monkeypatch.setattr(f"reformledger.dataset.{module}.SCHEMA_DIGEST", "0" * 16)
    gathered(province, tmp_path / "set")
    assert sorted(looked_at) == sorted(NAMES)


def test_the_digest_that_tells_forms_of_the_tables_apart_is_theirs() -> None:
    """Where a table has changed, write down the digest that this shows: older data sets are made anew then."""
    tables = [[(field.name, _form(field.type)) for field in table] for table in (ENTRIES, REPORTS, MILESTONES, FAULTS)]
    assert sha256(str(tables).encode()).hexdigest()[:16] == SCHEMA_DIGEST


def _form(type_: pa.DataType) -> object:
    """Return a type as every version of the library has it: each writes types with parts its own way."""
    if pa.types.is_struct(type_):
        return [(field.name, _form(field.type)) for field in type_.fields]
    if pa.types.is_map(type_):
        return "map", _form(type_.key_type), _form(type_.item_type)
    return ["list", _form(type_.value_type)] if pa.types.is_list(type_) else str(type_)


def test_who_left_is_named_on_another_day_too(province: Path, tmp_path: Path) -> None:
    gathered(province, tmp_path / "set")
    shutil.rmtree(province / NAMES[5])
    made = gathered(province, tmp_path / "set", DAY + timedelta(days=1))
    assert made.left == [NAMES[5]]
    assert not any(NAMES[5] in title for title in titles(made))


def test_contacts_that_may_not_be_read_have_nobody_read_again(
    province: Path, tmp_path: Path, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (province / NAMES[0] / "contacts_2020.yaml").write_text(contacts(), encoding="utf-8")
    of_path = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "contacts_2020.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return of_path(path)

    with monkeypatch.context() as closed:
        closed.setattr(Path, "read_bytes", read_bytes)
        made = gathered(province, tmp_path / "set")
        assert made.faults == []
        looked_at.clear()
        assert gathered(province, tmp_path / "set").read == 0
    assert gathered(province, tmp_path / "set").read == 1
    assert looked_at == [NAMES[0]]


def test_two_names_of_one_file_have_nobody_read_again(province: Path, tmp_path: Path) -> None:
    (province / NAMES[0] / "ledger_again.yaml").symlink_to("ledger_2020.yaml")
    assert gathered(province, tmp_path / "set").faults == []
    assert gathered(province, tmp_path / "set").read == 0


def test_what_is_read_is_what_is_said_to_be_read(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes behind its reading is another the next time."""
    path = province / NAMES[7] / "ledger_2020.yaml"

    def changed_behind(body: Body) -> ReadBody:
        found = read(body)
        if body.name == NAMES[7]:
            path.write_text(ledger("后来"), encoding="utf-8")
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(buckets, "read", changed_behind)
        assert "后来" not in titles(gathered(province, tmp_path / "set"))
    made = gathered(province, tmp_path / "set")
    assert made.read == 1
    assert "后来" in titles(made)


# A sequence of changes


class Changes:
    """A province that changes at random, and the ways in which it does."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.day = DAY
        self.program = reformledger.__version__
        self.chance = random.Random(seed)
        self._number = 0

    def make(self) -> str:
        """Make one change; return what it was."""
        changes: list[Callable[[Path], None]] = [
            *(self.edit, self.add_file, self.remove_file, self.add_body, self.remove_body, self.break_it, self.mend),
            *(self.rename, self.take_another_day, self.take_another_program, self.lay_foreign_yaml),
        ]
        change = self.chance.choice(changes)
        bodies = sorted(self.folder.iterdir())
        change(self.chance.choice(bodies) if bodies else lay(self.folder / "首"))
        return change.__name__

    def _new(self) -> str:
        self._number += 1
        return f"第{self._number}次"

    def edit(self, body: Path) -> None:
        lay(body, self._new(), *(self._new() for _each in range(self.chance.randrange(3))))

    def add_file(self, body: Path) -> None:
        lay(body, self._new(), year=self.chance.choice([2018, 2019, 2021]))

    def remove_file(self, body: Path) -> None:
        for path in self.chance.sample(sorted(body.glob("ledger_*.yaml")), 1 if list(body.iterdir()) else 0):
            path.unlink()

    def add_body(self, _body: Path) -> None:
        lay(self.folder / self._new(), self._new())

    def remove_body(self, body: Path) -> None:
        shutil.rmtree(body)

    def break_it(self, body: Path) -> None:
        (body / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")

    def mend(self, _body: Path) -> None:
        for body in self.folder.iterdir():
            if not (body / "ledger_2020.yaml").exists() or (body / "ledger_2020.yaml").read_text("utf-8") == BROKEN:
                lay(body, self._new())

    def rename(self, body: Path) -> None:
        body.rename(self.folder / self._new())

    def take_another_day(self, _body: Path) -> None:
        self.day += timedelta(days=self.chance.choice([-40, 1, 60]))

    def take_another_program(self, _body: Path) -> None:
        self.program = f"0.{self._number}"

    def lay_foreign_yaml(self, body: Path) -> None:
        (body / "other.yaml").write_text(f"a: {self._new()}\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(2))
def test_brought_up_to_date_it_is_what_a_fresh_one_is(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes(tmp_path / "counties", seed)
    for name in NAMES[:6]:
        lay(changes.folder / name, name)
    done = []
    for _step in range(18):
        done.append(changes.make())
        monkeypatch.setattr(reformledger, "__version__", changes.program)
        made = gathered(changes.folder, tmp_path / "set", changes.day)
        fresh = gathered(changes.folder, tmp_path / "fresh", changes.day)
        assert held(made.folder) == held(fresh.folder), done
        assert (made.folder.name, made.faults) == (fresh.folder.name, fresh.faults)
        shutil.rmtree(tmp_path / "fresh")
    assert len({*done}) > 5


def test_several_processes_make_the_same(province: Path, tmp_path: Path) -> None:
    (province / NAMES[0] / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    one, two = gathered(province, tmp_path / "one"), gathered(province, tmp_path / "two", jobs=2)
    assert held(one.folder) == held(two.folder)
    assert one.faults == two.faults
    # Nothing is left to read, for none but the broken one.
    assert gathered(province, tmp_path / "two", jobs=2).read == 1
