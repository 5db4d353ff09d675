"""What changed between two states, and what happened when: as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from reformledger.fields.entry import ENTRY
from reformledger.history.comparing.wording import words_of
from reformledger.history.difference import Difference
from reformledger.history.timeline.events import Event
from reformledger.history.timeline.selecting import Happened
from reformledger.history.timeline.since import Diff
from reformledger.i18n import _, ngettext
from reformledger.text.stretches import CUT
from reformledger.views.answer import CALCULATED, Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content.differences import difference_json

_LATE = "yellow"
_LONGEST_NAME = 24
"""Characters of an author that are shown to be read: a commit may name its author by a page of text."""


def diff_sheets(diff: Diff, purpose: Purpose) -> list[Sheet]:
    """Return what differs, entry by entry; for a spreadsheet one row a difference."""
    old, new = diff.old, diff.new or _("the files")
    title = _("What changed from {old} to {new}").format(old=old, new=new)
    columns = [
        Column("what", _("What"), fixed=purpose in CALCULATED),
        Column("difference", _("Change"), weight=3),
        Column("late", _("Entered late"), fixed=True),
    ]
    lines = [
        (each, _diff_cells(each, diff.headings, late=place in diff.late)) for place, each in enumerate(diff.differences)
    ]
    if purpose in CALCULATED:
        entry = [Column("ref", ENTRY["ref"].heading, fixed=True), Column("title", ENTRY["title"].heading, weight=2)]
        return [Sheet(title, [*entry, *columns], [[each.ref, each.title, *cells] for each, cells in lines])]
    groups = [
        RowGroup(f"{ref}  {name}".rstrip(), [cells for _each, cells in of_one], is_counted=False)
        for (ref, name), of_one in groupby(lines, key=lambda line: line[0][1:3])
    ]
    if not diff.late:
        columns, groups = columns[:-1], [group._replace(rows=[row[:-1] for row in group.rows]) for group in groups]
    return [Sheet(title, columns, groups=groups, footer=_counted(diff))]


def _diff_cells(difference: Difference, headings: Mapping[str, str], *, late: bool) -> list[Cell]:
    words = words_of(difference, headings)
    return [words.what, words.text, Styled(_("entered late"), _LATE) if late else ""]


def _counted(diff: Diff) -> str:
    count, entries = len(diff.differences), len({each.ref for each in diff.differences})
    if not count:
        return _("Nothing differs.")
    parts = [
        ngettext("{count} difference", "{count} differences", count).format(count=count),
        ngettext("{count} entry or document", "{count} entries and documents", entries).format(count=entries),
    ]
    if late := len(diff.late):
        parts.append(ngettext("{count} entered late", "{count} entered late", late).format(count=late))
    return _("{parts}.").format(parts=_("; ").join(parts))


def diff_json(diff: Diff) -> dict[str, object]:
    """Return what differs, a difference an item; ``old`` and ``new`` name the states, null for the files."""
    items = [
        {**difference_json(each), **_words_json(each, diff.headings), "late": place in diff.late}
        for place, each in enumerate(diff.differences)
    ]
    totals = {
        "differences": len(diff.differences),
        "entries": len({each.ref for each in diff.differences}),
        "late": len(diff.late),
    }
    return {"old": diff.old or None, "new": diff.new or None, "items": items, "totals": totals}


def _words_json(difference: Difference, headings: Mapping[str, str]) -> dict[str, object]:
    words = words_of(difference, headings)
    return {"what": words.what, "text": words.text}


def log_sheet(happened: Happened, purpose: Purpose, title: str, footer: str | None = None) -> Sheet:
    """Return what happened, one thing a row; on a screen the entry is left out where all are of one."""
    events = happened.events
    columns = [
        Column("day", _("Day"), fixed=True),
        Column("commit", _("Commit"), fixed=True),
        Column("author", _("Author")),
        Column("ref", ENTRY["ref"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=2),
        Column("what", _("What")),
        Column("difference", _("Change"), weight=4, wide=True),
        Column("entered", _("Entered on"), fixed=True),
        Column("subject", _("Subject"), weight=2),
    ]
    shown = [column.key for column in columns]
    if purpose not in CALCULATED:
        left_out = {"subject", *(["ref", "title"] if len(happened.refs) == 1 else [])}
        left_out |= {"title"} if purpose == "screen" else set()
        left_out |= set() if any(event.entered for event in events) else {"entered"}
        shown = [key for key in shown if key not in left_out]
    places = [place for place, column in enumerate(columns) if column.key in shown]
    rows = [
        [cells[place] for place in places]
        for cells in (_event_cells(event, happened.headings, purpose) for event in events)
    ]
    return Sheet(title, [columns[place] for place in places], rows, footer=footer)


def _event_cells(event: Event, headings: Mapping[str, str], purpose: Purpose) -> list[Cell]:
    commit, difference = event.commit, event.difference
    author = commit.author if commit and purpose in CALCULATED else _name(commit.author) if commit else ""
    made: list[Cell] = [event.day, commit.short if commit else "", author]
    after: list[Cell] = [event.entered or "", commit.subject if commit else ""]
    if difference is None:
        return [*made, "", "", _("not readable"), str(event.fault or ""), *after]
    words = words_of(difference, headings)
    return [*made, difference.ref, difference.title, words.what, words.text, *after]


def _name(author: str) -> str:
    return author if len(author) <= _LONGEST_NAME else f"{author[: _LONGEST_NAME - 1]}{CUT}"


def events_counted(happened: Happened) -> str:
    """Return the sentence that says how many things happened, and whether that is all."""
    count = len(happened.events)
    if happened.more:
        return ngettext(
            "{count} change; there are more (--limit).", "{count} changes; there are more (--limit).", count
        ).format(count=count)
    return ngettext("{count} change.", "{count} changes.", count).format(count=count) if count else _("No change.")


def log_json(happened: Happened) -> dict[str, object]:
    """Return what happened, one thing an item, the newest first."""
    items = events_json(happened)
    return {"items": items, "totals": {"changes": len(items)}}


def events_json(happened: Happened) -> list[dict[str, object]]:
    """Return each event: its day, its commit (null for what is not committed), and what differs (null: see fault)."""
    return [_event_json(event, happened.headings) for event in happened.events]


def _event_json(event: Event, headings: Mapping[str, str]) -> dict[str, object]:
    commit, difference = event.commit, event.difference
    said = {**difference_json(difference), **_words_json(difference, headings)} if difference else _nothing()
    return {
        "day": event.day.isoformat(),
        "commit": commit and commit.short,
        "author": commit and commit.author,
        "subject": commit and commit.subject,
        "entered": event.entered and event.entered.isoformat(),
        **said,
        "fault": event.fault and str(event.fault),
    }


def _nothing() -> dict[str, object]:
    """Return the keys of a difference for a file that could not be read: which differences there are is not known."""
    return dict.fromkeys(("change", "ref", "title", "under", "path", "before", "after", "what", "text"))
