"""Write a ledger of any size, alike in shape to the real one: about 700 bytes an entry.

python benchmarks/make_ledger.py 10000 big.yaml
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

SURNAMES = "谢刘彭田王陈江马李庞蒋刁"
GIVEN = ["强", "自力", "格", "龙", "廷明", "洪", "海", "晓凤", "刚", "超", "莉娟", "玲"]
OFFICES = [
    "职成高教科",
    "基教科",
    "社体科",
    "体卫艺科",
    "人事科",
    "计财科",
    "政策法规科",
    "督导室",
    "市教育考试院",
]
DUE = ["年内完成", "2020年12月", "四季度", "2021", "按省上要求推进", "2020-09-30", "每季度末"]
SENTENCE = "全面落实《攀枝花市均衡配置义务教育资源促进教育公平专项改革方案》，完善县域内城乡义务教育一体化发展机制"


def lines(count: int, rows_a_table: int = 500) -> Iterator[str]:
    """Yield the lines of a ledger of ``count`` rows in tables of ``rows_a_table``."""
    yield from ("kind: ledger", "year: 2020", "title: 改革工作台账（基准测试）", "parts:")
    for first in range(0, count, rows_a_table):
        prefix = f"t{first // rows_a_table}"
        yield f"  - title: 第{first // rows_a_table + 1}表"
        yield from ("    tables:", f"      - id_prefix: {prefix}", "        rows:")
        for number in range(first, min(first + rows_a_table, count)):
            yield from row(number, f"{prefix}-{number - first + 1}")


def row(number: int, entry_id: str) -> Iterator[str]:
    """Yield the lines of one row."""
    indent = " " * 12
    yield f"          - id: {entry_id}"
    yield f'{indent}number: "{number + 1}"'
    yield f"{indent}title: 推进第{number + 1}项教育综合改革任务（{GIVEN[number % 7]}片区）"
    yield f"{indent}text: {SENTENCE}，第{number + 1}号；{SENTENCE}。"
    yield f"{indent}leaders:"
    for step in range(1 + number % 2):
        yield f"{indent}  - {SURNAMES[(number + step) % 12]}{GIVEN[(number // 3 + step) % 12]}"
    yield f"{indent}lead_departments:"
    for step in range(1 + number % 3):
        yield f"{indent}  - {OFFICES[(number + step) % 9]}"
    yield f"{indent}due: {DUE[number % len(DUE)]}"
    yield f"{indent}outcome: 形成工作方案并印发实施"
    if number % 4 == 0:
        yield f"{indent}star: ☆"
    if number % 5 == 0:
        yield f"{indent}progress:"
        yield f"{indent}  - date: 2020-06-{1 + number % 28:02}"
        yield f"{indent}    text: 已完成调研，方案进入征求意见阶段"
        yield f'{indent}    percent: "{number % 100}"'


def write(count: int, path: Path) -> None:
    """Write a ledger of ``count`` rows."""
    path.write_text("\n".join(lines(count)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
