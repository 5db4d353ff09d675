"""Who may read and write a file, and how a new file gets the rights of another one.

A file that is written anew belongs to whoever writes it, where the system lets nobody give files away. In a folder that
a group shares that takes nothing from anybody: the old owner reads and writes as a member of the group.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import reduce
from operator import and_
from pathlib import Path as FilePath
from typing import NamedTuple

WRITE = 0o2
_READ_WRITE = 0o6
_LIST = "system.posix_acl_access"
_USER, _OWN_GROUP, _GROUP = 0x02, 0x04, 0x08  # tags of an access list, linux/posix_acl.h
_NO_LIST = frozenset({getattr(errno, "ENODATA", errno.ENOTSUP), errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_NOT_GIVEN = frozenset({errno.EPERM, errno.EINVAL})  # EINVAL: an id that is not known where we run


class Rights(NamedTuple):
    """The owner, the group and the mode of a file, and its access list as Linux keeps it (empty without one).

    With a list, the group bits of the mode are no right but the most that the list gives to anybody it names.
    """

    owner: int
    group: int
    mode: int
    listed: bytes = b""

    def of(self, user: int, groups: frozenset[int]) -> int:
        """Return what a user in some groups may do: 4 read, 2 write, 6 both; after acl(5) and path_resolution(7)."""
        if user == self.owner:
            return self.mode >> 6 & _READ_WRITE
        if not self.listed:
            return (self.mode >> 3 if self.group in groups else self.mode) & _READ_WRITE
        most = self.mode >> 3 & _READ_WRITE
        of_groups = []
        for tag, bits, named in self._entries():
            if tag == _USER and named == user:
                return bits & most
            if (tag == _OWN_GROUP and self.group in groups) or (tag == _GROUP and named in groups):
                of_groups.append(bits & most)
        return reduce(lambda one, other: one | other, of_groups) if of_groups else self.mode & _READ_WRITE

    @property
    def group_matters(self) -> bool:
        """Return whether it makes a difference to anybody which group the file has."""
        return bool(self.listed) or (self.mode >> 3 ^ self.mode) & _READ_WRITE != 0

    def _entries(self) -> Iterator[tuple[int, int, int]]:
        return struct.iter_unpack("<HHI", self.listed[4:])


def nobody_loses(old: Rights, owner: int, group: int, groups_of: Callable[[int], frozenset[int]]) -> bool:
    """Say whether all may still do with a file what they may now when it has another owner and group.

    Mode and list stay as they are. Then it may only be the old owner who loses, whoever becomes the owner, and members
    of the two groups; and where the group makes no difference, nobody gains either.
    """
    if group != old.group and old.group_matters:
        return False
    new = old._replace(owner=owner, group=group)
    users = {old.owner, owner} - {0}  # the administrator may do all with any file
    return not any(old.of(user, groups_of(user)) & ~new.of(user, groups_of(user)) for user in users)


def rights_of(path: FilePath) -> Rights:
    """Return the rights of what a path leads to; raises ``OSError``."""
    status = path.stat()
    listed = b""
    if sys.platform == "linux":
        try:
            listed = os.getxattr(path, _LIST)
        except OSError as error:
            if error.errno not in _NO_LIST:
                raise
    return Rights(status.st_uid, status.st_gid, status.st_mode & 0o7777, listed)


def groups_of(user: int) -> frozenset[int]:
    """Return the groups of a user: of this process, as it has them; of another, none where they are not known."""
    if sys.platform == "win32":
        return frozenset()
    if user == os.geteuid():
        return frozenset({os.getegid(), *os.getgroups()})
    import pwd

    try:
        known = pwd.getpwuid(user)
    except KeyError:
        return frozenset()
    return frozenset(os.getgrouplist(known.pw_name, known.pw_gid))


def take_over(target: FilePath, file: int) -> bool:
    """Give an open new file the rights of the one that it will replace, and its other attributes.

    Owner and group are kept as far as the system permits. Returns whether nobody loses by it; if somebody does,
    the file is not to be used. Raises ``OSError``.
    """
    if sys.platform == "win32":
        return True
    old = rights_of(target)
    if not _give(file, old.owner, old.group):
        _give(file, -1, old.group)
    status = os.fstat(file)
    if not nobody_loses(old, status.st_uid, status.st_gid, groups_of):
        return False
    if sys.platform == "linux":
        # A file system may have none; and labels that only the system sets it has set on the new file itself.
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(file, name, os.getxattr(target, name))
    _put_list(file, old.listed)
    os.fchmod(file, old.mode)
    return True


def share_like(neighbours: Sequence[FilePath], file: int) -> None:
    """Give an open new file the rights that all its neighbours have, as far as the system permits: group and mode.

    Nobody may do more with it than with each of them. Raises ``OSError``.
    """
    if sys.platform == "win32":
        return
    rights = [rights_of(path) for path in neighbours]
    mode = reduce(and_, (each.mode for each in rights)) & 0o666
    group, listed = rights[0].group, rights[0].listed
    is_alike = all((each.group, each.listed) == (group, listed) for each in rights)
    if is_alike and _give(file, -1, group):
        _put_list(file, listed)
    elif any(each.listed for each in rights):
        mode = 0
    else:
        mode &= 0o606 | (mode & 0o006) << 3
    os.fchmod(file, mode | 0o600)


def _give(file: int, owner: int, group: int) -> bool:
    """Give an open file to a user (-1: to no other) and a group; return whether it has them now."""
    status = os.fstat(file)
    if status.st_gid == group and owner in {-1, status.st_uid}:
        return True
    try:
        os.fchown(file, owner, group)
    except OSError as error:
        if error.errno not in _NOT_GIVEN:
            raise
        return False
    return True


def _put_list(file: int, listed: bytes) -> None:
    """Give an open file an access list, or take away the one that it has of its folder."""
    if sys.platform != "linux":
        return
    if listed:
        os.setxattr(file, _LIST, listed)
        return
    try:
        os.removexattr(file, _LIST)
    except OSError as error:
        if error.errno not in _NO_LIST:
            raise
