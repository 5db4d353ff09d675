"""What users of comparable tools report, tried on this one: each line of what was reported, with a sibling or two.

The mechanism that ends each kind is tested in its own room; here is what the person at the terminal sees.
"""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import DATA, Ran, speak
from reformledger.cli.run import run

TOWN = """\
kind: ledger
year: {year}
title: 某镇改革台账
parts:
  - number: 一
    title: 任务
    tables:
      - id_prefix: t
        kind: task
        rows:
          - id: t-1
            number: 1
            title: 规范办事流程
            leaders: [张三]
            lead_departments: [党政办]
            due: {due}
"""
"""A ledger of another body, without a notice."""

Command = Callable[..., Ran]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in a folder that holds a copy of the 2020 data."""
    shutil.copytree(DATA, tmp_path / "data")
    return _in(tmp_path, monkeypatch, capfd)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Command]:
    """Return a function that writes the ledger of another body, and gives what runs the command line on it."""

    def call(due: str = "年内", year: int = 2020) -> Command:
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / f"ledger_{year}.yaml").write_text(TOWN.format(due=due, year=year), encoding="utf-8")
        return _in(tmp_path, monkeypatch, capfd)

    return call


def _in(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(folder)

    def call(*arguments: str, stdin: str = "") -> Ran:
        if stdin:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capfd.readouterr()
        return Ran(run(arguments), *capfd.readouterr())

    return call


def entry(command: Command, ref: str) -> dict[str, object]:
    """Return the JSON of one entry."""
    shown = json.loads(command("show", ref, "-f", "json").out)
    return dict(shown[0] if isinstance(shown, list) else shown)


def files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in Path("data").glob("[!.]*")}


@pytest.mark.parametrize(
    ("due", "day"), [("每季度末", "2020-04-01"), ("每半年", "2020-07-01"), ("每月底", "2020-02-01")]
)
def test_a_duty_that_nobody_answered_is_red(town: Callable[..., Command], due: str, day: str) -> None:
    command = town(due)
    assert json.loads(command("list", "--as-of", day, "-f", "json").out)[0]["light"] == "red"
    assert "t-1" in command("due", "--as-of", day).out


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        ("每月31日", ["2020-02-29", "2020-04-30"]),
        ("每月30日", ["2020-02-29"]),
        ("每半年", ["2020-06-30", "2020-12-31"]),
    ],
)
def test_a_wording_that_recurs_is_read(town: Callable[..., Command], due: str, ends: list[str]) -> None:
    shown = entry(town(due), "t-1")
    occurrences = shown["occurrences"]
    assert isinstance(occurrences, list)
    assert set(ends) <= {one["end"] for one in occurrences}


@pytest.mark.parametrize(
    ("due", "end"),
    [("两年内", "2021-12-31"), ("十二月月底", "2020-12-31"), ("前三季度", "2020-09-30"), ("三年内", "2022-12-31")],
)
def test_a_wording_that_is_bounded_is_read(town: Callable[..., Command], due: str, end: str) -> None:
    shown = entry(town(due), "t-1")["due"]
    assert isinstance(shown, dict)
    assert shown["end"] == end


@pytest.mark.parametrize("due", ["本月底", "下月底", "本季度末"])
def test_a_wording_that_counts_from_a_day_unknown_gets_no_advice_that_recurs(
    town: Callable[..., Command], due: str
) -> None:
    refused = town(due)("list")
    assert refused.code == 1
    assert due in refused.err
    assert "每" not in refused.err


@pytest.mark.parametrize("due", ["每年2月29日", "每年2月底", "2月29日"])
def test_what_rollover_prints_can_be_typed(town: Callable[..., Command], due: str) -> None:
    command = town(due)
    over = command("rollover", "2021")
    assert over.code == 0, over.err
    for line in (over.out + over.err).splitlines():
        if line.strip().startswith("reformledger "):
            done = command(*shlex.split(line.strip())[1:])
            assert done.code == 0, (line, done.err)


def test_numbers_are_written_as_numbers(command: Command) -> None:
    done = command(
        "progress", "point-4", "--text", "x", "--percent", "050", "--target", "公办幼儿园=010", "--date", "2020-06-30"
    )
    assert done.code == 0, done.err
    report = entry(command, "point-4")["last_report"]
    assert isinstance(report, dict)
    assert report["percent"] == 50
    assert "percent: 50\n" in files()["workpoints_2020.yaml"]
    assert "010" not in files()["workpoints_2020.yaml"]


def test_a_batch_twice_is_written_once(command: Command) -> None:
    batch = json.dumps([{"id": "point-4", "text": "开工", "percent": 20, "date": "2020-06-30"}])
    assert command("progress", "--stdin", "json", stdin=batch).code == 0
    before = files()
    again = command("progress", "--stdin", "json", stdin=batch)
    assert again.code == 0
    assert "already recorded" in (again.out + again.err).lower()
    assert files() == before


def test_evidence_twice_is_kept_once(command: Command) -> None:
    assert command("close", "task-1", "--evidence", "A", "--evidence", "A", "--date", "2020-12-01").code == 0
    assert files()["ledger_2020.yaml"].count("- A\n") == 1


def test_an_entry_twice_names_the_first(command: Command) -> None:
    add = ("add", "--to", "task", "新事项", "lead_departments=基教科")
    assert command(*add).code == 0, command(*add).err
    second = command(*add)
    assert second.code == 0
    assert "task-4" in second.err


@pytest.mark.parametrize("typed", ["谢强 刘自力", "谢强/刘自力", "谢强和刘自力", "谢强与刘自力"])
def test_two_names_in_one_are_refused_with_the_spelling(command: Command, typed: str) -> None:
    before = files()
    refused = command("set", "task-1", f"leaders={typed}")
    assert refused.code == 2
    assert files() == before
    assert "谢强、刘自力" in refused.err


@pytest.mark.parametrize("typed", ["谢强，刘自力", "谢强；刘自力", "谢强、刘自力", " 谢强 、 刘自力 "])
def test_two_names_that_are_parted_are_two(command: Command, typed: str) -> None:
    assert command("set", "task-1", f"leaders={typed}").code == 0
    assert entry(command, "task-1")["leaders"] == ["谢强", "刘自力"]


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("set", "task-1", "leaders=刘自立"), "刘自力"),
        (("add", "--to", "task", "某事", "lead_departments=基教课"), "基教科"),
        (("progress", "task-1", "--text", "x", "--by", "基教课", "--date", "2020-06-30"), "基教科"),
        (("close", "task-1", "--evidence", "x", "--approved-by", "刘自立", "--date", "2020-12-01"), "刘自力"),
        (
            (
                "extend",
                "task-1",
                "--to",
                "2021年6月底前",
                "--reason",
                "x",
                "--approved-by",
                "刘自立",
                "--date",
                "2020-12-01",
            ),
            "刘自力",
        ),
    ],
)
def test_a_new_name_is_written_with_a_note(command: Command, arguments: tuple[str, ...], near: str) -> None:
    done = command(*arguments)
    assert done.code == 0, done.err
    assert near in done.err


QUESTIONS = [
    (("due",), ("--as-of", "2020-07-01"), ("--as-of", "2020-01-02", "--within", "1")),
    (("list",), (), ("--search", "没有的字")),
    (("due",), ("--as-of", "2020-07-01"), ("--as-of", "2020-12-31", "--within", "1")),
    (("reports",), (), ("--as-of", "2020-01-01")),
]


@pytest.mark.parametrize(("question", "full", "empty"), QUESTIONS)
def test_the_columns_of_a_csv_never_depend_on_the_answer(
    command: Command, question: tuple[str, ...], full: tuple[str, ...], empty: tuple[str, ...]
) -> None:
    def rows(*more: str) -> list[list[str]]:
        ran = command(*question, *more, "-f", "csv")
        assert ran.code == 0, ran.err
        return list(csv.reader(io.StringIO(ran.out.lstrip("\ufeff"))))

    assert rows(*full)[0] == rows(*empty)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_heading_of_the_csv_is_taken_as_a_column(
    command: Command, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, language)
    head = next(csv.reader(io.StringIO(command("list", "-f", "csv").out.lstrip("\ufeff"))))
    for heading in head:
        asked = command("list", "--columns", heading)
        assert asked.code == 0, (heading, asked.err)


@pytest.mark.parametrize(
    "arguments", [("list", "--year", "2019"), ("stats", "--year", "2021"), ("star", "--year", "1999")]
)
def test_a_year_that_is_not_there_is_refused(command: Command, arguments: tuple[str, ...]) -> None:
    refused = command(*arguments)
    assert refused.code == 2
    assert "2020" in refused.err


DAYS = [
    "2020年6月30日",
    "2020.6.30",
    "2020/6/30",
    "2020-6-30",
    "20200630",
    "２０２０年６月３０日",
    "2020/06/30",
    " 2020-06-30 ",
]


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_is_read_alike_at_every_door(command: Command, typed: str) -> None:
    batch = json.dumps([{"id": "task-1", "text": "甲", "date": typed}])
    assert command("progress", "task-3", "--text", "乙", "--date", typed).code == 0
    assert command("progress", "--stdin", "json", stdin=batch).code == 0
    assert files()["ledger_2020.yaml"].count("date: 2020-06-30") == 2
    assert (
        command("list", "--as-of", typed, "-f", "json").out
        == command("list", "--as-of", "2020-06-30", "-f", "json").out
    )
    path = Path("data/ledger_2020.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("date: 2020-06-30", f"date: {typed}"), encoding="utf-8")
    report = entry(command, "task-1")["last_report"]
    assert isinstance(report, dict)
    assert report["date"] == "2020-06-30"


@pytest.mark.parametrize("line", ["progres:", "note:", "remarkk:", "contact:"])
def test_a_blank_unknown_key_is_found(command: Command, line: str) -> None:
    path = Path("data/ledger_2020.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("year: 2020\n", f"year: 2020\n{line}\n"), encoding="utf-8")
    refused = command("check")
    assert refused.code == 1
    assert line.rstrip(":") in refused.out + refused.err


@pytest.mark.parametrize(
    "typed", ["攀教体发[2018]37号", "攀教体发［2018］37号", "攀教体发【2018】 37 号", "攀教体发(２０１８)37号"]
)
def test_a_document_number_is_found_in_any_brackets(command: Command, typed: str) -> None:
    as_printed = command("list", "--search", "攀教体发〔2018〕37号", "-f", "json").out
    assert json.loads(as_printed)
    assert command("list", "--search", typed, "-f", "json").out == as_printed


def test_an_invisible_character_does_not_hide_a_title(command: Command) -> None:
    path = Path("data/ledger_2020.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("推进高考改革", "推进高\u200b考改革"), encoding="utf-8")
    assert "task-2" in command("list", "--search", "推进高考改革").out


@pytest.mark.parametrize(
    "name", ["~$ledger_2020.yaml", ".~lock.ledger_2020.yaml#", ".ledger_2020.yaml.swp", "ledger_2020.yaml~"]
)
def test_what_other_programs_leave_is_passed_over(command: Command, name: str) -> None:
    (Path("data") / name).write_bytes(b"\x05\x00owner")
    assert command("list").code == 0
    assert command("progress", "task-1", "--text", "x", "--date", "2020-06-30").code == 0


def test_a_name_without_entries_is_known(command: Command) -> None:
    path = Path("data/directory.yaml")
    known = path.read_text(encoding="utf-8")
    assert "names:" in known
    path.write_text(known.replace("names:\n", "names:\n  - name: 某处\n    kind: office\n", 1), encoding="utf-8")
    told = command("by-department", "某处")
    assert "某处" in told.err + told.out
    assert "no entry names it" in told.err + told.out
    assert "did you mean" not in told.err.lower()


def test_words_that_are_printed_are_words_that_are_taken(command: Command) -> None:
    assert json.loads(command("list", "--status", "未销账", "-f", "json").out) == json.loads(
        command("list", "--status", "open", "-f", "json").out
    )


def test_a_refusal_names_the_ledgers_own_year(town: Callable[..., Command]) -> None:
    refused = town("择机推进落实", 2026)("list")
    assert refused.code != 0
    assert "means: 2026" in refused.err
    assert "2025" not in refused.err


def test_next_years_june_is_read(command: Command) -> None:
    done = command("extend", "task-1", "--to", "明年6月底", "--reason", "省上文件未印发", "--date", "2020-12-01")
    assert done.code == 0, done.err
    due = entry(command, "task-1")["due"]
    assert isinstance(due, dict)
    assert due["end"] == "2021-06-30"


def test_cr_lf_is_written_as_lf(command: Command) -> None:
    done = command("progress", "task-1", "--text", "第一行\r\n第二行\r\n", "--date", "2020-06-30")
    assert done.code == 0, done.err
    assert b"\r" not in Path("data/ledger_2020.yaml").read_bytes()
    report = entry(command, "task-1")["last_report"]
    assert isinstance(report, dict)
    assert report["text"] == "第一行\n第二行"


@pytest.mark.parametrize("key", ["due", "leaders", "outcome"])
def test_a_line_that_looks_like_a_key_without_colon_is_refused(command: Command, key: str) -> None:
    path = Path("data/ledger_2020.yaml")
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "            due: 按省上要求推进\n", f"            remark: 第一行\n              {key} 年内完成\n", 1
    )
    path.write_text(text, encoding="utf-8")
    line = text[: text.index(f"{key} 年内完成")].count("\n") + 1
    refused = command("list")
    assert refused.code != 0
    assert f"ledger_2020.yaml:{line}:" in refused.err
