"""Which department got which file, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reformledger.entry import DepartmentRole, Entry
from reformledger.exchange.form import Form
from reformledger.i18n import _, sentences
from reformledger.views.answer import Cell, Column, Sheet


class Sent(NamedTuple):
    """A form and the name of its file; ``is_written``: false for a file that was there already, and was left."""

    form: Form
    file: str
    is_written: bool

    def entries(self, role: DepartmentRole) -> int:
        """Return how many entries of the form the department has in a role."""
        return len({row.ref for row in self.form.rows if row.role == role})


def sent_sheet(sent: Sequence[Sent], nobodys: Sequence[Entry]) -> Sheet:
    """Return a row a department; ``nobodys`` are the entries that no department has."""
    columns = [
        Column("department", _("Department"), weight=2),
        Column("file", _("File"), weight=2),
        Column("lead", _("Leads"), fixed=True, align="right"),
        Column("support", _("Supports"), fixed=True, align="right"),
        Column("rows", _("Rows"), fixed=True, align="right"),
        Column("state", _("State"), fixed=True),
    ]
    rows: list[list[Cell]] = [
        [
            one.form.department,
            one.file,
            one.entries("lead"),
            one.entries("support"),
            len(one.form.rows),
            _("written") if one.is_written else _("already there"),
        ]
        for one in sent
    ]
    return Sheet(_("Forms for departments"), columns, rows, footer=_footer(sent, nobodys))


def _footer(sent: Sequence[Sent], nobodys: Sequence[Entry]) -> str:
    refs = _(", ").join(entry.ref for entry in nobodys)
    return sentences(
        "" if sent else _("There is nothing that a department is to report on."),
        _("No department has {refs}: nobody is asked about it.").format(refs=refs) if nobodys else "",
    )


def sent_json(sent: Sequence[Sent], nobodys: Sequence[Entry]) -> dict[str, object]:
    """Return ``{"items", "totals"}``: department, file, numbers of entries and rows, and whether it was written.

    ``without_department`` of the totals are the refs of the entries that no department has.
    """
    items = [
        {
            "department": one.form.department,
            "file": one.file,
            "issue": one.form.issue,
            "lead": one.entries("lead"),
            "support": one.entries("support"),
            "rows": len(one.form.rows),
            "written": one.is_written,
        }
        for one in sent
    ]
    written = sum(one.is_written for one in sent)
    totals = {
        "written": written,
        "already_there": len(sent) - written,
        "without_department": [entry.ref for entry in nobodys],
    }
    return {"items": items, "totals": totals}
