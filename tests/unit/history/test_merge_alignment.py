"""Two states of a document as edits: the text reads as the new state, and what stays keeps its comments."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.history.merging.texts.alignment import edits_between
from reformledger.history.merging.texts.comments import comments, lost
from reformledger.yamlio import read_yaml
from reformledger.yamlio.editing import edited
from texts import LEDGER_HEAD
from yaml_styles import Writer

RANDOMS = st.integers(0, 2**32).map(Random)
ROW = """\
          - id: task-{n}  # which is task-{n}
            # what task-{n} is called
            title: 任务{n}
            leaders:
              - 谢强  # leads task-{n}
              - 刘自力
            due: 2020-12-31
            progress:
              - date: 2020-06-01
                text: 起步  # of task-{n}
"""
TEXT = LEDGER_HEAD + "".join(ROW.format(n=number) for number in range(1, 8))


def rows_of(data: Any) -> list[Any]:
    return list(data["parts"][0]["tables"][0]["rows"])


def with_rows(rows: list[Any]) -> Any:
    data: Any = deepcopy(read_yaml(TEXT.encode()).data)
    data["parts"][0]["tables"][0]["rows"] = rows
    return data


def changed_row(random: Random, row: Any) -> Any:
    row = deepcopy(row)
    match random.randrange(5):
        case 0:
            row["due"] = "2021-06-30"
        case 1:
            row["progress"].insert(random.randrange(2), {"date": "2020-07-01", "text": "过半", "percent": "50"})
        case 2:
            row["leaders"].insert(random.randrange(3), "田龙")
        case 3:
            row["remark"] = None
        case _:
            pass
    return row


@given(RANDOMS, st.booleans())
def test_rows_that_come_go_and_change_leave_the_others_their_comments(random: Random, moving: bool) -> None:
    tree = read_yaml(TEXT.encode())
    rows = [changed_row(random, row) for row in rows_of(tree.data) if random.randrange(4)]
    staying = [row["id"] for row in rows]
    for number in range(random.randrange(3)):
        new = {"id": f"task-{20 + number}", "title": "新", "due": "2020-11-30"}
        rows.insert(random.randrange(len(rows) + 1), new)
    if moving and rows:
        rows.insert(random.randrange(len(rows)), rows.pop(random.randrange(len(rows))))
    data = with_rows(rows)
    made = edited(tree, edits_between(tree.data, data))  # type: ignore[arg-type]
    assert made.tree.data == data
    there = [comment.text for comment in comments(made.tree)]
    gone = 0
    for name in staying:
        of_row = [text for text in there if text.endswith((name, f"{name} is called"))]
        gone += len(of_row) != 4
    # What moves is written anew; nothing else is.
    assert gone <= moving


@given(RANDOMS)
def test_any_two_documents(random: Random) -> None:
    old, new = (read_yaml(Writer(random, plain=True).document()) for _ in range(2))
    assert edited(old, edits_between(old.data, new.data)).tree.data == new.data  # type: ignore[arg-type]


def test_numbers_and_days_are_written_without_quotes() -> None:
    tree = read_yaml(TEXT.encode())
    new = {"id": "task-9", "number": "9", "title": "2020", "progress": [{"date": "2020-07-01", "percent": "50"}]}
    made = edited(tree, edits_between(tree.data, with_rows([*rows_of(tree.data), new])))  # type: ignore[arg-type]
    added = made.raw.decode().removeprefix(TEXT)
    assert added == (
        '          - id: task-9\n            number: 9\n            title: "2020"\n            progress:\n'
        "              - date: 2020-07-01\n                percent: 50\n"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1 # one\n# two\nb: 'x # no'\n", [(1, "# one"), (2, "# two")]),
        ("a: | # head\n  # text\nb: x#no\n", [(1, "# head")]),
        ("a: |\n  text\n# behind\nb: >-\n  # no\n # not deeper\n", [(3, "# behind"), (6, "# not deeper")]),
        ("a: [x, # in\n  y]\nb:   # of nothing\n# last", [(1, "# in"), (3, "# of nothing"), (4, "# last")]),
        ('a: "x\n  # no"\nb: x\n  y # yes\n', [(4, "# yes")]),
    ],
)
def test_comments_are_found_wherever_they_stand(text: str, found: list[tuple[int, str]]) -> None:
    assert [tuple(comment) for comment in comments(read_yaml(text.encode()))] == found


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged", "missing"),
    [
        ("", "# o\n", "# t\n", "# o\n# t\n", []),
        ("", "# o\n", "# t\n", "# o\n", ["# t"]),
        ("# b\n", "# b\n", "", "", []),
        ("# b\n", "", "# b\n# b\n", "", []),
        ("# b\n", "# b\n", "# b\n# b\n", "# b\n", ["# b"]),
        ("# b\n", "# b\n", "# b\n", "", ["# b"]),
        ("# b\n", "# changed\n", "# b\n", "# changed\n", []),
        ("# b\n", "# mine\n", "# theirs\n", "# mine\n", ["# theirs"]),
    ],
)
def test_what_a_merge_would_lose(base: str, ours: str, theirs: str, merged: str, missing: list[str]) -> None:
    trees = [read_yaml(f"{text}a: 1\n".encode()) for text in (base, ours, theirs, merged)]
    assert [each.comment.text for each in lost(*trees)] == missing
