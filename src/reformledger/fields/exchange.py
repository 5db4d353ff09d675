"""What a workbook has beside the fields of an entry and of a report."""

from __future__ import annotations

from reformledger.fields.field import Field, table

# fmt: off
FORM = table(
    Field("role", "角色", "牵头或配合。", "Whether the department leads or supports.", en="Role"),
    Field("target", "指标{number}", "指标的名称和目标值。", "A target and its value.", en="Target {number}"),
    Field("reached", "指标{number}完成值", "只写数字。", "What was reached of it, in digits.",
          en="Target {number} reached"),
    Field("close", "申请销号", "申请的写“是”。", "“yes” to ask for the close-out.", en="Ask to close"),
)
"""The headings of ``target`` and ``reached`` have a number in them, from 1."""
# fmt: on
