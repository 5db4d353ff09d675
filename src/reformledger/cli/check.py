"""Help panel “Check”: check, explain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import complete, options
from reformledger.cli.session import answer_file, format_of, open_session, print_out
from reformledger.cli.words import choose
from reformledger.errors import DataError, UsageError
from reformledger.i18n import _
from reformledger.views.answer import Answer, print_lines
from reformledger.views.output import Output

if TYPE_CHECKING:
    from reformledger.audit.finding import Severity
    from reformledger.views.formats.names import CheckFormat
    from reformledger.views.formats.terminal import Line

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar=_("PATH"), help=_("Files or folders to check; the nearest data folder without any.")),
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
        help=_("Only findings at least as bad as this; no other is listed, or makes the check fail."),
    ),
]
All = Annotated[bool, typer.Option("--all", help=_("List acknowledged findings too, with the reason."))]
CheckFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="text|json|github|sarif",
        autocompletion=complete.check_formats,
        help=_("How to print the findings."),
    ),
]
ReportFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write the findings to a file (.txt, .json, .sarif).")),
]
Codes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("CODE"), autocompletion=complete.codes, help=_("RL101, or RL1 for its group; all rules without.")
    ),
]


def check(
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOption = None,
    everything: All = False,
    as_of: options.AsOf = None,
    format: CheckFormatOption = None,
    output: ReportFile = None,
    data: options.Data = None,
) -> int:
    from reformledger.audit.run import audit, faults_report
    from reformledger.audit.select import selected
    from reformledger.cli.words import CHECK_FORMAT_WORDS
    from reformledger.views.report import print_report

    output = answer_file(output)
    form = choose("--format", format, CHECK_FORMAT_WORDS) if format else _format_of(output)
    least = choose("--severity", severity, _severity_words()) if severity else None
    rules = selected(select or (), ignore or ())
    try:
        session = open_session([*(paths or ()), *(data or ())], as_of)
    except DataError as error:
        report = faults_report(error)
    else:
        report = audit(session.book, session.context.as_of, rules)
    if least:
        report = report.at_least(least)
    print_report(report, rules, form, Output.of_process(), output, everything=everything)
    return int(report.failed)


def _format_of(file: Path | None) -> CheckFormat:
    """Return the format that the name of a file ends with, text where it tells nothing."""
    formats: dict[str, CheckFormat] = {"": "text", ".txt": "text", ".json": "json", ".sarif": "sarif"}
    suffix = file.suffix.lower() if file else ""
    if suffix not in formats:
        message = _("The ending {suffix} is no format.").format(suffix=suffix)
        raise UsageError(message, _("Use .txt, .json or .sarif, or say --format."))
    return formats[suffix]


def _severity_words() -> dict[str, Severity]:
    from reformledger.audit.finding import Severity

    return {severity.value: severity for severity in Severity} | {
        "错误": Severity.ERROR,
        "警告": Severity.WARNING,
        "提示": Severity.NOTE,
    }


def explain(
    codes: Codes = None,
    format: options.Format = None,
    output: options.OutputFile = None,
) -> None:
    from reformledger.audit.page import page
    from reformledger.audit.select import known_codes
    from reformledger.i18n import language
    from reformledger.views.content.rules import page_lines, rules_json, rules_sheet

    output = answer_file(output)
    pages = [page(code, language()) for code in known_codes(codes or ())]
    if codes and format_of(format, output) in {"table", "md"}:

        def lines(room: int | None) -> Iterator[Line]:
            return chain.from_iterable(page_lines(one, room) for one in pages)

        print_lines(lines, Output.of_process(), output)
        return
    print_out(Answer(lambda _format: [rules_sheet(pages)], lambda: rules_json(pages)), format, output)
