"""Keep the READMEs true: run the commands they show and compare, or write back, what is printed.

    python tools/readme.py                 # run them and write their output into the READMEs
    python tools/readme.py test-command    # print the command with which the README passes the tests

A block ```` ```console ```` holds commands after ``$ ``, each followed by its output on a terminal of 80 columns. All
blocks of one README run one after the other in one folder of their own that holds a copy of ``data/``, so that
edits are shown on the notice and touch nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from screen import on_terminal, without_styles

ROOT = Path(__file__).parents[1]
READMES = {ROOT / "README.md": "en", ROOT / "README.zh-CN.md": "zh"}
COLUMNS = 80
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "


def rewritten(readme: Path, language: str) -> str:
    """Return the text of a README with the output of its commands as it is now."""
    text = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "bureau"
        folder.mkdir()
        shutil.copytree(ROOT / "data", folder / "data")
        environment = _environment(Path(home), language)

        def run(block: re.Match[str]) -> str:
            commands = [line for line in block[1].splitlines() if line.startswith(_PROMPT)]
            shown = "".join(f"{line}\n{_output(line.removeprefix(_PROMPT), folder, environment)}" for line in commands)
            return f"```console\n{shown}```"

        return _CONSOLE.sub(run, text)


def _environment(home: Path, language: str) -> dict[str, str]:
    """Return the environment of a new user: nothing set, an empty home, a plain terminal."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "TERM": "xterm",
        "REFORMLEDGER_LANG": language,
    }


def _output(command: str, folder: Path, environment: dict[str, str]) -> str:
    return without_styles(on_terminal(["bash", "-c", command], COLUMNS, folder, environment))


def test_command() -> str:
    """Return the command of the README that passes the tests."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return next(str(block) for block in _SHELL.findall(text) if "pytest" in block).strip()


def main() -> int:
    """Rewrite the READMEs, or print the test command."""
    if sys.argv[1:] == ["test-command"]:
        print(test_command())
        return 0
    for readme, language in READMES.items():
        readme.write_text(rewritten(readme, language), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
