"""What git runs for a file that both sides changed: three files are read, and the second is written whole."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reformledger.errors import RefusedError, display_name
from reformledger.files import write
from reformledger.files.plumbing import GitError, NoGitError
from reformledger.history.merging.texts.lines import MARKER_SIZE
from reformledger.history.merging.texts.merge import merge_texts
from reformledger.history.revisions import refusals
from reformledger.i18n import _, sentences
from reformledger.loader import read_bytes
from reformledger.sources import OWN_NAMES

CONFLICTS = 10
"""The exit code where both sides are written and a person has to look at them.

No shell, no Python and no system ends a program with it by itself (3 is what ``abort`` gives on Windows), so that no
program that failed is taken for one that wrote both sides.
"""


class Driven(NamedTuple):
    """What became of a merge; ``told`` are sentences for a person, each with the place it is about."""

    is_settled: bool
    told: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What there is to say of the file that was written, as ``files.write.replace`` does."""


def drive(base: Path, ours: Path, theirs: Path, *, name: Path, marker_size: int = MARKER_SIZE) -> Driven:
    """Merge three files into ``ours``, which holds the whole result afterwards or, whatever happens, what it held.

    ``name`` is what the file is called where git keeps it. Raises ``DataError`` for files that cannot be read,
    ``HistoryError`` and ``RefusedError`` where git cannot be asked, ``FileError`` where it cannot be written.
    """
    before, mine, others = map(read_bytes, (base, ours, theirs))
    is_ours = OWN_NAMES.fullmatch(name.name) is not None
    try:
        made = merge_texts(before, mine, others, is_ours=is_ours, marker_size=marker_size)
    except NoGitError:
        raise refusals.no_git() from None
    except GitError as error:
        message = _("Git cannot merge {file}: {reason}").format(file=display_name(name), reason=error.err)
        raise RefusedError(message) from None
    shown = display_name(name)
    told = [f"{shown}:{place.line}: {sentences(place.sentence, place.advice)}" for place in made.conflicts]
    told += [f"{shown}: {remark}" for remark in made.remarks]
    notes = write.replace(ours, mine, made.raw) if made.raw != mine else []
    return Driven(made.is_settled, tuple(told), tuple(notes))
