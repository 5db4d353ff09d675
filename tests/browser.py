"""A browser for tests: it opens pages of ours, and whatever it complains of fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from browsers import chromium
from playwright.sync_api import Browser, Page

# Before any script of the page: what its policy forbids it is reported to the document alone.
_LISTENER = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@contextmanager
def started() -> Iterator[Pages]:
    """Start a browser, and end it."""
    with chromium() as browser:
        yield Pages(browser)


class Pages:
    """Opens pages, each in a profile of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @contextmanager
    def opened(
        self,
        file: Path,
        *,
        width: int = 1280,
        script: bool = True,
        fragment: str = "",
        scheme: Literal["light", "dark"] = "light",
    ) -> Iterator[Page]:
        """Yield the page of a file as a window of some width shows it.

        At the end nothing may have come up: no message of the console, no error of a script, nothing that the page's
        policy forbids, no request but for the file. ``script``: whether scripts run; ``fragment``: what follows the
        ``#`` of the address; ``scheme``: what the reader prefers.
        """
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.add_init_script(_LISTENER)
        page = context.new_page()
        address = file.resolve().as_uri()
        came_up: list[str] = []
        page.on("console", lambda message: came_up.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: came_up.append(f"error: {error}"))
        page.on("request", lambda request: came_up.append(f"request: {request.url}"))
        page.goto(f"{address}{fragment and '#'}{fragment}", wait_until="load")
        yield page
        if script:
            came_up += page.evaluate("window.violations")
        requested = f"request: {address}"
        assert [text for text in came_up if text.partition("#")[0] != requested] == []
        context.close()


_CONTRASTS = """
(() => {
  const channel = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parsed = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const luminance = (rgb) => { const [r, g, b] = rgb.map(channel); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, a } = parsed(getComputedStyle(at).backgroundColor);
      if (a === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !element.checkVisibility() || /^(SCRIPT|STYLE)$/.test(element.tagName)) continue;
    const [one, other] = [parsed(getComputedStyle(element).color).rgb, behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push([ratio, `${element.tagName}.${element.className}: ${element.textContent.slice(0, 30)}`]);
  }
  return found;
})()
"""


def contrasts(page: Page) -> list[tuple[float, str]]:
    """Return the contrast of each visible text with what is behind it (WCAG 2.2, 1.4.3), and where it is."""
    return [(ratio, where) for ratio, where in page.evaluate(_CONTRASTS)]
