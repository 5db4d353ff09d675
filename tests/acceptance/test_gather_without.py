"""What is in no data set: contacts, and folders of the machine; and gather where its extra is not installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

import pyarrow.parquet as pq

from conftest import DATA, LEDGERS, ROOT, Run
from gathered import AS_OF, folders, table, with_counties
from provinces import BROKEN, CONTACT, PHONE, contacts, held


@pytest.fixture
def province(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command is given, with four bodies in ``counties``."""
    monkeypatch.chdir(tmp_path)
    return with_counties(tmp_path)


# Contacts


def stored_text(root: Path) -> str:
    """Return all that a data set says: of Parquet files what they say to who reads them, and as they are."""
    texts = []
    for path in sorted(root.rglob("*")):
        if path.suffix == ".parquet":
            texts.append(str(pq.read_table(path, partitioning=None).to_pylist()))
        if path.is_file():
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(texts)


CONTACTS = {
    "good": contacts(),
    "name with phone": contacts(name=f"{CONTACT} {PHONE}"),
    "landline": contacts(phone="0812-3334455"),
    "no phone": contacts(phone=CONTACT),
    "of nobody": contacts().replace("task-1", "task-77"),
    "list": contacts(name=f"[{CONTACT}, {PHONE}]"),
    "unknown key": contacts() + f"    mobile: {PHONE}\n    {CONTACT}: x\n",
    "key": contacts().replace("task-1", PHONE),
    "not YAML": contacts(name=f"[{CONTACT}"),
    "indentation": contacts() + f"  - {CONTACT} {PHONE}\n",
    "twice": contacts() + f"    name: {CONTACT}\n",
    "kind misspelt": contacts().replace("kind: contacts", f"kind: {CONTACT}"),
}


@pytest.mark.parametrize("case", CONTACTS)
@pytest.mark.parametrize("file", ["contacts_2020.yaml", "people.yaml"])
def test_no_contact_is_in_a_data_set(run: Run, province: Path, case: str, file: str) -> None:
    text = CONTACTS[case]
    (province / "counties" / "甲" / file).write_text(text, encoding="utf-8")
    ran = run("gather", *folders(), "--to", "set", *AS_OF)
    said = stored_text(province / "set") + ran.out + ran.err
    assert "乙的任务" in said
    for word in (CONTACT, PHONE, "0812-3334455", "133****6111"):
        assert word not in said, said


def test_contacts_of_the_shipped_data_are_left_out(run: Run, province: Path) -> None:
    names = re.findall(r"(?:name|phone): (\S+)", (DATA / "contacts_2020.yaml").read_text(encoding="utf-8"))
    assert len(names) > 10
    forms = [str(each) for each in sorted((LEDGERS / "bodies").iterdir())]
    assert run("gather", str(DATA), *forms, "--to", "set").code == 0
    entries = stored_text(province / "set")
    # A leader may be somebody's contact, too.
    led = {name for row in table("entries") for name in re.findall(r"[\w·]+", f"{row['leaders']} {row['persons']}")}
    assert [name for name in names if name in entries and name not in led] == []


def test_folders_of_the_machine_are_in_the_manifest_alone(run: Run, province: Path) -> None:
    (province / "counties" / "乙" / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    names = [str(province / name) for name in folders()]
    run("gather", *names, str(province / "nowhere"), "--to", "set", *AS_OF)
    rows = [str(table(name)) for name in ("entries", "reports", "milestones", "faults")]
    assert not any("counties" in text or str(province) in text for text in rows)
    manifest = next(Path("set").rglob("manifest.json")).read_text(encoding="utf-8")
    assert str(province / "counties" / "甲") in manifest
    # Where the command is given makes no other data set.
    before = held(Path("set/versions"))
    os.chdir(province / "counties")
    run("gather", *names, str(province / "nowhere"), "--to", "../set", *AS_OF)
    assert held(Path("../set/versions")) == before


# Where the extra is missing


@pytest.fixture(params=["pyarrow", "duckdb"])
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, str]]:
    """Return a library that cannot be imported, and the environment in which that is so."""
    block = tmp_path / "block"
    block.mkdir()
    name = str(request.param)
    (block / f"{name}.py").write_text(f"raise ModuleNotFoundError({name!r}, name={name!r})\n")
    return name, {**os.environ, "PYTHONPATH": str(block), "REFORMLEDGER_LANG": "en"}


def test_one_sentence_where_the_extra_is_missing(run: Run, province: Path, missing: tuple[str, dict[str, str]]) -> None:
    assert run("gather", *folders(), "--to", "set", *AS_OF).code == 0
    library, environment = missing
    commands = [["list", "--data", "set"], ["stats", "--data", "set"]]
    if library == "pyarrow":
        commands.append(["gather", *folders(), "--to", "new"])
    sentence = f"This needs the extra “dataset”, of which {library} is not installed. Run: pip install"
    for words in commands:
        done = _python(environment, "-m", "reformledger", *words)
        if library == "pyarrow" and words[0] != "gather" and done.returncode == 0:
            continue  # DuckDB alone asks
        assert (done.returncode, done.stdout) == (2, ""), words
        assert done.stderr == f'{sentence} "reformledger[dataset]"\n'
    assert not (province / "new").exists()
    for words in (["list"], ["stats"], ["check"]):
        assert _python(environment, "-m", "reformledger", *words, "--data", str(DATA)).returncode in {0, 1}
    if library == "pyarrow":
        done = _python(environment, "-c", "from reformledger.dataset import batches")
        assert sentence in done.stderr


def _python(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("words", ["list", "stats", "check", "due", "show task-1", "--help"])
def test_no_other_command_imports_the_extra(words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reformledger", *words.split()],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time")}
    assert "reformledger" in imported
    assert not imported & {"pyarrow", "duckdb", "numpy", "pandas", "reformledger.dataset"}
