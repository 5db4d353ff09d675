"""A workbook of 1,000 rows and 10 columns drafted, as a ratio to loading the same workbook with openpyxl.

    python benchmarks/draft.py

Both are whole processes, run in turn, so that a busy machine slows both; medians of several runs behind a first one,
which compiles the modules of a checkout as an installer does those of a package.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from openpyxl import Workbook

ROWS, RUNS = 1_000, 7
LIMIT = 3.0
_HEADINGS = ("序号", "工作任务", "主要内容", "责任领导", "牵头单位", "配合单位", "完成时限", "成果形式", "经费", "备注")
_OFFICES = ("办公室", "人事科", "基教科", "职成科", "体卫艺科", "财务科", "督导室", "县住建局", "县财政局", "各乡镇")
_LOAD = "import sys; from openpyxl import load_workbook; load_workbook(sys.argv[1])"


def main() -> int:
    """Print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "2023年重点任务清单.xlsx")
        _write(file)
        # What other runs recorded is no part of the work.
        os.environ["XDG_STATE_HOME"] = str(Path(folder, "state"))
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        times: dict[str, list[float]] = {"draft": [], "load": []}
        for run in range(1 + RUNS):
            to = Path(folder, f"draft{run}")
            times["draft"].append(_timed("-m", "reformledger", "draft", str(file), "--to", str(to)))
            times["load"].append(_timed("-c", _LOAD, str(file)))
            assert (to / "ledger_2023.yaml").read_text(encoding="utf-8").count("- id: ") == ROWS
    draft, load = (statistics.median(times[each][1:]) for each in ("draft", "load"))
    print(f"draft {draft:.2f} s, openpyxl loads it in {load:.2f} s: {draft / load:.2f} (limit {LIMIT})")
    return int(draft / load > LIMIT)


def _write(file: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某县2023年重点任务清单"])
    sheet.append(_HEADINGS)
    for number in range(1, ROWS + 1):
        task = f"推进第{number}项改革任务"
        text = f"围绕第{number}项任务开展调研，形成初稿并征求意见。"
        month = f"2023年{number % 12 + 1}月底前"
        names = ("张三", _OFFICES[number % 10], _OFFICES[number % 7], month)
        sheet.append([number, task, text, *names, "制度文件", number * 10, "无"])
    book.save(file)


def _timed(*arguments: str) -> float:
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
