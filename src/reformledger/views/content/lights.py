"""The page of a light, reason or status, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformledger.i18n import _
from reformledger.lights.page import DayOfExample, LightPage
from reformledger.views.answer import Column, Line, Sheet
from reformledger.views.content import labels
from reformledger.views.content.findings import folded


def light_lines(page: LightPage, room: int | None) -> Iterator[Line]:
    """Yield the page of one light, reason or status."""
    yield [(page.title, "bold"), (f" {page.code}", "")]
    for heading, text in ((_("What it means"), page.means), (_("When"), page.when), (_("Until"), page.until)):
        yield []
        yield [(heading, "bold")]
        for part in folded(text, room):
            yield [(part, "")]
    yield []
    yield [(_("Example"), "bold")]
    for rows in page.rows:
        for line in rows.splitlines():
            yield [(f"    {line}", "")]
    for day in page.days:
        style = labels.STYLES[day.light] if day.light else ""
        yield [(f"    {day.day.isoformat()}  ", ""), (day_text(day), style)]
    yield []


def day_text(day: DayOfExample) -> str:
    """Return light, reason and status of a day in words."""
    status = labels.words()[day.status]
    if day.light is None or day.reason is None:
        return _("no light; status: {status}").format(status=status)
    sentence = _("{light}: {reason}; status: {status}")
    return sentence.format(light=labels.words()[day.light], reason=labels.words()[day.reason], status=status)


def lights_sheet(pages: Sequence[LightPage]) -> Sheet:
    """Return the pages as a table."""
    columns = [
        Column("code", _("Code"), fixed=True),
        Column("title", _("Word"), fixed=True),
        Column("means", _("What it means")),
        Column("when", _("When"), weight=2),
        Column("until", _("Until")),
    ]
    rows = [[page.code, page.title, page.means, page.when, page.until] for page in pages]
    return Sheet(None, columns, rows, name=_("Lights"))


def lights_json(pages: Sequence[LightPage]) -> list[dict[str, object]]:
    """Return the pages as JSON prints them."""
    return [{**page._asdict(), "days": [_day_json(day) for day in page.days]} for page in pages]


def _day_json(day: DayOfExample) -> dict[str, object]:
    return {"day": day.day.isoformat(), "light": day.light, "light_reason": day.reason, "status": day.status}
