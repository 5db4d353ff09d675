"""Document numbers (攀教体发〔2018〕37号): their places, their right form, the titles to which they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.audit.links import Quotation
from reformledger.audit.pointer import Pointer, at
from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.model.documents import Ledger, Workpoints
from reformledger.text.folding import compact, unspaced
from reformledger.text.patterns import when_used
from reformledger.text.titles import core, documents, quoted

_OPEN, _CLOSE = "〔\\[［【〖（(﹝﹙〈<", "〕\\]］】〗）)﹞﹚〉>"
_RIGHT = when_used("[\u4e00-\u9fffA-Za-z（）()]{1,30}〔((?:19|20)[0-9]{2})〕[1-9][0-9]{0,4}号")
# 教育部令第43号, 公告2020年第3号: orders and announcements are numbered otherwise.
_OTHERWISE = re.compile(".*(?:令|公告|通告).{0,12}号.*")
# DOC-2024-13, GB/T 19001: codes of registers that number their documents in Latin letters.
_CODE = re.compile("(?=.*[A-Za-z])[A-Za-z0-9 .:/_#-]+")
_ABSENT = when_used("[无/—\\-–]+|暂无|没有")
_JOINT = when_used("[、,，;；\n]")
# What looks alike but numbers no document: 令, 楼, 线, a plot of land.
_YEAR_AND_NUMBER = when_used(
    f"(?<=[\u4e00-\u9fff])\\s?[{_OPEN}]\\s?[0-9０-９]{{4}}年?\\s?[{_CLOSE}]\\s?第?\\s?[0-9０-９]{{1,5}}\\s?号"
    "(?![令楼线院机井桥]|地块)"
)
_ISSUER = when_used("[\u4e00-\u9fff]+$")
_LONGEST_ISSUER = 12
_SHAPE = when_used(f"^(.*?)[{_OPEN}]([0-9]{{4}})年?[{_CLOSE}]第?0*([0-9]+)号?$")
_DATED = re.compile("[)）]?[（(]((?:19|20)[0-9]{2})[.年\\-/]")
_TITLE_AND_NUMBER = when_used(f"([^《》]+?)[（(]([^（()）]+[{_OPEN}][0-9]{{4}}[{_CLOSE}][^（()）]+号)[)）]")
_RUNNING = tuple(key for key, field in ENTRY.items() if field.prose)


class Number(NamedTuple):
    """A document number: as written, where, and the day or year of issue beside it."""

    text: str
    pointer: Pointer
    issued: date | None = None
    year_beside: int | None = None

    @property
    def year(self) -> int | None:
        """The year in the number itself, None where it cannot be read."""
        match = _RIGHT.fullmatch(corrected(self.text) or "")
        return int(match[1]) if match else None


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry that hold running text, and the text."""
    for key in _RUNNING:
        if text := getattr(entry.data, key, None):
            yield key, text


def numbers(book: Book) -> Iterator[Number]:
    """Yield every document number: of the notices, of the rows, and those in texts."""
    for loaded in book.documents:
        notice = loaded.document.notice if isinstance(loaded.document, Workpoints | Ledger) else None
        if notice and notice.number:
            yield Number(notice.number, Pointer(loaded, ("notice", "number")), notice.issued)
    for entry in book.entries:
        for number in _own(entry):
            yield Number(number, at(entry, "document_number", part=number), entry.row.issued if entry.row else None)
        for field, text in texts(entry):
            for number, end in _in_text(text):
                beside = _DATED.match(text[end:])
                yield Number(number, at(entry, field, part=number), year_beside=int(beside[1]) if beside else None)


def _own(entry: Entry) -> Iterator[str]:
    """Yield the numbers in the field for them; a dash or 无 is none."""
    for piece in _JOINT.split(entry.row.document_number) if entry.row and entry.row.document_number else ():
        if piece.strip() and not _ABSENT.fullmatch(piece.strip()):
            yield piece.strip()


def _in_text(text: str) -> Iterator[tuple[str, int]]:
    """Yield every number of a text with the issuer's name before it, and where it ends."""
    for match in _YEAR_AND_NUMBER.finditer(text) if "号" in text else ():
        issuer = _ISSUER.search(text[max(match.start() - _LONGEST_ISSUER, 0) : match.start()])
        yield (issuer[0] if issuer else "") + match[0], match.end()


def titled_numbers(entry: Entry) -> Iterator[tuple[str, Quotation]]:
    """Yield the numbers of an entry that belong to a title, its own and those behind titles in its texts, and both.

    The place is that of the number.
    """
    for number in _own(entry):
        title = next(documents(entry.data.title), core(entry.data.title))
        yield number, Quotation.of(title, at(entry, "document_number", part=number))
    for field, text in texts(entry):
        if next(_in_text(text), None) is None:
            continue
        if whole := _TITLE_AND_NUMBER.fullmatch(text):
            yield whole[2], Quotation.of(core(whole[1]), at(entry, field, part=whole[2]))
        for title_in_marks in quoted(text):
            number = next((number for number, _end in _in_text(title_in_marks.after)), "")
            if number and title_in_marks.after.lstrip("（( ").startswith(number):
                title = next(documents(f"《{title_in_marks.text}》"), title_in_marks.text)
                yield number, Quotation.of(title, at(entry, field, part=number))


def has_right_shape(number: str) -> bool:
    """Say whether a number is of the shape 攀教体发〔2018〕37号, or that of an order, an announcement or a code."""
    text = unspaced(number)
    return bool(_RIGHT.fullmatch(text) or _OTHERWISE.fullmatch(text) or _CODE.fullmatch(text))


def corrected(number: str) -> str | None:
    """Return a number in its right shape, where all it needs is there."""
    match = _SHAPE.match(compact(number))
    right = f"{match[1]}〔{match[2]}〕{match[3]}号" if match else ""
    return right if _RIGHT.fullmatch(right) else None
