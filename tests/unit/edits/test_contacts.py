"""A phone number is kept in the contacts of the year, which a command writes, and in no text unless asked for."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Ran
from reformledger import load_book
from reformledger.edits.intents import word_of
from reformledger.edits.transaction import PLANS
from texts import LEDGER_HEAD

ROWS = """\
          - id: task-1
            title: 集团化办学
            due: 每季度末
            targets: [{name: 公办幼儿园, value: 4}]
          - id: task-2
            title: 校园足球
            phases: [{name: 第一批, due: 2020年6月, closed: {date: 2020-03-01, evidence: [纪要]}}]
          - id: task-3
            title: 研学实践
            phases: [{name: 第一批, due: 2020年6月}]
"""
SCHEMA_LINE = "# yaml-language-server: $schema=../schema/ledger.json\n"
PHONE, MASKED = "13908146584", "139****6584"
Edit = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a small ledger of 2020 without contacts; the commands find it from above."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "ledger_2020.yaml").write_text(SCHEMA_LINE + LEDGER_HEAD + ROWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return data


@pytest.fixture
def edit(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Return a function that runs the command line above the data, with a batch on stdin if there is one."""
    from reformledger.cli.run import run

    def call(*arguments: str, stdin: object = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(stdin).encode())))
        code = run(arguments)
        return Ran(code, *capfd.readouterr())

    return call


def contact_of(folder: Path, ref: str) -> tuple[str | None, str | None] | None:
    """Return name and phone of the contact of an entry, as they are read from the files."""
    book = load_book(folder)
    contact = book.contact(book.find(ref))
    return (contact.name, contact.phone) if contact else None


# Numbers in texts

DATED = ("--date", "2020-06-30")
IN_A_TEXT = [
    ("progress", "task-1", "--text", "联系{}", *DATED),
    ("progress", "task-1", "--text", "开会", "--problems", "{}无人接听", *DATED),
    ("progress", "task-1", "--text", "开会", "--by", "基教科{}", *DATED),
    ("progress", "task-1", "--text", "开会", "--evidence", "纪要", "--evidence", "纪要（{}）", *DATED),
    ("waive", "task-1", "--for", "一季度", "--reason", "问过{}", *DATED),
    ("waive", "task-1", "--for", "一季度", "--reason", "停课", "--approved-by", "谢强{}", *DATED),
    ("close", "task-1", "--despite-missed", "不再要求", "--evidence", "{}", *DATED),
    ("close", "task-1", "--despite-missed", "见{}", "--evidence", "纪要", *DATED),
    ("reopen", "task-2", "--phase", "第一批", "--reason", "{}来电", *DATED),
    ("extend", "task-3", "--phase", "第一批", "--to", "2021", "--reason", "{}来电", *DATED),
    ("set", "task-1", "remark=联系人{}"),
    ("set", "task-1", "title=集团化办学 {}"),
    ("set", "task-1", "leaders=谢强、{}"),
    ("set", "task-2", "phases.第一批.result={}"),
    ("set", "task-1", "--add-phase", "请示{}"),
    ("add", "电话{}", "--to", "task"),
    ("add", "新任务", "备注={}", "--to", "task"),
    ("add", "新任务", "--to", "task", "--phase", "请示{}"),
    ("remove", "task-1", "--reason", "{}来电", *DATED),
]


@pytest.mark.parametrize("words", IN_A_TEXT, ids=" ".join)
def test_number_in_a_text_of_any_edit_is_refused_unless_it_is_to_be_kept(
    words: tuple[str, ...], folder: Path, edit: Edit
) -> None:
    before = (folder / "ledger_2020.yaml").read_bytes()
    typed = [word.format(PHONE) for word in words]
    ran = edit(*typed)
    assert (ran.code, ran.out) == (1, "")
    assert "--keep-number" in ran.err
    assert "reformledger set" in ran.err
    assert PHONE not in ran.err
    assert (folder / "ledger_2020.yaml").read_bytes() == before
    kept = edit(*typed, "--keep-number")
    assert kept.code == 0, kept.err
    assert PHONE not in kept.out + kept.err


def test_every_edit_is_tried() -> None:
    edits = {word_of(intent) for intent in PLANS}
    assert {words[0] for words in IN_A_TEXT} == edits


@pytest.mark.parametrize(
    "number",
    [
        "13908146584",
        "１３９０８１４６５８４",
        "139-0814-6584",
        "139 0814 6584",
        "139·0814·6584",
        "+8613908146584",
        "86 13908146584",
        "008613908146584",
        "1390814\u200b6584",
        "张三13908146584、李四",
        "51040219800101123X",  # an identity number (GB 11643) with its check character
    ],
)
def test_number_is_known_however_it_is_written(number: str, edit: Edit) -> None:
    ran = edit("progress", "task-1", "--text", f"联系{number}。", *DATED)
    assert ran.code == 1, ran.out
    assert "--keep-number" in ran.err


@pytest.mark.parametrize(
    "text", ["川教函〔2019〕461号", "投入13800000000元", "共12345678901人", "2020-06-30", "0812-3334455"]
)
def test_other_numbers_are_text(text: str, edit: Edit) -> None:
    assert edit("progress", "task-1", "--text", text, *DATED).code == 0


REPORT: Mapping[str, object] = {"id": "task-1", "text": f"联系{PHONE}", "date": "2020-06-30"}


def test_batch_is_refused_whole_unless_the_number_is_to_be_kept(folder: Path, edit: Edit) -> None:
    harmless = {"id": "task-1", "text": "开会", "date": "2020-05-30"}
    ran = edit("progress", "--stdin", "json", stdin=[harmless, REPORT])
    assert (ran.code, ran.out) == (1, "")
    assert "element 2 (progress task-1): --text" in ran.err
    assert edit("progress", "--stdin", "json", "--dry-run", "--keep-number", stdin=[harmless, REPORT]).code == 0
    assert edit("progress", "--stdin", "json", stdin=[harmless, {**REPORT, "keep_number": True}]).code == 0
    assert PHONE in (folder / "ledger_2020.yaml").read_text(encoding="utf-8")


# Contacts


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        (["联系人=李四", f"电话={PHONE}"], ("李四", PHONE)),
        (["contact=李四", f"phone={PHONE}"], ("李四", PHONE)),
        (["contact.name=李四", f"contact.phone={PHONE}"], ("李四", PHONE)),
        (["联系人.姓名=李四", f"联系人.电话={PHONE}"], ("李四", PHONE)),
        ([f"联系人=李四 {PHONE}"], ("李四", PHONE)),  # as a table prints both in one cell
        ([f"联系人=李四（{PHONE}）"], ("李四", PHONE)),
        (["联系电话=１３９０８１４６５８４"], (None, PHONE)),
        (["联系人=李四"], ("李四", None)),
        (["联系人=李四", "电话=0812-3334455"], ("李四", "0812-3334455")),
    ],
)
def test_contact_is_set_and_taken_back(
    words: list[str], contact: tuple[str | None, str | None], folder: Path, edit: Edit
) -> None:
    ledger = (folder / "ledger_2020.yaml").read_bytes()
    tried = edit("set", "task-1", *words, "--dry-run")
    assert not (folder / "contacts_2020.yaml").exists()
    ran = edit("set", "task-1", *words)
    assert (ran.code, ran.out) == (0, tried.out), ran.err
    for number in (PHONE, "3334455"):
        assert number not in ran.out + ran.err
    assert contact_of(folder, "task-1") == contact
    made = folder / "contacts_2020.yaml"
    assert made.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../schema/contacts.json\n")
    if sys.platform != "win32":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert (folder / "ledger_2020.yaml").read_bytes() == ledger
    assert "contacts_2020.yaml" in ran.err
    assert edit("undo").code == 0
    assert not made.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o664, 0o600])
def test_new_contacts_are_for_those_who_read_the_ones_before(folder: Path, edit: Edit, mode: int) -> None:
    before = folder / "contacts_2019.yaml"
    before.write_text("kind: contacts\nyear: 2019\ncontacts: {task-1: {name: 王影}}\n", encoding="utf-8")
    before.chmod(mode)
    ran = edit("set", "task-1", "联系人=李四")
    assert ran.code == 0, ran.err
    assert "contacts_2019.yaml" in ran.err
    assert stat.S_IMODE((folder / "contacts_2020.yaml").stat().st_mode) == mode


def test_contacts_file_that_is_there_is_changed_where_it_must_be(folder: Path, edit: Edit) -> None:
    text = "kind: contacts\nyear: 2020\ncontacts:\n  task-2: # 以短信联系\n    name: 王影\n    phone: 13340726111\n"
    path = folder / "contacts_2020.yaml"
    path.write_text(text, encoding="utf-8")
    assert edit("set", "task-1", "联系人=李四").code == 0
    assert path.read_text(encoding="utf-8") == text + "  task-1:\n    name: 李四\n"
    assert edit("set", "task-2", f"电话={PHONE}").code == 0
    assert contact_of(folder, "task-2") == ("王影", PHONE)
    assert "# 以短信联系" in path.read_text(encoding="utf-8")
    assert edit("set", "task-2", "phone=").code == 0
    assert contact_of(folder, "task-2") == ("王影", None)
    assert edit("set", "task-2", "联系人=").code == 0
    assert contact_of(folder, "task-2") is None
    for _each in range(4):
        assert edit("undo").code == 0
    assert path.read_text(encoding="utf-8") == text


def test_contact_of_a_new_entry_and_of_several_in_a_batch(folder: Path, edit: Edit) -> None:
    assert edit("add", "新任务", "联系人=赵六", f"电话={PHONE}", "备注=新增", "--to", "task").code == 0
    assert contact_of(folder, "task-4") == ("赵六", PHONE)
    assert edit("undo").code == 0
    batch = [
        {"id": "task-1", "fields": {"联系人": "李四", "电话": PHONE}},
        {"id": "task-2", "fields": {"contact": "王五", "remark": "附注"}},
    ]
    assert edit("set", "--stdin", "json", stdin=batch).code == 0
    assert (contact_of(folder, "task-1"), contact_of(folder, "task-2")) == (("李四", PHONE), ("王五", None))
    assert edit("undo").code == 0
    assert [path.name for path in sorted(folder.glob("*.yaml"))] == ["ledger_2020.yaml"]


def test_element_that_is_refused_leaves_no_contacts_file(folder: Path, edit: Edit) -> None:
    batch = [
        {"id": "task-1", "fields": {"联系人": "李四"}},
        {"id": "task-1", "fields": {"联系人": "李四、王五"}},
    ]
    ran = edit("set", "--stdin", "json", stdin=batch)
    assert ran.code == 2
    assert "element 2 (set task-1): name of contact “task-1”: " in ran.err
    assert not (folder / "contacts_2020.yaml").exists()


def test_contacts_file_that_was_not_read_is_not_overwritten(folder: Path, edit: Edit) -> None:
    (folder / "contacts_2020.yaml").write_text("kind: contacts\nyear: 2020\ncontacts: {}\n", encoding="utf-8")
    ran = edit("set", "task-1", "联系人=李四", "--data", "data/ledger_2020.yaml")
    assert (ran.code, ran.err) == (
        1,
        "data/contacts_2020.yaml is there, but was not read. Name it too: --data data/contacts_2020.yaml\n",
    )
    assert edit("set", "task-1", "联系人=李四").code == 0
    assert contact_of(folder, "task-1") == ("李四", None)


def test_column_that_a_table_prints_itself_is_that_column(folder: Path, edit: Edit) -> None:
    path = folder / "ledger_2020.yaml"
    columns = "        columns: {title: 任务, hotline: 电话}\n        rows:"
    path.write_text(path.read_text(encoding="utf-8").replace("        rows:", columns), encoding="utf-8")
    assert edit("set", "task-1", "电话=12345").code == 0
    assert 'hotline: "12345"' in path.read_text(encoding="utf-8")
    assert edit("set", "task-1", f"电话={PHONE}").code == 1
    assert edit("set", "task-1", f"phone={PHONE}").code == 0
    assert contact_of(folder, "task-1") == (None, PHONE)


def test_number_that_nobody_can_dial_is_said(edit: Edit) -> None:
    ran = edit("set", "task-1", "电话=1390814658")
    assert ran.code == 0
    assert "Nobody can dial" in ran.err
    assert "1390814658" not in ran.out
