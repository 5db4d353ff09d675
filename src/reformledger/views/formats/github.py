"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.finding import Finding, Report, Severity
from reformledger.i18n import _
from reformledger.text.masking import clean
from reformledger.views.content.findings import FindingsAnswer
from reformledger.views.formats.registry import Format

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Github(Format[FindingsAnswer]):
    """Workflow commands in UTF-8."""

    def content(self, answer: FindingsAnswer, *, reveal: bool) -> bytes:  # noqa: ARG002 - findings hide phone numbers
        """Return one line a finding."""
        lines = workflow_commands(answer.report, everything=answer.everything)
        return "".join(f"{line}\n" for line in lines).encode()


def workflow_commands(report: Report, *, everything: bool = False) -> Iterator[str]:
    """Yield one line a finding: the open ones, or with ``everything`` the acknowledged ones too, as notices."""
    for finding in report.findings if everything else report.open:
        yield _annotation(finding)


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = {"file": clean(place.file)}
    if place.line:
        properties |= {"line": str(place.line), "endLine": str(place.line), "col": str(place.column)}
        if place.end_column is not None:
            # The last column that belongs to it; ours is the one after.
            properties["endColumn"] = str(max(place.end_column - 1, place.column))
    properties["title"] = finding.code
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    command = "notice" if finding.acknowledged is not None else _COMMANDS[finding.severity]
    message = "\n".join(_sentences(finding))
    return f"::{command} {written}::{_data(message)}"


def _sentences(finding: Finding) -> Iterator[str]:
    yield clean(finding.message)
    for word, place in finding.related:
        yield clean(f"{place.file}:{place.line}:{place.column}: {word}" if place.line else f"{place.file}: {word}")
    if finding.acknowledged is not None:
        yield clean(_("acknowledged: {reason}").format(reason=finding.acknowledged))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
