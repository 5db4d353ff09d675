"""The words for kinds, statuses and roles, in the user's language; the Chinese ones are the official wording."""

from __future__ import annotations

from functools import cache

from reformledger.i18n import _
from reformledger.model.life import Light, Reason, Status
from reformledger.model.occurrences import OccurrenceState
from reformledger.standing import Standing
from reformledger.star import StarState


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
    """Return the word for each light."""
    return {Light.RED: _("red"), Light.YELLOW: _("yellow"), Light.BLUE: _("blue"), Light.GREEN: _("green")}


@cache
def reasons() -> dict[str, str]:
    """Return the word for each reason of a light."""
    return {
        Reason.OVERDUE: _("overdue"),
        Reason.MISSED: _("occurrence missed"),
        Reason.READY: _("ready to close"),
        Reason.WEAK: _("weak progress"),
        Reason.BEHIND: _("behind"),
        Reason.GAP: _("earlier occurrence missed"),
        Reason.UNREPORTED: _("unreported"),
        Reason.DUE_SOON: _("due soon"),
        Reason.ON_TIME: _("on time"),
    }


@cache
def occurrence_states() -> dict[str, str]:
    """Return the word for each state of an occurrence."""
    return {
        OccurrenceState.MET: _("met"),
        OccurrenceState.LATE: _("late"),
        OccurrenceState.MISSED: _("missed"),
        OccurrenceState.WAIVED: _("waived"),
        OccurrenceState.TO_COME: _("to come"),
        OccurrenceState.NOT_OWED: _("not owed"),
    }


@cache
def star_states() -> dict[str, str]:
    """Return the word for each state of a ☆."""
    return {
        StarState.OPEN: _("open"),
        StarState.MET: _("closed"),
        StarState.MET_LATE: _("closed late"),
        StarState.CARRIED_OVER: _("carried over unmet"),
    }


def light_text(standing: Standing) -> str:
    """Return a light with its reason: colour alone would be lost on many screens and to many eyes; "" for none."""
    if standing.light is None or standing.reason is None:
        return ""
    return _("{light}: {reason}").format(light=lights()[standing.light], reason=reasons()[standing.reason])


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
