"""An entry added, its fields given new values, and an entry taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import cast

from reformledger.edits.commands import LEFT_OPEN, command_line
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Add, Extend, Remove, Reopen, Set
from reformledger.edits.plain import at
from reformledger.edits.rules.contacts import check_contacts_known, refuse_numbers, set_contact
from reformledger.edits.rules.dates import record_day, typed_deadline
from reformledger.edits.rules.fields import Shape, Value, addressed, new_values, refuse_elsewhere
from reformledger.edits.rules.keepers import keeper, keeper_of_new
from reformledger.edits.rules.once import check_is_new, phases_once
from reformledger.edits.rules.phases import has_dated_parts, new_phase, phase_path, respell, word_of_phase
from reformledger.edits.rules.references import check_references, counting, naming
from reformledger.edits.rules.tables import named_group, next_id, next_number
from reformledger.edits.rules.values import When
from reformledger.edits.serialize import as_written, key_order
from reformledger.errors import RefusedError, UsageError
from reformledger.fields.documents import in_words
from reformledger.i18n import _, sentences
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.model.documents import Contacts, Path
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint
from reformledger.model.life import overall_deadline
from reformledger.model.phases import PhaseState
from reformledger.model.text import full_ref
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import Bare
from reformledger.yamlio.editing import Remove as RemoveEdit


def plan_add(draft: Draft, intent: Add) -> DraftEntry:
    """Add an entry with the next free id and number, assigned today unless another day is given.

    Raises ``UsageError`` for a table or field that is not there.
    """
    group = named_group(draft, intent.to)
    new_id, number = next_id(draft, group)
    model: type[EntryFields] = LedgerRow if group.table else WorkPoint
    phases = [new_phase(text, group.year) for text in intent.phases]
    states = [PhaseState(str(phase["name"]), None, None) for phase in phases]
    given = addressed(Shape(new_id, model, group, states), {"title": intent.title, **intent.fields})
    for path, value in given.items():
        refuse_elsewhere(path, value, group.loaded.name, {"phases": cast("Data", phases)}, keeper_of_new)
    contact, given = _without_contact(given)
    if not intent.keep_number:
        refuse_numbers(((in_words(path, {"phases": phases}), value) for path, value in given.items()), new_id)
    names = draft.book.directory.whole_names
    before: Mapped = {"phases": cast("Data", phases)} if phases else {}
    raw: Mapped = {
        "id": new_id,
        "title": "",
        **before,
        **new_values(before, given, names, When(draft.today, group.year)),
    }
    _check_deadlines(given, raw, group.year)
    siblings = cast("list[Mapped]", at(draft.data(group.loaded), group.path) or [])
    counts = "number" not in raw and (not siblings or str(siblings[-1].get("number") or "").isdigit())
    raw.setdefault("number", "" if counts else None)
    if ("assigned",) not in given:
        raw["assigned"] = draft.today.isoformat()
    ordered = {key: as_written(raw[key], key) for key in key_order(model, group.columns) if raw.get(key) is not None}
    if counts:
        ordered["number"] = next_number(draft, group, number)
    draft.append(group.loaded, group.path[:-1], str(group.path[-1]), ordered)
    entry = draft.at(f"{group.year}/{new_id}")
    check_is_new(draft, entry, (str(path[0]) for path in given))
    check_references(draft, entry)
    set_contact(draft, entry, contact)
    return entry


def plan_set(draft: Draft, intent: Set) -> DraftEntry:
    """Add phases, change the named fields, and nothing else.

    Raises ``UsageError`` for a field or value that is not understood, ``RefusedError`` for a field that another
    command keeps.
    """
    entry = draft.find(intent.id)
    if not intent.fields and not intent.add_phases:
        form = _("Write FIELD=VALUE, such as {form}.").format(form="remark=…")
        raise UsageError(_("Nothing is to be set."), form, ["fields"])
    before = entry
    if intent.add_phases:
        entry = _with_phases(draft, entry, intent.add_phases)
    given = addressed(Shape(entry.ref, type(entry.data), entry.group, entry.phases), intent.fields)
    for path, typed in given.items():
        refuse_elsewhere(path, typed, entry.place, entry.raw, partial(keeper, draft, entry))
        if path[0] == "acknowledged" and len(path) > 1 and typed:
            _check_code(str(path[1]))
    contact, given = _without_contact(given)
    if not intent.keep_number:
        refuse_numbers(((in_words(path, entry.raw), value) for path, value in given.items()), entry.data.id)
    set_contact(draft, entry, contact)
    entry, given = _declared(draft, entry, given)
    changed = new_values(entry.raw, given, draft.book.directory.whole_names, When(draft.today, entry.year))
    _check_deadlines(given, {**entry.raw, **changed}, entry.year)
    for key, value in changed.items():
        if value is None:
            draft.remove_key(entry, key)
        else:
            draft.set_key(entry, key, value)
    if any(path[0] == "phases" and path[-1] == "name" for path in given):
        _rename(draft, entry, cast("list[Mapped]", changed.get("phases") or []))
    now = draft.at(entry.ref)
    if changed.keys() & {"implements", "carried_over_from"}:
        check_references(draft, now)
    _refuse_cancelled_and_closed(draft, now)
    _note_what_follows(draft, before, now)
    return now


def _without_contact(given: Mapping[Path, Value]) -> tuple[dict[Path, Value], dict[Path, Value]]:
    """Return what is given for the contact of an entry, and all else."""
    contact = {path: value for path, value in given.items() if path[0] == "contact"}
    return contact, {path: value for path, value in given.items() if path not in contact}


def _with_phases(draft: Draft, entry: DraftEntry, texts: Sequence[str]) -> DraftEntry:
    """Add phases behind those that an entry has; raises ``RefusedError`` for what is done, or has dated parts."""
    draft.refuse_if_done(entry)
    _refuse_dated_parts(draft, entry)
    new = phases_once(draft, entry, (new_phase(text, entry.year) for text in texts))
    respell(draft, entry, [*(phase.name for phase in entry.phases), *(str(phase["name"]) for phase in new)])
    for phase in new:
        draft.append(entry.loaded, entry.path, "phases", cast("Data", phase))
    return draft.at(entry.ref)


def _declared(draft: Draft, entry: DraftEntry, given: Mapping[Path, Value]) -> tuple[DraftEntry, dict[Path, Value]]:
    """Return the paths as they lead through what is written, where each phase that they name has its place."""
    indices = {path[:2]: path[1] for path in given if path[0] == "phases"}
    for _each in range(2):  # once all have a place, none is shifted by what is written for another
        places = {phase: phase_path(draft, entry, int(index))[len(entry.path) :] for phase, index in indices.items()}
    found = {(*places.get(path[:2], path[:2]), *path[2:]): value for path, value in given.items()}
    return draft.at(entry.ref) if places else entry, found


def _rename(draft: Draft, entry: DraftEntry, phases: Sequence[Mapped]) -> None:
    """Let records name renamed phases by their new names; raises ``RefusedError`` for a dated part of a deadline."""
    _refuse_dated_parts(draft, entry)
    respell(draft, entry, [str(phase.get("name")) for phase in phases])


def _refuse_dated_parts(draft: Draft, entry: DraftEntry) -> None:
    if has_dated_parts(entry):
        message = _("The phases of {ref} are the dated parts of its deadline.").format(ref=entry.ref)
        raise RefusedError(message, _("To change them: reformledger set {id} due=…").format(id=draft.word(entry.ref)))


def _check_deadlines(given: Iterable[Path], raw: Mapped, year: int) -> None:
    """Raise ``UsageError``, naming the nearest wordings, for a given deadline that cannot be read."""
    for path in dict.fromkeys(path[: path.index("due") + 1] for path in given if "due" in path):
        due = at(raw, path)
        wording, means = (due.get("wording"), due.get("means")) if isinstance(due, dict) else (due, None)
        if isinstance(wording, str) and (means is None or isinstance(means, str)):
            name = at(raw, (*path[:2], "name")) if path[0] == "phases" else None
            word = f"phases.{name}.due" if name else "due"
            typed_deadline(in_words(path, raw), wording, means, year, partial("{0}=… {0}.means={1}".format, word))


def _refuse_cancelled_and_closed(draft: Draft, entry: DraftEntry) -> None:
    for index, phase in enumerate(entry.phases):
        if phase.is_cancelled and phase.data and phase.data.closed:
            message = _("“{name}” was closed out on {day}.").format(
                name=phase.name, day=phase.data.closed.date.isoformat()
            )
            command = command_line(Reopen(draft.word(entry.ref), LEFT_OPEN, word_of_phase(entry.phases, index)))
            raise RefusedError(
                message, _("What is done is not cancelled; to take it back: {command}").format(command=command)
            )


def _check_code(code: str) -> None:
    """Raise ``UsageError``, naming the nearest, for a code of which no finding can be acknowledged."""
    from reformledger.audit.rule import UNMATCHED, all_rules

    codes = [rule.code for rule in all_rules() if rule.code != UNMATCHED]
    if code not in codes:
        message = _("There is no rule {code} to be acknowledged.").format(code=code)
        near = nearest_advice(nearest(code.upper(), codes))
        raise UsageError(message, near or _("“reformledger explain” lists the rules."))


def _note_what_follows(draft: Draft, before: DraftEntry, now: DraftEntry) -> None:
    """Note deadlines that are later than before, and that an entry is closed out with its last open phase."""
    overall = (
        (overall_deadline(before.data), overall_deadline(now.data)) if now.phases else (before.deadline, now.deadline)
    )
    is_open = before.closing is None
    _note_later(draft, now, None, *overall, may_extend=is_open)
    for index, (earlier, phase) in enumerate(zip(before.phases, now.phases, strict=False)):
        _note_later(draft, now, index, earlier.deadline, phase.deadline, may_extend=is_open and earlier.is_open)
    if before.closing is None and now.closing is not None:
        sentence = _("No phase of {ref} is open any more: it is closed out as of {day}.")
        draft.notes.append(sentence.format(ref=now.ref, day=now.closing.date.isoformat()))


def _note_later(
    draft: Draft, now: DraftEntry, index: int | None, old: Deadline | None, new: Deadline | None, *, may_extend: bool
) -> None:
    """Note that the deadline of an entry or phase is later than before, and how that is recorded where it may be."""
    if not (old and new and old.end and new.end and new.end > old.end):
        return
    name = "" if index is None else f" {now.phases[index].name}"
    sentence = _("The deadline of {ref} is now later.").format(ref=f"{now.ref}{name}")
    if may_extend and new.wording and not (new.every or new.parts):
        phase = None if index is None else word_of_phase(now.phases, index)
        extension = Extend(
            draft.word(now.ref), new.wording, LEFT_OPEN, _means(new, now.year), None, phase, late=draft.today > old.end
        )
        advice = _("Where that is an approved extension, “reformledger undo” and: {command}")
        sentence = sentences(sentence, advice.format(command=command_line(extension)))
    draft.notes.append(sentence)


def _means(deadline: Deadline, year: int) -> str | None:
    """Return what a wording means, where it is not read so by itself."""
    assert deadline.wording is not None  # noqa: S101 - asked of what a person wrote
    try:
        by_itself = parse_deadline(deadline.wording, year)
    except DeadlineError:
        by_itself = None
    return None if by_itself == deadline else deadline.meaning(year)


def plan_remove(draft: Draft, intent: Remove) -> DraftEntry:
    """Take an entry out, with its contact, and keep a record of it in the document.

    Raises ``RefusedError`` while other entries name it, or count its phases, and for one that goes on in a later year.
    """
    entry = draft.find(intent.id)
    draft.refuse_if_carried_over(entry)
    if others := naming(draft, entry.ref):
        message = _("{ref} is named by {others}.").format(ref=entry.ref, others=_(", ").join(others))
        commands = "; ".join(_without(draft, draft.at(other), entry.ref) for other in others)
        raise RefusedError(message, _("Change that first: {command}").format(command=commands))
    if others := counting(draft, entry.ref):
        message = _("A target of {others} counts the phases of {ref}.").format(
            ref=entry.ref, others=_(", ").join(others)
        )
        raise RefusedError(message, _("Take “counts” out of that target first."))
    day = record_day(draft, entry, intent.date)
    record: Mapped = {
        "id": entry.data.id,
        "title": entry.data.title,
        "part": entry.group.title,
        "date": Bare(day.isoformat()),
        "reason": intent.reason,
    }
    if kept := {key: value for key, value in entry.raw.items() if key not in {"id", "title"}}:
        record["entry"] = as_written(kept)
    draft.change(entry.loaded, RemoveEdit(entry.path))
    draft.append(entry.loaded, (), "removed", record)
    draft.check(entry.loaded)
    _remove_contact(draft, entry)
    return entry


def _without(draft: Draft, row: DraftEntry, ref: str) -> str:
    """Return the command after which a row names one work point less."""
    points = row.data.implements if isinstance(row.data, LedgerRow) else ()
    kept = "、".join(point for point in points if full_ref(point, row.year) != ref)
    return command_line(Set(draft.word(row.ref), {"implements": kept}))


def _remove_contact(draft: Draft, entry: DraftEntry) -> None:
    """Take out the contact of a removed entry: personal data are not kept longer than they are used."""
    for loaded in draft.book.documents:
        if isinstance(loaded.document, Contacts) and loaded.document.year == entry.year:
            contacts = cast("Mapped", draft.data(loaded)["contacts"])
            if entry.data.id in contacts:
                draft.change(loaded, RemoveEdit(("contacts", entry.data.id)))
                sentence = _("The contact of {ref} was taken out of {file} too.")
                draft.notes.append(sentence.format(ref=entry.ref, file=loaded.name))
                return
    check_contacts_known(draft)
