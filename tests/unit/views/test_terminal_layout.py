"""Sheets as lines: columns in line, nothing cut, blocks where it is narrow. Widths are those of Unicode TR 11."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reformledger.views.answer import Bar, Column, RowGroup, Sheet, Styled, unstyled
from reformledger.views.formats.table import piped
from reformledger.views.formats.terminal import Layout, lay_out
from reformledger.views.output import ASCII_BAR
from reformledger.views.wrap import fold, width

COLUMNS = [
    Column("id", "编号", fixed=True),
    Column("due", "时限", fixed=True),
    Column("leaders", "责任领导"),
    Column("lead", "牵头单位", weight=2),
    Column("title", "名称", weight=4, wide=True),
    Column("star", "☆", fixed=True),
]
LONG = (
    "攀枝花市教育体育局等十二部门关于印发《攀枝花市贯彻实施<四川省人民政府关于统筹推进县域内城乡义务教育"
    "一体化改革发展的实施意见>任务分工方案》的通知"
)
ROWS = [
    ["point-13", "2020-12-31", "刘自力、彭格、田龙", "体卫艺科、社体科、计财科", "推动足球改革发展", ""],
    ["scheme-4", "2020-12-31", "刘自力", "基教科", LONG, "☆"],
]
SHEET = Sheet(None, COLUMNS, ROWS)
TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Me", "Mc")), max_size=60)
CHINESE = st.text("攀枝花市改革方案，。、；：（）《》“”☆—… abcXYZ129", max_size=80)


def cells(text: str, *, ambiguous: int = 1) -> int:
    """Return the cells of a text: wide and full-width characters take two."""
    widths = {"W": 2, "F": 2, "A": ambiguous}
    return sum(widths.get(unicodedata.east_asian_width(character), 1) for character in text)


def render(sheet: Sheet, layout: Layout) -> str:
    return unstyled(lay_out(sheet, layout))


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
    | CHINESE
    | st.text("👩👨\u200d\ufe0f❤改a", max_size=8)
)
def test_width_is_that_of_rich(text: str) -> None:
    assert width(text) == cell_len(text)


@pytest.mark.parametrize("room", [60, 72, 80, 100, 120, 160, 200])
def test_every_cell_of_a_column_begins_at_the_same_cell_of_the_screen(room: int) -> None:
    header, *lines = render(SHEET, Layout(room)).splitlines()
    for heading, values in (("时限", ["2020-12-31"]), ("责任领导", ["刘自力"]), ("牵头单位", ["体卫艺科", "基教科"])):
        column = cells(header[: header.index(heading)])
        found = [line for line in lines for value in values if value in line]
        assert found
        for line in found:
            starts = [cells(line[: match.start()]) for value in values for match in re.finditer(value, line)]
            assert column in starts


@pytest.mark.parametrize("room", range(60, 200, 7))
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_no_line_is_wider_than_the_screen_in_whichever_font(room: int, ambiguous: int) -> None:
    for line in render(SHEET, Layout(room)).splitlines():
        # The last column is a lone ☆: all other signs of unsure width stand where they have room.
        assert cells(line.removesuffix("☆"), ambiguous=ambiguous) <= room


@pytest.mark.parametrize("room", [20, 40, 59, 60, 80, 120, 300])
def test_nothing_is_cut(room: int) -> None:
    # Folded beside other columns, a long cell is told from them by its signs: no other row has 《 or ☆.
    text = re.sub(r"[\s☆]", "", render(SHEET, Layout(room)))
    assert LONG in text
    for name in [name for row in ROWS for cell in row[:4] for name in cell.split("、")]:
        assert name in text


@pytest.mark.parametrize("room", [20, 40, 59])
def test_below_60_columns_each_entry_is_a_block_that_begins_with_its_id(room: int) -> None:
    blocks = render(SHEET, Layout(room)).split("\n\n")
    assert [block.splitlines()[0].rstrip() for block in blocks] == ["point-13", "scheme-4"]


@pytest.mark.parametrize("room", [20, 40, 80, 120])
def test_ids_and_dates_are_never_broken(room: int) -> None:
    text = render(SHEET, Layout(room))
    for word in ("point-13", "scheme-4"):
        assert word in text
    assert text.count("2020-12-31") == 2


def test_a_pipe_gets_one_entry_a_line() -> None:
    lines = piped(Sheet("题", COLUMNS, ROWS, footer="2 条")).splitlines()
    assert lines[0] == "题"
    assert [line.split()[0] for line in lines[1:]] == ["编号", "point-13", "scheme-4", "2"]
    assert LONG in lines[3]


def test_a_line_feed_in_a_cell_does_not_break_the_line_of_a_pipe() -> None:
    sheet = Sheet(None, [Column("a", "A", fixed=True), Column("b", "B")], [["1", "一\n二"]])
    assert piped(sheet).splitlines()[1] == "1  一 二"


def test_names_break_between_each_other_before_they_break_inside() -> None:
    assert fold("王廷明、刘自力", 12) == ["王廷明、", "刘自力"]


@pytest.mark.parametrize("sign", "，。、；：）》”")
def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before(sign: str) -> None:
    for room in range(6, 20):
        assert not any(line.startswith(sign) for line in fold(f"推动足球改革{sign}发展推动{sign}足球改革发展", room))


@pytest.mark.parametrize("sign", "（《“〈")
def test_no_line_ends_with_an_opening_sign(sign: str) -> None:
    for room in range(8, 20):
        assert not any(line.endswith(sign) for line in fold(f"推动足球{sign}改革发展推动{sign}足球改革发展", room))


@given(TEXT | CHINESE, st.integers(2, 90))
def test_folding_keeps_every_character_but_spaces(text: str, room: int) -> None:
    assert "".join(fold(text, room)).replace(" ", "") == text.replace(" ", "")


@given(CHINESE, st.integers(2, 90))
def test_folded_lines_fit_with_every_sign_of_unsure_width_drawn_wide(text: str, room: int) -> None:
    assert all(cells(line, ambiguous=2) <= room for line in fold(text, room))


@given(st.lists(st.lists(CHINESE, min_size=6, max_size=6), max_size=6), st.integers(10, 200))
def test_any_sheet_is_laid_out_and_keeps_its_text(rows: list[list[str]], room: int) -> None:
    text = render(Sheet(None, COLUMNS, rows), Layout(room))
    for row in rows:
        for character in set("".join(row)) - {" "}:
            assert character in text


@given(st.lists(st.lists(CHINESE, min_size=6, max_size=6), max_size=6))
def test_a_pipe_gets_as_many_lines_as_there_are_entries(rows: list[list[str]]) -> None:
    assert piped(Sheet(None, COLUMNS, rows)).count("\n") == 1 + len(rows)


def test_groups_stand_under_their_headings_with_their_counts() -> None:
    sheet = Sheet("刘自力", COLUMNS, groups=[RowGroup("牵头", ROWS), RowGroup("配合", ROWS[:1])], footer="共 3 条")
    lines = render(sheet, Layout(100)).splitlines()
    assert lines[0] == "刘自力"
    assert "牵头 (2)" in lines
    assert "配合 (1)" in lines
    assert lines[-1] == "共 3 条"


def test_bars_say_their_per_cent_and_are_drawn_with_what_the_encoding_has() -> None:
    sheet = Sheet(
        None, [Column("name", "N"), Column("share", "S", fixed=True)], [["a", Bar(0.5)], ["b", Bar(0.75, "3/4所")]]
    )
    assert "█████░░░░░ 50%" in render(sheet, Layout(80))
    assert "#####----- 50%" in render(sheet, Layout(80, ASCII_BAR))
    assert "3/4所" in render(sheet, Layout(80))
    assert piped(sheet).splitlines()[1:] == ["a  50%", "b  3/4所"]


def test_styles_are_beside_the_text_and_not_in_it() -> None:
    sheet = Sheet(None, [Column("status", "S", fixed=True)], [[Styled("逾期", "bold red")]])
    assert ("逾期", "bold red") in [span for line in lay_out(sheet, Layout(80)) for span in line]
    assert render(sheet, Layout(80)).splitlines()[1] == "逾期"


@pytest.mark.parametrize(
    "printed",
    [lambda sheet: render(sheet, Layout(40)), lambda sheet: render(sheet, Layout(100)), piped],
    ids=["narrow", "wide", "pipe"],
)
def test_headings_are_masked_and_made_visible_like_the_cells_under_them(printed: Callable[[Sheet], str]) -> None:
    columns = [Column("id", "编号", fixed=True), Column("contact", "联系人18808140946\u200b")]
    text = printed(Sheet(None, columns, groups=[RowGroup("基教科13550353210\u202e", [["task-1", "王影"]])]))
    assert re.sub(r"\s", "", text).count("联系人188****0946\\u200b") == 1
    assert re.sub(r"\s", "", text).count("基教科135****3210\\u202e(1)") == 1


def test_long_heading_of_a_group_is_folded_where_it_is_narrow() -> None:
    lines = render(Sheet(None, COLUMNS, groups=[RowGroup(LONG, ROWS[:1])]), Layout(40)).splitlines()
    assert max(map(cells, lines)) <= 40
