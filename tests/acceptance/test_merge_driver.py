"""The merge driver as git runs it: in merges, rebases, cherry-picks and stashes, and where it cannot run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run
from reformledger.history.merging.driver import CONFLICTS
from reformledger.history.merging.installing import driver_line
from reformledger.yamlio import read_yaml

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
]
LEDGER = "台账 数据/ledger_2020.yaml"
REPORT = "            progress:\n              - date: {day}\n                by: {by}\n                text: {text}\n"


class Repository:
    """A repository with the driver installed, its data in a folder whose name has a blank and Chinese."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / LEDGER

    def git(self, *words: str, ok: Sequence[int] = (0,), **more: str) -> str:
        name = {f"GIT_{who}_{what}": "x@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, "HOME": str(self.folder), "REFORMLEDGER_LANG": "en", **name, **more}
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in ok, done
        return done.stdout + done.stderr

    def commit(self, text: str | bytes, message: str = "x") -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def diverge(self, base: str | bytes, ours: str | bytes, theirs: str | bytes) -> None:
        """Commit a base, and on it one side on each of two branches; ours is checked out."""
        self.commit(base)
        self.git("checkout", "-qb", "theirs")
        self.commit(theirs, "theirs")
        self.git("checkout", "-q", "main")
        self.commit(ours, "ours")

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode()


@pytest.fixture
def repository(tmp_path: Path, run: Run) -> Repository:
    folder = tmp_path / '改革 it\'s "库"'
    made = Repository(folder)
    made.file.parent.mkdir(parents=True)
    made.git("init", "-qb", "main")
    assert run("merge-driver", "--install", "--data", str(made.file.parent)).code == 0
    return made


BASE = (DATA / "ledger_2020.yaml").read_text("utf-8")


def after(anchor: str, added: str, text: str = BASE) -> str:
    assert text.count(anchor) == 1, anchor
    return text.replace(anchor, anchor + added)


TASK_1 = "            outcome: 贯彻落实省《职业学校校企合作促进办法》\n            star: ☆\n"
TASK_2 = "            outcome: 按照四川省深化高考制度改革实施方案开展高考改革相关工作\n"
REPORTED = REPORT.format(day="2020-06-30", by="职成高教科", text="印发方案")
LATER = REPORT.format(day="2020-07-15", by="职成高教科", text="开展试点")
OURS, THEIRS = after(TASK_1, REPORTED), after(TASK_1, LATER)
# Two reports of one entry at the same place are a conflict to git; by day they are none.
BOTH = after(TASK_1, REPORTED + "".join(LATER.splitlines(keepends=True)[1:]))

Join = Callable[[Repository], object]
JOINS: dict[str, Join] = {
    "merge": lambda made: made.git("merge", "-q", "theirs"),
    "rebase": lambda made: made.git("rebase", "-q", "theirs"),
    "cherry-pick": lambda made: made.git("cherry-pick", "theirs"),
}


@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
def test_both_reports_are_there_by_day(repository: Repository, join: Join) -> None:
    repository.diverge(BASE, OURS, THEIRS)
    join(repository)
    assert repository.text == BOTH
    assert not repository.git("status", "--porcelain")


def test_stash_pop(repository: Repository) -> None:
    repository.commit(BASE)
    repository.file.write_text(THEIRS, "utf-8")
    repository.git("stash")
    repository.commit(OURS)
    repository.git("stash", "pop")
    assert repository.text == BOTH


CONFLICT = after(TASK_1, "            remark: 甲\n"), after(TASK_1, "            remark: 乙\n")


def test_a_conflict_is_written_named_and_kept_from_the_next_commit(repository: Repository, run: Run) -> None:
    repository.diverge(BASE, *CONFLICT)
    said = repository.git("merge", "theirs", ok=[1])
    lines = repository.text.splitlines()
    line = [text[:7] for text in lines].index("<<<<<<<") + 1
    assert f"{LEDGER}:{line}: " in said
    assert "CONFLICT (content)" in said
    assert re.search(r"^<<<<<<< ours: .*task-1.*甲.*乙", repository.text, re.MULTILINE)
    assert re.search(r"^>>>>>>> theirs: .*reformledger set ", repository.text, re.MULTILINE)
    assert "UU" in repository.git("-c", "core.quotePath=false", "status", "--porcelain")
    checked = run("check", str(repository.file))
    assert checked.code == 1
    assert checked.out.count("Unresolved merge: ") == 1
    assert f":{line}:1" in checked.out


def test_a_conflict_that_was_settled_before_is_settled_so_again(repository: Repository) -> None:
    """``git rerere`` gives the driver texts that hold markers, and asks how the same conflict was settled."""
    repository.git("config", "rerere.enabled", "true")
    repository.diverge(BASE, *CONFLICT)
    repository.git("merge", "theirs", ok=[1])
    settled = after(TASK_1, "            remark: 甲、乙\n")
    repository.commit(settled)
    repository.git("reset", "-q", "--hard", "HEAD~1")
    said = repository.git("merge", "theirs", ok=[1])  # git leaves it to a person to commit what it settled
    assert "using previous resolution" in said
    assert "no valid document" not in said
    assert repository.text == settled


def test_both_sides_added_the_file(repository: Repository) -> None:
    """Nothing tells which is newer: an entry that they have otherwise is a conflict, all else is there once."""
    repository.git("add", "-A")
    repository.git("commit", "-qm", "attributes")
    repository.git("checkout", "-qb", "theirs")
    repository.commit(THEIRS)
    repository.git("checkout", "-q", "main")
    repository.commit(BASE)
    repository.git("merge", "theirs", ok=[1])
    before, _, rest = repository.text.partition("<<<<<<< ours: ")
    conflict, _, behind = rest.partition(">>>>>>> theirs: ")
    assert "2020/task-1" in conflict.splitlines()[0]
    assert before + conflict.partition("\n")[2].partition("=======\n")[0] + behind.partition("\n")[2] == BASE
    assert "date: 2020-07-15" in conflict


def test_a_linked_worktree_and_a_submodule_are_repositories_like_any(repository: Repository, run: Run) -> None:
    repository.diverge(BASE, OURS, THEIRS)
    repository.git("worktree", "add", "-q", "../tree", "main", "--force")
    tree = Repository(repository.folder.parent / "tree")
    assert run("merge-driver", "--install", "--data", str(tree.file)).out == (
        "Installed already; there is nothing to do.\n"
    )
    tree.git("checkout", "-q", "--detach")
    tree.git("merge", "-q", "theirs")
    assert tree.text == BOTH
    above = Repository(repository.folder.parent / "above")
    above.folder.mkdir()
    above.git("init", "-q")
    above.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository.folder), "sub")
    sub = Repository(above.folder / "sub")
    sub.git("branch", "-q", "theirs", "origin/theirs")
    assert run("merge-driver", "--install", "--data", str(sub.file)).code == 0
    sub.git("merge", "-q", "theirs")
    assert sub.text == BOTH


def test_a_merge_of_merges_keeps_every_report(repository: Repository) -> None:
    """Where two branches merged each other, git first merges what both began with, by the same driver."""
    repository.diverge(BASE, OURS, THEIRS)
    main, theirs = (repository.git("rev-parse", branch).strip() for branch in ("main", "theirs"))
    remark = "            remark: 甲\n"
    repository.git("merge", "-q", theirs)
    repository.commit(repository.text.replace(TASK_2, TASK_2 + remark))
    repository.git("checkout", "-q", "theirs")
    repository.git("merge", "-q", main)
    repository.commit(repository.text.replace("date: 2020-07-15", "date: 2020-07-16"))
    repository.git("merge", "-q", "main")
    assert repository.text == BOTH.replace("date: 2020-07-15", "date: 2020-07-16").replace(TASK_2, TASK_2 + remark)


def test_line_endings_are_those_of_our_side(repository: Repository) -> None:
    repository.git("config", "core.autocrlf", "false")
    repository.diverge(BASE, OURS.replace("\n", "\r\n"), THEIRS)
    repository.git("merge", "-q", "theirs")
    assert repository.text == BOTH.replace("\n", "\r\n")


def test_directory_contacts_and_work_points_go_through_it_too(repository: Repository) -> None:
    folder = repository.file.parent
    points = (DATA / "workpoints_2020.yaml").read_text("utf-8")

    def write(also: str, contact: str, heading: str) -> None:
        names = f"kind: directory\nnames:\n  - name: 甲科\n    also:\n      - 一科\n{also}"
        contacts = f"kind: contacts\nyear: 2020\ncontacts:\n  task-1:\n    name: 张三\n{contact}"
        texts = {"directory": names, "contacts_2020": contacts, "workpoints_2020": f"{points}{heading}"}
        for name, text in texts.items():
            folder.joinpath(f"{name}.yaml").write_text(text, "utf-8")
        repository.commit(BASE)

    def read(name: str) -> Any:
        return read_yaml((folder / f"{name}.yaml").read_bytes()).data

    write("", "", "")
    repository.git("checkout", "-qb", "theirs")
    write("      - 贰科\n", "  task-3:\n    name: 李四\n", "# 他们\n")
    repository.git("checkout", "-q", "main")
    write("      - 壹科\n", "  task-2:\n    name: 王五\n", "# 我们\n")
    repository.git("merge", "-q", "theirs")
    assert read("directory")["names"] == [{"name": "甲科", "also": ["一科", "壹科", "贰科"]}]
    assert set(read("contacts_2020")["contacts"]) == {"task-1", "task-2", "task-3"}
    assert (folder / "workpoints_2020.yaml").read_text("utf-8") == f"{points}# 我们\n# 他们\n"


# Where it cannot run

FAILING = {
    "missing": None,
    "killed": "kill -9 $$",
    "exit 129": "exit 129",
    "exit 1": 'echo "Traceback (most recent call last):" >&2; exit 1',
    "exit 3, as abort on Windows": "exit 3",
}


@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING)
def test_where_it_fails_git_writes_both_sides(repository: Repository, tmp_path: Path, script: str | None) -> None:
    python = tmp_path / "it's 100%O.sh"
    if script is not None:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    repository.git("config", "merge.reformledger.driver", driver_line(str(python)))
    repository.diverge(BASE, *CONFLICT)
    said = repository.git("merge", "theirs", ok=[1])
    assert "reformledger failed, git merges by lines: " + LEDGER in said
    lines = repository.text.splitlines()
    begin, end = lines.index("<<<<<<< ours"), lines.index(">>>>>>> theirs")
    assert lines[begin + 1 : end] == ["            remark: 甲", "=======", "            remark: 乙"]


def test_where_it_fails_git_merges_what_does_not_meet(repository: Repository) -> None:
    repository.git("config", "merge.reformledger.driver", driver_line("/nowhere/python"))
    remark = "            remark: 乙\n"
    repository.diverge(BASE, OURS, after(TASK_2, remark))
    repository.git("merge", "-q", "theirs")
    assert repository.text == after(TASK_2, remark, OURS)


def test_a_side_that_does_not_load_is_left_to_git_and_not_settled(repository: Repository) -> None:
    broken = after(TASK_2, "            star: [\n")
    repository.diverge(BASE, OURS, broken)
    said = repository.git("merge", "theirs", ok=[1])
    assert f"{LEDGER}: Their side is no valid document: " in said
    assert repository.text == after(TASK_2, "            star: [\n", OURS)


def test_a_file_that_is_none_of_ours_is_merged_as_ever(repository: Repository) -> None:
    repository.file = repository.file.with_name("other.yaml")
    repository.diverge("a: 1\nb: 1\nc: 1\nd: 1\n", "a: 2\nb: 1\nc: 1\nd: 1\n", "a: 1\nb: 1\nc: 1\nd: [\n")
    repository.git("merge", "-q", "theirs")
    assert repository.text == "a: 2\nb: 1\nc: 1\nd: [\n"


def test_a_folder_of_the_repository_is_no_place_for_modules(repository: Repository) -> None:
    """Git runs the driver in the repository, which somebody sent: what lies there is not to be run."""
    marker = repository.folder / "was run"
    for name in ("reformledger.py", "yaml.py", "pathlib.py"):
        (repository.folder / name).write_text(f"open({str(marker)!r}, 'w')\n")
    repository.diverge(BASE, OURS, THEIRS)
    repository.git("merge", "-q", "theirs")
    assert repository.text == BOTH
    assert not marker.exists()


# Installed


def test_installing_says_what_it_did_once(repository: Repository, run: Run) -> None:
    attributes = repository.file.with_name(".gitattributes")
    assert attributes.read_text() == "*.yaml merge=reformledger\n*.yml merge=reformledger\n"
    again = run("merge-driver", "--install", "--data", str(repository.file.parent))
    assert (again.code, again.out) == (0, "Installed already; there is nothing to do.\n")
    assert repository.git("config", "--local", "merge.reformledger.driver") == driver_line(sys.executable) + "\n"


def test_installing_keeps_the_attributes_that_are_there(tmp_path: Path, run: Run) -> None:
    made = Repository(tmp_path / "r")
    made.file.parent.mkdir(parents=True)
    made.file.write_text(BASE, "utf-8")
    attributes = made.file.with_name(".gitattributes")
    attributes.write_bytes(b"*.yaml merge=union")
    made.git("init", "-q")
    ran = run("merge-driver", "--install", "--data", str(made.file))
    assert ran.code == 0
    assert "commit it" in ran.out
    assert attributes.read_bytes() == b"*.yaml merge=union\n*.yaml merge=reformledger\n*.yml merge=reformledger\n"


def test_attributes_that_come_first_are_named(tmp_path: Path, run: Run) -> None:
    made = Repository(tmp_path / "r")
    made.file.parent.mkdir(parents=True)
    made.file.write_text(BASE, "utf-8")
    made.git("init", "-q")
    (made.folder / ".git" / "info").mkdir(exist_ok=True)
    (made.folder / ".git" / "info" / "attributes").write_text("*.yaml merge=union\n")
    ran = run("merge-driver", "--install", "--data", str(made.file))
    assert "Other attributes come before those of " in ran.out


def test_nothing_is_installed_outside_of_a_repository(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(DATA / "ledger_2020.yaml", folder)
    ran = run("merge-driver", "--install", "--data", str(folder))
    assert ran.code == 1
    assert "No git repository holds" in ran.err
    assert [path.name for path in folder.iterdir()] == ["ledger_2020.yaml"]


# By hand


def test_by_hand(tmp_path: Path, run: Run) -> None:
    names = ("base", "ours", "theirs")
    files = [tmp_path / name for name in names]
    for file, text in zip(files, (BASE, OURS, THEIRS), strict=True):
        file.write_text(text, "utf-8")
    assert run("merge-driver", *map(str, files)).code == 0
    assert [file.read_text("utf-8") for file in files] == [BASE, BOTH, THEIRS]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    for file, text in zip(files[1:], CONFLICT, strict=True):
        file.write_text(text, "utf-8")
    ran = run("merge-driver", *map(str, files), "9", "data/ledger_2020.yaml")
    assert ran.code == CONFLICTS
    assert ran.err.startswith("data/ledger_2020.yaml:")
    assert "<" * 9 + " ours: " in files[1].read_text("utf-8")


def test_wrong_usage_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("merge-driver").code == 2
    assert run("merge-driver", "--install", "x").code == 2
    missing = run("merge-driver", *(str(tmp_path / name) for name in ("a", "b", "c")))
    assert missing.code == 1
    assert not list(tmp_path.iterdir())


def test_the_line_is_one_that_a_shell_reads_as_meant() -> None:
    words = shlex.split(driver_line('/a b/it\'s "100%"/python').replace("%%", "%").split(";")[0])
    assert words[0] == '/a b/it\'s "100%"/python'
    assert words[1:5] == ["-P", "-m", "reformledger", "merge-driver"]
