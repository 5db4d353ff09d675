"""The formats of answers: what a format is, which there are, and how an answer is printed in one of them.

A format is a class in a module of its own and a row here. It is imported when an answer is printed in it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from reformledger.errors import UsageError
from reformledger.extras import import_with
from reformledger.i18n import _
from reformledger.views.answer import Answer
from reformledger.views.output import Output, write_file

A_contra = TypeVar("A_contra", bound=Answer, contravariant=True)


class Format(ABC, Generic[A_contra]):
    """A format of answers: what a file of it holds.

    ``binary``: bytes that no terminal can show. ``file_mark``: bytes with which a file begins, and a pipe does not.
    ``reveals``: whether phone numbers may be whole in it; what is handed around freely never has them.
    ``remark``: a sentence about what the content last made holds otherwise than the answer, "" where nothing is.
    """

    binary: ClassVar[bool] = False
    file_mark: ClassVar[bytes] = b""
    reveals: ClassVar[bool] = True
    remark = ""

    @abstractmethod
    def content(self, answer: A_contra, *, reveal: bool) -> bytes:
        """Return an answer in this format, phone numbers masked unless ``reveal``."""

    def show(self, answer: A_contra, output: Output, *, reveal: bool) -> None:
        """Print an answer on stdout: the same bytes, whatever the encoding of the terminal."""
        if self.binary and output.is_terminal:
            raise UsageError(_("A terminal cannot show this format."), _("Name a file for it with --output."))
        output.write_bytes(self.content(answer, reveal=reveal))


class FormatRow(NamedTuple):
    """A format by its name and the endings of its files; ``place`` is its ``module:Class``.

    ``extra`` is that of the package which brings what the format is written with; none where nothing more is needed.
    """

    name: str
    endings: tuple[str, ...]
    place: str
    extra: str = ""

    def load(self) -> Format[Any]:
        """Import the format; raises ``UsageError`` where its extra is not installed."""
        module, _colon, name = self.place.partition(":")
        made: Format[Any] = getattr(import_with(self.extra, module), name)()
        return made


class Formats:
    """The formats that a command offers; an answer for which none is named is printed in the first."""

    def __init__(self, *rows: FormatRow) -> None:
        self.rows = rows

    @property
    def by_name(self) -> dict[str, FormatRow]:
        """The rows by the values of ``--format``."""
        return {row.name: row for row in self.rows}

    @property
    def endings(self) -> list[str]:
        """The endings that name another format than the first."""
        return sorted(ending for row in self.rows[1:] for ending in row.endings)

    def of_file(self, file: Path | None) -> FormatRow:
        """Return the format that the name of a file ends with; raises ``UsageError``."""
        suffix = _ending(file) if file else ""
        for row in self.rows:
            if suffix in row.endings:
                return row
        if not suffix:
            return self.rows[0]
        is_known = any(suffix in row.endings for formats in (ANSWERS, FINDINGS) for row in formats.rows)
        message = _("This answer is not written as {suffix}.") if is_known else _("The ending {suffix} is no format.")
        raise UsageError(message.format(suffix=suffix), self.advice())

    def refuse_other_ending(self, row: FormatRow, file: Path) -> None:
        """Raise ``UsageError`` for a file that its program would take for another format than ``row`` and refuse."""
        ending = _ending(file)
        other = next((each for each in self.rows if ending in each.endings), row)
        if other is not row and (row.extra or other.extra):
            message = _("--format says {format}, the ending of the file {ending}.").format(
                format=row.name, ending=ending
            )
            raise UsageError(message, _("Leave one of them out."))

    def advice(self) -> str:
        """Return the sentence that names all endings."""
        (default,) = self.rows[0].endings
        sentence = _("Use {endings} or {last}, or say --format.")
        return sentence.format(endings=_(", ").join(self.endings), last=default)


def _ending(file: Path) -> str:
    """Return the ending of a name in lower case; a name that is an ending alone (``.docx``) is one."""
    return (file.suffix or (file.name if file.name.startswith(".") else "")).lower()


_FOLDER = __package__
_JSON = FormatRow("json", (".json",), f"{_FOLDER}.json:Json")
_OFFICE = (
    FormatRow("xlsx", (".xlsx",), f"{_FOLDER}.xlsx:Xlsx", "office"),
    FormatRow("docx", (".docx",), f"{_FOLDER}.docx:Docx", "office"),
    FormatRow("html", (".html", ".htm"), f"{_FOLDER}.html:Html", "office"),
)
"""What leaders and departments open: paper, a workbook, a page."""

_TABLE = FormatRow("table", (".txt",), f"{_FOLDER}.table:Table")
_MARKDOWN = FormatRow("md", (".md",), f"{_FOLDER}.markdown:Markdown")
UNDATED = Formats(_TABLE, _JSON, FormatRow("csv", (".csv",), f"{_FOLDER}.csv:Csv"), _MARKDOWN, *_OFFICE)
"""The formats of an answer that is printed when all is done: none that could refuse it for having no days."""
ANSWERS = Formats(*UNDATED.rows, FormatRow("ics", (".ics",), f"{_FOLDER}.ics:Ics", "office"))
TAKEN = Formats(_TABLE, _JSON, _MARKDOWN)
"""The formats of what became of what was handed in, whose tables have different columns."""
FINDINGS = Formats(
    FormatRow("text", (".txt",), f"{_FOLDER}.table:Table"),
    _JSON,
    FormatRow("github", (), f"{_FOLDER}.github:Github"),
    FormatRow("sarif", (".sarif",), f"{_FOLDER}.sarif:Sarif"),
    *_OFFICE,
)
"""The formats of ``check``."""


def print_answer(answer: Answer, row: FormatRow, output: Output, file: Path | None, *, reveal: bool = False) -> None:
    """Print an answer to ``output``, or write it to ``file``, phone numbers masked unless ``reveal``.

    What the format had to change is said on stderr. Raises ``OutputError``, ``UncertainError``; ``UsageError`` for a
    binary format on a terminal, and for phone numbers in what never has them.
    """
    made = row.load()
    if reveal and not made.reveals:
        message = _("Phone numbers are never shown in this format: {name}.").format(name=row.name)
        raise UsageError(message, _("Leave out --reveal-contacts."))
    if file is None:
        made.show(answer, output, reveal=reveal)
    else:
        write_file(file, made.file_mark + made.content(answer, reveal=reveal), output)
    if made.remark:
        output.say(made.remark)
