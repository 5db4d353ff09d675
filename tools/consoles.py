"""Run the commands that a document shows, and write what they print below them.

A block ```` ```console ```` holds commands after ``$ `` (their further lines after ``> ``), each followed by its
output on a terminal of 80 columns. A block ```` ```yaml ````, ```` ```sql ```` or ```` ```python ```` whose first line
is a comment that names a file, such as ``# data/ledger_2026.yaml``, is written there first, as its reader would do it.

A table behind ``<!-- filled in: FILE -->`` is what a department writes into a form (``filled_in``). A block
```` ```sh ```` behind ``<!-- run in a clone -->`` is run, with the ``benchmarks/`` of this repository.

Each document is a story of its own: its blocks run one after the other, from the top, in a folder that holds a copy of
``data/``, so that edits are shown on the notice and touch nothing. A ``cd`` holds for what follows it.
"""

from __future__ import annotations

import os
import pkgutil
import re
import shlex
import shutil
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Self

from filled_in import fill_in
from screen import called_on_terminal, on_terminal, without_styles

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
COLUMNS = 80
_BLOCK = re.compile(
    r"^(?:```(?P<sort>console|yaml|sql|python)\n(?P<body>.*?)^```"
    r"|<!-- run in a clone -->\n```sh\n(?P<script>.*?)^```"
    r"|<!-- filled in: (?P<file>\S+) -->\n(?P<table>(?:\|[^\n]*\n)+))$",
    re.MULTILINE | re.DOTALL,
)
_NAMED_FILE = re.compile(r"(?:#|--) (?P<path>\S+\.(?:ya?ml|sql|py))\n")
_COMMAND = re.compile(r"^\$ .*\n(?:> .*\n)*", re.MULTILINE)
_OURS_ALONE = re.compile(r"reformledger( [^|&;<>()$`\\\"'*?~\s]+)*")
"""A command line in which nothing is left to the shell."""


def shown_commands(text: str) -> list[str]:
    """Return the commands that a document shows, each with its prompts."""
    return [shown for block in _BLOCK.finditer(text) if block["sort"] == "console" for shown in _commands(block)]


def rewritten(text: str, language: str) -> str:
    """Return a document with the output of its commands as it is now; ``language`` is that of this process."""
    if not shown_commands(text):
        return text
    with Story(language) as story:

        def played(block: re.Match[str]) -> str:
            if block["sort"] == "console":
                shown = [f"{shown}{without_styles(story.run(_typed(shown)))}" for shown in _commands(block)]
                return f"```console\n{''.join(shown)}```"
            if block["script"]:
                story.run(block["script"].replace("benchmarks/", f"{shlex.quote(str(ROOT / 'benchmarks'))}/"))
            elif block["file"]:
                fill_in(story.folder / block["file"], block["table"])
            elif named := _NAMED_FILE.match(block["body"]):
                (story.folder / named["path"]).write_text(block["body"], encoding="utf-8")
            return block[0]

        return _BLOCK.sub(played, text)


class Story:
    """A folder with a copy of ``data/``, in which commands run one after the other, and its user's settings."""

    def __init__(self, language: str, columns: int = COLUMNS) -> None:
        self._columns = columns
        self._home = Path(tempfile.mkdtemp())
        self.folder = self._home / "bureau"
        self.folder.mkdir()
        shutil.copytree(DATA, self.folder / "data")
        # As a new user has it: nothing set, an empty home, a plain terminal.
        self._environment = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "HOME": str(self._home),
            "XDG_STATE_HOME": str(self._home / "state"),
            "TERM": "xterm",
            "REFORMLEDGER_LANG": language,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._home)

    def run(self, command: str) -> str:
        """Return what a command shows on a terminal; the folder in which it ends is that of the next one."""
        if _OURS_ALONE.fullmatch(command):
            _import_all_of_it()
            words = command.split()
            return called_on_terminal(lambda: _run_program(words), self._columns, self.folder, self._environment)
        left_in = self._home / "left-in"
        script = f"trap 'pwd > {left_in}' EXIT\n{command}"
        shown = on_terminal(["bash", "-c", script], self._columns, self.folder, self._environment)
        self.folder = Path(left_in.read_text(encoding="utf-8").rstrip("\n"))
        return shown


def _run_program(words: list[str]) -> None:
    """Run the program as if it had been started with these words."""
    from reformledger.__main__ import main

    sys.argv = words
    main()


@cache
def _import_all_of_it() -> None:
    """Import every module of the program and what it imports, and read a ledger, before copies of this process do."""
    import reformledger

    for module in pkgutil.walk_packages(reformledger.__path__, "reformledger."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from reformledger import load_book
    from reformledger.cli.app import command

    command()
    load_book(DATA)


def _commands(block: re.Match[str]) -> list[str]:
    return _COMMAND.findall(block["body"])


def _typed(shown: str) -> str:
    """Return a command as the shell gets it, without its prompts."""
    return re.sub(r"^[$>] ", "", shown.rstrip("\n"), flags=re.MULTILINE)
