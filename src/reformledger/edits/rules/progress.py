"""进展: one report on an entry."""

from __future__ import annotations

from reformledger.edits.draft import Draft, Found
from reformledger.edits.intents import Progress
from reformledger.edits.rules.days import record_day
from reformledger.edits.serialize import number
from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.query import names_of
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest, nearest_advice, nearest_names
from reformledger.yamlio import Data
from reformledger.yamlio.editing.edit import Bare


def plan_progress(draft: Draft, intent: Progress) -> Found:
    """Add a report, after those of its day and before any of a later one; raises ``RefusedError``, ``UsageError``."""
    found = draft.find(intent.id)
    draft.refuse_if_done(found)
    day = record_day(draft, found, intent.date)
    record: dict[str, Data] = {"date": Bare(day.isoformat()), "text": intent.text.strip()}
    if intent.percent is not None:
        record["percent"] = number(intent.percent.strip().removesuffix("%").rstrip())
    if intent.by is not None:
        record["by"] = intent.by.strip()
        _note_unknown_department(draft, intent.by)
    if evidence := [text.strip() for text in intent.evidence]:
        record["evidence"] = list(evidence)
    if intent.weak:
        record["weak"] = Bare("true")
    if intent.targets:
        record["targets"] = {_target(found, name): number(value.strip()) for name, value in intent.targets.items()}
    index = sum(report.date <= day for report in found.data.progress)
    draft.append(found.loaded, found.path, "progress", record, index)
    told = draft.at(found.ref)
    _note_falling_percent(draft, told, index)
    return told


def _target(found: Found, name: str) -> str:
    """Return the name of the target as declared; raises ``UsageError``, naming the nearest, for an unknown one."""
    targets = [target.name for target in found.data.targets]
    wanted = name_key(name)
    if known := next((target for target in targets if name_key(target) == wanted), None):
        return known
    message = _("{ref} has no target “{name}”.").format(ref=found.ref, name=name)
    if not targets:
        raise UsageError(message, _("It declares none; add them under “targets” ({place}).").format(place=found.place))
    raise UsageError(
        message,
        nearest_advice(nearest_names(name, targets)) or _("Its targets: {names}.").format(names=_(", ").join(targets)),
    )


def _note_unknown_department(draft: Draft, name: str) -> None:
    names = names_of(draft.book, "department")
    if draft.book.directory.key(name) not in names:
        sentence = _("“{name}” is no department of this book.").format(name=name)
        draft.notes.append(sentences(sentence, nearest_advice(nearest(name, names.values()))))


def _note_falling_percent(draft: Draft, found: Found, index: int) -> None:
    reports = found.data.progress
    before = next((report.percent for report in reversed(reports[:index]) if report.percent is not None), None)
    now = reports[index].percent
    if before is not None and now is not None and now < before:
        draft.notes.append(_("The percentage goes down, from {before} to {now}.").format(before=before, now=now))
