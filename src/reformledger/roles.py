"""Leaders and departments: who they are, and in which role each has which entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest_advice, nearest_names

Subject = Literal["leader", "department"]
ROLES: dict[Subject, tuple[str, ...]] = {
    "leader": ("leader", "city_leader", "responsible"),
    "department": ("lead", "support"),
}


def names_of(book: Book, subject: Subject) -> dict[str, str]:
    """Return every leader or department of the book: its key, and the directory's word for it."""
    names: dict[str, str] = {}
    for entry in book.entries:
        for _role, name in roles_of(entry, subject):
            names.setdefault(book.directory.key(name), book.directory.preferred(name))
    return names


def roles_of(entry: Entry, subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield role and name of the leaders, or of the departments, of an entry."""
    return entry.leader_roles() if subject == "leader" else entry.department_roles()


def leading_keys(book: Book, entry: Entry) -> list[str]:
    """Return the keys of the departments that lead an entry, each once whatever its names; "" where there is none."""
    return list(dict.fromkeys(map(book.directory.key, entry.data.lead_departments))) or [""]


def known_name(book: Book, subject: Subject, name: str) -> str:
    """Return the key of a leader or department; raises ``UsageError``, naming the nearest, for an unknown one."""
    names = names_of(book, subject)
    key = book.directory.key(name)
    if key in names:
        return key
    typed = search_key(name)
    alike = [key for key in names if search_key(key) == typed]
    if len(alike) == 1:
        return alike[0]
    spellings = dict.fromkeys(names.values())
    for entry in book.directory.names:
        if book.directory.key(entry.name) in names:
            spellings.update(dict.fromkeys(entry.also))
    sentences = {
        "leader": _("No leader is named “{name}”."),
        "department": _("No department is named “{name}”."),
    }
    commands = {"leader": "by-leader", "department": "by-department"}
    raise UsageError(
        sentences[subject].format(name=name),
        nearest_advice(nearest_names(name, spellings))
        or _("“reformledger {command}” shows all names.").format(command=commands[subject]),
    )


class RoleGroup(NamedTuple):
    """The entries that a leader or department has in one role."""

    role: str
    entries: list[Entry]


def by_role(book: Book, subject: Subject, name: str, entries: Iterable[Entry]) -> list[RoleGroup]:
    """Return the entries of one leader or department, a group for each role that it has.

    Raises ``UsageError`` for a name that the book does not know.
    """
    key = known_name(book, subject, name)
    groups: dict[str, list[Entry]] = {role: [] for role in ROLES[subject]}
    for entry in entries:
        for role in dict.fromkeys(role for role, other in roles_of(entry, subject) if book.directory.key(other) == key):
            groups[role].append(entry)
    return [RoleGroup(role, found) for role, found in groups.items() if found]
