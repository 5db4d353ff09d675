"""The year of a draft: as the titles of its sources name it, never a count, and asked for where they disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformledger.drafting.reading.files import read_source
from reformledger.drafting.source import Source
from reformledger.drafting.years import year_of_sources
from reformledger.errors import UsageError


def source(folder: Path, text: str, name: str = "source.txt") -> Source:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    read = read_source(file)
    assert isinstance(read, Source)
    return read


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年民生项目任务分解\n\n目标任务：新增托位2000个\n完成时限：2024年10月底前\n", 2024),
        ("某区2024年重点任务清单\n\n推进2023年结转任务\n推进2023年未完事项\n", 2024),
        ("某教发〔2023〕12号\n关于印发2024年工作要点的通知\n", 2024),
        ("某县2023年度督查事项\n\n某县2022年任务\n", 2023),
        ("Annual plan 2024\n\n1. Renew 2000 lamps\n", 2024),
        ("整改任务清单（2021）\n\n补植树木2000棵\n", 2021),
        ("落实规划（2021—2025年）2023年任务分解\n", 2023),
        ("致全体家长的一封信\n\n2023年的工作\n", 2023),
        ("通知\n\n完成任务2000个\n2022年6月30日\n", 2022),
    ],
)
def test_a_title_names_the_year_and_a_count_does_not(tmp_path: Path, text: str, year: int) -> None:
    assert year_of_sources([source(tmp_path, text)]) == year


def test_the_name_of_a_file_tells_it_where_no_title_does(tmp_path: Path) -> None:
    words = "工作任务,牵头单位\n新增托位2000个,教体局\n"
    assert year_of_sources([source(tmp_path, words, "2023重点任务.csv")]) == 2023
    assert year_of_sources([source(tmp_path, "2024年任务清单,\n" + words, "2023.csv")]) == 2024


def test_titles_that_name_different_years_are_refused(tmp_path: Path) -> None:
    sources = [
        source(tmp_path, "某县2022年工作要点\n", "points.txt"),
        source(tmp_path, "某县2024年任务清单\n", "list.txt"),
        source(tmp_path, "1.建成三所幼儿园\n", "more.txt"),
    ]
    with pytest.raises(UsageError) as refused:
        year_of_sources(sources)
    said = str(refused.value)
    assert all(word in said for word in ("points.txt: 2022", "list.txt: 2024", "--year"))
    assert "more.txt" not in said
    assert year_of_sources([sources[0], sources[2]]) == 2022


@pytest.mark.parametrize("text", ["2023年工作总结和2024年工作计划\n", "完成任务2000个\n", "2022年的事\n\n2023年的事\n"])
def test_what_names_no_year_or_two_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="--year"):
        year_of_sources([source(tmp_path, text)])
