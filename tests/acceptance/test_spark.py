"""The example for Spark, run as the documents print it: the rows of a cluster are those of one process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conftest import DATA, LEDGERS, ROOT
from reformledger import Question, ask, load_book
from reformledger.dataset import SCHEMA, batches
from reformledger.model.life import Light

DAY = date(2020, 10, 1)
FORMS = [*(LEDGERS / "bodies").iterdir()]
SHIPPED = "攀枝花市"
"""The body whose folder has its files in ``data``, as a repository has them."""
RECORDS = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 督促检查
            due: 每季度末
            assigned: 2020-01-02
            waivers:
              - date: 2020-04-01
                for: 一季度
                reason: 疫情影响
            paused:
              date: 2020-08-01
              reason: 等待省级文件
          - id: task-2
            title: 编制方案
            due: 2020-06-30
            closed:
              date: 2020-06-20
              evidence:
                - 方案
"""
"""A ledger with the records that none of the forms has."""
BROKEN = "kind: ledger\ntitle: [\n"
"""A ledger with a bracket that nothing closes, in its second line."""
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(language: str) -> list[str]:
    """Return the Python that the document of a language prints: the example, and what reads on past a broken body."""
    return _PYTHON.findall((ROOT / "docs" / language / "how-to" / "spark.md").read_text(encoding="utf-8"))


@pytest.fixture
def counties(tmp_path: Path) -> Path:
    """Return a folder with those of the bodies, where there is a Spark to read them."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Java is not installed")
    folder = tmp_path / "counties"
    shutil.copytree(DATA, folder / SHIPPED / "data")
    for form in FORMS:
        shutil.copytree(form, folder / form.name)
    for name in ("life", "taken_back_and_out"):
        add_body(folder / name, (LEDGERS / "reading" / "good" / f"{name}.yaml").read_text(encoding="utf-8"))
    add_body(folder / "records", RECORDS)
    return folder


def add_body(folder: Path, ledger: str) -> None:
    folder.mkdir()
    (folder / "ledger_2020.yaml").write_text(ledger, encoding="utf-8")


def run_in(counties: Path, example: str) -> subprocess.CompletedProcess[str]:
    """Run an example as the document says, with two workers on this machine."""
    script = counties.parent / "bodies.py"
    script.write_text(example, encoding="utf-8")
    options = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": options,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, str(script)],
        check=False,
        cwd=counties.parent,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def shown(out: str) -> dict[str, int]:
    """Return the counts that a table of Spark shows, by body."""
    return {body: int(count) for body, count in re.findall(r"^\| *(\S+?)\| +(\d+)\|$", out, re.MULTILINE)}


def red(counties: Path) -> dict[str, int]:
    """Return how many red entries the book of each body has, of those that can be read and have any."""
    folders = {each.name: each / "data" if each.name == SHIPPED else each for each in counties.iterdir()}
    books = {name: load_book(folder) for name, folder in folders.items() if name != "broken"}
    counts = {name: len(ask(book, Question(lights=[Light.RED]), as_of=DAY)) for name, book in books.items()}
    return {name: count for name, count in counts.items() if count}


def by_place(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (row["body"], row["position"]))


def test_both_languages_print_the_same_example() -> None:
    assert printed("en") == printed("zh")


@pytest.mark.programs
def test_rows_of_a_cluster_are_those_of_one_process(counties: Path) -> None:
    example, _reading_on = printed("en")
    stored = counties.parent / "stored"
    done = run_in(counties, f"{example}entries.write.parquet({str(stored)!r})\n")
    assert done.returncode == 0, done.stderr
    assert shown(done.stdout) == red(counties)
    ours = [row for batch in batches(sorted(counties.iterdir()), DAY) for row in batch.to_pylist()]
    assert [name for name in SCHEMA.names if not any(row[name] not in (None, []) for row in ours)] == []
    assert by_place(pq.read_table(stored).to_pylist()) == by_place(ours)


@pytest.mark.programs
def test_broken_body_ends_the_job_with_its_faults(counties: Path) -> None:
    add_body(counties / "broken", BROKEN)
    example, _reading_on = printed("en")
    done = run_in(counties, example)
    assert done.returncode != 0
    assert shown(done.stdout) == {}
    assert "broken/ledger_2020.yaml:2:8" in done.stderr


@pytest.mark.programs
def test_others_are_read_past_a_broken_body(counties: Path) -> None:
    add_body(counties / "broken", BROKEN)
    example, reading_on = printed("en")
    spark = example.index("spark = ")
    done = run_in(counties, f"{example[:spark]}{reading_on}{example[spark:]}")
    assert done.returncode == 0, done.stderr
    assert shown(done.stdout) == red(counties)
    assert re.search(r"^broken is left out: .*ledger_2020\.yaml:2:8", done.stderr, re.MULTILINE)
