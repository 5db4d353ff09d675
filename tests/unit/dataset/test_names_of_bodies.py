"""What bodies are called, and which folders are theirs: named one by one, or in a list."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from provinces import lay
from reformledger.dataset.bodies import bodies_of, digests, read, read_list
from reformledger.errors import DataError, UsageError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(*folders: str, **listed: str) -> dict[str, Path]:
    """Return the folders of bodies from here on, by their names."""
    found = bodies_of(map(Path, folders), {name: Path.cwd() / folder for name, folder in listed.items()})
    return {body.name: body.folder.relative_to(Path.cwd()) for body in found}


def refused(*folders: str, **listed: str) -> UsageError:
    with pytest.raises(UsageError) as error:
        named(*folders, **listed)
    return error.value


def test_a_body_is_called_as_its_folder_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(here / "counties" / "米易")
    lay(here / "counties" / "盐边")
    assert [*named("counties/盐边/", "./counties/米易").items()] == [
        ("盐边", Path("counties/盐边")),
        ("米易", Path("counties/米易")),
    ]
    monkeypatch.chdir(here / "counties" / "米易")
    assert [body.name for body in bodies_of([Path()])] == ["米易"]


def test_files_of_a_repository_are_in_data(here: Path) -> None:
    lay(here / "仁和" / "data")
    lay(here / "西区")
    lay(here / "西区" / "data")
    assert named("仁和", "西区") == {"仁和": Path("仁和/data"), "西区": Path("西区")}
    assert named("仁和/data") == {"data": Path("仁和/data")}


def test_a_folder_named_twice_is_one_body(here: Path) -> None:
    lay(here / "a" / "data")
    assert named("a", "a/", "./a", str(here / "a")) == {"a": Path("a/data")}


def test_one_folder_under_two_names_would_count_twice(here: Path) -> None:
    lay(here / "a" / "data")
    error = refused("a", "a/data")
    assert "“a” and “data” are one folder, and all that is in it would count twice: a/data." in str(error)
    (here / "link").symlink_to("a")
    assert "“a” and “link” are one folder" in str(refused("a", "link"))
    assert "“甲” and “乙” are one folder" in str(refused(甲="a", 乙="link"))


def test_a_link_alone_is_called_as_it_is(here: Path) -> None:
    lay(here / "a")
    (here / "link").symlink_to("a")
    assert named("link") == {"link": Path("link")}
    assert named("a", "a") == {"a": Path("a")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x/县", "y/县"),
        ("x/ABC", "y/abc"),
        ("x/ABC", "y/\uff21\uff22\uff23"),
        ("x/\u00e9", f"y/{unicodedata.normalize('NFD', 'é')}"),
    ],
    ids=["alike", "case", "width", "decomposed"],
)
def test_two_bodies_of_one_name_are_refused(here: Path, one: str, other: str) -> None:
    lay(here / one)
    lay(here / other)
    error = refused(one, other)
    assert f"“{Path(other).name}”: {one} and {other}." in error.message
    assert "--bodies LIST.yaml" in error.advice
    # Which is what helps.
    assert len(named(one, other, 甲=one)) == 2


def test_what_a_list_names_is_called_so(here: Path) -> None:
    lay(here / "counties" / "a")
    lay(here / "counties" / "b")
    assert named("counties/a", "counties/b", 米易县="counties/a") == {
        "b": Path("counties/b"),
        "米易县": Path("counties/a"),
    }


@pytest.mark.parametrize("name", ["a b", "盐边:一", "it's", '"', "-x", "甲、乙", "#1", "~", "é"])
def test_any_name_of_one_line_will_do(here: Path, name: str) -> None:
    lay(here / name)
    assert named(f"./{name}") == {name: Path(name)}


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31m", "\u200b", os.fsdecode(b"bad\xff"), "\u202eabc"])
def test_what_is_no_text_of_one_line_is_refused(here: Path, name: str) -> None:
    lay(here / name)
    error = refused(name)
    assert "by which no body can be called" in error.message
    assert "--bodies LIST.yaml" in error.advice
    assert named(name, 甲=name) == {"甲": Path(name)}


def test_the_root_of_the_disk_has_no_name() -> None:
    with pytest.raises(UsageError, match="by which no body can be called"):
        bodies_of([Path("/")])


def test_files_whose_names_are_no_text_are_named(here: Path) -> None:
    folder = lay(here / "a")
    (folder / os.fsdecode(b"other\xff.yaml")).write_text("a: 1\n", encoding="utf-8")
    (body,) = bodies_of([folder])
    assert read(body).digests == digests(body)
    assert r"other\xff.yaml" in digests(body)
    (folder / "ledger_2020.yaml").rename(folder / os.fsdecode(b"ledger_\xff.yaml"))
    with pytest.raises(DataError, match=r"is no text in UTF-8\. Rename the file\."):
        read(body)


# Lists


def listed(text: str) -> dict[str, Path]:
    path = Path("lists") / "LIST.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_list(path)


def test_folders_of_a_list_are_named_from_its_own_on(here: Path) -> None:
    found = listed("米易县: ../counties/a\n盐边县: b\n绝对: /srv/c\n2020: d\n")
    assert found == {
        "米易县": here / "counties" / "a",
        "盐边县": here / "lists" / "b",
        "绝对": Path("/srv/c"),
        "2020": here / "lists" / "d",
    }


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("甲: [a\n", ["1:4: The bracket “[” opened here is not closed"]),
        ("- 甲\n- 乙\n", ["1:1: The file holds only a list or a text"]),
        ("{}\n", ["The list names no body. Write a line for each body: “name: folder”."]),
        ("", ["1:1: The file holds nothing"]),
        ("甲:\n", ["1:3: No folder is named for “甲”. Write a line for each body: “name: folder”."]),
        ('甲: ""\n乙: " "\n', ["1:4: No folder is named for “甲”", "2:4: No folder is named for “乙”"]),
        ("甲: {a: b}\n乙: [c]\n", ["1:4: No folder is named for “甲”", "2:4: No folder is named for “乙”"]),
        ("甲: a\n甲: b\n", ["2:1: The key “甲” stands in line 1 already."]),
        ("ABC: a\n\uff21\uff22\uff23: b\n", ["2:1: The key “\uff21\uff22\uff23” is the same as “ABC” in line 1"]),
        ('"": a\n', ["1:1: The key is blank."]),
        ("13340726111: a\n13340726111: b\n", ["2:1: The key “133****6111” stands in line 1 already."]),
    ],
)
def test_faults_of_a_list_say_where(text: str, faults: list[str]) -> None:
    with pytest.raises(DataError) as error:
        listed(text)
    said = str(error.value).splitlines()
    assert len(said) == len(faults)
    for line, fault in zip(said, faults, strict=True):
        assert line.startswith("lists/LIST.yaml")
        assert fault in line


def test_a_list_that_is_none_is_said_so(here: Path) -> None:
    with pytest.raises(DataError, match="There is no such file"):
        read_list(Path("nowhere.yaml"))
    with pytest.raises(DataError, match="This is a folder, not a file"):
        read_list(here)
