"""Leaders and departments: who they are, and in which role each has which entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.documents import Directory
from reformledger.text.folding import search_key, title_key
from reformledger.text.nearest import nearest_advice, nearest_names

Subject = Literal["leader", "department"]
ROLES: dict[Subject, tuple[str, ...]] = {
    "leader": ("leader", "city_leader", "responsible"),
    "department": ("lead", "support"),
}
SUBJECTS: tuple[Subject, ...] = ("leader", "department")


class Names(NamedTuple):
    """Who can be asked for: every leader and department that entries name, each by its key, and its preferred word."""

    directory: Directory
    leaders: Mapping[str, str]
    departments: Mapping[str, str]

    def of(self, subject: Subject) -> Mapping[str, str]:
        """Return the leaders, or the departments."""
        return self.leaders if subject == "leader" else self.departments


@lru_cache(maxsize=4)
def names_in(book: Book) -> Names:
    """Return who can be asked for in a book; asked again, the same."""
    return Names(book.directory, _named(book, "leader"), _named(book, "department"))


def _named(book: Book, subject: Subject) -> dict[str, str]:
    """Return every leader or department of the book: its key, and the directory's word for it.

    Those that no entry names but as members of a group are among them, last.
    """
    directory = book.directory
    names: dict[str, str] = {}
    for name in dict.fromkeys(name for entry in book.entries for name in names_of(entry, subject)):
        names.setdefault(directory.key(name), directory.preferred(name))
    for name in list(names.values()):
        for key, member in directory.members_of(name).items():
            names.setdefault(key, member)
    return names


def bound_by(names: Names, subject: Subject, typed: Iterable[str]) -> frozenset[str]:
    """Return the keys of what binds any of some leaders or departments where an entry names it: itself or its groups.

    Raises ``UsageError`` as ``known_name`` does.
    """
    keys = [known_name(names, subject, name) for name in typed]
    return frozenset(binding for key in keys for binding in (key, *names.directory.groups_of(key)))


def names_of(entry: Entry, subject: Subject) -> Sequence[str]:
    """Return the leaders, or the departments, of an entry."""
    if subject == "leader":
        return entry.leader_names
    return (*entry.data.lead_departments, *entry.data.supporting_departments)


def roles_of(entry: Entry, subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield role and name of the leaders, or of the departments, of an entry."""
    return entry.leader_roles() if subject == "leader" else entry.department_roles()


def leading_keys(book: Book, entry: Entry) -> list[str]:
    """Return the keys of the departments that lead an entry, each once whatever its names; "" where there is none."""
    return list(dict.fromkeys(map(book.directory.key, entry.data.lead_departments))) or [""]


def alike_keys(book: Book, entry: Entry) -> list[tuple[str, str]]:
    """Return what entries share that are alike in title and leading department: one for each that leads.

    The department is "" for an entry without any.
    """
    title = title_key(entry.bare_title)
    return [(title, department) for department in leading_keys(book, entry)] if title else []


def key_named(names: Names, subject: Subject, name: str) -> str | None:
    """Return the key of the leader or department that a person means; None for an unknown one."""
    known = names.of(subject)
    key = names.directory.key(name)
    if key in known:
        return key
    typed = search_key(name)
    alike = [key for key in known if search_key(key) == typed]
    return alike[0] if len(alike) == 1 else None


def known_name(names: Names, subject: Subject, name: str, shows: str = "") -> str:
    """Return the key of a leader or department; raises ``UsageError``, naming the nearest, for an unknown one.

    ``shows`` is the sentence that says where all names are shown, where that is not the command for these names.
    """
    if (found := key_named(names, subject, name)) is not None:
        return found
    directory, known = names.directory, names.of(subject)
    key = directory.key(name)
    spellings = dict.fromkeys(known.values())
    for entry in directory.names:
        if directory.key(entry.name) in known:
            spellings.update(dict.fromkeys(entry.also))
    sentences = {
        "leader": _("No leader is named “{name}”."),
        "department": _("No department is named “{name}”."),
    }
    commands = {"leader": "by-leader", "department": "by-department"}
    shows = shows or _("“reformledger {command}” shows all names.").format(command=commands[subject])
    other: Subject = "department" if subject == "leader" else "leader"
    if key in names.of(other):
        others = {
            "leader": (_("“{name}” is a leader."), _("Use by-leader or --leader.")),
            "department": (_("“{name}” is a department."), _("Use by-department or --department.")),
        }
        message, advice = others[other]
        raise UsageError(message.format(name=name), advice)
    if directory.knows(name):
        raise UsageError(_("The directory knows “{name}”, but no entry names it.").format(name=name), shows)
    raise UsageError(sentences[subject].format(name=name), nearest_advice(nearest_names(name, spellings)) or shows)


class RoleGroup(NamedTuple):
    """The entries that a leader or department has in one role, by itself or through a group that holds it.

    ``role`` is one of ``ROLES``, or a role of persons as it is printed.
    """

    role: str
    through: str | None
    entries: list[Entry]

    @property
    def is_printed(self) -> bool:
        """Say whether the role is one of persons, in the words of the notice."""
        return all(self.role not in roles for roles in ROLES.values())


def by_role(book: Book, subject: Subject, name: str, entries: Iterable[Entry]) -> list[RoleGroup]:
    """Return the entries of one leader or department, a group for each role that it has; first what names it itself.

    An entry that names it itself in a role is not listed again for its groups in the same role. Raises ``UsageError``
    for a name that the book does not know.
    """
    directory = book.directory
    key = known_name(names_in(book), subject, name)
    # What may name it, the nearest first, and the group by which it then does.
    through = {key: None, **{group: directory.preferred(group) for group in directory.groups_of(key)}}
    found: dict[str, dict[str, list[Entry]]] = {role: {} for role in ROLES[subject]}
    for entry in entries:
        named: dict[str, set[str]] = {}
        for role, other in roles_of(entry, subject):
            named.setdefault(role, set()).add(directory.key(other))
        for role, keys in named.items():
            if (nearest := next((each for each in through if each in keys), None)) is not None:
                found.setdefault(role, {}).setdefault(nearest, []).append(entry)
    return [
        RoleGroup(role, through[each], groups[each])
        for role, groups in found.items()
        for each in through
        if each in groups
    ]
