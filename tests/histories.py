"""Repositories with a history that a test says: which files, on which days, by whom."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from random import Random
from typing import NamedTuple

from conftest import DATA
from reformledger import load_book
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.transaction import carry_out
from reformledger.errors import ReformLedgerError
from reformledger.sources import Sources

_BEIJING = timezone(timedelta(hours=8))
_NOON = time(12, 0)


class Revision(NamedTuple):
    """One commit.

    ``files`` are those that it changes, by their paths, None for one that it takes away. ``parents`` are the places of
    commits before it; None for the one before, () for none. ``subject`` is the first line of its message.
    """

    day: date
    files: Mapping[str, bytes | None]
    author: str = "政策法规科"
    subject: str = "改"
    parents: Sequence[int] | None = None


def write_history(folder: Path, revisions: Sequence[Revision]) -> None:
    """Make a repository of a folder, whose branch main has these commits, the last of them checked out."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", given=b"".join(_stream(revisions)))
    git(folder, "reset", "-q", "--hard", "main")


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """Run git as somebody without any configuration does, and return what it prints; raises where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "政策法规科", f"GIT_{role}_EMAIL": "office@example.org"}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(folder), *words], input=given, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode()


def _stream(revisions: Sequence[Revision]) -> Iterator[bytes]:
    """Yield the commits as ``fast-import`` reads them."""
    for number, made in enumerate(revisions, 1):
        before = made.parents if made.parents is not None else [number - 2][: number - 1]
        seconds = int(datetime.combine(made.day, _NOON, _BEIJING).timestamp()) + number
        yield b"commit refs/heads/main\nmark :%d\n" % number if before else b"reset refs/heads/main\n"
        if not before:
            yield b"commit refs/heads/main\nmark :%d\n" % number
        for role in (b"author", b"committer"):
            yield b"%b %b <office@example.org> %d +0800\n" % (role, made.author.encode(), seconds)
        yield _data(made.subject.encode())
        for word, parent in zip([b"from", *[b"merge"] * len(before)], before, strict=False):
            yield b"%b :%d\n" % (word, parent + 1)
        for path, content in made.files.items():
            if content is None:
                yield b'D "%b"\n' % path.encode()
            else:
                yield b'M 100644 inline "%b"\n' % path.encode() + _data(content)
        yield b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"


def year_of_edits(folder: Path, seed: int, *, days: int = 60, dated: bool = True) -> list[Revision]:
    """Return what our own commands made of the shipped data, one edit a day, each committed on its day.

    Every record bears the day on which it was made; what bears no day is done only where not all is to be ``dated``.
    What a command refuses was not done.
    """
    random = Random(seed)
    data = folder / "data"
    data.mkdir(parents=True)
    for path in DATA.glob("*.yaml"):
        (data / path.name).write_bytes(path.read_bytes())
    sources = Sources((data,), "named")
    made = [Revision(date(2020, 5, 13), _contents(data), subject="印发")]
    ids = [entry.id for entry in load_book(data).entries]
    for number in range(days):
        day = date(2020, 5, 20) + timedelta(days=3 * number)
        with suppress(ReformLedgerError):
            intents = _dated if dated or random.randrange(2) else _undated
            carry_out(sources, [random.choice(intents(random.choice(ids), number))], day)
            files = {path: raw for path, raw in _contents(data).items() if raw != _last(made, path)}
            if files:
                made.append(Revision(day, files, random.choice(["政策法规科", "办公室"]), f"第{number}次"))
    return made


def _contents(data: Path) -> dict[str, bytes | None]:
    return {f"data/{path.name}": path.read_bytes() for path in sorted(data.glob("*.yaml"))}


def _last(made: Sequence[Revision], path: str) -> bytes | None:
    return next((each.files[path] for each in reversed(made) if path in each.files), None)


def _dated(entry_id: str, number: int) -> list[Intent]:
    """Return what a person may record of an entry."""
    return [
        Progress(entry_id, f"进展{number}", percent=str(number), by="基教科"),
        Progress(entry_id, f"情况{number}"),
        Extend(entry_id, f"2021年{number % 12 + 1}月底前", "疫情影响"),
        Close(entry_id, ("验收报告",)),
        Reopen(entry_id, "需补充"),
        Close(entry_id, ("通知",), phase="第一批"),
    ]


def _undated(entry_id: str, number: int) -> list[Intent]:
    """Return what a person may change of an entry, or of those around it."""
    return [
        Set(entry_id, {"title": f"标题{number}"}),
        Set(entry_id, {"leaders": ["谢强", f"田龙{number}"]}),
        Add("task", f"新任务{number}", {"due": "年内完成"}),
        Remove(entry_id, "并入"),
    ]


def loosen(folder: Path) -> None:
    """Keep each object of a repository in a file of its own."""
    git(folder, "repack", "-a", "-d", "-q")
    (packed,) = (folder / ".git" / "objects" / "pack").glob("*.pack")
    content = packed.read_bytes()
    for each in packed.parent.iterdir():
        each.chmod(0o600)
        each.unlink()
    git(folder, "unpack-objects", "-q", given=content)


def loose(folder: Path, oid: str) -> Path:
    """Return the file of an object that is in one of its own."""
    return folder / ".git" / "objects" / oid[:2] / oid[2:]
