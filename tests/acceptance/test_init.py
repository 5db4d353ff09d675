"""``init``: a new ledger repository, made whole or not at all, in place of nothing."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import ROOT, Ran, Run, speak
from reformledger.errors import RepositoryError
from reformledger.model.life import BEIJING
from reformledger.scaffold import create, new_repository
from schemas import EDITOR, complaints

FILES = [
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "README.md",
    "data/directory.yaml",
    "data/ledger_2021.yaml",
    "data/workpoints_2021.yaml",
    "schema/contacts.json",
    "schema/directory.json",
    "schema/ledger.json",
    "schema/workpoints.json",
]
Init = Callable[..., Ran]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "改革 台账"


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    speak(monkeypatch, request.param)
    return str(request.param)


def test_init_makes_every_file_and_lists_it(run: Run, folder: Path, language: str) -> None:
    ran = run("init", str(folder), "--year", "2021")
    assert (ran.code, ran.out.split()) == (0, FILES)
    assert sorted(tree(folder)) == FILES


@pytest.mark.usefixtures("language")
def test_what_init_makes_is_read(run: Run, folder: Path) -> None:
    run("init", str(folder), "--year", "2021")
    listed = run("list", "--due", "2021-12", "--data", str(folder / "data"), "--columns", "id")
    assert [line.split()[0] for line in listed.out.splitlines()[1:3]] == ["point-1", "task-1"]


@pytest.mark.usefixtures("language")
def test_check_finds_nothing_in_what_init_makes(run: Run, folder: Path) -> None:
    run("init", str(folder), "--year", "2021")
    ran = run("check", str(folder / "data"), "--as-of", "2021-06-30", "--all", "--format", "json")
    assert (ran.code, json.loads(ran.out)["items"]) == (0, [])


@pytest.mark.usefixtures("language")
def test_what_init_makes_is_valid_by_the_schemas_that_it_makes(run: Run, folder: Path) -> None:
    run("init", str(folder), "--year", "2021")
    for path in sorted((folder / "data").iterdir()):
        named = EDITOR.fullmatch(path.read_text(encoding="utf-8").partition("\n")[0])
        assert named is not None
        assert complaints(path, path.parent / named[1]) == ""


@pytest.mark.usefixtures("language")
def test_contacts_in_the_readme_are_valid(run: Run, folder: Path) -> None:
    run("init", str(folder), "--year", "2021")
    example = re.search("```yaml\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    contacts = folder / "data" / "contacts_2021.yaml"
    contacts.write_text(example[1], encoding="utf-8")
    assert complaints(contacts, folder / "schema" / "contacts.json") == ""
    assert run("list", "--data", str(folder / "data")).code == 0


def test_schemas_are_ours(run: Run, folder: Path) -> None:
    run("init", str(folder))
    made = tree(folder / "schema")
    assert made == {name: (ROOT / "schema" / name).read_bytes() for name in made}


@pytest.mark.usefixtures("language")
def test_files_are_utf_8_with_unix_line_ends_and_nothing_left_to_fill(run: Run, folder: Path) -> None:
    run("init", str(folder), "--year", "2021")
    for name, content in tree(folder).items():
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert b"YEAR" not in content.replace(b"_YEAR", b""), name
        content.decode()


def test_readme_is_in_the_language_of_the_user(run: Run, folder: Path, language: str) -> None:
    run("init", str(folder))
    chinese = "改革工作台账" in (folder / "README.md").read_text(encoding="utf-8")
    assert chinese is (language == "zh")


def test_readme_names_commands_that_there_are(run: Run, folder: Path, language: str) -> None:
    run("init", str(folder))
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"^reformledger ([a-z-]+)", readme, re.MULTILINE)):
        assert run(name, "--help").code == 0, name


@pytest.mark.programs
@pytest.mark.usefixtures("language")
def test_git_merges_by_entry_once_the_driver_is_installed(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("init", str(folder), "--year", "2021")
    assert ran.err.splitlines()[-1].endswith("reformledger merge-driver --install")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "\nreformledger merge-driver --install\n" in readme
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    assert run("merge-driver", "--install", "--data", "data").code == 0
    # The attributes are those that came with it.
    assert sorted(path for path in tree(folder) if not path.startswith(".git/")) == FILES
    config = (folder / ".git" / "config").read_text(encoding="utf-8")
    assert '[merge "reformledger"]' in config


def test_year_is_this_one_unless_told_otherwise(run: Run, folder: Path) -> None:
    run("init", str(folder))
    assert (folder / "data" / f"ledger_{datetime.now(BEIJING).year}.yaml").exists()


@pytest.mark.parametrize("word", ["20", "1948", "2200", "明年"])
def test_no_year(run: Run, folder: Path, word: str) -> None:
    ran = run("init", str(folder), "--year", word)
    assert (ran.code, ran.out) == (2, "")
    assert word in ran.err
    assert not folder.exists()


def test_here_when_no_folder_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "--year", "2021").code == 0
    assert sorted(tree(tmp_path)) == FILES


def test_other_files_stay(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("笔记", encoding="utf-8")
    assert run("init", str(folder), "--year", "2021").code == 0
    assert sorted(tree(folder)) == sorted([*FILES, "notes.txt"])


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_nothing_is_written_where_a_file_is_there(run: Run, folder: Path, options: tuple[str, ...]) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "ledger_2021.yaml").write_text("台账", encoding="utf-8")
    (folder / "README.md").write_text("说明", encoding="utf-8")
    before = tree(folder)
    ran = run("init", str(folder), "--year", "2021", *options)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[1:] == ["  README.md", "  data/ledger_2021.yaml"]
    assert tree(folder) == before


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize("blocked", ["", "data", "schema"])
def test_file_where_a_folder_should_be(run: Run, folder: Path, blocked: str, options: tuple[str, ...]) -> None:
    file = folder / blocked if blocked else folder
    file.parent.mkdir(exist_ok=True)
    file.write_text("一个文件", encoding="utf-8")
    ran = run("init", str(folder / "内" if not blocked else folder), *options)
    assert (ran.code, ran.out) == (1, "")
    assert str(file) in ran.err
    assert file.read_text(encoding="utf-8") == "一个文件"
    assert sorted(tree(folder)) == ([blocked] if blocked else [])


def test_dangling_link_is_not_written_through(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "README.md").symlink_to(folder.parent / "elsewhere.md")
    assert run("init", str(folder)).code == 1
    assert not (folder.parent / "elsewhere.md").exists()
    assert [path.name for path in folder.iterdir()] == ["README.md"]


def test_dry_run_lists_and_writes_nothing(run: Run, folder: Path) -> None:
    ran = run("init", str(folder), "--year", "2021", "--dry-run")
    assert (ran.code, ran.out.split()) == (0, FILES)
    assert not folder.exists()


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("count", range(len(FILES)))
def test_failure_on_the_way_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, count: int, failure: BaseException
) -> None:
    class Full(io.FileIO):
        def write(self, _content: object, /) -> int:
            raise failure

    opened: list[Path] = []

    def open_(path: Path, mode: str) -> io.FileIO:
        opened.append(path)
        return Full(path, mode) if len(opened) > count else io.FileIO(path, mode)

    (folder / "data").mkdir(parents=True)
    scaffold = new_repository(folder, 2021, "en")
    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises((RepositoryError, KeyboardInterrupt)):
        create(scaffold)
    assert tree(folder) == {}
    assert [path.name for path in folder.iterdir()] == ["data"]


def test_file_that_appears_meanwhile_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scaffold = new_repository(folder, 2021, "en")
    monkeypatch.setattr("reformledger.scaffold.check_nothing_is_there", lambda _scaffold: None)
    (folder / "schema").mkdir(parents=True)
    (folder / "schema" / "ledger.json").write_text("theirs", encoding="utf-8")
    with pytest.raises(RepositoryError, match=r"ledger\.json"):
        create(scaffold)
    assert tree(folder) == {"schema/ledger.json": b"theirs"}


@pytest.mark.programs
@pytest.mark.parametrize(
    "name",
    [
        ".reformledger.lock",
        ".reformledger-begun.json",
        ".reformledger-0123456789ab.tmp",
        ".reformledger-0123456789ab.old",
        "ledger_2021.yaml.displaced-20210104-090000",
        "displaced-20210104-090000-1f2e3d",
    ],
)
def test_git_ignores_what_edits_leave_beside_a_file(run: Run, folder: Path, name: str) -> None:
    run("init", str(folder), "--year", "2021")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / "data" / name).write_bytes(b"")
    subprocess.run(["git", "check-ignore", "-q", f"data/{name}"], cwd=folder, check=True)
