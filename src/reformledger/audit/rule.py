"""The register of rules: a rule is a function from an ``Audit`` to what it finds, under a code and a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity

Find = Callable[[Audit], Iterator[Found]]


class Rule(NamedTuple):
    """A rule; its page (``pages``) says what it looks for and why."""

    code: str
    severity: Severity
    find: Find


RULES: dict[str, Rule] = {}
"""Every rule by its code, once ``select.all_rules`` was called."""

READING = "RL000"
"""The code for files that cannot be read: no rule, and always on."""

FUTURE = "RL004"
"""The code for records of days to come: its findings end by themselves when their day has come."""

UNMATCHED = "RL604"
"""The code for acknowledgements that match no finding: it cannot be acknowledged itself."""


def rule(code: str, severity: Severity) -> Callable[[Find], Find]:
    """Register the decorated function as a rule."""

    def register(find: Find) -> Find:
        assert code not in RULES, code  # noqa: S101 - two rules of one code would hide each other
        RULES[code] = Rule(code, severity, find)
        return find

    return register
