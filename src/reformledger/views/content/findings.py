"""Findings as compilers print them: place, sentence, the line of the file with a caret; and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reformledger.audit.finding import Finding, Place, Report
from reformledger.audit.rule import Rule
from reformledger.i18n import _, ngettext, sentences
from reformledger.text.masking import clean, mask_phones, visible
from reformledger.views.answer import Answer, Cell, Column, Line, Purpose, Sheet
from reformledger.views.content import labels
from reformledger.views.wrap import fold, width

_PIPE_ROOM = 100  # cells for a line of a file where no terminal gives a width
_CUT = "…"
_MOST_RELATED = 5


@dataclass(frozen=True, kw_only=True)
class FindingsAnswer(Answer):
    """The answer of a check, with what formats for other programs need: its report and the rules that ran.

    Open findings are printed, with ``everything`` acknowledged ones too.
    """

    report: Report
    rules: Sequence[Rule]
    everything: bool


def findings_answer(report: Report, rules: Sequence[Rule], *, everything: bool) -> FindingsAnswer:
    """Return a report to be printed."""
    return FindingsAnswer(
        json=lambda: findings_json(report, everything=everything),
        sheets=lambda purpose: [findings_sheet(report, purpose, everything=everything)],
        lines=lambda room: findings_lines(report, room, everything=everything),
        report=report,
        rules=rules,
        everything=everything,
    )


def findings_sheet(report: Report, purpose: Purpose, *, everything: bool = False) -> Sheet:
    """Return the findings that ``findings_lines`` prints as a table; a document has no column that is blank."""
    columns = [
        Column("severity", _("Severity"), fixed=True),
        Column("code", _("Code"), fixed=True),
        Column("place", _("Place in the file"), fixed=True),
        Column("ref", _("Entry"), fixed=True),
        Column("message", _("Finding"), weight=4, wide=True),
    ]
    if everything:
        columns.append(Column("acknowledged", _("Acknowledged"), weight=2))
    rows = [_finding_cells(finding)[: len(columns)] for finding in (report.findings if everything else report.open)]
    if purpose == "document" and rows:
        said = [index for index in range(len(columns)) if any(row[index] != "" for row in rows)]
        columns, rows = [columns[index] for index in said], [[row[index] for index in said] for row in rows]
    return Sheet(None, columns, rows, footer=_count_sentence(report))


def _finding_cells(finding: Finding) -> list[Cell]:
    return [
        labels.styled(finding.severity),
        finding.code,
        _where(finding.place),
        finding.ref or "",
        clean(finding.message),
        clean(finding.acknowledged or ""),
    ]


def findings_lines(report: Report, room: int | None, *, everything: bool = False) -> Iterator[Line]:
    """Yield the open findings, or with ``everything`` the acknowledged ones too, and a last line that counts.

    Sentences are folded to ``room`` cells; None is a pipe, where nothing is.
    """
    for finding in report.findings if everything else report.open:
        yield from _finding_lines(finding, room)
        yield []
    for part in folded(_count_sentence(report), room):
        yield [(part, "bold")]


def _finding_lines(finding: Finding, room: int | None) -> Iterator[Line]:
    word, style = labels.styled(finding.severity)
    head, label = f"{_where(finding.place)}: ", f"{finding.code} {word}"
    message = clean(finding.message)
    fits = room is None or width(f"{head}{label}: {message}") <= room
    if room is not None and width(f"{head}{label}:") > room:
        yield [(head.rstrip(), "bold")]
        head = "  "
    yield [(head, "bold"), (label, style), (f": {folded(message, None)[0]}" if fits else ":", "")]
    for part in [] if fits else folded(message, room and room - 2):
        yield [(f"  {part}", "")]
    yield from _excerpt(finding.place, style, room or _PIPE_ROOM)
    yield from _dim((f"{_where(place)}: {clean(word)}" for word, place in finding.related[:_MOST_RELATED]), room)
    if (more := len(finding.related) - _MOST_RELATED) > 0:
        yield from _dim([ngettext("and {count} more place", "and {count} more places", more).format(count=more)], room)
    if finding.acknowledged is not None:
        yield from _dim([_("acknowledged: {reason}").format(reason=clean(finding.acknowledged))], room)


def _where(place: Place) -> str:
    file = clean(place.file)
    return f"{file}:{place.line}:{place.column}" if place.line else file


def _dim(sentences: Iterator[str] | list[str], room: int | None) -> Iterator[Line]:
    for sentence in sentences:
        for part in folded(sentence, room and room - 2):
            yield [(f"  {part}", "dim")]


def folded(text: str, room: int | None) -> list[str]:
    """Return ``text`` as lines of ``room`` cells, as one line for a pipe (None)."""
    return [text.replace("\n", " ")] if room is None else fold(text, room)


def _excerpt(place: Place, style: str, room: int) -> Iterator[Line]:
    """Yield the line of the file without its indentation, cut around the place, and carets right under it."""
    # Masking keeps the number of characters, so that the columns stay true.
    source = mask_phones(place.source)
    if not source.strip():
        return
    gutter = f"{place.line:>6} | "
    start = max(place.column - 1, 0)
    end = max(place.end_column - 1 if place.end_column else start + 1, start + 1)
    indentation = min(len(source) - len(source.lstrip()), start)
    before, marked, after = source[indentation:start], source[start:end], source[end:]
    before, marked, after = _cut(visible(before), visible(marked), visible(after), room - len(gutter))
    yield [(gutter, "dim"), (before + marked + after, "")]
    yield [(f"{'':>6} | ", "dim"), (" " * width(before), ""), ("^" * max(width(marked), 1), style)]


def _cut(before: str, marked: str, after: str, room: int) -> tuple[str, str, str]:
    """Shorten a line that is wider than ``room``: the part that is marked is cut last, the part before it first."""
    if width(before) + width(marked) + width(after) <= room:
        return before, marked, after
    needed = min(width(marked), room * 2 // 3)
    before = _last(before, max((room - needed) // 2, room - needed - width(after)))
    if width(before) + width(marked) >= room:
        return before, _first(marked, room - width(before)), ""
    return before, marked, _first(after, room - width(before) - width(marked))


def _first(text: str, room: int) -> str:
    """Return as much of the beginning as fits, with a mark for what is left out."""
    if width(text) <= room:
        return text
    used, kept = 1, 0
    for character in text:
        used += width(character)
        if used > room:
            break
        kept += 1
    return text[:kept] + _CUT


def _last(text: str, room: int) -> str:
    """Return as much of the end as fits, with a mark for what is left out."""
    return _first(text[::-1], room)[::-1]


def _count_sentence(report: Report) -> str:
    sentence = _("Nothing found.")
    if report.findings:
        sentence = _(
            "Errors: {error}, warnings: {warning}, notes: {note}; acknowledged: {acknowledged} (--all lists them)."
        ).format(**report.totals._asdict())
    passed_over = ngettext(
        "{count} finding that is not so bad is passed over (--severity).",
        "{count} findings that are not so bad are passed over (--severity).",
        report.passed_over,
    ).format(count=report.passed_over)
    return sentences(sentence, passed_over if report.passed_over else "")


def findings_json(report: Report, *, everything: bool = False) -> dict[str, object]:
    """Return ``{"items", "totals"}``; the totals count the acknowledged findings, listed or not."""
    listed = report.findings if everything else report.open
    return {"items": [_finding_json(finding) for finding in listed], "totals": report.totals._asdict()}


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        **_place_json(finding.place),
        "ref": finding.ref,
        "related": [{"word": word, **_place_json(place)} for word, place in finding.related],
        "acknowledged": finding.acknowledged,
    }


def _place_json(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column, "end_column": place.end_column}
