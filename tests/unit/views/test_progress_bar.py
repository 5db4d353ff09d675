"""The bar of long work: on a terminal alone, not before half a second, and gone at the end, whatever it is."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from reformledger.views import progress
from reformledger.views.progress import progressing

if sys.platform == "win32":
    pytest.skip("the screen of these tests is a Unix pseudo-terminal", allow_module_level=True)

from screen import called_on_terminal

WORDS = "写入"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the clock of the bar go on when it is told."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    return pass_by


def shown(work: Callable[[], object], folder: Path) -> str:
    """Return what some work leaves on a terminal as it is written."""
    return called_on_terminal(work, 80, folder, {})


def screen_of(written: str) -> list[str]:
    """Return the lines that a person sees in the end: after a carriage return a line is written over."""
    lines = []
    for line in written.split("\n"):
        cells: list[str] = []
        for part in line.split("\r"):
            # A Chinese character takes two cells.
            over = [cell for character in part for cell in ([character, ""] if character >= "\u2e80" else [character])]
            cells[: len(over)] = over
        lines.append("".join(cells).rstrip())
    return [line for line in lines if line]


def slow(later: Callable[[float], None], count: int, seconds: float) -> Iterator[int]:
    for number in range(count):
        later(seconds)
        yield number


def fail_behind(items: Iterable[int], error: BaseException) -> None:
    """Take some items, then raise an error."""
    assert list(items)
    raise error


@pytest.mark.parametrize(("seconds", "is_shown"), [(0.49, False), (0.51, True)])
def test_nothing_is_shown_before_half_a_second(
    later: Callable[[float], None], tmp_path: Path, seconds: float, is_shown: bool
) -> None:
    def work() -> None:
        with progressing(slow(later, 10, seconds / 10), 10, WORDS) as items:
            assert list(items) == list(range(10))

    written = shown(work, tmp_path)
    assert (WORDS in written) is is_shown
    assert screen_of(written) == []


def test_share_that_is_done_grows(later: Callable[[float], None], tmp_path: Path) -> None:
    def work() -> None:
        with progressing(slow(later, 4, 0.6), 4, WORDS) as items:
            for _item in items:
                pass

    written = shown(work, tmp_path)
    pictures = [picture.split()[-1] for picture in written.split("\r") if WORDS in picture]
    # Said before each of four is taken.
    assert pictures == ["0%", "25%", "50%", "75%"]
    assert "█" * 15 + "░" * 5 in written


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()], ids=["an error", "Ctrl-C"])
def test_bar_is_gone_before_an_error_is_said(
    later: Callable[[float], None], tmp_path: Path, error: BaseException
) -> None:
    def work() -> None:
        with pytest.raises(type(error)), progressing(slow(later, 9, 1), 9, WORDS) as items:
            fail_behind(islice(items, 5), error)
        sys.stderr.write("said\n")

    written = shown(work, tmp_path)
    assert WORDS in written
    assert screen_of(written) == ["said"]


def test_nothing_is_shown_in_a_pipe(
    later: Callable[[float], None], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with progressing(slow(later, 9, 1), 9, WORDS) as items:
        assert list(items) == list(range(9))
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr(sys, "stderr", None)  # closed
    with progressing(range(3), 3, WORDS) as items:
        assert list(items) == [0, 1, 2]


class _Gone(io.StringIO):
    """A terminal that was closed meanwhile."""

    def isatty(self) -> bool:
        return True

    def write(self, _text: str, /) -> int:
        raise OSError(5, "Input/output error")


def test_terminal_that_is_gone_spoils_no_work(later: Callable[[float], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Gone())
    with progressing(slow(later, 9, 1), 9, WORDS) as items:
        assert list(items) == list(range(9))
