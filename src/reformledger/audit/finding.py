"""What a rule found, ready to be shown: sentences in the user's language, places in files."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad it is: an error or a warning fails the check, a note does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Return 0 for the worst."""
        return list(Severity).index(self)


class Place(NamedTuple):
    """A stretch of one line of a file.

    ``line`` and the columns count from 1, columns in characters (0: the file as a whole); ``end_column`` is the
    column after the last character, None where only the beginning is known. ``source`` is the text of the line as
    it is in the file, unmasked.
    """

    file: str
    line: int
    column: int
    end_column: int | None
    source: str


class Related(NamedTuple):
    """Another place that belongs to a finding, with a short word on what is there."""

    word: str
    place: Place


class Finding(NamedTuple):
    """What a rule found, with its place.

    ``ref`` is the entry that it is about, None when it is about none. ``beside`` are the refs of all entries in which
    it may be acknowledged, ``acknowledged`` is the reason for which the office leaves it, None for an open finding.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    related: tuple[Related, ...] = ()
    ref: str | None = None
    acknowledged: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether this finding alone makes the check fail."""
        return self.acknowledged is None and self.severity is not Severity.NOTE


class Totals(NamedTuple):
    """How many findings there are: the open ones by severity, and those that the office has acknowledged."""

    error: int
    warning: int
    note: int
    acknowledged: int


class Report(NamedTuple):
    """All findings of one check, in the order of the files and their lines, acknowledged ones included.

    ``unmatched`` are the ref and code of each acknowledgement that matched no finding; ``passed_over`` is how many
    open findings were left out because they are not so bad.
    """

    findings: tuple[Finding, ...]
    unmatched: frozenset[tuple[str, str]] = frozenset()
    passed_over: int = 0

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has acknowledged."""
        return tuple(finding for finding in self.findings if finding.acknowledged is None)

    @property
    def failed(self) -> bool:
        """Whether any error or warning is open."""
        return any(finding.fails for finding in self.findings)

    @property
    def totals(self) -> Totals:
        """The counts."""
        counts = Counter(finding.severity for finding in self.open)
        by_severity = {severity.value: counts[severity] for severity in Severity}
        return Totals(**by_severity, acknowledged=len(self.findings) - counts.total())

    def at_least(self, severity: Severity) -> Report:
        """Return the report with only what is at least as bad as ``severity``."""
        kept = Report(tuple(finding for finding in self.findings if finding.severity.rank <= severity.rank))
        return kept._replace(passed_over=len(self.open) - len(kept.open))
