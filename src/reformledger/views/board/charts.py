"""The charts of the board as inline SVG: drawn by attributes alone, in shares of a width and heights of a letter.

Each is drawn once for all cards; the script of the page counts anew what is filtered and moves the same marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape

from reformledger.briefing import Pace
from reformledger.i18n import _
from reformledger.text.masking import clean
from reformledger.views.content.board import LAMPS, SLOTS_A_MONTH, Board, Card, lamp_words, slot_of

STACKED = ("closed", "green", "blue", "yellow", "red", "none")
"""The order of the parts of a bar: what is done, what goes well, what does not."""
CHIP_WIDTH, CHIP_HEIGHT, CHIP_GAP, CHIPS_A_LINE = 2.0, 1.65, 0.2, 3
PLOT_TOP, PLOT_HEIGHT, AXIS = 2.4, 9.0, 1.9
_SLOTS = 12 * SLOTS_A_MONTH
_BAR = 0.72  # of the room of ten days

Counts = dict[str, int]
"""How many cards have each of ``LAMPS``; what none has is not there."""


def tag(name: str, *inside: str, **attributes: object) -> Markup:
    """Return an element; texts inside and values are escaped. ``_`` in a name is a hyphen, ``class_`` is class."""
    words = (f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items())
    return Markup("<{}{}>{}</{}>").format(name, Markup("".join(words)), Markup("").join(inside), name)  # noqa: S704 - escaped


def counted(cards: Iterable[Card]) -> Counts:
    """Count cards by their lamp."""
    counts: Counts = {}
    for card in cards:
        counts[card.lamp] = counts.get(card.lamp, 0) + 1
    return counts


def address(**conditions: str) -> str:
    """Return the address of the page with these conditions."""
    return "#" + "&".join(f"{key}={quote(value, safe='')}" for key, value in conditions.items())


def words_of(counts: Counts) -> str:
    """Return counts in words: ``red 1, green 3``."""
    words = lamp_words()
    return _(", ").join(f"{words[lamp]} {counts[lamp]}" for lamp in LAMPS if counts.get(lamp))


def bar(counts: Counts, height: float = 0.75) -> Markup:
    """Return the parts of a whole as a bar."""
    total, done, parts = sum(counts.values()) or 1, 0, []
    for lamp in STACKED:
        count = counts.get(lamp, 0)
        share = {"x": _percent(done / total), "width": _percent(count / total)}
        parts.append(tag("rect", class_=lamp, height=_em(height), **share))
        done += count
    return tag("svg", *parts, class_="bar", width="100%", height=_em(height), aria_hidden="true")


def chips(counts: Counts) -> Markup:
    """Return a mark with its count for each lamp of a cell of the matrix."""
    lamps = [lamp for lamp in LAMPS if counts.get(lamp)]
    columns = min(len(lamps), CHIPS_A_LINE)
    lines = -(-len(lamps) // CHIPS_A_LINE)
    marks = []
    for index, lamp in enumerate(lamps):
        left = (index % CHIPS_A_LINE) * (CHIP_WIDTH + CHIP_GAP)
        top = (index // CHIPS_A_LINE) * (CHIP_HEIGHT + CHIP_GAP)
        box = tag("rect", x=_em(left), y=_em(top), width=_em(CHIP_WIDTH), height=_em(CHIP_HEIGHT), rx=".4em")
        text = tag("text", str(counts[lamp]), x=_em(left + CHIP_WIDTH / 2), y=_em(top + 1.18))
        marks.append(tag("g", box, text, class_=lamp))
    width = columns * (CHIP_WIDTH + CHIP_GAP) - CHIP_GAP
    height = lines * (CHIP_HEIGHT + CHIP_GAP) - CHIP_GAP
    return tag("svg", *marks, class_="chips", width=_em(width), height=_em(height), aria_hidden="true")


def matrix_rows(board: Board) -> Iterator[Markup]:
    """Yield a row of the matrix for each leading department: its lamps by the month of the deadline, and its bar."""
    for place, department in enumerate(board.departments):
        led = [card for card in board.cards if place in card.leading]
        if led:
            conditions = {"department": department, "role": "lead"}
            yield _matrix_row(board, led, department, conditions, f"d{place}")
    if alone := [card for card in board.cards if not card.leading]:
        yield _matrix_row(board, alone, _("no lead department"), {}, "d")


def _matrix_row(board: Board, cards: Sequence[Card], name: str, conditions: dict[str, str], key: str) -> Markup:
    cells = []
    for index in used_months(board):
        counts = counted(card for card in cards if card.month == index)
        month = board.months[index]
        label = _("{heading}: {text}").format(heading=f"{name} {month.label}", text=words_of(counts))
        link = tag(
            "a", chips(counts), href=address(**conditions, month=month.key), aria_label=label, data_k=f"{key},{index}"
        )
        cells.append(tag("td", *([link] if counts else [])))
    head = tag("a", escape(name), href=address(**conditions)) if conditions else escape(name)
    return tag("tr", tag("th", head, scope="row"), *cells, *bar_cells(cards, key))


def bar_cells(cards: Sequence[Card], key: str) -> list[Markup]:
    """Return the bar of some cards, and beside it how many there are, are closed and are on schedule."""
    figures = (len(cards), _count(cards, Pace.CLOSED), _count(cards, Pace.ON_SCHEDULE))
    numbers = [tag("td", str(figure), class_="n") for figure in figures]
    return [tag("td", bar(counted(cards)), class_="b", data_b=key), *numbers]


def _count(cards: Iterable[Card], pace: Pace) -> int:
    return sum(card.pace is pace for card in cards)


def used_months(board: Board) -> list[int]:
    """Return the columns of the matrix: every month, and what lies outside of the year where anything does."""
    used = {card.month for card in board.cards}
    return [index for index, month in enumerate(board.months) if index in used or month.key[:4].isdecimal()]


def leader_rows(board: Board) -> Iterator[Markup]:
    """Yield a row for each leader: the name, the bar, the figures."""
    for place, leader in enumerate(board.leaders):
        cards = [card for card in board.cards if place in card.bound_leaders]
        link = tag("a", escape(leader), href=address(leader=leader))
        yield tag("tr", tag("th", link, scope="row"), *bar_cells(cards, f"l{place}"))


def time_line(board: Board) -> Markup:
    """Return the deadlines of the year as a stack for each ten days, over an axis of months, and where the day is."""
    slots: dict[int, list[Card]] = {}
    for card in board.cards:
        if card.slot is not None:
            slots.setdefault(card.slot, []).append(card)
    highest = max(map(len, slots.values()), default=1)
    bottom = PLOT_TOP + PLOT_HEIGHT
    stacks = [_stack(board, slot, slots[slot], highest) for slot in sorted(slots)]
    return tag(
        "svg",
        *_axis(board, bottom),
        *stacks,
        class_="line",
        width="100%",
        height=_em(bottom + AXIS),
        role="group",
        aria_label=_("Deadlines"),
        data_highest=highest,
    )


def _axis(board: Board, bottom: float) -> Iterator[Markup]:
    passed = _passed(board)
    yield tag("rect", class_="past", x="0", y=_em(PLOT_TOP), width=_percent(passed), height=_em(PLOT_HEIGHT))
    for number in range(12):
        x = _percent(number / 12)
        if number:
            yield tag("line", class_="tick", x1=x, x2=x, y1=_em(PLOT_TOP), y2=_em(bottom))
        label = board.months[number + 1].label
        yield tag("text", label, class_="month", x=_percent((number + 0.5) / 12), y=_em(bottom + 1.4))
    yield tag("line", class_="base", x1="0", x2="100%", y1=_em(bottom), y2=_em(bottom))
    if 0 < passed < 1:
        x = _percent(passed)
        day = f"{board.day:%m-%d}"
        yield tag("line", class_="day", x1=x, x2=x, y1=_em(1.2), y2=_em(bottom))
        yield tag("text", day, class_="day", x=x, y=_em(0.9))


def _passed(board: Board) -> float:
    """Return the share of the year's ten days that has passed, as the axis has it: each as long as another."""
    if board.day.year != board.year:
        return float(board.day.year > board.year)
    slot = slot_of(board.day)
    begins = date(board.year, slot // SLOTS_A_MONTH + 1, 1 + 10 * (slot % SLOTS_A_MONTH))
    return (slot + ((board.day - begins).days + 1) / 11) / _SLOTS


def _stack(board: Board, slot: int, cards: Sequence[Card], highest: int) -> Markup:
    month = board.months[slot // SLOTS_A_MONTH + 1]
    counts, top = counted(cards), PLOT_TOP + PLOT_HEIGHT
    left, width = _percent((slot + (1 - _BAR) / 2) / _SLOTS), _percent(_BAR / _SLOTS)
    parts = []
    for lamp in STACKED:
        height = PLOT_HEIGHT * counts.get(lamp, 0) / highest
        top -= height
        parts.append(tag("rect", class_=lamp, x=left, width=width, y=_em(top), height=_em(height)))
    count = tag("text", str(len(cards)), class_="count", x=_percent((slot + 0.5) / _SLOTS), y=_em(top - 0.4))
    heading = f"{month.label} {slot_words()[slot % SLOTS_A_MONTH]}"
    label = _("{heading}: {text}").format(heading=heading, text=words_of(counts))
    return tag("a", *parts, count, href=address(slot=str(slot)), aria_label=label, data_s=slot, data_h=heading)


def slot_words() -> tuple[str, str, str]:
    """Return what the ten days of a month are called."""
    return _("1 to 10"), _("11 to 20"), _("21 to the end")


def names_markup(names: Sequence[str]) -> Markup:
    """Return several names as one text in which a search finds each by itself."""
    if len(names) == 1:
        return escape(clean(names[0]))
    return Markup("、<wbr>").join(tag("bdi", escape(clean(name))) for name in names)


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def _em(length: float) -> str:
    return f"{length:.4g}em"
