"""What every edit does: its intents, or a batch of them, are carried out, and what changed is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reformledger.cli.words import choose, today
from reformledger.errors import DataError, SentenceError, UsageError
from reformledger.i18n import _, sentences

if TYPE_CHECKING:
    from reformledger.edits.intents import Intent
    from reformledger.sources import Sources

_OF_A_BATCH = frozenset({"stdin", "recount", "keep_number", "dry_run", "data"})
"""The options that go together with a batch."""


class _Gap(str):
    """Stands in an intent for an option that is missing, and is the name of it."""

    __slots__ = ()


def needed(name: str, value: str | None) -> str:
    """Return a value that must be given; ``carry_out_all`` refuses an intent without it."""
    return _Gap(name) if value is None else value


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
    sources = find_sources(data or ())
    try:
        if stdin is None:
            _refuse_gaps(wanted[0])
        outcome = carry_out(sources, wanted, today(), dry_run=dry_run)
    except SentenceError as error:
        if stdin is None and error.lacks:
            error.advice = sentences(error.advice, _example(sources, wanted[0], error.lacks))
        raise
    print_outcome(outcome, Output.of_process())


def _refuse_gaps(intent: Intent) -> None:
    """Raise ``UsageError`` for an intent that lacks what it cannot do without."""
    gaps = {field: value for field, value in intent._asdict().items() if isinstance(value, _Gap)}
    if gaps:
        raise UsageError(_("{name} is missing.").format(name=next(iter(gaps.values()))), lacks=list(gaps))


def _example(sources: Sources, intent: Intent, lacks: Sequence[str]) -> str:
    """Return a whole command like the one typed, which these data let through, or why none does; "" where all fail."""
    from reformledger.book import Book
    from reformledger.edits.commands import command_line, shell_word
    from reformledger.edits.example import example
    from reformledger.sources import load_sources

    try:
        found = example(Book(load_sources(sources).documents), today(), intent, lacks)
    except DataError:
        return ""
    except SentenceError as error:
        return str(error)
    if found is None:
        return ""
    words = [word for path in sources.paths for word in ("--data", str(path))] if sources.origin == "named" else []
    words += ["--dry-run"] if sources.origin == "bundled" else []
    return _("For example: {command}").format(command=" ".join([command_line(found), *map(shell_word, words)]))


def _batch(ctx: typer.Context, stdin: str) -> Sequence[Intent]:
    """Return the edits listed on stdin; raises ``UsageError`` where the command line says more of an edit."""
    import sys

    from reformledger.edits.batch import read_batch
    from reformledger.limits import FILE, size

    choose("--stdin", stdin, {"json": "json"})
    if any(value for name, value in ctx.params.items() if name not in _OF_A_BATCH):
        message = _("With --stdin everything comes from the batch.")
        raise UsageError(message, _("Leave the other words out."))
    if sys.stdin is None:
        raise UsageError(_("There is no stdin to read the batch from."), _("Write: … --stdin json < FILE"))
    try:
        content = sys.stdin.buffer.read(FILE + 1)
    except OSError as error:
        message = _("The batch cannot be read from stdin ({reason}).").format(reason=error.strerror or str(error))
        raise SentenceError(message, _("Nothing was written.")) from None
    if len(content) > FILE:
        message = _("The batch is larger than {limit}.").format(limit=size(FILE))
        raise UsageError(message, _("Part it into several."))
    intents = read_batch(content, ctx.info_name or "", today(), recount=bool(ctx.params.get("recount")))
    return [intent._replace(keep_number=True) for intent in intents] if ctx.params.get("keep_number") else intents
