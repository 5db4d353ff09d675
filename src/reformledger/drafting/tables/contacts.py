"""Whom to call: names and telephone numbers go into the contacts, and never into the ledger."""

from __future__ import annotations

import re

from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import names_in
from reformledger.drafting.passage import Passage
from reformledger.i18n import _
from reformledger.yamlio import Mapped

_EXTENSION = r"(?:\s?(?:转|分机|ext\.?)\s?[0-9]{1,6})?"
_PHONE = (
    r"(?:\+?86[- ]?)?(?:1[0-9]{2}[- ]?[0-9]{4}[- ]?[0-9]{4}|[（(]?0[0-9]{2,3}[）)]?[-—－ ]?[0-9]{7,8}"
    rf"|[0-9]{{3,4}}[-—－ ]?[0-9]{{4}})(?![0-9*]){_EXTENSION}"
)
_MASKED = r"[0-9]{2,4}[*＊×xX•]{3,}[0-9]{0,4}"
_NUMBER = re.compile(f"(?<![0-9])(?:(?P<phone>{_PHONE})|(?P<masked>{_MASKED}))")
_BETWEEN = " \n\t\u3000:：、，,；;（）()/／-"


def put_contact(entry: DraftEntry, source: Passage, contacts: dict[str, Mapped]) -> None:
    """Put the name and the number that a cell holds into the contacts; a further one or a masked one is asked about."""
    contact = contacts.setdefault(entry.name, {})
    numbers = list(_NUMBER.finditer(source.text))
    names = [name for piece in source.split(_NUMBER) for name in names_in(piece.strip(_BETWEEN), offices=False).names]
    phones = [source.group(match) for match in numbers if match["phone"]]
    for key, found in (("name", names), ("phone", phones)):
        if found and key not in contact:
            first = found.pop(0)
            contact[key] = first.text
            entry.context.account.use(first, entry.name, "contact")
        for other in found:
            entry.ask("contact", _("An entry has one contact: is this another one?"), "contact", other)
    for match in numbers:
        if match["masked"]:
            sentence = _("The telephone number is masked: what is it?")
            entry.ask("contact", sentence, "contact", source.group(match))
    for match in re.finditer(f"[{re.escape(_BETWEEN)}]", source.text):
        entry.context.account.lay_out(source.group(match), "separator")
    if not contact:
        del contacts[entry.name]
