"""Text as it is pasted from a page, as the source of a draft."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reformledger.drafting.account import Account
from reformledger.drafting.entry import Context
from reformledger.drafting.notices.paragraphs import Paragraph, paragraphs
from reformledger.drafting.notices.points import read_workpoints
from reformledger.drafting.questions import Item, Questions
from reformledger.drafting.source import Line, Place, SourceBuilder
from reformledger.yamlio import Mapped

NOTICE = (Path(__file__).parent / "notice" / "notice_2020.txt").read_text(encoding="utf-8")
POINTS = NOTICE[: NOTICE.rindex("附件")]
"""The notice up to its annex, as a PDF of it is pasted: its lines double spaced, a blank where a paragraph ends."""


class Read(NamedTuple):
    """What was read of a text: a document, with what is asked and the account."""

    document: Mapped
    questions: Questions
    account: Account

    def asked(self) -> set[tuple[str, str]]:
        """Return the entries and fields that are asked about."""
        return {(item.entry, item.field) for item in self.items()}

    def items(self) -> list[Item]:
        """Return the items of all questions."""
        return [item for question in self.questions for item in question.items]

    def rest(self) -> list[str]:
        """Return what nobody claimed."""
        return [passage.text for passage in self.account.unclaimed()]


def context_of(text: str, year: int = 2021, *, are_whole: bool = False) -> Context:
    """Return the context of a text, whose lines may be whole paragraphs as those of a Word document are."""
    builder = SourceBuilder(Path("pasted.txt"))
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        passage = builder.add(line, Place(line=number))
        builder.blocks.append(Line(passage[: len(line.rstrip("\n"))], are_whole))
    return Context(year, Questions(), Account(builder.source()))


def lines_of(context: Context) -> list[Line]:
    """Return the lines of the source of a context."""
    return [block for block in context.account.source.blocks if isinstance(block, Line)]


def paragraphs_of(text: str, *, are_whole: bool = False) -> list[Paragraph]:
    """Return the paragraphs of a text."""
    context = context_of(text, are_whole=are_whole)
    return paragraphs(lines_of(context), context.account)


def read_points(text: str, year: int = 2021, *, are_whole: bool = False) -> Read:
    """Return the work points that are read of a text."""
    context = context_of(text, year, are_whole=are_whole)
    document = read_workpoints(lines_of(context), context)
    return Read(document or {}, context.questions, context.account)


def stripped(text: str) -> str:
    """Return a text without blanks around its lines, and without blank lines."""
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def wrapped(text: str, width: int) -> str:
    """Return a text whose paragraphs are broken anew, at so many characters."""
    lines: list[str] = []
    for paragraph in paragraphs_of(text):
        whole = paragraph.text.text
        lines += [whole[start : start + width] for start in range(0, len(whole), width)]
    return "".join(f"{line}\n" for line in lines)
