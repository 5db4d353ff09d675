"""The documents are true: what they show is printed, what they link to is there, both languages say the same."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from conftest import ROOT
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.model.deadline import DeadlineError, parse_deadline

if sys.platform == "win32":
    pytest.skip("the documents show a Unix terminal", allow_module_level=True)

import board_picture
import docs
import form_picture
import readme
from consoles import shown_commands
from markdown import anchor
from signed import digest_in, digest_of

README_LINES = 150
PAINTED = (board_picture, form_picture)
"""The tools that paint pictures, which no other machine paints alike."""
DOCS = ROOT / "docs"
PAIRS = [
    (ROOT / "README.md", ROOT / "README.zh-CN.md"),
    *((path, DOCS / "zh" / path.relative_to(DOCS / "en")) for path in sorted((DOCS / "en").rglob("*.md"))),
]
FOR_USERS = list(chain.from_iterable(PAIRS))
ALL = [*ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md", *DOCS.rglob("*.md")]
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def said(path: Path, text: str) -> str:
    """Return what a document says; of a picture its words, since versions of Rich draw their frame differently."""
    return "".join(re.findall(r"<text[^>]*>([^<]*)</text>", text)) if path.suffix == ".svg" else text


@pytest.mark.programs
def test_documents_are_what_the_program_makes_of_them() -> None:
    made = docs.documents()
    stale = [path for path, text in made.items() if not path.exists() or said(path, text_of(path)) != said(path, text)]
    assert list(map(name_of, stale)) == []
    painted = {tool.picture_of(each) for tool in PAINTED for each in tool.LANGUAGES}
    stored = {*FOR_USERS, *(DOCS / "images").iterdir()} - painted
    assert sorted(map(name_of, stored - set(made))) == [], "run tools/docs.py"


@pytest.mark.programs
@pytest.mark.parametrize("tool", PAINTED, ids=lambda tool: tool.__name__)
def test_pictures_show_what_there_is(tool: ModuleType) -> None:
    found = tool.sources()
    stale = [each for each in found if digest_in(tool.picture_of(each).read_bytes()) != digest_of(found[each])]
    assert stale == [], f"run tools/{tool.__name__}.py"


def test_both_languages_have_the_same_documents() -> None:
    english, chinese = (
        {path.relative_to(DOCS / each) for path in (DOCS / each).rglob("*.md")} for each in ("en", "zh")
    )
    assert english == chinese


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=name_of)
def test_both_languages_show_the_same_commands(english: Path, chinese: Path) -> None:
    assert shown_commands(text_of(english)) == shown_commands(text_of(chinese))


@pytest.mark.parametrize("path", PAIRS[0], ids=name_of)
def test_readme_is_one_page(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= README_LINES


def headings(path: Path) -> set[str]:
    return {anchor(line.lstrip("#").strip()) for line in _FENCED.sub("", text_of(path)).splitlines() if line[:1] == "#"}


def links(path: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", text_of(path))):
        if "://" not in link:
            yield link


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        name, _hash, heading = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def test_every_document_is_linked_to() -> None:
    linked = {(path.parent / link.partition("#")[0]).resolve() for path in ALL for link in links(path)}
    assert sorted(name_of(path) for path in DOCS.rglob("*.md") if path not in linked) == []


def test_inline_commands_can_be_typed() -> None:
    from typer.exceptions import TyperException

    from reformledger.cli.app import command

    group = command()
    for path in FOR_USERS:
        for line in re.findall(r"`reformledger ([a-z][^`]*)`", _FENCED.sub("", text_of(path))):
            name, *words = shlex.split(line.replace("\\|", "|").partition(" < ")[0])
            assert name in group.commands, name_of(path)
            try:
                group.commands[name].make_context(name, words)
            except TyperException as error:
                pytest.fail(f"{name_of(path)}: reformledger {line}: {error}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_deadlines_are_refused_and_explained_as_their_page_says(language: str) -> None:
    page = text_of(DOCS / language / "reference" / "deadlines.md")
    refused = [row.split("|") for row in page[page.rindex("\n## ") :].splitlines() if row.startswith("| `")]
    assert len(refused) > 8
    for _, wordings, _, advised, _ in refused:
        for wording in re.findall("`(.+?)`", wordings):
            with pytest.raises(DeadlineError):
                parse_deadline(wording, 2020)
        for wording in re.findall("`(.+?)`", advised):
            parse_deadline(wording, 2020)
    for wording, means in re.findall("^due: {wording: (.+), means: (.+)}$", page, re.MULTILINE):
        parse_deadline(wording, 2020, means)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_finding_on_the_shipped_data_is_explained(book: Book, language: str) -> None:
    page = text_of(DOCS / language / "rules" / "notice-2020.md")
    rows = re.findall(r"^\| (RL\d{3}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    explained = {(code, f"2020/{entry}") for code, entries, _printed, _means in rows for entry in entries.split(", ")}
    assert explained == {(finding.code, finding.ref) for finding in audit(book, date(2020, 10, 1)).findings}


@pytest.mark.parametrize("path", [path for path in FOR_USERS if path.name == "json.md"], ids=name_of)
def test_python_example_runs(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"^```python\n(.*?)^```$", text_of(path), re.MULTILINE | re.DOTALL)
    exec(compile(example, str(path), "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == "point-3 编制完成“十四五”发展规划 2020-12-31"


def test_pictures_fetch_nothing() -> None:
    for path in (DOCS / "images").glob("*.svg"):
        addresses = set(re.findall(r"https?://[^\"' )]+", text_of(path)))
        assert addresses == {"http://www.w3.org/2000/svg"}


def test_test_command_makes_its_own_environment() -> None:
    command = readme.test_command()
    assert "venv" in command
    assert "pytest" in command
