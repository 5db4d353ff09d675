"""Which commands there are: one module a panel of the help page, one function in it a command."""

from __future__ import annotations

from typing import NamedTuple

from reformledger.i18n import _


class CommandRow(NamedTuple):
    """One command; ``function`` where that of its panel's module has another name."""

    name: str
    help: str
    function: str = ""


class Panel(NamedTuple):
    """A panel of the help page; ``module`` of ``reformledger.cli`` holds its commands."""

    title: str
    module: str
    commands: tuple[CommandRow, ...]


PANELS = (
    Panel(
        _("Entries"),
        "entries",
        (
            CommandRow("list", _("List entries: all, or those that meet every condition."), "list_entries"),
            CommandRow("star", _("List the ☆ items, which must be closed out within the year.")),
            CommandRow("show", _("Show all of one entry, every column under its official heading.")),
        ),
    ),
    Panel(
        _("Who"),
        "people",
        (
            CommandRow("by-leader", _("Show what a leader answers for; without a name, count for all.")),
            CommandRow("by-department", _("Show what a department leads and supports; without a name, count for all.")),
        ),
    ),
    Panel(
        _("Check"),
        "check",
        (
            CommandRow(
                "check",
                _("Audit the ledger against itself and across documents; exit code 1 on any open error or warning."),
            ),
            CommandRow("explain", _("Say what a rule, light, reason or status means, with examples.")),
        ),
    ),
    Panel(
        _("Overview"),
        "overview",
        (
            CommandRow("stats", _("Count entries by status, kind, leader and department.")),
            CommandRow(
                "due",
                _(
                    "Show what to chase now, by department: overdue, behind, due soon; "
                    "with -f md as supervision sheets."
                ),
            ),
            CommandRow("reports", _("Show which reports are there and which are missing, by department, of a period.")),
        ),
    ),
    Panel(
        _("Edit"),
        "edit",
        (
            CommandRow("progress", _("Record a report on an entry.")),
            CommandRow("waive", _("Say that an occurrence of what recurs need not be reported on.")),
            CommandRow("close", _("Close out entries, or a phase, on evidence.")),
            CommandRow("reopen", _("Take a close-out back, and keep it in the history.")),
            CommandRow("extend", _("Move a deadline to a later one, and keep the old one in the record.")),
            CommandRow("set", _("Give fields of an entry new values."), "set_fields"),
            CommandRow("add", _("Add an entry to a table or section.")),
            CommandRow("remove", _("Take an entry out, and keep a record of it.")),
            CommandRow("undo", _("Take back the last edit made by these commands.")),
            CommandRow("rollover", _("Make next year's documents from what is not closed out; no deadline moves.")),
        ),
    ),
    Panel(
        _("Repository"),
        "repository",
        (
            CommandRow(
                "init", _("Make a new ledger repository: examples to fill in, schemas, checks before each commit.")
            ),
            CommandRow(
                "schema", _("Print the JSON Schema of a kind of document, with which editors explain and check it.")
            ),
        ),
    ),
)
"""In the order of the help page."""
