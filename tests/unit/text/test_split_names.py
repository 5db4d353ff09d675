"""Where a text joins names: not within brackets, not within a name that is declared to be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.names import JOINING, joints, split_names, whole_names

WHOLE = whole_names(["各县、区人民政府", "各县、区", "基教科"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A局、B局", ["A局", "B局"]),
        ("A局，B局；C局,D局;E局", ["A局", "B局", "C局", "D局", "E局"]),
        (" A局 、 、B局、", ["A局", "B局"]),
        ("各县(市、区)政府(管委会)、B局", ["各县(市、区)政府(管委会)", "B局"]),
        ("局（处、室）；B局", ["局（处、室）", "B局"]),
        ("各县（市、区（含高新区、新城）、镇）政府、B局", ["各县（市、区（含高新区、新城）、镇）政府", "B局"]),
        ("A局（甲、B局", ["A局（甲", "B局"]),  # a bracket that is not closed holds nothing together
        ("A局）、（B局", ["A局）", "（B局"]),
        ("各县、区人民政府、B局", ["各县、区人民政府", "B局"]),
        ("A局、各县、区 人民政府", ["A局", "各县、区 人民政府"]),
        ("各县、区、镇人民政府", ["各县、区", "镇人民政府"]),
        ("各县、市人民政府", ["各县", "市人民政府"]),
        ("", []),
    ],
)
def test_split(text: str, names: list[str]) -> None:
    assert split_names(text, WHOLE) == names


def test_only_names_that_would_be_cut_are_kept() -> None:
    assert whole_names(["各县、区", "基教科", "局（处、室）"]) == {"各县、区"}


NAMES = st.text(alphabet=f"甲乙 （）(){JOINING}", max_size=12)


@given(NAMES)
def test_no_name_of_a_text_is_cut_again(text: str) -> None:
    assert all(split_names(name) == [name] for name in split_names(text))


@given(NAMES)
def test_a_text_without_joints_is_one_name(text: str) -> None:
    assert bool(joints(text)) or split_names(text) == [text.strip()][: bool(text.strip())]
