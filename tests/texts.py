"""Short texts, what ``read_yaml`` makes of them, and what it says of them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reformledger.yamlio import Data, YamlError, read_yaml

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


class Reported(NamedTuple):
    """A fault as it is reported: ``place`` is ``line:column``."""

    place: str
    message: str
    advice: str


def read(text: str | bytes) -> Data:
    return read_yaml(text if isinstance(text, bytes) else text.encode()).data


def faults_of(text: str | bytes) -> list[Reported]:
    with pytest.raises(YamlError) as caught:
        read(text)
    return [Reported(f"{f.line}:{f.column}", f.message, f.advice) for f in caught.value.faults]


def assert_fault(text: str | bytes, place: str, message: str, advice: str) -> None:
    """The text has this one fault; ``message`` is how its sentence begins, ``advice`` a part of what to do."""
    faults = faults_of(text)
    assert [(fault.place, fault.message[: len(message)]) for fault in faults] == [(place, message)]
    assert advice in faults[0].advice
    assert faults[0].advice
