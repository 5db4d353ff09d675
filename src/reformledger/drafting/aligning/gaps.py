"""What it earns, or costs, to end a cell between two pieces of a row, or to go on with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reformledger.drafting.aligning.pieces import Gap, Piece, width_of

_BREAK = {Gap.WRAP: -4.0, Gap.END: 0.5, Gap.LINE: 0.0, Gap.BLANK: 0.5, Gap.WIDE: 0.0, Gap.BLANK_LINE: 0.3}
_JOIN = {Gap.WRAP: 0.5, Gap.END: -1.5, Gap.LINE: 0.0, Gap.BLANK: -1.5, Gap.WIDE: -3.0, Gap.BLANK_LINE: -3.0}
_JOIN_PARAGRAPHS = -0.3
"""For columns whose cells may well have several."""
_JOIN_TO_SHARED_LINE = -2.5
"""A line that several cells share has the only line of each."""
_SHOWS_BLANK = 1.5
_ARTEFACT = -0.2
_CONTINUES, _NOT_ALONE, _NEVER_ALONE = 0.5, -3.0, -15.0
_EVEN, _UNEVEN = 0.4, -1.5
_BETWEEN_EVEN = -0.8
_NARROWEST = 4  # characters of a line that a column broke
_SLACK = 1.0  # characters by which lines of one width differ
_BLANK_CELL = frozenset({Gap.WIDE, Gap.BLANK_LINE})
_LINE_ENDS = frozenset({Gap.END, Gap.LINE, Gap.BLANK_LINE})
_OPEN_ENDS = tuple("、，《〈“（(〔：和与及的")
_OPEN_STARTS = tuple("，。、；）)》〉”〕！？：和与及的")
_BRACKET_STARTS = tuple("（(〔")
_COUNTED = "个所套件家场次项名人户条万亿千百"
_ONE_DATE = (
    (re.compile("[0-9今明次本]年$"), re.compile("[0-9]{1,2}(?:月|$)|第?[一二三四]季度|[上下]半年|年?底")),
    (re.compile("[0-9][-/]$"), re.compile("[0-9]")),
    (re.compile("[0-9]月$"), re.compile("[0-9]{1,2}(?:[日号]|$)|[上中下]旬|底|初|末")),
)
"""How a date goes on that a blank cut: what is before the blank, and behind it."""
_ONE_VALUE = (
    *_ONE_DATE,
    (re.compile("[0-9]$"), re.compile(f"[年月日号%％{_COUNTED}]")),
    (re.compile("(?:力争|预计|截[至止]|每[月季年周]度?|[于至从自到达])$"), re.compile("[0-9]")),
    (re.compile("[^0-9年月日号，。；、]$"), re.compile(f"[0-9.]+(?:[{_COUNTED}]|公里)")),
)
"""The same of dates and counts."""
_UNIT = re.compile(
    "(?:[年月日号](?:[底初末]|[上中下]旬)?(?:之?[前内]|以前|起)?|[十百千万亿余多]*(?:"
    "[个所套件家场次项名人户条处座台辆亩吨米元份篇批期门支栋间张只头株宗起倍天周级层床部核%％]|人次|场次|公里|千米|平方米|公顷|"
    "万元|亿元|个月|小时|[KMGT]B|kW|km|[mk]²)(?:及?以[上下内]|左右)?)[。，、；]?"
)
"""What is the unit of the number before it, and nothing else: the two are never in two cells."""
_MARKS = frozenset("“”‘’《》（）()0123456789-—～~.%％、，。：；")


def has_unit(before: str, text: str) -> bool:
    """Say whether a text is the unit of the number that the text before it ends with."""
    return before[-1:].isdigit() and _UNIT.fullmatch(text) is not None


def is_one_date(before: str, text: str) -> bool:
    """Say whether a text goes on with the date that the text before it ends with."""
    return any(end.search(before) and start.match(text) for end, start in _ONE_DATE)


class Gaps:
    """The gaps of a row, by the place of the piece behind each; the last one is ``behind`` the row."""

    def __init__(self, pieces: Sequence[Piece], behind: Gap) -> None:
        self._pieces = pieces
        self._artefact = [place > 0 and self._is_artefact(place) for place in range(len(pieces))]
        self._lines = Counter(piece.line for place, piece in enumerate(pieces) if not self._artefact[place])
        attached = [place > 0 and self._is_attached(place) for place in range(len(pieces))]
        self.blank = [_SHOWS_BLANK if gap in _BLANK_CELL else 0.0 for gap in (*(piece.gap for piece in pieces), behind)]
        """What speaks for a blank cell there."""
        self.cell = [self._begun(place, attached[place]) for place in range(len(pieces))]
        """What it earns to begin a cell there."""
        self.joined = [self._joined(place, attached[place], _JOIN) for place in range(len(pieces))]
        """What it earns to go on with a cell there, and below with one that may well have several paragraphs."""
        self.joined_paragraphs = [
            self._joined(place, attached[place], {**_JOIN, Gap.END: _JOIN_PARAGRAPHS}) for place in range(len(pieces))
        ]
        if pieces:
            self.cell[0] = 0.0

    def _before(self, place: int) -> str:
        """Return the text before a piece, with what a blank cut from it: 2022 年."""
        pieces = self._pieces[max(place - 2, 0) : place]
        return "".join(piece.text for piece in pieces) if pieces[-1].gap is Gap.BLANK else pieces[-1].text

    def _is_attached(self, place: int) -> bool:
        """Say whether a piece goes on with what the one before it has begun."""
        before, piece = self._before(place), self._pieces[place].text
        if before.endswith(_OPEN_ENDS) or piece.startswith(_OPEN_STARTS) or (place > 1 and has_unit(before, piece)):
            return True
        return any(end.search(before) and start.match(piece) for end, start in _ONE_VALUE)

    def _is_artefact(self, place: int) -> bool:
        """Say whether the blank before a piece may be one that a PDF puts beside digits and single characters."""
        gap, before, piece = self._pieces[place].gap, self._pieces[place - 1].text, self._pieces[place].text
        if gap in {Gap.BLANK, Gap.WIDE} and (len(before) == 1 or len(piece) == 1):
            return True
        return gap is Gap.BLANK and (before[-1] in _MARKS or piece[0] in _MARKS or (before + piece).isascii())

    def _is_one_value(self, place: int) -> bool:
        """Say whether a piece and the one before it, which is no row's own number, are one value in any reading."""
        before, piece = self._before(place), self._pieces[place].text
        is_within = self._pieces[place].gap in {Gap.BLANK, Gap.WRAP}
        return (is_within and is_one_date(before, piece)) or (place > 1 and has_unit(before, piece))

    def _begun(self, place: int, is_attached: bool) -> float:
        gap = self._pieces[place].gap
        if is_attached:
            return _NEVER_ALONE if self._is_one_value(place) else _NOT_ALONE
        if place and gap is Gap.LINE:
            widths = [width_of(piece.passage.text) for piece in self._pieces[place - 1 : place + 1]]
            return _BETWEEN_EVEN if widths[0] == widths[1] >= _NARROWEST else _BREAK[gap]
        return _BREAK[gap]

    def _joined(self, place: int, is_attached: bool, by_gap: dict[Gap, float]) -> float:
        gap = self._pieces[place].gap
        if is_attached:
            return _CONTINUES
        if self._pieces[place].text.startswith(_BRACKET_STARTS) and gap is not Gap.WIDE:
            return 0.0
        if self._artefact[place]:
            return _ARTEFACT
        is_shared = place > 0 and gap in _LINE_ENDS and self._is_shared(place)
        return by_gap[gap] + (_JOIN_TO_SHARED_LINE if is_shared else 0.0)

    def _is_shared(self, place: int) -> bool:
        """Say whether another cell is on the line before a piece, or on that of the piece."""
        return self._lines[self._pieces[place - 1].line] > 1 or self._lines[self._pieces[place].line] > 1


class Shape:
    """The lines of a cell under way, where their ends tell nothing: all but the last of a paragraph have one width."""

    def __init__(self) -> None:
        self._width = 0.0

    def points(self, before: Piece, piece: Piece) -> tuple[float, float]:
        """Return what the widths of a line and the next earn, and what for a cell of several paragraphs."""
        return (_UNEVEN, _JOIN_PARAGRAPHS) if self.breaks(before, piece) else (_EVEN, _EVEN)

    def breaks(self, before: Piece, piece: Piece) -> bool:
        """Say whether a line ends its paragraph, by its own width and that of the next."""
        ending, following = width_of(before.passage.text), width_of(piece.passage.text)
        is_full = not self._width or ending >= self._width - _SLACK
        self._width = max(self._width, ending)
        return not is_full or following > self._width + _SLACK
