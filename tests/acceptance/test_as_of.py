"""``--as-of``: a year of edits committed day by day, and what December's files say of each of those days."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import DATA, Run

pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

YEAR = [
    ("2020-06-01", ["progress", "task-1", "--text", "起步", "--percent", "10"]),
    ("2020-06-20", ["progress", "point-6", "--text", "摸底", "--by", "职成高教科"]),
    ("2020-07-15", ["progress", "task-1", "--text", "过半", "--percent", "50", "--target", "x=1"][:6]),
    ("2020-08-01", ["close", "pilot-2", "--evidence", "验收"]),
    ("2020-08-20", ["reopen", "pilot-2", "--reason", "返工"]),
    ("2020-09-10", ["extend", "task-3", "--to", "2021年6月底前", "--reason", "疫情"]),
    ("2020-10-08", ["close", "pilot-7", "--phase", "第一批", "--evidence", "通知"]),
    ("2020-10-20", ["extend", "task-3", "--to", "2021年9月底前", "--reason", "再延"]),
    ("2020-11-02", ["reopen", "pilot-7", "--phase", "第一批", "--reason", "缺件"]),
    ("2020-11-20", ["close", "task-1", "--evidence", "总结"]),
    ("2020-12-01", ["close", "pilot-7", "--phase", "第一批", "--evidence", "补件"]),
    ("2020-12-15", ["close", "pilot-2", "--evidence", "再验收", "--approved-by", "谢强"]),
]
DAYS = ["2020-05-31", *(day for day, _arguments in YEAR), "2020-07-01", "2020-09-30", "2020-12-31"]

git = shutil.which("git")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which every edit of the year was committed on its day."""
    if git is None:
        pytest.skip("git is not installed")
    root = tmp_path_factory.mktemp("year")
    shutil.copytree(DATA, root / "data")
    _git(root, "init", "-q")
    _commit(root, "2020-05-13")
    return root


def _git(root: Path, *arguments: str, day: str = "2020-01-01") -> str:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    environment = {"PATH": str(Path(str(git)).parent), "HOME": str(root), "GIT_COMMITTER_DATE": f"{day}T12:00:00+0800"}
    done = subprocess.run(
        [str(git), *identity, *arguments], cwd=root, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def _commit(root: Path, day: str) -> None:
    _git(root, "add", "-A", day=day)
    _git(root, "commit", "-q", "-m", day, day=day)


def test_december_shows_each_day_as_it_was(repository: Path, run: Run, tmp_path: Path) -> None:
    revisions = {"2020-05-13": _git(repository, "rev-parse", "HEAD").strip()}
    for day, arguments in YEAR:
        done = run(*arguments, "--date", day, "--data", str(repository / "data"))
        assert done.code == 0, done.err
        _commit(repository, day)
        revisions[day] = _git(repository, "rev-parse", "HEAD").strip()

    def shown(folder: Path, day: str, *command: str) -> object:
        done = run(*command, "--as-of", day, "--data", str(folder), "-f", "json")
        assert done.code == 0, done.err
        return _without_places(json.loads(done.out))

    for day in DAYS:
        last = max(known for known in revisions if known <= day)
        then = tmp_path / day
        then.mkdir()
        for path in sorted(DATA.iterdir()):
            (then / path.name).write_text(
                _git(repository, "show", f"{revisions[last]}:data/{path.name}"), encoding="utf-8", newline=""
            )
        for command in (["list"], ["star"], ["due"], ["stats"], ["by-leader"]):
            assert shown(repository / "data", day, *command) == shown(then, day, *command), (day, command)


def _without_places(value: object) -> object:
    """Return an answer without the places in the files, which edits move."""
    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key not in {"file", "line"}}
    return [_without_places(item) for item in value] if isinstance(value, list) else value
