"""The commands, their help panels and their help texts."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from reformledger.cli import chasing, check, edit, entries, overview, people, repository
from reformledger.cli.pages import dress
from reformledger.cli.sentences import typer_words
from reformledger.errors import UsageError, nearest_advice
from reformledger.i18n import _


class Command(TyperCommand):
    """A command whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return in_our_words(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        dress()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The program itself, likewise."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return in_our_words(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        dress()
        super().format_help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first argument names; raises ``UsageError`` with the nearest names."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            from reformledger.loader import nearest

            message = _("There is no command “{name}”.").format(name=name)
            advice = nearest_advice(nearest(name, self.commands)) or _("“reformledger --help” lists the commands.")
            raise UsageError(message, advice)
        return super().resolve_command(ctx, args)


def in_our_words(usage: str) -> str:
    """Return a usage line of Typer's with our word for “Usage”."""
    prefix = "Usage: "
    return typer_words()[prefix] + usage.removeprefix(prefix)


app = typer.Typer(
    name="reformledger",
    cls=Group,
    help=_("A bureau's work points and reform ledger, kept as YAML in git: every question answered in one command."),
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGS]..."),
)


def _print_version(value: bool) -> None:
    if value:
        from reformledger import __version__
        from reformledger.views.output import Output

        Output.of_process().write_text(f"reformledger {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help=_("Show the version and exit.")),
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


for _panel, _name, _function, _help in (
    (_("Entries"), "list", entries.list_entries, _("List entries: all, or those that meet every condition.")),
    (_("Entries"), "star", entries.star, _("List the ☆ items, which must be closed out within the year.")),
    (
        _("Entries"),
        "show",
        entries.show,
        _("Show all of one entry, every column under its official heading."),
    ),
    (
        _("Who"),
        "by-leader",
        people.by_leader,
        _("Show what a leader answers for; without a name, count for all."),
    ),
    (
        _("Who"),
        "by-department",
        people.by_department,
        _("Show what a department leads and supports; without a name, count for all."),
    ),
    (
        _("Check"),
        "check",
        check.check,
        _("Audit the ledger against itself and across documents; exit code 1 on any open error or warning."),
    ),
    (_("Check"), "explain", check.explain, _("Say what a rule looks for and why, with a wrong and a right example.")),
    (_("Overview"), "stats", overview.stats, _("Count entries by status, kind, leader and department.")),
    (
        _("Overview"),
        "due",
        chasing.due,
        _("Show what to chase now, by department: overdue, behind, due soon; with -f md as supervision sheets."),
    ),
    (_("Edit"), "progress", edit.progress, _("Record a report on an entry.")),
    (_("Edit"), "close", edit.close, _("Close out an entry or a phase, on evidence.")),
    (_("Edit"), "reopen", edit.reopen, _("Take a close-out back, and keep it in the history.")),
    (_("Edit"), "extend", edit.extend, _("Move a deadline to a later one, and keep the old one in the record.")),
    (_("Edit"), "set", edit.set_fields, _("Give fields of an entry new values.")),
    (_("Edit"), "add", edit.add, _("Add an entry to a table or section.")),
    (_("Edit"), "remove", edit.remove, _("Take an entry out, and keep a record of it.")),
    (_("Edit"), "undo", edit.undo, _("Take back the last edit made by these commands.")),
    (
        _("Edit"),
        "rollover",
        edit.rollover,
        _("Make next year's documents from what is not closed out; no deadline moves."),
    ),
    (
        _("Repository"),
        "init",
        repository.init,
        _("Make a new ledger repository: examples to fill in, schemas, checks before each commit."),
    ),
    (
        _("Repository"),
        "schema",
        repository.schema,
        _("Print the JSON Schema of a kind of document, with which editors explain and check it."),
    ),
):
    app.command(_name, cls=Command, help=_help, rich_help_panel=_panel, options_metavar=_("[OPTIONS]"))(_function)


def command() -> TyperGroup:
    """Return the whole command line, with Typer's own options in the user's language."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - several commands make a group
    words = typer_words()
    for each in (group, *group.commands.values()):
        for option in each.get_params(typer.Context(each)):
            if isinstance(option, TyperOption):
                option.help = words.get(option.help or "", option.help)
    return group
