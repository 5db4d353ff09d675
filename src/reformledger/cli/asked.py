"""What a command was asked, in words: what stands above an answer that is handed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from reformledger.i18n import _
from reformledger.views.answer import About

_typed: list[Any] = []
"""The context of the command that runs, as Typer has it."""


def remember(context: Any) -> None:
    """Keep what was typed, for the answer of the command."""
    _typed[:] = [context]


def about_answer() -> About:
    """Return title and question of the answer to the command that runs; its day is for whoever opened the book."""
    if not _typed:
        return About()
    (context,) = _typed
    # A flag that is not given is False, one of two (--star, --no-star) None.
    defaults = {each.name: each.default for each in context.command.params}
    typed = {name: value for name, value in context.params.items() if value not in (defaults[name], None, [], ())}
    return About(_titles().get(context.info_name, ""), None, _("; ").join(_conditions(typed)))


def typed_again(*, without: Collection[str], adding: Sequence[str]) -> list[str]:
    """Return the words of the command that runs, as it could be typed without some of its options and with others."""
    (context,) = _typed
    words = ["reformledger", str(context.info_name)]
    for option in context.command.params:
        value = context.params.get(option.name)
        if option.name in without or value in (option.default, None, [], ()):
            continue
        if isinstance(value, bool):
            words += (option.opts if value else option.secondary_opts)[:1]
        else:
            for each in value if isinstance(value, list | tuple) else [value]:
                words += [option.opts[0], str(each)] if option.param_type_name == "option" else [str(each)]
    return [*words, *adding]


def _titles() -> dict[str, str]:
    return {
        "list": _("Entries"),
        "star": _("☆ close-out items"),
        "show": _("Details of entries"),
        "by-leader": _("Entries by leader"),
        "by-department": _("Entries by department"),
        "check": _("Findings of the check"),
        "explain": _("Rules and lights"),
        "stats": _("Statistics"),
        "due": _("What to chase"),
        "reports": _("Reports received and missing"),
        "diff": _("What changed"),
        "log": _("History"),
        "brief": _("Brief for the meeting"),
        "send": _("Forms for departments"),
        "draft": _("Draft of a ledger"),
        "rollover": _("Carried over"),
    }


def labels() -> dict[str, str]:
    """Return what each condition is called that changes an answer, by the parameter that holds it.

    What only says where data come from or answers go, or which columns are shown, is no condition.
    """
    from reformledger.fields.entry import ENTRY

    return {
        "due": _("due within"),
        "due_by": _("due by"),
        "leader": ENTRY["leaders"].heading,
        "department": _("department"),
        "role": _("role"),
        "star": "☆",
        "status": ENTRY["status"].heading,
        "light": ENTRY["light"].heading,
        "kind": ENTRY["kind"].heading,
        "year": ENTRY["year"].heading,
        "body": _("body"),
        "carried": _("with what was carried over"),
        "search": _("text"),
        "where": _("column"),
        "limit": _("at most"),
        "ids": ENTRY["id"].heading,
        "entry_id": ENTRY["id"].heading,
        "revisions": _("revisions"),
        "field": _("field"),
        "by": _("by"),
        "history": _("with history"),
        "name": _("name"),
        "within": _("due soon within"),
        "unreported": _("only what is unreported"),
        "period": _("period"),
        "first": _("from"),
        "last": _("to"),
        "since": _("since"),
        "until": _("until"),
        "missing": _("only what is missing"),
        "text": _("in full"),
        "select": _("rules"),
        "ignore": _("without rules"),
        "severity": _("severity"),
        "everything": _("with acknowledged findings"),
        "codes": _("codes"),
    }


def _conditions(typed: Mapping[str, object]) -> Iterator[str]:
    """Yield each condition that was typed, in the order of the help page."""
    for name, label in labels().items():
        value = typed.get(name)
        if value is True:
            yield label
        elif value is False:
            yield _("without {condition}").format(condition=label)
        elif value is not None:
            words = value if isinstance(value, list | tuple) else [value]
            yield _("{heading}: {text}").format(heading=label, text=_(", ").join(map(str, words)))
