"""Several people in one folder: nobody loses a file by another's edit, and nobody gains one."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from people import People
from reformledger.files.errors import FileError
from reformledger.files.lock import lock_path, locked
from reformledger.files.rights import Rights, nobody_loses, rights_of
from reformledger.files.write import create, replace

if sys.platform == "win32":
    pytest.skip("rights are those of POSIX", allow_module_level=True)

OLD, NEW = b"a: old\n", b"a: new\n"
NOBODY = 0xFFFFFFFF  # the id of an entry that names none
LI, WANG, ROOT = 1001, 1002, 0
OFFICE, LIS, WANGS = 500, 1001, 1002
MEMBERS = {LI: frozenset({LIS, OFFICE}), WANG: frozenset({WANGS, OFFICE}), ROOT: frozenset({0})}


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """Return an access list as Linux keeps it, of tags, bits and ids."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def listed(of_li: int, own_group: int, office: int) -> bytes:
    """Return a list that names Li and the office beside the owner (rw), the owning group and others (none)."""
    most = [(0x10, 6, NOBODY), (0x20, 0, NOBODY)]
    return access_list((0x01, 6, NOBODY), (0x02, of_li, LI), (0x04, own_group, NOBODY), (0x08, office, OFFICE), *most)


@pytest.mark.parametrize(
    ("old", "owner", "group", "expected"),
    [
        # The owner stays, or both do: nothing changes.
        (Rights(LI, OFFICE, 0o600), LI, OFFICE, True),
        # The old owner is of the group, which may do as much as he.
        (Rights(LI, OFFICE, 0o664), WANG, OFFICE, True),
        (Rights(LI, OFFICE, 0o660), WANG, OFFICE, True),
        (Rights(LI, OFFICE, 0o2664), WANG, OFFICE, True),
        # He could only read afterwards, or not even that.
        (Rights(LI, OFFICE, 0o646), WANG, OFFICE, False),
        (Rights(LI, OFFICE, 0o644), WANG, OFFICE, False),
        (Rights(LI, OFFICE, 0o600), WANG, OFFICE, False),
        # He is not of the group; others may do as much as he, or not.
        (Rights(LI, WANGS, 0o664), WANG, WANGS, False),
        (Rights(LI, WANGS, 0o666), WANG, WANGS, True),
        # He is not known here: who knows what his groups are.
        (Rights(4711, OFFICE, 0o664), WANG, OFFICE, False),
        (Rights(4711, OFFICE, 0o666), WANG, OFFICE, True),
        # The new owner could write as one of the group, and could not as the owner.
        (Rights(LI, OFFICE, 0o464), WANG, OFFICE, False),
        # The administrator never loses.
        (Rights(ROOT, OFFICE, 0o664), WANG, OFFICE, True),
        (Rights(ROOT, OFFICE, 0o640), WANG, OFFICE, True),
        # Without its group the members lose, those of the other gain; where all may do the same, neither.
        (Rights(LI, OFFICE, 0o640), LI, LIS, False),
        (Rights(LI, OFFICE, 0o664), LI, LIS, False),
        (Rights(LI, OFFICE, 0o604), LI, LIS, False),
        (Rights(LI, OFFICE, 0o644), LI, LIS, True),
        (Rights(LI, OFFICE, 0o600), LI, LIS, True),
        (Rights(LI, OFFICE, 0o666), WANG, WANGS, True),
        (Rights(LI, OFFICE, 0o644), WANG, WANGS, False),
        # A list that names him or a group of his lets him go on; one that bars him does not.
        (Rights(LI, WANGS, 0o660, listed(6, 6, 0)), WANG, WANGS, True),
        (Rights(LI, WANGS, 0o660, listed(4, 6, 6)), WANG, WANGS, False),
        (Rights(LI, OFFICE, 0o660, listed(6, 0, 4)), WANG, OFFICE, True),
        # The mask, the group bits of the mode, bounds what the list gives.
        (Rights(LI, WANGS, 0o640, listed(6, 6, 6)), WANG, WANGS, False),
        # With a list, another group is another right.
        (Rights(LI, OFFICE, 0o600, listed(6, 6, 6)), LI, LIS, False),
    ],
)
def test_nobody_loses(old: Rights, owner: int, group: int, expected: bool) -> None:
    assert nobody_loses(old, owner, group, lambda user: MEMBERS.get(user, frozenset())) is expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([(0x02, 4, LI), (0x04, 6, 0), (0x08, 6, OFFICE)], 4),  # who is named has no more by his groups
        ([(0x04, 4, 0), (0x08, 6, OFFICE)], 6),  # of several groups, what any gives
        ([(0x04, 4, 0), (0x08, 0, OFFICE)], 4),
        ([(0x08, 0, OFFICE)], 0),  # who is in a group is none of the others
        ([(0x08, 6, WANGS)], 4),
    ],
)
def test_what_a_list_gives(entries: list[tuple[int, int, int]], expected: int) -> None:
    group = LIS if any(tag == 0x04 for tag, _bits, _id in entries) else 4711
    rights = Rights(WANG, group, 0o664, access_list(*entries))
    assert rights.of(LI, MEMBERS[LI]) == expected


# Two users of one group, and one who may read only


def ledger_in(folder: Path, people: People, mode: int, name: str = "ledger.yaml") -> Path:
    """Make a file of the owner's and the group's."""
    path = folder / name
    path.write_bytes(OLD)
    return people.give(path, mode)


@pytest.mark.parametrize("folder_mode", [0o2775, 0o775, 0o2770])
def test_members_of_a_group_edit_each_others_files(office: Path, people: People, folder_mode: int) -> None:
    ledger = ledger_in(people.give(office, folder_mode), people, 0o664)

    def edit(old: bytes, new: bytes) -> Callable[[], None]:
        def work() -> None:
            with locked([ledger], wait=0):
                assert replace(ledger, old, new) == []

        return work

    people.run(people.member, edit(OLD, NEW))
    assert rights_of(ledger) == Rights(people.member, people.group, 0o664)
    # And back, with the lock file that the other made.
    people.run(people.owner, edit(NEW, OLD), mask=0o077)
    assert rights_of(ledger) == Rights(people.owner, people.group, 0o664)
    assert ledger.read_bytes() == OLD
    assert sorted(file.name for file in office.iterdir()) == [lock_path(office).name, "ledger.yaml"]


def test_who_may_only_read_neither_writes_nor_locks(office: Path, people: People) -> None:
    ledger = ledger_in(people.give(office, 0o2775), people, 0o664)

    def work() -> None:
        assert ledger.read_bytes() == OLD
        with pytest.raises(FileError, match=r"\.lock cannot be taken: Permission denied"), locked([ledger], wait=0):
            pass
        with pytest.raises(FileError, match="read-only"):
            replace(ledger, OLD, NEW)

    people.run(people.reader, work)
    with locked([ledger], wait=0):
        pass
    # Nor can he keep others waiting by a lock file that is there.
    people.run(people.reader, work)
    assert ledger.read_bytes() == OLD


def test_an_edit_by_which_the_owner_would_lose_is_refused(office: Path, people: People) -> None:
    ledger = ledger_in(people.give(office, 0o2775), people, 0o646)

    def work() -> None:
        with pytest.raises(FileError, match="belongs to another user"):
            replace(ledger, OLD, NEW)

    office.chmod(0o2777)
    people.run(people.reader, work)
    assert rights_of(ledger) == Rights(people.owner, people.group, 0o646)
    assert [file.name for file in office.iterdir()] == ["ledger.yaml"]


def test_a_new_file_has_the_group_of_its_neighbour_or_nobody_gains_by_it(office: Path, people: People) -> None:
    people.give(office, 0o777)
    for mode, by_member, by_reader in ((0o664, 0o664, 0o644), (0o640, 0o640, 0o600), (0o600, 0o600, 0o600)):
        old = ledger_in(office, people, mode, f"old_{mode:o}.yaml")
        for user, expected in ((people.member, by_member), (people.reader, by_reader)):
            new = office / f"new_{mode:o}_{user}.yaml"
            people.run(user, partial(create, new, NEW, like=[old]))
            assert new.stat().st_uid == user
            assert new.stat().st_mode & 0o777 == expected
            assert (new.stat().st_gid == people.group) is (user == people.member)


def test_a_repository_begun_in_a_shared_folder_is_the_groups(office: Path, people: People) -> None:
    from reformledger.scaffold import create as create_all
    from reformledger.scaffold import new_repository

    scaffold = new_repository(people.give(office, 0o2775) / "台账", 2021, "zh")
    people.run(people.member, lambda: create_all(scaffold))
    made = {path: path.stat() for path in (office / "台账", *(office / "台账").rglob("*"))}
    assert {status.st_gid for status in made.values()} == {people.group}
    modes = {oct(status.st_mode & 0o7777) for path, status in made.items() if path.is_dir()}
    assert modes == {"0o2775"}
    assert {oct(status.st_mode & 0o7777) for path, status in made.items() if path.is_file()} == {"0o664"}


def test_a_list_is_kept_and_one_of_the_folder_is_not_added(office: Path, people: People) -> None:
    entries = access_list(
        (0x01, 6, NOBODY), (0x02, 6, people.reader), (0x04, 6, NOBODY), (0x10, 6, NOBODY), (0x20, 4, NOBODY)
    )
    ledger, plain = (ledger_in(people.give(office, 0o2775), people, 0o664, name) for name in ("a.yaml", "b.yaml"))
    try:
        os.setxattr(ledger, "system.posix_acl_access", entries)
        os.setxattr(office, "system.posix_acl_default", entries)
    except (AttributeError, OSError):
        pytest.skip("this system or file system has no access lists")

    def work() -> None:
        replace(ledger, OLD, NEW)
        replace(plain, OLD, NEW)
        create(office / "c.yaml", NEW, like=[ledger])
        create(office / "d.yaml", NEW, like=[ledger, plain])

    people.run(people.member, work)
    made = {name: rights_of(office / name) for name in ("a.yaml", "b.yaml", "c.yaml", "d.yaml")}
    assert made == {
        "a.yaml": Rights(people.member, people.group, 0o664, entries),
        "b.yaml": Rights(people.member, people.group, 0o664),
        "c.yaml": Rights(people.member, people.group, 0o664, entries),
        "d.yaml": Rights(people.member, made["d.yaml"].group, 0o600, made["d.yaml"].listed),
    }
