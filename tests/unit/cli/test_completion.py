"""Shell completion: the names, ids and words of the data that the command line would read, in every shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import speak
from reformledger.cli.run import run

Complete = Callable[..., str]
LEDGER = """\
kind: ledger
year: 2021
title: 台账
parts:
  - title: 一
    tables:
      - id_prefix: task
        rows:
          - {id: task-9, title: 二, leaders: [刘新]}
"""

# How each shell hands over the words typed so far: environment variables of Typer's protocol.
SHELLS: dict[str, Callable[[str], dict[str, str]]] = {
    "bash": lambda line: {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)},
    "zsh": lambda line: {"_TYPER_COMPLETE_ARGS": line},
    "fish": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    "pwsh": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.split(" ")[-1]},
}


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Complete:
    """Return a function that completes a command line, whose last word is not finished, in a shell."""

    def offered(line: str, shell: str = "bash") -> str:
        with monkeypatch.context() as environment:
            environment.setenv("_REFORMLEDGER_COMPLETE", f"complete_{shell}")
            for name, value in SHELLS[shell](f"reformledger {line}").items():
                environment.setenv(name, value)
            assert run([]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return offered


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "words", "others"),
    [
        ("by-leader 刘", ["刘自力"], ["谢强"]),
        ("by-department 政策", ["政策法规科"], ["基教科"]),
        ("show key-", ["key-scheme-1", "key-scheme-2"], ["scheme-3"]),
        ("list --status ove", ["overdue"], ["closed"]),
        ("by-", ["by-leader", "by-department"], ["list"]),
        ("set task-1 docu", ["document_number="], ["outcome="]),
        ("set task-1 leaders=刘", ["leaders=刘自力"], ["leaders=谢强"]),
        ("list --where leaders=刘", ["leaders=刘自力"], ["leaders=谢强"]),
        ("progress point-4 --target 公办幼", ["公办幼儿园="], ["公办和普惠性幼儿园学位比例="]),
        ("close task-1 --approved-by 刘", ["刘自力"], ["谢强"]),
        ("log key-", ["key-scheme-1", "key-scheme-2"], ["scheme-3"]),
        ("log --field 完成", ["完成时限"], ["责任领导"]),
    ],
)
def test_each_shell_is_offered_what_begins_so(
    complete: Complete, shell: str, line: str, words: list[str], others: list[str]
) -> None:
    offered = complete(line, shell)
    assert [word for word in words if word not in offered] == []
    assert [word for word in others if word in offered] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("list --leader 李", ["李刚"]),
        ("list --department 法规", ["法规科"]),  # as some rows print it
        ("list --columns docu", ["document_number"]),
        ("list --columns 文", ["文号", "文件"]),
        ("list --where docu", ["document_number="]),
        ("list --where docu --search x --where star_n", ["star_note="]),
        ("list --where level=省", ["level=省级部署在攀改革试点"]),
        ("list --where=责任领导=田", ["责任领导=田龙", "责任领导=田龙、刘自力"]),
        ("list --where leaders=蒋", ["leaders=蒋莉娟"]),
        ("list --where status=not", ["status=not_started"]),
        ("list --where no_such=", []),
        ("list --year ", ["2020"]),
        ("list --columns id,docu", ["id,document_number"]),
        ("list --columns id，docu", ["id，document_number"]),
        ("list --sort d", ["due", "department", "days_left"]),
        ("list --kind pi", ["pilot"]),
        ("list --format c", ["csv"]),
        ("explain RL10", ["RL101", "RL102", "RL103", "RL104", "RL105"]),
        ("explain unre", ["unreported"]),
        ("explain 滞", ["滞后"]),
        ("close pilot-7 --phase 第一", ["第一批"]),
        ("progress pilot-7 --phase 第二", ["第二批"]),
        ("close task-1 --phase ", []),
        ("close pilot-7 --phase=第一", ["第一批"]),
        ("show no-such-", []),
        ("progress point-4 --target ", ["公办和普惠性幼儿园学位比例=", "公办幼儿园="]),
        ("progress point-4 --target 公办幼", ["公办幼儿园="]),
        ("progress point-4 --target 公办幼儿园=", ["公办幼儿园=4"]),
        ("progress task-1 --target ", []),
        ("progress scheme-1 --by ", ["政策法规科"]),
        ("progress scheme-1 --by 法规", ["法规科"]),  # as the row prints it
        ("progress scheme-1 --by 人", ["人事科"]),  # another's
        ("close task-1 --approved-by 马", ["马晓凤"]),
        ("set task-1 docu", ["document_number="]),
        ("set task-1 牵头科", ["牵头科室="]),
        ("set task-1 牵头科室=职", ["牵头科室=职成高教科"]),
        ("set task-1 备", ["备注=", "备注.条件=", "备注.期名="]),  # so is the column of the ☆ headed
        ("set task-1 leaders=谢", ["leaders=谢强"]),
        ("set task-1 leaders=谢强、李", ["leaders=谢强、李刚"]),
        ("set task-1 star=", ["star=☆"]),
        ("set task-1 implements=point-15", ["implements=point-15"]),
        ("set task-1 due", ["due=", "due.wording=", "due.means="]),
        ("set task-1 due=年", ["due=年内完成"]),
        ("set task-1 title=", ["title=深化产教融合、校企合作"]),
        ("set pilot-1 level=市", ["level=市级自行部署改革试点"]),
        ("set pilot-7 phases.第一批.res", ["phases.第一批.result="]),
        ("set pilot-7 分期.第一批.完成情", ["分期.第一批.完成情况="]),
        ("set no-such-1 ", []),
        ("set task-1 no_such=", []),
        ("add 新任务 --to task docu", ["document_number="]),
        ("add 新任务 --to task leaders=蒋", ["leaders=蒋莉娟"]),
        ("add 新任务 leaders=", []),  # the table is not known yet
    ],
)
def test_words_that_are_offered(complete: Complete, line: str, words: list[str]) -> None:
    assert complete(line).split() == words


# Pieces as bash 5.2 makes them: of words at = and :, outside of quotes; the last is at the cursor.
@pytest.mark.parametrize(
    ("pieces", "offered"),
    [
        (["set", "task-1", "leaders", "=", "谢"], ["谢强"]),
        (["set", "task-1", "title", "="], ["深化产教融合、校企合作"]),
        (["set", "task-1", "text", "=", "甲", ":", "乙", "leaders", "=", "谢强、李"], ["谢强、李刚"]),
        (["set", "task-1", "'leaders=谢"], ["leaders=谢强"]),
        (["set", "task-1", ""], ["document_number="]),
        (["set", "task-1", "remark", "=", ""], ["document_number="]),  # a blank is behind the =
        (["close", "pilot-7", "--phase", "=", "第一"], ["第一批"]),
        (["close", "pilot-7", "--phase", "="], ["第一批"]),
        (["list", "--where", "=", "leaders", "=", "蒋"], ["蒋莉娟"]),
        # Behind a word that is the only one bash puts a blank; so there are two.
        (["set", "task-1", "docu"], ["document_number=", "document_number=…"]),
        (["set", "task-9", "title", "="], [r"Plan\ \(draft\)\ \&\ 'more'".replace("'", r"\'")]),
        (["set", "task-9", '"title=Plan ('], ["title=Plan (draft) & 'more'"]),
    ],
)
def test_bash_is_given_what_it_puts_in(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    pieces: list[str],
    offered: list[str],
) -> None:
    if "task-9" in pieces:
        path = tmp_path / "ledger_2021.yaml"
        path.write_text(LEDGER.replace("title: 二", '"title": "Plan (draft) & \'more\'"'), encoding="utf-8")
        monkeypatch.setenv("REFORMLEDGER_DATA", str(path))
    monkeypatch.setenv("_REFORMLEDGER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "\n".join(["reformledger", *pieces]))
    monkeypatch.setenv("COMP_CWORD", str(len(pieces)))
    assert run([]) == 0
    words = capfd.readouterr().out.splitlines()
    assert words[: len(offered)] == offered if pieces[-1] else offered[0] in words


@pytest.mark.parametrize(
    ("language", "columns", "field"),
    [("en", ["leaders", "lead_departments"], "leaders="), ("zh", ["责任领导", "牵头单位"], "责任人=")],
)
def test_what_is_offered_is_in_the_language_of_the_user_and_is_taken(
    complete: Complete,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    language: str,
    columns: list[str],
    field: str,
) -> None:
    speak(monkeypatch, language)
    offered = complete("list --columns ").split()
    assert [column for column in columns if column not in offered] == []
    assert run(["list", "--columns", ",".join(offered)]) == 0
    capfd.readouterr()
    conditions = complete("list --where ").split()
    assert conditions == [f"{column}=" for column in offered]
    for condition in conditions[::9]:
        for value in filter(None, complete(f"list --where {condition}").splitlines()[:1]):
            assert run(["list", "--where", value, "--format", "csv"]) == 0
            assert len(capfd.readouterr().out.splitlines()) > 1  # a heading, and what says so
    fields = complete("set pilot-7 ").split()
    assert field in fields
    # What an entry has can be set, and changes nothing.
    held = [values[0] for name in fields if (values := complete(f"set pilot-7 {name}").split())]
    assert len(held) > 5
    capfd.readouterr()
    assert run(["set", "pilot-7", *held, "--dry-run"]) == 0


def test_people_who_approved_before_come_first(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    closed = "closed: {date: 2021-03-01, evidence: [报告], approved_by: 周明}"
    path.write_text(LEDGER.replace("title: 二,", f"title: 二, {closed},"), encoding="utf-8")
    assert complete(f"waive task-9 --data {path} --approved-by ").split() == ["周明", "刘新"]


def test_departments_of_the_entry_are_offered_with_those_of_its_groups(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER.replace("title: 二,", "title: 二, lead_departments: [各科室],"), encoding="utf-8")
    directory = tmp_path / "directory.yaml"
    names = "{name: 各科室, kind: group, members: [甲科, 乙科]}, {name: 甲科, kind: office}, {name: 乙科, kind: office}"
    directory.write_text(f"kind: directory\nnames: [{names}]\n", encoding="utf-8")
    assert complete(f"progress task-9 --data {tmp_path} --by ").split() == ["各科室", "甲科", "乙科"]


def test_targets_of_a_phase_come_first(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    both = "targets: [{name: 全年, value: 9}], phases: [{name: 上半年, targets: [{name: 半年, value: 4}]}]"
    path.write_text(LEDGER.replace("title: 二,", f"title: 二, {both},"), encoding="utf-8")
    assert complete(f"progress task-9 --data {path} --phase 上半年 --target ").split() == ["半年=", "全年="]
    assert complete(f"progress task-9 --data {path} --target ").split() == ["全年="]


def test_no_number_is_offered_that_is_shown_masked(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER.replace("title: 二,", "title: 二, remark: 电话 13882365088,"), encoding="utf-8")
    assert complete(f"set task-9 --data {path} remark=").split() == []


def test_occurrences_of_the_entry_are_offered(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER.replace("title: 二,", "title: 二, due: 每半年,"), encoding="utf-8")
    offered = ["2021年上半年", "2021年下半年"]
    assert complete(f"progress task-9 --data {path} --for ").split() == offered
    assert complete(f"waive task-9 --data {path} --for 2021年上").split() == offered[:1]


@pytest.mark.parametrize("typed", ["", "＃"])
def test_milestones_of_one_name_are_offered_by_their_place(complete: Complete, tmp_path: Path, typed: str) -> None:
    path = tmp_path / "ledger_2021.yaml"
    phases = "phases: [{name: 推进会}, {name: 推进会}, {name: 总结}]"
    path.write_text(LEDGER.replace("title: 二,", f"title: 二, {phases},"), encoding="utf-8")
    offered = complete(f"close task-9 --data {path} --phase {typed}").split()
    # A half-width # would begin a comment in the shell.
    assert offered == ["＃1", "＃2", *([] if typed else ["总结"])]


def test_names_are_those_of_the_data_that_are_named(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    assert complete(f"by-leader --data {path} 刘").split() == ["刘新"]
    assert complete(f"show --data {path} t").split() == ["task-9"]


def test_bodies_of_a_data_set_are_offered(
    complete: Complete, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    folders = [tmp_path / name for name in ("盐边县", "米易县", "盐源县")]
    for folder in folders:
        folder.mkdir()
        (folder / "ledger_2021.yaml").write_text(LEDGER, encoding="utf-8")
    assert run(["gather", *map(str, folders), "--to", str(tmp_path / "province")]) == 0
    capfd.readouterr()
    assert complete(f"list --data {tmp_path / 'province'} --body 盐").split() == ["盐源县", "盐边县"]
    assert complete(f"list --data {folders[0]} --body 盐").split() == []


@pytest.mark.parametrize("content", ["kind: ledger\nyear: 202\n", "kind: [\n", ""])
def test_data_that_cannot_be_read_offer_nothing_and_say_nothing(
    complete: Complete, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(content, encoding="utf-8")
    assert complete(f"by-leader --data {path} ").split() == []


@pytest.mark.parametrize("shell", [*SHELLS, "powershell"])
def test_each_shell_gets_a_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_REFORMLEDGER_COMPLETE", f"source_{shell}")
    assert run([]) == 0
    assert "_REFORMLEDGER_COMPLETE" in capfd.readouterr().out
