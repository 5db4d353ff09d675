"""All groups of rules: importing them registers their rules."""

from __future__ import annotations

from reformledger.audit.rule import RULES, Rule
from reformledger.audit.rules import (
    accounts,
    counts,
    coverage,
    deadlines,
    documents,
    life,
    names,
    numbering,
    personal,
    references,
    stars,
)

GROUPS = (life, counts, names, accounts, stars, deadlines, coverage, references, documents, numbering, personal)


def all_rules() -> list[Rule]:
    """Return every rule in the order of the codes."""
    return [RULES[code] for code in sorted(RULES)]
