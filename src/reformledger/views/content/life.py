"""The records of an entry as lines: each with all its facts."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.i18n import _
from reformledger.model.entries import Closing, Extension, Progress, Reopening

_GAP = "  "


def progress_text(report: Progress) -> str:
    """Return one report: day, what was done, how far, by whom, on what evidence."""
    return _GAP.join((report.date.isoformat(), *report_parts(report)))


def report_parts(report: Progress) -> Iterator[str]:
    """Yield all of a report but its day."""
    yield report.text
    if report.percent is not None:
        yield f"{report.percent}%"
    yield from (f"{name} {value:g}" for name, value in report.targets.items())
    if report.weak:
        yield _("weak progress")
    if report.for_:
        yield _("for {period}").format(period=report.for_)
    if report.phase:
        yield report.phase
    if report.by:
        yield report.by
    if report.problems:
        yield _("problems: {text}").format(text=report.problems)
    if report.evidence:
        yield _("evidence: {items}").format(items="；".join(report.evidence))


def extension_text(extension: Extension) -> str:
    """Return one extension: day, the deadline before and after, why, who agreed, whether it came late."""
    return _GAP.join((extension.date.isoformat(), *extension_parts(extension)))


def extension_parts(extension: Extension) -> Iterator[str]:
    """Yield all of an extension but its day."""
    if extension.phase:
        yield extension.phase
    yield f"{extension.from_.wording} → {extension.to.wording}" if extension.from_ else f"→ {extension.to.wording}"
    yield extension.reason
    if extension.late:
        yield _("after the deadline had passed")
    if extension.approved_by:
        yield _("agreed by {name}").format(name=extension.approved_by)


def closing_text(closing: Closing, opening: str) -> str:
    """Return a close-out: ``opening`` gives the day; then the evidence, and who agreed."""
    return _GAP.join((opening, *closing_parts(closing)))


def closing_parts(closing: Closing) -> Iterator[str]:
    """Yield all of a close-out but its day."""
    if closing.evidence:
        yield _("evidence: {items}").format(items="；".join(closing.evidence))
    if closing.despite:
        yield _("although occurrences were not met: {reason}").format(reason=closing.despite)
    if closing.approved_by:
        yield _("agreed by {name}").format(name=closing.approved_by)


def reopening_text(reopening: Reopening) -> str:
    """Return a close-out that was taken back: when, why, and what it had been."""
    sentence = _("{day}: {reason} (had been closed out on {closed})")
    text = sentence.format(
        day=reopening.date.isoformat(), reason=reopening.reason, closed=reopening.closed.date.isoformat()
    )
    return f"{text}{_GAP}{reopening.phase}" if reopening.phase else text
