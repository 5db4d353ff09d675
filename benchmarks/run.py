"""Speed as ratios against a named reference in the same run: medians of several runs, whole processes.

    python benchmarks/run.py            # all
    python benchmarks/run.py start      # or another of BENCHMARKS, at the end of this file
    python benchmarks/run.py instructions=c12b9ae    # against that revision; needs valgrind

The two sides of a ratio are run in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import office_files
from make_ledger import write

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
PYTHON = sys.executable
OURS = [PYTHON, "-m", "reformledger"]
START_REFERENCE = [
    PYTHON,
    "-c",
    "import typer, yaml, rich.table, rich.console; from pydantic import create_model; create_model('M', a=(str, ...))",
]
YAML_REFERENCE = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read(), Loader=yaml.CSafeLoader)"


def seconds(command: Sequence[str], *, terminal: bool = False, code: int = 0, stdin: bytes = b"") -> float:
    """Return how long a whole process takes, its output into a pipe or onto a pseudo-terminal of 100 columns.

    ``code`` is the exit code with which it must end, ``stdin`` what it is given to read.
    """
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color"}
    start = time.perf_counter()
    if terminal:
        from screen import on_terminal  # there are no pseudo-terminals on Windows

        on_terminal(command, 100, ROOT, environment, check=True)
    else:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, input=stdin)
        if done.returncode != code:
            raise SystemExit(f"failed: {command}")
    return time.perf_counter() - start


def processor_seconds(command: Sequence[str]) -> float:
    """Return how long a whole process keeps a processor busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name: str, ours: Callable[[], float], reference: Callable[[], float], limit: float, runs: int = 9) -> None:
    """Print the ratio of the medians, and the limit that it must keep."""
    pairs = [(ours(), reference()) for _ in range(runs)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<44} {mine:7.3f} s / {theirs:7.3f} s = {mine / theirs:5.2f}  (limit {limit})", flush=True)


def start() -> None:
    """Start-up on the shipped data against importing what everyone must import."""
    command = [*OURS, "list", "--due", "2020", "--as-of", "2020-10-01"]
    compare("list --due 2020, piped", lambda: seconds(command), lambda: seconds(START_REFERENCE), 1.15)
    compare(
        "list --due 2020, on a terminal",
        lambda: seconds(command, terminal=True),
        lambda: seconds(START_REFERENCE, terminal=True),
        1.15,
    )


def help_page() -> None:
    """The help page and a completion, measured apart: they import what a question does not."""
    compare("--help, piped", lambda: seconds([*OURS, "--help"]), lambda: seconds(START_REFERENCE), 2.0)
    os.environ.update(_REFORMLEDGER_COMPLETE="complete_bash", COMP_WORDS="reformledger by-leader ", COMP_CWORD="2")
    compare("completion of a name", lambda: seconds(OURS), lambda: seconds(START_REFERENCE), 2.0)
    del os.environ["_REFORMLEDGER_COMPLETE"]


def ledger() -> None:
    """10,000 entries read and asked against PyYAML's C loader reading the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger_2020.yaml"
        write(10_000, path)
        ours = [*OURS, "list", "--due", "2020", "--star", "--data", str(path)]
        reference = [PYTHON, "-c", YAML_REFERENCE, str(path)]
        compare("list of 10,000 entries", lambda: seconds(ours), lambda: seconds(reference), 0.45, runs=5)


STANDING: dict[str, tuple[list[str], float]] = {
    "list": (["list", "--due", "2020"], 0.58),
    "due": (["due"], 0.92),
    "star": (["star"], 0.52),
    "stats": (["stats"], 0.72),
    "by-leader": (["by-leader"], 0.64),
    "by-department": (["by-department"], 0.62),
}
"""Questions that need the status or light of entries, and the limit of each: what was measured and 15 %."""


def standing() -> None:
    """Statuses and lights of 10,000 entries against PyYAML's C loader reading the same file; processor time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger_2020.yaml"
        write(10_000, path)
        reference = [PYTHON, "-c", YAML_REFERENCE, str(path)]
        for name, (question, limit) in STANDING.items():
            ours = [*OURS, *question, "--as-of", "2020-10-01", "--data", str(path)]
            compare(
                f"{name} of 10,000 entries, processor time",
                partial(processor_seconds, ours),
                partial(processor_seconds, reference),
                limit,
                runs=5,
            )


def table() -> None:
    """A table of 10,000 rows printed, against Rich's own Table with free column widths; printing alone."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table

    from reformledger.views.answer import Column, Sheet, unstyled
    from reformledger.views.formats.terminal import Layout, lay_out

    rows = [
        [
            f"t{i // 500}-{i % 500}",
            "2020-12-31",
            "推进中",
            f"推进第{i}项教育综合改革任务（片区）",
            "刘自力、彭格",
            "基教科",
        ]
        for i in range(10_000)
    ]
    heads = ["编号", "时限", "状态", "名称", "责任领导", "牵头科室"]
    sheet = Sheet(None, [Column(head, head, fixed=i < 3) for i, head in enumerate(heads)], rows)

    def ours() -> float:
        begin = time.perf_counter()
        StringIO().write(unstyled(lay_out(sheet, Layout(100))))
        return time.perf_counter() - begin

    def rich_table() -> float:
        begin = time.perf_counter()
        made = Table(*heads)
        for row in rows:
            made.add_row(*row)
        Console(file=StringIO(), width=100).print(made)
        return time.perf_counter() - begin

    compare("table of 10,000 rows, printing alone", ours, rich_table, 0.25, runs=3)


def office() -> None:
    """A list of 1,000 rows in each format of office programs against its bare library, writing alone."""
    from datetime import date

    from reformledger import load_book
    from reformledger.records import Context
    from reformledger.views.answer import About, Answer
    from reformledger.views.content.entries import default_keys, entries_sheet

    with tempfile.TemporaryDirectory() as folder:
        write(1000, Path(folder) / "ledger_2020.yaml")
        book = load_book(Path(folder))
    day = date(2020, 10, 1)
    context, entries = Context(book.as_of(day), day), list(book.entries)
    sheets = {
        purpose: [entries_sheet(entries, context, default_keys(purpose, context, entries))]
        for purpose in ("workbook", "document")
    }
    answer = Answer(lambda: None, lambda purpose: sheets[purpose], about=lambda: About("条目", day))
    for name, (ways, limit) in office_files.WAYS.items():
        ours, bare = (partial(_taken, way) for way in ways(answer))
        compare(f"1,000 rows to .{name}, writing alone", ours, bare, limit, runs=25)


def _taken(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def check() -> None:
    """10,000 entries checked by every rule against listing them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger_2020.yaml"
        write(10_000, path)
        ours = [*OURS, "check", "--as-of", "2020-10-01", str(path)]
        reference = [*OURS, "list", "--data", str(path)]
        # The generated ledger has ☆ that cannot be closed within its year.
        compare("check of 10,000 entries", lambda: seconds(ours, code=1), lambda: seconds(reference), 2.5, runs=5)


def growth() -> None:
    """The ☆ and what to chase of 10,000, 20,000 and 40,000 entries: twice the entries, twice the time."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"ledger_{rows}.yaml" for rows in (10_000, 20_000, 40_000)}
        for rows, path in paths.items():
            write(rows, path)
        for name in ("star", "due"):
            commands = [[*OURS, name, "--as-of", "2020-10-01", "--data", str(path)] for path in paths.values()]
            times = [statistics.median(seconds(command) for _ in range(3)) for command in commands]
            first, second, third = times
            print(
                f"{name + ' of 10,000, 20,000, 40,000 entries':<44} {first:7.3f} s, {second:.3f} s, {third:.3f} s: "
                f"{second / first:.2f}, {third / second:.2f}  (2 is linear)",
                flush=True,
            )


def linear() -> None:
    """100,000 entries: ten times the time of 10,000, and the memory they take."""
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for rows in (10_000, 100_000):
            path = Path(folder) / f"ledger_{rows}.yaml"
            write(rows, path)
            command = [*OURS, "list", "--due", "2020", "--star", "--data", str(path)]
            times.append(statistics.median(seconds(command) for _ in range(3)))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 / 1024
        ratio = times[1] / times[0]
        print(f"{'100,000 entries':<44} {times[1]:7.3f} s / {times[0]:7.3f} s = {ratio:5.2f}  (10 is linear)")
        print(f"{'peak memory':<44} {peak:7.2f} GiB (limit 1.5)")


def edit() -> None:
    """One scalar set in a file of 10,000 entries, against listing the same file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = Path(folder) / "ledger_2020.yaml"
        write(10_000, path)
        values = count()
        compare(
            "set in a file of 10,000 entries",
            lambda: seconds([*OURS, "set", "t3-7", f"remark={next(values)}", "--data", str(path)]),
            lambda: seconds([*OURS, "list", "--data", str(path)]),
            2.0,
            runs=5,
        )


def reports() -> None:
    """400 reports on neighbouring rows of 1,000, and their undo, each against that of one: made, shown, written."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        report = {"text": "已完成调研", "date": "2020-08-01"}
        reports = [{"id": f"t{number // 500}-{number % 500 + 1}", **report} for number in range(300, 700)]
        written, commands = {}, {}
        for count in (400, 1):
            path = Path(folder) / str(count) / "ledger_2020.yaml"
            path.parent.mkdir()
            write(1000, path)
            written[count] = json.dumps(reports[:count]).encode()
            commands[count] = [*OURS, "progress", "--stdin", "json", "--data", str(path)]
        many, one = (partial(seconds, [*commands[count], "--dry-run"], stdin=written[count]) for count in (400, 1))
        compare("400 neighbouring reports in 1,000 rows", many, one, 3.0)
        for count, command in commands.items():
            seconds(command, stdin=written[count])
        undo_many, undo_one = (
            partial(seconds, [*OURS, "undo", "--dry-run", *commands[count][-2:]]) for count in (400, 1)
        )
        compare("undo of them", undo_many, undo_one, 2.0)


def instructions(revision: str) -> None:
    """The instructions that ``list`` of the shipped ledger executes, against those at a revision."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", revision, "src"], cwd=ROOT, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        mine, theirs = (_executed(source) for source in (ROOT / "src", Path(folder) / "src"))
    print(f"{'list, instructions':<44} {mine:>11,} / {theirs:>11,} = {mine / theirs:6.4f}")


def _executed(source: Path) -> int:
    """Return how many instructions a second run executes: the first leaves the modules compiled."""
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    command = [*OURS, "list", "--as-of", "2020-10-01"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(valgrind, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return int(done.stderr.rpartition("Collected : ")[2].split()[0])


BENCHMARKS = {
    "start": start,
    "help": help_page,
    "ledger": ledger,
    "standing": standing,
    "table": table,
    "office": office,
    "edit": edit,
    "reports": reports,
    "check": check,
    "growth": growth,
    "linear": linear,
}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or BENCHMARKS:
        name, _sign, base = chosen.partition("=")
        if name == "instructions":
            instructions(base)
        else:
            BENCHMARKS[name]()
