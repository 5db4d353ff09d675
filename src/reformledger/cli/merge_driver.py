"""Help panel “Repository”: merge-driver."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformledger.cli import options
from reformledger.errors import UsageError, refuse_doubts
from reformledger.i18n import _

Base = Annotated[
    Path | None, typer.Argument(metavar=_("BASE"), help=_("File with what both sides began with, or an empty one."))
]
Ours = Annotated[
    Path | None, typer.Argument(metavar=_("OURS"), help=_("File with our side; the merged text is written into it."))
]
Theirs = Annotated[Path | None, typer.Argument(metavar=_("THEIRS"), help=_("File with their side."))]
Size = Annotated[int, typer.Argument(metavar=_("SIZE"), min=7, help=_("Length of the markers around a conflict."))]
Name = Annotated[
    Path | None, typer.Argument(metavar=_("PATH"), help=_("Path by which messages call the file; OURS otherwise."))
]
Install = Annotated[
    bool, typer.Option("--install", help=_("Make it known to git, for the repository in which the data are."))
]


def merge_driver(
    base: Base = None,
    ours: Ours = None,
    theirs: Theirs = None,
    size: Size = 7,
    path: Name = None,
    install: Install = False,
    data: options.Data = None,
) -> int:
    from reformledger.history.merging.driver import CONFLICTS, drive
    from reformledger.views.output import Output

    output = Output.of_process()
    if install:
        if base is not None:
            raise UsageError(_("--install takes no files."), _("The data are named with --data."))
        _install(data)
        return 0
    if base is None or ours is None or theirs is None:
        message = _("Three files are merged: what both sides began with, ours, theirs.")
        raise UsageError(message, _("Git names them; to make it known to git: reformledger merge-driver --install"))
    driven = drive(base, ours, theirs, name=path or ours, marker_size=size)
    for sentence in (*driven.told, *driven.notes):
        output.say(sentence)
    refuse_doubts(driven.notes)
    return 0 if driven.is_settled else CONFLICTS


def _install(data: list[Path] | None) -> None:
    from reformledger.history.merging.installing import install
    from reformledger.sources import find_sources
    from reformledger.views.output import Output

    output = Output.of_process()
    output.write_text("".join(f"{sentence}\n" for sentence in install(find_sources(data or ()))))
