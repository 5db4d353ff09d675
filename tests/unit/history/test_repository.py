"""The repository that data are in: which commits there are, which one is meant, and each state that it may be in."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from histories import Revision, git, loose, loosen, write_history
from reformledger.errors import ReformLedgerError, UsageError
from reformledger.files.plumbing import Git, Objects, program
from reformledger.history.revisions.commits import read_commit
from reformledger.history.revisions.refusals import HistoryError, State
from reformledger.history.revisions.repository import Repository
from reformledger.model.life import BEIJING

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]
DAY = date(2020, 6, 30)
LEDGER = "data/ledger_2020.yaml"
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The tree without files, which git knows everywhere."""


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the configuration of whoever runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))


def line(length: int) -> list[Revision]:
    """Return so many commits, one a day, each of which changes the ledger."""
    return [Revision(DAY + timedelta(days=n), {LEDGER: f"n: {n}\n".encode()}, subject=f"c{n}") for n in range(length)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository of three commits."""
    write_history(tmp_path / "r", line(3))
    return tmp_path / "r"


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Repository]]:
    """Yield what opens the repository of a folder; it is closed behind the test."""
    found: list[Repository] = []

    def opening(of: Path) -> Repository:
        found.append(Repository.of(of))
        return found[-1]

    yield opening
    for each in found:
        each.close()


Opened = Callable[[Path], Repository]


def subjects(repository: Repository, *paths: str) -> list[str]:
    return [commit.subject for commit in repository.commits(paths=paths)]


def refusal(of: Path) -> HistoryError:
    with pytest.raises(HistoryError) as caught:
        Repository.of(of)
    return caught.value


# Commits


def test_commits_come_newest_first_with_what_they_say(folder: Path, opened: Opened) -> None:
    repository = opened(folder / "data")
    newest, middle, oldest = repository.commits()
    assert (newest.subject, middle.subject, oldest.subject) == ("c2", "c1", "c0")
    assert newest.author == "政策法规科"
    assert newest.committed == datetime(2020, 7, 2, 12, 0, 3, tzinfo=BEIJING)
    assert newest.day == date(2020, 7, 2)
    assert newest.id == git(folder, "rev-parse", "HEAD").strip()
    assert newest.short == git(folder, "rev-parse", "--short", "HEAD").strip()
    assert newest.tree == git(folder, "rev-parse", "HEAD^{tree}").strip()
    assert (newest.parents, oldest.parents) == ((middle.id,), ())


def test_only_those_that_changed_the_paths_are_listed_and_joined(tmp_path: Path, opened: Opened) -> None:
    changes = [{LEDGER: b"1"}, {"README": b"1"}, {LEDGER: b"2"}, {"README": b"2"}]
    write_history(tmp_path, [Revision(DAY, files, subject=f"c{n}") for n, files in enumerate(changes)])
    repository = opened(tmp_path)
    newer, older = repository.commits(paths=["data"])
    assert (newer.subject, older.subject) == ("c2", "c0")
    assert newer.parents == (older.id,)


def test_a_path_is_taken_as_it_is_written(tmp_path: Path, opened: Opened) -> None:
    files = ["*.yaml", ":(exclude)a", "-a", "台账 2020.yaml", "b.yaml"]
    write_history(tmp_path, [Revision(DAY, {name: b"1"}, subject=name) for name in files])
    repository = opened(tmp_path)
    for name in files:
        assert subjects(repository, name) == [name]
    assert subjects(repository, ".") == files[::-1]


def test_a_merge_has_both_parents_and_children_come_before_parents(tmp_path: Path, opened: Opened) -> None:
    revisions = [
        Revision(DAY, {LEDGER: b"0"}, subject="base"),
        Revision(DAY, {LEDGER: b"1"}, subject="left"),
        Revision(DAY - timedelta(days=9), {"data/contacts_2020.yaml": b"1"}, subject="right", parents=[0]),
        Revision(DAY, {"data/contacts_2020.yaml": b"1"}, subject="merge", parents=[1, 2]),
    ]
    write_history(tmp_path, revisions)
    repository = opened(tmp_path)
    found = list(repository.commits(paths=["data"]))
    merge = found[0]
    assert merge.subject == "merge"
    assert len(merge.parents) == 2
    place = {commit.id: number for number, commit in enumerate(found)}
    assert all(place[parent] > place[commit.id] for commit in found for parent in commit.parents)


def test_of_two_branches_the_newest_comes_first(tmp_path: Path, opened: Opened) -> None:
    parents = [(), (0,), (0,), (1,), (3, 2)]
    write_history(
        tmp_path,
        [
            Revision(DAY + timedelta(days=n), {"a": str(n).encode()}, subject=f"c{n}", parents=before)
            for n, before in enumerate(parents)
        ],
    )
    assert [commit.subject for commit in opened(tmp_path).commits()] == ["c4", "c3", "c2", "c1", "c0"]


def test_who_stops_reading_leaves_no_git_running(folder: Path, opened: Opened) -> None:
    commits = opened(folder).commits()
    assert next(commits).subject == "c2"
    del commits  # a process left behind is a ResourceWarning, and warnings fail tests


@pytest.mark.parametrize(
    ("raw", "author", "subject"),
    [
        (b"tree 1\nauthor \xd5\xc5\xc8\xfd <z@x> 1 +0800\nencoding GBK\n\n\xb8\xc4\n", "张三", "改"),
        (b"tree 1\nauthor \xff\xfe <z@x> 1 +0800\n\n\xff\n", "��", "�"),
        (b"tree 1\nauthor a <z@x> 1 +0800\nencoding no-such\n\n\xe6\x94\xb9\n", "a", "改"),
        (b"tree 1\nauthor a <z@x> 1 +0800\nencoding hex\n\n\xe6\x94\xb9\n", "a", "改"),
        (b"tree 1\nauthor a <z@x> 1 +0800\nencoding \x00\n\nb\n", "a", "b"),
        (b"tree 1\nauthor a <z@x> 1 +0800\nencoding idna\n\nb\xff\n", "a", "b�"),
        (b"tree 1\n\nb\n\nc\n", "", "b"),
        (b"tree 1\nauthor\n\n", "", ""),
        (b"", "", ""),
        (b"tree 1\ngpgsig -----BEGIN\n author x <y> 9 +0\n author\nauthor a b <z@x> 1 +0800\n\nc\nd\n", "a b", "c d"),
        (b"tree 1\nauthor a <<z>@x> 1 +0800\n\n\n\nb\n", "a", "b"),
    ],
    ids=range(11),
)
def test_whatever_a_commit_says_of_itself_is_read(raw: bytes, author: str, subject: str) -> None:
    commit = read_commit("1", "1", (), raw)
    assert (commit.author, commit.subject) == (author, subject)


@pytest.mark.parametrize("moment", [b"", b"x +0800", b"99999999999999999999 +0800", b"<> +0800"])
def test_a_commit_that_says_no_moment_is_as_old_as_git_takes_it(moment: bytes) -> None:
    commit = read_commit("1", "1", (), b"tree 1\ncommitter a <z@x> " + moment + b"\n\nb\n")
    assert commit.committed == datetime(1970, 1, 1, 8, tzinfo=BEIJING)


# Which commit is meant


@pytest.mark.parametrize("word", ["HEAD", "main", "HEAD~0", "@", "v1", "HEAD^{/c2}", ":/c2", "refs/heads/main"])
def test_a_word_names_the_commit_that_git_finds(folder: Path, opened: Opened, word: str) -> None:
    git(folder, "tag", "-a", "v1", "-m", "t")
    assert opened(folder).resolve(word).subject == "c2"


def test_an_id_and_its_beginning_name_a_commit(folder: Path, opened: Opened) -> None:
    repository = opened(folder)
    oldest = list(repository.commits())[-1]
    assert repository.resolve(oldest.id) == oldest
    assert repository.resolve(oldest.short) == oldest
    assert repository.head.subject == "c2"


@pytest.mark.parametrize(
    "word",
    ["", "nope", "nope~3", "^HEAD", "HEAD^{tree}", f"HEAD:{LEDGER}", "a\0b", "2020-09-30", "HEAD --all", "0" * 40],
)
def test_a_word_that_names_no_commit(folder: Path, opened: Opened, word: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(folder).resolve(word)
    assert caught.value.message == f"There is no revision “{word}”."
    assert "HEAD~1" in caught.value.advice
    assert "--since" in caught.value.advice


@pytest.mark.parametrize(("word", "start"), [("HEAD~3", "HEAD"), ("main^^^", "main"), ("@~1~9", "@")])
def test_a_revision_before_the_first(folder: Path, opened: Opened, word: str, start: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(folder).resolve(word)
    assert caught.value.message == f"There is no revision “{word}”: so many commits are not before {start}."
    assert "reformledger log" in caught.value.advice


@pytest.mark.parametrize("word", ["-n", "--all", "--output=x", "-"])
def test_a_word_that_looks_like_an_option_is_none(folder: Path, opened: Opened, word: str) -> None:
    with pytest.raises(UsageError, match="none begins with “-”"):
        opened(folder).resolve(word)
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("word", "typed"),
    [("HEAD~2..HEAD", "HEAD~2 HEAD"), ("a...b", "a b"), ("HEAD~1..", "HEAD~1 HEAD"), ("..v", "HEAD v")],
)
def test_a_range_is_two_words(folder: Path, opened: Opened, word: str, typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(folder).resolve(word)
    assert caught.value.advice == f"Type: {typed}"


def test_the_beginning_of_several_ids_is_too_short(folder: Path, opened: Opened) -> None:
    seen: dict[str, bytes] = {}
    for number in count():
        raw = f"tree {EMPTY}\nauthor a <b> {number} +0800\ncommitter a <b> {number} +0800\n\nc\n".encode()
        start = hashlib.sha1(b"commit %d\0" % len(raw) + raw).hexdigest()[:4]
        if start in seen:
            break
        seen[start] = raw
    for each in (raw, seen[start]):
        git(folder, "hash-object", "-t", "commit", "-w", "--stdin", given=each)
    with pytest.raises(UsageError, match="More than one id begins with"):
        opened(folder).resolve(start)


@pytest.mark.parametrize(
    ("day", "subject"), [(DAY, "c0"), (DAY + timedelta(days=1), "c1"), (date(2031, 1, 1), "c2"), (date.max, "c2")]
)
def test_the_commit_of_a_day_is_the_last_made_by_its_end(folder: Path, opened: Opened, day: date, subject: str) -> None:
    commit = opened(folder).commit_of_day(day)
    assert commit is not None
    assert commit.subject == subject


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), date(1969, 12, 31), date.min])
def test_before_the_first_commit_there_is_none(folder: Path, opened: Opened, day: date) -> None:
    assert opened(folder).commit_of_day(day) is None


@pytest.mark.parametrize(("moment", "day"), [("2020-06-30T15:59:59Z", 30), ("2020-06-30T16:00:00Z", 31)])
def test_a_day_ends_in_beijing(tmp_path: Path, opened: Opened, moment: str, day: int) -> None:
    """Whatever the time zone of whoever committed: 16:00 in Greenwich is midnight in Beijing."""
    git(tmp_path, "init", "-q")
    seconds = int(datetime.fromisoformat(moment).astimezone(UTC).timestamp())
    stream = f"commit refs/heads/main\ncommitter a <b> {seconds} -0700\ndata 1\nx\n"
    git(tmp_path, "fast-import", "--quiet", given=stream.encode())
    git(tmp_path, "symbolic-ref", "HEAD", "refs/heads/main")
    repository = opened(tmp_path)
    assert (repository.commit_of_day(date(2020, 6, 30)) is not None) == (day == 30)
    assert repository.commit_of_day(date(2020, 7, 1)) is not None


def test_what_others_made_elsewhere_is_of_the_day_of_its_merge(tmp_path: Path, opened: Opened) -> None:
    revisions = [
        Revision(DAY, {LEDGER: b"0"}, subject="base"),
        Revision(DAY + timedelta(days=1), {"a": b"1"}, subject="here"),
        Revision(DAY + timedelta(days=2), {"b": b"1"}, subject="elsewhere", parents=[0]),
        Revision(DAY + timedelta(days=5), {"b": b"1"}, subject="merge", parents=[1, 2]),
    ]
    write_history(tmp_path, revisions)
    commit = opened(tmp_path).commit_of_day(DAY + timedelta(days=3))
    assert commit is not None
    assert commit.subject == "here"


# Objects


def test_objects_are_asked_one_by_one(folder: Path) -> None:
    blob = git(folder, "rev-parse", f"HEAD:{LEDGER}").strip()
    with closing(Objects(Git(folder))) as objects:
        for _again in range(2):
            found = objects.get(blob)
            assert found == (blob, "blob", 5, b"n: 2\n")
            assert objects.get("1" * 40) is None
        assert objects.get(blob, most=4) == (blob, "blob", 5, None)
        assert objects.get(blob, most=5) == found
        assert objects.get(f"HEAD:{LEDGER}") == found
        assert objects.get("HEAD:data/no such") is None
        assert objects.get("HEAD~9") is None
        assert objects.get(f"{blob}\n{blob}") is None
        assert objects.get("HEAD") != found


@pytest.mark.parametrize("content", [b"no zlib", b""])
def test_a_damaged_object_is_no_end_of_asking(folder: Path, opened: Opened, content: bytes) -> None:
    loosen(folder)
    blob, other = (git(folder, "rev-parse", f"{revision}:{LEDGER}").strip() for revision in ("HEAD", "HEAD~1"))
    loose(folder, blob).chmod(0o600)
    loose(folder, blob).write_bytes(content)
    repository = opened(folder)
    assert repository.object_of(blob) is None
    assert repository.object_of(other) == (other, "blob", 5, b"n: 1\n")


# States


def test_a_worktree_a_submodule_and_a_detached_head_are_read(folder: Path, tmp_path: Path, opened: Opened) -> None:
    git(folder, "worktree", "add", "-q", "--detach", str(tmp_path / "w"), "HEAD~1")
    assert subjects(opened(tmp_path / "w" / "data")) == ["c1", "c0"]
    write_history(tmp_path / "above", [Revision(DAY, {"a": b"1"}, subject="above")])
    added = ("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(folder), "台 账")
    git(tmp_path / "above", *added)
    repository = opened(tmp_path / "above" / "台 账" / "data")
    assert subjects(repository) == ["c2", "c1", "c0"]
    assert repository.top == (tmp_path / "above" / "台 账").resolve()
    assert repository.notes == []


def test_a_folder_that_is_gone_is_asked_of_all_the_same(folder: Path, opened: Opened) -> None:
    shutil.rmtree(folder / "data")
    assert subjects(opened(folder / "data" / "ledger_2020.yaml")) == ["c2", "c1", "c0"]


def test_a_name_with_blanks_quotes_and_line_breaks(tmp_path: Path, opened: Opened) -> None:
    name = "台 账'\"%s" if sys.platform == "win32" else "台 账'\"%s\n"
    write_history(tmp_path / name, line(1))
    repository = opened(tmp_path / name / "data")
    assert repository.top == (tmp_path / name).resolve()
    assert repository.notes == []
    assert subjects(repository, "data") == ["c0"]


def test_a_repository_with_long_names_is_read(tmp_path: Path, opened: Opened) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / "data").mkdir()
    (tmp_path / LEDGER).write_text("n: 1\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "c")
    repository = opened(tmp_path)
    assert len(repository.head.id) == 64
    assert repository.resolve(repository.head.id[:9]) == repository.head


def test_files_in_conflict_do_not_keep_the_revisions_from_being_read(folder: Path, opened: Opened) -> None:
    git(folder, "checkout", "-q", "-b", "side", "HEAD~1")
    (folder / LEDGER).write_text("n: side\n")
    git(folder, "commit", "-q", "-a", "-m", "side")
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, "merge", "-q", "main")
    assert git(folder, "ls-files", "-u")
    assert subjects(opened(folder), "data") == ["side", "c1", "c0"]


def test_a_shallow_clone_is_read_and_says_where_it_begins(folder: Path, tmp_path: Path, opened: Opened) -> None:
    git(tmp_path, "clone", "-q", "--depth=2", folder.as_uri(), "shallow")
    repository = opened(tmp_path / "shallow")
    newest, first = repository.commits()
    assert first.parents == ()
    assert repository.beginnings == {first.id}
    (note,) = repository.notes
    assert note.startswith(f"This clone is shallow: its history begins at {first.short}.")
    assert "git fetch --unshallow" in note
    with pytest.raises(UsageError, match="git fetch --unshallow"):
        repository.resolve("HEAD~2")
    assert repository.resolve("HEAD~1") == first
    assert newest.parents == (first.id,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_what_is_no_file_keeps_nobody_waiting(folder: Path, opened: Opened) -> None:
    os.mkfifo(folder / ".git" / "shallow")
    assert opened(folder).beginnings == frozenset()


def test_a_bare_repository_holds_no_files(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(folder), "b.git")
    for where in (tmp_path / "b.git", folder / ".git"):
        error = refusal(where)
        assert error.state is State.BARE
        assert "git clone" in error.advice


def test_nothing_committed_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    error = refusal(tmp_path)
    assert error.state is State.UNBORN
    assert error.message.startswith("Nothing is committed yet in ")


def test_no_repository_at_all(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert error.state is State.NO_REPOSITORY
    assert str(error).startswith(f"No git repository holds {tmp_path.as_posix()},")


def test_no_git_at_all(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = refusal(folder)
    assert error.state is State.NO_GIT
    assert "Install git" in error.advice


def test_a_git_that_lies_where_one_works_is_not_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = folder / ("git.exe" if sys.platform == "win32" else "git")
    fake.write_text("#!/bin/sh\ntouch ran\n")
    fake.chmod(0o755)
    monkeypatch.chdir(folder)
    real = program()
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(Path(real).parent)]))
    assert program() == real
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert refusal(folder).state is State.NO_GIT
    assert not (folder / "ran").exists()


@pytest.mark.parametrize("damage", ["HEAD", "config"])
def test_a_damaged_repository_is_named(folder: Path, damage: str) -> None:
    (folder / ".git" / damage).write_text("[zzz\n")
    error = refusal(folder)
    assert error.state is State.BROKEN
    assert "git fsck" in error.advice


def test_a_repository_that_says_its_files_are_elsewhere_is_named(folder: Path, tmp_path: Path) -> None:
    git(folder, "config", "core.worktree", str(tmp_path))
    with pytest.raises(HistoryError) as caught:
        Repository.of(folder)
    assert caught.value.state is State.BROKEN


def test_a_worktree_whose_repository_is_gone_is_damaged(folder: Path, tmp_path: Path) -> None:
    git(folder, "worktree", "add", "-q", "--detach", str(tmp_path / "w"))
    folder.rename(tmp_path / "elsewhere")
    error = refusal(tmp_path / "w")
    assert error.state is State.BROKEN


def test_a_history_with_a_hole_is_not_read_as_if_it_ended_there(folder: Path, opened: Opened) -> None:
    loosen(folder)
    loose(folder, git(folder, "rev-parse", "HEAD~1").strip()).unlink()
    with pytest.raises(HistoryError) as caught:
        subjects(opened(folder))
    assert caught.value.state is State.BROKEN


@pytest.mark.parametrize("extension", ["refstorage = reftable2", "noSuch = true"])
def test_a_format_that_git_is_too_old_for(folder: Path, extension: str) -> None:
    config = folder / ".git" / "config"
    text = config.read_text().replace("repositoryformatversion = 0", "repositoryformatversion = 1")
    config.write_text(f"{text}[extensions]\n\t{extension}\n")
    error = refusal(folder)
    assert error.state is State.TOO_NEW
    assert "Install a newer git." in error.advice


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only the administrator gives files away")
@pytest.mark.parametrize("owner", [("nobody", ""), (54321, "the user with the number 54321")])
def test_the_repository_of_somebody_else(folder: Path, owner: tuple[str | int, str]) -> None:
    import pwd

    who, named = owner
    number = pwd.getpwnam(who).pw_uid if isinstance(who, str) else who
    for each in (folder, folder / ".git"):
        os.chown(each, number, -1)
    error = refusal(folder / "data")
    assert error.state is State.OWNERSHIP
    assert f"{folder} belongs to {named or who}, " in error.message
    assert f"git config --global --add safe.directory {folder}" in error.advice
    git_config = ("config", "--global", "--add", "safe.directory", str(folder))
    subprocess.run(["git", *git_config], check=True, cwd=folder.parent)
    with Repository.of(folder) as repository:
        assert repository.head.subject == "c2"


def test_every_refusal_is_one_of_ours_with_advice(tmp_path: Path, folder: Path) -> None:
    error = refusal(tmp_path)
    assert isinstance(error, ReformLedgerError)
    assert error.exit_code == 1
    assert error.advice


def test_what_a_hook_inherits_does_not_change_what_is_asked_of(
    folder: Path, tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_history(tmp_path / "other", [Revision(DAY, {"a": b"1"}, subject="other")])
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert subjects(opened(folder)) == ["c2", "c1", "c0"]
    assert not (tmp_path / "trace").exists()
