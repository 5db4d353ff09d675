"""Several users of one machine: as whom parts of a test run where the system permits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from killing import ended, forked


class People:
    """Users that every system knows, as whom a part of a test runs: the owner, a member of his group, a reader."""

    def __init__(self) -> None:
        # Imported late otherwise: and these users may have no right to read the interpreter's files.
        import ctypes  # noqa: F401
        import pwd

        import filelock  # noqa: F401

        known = sorted((each.pw_uid, each.pw_gid) for each in pwd.getpwall() if each.pw_uid)
        (self.owner, self.group), (self.member, of_member), (self.reader, of_reader) = known[:3]
        self._groups = {
            self.owner: [self.group],
            self.member: [of_member, self.group],
            self.reader: [of_reader],
        }

    def run(self, user: int, work: Callable[[], object], mask: int = 0o022) -> None:
        """Do some work as a user, in a process of its own; fails where it does."""

        def as_user() -> None:
            os.umask(mask)
            os.setgroups(self._groups[user])
            own = self._groups[user][0]
            os.setresgid(own, own, own)
            os.setresuid(user, user, user)
            work()

        assert ended(forked(as_user)) == 0

    def groups_of(self, name: str, _own: int) -> list[int]:
        """Return the groups of a user as the system would if it knew what is made up here."""
        import pwd

        return self._groups[pwd.getpwnam(name).pw_uid]

    def give(self, path: Path, mode: int) -> Path:
        """Give a file or a folder to the owner and the group."""
        os.chown(path, self.owner, self.group)
        path.chmod(mode)
        return path
