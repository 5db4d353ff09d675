"""``progress --from``: the reports in a table of a department's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import options
from reformledger.cli.words import today
from reformledger.errors import UsageError
from reformledger.i18n import _

Table = Annotated[
    Path | None,
    options.option("--from", "FILE.xlsx|.csv", _("Take the reports of a table of a department's own, a row each.")),
]
Headings = Annotated[
    list[str] | None,
    options.option(
        "--column",
        _("HEADING=FIELD"),
        _("With --from: which field or target a column is; no field leaves it out. May be repeated."),
    ),
]
_OF_A_TABLE = frozenset({"column", "skip_conflicts", "format", "output"})
"""The parameters that are for a table only."""
_BESIDE_A_TABLE = frozenset({"from_", "by", "date", "dry_run", "data", *_OF_A_TABLE})
"""Those that go together with a table."""


def check_options(ctx: typer.Context) -> None:
    """Raise ``UsageError``, naming it, for what does not go together with ``--from``, or is given without it."""
    given = [param for param in ctx.command.params if ctx.params.get(param.name or "")]
    has_table = ctx.params["from_"] is not None
    for param in given:
        name = param.opts[0] if param.param_type_name == "option" else param.opts[0].upper()
        if has_table and param.name not in _BESIDE_A_TABLE:
            message = _("{option} does not go together with --from.").format(option=name)
            raise UsageError(message, _("All reports come from the table: leave {option} out.").format(option=name))
        if not has_table and param.name in _OF_A_TABLE:
            message = _("{option} is for a table.").format(option=name)
            raise UsageError(message, _("Name the table: --from FILE.xlsx"))


def hand_in_table(
    file: Path,
    data: Sequence[Path] | None,
    *,
    columns: Mapping[str, str],
    department: str | None,
    day: date | None,
    skip_conflicts: bool,
    dry_run: bool,
    format: str | None,
    output: Path | None,
) -> None:
    """Record the reports of a table and print what became of each row."""
    from reformledger.cli.hand_in import hand_in
    from reformledger.exchange.own_table import table_handed_in
    from reformledger.exchange.reading.csv import read_csv
    from reformledger.exchange.reading.files import read_files

    now = today()
    read = read_csv(file) if file.suffix.lower() == ".csv" else next(read_files([file]))
    hand_in(
        lambda book: table_handed_in(read, book, now, day=day, department=department, columns=columns),
        data,
        skip_conflicts=skip_conflicts,
        dry_run=dry_run,
        format=format,
        output=output,
        names_absent=False,
    )
