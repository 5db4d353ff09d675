"""No number of a telephone or an identity card gets into a document but the contacts, and none is shown whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformledger.drafting.account import Account, Asked
from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.papers.account_file import account_text
from reformledger.drafting.passage import Passage
from reformledger.drafting.private import keep_private
from reformledger.drafting.questions import Question, Questions
from reformledger.drafting.source import Place, SourceBuilder
from reformledger.model.documents import DocumentKind
from reformledger.text.masking import holds_any_number, mask_any_number, without_any_number
from reformledger.yamlio import Mapped

NUMBERS = [
    "0812-3335678",
    "（0812）3335678",
    "0838 2501234",
    "0838 2501234转8012",
    "08123335678",
    "010-62345678转803",
    "+86-812-3335678",
    "０８１２－３３３５６７８",
    "0812\u200b-3335678",
    "联系电话：3335678",
    "电话 82301234",
    "电　话：3335678",
    "联系方式：张三，3335678",
    "手机65432",
    "Tel: 333 5678",
    "138 1234 5678",
    "王芳13800138000/3335678",
    "11010519491231002X",
]
NO_NUMBERS = [
    "投入13800000000元",
    "2016—2020",
    "2016-2020年",
    "电话：2016—2020",
    "某发〔2020〕12号",
    "2020-01-01",
    "2020年12月31日前",
    "手机50000部",
    "移动电话新增100000户",
    "资金3335678元",
    "办理12345热线工单",
    "编号0301 12345678元",
    "20201231",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_known_and_hidden(text: str) -> None:
    assert holds_any_number(text)
    assert not holds_any_number(mask_any_number(text))
    assert not holds_any_number(without_any_number(text))


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_counts_or_dates_something_is_no_number(text: str) -> None:
    assert not holds_any_number(text)


def test_every_number_of_several_is_hidden() -> None:
    masked = mask_any_number("联系人：王芳 0812-3335678、3335679，手机13800138000")
    assert masked == "联系人：王芳 081*-***5678、*******，手机138****8000"
    assert without_any_number("改造老旧小区（电话：3335678）") == "改造老旧小区"


class Sample:
    """A row of a ledger, and its table and part, whose values are cut from one line."""

    def __init__(self, line: str) -> None:
        builder = SourceBuilder(Path("清单.txt"))
        self.line = builder.add(line, Place(line=1))
        self.account, self.questions = Account(builder.source()), Questions()
        for place, character in enumerate(line):
            if character == "|":
                self.account.lay_out(self.line[place : place + 1], "separator")
        self.context = Context(2024, self.questions, self.account)
        self.entry = DraftEntry("task-1", self.context, {"id": "task-1"})
        self.part = DraftEntry("part 1", self.context)
        self.table: Mapped = {"columns": {"column_6": "承办人"}, "rows": [self.entry.data]}

    def cut(self, text: str) -> Passage:
        start = self.line.text.index(text)
        return self.line[start : start + len(text)]

    def asked(self) -> Question:
        """Keep numbers out, and return the one question that is asked."""
        self.part.data["tables"] = [self.table]
        contacts: Mapped = {"kind": "contacts", "contacts": {"task-1": {"phone": "13800138000"}}}
        documents: dict[DocumentKind, Mapped] = {
            "ledger": {"kind": "ledger", "title": "清单", "parts": [self.part.data]},
            "contacts": contacts,
        }
        keep_private(documents, self.questions, [self.account])
        assert contacts["contacts"] == {"task-1": {"phone": "13800138000"}}
        (question,) = self.questions
        assert question.subject == "contact"
        return question

    def asked_text(self) -> str:
        spans = self.account.spans()
        return "".join(self.line.text[each.start : each.end] for each in spans if isinstance(each.claim, Asked))


def test_a_text_with_a_number_is_left_out_and_asked() -> None:
    sample = Sample("联系人：王 芳 0812-3335678 手机13800138000|年内")
    sample.entry.put(
        "text", sample.cut("联系人：王 芳 0812-3335678 手机13800138000"), "联系人：王芳0812-3335678手机13800138000"
    )
    sample.entry.put("due", sample.cut("年内"))
    (item,) = sample.asked().items
    assert sample.entry.data == {"id": "task-1", "due": "年内"}
    assert (item.entry, item.field, item.assumed) == ("task-1", "text", None)
    assert item.proposals[0].data == {"text": "联系人：王芳"}
    assert sample.asked_text() == "联系人：王 芳 0812-3335678 手机13800138000"


def test_of_a_list_the_item_with_a_number_is_left_out() -> None:
    sample = Sample("住建局|城管局（0838 2501234）")
    sample.entry.append("lead_departments", sample.cut("住建局"))
    sample.entry.append("lead_departments", sample.cut("城管局（0838 2501234）"))
    (item,) = sample.asked().items
    assert sample.entry.data["lead_departments"] == item.assumed == ["住建局"]
    assert item.proposals[0].data == {"lead_departments": ["住建局", "城管局"]}
    assert sample.asked_text() == "城管局（0838 2501234）"


def test_a_title_stays_without_the_number() -> None:
    sample = Sample("改造老旧小区（电话：3335678）|13800138000")
    sample.entry.put("title", sample.cut("改造老旧小区（电话：3335678）"))
    sample.part.put("title", sample.cut("13800138000"))
    of_part, of_row = sample.asked().items
    assert sample.entry.data["title"] == of_row.assumed == "改造老旧小区"
    assert sample.part.data["title"] == "138****8000"
    assert (of_part.entry, of_part.source.text) == ("part 1", "13800138000")
    assert sample.asked_text() == "改造老旧小区（电话：3335678）13800138000"


def test_columns_of_ones_own_and_their_headings_hold_none() -> None:
    sample = Sample("吴敏(13811112222)")
    sample.table["columns"] = {"column_6": "承办人（0812-3335678）"}
    sample.entry.data["columns"] = {"column_6": "吴敏(13811112222)", "column_7": "是"}
    sample.account.use(sample.line, "task-1", "columns")
    assert {item.field for item in sample.asked().items} == {"columns"}
    assert sample.entry.data["columns"] == {"column_7": "是"}
    assert sample.table["columns"] == {"column_6": "承办人"}
    assert sample.asked_text() == sample.line.text


def test_what_was_asked_before_says_what_is_held_now() -> None:
    sample = Sample("城管局（0838 2501234）")
    sample.entry.append("lead_departments", sample.line)
    sample.entry.ask("value", "An office?", "lead_departments", sample.line)
    sample.part.data["tables"] = [sample.table]
    keep_private({"ledger": {"parts": [sample.part.data]}}, sample.questions, [sample.account])
    assert [(each.subject, each.items[0].assumed) for each in sample.questions] == [("value", None), ("contact", None)]
    assert sample.questions.all[1].items[0].source.text == sample.line.text
    written = account_text([sample.account], sample.questions, lambda _entry, _field: "")
    assert "2501234" not in written
    assert "083* ***1234" in written


def test_a_number_without_its_label_is_hidden_where_contacts_are_asked_about() -> None:
    sample = Sample("王芳 3335679")
    sample.entry.ask("contact", "Another?", "contact", sample.line)
    assert "3335679" not in account_text([sample.account], sample.questions, lambda _entry, _field: "")


def test_figures_shorter_than_a_number_with_its_area_are_none() -> None:
    # 010 and seven digits are the fewest that are one without a word before them.
    assert holds_any_number("0102345678")
    assert not any(holds_any_number("1" * length) for length in range(1, 10))
    assert holds_any_number("短号61234")
    assert not holds_any_number("短号6123")
