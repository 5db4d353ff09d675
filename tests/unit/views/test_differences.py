"""A difference in one line: the words of the field in both languages, long values cut, numbers hidden."""

from __future__ import annotations

import json

import pytest

from conftest import speak
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import CHANGE
from reformledger.history.comparing.wording import DifferenceWords, words_of
from reformledger.history.difference import Difference, DifferenceKind, FieldPath
from reformledger.model.base import known_keys
from reformledger.model.entries import LedgerRow, WorkPoint
from reformledger.views.content.differences import difference_json
from reformledger.yamlio import Data

CHANGED, RECORDED, WITHDRAWN = DifferenceKind.CHANGED, DifferenceKind.RECORDED, DifferenceKind.WITHDRAWN
KEYS = sorted({*known_keys(LedgerRow), *known_keys(WorkPoint)} - {"id"})
PHONE, OTHER_PHONE = "18808140946", "13350553210"


def words(path: FieldPath, before: Data, after: Data, kind: DifferenceKind = CHANGED) -> DifferenceWords:
    return words_of(Difference(kind, "2020/task-1", "深化产教融合", path, before, after))


def of_document(ref: str, path: FieldPath, before: Data, after: Data) -> DifferenceWords:
    return words_of(Difference(CHANGED, ref, "", path, before, after))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_field_is_called_as_everywhere(key: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, language)
    field = ENTRY[key]
    what = (
        field.official.split("（")[0] if language == "zh" else (field.one or field.en or key.replace("_", " ")).lower()
    )
    assert words((key,), "从前", "如今") == (what, "从前 → 如今")
    assert words((key,), None, "如今").text == "– → 如今"
    assert words((key,), "从前", None).text == "从前 → –"


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (("phases", "第一批", "due"), "分期“第一批”的完成时限", "deadline of phase “第一批”"),
        (("phases", "#2", "closed"), "分期“#2”的销账", "close-out of phase “#2”"),
        (("phases", "text", "result"), "分期“text”的完成情况", "result of phase “text”"),
        (("phases", "第一批"), "分期“第一批”", "phase “第一批”"),
        (("targets", "学校", "value"), "目标“学校”的目标值", "value of target “学校”"),
        (
            ("phases", "甲", "targets", "学校", "counts", "part"),
            "分期“甲”的目标“学校”的计数对象的分表",
            "part of counts of target “学校” of phase “甲”",
        ),
        (("persons", "项目责任人"), "各类责任人“项目责任人”", "persons “项目责任人”"),
        (("acknowledged", "RL804"), "已知问题“RL804”", "acknowledged finding “RL804”"),
        (("columns", "funding"), "自设栏目“funding”", "column “funding”"),
        (("star", "note"), "☆的条件", "condition of ☆"),
        (("due", "means"), "完成时限的含义", "meaning of deadline"),
        (("paused", "until"), "暂停的恢复日期", "end of pause"),
        (("closed", "evidence"), "销账的佐证材料", "evidence of close-out"),
        (("phases", "甲", "cancelled", "reason"), "分期“甲”的取消的理由", "reason of cancellation of phase “甲”"),
        (("budget",), "budget", "budget"),
        (("phases", "甲", "budget"), "分期“甲”“budget”", "phase “甲” “budget”"),
    ],
)
def test_a_path_in_words(path: FieldPath, zh: str, en: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, what in (("zh", zh), ("en", en)):
        speak(monkeypatch, language)
        assert words(path, "从前", "如今").what == what


def test_a_column_of_the_tables_own_by_its_printed_heading() -> None:
    difference = Difference(CHANGED, "2020/task-1", "", ("columns", "funding"), "30万元", "40万元")
    assert words_of(difference, {"funding": "资金"}) == ("资金", "30万元 → 40万元")
    declared = difference._replace(ref="2020/workpoints")
    assert words_of(declared, {"funding": "资金"}).what == "column “funding”"


@pytest.mark.parametrize(
    ("ref", "path", "what"),
    [
        ("2020/workpoints", ("general_idea",), "总体思路"),
        ("2020/ledger", ("notice", "issued"), "印发通知的成文日期"),
        ("2020/ledger", ("reporting",), "报送时限"),
        ("2020/ledger", ("marks", "★"), "标记“★”"),
        ("2020/ledger", ("independent",), "独立台账"),
        ("2020/ledger", ("parts", "任务", "notes"), "分表“任务”的注"),
        ("2020/ledger", ("parts", "任务", "tables", "task", "count"), "分表“任务”的表“task”的数量"),
        ("2020/workpoints", ("sections", "一", "sections", "（一）", "title"), "部分“一”的部分“（一）”的标题"),
        ("directory", ("names", "人事科", "also"), "名录“人事科”的又称"),
        ("2020/contacts", ("contacts", "pilot-1", "phone"), "联系人“pilot-1”的电话"),
    ],
)
def test_what_a_document_says_in_words(ref: str, path: FieldPath, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    assert of_document(ref, path, "甲", "乙") == (what, "甲 → 乙")


class TestValues:
    def test_names_are_listed_as_printed(self) -> None:
        assert words(("leaders",), ["谢强", "刘自力"], ["谢强", "田龙"]).text == "谢强、刘自力 → 谢强、田龙"
        assert words(("persons", "责任人"), ["谢强", "田龙"], ["谢强"]).text == "谢强、田龙 → 谢强"
        assert words(("implements",), None, ["point-1", "point-2"]).text == "– → point-1、point-2"
        found = of_document("directory", ("names", "人事科", "also"), ["人教科"], ["人教科", "组织人事科"])
        assert found.text == "人教科 → 人教科、组织人事科"

    def test_texts_are_listed_apart(self) -> None:
        found = words(("closed", "evidence"), ["报告"], ["报告", "照片，3张"])
        assert found.text == "报告 → 报告；照片，3张"

    def test_of_long_lists_what_came_and_went(self) -> None:
        names: list[Data] = [f"第{place}中学校长办公室" for place in range(12)]
        found = words(("lead_departments",), names, [*names[1:], "人事科"])
        assert found.text == "…第0中学校长办公室 → …人事科"

    def test_of_long_texts_what_differs(self) -> None:
        start, end = (
            "按照四川省高考制度改革实施方案开展高考改革相关工作，",
            "报送工作总结，并抄送市教育考试院和各县区教体局。",
        )
        found = words(("text",), f"{start}按季度{end}", f"{start}每半年{end}")
        assert found.text == "…考改革相关工作，按季度报送工作总结，并… → …考改革相关工作，每半年报送工作总结，并…"

    def test_in_one_line(self) -> None:
        assert words(("text",), "一\n二\n", "三").text == "一 二 → 三"

    def test_a_deadline_with_its_meaning(self) -> None:
        explained: Data = {"wording": "按省上要求", "means": "2021"}
        assert words(("due",), "年内完成", explained).text == "年内完成 → 按省上要求 (2021)"

    def test_a_star_with_its_condition(self) -> None:
        assert words(("star",), "☆", {"note": "出台的", "phase": "第一批"}).text == "☆ → ☆ (出台的  第一批)"
        assert words(("star",), None, "☆").text == "– → ☆"

    def test_a_phase_and_a_target(self) -> None:
        phase: Data = {"name": "第一批", "due": "6月底前", "targets": [{"name": "学校", "value": "3", "unit": "所"}]}
        assert words(("phases", "第一批"), None, phase).text == "– → 第一批  6月底前  targets: 学校  3所"
        target: Data = {"name": "学校", "value": "3", "unit": "所", "counts": {"part": "试点"}}
        assert words(("targets", "学校"), target, None).text == "学校  3所  counts: part: 试点 → –"

    def test_a_flag(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert words(("closed", "late"), None, "true").text == "– → yes"
        speak(monkeypatch, "zh")
        assert words(("closed", "late"), None, "true").text == "– → 是"

    def test_another_order(self) -> None:
        found = words(("leaders",), ["谢强", "田龙"], ["田龙", "谢强"])
        assert found == ("leaders, in another order", "谢强、田龙 → 田龙、谢强")

    def test_what_is_no_such_value(self) -> None:
        """A revision may hold what no longer validates."""
        odds: list[Data] = ["文字", ["一项", ["列表"], {"键": "值"}], {"键": {"键": ["值"]}}, {"键": None}, [None]]
        for odd in odds:
            for key in KEYS:
                for kind in (CHANGED, RECORDED, WITHDRAWN):
                    assert "\n" not in words((key,), odd, odd, kind).text


class TestRecords:
    def test_a_report(self) -> None:
        record: Data = {"date": "2020-06-30", "text": "完成初稿", "percent": "50", "by": "人事科"}
        assert words(("progress",), None, record, RECORDED) == ("report", "2020-06-30  完成初稿  50%  人事科")

    def test_a_flag_that_is_neither_yes_nor_no(self) -> None:
        report: Data = {"date": "2020-06-01", "text": "起步", "weak": "也许"}
        assert words(("progress",), None, report, RECORDED).text.endswith(": 也许")
        listed: Data = {"date": "2020-06-01", "text": "起步", "weak": ["也许"]}
        assert words(("progress",), None, listed, RECORDED).text.endswith(": 也许")

    def test_all_of_a_report(self) -> None:
        record: Data = {
            "date": "2020-06-30",
            "text": "完成初稿",
            "percent": "50",
            "by": "人事科",
            "evidence": ["初稿", "纪要"],
            "weak": "true",
            "targets": {"学校": "3"},
            "for": "二季度",
            "phase": "第一批",
            "problems": "人手不足",
        }
        said = words(("progress",), None, record, RECORDED).text
        assert said == (
            "2020-06-30  完成初稿  50%  人事科  evidence: 初稿；纪要  weak  学校 3  period: 二季度  第一批  "
            "problems: 人手不足"
        )

    def test_an_extension(self) -> None:
        record: Data = {
            "date": "2020-12-01",
            "from": {"wording": "☆", "means": "2020"},
            "to": "2021年6月底前",
            "reason": "疫情",
            "approved_by": "彭格",
            "late": "true",
            "phase": "第一批",
        }
        found = words(("extensions",), None, record, RECORDED)
        assert found.what == "extension"
        assert found.text == "2020-12-01  ☆ (2020) → 2021年6月底前  reason: 疫情  approver: 彭格  late  第一批"

    def test_an_extension_in_chinese(self, monkeypatch: pytest.MonkeyPatch) -> None:
        speak(monkeypatch, "zh")
        record: Data = {"date": "2020-12-01", "from": "2020", "to": "2021年6月底前", "reason": "疫情"}
        found = words(("extensions",), None, record, RECORDED)
        assert found.what == "延期"
        assert found.text.startswith("2020-12-01  2020 → 2021年6月底前  理由")

    @pytest.mark.parametrize(
        ("path", "record", "what", "text"),
        [
            (
                ("waivers",),
                {"date": "2020-04-01", "for": "一季度", "reason": "疫情", "approved_by": "谢强"},
                "waiver",
                "2020-04-01  period: 一季度  reason: 疫情  approver: 谢强",
            ),
            (
                ("closed",),
                {"date": "2020-11-25", "evidence": ["报告"], "approved_by": "谢强", "late": "true", "despite": "停课"},
                "close-out",
                "2020-11-25  evidence: 报告  approver: 谢强  late  despite: 停课",
            ),
            (
                ("history",),
                {"date": "2020-12-01", "reason": "有误", "closed": {"date": "2020-11-25", "evidence": ["报告"]}},
                "reopening",
                "2020-12-01  reason: 有误  closed: 2020-11-25  evidence: 报告",
            ),
            (
                ("paused",),
                {"date": "2020-03-01", "reason": "疫情", "until": "2020-06-01"},
                "pause",
                "2020-03-01  reason: 疫情  end: 2020-06-01",
            ),
            (
                ("phases", "第一批", "cancelled"),
                {"date": "2020-03-01", "reason": "疫情"},
                "cancellation of phase “第一批”",
                "2020-03-01  reason: 疫情",
            ),
        ],
    )
    def test_other_records(self, path: FieldPath, record: Data, what: str, text: str) -> None:
        assert words(path, None, record, RECORDED) == (what, text)
        assert words(path, record, None, WITHDRAWN) == (f"{what}, withdrawn", text)

    def test_a_removal_without_what_the_entry_said(self) -> None:
        record: Data = {
            "id": "task-9",
            "title": "旧",
            "date": "2020-07-01",
            "reason": "重复",
            "entry": {"text": "内容"},
        }
        found = words_of(Difference(RECORDED, "2020/ledger", "台账", ("removed",), None, record))
        assert found.text == "task-9  旧  2020-07-01  reason: 重复"

    def test_another_order_of_records(self) -> None:
        one: Data = {"date": "2020-06-30", "text": "甲"}
        other: Data = {"date": "2020-07-30", "text": "乙"}
        found = words(("progress",), [one, other], [other, one])
        assert found.what.endswith(", in another order")
        assert found.text == "2020-06-30  甲；2020-07-30  乙 → 2020-07-30  乙；2020-06-30  甲"


class TestWhole:
    ENTRY = Difference(DifferenceKind.ADDED, "2020/task-4", "新任务", under="任务")

    def test_an_entry_that_came(self) -> None:
        data: Data = {"id": "task-4", "lead_departments": ["人事科", "计财科"], "due": "年内完成", "star": "☆"}
        assert words_of(self.ENTRY._replace(after=data)) == (CHANGE["added"].text, "任务  人事科、计财科  年内完成")
        assert words_of(self.ENTRY._replace(after={"id": "task-4", "star": "☆"})).text == "任务  ☆"
        back = self.ENTRY._replace(after={"id": "task-4"}, before={"id": "task-4", "date": "2020-07-01"})
        assert words_of(back).text == "任务  had been removed on 2020-07-01"

    def test_an_entry_that_went(self) -> None:
        gone = self.ENTRY._replace(kind=DifferenceKind.REMOVED, before={"id": "task-4"})
        assert words_of(gone) == (CHANGE["removed"].text, "任务")
        record: Data = {"id": "task-4", "title": "新任务", "date": "2020-07-01", "reason": "重复"}
        assert words_of(gone._replace(after=record)).text == "2020-07-01  reason: 重复"

    def test_an_entry_that_moved(self) -> None:
        moved = self.ENTRY._replace(kind=DifferenceKind.MOVED)
        assert words_of(moved._replace(before="试点", after="任务")) == ("moved", "试点 → 任务")
        assert words_of(moved._replace(before="task-2", after="task-1")).text == "now behind task-1"
        assert words_of(moved._replace(before="task-2")).text == "now the first under its heading"

    def test_a_number(self) -> None:
        renumbered = self.ENTRY._replace(kind=DifferenceKind.RENUMBERED, path=("number",), before="1", after="2")
        assert words_of(renumbered) == ("no.", "1 → 2")

    def test_documents(self) -> None:
        ledger = Difference(DifferenceKind.ADDED, "2021/ledger", "台账", after={"kind": "ledger", "title": "台账"})
        assert words_of(ledger) == ("added", "")
        names: Data = {"kind": "directory", "names": [{"name": "人事科"}, {"name": "计财科"}]}
        assert words_of(Difference(DifferenceKind.ADDED, "directory", "", after=names)) == ("added", "names: 2")
        assert words_of(Difference(DifferenceKind.REMOVED, "directory", "", before=names)) == ("removed", "")


class TestContacts:
    PATH = ("contacts", "pilot-1")

    def test_numbers_are_hidden_and_names_are_not(self) -> None:
        found = of_document("2020/contacts", (*self.PATH, "phone"), PHONE, OTHER_PHONE)
        assert found.text == "188****0946 → 133****3210"
        found = of_document("2020/contacts", self.PATH, None, {"name": "蒋春尧", "phone": PHONE})
        assert found.text == "– → 蒋春尧  188****0946"
        landline = of_document("2020/contacts", (*self.PATH, "phone"), None, "0812-3335678")
        assert "3335" not in landline.text

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ((), {"kind": "contacts", "contacts": {"pilot-1": {"name": "蒋春尧", "phone": PHONE}}}),
            (PATH, {"name": "蒋春尧", "phone": PHONE}),
            ((*PATH, "phone"), PHONE),
        ],
    )
    def test_nor_are_they_in_the_json(self, path: FieldPath, value: Data) -> None:
        for difference in (
            Difference(CHANGED, "2020/contacts", "联系人", path, None, value),
            Difference(CHANGED, "2020/contacts", "联系人", path, value, None),
        ):
            assert PHONE not in json.dumps(difference_json(difference))
            assert PHONE not in words_of(difference).text


def test_json_has_the_values_as_they_are() -> None:
    record: Data = {"date": "2020-06-30", "text": "完成初稿"}
    assert difference_json(Difference(RECORDED, "2020/task-1", "甲", ("progress",), None, record)) == {
        "change": "recorded",
        "ref": "2020/task-1",
        "title": "甲",
        "under": None,
        "path": ["progress"],
        "before": None,
        "after": record,
    }
