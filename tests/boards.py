"""A small ledger in which every figure of the board is there, and conditions that the board and ``list`` both know."""

from __future__ import annotations

from pathlib import Path

from texts import LEDGER_HEAD

DAY = "2020-10-01"
LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 修订《章程》
            leaders: [刘自力, 彭格]
            lead_departments: [基教科]
            due: 2020年9月
            star: ☆
            progress:
              - date: 2020-06-01
                text: 联系人电话13812345678，形成ＡＢＣ初稿
                percent: 60
                evidence: [纪要〔2020〕7号]
          - id: task-2
            title: 校园足球
            leaders: [彭格]
            lead_departments: [法规科, 计财科]
            supporting_departments: [各科室]
            due: 2020年12月
            progress: [{date: 2020-09-01, text: 征求意见, percent: 10}]
          - {id: task-3, title: 集团化办学, leaders: [刘自力], lead_departments: [各科室], due: 年内}
          - id: task-4
            title: 高考改革
            lead_departments: [计财科]
            supporting_departments: [基教科]
            due: 2020年10月
            progress: [{date: 2020-09-20, text: 已开会, percent: 90}]
          - {id: task-5, title: 规划, leaders: [彭格], due: 2021年6月, assigned: 2020-09-01, star: {note: 第一期完成}}
          - id: task-6
            title: 中考改革
            lead_departments: [基教科]
            due: 2020年6月
            closed: {date: 2020-07-02, evidence: [通知], approved_by: 谢强}
          - {id: task-7, title: 长期坚持的事, lead_departments: [基教科], due: 长期坚持}
          - {id: task-8, title: 没有时限的事, persons: {分管领导: [王廷明]}}
          - id: task-9
            title: 提前完成的事
            lead_departments: [政策法规科]
            due: 2019年12月
            closed: {date: 2019-12-02, evidence: [通知]}
"""
)
DIRECTORY = """\
kind: directory
names:
  - {name: 政策法规科, kind: office, also: [法规科]}
  - {name: 各科室, kind: group, members: [基教科, 计财科, 政策法规科]}
"""
CONTACTS = """\
kind: contacts
year: 2020
contacts:
  task-1: {name: 蒋春尧, phone: "18808140946"}
"""

CONDITIONS: tuple[tuple[str, list[str]], ...] = (
    ("leader=刘自力", ["--leader", "刘自力"]),
    ("leader=王廷明", ["--leader", "王廷明"]),
    ("department=基教科", ["--department", "基教科"]),
    ("department=政策法规科&role=lead", ["--department", "法规科", "--role", "lead"]),
    ("department=计财科&role=support", ["--department", "计财科", "--role", "support"]),
    ("light=red", ["--light", "red"]),
    ("light=red,yellow", ["--light", "red,yellow"]),
    ("light=blue&leader=彭格", ["--light", "blue", "--leader", "彭格"]),
    ("star=1", ["--star"]),
    ("star=1&light=red", ["--star", "--light", "red"]),
    ("part=表", ["--where", "part=表"]),
    ("figure=closed", ["--status", "closed"]),
    ("figure=overdue", ["--status", "overdue"]),
    ("figure=late", ["--status", "met_late"]),
    ("q=abc", ["--search", "abc"]),
    ("q=(2020)7号", ["--search", "(2020)7号"]),
    ("q=谢强", ["--search", "谢强"]),
    ("q=2020-12", ["--search", "2020-12"]),
    ("q=章 程", ["--search", "章 程"]),
    ("q=佐证材料", ["--search", "佐证材料"]),
    ("q=基教科计财科", ["--search", "基教科计财科"]),
    ("q=没有的事", ["--search", "没有的事"]),
)
"""The address of the board, and what ``list`` is asked."""


def ledger(folder: Path) -> Path:
    """Write the ledger, its directory and its contacts into a folder, and return it."""
    for name, text in (("ledger_2020", LEDGER), ("directory", DIRECTORY), ("contacts_2020", CONTACTS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
