"""The page of the board: rows of its table with all of each record, what its script counts by, and the charts.

Each text is on the page once: the script takes from the table what it shows of an entry, what it copies and what it
looks through.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from reformledger.briefing import Pace
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import DEPARTMENT_ROLE, LIGHT
from reformledger.i18n import _, ngettext
from reformledger.text.folding import search_folding
from reformledger.text.masking import clean, escape_unseen
from reformledger.views.board.charts import (
    STACKED,
    address,
    bar,
    counted,
    leader_rows,
    matrix_rows,
    names_markup,
    time_line,
    used_months,
)
from reformledger.views.content import labels
from reformledger.views.content.board import LAMPS, Board, Card, figure_words, lamp_words
from reformledger.views.content.record_lines import Item, Piece, RecordLine
from reformledger.views.page import page_text
from reformledger.views.progress import progressing

_PACES = tuple(Pace)
_TONES: dict[str, str] = {
    Pace.CLOSED: "closed",
    Pace.ON_SCHEDULE: "green",
    Pace.BEHIND: "yellow",
    Pace.OVERDUE: "red",
    Pace.UNREPORTED: "yellow",
    Pace.NO_LIGHT: "none",
    Pace.CARRIED_OVER: "none",
    "late": "closed",
}
"""The lamp whose colour a figure bears."""


def board_page(board: Board) -> bytes:
    """Return the board as a page in UTF-8."""
    with progressing(map(_row, board.cards), len(board.cards), _("Writing")) as shown:
        rows = Markup("\n").join(shown)
    text = page_text(
        "board",
        board=board,
        words=_words(),
        headings=_headings(),
        figures=list(_figures(board)),
        whole=bar(counted(board.cards)),
        lights=[(code, labels.capital(word.text), _lit(board, code)) for code, word in LIGHT.items()],
        roles=[(code, labels.capital(word.text)) for code, word in DEPARTMENT_ROLE.items()],
        legend=[(lamp, labels.capital(lamp_words()[lamp]), _lit(board, lamp)) for lamp in STACKED],
        months=[board.months[index] for index in used_months(board)],
        idle={board.months[index].key for index in used_months(board)}
        - {board.months[card.month].key for card in board.cards},
        outside=list(_outside(board)),
        this_month=board.day.isoformat()[:7],
        matrix=Markup("\n").join(matrix_rows(board)),
        leaders=Markup("\n").join(leader_rows(board)),
        time_line=time_line(board),
        rows=rows,
        data=Markup(_data(board)),  # noqa: S704 - no markup is left in it
    )
    return text.encode()


def _words() -> dict[str, str]:
    """Return the sentences of the page."""
    return {
        "as_of": _("As of {day}"),
        "entries": _("Entries"),
        "all": _("All"),
        "of_these": _("of the closed"),
        "filters": _("Choose entries"),
        "text": _("Text"),
        "leader": ENTRY["leaders"].heading,
        "department": _("Department"),
        "role": _("Role"),
        "part": ENTRY["part"].heading,
        "month": _("Due in"),
        "light": ENTRY["light"].heading,
        "any": _("Any"),
        "reset": _("Clear"),
        "copy_table": _("Copy as table"),
        "print": _("Print"),
        "skip": _("Skip to the entries"),
        "matrix": _("Leading departments by month of the deadline"),
        "matrix_note": _(
            "An entry that several lead is in the row of each. Each mark is a light with its count; choose a cell to "
            "see its entries."
        ),
        "lead": ENTRY["lead_departments"].heading,
        "progress": _("How they stand"),
        "leaders": _("By leader"),
        "leaders_note": _("An entry of several leaders is counted for each."),
        "closed": labels.capital(figure_words()["closed"]),
        "on_schedule": labels.capital(figure_words()["on_schedule"]),
        "time_line": _("Deadlines of {year}"),
        "time_line_note": _("Each stack is ten days; the line is the day of this page."),
        "upcoming": _("Most urgent"),
        "close": _("Close"),
        "previous": _("Previous"),
        "next": _("Next"),
        "nothing": _("No entry meets these conditions."),
        "note": _(
            "On schedule: green or blue light. Behind: progress behind or weak. Overdue: red. Unreported: no report, "
            "or none for an earlier occurrence. Closed late is among the closed. No light: neither deadline nor return "
            "calendar, or paused. Contacts are not on this page."
        ),
    }


def _headings() -> list[str]:
    """Return the heads of the table, the columns of ``_row``."""
    keys = ("light", "id", "title", "leaders", "lead_departments", "due", "days_left", "star", "last_report")
    return [ENTRY[key].heading for key in keys]


def _figures(board: Board) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield key, word, lamp, count and address of each figure of the headline, of what no light is said only if any."""
    words = figure_words()
    counts: dict[str, int] = {pace: sum(card.pace is pace for card in board.cards) for pace in Pace}
    counts["late"] = sum(card.is_late for card in board.cards)
    for figure, count in counts.items():
        if count or _TONES[figure] != "none":
            yield figure, labels.capital(words[figure]), _TONES[figure], count, address(figure=figure)


def _lit(board: Board, lamp: str) -> int:
    return sum(card.lamp == lamp for card in board.cards)


def _outside(board: Board) -> Iterator[tuple[int, str, int, str]]:
    """Yield place, label, count and address of each column of the matrix that is no month of the year."""
    for index, month in enumerate(board.months):
        if not month.key[:4].isdecimal():
            count = sum(card.month == index for card in board.cards)
            yield index, month.label, count, address(month=month.key)


def _row(card: Card) -> Markup:
    """Return the row of an entry; all else that is known of it is folded up under its title."""
    lamp = Markup('<b class="{}">{}</b>').format(card.lamp, card.light)
    title = Markup("<details><summary>{}</summary><dl>{}</dl></details>").format(
        card.title, Markup("").join(_line(line, card) for line in card.lines)
    )
    cells = (
        lamp,
        escape(card.name),
        title,
        names_markup(card.leaders),
        names_markup(card.departments),
        escape(card.due),
        escape(card.left),
        "☆" if card.is_star else "",
        escape(card.report),
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>") + cell for cell in cells))


def _line(line: RecordLine, card: Card) -> Markup:
    """Return a heading and its items; a lone text in which a search looks is all of its item."""
    made = Markup("<dt>") + escape(clean(line.heading))
    for item in line.items:
        lone = _lone_text(item)
        if lone is not None and lone in card.searched:
            made += Markup("<dd>{}</dd>").format(clean(lone))
        else:
            pieces = Markup(" · ").join(_piece(piece, card) for piece in item)
            made += Markup("<dd class=w>{}</dd>").format(pieces)
    return made


def _lone_text(item: Item) -> str | None:
    if len(item) != 1 or item[0].label or len(item[0].texts) != 1:
        return None
    return item[0].texts[0]


def _piece(piece: Piece, card: Card) -> Markup:
    label = Markup("<i>{}</i>").format(clean(piece.label)) if piece.label else Markup("")
    texts = (
        Markup("<bdi>{}</bdi>").format(clean(text)) if text in card.searched else escape(clean(text))
        for text in piece.texts
    )
    parts = [label, escape(piece.between).join(texts)]
    return Markup(" ").join(part for part in parts if part)


def _data(board: Board) -> str:
    """Return what the script counts and filters by as JSON that no markup can end; entries by their place in the table.

    ``rows``: the places of pace, lamp, part, month and slot (-1 for none), 1 for ☆, 1 for closed late, and those of
    leaders, leading and supporting departments.
    """
    folding = search_folding()
    data: Mapping[str, object] = {
        "rows": list(map(_facets, board.cards)),
        "unseen": {index: card.unseen for index, card in enumerate(board.cards) if card.unseen},
        "figures": _PACES,
        "lamps": LAMPS,
        "stacked": STACKED,
        "leaders": board.leaders,
        "departments": board.departments,
        "parts": board.parts,
        "months": [month.key for month in board.months],
        "monthWords": [month.label for month in board.months],
        "lampWords": list(lamp_words().values()),
        "comma": _(", "),
        "colon": _("{heading}: {text}").format(heading="{0}", text="{1}"),
        "found": [ngettext("{shown} of {all} entry", "{shown} of {all} entries", count) for count in (1, 2)],
        "copied": [ngettext("{count} row copied.", "{count} rows copied.", count) for count in (1, 2)],
        "notCopied": _("The browser does not allow copying."),
        "fold": folding._asdict(),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return escape_unseen(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _facets(card: Card) -> Sequence[object]:
    return [
        _PACES.index(card.pace),
        LAMPS.index(card.lamp),
        card.part,
        card.month,
        -1 if card.slot is None else card.slot,
        int(card.is_star),
        int(card.is_late),
        card.bound_leaders,
        card.leading,
        card.supporting,
    ]
