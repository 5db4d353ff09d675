"""Make every document true again: references, rules, pictures, tables, and the output of all commands shown.

python tools/docs.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")


def documents() -> dict[Path, str]:
    """Return the text that each document for users should have; each language is made by a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("one_language.py"))]
    processes = [
        subprocess.Popen(command, env={**os.environ, "REFORMLEDGER_LANG": language}, stdout=subprocess.PIPE)
        for language in LANGUAGES
    ]
    texts: dict[Path, str] = {}
    for process in processes:
        out, _err = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        texts |= {ROOT / name: text for name, text in json.loads(out).items()}
    return texts


def main() -> int:
    """Write all of them."""
    for path, text in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
