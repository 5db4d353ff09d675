"""What is not what gather wrote: named in a sentence that says what to do, and made anew by gather itself."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

from conftest import Run
from provinces import held, lay
from reformledger.dataset.manifest import version_of

DAY = "2020-05-01"
ANEW = "Make the data set anew: reformledger gather."
ANOTHER = "This is not the file that gather wrote: its digest is another."
NO_FILE = "The file cannot be read: it is a link, or no regular file"


class Found:
    """A data set, and the names of its parts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "CURRENT"
        self.version = root / "versions" / self.pointer.read_text(encoding="ascii").strip()
        self.manifest = self.version / "manifest.json"
        self.entries = min(self.version.rglob("entries/*/*.parquet"))

    def rewrite(self, change: Callable[[dict[str, object]], object]) -> None:
        """Change the manifest, and all that tells it from another: the name of the version, and ``CURRENT``."""
        plain = json.loads(self.manifest.read_bytes())
        change(plain)
        raw = json.dumps(plain).encode()
        self.manifest.write_bytes(raw)
        name = version_of(date.fromisoformat(DAY), raw)
        self.version = self.version.rename(self.version.with_name(name))
        self.pointer.write_text(f"{name}\n", encoding="ascii")


@pytest.fixture
def gather(run: Run, tmp_path: Path) -> Callable[[], Found]:
    for name in ("甲", "乙", "丙"):
        lay(tmp_path / "counties" / name, f"{name}的任务")

    def made() -> Found:
        folders = map(str, sorted((tmp_path / "counties").iterdir()))
        ran = run("gather", *folders, "--to", str(tmp_path / "set"), "--as-of", DAY)
        assert ran.code == 0, ran.err
        return Found(tmp_path / "set")

    return made


def one_byte(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def linked(path: Path) -> None:
    """Put a link in place of a file, to the very same bytes."""
    real = next(each for each in path.parents if each.name == "set").with_name("real")
    shutil.move(path, real)
    path.symlink_to(real)


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def swapped(found: Found) -> None:
    other = max(found.version.rglob("reports/*/*.parquet"))
    shutil.copyfile(other, found.entries)


def grown(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)


FORGERIES: dict[str, tuple[Callable[[Found], object], str, str]] = {
    "swapped": (swapped, "entries", ANOTHER),
    "truncated": (lambda found: os.truncate(found.entries, 100), "entries", ANOTHER),
    "empty file": (lambda found: os.truncate(found.entries, 0), "entries", ANOTHER),
    "one byte": (lambda found: one_byte(found.entries), "entries", ANOTHER),
    "grown": (lambda found: grown(found.entries, 200 << 20), "entries", ANOTHER),
    "link": (lambda found: linked(found.entries), "entries", NO_FILE),
    "pipe": (lambda found: piped(found.entries), "entries", NO_FILE),
    "gone": (lambda found: found.entries.unlink(), "entries", "The file cannot be read: No such file or directory"),
    "manifest, one byte": (lambda found: one_byte(found.manifest), "manifest.json", ""),
    "manifest, a space": (
        lambda found: found.manifest.write_bytes(found.manifest.read_bytes() + b" "),
        "manifest.json",
        ANOTHER,
    ),
    "manifest gone": (lambda found: found.manifest.unlink(), "manifest.json", "No such file or directory"),
    "manifest a pipe": (lambda found: piped(found.manifest), "manifest.json", NO_FILE),
    "manifest a link": (lambda found: linked(found.manifest), "manifest.json", NO_FILE),
    "manifest too large": (lambda found: grown(found.manifest, 300 << 20), "manifest.json", "It is too large."),
    "manifest of brackets": (
        lambda found: found.manifest.write_bytes(b"[" * 100_000),
        "manifest.json",
        "This is no manifest of a data set that can be read.",
    ),
    "manifest of another form": (
        lambda found: found.rewrite(lambda plain: plain.update(format=2)),
        "manifest.json",
        "This is no manifest of a data set that can be read.",
    ),
    "manifest that leads elsewhere": (
        lambda found: found.rewrite(lambda plain: plain["files"].update({"../../x": {"sha256": "", "rows": 1}})),  # type: ignore[attr-defined]
        "manifest.json",
        "This is no manifest of a data set that can be read.",
    ),
    "manifest of other types": (
        lambda found: found.rewrite(lambda plain: plain.update(bodies={"甲": {"folder": "x", "entries": "many"}})),
        "manifest.json",
        "This is no manifest of a data set that can be read.",
    ),
    "tables of another program": (
        lambda found: found.rewrite(lambda plain: plain.update(schema="0" * 16, program="9.9")),
        "manifest.json",
        "It was made by reformledger 9.9, whose tables are others.",
    ),
    "version gone": (
        lambda found: shutil.rmtree(found.version),
        "manifest.json",
        "No such file or directory",
    ),
    "pointer upwards": (lambda found: found.pointer.write_text("../../x\n"), "CURRENT", "It names no version"),
    "pointer empty": (lambda found: found.pointer.write_text(""), "CURRENT", "It names no version"),
    "pointer with more": (
        lambda found: found.pointer.write_text(f"{found.version.name}/../x\n"),
        "CURRENT",
        "It names no version",
    ),
    "pointer no text": (lambda found: found.pointer.write_bytes(b"\xff\x00" * 9), "CURRENT", "It names no version"),
    "pointer huge": (lambda found: grown(found.pointer, 200 << 20), "CURRENT", ""),
    "pointer a link": (lambda found: linked(found.pointer), "CURRENT", NO_FILE),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_gather_did_not_write_is_named_and_made_anew(run: Run, gather: Callable[[], Found], forgery: str) -> None:
    forge, file, said = FORGERIES[forgery]
    found = gather()
    whole = held(found.version)
    name = found.version.name
    forge(found)
    ran = run("list", "--data", str(found.root))
    assert (ran.code, ran.out) == (1, "")
    sentences = [line for line in ran.err.splitlines() if not line.startswith("As of ")]
    assert len(sentences) == 1, ran.err
    assert file in sentences[0]
    assert said in sentences[0]
    assert sentences[0].endswith(ANEW)
    again = gather()
    assert again.version.name == name
    assert held(again.version) == whole
    assert not again.pointer.is_symlink()
    assert run("list", "--data", str(found.root)).code == 0


def test_a_link_that_says_what_counts_is_not_written_through(gather: Callable[[], Found], tmp_path: Path) -> None:
    found = gather()
    other = tmp_path / "important.txt"
    other.write_text("important", encoding="utf-8")
    found.pointer.unlink()
    found.pointer.symlink_to(other)
    gather()
    assert other.read_text(encoding="utf-8") == "important"


def test_what_is_laid_beside_is_ignored_and_stays(run: Run, gather: Callable[[], Found]) -> None:
    found = gather()
    beside = [found.root / "README.md", found.version / "x.parquet", found.root / "versions" / "old", found.entries]
    beside[-1] = found.entries.with_name("99.parquet")
    for path in beside[:-1]:
        path.write_bytes(b"x")
    shutil.copyfile(found.entries, beside[-1])
    before = run("list", "-f", "json", "--data", str(found.root))
    assert before.code == 0
    assert gather().version == found.version
    assert run("stats", "--data", str(found.root)).code == 0
    assert all(path.exists() for path in beside)
    assert before.out.count("的任务") == 3


@pytest.mark.parametrize(
    "files",
    [
        {"ledger_2020.yaml": "kind: ledger\n"},
        {"CURRENT": "MANIFEST-000001\n", "MANIFEST-000001": "x", "000003.log": "x"},
        {"CURRENT": "x\n"},
        {"versions": "a file", "letter.docx": "x"},
        {".git": "x"},
    ],
    ids=["a ledger", "another program's CURRENT", "CURRENT alone", "a file called versions", "hidden"],
)
def test_a_folder_that_is_no_data_set_is_refused_and_left(
    run: Run, gather: Callable[[], Found], tmp_path: Path, files: dict[str, str]
) -> None:
    gather()
    folder = tmp_path / "other"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    before = held(folder)
    ran = run("gather", str(tmp_path / "counties" / "甲"), "--to", str(folder))
    assert (ran.code, ran.out) == (2, "")
    assert "is no data set, and there is something else. Name a folder that is empty" in ran.err
    assert held(folder) == before


def test_a_file_is_no_place_for_a_data_set(run: Run, tmp_path: Path) -> None:
    lay(tmp_path / "甲", "任务")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to("nowhere/at/all")
    ran = run("gather", str(tmp_path / "甲"), "--to", str(tmp_path / "file"))
    assert ran.code == 2
    for to in ("file/set", "link"):
        ran = run("gather", str(tmp_path / "甲"), "--to", str(tmp_path / to))
        assert (ran.code, ran.out) == (1, ""), to
        assert len(ran.err.splitlines()) == 1
        assert to.split("/")[0] in ran.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("gather", str(tmp_path / "甲"), "--to", str(empty)).code == 0
