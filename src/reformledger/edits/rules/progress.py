"""进展: one report on an entry."""

from __future__ import annotations

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Progress
from reformledger.edits.rules.dates import record_day
from reformledger.edits.serialize import number
from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.roles import names_of
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest, nearest_advice, nearest_names
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare


def plan_progress(draft: Draft, intent: Progress) -> DraftEntry:
    """Add a report, after those of its day and before any of a later one; raises ``RefusedError``, ``UsageError``."""
    entry = draft.find(intent.id)
    draft.refuse_if_done(entry)
    day = record_day(draft, entry, intent.date)
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
        record["targets"] = {_target(entry, name): number(value.strip()) for name, value in intent.targets.items()}
    index = sum(report.date <= day for report in entry.data.progress)
    draft.append(entry.loaded, entry.path, "progress", record, index)
    reported = draft.at(entry.ref)
    _note_falling_percent(draft, reported, index)
    return reported


def _target(entry: DraftEntry, name: str) -> str:
    """Return the name of the target as declared; raises ``UsageError``, naming the nearest, for an unknown one."""
    targets = [target.name for target in entry.data.targets]
    wanted = name_key(name)
    if known := next((target for target in targets if name_key(target) == wanted), None):
        return known
    message = _("{ref} has no target “{name}”.").format(ref=entry.ref, name=name)
    if not targets:
        raise UsageError(message, _("It declares none; add them under “targets” ({place}).").format(place=entry.place))
    raise UsageError(
        message,
        nearest_advice(nearest_names(name, targets)) or _("Its targets: {names}.").format(names=_(", ").join(targets)),
    )


def _note_unknown_department(draft: Draft, name: str) -> None:
    names = names_of(draft.book, "department")
    if draft.book.directory.key(name) not in names:
        sentence = _("“{name}” is no department of this book.").format(name=name)
        draft.notes.append(sentences(sentence, nearest_advice(nearest(name, names.values()))))


def _note_falling_percent(draft: Draft, entry: DraftEntry, index: int) -> None:
    reports = entry.data.progress
    before = next((report.percent for report in reversed(reports[:index]) if report.percent is not None), None)
    now = reports[index].percent
    if before is not None and now is not None and now < before:
        draft.notes.append(_("The percentage goes down, from {before} to {now}.").format(before=before, now=now))
