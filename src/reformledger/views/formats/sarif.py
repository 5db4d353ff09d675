"""Findings as a SARIF 2.1.0 log, which code hosts, editors and other tools read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from reformledger import __version__
from reformledger.audit.finding import Finding, Place, Report
from reformledger.audit.page import Page, page
from reformledger.audit.rule import READING
from reformledger.i18n import _, language
from reformledger.text.masking import mask_phones
from reformledger.views.content.findings import FindingsAnswer
from reformledger.views.formats.json import json_text
from reformledger.views.formats.registry import Format

Json = dict[str, object]
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"  # the working directory; where that is on this machine is left out
_LOCALES = {"zh": "zh-CN", "en": "en-US"}


class Sarif(Format[FindingsAnswer]):
    """A SARIF log in UTF-8, which describes the rules that ran."""

    def content(self, answer: FindingsAnswer, *, reveal: bool) -> bytes:
        """Return the findings and the pages of the rules."""
        pages = [page(code, language()) for code in (READING, *(rule.code for rule in answer.rules))]
        log = sarif_log(answer.report, pages, everything=answer.everything)
        return json_text(log, reveal=reveal).encode()


def sarif_log(report: Report, pages: Sequence[Page], *, everything: bool = False) -> Json:
    """Return the open findings, or with ``everything`` the acknowledged ones too, as suppressed results.

    ``pages`` document the rules that ran. A phone in the name of a file is masked before it is percent-encoded.
    """
    numbers = {page.code: number for number, page in enumerate(pages)}
    findings = report.findings if everything else report.open
    driver = {
        "name": "reformledger",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_descriptor(page) for page in pages],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LOCALES[language()],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _("The folder in which reformledger ran.")}}},
        "results": [_result(finding, numbers, everything=everything) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(page: Page) -> Json:
    first, _blank, _rest = page.text.partition("\n\n")
    return {
        "id": page.code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": first},
        "help": {"text": page.text, "markdown": "\n\n".join([page.text, *_examples(page)])},
        "defaultConfiguration": {"level": str(page.severity)},
    }


def _examples(page: Page) -> Iterator[str]:
    """Yield the wrong and the right example in Markdown."""
    for heading, documents in ((_("Wrong:"), page.wrong), (_("Right:"), page.right)):
        yield heading
        yield from (f"```yaml\n{document}```" for document in documents)


def _result(finding: Finding, numbers: Mapping[str, int], *, everything: bool) -> Json:
    location = _location(finding.place)
    if finding.ref:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.ref}]
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": str(finding.severity),
        "message": {"text": _text(finding.message)},
        "locations": [location],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(place), "message": {"text": _text(word)}}
            for number, (word, place) in enumerate(finding.related)
        ]
    if everything:
        # Either every result says whether it is suppressed, or none does.
        result["suppressions"] = _suppressions(finding)
    return result


def _suppressions(finding: Finding) -> list[Json]:
    if finding.acknowledged is None:
        return []
    return [{"kind": "inSource", "status": "accepted", "justification": finding.acknowledged}]


def _location(place: Place) -> Json:
    physical: Json = {"artifactLocation": _artifact(mask_phones(place.file))}
    if place.line:
        region: Json = {"startLine": place.line, "startColumn": place.column}
        if place.end_column is not None:
            region["endColumn"] = place.end_column
        physical["region"] = region
    return {"physicalLocation": physical}


def _artifact(file: str) -> Json:
    """Return the URI of a file: relative to the working directory, or absolute outside it."""
    # Bytes of a name that are no UTF-8 come as lone surrogates.
    path = quote(file.encode("utf-8", "surrogateescape"), safe="/:" if re.match("[A-Za-z]:/", file) else "/")
    if re.match("[A-Za-z]:/", file):
        return {"uri": f"file:///{path}"}
    if file.startswith("//"):
        return {"uri": f"file:{path}"}
    return {"uri": f"file://{path}"} if file.startswith("/") else {"uri": path, "uriBaseId": _ROOT}


def _text(text: str) -> str:
    """Return ``text`` as a plain message: braces would be placeholders, and ``[…](…)`` a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
