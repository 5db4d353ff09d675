"""The last edits of this user, so that they can be undone: in the user's state folder, readable by nobody else.

Kept is what an edit replaced, not whole files. An edit is remembered before it is written, as one that was begun, and
confirmed afterwards: so there is none without its undo, and one that was never made is told from one that was.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reformledger.files.change import Difference, FileChange, kept, read_kept
from reformledger.files.git import head
from reformledger.files.write import put, sync

KEPT = 1000
"""How many edits are remembered."""
_VERSION = 2
_DONE, _BEGUN = ".json", ".begun"


class Written(NamedTuple):
    """A record that an edit added to the entry ``id`` of a file.

    It is known again by its ``mark``; ``command`` writes it again.
    """

    path: Path
    id: str
    mark: str
    command: str


class Record(NamedTuple):
    """One past edit: the file in which it is remembered, and what it did to each file.

    ``wrote`` are the records that it added, ``head`` is the commit that was checked out then ("" without git).
    """

    file: Path
    files: tuple[Difference, ...]
    wrote: tuple[Written, ...] = ()
    head: str = ""

    @property
    def time(self) -> float:
        """Return when it was made, in seconds since 1970."""
        return int(self.file.stem) / 1e9

    @property
    def is_confirmed(self) -> bool:
        """Say whether the edit is known to have been written to its end, and not to have been taken back since."""
        return self.file.suffix == _DONE


def folder() -> Path:
    """Return the folder of the journal, in whatever place the system keeps the state of programs."""
    from platformdirs import user_state_path

    return user_state_path("reformledger", appauthor=False) / "undo"


def remember(changes: Sequence[FileChange], wrote: Sequence[Written] = ()) -> Path:
    """Remember an edit that is about to be made; raises ``OSError`` where the state folder cannot be written."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [kept(change, str(change.path.resolve())) for change in changes]
    # All ASCII: a path may hold bytes that are no text, which only an escape can write.
    commit = head(changes[0].path.resolve().parent)
    data = {"version": _VERSION, "files": files, "wrote": [_plain(each) for each in wrote], "head": commit}
    content = json.dumps(data).encode()
    # Names sort by time; whoever writes at the same moment takes the next one.
    moment = time.time_ns()
    while True:
        record = home / f"{moment:020}{_BEGUN}"
        try:
            descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            moment += 1
            continue
        break
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        sync(home)
    except BaseException:
        forget(record)
        raise
    with suppress(OSError):  # one too many does no harm
        for stale in _newest_first(home)[KEPT:]:
            forget(stale)
    return record


def confirm(record: Path) -> None:
    """Say that an edit was written to its end; raises ``OSError``."""
    record.replace(record.with_suffix(_DONE))


def doubt(record: Path) -> Path:
    """Say that an edit is about to be taken back; return where it is remembered now. Raises ``OSError``."""
    return record.replace(record.with_suffix(_BEGUN))


def forget(record: Path) -> None:
    """Forget an edit, if it is remembered; raises ``OSError``."""
    record.unlink(missing_ok=True)


def records(of: Collection[Path] | None = None, *, begun: bool = False, strict: bool = False) -> Iterator[Record]:
    """Yield the remembered edits, the last one first, of some files or of all; what is none of ours is passed over.

    So is what cannot be read, unless ``strict``: then it raises ``OSError``. With ``begun`` only those are yielded that
    are not confirmed.
    """
    if strict:
        with suppress(FileNotFoundError):
            next(folder().iterdir(), None)  # glob() passes over a folder that cannot be read
    for file in _newest_first(folder(), (_BEGUN,) if begun else (_DONE, _BEGUN)):
        try:
            data = json.loads(file.read_bytes())
            if data["version"] == _VERSION and (of is None or any(Path(item["path"]) in of for item in data["files"])):
                wrote = tuple(Written(Path(path), *texts) for path, *texts in data.get("wrote", ()))
                yield Record(file, tuple(map(read_kept, data["files"])), wrote, data.get("head", ""))
        except (ValueError, KeyError, TypeError):
            continue
        except OSError as error:
            if strict and not isinstance(error, FileNotFoundError):
                raise


def look_only_for(record: Record, wrote: Sequence[Written]) -> None:
    """Remember of an edit that only some of what it wrote is still to be looked for; raises ``OSError``."""
    data = json.loads(record.file.read_bytes())
    data["wrote"] = [_plain(each) for each in wrote]
    put(record.file, json.dumps(data).encode())


def _plain(written: Written) -> list[str]:
    return [str(written.path.resolve()), *written[1:]]


def _newest_first(home: Path, ends: Sequence[str] = (_DONE, _BEGUN)) -> list[Path]:
    return sorted((file for end in ends for file in home.glob(f"*{end}")), reverse=True)
