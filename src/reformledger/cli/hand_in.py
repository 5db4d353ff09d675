"""What is handed in, in whatever form: recorded, and what became of it printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reformledger.cli.session import answer_file, format_of, print_out
from reformledger.cli.words import today
from reformledger.i18n import _, sentences
from reformledger.views.answer import Answer
from reformledger.views.formats.registry import TAKEN

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.exchange.taking import HandedIn


def hand_in(
    made: Callable[[Book], HandedIn],
    data: Sequence[Path] | None,
    *,
    only: Sequence[str] = (),
    skip_conflicts: bool,
    dry_run: bool,
    format: str | None,
    output: Path | None,
    names_absent: bool,
) -> None:
    """Record what was handed in and print what became of it; the exit code is 1 where a person has to decide.

    ``names_absent``: who leads and handed nothing in is named.
    """
    from reformledger.exchange.taking import take
    from reformledger.sources import find_sources
    from reformledger.views.content.edits import print_with_notes
    from reformledger.views.content.taken import taken_json, taken_sheets
    from reformledger.views.output import Output

    # A format that does not exist is an error before anything is written.
    format_of(format, answer_file(output), TAKEN).load()
    sources = find_sources(data or ())
    taken = take(sources, made, today(), only=only, skip_conflicts=skip_conflicts, dry_run=dry_run)
    if not names_absent:
        taken = taken._replace(absent=())
    answer = Answer(lambda: taken_json(taken), lambda purpose: taken_sheets(taken, purpose))
    output_of_process = Output.of_process()

    def print_answer() -> None:
        print_out(answer, format, output, formats=TAKEN)

    if taken.is_withheld:
        print_answer()
        for note in taken.outcome.notes:
            output_of_process.say(_("Note: {note}").format(note=note))
        message = _("Nothing was written: this is for you to decide first.")
        output_of_process.say(sentences(message, _("--skip-conflicts leaves it out and writes the rest.")))
    else:
        print_with_notes(taken.outcome._replace(titles={}), output_of_process, print_answer)
    if taken.is_blocked:
        raise typer.Exit(1)
