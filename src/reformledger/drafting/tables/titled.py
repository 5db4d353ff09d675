"""Titles as tables print them: with the number and the day of a document in brackets behind, or the text below."""

from __future__ import annotations

import re
from contextlib import suppress

from reformledger.drafting.blanks import tidied
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.notices.titles import LONGEST_OF_ENTRY
from reformledger.drafting.passage import Passage
from reformledger.drafting.values import in_paragraphs
from reformledger.i18n import _
from reformledger.model.entries import STAR_SIGN
from reformledger.model.readers import UnreadError, canonical, read_day
from reformledger.text.patterns import when_used

_NUMBER = re.compile(
    r"(?<=.)(?P<open>[（(])\s*(?P<inside>[^（）()《》]{1,20}[〔\[﹝【（(][0-9]{4}[〕\]﹞】)）]\s*第?[0-9]+\s*号)\s*(?P<close>[）)])$"
)
_DAY = re.compile(r"(?<=.)(?P<open>[（(])\s*(?P<inside>[0-9][^（）()]{5,12})\s*(?P<close>[）)])$")
_ENDS_TITLE = when_used("[^，,、；;：:（(]\\s*\n\\s*(?![（(])")


def put_title(entry: DraftEntry, source: Passage, *, of_document: bool, with_text: bool) -> None:
    """Put a title in.

    ``of_document``: the number and the day of a document are fields of the entry, else they stay in the title.
    ``with_text``: what is below its first line is the text of the entry.
    """
    title = source.strip()
    if title.text.startswith(STAR_SIGN):
        entry.put("star", title[:1], STAR_SIGN)
        entry.ask("marks", _("Is this the ☆ of what is to be closed out within the year?"), "star", title[:1])
        title = title[1:].strip()
    first = title.split("\n")[0] if "\n" in title.text else title
    below = title[len(first) :].strip()
    if with_text and below and len(first) <= LONGEST_OF_ENTRY and _ENDS_TITLE.search(title.text, len(first) - 1):
        entry.put("text", in_paragraphs(below))
        entry.ask("title", _("Is the first line the title, and what is below it the text?"), "title", source)
        title = first
    title = tidied(title)
    if of_document:
        title = _without_document(entry, title)
    if title:
        entry.put("title", title)


def _without_document(entry: DraftEntry, title: Passage) -> Passage:
    """Put the number and the day of a document that end a title into their fields, and return the title without."""
    if match := _DAY.search(title.text):
        with suppress(UnreadError):
            day = read_day(match["inside"])
            if "issued" not in entry.data:
                entry.put("issued", title.group(match, "inside"), canonical(day))
                title = _cut(entry, title, match)
    if (match := _NUMBER.search(title.text)) and "document_number" not in entry.data:
        entry.put("document_number", tidied(title.group(match, "inside")))
        title = _cut(entry, title, match)
    return title


def _cut(entry: DraftEntry, title: Passage, match: re.Match[str]) -> Passage:
    for bracket in ("open", "close"):
        entry.context.account.lay_out(title.group(match, bracket), "bracket")
    return title[: match.start()].strip()
