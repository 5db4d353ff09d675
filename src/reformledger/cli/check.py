"""Help panel “Check”: check, explain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import open_context, print_out
from reformledger.cli.words import choose, split_keys
from reformledger.errors import DataError
from reformledger.fields.words import SEVERITY, by_word
from reformledger.i18n import _
from reformledger.views.answer import Answer
from reformledger.views.formats.registry import FINDINGS

if TYPE_CHECKING:
    from reformledger.audit.finding import Severity
    from reformledger.views.answer import Line, Purpose, Sheet

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar=_("PATH"), help=_("Files or folders to check; the nearest data folder without any.")),
]
Select = Annotated[
    list[str] | None,
    options.option(
        "--select", _("CODES"), _("Only rules whose code begins so: RL1,RL203; may be repeated."), completion.codes
    ),
]
Ignore = Annotated[
    list[str] | None,
    options.option("--ignore", _("CODES"), _("Not the rules whose code begins so; may be repeated."), completion.codes),
]
SeverityOption = Annotated[
    str | None,
    options.option(
        "--severity",
        "error|warning|note",
        _("Only findings at least as bad as this; no other is listed, or makes the check fail."),
        completion.severities,
    ),
]
All = Annotated[bool, typer.Option("--all", help=_("List acknowledged findings too, with the reason."))]
CheckFormatOption = Annotated[options.Word, options.format_option(FINDINGS, _("How to print the findings."))]
ReportFile = Annotated[Path | None, options.file_option(FINDINGS, _("Write the findings to a file ({endings})."))]
Codes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("CODE"),
        autocompletion=completion.explained,
        help=_("RL101, or RL1 for its group; a light, reason or status: yellow, 滞后; all rules without."),
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
    from reformledger.audit.rule import selected
    from reformledger.audit.run import audit, faults_report
    from reformledger.views.content.findings import findings_answer

    least = choose("--severity", severity, _severity_words()) if severity else None
    rules = selected(select or (), ignore or ())
    try:
        context = open_context([*(paths or ()), *(data or ())], as_of)
    except DataError as error:
        report = faults_report(error)
    else:
        report = audit(context.book, context.as_of, rules, judged=selected((), ignore or ()))
    if least:
        report = report.at_least(least)
    print_out(findings_answer(report, rules, everything=everything), format, output, formats=FINDINGS)
    return int(report.failed)


def _severity_words() -> dict[str, Severity]:
    from reformledger.audit.finding import Severity

    return {word: Severity(code) for word, code in by_word(SEVERITY).items()}


def explain(
    codes: Codes = None,
    format: options.Format = None,
    output: options.OutputFile = None,
) -> None:
    from reformledger.audit.page import page
    from reformledger.audit.rule import known_codes
    from reformledger.i18n import language
    from reformledger.lights.page import code_of, light_page
    from reformledger.views.content.lights import light_lines, lights_json, lights_sheet
    from reformledger.views.content.rules import page_lines, rules_json, rules_sheet

    words = split_keys(codes or ())
    named = [light_page(code, language()) for word in words if (code := code_of(word))]
    rules = [word for word in words if code_of(word) is None]
    pages = [page(code, language()) for code in known_codes(rules)] if rules or not named else []

    def lines(room: int | None) -> Iterator[Line]:
        yield from chain.from_iterable(light_lines(one, room) for one in named)
        yield from chain.from_iterable(page_lines(one, room) for one in pages)

    def sheets(purpose: Purpose) -> list[Sheet]:
        if words and purpose == "document":
            return []  # the pages themselves are handed in
        return [*([lights_sheet(named)] if named else []), *([rules_sheet(pages)] if pages else [])]

    def json() -> list[dict[str, object]]:
        return [*lights_json(named), *rules_json(pages)]

    print_out(Answer(json, sheets, lines if words else None), format, output)
