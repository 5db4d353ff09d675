"""Print the command with which the README passes the tests: ``.ci/run`` runs what a newcomer would.

python tools/readme.py test-command
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_command() -> str:
    """Return the command of the README that makes an environment and runs the tests in it."""
    text = README.read_text(encoding="utf-8")
    return next(str(block) for block in _SHELL.findall(text) if "pytest" in block).strip()


def main() -> int:
    """Print the command."""
    if sys.argv[1:] != ["test-command"]:
        print(__doc__)
        return 2
    print(test_command())
    return 0


if __name__ == "__main__":
    sys.exit(main())
