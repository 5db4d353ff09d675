"""Characters that no document may hold: a source counts them, but hands them to nobody, so they are asked about."""

from __future__ import annotations

from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.source import Doubt, SourceBuilder
from reformledger.i18n import _
from reformledger.model.text import refused_character
from reformledger.yamlio.faults.characters import REFUSED_CHARACTERS

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
"""The characters that end a line, of whatever program."""


def acceptable(passage: Passage) -> Passage:
    """Return a passage without the characters that no document may hold."""
    if passage.text.isprintable():  # Nearly all are, and none of those characters is.
        return passage
    passage = passage.without(REFUSED_CHARACTERS)  # by YAML
    kept = []
    while character := refused_character(passage.text):
        before, _character, _behind = passage.text.partition(character)
        kept.append(passage[: len(before)])
        passage = passage[len(before) + 1 :]
    return joined([*kept, passage]) if kept else passage


def cell_text(passage: Passage) -> Passage:
    """Return the text of a cell: acceptable, and without blanks around it."""
    text = passage.text
    if text and (text[0].isspace() or text[-1].isspace()):
        passage = passage.strip()
    return acceptable(passage)


def ask_of_struck(builder: SourceBuilder, struck: Passage) -> None:
    """Ask whether what is struck out is meant."""
    sentence = _("Some of it is struck out, and taken as not meant: is it?")
    builder.doubts.append(Doubt(struck, sentence, is_left_out=True))
