"""The options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import complete
from reformledger.i18n import _
from reformledger.views.formats.registry import ANSWERS

Data = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        metavar=_("PATH"),
        help=_("File or folder to read instead of the nearest data folder; may be repeated."),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar=_("DAY"), help=_("Tell statuses as of this day (2020-10-01); today otherwise.")),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(ANSWERS.by_name),
        autocompletion=complete.formats,
        help=_("How to print the answer."),
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        help=_("Write the answer to a file ({endings}).").format(endings=_(", ").join(ANSWERS.endings)),
    ),
]
Reveal = Annotated[
    bool,
    typer.Option("--reveal-contacts", help=_("Show phone numbers, which are masked otherwise.")),
]
Due = Annotated[
    list[str] | None,
    typer.Option(
        "--due",
        metavar=_("PERIOD"),
        help=_("Due within a period: 2020, 2020-12, 四季度, 12月; may be repeated."),
    ),
]
DueBy = Annotated[
    list[str] | None,
    typer.Option("--due-by", metavar=_("PERIOD"), help=_("Due no later than the end of a period.")),
]
Leader = Annotated[
    list[str] | None,
    typer.Option(
        "--leader",
        metavar=_("NAME"),
        autocompletion=complete.leaders,
        help=_("Leader, city leader or responsible person; may be repeated."),
    ),
]
Department = Annotated[
    list[str] | None,
    typer.Option(
        "--department",
        metavar=_("NAME"),
        autocompletion=complete.departments,
        help=_("Department under any of its names; may be repeated."),
    ),
]
Role = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="lead|support",
        autocompletion=complete.roles,
        help=_("With --department: only where it leads, or supports."),
    ),
]
Star = Annotated[
    bool | None,
    typer.Option("--star/--no-star", help=_("Only with ☆, or only without.")),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar=_("STATUS"),
        autocompletion=complete.statuses,
        help=_("closed, carried_over, overdue, due_soon, under_way, not_started, or in Chinese; may be repeated."),
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar=_("KIND"),
        autocompletion=complete.kinds,
        help=_("point, task, review, scheme, pilot, or in Chinese; may be repeated."),
    ),
]
Year = Annotated[
    list[str] | None,
    typer.Option("--year", metavar=_("YEAR"), help=_("Year of the documents; may be repeated.")),
]
Lights = Annotated[
    list[str] | None,
    typer.Option(
        "--light",
        metavar="red|yellow|blue|green",
        autocompletion=complete.lights,
        help=_("Only with this light, or in Chinese: red,yellow; may be repeated."),
    ),
]
Carried = Annotated[
    bool, typer.Option("--carried", help=_("Also what was carried over, which counts in the later year alone."))
]
Search = Annotated[
    list[str] | None,
    typer.Option("--search", metavar=_("TEXT"), help=_("Text anywhere in the entry; width and case do not matter.")),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar=_("KEY=TEXT"),
        help=_("Column, by key or heading, that says TEXT; may be repeated."),
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar=_("KEY,KEY"),
        autocompletion=complete.columns,
        help=_("Columns to show, by key or heading."),
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar=_("KEY"),
        autocompletion=complete.sorts,
        help=_(
            "Sort by id, due, title, leader, department or status, by -due downwards; "
            "in the order of the notice otherwise."
        ),
    ),
]
Limit = Annotated[
    str | None,
    typer.Option("--limit", metavar=_("N"), help=_("Show the first N only.")),
]
