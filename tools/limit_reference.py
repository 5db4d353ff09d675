"""The reference of the limits, from their table."""

from __future__ import annotations

from reformledger.i18n import Language
from reformledger.limits import limits

HEAD: dict[Language, str] = {
    "en": """\
# Limits

No ledger of a bureau comes near to any of these: they bound what a wrong or a hostile file can do. What is larger is
refused with its place and what to do, before it costs time or memory: a file by its size before it is read, a value and
the entries before the rest of the file is looked at. The exit code is 1; for a value in an edit 2.

| of what | at most | why so much |
| --- | --- | --- |
""",
    "zh": """\
# 限度

任何单位的台账都远远达不到这些限度，设限只为防备拿错的、恶意的文件。超过限度的，报明位置和处理办法，不耗费时间和内存：
文件先看大小再读取，值、条目超限的不再往下读。退出码为 1；修改命令给出的值超限为 2。

| 对象 | 至多 | 理由 |
| --- | --- | --- |
""",
}
FOOT: dict[Language, str] = {
    "en": """
A value is measured as it is read: without its quotes, indentation and escapes. Edits obey the same limits, options and
batches from `--stdin` alike, so that none writes what cannot be read back.

How many bodies a [data set](../how-to/province.md) has is not limited. Its `manifest.json`, one or two kilobytes a
body, is read up to the size of a file.
""",
    "zh": """
值按读出的内容计，引号、缩进、转义不计。修改命令同样遵守这些限度，选项和 `--stdin` 批量修改都是如此，
不会写下读不回来的内容。

[数据集](../how-to/province.md)的单位数不限。其中的 `manifest.json`（每个单位1至2 KB）按文件的限度读取。
""",
}


def limit_reference(language: Language) -> str:
    """Return the document in a language."""
    rows = "".join(f"| {limit.of} | {limit.most} | {limit.why} |\n" for limit in limits())
    return HEAD[language] + rows + FOOT[language]
