"""Sentences name places as people do: no key path of the files is in any, in the catalogue or in what is refused."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import catalogue
import pytest
from babel.messages.catalog import Message

from conftest import Run, speak
from reformledger.fields.documents import TABLES, in_words
from reformledger.fields.entry import ENTRY, PHASE
from texts import LEDGER_HEAD

PATH = re.compile(r"\b[a-z_]+\.[0-9]+\b|\b[a-z_]+(?:\.\w+)+[:：]")
"""A key with an index (``progress.0``), or a path of keys before a colon (``phases.第一批.due:``)."""
FILE = re.compile(r"\S*\.ya?ml(?::[0-9]+)*")
LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 集团化办学
            due: 年内
            progress: [{date: 2020-02-01, text: 开会}]
            targets: [{name: 公办幼儿园, value: 4}]
          - id: task-2
            title: 校园足球
            phases: [{name: 第一批, due: 2020年6月}, {name: 第二批}, {name: 第三批}]
"""
)
BAD_WORDS = ["\x07", "150x", "2020-13-45", "甲、、乙"]
DATED = ["--date", "2020-03-01"]


def _sentences(message: Message) -> Iterator[str]:
    for texts in (message.id, message.string):
        yield from [texts] if isinstance(texts, str) else texts or ()


def test_no_sentence_of_the_catalogue_holds_a_path() -> None:
    texts = [text for message in catalogue.sentences(catalogue.translations()) for text in _sentences(message)]
    assert [text for text in texts if PATH.search(FILE.sub("", text))] == []


def _refusable() -> Iterator[list[str]]:
    """Yield edits with words that their field may not take."""
    for word in BAD_WORDS:
        for option in ("--text", "--percent", "--by", "--evidence", "--problems", "--phase", "--for"):
            text = [] if option == "--text" else ["--text", "开会"]
            yield ["progress", "task-1", *text, option, word, *DATED]
        yield ["progress", "task-1", "--text", "开会", "--target", f"公办幼儿园={word}", *DATED]
        for option in ("--evidence", "--approved-by"):
            evidence = [] if option == "--evidence" else ["--evidence", "纪要"]
            yield ["close", "task-1", *evidence, option, word, *DATED]
        yield ["extend", "task-1", "--to", word, "--reason", "暑期", *DATED]
        yield ["extend", "task-1", "--to", "2021", "--reason", word, "--approved-by", word, *DATED]
        yield ["remove", "task-1", "--reason", word, *DATED]
        yield ["add", word, "--to", "task", "--phase", word]
        yield ["set", "task-2", "--add-phase", f"{word}={word}"]
        for key in (
            *ENTRY,
            *(f"due.{key}" for key in ("wording", "means")),
            "paused.until",
            "contact.name",
            "columns.x",
        ):
            yield ["set", "task-1", f"{key}={word}"]
        for key in (*PHASE, "paused.until", "paused.date", "cancelled.date", "due.means", "closed.date"):
            yield ["set", "task-2", f"phases.第三批.{key}={word}"]
            yield ["set", "task-2", f"phases.#1.{key}={word}", f"phases.第二批.{key}="]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Return a folder with the data of a small ledger, in which the commands run."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_refusal_holds_a_path(language: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, language)
    refused: dict[str, str] = {}
    for words in _refusable():
        done = run(*words, "--dry-run")
        if done.code:
            said = done.err
            for word in words:  # what was typed is repeated
                said = said.replace(word.partition("=")[0], "").replace(word, "")
            refused[" ".join(words)] = re.sub(r"reformledger .*|\S*=\S*|--[a-z-]+ .*", "", said)
    assert len(refused) > 200
    assert {words: said for words, said in refused.items() if PATH.search(FILE.sub("", said))} == {}


def test_batch_names_no_path_either(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = [{"id": "task-1", "text": "开会", "percent": "150", "date": "2020-03-01"}]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(batch * 2).encode())))
    done = run("progress", "--stdin", "json", "--dry-run")
    assert "element 2 (progress task-1): percent: “150” is no percentage of the whole." in done.err
    assert not PATH.search(done.err)


DATA = {"progress": [{}], "phases": [{"name": "第一批", "paused": {}}, {}], "columns": {"hotline": "x"}}


@pytest.mark.parametrize(
    ("path", "english", "chinese"),
    [
        (("progress", 0, "percent"), "percentage of report 1", "进展第1条的完成比例"),
        (
            ("phases", 0, "paused", "until"),
            "end of pause of phase “第一批”",
            "分期“第一批”的暂停的恢复日期",
        ),
        (("phases", 1, "count"), "count of phase 2", "分期第2条的子项数"),
        (("leaders", 1), "leader 2", "责任领导第2条"),
        (("phases",), "phases", "分期"),
        (("columns", "hotline"), "column “hotline”", "自设栏目“hotline”"),
        (("progress", 0, "targets", "幼儿园"), "target “幼儿园” of report 1", "进展第1条的指标“幼儿园”"),
        (("star", "note"), "condition of ☆", "☆的条件"),
        (("title",), "title", "名称"),
    ],
)
def test_place_in_words(
    path: tuple[str | int, ...], english: str, chinese: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_words(path, DATA) == english
    speak(monkeypatch, "zh")
    assert in_words(path, DATA) == chinese


def test_every_field_has_a_noun_in_english() -> None:
    nouns = {field.noun() for fields in TABLES for field in fields.values()}
    assert {noun for noun in nouns if not noun or "_" in noun} == set()


@pytest.mark.parametrize(("rows", "said"), [(1, "1 entry: "), (2, "2 entries: ")])
def test_one_is_not_said_as_several(rows: int, said: str, folder: Path, run: Run) -> None:
    path = folder / "data" / "ledger_2020.yaml"
    row = "          - id: task-{n}\n            title: 任务{n}\n            leaders: [谢强]\n            star: ☆\n"
    path.write_text(LEDGER_HEAD + "".join(row.format(n=n) for n in range(rows)), encoding="utf-8")
    for command in (("stats",), ("by-leader",), ("by-leader", "谢强"), ("by-department",)):
        counts = run(*command).out
        assert said in counts, command
    assert f"{said.replace('entr', 'item').replace('itemy', 'item').replace('itemies', 'items')}" in run("star").out
