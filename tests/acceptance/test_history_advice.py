"""What ``diff``, ``log`` and ``merge-driver`` advise where they refuse: each refusal is reached, its advice tried."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import DATA, Run
from histories import Revision, write_history

pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

LEDGER = (DATA / "ledger_2020.yaml").read_bytes()
ISSUED = date(2020, 5, 13)
LATER = LEDGER.replace(b"2020", b"2021")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Return ``run`` in a folder with two repositories, one and other, and a ledger that is in none."""
    write_history(tmp_path / "one", [Revision(ISSUED, {"data/ledger_2020.yaml": LEDGER}, "办公室", "印发")])
    write_history(tmp_path / "other", [Revision(ISSUED, {"data/ledger_2021.yaml": LATER}, "办公室", "印发")])
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "ledger_2020.yaml").write_bytes(LEDGER)
    monkeypatch.chdir(tmp_path)
    return run


REFUSED = {
    "diff --since 2020-06-01 HEAD --data one/data": "--since and a revision cannot both be given.",
    "log --data one/data --data other/data": "Ask of those of one repository: --data FOLDER.",
    "log --data none": "Begin one there: git init, git add, git commit; or name data that are in one: --data FOLDER.",
    "diff main~9 --data one/data": "“reformledger log” names those that there are.",
    "diff 六月 --data one/data": "a day is named with --since.",
    "merge-driver --install base --data one/data": "--install takes no files. The data are named with --data.",
    "merge-driver base ours": "Git names them; to make it known to git: reformledger merge-driver --install",
}


@pytest.mark.parametrize(("words", "said"), REFUSED.items())
def test_a_refusal_says_what_to_do(words: str, said: str, asked: Run) -> None:
    ran = asked(*words.split())
    assert ran.code in {1, 2}
    assert ran.out == ""
    assert said in ran.err.replace("\n", " ")


TAKEN = ["diff HEAD --data one/data", "diff --since 2020-06-01 --data one/data", "log --data other/data"]


@pytest.mark.parametrize("words", TAKEN)
def test_what_was_advised_is_taken(words: str, asked: Run) -> None:
    assert asked(*words.split()).code == 0
