"""One file: what cannot be read, what is wrong in it, where, and what to do; all of it in one run."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from conftest import ROOT
from reformledger import load_book
from reformledger.book import Book
from reformledger.errors import DataError, Fault
from reformledger.loader import InvalidDataError, LoadedDocument, checked, parse_file, validate_tree
from reformledger.model.base import all_fields
from reformledger.model.documents import DOCUMENTS
from reformledger.yamlio import YamlError
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 任务
"""
)


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        validate_tree(path, parse_file(path))
    return caught.value.faults


def said(path: Path) -> list[str]:
    """Return the faults as ``line:column message``."""
    return [f"{fault.line}:{fault.column} {fault.message}" for fault in faults_of(path)]


# What is no file of ours


def test_a_missing_file(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nichts.yaml")
    assert (fault.message, fault.advice) == ("There is no such file.", "Check the path.")
    assert fault.file.endswith("nichts.yaml")


def test_a_folder(tmp_path: Path) -> None:
    assert said(tmp_path) == ["0:0 This is a folder, not a file."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "ledger_2020.yaml"
    os.mkfifo(path)
    assert said(path) == ["0:0 This is not a regular file (a pipe or a device)."]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices on this system")
@pytest.mark.parametrize("name", ["/dev/null", "/dev/zero"])
def test_a_device(name: str) -> None:
    assert said(Path(name)) == ["0:0 This is not a regular file (a pipe or a device)."]


def test_a_loop_of_links(tmp_path: Path) -> None:
    path = tmp_path / "loop.yaml"
    path.symlink_to(path)
    assert said(path)[0].startswith("0:0 The file cannot be read: ")


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "dangling.yaml"
    path.symlink_to(tmp_path / "gone.yaml")
    assert said(path) == ["0:0 There is no such file."]


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root and Windows read it all the same")
def test_a_file_that_may_not_be_read(write: Write) -> None:
    path = write("ledger_2020.yaml", LEDGER)
    path.chmod(0)
    assert said(path)[0].startswith("0:0 The file cannot be read: ")


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 5000 + ".yaml", "字" * 200 + ".yaml", "\udcff\udcfe.yaml", ""])
def test_an_odd_path_is_a_fault_and_no_traceback(tmp_path: Path, name: str) -> None:
    (fault,) = faults_of(tmp_path / name)
    assert fault.line == 0
    assert fault.message


def test_a_file_whose_working_directory_is_gone(tmp_path: Path, write: Write) -> None:
    path = write("ledger_2020.yaml", LEDGER)
    gone = tmp_path / "gone"
    gone.mkdir()
    script = (
        "import os, sys; from pathlib import Path; from reformledger.loader import parse_file, validate_tree;"
        f"os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); "
        f"path = Path({str(path)!r}); print(validate_tree(path, parse_file(path)).name)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=tmp_path)
    assert os.fsdecode(done.stdout).strip() == path.as_posix()


def test_a_name_is_told_relative_to_the_working_directory(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("bad.yaml", "x: 1\n")
    monkeypatch.chdir(tmp_path)
    assert faults_of(path)[0].file == "bad.yaml"
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert faults_of(path)[0].file == path.as_posix()


def test_no_file_is_opened_with_the_encoding_of_the_system(tmp_path: Path) -> None:
    """On a Chinese Windows that is GBK, which reads much of UTF-8 as nonsense without an error."""
    script = "from reformledger import load_book; print(len(load_book('data').entries))"
    options = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    done = subprocess.run([sys.executable, *options, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert int(done.stdout) == 15 + 18


# Which kind of document


@pytest.mark.parametrize(
    ("text", "place", "message", "advice"),
    [
        ("year: 2020\n", "1:1", "The document does not say what it is.", "kind: ledger"),
        ("a: 1\nkind: ledger\n", "2:7", "“kind” must be the first key of the file.", "to the top"),
        ("kind: Ledger\n", "1:7", "Unknown kind of document", "Did you mean ledger?"),
        ("kind:\n", "1:6", "Unknown kind of document", ""),
        ("kind: [ledger]\n", "1:7", "Unknown kind of document", ""),
        ("kind: 台账\n", "1:7", "Unknown kind of document; expected one of: workpoints, ledger", ""),
    ],
)
def test_a_document_of_no_kind(write: Write, text: str, place: str, message: str, advice: str) -> None:
    (fault,) = faults_of(write("ledger_2020.yaml", text))
    assert f"{fault.line}:{fault.column}" == place
    assert fault.message.startswith(message)
    assert advice in fault.advice


# Unknown keys

KEYS = [
    ("ledaers", "Did you mean leaders?"),
    ("Leaders", "Did you mean leaders?"),
    ("LEADERS", "Did you mean leaders?"),
    ("ｌｅａｄｅｒｓ", "Did you mean leaders?"),
    ("leaders\u200b", "Did you mean leaders?"),
    ("leader", "Did you mean leaders"),
    ("lead_department", "Did you mean lead_departments?"),
    ("责任领导", "Did you mean leaders?"),
    ("牵头科室", "Did you mean lead_departments?"),
    ("完成时限", "Did you mean due?"),
    ("进度安排", "Did you mean due?"),
    ("备注", "Did you mean remark?"),
    ("联系市领导", "Did you mean city_leader?"),
    ("zzzzzz", "Known keys here: id, number, title, text, leaders"),
]


@pytest.mark.parametrize(("key", "advice"), KEYS)
def test_an_unknown_key_names_the_nearest_or_the_known(write: Write, key: str, advice: str) -> None:
    for value in (" x", ""):
        (fault,) = faults_of(write("ledger_2020.yaml", LEDGER + f"            {key}:{value}\n"))
        assert (fault.line, fault.column, fault.message) == (11, 13, f"Unknown key “{key}”.")
        assert fault.advice.startswith(advice)


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        (LEDGER + "notices: x\n", "11:1", "notice"),
        (LEDGER + "notice:\n  titel: x\n  issuer: 局\n  issued: 2020-01-01\n  title: 通知\n", "12:3", "title"),
        (LEDGER + "            phases:\n              - nam: x\n                name: 一\n", "12:17", "name"),
        (LEDGER + "            extensions: [{form: 2020, date: 2020-01-01, to: 2021, reason: x}]\n", "11:27", "from"),
        (LEDGER + "            star: {notes: x}\n", "11:20", "note"),
        ("kind: contacts\nyear: 2020\ncontacts:\n  task-1: {nmae: 谢强}\n", "4:12", "name"),
        ("kind: directory\nnames:\n  - name: 科\n    alos: [室]\n", "4:5", "also"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_known_by_where_it_stands(write: Write, text: str, place: str, advice: str) -> None:
    (fault,) = faults_of(write("x.yaml", text))
    assert f"{fault.line}:{fault.column}" == place
    assert f"Did you mean {advice}" in fault.advice


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kind: ledger\nprogres:\n" + LEDGER.removeprefix("kind: ledger\n"), "2:1"),
        ("kind: workpoints\nyear: 2020\ntitle: 要点\ngeneralidea:\nsections: []\n", "4:1"),
        ("kind: workpoints\nyear: 2020\ntitle: 要点\nsections:\n  - title: 一\n    point:\n    points: []\n", "6:5"),
        ("kind: contacts\nyear: 2020\ncontacts:\n  task-1: {name: 谢强, phon: }\n", "4:22"),
        ("kind: directory\nnames:\n  - name: 科\n    alos:\n", "4:5"),
        (LEDGER + "            star: {note: 试点, pase: }\n", "11:30"),
    ],
)
def test_an_unknown_key_is_found_though_its_value_is_blank(write: Write, text: str, place: str) -> None:
    (fault,) = faults_of(write("x.yaml", text))
    assert f"{fault.line}:{fault.column}" == place
    assert fault.message.startswith("Unknown key")
    assert fault.advice.startswith("Did you mean")


# Keys without a colon

PLACES = {
    "a ledger": LEDGER + "            remark: 第一行\n              {line}\n",
    "a heading": LEDGER.replace("title: 表\n", "title: 表\n      {line}\n"),
    "work points": "kind: workpoints\nyear: 2020\ntitle: 要点\n  {line}\nsections: []\n",
    "contacts": "kind: contacts\nyear: 2020\ncontacts:\n  task-1:\n    name: 谢强\n      {line}\n",
    "a directory": "kind: directory\nnames:\n  - name: 政策法规科\n      {line}\n",
    "a blank value": LEDGER + "            remark:\n              {line}\n",
    "a third line": LEDGER + "            remark: 第一行\n              第二行\n              {line}\n",
    "a list": LEDGER + "            leaders:\n              - 谢强\n                {line}\n",
    "braces": LEDGER + "            star: {{note: 甲\n              {line}}}\n",
    "the level of its neighbours": LEDGER + "            remark: 第一行\n            {line}\n",
}
KEYS_OF_ALL = sorted({key for kind in DOCUMENTS.values() for part in all_fields(kind) for key in part})


def reported_line(write: Write, text: str, line: str) -> str:
    """Return what is said of a line, which must be a fault in its place, the only one there."""
    path = write("x.yaml", text.format(line=line))
    with pytest.raises(DataError) as caught:
        parse_file(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    (found,) = [fault for fault in caught.value.faults if lines[fault.line - 1][fault.column - 1 :].startswith(line)]
    return found.message + found.advice


@pytest.mark.parametrize("place", PLACES)
def test_every_key_without_a_colon_is_refused_wherever_it_stands(place: str, write: Write) -> None:
    for key in KEYS_OF_ALL:
        assert f"“{key}: …”" in reported_line(write, PLACES[place], f"{key} 年内完成")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line",
    ["due　年内", "due  2020-12-31", "due", "due=年内", "due，年内", "due；年内", "due年内", "due (年内)", "Due 年内",
     "DUE 年内", "ｄｕｅ 年内", "due∶年内", "完成时限 年内", "完成时限　年内", "进度安排=年内", "完成时限；年内",
     "完成时限;年内", "完成时限︰年内"],
)  # fmt: skip
def test_however_it_is_followed(place: str, line: str, write: Write) -> None:
    assert "“due: …”" in reported_line(write, PLACES[place], line)


@pytest.mark.parametrize(
    ("line", "key"),
    [("lead_department 基教科", "lead_departments"), ("suporting_departments 基教科", "supporting_departments"),
     ("carried_over_form 2019/task-2", "carried_over_from")],
)  # fmt: skip
def test_a_mistyped_one_is_known_by_its_underscore(line: str, key: str, write: Write) -> None:
    assert f"“{key}: …”" in reported_line(write, PLACES["a ledger"], line)


@pytest.mark.parametrize("key", ["budget", "分管领导"])
def test_a_key_that_the_text_has_itself_is_one_of_them(key: str, write: Write) -> None:
    own = LEDGER + "            persons:\n              分管领导:\n                - 李艺\n            budget: 50\n"
    line = f"{key} 李艺"
    assert f"“{key}: …”" in reported_line(write, own + "            remark: 第一行\n              {line}\n", line)
    assert parse_file(write("x.yaml", LEDGER + f"            remark: 第一行\n              {line}\n")).data


def test_an_item_that_begins_with_a_key_without_a_colon_is_named_where_it_is(write: Write) -> None:
    text = LEDGER_HEAD + "          - {line}\n            title: 甲\n"
    assert "This item is a text, but the next line is a key" in reported_line(write, text, "id task-1")


@pytest.mark.parametrize(
    "text",
    [
        'remark: "第一行\n              due 年内完成"\n',
        "remark: |\n              第一行\n              due 年内完成\n",
        "remark: >-\n              第一行\n              due 年内完成\n",
        "remark: 第一行 # 注\n            # due 年内完成\n",
        "remark: 第一行\n              第二行\n",
        "remark: 第一行\n              完成时限为年内\n",
        "remark: 第一行\n              目标、内容和单位都写明\n",
        "remark: 第一行\n              说明，见附件\n",
        "remark: 第一行\n              年内完成\n",
        "remark: 第一行\n              9:30 开会\n",
        "remark: 第一行\n              ——due 年内\n",
        "due : 年内\n",
        "remark: the work that is done\n              by all schools of the city,\n              for its pupils too\n",
        "remark: see\n              due.diligence and title's owner, name-calling\n",
    ],
)
def test_what_is_text_stays_text(text: str, write: Write) -> None:
    path = write("x.yaml", LEDGER + "            " + text)
    assert validate_tree(path, parse_file(path)).kind == "ledger"


# All faults of a file in one run


def test_all_faults_are_told_in_one_run_in_the_order_of_the_file(write: Write) -> None:
    text = """\
kind: ledger
year: 20
titel: 台账
parts:
  - title: ""
    tables:
      - id_prefix: Task
        columns:
          经费: 经费
        rows:
          - id: task-1
            due: 2020-13
          - id: task-2
            title: 任务
            leaders: 谢强、田龙
            columns: {level: x, funding: "1"}
            star: {phase: 甲}
          - id: task-3
            title: 任务
            columns: {funding: "1"}
            star: {phase: 甲}
          - id: task-3
            title: 任务
"""
    assert [line.split(" ")[0] for line in said(write("x.yaml", text))] == [
        "1:1",  # no title
        "2:7",  # the year
        "3:1",  # titel
        "5:12",  # a blank title
        "7:20",  # the prefix
        "9:11",  # a key that no entry could use
        "11:13",  # no title
        "12:18",  # the thirteenth month
        "15:22",  # no list
        "18:17",  # an id that
        "20:23",  # an undeclared column
        "21:27",  # no phases
        "22:17",  # stands twice
    ]


def test_an_id_that_stands_twice_is_told_at_both_places(write: Write) -> None:
    text = LEDGER + "          - id: task-1\n            title: 别的\n"
    assert said(write("x.yaml", text)) == [
        "9:17 The id task-1 stands more than once in this file.",
        "11:17 The id task-1 stands more than once in this file.",
    ]


@pytest.mark.parametrize("year", ["", "year:", "year: 二〇二〇", "year: " + "9" * 5000, "year: [2020]", "year: 0000"])
def test_deadlines_are_no_fault_because_the_year_is(write: Write, year: str) -> None:
    due = "            due: 12月底前\n"
    due += "            extensions: [{date: 2020-01-01, to: 2020年每季度末, reason: 疫情}]\n"
    (fault,) = faults_of(write("x.yaml", (LEDGER + due).replace("year: 2020", year, 1)))
    assert "year" in fault.message


@pytest.mark.parametrize(
    ("key", "value", "place", "message"),
    [
        ("title", "\u202e任务", "10:20", "U+202E RIGHT-TO-LEFT OVERRIDE has no place in a text."),
        ("title", "", "10:20", "Expected one line of text with at least one visible character."),
        ("title", "\u200b", "10:20", "Expected one line of text with at least one visible character."),
        ("title", "[a]", "10:20", "Expected one value of text."),
        ("title", "{a: b}", "10:20", "Expected one value of text."),
    ],
)
def test_a_wrong_value_is_told_at_its_place(write: Write, key: str, value: str, place: str, message: str) -> None:
    text = value if value[:1] in "[{" and value else f'"{value}"'
    assert said(write("x.yaml", LEDGER.replace("title: 任务", f"{key}: {text}"))) == [f"{place} {message}"]


def test_a_wrong_key_is_told_at_the_key(write: Write) -> None:
    text = "kind: contacts\nyear: 2020\ncontacts:\n  任务1: {name: 谢强}\n"
    assert said(write("x.yaml", text)) == [
        "4:3 Expected an id of lower-case letters, digits and hyphens, such as point-4."
    ]


def test_plain_data_are_checked_without_a_file() -> None:
    with pytest.raises(InvalidDataError) as caught:
        checked({"kind": "directory", "names": [{"name": "科", "also": ["、"]}]}, "directory")
    (fault,) = caught.value.faults
    assert (fault.path, fault.at_key) == (("names", 0, "also", 0), False)


# Nothing personal in what is said

PHONE = "18808140946"
REPEATING = [
    LEDGER + f"            due: 请电{PHONE}\n",
    LEDGER + f"            {PHONE}: x\n",
    LEDGER + f'            columns: {{a: "{PHONE}"}}\n            star: {{phase: 电{PHONE}}}\n',
    LEDGER
    + f"            phases: [{{name: 电{PHONE}}}, {{name: 电{PHONE}}}]\n            star: {{phase: 电{PHONE}}}\n",
    LEDGER + f"            remark: @{PHONE}\n",
    LEDGER + f"            remark: 联系人: {PHONE}\n",
    LEDGER + f"            联系人 {PHONE}：张三\n",
    f"kind: directory\nnames:\n  - name: 科{PHONE}\n  - name: 室\n    also: [科{PHONE}]\n",
    f"kind: 台账{PHONE}\n",
]


@pytest.mark.parametrize("text", REPEATING)
def test_a_phone_number_is_masked_in_every_fault(write: Write, text: str) -> None:
    path = write("x.yaml", text)
    with pytest.raises(DataError) as caught:
        validate_tree(path, parse_file(path))
    assert PHONE not in str(caught.value)


def test_a_point_that_takes_its_title_from_a_section_without_one_has_one_fault(write: Write) -> None:
    points = "sections:\n  - points:\n      - {id: point-1, title: 任务, title_from: section}\n"
    faults = faults_of(write("workpoints_2020.yaml", f"kind: workpoints\nyear: 2020\ntitle: 要点\n{points}"))
    assert [(fault.line, fault.message) for fault in faults] == [(5, "“title” is missing here.")]


def test_no_file_is_refused_without_a_reason() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        DataError([])
    with pytest.raises(ValueError, match="without a reason"):
        YamlError([])


def test_a_value_that_is_no_list_is_told_how_to_be_one(write: Write) -> None:
    faults = faults_of(write("ledger_2020.yaml", f"{LEDGER}            leaders: 谢强\n"))
    assert [(fault.message, fault.advice) for fault in faults] == [
        ("Expected a list.", "Write each item on a line of its own after “- ”.")
    ]


@pytest.mark.parametrize("collecting", [True, False])
def test_a_book_is_loaded_without_the_collector_of_cycles(
    write: Write, monkeypatch: pytest.MonkeyPatch, collecting: bool
) -> None:
    during: list[bool] = []
    path = write("directory.yaml", "kind: directory\nnames: []\n")

    def built(documents: Iterable[LoadedDocument]) -> Book:
        during.append(gc.isenabled())
        return Book(documents)

    monkeypatch.setattr("reformledger.book.Book", built)
    (gc.enable if collecting else gc.disable)()
    try:
        load_book(path)
        with pytest.raises(DataError):
            load_book(path.with_name("missing.yaml"))
        assert gc.isenabled() is collecting
    finally:
        gc.enable()
    assert during == [False]
