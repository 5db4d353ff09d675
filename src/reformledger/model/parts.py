"""Several dated parts in one field: ``3月：研讨；6月底前：发布`` is two deadlines, each with what is to be done."""

from __future__ import annotations

import re
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.model.period import UnreadableError
from reformledger.text.folding import wording_key

_COLON = "[:：﹕∶]"
# A time of day behind a date, and a colon behind all, do not part a deadline from what is to be done.
_NO_PART = rf"(?<=[0-9日号T\s])[0-9]{{1,2}}{_COLON}[0-9]{{2}}(?:{_COLON}[0-9]{{2}})?|{_COLON}\s*$"
_SEPARATOR = "([;；。,，、\n])"
# A part's text that names a period itself may be the next part without its colon.
_TIME_WORDS = (
    "[0-9]{4}[-./][0-9]|[0-9〇零○一二三四五六七八九]{4}年|[0-9一二三四五六七八九十](?:月|日|号|季度)"
    "|[年月季]度?[底末内]|半年|[上中下]旬|每个?[年季月]"
)


class PartText(NamedTuple):
    """One part as printed: its deadline before the colon, what is to be done after it."""

    wording: str
    text: str


def split_parts(wording: str) -> tuple[PartText, ...]:
    """Return the parts of a wording in printed order, () when it has no colon; raises ``UnreadableError``.

    A part ends where the next begins: after a semicolon, a full stop, a comma, 、 or a line break that is
    followed by a deadline and a colon. Other such characters belong to the text.
    """
    if not re.search(_COLON, wording) or not re.search(_COLON, re.sub(_NO_PART, "", wording_key(wording))):
        return ()
    heads: list[str] = []
    texts: list[str] = []
    separator = ""
    for piece in re.split(_SEPARATOR, wording):
        if not piece.strip() or re.fullmatch(_SEPARATOR, piece):
            separator += piece
            continue
        head, *rest = re.split(_COLON, piece, maxsplit=1)
        if rest:
            heads.append(head.strip())
            texts.append(rest[0])
        elif texts:
            texts[-1] += separator + piece
        else:
            raise UnreadableError(_("Not every part begins with its deadline and a colon."))
        separator = ""
    return tuple(PartText(head, text.strip()) for head, text in zip(heads, texts, strict=True))


def check_text(text: str) -> None:
    """Raise ``UnreadableError`` for the text of a part that is blank, or that may hold a further part."""
    if not wording_key(text):
        raise UnreadableError(_("A part does not say what is to be done."))
    if re.search(_TIME_WORDS, wording_key(text)):
        raise UnreadableError(_("The text of a part names another period: “{text}”.").format(text=text))
