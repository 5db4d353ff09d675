"""What kinds, statuses, roles, lights and severities are called, in the official wording, and their styles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reformledger.i18n import _
from reformledger.model.life import Light, Reason, Status
from reformledger.model.occurrences import OccurrenceState
from reformledger.standing import Standing
from reformledger.star import StarState
from reformledger.views.answer import Styled

if TYPE_CHECKING:
    from reformledger.roles import RoleGroup


@cache
def words() -> dict[str, str]:
    """Return what kinds, statuses, roles, lights, reasons and severities are called in the user's language."""
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
        Light.RED: _("red"),
        Light.YELLOW: _("yellow"),
        Light.BLUE: _("blue"),
        Light.GREEN: _("green"),
        Reason.MISSED: _("occurrence missed"),
        Reason.READY: _("ready to close"),
        Reason.WEAK: _("weak progress"),
        Reason.BEHIND: _("behind"),
        Reason.GAP: _("earlier occurrence missed"),
        Reason.UNREPORTED: _("unreported"),
        Reason.ON_TIME: _("on time"),
        "error": _("error"),
        "warning": _("warning"),
        "note": _("note"),
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


def role_text(group: RoleGroup) -> str:
    """Return the word for a role, with the group through which it is held; a role of persons is shown as printed."""
    word = group.role if group.is_printed else words()[group.role]
    return word if group.through is None else _("{role}, in {group}").format(role=word, group=group.through)


def light_text(standing: Standing) -> str:
    """Return a light with its reason: colour alone would be lost on many screens and to many eyes; "" for none."""
    if standing.light is None or standing.reason is None:
        return ""
    return _("{light}: {reason}").format(light=words()[standing.light], reason=words()[standing.reason])


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
