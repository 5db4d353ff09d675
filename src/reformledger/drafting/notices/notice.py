"""The letter of a notice: title, number, to whom, text, who issued it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.names import is_office, names_in
from reformledger.drafting.notices.labels import is_note
from reformledger.drafting.notices.letter import day_of
from reformledger.drafting.notices.numbering import number_at_start
from reformledger.drafting.notices.paragraphs import DOCUMENT_NUMBER, Paragraph
from reformledger.drafting.passage import Passage, joined, joined_lines
from reformledger.drafting.questions import Proposal
from reformledger.fields.documents import NOTICE
from reformledger.i18n import _
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.model.readers import UnreadError, canonical, read_day
from reformledger.text.folding import compact
from reformledger.text.likeness import is_group
from reformledger.text.titles import unpaired
from reformledger.yamlio import Mapped

_ENDS_TITLE = re.compile("(?:通知|通报|意见|函|公告|决定|批复|报告)(?:[（(][^（）()]*[）)])?$")
_TITLE_AND_MORE = re.compile("(?P<title>.*?关于.*?的(?:通知|通报|意见|函|公告|决定|批复|报告))(?P<more>[^（(].*[：:])")
_COLONS = ("：", ":")
_ENDS_SENTENCE = re.compile("[。！？!?；;：:”）)》]$")
_MOST_LINES = 5  # of a title
_LONGEST_RECIPIENTS = 400  # characters
_LONGEST_ISSUER = 40
_ENDS_TEXT = re.compile("[。；;：:，,、！!]$")
_REPORTS = re.compile("(?P<when>每[^，。；：、]{1,16}?(?:(?:日|底|旬|末)?前|日|底|内|末))[^。；]{0,24}?报")
_NEEDED = ("title", "issuer", "issued")


def read_notice(paragraphs: Sequence[Paragraph], context: Context) -> Mapped | None:
    """Return the notice that paragraphs make; None where they make none, or what one needs is not there, and asked."""
    texts = list(_whole_titles([paragraph.text for paragraph in paragraphs]))
    at = next((at for at, text in enumerate(texts) if "关于" in text.text and _ENDS_TITLE.search(text.text)), None)
    if at is None:
        return None
    notice = DraftEntry("notice", context)
    notice.put("title", texts[at])
    behind = texts[at + 1 :]
    signed = next((place for place in reversed(range(len(behind))) if day_of(behind[place])), len(behind))
    _put_number(notice, [*texts[:at], *behind[:1]])
    text = [line for line in behind[:signed] if not DOCUMENT_NUMBER.fullmatch(line.text)]
    if signed < len(behind):
        text = _put_signature(notice, behind[signed], text)
    if text and text[0].text.endswith(_COLONS) and len(text[0]) <= _LONGEST_RECIPIENTS and "。" not in text[0].text:
        _put_recipients(notice, text.pop(0))
    if lines := _lines_of_text(text):
        notice.put("text", joined_lines(_whole_sentences(lines)))
    _use_letterhead(notice, texts[:at])
    return _if_complete(notice)


def are_recipients(paragraph: Passage) -> bool:
    """Say whether a paragraph says to whom a document goes (各县、区人民政府，市政府各部门：)."""
    if not paragraph.text.endswith(_COLONS) or len(paragraph) > _LONGEST_RECIPIENTS:
        return False
    names = names_in(paragraph[:-1], offices=True).names
    return bool(names) and all(is_office(name.text) or is_group(name.text) for name in names)


def propose_reporting(paragraphs: Sequence[Paragraph], document: DraftEntry) -> None:
    """Ask whether what is said of reports (每季度最后一个月的30日前报送) is the return calendar of a document."""
    sentence = _("Reports are asked for: is this when they are due?")
    for paragraph in paragraphs:
        for match in _REPORTS.finditer(paragraph.text.text):
            when = paragraph.text.group(match, "when")
            try:
                recurs = parse_deadline(when.text, document.context.year).every is not None
            except DeadlineError:
                recurs = False
            if recurs:
                document.ask("deadline", sentence, "reporting", when, Proposal({"reporting": when.text}), claimed=False)


def _whole_titles(texts: Sequence[Passage]) -> list[Passage]:
    """Return the paragraphs, a title that is broken over several of them as one, parted from what is behind it."""
    found: list[Passage] = []
    place = 0
    while place < len(texts):
        text = texts[place]
        lines = 1
        if "关于" in text.text and not any("关于" in other.text for other in found):
            wanted = range(1, min(_MOST_LINES, len(texts) - place) + 1)
            pieces = [texts[place : place + count] for count in wanted]
            lines = next((len(piece) for piece in pieces if _ends_title(joined(piece).text)), 1)
            text = joined(texts[place : place + lines])
        place += lines
        if match := _TITLE_AND_MORE.fullmatch(text.text):
            found += [text.group(match, "title"), text.group(match, "more")]
        else:
            found.append(text)
    return found


def _ends_title(text: str) -> bool:
    return _ENDS_TITLE.search(text) is not None or _TITLE_AND_MORE.fullmatch(text) is not None


def _put_number(notice: DraftEntry, lines: Sequence[Passage]) -> None:
    for line in lines:
        if match := DOCUMENT_NUMBER.search(line.text):
            notice.put("number", line.group(match))
            return


def _put_signature(notice: DraftEntry, signature: Passage, text: list[Passage]) -> list[Passage]:
    """Put day and issuer in, and return what of the text is before them."""
    day = day_of(signature)
    try:
        notice.put("issued", day, canonical(read_day(day.text)))
    except UnreadError as error:
        notice.ask("value", error.sentence.format(label=NOTICE["issued"].noun(), word=day.text), "issued", day)
    issuer = signature[: len(signature) - len(day)].strip()
    if not issuer and text and _is_issuer(text[-1]):
        *text, issuer = text
    if issuer:
        notice.put("issuer", issuer)
    return text


def _is_issuer(text: Passage) -> bool:
    return len(text) <= _LONGEST_ISSUER and not _ENDS_TEXT.search(text.text)


def _put_recipients(notice: DraftEntry, line: Passage) -> None:
    account = notice.context.account
    recipients = line[:-1]
    account.lay_out(line[-1:], "separator")
    cut = names_in(recipients, offices=True, whole=notice.context.whole)
    for name in cut.names:
        notice.append("recipients", name)
    for between in cut.between:
        account.lay_out(between, "separator")
    if any(True for name in cut.names for _unpaired in unpaired(name.text)):
        sentence = _("A bracket has no partner here: is all as it should be?")
        notice.ask("value", sentence, "recipients", recipients)
    if cut.others:
        sentence = _("Where one name ends and the next begins is not certain.")
        notice.ask("names", sentence, "recipients", recipients, Proposal({"recipients": list(cut.others)}))


def _lines_of_text(text: Sequence[Passage]) -> list[Passage]:
    """Return the paragraphs of a letter's text: up to its list of annexes, without signatures at its end."""
    end = next((place for place, line in enumerate(text) if is_note(line.text)), len(text))
    lines = list(text[:end])
    while lines and _is_issuer(lines[-1]):
        lines.pop()
    return lines


def _whole_sentences(lines: Sequence[Passage]) -> list[Passage]:
    """Return paragraphs, one that ends in the middle of a sentence as one with the next."""
    found: list[Passage] = []
    for line in lines:
        if found and not _ENDS_SENTENCE.search(found[-1].text) and not number_at_start(line.text):
            found[-1] += line
        else:
            found.append(line)
    return found


def _use_letterhead(notice: DraftEntry, lines: Sequence[Passage]) -> None:
    """Say that the issuer holds what is printed on top: its name, perhaps with 文件 behind it."""
    issuer = notice.data.get("issuer")
    for line in lines:
        name = re.sub("文件$", "", line.text).strip()
        if isinstance(issuer, str) and compact(name) == compact(issuer):
            notice.context.account.use(line[: len(name)], notice.name, "issuer")
            notice.context.account.lay_out(line[len(name) :], "label")


def _if_complete(notice: DraftEntry) -> Mapped | None:
    """Return the notice; None for one that lacks what it needs, with its characters asked about."""
    if all(key in notice.data for key in _NEEDED):
        return notice.data
    sentence = _("A notice needs its title, who issued it and when: complete it, or leave it out.")
    proposal = Proposal({"notice": {**dict.fromkeys(_NEEDED, ""), **notice.data}})
    held = [passage for used, passage in notice.context.account.passages().items() if used.entry == notice.name]
    notice.ask("value", sentence, "", joined(held), proposal)
    return None
