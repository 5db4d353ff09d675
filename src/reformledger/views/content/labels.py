"""The words for keys, kinds, statuses and roles, in the user's language; the Chinese ones are the official wording."""

from __future__ import annotations

from functools import cache

from reformledger.i18n import _
from reformledger.model.life import Light, Status


@cache
def headings() -> dict[str, str]:
    """Return the heading of each key of the record, and of the columns that only tables have."""
    return {
        "id": _("ID"),
        "ref": _("Ref"),
        "year": _("Year"),
        "kind": _("Kind"),
        "part": _("Part"),
        "number": _("No."),
        "title": _("Title"),
        "leaders": _("Leaders"),
        "lead_departments": _("Lead"),
        "supporting_departments": _("Support"),
        "due": _("Due"),
        "wording": _("Deadline as printed"),
        "start": _("First day"),
        "end": _("Last day"),
        "star": "☆",
        "star_note": _("Condition of the ☆"),
        "star_closed": _("☆ closed out"),
        "status": _("Status"),
        "text": _("Text"),
        "outcome": _("Outcome"),
        "city_leader": _("City leader"),
        "document_number": _("Document number"),
        "issued": _("Issued"),
        "level": _("Level"),
        "deployed_by": _("Deployed by"),
        "basis": _("Basis"),
        "contact": _("Contact"),
        "phases": _("Phases"),
        "targets": _("Targets"),
        "implements": _("Carries out"),
        "progress": _("Progress"),
        "extensions": _("Extensions"),
        "closed": _("Closed out"),
        "carried_over_from": _("Carried over from"),
        "acknowledged": _("Acknowledged findings"),
        "remark": _("Remark"),
        "columns": _("Own columns"),
        "file": _("File"),
        "line": _("Line"),
    }


@cache
def kinds() -> dict[str, str]:
    """Return the word for each kind of entry."""
    return {
        "point": _("work point"),
        "task": _("task"),
        "review": _("review"),
        "scheme": _("scheme"),
        "pilot": _("pilot"),
    }


@cache
def statuses() -> dict[str, str]:
    """Return the word for each status."""
    return {
        Status.CLOSED: _("closed"),
        Status.CARRIED_OVER: _("carried over"),
        Status.OVERDUE: _("overdue"),
        Status.DUE_SOON: _("due soon"),
        Status.UNDER_WAY: _("under way"),
        Status.NOT_STARTED: _("not started"),
    }


@cache
def roles() -> dict[str, str]:
    """Return the word for each role of a leader or department."""
    return {
        "leader": _("leader"),
        "city_leader": _("city leader"),
        "responsible": _("responsible person"),
        "lead": _("lead department"),
        "support": _("supporting department"),
    }


@cache
def lights() -> dict[str, str]:
    """Return the word for each light: colour alone would be lost on many screens and to many eyes."""
    return {
        Light.RED: _("red: overdue"),
        Light.YELLOW: _("yellow: behind"),
        Light.BLUE: _("blue: due soon"),
        Light.GREEN: _("green: on time"),
    }


STATUS_STYLES: dict[str, str] = {
    Status.CLOSED: "green",
    Status.CARRIED_OVER: "dim",
    Status.OVERDUE: "bold red",
    Status.DUE_SOON: "blue",
    Status.UNDER_WAY: "",
    Status.NOT_STARTED: "",
}
LIGHT_STYLES: dict[str, str] = {
    Light.RED: "bold red",
    Light.YELLOW: "yellow",
    Light.BLUE: "blue",
    Light.GREEN: "green",
}


def yes_no(value: bool) -> str:
    """Return the word for true or false."""
    return _("yes") if value else _("no")


def open_ended() -> str:
    """Return the word for a deadline without a last day."""
    return _("open-ended")


@cache
def point_headings() -> dict[str, str]:
    """Return the words that the closing parenthesis of a work point uses instead of a table's headings."""
    return {
        "leaders": _("Leading officials"),
        "lead_departments": _("Responsible departments (lead)"),
        "supporting_departments": _("Responsible departments (support)"),
    }
