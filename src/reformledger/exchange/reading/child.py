"""The child process that reads workbooks: a path a line as JSON on stdin, an answer a line as JSON on stdout.

Whatever a library does to it, the program goes on. It knows no language: codes travel, the parent makes sentences.
"""

from __future__ import annotations

import gc
import json
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

from reformledger.exchange.reading.probe import UnfitError, probe
from reformledger.exchange.tables import short_cell

_MOST_MEMORY = 512 * 2**20
_MANY_OBJECTS = 100_000
"""After how many new objects garbage is looked for."""
_NOT_NEEDED = ("lxml", "numpy", "pandas", "PIL", "defusedxml")
"""What openpyxl uses where it finds it: none of it reads a cell better, and all of it takes memory."""


def main() -> None:
    """Answer until stdin ends."""
    _limit_memory()
    # Workbooks are large and short-lived: to look for what may go takes a tenth of the time of reading one.
    gc.set_threshold(_MANY_OBJECTS)
    sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # type: ignore[arg-type] # None: the import fails
    warnings.simplefilter("ignore")
    # Loaded while whoever started the process looks for the first file.
    import_module("reformledger.exchange.reading.worksheet")
    for line in sys.stdin:
        sys.stdout.write(f"{_answer(json.loads(line))}\n")
        sys.stdout.flush()


def _answer(path: str) -> str:
    from reformledger.exchange.reading.worksheet import read_sheets

    try:
        with Path(path).open("rb") as file:
            with ZipFile(file) as archive:
                probed = probe(archive)
            sheets = read_sheets(file, probed)
        return json.dumps(
            {
                "sheets": [
                    {
                        **sheet._asdict(),
                        "cells": [[*position, *short_cell(cell)] for position, cell in sheet.cells.items()],
                        "comments": [[*position, text] for position, text in sheet.comments.items()],
                        "hidden_rows": sorted(sheet.hidden_rows),
                        "hidden_columns": sorted(sheet.hidden_columns),
                    }
                    for sheet in sheets
                ]
            }
        )
    except UnfitError as unfit:
        return json.dumps({"refused": [unfit.reason, unfit.detail]})
    except Exception:  # noqa: BLE001 - openpyxl raises anything for a damaged file
        return json.dumps({"refused": ["unreadable", ""]})


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit, macOS none that holds.
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
