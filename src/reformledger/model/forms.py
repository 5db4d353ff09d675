"""The forms of deadline wordings, with examples: what documents list and advice is made of."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """One form of wordings: a short key, and examples that are understood in any year (in a document of 2020)."""

    name: str
    examples: tuple[str, ...]


FORMS: tuple[Form, ...] = (
    Form("iso", ("2020", "2020-12", "2020-Q4", "2020-H1", "2020-12-31", "2020.8.29", "2020/12/31", "12/31前")),
    Form(
        "year", ("2020年", "2020年底", "2020年底前", "2020年内", "年内", "年内完成", "年底", "年底前", "全年", "明年")
    ),
    Form(
        "half-year or quarter", ("上半年", "下半年", "2020年上半年", "四季度", "第四季度", "2020年四季度", "四季度末")
    ),
    Form("month", ("12月", "12月底", "12月底前", "2020年12月", "2020年12月底前")),
    Form("part of a month", ("6月上旬", "6月中旬", "6月下旬", "7月初")),
    Form("day", ("6月30日", "6月30日前", "2020年12月31日前", "2020年12月31日24时前")),
    Form(
        "span",
        ("3—5月", "3月至5月", "2020年3月至2021年5月", "2020—2022年", "12月—次年1月", "2020/2022", "2020-03/2020-05"),
    ),
    Form("begun and ended", ("2020年4月启动至2022年12月结束", "自3月起至5月止")),
    Form("words around it", ("到2023年", "截至2021年底", "预计5月下旬", "力争年内完成")),
    Form("action", ("6月完成相关制度修订", "6月30日前完成整改", "2022年12月投入使用")),
    Form("several periods", ("5月、10月", "6月底和12月底前", "2022年、2023年各建成50套")),
    Form("several parts", ("3月：研讨；6月底前：发布", "上半年讨论方案 下半年实施", "2020年启动改造，2021年完成改造")),
    Form("open start", ("2021年7月之后", "从2023年第一季度开始", "3月起")),
    Form("counted from a beginning", ("2012年起5年内",)),
    Form("counted from the date of issue", ("3年内", "6个月内", "1-2年", "分2年")),
    Form(
        "recurring",
        (
            "每周",
            "每周三",
            "每月",
            "每月底",
            "每月28日前",
            "每季度",
            "每季度末",
            "每半年",
            "每学期末",
            "每年",
            "每年12月",
        ),
    ),
    Form(
        "recurring, further",
        ("每季度最后一个月的30日前", "每季度报送一次", "从3月起，每季度", "每月推进，12月底前完成"),
    ),
    Form("open-ended", ("长期", "长期坚持", "持续推进", "常态化推进", "按省上要求推进", "视情况开展", "适时推进")),
    Form(
        "English", ("December 8, 2020", "by 30 Sep 2020", "end of 2020", "quarterly", "monthly", "annually", "ongoing")
    ),
)
"""Every form, in the order in which a document shows them."""
