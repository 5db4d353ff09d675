"""Texts that formats of office programs misread, cut or refuse: 511, each of a kind that did so somewhere.

``TEXTS`` are those that a ledger may hold, ``REFUSED`` those that no file of it may.
"""

from __future__ import annotations

from itertools import product

# fmt: off
_FORMULAS = [
    "=1+1",
    "=SUM(A1:A9)",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(1)",
    "{=1}",
    "=cmd|' /C calc'!A0",
    "＝1",
    "＋1",
    "－1",
]
_ERRORS = [
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "TRUE",
    "FALSE",
    "NULL",
    "nan",
    "None",
    "inf",
]
_NUMBERS = [
    "001",
    "1-2",
    "1/2",
    "3E5",
    "1e1000",
    "2020.10",
    "12:30",
    "2020-02-30",
    "0.10",
    "1,000",
    "75%",
    "１２３",
    "½",
    "-0",
    "18位123456789012345678",
    "1_000",
]
_MARKUP = [
    "</script>",
    "<script>alert(1)</script>",
    "<!--",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;",
    "&#0;",
    "&lt;b&gt;",
    '" onload="x',
    "'",
    "<b>粗</b>",
    "{{ 7*7 }}",
    "{% raw %}",
    "${7*7}",
    "javascript:alert(1)",
    "</style>",
    "</title>",
    "<svg/onload=x>",
    "%s",
    "%n",
    "\\n",
    "\\",
    "`x`",
    "|a|b|",
]
_ESCAPES = [
    "_x4E2D_",
    "_x000D_",
    "_x005F_x4E2D_",
    "_xD83D_",
    "_x_",
    "x4E2D_",
    "_x4e2d_中",
    "\\u4e2d",
    "\\x1b[31m",
    "%E4%B8%AD",
    "BEGIN:VEVENT",
    "a;b,c:d",
    "END:VCALENDAR",
]
_SPACES = [" 前", "后 ", "两  个", "　全角　", "a\u00a0b", "a\tb", "第一行\n第二行", "\n首", "末\n", "a\n\nb"]
_UNSEEN = ["a\u200bb", "a\u200db", "a\ufeffb", "\u202e右到左", "a\u2066b\u2069", "a\u00adb", "\u061cx",
    "a\u2060b"]
_SIGNS = [
    "䶮",
    "𠮷",
    "😀",
    "👨‍👩‍👧",
    "é",
    "e\u0301",
    "ﬁ",
    "㈱",
    "〔2020〕",
    "“”",
    "《〈〉》",
    "…",
    "—",
    "☆★",
    "①",
    "ß",
    "İ",
    "क्षि",
    "العربية",
    "עברית",
]
_LONG = ["长" * 1_000, "词 " * 2_000, "x" * 5_000, "一、" * 3_000, "a" * 32_767, "长" * 32_767]

_KINDS = [*_FORMULAS, *_ERRORS, *_NUMBERS, *_MARKUP, *_ESCAPES, *_SPACES, *_UNSEEN, *_SIGNS]
REFUSED = ["a\x00b", "\x1b[31m红", "a\ufffeb", "\ud800", "a\udfffb", "\x07", "a\x0bb", "a\uffffb"]
TOO_LONG = ["长" * 40_000, "x" * 32_768]
"""Too long for the cell of a workbook."""

# fmt: on
TEXTS = [
    *dict.fromkeys(
        [
            *_KINDS,
            *(
                f"{before}{text}{after}"
                for text, (before, after) in product(
                    _KINDS, [("改革", ""), ("", "（试点）"), ("“", "”"), ("第1项 ", "")]
                )
            ),
        ]
    )
][: 511 - len(_LONG) - len(REFUSED) - len(TOO_LONG)] + _LONG
