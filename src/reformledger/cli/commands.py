"""Which commands there are: panel, name, where it is written, what it is for."""

from __future__ import annotations

from typing import NamedTuple

from reformledger.i18n import _


class CommandInfo(NamedTuple):
    """One command; ``module`` is that of ``reformledger.cli`` which holds its ``function``."""

    panel: str
    name: str
    module: str
    function: str
    help: str


COMMANDS = (
    CommandInfo(
        _("Entries"), "list", "entries", "list_entries", _("List entries: all, or those that meet every condition.")
    ),
    CommandInfo(
        _("Entries"), "star", "entries", "star", _("List the ☆ items, which must be closed out within the year.")
    ),
    CommandInfo(
        _("Entries"),
        "show",
        "entries",
        "show",
        _("Show all of one entry, every column under its official heading."),
    ),
    CommandInfo(
        _("Who"),
        "by-leader",
        "people",
        "by_leader",
        _("Show what a leader answers for; without a name, count for all."),
    ),
    CommandInfo(
        _("Who"),
        "by-department",
        "people",
        "by_department",
        _("Show what a department leads and supports; without a name, count for all."),
    ),
    CommandInfo(
        _("Check"),
        "check",
        "check",
        "check",
        _("Audit the ledger against itself and across documents; exit code 1 on any open error or warning."),
    ),
    CommandInfo(
        _("Check"),
        "explain",
        "check",
        "explain",
        _("Say what a rule looks for and why, with a wrong and a right example."),
    ),
    CommandInfo(
        _("Overview"), "stats", "overview", "stats", _("Count entries by status, kind, leader and department.")
    ),
    CommandInfo(
        _("Overview"),
        "due",
        "chasing",
        "due",
        _("Show what to chase now, by department: overdue, behind, due soon; with -f md as supervision sheets."),
    ),
    CommandInfo(_("Edit"), "progress", "edit", "progress", _("Record a report on an entry.")),
    CommandInfo(_("Edit"), "close", "edit", "close", _("Close out an entry or a phase, on evidence.")),
    CommandInfo(_("Edit"), "reopen", "edit", "reopen", _("Take a close-out back, and keep it in the history.")),
    CommandInfo(
        _("Edit"),
        "extend",
        "edit",
        "extend",
        _("Move a deadline to a later one, and keep the old one in the record."),
    ),
    CommandInfo(_("Edit"), "set", "edit", "set_fields", _("Give fields of an entry new values.")),
    CommandInfo(_("Edit"), "add", "edit", "add", _("Add an entry to a table or section.")),
    CommandInfo(_("Edit"), "remove", "edit", "remove", _("Take an entry out, and keep a record of it.")),
    CommandInfo(_("Edit"), "undo", "edit", "undo", _("Take back the last edit made by these commands.")),
    CommandInfo(
        _("Edit"),
        "rollover",
        "edit",
        "rollover",
        _("Make next year's documents from what is not closed out; no deadline moves."),
    ),
    CommandInfo(
        _("Repository"),
        "init",
        "repository",
        "init",
        _("Make a new ledger repository: examples to fill in, schemas, checks before each commit."),
    ),
    CommandInfo(
        _("Repository"),
        "schema",
        "repository",
        "schema",
        _("Print the JSON Schema of a kind of document, with which editors explain and check it."),
    ),
)
"""In the order of the help page."""
