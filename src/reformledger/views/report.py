"""The report of a check in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reformledger.audit.finding import Report
from reformledger.audit.rule import READING, Rule
from reformledger.views.answer import print_lines
from reformledger.views.content.findings import findings_json, findings_lines
from reformledger.views.formats.names import CheckFormat
from reformledger.views.output import Output, write_file


def print_report(
    report: Report,
    rules: Sequence[Rule],
    format: CheckFormat,
    output: Output,
    file: Path | None,
    *,
    everything: bool,
) -> None:
    """Print a report to ``output``, or write it to ``file``: open findings, with ``everything`` acknowledged ones too.

    ``rules`` are those that ran; SARIF describes them. Raises ``OutputError``.
    """
    if format == "text":
        print_lines(lambda room: findings_lines(report, room, everything=everything), output, file)
        return
    content = _text_of(report, rules, format, everything=everything).encode()
    if file is None:
        output.write_bytes(content)
    else:
        write_file(file, content)


def _text_of(report: Report, rules: Sequence[Rule], format: CheckFormat, *, everything: bool) -> str:
    if format == "github":
        from reformledger.views.formats.github import workflow_commands

        return "".join(f"{line}\n" for line in workflow_commands(report, everything=everything))
    from reformledger.views.formats.json import json_text

    if format == "json":
        return json_text(findings_json(report, everything=everything))
    from reformledger.audit.page import page
    from reformledger.i18n import language
    from reformledger.views.formats.sarif import sarif_log

    pages = [page(code, language()) for code in (READING, *(rule.code for rule in rules))]
    return json_text(sarif_log(report, pages, everything=everything))
