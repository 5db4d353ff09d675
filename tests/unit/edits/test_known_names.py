"""Names at every door: a new one is noted with the nearest known one, several typed as one are refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Run
from texts import LEDGER_HEAD

LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 甲
            leaders: [谢强, 刘自力]
            lead_departments: [基教科]
            supporting_departments: [人事科, 体育卫生艺术科]
            due: 2020
          - id: task-2
            title: 乙
            leaders: [周敏, 黄志远]
            due: 每季度末
          - id: task-3
            title: 分批
            phases: [{name: 第一批, due: 2020}, {name: 第二批, due: 2021}]
"""
)
DIRECTORY = """\
kind: directory
names:
  - {name: 政策法规科, also: [法规科]}
  - {name: 谢强和谐工作室}
  - {name: 机关各科室, kind: group, members: [财务科, 监察审计科]}
  - {name: 欧阳自强, kind: person}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    (folder / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    return folder


Knock = Callable[..., tuple[int, str]]


class Door(NamedTuple):
    """A way by which a name comes in: the arguments with the name in them, and what the name is of."""

    label: str
    arguments: Callable[[str], Sequence[str]]
    kind: str
    is_list: bool = False


def _batch(element: Callable[[str], dict[str, object]], op: str) -> Callable[[str], Sequence[str]]:
    return lambda name: [op, "--stdin", "json", json.dumps([element(name)])]


CLOSE = ["close", "task-1", "--evidence", "x"]
DOORS = [
    Door("set leaders", lambda name: ["set", "task-1", f"leaders={name}"], "person", is_list=True),
    Door("set 责任领导", lambda name: ["set", "task-1", f"责任领导={name}"], "person", is_list=True),
    Door("set persons", lambda name: ["set", "task-1", f"persons.分管领导={name}"], "person", is_list=True),
    Door("set lead", lambda name: ["set", "task-1", f"lead_departments={name}"], "office", is_list=True),
    Door("set support", lambda name: ["set", "task-2", f"supporting_departments={name}"], "office", is_list=True),
    Door("set deployed_by", lambda name: ["set", "task-2", f"deployed_by={name}"], "office", is_list=True),
    Door("set city_leader", lambda name: ["set", "task-2", f"city_leader={name}"], "person"),
    Door("add leaders", lambda name: ["add", "--to", "task", "新", f"leaders={name}"], "person", is_list=True),
    Door("add lead", lambda name: ["add", "--to", "task", "新", f"lead_departments={name}"], "office", is_list=True),
    Door("progress", lambda name: ["progress", "task-1", "--text", "x", "--by", name], "office"),
    Door("close", lambda name: [*CLOSE, "--approved-by", name], "person"),
    Door(
        "close --phase",
        lambda name: ["close", "task-3", "--phase", "第一批", "--evidence", "x", "--approved-by", name],
        "person",
    ),
    Door(
        "extend",
        lambda name: ["extend", "task-1", "--to", "2030", "--reason", "x", "--late", "--approved-by", name],
        "person",
    ),
    Door(
        "waive",
        lambda name: ["waive", "task-2", "--for", "一季度", "--reason", "x", "--approved-by", name],
        "person",
    ),
    Door(
        "batch set", _batch(lambda name: {"id": "task-1", "fields": {"leaders": [name]}}, "set"), "person", is_list=True
    ),
    Door("batch progress", _batch(lambda name: {"id": "task-1", "text": "x", "by": name}, "progress"), "office"),
    Door(
        "batch close",
        _batch(lambda name: {"id": "task-1", "evidence": "x", "approved_by": name}, "close"),
        "person",
    ),
]


@pytest.fixture
def knock(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> Knock:
    """Return a function that runs a command, whose batch is its last argument; it gives the code and what is said."""

    def call(*arguments: str) -> tuple[int, str]:
        if "--stdin" in arguments:
            *arguments, batch = arguments  # type: ignore[assignment]
            monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(batch.encode())))
        ran = run(*arguments, "--data", str(data))
        return ran.code, ran.out + ran.err

    return call


NEAR = {
    "person": [("刘自立", "刘自力"), ("欧阳自墙", "欧阳自强"), ("黄志院", "黄志远"), ("周民", "周敏")],
    "office": [
        ("基教课", "基教科"),
        ("其教科", "基教科"),
        ("人事处", "人事科"),
        ("政法科", "政策法规科"),
        ("体卫艺科", "体育卫生艺术科"),
        ("监查审计科", "监察审计科"),
        ("财务料", "财务科"),
    ],
}
SEVERAL = {
    "person": [
        ("周敏 黄志远", ["周敏", "黄志远"]),
        ("周敏　黄志远", ["周敏", "黄志远"]),
        ("周敏/黄志远", ["周敏", "黄志远"]),
        ("周敏／黄志远 谢强", ["周敏", "黄志远", "谢强"]),
        ("谢强和刘自力", ["谢强", "刘自力"]),
        ("谢强以及刘自力", ["谢强", "刘自力"]),
        ("谢强与周敏", ["谢强", "周敏"]),
        ("谢强&欧阳自强", ["谢强", "欧阳自强"]),
        ("周敏黄志远", ["周敏", "黄志远"]),
    ],
    "office": [
        ("基教科 人事科", ["基教科", "人事科"]),
        ("基教科/法规科", ["基教科", "法规科"]),
        ("财务科和人事科", ["财务科", "人事科"]),
        ("机关各科室及人事科", ["机关各科室", "人事科"]),
    ],
}
OF_KIND = {"person": "a person", "office": "a department"}


def dry(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command with those of a dry run."""
    return [arguments[0], "--dry-run", *arguments[1:]]


def _label(value: object) -> str | None:
    return value.label if isinstance(value, Door) else None


@pytest.mark.parametrize("door", DOORS, ids=_label)
def test_a_new_name_is_written_with_a_note_of_the_nearest(door: Door, knock: Knock, data: Path) -> None:
    for name, near in NEAR[door.kind]:
        code, said = knock(*dry(door.arguments(name)))
        assert code == 0, said
        assert re.search(rf"^\+ .*{name}", said, re.MULTILINE), said
        note = re.search(f"“{name}” is new: .* has {OF_KIND[door.kind]} of this name. Did you mean ([^,?]+)", said)
        assert note, said
        assert note[1] == near


@pytest.mark.parametrize("door", DOORS, ids=_label)
def test_nothing_near_is_said_to_be_new(door: Door, knock: Knock, data: Path) -> None:
    code, said = knock(*door.arguments("呼延灼"))
    assert code == 0
    assert "“呼延灼” is new" in said
    assert "Did you mean" not in said
    # From now on it is a name of the ledger.
    again = (
        ["set", "task-3", f"leaders={'呼延灼'}"]
        if door.kind == "person"
        else [*["set", "task-3"], "lead_departments=呼延灼"]
    )
    assert "is new" not in knock(*again)[1]


@pytest.mark.parametrize("door", DOORS, ids=_label)
def test_several_in_one_are_refused_with_what_to_type(door: Door, knock: Knock, data: Path) -> None:
    before = (data / "ledger_2020.yaml").read_bytes()
    for name, names in SEVERAL[door.kind]:
        code, said = knock(*door.arguments(name))
        assert code == 2
        assert f"“{name}” is several names: {', '.join(names)}." in said
        assert (data / "ledger_2020.yaml").read_bytes() == before
        typed = "、".join(names)
        if door.is_list:
            assert re.search(f"Write: [a-z_.分管领导]+={typed}$", said.strip())
        else:
            assert f"takes one name; give one of: {', '.join(names)}." in said
            typed = names[0]
        # What is advised is taken, and nothing in it is new.
        arguments = door.arguments(typed)
        code, said = knock(*dry(arguments))
        assert (code, "is new" in said) == (0, False), said


@pytest.mark.parametrize("name", ["法规科", "财 务科", "监察审计科", "谢强和谐工作室", "机关各科室"])
def test_what_the_directory_has_is_known(name: str, knock: Knock, data: Path) -> None:
    code, said = knock("set", "task-1", f"lead_departments={name}")
    assert (code, "is new" in said) == (0, False)


def test_an_office_may_approve_but_is_no_person(knock: Knock, data: Path) -> None:
    assert "is new" not in knock(*CLOSE, "--approved-by", "基教科")[1]
    assert "“基教科” is new" in knock("set", "task-2", "leaders=基教科")[1]


def test_what_else_a_field_holds_is_in_the_advice(knock: Knock, data: Path) -> None:
    _code, said = knock("set", "task-1", "leaders=欧阳自强、周敏 黄志远、谢强")
    assert "Write: leaders=欧阳自强、周敏、黄志远、谢强" in said


def test_one_name_is_noted_once_in_a_batch(knock: Knock, data: Path) -> None:
    batch = [{"id": f"task-{number}", "fields": {"leaders": "刘自立"}} for number in (1, 2, 3)]
    code, said = knock("set", "--stdin", "json", json.dumps(batch))
    assert (code, said.count("is new")) == (0, 1)


def test_a_name_that_was_there_does_not_stop_another_edit(knock: Knock, data: Path) -> None:
    path = data / "ledger_2020.yaml"
    path.write_text(LEDGER.replace("[谢强, 刘自力]", "[谢强, 刘自力, 周敏 黄志远]"), encoding="utf-8")
    code, said = knock("set", "task-1", "remark=x")
    assert (code, "several" in said, "is new" in said) == (0, False, False)


def test_a_key_of_one_name_is_not_told_to_be_a_list(knock: Knock, data: Path) -> None:
    _code, said = knock("progress", "task-1", "--text", "x", "--by", "基教科、人事科")
    assert "“by” takes one name; give one of: 基教科, 人事科." in said
    assert "list" not in said
