"""The register of rules: a rule is a function from an ``Audit`` to what it finds, under a code and a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity

Find = Callable[[Audit], Iterator[Found]]


class Rule(NamedTuple):
    """A rule; what it looks for and why is told by its page (``pages``)."""

    code: str
    severity: Severity
    find: Find


RULES: dict[str, Rule] = {}
"""Every rule by its code, once ``select.all_rules`` was called."""

READING = "RL000"
"""The code under which files are reported that cannot be read: no rule, and always on."""

UNMATCHED = "RL604"
"""The code under which acknowledgements are reported that match nothing: it cannot be acknowledged itself."""


def rule(code: str, severity: Severity) -> Callable[[Find], Find]:
    """Register the decorated function as a rule."""

    def register(find: Find) -> Find:
        assert code not in RULES, code  # noqa: S101 - two rules of one code would hide each other
        RULES[code] = Rule(code, severity, find)
        return find

    return register
