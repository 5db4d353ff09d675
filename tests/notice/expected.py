"""What a reader finds in the notice, and which work point each ledger row carries out."""

from __future__ import annotations

ROW_COUNTS = {"task": 3, "review": 1, "key-scheme": 2, "scheme": 5, "pilot": 7}
IMPLEMENTS = {
    "task-1": 6,
    "task-2": 9,
    "task-3": 14,
    "review-1": 12,
    "key-scheme-1": 10,
    "key-scheme-2": 7,
    "scheme-1": 5,
    "scheme-2": 13,
    "scheme-3": 7,
    "scheme-4": 5,
    "scheme-5": 11,
    **{f"pilot-{number}": 15 for number in range(1, 8)},
}
TARGETS = {
    "point-4": [("公办和普惠性幼儿园学位比例", "85", "%"), ("公办幼儿园", "4", "所")],
    "point-13": [
        ("新增全国青少年校园足球特色学校", "1", "所"),
        ("全国青少年校园足球特色学校（全市累计）", "22", "所"),
    ],
    "point-15": [("省级改革试点", "5", "个"), ("市级改革试点", "29", "个")],
}
# The page has gaps inside cells too: only a reader can tell where a name ends and the next cell begins.
VALUES = {
    "leaders": {"谢强", "彭格", "田龙", "刘自力", "王廷明", "陈洪", "陈冬兵", "蒋莉娟", "李刚", "庞超", "刁玲"},
    "city_leader": {"江海", "马晓凤"},
    "lead_departments": {
        "职成高教科",
        "体育产业科",
        "法规科",
        "政策法规科",
        "计财科",
        "基教科",
        "人事科",
        "教师发展和对外交流合作科",
        "督导办",
        "督导室",
        "体卫艺科",
        "社体科",
        "市招办",
        "市教育考试院",
        "市教科所",
        "市三中",
        "市实验幼儿园",
        "东区教育和体育局",
        "西区教育和体育局",
        "市教育和体育局",
    },
    "supporting_departments": {
        "竞训科",
        "社体科",
        "机关各科（室）",
        "直属各事业单位",
        "市教科所",
        "市教育考试院",
        "体卫艺科",
        "各相关科（室）",
        "东区教育和体育局",
        "通知中明确的各试点承接单位",
    },
    "level": {"省级部署在攀改革试点", "市级自行部署改革试点"},
    "deployed_by": {"省教育厅", "省教育体制改革领导小组办公室", "市教育和体育局"},
    "due": {
        "2025年",
        "2030年",
        "2020年12月",
        "完成时限：2020年12月",
        "2020-12",
        "年内完成",
        "按省上要求推进",
        "四季度",
        "2020",
        "2022",
    },
}
SAME_OFFICE = [
    {"政策法规科", "法规科"},
    {"督导室", "督导办"},
    {"市教育考试院", "市招办"},
    {"市教育和体育局", "攀枝花市教育和体育局", "攀枝花市教育体育局"},
]
