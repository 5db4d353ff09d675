"""Rules and their pages: a table of all, or the whole page of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reformledger.audit.page import Page, group_title
from reformledger.audit.rule import READING, UNMATCHED
from reformledger.i18n import _
from reformledger.views.answer import Cell, Column, Line, RowGroup, Sheet
from reformledger.views.content import labels
from reformledger.views.content.findings import folded


def rules_sheet(pages: Sequence[Page]) -> Sheet:
    """Return all rules under the titles of their groups."""
    columns = [
        Column("code", _("Code"), fixed=True),
        Column("severity", _("Severity"), fixed=True),
        Column("title", _("What it finds")),
    ]
    groups = [
        RowGroup(title, [_row(page) for page in of_group])
        for title, of_group in groupby(pages, key=lambda page: group_title(page.code))
    ]
    footer = _("“reformledger explain CODE” tells all about one, with examples.")
    return Sheet(None, columns, groups=groups, footer=footer, group_heading=_("Group"), name=_("Rules"))


def _row(page: Page) -> list[Cell]:
    return [page.code, labels.styled(page.severity), page.title]


def rules_json(pages: Sequence[Page]) -> list[dict[str, object]]:
    """Return the pages as JSON prints them; an example is a list of documents."""
    return [{**page._asdict(), "group": group_title(page.code)} for page in pages]


def page_lines(page: Page, room: int | None) -> Iterator[Line]:
    """Yield the page of one rule."""
    severity = labels.styled(page.severity)
    yield [(page.code, "bold"), (f" {severity.text}", severity.style)]
    yield from _paragraph(page.title, "bold", room)
    for paragraph in page.text.split("\n\n"):
        yield []
        yield from _paragraph(paragraph, "", room)
    if page.declared_by:
        yield []
        yield from _paragraph(_("Declared away by: {what}").format(what="; ".join(page.declared_by)), "", room)
    for heading, example in ((_("Wrong:"), page.wrong), (_("Right:"), page.right)):
        yield []
        yield [(heading, "bold")]
        for number, document in enumerate(example):
            yield from [[]] if number else []
            for line in document.splitlines():
                yield [(f"    {line}", "red" if f"# {page.code}" in line else "")]
    yield []
    if page.code in {READING, UNMATCHED}:
        return
    reason = _("the reason")
    sentence = _("To leave a finding as it is, write beside the entry: {example}.")
    sentence = sentence.format(example=f"acknowledged: {{{page.code}: {reason}}}")
    yield from _paragraph(sentence, "dim", room)
    yield []


def _paragraph(text: str, style: str, room: int | None) -> Iterator[Line]:
    for part in folded(text, room):
        yield [(part, style)]
