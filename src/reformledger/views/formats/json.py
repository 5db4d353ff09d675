"""Values as JSON text: UTF-8, not escaped, but for what a terminal would obey or hide."""

from __future__ import annotations

import json

from reformledger.text.masking import escape_unseen, mask_phones_within
from reformledger.views.answer import Answer
from reformledger.views.formats.registry import Format


class Json(Format[Answer]):
    """JSON in UTF-8."""

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the value that the answer is to programs."""
        return json_text(answer.json(), reveal=reveal).encode()


def json_text(value: object, *, reveal: bool = False) -> str:
    """Return ``value`` as JSON, phone numbers masked unless revealed; invisible characters as JSON's own escapes."""
    text = json.dumps(value if reveal else mask_phones_within(value), ensure_ascii=False, indent=2)
    return escape_unseen(text) + "\n"
