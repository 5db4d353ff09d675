"""The command line as Typer runs it: the program, its commands, their help pages in the user's language."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from reformledger.cli.commands import PANELS
from reformledger.cli.help_pages import install_highlighters
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.nearest import nearest_advice


class Command(TyperCommand):
    """A command whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        install_highlighters()
        super().format_help(ctx, formatter)


class Program(TyperGroup):
    """The program itself, whose help page is in the user's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        install_highlighters()
        super().format_help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first argument names; raises ``UsageError`` with the nearest names."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            from reformledger.text.nearest import nearest

            message = _("There is no command “{name}”.").format(name=name)
            advice = nearest_advice(nearest(name, self.commands)) or _("“reformledger --help” lists the commands.")
            raise UsageError(message, advice)
        return super().resolve_command(ctx, args)


def _typer_words() -> dict[str, str]:
    """Return the texts that Typer writes into help pages in English, and ours for them."""
    return {
        "Usage: ": _("Usage: "),
        "Show this message and exit.": _("Show this message and exit."),
        "Install completion for the current shell.": _("Install completion for the current shell."),
        "Show completion for the current shell, to copy it or customize the installation.": _(
            "Show completion for the current shell, to copy it or customize the installation."
        ),
    }


def _translated_usage(usage: str) -> str:
    """Return a usage line of Typer's with our word for “Usage”."""
    prefix = "Usage: "
    return _typer_words()[prefix] + usage.removeprefix(prefix)


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
        add = app.command(
            row.name,
            cls=Command,
            help=row.help,
            rich_help_panel=panel.title,
            options_metavar=_("[OPTIONS]"),
        )
        add(getattr(import_module(f"reformledger.cli.{panel.module}"), function))
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - the callback makes it a group
    words = _typer_words()
    for each in (group, *group.commands.values()):
        for option in each.get_params(typer.Context(each)):
            if isinstance(option, TyperOption):
                option.help = words.get(option.help or "", option.help)
    return group
