"""The words of ``fields.words`` in the user's language, as views put them together, and their styles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reformledger.fields.words import (
    FLAG,
    KIND,
    LIGHT,
    OCCURRENCE_STATE,
    OPEN_ENDED,
    REASON,
    ROLE,
    SEVERITY,
    STAR_STATE,
    STATUS,
    texts,
)
from reformledger.i18n import _
from reformledger.model.life import Light, Status
from reformledger.standing import Standing
from reformledger.views.answer import Styled

if TYPE_CHECKING:
    from reformledger.roles import RoleGroup


@cache
def words() -> dict[str, str]:
    """Return what kinds, statuses, roles, lights, reasons and severities are called in the user's language."""
    return texts(KIND, STATUS, ROLE, LIGHT, REASON, SEVERITY)


@cache
def occurrence_states() -> dict[str, str]:
    """Return the word for each state of an occurrence."""
    return texts(OCCURRENCE_STATE)


@cache
def star_states() -> dict[str, str]:
    """Return the word for each state of a ☆."""
    return texts(STAR_STATE)


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


@cache
def styled(key: str) -> Styled:
    """Return the word for a status, light or severity in its style."""
    return Styled(words()[key], STYLES.get(key, ""))


def capital(word: str) -> str:
    """Return a word as it begins a line."""
    return word[:1].upper() + word[1:]


def yes_no(value: bool) -> str:
    """Return the word for true or false."""
    return FLAG["true" if value else "false"].text


def open_ended() -> str:
    """Return the word for a deadline without a last day."""
    return OPEN_ENDED.text
