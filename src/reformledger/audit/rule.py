"""The rules: functions from an ``Audit`` to what they find, each under a code and a severity; and those people name.

Each module in ``rules`` registers its own. People name them by the beginning of their codes: RL1, RL203, rl1 of any
width, joined by commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from reformledger.audit import rules
from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.folding import option_key
from reformledger.text.nearest import nearest, nearest_advice

Find = Callable[[Audit], Iterator[Found]]


class Rule(NamedTuple):
    """A rule; its page (``pages``) says what it looks for and why.

    ``declared_by`` are the declarations of a document by which a body says that it means what the rule finds.
    """

    code: str
    severity: Severity
    find: Find
    declared_by: tuple[str, ...] = ()


RULES: dict[str, Rule] = {}
"""Every rule by its code, once ``all_rules`` was called."""

READING = "RL000"
"""The code for files that cannot be read: no rule, and always on."""

FUTURE = "RL004"
"""The code for records of days to come: its findings end by themselves when their day has come."""

UNMATCHED = "RL604"
"""The code for acknowledgements that match no finding: it cannot be acknowledged itself."""


def rule(code: str, severity: Severity, declared_by: tuple[str, ...] = ()) -> Callable[[Find], Find]:
    """Register the decorated function as a rule."""

    def register(find: Find) -> Find:
        assert code not in RULES, code  # noqa: S101 - two rules of one code would hide each other
        RULES[code] = Rule(code, severity, find, declared_by)
        return find

    return register


def all_rules() -> list[Rule]:
    """Return every rule in the order of the codes."""
    for module in iter_modules(rules.__path__):
        import_module(f"{rules.__name__}.{module.name}")
    return [RULES[code] for code in sorted(RULES)]


def selected(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """Return the rules whose code begins with one of ``select`` (all when it is empty) and with none of ``ignore``.

    Raises ``UsageError`` for a word that is the beginning of no code.
    """
    wanted, unwanted = tuple(_prefixes(select)), tuple(_prefixes(ignore))
    return [
        rule
        for rule in all_rules()
        if (not select or rule.code.startswith(wanted)) and not rule.code.startswith(unwanted)
    ]


def known_codes(words: Iterable[str] = ()) -> list[str]:
    """Return every code that begins with one of the words, all without any; raises ``UsageError``."""
    prefixes = list(_prefixes(words)) or [""]
    return list(dict.fromkeys(code for prefix in prefixes for code in _codes() if code.startswith(prefix)))


def _codes() -> list[str]:
    return [READING, *(rule.code for rule in all_rules())]


def _prefixes(words: Iterable[str]) -> Iterator[str]:
    """Yield the beginnings of codes that are meant, each of which some code has."""
    codes = _codes()
    for piece in re.split(r"[,、\s]+", ",".join(option_key(word).upper() for word in words)):
        if piece and not any(code.startswith(piece) for code in codes):
            message = _("There is no rule {code}.").format(code=piece)
            near = nearest_advice(nearest(piece, codes))
            raise UsageError(message, near or _("“reformledger explain” lists the rules."))
        if piece:
            yield piece
