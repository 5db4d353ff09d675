"""Characters before titles (★): what each means, where a note says it, and a question where none does."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.notices.numbering import MARKS
from reformledger.drafting.notices.paragraphs import Paragraph
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.i18n import _
from reformledger.model.entries import STAR_SIGN
from reformledger.yamlio import Mapped

_MARKS = MARKS.replace(STAR_SIGN, "")
_ANY_MARK = frozenset(_MARKS)
_AT_START = re.compile(f"[{_MARKS}]")
_QUOTES = "“”\"‘’「」'"
_MEANING = (
    rf"(?P<before>[（(]?(?:(?:备?注|说明|附注)[：:])?[打加注带有标前]{{0,3}}[{_QUOTES}]?(?P<mark>[{_MARKS}])[{_QUOTES}]?号?"
    "(?:的|者|项目|任务|事项|标[记识志注])*(?:均|皆)?(?:为|是|系|表示|代表|指|[：:]))(?P<means>[^。；;，,（）()]+)"
    "(?P<end>[。；;，,）)]*)"
)


def mark_of(title: Passage) -> Passage:
    """Return the mark that a title begins with, blank for none."""
    match = _AT_START.match(title.text)
    return title.group(match) if match else NOTHING


def explains(note: str, marks: Collection[str]) -> bool:
    """Say whether a note says what one of some marks means."""
    return not _ANY_MARK.isdisjoint(note) and any(match["mark"] in marks for match in re.finditer(_MEANING, note))


def declared_marks(
    paragraphs: Sequence[Paragraph], titles: Sequence[tuple[DraftEntry, Passage]], context: Context
) -> Mapped:
    """Return the marks before the titles of some entries with the meaning that a note gives each; ask else."""
    meanings = DraftEntry("marks", context)
    used = {mark.text for _entry, title in titles if (mark := mark_of(title))}
    for paragraph in paragraphs:
        for match in re.finditer(_MEANING, paragraph.text.text):
            if match["mark"] in used and match["mark"] not in meanings.data:
                context.account.lay_out(paragraph.text.group(match, "before"), "label")
                meanings.put(match["mark"], paragraph.text.group(match, "means"))
                context.account.lay_out(paragraph.text.group(match, "end"), "separator")
    sentence = _("What does this mark mean? Declare it under “marks”, or take it out of the titles.")
    for entry, title in titles:
        mark = mark_of(title)
        if mark and mark.text not in meanings.data:
            entry.ask("marks", sentence, "title", mark)
    return meanings.data
