"""Numbers at the beginning of lines: what is passed over without a look at the styles has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reformledger.drafting.notices.numbering import MARKS, STYLES, number_at_start

SIGNS = f"第〇零一二两三四五六七八九十百章编篇节条（()）、．.:：0123456789０９①⑳㉑㉟AZaz改 \u3000\n{MARKS}"
LINES = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=8)


@given(LINES)
def test_a_line_that_fits_no_style_alone_has_no_number(line: str) -> None:
    styles = [style for style in STYLES if style.pattern.match(line)]
    number = number_at_start(line)
    # 2020. may be a year: that alone is no number although it fits a style.
    if styles and styles[0].name not in {"1.", "1"}:
        assert number is not None
    if number is not None:
        assert number.style is styles[0]
