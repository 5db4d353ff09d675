"""Where all that the program prints leaves it: the answer on stdout or into a file, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from reformledger.errors import UNCERTAIN, Doubt, OutputError, refuse_doubts
from reformledger.i18n import _, sentences
from reformledger.text.masking import clean
from reformledger.views.answer import Line, unstyled

UNICODE_BAR = ("█", "░")
ASCII_BAR = ("#", "-")


class Output:
    """The streams of the process. Writing raises ``OutputError``, or ``BrokenPipeError`` once nobody reads."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = out
        self._err = err

    @classmethod
    def of_process(cls) -> Output:
        """Return the streams as they are now; either may be closed (None).

        From now on they write what their encoding lacks as an escape: one character that a GBK console does not
        have must not cost the whole table.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return cls(sys.stdout, sys.stderr)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads the answer as it is printed."""
        return self._out is not None and self._out.isatty()

    @property
    def bar(self) -> tuple[str, str]:
        """The two characters of a bar that the stream's encoding has."""
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        try:
            "".join(UNICODE_BAR).encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return ASCII_BAR
        return UNICODE_BAR

    def check_open(self) -> None:
        """Raise ``OutputError`` when there is no stdout: nothing is done whose answer nobody can see."""
        if self._out is None:
            raise OutputError(_("standard output"), _("it is closed"))

    def say(self, text: str) -> None:
        """Print a sentence on stderr, masked and visible; a closed stderr must not spoil the answer."""
        if self._err is None:
            return
        try:
            self._err.write("".join(f"{line}\n" for line in self._folded(clean(text))))
            self._err.flush()
        except (OSError, ValueError):
            pass

    def _folded(self, text: str) -> list[str]:
        """Return text as lines: folded on a terminal, which would cut words."""
        if self._err is None or not self._err.isatty():
            return [text]
        from reformledger.views.wrap import fold

        return fold(text, self.columns)

    def write_bytes(self, content: bytes) -> None:
        """Write UTF-8 to stdout as it is, whatever the encoding of the terminal."""
        self._guarded(lambda out: _binary(out, content))

    def write_text(self, text: str) -> None:
        """Write text to stdout in its own encoding."""
        self._guarded(lambda out: out.write(text))

    @property
    def columns(self) -> int:
        """The width of the terminal in cells."""
        from shutil import get_terminal_size

        return get_terminal_size().columns

    def print_lines(self, lines: Callable[[int | None], Iterable[Line]]) -> None:
        """Print lines made for the width of the terminal, or for a pipe (None): text that is no table."""
        if self.is_terminal:
            self.write_lines(lines(self.columns))
        else:
            self.write_text(unstyled(lines(None)))

    def write_lines(self, lines: Iterable[Line]) -> None:
        """Write lines to a terminal in the styles that it has (Rich obeys NO_COLOR)."""
        from rich.console import Console
        from rich.segment import Segment, Segments
        from rich.style import Style

        # Made before anything is written: what goes wrong in making them is no fault of the output.
        styles: dict[str, Style | None] = {"": None}
        segments: list[Segment] = []
        for line in lines:
            for text, style in line:
                if style not in styles:
                    styles[style] = Style.parse(style)
                segments.append(Segment(text, styles[style]))
            segments.append(Segment.line())

        def write(out: TextIO) -> None:
            console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
            console.print(Segments(segments), end="", crop=False)

        self._guarded(write)

    def finish(self, code: int) -> int:
        """Flush all output and return the exit code of the process."""
        if code == UNCERTAIN:
            return code  # why is said already, and what could be printed is
        try:
            self._guarded(lambda out: out.flush())
        except BrokenPipeError:
            return 0
        except OutputError as error:
            self.say(str(error))
            return error.exit_code
        return code

    def _guarded(self, write: Callable[[TextIO], object]) -> None:
        if self._out is None:
            return
        try:
            write(self._out)
            self._out.flush()
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(_("standard output"), reason) from None


def _binary(out: TextIO, content: bytes) -> None:
    buffer = getattr(out, "buffer", None)
    if buffer is None:  # a stream in memory, as test runners use
        out.write(content.decode())
        return
    out.flush()
    buffer.write(content)


def write_file(path: Path, content: bytes, output: Output, *, is_new: bool = False) -> None:
    """Write a file whole or not at all, in place of one that is there; say on ``output`` what there is to say of it.

    Where it ``is_new``, one that is there is left as it is. Raises ``OutputError``, and ``UncertainError`` for what is
    written and yet not certain.
    """
    from reformledger.files.errors import FileError, add_notes
    from reformledger.files.lock import beside_edits
    from reformledger.files.write import create, put

    try:
        with beside_edits(path):
            notes = (create if is_new else put)(path, content)
    except FileError as error:
        failed = OutputError(str(path), sentences(error.fault.message, error.fault.advice))
        add_notes(failed, getattr(error, "__notes__", ()))
        raise failed from None
    except OSError as error:  # the working folder is gone
        raise OutputError(str(path), error.strerror or str(error)) from None
    for note in notes:
        if not isinstance(note, Doubt):
            output.say(note)
    refuse_doubts(notes)
