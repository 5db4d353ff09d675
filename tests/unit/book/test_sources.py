"""Which files make up the book, and what is said of those that do not belong to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.errors import DataError, WorkingFolderError
from reformledger.sources import ENVIRONMENT, Sources, bundled_folder, editable_files, find_sources, load_sources

Write = Callable[[str, str], Path]


def ledger(*ids: str, year: int = 2020) -> str:
    rows = "".join(f"          - id: {entry_id}\n            title: 任务\n" for entry_id in ids)
    head = f"kind: ledger\nyear: {year}\ntitle: 台账\nparts:\n  - title: 表\n    tables:\n      - id_prefix: task\n"
    return f"{head}        rows:\n{rows}"


def load(*paths: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files that were read, and of those passed over."""
    loaded = load_sources(Sources(paths, "named"))
    return [document.path.name for document in loaded.documents], [Path(name).name for name, _why in loaded.skipped]


def refusal(*paths: Path) -> str:
    with pytest.raises(DataError) as caught:
        load_book(*paths)
    return str(caught.value)


# Who chooses


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with data, two folders below which the command runs; the home folder lies elsewhere."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "project" / "data").mkdir(parents=True)
    (tmp_path / "project" / "data" / "ledger_2020.yaml").write_text(ledger("task-1"), encoding="utf-8")
    (tmp_path / "project" / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "a" / "b")
    return tmp_path / "project"


def test_named_paths_come_first(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMLEDGER_DATA", "elsewhere")
    assert find_sources([Path("x"), Path("y")]) == Sources((Path("x"), Path("y")), "named")


def test_then_the_environment_with_several_paths(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMLEDGER_DATA", os.pathsep.join(["x", "", "y z"]))
    assert find_sources() == Sources((Path("x"), Path("y z")), "environment")


@pytest.mark.parametrize("value", ["", os.pathsep, os.pathsep * 3])
def test_an_environment_that_names_nothing_chooses_nothing(
    project: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMLEDGER_DATA", value)
    assert find_sources().origin == "folder"


def test_then_the_nearest_folder_upwards(project: Path) -> None:
    assert find_sources() == Sources((project / "data",), "folder")
    nearer = project / "a" / "data"
    nearer.mkdir()
    (nearer / "workpoints_2021.yml").write_text("kind: workpoints\n", encoding="utf-8")
    assert find_sources() == Sources((nearer,), "folder")


@pytest.mark.parametrize("name", ["ledger_2020.yaml", "workpoints_2021.yml"])
def test_a_folder_that_holds_the_files_itself_is_found_from_inside(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearer = project / "a"
    (nearer / name).write_text("", encoding="utf-8")
    assert find_sources() == Sources((nearer,), "folder")
    monkeypatch.chdir(project / "data")
    assert find_sources() == Sources((project / "data",), "folder")


@pytest.mark.parametrize("name", ["directory.yaml", "contacts_2020.yaml", "ledger.yaml", "ledger_2020.txt", "x.yaml"])
def test_a_data_folder_without_ledger_or_work_points_is_none(project: Path, name: str) -> None:
    (project / "a" / "data").mkdir()
    (project / "a" / "data" / name).write_text("", encoding="utf-8")
    assert find_sources() == Sources((project / "data",), "folder")


def test_no_higher_than_a_git_root(project: Path) -> None:
    (project / "a" / ".git").mkdir()
    assert find_sources() == Sources((bundled_folder(),), "bundled")


def test_a_git_root_itself_is_looked_at(project: Path) -> None:
    (project / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")  # as in a worktree
    assert find_sources().origin == "folder"


@pytest.mark.parametrize("link", [False, True])
def test_no_higher_than_the_home_folder(project: Path, link: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project / "a"
    if link:
        (project / "linked").symlink_to(home)
        home = project / "linked"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert find_sources().origin == "bundled"


def test_at_last_the_bundled_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_sources().origin == "bundled"
    assert {entry.year for entry in load_book().entries} == {2020}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the working directory")
def test_a_working_folder_that_is_gone_has_no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for named in ([], [Path("data")], [tmp_path, Path("data")]):
        with pytest.raises(WorkingFolderError, match=r"cannot be found.*absolute path"):
            find_sources(named)
    assert find_sources([tmp_path]).paths == (tmp_path,)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert find_sources().paths == (tmp_path,)
    monkeypatch.setenv(ENVIRONMENT, os.pathsep.join([str(tmp_path), "data"]))
    with pytest.raises(WorkingFolderError):
        find_sources()


# A folder


def test_a_folder_is_read_flat(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    write("b.yml", ledger("task-2"))
    write("C.YAML", ledger("task-3"))
    write(".hidden.yaml", "broken: [")
    write("notes.txt", "broken: [")
    write("ledger_2020.yaml~", "broken: [")
    (tmp_path / "deeper.yaml").mkdir()
    (tmp_path / "deeper.yaml" / "ledger_2021.yaml").write_text("broken: [", encoding="utf-8")
    assert load(tmp_path) == (["C.YAML", "b.yml", "ledger_2020.yaml"], [])


BESIDE = [
    "~$ledger_2020.yaml",  # Excel, WPS
    ".~lock.ledger_2020.yaml#",  # LibreOffice
    ".~ledger_2020.yaml",
    ".ledger_2020.yaml.swp",  # Vim
    "ledger_2020.yaml~",
    "ledger_2020~.yaml",
    "#ledger_2020.yaml#",  # Emacs
    ".#ledger_2020.yaml",
    "~ledger_2020.yml",
]


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("text", [ledger("task-1"), "broken: [", ""], ids=["a copy", "broken", "nothing"])
def test_what_an_editor_keeps_beside_an_open_file_is_passed_over_without_a_word(
    write: Write, tmp_path: Path, name: str, text: str
) -> None:
    path = write("ledger_2020.yaml", ledger("task-1"))
    write(name, text)
    assert load(tmp_path) == (["ledger_2020.yaml"], [])
    assert editable_files(Sources((tmp_path,), "named")) == [path]


FOREIGN = {
    "a list": "- a\n- b\n",
    "another document": "apiVersion: v1\nkind: Pod\n",
    "a kind of others": "kind: Deployment\nspec: {}\n---\nkind: Service\n",
    "anchors and tags": "x: &a !!int 1\ny: *a\n",
    "broken": "a: [\n",
    "nothing": "",
    "a kind that is not the first key": "title: 台账\nkind: ledger\n",
    "a misspelt kind": "kind: leger\n",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_in_a_folder_is_passed_over_and_named(write: Write, tmp_path: Path, text: str) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    write("mkdocs.yml", text)
    assert load(tmp_path) == (["ledger_2020.yaml"], ["mkdocs.yml"])


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_the_same_file_by_name_is_an_error(write: Write, text: str) -> None:
    path = write("mkdocs.yml", text)
    assert "mkdocs.yml" in refusal(path)
    assert "mkdocs.yml" in refusal(path.parent, path) if text else True


@pytest.mark.parametrize("name", ["ledger_2020.yaml", "workpoints_2021.yml", "contacts_2020.yaml", "directory.yaml"])
def test_a_file_whose_name_is_ours_is_never_passed_over(write: Write, tmp_path: Path, name: str) -> None:
    write("a.yaml", ledger("task-1"))
    write(name, "title: x\n")
    assert f"{name}:1:1: The document does not say what it is." in refusal(tmp_path)


MEANT = {
    "a fault below": "# 台账\n---\nkind: ledger\nyear: 20\n",
    "a full-width colon": "kind：ledger\nyear: 2020\n",
    "quotes": '"kind": "ledger"\nyear: 20\n',
    "braces": "{kind: ledger, year: 20}\n",
    "a mark and a comment": "\ufeff# 注\nkind: ledger\nyear: 20\n",
    "broken below": "kind: ledger\na: [\n",
    "an unresolved merge": "<<<<<<< HEAD\nkind: ledger\n=======\nkind: ledger\n>>>>>>> x\n",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_a_file_that_is_meant_as_ours_is_never_passed_over(write: Write, tmp_path: Path, text: str) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    write("分表.yaml", text)
    assert "分表.yaml:" in refusal(tmp_path)


def test_a_folder_without_yaml_is_an_error(tmp_path: Path) -> None:
    assert "The folder holds no .yaml file." in refusal(tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root and Windows read it all the same")
def test_a_folder_that_may_not_be_read_is_an_error(write: Write, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert "The folder cannot be read: " in refusal(tmp_path / "closed")


def test_a_folder_whose_listing_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", fail)
    assert "The folder cannot be read: Permission denied" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff", "nichts"])
def test_an_odd_path_is_an_error_and_no_traceback(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names of files are text there")
def test_a_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("台账.yaml".encode("gbk"))
    path.write_text(ledger("task-1"), encoding="utf-8")
    assert load(tmp_path) == ([path.name], [])


def test_the_name_of_a_file_may_be_long_and_chinese(write: Write, tmp_path: Path) -> None:
    name = "台" * 83 + ".yml"  # 253 bytes
    write(name, ledger("task-1"))
    assert load(tmp_path) == ([name], [])


# Several files


def test_a_file_named_twice_is_read_once(write: Write, tmp_path: Path) -> None:
    path = write("ledger_2020.yaml", ledger("task-1"))
    link = tmp_path / "other.yaml"
    link.symlink_to(path)
    relative = Path(os.path.relpath(path))
    assert load(path, path, tmp_path, link, relative) == (["ledger_2020.yaml"], [])


def test_the_faults_of_a_file_named_twice_are_told_once(write: Write) -> None:
    path = write("ledger_2020.yaml", "kind: ledger\nyear: 20\ntitle: 台账\nparts: []\n")
    with pytest.raises(DataError) as caught:
        load_book(path, path.parent)
    assert len(caught.value.faults) == 1


def test_the_faults_of_all_files_are_told_together(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", "kind: ledger\nyear: 20\ntitle: 台账\nparts: []\n")
    write("ledger_2021.yaml", "kind: ledger\nyear: 21\ntitle: 台账\nparts: [\n")
    (tmp_path / "empty").mkdir()
    text = refusal(tmp_path, tmp_path / "empty", tmp_path / "nichts.yaml")
    for part in ("ledger_2020.yaml:2:7", "ledger_2021.yaml:4:8", "empty: The folder", "nichts.yaml: There is no"):
        assert part in text


def test_one_ref_in_two_files_is_an_error_that_names_both(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", ledger("task-1", "task-2"))
    write("more.yaml", ledger("task-3", "task-2"))
    text = refusal(tmp_path)
    assert "more.yaml:11:17: The id task-2 of 2020 already stands at " in text
    assert "ledger_2020.yaml:11" in text


def test_one_id_in_two_years_is_two_entries(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    write("ledger_2021.yaml", ledger("task-1", year=2021))
    assert [entry.ref for entry in load_book(tmp_path).entries] == ["2020/task-1", "2021/task-1"]


def test_two_contacts_of_one_entry_are_an_error_that_names_both(write: Write, tmp_path: Path) -> None:
    for name in ("contacts_2020.yaml", "other.yaml"):
        write(name, "kind: contacts\nyear: 2020\ncontacts:\n  task-1: {name: 谢强}\n")
    text = refusal(tmp_path)
    assert "other.yaml:4:3: task-1 already has a contact in " in text
    assert "contacts_2020.yaml" in text


def test_contacts_of_another_year_are_of_another_entry(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    for year, name in ((2020, "谢强"), (2021, "田龙")):
        write(f"contacts_{year}.yaml", f"kind: contacts\nyear: {year}\ncontacts:\n  task-1: {{name: {name}}}\n")
    book = load_book(tmp_path)
    contact = book.contact(book.find("task-1"))
    assert contact is not None
    assert contact.name == "谢强"


def test_a_spelling_that_two_directories_give_to_two_offices_is_an_error(write: Write, tmp_path: Path) -> None:
    write("directory.yaml", "kind: directory\nnames:\n  - name: 政策法规科\n    also: [法规科]\n")
    write("more.yaml", "kind: directory\nnames:\n  - name: 基教科\n  - name: 法制科\n    also:\n      - 法 规科\n")
    assert "more.yaml:6:9: “法 规科” already belongs to “政策法规科”." in refusal(tmp_path)


def test_the_same_office_in_two_directories_is_one(write: Write, tmp_path: Path) -> None:
    write("directory.yaml", "kind: directory\nnames:\n  - name: 政策法规科\n    also: [法规科]\n")
    write("more.yaml", "kind: directory\nnames:\n  - name: 政策法规科\n    also: [法制科]\n")
    directory = load_book(tmp_path).directory
    assert directory.key("法规科") == directory.key("法制科")


def test_a_book_is_read_whole_or_not_at_all(write: Write, tmp_path: Path) -> None:
    write("ledger_2020.yaml", ledger("task-1"))
    write("ledger_2021.yaml", ledger("task-1", year=2021) + "          - id: task-2\n")
    assert "“title” is missing here." in refusal(tmp_path)


def test_a_file_with_more_faults_than_are_told_is_not_passed_over(tmp_path: Path) -> None:
    notes = "".join('  - "\\u0007"\n' for _fault in range(60))
    (tmp_path / "ledger_2020.yaml").write_text(f"kind: ledger\nnotes:\n{notes}", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_sources(Sources((tmp_path,), "named"))
    assert len(caught.value.faults) == 51
