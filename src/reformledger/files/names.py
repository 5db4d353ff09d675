"""What files are called to the user."""

from __future__ import annotations

import os
from pathlib import Path as FilePath


def display_name(path: FilePath) -> str:
    """Return how a file is named to the user: relative to the working directory, with ``/``; absolute outside it."""
    try:
        absolute = FilePath(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow symbolic links
        here = FilePath.cwd()
    except OSError:  # The working directory was deleted meanwhile.
        return path.as_posix()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
