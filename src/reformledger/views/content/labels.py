"""What kinds, statuses, roles, lights and severities are called, in the official wording, and their styles."""

from __future__ import annotations

from functools import cache

from reformledger.i18n import _
from reformledger.model.life import Light, Status
from reformledger.views.answer import Styled


@cache
def words() -> dict[str, str]:
    """Return what each is called in the user's language.

    A light is named by its meaning, too: colour alone would be lost on many screens and to many eyes.
    """
    return {
        "point": _("work point"),
        "task": _("task"),
        "review": _("review"),
        "scheme": _("scheme"),
        "pilot": _("pilot"),
        Status.CLOSED: _("closed"),
        Status.CARRIED_OVER: _("carried over"),
        Status.OVERDUE: _("overdue"),
        Status.DUE_SOON: _("due soon"),
        Status.UNDER_WAY: _("under way"),
        Status.NOT_STARTED: _("not started"),
        "leader": _("leader"),
        "city_leader": _("city leader"),
        "responsible": _("responsible person"),
        "lead": _("lead department"),
        "support": _("supporting department"),
        Light.RED: _("red: overdue"),
        Light.YELLOW: _("yellow: behind"),
        Light.BLUE: _("blue: due soon"),
        Light.GREEN: _("green: on time"),
        "error": _("error"),
        "warning": _("warning"),
        "note": _("note"),
    }


STYLES: dict[str, str] = {
    Status.CLOSED: "green",
    Status.CARRIED_OVER: "dim",
    Status.OVERDUE: "bold red",
    Status.DUE_SOON: "blue",
    Light.RED: "bold red",
    Light.YELLOW: "yellow",
    Light.BLUE: "blue",
    Light.GREEN: "green",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
}


def styled(key: str) -> Styled:
    """Return the word for a status, light or severity in its style."""
    return Styled(words()[key], STYLES.get(key, ""))


def yes_no(value: bool) -> str:
    """Return the word for true or false."""
    return _("yes") if value else _("no")


def open_ended() -> str:
    """Return the word for a deadline without a last day."""
    return _("open-ended")
