"""Help panel “History”: diff, log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import print_out, say_if_bundled
from reformledger.cli.words import day, today, whole_number
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.views.answer import Answer
from reformledger.views.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from reformledger.history.timeline.selecting import Asked, Happened
    from reformledger.sources import Sources
    from reformledger.views.answer import Purpose, Sheet

Revisions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[REV [REV]]"),
        help=_(
            "From which revision (HEAD otherwise), to which (the files otherwise): HEAD~1, a branch, a commit's id."
        ),
    ),
]
SinceDay = Annotated[
    str | None,
    options.option(
        "--since", _("DAY"), _("From the revision of a day; what bears an earlier day and came later is marked.")
    ),
]
EntryId = Annotated[
    str | None,
    typer.Argument(
        metavar=_("ID"),
        autocompletion=completion.entry_ids,
        help=_("One entry, with its records at the days they bear: point-4, or with its year 2020/point-4."),
    ),
]
Fields = Annotated[
    list[str] | None,
    options.option(
        "--field",
        _("FIELD"),
        _("Only changes of this field, by key or heading; may be repeated."),
        completion.field_words,
    ),
]
By = Annotated[
    str | None,
    options.option(
        "--by", _("NAME"), _("Only what a commit's author did, or a department reported."), completion.department_names
    ),
]
LogSince = Annotated[str | None, options.option("--since", _("DAY"), _("Only what happened on this day or later."))]


def diff(
    revisions: Revisions = None,
    since: SinceDay = None,
    format: options.UndatedFormat = None,
    output: options.UndatedFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.history.timeline.since import between
    from reformledger.history.timeline.since import since as since_day
    from reformledger.views.content.history import diff_json, diff_sheets

    words = revisions or []
    if words[2:]:
        raise UsageError(_("Two revisions at most: from which, and to which."))
    first = day("--since", since, None)
    if first is not None and words:
        raise UsageError(_("--since and a revision cannot both be given."), _("Leave one of them out."))
    sources = _sources(data)
    say_if_bundled(sources)
    found = between(sources, words) if first is None else since_day(sources, first, today())
    _say(found.notes)
    print_out(Answer(lambda: diff_json(found), lambda purpose: diff_sheets(found, purpose)), format, output)


def log(
    entry_id: EntryId = None,
    field: Fields = None,
    by: By = None,
    since: LogSince = None,
    limit: options.Limit = None,
    format: options.UndatedFormat = None,
    output: options.UndatedFile = None,
    data: options.Data = None,
) -> None:
    from reformledger.history.timeline.selecting import Asked
    from reformledger.views.content.history import events_counted, log_json, log_sheet

    most = None if limit is None else whole_number("--limit", limit)
    asked = Asked(field or (), by, day("--since", since, None), most)
    sources = _sources(data)
    say_if_bundled(sources)
    (happened,) = _happened(sources, [entry_id], asked)
    title = _(", ").join(happened.refs) or _("History")

    def sheets(purpose: Purpose) -> list[Sheet]:
        return [log_sheet(happened, purpose, title, events_counted(happened))]

    print_out(Answer(lambda: log_json(happened), sheets), format, output)


def _sources(data: Sequence[Path] | None) -> Sources:
    """Return what to read; raises ``DataError`` for a data set, of which no repository tells."""
    from reformledger.sources import find_sources, refuse_data_set

    sources = find_sources(data or ())
    for path in sources.paths:
        refuse_data_set(path)
    return sources


def _happened(sources: Sources, words: Sequence[str | None], asked: Asked) -> list[Happened]:
    """Return what happened to each entry of some, or (None) to all, and say on stderr what there is to know of it."""
    from reformledger.history.revisions.snapshot import Snapshots, repository_of
    from reformledger.history.timeline.events import History
    from reformledger.history.timeline.matter_events import life_of
    from reformledger.history.timeline.printed import printed_headings_in
    from reformledger.history.timeline.selecting import Happened, directory_of, selected

    with repository_of(sources) as repository:
        _say(repository.notes)
        history = History(repository, Snapshots(repository, sources))
        files = history.snapshots.contents_of_files().values()
        headings, directory = printed_headings_in(files), directory_of(files)

        def happened(word: str | None) -> Happened:
            if word is None:
                events, more = selected(history.events(today(), asked.since), asked, directory, headings)
                return Happened(events, (), headings, more)
            life = life_of(history, word, today())
            events, more = selected(life.events, asked, directory, headings)
            return Happened(events, life.refs, headings, more)

        return [happened(word) for word in words]


def lives_until(data: Sequence[Path] | None, refs: Sequence[str], day: date) -> dict[str, Happened]:
    """Return what happened to each entry by a day, and say on stderr what there is to know about it."""
    from reformledger.history.timeline.selecting import Asked

    lives = zip(refs, _happened(_sources(data), refs, Asked()), strict=True)
    return {ref: life._replace(events=[event for event in life.events if event.day <= day]) for ref, life in lives}


def _say(notes: Iterable[str]) -> None:
    for note in notes:
        Output.of_process().say(note)
