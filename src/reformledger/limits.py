"""How much is read: what is larger is refused with its place before it costs time or memory.

No ledger of a bureau comes near to any of these. They bound what a wrong or a hostile file can do.
"""

from __future__ import annotations

from typing import NamedTuple

from reformledger.i18n import _

_KIB, _MIB, _GIB = 2**10, 2**20, 2**30
FILE = 256 * _MIB
"""Bytes of a file, or of a batch of edits."""
VALUE = _MIB
"""Bytes of UTF-8 that a value has."""
STRETCH = 16 * _MIB
"""Bytes between one value and the next: of a value as it is written, with its escapes, or of comments."""
DEPTH = 32
"""Levels of mappings and lists."""
ENTRIES = 100_000
"""Entries of a file, the records of removed ones included: counted are the keys ``id``."""
FAULTS = 50
"""Faults of a file that are reported."""


class Limit(NamedTuple):
    """A limit as it is documented: of what, how much at most, and why so much."""

    of: str
    most: str
    why: str


def limits() -> tuple[Limit, ...]:
    """Return all limits in the user's language."""
    return (
        Limit(
            _("a file, and a batch of edits"),
            size(FILE),
            _("a hundred times the largest ledger known; the size is looked at before anything is read"),
        ),
        Limit(
            _("a value"),
            _("{size} of UTF-8").format(size=size(VALUE)),
            _("some 350,000 Chinese characters, a thick book; a longer text belongs into a file of its own"),
        ),
        Limit(
            _("the way from one value to the next"),
            size(STRETCH),
            _("any value within its limit can be written so, all in escapes; comments have no other limit"),
        ),
        Limit(
            _("levels of mappings and lists"),
            str(DEPTH),
            _("a ledger has about ten; 100,000 brackets bring parsers down"),
        ),
        Limit(
            _("entries of a file (keys “id”)"),
            f"{ENTRIES:,}",
            _("a province has as many; several bodies or years are several files"),
        ),
        Limit(_("problems reported of a file"), str(FAULTS), _("whoever has more fixes these first")),
    )


def size(count: int) -> str:
    """Return a number of bytes as people write it: 256 MiB, 1.1 KiB."""
    for unit, name in ((_GIB, "GiB"), (_MIB, "MiB"), (_KIB, "KiB")):
        if count >= unit:
            return f"{round(count / unit, 1):g} {name}"
    return _("{count} bytes").format(count=count)


def is_too_long(value: str) -> bool:
    """Say whether a value is longer than any may be."""
    # No character has more than four bytes.
    return 4 * len(value) > VALUE and len(value.encode("utf-8", "surrogatepass")) > VALUE


def too_long() -> tuple[str, str]:
    """Return what is said of a value that is too long, and the advice."""
    message = _("This value is longer than {limit}.").format(limit=size(VALUE))
    return message, _("Keep the text in a file of its own, and name that here.")
