"""Where the values of the rows of an answer are found, whatever holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, Protocol, TypeVar

from reformledger.columns import Headings

Json = object
Due = date | Literal["open"] | None
"""The day that a deadline is shown by, "open" for one without any, None where there is no deadline."""
R_contra = TypeVar("R_contra", contravariant=True)


class Rows(Protocol[R_contra]):
    """Where the values of the rows of an answer are found: the entries of a book, or what is kept of them."""

    @property
    def headings(self) -> Headings:
        """What is printed over the columns."""

    @property
    def named_by(self) -> Literal["id", "ref"]:
        """The column by which a row is named among the others."""

    def read(self, keys: Iterable[str]) -> None:
        """Make ready what several columns need, where that is faster than one by one."""

    def value_of(self, key: str) -> Callable[[R_contra], Json]:
        """Return what finds the value of a column in a row, as the record has it."""

    def has_phases(self, row: R_contra) -> bool:
        """Say whether a row has phases."""

    def due(self, row: R_contra) -> Due:
        """Return the day for which a row is chased, else the last of its deadline."""
