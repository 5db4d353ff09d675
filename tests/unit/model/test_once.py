"""What is found once of a thing: found when it is asked for, never again, and of each thing its own."""

from __future__ import annotations

from reformledger.model.once import Once


class Count:
    def __init__(self, *numbers: int) -> None:
        self.numbers = numbers
        self.found = 0

    @Once
    def total(self) -> int | None:
        """The sum of the numbers; None without any."""
        self.found += 1
        return sum(self.numbers) or None


def test_it_is_found_when_it_is_asked_for_and_only_once() -> None:
    count = Count(1, 2)
    assert count.found == 0
    assert (count.total, count.total, count.found) == (3, 3, 1)


def test_none_is_an_answer_too() -> None:
    count = Count()
    assert (count.total, count.total, count.found) == (None, None, 1)


def test_each_thing_has_its_own() -> None:
    assert (Count(1).total, Count(2).total) == (1, 2)


def test_of_the_class_it_is_what_documents_it() -> None:
    assert isinstance(Count.total, Once)
    assert Count.total.__doc__ == "The sum of the numbers; None without any."
