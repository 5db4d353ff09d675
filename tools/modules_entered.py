"""How many of our modules a question and an edit go through: those of which a function was called.

    python tools/modules_entered.py            # the two numbers
    python tools/modules_entered.py --list     # and the modules

Asked is ``list --due 2020`` into a pipe, written is a ``close`` in a copy of ``data/``. What a module does when it is
imported is no call of a function; the body of a class that is made meanwhile counts as one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).parents[1]
SOURCE = Path(os.environ.get("PYTHONPATH", ROOT / "src"))
"""Whose modules are counted; another checkout by ``PYTHONPATH=…/src``."""
QUESTION = ("list", "--due", "2020", "--as-of", "2020-10-01")
EDIT = ("close", "task-1", "--evidence", "攀教体发〔2020〕1号", "--date", "2020-10-01")

_COUNTING = """
import sys

sys.path.insert(0, {source!r})
entered = set()

def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_name != "<module>":
        entered.add(frame.f_code.co_filename)

from reformledger.cli.run import run

sys.setprofile(profile)
code = run({arguments!r})
sys.setprofile(None)
with open({result!r}, "w") as file:
    file.write("\\n".join(sorted(entered)))
sys.exit(code)
"""


def entered(arguments: tuple[str, ...], folder: Path) -> list[str]:
    """Return the modules of ours that a run of the command line enters, as paths below the package.

    ``folder`` is a temporary one, for the data, the state and the answer.
    """
    result = folder / "entered"
    program = _COUNTING.format(source=str(SOURCE), arguments=arguments, result=str(result))
    environment = {**os.environ, "XDG_STATE_HOME": str(folder), "REFORMLEDGER_LANG": "en"}
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, check=True, capture_output=True)
    package = SOURCE / "reformledger"
    paths = (Path(line) for line in result.read_text(encoding="utf-8").splitlines())
    return [path.relative_to(package).as_posix() for path in paths if path.is_relative_to(package)]


def main() -> None:
    """Print how many modules each command enters, with ``--list`` also which."""
    for name, arguments in (("list --due 2020, piped", QUESTION), ("close, written", EDIT)):
        with tempfile.TemporaryDirectory() as folder:
            copytree(ROOT / "data", Path(folder) / "data")
            modules = entered(arguments, Path(folder))
        print(f"{name}: {len(modules)} modules")
        if "--list" in sys.argv[1:]:
            print(*(f"  {module}" for module in modules), sep="\n")


if __name__ == "__main__":
    main()
