"""What edits survive: every fault that can be made here, tried one after the other, and how many were survived.

    python tools/faults.py            # the table, one line a kind of fault
    python tools/faults.py zh

A fault is survived when afterwards all files are as they were or all as they shall be, in what is read at once and in
what is there after the next edit; when nothing is left lying; and when ``undo`` takes back that edit and no other.
The tests try the same faults; the reference on safety promises what this table shows.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from killing import ended, forked, plug_in

from reformledger import load_book
from reformledger.edits.intents import Progress
from reformledger.edits.transaction import carry_out
from reformledger.files import begun, journal, naming
from reformledger.files.change import FileChange
from reformledger.files.errors import FileError
from reformledger.files.lock import locked
from reformledger.files.names import BEGUN
from reformledger.files.together import last_edit, settle, take_back, write_edit
from reformledger.sources import Sources, bundled_folder
from reformledger.written import missing

State = Mapping[str, bytes]
OLD: State = {"a.yaml": b"a: old\n" * 900, "b.yaml": b"b: old\n" * 900, "d.yaml": b"d: old\n"}
NEW: State = {"a.yaml": b"a: new\n" * 901, "b.yaml": b"b: new\n", "c.yaml": b"c: new\n" * 900}
ONE: State = {**OLD, "a.yaml": NEW["a.yaml"]}
"""What an edit of one file makes of ``OLD``."""
_EARLIER = b"a: earlier\n"
CODES = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES)


Attempts = Callable[[Path, int], Iterator[str | None]]
"""Tries every n-th fault in an empty folder; yields what went wrong, None for one that was survived."""


class Tally(NamedTuple):
    """How many faults were tried, and what went wrong in those that were not survived."""

    tried: int
    failures: tuple[str, ...]


class Kind(NamedTuple):
    """A kind of fault: its title in English and Chinese, and how it is tried in an empty folder."""

    title: tuple[str, str]
    attempts: Attempts


def tally(kind: Kind, folder: Path, every: int = 1) -> Tally:
    """Try all faults of a kind in an empty folder, or every n-th of them."""
    results = list(kind.attempts(folder, every))
    return Tally(len(results), tuple(result for result in results if result))


def _changes(folder: Path, old: State, new: State) -> list[FileChange]:
    return [
        FileChange(folder / name, old.get(name), new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _laid(folder: Path, state: State) -> None:
    """Put the files of a state into a folder that holds nothing else afterwards, with one edit to be undone."""
    for path in folder.iterdir():
        path.unlink()
    for file in journal.folder().glob("*"):
        file.unlink()
    for name, content in state.items():
        (folder / name).write_bytes(content)
    first = min(state)
    earlier = FileChange(folder / first, _EARLIER, state[first])
    journal.confirm(journal.remember([earlier]))


def _there(folder: Path) -> State:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def _shown(folder: Path) -> State:
    """Return what a question shows."""
    shown: dict[str, bytes | None] = {**_there(folder)}
    shown |= {path.name: content for path, content in begun.before(folder)[0].items()}
    return {name: content for name, content in sorted(shown.items()) if content is not None}


def _lying(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.suffix not in {".yaml", ".lock"}]


def _edit(folder: Path, old: State, new: State) -> str:
    """Make an edit as a command does; return what is said."""
    with locked([folder / "a.yaml"]):
        return "\n".join([*settle([folder]), *write_edit(_changes(folder, old, new))])


def _undo(folder: Path) -> None:
    """Take back the last edit, as the command does."""
    with locked([folder / "a.yaml"]):
        found = begun.begun_in(folder)
        settle([folder], undoing=True)
        if found is None:
            record = _last(folder)
            held = {file.path: _held(file.path) for file in record.files}
            take_back(record, [file.change_to("before", held[file.path]) for file in record.files])


def _last(folder: Path) -> journal.Record:
    """Return the edit that ``undo`` takes back."""
    record = last_edit({folder / name for name in {*_there(folder), *OLD, *NEW}})
    assert record is not None
    return record


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _judged(folder: Path, old: State, new: State, said: str = "") -> str | None:
    """Settle what a fault left; return what is wrong then, None where all is well.

    What was ``said`` to be kept, or not to be undone, is so.
    """
    shown = _shown(folder)
    if shown not in (old, new):
        return f"a question shows a mixture: {sorted(shown)}"
    with locked([folder / "a.yaml"], wait=5):
        said += "\n".join(settle([folder]))
    if (there := _there(folder)) != shown:
        return f"the next edit finds other than was shown: {sorted(there)}"
    if lying := [name for name in _lying(folder) if name not in said]:
        return f"left lying: {lying}"
    if "cannot be undone" in said:
        return None
    record = _last(folder)
    if not all(file.side_of(there.get(file.path.name)) == "after" for file in record.files):
        return "undo finds the files changed"
    is_of_edit = len(record.files) == len(_changes(folder, old, new)) and record.files[0].before != _digest(_EARLIER)
    if is_of_edit != (there == new):
        return "undo takes back another edit"
    return None


def _digest(content: bytes) -> str:
    from reformledger.files.change import digest

    return digest(content)


def _killed(folder: Path, prepare: Callable[[], None], work: Callable[[], object], every: int) -> Iterator[int]:
    """Yield after each time that ``work`` was killed, at every n-th of its calls; ``prepare`` comes before each."""
    for after in (False, True):
        number, code = 1 + after * (every // 2), -signal.SIGKILL
        while code == -signal.SIGKILL:
            prepare()

            def killed(number: int = number, *, after: bool = after) -> None:
                plug_in(number, after=after)
                work()

            code = ended(forked(killed))
            if code == -signal.SIGKILL:
                yield number
            elif code:
                raise AssertionError(f"{folder}: the work itself fails")
            number += every


def _kills(old: State, new: State) -> Attempts:
    def attempts(folder: Path, every: int) -> Iterator[str | None]:
        for _number in _killed(folder, lambda: _laid(folder, old), lambda: _edit(folder, old, new), every):
            yield _judged(folder, old, new)

    return attempts


def _kills_of_undo(folder: Path, every: int) -> Iterator[str | None]:
    def prepare() -> None:
        _laid(folder, OLD)
        _edit(folder, OLD, NEW)

    for _number in _killed(folder, prepare, lambda: _undo(folder), every):
        shown = _shown(folder)
        if shown not in (OLD, NEW):
            yield f"a question shows a mixture: {sorted(shown)}"
            continue
        if shown == NEW or (folder / BEGUN).exists():
            _undo(folder)  # given again it ends what was begun, and takes back nothing else
        yield None if _there(folder) == OLD else "undo, given again, does not end with what was before"


def _kills_of_recovery(folder: Path, every: int) -> Iterator[str | None]:
    """Kill an edit at every seventh call, and what takes it back at every one."""
    for number in range(1, 200, 7 * every):

        def killed(number: int = number) -> None:
            plug_in(number, after=False)
            _edit(folder, OLD, NEW)

        def prepare() -> None:
            _laid(folder, OLD)
            ended(forked(killed))

        def recover() -> None:
            with locked([folder / "a.yaml"]):
                settle([folder])

        prepare()
        if not (folder / BEGUN).exists():
            continue
        for _second in _killed(folder, prepare, recover, every):
            yield _judged(folder, OLD, NEW)


def _refusals(old: State, new: State) -> Attempts:
    """Let the system refuse each call of an edit in turn, with each of the codes."""

    def attempts(folder: Path, every: int) -> Iterator[str | None]:
        for call in ("open", "write", "fsync", "fchmod", "close", "stat", "fstat", "link", "rename", "unlink"):
            for code in CODES[:: (every + 1) // 2]:
                number, met = 0, True
                while met:
                    _laid(folder, old)
                    with refusing(call, number, code) as refused:
                        try:
                            said = _edit(folder, old, new)
                        except (FileError, OSError) as error:
                            said = str(error)
                    met = refused[0]
                    if met:
                        yield _judged(folder, old, new, said)
                    number += (every + 1) // 2

    return attempts


@contextmanager
def refusing(call: str, number: int, code: int) -> Iterator[list[bool]]:
    """Let one function of ``os`` fail at one call, counted from 0; give a list that says whether it came to that."""
    real = getattr(os, call)
    left, met = [number], [False]

    def refuse(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] == -1:
            met[0] = True
            if call == "close":
                real(*arguments)
            raise OSError(code, os.strerror(code))
        return real(*arguments, **options)

    setattr(os, call, refuse)
    try:
        yield met
    finally:
        setattr(os, call, real)


@contextmanager
def without_exchange() -> Iterator[None]:
    """Take away the exchange of two names, which not every system has."""
    real = naming.exchange
    naming.exchange = lambda first, second: False  # noqa: ARG005 - as the real one is called
    try:
        yield
    finally:
        naming.exchange = real


def _by_links(attempts: Attempts) -> Attempts:
    def by_links(folder: Path, every: int) -> Iterator[str | None]:
        with without_exchange():
            yield from attempts(folder, every)

    return by_links


# Commands


_BATCH = [
    {"id": "task-1", "text": "x", "date": "2020-05-01"},
    {"id": "point-4", "text": "y", "date": "2020-05-01"},
]
_COMMANDS = {("rollover", "2021"): b"", ("progress", "--stdin", "json"): json.dumps(_BATCH).encode()}
_NAMING = ("linkat", "renameat2", "rename", "unlink")
"""The calls by which names change hands."""


def _command(folder: Path, *words: str, given: bytes = b"", killed: tuple[str, int] | None = None) -> int:
    """Give a command about the files of a folder; kill it, if so said, at the n-th use of a call."""
    command = [sys.executable, "-m", "reformledger", *words, "--data", os.fspath(folder)]
    if killed:
        call, number = killed
        inject = f"inject={call}:signal=KILL:when={number}"
        command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject, *command]
    return subprocess.run(command, input=given, capture_output=True, check=False).returncode


def can_trace() -> bool:
    """Say whether strace is there and may trace what it starts."""
    try:
        done = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _kills_of_commands(folder: Path, every: int) -> Iterator[str | None]:
    if not can_trace():
        return
    shipped = {path.name: path.read_bytes() for path in bundled_folder().glob("*.yaml")}
    # Each takes half a second: the tests try the first command, at the first call and the last.
    commands, naming = (
        (_COMMANDS, _NAMING) if every == 1 else (dict([*_COMMANDS.items()][:1]), (_NAMING[0], _NAMING[-1]))
    )
    for words, given in commands.items():
        _laid(folder, shipped)
        _command(folder, *words, given=given)
        made = _there(folder)
        for call in naming:
            number, code = 1, -signal.SIGKILL
            while code == -signal.SIGKILL:
                _laid(folder, shipped)
                code = _command(folder, *words, given=given, killed=(call, number))
                if code == -signal.SIGKILL:
                    yield _judged(folder, shipped, made)
                number += every
        for call in naming:
            number, code = 1, -signal.SIGKILL
            while code == -signal.SIGKILL:
                _laid(folder, shipped)
                _command(folder, *words, given=given)
                code = _command(folder, "undo", killed=(call, number))
                if code == -signal.SIGKILL:
                    unfinished = (folder / BEGUN).exists() or _there(folder) == made
                    again = _command(folder, "undo") if unfinished else 0
                    yield None if (again, _there(folder)) == (0, shipped) else "undo does not end with what was before"
                number += every


# Many at a time


_WRITERS, _EDITS = 16, 25


def _crowd(folder: Path, every: int) -> Iterator[str | None]:
    """Let writers add lines to one file at a time, each under the lock, on a machine that is busy otherwise."""
    _laid(folder, OLD)

    def write() -> None:
        for number in range(_EDITS):
            with locked([folder / "a.yaml"]):
                settle([folder])
                held = (folder / "a.yaml").read_bytes()
                write_edit([FileChange(folder / "a.yaml", held, held + f"# {os.getpid()}-{number}\n".encode())])

    def be_busy() -> None:
        while True:
            pass

    busy = [forked(be_busy) for _number in range(os.cpu_count() or 1)]
    writers = [forked(write) for _number in range(_WRITERS // every)]
    codes = {writer: ended(writer) for writer in writers}
    for process in busy:
        os.kill(process, signal.SIGKILL)
        ended(process)
    there = set((folder / "a.yaml").read_text(encoding="utf-8").splitlines())
    for writer, code in codes.items():
        for number in range(_EDITS):
            is_there = f"# {writer}-{number}" in there
            yield None if is_there else f"an edit was {'refused' if code else 'lost'}"


def _editor(folder: Path, every: int) -> Iterator[str | None]:
    """Let an editor save its older copy on and on, while reports are made: what is answered is there, or found."""
    for path in bundled_folder().glob("*.yaml"):
        shutil.copy(path, folder)
    ledger, day = folder / "ledger_2020.yaml", date(2020, 5, 1)
    older = ledger.read_bytes()

    def save() -> None:
        while True:
            (folder / "editor").write_bytes(older)
            (folder / "editor").replace(ledger)
            time.sleep(0.02)

    editor = forked(save)
    answered = []
    for number in range(60 // every):
        with suppress(FileError):  # a file that changed at this moment is refused, and that is said
            carry_out(Sources((folder,), "named"), [Progress("task-1", f"第{number}次", date=day)], day)
            answered.append(f"第{number}次")
    os.kill(editor, signal.SIGKILL)
    ended(editor)
    book = load_book(folder)
    there = ledger.read_text(encoding="utf-8")
    found = [gone.written.command for gone in missing({each.path: each.tree.data for each in book.documents}).lost]
    for text in answered:
        known = f"text: {text}\n" in there or any(f"--text {text} " in command for command in found)
        yield None if known else "an edit that was answered is gone, and check does not say so"


_FOUR = "an edit of four files (two changed, one made, one taken away)", "修改四个文件（改二、建一、删一）"
KINDS = {
    "kill-one": Kind(
        ("an edit of one file, killed at every call", "修改一个文件，在每次系统调用处被杀"), _kills(OLD, ONE)
    ),
    "kill-one-links": Kind(
        ("the same, where names cannot be exchanged", "同上，系统不能交换文件名时"), _by_links(_kills(OLD, ONE))
    ),
    "kill-several": Kind((f"{_FOUR[0]}, killed at every call", f"{_FOUR[1]}，在每次系统调用处被杀"), _kills(OLD, NEW)),
    "kill-undo": Kind(("undo of these, killed at every call", "撤销上述修改，在每次系统调用处被杀"), _kills_of_undo),
    "kill-recovery": Kind(
        ("what takes back a killed edit, killed at every call", "收回未完成的修改时，又在每次系统调用处被杀"),
        _kills_of_recovery,
    ),
    "refuse-one": Kind(
        (
            "an edit of one file, each call refused (disk full, disk broken, over quota, no right)",
            "修改一个文件，每次系统调用被拒绝（磁盘满、磁盘坏、超配额、无权限）",
        ),
        _refusals(OLD, ONE),
    ),
    "refuse-several": Kind(("the same of four files", "同上，四个文件"), _refusals(OLD, NEW)),
    "kill-commands": Kind(
        (
            "`rollover`, a batch over two files and `undo` of either, killed at every change of a name (strace)",
            "`rollover`、跨两个文件的批量修改及其 `undo`，在每次改名处被杀（strace）",
        ),
        _kills_of_commands,
    ),
    "crowd": Kind(("16 writers of 25 edits each, on a busy machine", "16 个进程各改 25 次，机器繁忙"), _crowd),
    "editor": Kind(
        (
            "an editor that saves its older copy on and on: each edit answered is there, or `check` finds it gone",
            "编辑器不断把旧稿存回：每次已答复的修改要么还在，要么由 `check` 查出",
        ),
        _editor,
    ),
}
"""The kinds of faults that can be made here."""


@contextmanager
def alone() -> Iterator[Path]:
    """Give an empty folder, and a journal of its own, also to the commands started; questions wait for nobody."""
    real, patience, state = journal.folder, begun._PATIENCE, os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory() as top:
        folder = Path(os.path.realpath(top)) / "data"
        undo = folder.with_name("reformledger") / "undo"
        folder.mkdir()
        undo.mkdir(parents=True)
        journal.folder = lambda: undo
        begun._PATIENCE = 0.0
        os.environ["XDG_STATE_HOME"] = os.fspath(folder.parent)
        try:
            yield folder
        finally:
            journal.folder, begun._PATIENCE = real, patience
            os.environ.pop("XDG_STATE_HOME")
            if state is not None:
                os.environ["XDG_STATE_HOME"] = state


def main() -> int:
    """Print the table; return 1 where a fault was not survived."""
    chinese = sys.argv[1:] == ["zh"]
    print("| 故障 | 尝试 | 完好 |\n|---|---|---|" if chinese else "| fault | tried | survived |\n|---|---|---|")
    failed = False
    for kind in KINDS.values():
        with alone() as folder:
            result = tally(kind, folder)
        print(f"| {kind.title[chinese]} | {result.tried} | {result.tried - len(result.failures)} |", flush=True)
        for failure in dict.fromkeys(result.failures):
            print(failure, file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
