"""What every edit does: its intents, or a batch of them, are carried out, and what changed is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reformledger.cli.words import choose, today
from reformledger.errors import UsageError
from reformledger.i18n import _

if TYPE_CHECKING:
    from reformledger.edits.intents import Intent

_OF_A_BATCH = frozenset({"stdin", "dry_run", "data", "keep_number"})
"""The options that go together with a batch."""


def needed(name: str, value: str | None) -> str:
    """Return a value that must be given; raises ``UsageError``."""
    if value is None:
        raise UsageError(_("{name} is missing.").format(name=name))
    return value


def carry_out_one(
    ctx: typer.Context, intent: Callable[[], Intent], stdin: str | None, data: Sequence[Path] | None, *, dry_run: bool
) -> None:
    """Carry out the one intent of a command line as ``carry_out_all`` does."""
    carry_out_all(ctx, lambda: [intent()], stdin, data, dry_run=dry_run)


def carry_out_all(
    ctx: typer.Context,
    intents: Callable[[], Sequence[Intent]],
    stdin: str | None,
    data: Sequence[Path] | None,
    *,
    dry_run: bool,
) -> None:
    """Carry out the intents of a command line or, with ``--stdin``, a batch; print what changed."""
    from reformledger.edits.transaction import carry_out
    from reformledger.sources import find_sources
    from reformledger.views.content.edits import print_outcome
    from reformledger.views.output import Output

    wanted = intents() if stdin is None else _batch(ctx, stdin)
    outcome = carry_out(find_sources(data or ()), wanted, today(), dry_run=dry_run)
    print_outcome(outcome, Output.of_process())


def _batch(ctx: typer.Context, stdin: str) -> Sequence[Intent]:
    """Return the edits listed on stdin; raises ``UsageError`` where the command line says more of an edit."""
    import sys

    from reformledger.edits.batch import read_batch

    choose("--stdin", stdin, {"json": "json"})
    if any(value for name, value in ctx.params.items() if name not in _OF_A_BATCH):
        message = _("With --stdin everything comes from the batch.")
        raise UsageError(message, _("Leave the other words out."))
    if sys.stdin is None:
        raise UsageError(_("There is no stdin to read the batch from."), _("Write: … --stdin json < FILE"))
    intents = read_batch(sys.stdin.buffer.read(), ctx.info_name or "")
    return [intent._replace(keep_number=True) for intent in intents] if ctx.params.get("keep_number") else intents
