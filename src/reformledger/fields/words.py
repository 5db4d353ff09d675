"""What the codes of statuses, lights, kinds, roles and states are called: one row a code, in both languages.

Views print these words, and options take them; the pages of ``explain`` are headed by them. Chinese is kept beside
English here rather than in the catalogue: a person types either, whichever language the program speaks.
"""

from __future__ import annotations

from typing import NamedTuple

from reformledger.i18n import Language, language
from reformledger.text.folding import choice_key


class Word(NamedTuple):
    """What a code is called in each language; ``also``: other words for it that people type."""

    code: str
    en: str
    zh: str
    also: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The word in the user's language."""
        return self.word_in(language())

    def word_in(self, language: Language) -> str:
        """Return the word in a language."""
        return self.en if language == "en" else self.zh

    def also_in(self, language: Language) -> tuple[str, ...]:
        """Return the other words of a language."""
        return tuple(word for word in self.also if word.isascii() is (language == "en"))

    @property
    def spellings(self) -> tuple[str, ...]:
        """The code, and every word for it in either language."""
        return (self.code, self.en, self.zh, *self.also)


Words = dict[str, Word]


def _words(*rows: Word) -> Words:
    return {row.code: row for row in rows}


def by_word(*vocabularies: Words) -> dict[str, str]:
    """Return the code for each spelling of each word, as ``choice_key`` folds it; the first that has it decides."""
    codes: dict[str, str] = {}
    for words in vocabularies:
        for word in words.values():
            for spelling in word.spellings:
                codes.setdefault(choice_key(spelling), word.code)
    return codes


def texts(*vocabularies: Words) -> dict[str, str]:
    """Return the word for each code in the user's language."""
    return {code: word.text for words in vocabularies for code, word in words.items()}


KIND = _words(
    Word("point", "work point", "工作要点", ("要点",)),
    Word("task", "task", "改革任务", ("任务",)),
    Word("review", "review", "上会审议方案", ("上会审议",)),
    Word("scheme", "scheme", "专项改革方案", ("方案",)),
    Word("pilot", "pilot", "改革试点", ("试点",)),
)
STATUS = _words(
    Word("closed", "closed", "已销账", ("销账", "销号")),
    Word("carried_over", "carried over", "结转"),
    Word("overdue", "overdue", "逾期", ("超期",)),
    Word("due_soon", "due soon", "临期", ("临近时限",)),
    Word("under_way", "under way", "推进中", ("推进",)),
    Word("not_started", "not started", "未启动", ("没有启动",)),
)
STAR_STATE = _words(
    Word("open", "open", "未销账"),
    Word("met", "closed", "已销账"),
    Word("met_late", "closed late", "逾期销账", ("closed_late",)),
    Word("carried_over", "carried over unmet", "未销账结转"),
)
ASKED_STATUS = STATUS | {
    "open": STAR_STATE["open"],
    "met_late": STAR_STATE["met_late"],
    "carried_over": STATUS["carried_over"]._replace(also=("carried over unmet", "未销账结转")),
}
"""What ``--status`` takes: beside the statuses, what a ☆ is said to be; ``open`` is neither closed nor carried over."""
LIGHT = _words(
    Word("red", "red", "红", ("红灯",)),
    Word("yellow", "yellow", "黄", ("黄灯",)),
    Word("blue", "blue", "蓝", ("蓝灯",)),
    Word("green", "green", "绿", ("绿灯",)),
)
REASON = _words(
    STATUS["overdue"],
    Word("missed", "occurrence missed", "本期未报", ("missed", "缺报", "漏报")),
    Word("ready", "ready to close", "待销账", ("ready",)),
    Word("weak", "weak progress", "推进不力", ("weak",)),
    Word("behind", "behind", "滞后", ("behind schedule", "未达到序时进度", "落后")),
    Word("gap", "earlier occurrence missed", "前期缺报", ("gap", "缺期")),
    Word("unreported", "unreported", "未报送", ("silent", "未报")),
    STATUS["due_soon"],
    Word("on_time", "on time", "达到序时进度", ("on schedule", "正常", "按期")),
)
ROLE = _words(
    Word("leader", "leader", "责任领导", ("牵头领导",)),
    Word("city_leader", "city leader", "联系市领导"),
    Word("responsible", "responsible person", "责任人"),
    Word("lead", "lead department", "牵头单位", ("牵头", "牵头科室", "牵头部门")),
    Word("support", "supporting department", "配合单位", ("配合", "配合科室", "配合部门", "协助", "协助单位")),
)
DEPARTMENT_ROLE = {code: ROLE[code] for code in ("lead", "support")}
OCCURRENCE_STATE = _words(
    Word("met", "met", "已报"),
    Word("late", "late", "迟报"),
    Word("missed", "missed", "缺报"),
    Word("waived", "waived", "免报"),
    Word("to_come", "to come", "未到期"),
    Word("not_owed", "not owed", "不计"),
)
RETURN_STATE = _words(
    Word("received", "received", "已报"),
    Word("late", "late", "迟报"),
    Word("missing", "missing", "未报"),
    Word("answered", "answered by another", "他单位已报"),
)
FATE = _words(
    Word("refused", "Refused files", "退回的文件"),
    Word("conflict", "Conflicts", "冲突"),
    Word("question", "Questions", "待问"),
    Word("taken", "Taken", "收录"),
    Word("recorded", "Recorded already", "已有记录"),
    Word("proposal", "Proposals", "建议"),
    Word("note", "Notes", "提示"),
    Word("unfilled", "Not filled in", "未填"),
)
"""What becomes of what departments hand in."""
PACE = _words(
    STATUS["closed"],
    REASON["on_time"]._replace(code="on_schedule", en="on schedule"),
    REASON["behind"],
    STATUS["overdue"],
    REASON["unreported"],
    Word("no_light", "no deadline or paused", "无时限或暂停"),
    STATUS["carried_over"],
)
"""How an entry keeps to its schedule."""
CHANGE = _words(
    STATUS["closed"],
    Word("extended", "extended", "延期"),
    Word("red", "newly red", "新转红灯"),
    Word("yellow", "newly yellow", "新转黄灯"),
    Word("reported", "reported", "进展报送"),
    Word("reopened", "reopened", "重启"),
    Word("waived", "waived", "免报"),
    Word("paused", "paused", "暂停"),
    Word("cancelled", "milestone cancelled", "节点取消"),
    Word("added", "added", "新增"),
    Word("removed", "removed", "删除"),
)
"""What changed since a day."""
SEVERITY = _words(
    Word("error", "error", "错误"),
    Word("warning", "warning", "警告"),
    Word("note", "note", "提示"),
)
FLAG = _words(Word("true", "yes", "是", ("☆",)), Word("false", "no", "否"))
DOCUMENT = _words(
    Word("workpoints", "work points", "工作要点", ("要点",)),
    Word("ledger", "ledger", "工作台账", ("台账",)),
    Word("directory", "directory", "名录"),
    Word("contacts", "contacts", "联系人"),
)
OPEN_ENDED = Word("open_ended", "open-ended", "长期")
"""The word for a deadline without a last day."""
