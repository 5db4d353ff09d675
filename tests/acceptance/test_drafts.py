"""Forms of many bodies, whole and damaged: what is right is not asked, what is wrong is, and no character is lost."""

from __future__ import annotations

from functools import cache

import pytest
from draft_forms import ENOUGH, Form, Reading, forms, printed, read
from printed_forms import print_of
from wanted_drafts import share_right

FORMS = list(forms())
NAMES = sorted({form.name for form in FORMS})


@pytest.fixture(params=range(len(FORMS)), ids=[form.file.name for form in FORMS])
def reading(request: pytest.FixtureRequest) -> Reading:
    return _reading(request.param)


@cache
def _reading(number: int) -> Reading:
    """Return how a form was read, which takes a while, once for all tests."""
    return read(FORMS[number])


def test_there_are_twelve_forms_and_more_than_a_third_as_many_damaged_ones() -> None:
    whole = {form.description for form in FORMS}
    damaged = {str(form.wanted["damage"]) for form in FORMS if "damage" in form.wanted}
    assert len(whole) >= 12
    assert len(damaged) >= 5


@pytest.mark.parametrize("form", FORMS, ids=[form.file.name for form in FORMS])
def test_the_files_are_what_their_descriptions_say(form: Form) -> None:
    assert form.file.is_file()
    if print_of(form.file.name) not in {".docx", ".xlsx"}:  # those depend on the versions of the libraries
        assert form.file.read_bytes() == printed(form)


def test_every_character_is_used_or_asked_about_or_layout(reading: Reading) -> None:
    assert not reading.faults


def test_nothing_is_wrong_or_missing_without_a_question(reading: Reading) -> None:
    assert not reading.silent, "\n".join(map(str, reading.silent))


@pytest.mark.parametrize("name", NAMES)
def test_most_of_a_form_is_right_without_a_question_whatever_it_was_printed_as(name: str) -> None:
    readings = [_reading(number) for number, form in enumerate(FORMS) if form.name == name]
    compared = [one for reading in readings for one in reading.compared]
    assert share_right(compared) >= ENOUGH, "\n".join(map(str, compared))


def test_what_can_be_read_in_two_ways_is_asked(reading: Reading) -> None:
    assert not reading.unasked
