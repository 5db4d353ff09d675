"""Print the forms in ``tests/drafts/``, or report how well ``draft`` reads them.

``python tools/draft_forms.py`` prints the files of each ``NAME.form`` anew; with ``--report [NAME]…`` it drafts each
file and prints what became of the fields that ``NAME.wanted.yaml`` wants.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checked_accounts import faults_of
from printed_forms import LINE_END, OPTIONS, PAGE_END, PRINTS, pdf_text, print_of, stripped
from wanted_drafts import (
    FORMS,
    SILENT,
    Compared,
    Data,
    Drafted,
    Fate,
    compare,
    form_of,
    is_table_alone,
    share_right,
    unasked,
    wanted_of,
    without_notice,
)

from reformledger.cli.run import run
from reformledger.drafting.reading.files import read_source
from reformledger.drafting.source import Source

ENOUGH = 0.7
"""The share of the wanted fields of a form that must be right, and not asked about."""


class Form(NamedTuple):
    """A file of a form, and what is wanted of it."""

    file: Path
    wanted: Data
    description: str

    @property
    def name(self) -> str:
        """What its files are called, whatever it was printed as."""
        return self.file.name.partition(".")[0]

    @property
    def options(self) -> list[str]:
        """The options that ``draft`` needs for it."""
        own: list[str] = self.wanted.get("options", [])
        return [*own, *OPTIONS.get(print_of(self.file.name), [])]


class Reading(NamedTuple):
    """How a form was read: what is wrong with its account, with its fields, and with what is asked."""

    faults: list[str]
    compared: list[Compared]
    unasked: list[str]
    questions: int

    @property
    def silent(self) -> list[Compared]:
        """The fields that are wrong or missing, although nothing is asked about them."""
        return [one for one in self.compared if one.fate in SILENT]


def forms() -> Iterator[Form]:
    """Yield each file of each form."""
    for beside in sorted(FORMS.glob("*.wanted.yaml")):
        wanted = wanted_of(beside)
        for name in wanted["files"]:
            is_alone = is_table_alone(name)
            yield Form(FORMS / name, without_notice(wanted) if is_alone else wanted, form_of(beside))


def printed(form: Form) -> bytes:
    """Return a form as its file holds it: a table alone is without the notice, and damage is done to it."""
    description = form.description
    if is_table_alone(form.file.name):
        description = description.rpartition(f"{PAGE_END}\n")[2].removeprefix("附件\n")
    damage = form.wanted.get("damage", [])
    for whole, instead in damage:
        if LINE_END not in instead:
            description = _damaged(description, whole, instead)
    ending = print_of(form.file.name)
    of_lines = [(whole, instead) for whole, instead in damage if LINE_END in instead]
    if not of_lines:
        return PRINTS[ending](description)
    text = pdf_text(description)
    for whole, instead in of_lines:
        text = _damaged(text, whole, instead.replace(LINE_END, "\n"))
    return (stripped(text) if ending == ".stripped.txt" else text).encode()


def _damaged(text: str, whole: str, instead: str) -> str:
    """Return a text with something else instead of a piece of it, wherever its lines were broken."""
    pattern = r"\s*".join(map(re.escape, "".join(whole.split())))
    damaged, count = re.subn(pattern, lambda _match: instead, text, count=1)
    if not count:
        raise ValueError(whole)
    return damaged


def read(form: Form) -> Reading:
    """Draft a form by the command, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        drafted, faults = draft(form.file, form.options, Path(folder) / "draft")
    if drafted is None:
        return Reading(faults, [], [], 0)
    missing = unasked(form.wanted, drafted)
    return Reading(faults, compare(form.wanted, drafted), missing, len(drafted.account["questions"]))


def draft(file: Path, options: Sequence[str], to: Path) -> tuple[Drafted | None, list[str]]:
    """Draft a file by the command, and return the draft and what is wrong with it whatever it says."""
    code, said = _ran("draft", str(file), *options, "--to", str(to))
    if code:
        return None, [f"the command ended with {code}: {said}"]
    code, said = _ran("check", "--data", str(to))
    faults = [f"check ended with {code}: {said}"] if code not in {0, 1} else []
    drafted = Drafted(to)
    return drafted, [*faults, *faults_of(drafted, [source_text(file, options)])]


def _ran(*arguments: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return run(arguments), said.getvalue()


def source_text(file: Path, options: Sequence[str]) -> str:
    """Return the characters of a file as the command reads them."""
    given = dict(zip(options[::2], options[1::2], strict=True))
    source = read_source(file, encoding=given.get("--encoding"), separator=given.get("--separator"))
    if not isinstance(source, Source):
        raise TypeError(source)
    return source.text


def main(arguments: Sequence[str]) -> None:
    """Print the forms anew, or report."""
    if not arguments:
        for form in forms():
            form.file.write_bytes(printed(form))
        return
    names = arguments[1:]
    for form in forms():
        if not names or any(form.file.name.startswith(name) for name in names):
            _report(form, in_full=bool(names))


def _report(form: Form, *, in_full: bool) -> None:
    reading = read(form)
    counts = Counter(one.fate for one in reading.compared)
    fates = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
    print(f"{form.file.name}: {share_right(reading.compared):.0%} right ({fates}); {reading.questions} questions")
    for fault in reading.faults:
        print("  account:", fault)
    for title in reading.unasked:
        print("  not asked:", title)
    for one in reading.compared:
        if one.fate in SILENT or (in_full and one.fate is not Fate.RIGHT):
            print(" ", one)


if __name__ == "__main__":
    main(sys.argv[1:])
