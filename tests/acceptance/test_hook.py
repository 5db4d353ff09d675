"""The hook, tried by pre-commit itself: a bad ledger cannot be committed, a good one can.

The environment of the hook is that of the tests (``language: system``): building one of its own needs a registry,
which is no part of what is tested here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Run

Git = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a function that runs git or what pre-commit needs in a folder, free of the settings of this machine."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        **{f"GIT_{who}_{what}": "tester@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )

    return call


def commit(git: Git, folder: Path) -> subprocess.CompletedProcess[str]:
    """Commit everything in a folder, by way of the hooks that pre-commit installs."""
    for command in (["git", "init", "--quiet"], ["pre-commit", "install"], ["git", "add", "."]):
        done = git(folder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    return git(folder, "git", "commit", "--quiet", "-m", "ledger")


@pytest.fixture
def repository(run: Run, tmp_path: Path) -> Path:
    """Return a new ledger repository, as ``init`` makes it."""
    folder = tmp_path / "台账"
    assert run("init", str(folder), "--year", "2021").code == 0
    return folder


def spoil(folder: Path) -> None:
    """Write a deadline into the ledger that no calendar has."""
    ledger = folder / "data" / "ledger_2021.yaml"
    text = ledger.read_text(encoding="utf-8")
    assert "due: 2021-12 " in text
    ledger.write_text(text.replace("due: 2021-12 ", "due: 2021-13 "), encoding="utf-8")


def use_our_hook(git: Git, folder: Path, tmp_path: Path) -> None:
    """Have the repository take the hook from a clone of ours instead of its own configuration."""
    ours = tmp_path / "hooks"
    ours.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", ours)
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "hook"]):
        assert git(ours, "git", *command).returncode == 0
    revision = git(ours, "git", "rev-parse", "HEAD").stdout.strip()
    hook = "{id: reformledger-check, language: system}"
    config = f"repos: [{{repo: '{ours.as_posix()}', rev: {revision}, hooks: [{hook}]}}]"
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")


@pytest.mark.parametrize("hook", ["ours", "its own"])
def test_good_ledger_is_committed(git: Git, repository: Path, tmp_path: Path, hook: str) -> None:
    if hook == "ours":
        use_our_hook(git, repository, tmp_path)
    done = commit(git, repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stderr


@pytest.mark.parametrize("hook", ["ours", "its own"])
def test_bad_ledger_is_refused_with_the_reason(git: Git, repository: Path, tmp_path: Path, hook: str) -> None:
    if hook == "ours":
        use_our_hook(git, repository, tmp_path)
    spoil(repository)
    done = commit(git, repository)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "data/ledger_2021.yaml:" in done.stderr
    assert "2021-13" in done.stderr
    assert git(repository, "git", "rev-parse", "--verify", "HEAD").returncode != 0


@pytest.mark.parametrize("hook", ["ours", "its own"])
def test_warnings_and_notes_pass_and_the_hook_says_so(
    git: Git, run: Run, repository: Path, tmp_path: Path, hook: str
) -> None:
    if hook == "ours":
        use_our_hook(git, repository, tmp_path)
    ledger = repository / "data" / "ledger_2021.yaml"
    text = ledger.read_text(encoding="utf-8")
    # A ☆ promises an end within the year, which this deadline has not: a warning.
    ledger.write_text(text.replace("due: 2021-12 ", "due: 长期坚持 "), encoding="utf-8")
    assert run("check", str(repository / "data")).code == 1
    done = commit(git, repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "errors stop" in done.stderr
    assert "Passed" in done.stderr
    what_is_left = json.loads(run("check", str(repository / "data"), "--format", "json").out)["totals"]
    assert run("check", str(repository / "data"), "--severity", "error").out == (
        f"Nothing found. {what_is_left['warning'] + what_is_left['note']} findings that are not so bad are passed over "
        "(--severity).\n"
    )


def test_changed_file_is_checked_against_those_that_did_not_change(git: Git, repository: Path) -> None:
    assert commit(git, repository).returncode == 0
    points = repository / "data" / "workpoints_2021.yaml"
    points.write_text(points.read_text(encoding="utf-8").replace("id: point-1", "id: task-1"), encoding="utf-8")
    done = commit(git, repository)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "data/workpoints_2021.yaml:" in done.stderr
    assert "data/ledger_2021.yaml:" in done.stderr
