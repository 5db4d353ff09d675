"""Chromium without a window, for tests, pictures and benchmarks: the one of this machine, none is downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It looks for updates and its owner's machines by itself otherwise.
_QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str | None:
    """Return the path of Chromium or Chrome, None where this machine has none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, and end it; raises ``FileNotFoundError`` where this machine has none."""
    path = program()
    if path is None:
        raise FileNotFoundError(" / ".join(_NAMES))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()
