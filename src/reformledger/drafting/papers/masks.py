"""How what a question is about is masked: numbers of telephones, and next to contacts whatever may be one."""

from __future__ import annotations

from collections.abc import Callable

from reformledger.drafting.questions import Item
from reformledger.text.masking import mask_any_number, mask_every_number


def mask_for(item: Item) -> Callable[[str], str]:
    """Return what masks the texts of an item: of a contact, whose heading or label is elsewhere, every long number."""
    return mask_every_number if item.field == "contact" else mask_any_number
