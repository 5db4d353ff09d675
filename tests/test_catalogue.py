"""Every sentence has its Chinese, and the compiled catalogue is that of the sources."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import catalogue  # noqa: E402 - the tool is no package


def _ids() -> list[str]:
    return [m.id if isinstance(m.id, str) else m.id[0] for m in catalogue.template() if m.id]


def test_every_sentence_is_translated() -> None:
    chinese = catalogue.translations()
    missing = [i for i in _ids() if (message := chinese.get(i)) is None or not message.string]
    assert missing == []


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    ours = set(_ids())
    left = [
        m.id
        for m in catalogue.translations()
        if m.id and not any(file.startswith("typer/") for file, _ in m.locations)
        if (m.id if isinstance(m.id, str) else m.id[0]) not in ours
    ]
    assert left == []


def test_compiled_catalogue_is_up_to_date() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.translations())


@pytest.mark.parametrize("message", [m for m in catalogue.translations() if m.id], ids=lambda m: str(m.id)[:40])
def test_translation_names_the_same_things(message: object) -> None:
    braces = re.compile(r"\{[a-z_]*\}")
    english = message.id if isinstance(message.id, str) else message.id[1]  # type: ignore[attr-defined]
    chinese = message.string if isinstance(message.string, str) else message.string[0]  # type: ignore[attr-defined]
    assert set(braces.findall(chinese)) == set(braces.findall(english))
