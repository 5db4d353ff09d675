"""What is larger than any ledger is refused, with its place and before it costs anything; what is smaller is read."""

from __future__ import annotations

import pytest

from reformledger.limits import ENTRIES, FAULTS, FILE, VALUE, is_too_long, limits, size
from reformledger.yamlio import TextFault, YamlError, read_yaml
from reformledger.yamlio.reading import walk
from texts import read

FORMS = ["a: b\nc: {}\n", "a: b\nc: '{}'\n", 'a: b\nc: "{}"\n', "a: b\nc: |-\n  {}\n", "a: b\nc:\n  - {}\n"]
CHARACTERS = {"a": 1, "é": 2, "改": 3, "😀": 4}


def faults(text: str) -> list[TextFault]:
    with pytest.raises(YamlError) as raised:
        read_yaml(text.encode())
    return raised.value.faults


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("form", FORMS)
def test_a_value_of_one_mebibyte_is_read_and_no_longer_one(form: str, character: str) -> None:
    count = VALUE // CHARACTERS[character]
    before, _gap, _after = form.partition("{}")
    value = character * count + "b" * (VALUE - count * CHARACTERS[character])
    assert len(value.encode()) == VALUE
    assert read(form.format(value)) in ({"a": "b", "c": value}, {"a": "b", "c": [value]})
    (fault,) = faults(form.format(value + "b"))
    line = before.count("\n") + 1 - ("|" in form)
    assert (fault.line, fault.message) == (line, "This value is longer than 1 MiB.")
    assert fault.advice == "Keep the text in a file of its own, and name that here."


def test_a_value_is_measured_as_it_is_read_not_as_it_is_written() -> None:
    assert read('a: "' + r"\U00000041" * VALUE + '"\n') == {"a": "A" * VALUE}
    (fault,) = faults('a: "' + r"\U00000041" * (VALUE + 1) + '"\n')
    assert fault[:2] == (1, 4)


def test_a_key_is_no_longer_than_a_value() -> None:
    (fault,) = faults(f"? {'a' * (VALUE + 1)}\n: b\n")
    assert (fault.line, fault.column, fault.message) == (1, 3, "This value is longer than 1 MiB.")


@pytest.fixture
def short_stretch(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let what is read at a stretch be short, so that no test reads 16 MiB."""
    monkeypatch.setattr(walk, "STRETCH", 2**17)
    return 2**17


@pytest.mark.parametrize(
    ("long", "place"),
    [
        # the last key or value before it, as far as the parser gave it back
        ("a: b\nc: {}", (2, 1)),
        ('a: b\nc: "{}"', (2, 1)),
        ('a: b\nc: "{}', (2, 1)),
        ("a: b\nc: |\n  {}", (2, 1)),
        ("a: b\n# {}\nc: d\n", (1, 4)),
        ("# {}\na: b\n", (1, 1)),
    ],
)
def test_what_goes_on_for_too_long_is_not_read_to_its_end(
    long: str, place: tuple[int, int], short_stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    real = walk.Stretched.read

    def counted(source: walk.Stretched, length: int = 0, /) -> bytes:
        piece = real(source, length)
        taken.append(len(piece))
        return piece

    monkeypatch.setattr(walk.Stretched, "read", counted)
    (fault,) = faults(long.format("改" * short_stretch))
    assert (fault.line, fault.column) == place
    assert fault.message.startswith("From here on no value ends, and none begins, for more than")
    assert sum(taken) < 1.5 * short_stretch


def test_a_long_text_of_short_values_is_read_as_any(short_stretch: int) -> None:
    text = "".join(f"k{number}: 改革{number}  # 说明\n" for number in range(short_stretch // 20))
    assert len(text.encode()) > short_stretch
    assert read(text) == {f"k{number}": f"改革{number}" for number in range(short_stretch // 20)}
    broken = text + "a: [\n"
    (fault,) = faults(broken)
    assert fault.line in (broken.count("\n"), broken.count("\n") + 1)


def test_limits_are_told_as_people_write_sizes() -> None:
    assert [size(count) for count in (0, 1023, 1536, VALUE, FILE, FILE + 2**20, 10 * 2**30)] == [
        "0 bytes",
        "1023 bytes",
        "1.5 KiB",
        "1 MiB",
        "256 MiB",
        "257 MiB",
        "10 GiB",
    ]
    assert not is_too_long("a" * VALUE)
    assert is_too_long("\ud800" * VALUE)
    told = [limit.most for limit in limits()]
    assert told == ["256 MiB", "1 MiB of UTF-8", "16 MiB", "32", f"{ENTRIES:,}", str(FAULTS)]
