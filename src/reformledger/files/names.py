"""What reformledger keeps beside the ledgers: names that no ledger has, which git need not keep."""

from __future__ import annotations

import re

LOCK = ".reformledger.lock"
"""What is locked for a folder."""
BEGUN = ".reformledger-begun.json"
"""What says that an edit of several files was begun."""
IGNORED = {".reformledger*": BEGUN, "*displaced-*": "ledger.yaml.displaced-20200513-120000"}
"""The lines of a ``.gitignore`` that keep all of these out of git, and a name that each is for."""
_TEMPORARY = re.compile(r"\.reformledger-[0-9a-f]{12}\.tmp")
_ASIDE = re.compile(r"\.reformledger-[0-9a-f]{12}\.old")
_DISPLACED = re.compile(r"(.+\.)?displaced-[0-9]{8}-[0-9]{6}.*")


def temporary(token: str) -> str:
    """Return the name of a file that is being written; ``token`` are twelve digits, hexadecimal."""
    return f".reformledger-{token}.tmp"


def aside(token: str) -> str:
    """Return the name that a file gets when another takes its place, until it is known what it holds."""
    return f".reformledger-{token}.old"


def is_ours(name: str) -> bool:
    """Say whether a name is one that no file of others should have."""
    return name.startswith(".reformledger")


def is_temporary(name: str) -> bool:
    """Say whether a name is that of a file that was being written: never the only copy of anything."""
    return _TEMPORARY.fullmatch(name) is not None


def is_aside(name: str) -> bool:
    """Say whether a name is that of a file whose place another took: it may hold what another program saved."""
    return _ASIDE.fullmatch(name) is not None


def is_displaced(name: str) -> bool:
    """Say whether a name is that of what another program saved at the moment when an edit was written."""
    return _DISPLACED.fullmatch(name) is not None
