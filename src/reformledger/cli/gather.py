"""Help panel “Many bodies”: gather."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import options
from reformledger.cli.words import day, few, today, whole_number
from reformledger.errors import UsageError, display_name
from reformledger.extras import import_with
from reformledger.i18n import _, ngettext, sentences
from reformledger.views.output import Output
from reformledger.views.progress import progressing

if TYPE_CHECKING:
    from reformledger.dataset.gathering import Gathered

_SHOWN = 20
"""Faults that are printed; all are in the data set."""

Folders = Annotated[
    list[str] | None,  # to make paths of thousands of words takes Typer longer than to read the folders
    typer.Argument(metavar=_("FOLDER"), help=_("The folders of bodies, each called as its folder is.")),
]
Bodies = Annotated[
    Path | None,
    options.option("--bodies", _("LIST"), _("A YAML file that names bodies and their folders: “name: folder”.")),
]
To = Annotated[
    Path,
    typer.Option(
        "--to", metavar=_("FOLDER"), help=_("The data set; made where it is missing, else brought up to date.")
    ),
]
Jobs = Annotated[
    str | None,
    options.option("--jobs", _("N"), _("How many processes read; otherwise as many as are worth it, 4 at most.")),
]


def gather(
    to: To, folders: Folders = None, bodies: Bodies = None, as_of: options.AsOf = None, jobs: Jobs = None
) -> None:
    from reformledger.dataset.bodies import bodies_of, read_list

    gathering = import_with("dataset", "reformledger.dataset.gathering")
    if not folders and bodies is None:
        raise UsageError(_("No body is named."), _("Name their folders, or a list of them: --bodies LIST.yaml."))
    named = bodies_of(map(Path, folders or ()), read_list(bodies) if bodies else None)
    processes = None if jobs is None else whole_number("--jobs", jobs)
    if processes == 0:
        raise UsageError(_("--jobs: at least one process reads."))
    made: Gathered = gathering.gather(
        to,
        named,
        day("--as-of", as_of) or today(),
        [*map(_absolute, map(Path, folders or ())), *(["--bodies", _absolute(bodies)] if bodies else [])],
        jobs=processes,
        progress=lambda items, total: progressing(items, total, _("Gathering")),
    )
    output = Output.of_process()
    for sentence in (*_of_faults(made), _summary(made)):
        output.say(sentence)
    output.write_text(f"{display_name(made.folder)}\n")
    if made.faults:
        raise typer.Exit(1)


def _absolute(path: Path) -> str:
    from reformledger.dataset.manifest import storable

    return storable(str(path.absolute()))


def _of_faults(made: Gathered) -> Sequence[str]:
    """Return the sentences about the bodies that could not be read."""
    said = [f"{body}: {fault}" for body, fault in made.faults[:_SHOWN]]
    if more := len(made.faults) - len(said):
        sentence = ngettext("{count} more is in the table faults.", "{count} more are in the table faults.", more)
        said.append(sentence.format(count=more))
    return said


def _summary(made: Gathered) -> str:
    """Return what there is now, and what was done for it."""
    bodies = made.manifest.bodies.values()
    entries, broken = sum(body.entries for body in bodies), sum(body.faults > 0 for body in bodies)
    return sentences(
        _("As of {day}: bodies {bodies:,}, entries {entries:,}.").format(
            day=made.manifest.as_of.isoformat(), entries=entries, bodies=len(bodies) - broken
        ),
        _("Read now: {read:,}; as they were: {kept:,}.").format(read=made.read, kept=len(bodies) - made.read),
        _("In it no more: {names}.").format(names=few(made.left)) if made.left else "",
        _("Left out, for they cannot be read: {count:,}.").format(count=broken) if broken else "",
    )
