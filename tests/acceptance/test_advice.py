"""What the program says to type works when it is typed: every sentence that holds a command, an option or a field.

Each is provoked on a ledger of 2023, in both languages; what it says is taken from what was printed, what it leaves
open (…, NAME) is filled in, and the command line is run.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import catalogue
import pytest
import typer

from conftest import Run, speak
from reformledger import i18n
from reformledger.cli.app import PANELS, command

TODAY = date(2023, 9, 15)
FILES = {
    "workpoints_2023.yaml": """\
kind: workpoints
year: 2023
title: 要点
sections:
  - number: 一
    title: 教学
    points:
      - {id: point-1, number: 1, title: 教研, lead_departments: [教研室], due: 年内}
      - {id: point-2, number: 2, title: 招生, lead_departments: [招生科], due: 年内}
""",
    "ledger_2023.yaml": """\
kind: ledger
year: 2023
title: 台账
parts:
  - number: 一
    title: 改革任务台账
    tables:
      - id_prefix: task
        title: 甲表
        columns: {title: 改革任务, due: 进度安排, funding: 经费}
        rows:
          - id: task-1
            title: 套改
            lead_departments: [人事科]
            due: 2023-12-31
            implements: [point-1, point-2]
          - id: task-2
            title: 培训
            due: 2023-12-31
            phases:
              - {name: 第一批 (甲组), due: 2023-06-30}
              - {name: 第二批, due: 2023-10-31, cancelled: {date: 2023-07-10, reason: 并入}}
              - {name: 第三批, due: 2023-11-30}
          - {id: task-3, title: 讲座, due: 3月：讲座；4月：调研}
          - {id: task-4, title: 月报, lead_departments: [人事科], due: 每月底}
          - {id: task-5, title: 长期, due: 长期坚持}
          - id: task-6
            title: 已办
            due: 6月底
            closed: {date: 2023-06-20, evidence: [批复]}
          - id: task-7
            title: 分期
            phases:
              - {name: 试点, due: 2023-06-30, closed: {date: 2023-06-01, evidence: [批复]}}
              - {name: 推广, due: 2023-09-10}
          - id: task-8
            title: 全结
            phases:
              - {name: 一期, due: 2023-03-31, closed: {date: 2023-03-01, evidence: [批复]}}
              - {name: 二期, due: 2023-06-30, closed: {date: 2023-06-01, evidence: [批复]}}
          - {id: task-9, title: 一次, due: 2023-06-30, lead_departments: [人事科]}
          - {id: task-10, title: 共时, due: 2023-12-31, phases: [{name: 东区}, {name: 西区}]}
          - {id: task-11, title: 季报, lead_departments: [人事科], due: 每季度末}
      - id_prefix: other
        title: 乙表
        rows:
          - {id: other-1, title: 其他}
  - number: 二
    title: 试点台账
    count: 1个
    tables:
      - id_prefix: pilot
        title: 丙表
        rows:
          - {id: pilot-1, title: 试行}
""",
}
LEFT_OPEN = {
    "--reason": "会议研究决定",
    "--evidence": "验收报告",
    "--text": "已开展",
    "--to": "2025-06",
    "--for": "10月",
    "--phase": "第一批 (甲组)",
    "--department": "人事科",
    "--where": "title=套改",
    "--despite-missed": "已合并报送",
    "--data": "../data",
    "--output": "answer.md",
    "--format": "json",
    "--as-of": "2030-01-01",
    "--add-phase": "第四批",
    "--status": "逾期",
    "--limit": "100",
    "init": "new",
    "explain": "RL101",
}
"""What a person fills in behind each word."""
FIELDS = {
    "due": "2024年底",
    "due.means": "2023",
    "phases.NAME.result": "完成",
    "columns.KEY": "5",
    "acknowledged.CODE": "已核对",
    "persons.ROLE": "张三",
    "paused.date": "2023-09-01",
    "paused.reason": "等批复",
    "remark": "说明",
    "number": "9",
}
NAMES = {
    **dict.fromkeys(("NAME", "期名"), "第三批"),
    **dict.fromkeys(("KEY", "栏目键", "键名"), "funding"),
    **dict.fromkeys(("CODE", "规则编号", "编号"), "RL203"),
    **dict.fromkeys(("ROLE", "角色", "职务"), "项目责任人"),
}
"""What a person writes for what stands for a name, in a field."""
FLAGS = {"--late", "--dry-run", "--missing", "--all"}

Arguments = Sequence[str]
Tried = Callable[[str, Arguments], Iterator[Arguments]]


def filled_in(words: Sequence[str], typed: Arguments = ()) -> list[str]:
    """Return words with something in place of each … and each name in capitals: what was typed there, if anything."""
    were = dict(word.partition("=")[::2] for word in typed if "=" in word) | dict(pairwise(typed))
    found: list[str] = []
    for before, word in pairwise(["", *words]):
        name, equals, value = word.partition("=")
        if word in {"…", "NAME", "FOLDER", "CODE", "REASON", "KEY=TEXT", "编号", "文件夹", "理由", "栏目=文字"}:
            found.append((word == "…" and were.get(before)) or LEFT_OPEN[before])
        elif equals and value == "…":
            key = re.sub("|".join(NAMES), lambda name: NAMES[name[0]], name)
            found.append(f"{key}={were.get(key) or FIELDS.get(key, '2024年底')}")
        else:
            found.append(word)
    return found


def commands(sentence: str, _typed: Arguments) -> Iterator[Arguments]:
    """Yield every command that a sentence holds: between quotes, or behind a colon to its end."""
    for quoted, plain in re.findall("“reformledger ([^”]*)”|(?<!“)reformledger (.*)", sentence):
        for line in (quoted or plain.rstrip(".。")).split("; "):
            yield filled_in(shlex.split(line.removeprefix("reformledger ")))


_OPTION = r"(--[a-z-]+)(?: ('[^']*'|…|[A-Z=]{2,}|栏目=文字|[0-9][-/0-9]*|试点|推广|东区))?"


def with_options(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed with the options that a sentence names, in place of those of the same name."""
    options = re.findall(_OPTION, sentence)
    words = [word for name, value in options for word in ([name] if name in FLAGS else [name, value or "…"])]
    yield [*without(typed, {name for name, _value in options}), *filled_in(shlex.split(" ".join(words)), typed)]


def without_options(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed without the options that a sentence names."""
    yield without(typed, set(re.findall("--[a-z-]+", sentence)))


def without(typed: Arguments, options: set[str]) -> list[str]:
    kept: list[str] = []
    for before, word in zip(["", *typed], typed, strict=False):
        is_value = before in options - FLAGS
        if word not in options and not is_value:
            kept.append(word)
    return kept


def with_fields(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed with the fields that a sentence shows in place of the last."""
    shown = re.findall(r"(?:[\w.]+|'[^']*')=…|[\w.]+\.means=[^\s。]+", re.sub("--add-phase .*", "", sentence))
    kept = typed[:-1] if "=" in typed[-1] else typed
    yield [*kept, *filled_in([word.strip("'").rstrip(".") for word in shown], typed)]


def added_phase(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed with a new phase in place of the last word."""
    assert re.search("--add-phase (NAME|期名)=…", sentence)
    yield [*typed[:-1], "--add-phase", "第四批=2023-12"]


def named_year(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed with the wording that a sentence shows."""
    wording = re.search("[0-9]{4}年[0-9]+月底前", sentence)
    assert wording is not None
    yield [*without(typed, {"--to"}), "--to", wording[0]]


def instead_of_a_number(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield the command that sets a contact, and what was typed with the option that keeps the number."""
    command = re.search("reformledger (set .*?)[,，]", sentence)
    assert command is not None
    yield [*shlex.split(command[1].replace("contact=…", "contact=李明").replace("phone=…", "phone=13800138000"))]
    yield [*typed, "--keep-number"]


def another_command(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed as the other command, or with the other option."""
    (command,), (option,) = re.findall("by-[a-z]+", sentence), re.findall("--[a-z]+", sentence)
    yield [command if word.startswith("by-") else option if word.startswith("--") else word for word in typed]


def after_undo(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield undo, then what was typed with the option that a sentence names."""
    yield ["undo"]
    yield [*typed, *re.findall("--[a-z]+", sentence)]


def with_further_data(sentence: str, typed: Arguments) -> Iterator[Arguments]:
    """Yield what was typed with the file that a sentence names."""
    yield [*typed, *shlex.split(sentence[sentence.index("--data") :])]


class Said(NamedTuple):
    """How a sentence is provoked, how what it says is tried, and what is run before."""

    typed: str
    tried: Tried
    before: tuple[str, ...] = ()


_FOUR_REPORTS = tuple(f"progress task-1 --text {text}" for text in "甲乙丙丁")
_A_DATA_SET = ("gather data --to province",)
SAID: dict[str, list[Said]] = {
    # of many bodies
    "Ask the files of one body: {command}": [
        Said("list --reveal-contacts --status 逾期 --data province", commands, _A_DATA_SET),
        Said("list --columns contact --no-star --data province --body data", commands, _A_DATA_SET),
        Said("list --kind task --data province -f ics -o 日历.ics", commands, _A_DATA_SET),
    ],
    "Make it anew for that day: {command}": [
        Said("list --as-of 2023-09-10 --data province", commands, _A_DATA_SET),
        Said("stats --as-of 2023-09-10 --data province", commands, _A_DATA_SET),
    ],
    # of what is handed on
    "Ask for entries, such as: {command}": [
        Said("stats -o stats.ics", commands),
        Said("by-leader -o 领导.ics", commands),
    ],
    # after another program
    "Record it again: {command}": [
        Said("check --select RL015", commands, (_FOUR_REPORTS[0], "OLDER")),
        Said("progress task-1 --text 乙", commands, (_FOUR_REPORTS[0], "OLDER")),
    ],
    "So are {count} more; “reformledger check” lists them.": [
        Said("progress task-1 --text 戊", commands, (*_FOUR_REPORTS, "OLDER")),
    ],
    # after commands
    "Reopen it first: {command}": [
        Said("progress task-6 --text 甲", commands),
        Said("progress task-8 --text 甲", commands),
        Said("set task-6 progress=甲", commands),
    ],
    "To take that back: {command}": [
        Said("close task-6 --evidence 甲", commands),
        Said("close task-7 --phase 试点 --evidence 甲", commands),
        Said("progress task-2 --phase 第二批 --text 甲", commands),
        Said("set task-6 closed=甲", commands),
    ],
    "Use: {command}": [
        *(Said(f"set {of} closed=甲", commands) for of in ("task-1", "task-2", "task-4", "task-10")),
        *(Said(f"set {of} extensions=甲", commands) for of in ("task-1", "task-2", "task-9", "task-4")),
        Said("set task-1 progress=甲", commands),
        Said("set task-4 waivers=甲", commands),
        Said("set task-6 history=甲", commands),
    ],
    "Use: reformledger close {id} --evidence … --phase …": [Said("set task-2 'phases.第三批.closed=甲'", commands)],
    "Add the entry without it; “reformledger {command} --help” shows what keeps it then.": [
        Said(f"add 新事 --to task {key}=甲", commands)
        for key in ("closed", "progress", "waivers", "extensions", "history")
    ],
    "Change that first: {command}": [
        Said("remove point-1 --reason 甲", commands),
        Said("remove point-1 --reason 甲", commands, ("set other-1 implements=point-1",)),
    ],
    "What is done is not cancelled; to take it back: {command}": [
        Said("set task-7 phases.试点.cancelled.date=2023-09-01 phases.试点.cancelled.reason=甲", commands)
    ],
    "To change them: reformledger set {id} due=…": [Said("set task-3 phases.讲座.name=甲", commands)],
    "To change the wording of a deadline: reformledger set {id} {field}": [
        Said("extend task-1 --to 2023-06-01 --reason 甲", commands),
        Said("extend task-1 --to 每季度 --reason 甲", commands),
        Said("extend task-5 --to 2024-06 --reason 甲", commands),
        Said("extend task-2 --phase '第一批 (甲组)' --to 2023-05 --reason 甲", commands),
    ],
    "Where that is an approved extension, “reformledger undo” and: {command}": [
        Said("set task-1 due=2024年6月底前", commands),
        Said("set task-9 due=2024-06", commands),
        Said("set task-1 due=高考前 due.means=2024-06", commands),
        Said("set task-2 'phases.第一批 (甲组).due=2023-12-30'", commands),
    ],
    "Where it is for {name}, “reformledger undo” and: {command}": [
        Said("progress task-11 --text '开了 3 次会' --date 2023-08-01", commands)
    ],
    "No phase of {ref} is open any more; the whole is, due {wording}: reformledger close {id} --evidence …": [
        Said("close task-10 --phase 西区 --evidence 甲", commands, ("close task-10 --phase 东区 --evidence 甲",))
    ],
    "Name your own with --data, or begin one: reformledger init FOLDER.": [
        Said("progress task-1 --text 甲", commands, ("ELSEWHERE",)),
        Said("progress task-1 --text 甲", with_options, ("ELSEWHERE",)),
    ],
    "“reformledger list” shows the ids.": [Said("show 无此", commands)],
    "“reformledger explain” lists the rules.": [Said("set task-1 acknowledged.甲=乙", commands)],
    "“reformledger explain” lists the rules; the lights: {words}.": [Said("explain 甲乙丙", commands)],
    "“reformledger --help” lists the commands.": [Said("甲乙丙", commands)],
    "“reformledger {command}” shows all names.": [
        Said("by-leader 无此", commands),
        Said("by-department 无此", commands),
    ],
    "“{command} --help” shows how it is used.": [Said("list --nonsense", commands)],
    "“reformledger explain CODE” tells all about one, with examples.": [Said("explain", commands)],
    "{count} finding of the check went on with its entry; “reformledger check” lists it.": [
        Said("rollover 2024", commands, ("set task-9 acknowledged.RL203=甲",))
    ],
    # options to be added
    "Name what shows that it is done: --evidence …": [Said("close task-1", with_options)],
    "With --despite-missed REASON it is closed out all the same, and the record says so.": [
        Said("close task-4 --evidence 甲", with_options)
    ],
    "With --late it is extended all the same, and the record says so.": [
        Said("extend task-9 --to 2023-12 --reason 甲", with_options)
    ],
    "Say which one: --phase {name}.": [
        Said("close task-2 --evidence 甲", with_options),
        Said("extend task-7 --to 2023-12 --reason 甲 --late", with_options),
        Said("reopen task-7 --reason 甲", with_options),
    ],
    "Set the clock or mend the record, or name the day: --date {form}.": [
        Said("progress task-9 --text 甲", with_options, ("CLOCK 2023-03-01",))
    ],
    "Set the clock, or say the day with --as-of.": [Said("list", with_options, ("CLOCK 2023-03-01",))],
    "Add --department NAME.": [Said("list --role lead", with_options)],
    "Write --where KEY=TEXT.": [Said("list --where 套改", with_options)],
    "Use {endings} or {last}, or say --format.": [Said("list --output answer.xyz", with_options)],
    "Reading the 2020 notice that comes with reformledger (read-only); --data names your own.": [
        Said("list", with_options, ("ELSEWHERE",))
    ],
    "{shown} of {all} entries (--limit).": [Said("list --limit 2", with_options)],
    "Errors: {error}, warnings: {warning}, notes: {note}; acknowledged: {acknowledged} (--all lists them).": [
        Said("check", with_options)
    ],
    # options to be left out
    "Leave --despite-missed out: the record would not be true.": [
        Said("close task-1 --evidence 甲 --despite-missed 乙", without_options)
    ],
    "Leave --late out: the record would not be true.": [
        Said("extend task-1 --to 2024 --reason 甲 --late", without_options)
    ],
    "Leave --phase out.": [
        Said("close task-1 --phase 甲 --evidence 乙", without_options),
        Said("reopen task-6 --phase 甲 --reason 乙", without_options),
        Said("extend task-10 --phase 东区 --to 2024 --reason 甲", without_options),
    ],
    "Leave --for out.": [Said("progress task-1 --for 一季度 --text 甲", without_options)],
    "Nothing was written (--dry-run).": [Said("progress task-1 --text 甲 --dry-run", without_options)],
    "{count} finding that is not so bad is passed over (--severity).": [
        Said("check --severity error", without_options),
    ],
    # other commands, and what was typed with something more
    "For example: {command}": [
        *(Said(f"{name} task-1", commands) for name in ("progress", "close", "extend", "set", "remove")),
        *(Said(line, commands) for line in ("reopen task-6", "waive task-4", "add", "close", "list --role lead")),
        Said("reports --from 2023-01-01", commands),
    ],
    "Use by-department or --department.": [
        Said("by-leader 人事科", another_command),
        Said("list --leader 人事科", another_command),
    ],
    "Use by-leader or --leader.": [
        Said("by-department 张三", another_command, ("set other-1 leaders=张三",)),
        Said("list --department 张三", another_command, ("set other-1 leaders=张三",)),
    ],
    "Set a contact: reformledger set {id} contact=… phone=…, or write it here with --keep-number.": [
        Said("progress task-1 --text '电话 13800138000'", instead_of_a_number),
        Said("set task-1 remark=13800138000", instead_of_a_number),
    ],
    "Name it too: --data {file}": [
        Said(
            "set task-1 contact=李明 --data data/ledger_2023.yaml",
            with_further_data,
            ("set other-1 contact=张三 phone=13800138000",),
        )
    ],
    "With --recount it is written anew.": [Said("add 新事 --to pilot", after_undo)],
    # fields
    "Write FIELD=VALUE, such as {form}.": [Said("set task-1", with_fields)],
    "Words of another kind need what they mean: {form}": [
        Said("set task-1 due=高考前", with_fields),
        Said("set task-1 due=每逢佳节", with_fields),
        Said("set task-2 phases.第三批.due=高考前", with_fields),
        Said("add 新事 --to task due=高考前", with_fields),
        Said("extend task-1 --to 高考前 --reason 甲", with_options),
    ],
    "Ids stay: records and other entries name them. The printed number can be set: number=…": [
        Said("set task-1 id=task-99", with_fields)
    ],
    "Name its parts: {form}": [Said("set task-1 paused=甲", with_fields)],
    "Name one phase and what of it: phases.NAME.result=…; a new one is added by: --add-phase NAME=…": [
        Said("set task-2 phases=甲", with_fields),
        Said("set task-7 phases=甲", added_phase),
    ],
    "Name one column: columns.KEY=…": [Said("set task-1 columns=甲", with_fields)],
    "Name one finding: acknowledged.CODE=…": [Said("set task-1 acknowledged=甲", with_fields)],
    "Name one role: persons.ROLE=…": [Said("set task-1 persons=甲", with_fields)],
    "In a ledger of {year} it means that year; name the year, such as {form}.": [
        Said("extend task-1 --to 6月底前 --reason 甲", named_year)
    ],
}
FACTS = {
    # Of files of departments: tests/unit/exchange and tests/acceptance/test_return_round.py try what they say.
    "--skip-conflicts leaves it out and writes the rest.",
    "--to: there is no folder {parent}.",
    "--to: {folder} cannot be made: {reason}.",
    "--to: {folder} is no folder.",
    "Have it filled in as it was sent; a table of one's own is taken by: reformledger progress --from FILE",
    "It is a form of “reformledger send”, not a table of one's own.",
    "It is no workbook of “reformledger send”, or its hidden sheet is gone.",
    "Name the table: --from FILE.xlsx",
    "Say which column it is: --column {form}.",
    "Say which one it is: --column {form}.",
    "Take it by: reformledger take FILE",
    "This is {ours}: name the other with --data.",
    "{option} does not go together with --from.",
    "Go into another one (cd), or name the data by an absolute path: --data FOLDER.",
    "--missing and --text cannot both be given.",
    "--period is given, and days, too.",
    "Of --from and --to only one is given.",
    "--to is before --from.",
    "--for: {reason}",
    "--year: “{word}” is no year of a document.",
    "Leave out --reveal-contacts.",
    "Only a calendar can remind (--remind).",
    "--format says {format}, the ending of the file {ending}.",
    "--since: {since} is not before {day}, the day of the brief.",
    "Name an earlier day, or a later one with --as-of.",
    "--until: {until} is before {day}, the day of the brief.",
    "Name a later day, or an earlier one with --as-of.",
    # Of drafts: tests/acceptance/test_draft_command.py types what they say.
    "--column: no source has a column “{heading}”.",
    "--to: {file} is a file, and a draft has a folder of its own.",
    "Leave --kind out.",
    "Perhaps the encoding is another one: leave --encoding out.",
    "Say what is between the cells: --separator {separator}",
    "Say which year it is: --year {year}",
    "Say: --kind {kind}",
    "Where the later deadline is an approved extension: {command}",
    "--to: {folder} holds something already, and a draft has a folder of its own.",
    "Name a new one: --to {folder}",
    "There is nothing to ask. See what the check finds: {command}",
    "Then see what is left: {command}",
    "It is UTF-8: leave --encoding out.",
    "Say how it is encoded: --encoding {encoding}",
    "Next: “reformledger list --data {folder}”.",
    "The check finds: errors {error}, warnings {warning}, notes {note}; see “reformledger check {folder}”.",
    # Of history: tests/acceptance/test_history_advice.py and tests/unit/history/test_repository.py reach each.
    "--since and a revision cannot both be given.",
    "Ask of those of one repository: --data FOLDER.",
    "{count} change; there are more (--limit).",  # test_history.py asks so
    "Begin one there: git init, git add, git commit; or name data that are in one: --data FOLDER.",
    "Fetch all of it once: git fetch --refetch --no-filter",
    "For example: HEAD~1 (the commit before), a branch, a commit's id; a day is named with --since.",
    "If you trust it: git config --global --add safe.directory {folder}",
    "The data are named with --data.",
    "This clone is shallow. All of it: git fetch --unshallow",
    "This clone is shallow: its history begins at {commits}. All of it: git fetch --unshallow",
    "“reformledger log” names those that there are.",
    # Of merges: tests/unit/history/test_merge_cases.py carries out each; test_history_advice.py the rest.
    "--install takes no files.",
    "Git names them; to make it known to git: reformledger merge-driver --install",
    "Keep ours, and upon it: {command}",
    "Keep theirs, and upon it: {command}",
    "Let git merge ledgers entry by entry: --install makes it known; git then runs it.",
    "To merge edits entry by entry in git: reformledger merge-driver --install",
    "Run: {command}",  # pip's, not ours
    # tests/acceptance/test_gather.py and test_forged_data_set.py do what these say
    "--jobs: at least one process reads.",
    "A data set is asked by itself: --data names something else, too.",
    "All is as it was before; have one process read: --jobs 1.",
    "Give each its name in a list: --bodies LIST.yaml, with lines “name: folder”.",
    "It was made by reformledger {program}, whose tables are others.",
    "Make the data set anew: reformledger gather.",
    "Name a folder that is empty, or not there yet: --to FOLDER.",
    "Name one: --data FOLDER, as gather made it.",
    "Name the folder of one body: --data FOLDER.",
    "Name their folders, or a list of them: --bodies LIST.yaml.",
    "Only a data set has bodies (--body).",
    "“reformledger check” says which.",
    "“reformledger stats” counts for all names.",
    "With --stdin everything comes from the batch.",
    "Write: … --stdin json < FILE",
    "Name a file for it with --output.",  # of a format that no terminal can show
    "Install its wheel: pip install --force-reinstall --only-binary pyyaml pyyaml",  # no command of ours
    # A rollover keeps all acknowledgements today; the command is that of the sentence about one that went on.
    "{count} finding in the new files was not there before; “reformledger check” lists it.",
}
"""Sentences that name an option and advise no other command line."""

OURS = {
    catalogue.key_of(message): message
    for message in catalogue.sentences(catalogue.translations())
    if not catalogue.is_typers(message)
}
_COMMANDS = "|".join(row.name for panel in PANELS for row in panel.commands)
_ADVICE = re.compile(
    rf"reformledger (?:{_COMMANDS}|--|\{{)|(?<![\w-])--[a-z{{]|=…|\{{command\}}|such as \{{form\}}|need what they mean"
)


def _helps() -> set[str]:
    """Return the sentences of the help pages."""
    group = command()
    options = [option for each in group.commands.values() for option in each.get_params(typer.Context(each))]
    return {str(getattr(option, "help", "")) for option in options}


def test_every_sentence_with_a_command_is_tried() -> None:
    holding = {sentence for sentence in OURS if _ADVICE.search(sentence)}
    assert holding - _helps() - FACTS - set(SAID) == set()
    assert (set(SAID) | FACTS) - set(OURS) == set()


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Return a function that runs a command line in a folder of its own, on the ledger of 2023."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    _lay_files()
    _set_clock(monkeypatch, TODAY)
    return run


def _lay_files() -> None:
    for name, text in FILES.items():
        (Path("data") / name).write_text(text, encoding="utf-8")


def _set_clock(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    from reformledger.cli import carry_out, edit, gather, many, overview, session, words

    for module in (carry_out, edit, gather, many, overview, session, words):
        monkeypatch.setattr(module, "today", lambda: day)


def _printed(printed: str, sentence: str) -> str:
    """Return a sentence of the catalogue, in either number, as it was printed."""
    message = OURS[sentence]
    translated = [i18n._(sentence)]
    if not isinstance(message.id, str):
        translated = [i18n.ngettext(message.id[0], message.id[1], number) for number in (1, 2)]
    patterns = [
        re.sub(r"\\\{\w+(?::[^}]*)?\\\}", "(?:.+?)", re.escape(each)) + ("$" if each.endswith("}") else "")
        for each in translated
    ]
    found = re.search("|".join(patterns), printed, re.MULTILINE)
    assert found is not None, f"{patterns[0]!r} is not in {printed!r}"
    return found[0]


CASES = [(sentence, said) for sentence, each in SAID.items() for said in each]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("sentence", "said"), CASES, ids=[f"{said.typed}:{said.tried.__name__}" for _s, said in CASES])
def test_what_is_said_to_be_typed_works(
    ledger: Run, monkeypatch: pytest.MonkeyPatch, sentence: str, said: Said, language: str
) -> None:
    speak(monkeypatch, language)
    for line in said.before:
        if line.startswith("CLOCK"):
            ledger("progress", "task-1", "--text", "甲")
            _set_clock(monkeypatch, date.fromisoformat(line.split()[1]))
        elif line == "OLDER":  # an editor saves what it had read
            _lay_files()
        elif line == "ELSEWHERE":
            Path("elsewhere/.git").mkdir(parents=True)  # above which no data are looked for
            monkeypatch.chdir("elsewhere")
        else:
            assert ledger(*shlex.split(line)).code == 0
    typed = shlex.split(said.typed)
    ran = ledger(*typed)
    advice = _printed(ran.err + ran.out, sentence)
    years = set(re.findall("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", advice))
    assert years <= {"2022", "2023", "2024"} or said.before == ("ELSEWHERE",)
    lines = list(said.tried(advice, typed))
    assert lines
    for words in lines:
        done = ledger(*words)
        assert done.code == 0 or (done.code == 1 and words[0] == "check"), f"{advice}\n{words}\n{done.err}"


# --- names that are offered -----------------------------------------------------------------------------------


@pytest.fixture
def two_years(ledger: Run) -> Run:
    """Return the same with a ledger of 2022 beside it, of other entries with the same ids."""
    text = FILES["ledger_2023.yaml"].replace("2023", "2022").replace("implements: [point-1, point-2]", "level: 市级")
    Path("data/ledger_2022.yaml").write_text(text, encoding="utf-8")
    return ledger


def offered(printed: str) -> list[str]:
    found = re.search("(?:Did you mean|Name one of:) (.*)[?.]$", printed, re.MULTILINE)
    assert found is not None, printed
    return found[1].split(", ")


TABLES = [
    "一",
    "一、",
    "二",
    "第一",
    "task",
    "other",
    "2023/一",
    "2023/tsak",
    "2019/task",
    "台账",
    "无此",
    "乙",
    "教学",
]


@pytest.mark.parametrize("word", TABLES)
def test_every_table_that_is_offered_takes_an_entry(ledger: Run, word: str) -> None:
    ran = ledger("add", "新事", "--to", word)
    for name in offered(ran.err) if ran.code else [word]:
        assert ledger("add", "新事", "--to", name, "--dry-run").code == 0
        assert not word.startswith("2023/") or name.startswith("2023/")


@pytest.mark.parametrize("word", ["一", "task", "other", "乙", "无此", "2022/一", "2022/tsak", "教学"])
def test_of_two_years_too(two_years: Run, word: str) -> None:
    ran = two_years("add", "新事", "--to", word)
    for name in offered(ran.err) if ran.code else [word]:
        assert two_years("add", "新事", "--to", name, "--dry-run").code == 0
        assert not word.startswith("2022/") or name.startswith("2022/")


@pytest.mark.parametrize(
    "typed", ["progress 2022/task-6 --text 甲", "close 2022/task-6 --evidence 甲", "set 2022/task-1 closed=甲"]
)
def test_an_advised_command_names_the_year_of_an_id_that_two_years_have(two_years: Run, typed: str) -> None:
    ran = two_years(*shlex.split(typed))
    (line,) = commands(ran.err, ())
    assert line[1].startswith("2022/")
    assert two_years(*line).code == 0


@pytest.mark.parametrize("word", ["2021/task-1", "2024/point-1"])
def test_an_entry_of_another_year_is_not_advised(two_years: Run, word: str) -> None:
    assert "Did you mean" not in two_years("show", word).err
