"""A repository that somebody sent: whatever its configuration names, asking of its history runs and writes nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from faults import can_trace

from conftest import DATA, ROOT, Run
from histories import Revision, git, loose, loosen, write_history

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="the traps are scripts of a POSIX shell"),
]
DAY = date(2020, 6, 30)
ATTRIBUTES = b"*.yaml diff=trap filter=trap merge=trap\ncontacts*.yaml filter=process\ndirectory.yaml diff=own\n"
HOOKS = ["fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change", "post-merge", "post-rewrite"]
HOOKS += ["pre-auto-gc", "pre-commit", "push-to-checkout", "reference-transaction", "update"]
ALIASES = ["rev-list", "rev-parse", "cat-file", "ls-files", "check-ignore", "config", "log", "status"]

# Every question, in a process of its own. What commands ask, and all that the modules below them can ask.
COMMANDS = [["list"], ["check"], ["show", "task-1"], ["diff"], ["diff", "HEAD~1"], ["diff", "--since", "2020-07-01"]]
COMMANDS += [["log"], ["log", "task-1"], ["show", "task-1", "--history"]]
EVERYTHING = """
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from reformledger.errors import ReformLedgerError
from reformledger.files import git
from reformledger.history.revisions.snapshot import Snapshots, repository_of
from reformledger.sources import Sources

folder = Path(sys.argv[1])
file = folder / "ledger_2020.yaml"
sources = Sources((folder,), "named")
asked = 0
with repository_of(sources) as repository:
    history = Snapshots(repository, sources)
    commits = [*repository.commits(paths=history.paths), repository.head, repository.resolve("HEAD~1")]
    commits += [repository.commit_of_day(date(2020, 7, 1)), repository.resolve(commits[0].short)]
    for commit in commits:
        history.documents_at(commit)
        try:
            history.book_at(commit)
        except ReformLedgerError:
            pass
        asked += 1
    assert history.of_files().documents
    assert repository.is_partial
    repository.notes
assert git.tracked(folder, [file.name])
assert git.ignored(folder, [".reformledger.lock"]) is not None
assert git.head(folder)
assert git.version_at(file, "HEAD") is not None
assert len(git.versions(file, 10**9)) >= 2
git.wrote_last(file)
print(asked)
"""


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """Return the folder in which each trap that is sprung leaves a file of its name."""
    (tmp_path / "ran").mkdir()
    return tmp_path / "ran"


@pytest.fixture
def hostile(tmp_path: Path, ran: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with data, in which every key of configuration that names a program names a trap."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    folder = tmp_path / "sent"
    files: dict[str, bytes | None] = {f"data/{file.name}": file.read_bytes() for file in DATA.glob("*.yaml")}
    later = DATA.joinpath("ledger_2020.yaml").read_bytes().replace("完善".encode(), "健全".encode())
    points = DATA.joinpath("workpoints_2020.yaml").read_bytes()
    revisions = [
        Revision(DAY, {**files, ".gitattributes": ATTRIBUTES}),
        Revision(DAY + timedelta(days=1), {"data/ledger_2020.yaml": later}),
        Revision(DAY + timedelta(days=2), {"data/workpoints_2020.yaml": points + b"# at the end\n"}),
    ]
    write_history(folder, revisions)
    _leave_behind(folder)
    _sign(folder)
    _set_traps(folder, tmp_path / "traps", ran)
    # So that git, asked for the state of the files, would have to look at them again by its filters.
    for file in (folder / "data").iterdir():
        os.utime(file, (1, 1))
    return folder


def _leave_behind(folder: Path) -> None:
    """Take away what the first commit held, as a partial clone lacks it."""
    loosen(folder)
    loose(folder, git(folder, "rev-parse", "HEAD~2:data/ledger_2020.yaml").strip()).unlink()


def _sign(folder: Path) -> None:
    """Let the last commit look signed."""
    head, _blank, message = git(folder, "cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n =AAAA\n -----END PGP SIGNATURE-----"
    signed = f"{head}\n{signature}\n\n{message}".encode()
    oid = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", given=signed).strip()
    git(folder, "update-ref", "refs/heads/main", oid)


def _set_traps(folder: Path, traps: Path, ran: Path) -> None:
    hooks = traps / "hooks"
    hooks.mkdir(parents=True)

    def trap(name: str, at: Path | None = None) -> str:
        script = at or traps / name
        script.write_text(f"#!/bin/sh\necho ran > '{ran / name}'\n")
        script.chmod(0o755)
        return str(script)

    for name in HOOKS:
        trap(f"hook-{name}", hooks / name)
        trap(f"own-hook-{name}", folder / ".git" / "hooks" / name)
    keys = {
        "core.fsmonitor": trap("fsmonitor"),
        "core.hooksPath": str(hooks),
        "core.pager": trap("pager"),
        "core.editor": trap("editor"),
        "core.askPass": trap("askpass"),
        "core.sshCommand": trap("ssh"),
        "core.gitProxy": trap("proxy"),
        "core.alternateRefsCommand": trap("alternates"),
        "core.untrackedCache": "true",
        "diff.external": trap("external-diff"),
        "diff.trap.textconv": trap("textconv"),
        "diff.own.command": trap("diff-command"),
        "diff.trap.cachetextconv": "true",
        "filter.trap.clean": trap("clean"),
        "filter.trap.smudge": trap("smudge"),
        "filter.trap.required": "true",
        "filter.process.process": trap("process"),
        "filter.process.required": "true",
        "merge.trap.driver": trap("merge"),
        "gpg.program": trap("gpg"),
        "gpg.openpgp.program": trap("openpgp"),
        "log.showSignature": "true",
        "credential.helper": f"!{trap('credential')}",
        "interactive.diffFilter": trap("interactive"),
        "uploadpack.packObjectsHook": trap("pack-objects"),
        "remote.origin.url": "ssh://example.org/sent",
        "remote.origin.uploadpack": trap("uploadpack"),
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
        **{f"alias.{name}": f"!{trap(f'alias-{name}')}" for name in ALIASES},
        **{f"pager.{name}": trap(f"pager-{name}") for name in ALIASES},
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    for key, value in keys.items():
        git(folder, "config", key, value)


State = dict[str, tuple[int, int, bytes]]


def state(folder: Path) -> State:
    """Return mode, time and content of everything in a folder, that of git included."""
    found: State = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(folder).as_posix()] = (status.st_mode, status.st_mtime_ns, content)
    return found


def ask(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """Ask in a process of its own, in the folder that was sent."""
    environment = os.environ | {"XDG_STATE_HOME": str(folder.parent / "state"), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


def test_the_traps_are_sprung_by_what_people_use(hostile: Path, ran: Path) -> None:
    """Or that none is would say nothing."""
    file = "data/ledger_2020.yaml"
    for words in (
        "status",
        "log -p --show-signature",
        "diff HEAD~1 HEAD",
        f"show HEAD~2:{file}",
        f"hash-object {file}",
    ):
        command = ["git", *words.split()]
        subprocess.run(command, cwd=hostile, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    sprung = {each.name for each in ran.iterdir()}
    assert sprung >= {"fsmonitor", "clean", "smudge", "process", "textconv", "openpgp", "ssh", "external-diff"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_question_runs_nothing_and_changes_nothing(hostile: Path, ran: Path, command: list[str]) -> None:
    before = state(hostile)
    done = ask(hostile, sys.executable, "-m", "reformledger", *command, "--data", "data")
    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 1}, done.stderr.decode()
    assert list(ran.iterdir()) == []
    assert state(hostile) == before


def test_whatever_is_asked_of_a_history_runs_nothing_and_changes_nothing(hostile: Path, ran: Path) -> None:
    before = state(hostile)
    done = ask(hostile, sys.executable, "-c", EVERYTHING, "data")
    assert (done.returncode, done.stdout.split()) == (0, [b"7"]), done.stderr.decode()
    assert list(ran.iterdir()) == []
    assert state(hostile) == before


def test_nothing_but_git_is_started(hostile: Path, tmp_path: Path) -> None:
    if not can_trace():
        pytest.skip("no strace, or it may not trace here")
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=execve,connect", "-e", "signal=none"]
    done = ask(hostile, *strace, sys.executable, "-c", EVERYTHING, "data")
    assert done.returncode == 0, done.stderr.decode()
    started, *others = re.findall(r'execve\("([^"]+)".* = 0', trace.read_text())
    assert Path(started).name.startswith("python")
    assert others
    assert {Path(each).resolve() for each in others} == {Path(shutil.which("git") or "").resolve()}
    assert "connect(" not in trace.read_text()


# What people of another repository may write


@pytest.mark.parametrize("command", ["log", "log task-1", "show task-1 --history"])
def test_authors_and_subjects_cannot_dress_up_an_answer(tmp_path: Path, run: Run, command: str) -> None:
    """Colours, a cleared screen, a link, text that runs backwards, a character of no width."""
    nasty = "\x1b[31m\x1b[2J张\u202e三\x07\u200b\x9b1m [red]x[/red] \x1b]8;;http://example.org\x1b\\"
    later = DATA.joinpath("ledger_2020.yaml").read_bytes().replace("完善".encode(), "健全".encode())
    first: dict[str, bytes | None] = {f"data/{file.name}": file.read_bytes() for file in DATA.glob("*.yaml")}
    revisions = [
        Revision(DAY, first, author=nasty, subject=nasty),
        Revision(DAY, {"data/ledger_2020.yaml": later}, author=nasty, subject=nasty),
    ]
    write_history(tmp_path / "sent", revisions)
    ran = run(*command.split(), "--data", str(tmp_path / "sent" / "data"))
    assert ran.code == 0, ran.err
    assert "张" in ran.out
    assert not {each for each in ran.out + ran.err if each != "\n" and not each.isprintable() and each != "\u3000"}


# States of a repository, as the commands say them


QUESTIONS = ["log", "log task-1", "diff", "diff HEAD", "show task-1 --history"]


def sent(folder: Path, count: int = 2) -> Path:
    """Make a repository of the 2020 data with so many commits; return the folder of the data."""
    first: dict[str, bytes | None] = {f"data/{file.name}": file.read_bytes() for file in DATA.glob("*.yaml")}
    ledger = first["data/ledger_2020.yaml"] or b""
    later = [{"data/ledger_2020.yaml": ledger.replace("完善".encode(), f"健全{n}".encode())} for n in range(1, count)]
    write_history(folder, [Revision(DAY, first), *(Revision(DAY, files) for files in later)])
    return folder / "data"


def none_at_all(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    for file in DATA.glob("*.yaml"):
        shutil.copy(file, folder / "data")
    return folder / "data"


def unborn(folder: Path) -> Path:
    data = none_at_all(folder)
    git(folder, "init", "-q")
    return data


def without_files(folder: Path) -> Path:
    return sent(folder).parent / ".git"


def broken(folder: Path) -> Path:
    data = sent(folder)
    (folder / ".git" / "HEAD").write_text("nothing that git knows")
    return data


def too_new(folder: Path) -> Path:
    data = sent(folder)
    config = folder / ".git" / "config"
    text = config.read_text().replace("repositoryformatversion = 0", "repositoryformatversion = 1")
    config.write_text(f"{text}[extensions]\n\tunheardOf = true\n")
    return data


@pytest.mark.parametrize("question", QUESTIONS[:4])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (none_at_all, "No git repository holds"),
        (unborn, "Nothing is committed yet in "),
        (without_files, "it is a bare repository, or the folder in which git keeps its own."),
        (broken, "Git cannot read the repository "),
        (too_new, "has a format that this git does not know ("),
    ],
)
def test_why_there_is_no_history_is_one_sentence(
    tmp_path: Path, run: Run, make: Callable[[Path], Path], said: str, question: str
) -> None:
    ran = run(*question.split(), "--data", str(make(tmp_path / "sent")))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_git_other_questions_are_answered(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    data = sent(tmp_path / "sent")
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run(*question.split(), "--data", str(data))
    assert ran.code == 1
    assert "There is no git on this machine" in ran.err
    for other in ("list", "check", "show task-1"):
        assert run(*other.split(), "--data", str(data)).out


def shallow(folder: Path) -> Path:
    git(folder.parent, "clone", "-q", "--depth=1", sent(folder).parent.as_uri(), "clone")
    return folder.parent / "clone" / "data"


def worktree(folder: Path) -> Path:
    sent(folder)
    git(folder, "worktree", "add", "-q", "--detach", str(folder.parent / "tree"), "HEAD")
    return folder.parent / "tree" / "data"


def partial(folder: Path) -> Path:
    sent(folder)
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder.parent, "clone", "-q", "--filter=blob:none", folder.as_uri(), "clone")
    return folder.parent / "clone" / "data"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("make", "said"),
    [(sent, ""), (shallow, "This clone is shallow: its history begins at "), (worktree, ""), (partial, "")],
)
def test_other_states_are_read(
    tmp_path: Path, run: Run, make: Callable[[Path], Path], said: str, question: str
) -> None:
    ran = run(*question.split(), "--data", str(make(tmp_path / "sent")))
    assert ran.code == 0, ran.err
    assert ran.out
    assert said in ran.err


def test_what_a_partial_clone_lacks_is_a_row_that_says_so(tmp_path: Path, run: Run) -> None:
    ran = run("log", "--data", str(partial(tmp_path / "sent")))
    assert "this clone is partial" in ran.out + ran.err


@pytest.mark.parametrize("command", [["log"], ["log", "task-1"]])
def test_who_made_what_is_not_guessed_where_what_was_before_is_not_there(
    command: list[str], tmp_path: Path, run: Run
) -> None:
    ran = run(*command, "--data", str(partial(tmp_path / "sent")), "-f", "json")
    events = json.loads(ran.out)["items"]
    assert any(each["fault"] and "this clone is partial" in each["fault"] for each in events)
    assert {each["ref"] for each in events}.isdisjoint({"2020/ledger", "2020/task-1"})
