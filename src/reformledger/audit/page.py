"""The documentation of each rule: ``pages/RL101.md`` in both languages, with a wrong and a right example.

A wrong example names in a comment the codes that are found on its line (``# RL101``), a right one gives no finding;
a test checks that. The documents of an example that has several follow each other; one whose file matters names it in
its first line (``# ledger_2020.yaml``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from reformledger.audit.finding import Severity
from reformledger.audit.rule import READING, RULES
from reformledger.i18n import Language, _

FOLDER = Path(__file__).with_name("pages")
_SECTION = re.compile(r"^# (en|zh|wrong|right)\n", re.MULTILINE)
_EXAMPLE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Page(NamedTuple):
    """What a rule looks for and why, in one language, what declares it away, and its examples, one text a document."""

    code: str
    severity: Severity
    title: str
    text: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    declared_by: tuple[str, ...]


def page(code: str, language: Language) -> Page:
    """Return the page of a rule in a language."""
    _nothing, *pieces = _SECTION.split((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
    sections = dict(zip(pieces[::2], pieces[1::2], strict=True))
    title, _newline, text = sections[language].partition("\n")
    return Page(
        code,
        Severity.ERROR if code == READING else RULES[code].severity,
        title.removeprefix("## "),
        text.strip(),
        tuple(_EXAMPLE.findall(sections["wrong"])),
        tuple(_EXAMPLE.findall(sections["right"])),
        () if code == READING else RULES[code].declared_by,
    )


def group_title(code: str) -> str:
    """Return the title of the group to which a code belongs."""
    return group_titles()[code.removeprefix("RL")[0]]


def group_titles() -> dict[str, str]:
    """Return the titles of the groups by the first digit of their codes."""
    return {
        "0": _("Life cycle"),
        "1": _("Counts"),
        "2": _("One thing, two names"),
        "3": _("One scheme, two accounts"),
        "4": _("☆ and wording"),
        "5": _("Deadlines"),
        "6": _("Coverage and references"),
        "7": _("Documents"),
        "8": _("Numbering"),
        "9": _("Personal data"),
    }
