"""One run of the command line: from the arguments to the exit code; never a traceback."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.cli.sentences import speak, usage_sentence
from reformledger.errors import ReformLedgerError
from reformledger.i18n import _
from reformledger.views.output import Output

WRONG_USAGE = 2
INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; all output is flushed when it returns."""
    speak()
    from typer.exceptions import TyperException

    from reformledger.cli.app import command

    output = Output.of_process()
    try:
        code = command().main(arguments, prog_name="reformledger", standalone_mode=False)
        code = code if isinstance(code, int) else 0
    except TyperException as error:
        output.talk(usage_sentence(error))
        output.talk(_("“{command} --help” shows how it is used.").format(command=_command_of(error)))
        code = WRONG_USAGE
    except ReformLedgerError as error:
        output.talk(str(error))
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    return output.finish(code)


def _command_of(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "reformledger"
