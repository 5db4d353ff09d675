"""What is made of the value of a column, as the record has it: its text as printed, its parts, the texts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reformledger.model.entries import STAR_SIGN
from reformledger.model.phases import phase_word


def printed(key: str, value: object) -> str:
    """Return the value of a column as the notice prints it, in one piece of text; empty when there is none."""
    if isinstance(value, str):
        return value
    if value is None or value is False:
        return ""
    if value is True:
        return STAR_SIGN if key == "star" else "true"
    if key == "persons" and isinstance(value, list):
        value = _by_role(value)
    if isinstance(value, (list, tuple)):
        try:
            return "、".join(value)
        except TypeError:  # not all are texts
            return "；".join(_printed_item(key, item) for item in value)
    if isinstance(value, dict):
        return _printed_item(key, value) if value else ""
    return str(value)


def _printed_item(key: str, item: object) -> str:
    if not isinstance(item, dict):
        return str(item)
    if key in _ITEMS:
        return _ITEMS[key](item)
    return "；".join(f"{name}：{text}" for name, text in item.items())


def _by_role(persons: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the names of persons by their role, each role once."""
    roles = dict.fromkeys(item["role"] for item in persons)
    return {role: "、".join(item["name"] for item in persons if item["role"] == role) for role in roles}


def _printed_report(item: Mapping[str, object]) -> str:
    percent = "" if item["percent"] is None else f" {item['percent']}%"
    return f"{item['date']} {item['text']}{percent}"


def _printed_parts(item: Mapping[str, object]) -> str:
    return " ".join(str(part) for name, part in item.items() if part is not None and name != "reached")


_ITEMS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "due": lambda item: str(item["wording"] or (STAR_SIGN if item["from_star"] else "")),
    "contact": _printed_parts,
    "targets": _printed_parts,
    "phases": lambda item: f"{item['name']} {printed('due', item['due'])}".rstrip(),
    "occurrences": lambda item: f"{item['end']} {item['state']}",
    "history": lambda item: f"{item['date']} {item['reason']}",
    "progress": _printed_report,
    "last_report": _printed_report,
    "extensions": lambda item: f"{item['date']} {item['from'] or ''}→{item['to']}",
    "closed": lambda item: str(item["date"]),
}
"""How one item is printed, in a line, of a field that holds more than texts."""


def names_in_role(persons: Sequence[Mapping[str, str]], role: str) -> list[str]:
    """Return the names of those ``persons`` that have a role: the column ``persons.项目责任人``."""
    return [person["name"] for person in persons if person["role"] == role]


def part_of_phases(phases: Sequence[Mapping[str, object]], part: str) -> list[str] | dict[str, str]:
    """Return what each of the ``phases`` says in a part, by its name: the column ``phases.result``."""
    names = [str(phase["name"]) for phase in phases]
    texts = (printed(part, phase[part]) for phase in phases)
    return names if part == "name" else {phase_word(names, i): text for i, text in enumerate(texts) if text}


def strings_in(value: object) -> Iterator[str]:
    """Yield every text in a value: what a search looks through."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)
    elif isinstance(value, dict):
        yield from strings_in(list(value.values()))
