"""One run of the command line: from the arguments to the exit code; never a traceback."""

from __future__ import annotations

import gettext
import os
import shlex
import sys
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from reformledger.errors import UNCERTAIN, Doubt, OutputError, ReformLedgerError
from reformledger.i18n import _, sentences
from reformledger.views.output import Output

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130
_SIGNALLED = 128
"""Less than the exit code of a process that a signal ended, by the signal's number, as shells have it."""
_PRINTING = frozenset({"rich", "typer"})


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; all output is flushed when it returns."""
    _use_our_catalogue()
    _leave_in_order_when_told()
    output = Output.of_process()
    try:
        output.check_open()
        code = _main(arguments, output)
    except ReformLedgerError as error:
        notes = getattr(error, "__notes__", ())
        for note in notes:
            output.say(note if isinstance(note, Doubt) else _("Note: {note}").format(note=note))
        output.say(sentences(str(error), _whole_command(arguments, getattr(error, "adding", ()))))
        code = UNCERTAIN if any(isinstance(note, Doubt) for note in notes) else error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        code = _of_system(error, output)
    except Exception as error:
        if os.environ.get("REFORMLEDGER_DEBUG"):
            raise
        output.say(_("A fault of reformledger itself: {error}").format(error=repr(error)))
        output.say(_("Please report it with what REFORMLEDGER_DEBUG=1 shows."))
        code = FAILED
    if code == INTERRUPTED and _told_to_end:
        code = _SIGNALLED + _told_to_end.pop()
    return output.finish(code)


_told_to_end: list[int] = []
"""The signals by which the system told the process to end."""


def _leave_in_order_when_told() -> None:
    """Let SIGTERM and SIGHUP (a shutdown, a closed terminal) end the process as Ctrl-C does, unless ignored."""
    import signal

    def end(number: int, _frame: object) -> None:
        _told_to_end.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _use_our_catalogue() -> None:
    """Let Typer, which binds ``gettext.gettext`` when it is imported, take its words from our catalogue."""
    gettext.gettext = _


def _main(arguments: Sequence[str] | None, output: Output) -> int:
    """Let Typer run the command; print what is wrong with a command line in the user's language."""
    words = sys.argv[1:] if arguments is None else arguments
    # Only options without values may be written before the command.
    named = next((word for word in words if not word.startswith("-")), None)
    with _workbook_read_ahead(named, words):
        return _command_run(named, arguments, output)


def _workbook_read_ahead(named: str | None, words: Sequence[str]) -> AbstractContextManager[None]:
    """Let a workbook to be drafted be read while the command is loaded, each of which takes as long as the other."""
    if named != "draft" or not any(word.lower().endswith(".xlsx") for word in words):
        return nullcontext()
    from reformledger.exchange.reading.files import reading_ahead

    return reading_ahead(words)


def _command_run(named: str | None, arguments: Sequence[str] | None, output: Output) -> int:
    from typer.exceptions import TyperException

    from reformledger.cli.app import command
    from reformledger.cli.completion import as_bash_cuts_words

    try:
        with as_bash_cuts_words():
            code: object = command(named).main(arguments, prog_name="reformledger", standalone_mode=False)
    except TyperException as error:
        from reformledger.cli.typer_texts import missing_words, usage_sentence

        output.say(sentences(usage_sentence(error), _whole_command(arguments, missing_words(error))))
        output.say(_("“{command} --help” shows how it is used.").format(command=_command_of(error)))
        return WRONG_USAGE
    except SystemExit as leaving:
        # Typer leaves so when nobody reads its output any more, and after a completion.
        return 0 if isinstance(leaving.__context__, BrokenPipeError) else int(leaving.code or 0)
    return code if isinstance(code, int) else 0


def _of_system(error: OSError, output: Output) -> int:
    """Print what the system refused; return the exit code of output where it was the printing of a library.

    The number of the error does not tell: the disk under the data may be as full as the one under the answer.
    """
    if _is_of_printing(error):
        failed = OutputError(_("standard output"), error.strerror or str(error))
        output.say(str(failed))
        return failed.exit_code
    reason = error.strerror or str(error)
    output.say(_("The system refused: {reason}").format(reason=f"{reason} {error.filename or ''}".strip()))
    return FAILED


def _is_of_printing(error: OSError) -> bool:
    """Say whether the error came up in a library that prints by itself, a help page: all other output has its own."""
    *_callers, (innermost, _line) = traceback.walk_tb(error.__traceback__)
    return str(innermost.f_globals["__name__"]).partition(".")[0] in _PRINTING


def _whole_command(arguments: Sequence[str] | None, adding: Sequence[str]) -> str:
    """Return the command line that was typed with the words that it lacks; "" where it lacks none."""
    words = ["reformledger", *(sys.argv[1:] if arguments is None else arguments), *adding]
    return _("For example: {command}").format(command=shlex.join(words)) if adding else ""


def _command_of(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "reformledger"
