"""What the files of a book held at a commit, and hold now: the same files by the same rules, as plain data."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import DATA
from histories import Revision, git, write_history
from reformledger import load_book
from reformledger.errors import DataError
from reformledger.history.difference import PlainDocument
from reformledger.history.revisions import snapshot
from reformledger.history.revisions.refusals import HistoryError, State
from reformledger.history.revisions.snapshot import Snapshots, Unreadable, repository_of
from reformledger.loader import parse_file
from reformledger.sources import Sources, load_sources
from reformledger.yamlio import Tree, read_yaml
from texts import LEDGER_HEAD

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]
DAY = date(2020, 6, 30)


def ledger(*titles: str) -> bytes:
    rows = (f"          - id: task-{n}\n            title: {title}\n" for n, title in enumerate(titles, 1))
    return (LEDGER_HEAD + "".join(rows)).encode()


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def opened() -> Iterator[Callable[..., Snapshots]]:
    """Yield what opens the history of the files in some paths; it is closed behind the test."""
    found = []

    def opening(*paths: Path) -> Snapshots:
        sources = Sources(paths, "named")
        found.append(repository_of(sources))
        return Snapshots(found[-1], sources)

    yield opening
    for each in found:
        each.close()


Opened = Callable[..., Snapshots]


def made(folder: Path, *states: Mapping[str, bytes | None]) -> Path:
    """Make a repository whose commits change these files, one a day; return its folder."""
    write_history(folder, [Revision(DAY + timedelta(days=n), files) for n, files in enumerate(states)])
    return folder


def at(history: Snapshots, word: str = "HEAD") -> list[str]:
    return list(history.at(history._repository.resolve(word)))


def read(history: Snapshots, word: str = "HEAD") -> snapshot.Documents:
    return history.documents_at(history._repository.resolve(word))


# Which files are ours


def test_the_same_files_are_ours_as_on_the_disk(tmp_path: Path, opened: Opened) -> None:
    files = {
        "data/ledger_2020.yaml": ledger("甲"),
        "data/台账.yml": b"# 2021\n" + ledger("乙").replace(b"2020", b"2021"),
        "data/compose.yaml": b"services: {}\n",
        "data/kinds.yaml": b"kind: Ledgers of others\n",
        "data/.ledger_2020.yaml": ledger("丙"),
        "data/ledger_2020~.yaml": ledger("丙"),
        "data/notes.txt": b"kind: ledger\n",
        "data/deeper/ledger_2022.yaml": ledger("丙"),
        "ledger_2019.yaml": ledger("丙"),
    }
    history = opened(made(tmp_path, dict(files)) / "data")
    loaded = load_sources(Sources((tmp_path / "data",), "named"))
    wanted = sorted(f"data/{document.path.name}" for document in loaded.documents)
    assert wanted == ["data/ledger_2020.yaml", "data/台账.yml"]
    assert at(history) == wanted
    assert [document.name for document in history.of_files().documents] == wanted
    assert history.paths == ("data",)


def test_at_the_top_of_a_repository_they_are_the_same(tmp_path: Path, opened: Opened) -> None:
    broken = b"kind: ledger\nyear: 2020\nyear: 2021\n"
    files = {
        ".ledger_2020.yaml": broken,
        "~ledger_2020.yaml": broken,
        "a.yaml": b"x: y\n",
        "ledger_2020.yaml": b"x: y\n",
    }
    history = opened(made(tmp_path, dict(files)))
    assert at(history) == ["ledger_2020.yaml"]
    ((_name, fault, _is_here),) = read(history).unreadable
    assert fault.file == f"{history._repository.head.short}:./ledger_2020.yaml"


def test_what_was_not_there_yet_is_no_fault(tmp_path: Path, opened: Opened) -> None:
    states: list[Mapping[str, bytes | None]] = [
        {"README": b""},
        {"data/README": b""},
        {"data/ledger_2020.yaml": ledger("甲")},
        {"data/ledger_2020.yaml": None},
    ]
    history = opened(made(tmp_path, *states) / "data")
    assert [at(history, f"HEAD~{back}") for back in (3, 2, 1, 0)] == [[], [], ["data/ledger_2020.yaml"], []]
    assert history.of_files() == ((), (), (), ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["."], ["ledger_2020.yaml"]),
        (["a"], ["a/ledger_2020.yaml"]),
        (["a", "b"], ["a/ledger_2020.yaml", "b/ledger_2020.yaml"]),
        (["b/ledger_2020.yaml"], ["b/ledger_2020.yaml"]),
        (["b", "b/ledger_2020.yaml"], ["b/ledger_2020.yaml"]),
        (["b/other.yaml"], ["b/other.yaml"]),
        ([".c"], [".c/ledger_2020.yaml"]),
    ],
)
def test_files_and_folders_are_named_from_the_top(
    tmp_path: Path, opened: Opened, asked: list[str], found: list[str]
) -> None:
    names = [f"{folder}ledger_2020.yaml" for folder in ("", "a/", "b/", ".c/")]
    made(tmp_path, {**{name: ledger("甲") for name in names}, "b/other.yaml": b"a: b\n"})
    history = opened(*(tmp_path / name for name in asked))
    assert at(history) == found
    now = history.of_files()
    assert [*(each.name for each in now.documents), *(each.name for each in now.unreadable)] == found


def test_a_file_named_by_itself_must_be_one_of_ours(tmp_path: Path, opened: Opened) -> None:
    history = opened(made(tmp_path, {"other.yaml": b"a: b\n"}) / "other.yaml")
    for found in (read(history), history.of_files()):
        ((name, fault, _is_here),) = found.unreadable
        assert name == "other.yaml"
        assert fault.message == "The document does not say what it is."


@pytest.mark.skipif(os.name == "nt", reason="Windows wants a right for symbolic links")
def test_symbolic_links_are_followed_within_the_repository(tmp_path: Path, opened: Opened) -> None:
    made(tmp_path / "r", {"kept/2020.yaml": ledger("甲"), "README": b""})
    folder = tmp_path / "r"
    (folder / "data").mkdir()
    links = {"data/ledger_2020.yaml": "../kept/2020.yaml", "data/contacts_1.yaml": "/etc/hostname", "linked": "data"}
    links |= {"data/contacts_2.yaml": "contacts_2.yaml", "data/contacts_3.yaml": "../../out.yaml"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (tmp_path / "out.yaml").write_bytes(ledger("乙"))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "links")
    history = opened(folder / "linked")
    assert history.paths == ("data",)
    found = read(history)
    assert [document.name for document in found.documents] == ["data/ledger_2020.yaml"]
    assert [each.name for each in found.unreadable] == [f"data/contacts_{n}.yaml" for n in (1, 2, 3)]


# What they held


def test_data_are_those_that_the_bytes_say(tmp_path: Path, opened: Opened) -> None:
    states: list[Mapping[str, bytes | None]] = [
        {"ledger_2020.yaml": ledger("甲")},
        {"ledger_2020.yaml": ledger("甲", "乙")},
    ]
    history = opened(made(tmp_path, *states))
    for word, state in zip(("HEAD~1", "HEAD"), states, strict=True):
        content = state["ledger_2020.yaml"]
        assert content
        wanted = PlainDocument("ledger_2020.yaml", "ledger", dict(read_yaml(content).data))  # type: ignore[arg-type]
        assert read(history, word) == ((wanted,), (), (), ())
    assert read(history).documents == history.of_files().documents


def test_each_content_is_read_once(tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0

    def counted(path: Path, reads: Callable[[Path], bytes]) -> Tree:
        nonlocal count
        count += 1
        return parse_file(path, reads)

    monkeypatch.setattr("reformledger.history.revisions.snapshot.parse_file", counted)
    states = [{"README": b"%d" % n, "a.yaml": ledger("甲"), "b.yaml": b"x: y"} for n in range(5)]
    history = opened(made(tmp_path, *states))
    for back in range(5):
        read(history, f"HEAD~{back}")
    assert count == 1


def test_not_more_than_a_bound_is_remembered(tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_MOST", 3 * len(ledger("甲0")))
    history = opened(made(tmp_path, *({"ledger_2020.yaml": ledger(f"甲{n}")} for n in range(9))))
    for back in range(9):
        assert len(read(history, f"HEAD~{back}").documents) == 1
    assert len(history._kept) == 3
    monkeypatch.setattr(snapshot, "_MOST", 0)
    read(history)
    assert len(history._kept) == 1


def test_what_does_not_read_is_named_by_its_commit(tmp_path: Path, opened: Opened) -> None:
    broken = b"kind: ledger\nyear: 2020\nyear: 2021\n"
    history = opened(made(tmp_path, {"data/ledger_2020.yaml": broken, "data/ledger_2021.yaml": ledger("甲")}) / "data")
    found = read(history)
    assert [document.name for document in found.documents] == ["data/ledger_2021.yaml"]
    short = git(tmp_path, "rev-parse", "--short", "HEAD").strip()
    ((name, fault, _is_here),) = found.unreadable
    assert name == "data/ledger_2020.yaml"
    assert str(fault).startswith(f"{short}:data/ledger_2020.yaml:3:1: ")


def test_a_file_larger_than_is_read_is_not(tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reformledger.history.revisions.revision.FILE", 100)
    history = opened(made(tmp_path, {"ledger_2020.yaml": ledger("甲")}))
    ((_name, fault, _is_here),) = read(history).unreadable
    assert fault.message.startswith("The file has ")


def test_a_file_in_conflict_is_named_and_the_revisions_are_read(tmp_path: Path, opened: Opened) -> None:
    folder = made(tmp_path, {"ledger_2020.yaml": ledger("甲")}, {"ledger_2020.yaml": ledger("乙")})
    git(folder, "checkout", "-q", "-b", "side", "HEAD~1")
    (folder / "ledger_2020.yaml").write_bytes(ledger("丙"))
    git(folder, "commit", "-q", "-a", "-m", "side")
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, "merge", "-q", "main")
    history = opened(folder)
    assert len(read(history).documents) == 1
    ((name, fault, _is_here),) = history.of_files().unreadable
    assert name == "ledger_2020.yaml"
    assert "merge" in fault.message


# The files now


def test_what_git_is_told_to_ignore_is_in_no_revision(tmp_path: Path, opened: Opened) -> None:
    contacts = b"kind: contacts\nyear: 2020\ncontacts: {}\n"
    folder = made(tmp_path, {".gitignore": b"contacts_*\n", "data/ledger_2020.yaml": ledger("甲")})
    (folder / "data" / "contacts_2020.yaml").write_bytes(contacts)
    (folder / "data" / "ledger_2021.yaml").write_bytes(ledger("乙"))
    history = opened(folder / "data")
    now = history.of_files()
    assert [document.name for document in now.documents] == ["data/ledger_2020.yaml", "data/ledger_2021.yaml"]
    assert now.left_out == ("data/contacts_2020.yaml",)
    (note,) = now.notes
    assert note.startswith("data/contacts_2020.yaml is left out: git is told to ignore it")
    git(folder, "add", "-f", "data/contacts_2020.yaml")
    assert history.of_files().left_out == ()


def test_what_a_sparse_checkout_leaves_out_is_not_gone(tmp_path: Path, opened: Opened) -> None:
    folder = made(tmp_path, {f"data/ledger_{year}.yaml": ledger(f"{year}") for year in (2020, 2021, 2022)})
    git(folder, "sparse-checkout", "set", "--no-cone", "data/ledger_2020.yaml", "data/ledger_2022.yaml")
    (folder / "data" / "ledger_2022.yaml").unlink()
    assert os.listdir(folder / "data") == ["ledger_2020.yaml"]  # noqa: PTH208 - names suffice
    history = opened(folder / "data")
    names = ["data/ledger_2020.yaml", "data/ledger_2021.yaml"]
    assert [document.name for document in history.of_files().documents] == names
    assert history.of_files().documents == read(history).documents[:2]
    assert list(history.contents_of_files()) == names


def test_contacts_that_may_not_be_read_are_not_taken_for_gone(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = b"kind: contacts\nyear: 2020\ncontacts: {}\n"
    history = opened(made(tmp_path, {"ledger_2020.yaml": ledger("甲"), "contacts_2020.yaml": contacts}))
    reads = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "contacts_2020.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    now = history.of_files()
    assert [document.name for document in now.documents] == ["ledger_2020.yaml"]
    assert [each.name for each in now.unreadable] == ["contacts_2020.yaml"]


def test_data_in_two_repositories_have_no_history_in_common(tmp_path: Path) -> None:
    folders = [made(tmp_path / name, {"ledger_2020.yaml": ledger("甲")}) for name in ("a", "b")]
    with pytest.raises(HistoryError) as caught:
        repository_of(Sources(tuple(folders), "named"))
    assert caught.value.state is State.OTHER_REPOSITORY
    assert str(folders[1]) in caught.value.message


# Books


def test_the_book_of_a_revision_is_that_of_its_files(tmp_path: Path, opened: Opened) -> None:
    files: dict[str, bytes | None] = {f"data/{file.name}": file.read_bytes() for file in DATA.glob("*.yaml")}
    changed = DATA.joinpath("ledger_2020.yaml").read_bytes().replace("完善".encode(), "健全".encode())
    history = opened(made(tmp_path, files, {"data/ledger_2020.yaml": changed}) / "data")
    old, shipped = history.book_at(history._repository.resolve("HEAD~1")), load_book(DATA)
    assert [entry.data for entry in old.entries] == [entry.data for entry in shipped.entries]
    new = history.book_at(history._repository.head)
    assert [entry.data for entry in new.entries] != [entry.data for entry in old.entries]
    assert [entry.data for entry in new.entries] == [entry.data for entry in load_book(tmp_path / "data").entries]


def test_faults_of_a_book_are_named_by_the_revision(tmp_path: Path, opened: Opened) -> None:
    invalid = ledger("甲") + b"            colour: red\n"
    history = opened(made(tmp_path, {"data/ledger_2020.yaml": invalid}) / "data")
    with pytest.raises(DataError) as caught:
        history.book_at(history._repository.head)
    short = history._repository.head.short
    assert str(caught.value).startswith(f"{short}:data/ledger_2020.yaml:11:13: ")
    assert len(read(history).documents) == 1, "that need not be valid to be compared"


def test_a_revision_without_data_has_no_book(tmp_path: Path, opened: Opened) -> None:
    history = opened(made(tmp_path, {"README": b""}, {"data/ledger_2020.yaml": ledger("甲")}) / "data")
    with pytest.raises(DataError, match="There is no such file"):
        history.book_at(history._repository.resolve("HEAD~1"))


# Partial clones


def cloned(folder: Path, what: str) -> Path:
    """Return a partial clone of a repository, whose files are checked out where they are not left behind, too."""
    for key in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        git(folder, "config", key, "true")
    git(folder.parent, "clone", "-q", f"--filter={what}", folder.as_uri(), "partial")
    return folder.parent / "partial"


def test_content_that_a_partial_clone_left_behind_is_named_and_never_fetched(tmp_path: Path, opened: Opened) -> None:
    states = [{"data/ledger_2020.yaml": ledger(f"甲{n}"), "data/b.yaml": ledger(f"乙{n}")} for n in range(2)]
    history = opened(cloned(made(tmp_path / "r", *states), "blob:none") / "data")
    assert len(read(history).documents) == 2
    before = read(history, "HEAD~1")
    assert before.documents == ()
    assert [each.name for each in before.unreadable] == ["data/b.yaml", "data/ledger_2020.yaml"]
    for name, fault, is_here in before.unreadable:
        assert not is_here
        assert fault.file.endswith(f":{name}")
        assert fault.message == "The content is not here: this clone is partial, and nothing is fetched on its own."
        assert fault.advice == "Fetch all of it once: git fetch --refetch --no-filter"
    with pytest.raises(DataError, match="this clone is partial"):
        history.book_at(history._repository.resolve("HEAD~1"))
    git(tmp_path / "partial", "fetch", "-q", "--refetch", "--no-filter")
    assert len(read(history, "HEAD~1").documents) == 2


def test_lists_of_files_that_a_partial_clone_left_behind(tmp_path: Path, opened: Opened) -> None:
    states = [{"data/ledger_2020.yaml": ledger(f"甲{n}")} for n in range(2)]
    history = opened(cloned(made(tmp_path / "r", *states), "tree:0") / "data")
    assert len(read(history).documents) == 1
    with pytest.raises(HistoryError) as caught:
        read(history, "HEAD~1")
    assert caught.value.state is State.NOT_HERE
    with pytest.raises(HistoryError) as caught:
        list(history._repository.commits(paths=history.paths))
    assert caught.value.state is State.NOT_HERE


def test_content_that_is_damaged_is_named(tmp_path: Path, opened: Opened) -> None:
    folder = made(tmp_path, {"README": b""})
    (folder / "ledger_2020.yaml").write_bytes(ledger("甲"))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "c")
    history = opened(folder)
    (oid,) = history.at(history._repository.head).values()
    (folder / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    found = history.document("ledger_2020.yaml", oid, history._repository.head)
    assert isinstance(found, Unreadable)
    assert found.fault.message == "The content is missing in the repository, or damaged there."
    assert "git fsck" in found.fault.advice
