"""Short texts, what ``read_yaml`` makes of them, and what it says of them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reformledger.yamlio import YamlError, read_yaml
from reformledger.yamlio.data import Data

LEDGER_HEAD = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
"""
"""A ledger up to its first row, which stands in line 9 and is indented by ten."""


class Said(NamedTuple):
    """One problem: ``place`` is ``line:column``."""

    place: str
    message: str
    advice: str


def read(text: str | bytes) -> Data:
    return read_yaml(text if isinstance(text, bytes) else text.encode()).data


def problems(text: str | bytes) -> list[Said]:
    with pytest.raises(YamlError) as caught:
        read(text)
    return [Said(f"{p.line}:{p.column}", p.message, p.advice) for p in caught.value.problems]


def assert_said(text: str | bytes, place: str, message: str, advice: str) -> None:
    """The text has this one problem; ``message`` is how its sentence begins, ``advice`` a part of what to do."""
    said = problems(text)
    assert [(problem.place, problem.message[: len(message)]) for problem in said] == [(place, message)]
    assert advice in said[0].advice
    assert said[0].advice
