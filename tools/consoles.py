"""Run the commands that the documents show, and write what they print below them.

A block ```` ```console ```` holds commands after ``$ `` (their further lines after ``> ``), each followed by its
output on a terminal of 80 columns. A block ```` ```yaml ```` whose first line is a comment that names a file, such as
``# data/ledger_2026.yaml``, is written there first, as its reader would do it.

Each document is a story of its own: its blocks run one after the other, from the top, in a folder that holds a copy of
``data/``, so that edits are shown on the notice and touch nothing. A ``cd`` holds for what follows it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from screen import on_terminal, without_styles

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en": "README.md", "zh": "README.zh-CN.md"}
COLUMNS = 80
_BLOCK = re.compile(r"^```(?P<sort>console|yaml)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED_FILE = re.compile(r"# (?P<path>\S+\.ya?ml)\n")
_COMMAND = re.compile(r"^\$ .*\n(?:> .*\n)*", re.MULTILINE)


def documents() -> dict[Path, str]:
    """Return the documents for users, each with its language."""
    return {
        path: language
        for language, readme in LANGUAGES.items()
        for path in (ROOT / readme, *sorted((ROOT / "docs" / language).rglob("*.md")))
    }


def rewritten(wanted: Mapping[Path, str]) -> dict[Path, str]:
    """Return the text of each document with the output of its commands as it is now, the longest story first."""

    def commands_in(path: Path) -> int:
        return len(shown_commands(path.read_text(encoding="utf-8")))

    paths = sorted(wanted, key=commands_in, reverse=True)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        texts = pool.map(lambda path: _rewritten(path.read_text(encoding="utf-8"), wanted[path]), paths)
        return dict(zip(paths, texts, strict=True))


def shown_commands(text: str) -> list[str]:
    """Return the commands that a document shows, each with its prompts."""
    return [shown for block in _BLOCK.finditer(text) if block["sort"] == "console" for shown in _commands(block)]


def run_story(commands: Iterable[str], language: str, columns: int = COLUMNS) -> list[str]:
    """Run commands in a folder of their own that holds a copy of ``data/``; return what each shows, with styles."""
    with Story(language, columns) as story:
        return [story.run(command) for command in commands]


class Story:
    """A folder with a copy of ``data/``, in which commands run one after the other, and its user's settings."""

    def __init__(self, language: str, columns: int = COLUMNS) -> None:
        self._columns = columns
        self._home = Path(tempfile.mkdtemp())
        self.folder = self._home / "bureau"
        self.folder.mkdir()
        shutil.copytree(ROOT / "data", self.folder / "data")
        # As a new user has it: nothing set, an empty home, a plain terminal.
        self._environment = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "HOME": str(self._home),
            "XDG_STATE_HOME": str(self._home / "state"),
            "TERM": "xterm",
            "REFORMLEDGER_LANG": language,
        }

    def __enter__(self) -> Story:
        return self

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._home)

    def run(self, command: str) -> str:
        """Return what a command shows on a terminal; the folder in which it ends is that of the next one."""
        left_in = self._home / "left-in"
        script = f"trap 'pwd > {left_in}' EXIT\n{command}"
        shown = on_terminal(["bash", "-c", script], self._columns, self.folder, self._environment)
        self.folder = Path(left_in.read_text(encoding="utf-8").rstrip("\n"))
        return shown


def _rewritten(text: str, language: str) -> str:
    if not shown_commands(text):
        return text
    with Story(language) as story:

        def played(block: re.Match[str]) -> str:
            if block["sort"] == "console":
                shown = [f"{shown}{without_styles(story.run(_typed(shown)))}" for shown in _commands(block)]
                return f"```console\n{''.join(shown)}```"
            if named := _NAMED_FILE.match(block["body"]):
                (story.folder / named["path"]).write_text(block["body"], encoding="utf-8")
            return block[0]

        return _BLOCK.sub(played, text)


def _commands(block: re.Match[str]) -> list[str]:
    return _COMMAND.findall(block["body"])


def _typed(shown: str) -> str:
    """Return a command as the shell gets it, without its prompts."""
    return re.sub(r"^[$>] ", "", shown.rstrip("\n"), flags=re.MULTILINE)
