"""The words for kinds, statuses and roles, in the user's language; the Chinese ones are the official wording."""

from __future__ import annotations

from functools import cache

from reformledger.i18n import _
from reformledger.model.life import Light, Status


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
