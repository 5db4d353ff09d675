"""What was drafted: a row a document, the account of the sources, what is asked; against a book, what changed."""

from __future__ import annotations

import shlex

from reformledger.drafting.against.comparison import Comparison, Known, New
from reformledger.drafting.folder import QUESTIONS, DraftFolder
from reformledger.drafting.papers.account_file import questions_data, totals_of_all
from reformledger.drafting.plain import WITH_ENTRIES, entries_of
from reformledger.drafting.written import short_text
from reformledger.edits.commands import command_line
from reformledger.edits.intents import Intent
from reformledger.errors import display_name
from reformledger.fields.documents import in_words
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import DOCUMENT
from reformledger.i18n import _, ngettext, sentences
from reformledger.model.documents import DocumentKind
from reformledger.text.masking import mask_any_number, mask_phones_within
from reformledger.views.answer import Cell, Column, Purpose, Sheet
from reformledger.yamlio import Data


def drafted_sheets(made: DraftFolder, purpose: Purpose) -> list[Sheet]:
    """Return a row a document, and what is to be said of all; against a book the entries that changed, and new ones.

    A spreadsheet has the documents alone.
    """
    columns = [
        Column("file", _("File"), weight=2),
        Column("kind", ENTRY["kind"].heading, fixed=True),
        Column("entries", _("Entries"), fixed=True, align="right"),
    ]
    rows: list[list[Cell]] = [[name, DOCUMENT[kind].text, _count(made, kind)] for kind, name in made.names.items()]
    documents = Sheet(_("Draft of {year}").format(year=made.draft.year), columns, rows, footer=_footer(made))
    if made.comparison is None or purpose == "spreadsheet":
        return [documents]
    return [documents, *_compared(made.comparison)]


def drafted_json(made: DraftFolder) -> dict[str, object]:
    """Return ``{"year", "folder", "items", "totals", "findings", "questions", "known", "new", "missing"}``.

    ``known``, ``new`` and ``missing`` are null where the draft was compared with no book.
    """
    comparison = made.comparison
    totals = made.report.totals
    return {
        "year": made.draft.year,
        "folder": display_name(made.scaffold.folder),
        "items": _items(made),
        "totals": {"questions": len(made.draft.questions.all), "characters": totals_of_all(made.draft.accounts)},
        "findings": {"error": totals.error, "warning": totals.warning, "note": totals.note},
        "questions": questions_data(made.draft.questions, made.file_of),
        "known": comparison and [_known_json(known, comparison.option) for known in comparison.known],
        "new": comparison and [_new_json(new, comparison.option) for new in comparison.new],
        "missing": comparison and [entry.ref for entry in comparison.missing],
    }


def _items(made: DraftFolder) -> list[dict[str, str | int]]:
    return [{"file": name, "kind": kind, "entries": _count(made, kind)} for kind, name in made.names.items()]


def _count(made: DraftFolder, kind: DocumentKind) -> int:
    """Return how many entries a document holds, or contacts, or names."""
    document = made.draft.documents[kind]
    if kind in WITH_ENTRIES:
        return sum(1 for _entry in entries_of(document))
    return len(document["contacts" if kind == "contacts" else "names"] or ())


def _footer(made: DraftFolder) -> str:
    counts, folder = totals_of_all(made.draft.accounts), shlex.quote(display_name(made.scaffold.folder))
    account = _(
        "Of the characters of the sources {used} are used, {asked} asked about, {layout} layout; none are left out."
    ).format(**counts)
    entries = len(made.book.entries)
    number = len(made.draft.questions.all)
    asked = ngettext("{count} question is in {file}.", "{count} questions are in {file}.", number)
    lines = (
        sentences(ngettext("{count} entry.", "{count} entries.", entries).format(count=entries), account),
        asked.format(count=number, file=display_name(made.scaffold.folder / QUESTIONS)),
        _findings(made, folder),
        _("Next: “reformledger list --data {folder}”.").format(folder=folder),
    )
    return "\n".join(lines)


def _findings(made: DraftFolder, folder: str) -> str:
    totals = made.report.totals
    counted = _("The check finds: errors {error}, warnings {warning}, notes {note}; see “reformledger check {folder}”.")
    return counted.format(error=totals.error, warning=totals.warning, note=totals.note, folder=folder)


def _compared(comparison: Comparison) -> list[Sheet]:
    """Return what changed and what is new, each where there is any, and how many of each below the last."""
    changed = [known for known in comparison.known if known.changes]
    id_and_title = [Column("id", ENTRY["id"].heading, fixed=True), Column("title", ENTRY["title"].heading, weight=2)]
    command = Column("command", _("Command"), weight=3, wide=True)
    values = [Column("there", _("In the data"), weight=2), Column("here", _("In the draft"), weight=2)]
    changes = [row for known in changed for row in _change_rows(known, comparison.option)]
    additions: list[list[Cell]] = [[new.id, new.title, _command(new, comparison.option)] for new in comparison.new]
    sheets = [
        Sheet(_("Changed entries"), [*id_and_title, Column("field", _("Field")), *values, command], changes),
        Sheet(_("New entries"), [*id_and_title, command], additions),
    ]
    counted = _("Beside the data: {same} entries are the same, {changed} changed, {new} are new.")
    counts = counted.format(same=len(comparison.known) - len(changed), changed=len(changed), new=len(comparison.new))
    missing = _(", ").join(entry.ref for entry in comparison.missing)
    footer = sentences(counts, _("Only in the data: {refs}.").format(refs=missing) if missing else "")
    return [*(sheet for sheet in sheets if sheet.rows), Sheet(None, (), footer=footer)]


def _change_rows(known: Known, option: str) -> list[list[Cell]]:
    """Return a row a change; the command, which makes all of them, is in the first."""
    return [
        [
            known.entry.id,
            mask_any_number(known.entry.data.title),
            in_words(change.path, None),
            _value(change.there),
            _value(change.here),
            "" if place else _command(known, option),
        ]
        for place, change in enumerate(known.changes)
    ]


def _value(value: Data) -> str:
    return "" if value is None else mask_any_number(short_text("", value))


def _masked(value: Data) -> object:
    return mask_phones_within(value, mask_any_number)


def _command(item: Known | New, option: str) -> str:
    """Return the command that carries out what an editor need not type, and what may be right instead of it."""
    by_hand = _(", ").join(".".join(path) for path in item.by_hand)
    extended = [_line(each, option) for each in item.extensions] if isinstance(item, Known) else []
    return sentences(
        _line(item.command, option),
        *(_("Where the later deadline is an approved extension: {command}").format(command=each) for each in extended),
        _("By hand: {fields}.").format(fields=by_hand) if by_hand else "",
    )


def _line(command: Intent | None, option: str) -> str:
    """Return a command as it is typed, with the option that names the data which it changes; blank for none."""
    return " ".join(filter(None, (command_line(command), option))) if command else ""


def _known_json(known: Known, option: str) -> dict[str, object]:
    changes = [
        {"field": ".".join(change.path), "there": _masked(change.there), "here": _masked(change.here)}
        for change in known.changes
    ]
    extensions = [_line(each, option) for each in known.extensions]
    return {"ref": known.entry.ref, "changes": changes, **_command_json(known, option), "extensions": extensions}


def _new_json(new: New, option: str) -> dict[str, object]:
    return {"id": new.id, "title": new.title, **_command_json(new, option)}


def _command_json(item: Known | New, option: str) -> dict[str, object]:
    return {
        "command": _line(item.command, option) or None,
        "by_hand": [".".join(path) for path in item.by_hand],
    }
