"""What became of what was handed in, as a list that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from reformledger.edits.intents import Intent, word_of
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.taking import Taken
from reformledger.fields.entry import ENTRY, PROGRESS
from reformledger.fields.words import FATE
from reformledger.i18n import _, sentences
from reformledger.views.answer import Cell, Column, Purpose, Sheet

_THREE_VALUES = frozenset({"issued", "returned", "now"})


def taken_sheets(taken: Taken, _purpose: Purpose) -> list[Sheet]:
    """Return a table for each thing that became of something, what a person has to decide first."""
    sheets = [_sheet(fate, found, taken) for fate in Fate if (found := taken.of(fate))]
    if not sheets:
        return [Sheet(None, (), footer=sentences(_("Nothing was handed in."), _of_absent(taken)))]
    return [*sheets[:-1], sheets[-1]._replace(footer=_footer(taken))]


def _sheet(fate: Fate, items: Sequence[Item], taken: Taken) -> Sheet:
    if fate is Fate.UNFILLED:
        return _unfilled(items)
    kept = _THREE_VALUES if fate is Fate.CONFLICT else frozenset()
    columns = [
        column for column in _columns(fate) if column.key in kept or any(_cell(item, column.key) for item in items)
    ]
    rows = [[_cell(item, column.key) for column in columns] for item in items]
    is_trial = taken.is_withheld or taken.outcome.dry_run
    title = _("Would be taken") if fate is Fate.TAKEN and is_trial else FATE[fate].text
    return Sheet(f"{title} ({len(items)})", columns, rows)


def _columns(fate: Fate) -> list[Column]:
    columns = [
        Column("id", ENTRY["id"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=2),
        Column("department", PROGRESS["by"].heading),
        Column("column", _("Column")),
    ]
    if fate in {Fate.CONFLICT, Fate.NOTE, Fate.PROPOSAL}:
        columns += [
            Column("issued", _("As sent"), weight=2),
            Column("returned", _("As returned"), weight=2),
            Column("now", _("Now in the ledger"), weight=2),
        ]
    elif fate is not Fate.RECORDED:
        columns.append(Column("returned", _("As returned"), weight=3))
    return [
        *columns,
        Column("sentence", _("What to know"), weight=4, wide=True),
        Column("command", _("Command"), weight=3, wide=True),
        Column("place", _("Place"), weight=2),
    ]


def _cell(item: Item, key: str) -> Cell:
    value: str = getattr(item, key)
    return value


def _unfilled(items: Sequence[Item]) -> Sheet:
    """Return what each department left blank, a row each."""
    ids: dict[str, list[str]] = {}
    for item in items:
        ids.setdefault(item.department, []).append(item.id)
    columns = [
        Column("department", PROGRESS["by"].heading),
        Column("rows", _("Rows"), fixed=True, align="right"),
        Column("ids", ENTRY["id"].heading, weight=4),
    ]
    rows: list[list[Cell]] = [[name, len(found), _(", ").join(found)] for name, found in ids.items()]
    return Sheet(f"{FATE[Fate.UNFILLED].text} ({len(items)})", columns, rows)


def _footer(taken: Taken) -> str:
    counts = _("{taken} taken, {recorded} recorded already, {unfilled} not filled in, {open} to decide.")
    if taken.is_withheld or taken.outcome.dry_run:
        counts = _(
            "Nothing was written. {taken} would be taken, {recorded} recorded already, {unfilled} not filled in, "
            "{open} to decide."
        )
    counted = counts.format(
        taken=len(taken.intents),
        recorded=len(taken.of(Fate.RECORDED)),
        unfilled=len(taken.of(Fate.UNFILLED)),
        open=len({(item.department, item.id) if item.id else item.place for item in taken.items if item.fate.blocks}),
    )
    return sentences(counted, _of_absent(taken))


def _of_absent(taken: Taken) -> str:
    absent = _("Departments that lead and are not among them: {names}.")
    return absent.format(names=_(", ").join(taken.absent)) if taken.absent else ""


def taken_json(taken: Taken) -> dict[str, object]:
    """Return ``batch`` (what ``--stdin json`` takes), and under each fate what has it; ``absent`` are departments.

    ``written`` says whether the ledger has the batch now. Every item has the same keys.
    """
    return {
        "batch": [_element(intent) for intent in taken.intents],
        "written": bool(taken.outcome.files) and not taken.outcome.dry_run,
        "conflicts": _items(taken.of(Fate.CONFLICT)),
        "questions": _items(taken.of(Fate.QUESTION)),
        "notes": _items(taken.of(Fate.NOTE)),
        "refused": _items(taken.of(Fate.REFUSED)),
        "proposals": _items(taken.of(Fate.PROPOSAL)),
        "taken": _items(taken.of(Fate.TAKEN)),
        "recorded": _items(taken.of(Fate.RECORDED)),
        "unfilled": _items(taken.of(Fate.UNFILLED)),
        "absent": list(taken.absent),
    }


def _items(items: Iterable[Item]) -> list[dict[str, str]]:
    return [{key: value for key, value in item._asdict().items() if key != "fate"} for item in items]


def _element(intent: Intent) -> dict[str, object]:
    """Return an intent as an element of a batch: what it says, under the names of the options."""
    said: dict[str, object] = {"op": word_of(type(intent))}
    defaults = intent._field_defaults
    for key, value in intent._asdict().items():
        if key not in defaults or value != defaults[key]:
            said[key.removesuffix("_")] = _plain(value)
    return said


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
