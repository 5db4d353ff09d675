"""The account of the sources of a draft, and its questions, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import cast

from reformledger.drafting.account import Account, Asked, Claim, Used, use_of
from reformledger.drafting.papers.masks import mask_for
from reformledger.drafting.papers.places import FileOf, place_keys
from reformledger.drafting.questions import Item, Questions
from reformledger.drafting.source import Place
from reformledger.errors import display_name
from reformledger.text.masking import escape_unseen, mask_any_number, mask_phones_within

FORMAT = 1
_WORDS = 10_000
"""Words and numbers of spans that are remembered as they are encoded."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


def account_text(accounts: Sequence[Account], questions: Questions, file_of: FileOf) -> str:
    """Return the account as JSON, a line for each stretch of a source and for each question.

    Phone numbers are masked.
    """
    sources = ",\n".join(map(_source_text, accounts))
    asked = ",\n".join(_line(question) for question in questions_data(questions, file_of))
    return f'{{"format": {FORMAT},\n"sources": [\n{sources}\n],\n"questions": [\n{asked}\n]}}\n'


def questions_data(questions: Questions, file_of: FileOf) -> list[dict[str, object]]:
    """Return the questions as plain data: what each is about, and for each place what was assumed and is proposed.

    Phone numbers are masked.
    """
    return [
        {
            "number": number,
            "subject": question.subject,
            "sentence": mask_any_number(question.sentence),
            "items": [_item(item, file_of) for item in question.items],
        }
        for number, question in enumerate(questions, 1)
    ]


def totals_of_all(accounts: Sequence[Account]) -> dict[str, int]:
    """Return how many characters of some sources are used, asked about, layout, and blank: together all of them."""
    counts = [account.counts() for account in accounts]
    return {use: sum(each[use] for each in counts) for use in counts[0]}


def _source_text(account: Account) -> str:
    source = account.source
    head = {
        "file": display_name(source.file),
        "remarks": list(source.remarks),
        "characters": len(source.text),
        "totals": account.counts(),
    }
    spans = ",\n".join(_span_texts(account))
    return f'{_line(head)[:-1]}, "spans": [\n{spans}\n]}}'


def _span_texts(account: Account) -> Iterator[str]:
    """Yield each span as JSON. A workbook has many thousands of them: words that come again are encoded once."""
    encoded = lru_cache(_WORDS)(_line)
    around = lru_cache(_WORDS)(_place_keys)
    for start, end, claim, (place, first, _end) in account.spans():
        row, column = place[-2:]
        where = f'{around(place[:-2])}"row": {row}, "column": {column}, ' if row and column else around(place)
        said = _said(claim, encoded)
        yield f'{{"start": {start}, "end": {end}, {where}"from": {start - first}, "to": {end - first}, {said}}}'


def _place_keys(values: Sequence[str | int]) -> str:
    """Return the first values of a place as keys of a JSON object, those left out that it has not."""
    keys = zip(Place._fields, values, strict=False)
    return "".join(f'"{key}": {_line(value) if isinstance(value, str) else value}, ' for key, value in keys if value)


def _said(claim: Claim, encoded: Callable[[str], str]) -> str:
    """Return what becomes of characters as keys of a JSON object."""
    if isinstance(claim, Used):
        return f'"use": "used", "entry": {encoded(claim.entry)}, "field": {encoded(claim.field)}'
    of = f'"question": {claim.question}' if isinstance(claim, Asked) else f'"layout": {encoded(claim.kind)}'
    return f'"use": "{use_of(claim)}", {of}'


def _item(item: Item, file_of: FileOf) -> dict[str, object]:
    where: dict[str, object] = {"file": None}
    if item.account:
        source = item.account.source
        where = {"file": display_name(source.file), **place_keys(source.place_of(item.source))}
    about = {"entry": item.entry, "field": item.field, "document": file_of(item.entry, item.field) or None, **where}
    said = {
        "source": item.source.text,
        "assumed": item.assumed,
        "proposals": [{"data": proposal.data, "why": proposal.why} for proposal in item.proposals],
    }
    return {
        **cast("dict[str, object]", mask_phones_within(about, mask_any_number)),
        **cast("dict[str, object]", mask_phones_within(said, mask_for(item))),
    }


def _line(value: object) -> str:
    return escape_unseen(_encode(mask_phones_within(value, mask_any_number)))
