"""Make every document true again: pictures, generated references, tables, and the output of all commands shown.

    python tools/docs.py

What is generated whole says so in its first line. A table inside a document of prose stands between
``<!-- table: NAME -->`` and ``<!-- end of table -->``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from consoles import LANGUAGES, ROOT, documents, rewritten
from picture import terminal_svg

DOCS = ROOT / "docs"
_TABLE = re.compile(r"(<!-- table: (?P<name>[a-z ]+) -->\n).*?(?=<!-- end of table -->)", re.DOTALL)


class Generated(NamedTuple):
    """What the program says of itself in one language: whole files, and tables by name."""

    files: Mapping[Path, str]
    tables: Mapping[str, str]


@cache
def generated(language: str) -> Generated:
    """Return what is generated in a language, by a process of that language."""
    environment = {**os.environ, "REFORMLEDGER_LANG": language}
    command = [sys.executable, str(Path(__file__).with_name("reference.py"))]
    made = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    return Generated({DOCS / language / name: text for name, text in made["files"].items()}, made["tables"])


def pictures() -> dict[Path, str]:
    """Return the picture of each language."""
    return {DOCS / "images" / f"terminal-{language}.svg": terminal_svg(language) for language in LANGUAGES}


def with_tables(text: str, language: str) -> str:
    """Return a document with its generated tables as they are now."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{generated(language).tables[found['name']]}\n", text)


def main() -> int:
    """Write all of it."""
    made = pictures()
    for language in LANGUAGES:
        made |= generated(language).files
    for path, text in made.items():
        _write(path, text)
    for path, language in documents().items():
        _write(path, with_tables(path.read_text(encoding="utf-8"), language))
    for path, text in rewritten(documents()).items():
        _write(path, text)
    return 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
