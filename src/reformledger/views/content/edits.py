"""What an edit changed, as a small diff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import filterfalse

from reformledger.edits.transaction import Outcome
from reformledger.errors import Doubt, OutputError, UncertainError, refuse_doubts
from reformledger.i18n import _
from reformledger.text.masking import clean, hide_number
from reformledger.views.answer import Line
from reformledger.views.output import Output

_PHONE = re.compile(r"^(?P<key>\s*phone: )(?P<number>.*)$")
"""The line of a contact's phone, which is hidden in whatever form it is."""
_STYLES = {"+": "green", "-": "red", " ": ""}


def print_outcome(outcome: Outcome, output: Output) -> None:
    """Print the diff as the answer, and what else there is to say; raises as ``print_with_notes`` does."""
    print_with_notes(outcome, output, lambda: output.print_lines(lambda _room: diff_lines(outcome)))


def print_with_notes(outcome: Outcome, output: Output, print_answer: Callable[[], None]) -> None:
    """Print the answer to an edit, and on stderr what else there is to say of it.

    Raises ``OutputError``, and ``UncertainError`` for what is written and yet not certain.
    """
    try:
        print_answer()
    except (OutputError, UncertainError):
        _say_notes(outcome, output)
        for doubt in filter(_is_doubt, outcome.notes):
            output.say(doubt)
        if outcome.files and not outcome.dry_run:
            output.say(_("The change is written all the same: only showing it failed."))
        raise
    _say_notes(outcome, output)
    refuse_doubts(outcome.notes)


def _is_doubt(note: str) -> bool:
    return isinstance(note, Doubt)


def _say_notes(outcome: Outcome, output: Output) -> None:
    """Print on stderr which entries an edit is about, what it noted, and whether anything was written."""
    for ref, title in outcome.titles.items():
        output.say(f"{ref}  {title}")
    for note in filterfalse(_is_doubt, outcome.notes):
        output.say(_("Note: {note}").format(note=note))
    if not outcome.files:
        output.say(_("There is nothing to change."))
    elif outcome.dry_run:
        output.say(_("Nothing was written (--dry-run)."))


def diff_lines(outcome: Outcome) -> Iterator[Line]:
    """Yield each changed place, ``file:line`` and the lines around it, phone numbers masked."""
    for file in outcome.files:
        if file.change.new is None:
            yield [(clean(_("{file}: taken away").format(file=file.name)), "bold")]
            continue
        for hunk in file.hunks:
            yield [(clean(f"{file.name}:{hunk.line}"), "bold")]
            for mark, text in hunk.lines:
                yield [(f"{mark} {clean(_PHONE.sub(_hidden, text))}".rstrip(), _STYLES[mark])]


def _hidden(line: re.Match[str]) -> str:
    return line["key"] + hide_number(line["number"])
