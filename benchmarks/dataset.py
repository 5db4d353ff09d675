"""Many bodies: ``gather``, to reading them all with ``load_book``, and questions of the data set, to Taskwarrior.

    python benchmarks/dataset.py [BODIES]

A province of 100,000 entries in 2,000 folders; whole processes in turn, medians of several runs behind a first one,
which compiles the modules of a checkout as an installer does those of a package. Taskwarrior (``task``, 2.6) has the
same entries in one store, imported once: each with what the notice prints of it (title, text, leaders, departments,
wording, outcome, number), its body, its ☆ and a day in 2020 where it is due then, so that both count the same.
"""

from __future__ import annotations

import json
import multiprocessing
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
PRINTED = {
    "leaders": "list_aggregate(leaders, 'string_agg', '、')",
    "leads": "list_aggregate(lead_departments, 'string_agg', '、')",
    "supports": "list_aggregate(supporting_departments, 'string_agg', '、')",
    "wording": "wording",
    "outcome": "outcome",
    "number": "number",
}
"""Fields of Taskwarrior that are ours, and what they hold."""
STORED = f"""\
SELECT body, title, text, star AND is_counted, list_filter(due_days, lambda day: year(day) = 2020),
{", ".join(PRINTED.values())} FROM read_parquet(?)
"""
LIMITS = {"gather": 1.4, "again": 0.2, "list": 0.25, "stats": 1.5}
"""Of ``gather`` to ``load_book``, of it again to ``gather``, of ``list`` to Taskwarrior, of ``stats`` to that limit."""
COUNTED = ["due.after:2019-12-31", "due.before:2021-01-01", "+star", "count"]
GIBIBYTE = 2**30


class Run(NamedTuple):
    """A process that ended: seconds, bytes that the largest of it and its workers had, and what it printed."""

    seconds: float
    memory: int
    out: str


def main() -> int:
    """Print seconds and ratios; the number of limits that are not kept is the exit code."""
    bodies = int(sys.argv[1]) if sys.argv[1:] else BODIES
    with tempfile.TemporaryDirectory() as folder:
        # Counts are read from English sentences, and days of tasks are those of the data set.
        os.environ.update(REFORMLEDGER_LANG="en", TZ="UTC", PYTHONDONTWRITEBYTECODE="")
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
    load, *gathers, once_more = found.values()
    names = list(found)
    print(f"reading {len(named):,} folders with load_book: {load.seconds:.2f} s; {_memory(load)}")
    over = 0
    for name, run in zip(names[1:-1], gathers, strict=True):
        over += _kept(name, run, load, "load_book", LIMITS["gather"])
    _as_it_chooses, one_job, two_jobs = gathers
    over += _kept("with 2 jobs", two_jobs, one_job, "that with 1", 1.0)
    return over + _kept(names[-1], once_more, gathers[0], "gather", LIMITS["again"])


def _asked(work: Path) -> int:
    """Measure questions of the data set, to the same count by Taskwarrior."""
    if shutil.which("task") is None:
        print("task is missing: what asking takes is not compared")
        return 0
    os.environ["TASKRC"] = str(work / "taskrc")
    # What this process has at most is counted for those that it starts: another one holds all the tasks.
    importing = multiprocessing.get_context("spawn").Process(target=_import_tasks, args=(work,))
    importing.start()
    importing.join()
    if importing.exitcode:
        raise SystemExit("failed: the import of tasks")
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
    over = 0
    over += _kept("list --due 2020 --star --data", listed, tasks, "Taskwarrior", LIMITS["list"])
    over += _kept("stats --data", counted, tasks, "Taskwarrior", LIMITS["stats"] * LIMITS["list"])
    print(f"stats --data: {counted.seconds / listed.seconds:.2f} of list")
    return over


def _import_tasks(work: Path) -> None:
    """Give Taskwarrior the entries of the data set in a store of its own."""
    import duckdb

    version = work / "data" / "versions" / (work / "data" / "CURRENT").read_text("utf-8").strip()
    files = list(map(str, version.glob("entries/*/*.parquet")))
    tasks = []
    for number, (body, title, text, star, days, *printed) in enumerate(duckdb.execute(STORED, [files]).fetchall()):
        task: dict[str, object] = {"uuid": str(UUID(int=number + 1)), "status": "pending", "entry": "20200513T000000Z"}
        task |= {"description": title, "project": body}
        task |= {field: value for field, value in zip(PRINTED, printed, strict=True) if value}
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
    settings = [f"data.location={store}", "confirmation=off", "hooks=off"]
    settings += [f"uda.{field}.type=string" for field in PRINTED]
    (work / "taskrc").write_text("\n".join(settings) + "\n", encoding="utf-8")
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


def _kept(name: str, run: Run, reference: Run, called: str, limit: float) -> bool:
    """Print a ratio and the memory; return whether one of the limits is not kept."""
    ratio = run.seconds / reference.seconds
    print(f"{name}: {run.seconds:.2f} s, {ratio:.2f} of {called} (limit {limit:.3g}); {_memory(run)}", flush=True)
    return ratio > limit or run.memory > GIBIBYTE


def _memory(run: Run) -> str:
    return f"{run.memory / GIBIBYTE:.2f} GiB"


if __name__ == "__main__":
    sys.exit(main())
