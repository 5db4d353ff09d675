"""Every sentence has its Chinese, the compiled catalogue is that of the sources, and no translation gets lost."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import catalogue
import pytest
from babel.messages.catalog import Message

CHINESE = list(catalogue.sentences(catalogue.translations()))


def test_every_sentence_is_translated() -> None:
    chinese = catalogue.translations()
    missing = [
        catalogue.key_of(message)
        for message in catalogue.sentences(catalogue.template())
        if (known := chinese.get(catalogue.key_of(message))) is None or not catalogue.is_translated(known)
    ]
    assert missing == []


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    ours = set(map(catalogue.key_of, catalogue.sentences(catalogue.template())))
    left = {catalogue.key_of(message) for message in CHINESE if not catalogue.is_typers(message)} - ours
    assert left == set()


def _asked_for() -> Iterator[str]:
    """Yield every sentence that the code asks for, wherever Python lets a call stand (in an f-string too)."""
    for file in catalogue.SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_" | "ngettext"), args=[ast.Constant(value=str(sentence)), *_]):
                    yield sentence


def test_tool_finds_every_sentence_that_the_code_asks_for() -> None:
    assert set(_asked_for()) - set(map(catalogue.key_of, CHINESE)) == set()


def test_compiled_catalogue_is_up_to_date() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.translations())


@pytest.mark.parametrize("message", CHINESE, ids=lambda message: catalogue.key_of(message)[:40])
def test_translation_names_the_same_things(message: Message) -> None:
    marks = re.compile(r"\{[^{}]*\}|\[blue\]|\[/\]|--[a-z-]+")
    english = message.id if isinstance(message.id, str) else message.id[1]
    chinese = message.string if isinstance(message.string, str) else "".join(message.string or ())
    assert set(marks.findall(chinese)) == set(marks.findall(english))


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the catalogue, in step with the sources, that the tool works on."""
    for name in ("PO", "MO"):
        copy = tmp_path / getattr(catalogue, name).name
        copy.write_bytes(getattr(catalogue, name).read_bytes())
        monkeypatch.setattr(catalogue, name, copy)
    catalogue.main()
    return Path(catalogue.PO)


def test_running_the_tool_again_changes_nothing(po: Path) -> None:
    before = po.read_bytes()
    catalogue.main()
    assert po.read_bytes() == before


def test_translation_of_a_sentence_that_is_gone_is_kept_and_comes_back(po: Path) -> None:
    text = po.read_text(encoding="utf-8")
    renamed = text.replace('msgid "Overview"', 'msgid "Once it was called so"')
    po.write_text(renamed, encoding="utf-8")
    catalogue.main()
    assert "Overview" in catalogue.untranslated(catalogue.translations())
    assert '#~ msgid "Once it was called so"\n#~ msgstr "总览"' in po.read_text(encoding="utf-8")
    po.write_text(po.read_text(encoding="utf-8").replace("Once it was called so", "Overview"), encoding="utf-8")
    catalogue.main()
    assert po.read_text(encoding="utf-8") == text


def test_of_two_sides_of_a_merge_the_translated_one_counts(po: Path) -> None:
    text = po.read_text(encoding="utf-8")
    entry = '#: cli/app.py\nmsgid "Overview"\nmsgstr ""\n\n'
    place = text.index("#: cli/app.py\n", text.index("#:"))
    po.write_text(text[:place] + entry + text[place:], encoding="utf-8")
    catalogue.main()
    assert po.read_text(encoding="utf-8") == text


def test_translation_for_another_typer_is_kept(po: Path) -> None:
    text = po.read_text(encoding="utf-8")
    po.write_text(text + '\n#: typer/core.py\nmsgid "An older sentence"\nmsgstr "旧句"\n', encoding="utf-8")
    catalogue.main()
    assert '#: typer/core.py\nmsgid "An older sentence"\nmsgstr "旧句"' in po.read_text(encoding="utf-8")
