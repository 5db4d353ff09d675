"""``diff``, ``log`` and ``show --history`` as their users run them."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run
from histories import Revision, git, write_history
from reformledger.cli.app import command
from texts import LEDGER_HEAD

pytestmark = [pytest.mark.programs, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

LEDGER = (DATA / "ledger_2020.yaml").read_text(encoding="utf-8")
POINTS = (DATA / "workpoints_2020.yaml").read_text(encoding="utf-8")
REPORT = """\
            progress:
              - date: 2020-06-01
                text: 起步
                by: 社体科
"""
EXTENSION = """\
            extensions:
              - date: 2020-09-10
                from: 年内完成
                to: 2021年6月底前
                reason: 疫情影响
"""
TASK_3 = "            outcome: 对接“体医结合、资源共享”的健康促进政策\n"
REPORTED = LEDGER.replace(TASK_3, TASK_3 + REPORT)
DUE_BEFORE_IT = f"            due: 年内完成\n{TASK_3}"
EXTENDED = REPORTED.replace(DUE_BEFORE_IT, DUE_BEFORE_IT.replace("年内完成", "2021年6月底前")).replace(
    REPORT, REPORT + EXTENSION
)


def said(**texts: str) -> dict[str, bytes | None]:
    return {f"data/{name}_2020.yaml": text.encode() for name, text in texts.items()}


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """Return a repository: issued in May, a report in June, the deadline moved in September."""
    revisions = [
        Revision(date(2020, 5, 13), said(ledger=LEDGER, workpoints=POINTS), "办公室", "印发"),
        Revision(date(2020, 6, 3), said(ledger=REPORTED), "李艺", "六月进展"),
        Revision(date(2020, 9, 11), said(ledger=EXTENDED), "政策法规科", "延期"),
    ]
    write_history(tmp_path / "bureau", revisions)
    return tmp_path / "bureau"


def asked(run: Run, bureau: Path, *arguments: str) -> Any:
    """Return the answer as JSON of a question that is answered without a word on stderr."""
    ran = run(*arguments, "--data", str(bureau / "data"), "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def rows(run: Run, bureau: Path, *arguments: str) -> list[list[str]]:
    ran = run(*arguments, "--data", str(bureau / "data"), "-f", "csv")
    assert ran.code == 0, ran.err
    return list(csv.reader(StringIO(ran.out)))


def test_who_moved_the_deadline(run: Run, bureau: Path) -> None:
    (moved,) = asked(run, bureau, "log", "--field", "due")["items"]
    assert (moved["day"], moved["author"], moved["subject"]) == ("2020-09-11", "政策法规科", "延期")
    assert (moved["ref"], moved["change"], moved["path"]) == ("2020/task-3", "recorded", ["extensions"])
    assert moved["after"]["reason"] == "疫情影响"
    assert asked(run, bureau, "log", "--field", "完成时限")["items"] == [moved]


def test_the_life_of_one_entry_in_one_line_of_time(run: Run, bureau: Path) -> None:
    items = asked(run, bureau, "log", "task-3")["items"]
    assert [(each["day"], each["change"], each["entered"]) for each in items] == [
        ("2020-09-10", "recorded", "2020-09-11"),
        ("2020-06-01", "recorded", "2020-06-03"),
        ("2020-05-13", "added", None),
    ]
    assert asked(run, bureau, "show", "task-3", "--history")["log"] == items
    assert "log" not in asked(run, bureau, "show", "task-3")


def test_show_tells_nothing_of_later_days(run: Run, bureau: Path) -> None:
    log = asked(run, bureau, "show", "task-3", "--history", "--as-of", "2020-06-30")["log"]
    assert [each["day"] for each in log] == ["2020-06-01", "2020-05-13"]


def test_since_a_day_a_late_record_is_marked(run: Run, bureau: Path) -> None:
    answer = asked(run, bureau, "diff", "--since", "2020-06-02")
    assert [(each["path"], each["late"]) for each in answer["items"]] == [(["progress"], True), (["extensions"], False)]
    assert answer["totals"] == {"differences": 2, "entries": 1, "late": 1}
    assert "entered late" in run("diff", "--since", "2020-06-02", "--data", str(bureau / "data")).out


def test_before_the_first_commit_the_records_tell(run: Run, bureau: Path) -> None:
    ran = run("diff", "--since", "2020-05-01", "--data", str(bureau / "data"), "-f", "json")
    assert [each["path"] for each in json.loads(ran.out)["items"]] == [["progress"], ["extensions"]]
    assert "2020-05-01" in ran.err
    assert "records" in ran.err


def test_a_table_s_own_column_is_called_as_it_is_printed(run: Run, tmp_path: Path) -> None:
    own = LEDGER.replace("          star: 备注\n", "          star: 备注\n          funding: 经费\n", 1)
    spent = own.replace(
        "            star: ☆\n", "            star: ☆\n            columns:\n              funding: 20万元\n", 1
    )
    days = [(date(2020, 5, 13), own), (date(2020, 6, 1), spent)]
    write_history(tmp_path, [Revision(day, said(ledger=text)) for day, text in days])
    for question in (["log", "--limit", "1"], ["log", "task-1", "--limit", "1"], ["diff", "HEAD~1"]):
        (item,) = asked(run, tmp_path, *question)["items"]
        assert (item["path"], item["what"]) == (["columns", "funding"], "经费")
    for field in ("funding", "经费"):
        assert len(asked(run, tmp_path, "log", "--field", field)["items"]) == 1
        assert len(asked(run, tmp_path, "log", "task-1", "--field", field)["items"]) == 1


def test_by_an_author_or_the_department_of_a_report(run: Run, bureau: Path) -> None:
    for name in ("李艺", "社体科"):
        assert [each["change"] for each in asked(run, bureau, "log", "--by", name)["items"]] == ["recorded"]
    ran = run("log", "--by", "李义", "--data", str(bureau / "data"))
    assert ran.code == 2
    assert "李艺" in ran.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["diff", "HEAD~1", "HEAD", "HEAD"], "Two revisions"),
        (["diff", "HEAD~1..HEAD"], "HEAD~1 HEAD"),
        (["diff", "nonsense"], "HEAD~1"),
        (["diff", "HEAD~1", "--since", "2020-06-01"], "--since"),
        (["log", "task-99"], "no entry"),
        (["log", "--field", "deu"], "due"),
    ],
)
def test_what_is_wrong_is_named(arguments: Sequence[str], named: str, run: Run, bureau: Path) -> None:
    ran = run(*arguments, "--data", str(bureau / "data"))
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err


@pytest.mark.parametrize("arguments", [["diff"], ["log"], ["log", "task-1"], ["show", "task-1", "--history"]])
def test_without_a_repository_it_is_said_what_to_do(arguments: Sequence[str], run: Run, tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    ran = run(*arguments, "--data", str(tmp_path / "data"))
    assert (ran.code, ran.out) == (1, "")
    assert "git init" in ran.err


def test_columns_and_keys_do_not_depend_on_what_is_found(run: Run, bureau: Path, tmp_path: Path) -> None:
    write_history(tmp_path / "still", [Revision(date(2020, 5, 13), said(ledger=LEDGER_HEAD.rstrip() + " []\n"))])
    for question in (["diff"], ["diff", "HEAD~2"], ["diff", "--since", "2020-06-02"]):
        still = ["diff", *(["HEAD"] if len(question) > 1 else [])]
        assert rows(run, bureau, *question)[0] == rows(run, tmp_path / "still", *still)[0]
        assert list(asked(run, bureau, *question)) == ["old", "new", "items", "totals"]
    heads = [rows(run, folder, "log")[0] for folder in (bureau, tmp_path / "still")]
    assert heads[0] == heads[1] == rows(run, bureau, "log", "task-3")[0] == rows(run, bureau, "log", "--limit", "0")[0]
    items = asked(run, bureau, "log")["items"]
    assert len({tuple(each) for each in items}) == 1


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "md", "csv", "json", "txt"])
@pytest.mark.parametrize("arguments", [["diff", "HEAD~2"], ["log"], ["show", "task-3", "--history"]], ids=" ".join)
def test_every_format_has_it(arguments: Sequence[str], ending: str, run: Run, bureau: Path, tmp_path: Path) -> None:
    file = tmp_path / f"answer.{ending}"
    ran = run(*arguments, "--data", str(bureau / "data"), "-o", str(file))
    assert ran.code == 0, ran.err
    assert file.stat().st_size


def test_a_colour_code_in_the_name_of_an_author_is_shown_and_does_nothing(run: Run, tmp_path: Path) -> None:
    write_history(tmp_path, [Revision(date(2020, 5, 13), said(ledger=LEDGER), "\x1b[31m红", "\x1b]0;题\x07")])
    ran = run("log", "--data", str(tmp_path / "data"), "--limit", "1")
    assert "\x1b" not in ran.out
    assert "红" in ran.out


def test_a_page_of_text_as_the_name_of_an_author_is_cut_where_it_is_read(run: Run, tmp_path: Path) -> None:
    name = "长" * 200
    write_history(tmp_path / "bureau", [Revision(date(2020, 5, 13), said(ledger=LEDGER), name)])
    ran = run("log", "task-3", "--data", str(tmp_path / "bureau" / "data"))
    assert "长" * 23 + "…" in ran.out
    assert "长" * 24 not in ran.out
    assert name in rows(run, tmp_path / "bureau", "log", "task-3")[1]
    assert asked(run, tmp_path / "bureau", "log", "task-3")["items"][0]["author"] == name


def test_a_limit_says_that_there_are_more(run: Run, bureau: Path) -> None:
    data = ("--data", str(bureau / "data"))
    assert run("log", "task-3", "--limit", "1", *data).out.endswith("1 change; there are more (--limit).\n")
    assert run("log", "task-3", "--limit", "0", *data).out.endswith("0 changes; there are more (--limit).\n")
    assert run("log", "task-3", "--limit", "9", *data).out.endswith("3 changes.\n")


def test_a_document_names_the_matters(run: Run, bureau: Path, tmp_path: Path) -> None:
    ran = run("log", "--data", str(bureau / "data"), "-o", str(tmp_path / "log.docx"))
    assert ran.code == 0, ran.err
    assert "完善国民健康政策" in zipfile.ZipFile(tmp_path / "log.docx").read("word/document.xml").decode()


def test_phone_numbers_are_masked_wherever_they_were(run: Run, tmp_path: Path) -> None:
    contacts = "kind: contacts\nyear: 2020\ncontacts:\n  task-1:\n    name: 张三\n    phone: {}\n"
    numbers = ["13812345678", "13987654321"]
    revisions = [
        Revision(date(2020, 5, day), {"data/contacts_2020.yaml": contacts.format(number).encode()})
        for day, number in enumerate(numbers, 13)
    ]
    write_history(tmp_path, [revisions[0]._replace(files={**revisions[0].files, **said(ledger=LEDGER)}), revisions[1]])
    for question in (["log"], ["diff", "HEAD~1", "HEAD"]):
        for name in ("json", "csv", "table"):
            out = run(*question, "--data", str(tmp_path / "data"), "-f", name).out
            assert not [number for number in numbers if number in out]


def test_files_that_were_not_committed_and_are_ignored_are_left_out(run: Run, bureau: Path) -> None:
    shutil.copy(DATA / "contacts_2020.yaml", bureau / "data")
    (bureau / ".gitignore").write_text("contacts_*\n", encoding="utf-8")
    ran = run("diff", "--data", str(bureau / "data"), "-f", "json")
    assert json.loads(ran.out)["items"] == []
    assert "contacts_2020.yaml" in ran.err


def test_nothing_in_the_repository_is_written(run: Run, bureau: Path) -> None:
    def all_of_it() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in bureau.rglob("*") if path.is_file()}

    before = all_of_it()
    for question in (["diff"], ["log"], ["log", "task-3"], ["diff", "--since", "2020-06-02"]):
        run(*question, "--data", str(bureau / "data"))
    assert all_of_it() == before


def test_a_clone_that_is_shallow_says_where_it_begins(run: Run, bureau: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{bureau.as_posix()}", "shallow")
    ran = run("log", "--data", str(tmp_path / "shallow" / "data"), "-f", "json")
    assert json.loads(ran.out)["items"] == []
    assert "--unshallow" in ran.err


def test_the_panel_of_the_help_page_has_both() -> None:
    assert {"diff", "log"} <= set(command().commands)
