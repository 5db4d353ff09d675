"""Group 7, documents: their numbers, their dates, the marks around their titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.audit.brackets import unpaired
from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.rule import rule
from reformledger.audit.spot import Spot, at
from reformledger.audit.titles import core, document_key, documents, quoted, same_document
from reformledger.book import Entry
from reformledger.i18n import _
from reformledger.loader import Step
from reformledger.model.documents import Ledger, Workpoints

_OPEN, _CLOSE = "〔\\[［【〖（(﹝﹙〈<", "〕\\]］】〗）)﹞﹚〉>"
_RIGHT = re.compile("[\u4e00-\u9fffA-Za-z（）()]{1,30}〔((?:19|20)[0-9]{2})〕[1-9][0-9]{0,4}号")
# 教育部令第43号, 公告2020年第3号: orders and announcements are numbered otherwise.
_OTHERWISE = re.compile(".*(?:令|公告|通告|通令).{0,12}号.*")
_ABSENT = re.compile("[无/—\\-–]+|暂无|没有")
_JOINT = re.compile("[、,，;；\n]")
_IN_TEXT = re.compile(
    f"[\u4e00-\u9fff]{{1,12}}\\s?[{_OPEN}]\\s?[0-9０-９]{{4}}年?\\s?[{_CLOSE}]\\s?第?\\s?[0-9０-９]{{1,5}}\\s?号"
)
_SHAPE = re.compile(f"^(.*?)[{_OPEN}]([0-9]{{4}})年?[{_CLOSE}]第?0*([0-9]+)号?$")
_DATED = re.compile("^[)）]?[（(]((?:19|20)[0-9]{2})[.年\\-/]")
_TITLE_AND_NUMBER = re.compile(f"^([^《》]+?)[（(]([^（()）]+[{_OPEN}][0-9]{{4}}[{_CLOSE}][^（()）]+号)[)）]$")
_FIELDS = ("title", "text", "outcome", "basis", "remark")


class _Number(NamedTuple):
    """A document number: as written, where, and the day or year of issue that stands beside it."""

    text: str
    spot: Spot
    issued: date | None = None
    year_beside: int | None = None


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in _FIELDS:
        if text := getattr(entry.data, field, None):
            yield field, text


def _numbers(audit: Audit) -> Iterator[_Number]:
    """Yield every document number: of the notices, of the rows, and those in texts."""
    for loaded in audit.book.documents:
        notice = loaded.document.notice if isinstance(loaded.document, Workpoints | Ledger) else None
        if notice and notice.number:
            yield _Number(notice.number, Spot(loaded, ("notice", "number")), notice.issued)
    for entry in audit.book.entries:
        if entry.row and entry.row.document_number:
            for piece in _JOINT.split(entry.row.document_number):
                if piece.strip() and not _ABSENT.fullmatch(piece.strip()):
                    yield _Number(piece.strip(), at(entry, "document_number", part=piece.strip()), entry.row.issued)
        for field, text in _texts(entry):
            for match in _IN_TEXT.finditer(text) if "号" in text else ():
                beside = _DATED.match(text[match.end() :])
                year = int(beside[1]) if beside else None
                yield _Number(match[0], at(entry, field, part=match[0]), year_beside=year)


def _squeezed(number: str) -> str:
    return re.sub(r"\s", "", number)


@rule("RL701", Severity.WARNING)
def wrong_shape(audit: Audit) -> Iterator[Found]:
    """Find document numbers that are not of the shape 攀教体发〔2018〕37号."""
    for number in _numbers(audit):
        text = _squeezed(number.text)
        if _RIGHT.fullmatch(text) or _OTHERWISE.fullmatch(text):
            continue
        if mended := _mended(text):
            message = _("“{number}” is not the shape of a document number; write “{right}”.")
            yield Found(message.format(number=number.text, right=mended), number.spot)
        else:
            message = _("“{number}” is not the shape of a document number, such as {example}.")
            yield Found(message.format(number=number.text, example="国发〔2020〕1号"), number.spot)


def _mended(text: str) -> str | None:
    """Return a number in its right shape, where all it needs is there."""
    match = _SHAPE.match(unicodedata.normalize("NFKC", text))
    right = f"{match[1]}〔{match[2]}〕{match[3]}号" if match else ""
    return right if _RIGHT.fullmatch(right) else None


@rule("RL702", Severity.WARNING)
def other_year(audit: Audit) -> Iterator[Found]:
    """Find document numbers of another year than the day of issue."""
    for number in _numbers(audit):
        match = _RIGHT.fullmatch(_mended(_squeezed(number.text)) or "")
        issued = number.issued.year if number.issued else number.year_beside
        if match and issued and int(match[1]) != issued:
            message = _("“{number}” is a number of {year}, but the document was issued in {issued}.")
            related: tuple[tuple[str, Spot], ...] = ()
            if number.issued:
                related = ((_("issued"), number.spot._replace(path=(*number.spot.path[:-1], "issued"), part="")),)
            yield Found(message.format(number=number.text, year=match[1], issued=issued), number.spot, related)


class _Titled(NamedTuple):
    """A number and the title that stands before it."""

    number: str
    title: str
    key: str
    spot: Spot


def _titled(entry: Entry) -> Iterator[_Titled]:
    if entry.row and entry.row.document_number:
        title = next(documents(entry.data.title), core(entry.data.title))
        for piece in _JOINT.split(entry.row.document_number):
            yield _Titled(piece, title, document_key(title), at(entry, "document_number", part=piece.strip()))
    for field, text in _texts(entry):
        if "号" not in text:
            continue
        if whole := _TITLE_AND_NUMBER.match(text):
            title = core(whole[1])
            yield _Titled(whole[2], title, document_key(title), at(entry, field, part=whole[2]))
        for title_in_marks in quoted(text):
            match = _IN_TEXT.match(title_in_marks.after.lstrip("（( "))
            if match:
                title = next(documents(f"《{title_in_marks.text}》"), title_in_marks.text)
                yield _Titled(match[0], title, document_key(title), at(entry, field, part=match[0]))


@rule("RL703", Severity.WARNING)
def one_number_two_titles(audit: Audit) -> Iterator[Found]:
    """Find numbers that stand on two titles: one of them is another document's."""
    first: dict[str, list[_Titled]] = {}
    for entry in audit.book.entries:
        for titled in _titled(entry):
            number = _mended(_squeezed(titled.number))
            if number is None:
                continue
            known = first.setdefault(number, [])
            if any(same_document(titled.key, other.key) for other in known):
                continue
            if known:
                message = _("{number} stands on 《{title}》 here and on 《{other}》 elsewhere.")
                yield Found(
                    message.format(number=number, title=titled.title, other=known[0].title),
                    titled.spot,
                    ((known[0].title, known[0].spot),),
                )
            known.append(titled)


@rule("RL704", Severity.WARNING)
def unpaired_marks(audit: Audit) -> Iterator[Found]:
    """Find 《》〈〉（）〔〕 that lack their partner, in titles and texts."""
    for spot, text in _marked_texts(audit):
        for index, sign in unpaired(text):
            around = text[max(index - 6, 0) : index + 7]
            message = _("“{sign}” has no partner: “{around}”.")
            yield Found(message.format(sign=sign, around=around), spot._replace(part=_unique(text, index)))


def _unique(text: str, index: int) -> str:
    """Return the sign alone where it stands once, else with enough of what follows to be found."""
    for end in range(index + 1, len(text) + 1):
        if text.find(text[index:end]) == index:
            return text[index:end]
    return text[index:]


def _marked_texts(audit: Audit) -> Iterator[tuple[Spot, str]]:
    seen: set[tuple[str, tuple[Step, ...]]] = set()
    for loaded in audit.book.documents:
        if isinstance(loaded.document, Workpoints | Ledger):
            yield Spot(loaded, ("title",)), loaded.document.title
            if loaded.document.notice:
                yield Spot(loaded, ("notice", "title")), loaded.document.notice.title
    for group in audit.book.groups:
        headings = [(group.path[:2], group.heading.title), (group.path[:4], group.table.title if group.table else None)]
        for path, title in headings:
            if title and (group.loaded.name, path) not in seen:
                seen.add((group.loaded.name, path))
                yield Spot(group.loaded, (*path, "title")), title
    for entry in audit.book.entries:
        for field, text in _texts(entry):
            yield at(entry, field), text
