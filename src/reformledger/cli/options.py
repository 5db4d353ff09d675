"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from reformledger.cli import assignments, completion
from reformledger.cli.words import KIND_WORDS, LIGHT_WORDS, ROLE_WORDS, STATUS_WORDS, choose
from reformledger.i18n import _
from reformledger.views.formats.registry import ANSWERS, TAKEN, UNDATED, Formats

ID_HELP = _("point-4, or with its year 2020/point-4.")
Word = str | None
Words = list[str] | None


def option(name: str, metavar: str, help: str, completed_by: Callable[..., list[str]] | None = None) -> Any:
    """Return an option that takes a value."""
    return typer.Option(name, metavar=metavar, help=help, autocompletion=completed_by)


def format_option(formats: Formats, help: str) -> Any:
    """Return the option that names one of ``formats``; another is refused before any data are read."""
    choices = formats.by_name

    def known(ctx: typer.Context, word: str | None) -> str | None:
        if word is not None and not ctx.resilient_parsing:
            choose("--format", word, formats.by_name)
        return word

    metavar, offered = "|".join(choices), completion.among(choices.keys)
    return typer.Option("--format", "-f", metavar=metavar, help=help, autocompletion=offered, callback=known)


def file_option(formats: Formats, help: str) -> Any:
    """Return the option that names the file to write; ``help`` says which {endings} ``formats`` know."""
    return typer.Option("--output", "-o", metavar=_("FILE"), help=help.format(endings=_(", ").join(formats.endings)))


Data = Annotated[
    list[Path] | None,
    option("--data", _("PATH"), _("File or folder to read instead of the nearest data folder; may be repeated.")),
]
Body = Annotated[
    Words,
    option("--body", _("NAME"), _("Of a data set: only this body; may be repeated."), completion.body_names),
]
AsOf = Annotated[Word, option("--as-of", _("DAY"), _("Tell statuses as of this day (2020-10-01); today otherwise."))]
Format = Annotated[Word, format_option(ANSWERS, _("How to print the answer."))]
OutputFile = Annotated[Path | None, file_option(ANSWERS, _("Write the answer to a file ({endings})."))]
UndatedFormat = Annotated[Word, format_option(UNDATED, _("How to print the answer."))]
UndatedFile = Annotated[Path | None, file_option(UNDATED, _("Write the answer to a file ({endings})."))]
TakenFormat = Annotated[Word, format_option(TAKEN, _("How to print the answer."))]
TakenFile = Annotated[Path | None, file_option(TAKEN, _("Write the answer to a file ({endings})."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would change, and write nothing."))]
SkipConflicts = Annotated[
    bool, typer.Option("--skip-conflicts", help=_("Leave out what is for a person to decide, and write the rest."))
]
Recount = Annotated[
    bool, typer.Option("--recount", help=_("Write the printed counts above it anew (共5个), in their own words."))
]
Reveal = Annotated[bool, typer.Option("--reveal-contacts", help=_("Show phone numbers, which are masked otherwise."))]
Due = Annotated[
    Words, option("--due", _("PERIOD"), _("Due within a period: 2020, 2020-12, 四季度, 12月; may be repeated."))
]
DueBy = Annotated[Words, option("--due-by", _("PERIOD"), _("Due no later than the end of a period."))]
Leader = Annotated[
    Words,
    option(
        "--leader", _("NAME"), _("Leader, city leader or responsible person; may be repeated."), completion.leader_names
    ),
]
Department = Annotated[
    Words,
    option(
        "--department", _("NAME"), _("Department under any of its names; may be repeated."), completion.department_names
    ),
]
Role = Annotated[
    Word,
    option(
        "--role",
        "lead|support",
        _("With --department: only where it leads, or supports."),
        completion.among(ROLE_WORDS.keys),
    ),
]
Star = Annotated[bool | None, typer.Option("--star/--no-star", help=_("Only with ☆, or only without."))]
StatusOption = Annotated[
    Words,
    option(
        "--status",
        _("STATUS"),
        _("closed, carried_over, overdue, due_soon, under_way, not_started, or in Chinese; may be repeated."),
        completion.among(STATUS_WORDS.keys),
    ),
]
Kind = Annotated[
    Words,
    option(
        "--kind",
        _("KIND"),
        _("point, task, review, scheme, pilot, or in Chinese; may be repeated."),
        completion.among(KIND_WORDS.keys),
    ),
]
Year = Annotated[
    Words, option("--year", _("YEAR"), _("Year of the documents; may be repeated."), completion.document_years)
]
Lights = Annotated[
    Words,
    option(
        "--light",
        "red|yellow|blue|green",
        _("Only with this light, or in Chinese: red,yellow; may be repeated."),
        completion.among(LIGHT_WORDS.keys),
    ),
]
Carried = Annotated[
    bool, typer.Option("--carried", help=_("Also what was carried over, which counts in the later year alone."))
]
Search = Annotated[
    Words,
    option(
        "--search",
        _("TEXT"),
        _("Text anywhere in the entry; width, case, spaces and which brackets, quotes or dashes do not matter."),
    ),
]
Where = Annotated[
    Words,
    option(
        "--where",
        _("KEY=TEXT"),
        _("Column, by key or heading, that says TEXT; may be repeated."),
        assignments.conditions,
    ),
]
Columns = Annotated[
    Words, option("--columns", _("KEY,KEY"), _("Columns to show, by key or heading."), assignments.column_words)
]
Sort = Annotated[
    Words,
    option(
        "--sort",
        _("KEY"),
        _(
            "Sort by id, due, title, leader, department, status or days_left, by -due downwards; may be repeated; "
            "in the order of the notice otherwise."
        ),
        completion.sort_keys,
    ),
]
Limit = Annotated[Word, option("--limit", _("N"), _("Show the first N only."))]
Remind = Annotated[
    Word, option("--remind", _("DAYS"), _("In a calendar (.ics): remind so long before each day: 7d, 2w."))
]
