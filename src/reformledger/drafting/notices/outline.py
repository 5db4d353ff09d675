"""Numbered paragraphs as an outline: which is below which, and which of them are points, sections, or text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from reformledger.drafting.notices.labels import ANSWERING, begins_with_label, is_note, labels_in
from reformledger.drafting.notices.numbering import BULLET, DEPTHS
from reformledger.drafting.notices.paragraphs import Paragraph
from reformledger.drafting.notices.responsibility import Responsibility, cut_responsibility
from reformledger.drafting.passage import NOTHING, Passage

_OUTERMOST = ("", "chapter", "一、")
"""The styles, or none, that no heading without a number is right above."""
_ITEM_LEVEL = 4
"""The first of the levels (（1）, ①) that number what is within a text, unless each says who answers for it."""
_SECTION_LEVEL = 2
"""The last of the levels (一、, （一）) that number what is above points, where nothing else tells."""
_LONGEST_HEADING = 40  # characters
_SHORTEST_POINT = 8
_IS_TEXT = re.compile("[。；;！!]|[，,：:】］\\]]$")
_ENDS_LINE = re.compile("[。；;！!？?：:）)”》]$")
_BEGINS_TEXT = re.compile("[（(\\[［【〔“《]|附件|备?注|说明")
_ENDS_SENTENCE = re.compile("[。！!]")
_GOES_ON = re.compile("[。！!].|[：:]$")
_CLOSES = re.compile("联系人|联系电话|报送")
"""What the last paragraph of a document says to whom it is addressed, behind all points."""
_POINT_STYLE = "1."
"""The style of points without a number, where no number behind them shows another."""


@dataclass
class Node:
    """A numbered paragraph, or a heading without a number, and what is below it.

    ``lines`` are its own text and the paragraphs behind it, without what they say of responsibility, which is
    ``found``. ``is_styled``: the style of its paragraph says that it is a heading. A point whose number was lost has
    the ``style`` of those beside it, a heading that has none a blank one.
    """

    number: Passage
    style: str
    level: int
    lines: list[Passage]
    found: Responsibility = field(default_factory=Responsibility)
    children: list[Node] = field(default_factory=list)
    is_styled: bool = False

    @property
    def is_point(self) -> bool:
        """Say whether it is a point: what is below it is its text; else a section."""
        if not self.children:
            return not self.is_bare_heading
        answering = [child for child in self.children if child.answers]
        is_below = self.children[0].level >= _ITEM_LEVEL
        if self._answers_itself:
            return is_below or not answering
        if answering:
            is_last = len(answering) == 1 and self.children[-1].answers
            return is_last and (self._goes_on or (is_below and len(self.children) > 1))
        return is_below and (self.level > _SECTION_LEVEL or self._goes_on)

    @property
    def answers(self) -> bool:
        """Say whether it, or what is below it, says who answers for it."""
        return bool(self.found) or any(child.answers for child in self.children)

    @property
    def is_labelled(self) -> bool:
        """Say whether it, or what is below it, says who answers in brackets or behind labels."""
        is_said = bool(self.found.brackets) or any(clause.label for clause in self.found.clauses)
        return is_said or any(child.is_labelled for child in self.children)

    @property
    def _answers_itself(self) -> bool:
        return any(clause.key not in {"leaders", "lead_departments"} for clause in self.found.clauses) or (
            bool(self.found) and _ENDS_SENTENCE.search(self.lines[0].text) is not None
        )

    @property
    def _goes_on(self) -> bool:
        """Say whether what is below it goes on with a text of its own: several sentences, or one that opens a list."""
        return _GOES_ON.search(self.lines[0].text) is not None

    @property
    def may_be_section(self) -> bool:
        """Say whether it is printed as headings of sections are: short, numbered as those, with no text behind it."""
        is_heading = len(self.lines) == 1 and len(self.lines[0]) <= _LONGEST_HEADING
        is_above = self.level <= _SECTION_LEVEL and not self._answers_itself
        return is_heading and is_above and not _IS_TEXT.search(self.lines[0].text)

    @property
    def is_bare_heading(self) -> bool:
        """Say whether it is a heading with nothing below it."""
        return not self.style and not self.found and len(self.lines) == 1

    def take_items(self) -> None:
        """Make what is below it part of its own text, numbers included, and all that is said there of who answers."""
        for child in self.children:
            child.take_items()
            self.lines += [child.number + child.lines[0], *child.lines[1:]]
            self.found.add(child.found)
        self.children = []


def outline(paragraphs: Sequence[Paragraph], source: str) -> list[Node]:
    """Return the outermost nodes that paragraphs make; those before the first number or heading are left out.

    ``source`` is the text of the whole source.
    """
    roots: list[Node] = []
    above: list[Node] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.number:
            _close(above, paragraph.style)
        elif is_heading(paragraphs, place):
            following = next((other for other in paragraphs[place:] if other.number), paragraph)
            _close_before_heading(above, following.style)
        elif _closes_document(paragraphs, place):
            continue
        elif above and (node := _below_heading(above, paragraphs, place, source)):
            above[-1].children.append(node)
            above.append(node)
            continue
        elif above and (node := _without_number(above[-1], paragraph, source)):
            above.pop()
            (above[-1].children if above else roots).append(node)
            above.append(node)
            continue
        else:
            if above and not is_note(paragraph.text.text):
                _add_line(above[-1], paragraph.text, source)
            continue
        node = Node(paragraph.number, paragraph.style, paragraph.level, [], is_styled=paragraph.is_heading)
        node.lines.append(cut_responsibility(paragraph.body, node.found, source))
        (above[-1].children if above else roots).append(node)
        above.append(node)
    _complete(roots)
    return roots


def _closes_document(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Say whether a paragraph is behind all points, and says to all who reads it where to report."""
    is_last = not any(paragraph.number or paragraph.is_item for paragraph in paragraphs[place:])
    return is_last and _CLOSES.search(paragraphs[place].text.text) is not None


def _below_heading(above: list[Node], paragraphs: Sequence[Paragraph], place: int, source: str) -> Node | None:
    """Return the point that a paragraph without a number is below the heading that is open; items before it close.

    It has a bullet, or says itself who answers, while the heading has a style that says so, other points below it, or
    another such paragraph.
    """
    paragraph = paragraphs[place]
    if paragraph.is_item:
        _close(above, BULLET)
    heading = above[-1] if above else None
    if heading is None or not heading.may_be_section:
        return None
    style = BULLET if paragraph.is_item else _style_below(heading, paragraphs[place + 1 :], source)
    node = Node(NOTHING, style, DEPTHS[_POINT_STYLE][0], [])
    node.lines.append(cut_responsibility(paragraph.text, node.found, source))
    if paragraph.is_item:
        return node if node.lines[0] and not _are_labelled(paragraphs[place:]) else None
    return node if style and node.found and len(node.lines[0]) >= _SHORTEST_POINT else None


def _style_below(heading: Node, following: Sequence[Paragraph], source: str) -> str:
    """Return the style of the points below a heading whose first has no number; blank where it has no points."""
    numbered = next((paragraph for paragraph in following if paragraph.number), None)
    if numbered and not _ends(heading, numbered.style):
        return numbered.style if numbered.level < _ITEM_LEVEL else ""
    behind = following[0] if following else None
    if behind is None or behind.number:
        return _POINT_STYLE if heading.is_styled else ""
    found = Responsibility()
    rest = cut_responsibility(behind.text, found, source)
    return _POINT_STYLE if heading.is_styled or (found and len(rest) >= _SHORTEST_POINT) else ""


def _are_labelled(items: Sequence[Paragraph]) -> bool:
    """Say whether one of the items that a list begins with is but a label and what it says: they are of one point."""
    return any(begins_with_label(item.text.text) for item in takewhile(lambda item: item.is_item, items))


def _without_number(before: Node, paragraph: Paragraph, source: str) -> Node | None:
    """Return the point that a paragraph without a number is: it says again who answers, as the one before it did."""
    node = Node(NOTHING, before.style, before.level, [])
    rest = cut_responsibility(paragraph.text, node.found, source)
    said = {clause.key for clause in before.found.clauses} & {clause.key for clause in node.found.clauses}
    node.lines.append(rest)
    return node if before.style and said & set(ANSWERING) and len(rest) >= _SHORTEST_POINT else None


def _complete(nodes: Sequence[Node]) -> None:
    """Put what is printed below a heading without any number into a point, where others like it have points."""
    sections = {node.style: node for node in nodes if node.style and node.children and not node.is_point}
    for node in nodes:
        like = sections.get(node.style)
        if like and not node.children and len(node.lines) > 1:
            child = Node(NOTHING, like.children[0].style, like.children[0].level, node.lines[1:], node.found)
            node.lines, node.found, node.children = node.lines[:1], Responsibility(), [child]
        _complete(node.children)


def _close_before_heading(above: list[Node], style: str) -> None:
    """Close what a heading without a number ends, behind which numbers of a style are: whatever has such below it."""
    _close(above, style)
    _close(above, "")
    if above and above[-1].children and above[-1].children[0].style:
        above.pop()


def _close(above: list[Node], style: str) -> None:
    """Close those of the nodes that are open which a number of a style, or a heading without one, is not below.

    A style that is open goes on where it was; another is below what is less deep, or has no number.
    """
    same = next((place for place, node in enumerate(above) if node.style == style), None)
    if same is not None:
        del above[same:]
    while style and above and _ends(above[-1], style):
        above.pop()


def _ends(node: Node, style: str) -> bool:
    """Say whether a number of a style ends what is below a node: it is no deeper than that, or than what is there."""
    if node.style:
        return DEPTHS[node.style] >= DEPTHS[style]
    return bool(node.children and node.children[0].style) and DEPTHS[node.children[0].style] > DEPTHS[style]


def _add_line(node: Node, line: Passage, source: str) -> None:
    """Add a paragraph to the lines of a node; what may be no text of its own, behind what is, is left over."""
    answered = bool(node.found)
    rest = cut_responsibility(line, node.found, source)
    if rest and not _is_strange(rest.text, node.lines[-1].text, answered=answered):
        node.lines.append(rest)


def _is_strange(text: str, before: str, *, answered: bool) -> bool:
    """Say whether a paragraph is none of the text that is before it.

    It is short and ends no clause, although that does; or it begins with a label of something else (抄送：), when it
    was said already who answers.
    """
    if answered and (labels := labels_in(text)) and not text[: labels[0].start].strip():
        return True
    return len(text) <= _LONGEST_HEADING and not _ENDS_LINE.search(text) and _ENDS_LINE.search(before) is not None


def is_heading(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Say whether a paragraph without a number is a heading: short, no sentence, and points begin behind it."""
    paragraph, following = paragraphs[place], paragraphs[place + 1 : place + 2]
    text = paragraph.text.text
    if len(text) > _LONGEST_HEADING or _IS_TEXT.search(text) or _BEGINS_TEXT.match(text) or labels_in(text):
        return False
    return paragraph.is_heading or (bool(following) and following[0].style not in _OUTERMOST)


def points_of(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the points of an outline, in their order."""
    for node in nodes:
        if node.is_point:
            yield node
        else:
            yield from points_of(node.children)
