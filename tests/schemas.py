"""What check-jsonschema, and so any editor, says of a file by the schemas that the program makes."""

from __future__ import annotations

import re
from pathlib import Path

from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

EDITOR = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def complaints(path: Path, schema: Path) -> str:
    """Return what check-jsonschema says against a file, nothing when it is valid."""
    ran = CliRunner().invoke(check_jsonschema, ["--schemafile", str(schema), str(path)])
    assert ran.exit_code in {0, 1}, ran.output
    return ran.output if ran.exit_code else ""
