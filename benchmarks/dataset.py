"""Many bodies: ``gather``, to reading them all with ``load_book``, and questions of the data set, to Taskwarrior.

    python benchmarks/dataset.py [BODIES]

A province of 100,000 entries in 2,000 folders; whole processes in turn, medians of several runs behind a first one,
which compiles the modules of a checkout as an installer does those of a package. Taskwarrior (``task``, 2.6) has the
same entries in one store, imported once: each with its title, text, body, ☆ and a day in 2020 where it is due then, so
that both count the same.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent))

from make_province import write

BODIES, ENTRIES, CHANGED, RUNS = 2_000, 50, 20, 5
OURS = [sys.executable, "-m", "reformledger"]
DAY = "2020-10-01"
READ_ALL = """\
import sys
from reformledger import load_book
for folder in sys.argv[1:]:
    load_book(folder)
"""
STORED = """\
SELECT body, title, text, star AND is_counted, list_filter(due_days, lambda day: year(day) = 2020) FROM read_parquet(?)
"""
COUNTED = ["due.after:2019-12-31", "due.before:2021-01-01", "+star", "count"]
GIBIBYTE = 2**30


class Run(NamedTuple):
    """A process that ended: seconds, bytes that it had at most, and what it printed."""

    seconds: float
    memory: int
    out: str


def main() -> int:
    """Print seconds and ratios; the number of limits that are not kept is the exit code."""
    bodies = int(sys.argv[1]) if sys.argv[1:] else BODIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        folders = write(Path(folder, "province"), bodies=bodies, entries=ENTRIES).good
        return _gathered(Path(folder), folders) + _asked(Path(folder))


def _gathered(work: Path, folders: Sequence[Path]) -> int:
    """Measure making the data set, and bringing it up to date."""
    named = list(map(str, folders))
    gather = [*OURS, "gather", *named, "--as-of", DAY, "--to", str(work / "data")]
    again = [*OURS, "gather", *named, "--as-of", DAY, "--to", str(work / "again")]

    def fresh(*words: str) -> Callable[[], Run]:
        def made() -> Run:
            shutil.rmtree(work / "data", ignore_errors=True)
            return _run([*gather, *words])

        return made

    def changed() -> Run:
        for path in folders[:: len(folders) // CHANGED][:CHANGED]:
            ledger = next(path.glob("ledger_*.yaml"))
            ledger.write_text(
                re.sub(r"(?m)^( +title: .*)", r"\1改", ledger.read_text("utf-8"), count=1), encoding="utf-8"
            )
        return _run(again)

    _run(again)
    found = _in_turn(
        {
            "load_book": lambda: _run([sys.executable, "-c", READ_ALL, *named]),
            "gather": fresh(),
            "gather --jobs 1": fresh("--jobs", "1"),
            "gather --jobs 2": fresh("--jobs", "2"),
            f"gather again, {CHANGED} bodies changed": changed,
        }
    )
    load, made, again_made = (found[name].seconds for name in (*list(found)[:2], list(found)[-1]))
    print(f"reading {len(named):,} folders with load_book: {load:.2f} s")
    over = 0
    for name, run in list(found.items())[1:4]:
        print(f"{name}: {run.seconds:.2f} s, {run.seconds / load:.2f} of load_book (limit 1.4); {_memory(run)}")
        over += run.seconds / load > 1.4 or run.memory > GIBIBYTE
    print(f"{list(found)[-1]}: {again_made:.2f} s, {again_made / made:.2f} of gather (limit 0.2)")
    return over + (again_made / made > 0.2)


def _asked(work: Path) -> int:
    """Measure questions of the data set, to the same count by Taskwarrior."""
    if shutil.which("task") is None:
        print("task is missing: what asking takes is not compared")
        return 0
    _import_tasks(work)
    data = ["--data", str(work / "data")]
    found = _in_turn(
        {
            "task count": lambda: _run(["task", *COUNTED]),
            "list --due 2020 --star": lambda: _run([*OURS, "list", "--due", "2020", "--star", *data]),
            "stats": lambda: _run([*OURS, "stats", *data]),
        }
    )
    tasks, listed, counted = found.values()
    count = int(tasks.out)
    assert listed.out.splitlines()[-1] == f"{count} entries.", (count, listed.out.splitlines()[-1])
    print(f"task {' '.join(COUNTED)}: {tasks.seconds:.2f} s, {count:,} of them")
    print(
        f"list --due 2020 --star --data: {listed.seconds:.2f} s, {listed.seconds / tasks.seconds:.2f} of Taskwarrior"
        f" (limit 0.25); {_memory(listed)}"
    )
    print(
        f"stats --data: {counted.seconds:.2f} s, {counted.seconds / tasks.seconds:.2f} of Taskwarrior (limit 0.375),"
        f" {counted.seconds / listed.seconds:.2f} of list; {_memory(counted)}"
    )
    return (listed.seconds / tasks.seconds > 0.25) + (counted.seconds / tasks.seconds > 0.375)


def _import_tasks(work: Path) -> None:
    """Give Taskwarrior the entries of the data set in a store of its own."""
    import duckdb

    version = work / "data" / "versions" / (work / "data" / "CURRENT").read_text("utf-8").strip()
    files = list(map(str, version.glob("entries/*/*.parquet")))
    tasks = []
    for number, (body, title, text, star, days) in enumerate(duckdb.execute(STORED, [files]).fetchall()):
        task: dict[str, object] = {"uuid": str(UUID(int=number + 1)), "status": "pending", "entry": "20200513T000000Z"}
        task |= {"description": title, "project": body}
        if text:
            task["annotations"] = [{"entry": "20200513T000000Z", "description": text}]
        if days:
            task["due"] = f"{days[0]:%Y%m%d}T000000Z"
        if star:
            task["tags"] = ["star"]
        tasks.append(task)
    (work / "tasks.json").write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    store = work / "tasks"
    store.mkdir()
    (work / "taskrc").write_text(f"data.location={store}\nconfirmation=off\nhooks=off\n", encoding="utf-8")
    os.environ["TASKRC"] = str(work / "taskrc")
    os.environ["TZ"] = "UTC"
    _run(["task", "import", str(work / "tasks.json")])


def _in_turn(commands: dict[str, Callable[[], Run]]) -> dict[str, Run]:
    """Return the run of median length of each command; all are run by turns, the first round left out."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _round in range(1 + RUNS):
        for name, run in commands.items():
            runs[name].append(run())
    return {name: sorted(found[1:])[RUNS // 2] for name, found in runs.items()}


def _run(words: Sequence[str]) -> Run:
    with tempfile.TemporaryFile() as out:
        begin = perf_counter()
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"failed: {' '.join(words[:6])}")
        out.seek(0)
        return Run(seconds, usage.ru_maxrss * 1024, out.read().decode())


def _memory(run: Run) -> str:
    return f"{run.memory / GIBIBYTE:.2f} GiB"


if __name__ == "__main__":
    sys.exit(main())
