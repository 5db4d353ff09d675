"""The pages of the rules, one a group, from ``src/reformledger/audit/pages``: in the language of the process."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markdown import anchor, row

from reformledger.audit.page import Page, group_titles, page
from reformledger.audit.rule import known_codes
from reformledger.i18n import Language, _

_WORDS = {
    "en": {
        "title": "Rules",
        "head": """\
`reformledger check` reads the work points, the ledger, the contacts and the directory of a year together, and reports
what is well-formed and wrong. `reformledger explain RL101` prints a page of this reference. An error or a warning that
is not acknowledged makes the exit code 1; a note does not.

What the office has looked at and leaves as it is, it writes beside the entry with the reason; the finding is then
listed with `--all` only. A finding in a heading, count or note is acknowledged beside the first entry below it.""",
        "notice": "[What `check` finds in the 2020 notice](notice-2020.md)",
        "table": "| rule | severity | what it finds |",
        "examples": "Wrong and right",
        "wrong": "Wrong:",
        "right": "Right:",
        "back": "All rules",
        "declared": "Declared away by: ",
        "error": "error",
        "warning": "warning",
        "note": "note",
    },
    "zh": {
        "title": "规则",
        "head": """\
`reformledger check` 把当年的工作要点、台账、联系人和名录放在一起读，找出格式没有错而内容有矛盾的地方。
`reformledger explain RL101` 在终端里显示本手册中的一条。有未确认保留的错误或警告时退出码为 1，提示不影响退出码。

看过并决定照原样保留的，在条目里写明理由，此后只有加 `--all` 才列出。标题、数量、注里的问题，写在其下第一条里。""",
        "notice": "[2020年通知查出的问题](notice-2020.md)",
        "table": "| 规则 | 级别 | 查什么 |",
        "examples": "错例与正例",
        "wrong": "错例：",
        "right": "正例：",
        "back": "全部规则",
        "declared": "声明后不再查：",
        "error": "错误",
        "warning": "警告",
        "note": "提示",
    },
}
_ACKNOWLEDGED = "```yaml\nacknowledged:\n  RL302: 经请示按原文\n```\n"


def rule_pages(language: Language) -> dict[str, str]:
    """Return the text of the index and of the page of each group, by the name of its file."""
    words = _WORDS[language]
    pages = [page(code, language) for code in known_codes()]
    index = [f"# {words['title']}\n", f"{words['head']}\n", _ACKNOWLEDGED, f"{words['notice']}\n"]
    texts = {}
    for digit, of_group in groupby(pages, key=lambda one: one.code[2]):
        title, group = _(group_titles()[digit]), list(of_group)
        name = f"RL{digit}.md"
        index += [f"## {title}\n", words["table"], "|---|---|---|"]
        index += [row([_link(one, name), words[one.severity.value], one.title]) for one in group]
        index.append("")
        body = [f"# {title} (RL{digit}xx)\n", f"[{words['back']}](README.md)\n"]
        texts[name] = "\n".join([*body, *(line for one in group for line in _rule(one, words))])
    return {"README.md": "\n".join(index), **texts}


def _heading(one: Page) -> str:
    return f"{one.code} {one.title}"


def _link(one: Page, name: str) -> str:
    return f"[{one.code}]({name}#{anchor(_heading(one))})"


def _rule(one: Page, words: dict[str, str]) -> Iterator[str]:
    yield f"## {_heading(one)}\n"
    yield f"**{words[one.severity.value]}**\n"
    yield f"{one.text}\n"
    if one.declared_by:
        yield f"{words['declared']}{'; '.join(f'`{what}`' for what in one.declared_by)}\n"
    yield f"<details><summary>{words['examples']}</summary>\n"
    for heading, documents in ((words["wrong"], one.wrong), (words["right"], one.right)):
        yield f"{heading}\n"
        for text in documents:
            yield f"```yaml\n{text}```\n"
    yield "</details>\n"
