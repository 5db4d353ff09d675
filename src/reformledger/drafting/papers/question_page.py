"""The questions of a draft as a page: each with the place in the source, what was assumed, and what to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import indent

from reformledger.drafting.account import Account
from reformledger.drafting.draft import Draft
from reformledger.drafting.papers.masks import mask_for
from reformledger.drafting.papers.places import FileOf, place_words
from reformledger.drafting.questions import Item, Proposal, Question
from reformledger.drafting.source import Source
from reformledger.drafting.written import short_text, typed_text
from reformledger.errors import display_name
from reformledger.i18n import _, sentences
from reformledger.text.markup import code_span, escaped, fenced
from reformledger.text.masking import mask_any_number

_LONGEST = 200
"""Characters of a source that are quoted for one place."""
_BEFORE = 40
"""Characters of a long line that are quoted before those that are meant."""
_CUT = "…"


def questions_page(draft: Draft, folder: str, file_of: FileOf) -> str:
    """Return the page as Markdown; ``folder`` is that of the draft. Phone numbers are masked."""
    return "\n".join(_page(draft, folder, file_of))


def _code(text: str) -> str:
    return code_span(mask_any_number(text))


def _text(text: str) -> str:
    return escaped(mask_any_number(text))


def _page(draft: Draft, folder: str, file_of: FileOf) -> Iterator[str]:
    title = _("Questions about the draft of {year}").format(year=draft.year)
    yield f"# {title}\n"
    yield from _remarks(account.source for account in draft.accounts)
    questions = draft.questions
    check = _code(f"reformledger check {shlex.quote(folder)}")
    if not questions.all:
        yield _("There is nothing to ask. See what the check finds: {command}").format(command=check) + "\n"
        return
    answer = _("What is assumed is in the files already: leave what is right, and correct the rest in the file named.")
    yield sentences(answer, _("Then see what is left: {command}").format(command=check)) + "\n"
    for number, question in enumerate(questions, 1):
        yield f"## {number}. {_text(question.sentence)}\n"
        yield from _listed(question, file_of) if _is_short(question) else _explained(question, file_of)


def _remarks(sources: Iterable[Source]) -> Iterator[str]:
    """Yield what there is to say of how sources were read, a paragraph each."""
    for source in sources:
        for remark in source.remarks:
            yield _("{heading}: {text}").format(heading=_code(display_name(source.file)), text=_text(remark)) + "\n"


def _is_short(question: Question) -> bool:
    """Say whether a question asks the same of several places, and has nothing to type for any of them."""
    return len(question.items) > 1 and not any(item.proposals for item in question.items)


def _listed(question: Question, file_of: FileOf) -> Iterator[str]:
    """Yield the places of a question as a table, without the columns that say nothing."""
    headings = [_("Entry"), _("Where"), _("Source"), _("Assumed")]
    rows = [
        [
            _subject(item.entry, item.field, file_of(item.entry, item.field)),
            _where(item),
            _code(_quoted(item)),
            _code(_assumed(item)),
        ]
        for item in question.items
    ]
    said = [column for column in range(len(headings)) if any(row[column] for row in rows)]
    yield _row([headings[column] for column in said])
    yield _row(["---"] * len(said))
    # Within a table a bar would end the cell, in code too.
    yield from (_row([row[column].replace("|", "\\|") for column in said]) for row in rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _explained(question: Question, file_of: FileOf) -> Iterator[str]:
    """Yield each place of a question with what to type there; fields that are read together are asked together."""
    for _key, together in groupby(question.items, key=lambda item: (item.entry, item.proposals)):
        items = list(together)
        file = file_of(items[0].entry, items[0].field)
        if subject := _subject(items[0].entry, "", file):
            yield f"- {subject}"
        for item in items:
            yield ("  " if subject else "") + f"- {_read(item)}"
        yield ""
        if proposals := items[0].proposals:
            yield indent(fenced(mask_for(items[0])(_proposed(proposals)), "yaml"), "  ")


def _read(item: Item) -> str:
    """Return what a source says at a place, and what was assumed."""
    read = " ".join(filter(None, [_where(item), _code(_quoted(item))]))
    assumed = _code(_assumed(item))
    if not item.field:
        return read
    if not assumed:
        return sentences(read, _("{field}: nothing is assumed.").format(field=_code(item.field)))
    return sentences(read, _("Assumed: {value}.").format(value=assumed))


def _subject(entry: str, field: str, file: str) -> str:
    """Return which field of which entry a place is about, and in which file it is."""
    named = " ".join(_code(word) for word in (entry, field) if word)
    return _("{part} in {file}").format(part=named, file=_code(file)) if named and file else named


def _where(item: Item) -> str:
    return _code(place_words(item.account.source, item.source)) if item.account and item.source else ""


def _assumed(item: Item) -> str:
    return "" if item.assumed is None else mask_for(item)(short_text(item.field, item.assumed))


def _proposed(proposals: Sequence[Proposal]) -> str:
    """Return what may be typed, the likeliest first, each under what speaks for it."""
    texts = []
    for number, proposal in enumerate(proposals, 1):
        label = f"{number}. " if len(proposals) > 1 else ""
        comment = f"# {label}{proposal.why}".rstrip().replace("\n", " ")
        texts.append((f"{comment}\n" if label or proposal.why else "") + typed_text(proposal.data))
    return "".join(texts)


def _quoted(item: Item) -> str:
    """Return the lines or cells that a place is in, on one line; of long ones what is meant, and a little before it."""
    if not (item.account and item.source):
        return ""
    account, places = item.account, item.source.at
    text = " ".join(_unit_texts(account, places))
    masked = mask_for(item)(text)  # before it is cut, which may leave half of a number
    if len(masked) <= _LONGEST:
        return masked
    meant = item.source.text.strip()
    start = max(text.find(meant[:_BEFORE]) - _BEFORE, 0)
    end = start + _LONGEST
    return f"{_CUT if start else ''}{masked[start:end]}{_CUT if end < len(masked) else ''}"


def _unit_texts(account: Account, places: Sequence[int]) -> list[str]:
    units = dict.fromkeys(account.source.unit_at(place) for place in places)
    return [" ".join(account.source.text[unit.start : unit.end].split()) for unit in units]
