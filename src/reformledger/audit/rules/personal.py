"""Group 9, personal data: numbers that cannot be called, and numbers where everybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer
from reformledger.audit.rule import rule
from reformledger.i18n import _, ngettext
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Contacts
from reformledger.text.folding import Folding, Level
from reformledger.text.masking import identity_numbers, mobile_numbers
from reformledger.text.patterns import when_used

_JOINT = when_used("[、,，;；/]|或")
_EXTENSION = re.compile("(?:转|ext\\.?|分机)[0-9]{1,6}$", re.IGNORECASE)
_GROUPING = when_used(r"[\s\-‐-―—()]")
_MOBILE = re.compile("(?:\\+?86|0086)?1[3-9][0-9]{9}")
_LANDLINE = re.compile("(?:010|02[0-9]|0[3-9][0-9]{2})?[2-8][0-9]{6,7}")
# Hot lines, service numbers and the short numbers of a body's own exchange.
_SHORT = re.compile("[48]00[0-9]{7}|[1-9][0-9]{2,5}")
_CALLED = when_used("^(?:办公)?(?:电话|手机|座机|短号|固话|[a-z]+)[:：]?", re.IGNORECASE)

# An invisible character stays: it would be copied with the number, into the telephone.
_half_width = Folding(Level.WIDTH | Level.SPACE_AROUND)
_DIGIT = "[0-9０-９]"


@rule("RL901", Severity.WARNING)
def wrong_phone(audit: Audit) -> Iterator[Found]:
    """Find phone numbers of contacts that nobody could dial."""
    for loaded in audit.book.documents:
        if isinstance(loaded.document, Contacts):
            for entry_id, contact in loaded.document.contacts.items():
                for number in undialled(contact.phone or ""):
                    digits = len(re.findall(_DIGIT, number))
                    message = ngettext(
                        "Nobody can dial this ({count} digit).", "Nobody can dial this ({count} digits).", digits
                    ).format(count=digits)
                    # A number may be part of another beside it: then both are underlined.
                    part = number.strip() if (contact.phone or "").count(number.strip()) == 1 else ""
                    pointer = Pointer(loaded, ("contacts", entry_id, "phone"), part, private=True)
                    entry = audit.book.get(f"{loaded.document.year}/{entry_id}")
                    yield Found(message, pointer._replace(entry=entry))


def undialled(phone: str) -> list[str]:
    """Return those of the numbers in a contact's phone that nobody could dial."""
    return [number for number in _JOINT.split(phone) if number.strip() and not can_be_dialled(number)]


def can_be_dialled(number: str) -> bool:
    """Say whether a text is a mobile, fixed, service or short number, however it is grouped."""
    folded = _CALLED.sub("", _half_width(number))
    digits = _GROUPING.sub("", _EXTENSION.sub("", folded))
    return any(shape.fullmatch(digits) for shape in (_MOBILE, _LANDLINE, _SHORT))


@rule("RL902", Severity.ERROR)
def phone_in_text(audit: Audit) -> Iterator[Found]:
    """Find mobile numbers anywhere but in the contacts: in a text, a name, a comment."""
    for loaded in audit.book.documents:
        if not isinstance(loaded.document, Contacts):
            for match in mobile_numbers(loaded.tree.text):
                message = _("A mobile number stands here, in the open: move it into the contacts of the year.")
                yield Found(message, _span(audit, loaded, match))


@rule("RL903", Severity.ERROR)
def id_card_number(audit: Audit) -> Iterator[Found]:
    """Find numbers of identity cards, anywhere in a file."""
    for loaded in audit.book.documents:
        for match in identity_numbers(loaded.tree.text):
            yield Found(_("The number of an identity card has no place in a ledger."), _span(audit, loaded, match))


def _span(audit: Audit, loaded: LoadedDocument, match: re.Match[str]) -> Pointer:
    """Return the pointer to what was found in the text of a file, with the entry that holds it."""
    line = loaded.tree.place_at(match.start())[0]
    return Pointer(loaded, span=match.span(), private=True, entry=audit.entry_at(loaded, line))
