"""Persons by role, names that hold what joins names, and groups: how each is read, found and edited."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from reformledger import DataError, load_book
from reformledger.model.documents import Directory, DirectoryEntry
from reformledger.roles import by_role, known_name, names_in

Write = Callable[[str, str], Path]
DIRECTORY = """\
kind: directory
names:
  - name: 各县、区人民政府
    kind: group
    members: [仁和区政府, 米易县政府]
  - name: 各科室
    kind: group
    also: [各处室]
    members:
      - 财务科
      - 局属单位
  - name: 局属单位
    kind: group
    members: [市招办]
  - name: 市教育考试院
    also: [市招办]
  - name: 车辆管理所
    also: [车管所]
"""
LEDGER = """\
kind: ledger
year: 2023
title: 民生实事
parts:
  - title: 实事
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 新建改建道路
            persons:
              牵头领导: [甲某, 乙某]
              项目责任人: [丙 某]
            lead_departments:
              - 各县、区人民政府
              - 各县(市、区)政府(管委会)
            supporting_departments: [财务科, 各处室]
          - id: task-2
            title: 整治积水点
            leaders: [丙某]
            lead_departments: [各处室]
            supporting_departments: [车管所]
            due: 2023年12月
"""


@pytest.fixture
def folder(write: Write) -> Path:
    # The ledger is read before the directory: what that declares holds all the same.
    write("directory.yaml", DIRECTORY)
    return write("a_ledger_2023.yaml", LEDGER).parent


def _groups(folder: Path, subject: str, name: str) -> list[tuple[str, str | None, list[str]]]:
    book = load_book(folder)
    return [
        (group.role, group.through, [entry.id for entry in group.entries])
        for group in by_role(book, "leader" if subject == "leader" else "department", name, book.entries)
    ]


def test_persons_are_found_by_their_printed_role(folder: Path) -> None:
    assert _groups(folder, "leader", "丙某") == [("leader", None, ["task-2"]), ("项目责任人", None, ["task-1"])]
    assert list(names_in(load_book(folder)).leaders.values()) == ["甲某", "乙某", "丙 某"]


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("财务科", [("lead", "各科室", ["task-2"]), ("support", None, ["task-1"])]),
        ("市教育考试院", [("lead", "各科室", ["task-2"]), ("support", "各科室", ["task-1"])]),
        ("仁和区政府", [("lead", "各县、区人民政府", ["task-1"])]),
        ("各科室", [("lead", None, ["task-2"]), ("support", None, ["task-1"])]),
        ("局属单位", [("lead", "各科室", ["task-2"]), ("support", "各科室", ["task-1"])]),
        ("车管所", [("support", None, ["task-2"])]),
        ("各县(市、区)政府(管委会)", [("lead", None, ["task-1"])]),
    ],
)
def test_departments_are_bound_through_their_groups(
    folder: Path, name: str, groups: list[tuple[str, str | None, list[str]]]
) -> None:
    assert _groups(folder, "department", name) == groups


def test_a_group_is_not_counted_as_its_members(folder: Path, run: Run) -> None:
    found = json.loads(run("by-department", "-f", "json", "--data", str(folder)).out)
    assert {item["name"] for item in found["items"]} == {
        "各县、区人民政府", "各县(市、区)政府(管委会)", "财务科", "各科室", "车辆管理所",
    }  # fmt: skip


def test_a_member_of_a_group_is_a_known_name(folder: Path) -> None:
    assert known_name(names_in(load_book(folder)), "department", "米易县政府") == "米易县政府"


def test_groups_of_a_name_are_those_around_it() -> None:
    directory = Directory(
        [
            DirectoryEntry(name="甲组", kind="group", members=("乙组", "一科")),
            DirectoryEntry(name="乙组", kind="group", also=("二组",), members=("二科",)),
            DirectoryEntry(name="三科"),
        ]
    )
    assert directory.groups_of("二科") == ["乙组", "甲组"]
    assert directory.groups_of("二组") == ["甲组"]
    assert directory.groups_of("三科") == []
    assert set(directory.members_of("甲组")) == {"乙组", "一科", "二科"}
    assert [directory.is_group(name) for name in ("二组", "甲组", "一科", "三科")] == [True, True, False, False]


def test_groups_are_told_apart_from_names_where_they_are_shown(folder: Path, run: Run) -> None:
    assert "lead department, in 各科室 (1)" in run("by-department", "财务科", "--data", str(folder)).out
    items = json.loads(run("by-department", "财务科", "-f", "json", "--data", str(folder)).out)
    assert [(item["id"], item["role"], item["through"]) for item in items] == [
        ("task-2", "lead", "各科室"),
        ("task-1", "support", None),
    ]
    items = json.loads(run("by-leader", "丙某", "-f", "json", "--data", str(folder)).out)
    assert [(item["id"], item["role"], item["through"]) for item in items] == [
        ("task-2", "leader", None),
        ("task-1", "项目责任人", None),
    ]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (["--leader", "甲某"], ["task-1"]),
        (["--leader", "丙某"], ["task-1", "task-2"]),
        (["--where", "persons=丙某"], ["task-1"]),
        (["--search", "项目责任人"], ["task-1"]),
        (["--department", "市招办", "--role", "lead"], ["task-2"]),
        (["--department", "财务科"], ["task-1", "task-2"]),
        (["--department", "各县、区人民政府"], ["task-1"]),
    ],
)
def test_list_finds_persons_and_members(folder: Path, run: Run, question: list[str], ids: list[str]) -> None:
    ran = run("list", *question, "-f", "json", "--data", str(folder))
    assert [item["id"] for item in json.loads(ran.out)] == ids


def test_due_lists_a_group_as_itself(folder: Path, run: Run) -> None:
    ran = run("due", "--department", "财务科", "--as-of", "2023-12-20", "-f", "json", "--data", str(folder))
    assert [item["department"] for item in json.loads(ran.out)["items"]] == ["各科室"]


def test_persons_are_shown_one_line_a_role(folder: Path, run: Run) -> None:
    lines = [line.split() for line in run("show", "task-1", "--data", str(folder)).out.splitlines()]
    assert ["牵头领导", "甲某、乙某"] in lines
    assert ["项目责任人", "丙", "某"] in lines
    assert "牵头领导：甲某、乙某；项目责任人：丙 某" in run("list", "--columns", "persons", "--data", str(folder)).out


def test_names_of_persons_are_audited_as_those_of_leaders(folder: Path, run: Run) -> None:
    ran = run("check", "--data", str(folder))
    assert "RL203 warning: “丙某” is spelt “丙 某” elsewhere" in ran.out


def test_typed_names_are_split_as_they_are_read(folder: Path, run: Run) -> None:
    names = "lead_departments=各县、区人民政府、市（州、盟）局、财务科"
    assert run("set", "task-2", names, "--data", str(folder)).code == 0
    (entry,) = (entry for entry in load_book(folder).entries if entry.id == "task-2")
    assert entry.data.lead_departments == ("各县、区人民政府", "市（州、盟）局", "财务科")
    assert run("progress", "task-2", "--text", "已报", "--by", "各县、区人民政府", "--data", str(folder)).code == 0


def test_a_name_that_is_not_declared_is_refused_with_what_to_type(write: Write) -> None:
    with pytest.raises(DataError) as caught:
        load_book(write("ledger_2023.yaml", LEDGER))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (15, 17)
    assert "“- 各县”, “- 区人民政府”" in fault.advice
    assert "“- name: 各县、区人民政府”" in fault.advice


def test_groups_of_two_directories_do_not_hold_each_other(write: Write) -> None:
    write("directory.yaml", "kind: directory\nnames:\n  - {name: 甲组, kind: group, members: [乙组]}\n")
    write("names.yaml", "kind: directory\nnames:\n  - {name: 乙组, kind: group, members: [甲组]}\n")
    with pytest.raises(DataError) as caught:
        load_book(write("ledger_2023.yaml", LEDGER.replace("各县、区人民政府", "各县")).parent)
    assert [(Path(fault.file).name, fault.line) for fault in caught.value.faults] == [
        ("directory.yaml", 3),
        ("names.yaml", 3),
    ]
