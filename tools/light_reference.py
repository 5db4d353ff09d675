"""The reference of lights, reasons and statuses, from their pages."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.i18n import Language
from reformledger.lights.page import CODES, LightPage, light_page
from reformledger.model.life import LIGHTS, Light, Reason, Status

HEAD: dict[Language, str] = {
    "en": """\
# Lights, reasons, statuses

Every open entry with a deadline, or with a return calendar in its document, has a light; the reason says why. Of the
reasons below the first that holds counts, as the records stood at the end of the day: what was reported, extended or
closed out later is not yet there. What is closed out or carried over has no light. `reformledger explain yellow` and
`reformledger explain unreported` show the same on the screen.
""",
    "zh": """\
# 亮灯、原因与状态

未销账的条目，有完成时限的，或者所在文件规定了报送时限的，都亮一种灯，并写明原因。下表各项原因依次判断，先符合的为准；
一律按当日终了时的记录判断，以后的报送、延期、销账不计。已销账、已结转的不亮灯。
用 `reformledger explain 黄`、`reformledger explain 未报送` 可以在屏幕上查看同样的内容。
""",
}
TABLE: dict[Language, str] = {
    "en": "| | Reason | Light | When | Example |\n| ---: | --- | --- | --- | --- |",
    "zh": "| | 原因 | 灯 | 什么情况 | 例 |\n| ---: | --- | --- | --- | --- |",
}
SECTIONS: dict[Language, tuple[str, str, str]] = {
    "en": ("Reasons", "Lights", "Statuses"),
    "zh": ("原因", "亮灯", "状态"),
}
LABELS: dict[Language, tuple[str, str, str]] = {
    "en": ("When: ", "Until: ", "Also: "),
    "zh": ("什么情况：", "到何时为止：", "也说："),
}


def light_reference(language: Language) -> str:
    """Return the document in a language: the table of the reasons in their order, then every page."""
    pages = {code: light_page(code, language) for code in CODES}
    lines = [HEAD[language]]
    lines += [TABLE[language], *(_row(number, pages, reason) for number, reason in enumerate(Reason, 1)), ""]
    reasons: list[str] = list(Reason)
    sections: list[list[str]] = [reasons, list(Light), [status for status in Status if status not in reasons]]
    for title, codes in zip(SECTIONS[language], sections, strict=True):
        lines.append(f"## {title}\n")
        for code in codes:
            lines += _page(pages[code], LABELS[language])
    return "\n".join(lines)


def _row(number: int, pages: dict[str, LightPage], reason: Reason) -> str:
    page, light = pages[reason], LIGHTS[reason]
    row = page.rows[0].removeprefix("- ").strip()
    day = next(day for day in page.days if day.reason is reason)
    example = f"`{row}` {day.day.isoformat()}"
    return f"| {number} | {page.title} `{reason}` | {pages[light].title} `{light}` | {page.when} | {example} |"


def _page(page: LightPage, labels: tuple[str, str, str]) -> Iterator[str]:
    when, until, also = labels
    yield f"### {page.title} `{page.code}`\n"
    yield f"{page.means}\n"
    yield f"{when}{page.when}\n"
    yield f"{until}{page.until}\n"
    if page.also:
        yield f"{also}{'、'.join(page.also)}\n"
    for rows in page.rows:
        yield f"```yaml\n{rows}```\n"
    for day in page.days:
        words = (day.light or "–", day.reason or "–", day.status)
        yield f"- {day.day.isoformat()}: {', '.join(words)}"
    yield ""
