"""Group 7, documents: their numbers, their dates, the marks around their titles, the names of their files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from reformledger.audit.context import Audit, Found
from reformledger.audit.docnumbers import corrected, has_right_shape, texts, titled_numbers
from reformledger.audit.finding import Severity
from reformledger.audit.links import Quotation
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.i18n import _
from reformledger.model.base import Model
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Ledger, Path, Workpoints
from reformledger.model.readers import canonical
from reformledger.text.titles import same_document, unpaired
from reformledger.yamlio import Data
from reformledger.yamlio.reading.elsewhere import read_otherwise

_YEAR = r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])"
_AS_WRITTEN = str | Deadline
_AROUND = 6  # characters that are shown on either side of a lone mark


@rule("RL701", Severity.WARNING)
def wrong_shape(audit: Audit) -> Iterator[Found]:
    """Find document numbers that are not of the shape 攀教体发〔2018〕37号."""
    for number in audit.document_numbers:
        if has_right_shape(number.text):
            continue
        message = _("“{number}” is not the shape of a document number, such as {example}.")
        if right := corrected(number.text):
            message = _("“{number}” is not the shape of a document number; write “{right}”.")
        yield Found(message.format(number=number.text, right=right, example="国发〔2020〕1号"), number.pointer)


@rule("RL702", Severity.WARNING)
def other_year(audit: Audit) -> Iterator[Found]:
    """Find document numbers of another year than the day of issue."""
    for number in audit.document_numbers:
        year = number.year
        issued = number.issued.year if number.issued else number.year_beside
        if year and issued and year != issued:
            message = _("“{number}” is a number of {year}, but the document was issued in {issued}.")
            related: tuple[tuple[str, Pointer], ...] = ()
            if number.issued:
                related = ((_("issued"), number.pointer._replace(path=(*number.pointer.path[:-1], "issued"), part="")),)
            yield Found(message.format(number=number.text, year=year, issued=issued), number.pointer, related)


@rule("RL703", Severity.WARNING)
def one_number_two_titles(audit: Audit) -> Iterator[Found]:
    """Find numbers that two titles have: one of them is another document's."""
    titles: dict[str, list[Quotation]] = {}
    for entry in audit.book.entries:
        for written, titled in titled_numbers(entry):
            number = corrected(written)
            known = titles.setdefault(number, []) if number else []
            if number is None or any(same_document(titled.key, other.key) for other in known):
                continue
            if known:
                other = known[0]
                message = _("{number} stands on “{title}” here and on “{other}” elsewhere.")
                message = message.format(number=number, title=titled.title, other=other.title)
                yield Found(message, titled.pointer, ((other.title, other.pointer),))
            known.append(titled)


@rule("RL704", Severity.WARNING)
def unpaired_marks(audit: Audit) -> Iterator[Found]:
    """Find 《》〈〉（）〔〕 that lack their partner, in titles and texts."""
    for pointer, text in _marked_texts(audit):
        for index, sign in unpaired(text):
            around = text[max(index - _AROUND, 0) : index + _AROUND + 1]
            message = _("“{sign}” has no partner: “{around}”.")
            yield Found(message.format(sign=sign, around=around), pointer._replace(part=_from(text, index)))


@rule("RL705", Severity.WARNING)
def file_of_another_year(audit: Audit) -> Iterator[Found]:
    """Find documents whose file is called by another year than theirs."""
    for loaded in audit.book.documents:
        year = getattr(loaded.document, "year", None)
        called = re.findall(_YEAR, loaded.path.stem)
        if year and called and str(year) not in called:
            message = _("The file is called “{file}”, but the year here is {year}: correct the one that is wrong.")
            yield Found(message.format(file=loaded.path.name, year=year), Pointer(loaded, ("year",)))


@rule("RL706", Severity.NOTE)
def other_spellings(audit: Audit) -> Iterator[Found]:
    """Find days, numbers and percentages that are written otherwise than an edit would write them."""
    for loaded in audit.book.documents:
        for path, text, right in _spelled_otherwise(loaded.tree.data, loaded.document, ()):
            message = _("“{text}” is read as {right}: write it so.")
            yield Found(message.format(text=text, right=right), Pointer(loaded, path))


def _spelled_otherwise(raw: Data, value: object, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield path, text and right spelling of each value that differs from how it is written, in data side by side."""
    match raw, value:
        case dict(), Model():
            names = _names_by_key(type(value))
            for key, each in raw.items():
                item = getattr(value, names[key]) if key in names else None
                # Most are texts, which are as they are written, as are deadlines and lists of texts.
                first = item[0] if isinstance(item, tuple) and item else item
                if item is not None and not isinstance(first, _AS_WRITTEN):
                    yield from _spelled_otherwise(each, item, (*path, key))
        case dict(), dict():
            for key in raw.keys() & value.keys():
                yield from _spelled_otherwise(raw[key], value[key], (*path, key))
        case list(), tuple():
            for index, (each, item) in enumerate(zip(raw, value, strict=False)):
                if isinstance(item, str):
                    continue
                yield from _spelled_otherwise(each, item, (*path, index))
        case str(), date() | int() | float() if not isinstance(value, bool) and canonical(value) != raw:
            yield path, raw, canonical(value)


@cache
def _names_by_key(model: type[Model]) -> Mapping[str, str]:
    return {info.alias or name: name for name, info in model.model_fields.items()}


@rule("RL707", Severity.NOTE)
def read_otherwise_elsewhere(audit: Audit) -> Iterator[Found]:
    """Find values without quotes that other programs read as something else."""
    for loaded in audit.book.documents:
        found = list(read_otherwise(loaded.tree))
        spelled = _spelled_otherwise(loaded.tree.data, loaded.document, ()) if found else ()
        known = {loaded.tree.span(path) for path, _text, _right in spelled}  # what RL706 says how to write
        for span, other in found:
            if span in known:
                continue
            message = _("To other programs “{text}” is {other}: put it in quotes, if it is text.")
            text = loaded.tree.text[slice(*span)]
            yield Found(message.format(text=text, other=other), Pointer(loaded, span=span))


def _from(text: str, index: int) -> str:
    """Return the mark at ``index`` with enough of what follows to tell it from the same mark before it."""
    return next(
        (text[index:end] for end in range(index + 1, len(text)) if text.find(text[index:end]) == index), text[index:]
    )


def _marked_texts(audit: Audit) -> Iterator[tuple[Pointer, str]]:
    """Yield every title and text in which marks open and close."""
    for loaded in audit.book.documents:
        if isinstance(loaded.document, Workpoints | Ledger):
            yield Pointer(loaded, ("title",)), loaded.document.title
            if loaded.document.notice:
                yield Pointer(loaded, ("notice", "title")), loaded.document.notice.title
    for loaded, (path, data), _groups in audit.headings:
        if data.title:
            yield Pointer(loaded, (*path, "title")), data.title
    for entry in audit.book.entries:
        for field, text in texts(entry):
            yield at(entry, field), text
