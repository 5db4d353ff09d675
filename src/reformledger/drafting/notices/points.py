"""The work points of a notice, as plain data: their document, its sections, the points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.marks import declared_marks
from reformledger.drafting.notices.answering import SECTION, put_responsibility
from reformledger.drafting.notices.labels import is_note
from reformledger.drafting.notices.letter import Parts, parted
from reformledger.drafting.notices.notice import are_recipients, propose_reporting, read_notice
from reformledger.drafting.notices.numbering import BULLET
from reformledger.drafting.notices.outline import Node, outline, points_of
from reformledger.drafting.notices.paragraphs import Paragraph, paragraphs
from reformledger.drafting.notices.statements import Statement, statement_in
from reformledger.drafting.notices.titles import titled
from reformledger.drafting.passage import Passage, joined, joined_lines
from reformledger.drafting.source import Line
from reformledger.drafting.title_lines import ANNEX, LONGEST_TITLE, ends_title, is_annex
from reformledger.i18n import _
from reformledger.text.folding import compact
from reformledger.text.numerals import printed_number
from reformledger.text.titles import core, documents, unpaired
from reformledger.yamlio import Data, Mapped

_AROUND_NUMBER = re.compile("[．.、：:]+$")
_ENDS_SENTENCE = re.compile("[。；;：:！!]$")
_BETWEEN_DIGITS = re.compile("(?<=(?<![0-9])[0-9]) (?=[0-9](?![0-9]))")
"""What spaces the digits of a year out in a title: 2 0 2 2."""
_IN_BRACKETS = re.compile("[（(][^（）()]*[）)]")
"""What is printed over or under a title: （征求意见稿）, （此件公开发布）, a day."""
_NAMES_ANNEX = re.compile(f"{ANNEX}:(?:1[.、])?《?(?P<title>.+?)》?")


def read_workpoints(lines: Sequence[Line], context: Context) -> Mapped | None:
    """Return the document of work points that lines make; None where they hold no points."""
    everything = paragraphs(lines, context.account)
    parts = parted(everything, context.account.source.text)
    nodes = outline(parts.body, context.account.source.text)
    if not any(True for _point in points_of(nodes)):
        return None
    return _Workpoints(everything, parts, context).document(nodes)


class _Workpoints:
    """A document of work points under way."""

    def __init__(self, everything: Sequence[Paragraph], parts: Parts, context: Context) -> None:
        self._context = context
        self._parts = parts
        self._entry = DraftEntry("workpoints", context, {"kind": "workpoints", "year": str(context.year)})
        self._everything = everything
        self._statement = _stated_for_all(everything)
        self._are_bare = False
        """Whether all points are sentences with nothing but names beside them."""
        self._titles: list[tuple[DraftEntry, Passage]] = []
        self._silent: list[tuple[DraftEntry, Passage]] = []
        """The points of which nobody says who answers for them, nor for their section."""

    def document(self, nodes: Sequence[Node]) -> Mapped:
        """Return the document whose sections and points are the nodes."""
        document = self._entry.data
        notice = read_notice(self._parts.letter, self._context) if self._parts.letter else None
        self._put_head(notice)
        if notice:
            document["notice"] = notice
        points = list(points_of(nodes))
        self._are_bare = not any(node.is_labelled for node in points)
        ids = self._ids(points)
        self._ask_about_gaps(nodes)
        document["sections"] = cast("Data", self._sections(nodes, ids))
        self._ask_about_silent(points)
        if marks := declared_marks(self._everything, self._titles, self._context):
            document["marks"] = marks
        propose_reporting([*self._parts.letter, *self._parts.head], self._entry)
        return document

    # The head

    def _put_head(self, notice: Mapped | None) -> None:
        """Put title and general idea in; a document without a title of its own has that which its notice names."""
        head = list(self._parts.head)
        while head and is_annex(head[0].text.text):
            self._context.account.lay_out(head.pop(0).text, "heading")
        title: list[Passage] = []
        head = [paragraph for paragraph in head if not _IN_BRACKETS.fullmatch(paragraph.text.text)]
        while head and not ends_title(joined(title).text) and _may_be_title(head[0]):
            title.append(head.pop(0).text)
        if title:
            self._entry.put("title", joined(title).without(_BETWEEN_DIGITS))
        else:
            self._entry.data["title"] = self._title_of(notice)
            sentence = _("The document has no title of its own: is it called so?")
            self._entry.ask("title", sentence, "title", joined([]), claimed=False)
        self._lay_out_annexes()
        if idea := [paragraph.text for paragraph in head if _is_idea(paragraph.text)]:
            self._entry.put("general_idea", joined_lines(idea))

    def _lay_out_annexes(self) -> None:
        """Lay out where the letter says that the document is its annex (附件：某局2021年工作要点)."""
        title = self._entry.data["title"]
        for paragraph in self._parts.letter:
            match = _NAMES_ANNEX.fullmatch(compact(paragraph.text.text))
            if match and isinstance(title, str) and match["title"] == compact(title):
                self._context.account.lay_out(paragraph.text, "heading")

    def _title_of(self, notice: Mapped | None) -> str:
        title = notice.get("title") if notice else None
        if not isinstance(title, str):
            return _("Work points of {year}").format(year=self._context.year)
        return next((named for named in documents(title)), core(title))

    # Numbers and ids

    def _ids(self, points: Sequence[Node]) -> dict[int, str]:
        """Return the ids of the points, by what Python knows each: of their numbers, where no two share one."""
        numbers = [printed_number(point.number.text) for point in points]
        are_unique = None not in numbers and max(Counter(numbers).values()) == 1
        before = [0, *(number or 0 for number in numbers)]
        if None not in numbers and any(
            number not in {1, last + 1} for last, number in zip(before, numbers, strict=False)
        ):
            self._entry.data["numbers"] = "own"
            sentence = _("Numbers are missing: is this an extract, so that they need not follow each other?")
            self._entry.ask("numbers", sentence, "numbers", points[0].number, claimed=False)
        counted = numbers if are_unique else range(1, len(points) + 1)
        return {id(point): f"point-{number}" for point, number in zip(points, counted, strict=True)}

    def _ask_about_gaps(self, nodes: Sequence[Node]) -> None:
        """Ask where the numbers of sections jump: a heading may be lost."""
        sections = [node for node in nodes if not node.is_point]
        for before, node in pairwise(sections):
            numbers = printed_number(before.number.text), printed_number(node.number.text)
            if node.style == before.style and None not in numbers and numbers[1] != (numbers[0] or 0) + 1:
                sentence = _("The numbers of headings jump here: is one missing before it, with points under it?")
                self._entry.ask("heading", sentence, "sections", node.number + node.lines[0], claimed=False)
            self._ask_about_gaps(node.children)

    def _ask_about_silent(self, points: Sequence[Node]) -> None:
        """Ask whether those are points of which, unlike of most others, nobody says who answers for them."""
        sentence = _("Nothing is printed here of who answers for it, unlike elsewhere: is it a work point?")
        if len(self._silent) * 2 < len(points):
            for entry, title in self._silent:
                entry.ask("kind", sentence, "title", title, claimed=False)

    def _put_number(self, entry: DraftEntry, number: Passage) -> None:
        bare = number[: len(_AROUND_NUMBER.sub("", number.text).rstrip())]
        if bare:
            entry.put("number", bare)
            self._context.account.lay_out(number[len(bare) :], "numbering")

    # Sections and points

    def _sections(self, nodes: Sequence[Node], ids: dict[int, str]) -> list[Data]:
        """Return the sections of the outermost nodes; points among them are in one with the title of the document."""
        sections: list[Data] = []
        loose: list[Data] = []
        for node in nodes:
            if node.is_point:
                if not loose:
                    sentence = _("Points are printed under no heading: the section is called as the document is.")
                    self._entry.ask("heading", sentence, "sections", node.lines[0], claimed=False)
                    sections.append({"title": self._entry.data["title"], "points": loose})
                loose.append(self._point(node, None, ids, has_fellows=True, is_answered=False))
            elif node.children:
                loose = []
                sections.append(
                    self._section(node, "", ids, is_answered=False, is_odd=_is_odd(node, nodes, is_outermost=True))
                )
        return sections

    def _section(self, node: Node, above: str, ids: dict[int, str], *, is_answered: bool, is_odd: bool) -> Mapped:
        name = f"{above}{node.number.text or node.lines[0].text}"
        section = DraftEntry(f"section {name}", self._context)
        self._put_number(section, node.number)
        title = node.lines[0]
        section_title = title.strip("。：:") or title or node.number
        section.put("title", section_title)
        self._context.account.lay_out(title, "separator")
        if is_odd:
            sentence = _("This heading has no number, unlike the others: is it one of them?")
            section.ask("heading", sentence, "number", section_title, claimed=False)
        put_responsibility(section, node.found, self._statement, SECTION)
        self._note_statements(node)
        is_answered = is_answered or bool(node.found)
        has_fellows = sum(child.is_point for child in node.children) > 1
        for child in node.children:
            key = "points" if child.is_point else "sections"
            held = cast("list[Data]", section.data.setdefault(key, []))
            if child.is_point:
                point = self._point(child, section, ids, has_fellows=has_fellows, is_answered=is_answered)
                held.append(point)
            elif child.children:
                held.append(
                    self._section(
                        child,
                        name,
                        ids,
                        is_answered=is_answered,
                        is_odd=_is_odd(child, node.children, is_outermost=False),
                    )
                )
        return section.data

    def _point(
        self, node: Node, section: DraftEntry | None, ids: dict[int, str], *, has_fellows: bool, is_answered: bool
    ) -> Mapped:
        name = ids[id(node)]
        entry = DraftEntry(name, self._context, {"id": name})
        self._put_number(entry, node.number)
        if node.style not in {"", BULLET} and not node.number:
            sentence = _("No number is printed before it, unlike the others: is it an entry of its own?")
            entry.ask("numbers", sentence, "number", node.lines[0], claimed=False)
        node.take_items()
        self._put_title(entry, node, section, has_fellows=has_fellows)
        self._note_statements(node)
        put_responsibility(entry, node.found, self._statement)
        if not (node.found or is_answered):
            self._silent.append((entry, node.lines[0]))
        if self._statement and not self._statement.holds_on:
            self._statement = None
        return entry.data

    def _put_title(self, entry: DraftEntry, node: Node, section: DraftEntry | None, *, has_fellows: bool) -> None:
        lines = [line for line in node.lines if line]
        if not lines:
            entry.data["title"] = node.number.text
            entry.ask("title", _("No title is printed here."), "title", node.number)
            return
        found = titled(
            lines,
            has_section_title=section is not None and not has_fellows,
            is_bare=self._are_bare,
        )
        if found.title:
            entry.put("title", found.title)
            self._titles.append((entry, found.title))
        elif section is not None:
            entry.data |= {"title": section.data["title"], "title_from": "section"}
        if found.text:
            entry.put("text", found.text)
        self._context.account.lay_out(found.end, "separator")
        for key, passage in (("title", found.title), ("text", found.text)):
            if any(True for _unpaired in unpaired(passage.text)):
                entry.ask("value", _("A bracket has no partner here: is all as it should be?"), key, passage)
        if found.is_doubtful:
            sentence = _("No title is printed apart from the text: is it this one?")
            entry.ask("title", sentence, "title", found.title, claimed=not found.is_shared)

    def _note_statements(self, node: Node) -> None:
        for stated in node.found.statements:
            self._statement = statement_in(stated.text) or self._statement


def _is_odd(node: Node, beside: Sequence[Node], *, is_outermost: bool) -> bool:
    """Say whether a section has no number, although others beside it do, or is the only one in another."""
    others = [other for other in beside if other is not node and other.children]
    return not node.number and (any(other.number for other in others) or not (others or is_outermost))


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text.text
    return len(text) <= LONGEST_TITLE and not _ENDS_SENTENCE.search(text) and not is_note(text)


def _is_idea(paragraph: Passage) -> bool:
    text = paragraph.text
    return _ENDS_SENTENCE.search(text) is not None and not (is_note(text) or are_recipients(paragraph))


def _stated_for_all(paragraphs: Sequence[Paragraph]) -> Statement | None:
    """Return what the letter, the general idea or a note state of all lists of departments."""
    texts = [paragraph.text.text for paragraph in paragraphs if not paragraph.number]
    stated = next((statement for text in texts if (statement := statement_in(text))), None)
    return stated._replace(holds_on=True) if stated else None
