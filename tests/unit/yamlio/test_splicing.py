"""Edits of ordinary texts, each with the text that a person would have made of it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from conftest import ROOT
from reformledger.yamlio import Data, Path, read_yaml
from reformledger.yamlio.editing import AddKey, Bare, Edit, EditError, Insert, Remove, SetValue, applied, edited

LEDGER = ROOT / "data" / "ledger_2020.yaml"

ROWS = """
    # 台账
    rows:
      - id: task-1        # 第一项
        title: "改革"
        due: 2020   # 年内

        leaders:
          - 谢强  # 借调
          - 刘自力
        star: ☆
      # 第二项
      - id: task-2
        title: '方案'
    """

CASES: list[tuple[str, str, Edit, str]] = [
    (
        "a scalar keeps the comment behind it",
        ROWS,
        SetValue(("rows", 0, "id"), "task-9"),
        ROWS.replace("task-1  ", "task-9  "),
    ),
    (
        "a year is quoted, for YAML would take it for a number",
        ROWS,
        SetValue(("rows", 0, "due"), "2021"),
        ROWS.replace("due: 2020 ", 'due: "2021" '),
    ),
    (
        "quotes go where they are not needed",
        ROWS,
        SetValue(("rows", 0, "title"), "新方案"),
        ROWS.replace('"改革"', "新方案"),
    ),
    (
        "quotes that are needed are those of before",
        ROWS,
        SetValue(("rows", 1, "title"), "方案: #1"),
        ROWS.replace("'方案'", "'方案: #1'"),
    ),
    (
        "several lines become a literal text",
        ROWS,
        SetValue(("rows", 0, "due"), "第一\n第二"),
        ROWS.replace("due: 2020   # 年内\n", "due: |-   # 年内\n          第一\n          第二\n"),
    ),
    (
        "an added key comes last",
        ROWS,
        AddKey(("rows", 0), "remark", "已办"),
        ROWS.replace("star: ☆\n", "star: ☆\n        remark: 已办\n"),
    ),
    (
        "an added key keeps to the order",
        ROWS,
        AddKey(("rows", 0), "number", "1", ("id", "number", "title")),
        ROWS.replace("# 第一项\n", '# 第一项\n        number: "1"\n'),
    ),
    (
        "an added record is written in lines",
        ROWS,
        AddKey(("rows", 0), "progress", [{"date": "2020-03-31", "text": "已调研", "weak": Bare("true"), "by": []}]),
        ROWS.replace(
            "star: ☆\n",
            "star: ☆\n        progress:\n"
            '          - date: "2020-03-31"\n            text: 已调研\n            weak: true\n            by: []\n',
        ),
    ),
    (
        "an item is appended behind the comment of the last",
        ROWS,
        Insert(("rows", 0, "leaders"), "彭格"),
        ROWS.replace("- 刘自力\n", "- 刘自力\n          - 彭格\n"),
    ),
    (
        "an item is inserted before the first",
        ROWS,
        Insert(("rows", 0, "leaders"), "彭格", 0),
        ROWS.replace("- 谢强", "- 彭格\n          - 谢强"),
    ),
    (
        "an entry is inserted above the comment of the next",
        ROWS,
        Insert(("rows",), {"id": "task-3", "title": "b"}, 1),
        ROWS.replace("star: ☆\n", "star: ☆\n      - id: task-3\n        title: b\n"),
    ),
    (
        "a removed key takes its line along",
        ROWS,
        Remove(("rows", 0, "star")),
        ROWS.replace("        star: ☆\n", ""),
    ),
    (
        "the first key of an item makes room for the next",
        ROWS,
        Remove(("rows", 0, "id")),
        ROWS.replace('id: task-1        # 第一项\n        title: "改革"', 'title: "改革"'),
    ),
    (
        "a removed item takes the comment on its line along",
        ROWS,
        Remove(("rows", 0, "leaders", 0)),
        ROWS.replace("          - 谢强  # 借调\n", ""),
    ),
    (
        "the comment above a removed entry stays",
        ROWS,
        Remove(("rows", 1)),
        ROWS.replace("      - id: task-2\n        title: '方案'\n", ""),
    ),
    (
        "a blank value is filled",
        "a:\nb:   # c\n",
        SetValue(("b",), "x"),
        "a:\nb: x   # c\n",
    ),
    ("a value is made blank", "a: x # c\nb: y\n", SetValue(("a",), None), "a: # c\nb: y\n"),
    ("the last item leaves []", "a:\n  - x\nb: y\n", Remove(("a", 0)), "a: []\nb: y\n"),
    ("the last key leaves {}", "a:\n  k: x\nb: y\n", Remove(("a", "k")), "a: {}\nb: y\n"),
    ("an empty list becomes lines", "a: [] # c\nb: y\n", Insert(("a",), "x"), "a: # c\n  - x\nb: y\n"),
    (
        "lists follow the lists on the way to them",
        "rows:\n- id: a\n  tags: []\n",
        Insert(("rows", 0, "tags"), "x"),
        "rows:\n- id: a\n  tags:\n  - x\n",
    ),
    (
        "lists follow those beside them",
        "a:\n    - x\nb: []\n",
        Insert(("b",), "v"),
        "a:\n    - x\nb:\n    - v\n",
    ),
    (
        "mappings follow the step of those around them",
        "a:\n    k: x\n",
        SetValue(("a", "k"), {"m": "1.5", "q": {"o": "p"}}),
        'a:\n    k:\n        m: "1.5"\n        q:\n            o: p\n',
    ),
    (
        "values below each other stay so",
        "id:    task-1\ntitle: x\n",
        AddKey((), "due", "年内"),
        "id:    task-1\ntitle: x\ndue:   年内\n",
    ),
    (
        "dashes keep their distance",
        "a:\n-   x\n-   y\n",
        Insert(("a",), {"k": "v", "l": "w"}),
        "a:\n-   x\n-   y\n-   k: v\n    l: w\n",
    ),
    (
        "blank lines between items are kept up",
        "rows:\n  - id: a\n\n  - id: b\n",
        Insert(("rows",), {"id": "c"}),
        "rows:\n  - id: a\n\n  - id: b\n\n  - id: c\n",
    ),
    (
        "blank lines around a removed item are not doubled",
        "rows:\n  - id: a\n\n  - id: b\n\n  - id: c\n",
        Remove(("rows", 1)),
        "rows:\n  - id: a\n\n  - id: c\n",
    ),
    (
        "blank lines before a removed last item go",
        "rows:\n  - id: a\n\n  - id: b\n",
        Remove(("rows", 1)),
        "rows:\n  - id: a\n",
    ),
    ("the other line ending", "a: x\r\nb:\r\n  - y\r\n", Insert(("b",), "z"), "a: x\r\nb:\r\n  - y\r\n  - z\r\n"),
    ("no final newline", "a: x\nb:\n  - y", Insert(("b",), "z"), "a: x\nb:\n  - y\n  - z"),
    ("no final newline, removed", "a: x\nb: y", Remove(("b",)), "a: x"),
    ("byte order mark", "\ufeffa: x\n", SetValue(("a",), "v"), "\ufeffa: v\n"),
    (
        "a text at the end of a file without newline",
        "a: |\n  x",
        AddKey((), "b", "v"),
        "a: |-\n  x\nb: v",
    ),
    ("between brackets", "a: [x, y]  # c\n", Insert(("a",), "z, w"), 'a: [x, y, "z, w"]  # c\n'),
    ("between brackets, first", "a: [x, y]\n", Insert(("a",), "z", 0), "a: [z, x, y]\n"),
    ("between brackets, removed", "a: [x, y, z]\n", Remove(("a", 1)), "a: [x, z]\n"),
    ("between brackets, last removed", "a: [x, y]\n", Remove(("a", 1)), "a: [x]\n"),
    ("between brackets, only one removed", "a: {k: v}\n", Remove(("a", "k")), "a: {}\n"),
    ("between brackets, a key", "a: {k: v}\n", AddKey(("a",), "l", ["1", {"m": None}]), 'a: {k: v, l: ["1", {m: }]}\n'),
    (
        "between brackets over lines",
        "a: [\n  x,  # c\n  y   # d\n]\n",
        Insert(("a",), "z"),
        "a: [\n  x,  # c\n  y,   # d\n  z\n]\n",
    ),
    (
        "between brackets over lines with a comma at the end",
        "a: {\n  k: x,  # c\n}\n",
        AddKey(("a",), "l", "v"),
        "a: {\n  k: x,  # c\n  l: v,\n}\n",
    ),
    (
        "between brackets over lines, removed",
        "a: [\n  x,  # c\n  y   # d\n]\n",
        Remove(("a", 0)),
        "a: [\n  y   # d\n]\n",
    ),
    (
        "between brackets over lines, last removed",
        "a: [\n  x,  # c\n  y   # d\n]\n",
        Remove(("a", 1)),
        "a: [\n  x  # c\n]\n",
    ),
    (
        "a literal text becomes a word",
        "a: |  # c\n  x\n  y\n\n# d\nb: z\n",
        SetValue(("a",), "w"),
        "a: w  # c\n\n# d\nb: z\n",
    ),
    (
        "a literal text becomes another",
        "a: >-\n  x\n  y\n\nb: z\n",
        SetValue(("a",), "w\n\nv\n"),
        "a: |\n  w\n\n  v\n\nb: z\n",
    ),
    (
        "a quoted text over lines",
        'a: "x\n  y"  # c\nb: z\n',
        SetValue(("a",), "w"),
        "a: w  # c\nb: z\n",
    ),
    ("lines become a word", "a:  # c\n  - x\n  - y\nb: z\n", SetValue(("a",), "w"), "a: w  # c\nb: z\n"),
    ("a word becomes lines", "a: w  # c\nb: z\n", SetValue(("a",), ["x", "no"]), 'a:  # c\n  - x\n  - "no"\nb: z\n'),
    (
        "of lists that are replaced only what differs",
        "a:\n  - x  # c\n  - 'y'  # d\n  - z  # e\n",
        SetValue(("a",), ["x", "w", "z"]),
        "a:\n  - x  # c\n  - w  # d\n  - z  # e\n",
    ),
    (
        "of mappings that are replaced only what differs",
        "a:\n  k: x  # c\n  l: 'y'  # d\nb: z\n",
        SetValue(("a",), {"l": "y", "m": "w"}),
        "a:\n  l: 'y'  # d\n  m: w\nb: z\n",
    ),
    ("the same value again changes nothing", "a: 2020\n", SetValue(("a",), "2020"), "a: 2020\n"),
    ("lists in lists", "a:\n  - - x\n    - y\n", Remove(("a", 0, 0)), "a:\n  - - y\n"),
    ("a mapping in a list in brackets", "a: [k: v, x]\n", AddKey(("a", 0), "l", "w"), "a: [{k: v, l: w}, x]\n"),
    (
        "a comment that is indented deeper belongs to the entry",
        "rows:\n  - id: a\n    # 待核实\n  - id: b\n",
        AddKey(("rows", 0), "due", "年内"),
        "rows:\n  - id: a\n    due: 年内\n    # 待核实\n  - id: b\n",
    ),
]


@pytest.mark.parametrize(("before", "edit", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_edit(before: str, edit: Edit, after: str) -> None:
    made = edited(read_yaml(dedent(before).encode()), [edit])
    assert made.raw.decode() == dedent(after)


def rows(number: int) -> Path:
    return ("parts", 0, "tables", 0, "rows", number)


@pytest.mark.parametrize(
    ("edits", "added", "removed"),
    [
        ([SetValue((*rows(0), "due"), "2020-12")], 1, 1),
        ([SetValue((*rows(1), "number"), "9")], 1, 1),
        ([AddKey(rows(2), "progress", [{"date": "2020-03-31", "text": "已调研"}])], 3, 0),
        ([Insert((*rows(1), "lead_departments"), "人事科")], 1, 0),
        ([Remove((*rows(0), "star"))], 0, 1),
        ([Remove(rows(1))], 0, 12),
        ([Insert(rows(0)[:-1], {"id": "task-99", "title": "新增"})], 2, 0),
        ([SetValue((*rows(0), "due"), "2021"), AddKey(rows(0), "extensions", [{"to": "2021"}])], 3, 1),
    ],
)
def test_shipped_data_change_in_the_lines_they_must(edits: list[Edit], added: int, removed: int) -> None:
    raw = LEDGER.read_bytes()
    before, after = raw.split(b"\n"), edited(read_yaml(raw), edits).raw.split(b"\n")
    assert len(different(before, after)) == removed
    assert len(different(after, before)) == added


def different(lines: list[bytes], others: list[bytes]) -> list[str]:
    """Return the lines that a diff marks as gone."""
    from difflib import ndiff

    return [
        line for line in ndiff([line.decode() for line in lines], [line.decode() for line in others]) if line[0] == "-"
    ]


def test_edits_see_what_the_ones_before_left() -> None:
    edits: list[Edit] = [
        AddKey((), "a", []),
        Insert(("a",), {"k": "v"}),
        Insert(("a",), "w"),
        SetValue(("a", 0, "k"), "x"),
        AddKey(("a", 0), "l", "v"),
        Remove(("a", 1)),
        Insert(("a",), "z", 0),
    ]
    made = edited(read_yaml(b"b: 1\n"), edits)
    assert made.raw == b"b: 1\na:\n  - z\n  - k: x\n    l: v\n"


def test_applied_leaves_and_shares_what_it_was_given() -> None:
    data: Data = {"a": [{"k": "v"}, {"l": "w"}], "b": {"m": "x"}}
    after = applied(data, [SetValue(("a", 0, "k"), "new"), AddKey((), "c", None)])
    assert data == {"a": [{"k": "v"}, {"l": "w"}], "b": {"m": "x"}}
    assert after == {"a": [{"k": "new"}, {"l": "w"}], "b": {"m": "x"}, "c": None}
    assert isinstance(data, dict)
    assert isinstance(after, dict)
    assert after["b"] is data["b"]
    assert after["a"][1] is data["a"][1]  # type: ignore[index]


def test_edits_that_do_not_touch_are_made_from_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "rows:\n" + "".join(f"  - id: t-{n}\n    due: 年内\n    tags:\n      - x\n" for n in range(50))
    readings: list[bytes] = []

    def counted(raw: bytes) -> object:
        readings.append(raw)
        return read_yaml(raw)

    monkeypatch.setattr("reformledger.yamlio.editing.splicing.read_yaml", counted)
    edits: list[Edit] = []
    for number in range(50):
        row: Path = ("rows", number)
        edits += [SetValue((*row, "due"), "2021"), Insert((*row, "tags"), "y"), AddKey(row, "remark", "z")]
    made = edited(read_yaml(text.encode()), edits)
    assert made.tree.data == applied(read_yaml(text.encode()).data, edits)
    # A key added behind the tags and a tag added behind them meet at one place: one more reading for all of these.
    assert len(readings) == 2


@pytest.mark.parametrize(
    ("text", "edit", "place", "message"),
    [
        ("a: 1\nb:\n  - x\n", SetValue(("b", 3), "y"), (3, 3), "There is nothing to change at b / 3"),
        ("a: 1\nb:\n  c: x\n", Remove(("b", "d")), (3, 3), "There is nothing to change at b / d"),
        ("a: 1\nb:\n  c: x\n", AddKey(("b",), "c", "y"), (3, 3), "The key “c” is there already"),
        ("a: 1\nb:\n  c: x\n", AddKey(("b",), "ｃ", "y"), (3, 3), "With this edit the file could not be read"),
        ("a: 1\nb:\n  c: x\n", AddKey(("b",), "<<", "y"), (3, 3), "With this edit the file could not be read"),
        ("a: 1\nb: [x]\n", Insert(("b",), None), (2, 4), "A blank item cannot stand between brackets"),
        ("a: 1\n? b\nc: 2\n", SetValue(("b",), "x"), (3, 1), "This key has no colon"),
        ("a: 1\n", SetValue((), "x"), (1, 1), "A document can only be replaced"),
        ("a: 1\n", SetValue(("a",), "\x1b[31m"), (1, 4), "The new text holds U\\+001B ESCAPE"),
    ],
)
def test_refusals_say_where_and_why(text: str, edit: Edit, place: tuple[int, int], message: str) -> None:
    with pytest.raises(EditError, match=message) as caught:
        edited(read_yaml(text.encode()), [edit])
    assert (caught.value.fault.line, caught.value.fault.column) == place


def test_nothing_deeper_than_can_be_read() -> None:
    value: Data = "x"
    for _level in range(40):
        value = [value]
    with pytest.raises(EditError, match="Nested more than 32 levels"):
        edited(read_yaml(b"a: 1\n"), [SetValue(("a",), value)])
