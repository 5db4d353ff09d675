"""What the tests share."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from people import People
from reformledger import i18n, load_book
from reformledger.book import Book
from reformledger.files import journal
from reformledger.views.content import labels

if TYPE_CHECKING:
    from browser import Pages

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TESTS = ROOT / "tests"
LEDGERS = TESTS / "ledgers"
NOTICE = TESTS / "notice" / "notice_2020.txt"
# The tools are no package; what they keep true, the tests check with their own functions.
sys.path.insert(0, str(ROOT / "tools"))
# No test is timed: a machine may be busy. Speed is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Take the settings of whoever runs the tests out of them: English, no data or edits of their own, no colour."""
    for name in ("REFORMLEDGER_DATA", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REFORMLEDGER_LANG", "en")
    state = tmp_path_factory.mktemp("state")
    monkeypatch.setattr(journal, "folder", lambda: state / "undo")
    _forget_language()


def speak(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """Let the program speak a language until the test ends."""
    monkeypatch.setenv("REFORMLEDGER_LANG", language)
    _forget_language()


def _forget_language() -> None:
    i18n.language.cache_clear()
    i18n._catalogue.cache_clear()
    for words in (labels.words, labels.occurrence_states, labels.star_states):
        words.cache_clear()


@pytest.fixture(scope="session")
def book() -> Book:
    """Return the 2020 data."""
    return load_book(DATA)


class Ran(NamedTuple):
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line in this process, on the 2020 data unless told otherwise."""
    from reformledger.cli.run import run as run_command

    monkeypatch.chdir(ROOT)

    def call(*arguments: str) -> Ran:
        code = run_command(arguments)
        return Ran(code, *capfd.readouterr())

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that writes a file of its own folder and gives its path."""

    def call(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return call


@pytest.fixture
def office() -> Iterator[Path]:
    """Yield a folder that a group shares, where all may go: the tests' own folders are closed to others."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    if sys.platform == "win32" or os.geteuid():
        pytest.skip("only the administrator can become two users")
    found = People()
    monkeypatch.setattr(os, "getgrouplist", found.groups_of)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Pages]:
    """Yield a browser that opens pages and complains of what they do wrong."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    from browsers import program

    from browser import started

    if program() is None:
        pytest.skip("there is no Chromium here")
    with started() as pages:
        yield pages
