"""gather as it is called: what it prints and stores of bodies that can be read, and of those that cannot."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

import duckdb

from conftest import Run, speak
from gathered import AS_OF, bodies_stored, folders, table, with_counties
from people import People
from provinces import BROKEN, DAY, contacts, lay, ledger
from reformledger.files.begun import begin
from reformledger.files.change import FileChange


@pytest.fixture
def province(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command is given, with four bodies in ``counties``."""
    monkeypatch.chdir(tmp_path)
    return with_counties(tmp_path)


def test_it_says_what_there_is_and_prints_where(run: Run, province: Path) -> None:
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    version = (province / "set" / "CURRENT").read_text(encoding="ascii").strip()
    said = "As of 2020-05-01: bodies 4, entries 4. Read now: 4; as they were: 0.\n"
    assert ran == (0, f"set/versions/{version}\n", said)
    lay(province / "counties" / "甲", "改过的", "新加的")
    shutil.rmtree(province / "counties" / "丁")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    assert ran.err == ("As of 2020-05-01: bodies 3, entries 4. Read now: 1; as they were: 2. In it no more: 丁.\n")
    assert bodies_stored() == {"甲", "乙", "丙"}


def test_the_path_alone_goes_to_a_shell_that_asks_duckdb(province: Path) -> None:
    """As the documents have it: ``$(reformledger gather …)`` is where DuckDB finds the tables."""
    gather = '"$PYTHON" -m reformledger gather counties/* --to set --as-of 2020-05-01'
    script = f'printf "%s" "$({gather})/entries/*/*.parquet"'
    environment = {**os.environ, "PYTHON": sys.executable, "LC_ALL": "C.UTF-8", "REFORMLEDGER_LANG": "zh"}
    done = subprocess.run(
        ["sh", "-c", script], cwd=province, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    found = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(province / done.stdout)]).fetchone()
    assert found == (4,)
    assert "甲" not in done.stderr


@pytest.mark.programs
@pytest.mark.parametrize(("columns", "language", "jobs"), [(120, "en", "1"), (40, "zh", "1"), (80, "zh", "2")])
def test_a_bar_is_shown_meanwhile_and_gone_in_the_end(province: Path, columns: int, language: str, jobs: str) -> None:
    screen = pytest.importorskip("screen", reason="no pseudo-terminals here")
    for number in range(12):  # which take a second or two
        lay(province / "counties" / f"县{number}", *(f"第{each}项" for each in range(600)))
    command = [sys.executable, "-m", "reformledger", "gather", *folders(), "--to", "set", *AS_OF, "--jobs", jobs]
    raw = screen.on_terminal(command, columns, province, {**os.environ, "REFORMLEDGER_LANG": language}, check=True)
    pictures = re.findall(r"\r([^\r\n]*%)", raw)
    assert pictures
    assert all("░" in picture or "█" in picture for picture in pictures)
    assert max(len(picture) for picture in pictures) < 40
    *said, path = screen.without_styles(raw).splitlines()[-3:]
    assert "%" not in "".join([*said, path])
    assert "set/versions/2020-05-01-" in "".join([*said, path])


# Bodies that cannot be read


def test_what_cannot_be_read_is_named_left_out_and_comes_back(run: Run, province: Path) -> None:
    assert run("gather", *folders(), "--to", "set", *AS_OF).code == 0
    broken = province / "counties" / "乙" / "ledger_2020.yaml"
    broken.write_text(BROKEN, encoding="utf-8")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    assert ran.code == 1
    assert Path(ran.out.strip()).is_dir()
    first, *_more, last = ran.err.splitlines()
    assert first.startswith("乙: counties/乙/ledger_2020.yaml:3:8: ")
    assert last == (
        "As of 2020-05-01: bodies 3, entries 3. Read now: 1; as they were: 3. Left out, for they cannot be read: 1."
    )
    assert bodies_stored() == {"甲", "丙", "丁"}
    (fault,) = table("faults")
    assert (fault["body"], fault["file"], fault["line"], fault["column"]) == ("乙", "ledger_2020.yaml", 3, 8)
    assert first == f"乙: counties/乙/ledger_2020.yaml:3:8: {fault['message']} {fault['advice']}"
    # It stays broken: still named, though nothing changed.
    assert run("gather", *folders(), "--to", "set", *AS_OF).code == 1
    lay(province / "counties" / "乙", "修好了")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    assert (ran.code, table("faults")) == (0, [])
    assert [row["title"] for row in table("entries") if row["body"] == "乙"] == ["修好了"]


def test_every_kind_of_a_body_that_is_none_has_its_sentence(run: Run, province: Path) -> None:
    there = province / "counties"
    (there / "empty").mkdir()
    (there / "file").write_text("x", encoding="utf-8")
    (there / "dangling").symlink_to("nowhere")
    (there / "only_other").mkdir()
    (there / "only_other" / "notes.txt").write_text("x", encoding="utf-8")
    ran = run("gather", *folders(), "counties/gone", "counties/甲/ledger_2020.yaml", "--to", "set", *AS_OF)
    assert ran.code == 1
    faults = {line.split(": ")[0]: line for line in ran.err.splitlines()[:-1]}
    assert faults == {
        "dangling": "dangling: counties/dangling: There is no such folder. Check the path.",
        "empty": "empty: counties/empty: The folder holds no .yaml file. Name a folder that holds a ledger.",
        "file": "file: counties/file: This is a file, not the folder of a body. Check the path.",
        "gone": "gone: counties/gone: There is no such folder. Check the path.",
        "ledger_2020.yaml": (
            "ledger_2020.yaml: counties/甲/ledger_2020.yaml: This is a file, not the folder of a body. Check the path."
        ),
        "only_other": (
            "only_other: counties/only_other: The folder holds no .yaml file. Name a folder that holds a ledger."
        ),
    }
    assert {row["body"] for row in table("faults")} == set(faults)
    assert bodies_stored() == {"甲", "乙", "丙", "丁"}


def test_a_data_set_among_the_folders_is_no_body(run: Run, province: Path) -> None:
    for _each in range(2):
        ran = run("gather", *folders(), "--to", "counties/set", *AS_OF)
    assert ran.code == 1
    assert "set: counties/set: This is a data set of many bodies" in ran.err


def test_many_faults_are_counted_where_they_are(run: Run, province: Path) -> None:
    for number in range(23):
        (lay(province / "counties" / f"县{number}") / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    *said, more, _summary = ran.err.splitlines()
    assert len(said) == 20
    assert more == "3 more are in the table faults."
    assert len(table("faults")) == 23


def test_folders_that_may_not_be_opened(office: Path, people: People, run: Run) -> None:
    for name in ("a", "b"):
        lay(office / name, "任务")
        people.give(office / name, 0o755)
    people.give(office, 0o777)
    lay(office / "c", "任务")
    (office / "c").chmod(0)
    (office / "b" / "contacts_2020.yaml").write_text(contacts(), encoding="utf-8")
    (office / "b" / "contacts_2020.yaml").chmod(0)
    # What is imported late, these users may have no right to read.
    assert run("gather", str(office / "a"), "--to", str(office / "first"), *AS_OF).code == 0

    def reader() -> None:
        names = [str(office / name) for name in "abc"]
        for read in (3, 1):
            ran = run("gather", *names, "--to", str(office / "set"), *AS_OF)
            assert ran.code == 1
            assert f"c: {office}/c: The folder cannot be read: Permission denied" in ran.err, ran.err
            assert f"bodies 2, entries 2. Read now: {read}" in ran.err, ran.err

    people.run(people.reader, reader)


def test_foreign_yaml_beside_is_passed_over(run: Run, province: Path) -> None:
    other = province / "counties" / "甲" / "docker-compose.yaml"
    other.write_text("services: [a, b]\n", encoding="utf-8")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    assert ran.code == 0
    assert "Read now: 0" in run("gather", *folders(), "--to", "set", *AS_OF).err


def test_an_edit_that_was_begun_counts_as_not_made(run: Run, province: Path) -> None:
    body = province / "counties" / "甲"
    lay(body, "去年的", year=2019)
    changes = [
        FileChange(path, path.read_bytes(), ledger("改后", year=year).encode())
        for year in (2019, 2020)
        for path in [body / f"ledger_{year}.yaml"]
    ]
    begin(body, changes, is_undo=False)
    assert changes[0].new is not None
    changes[0].path.write_bytes(changes[0].new)
    assert run("gather", *folders(), "--to", "set", *AS_OF).code == 0
    assert {row["title"] for row in table("entries") if row["body"] == "甲"} == {"去年的", "甲的任务"}
    # Finished by hand: what was begun is what is there.
    (body / ".reformledger-begun.json").unlink()
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    assert "Read now: 1; as they were: 3." in ran.err
    assert {row["title"] for row in table("entries") if row["body"] == "甲"} == {"改后", "甲的任务"}


# Command lines


def test_names_on_a_command_line_and_in_a_list(run: Run, province: Path) -> None:
    (province / "LIST.yaml").write_text("甲县: counties/甲\n13340726111: counties/乙\n", encoding="utf-8")
    assert run("gather", *folders(), "--bodies", "LIST.yaml", "--to", "set", *AS_OF).code == 0
    assert bodies_stored() == {"甲县", "13340726111", "丙", "丁"}
    (province / "LIST.yaml").write_text("甲: counties/甲\n13340726111: [counties/乙]\n", encoding="utf-8")
    ran = run("gather", "--bodies", "LIST.yaml", "--to", "set", *AS_OF)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("LIST.yaml:2:14: No folder is named for “133****6111”.")
    assert bodies_stored() == {"甲县", "13340726111", "丙", "丁"}


def test_two_thousand_folders_on_a_command_line(run: Run, province: Path) -> None:
    ran = run("gather", *(f"nowhere/县{number}" for number in range(2_000)), "--to", "set", *AS_OF)
    assert ran.code == 1
    assert "1980 more are in the table faults." in ran.err.replace(",", "")
    assert len(table("faults")) == 2_000


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1.5", "", "九"])
def test_jobs_are_a_number_of_processes(run: Run, province: Path, jobs: str) -> None:
    ran = run("gather", *folders(), "--to", "set", f"--jobs={jobs}")
    assert (ran.code, ran.out) == (2, "")
    assert "--jobs" in ran.err
    assert not (province / "set").exists()


def test_more_processes_than_work_are_not_started(run: Run, province: Path) -> None:
    assert run("gather", *folders(), "--to", "set", *AS_OF, "--jobs", "100").code == 0
    assert "Read now: 0" in run("gather", *folders(), "--to", "set", *AS_OF, "--jobs", "100").err


def test_nobody_named_is_said(run: Run, province: Path) -> None:
    ran = run("gather", "--to", "set")
    assert (ran.code, ran.err) == (
        2,
        "No body is named. Name their folders, or a list of them: --bodies LIST.yaml.\n",
    )
    assert not (province / "set").exists()


def test_sentences_are_chinese_where_people_are(run: Run, province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    (province / "counties" / "乙" / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    ran = run("gather", *folders(), "counties/无", "--to", "set", *AS_OF)
    assert ran.code == 1
    assert "乙: counties/乙/ledger_2020.yaml:3:8: " in ran.err
    assert json.loads(next(Path("set").rglob("manifest.json")).read_bytes())["as_of"] == DAY.isoformat()
