"""Chromium without a screen, for tests, pictures and benchmarks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Return the program, None where this machine has none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser; raises ``FileNotFoundError`` where there is none on this machine."""
    path = chromium_path()
    if path is None:
        raise FileNotFoundError(" / ".join(_NAMES))
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*_QUIET, *(["--no-sandbox"] if as_root else [])]
        )
        yield browser
        browser.close()
