"""All groups of rules: importing them registers their rules."""

from __future__ import annotations

from reformledger.audit import counts, names, references
from reformledger.audit.rule import RULES, Rule

GROUPS = (counts, names, references)


def all_rules() -> list[Rule]:
    """Return every rule in the order of the codes."""
    return [RULES[code] for code in sorted(RULES)]
