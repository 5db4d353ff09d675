"""The return round of 200 departments with 30 rows each, as a ratio to loading the same workbooks with openpyxl.

    python benchmarks/returns.py

Both are whole processes, run in turn, so that a busy machine slows both; medians of several runs.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from filled_in import fill_in

DEPARTMENTS, ROWS, RUNS = 200, 30, 5
LIMIT = 3.0
_HEAD = """\
kind: ledger
year: 2020
title: 某市2020年改革台账
independent: true
parts:
  - title: 改革任务
    tables:
      - id_prefix: task
        kind: task
        rows:
"""
_ROW = """\
          - id: task-{number}
            title: 推进第{number}项改革任务并形成制度成果
            leaders:
              - 张三
            lead_departments:
              - 第{department}科
            due: 2020年12月底前
            star: ☆
"""
_LOAD = """\
import sys
from pathlib import Path
from openpyxl import load_workbook
for file in Path(sys.argv[1]).iterdir():
    load_workbook(file)
"""
_DAY = "2020-06-28"


def main() -> int:
    """Print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        data, returns = Path(folder, "data"), Path(folder, "returns")
        data.mkdir()
        numbers = range(DEPARTMENTS * ROWS)
        rows = (_ROW.format(number=number + 1, department=number // ROWS + 1) for number in numbers)
        (data / "ledger_2020.yaml").write_text(_HEAD + "".join(rows), encoding="utf-8")
        ours = [sys.executable, "-m", "reformledger"]
        _timed([*ours, "send", "--as-of", _DAY, "--to", str(returns), "--data", str(data)])
        for file in returns.iterdir():
            _fill_in(file)
        times: dict[str, list[float]] = {"take": [], "load": []}
        for run in range(RUNS):
            copy = Path(folder, f"data{run}")
            shutil.copytree(data, copy)
            # What other runs recorded is no part of the work.
            os.environ["XDG_STATE_HOME"] = str(Path(folder, f"state{run}"))
            times["take"].append(_timed([*ours, "take", str(returns), "--data", str(copy)]))
            times["load"].append(_timed([sys.executable, "-c", _LOAD, str(returns)]))
            assert (copy / "ledger_2020.yaml").read_text(encoding="utf-8").count("progress:") == len(numbers)
    take, load = (statistics.median(times[each]) for each in ("take", "load"))
    print(f"take {take:.2f} s, openpyxl loads them in {load:.2f} s: {take / load:.2f} (limit {LIMIT})")
    return int(take / load > LIMIT)


def _timed(command: list[str]) -> float:
    begin = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - begin


def _fill_in(file: Path) -> None:
    """Write a report into every row, as the department does."""
    ids = [f"task-{number + 1}" for number in range(DEPARTMENTS * ROWS)]
    number = int(file.stem.strip("第科")) - 1
    lines = [f"| {each} | 已完成调研，形成初稿 | 50 |" for each in ids[number * ROWS : (number + 1) * ROWS]]
    fill_in(file, "\n".join(["| ID | Progress | % done |", "|---|---|---|", *lines]))


if __name__ == "__main__":
    sys.exit(main())
