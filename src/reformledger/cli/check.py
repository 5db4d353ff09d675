"""Help panel “Check”: check, explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import complete, options
from reformledger.cli.session import open_session
from reformledger.cli.words import choose
from reformledger.errors import DataError
from reformledger.i18n import _
from reformledger.views.output import Output

if TYPE_CHECKING:
    from reformledger.audit.finding import Report, Severity

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar=_("[PATH…]"), help=_("Files or folders to check; the nearest data folder without any.")),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=_("CODES"),
        autocompletion=complete.codes,
        help=_("Only rules whose code begins so: RL1,RL203; may be repeated."),
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar=_("CODES"),
        autocompletion=complete.codes,
        help=_("Not the rules whose code begins so; may be repeated."),
    ),
]
SeverityOption = Annotated[
    str | None,
    typer.Option(
        "--severity",
        metavar="error|warning|note",
        autocompletion=complete.severities,
        help=_("Only findings at least as bad as this."),
    ),
]
All = Annotated[bool, typer.Option("--all", help=_("List acknowledged findings too, with the reason."))]
CheckFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="text|json",
        autocompletion=complete.check_formats,
        help=_("How to print the findings."),
    ),
]
Codes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[CODE…]"), autocompletion=complete.codes, help=_("RL101, or RL1 for its group; all rules without.")
    ),
]


def check(
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOption = None,
    everything: All = False,
    as_of: options.AsOf = None,
    format: CheckFormat = None,
    data: options.Data = None,
) -> int:
    from reformledger.audit.run import audit, faults_report
    from reformledger.audit.select import selected
    from reformledger.cli.words import CHECK_FORMAT_WORDS

    form = choose("--format", format, CHECK_FORMAT_WORDS) if format else "text"
    least = choose("--severity", severity, _severity_words()) if severity else None
    rules = selected(select or (), ignore or ())
    try:
        session = open_session([*(paths or ()), *(data or ())], as_of)
    except DataError as error:
        report = faults_report(error)
    else:
        report = audit(session.book, session.context.as_of, rules)
    _print(report.at_least(least) if least else report, form, everything=everything)
    return int(report.failed)


def _severity_words() -> dict[str, Severity]:
    from reformledger.audit.finding import Severity

    return {severity.value: severity for severity in Severity} | {
        "错误": Severity.ERROR,
        "警告": Severity.WARNING,
        "提示": Severity.NOTE,
    }


def _print(report: Report, form: str, *, everything: bool) -> None:
    from reformledger.views.findings import findings_json, findings_lines

    output = Output.of_process()
    if form == "json":
        from reformledger.views.jsontext import json_text

        output.write_bytes(json_text(findings_json(report, everything=everything)).encode())
    elif output.is_terminal:
        from shutil import get_terminal_size

        output.write_lines(findings_lines(report, get_terminal_size().columns, everything=everything))
    else:
        lines = findings_lines(report, None, everything=everything)
        output.write_text("".join("".join(text for text, _style in line) + "\n" for line in lines))
