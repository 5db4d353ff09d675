"""History: ``log`` and ``log ID``, to ``git log -p`` of the same files; whole processes in turn.

    python benchmarks/history.py [small] [large]

``small`` are 200 revisions of two ledgers as the notice prints them, ``large`` 50 revisions of a ledger of 7 MB, of
which one changed the entry that is asked for. All objects are packed, as in a clone.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tools"))

from histories import Revision, git, write_history  # noqa: E402 - found by the path above
from make_ledger import lines  # noqa: E402

RUNS = 7
ENTRIES = 10_000
FIRST = date(2020, 1, 1)
LIMITS = {"small: log": 1.0, "small: log ID": 1.0, "large: log ID": 1.5}
"""Seconds, on the machine of ``benchmarks/README.md``."""


def main() -> int:
    """Print seconds and ratios; the number of limits that are not kept is the exit code."""
    asked = sys.argv[1:] or ["small", "large"]
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        for name, revisions in (("small", small), ("large", large)):
            if name in asked:
                over += _measured(name, Path(folder, name), revisions)
    return over


def small() -> Iterator[Revision]:
    """Yield 200 revisions: a report on one entry after the other, in one document and the other by turns."""
    files = {f"data/{name}_2020.yaml": (ROOT / f"data/{name}_2020.yaml").read_text("utf-8") for name in DOCUMENTS}
    yield Revision(FIRST, {path: text.encode() for path, text in files.items()})
    for number in range(1, 200):
        path = f"data/{DOCUMENTS[number % 2]}_2020.yaml"
        ids = [line.split()[-1] for line in files[path].splitlines() if line.lstrip().startswith("- id: ")]
        files[path] = _reported(files[path], ids[number // 2 % len(ids)], number)
        yield Revision(FIRST + timedelta(days=number), {path: files[path].encode()})


DOCUMENTS = ("ledger", "workpoints")


def large() -> Iterator[Revision]:
    """Yield 50 revisions of a large ledger: reports on entries all over it, one of them on the entry asked for."""
    path, text = "data/ledger_2020.yaml", "\n".join(lines(ENTRIES)) + "\n"
    yield Revision(FIRST, {path: text.encode()})
    for number in range(1, 50):
        table, row = (10, 250) if number == 25 else (number * 7 % 20, number * 11 % 500)
        text = _reported(text, f"t{table}-{row + 1}", number)
        yield Revision(FIRST + timedelta(days=number), {path: text.encode()})


ASKED = {"small": "task-2", "large": "t10-251"}


def _reported(text: str, entry_id: str, number: int) -> str:
    """Return a document with one report more on an entry, as the first of its list or in a new one."""
    start = text.index(f"- id: {entry_id}\n")
    indent = " " * (start - text.rindex("\n", 0, start) + 1)
    end = text.find("\n" + indent[:-2] + "-", start)
    end = text.find("\n", start) if end < 0 else end
    report = f"{indent}  - date: {FIRST + timedelta(days=number)}\n{indent}    text: 第{number}次报送\n"
    key = f"{indent}progress:\n"
    at = text.find(key, start, end)
    if at < 0:
        at = text.index("\n", start) + 1
        return text[:at] + key + report + text[at:]
    return text[: at + len(key)] + report + text[at + len(key) :]


def _measured(name: str, folder: Path, revisions: Callable[[], Iterator[Revision]]) -> int:
    write_history(folder, list(revisions()))
    git(folder, "gc", "-q")
    program, data = [sys.executable, "-m", "reformledger"], ["--data", str(folder / "data"), "-f", "json"]
    commands = {
        f"{name}: git log -p": ["git", "-C", str(folder), "--no-pager", "log", "-p"],
        f"{name}: log ID": [*program, "log", ASKED[name], *data],
    }
    if name == "small":
        commands[f"{name}: log"] = [*program, "log", *data]
    times: dict[str, list[float]] = {command: [] for command in commands}
    for _run in range(RUNS):
        for command, words in commands.items():
            begin = perf_counter()
            subprocess.run(words, check=True, capture_output=True)
            times[command].append(perf_counter() - begin)
    reference = statistics.median(times[f"{name}: git log -p"])
    over = 0
    for command in commands:
        found = statistics.median(times[command])
        limit = LIMITS.get(command)
        over += limit is not None and found > limit
        held = f" (limit {limit} s)" if limit else ""
        print(f"{command}: {found:.2f} s, to git log -p {found / reference:.2f}{held}")
    return over


if __name__ == "__main__":
    sys.exit(main())
