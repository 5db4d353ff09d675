"""The board in a browser: nothing is refused, failed or asked for, and filters count what ``list`` counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

import boards
from conftest import DATA, Run
from office import pages_of
from reformledger.text.folding import compact

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser import Pages

pytestmark = pytest.mark.programs


@pytest.fixture
def opened(browser: Pages) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens a file; nothing that the page does may be refused, fail or ask for another."""
    with ExitStack() as stack:

        def call(file: Path, address: str = "", width: int = 1280) -> Page:
            fragment = address.removeprefix("#")
            return stack.enter_context(browser.opened(file, width=width, fragment=fragment, scheme="dark"))

        yield call


@pytest.fixture
def small(tmp_path: Path, run: Run) -> Path:
    return _board(tmp_path, boards.ledger(tmp_path), run)


def _board(folder: Path, data: Path, run: Run) -> Path:
    page = folder / "board.html"
    assert run("board", "-o", str(page), "--as-of", boards.DAY, "--data", str(data)).code == 0
    return page


def _address(conditions: str) -> str:
    pairs = (pair.partition("=") for pair in conditions.split("&"))
    return "#" + "&".join(f"{name}={quote(value)}" for name, _sign, value in pairs)


def _listed(page: Any) -> list[str]:
    """Return the ids of the entries that the page shows."""
    ids: list[str] = page.locator(".entries tbody tr:not([hidden]) td:nth-child(2)").all_text_contents()
    return ids


def test_filters_count_what_list_counts(small: Path, opened: Any, run: Run, tmp_path: Path) -> None:
    page = opened(small)
    for conditions, options in boards.CONDITIONS:
        found = json.loads(run("list", "-f", "json", "--as-of", boards.DAY, "--data", str(tmp_path), *options).out)
        page.goto(small.as_uri() + _address(conditions))
        assert _listed(page) == [entry["id"] for entry in found], conditions
        assert page.locator("#found").text_content() == f"{len(found)} of 9 entries"
        # The chart of all and its legend follow.
        assert page.locator("[data-c=all]").text_content() == str(len(found))
        for light in ("red", "yellow", "blue", "green"):
            count = sum(entry["light"] == light for entry in found)
            assert page.locator(f".legend [data-c={light}]").text_content() == str(count)


def test_a_contact_is_not_found(small: Path, opened: Any) -> None:
    # ``list --search`` finds an entry by its contact, who is not on the board.
    assert _listed(opened(small, _address("q=蒋春尧"))) == []


def test_every_name_of_the_shipped_data_counts_what_list_counts(tmp_path: Path, opened: Any, run: Run) -> None:
    file = _board(tmp_path, DATA, run)
    page = opened(file)
    for field in ("leader", "department"):
        names = page.locator(f"select[name={field}] option").all_text_contents()[1:]
        assert len(names) > 10
        for name in names[::5]:
            found = json.loads(run("list", "-f", "json", f"--{field}", name, "--as-of", boards.DAY).out)
            page.goto(file.as_uri() + _address(f"{field}={name}"))
            assert _listed(page) == [entry["id"] for entry in found], name


def test_conditions_are_kept_in_the_address(small: Path, opened: Any) -> None:
    page = opened(small)
    page.select_option("select[name=department]", "基教科")
    page.select_option("select[name=role]", "lead")
    page.check("input[name=light][value=red]")
    page.check("input[name=light][value=yellow]")
    page.fill("input[name=q]", "初稿")
    assert _listed(page) == ["task-1"]
    again = opened(small, "#" + page.url.partition("#")[2])
    assert _listed(again) == ["task-1"]
    assert again.input_value("select[name=department]") == "基教科"
    assert again.is_checked("input[name=light][value=yellow]")
    again.emulate_media(media="print")
    printed = "1 of 9 entries: Text 初稿, Department 基教科, Role Lead department, Red, Yellow"
    assert again.locator("#chosen").inner_text() == printed
    again.emulate_media(media="screen")
    again.click("button[type=reset]")
    assert len(_listed(again)) == 9
    assert "#" not in again.url


def test_charts_choose_entries_and_follow(small: Path, opened: Any) -> None:
    page = opened(small)
    page.click(".figures a[data-f=overdue]")
    assert _listed(page) == ["task-1"]
    assert page.locator(".figures a[data-f=overdue]").get_attribute("aria-current") == "true"
    page.click(".figures a[data-f=overdue]")
    assert len(_listed(page)) == 9
    cell = page.get_by_label("基教科 Dec: yellow 1")
    cell.click()
    assert _listed(page) == ["task-3"]
    assert cell.text_content() == "1"
    assert page.locator(".matrix .chips g:not(.off)").count() == 4  # 各科室, and each of its three members
    assert cell.get_attribute("aria-current") == "true"
    bar = page.locator(".whole rect")
    assert [bar.nth(at).get_attribute("width") for at in range(6)] == ["0%", "0%", "0%", "100%", "0%", "0%"]


def test_a_stack_of_the_time_line_chooses_its_ten_days(small: Path, opened: Any) -> None:
    page = opened(small)
    page.get_by_label("Oct 21 to the end: blue 1").focus()
    page.keyboard.press("Enter")
    assert _listed(page) == ["task-4"]
    assert _listed(opened(small, "#" + page.url.partition("#")[2])) == ["task-4"]


def test_an_entry_opens_by_keyboard_and_gives_the_focus_back(small: Path, opened: Any) -> None:
    page = opened(small, "#star=1")
    page.locator(".entries summary").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="修订《章程》")
    dialog.wait_for()
    text = dialog.text_content()
    for part in (
        "2020年9月",
        "2020-09-30",
        "ＡＢＣ初稿",
        "纪要〔2020〕7号",
        "138****5678",
        "60%",
        "刘自力、彭格",
        "red: overdue",
    ):
        assert part in text, part
    assert "entry=task-1" in page.url
    inside = "document.querySelector('dialog').contains(document.activeElement)"
    assert page.evaluate(inside)
    for _step in range(8):
        page.keyboard.press("Tab")
        # Behind the last button comes the browser's own frame, never the page under the record.
        assert page.evaluate(f"{inside} || document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    assert page.locator("#record-title").text_content() == "规划"
    assert page.locator(".next").is_disabled()
    page.keyboard.press("Escape")
    # A dialog tells that it was closed a moment later.
    page.wait_for_function("document.activeElement.textContent === '规划'")
    assert "entry=" not in page.url
    assert page.evaluate("document.activeElement.getAttribute('aria-haspopup')") == "dialog"


def test_an_entry_opens_by_its_address(small: Path, opened: Any) -> None:
    assert opened(small, "#entry=task-4").locator("#record-title").text_content() == "高考改革"


@pytest.mark.parametrize("way", ["event", "interface"])
def test_what_is_chosen_is_copied_as_a_table(way: str, tmp_path: Path, opened: Any, run: Run) -> None:
    data = boards.ledger(tmp_path)
    path = data / "ledger_2020.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: 高考改革", "title: =1+1<b>"), encoding="utf-8")
    page = opened(_board(tmp_path, data, run), "#department=" + quote("计财科") + "&role=lead")
    if way == "interface":  # where the browser knows no other
        page.evaluate("document.execCommand = () => false")
    page.click("#copy")
    page.get_by_text("3 rows copied.").wait_for()
    sheet = tmp_path / "sheet.html"
    sheet.write_text("<textarea></textarea>", encoding="utf-8")
    pasted = opened(sheet)
    pasted.evaluate(
        """document.addEventListener("paste", ({clipboardData: given}) => {
            window.pasted = ["text/plain", "text/html"].map((type) => given.getData(type)); })"""
    )
    pasted.focus("textarea")
    pasted.keyboard.press("Control+V")
    text, table = pasted.evaluate("window.pasted")
    head, *rows = [line.split("\t") for line in text.splitlines()]
    assert head[:3] == ["Light", "ID", "Title"]
    assert [row[1:3] for row in rows] == [["task-2", "校园足球"], ["task-3", "集团化办学"], ["task-4", "'=1+1<b>"]]
    assert rows[0][3:6] == ["彭格", "法规科、计财科", "2020-12-31"]
    if way == "event":
        assert table.count("<tr>") == 4
        assert "<td style=\"mso-number-format:'\\@'\">'=1+1&#60;b&#62;</td>" in table


def test_all_is_readable_without_script(small: Path, browser: Pages) -> None:
    with browser.opened(small, script=False) as page:
        assert len(_listed(page)) == 9
        assert not page.locator(".filters").is_visible()
        record = page.locator(".entries dl").first
        assert not record.is_visible()
        page.locator(".entries summary").first.click()
        assert record.is_visible()
        assert page.locator("svg.line a").count() == 4


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_wider_than_its_window(width: int, tmp_path: Path, opened: Any, run: Run) -> None:
    page = opened(_board(tmp_path, DATA, run), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".entries summary").first.click()
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width


def test_it_is_printed_on_landscape_pages_with_heads(tmp_path: Path, opened: Any, run: Run) -> None:
    file = _board(tmp_path, DATA, run)
    page = opened(file)
    pages = pages_of(page.pdf(prefer_css_page_size=True))
    # In a PDF some characters are read back as radicals (⽬ for 目), which compact makes one with them.
    texts = [compact(each.text) for each in pages]
    assert all(each.is_landscape for each in pages)
    assert "Reformledger2020:theboard" in texts[0]
    listing = [text for text in texts if re.search(r"(point|task|pilot|scheme)-\d", text)]
    assert len(listing) >= 2
    for text in listing:
        assert "Reformledger2020:theboard·Asof2020-10-01" in text
        assert "LightIDTitleLeadersLeadDue" in text
    ids = {entry["id"] for entry in json.loads(run("list", "-f", "json").out)}
    assert {name for name in ids if name in "".join(listing)} == ids
    # Of an open record all of it is printed, and nothing else.
    record = pages_of(opened(file, "#entry=pilot-7").pdf(prefer_css_page_size=True))
    text = "".join(compact(each.text) for each in record)
    assert "第三批市级教育综合改革试点项目的通知" in text
    assert "pilot-6" not in text
