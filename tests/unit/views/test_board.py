"""The board: what it counts, what it holds of each entry, and that nothing on it becomes markup or is private."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped,unused-ignore]

import boards
from conftest import DATA, LEDGERS, ROOT, Run, speak
from naughty import REFUSED, TEXTS, TOO_LONG
from reformledger import load_book
from reformledger.book import Book
from reformledger.query import Question, ask
from reformledger.records import Context, own_texts
from reformledger.text.folding import search_folding, search_key
from reformledger.text.masking import clean
from reformledger.views.board.page import board_page
from reformledger.views.content.board import Board, board_of
from reformledger.views.content.record_lines import Piece, RecordLine
from reformledger.views.palette import TONES
from texts import LEDGER_HEAD

DAY = date.fromisoformat(boards.DAY)


def _board(book: Book, day: date = DAY, question: Question | None = None) -> Board:
    context = Context(book.as_of(day), day)
    return board_of(ask(context.book, question or Question(), day), context)


@pytest.fixture
def small(tmp_path: Path) -> Book:
    return load_book(boards.ledger(tmp_path))


def _page(board: Board) -> tuple[str, Any]:
    text = board_page(board).decode()
    return text, html.fromstring(text)


# What it counts


def test_each_entry_is_counted_as_one_figure(small: Book) -> None:
    cards = _board(small).cards
    assert [(card.name, card.lamp, card.pace) for card in cards] == [
        ("task-1", "red", "overdue"),
        ("task-2", "yellow", "behind"),
        ("task-3", "yellow", "unreported"),
        ("task-4", "blue", "on_schedule"),
        ("task-5", "green", "on_schedule"),
        ("task-6", "closed", "closed"),
        ("task-7", "none", "no_light"),
        ("task-8", "none", "no_light"),
        ("task-9", "closed", "closed"),
    ]
    assert [card.name for card in cards if card.is_late] == ["task-6"]
    assert [card.name for card in cards if card.is_star] == ["task-1", "task-5"]


def test_each_entry_is_in_the_column_of_its_deadline(small: Book) -> None:
    board = _board(small)
    assert [board.months[card.month].key for card in board.cards] == [
        *("2020-09", "2020-12", "2020-12", "2020-10", "after", "2020-06", "open", "undated", "before"),
    ]
    # The last ten days of September, December, October and June; the year has 36.
    assert [card.slot for card in board.cards] == [26, 35, 35, 29, None, 17, None, None, None]


@pytest.mark.parametrize("day", ["2020-06-01", "2020-10-01", "2021-02-01"])
@pytest.mark.parametrize("name", ["data", "small"])
def test_it_counts_what_stats_counts(day: str, name: str, tmp_path: Path, run: Run) -> None:
    folder = DATA if name == "data" else boards.ledger(tmp_path)
    totals = json.loads(run("stats", "-f", "json", "--as-of", day, "--data", str(folder)).out)["totals"]
    cards = _board(load_book(folder), date.fromisoformat(day)).cards
    assert len(cards) == totals["all"]
    for lamp in ("red", "yellow", "blue", "green", "closed"):
        assert sum(card.lamp == lamp for card in cards) == totals[lamp], lamp
    assert sum(card.is_late for card in cards) == totals["closed_late"]
    assert sum(card.is_star for card in cards) == totals["star"]
    assert sum(card.pace == "overdue" for card in cards) == totals["overdue"]


@pytest.mark.parametrize("name", ["data", "small"])
def test_a_name_has_the_entries_that_a_question_finds(name: str, book: Book, small: Book) -> None:
    asked = book if name == "data" else small
    board = _board(asked)
    for place, leader in enumerate(board.leaders):
        found = [entry.id for entry in ask(asked, Question(leaders=[leader]), DAY)]
        assert [card.name for card in board.cards if place in card.bound_leaders] == found
    for place, department in enumerate(board.departments):
        led = ask(asked, Question(departments=[department], role="lead"), DAY)
        supported = ask(asked, Question(departments=[department], role="support"), DAY)
        assert [card.name for card in board.cards if place in card.leading] == [entry.id for entry in led]
        assert [card.name for card in board.cards if place in card.supporting] == [entry.id for entry in supported]


def test_the_charts_say_their_figures(small: Book) -> None:
    _text, page = _page(_board(small))
    rows = {row.find("th").text_content(): row for row in page.xpath("//table[@class='matrix']/tbody/tr")}
    # It leads task-1, 6 and 7, and as one of 各科室 task-3.
    cells = [link.get("aria-label") for link in rows["基教科"].xpath("td/a")]
    assert cells == [
        "基教科 Jun: closed 1",
        "基教科 Sep: red 1",
        "基教科 Dec: yellow 1",
        "基教科 open-ended: no light 1",
    ]
    assert [cell.text_content() for cell in rows["基教科"].xpath("td[@class='n']")] == ["4", "1", "0"]
    leaders = {row.find("th").text_content(): row for row in page.xpath("//table[@class='leaders']/tbody/tr")}
    assert [cell.text_content() for cell in leaders["彭格"].xpath("td[@class='n']")] == ["3", "0", "1"]
    stacks = [link.get("aria-label") for link in page.xpath("//svg[@class='line']/a")]
    assert stacks[-1] == "Dec 21 to the end: yellow 2"
    shares = [rect.get("width") for rect in page.xpath("//div[@class='whole']//rect")]
    assert [float(share[:-1]) for share in shares] == pytest.approx(
        [200 / 9, *[100 / 9] * 2, 200 / 9, 100 / 9, 200 / 9], abs=0.01
    )


# What it holds of each entry


def _shown(board: Board) -> dict[str, str]:
    return {
        card.name: "\n".join(
            " ".join(
                [line.heading, *(text for item in line.items for piece in item for text in [piece.label, *piece.texts])]
            )
            for line in card.lines
        )
        for card in board.cards
    }


def test_a_record_has_all_that_is_known(small: Book) -> None:
    shown = _shown(_board(small))
    for text in ("2020年9月", "2020-09-01", "2020-09-30", "2020-06-01", "60%", "纪要〔2020〕7号", "overdue"):
        assert text in shown["task-1"], text
    assert "第一期完成" in shown["task-5"]
    for text in ("2020-07-02", "通知", "谢强", "closed late"):
        assert text in shown["task-6"], text
    assert "分管领导 " in shown["task-8"]
    assert "王廷明" in shown["task-8"]


def test_records_of_a_life_are_all_there() -> None:
    book = load_book(LEDGERS / "reading" / "good" / "life.yaml")
    day = date(2021, 1, 1)
    shown = _shown(_board(book, day))
    for entry in book.as_of(day).entries:
        made = [*entry.data.progress, *entry.data.extensions, *entry.data.history, entry.data.closed]
        for record in filter(None, made):
            for key in ("date", "text", "reason"):
                assert str(getattr(record, key, "")) in shown[entry.id]


@pytest.mark.parametrize("name", ["data", "small"])
def test_every_text_that_a_search_finds_is_shown_or_kept(name: str, book: Book, small: Book) -> None:
    asked = book if name == "data" else small
    context = Context(asked.as_of(DAY), DAY)
    for card, entry in zip(_board(asked).cards, context.book.entries, strict=True):
        shown = [card.title, card.name, *card.leaders, *card.departments, clean(_shown(_board(asked))[card.name])]
        for text in own_texts(entry, context):
            assert search_key(clean(text)) in search_key("\0".join(shown)) or text in card.unseen


def test_a_page_folds_as_the_search_does() -> None:
    folding = search_folding()
    left_out = re.compile(f"[{folding.left_out}]+")
    runs = re.compile(rf"([{folding.runs}])\1+")
    for text in ("〔2020〕 7号", "《“十四五”》", "Ａ——ｂ", "阿米尔・吐尔逊", "a\u200bb", "＜＜x＞＞"):
        key = text
        for _again in range(3):
            key = unicodedata.normalize("NFKC", left_out.sub("", key))
            key = runs.sub(r"\1", "".join(folding.alike.get(character, character) for character in key)).casefold()
        assert key == search_key(text)


# What must not be on it


def test_no_contact_is_on_it(run: Run, tmp_path: Path) -> None:
    contacts = (DATA / "contacts_2020.yaml").read_text(encoding="utf-8")
    others = "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.yaml") if "contacts" not in path.name)
    names = re.findall(r"name: (\S+)", contacts)
    phones = re.findall(r"phone: (\d{3})\d{4}(\d{4})", contacts)
    assert len(names) == len(phones) == 7
    for language in ("zh", "en"):
        page = tmp_path / f"{language}.html"
        assert run("board", "-o", str(page), "--as-of", boards.DAY, "--data", str(DATA)).code == 0
        text = page.read_text(encoding="utf-8")
        assert [name for name in names if name in text and name not in others] == []
        assert [phone for phone in phones if f"{phone[0]}****{phone[1]}" in text or "".join(phone) in text] == []


def test_phone_numbers_are_masked(small: Book) -> None:
    text, _parsed = _page(_board(small))
    assert "13812345678" not in text
    assert "138****5678" in text


def test_hostile_texts_stay_texts(small: Book) -> None:
    board = _board(small)
    texts = [*TEXTS, *REFUSED, *TOO_LONG]
    assert len(texts) == 511
    cards = [
        board.cards[0]._replace(
            title=clean(text),
            lines=[RecordLine("Text", [[Piece("", [text])], [Piece(text, [text])]])],
            searched=frozenset(searched),
            unseen=[text],
        )
        for text in texts
        for searched in ([], [text])
    ]
    _text, page = _page(board._replace(cards=cards))
    rows = page.xpath("//table[@class='entries']/tbody/tr")
    for row, text in zip(rows, [text for text in texts for _twice in range(2)], strict=True):
        assert row.xpath(".//summary")[0].text_content() == clean(text)
        alone, labelled = (value.text_content() for value in row.xpath(".//dd"))
        assert alone == clean(text)
        assert labelled == f"{clean(text)} {clean(text)}"
    assert len(page.xpath("//script")) == 2
    assert len(page.xpath("//style")) == 1
    assert not page.xpath("//iframe | //img | //object | //embed | //link | //base")
    data = page.xpath("//script[@id='data']")[0].text
    assert not set("<>&\u2028\u2029") & set(data)
    assert json.loads(data)["unseen"]["0"] == [TEXTS[0]]


def test_hostile_titles_and_names_stay_texts(tmp_path: Path) -> None:
    bad = ["</script><script>alert(1)</script>", '" onload="x', "{{ 7*7 }}", "<!--", "]]>", "&amp", "x&light=red#%41"]
    rows = [
        {"id": f"task-{number}", "title": text, "leaders": [text], "lead_departments": [text]}
        for number, text in enumerate(bad, 1)
    ]
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(LEDGER_HEAD + "".join(f"          - {json.dumps(row)}\n" for row in rows), encoding="utf-8")
    book = load_book(path)
    context = Context(book, DAY)
    _text, page = _page(board_of(book.entries, context, title=bad[0]))
    assert [summary.text_content() for summary in page.xpath("//summary")] == bad
    assert page.xpath("//h1")[0].text_content() == bad[0]
    assert {option.text_content() for option in page.xpath("//select[@name='leader']/option")} == {"Any", *bad}
    assert not [element for element in page.iter() if any(name.startswith("on") for name in element.attrib)]


def test_the_policy_allows_its_own_style_and_script_alone(small: Book) -> None:
    text, page = _page(_board(small))

    def hash_of(name: str) -> str:
        (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        return f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"

    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']")[0].get("content")
    assert policy == (
        f"default-src 'none'; style-src {hash_of('style')}; script-src {hash_of('script')}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not [element for element in page.iter() if "style" in element.attrib]
    addresses = [element.get(name) for element in page.iter() for name in ("href", "src") if element.get(name)]
    assert all(address.startswith("#") for address in addresses)


# How large it is, and what the command says


def test_the_shipped_entries_fit_into_150_kilobytes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("en", "zh"):
        speak(monkeypatch, language)
        assert len(board_page(_board(book))) <= 150_000


def test_a_thousand_entries_fit_into_a_megabyte_and_a_half(tmp_path: Path) -> None:
    path = tmp_path / "ledger_2020.yaml"
    subprocess.run([sys.executable, ROOT / "benchmarks/make_ledger.py", "1000", path], check=True)
    board = _board(load_book(path))
    assert len(board.cards) == 1000
    assert len(board_page(board)) <= 1_500_000


def test_a_board_of_nothing_is_a_page(book: Book) -> None:
    board = board_of([], Context(book, DAY))
    _text, page = _page(board)
    assert page.xpath("//h1")[0].text_content() == "Reform ledger 2020: the board"
    assert page.xpath("//b[@data-c='all']")[0].text_content() == "0"


def test_each_text_is_there_once(small: Book) -> None:
    text, _parsed = _page(_board(small))
    for title in ("修订《章程》", "校园足球", "集团化办学", "征求意见"):
        assert text.count(title) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "The board is a page for browsers. Name a file for it: -o board.html."),
        (["-o", "-"], "The board is a page for browsers. Name a file for it: -o board.html."),
        (["-o", "board.pdf"], "The ending .pdf is no page for browsers. Name a file for it: -o board.html."),
        (["-o", "board"], "The ending “” is no page for browsers. Name a file for it: -o board.html."),
        (["-o", "board.yaml"], "board.yaml: an answer is not written over data."),
        (["-o", "board.html", "--year", "2031"], "There is no year 2031 here."),
    ],
)
def test_what_is_no_page_is_refused(arguments: Sequence[str], said: str, run: Run) -> None:
    ran = run("board", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (ROOT / "board.html").exists()


def test_it_replaces_a_page_and_has_the_title_asked_for(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "board.html"
    page.write_text("old", encoding="utf-8")
    data = boards.ledger(tmp_path)
    ran = run(
        "board", "-o", str(page), "--title", "专题会", "--year", "2020", "--as-of", boards.DAY, "--data", str(data)
    )
    assert (ran.code, ran.out) == (0, "")
    parsed: Any = html.fromstring(page.read_text(encoding="utf-8"))
    assert parsed.xpath("//h1")[0].text_content() == "专题会"
    assert parsed.xpath("//header[@class='top']/p")[0].text_content() == "As of 2020-10-01 · Year: 2020"


# Its colours

# Machado, Oliveira and Fernandes 2009, severity 1; to be applied to linear RGB.
_SEEN_BY = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopes": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _lab(linear: Sequence[float]) -> tuple[float, float, float]:
    """Return CIE L*a*b* of linear sRGB (D65)."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    ratios = (sum(a * b for a, b in zip(row, linear, strict=True)) / w for row, w in zip(rows, white, strict=True))
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2)."""
    weights = (0.2126, 0.7152, 0.0722)
    lights = [sum(w * part for w, part in zip(weights, _linear(colour), strict=True)) for colour in (one, other)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("reader", _SEEN_BY)
@pytest.mark.parametrize("part", ["solid", "dark_solid"])
def test_colours_are_told_apart(reader: str, part: str) -> None:
    def seen(colour: str) -> tuple[float, float, float]:
        linear = _linear(colour)
        rows = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in _SEEN_BY[reader])
        return _lab([min(max(value, 0.0), 1.0) for value in rows])

    solids = {name: seen(getattr(tone, part)) for name, tone in TONES.items()}
    near = {(a, b): math.dist(solids[a], solids[b]) for a, b in combinations(solids, 2)}
    assert min(near.values()) >= 35, min(near, key=lambda pair: near[pair])


@pytest.mark.parametrize("name", TONES)
def test_texts_on_colours_can_be_read(name: str) -> None:
    tone = TONES[name]
    pairs = [
        *(
            (tone.solid, tone.on),
            (tone.dark_solid, tone.dark_on),
            (tone.fill, tone.ink),
            (tone.dark_fill, tone.dark_ink),
        ),
        *(("ffffff", tone.ink), ("14181f", tone.dark_ink)),
    ]
    assert min(_contrast(one, other) for one, other in pairs) >= 4.5


def test_texts_of_the_page_can_be_read() -> None:
    style = (ROOT / "src/reformledger/views/pages/board.css").read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--([\w-]+): #(\w{6})", block)) for block in style.split(":root {")[1:3]]
    light, dark = blocks[0], blocks[0] | blocks[1]
    for colours in (light, dark):
        for text in ("ink", "soft", "link"):
            for ground in ("paper", "page", "faint"):
                assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert _contrast(colours["none-solid"], colours["none-on"]) >= 4.5
