"""Pages of answers, opened in a browser, printed, and sorted by their headings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Run, speak
from naughty import TEXTS
from office import pages_of
from reformledger.fields.entry import ENTRY
from reformledger.views.answer import Answer, Column, Sheet
from reformledger.views.formats.registry import ANSWERS as FORMATS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser import Pages

pytestmark = [pytest.mark.programs, pytest.mark.xdist_group("browser")]
AS_OF = ("--as-of", "2020-12-10")
COLUMNS = ("id", "due", "light", "status", "leaders", "lead_departments", "title")
ANSWERS = {
    "list": ["list", "--columns", ",".join(COLUMNS), *AS_OF],
    "stats": ["stats", *AS_OF],
    "due": ["due", *AS_OF],
    "show": ["show", "task-1", "pilot-7", *AS_OF],
    "check": ["check", *AS_OF],
    "explain": ["explain", "RL401"],
}

PageOf = Callable[..., Path]


@pytest.fixture
def page_of(run: Run, tmp_path: Path) -> PageOf:
    """Return a function that writes the page of an answer."""

    def written(*arguments: str) -> Path:
        file = tmp_path / "answer.html"
        assert run(*arguments, "-o", str(file)).err == ""
        return file

    return written


def _page_of_texts(folder: Path, texts: Sequence[str]) -> Path:
    """Write the page of a table that has one column."""
    file = folder / "texts.html"
    sheet = Sheet(None, [Column("title", "名称")], [[text] for text in texts])
    file.write_bytes(
        FORMATS.by_name["html"].load().content(Answer(lambda: None, lambda _purpose: [sheet]), reveal=False)
    )
    return file


def _texts(page: Page, column: int = 0) -> list[str]:
    """Return the texts of a column, in the order of the page."""
    found: list[str] = page.eval_on_selector_all(
        "tbody tr:not(.group)", "(rows, column) => rows.map((row) => row.cells[column].textContent)", column
    )
    return found


@pytest.mark.parametrize(("name", "language"), [*zip(ANSWERS, cycle(["zh", "en"]), strict=False)])
def test_a_page_opens_and_is_readable_on_every_screen(
    browser: Pages, page_of: PageOf, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    from browser import contrasts

    speak(monkeypatch, language)
    with browser.opened(page_of(*ANSWERS[name]), width=390) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
        light = contrasts(page)
        page.emulate_media(color_scheme="dark")
        dark = contrasts(page)
    assert min(light)[0] >= 4.5, min(light)  # WCAG 2.2, 1.4.3
    assert min(dark)[0] >= 4.5, min(dark)
    assert light != dark


@pytest.mark.parametrize("key", ["id", "due", "light", "status", "title"])
def test_headings_sort_as_list_does_and_the_third_click_restores(
    browser: Pages, page_of: PageOf, run: Run, key: str
) -> None:
    def listed(*sort: str) -> list[str]:
        return [item["id"] for item in json.loads(run("list", *sort, "-f", "json", *AS_OF).out)]

    with browser.opened(page_of(*ANSWERS["list"])) as page:
        head = page.locator("thead th").nth(COLUMNS.index(key))
        for sort, state in (([f"--sort={key}"], "ascending"), ([f"--sort=-{key}"], "descending"), ([], None)):
            head.get_by_role("button").click()
            assert (_texts(page), head.get_attribute("aria-sort")) == (listed(*sort), state)


def test_a_heading_is_reached_and_used_by_keyboard(browser: Pages, page_of: PageOf) -> None:
    with browser.opened(page_of(*ANSWERS["list"])) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("th[aria-sort=ascending]").all_inner_texts() == ["Due"]
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.locator("th[aria-sort=ascending]").all_inner_texts() == ["Light"]


def test_rows_are_sorted_within_their_group(browser: Pages, page_of: PageOf) -> None:
    with browser.opened(page_of("stats", *AS_OF)) as page:
        table = page.locator("table").first
        groups = table.locator("tbody").all()
        before = [group.locator("tr").all_inner_texts() for group in groups]
        table.get_by_role("button").first.click()
        after = [group.locator("tr").all_inner_texts() for group in groups]
    assert after != before
    assert [(rows[0], sorted(rows)) for rows in after] == [(rows[0], sorted(rows)) for rows in before]


def test_texts_are_sorted_by_their_bytes_in_gb_18030_and_numbers_as_numbers(browser: Pages, tmp_path: Path) -> None:
    # One, two and four bytes; beyond the first 65,536 characters; rare ones before and behind the common.
    characters = "AzÀéāǖΩЯ€ⅰ①々〇ㄅ㐀㐂䶵丂亐啊刘强谢龥䶮ꀀ가𠀀𠮷😀"
    by_bytes = sorted(characters, key=lambda character: character.encode("gb18030"))
    numbered = ["第1批", "第二批", "第3批", "第十批", "第12批", "第二十一批"]
    with browser.opened(_page_of_texts(tmp_path, sorted(characters))) as page:
        page.get_by_role("button").click()
        # What NFKC makes something else of is sorted as that.
        assert [text for text in _texts(page) if text not in "ⅰ①"] == [text for text in by_bytes if text not in "ⅰ①"]
    with browser.opened(_page_of_texts(tmp_path, numbered[::-1])) as page:
        page.get_by_role("button").click()
        assert _texts(page) == numbered


def test_without_script_all_is_there(browser: Pages, page_of: PageOf) -> None:
    with browser.opened(page_of(*ANSWERS["list"]), script=False) as page:
        assert page.locator("tbody tr").count() == 33
        assert page.locator("button").count() == 0


def test_texts_come_back_from_a_browser(browser: Pages, tmp_path: Path) -> None:
    with browser.opened(_page_of_texts(tmp_path, TEXTS)) as page:
        assert _texts(page) == TEXTS


def test_on_paper_each_page_has_its_headings(browser: Pages, page_of: PageOf) -> None:
    with browser.opened(page_of(*ANSWERS["list"])) as page:
        printed = pages_of(page.pdf(prefer_css_page_size=True))
    assert len(printed) > 1
    for sheet in printed:
        assert sheet.is_landscape
        assert "IDDueLightStatusLeadersLeadTitle" in sheet.text


def test_a_table_of_all_columns_is_printed_whole(browser: Pages, page_of: PageOf) -> None:
    every = ",".join(key for key, field in ENTRY.items() if field.csv)
    with browser.opened(page_of("list", "--columns", every, *AS_OF), width=1031) as page:  # A4 within its margins
        page.emulate_media(media="print")
        # Chromium makes a page smaller that is up to half as wide again as the paper, and cuts what is wider.
        assert page.evaluate("document.documentElement.scrollWidth") <= 1031 * 1.5
