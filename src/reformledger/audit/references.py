"""Group 6, references: ids, names of parts and codes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.rule import READING, RULES, rule
from reformledger.audit.spot import at
from reformledger.i18n import _


@rule("RL604", Severity.WARNING)
def unmatched_acknowledgement(audit: Audit) -> Iterator[Found]:
    """Find acknowledgements of what is found no more, or of rules that there are not."""
    for entry in audit.book.entries:
        for code in entry.data.acknowledged:
            spot = at(entry, "acknowledged", code, key=True)
            if code not in RULES and code != READING:
                yield Found(_("“{code}” is acknowledged, but there is no such rule.").format(code=code), spot)
            elif code in audit.judged and (entry.ref, code) not in audit.matched:
                message = _("{code} is acknowledged here, but finds nothing any more: take the line out.")
                yield Found(message.format(code=code), spot)
