"""1,000 rows as a document of Word, against python-docx alone: two sides of ``run.compare``.

from office_docx import bare_seconds, docx_seconds
compare("1,000 rows to .docx", docx_seconds, bare_seconds, 1.5)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

from docx import Document

from reformledger.views.answer import About, Answer, Cell, Column, Sheet, Styled, plain
from reformledger.views.formats.docx import Docx

COLUMNS = [
    Column("id", "编号", fixed=True),
    Column("due", "完成时限", fixed=True),
    Column("status", "状态", fixed=True),
    Column("leaders", "责任领导"),
    Column("lead_departments", "牵头单位", weight=2),
    Column("title", "名称", weight=4, wide=True),
    Column("star", "☆", fixed=True),
]


def _rows(count: int = 1_000) -> list[list[Cell]]:
    return [
        [
            f"task-{number}",
            date(2020, 12, 31),
            Styled("逾期", "bold red"),
            "刘自力、彭格",
            "基教科、体卫艺科",
            f"深化产教融合、校企合作第{number}项改革任务的实施方案",
            "☆" if number % 3 else "",
        ]
        for number in range(1, count + 1)
    ]


def docx_seconds() -> float:
    """Return how long the format takes for an answer that is there: page, widths, styles, masking and all."""
    sheet = Sheet(None, COLUMNS, _rows())
    answer = Answer(lambda: None, lambda _purpose: [sheet], about=lambda: About("条目", date(2020, 12, 31)))
    return _timed(lambda: Docx().content(answer, reveal=False))


def bare_seconds() -> float:
    """Return how long python-docx takes to write the same texts into a table, row by row, the quickest way it has."""
    rows = _rows()

    def write() -> None:
        document = Document()
        table = document.add_table(len(rows) + 1, len(COLUMNS))
        headings: list[Cell] = [column.heading for column in COLUMNS]
        for row, cells in zip(table.rows, [headings, *rows], strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = plain(text)
        document.save(BytesIO())

    return _timed(write)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
