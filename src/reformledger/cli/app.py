"""The command line as Typer runs it: which commands there are, their help pages in the user's language.

One module is a panel of the help page, one function in it a command.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from reformledger.cli.asked import remember
from reformledger.cli.typer_texts import install_highlighters, translated_usage
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.nearest import nearest, nearest_advice


class CommandRow(NamedTuple):
    """One command; ``function`` and ``module`` where they are not those of its name and its panel."""

    name: str
    help: str
    function: str = ""
    module: str = ""


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
        _("History"),
        "history",
        (
            CommandRow(
                "diff", _("Show what changed between two revisions, or since a day, entry by entry and field by field.")
            ),
            CommandRow("log", _("Show who changed what and when; with an id, all the life of one entry.")),
        ),
    ),
    Panel(
        _("Papers and pages"),
        "documents",
        (
            CommandRow(
                "annex", _("Write the documents of a year as they are issued: work points as text, ledgers as tables.")
            ),
            CommandRow(
                "brief", _("Make the page for a meeting: how all is going, who lags, what is due, what changed.")
            ),
            CommandRow(
                "board", _("Write a page to look at: lights by department and month, all of each entry a click away.")
            ),
        ),
    ),
    Panel(
        _("Exchange"),
        "exchange",
        (
            CommandRow("send", _("Make a workbook for each department, in which it fills in what it has to report.")),
            CommandRow("take", _("Record what came back in these workbooks: all or nothing, and nothing guessed.")),
            CommandRow(
                "draft",
                _("Make a ledger of notices and tables: every character is used, or asked about."),
                module="draft",
            ),
        ),
    ),
    Panel(
        _("Many bodies"),
        "gather",
        (
            CommandRow(
                "gather", _("Make one data set (Parquet) of many bodies' ledgers, which list and stats ask at once.")
            ),
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
                "merge-driver",
                _("Let git merge ledgers entry by entry: --install makes it known; git then runs it."),
                module="merge_driver",
            ),
            CommandRow(
                "schema", _("Print the JSON Schema of a kind of document, with which editors explain and check it.")
            ),
        ),
    ),
)
"""In the order of the help page."""


class Command(TyperCommand):
    """A command whose help page is in the user's language."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; its answer may say what was asked."""
        remember(ctx)
        return super().invoke(ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        install_highlighters()
        super().format_help(ctx, formatter)


class Program(TyperGroup):
    """The program itself, whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        install_highlighters()
        super().format_help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first argument names; raises ``UsageError`` with the nearest names."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            message = _("There is no command “{name}”.").format(name=name)
            advice = nearest_advice(nearest(name, self.commands)) or _("“reformledger --help” lists the commands.")
            raise UsageError(message, advice)
        return super().resolve_command(ctx, args)


def _translations() -> dict[str, str]:
    """Return the help of Typer's own options in English, and ours for it."""
    return {
        "Show this message and exit.": _("Show this message and exit."),
        "Install completion for the current shell.": _("Install completion for the current shell."),
        "Show completion for the current shell, to copy it or customize the installation.": _(
            "Show completion for the current shell, to copy it or customize the installation."
        ),
    }


def _print_version(value: bool) -> None:
    if value:
        from reformledger import __version__
        from reformledger.views.output import Output

        Output.of_process().write_text(f"reformledger {__version__}\n")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Show the version and exit."))
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def _app() -> typer.Typer:
    app = typer.Typer(
        name="reformledger",
        cls=Program,
        help=_(
            "A bureau's work points and reform ledger, kept as YAML in git: every question answered in one command."
        ),
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
    )
    app.callback()(_root)
    return app


@cache
def command(name: str | None = None) -> TyperGroup:
    """Return the whole command line, or only as much of it as the command ``name`` needs.

    Typer builds every option of every command that it knows, and each module costs its import: starting takes most
    of the time that a question takes.
    """
    app = _app()
    rows = [(panel, row) for panel in PANELS for row in panel.commands]
    for panel, row in [pair for pair in rows if pair[1].name == name] or rows:
        function = row.function or row.name.replace("-", "_")
        metavar = _("[OPTIONS]")
        add = app.command(row.name, cls=Command, help=row.help, rich_help_panel=panel.title, options_metavar=metavar)
        add(getattr(import_module(f"reformledger.cli.{row.module or panel.module}"), function))
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - the callback makes it a group
    words = _translations()
    for each in (group, *group.commands.values()):
        for option in each.get_params(typer.Context(each)):
            if isinstance(option, TyperOption):
                option.help = words.get(option.help or "", option.help)
    return group
