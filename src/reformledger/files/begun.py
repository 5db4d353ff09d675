"""The redo journal: ``.reformledger-begun.json`` says beside the ledgers that an edit of several of them was begun.

It is on the disk before the first file changes and goes after the last. Whoever reads shows what was there before;
whoever edits next, under the lock, takes back what was begun, so that edits are made to what was shown. ``undo`` has
that as its answer, and finishes an ``undo`` that was begun. A journal is believed only if it can be nothing but ours.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from reformledger.files.change import Difference, FileChange, Side, kept, read_kept
from reformledger.files.errors import FileError, refused_by_system
from reformledger.files.git import root_of, tracked
from reformledger.files.names import BEGUN
from reformledger.files.rights import WRITE, groups_of, rights_of
from reformledger.files.write import content_of, content_or_none, create, drop
from reformledger.i18n import _, sentences

_PAUSE, _PATIENCE = 0.02, 0.3  # seconds: an edit that goes on is over by then
_VERSION = 1


class Begun(NamedTuple):
    """An edit of several files of one folder that was begun ``at`` some time and is not known to be finished.

    ``is_undo``: it takes another one back.
    """

    journal: Path
    at: datetime
    files: tuple[Difference, ...]
    is_undo: bool = False

    @property
    def moment(self) -> str:
        """Return when it was begun, by the clock of this machine."""
        return f"{self.at.astimezone():%Y-%m-%d %H:%M}"

    @property
    def undone(self) -> Side:
        """Return the side on which the edit, or the one that it takes back, is not made."""
        return "after" if self.is_undo else "before"

    def now(self) -> dict[Path, bytes | None]:
        """Return what each file holds, None where there is none; raises ``FileError``, also for one changed since."""
        held: dict[Path, bytes | None] = {}
        for file in self.files:
            try:
                held[file.path] = content_or_none(file.path)
            except OSError as error:
                raise refused_by_system(file.path, error) from None
            if file.side_of(held[file.path]) is None:
                raise FileError(file.path, "changed since begun", moment=self.moment, journal=self.journal.name)
        return held

    def changes_to(self, side: Side) -> list[FileChange]:
        """Return the changes that bring all files to one side; raises as ``now`` does."""
        held = self.now()
        try:
            changes = [file.change_to(side, held[file.path]) for file in self.files]
        except ValueError:
            reason = _("it does not make what it says it makes")
            raise FileError(self.journal, "begun doubted", reason=reason) from None
        return [change for change in changes if change.old != change.new]


def begin(folder: Path, changes: Sequence[FileChange], *, is_undo: bool) -> list[str]:
    """Say beside the ledgers of a folder what an edit is about to change; return what there is to say of that.

    Raises ``FileError``.
    """
    files = [kept(change, Path(os.path.realpath(change.path)).name) for change in changes]
    content = json.dumps({"version": _VERSION, "at": time.time(), "undo": is_undo, "files": files}).encode()
    # It holds what the files hold: nobody may read it who may not read all of them.
    like = [each for change in changes if (each := change.like if change.old is None else change.path)]
    hidden = any(change.private and change.old is None and change.like is None for change in changes)
    return create(folder / BEGUN, content, private=hidden, like=[] if hidden else like)


def end(folder: Path) -> list[str]:
    """Say that an edit is written, or taken back, to its end; return what there is to say of that.

    Raises ``FileError``.
    """
    return drop(folder / BEGUN)


def is_under_way(folder: Path) -> bool:
    """Say whether something says that an edit was begun in a folder and not ended."""
    return os.path.lexists(folder / BEGUN)


def begun_in(folder: Path) -> Begun | None:
    """Return the edit that was begun in a folder; raises ``FileError`` for a journal that is not believed."""
    journal = folder / BEGUN
    if not is_under_way(folder):
        return None
    status = journal.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError(journal, "irregular")
    if root_of(folder) and tracked(folder, [BEGUN]):
        raise FileError(journal, "begun doubted", reason=_("git keeps it, so it came from somewhere else"))
    try:
        content = content_of(journal)
    except OSError as error:
        raise FileError(journal, "begun unread", reason=error.strerror or str(error)) from None
    if not content:
        # Where there are no hard links a name is taken before there is anything in it: no file was changed yet.
        return Begun(journal, datetime.fromtimestamp(status.st_mtime, UTC), ())
    try:
        data = json.loads(content)
        files = tuple(map(read_kept, data["files"]))
        at = datetime.fromtimestamp(float(data["at"]), UTC)
        is_undo = bool(data["undo"])
        known = data["version"] == _VERSION
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, OSError):
        known = False
    if not known:
        raise FileError(journal, "begun doubted", reason=_("reformledger does not write such a file"))
    for file in files:
        if (name := os.fspath(file.path)) != file.path.name or name == ".." or _leads_on(folder / name):
            raise FileError(journal, "begun doubted", reason=_("{file} is no file of this folder").format(file=name))
        if not _may_write(status.st_uid, folder, name):
            reason = _("whoever wrote it may not write {file}").format(file=name)
            raise FileError(journal, "begun doubted", reason=reason)
    return Begun(journal, at, tuple(file._replace(path=folder / file.path) for file in files), is_undo)


def before(folder: Path) -> tuple[dict[Path, bytes | None], str]:
    """Return what files held before an edit that was begun in a folder, and a sentence about it.

    Without such an edit both are empty; files of one that is not believed, or was changed by hand since, are as they
    are, and the sentence says so. One that goes on at this moment is waited for shortly.
    """
    deadline = time.monotonic() + _PATIENCE
    while is_under_way(folder) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    try:
        begun = begun_in(folder)
        if begun is None or not begun.changes_to("after"):
            return {}, ""
        contents = {**begun.now(), **{change.path: change.new for change in begun.changes_to("before")}}
        files = _(", ").join(file.path.name for file in begun.files)
        said = _("An edit of several files was begun at {moment} and not finished: {files}.")
        if begun.is_undo:
            said = _("An undo over several files was begun at {moment} and not finished: {files}.")
        shown = _("Shown is what was there before it; the next edit takes it back first.")
        return contents, sentences(said.format(moment=begun.moment, files=files), shown)
    except FileError as error:
        return {}, sentences(str(error), _("Shown is what is there."))


def _leads_on(path: Path) -> bool:
    """Say whether there is something at a path that is no regular file."""
    return os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode)


def _may_write(user: int, folder: Path, name: str) -> bool:
    """Say whether a user may write a file of a folder, or make it where it is not there."""
    if sys.platform == "win32" or user == 0:
        return True
    rights = rights_of(folder / name if os.path.lexists(folder / name) else folder)
    return bool(rights.of(user, groups_of(user)) & WRITE)
