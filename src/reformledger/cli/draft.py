"""Help panel “Exchange”: draft."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformledger.cli import completion, options
from reformledger.cli.session import answer_file, format_of, print_out
from reformledger.cli.words import DOCUMENT_WORDS, choose, new_year, pairs, today
from reformledger.errors import UsageError, display_name
from reformledger.i18n import _
from reformledger.model.documents import DocumentKind
from reformledger.views.answer import Answer
from reformledger.views.formats.registry import UNDATED
from reformledger.views.output import Output

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.drafting.draft import Draft
    from reformledger.drafting.folder import DraftFolder
    from reformledger.drafting.source import Source

Files = Annotated[
    list[Path], typer.Argument(metavar=_("FILE"), help=_("Notices and tables: .txt, .md, .docx, .xlsx, .csv."))
]
_KINDS: dict[str, DocumentKind] = {
    word: kind for word, kind in DOCUMENT_WORDS.items() if kind in {"workpoints", "ledger"}
}
KindOfAll = Annotated[
    str | None,
    options.option(
        "--kind",
        "workpoints|ledger",
        _("What all of the files are; otherwise told by what is in them."),
        completion.among(_KINDS.keys),
    ),
]
YearOfAll = Annotated[
    str | None, options.option("--year", _("YEAR"), _("Year of the documents; otherwise told by their titles."))
]
Columns = Annotated[
    list[str] | None,
    options.option("--column", _("HEADING=FIELD"), _("Which field a column is: 事项=title. May be repeated.")),
]
_LATER = (
    "drafting.folder",
    "drafting.reading.files",
    "drafting.reading.sheets",
    "drafting.refusing",
    "exchange.reading.files",
    "views.content.drafted",
    "views.progress",
)
"""The modules that are loaded while another process reads a workbook."""
Encoding = Annotated[
    str | None, options.option("--encoding", _("NAME"), _("Encoding of a text that is not UTF-8: gb18030."))
]
Separator = Annotated[
    str | None, options.option("--separator", ";|tab", _("What is between the cells of a .csv; found otherwise."))
]
Folder = Annotated[
    Path | None,
    options.option("--to", _("FOLDER"), _("Where the draft goes, a new or empty folder; draft_YEAR otherwise.")),
]
Against = Annotated[
    list[Path] | None,
    options.option("--against", _("PATH"), _("Data that hold the year already: say what changed; may be repeated.")),
]


def draft(
    files: Files,
    kind: KindOfAll = None,
    year: YearOfAll = None,
    column: Columns = None,
    encoding: Encoding = None,
    separator: Separator = None,
    folder: Folder = None,
    against: Against = None,
    format: options.UndatedFormat = None,
    output: options.UndatedFile = None,
) -> None:
    from reformledger.scaffold import create

    # A format that does not exist is an error before anything is written.
    format_of(format, answer_file(output), UNDATED).load()
    wanted = choose("--kind", kind, _KINDS) if kind else None
    columns, of_year = pairs("--column", column or ()), new_year(year) if year else None
    if folder is not None:
        _check_folder(folder)
    book = _book(against) if against else None
    _load()
    sources = _read(files, encoding, separator)
    drafted = _drafted(sources, book, kind=wanted, year=of_year, columns=columns, encoding=encoding)
    made = _made(drafted, folder, book, against or ())
    create(made.scaffold)
    for remark in (remark for source in sources for remark in source.remarks):
        Output.of_process().say(remark)
    print_out(_answer(made), format, output, formats=UNDATED)


def _load() -> None:
    """Load what comes later, before it waits for the process of its own that reads a workbook meanwhile."""
    from reformledger.audit.rule import all_rules
    from reformledger.drafting.values import is_deadline
    from reformledger.model.documents import DOCUMENTS

    for module in _LATER:
        import_module(f"reformledger.{module}")
    all_rules()
    DOCUMENTS["ledger"].model_rebuild()
    is_deadline("-", 0)  # what is none is looked for in all forms, whose patterns are compiled by that


def _drafted(
    sources: Sequence[Source],
    book: Book | None,
    *,
    kind: DocumentKind | None,
    year: int | None,
    columns: Mapping[str, str],
    encoding: str | None,
) -> Draft:
    """Return the draft of some sources; raises ``UsageError`` for what none can be made of."""
    from reformledger.drafting.draft import draft_of
    from reformledger.drafting.refusing import refuse_columns, refuse_without_entries

    refuse_columns(columns, sources)
    whole = frozenset(book.directory.whole_names) if book else frozenset[str]()
    drafted = draft_of(sources, kind=kind, year=year, columns=columns, whole=whole)
    refuse_without_entries(drafted, kind, columns, encoding)
    return drafted


def _made(drafted: Draft, folder: Path | None, book: Book | None, against: Sequence[Path]) -> DraftFolder:
    """Return what is to be written of a draft."""
    from reformledger.drafting.folder import folder_of

    to = Path(f"draft_{drafted.year}") if folder is None else folder
    _check_folder(to)
    return folder_of(drafted, to, today(), book, option=_data_option(against))


def _answer(made: DraftFolder) -> Answer:
    from reformledger.views.content.drafted import drafted_json, drafted_sheets

    return Answer(lambda: drafted_json(made), lambda purpose: drafted_sheets(made, purpose))


def _check_folder(folder: Path) -> None:
    """Raise ``UsageError`` for what is no folder, or holds anything: a draft is never mixed with what is there."""
    file = next((each for each in (folder, *folder.parents) if os.path.lexists(each) and not each.is_dir()), None)
    if file is not None:
        message = _("--to: {file} is a file, and a draft has a folder of its own.").format(file=display_name(file))
    elif folder.is_dir() and any(folder.iterdir()):
        message = _("--to: {folder} holds something already, and a draft has a folder of its own.")
        message = message.format(folder=display_name(folder))
    else:
        return
    taken = file or folder
    name = taken if taken.name.strip(".") else taken / "draft"  # . and .. have no name that a number could be behind
    free = next(each for number in count(2) if not os.path.lexists(each := f"{name}-{number}"))
    raise UsageError(message, _("Name a new one: --to {folder}").format(folder=shlex.quote(display_name(Path(free)))))


def _book(paths: Sequence[Path]) -> Book:
    from reformledger.book import Book
    from reformledger.sources import find_sources, load_sources

    return Book(load_sources(find_sources(paths)).documents)


def _data_option(paths: Sequence[Path]) -> str:
    """Return the option by which a command reads some data; blank where it reads them without one."""
    from reformledger.edits.commands import shell_word
    from reformledger.sources import find_sources

    if not paths or set(map(os.path.realpath, paths)) == set(map(os.path.realpath, find_sources().paths)):
        return ""
    return " ".join(f"--data {shell_word(display_name(path))}" for path in paths)


def _read(files: Sequence[Path], encoding: str | None, separator: str | None) -> list[Source]:
    """Return what is read of the files; raises ``UsageError`` with each that is refused, and what to do about it."""
    from reformledger.drafting.reading.files import read_source, refuse_options
    from reformledger.exchange.tables import Refused
    from reformledger.views.progress import progressing

    refuse_options(files, encoding, separator)
    named = list(dict.fromkeys(files))
    with progressing(named, len(named), _("Reading")) as shown:
        read = [read_source(file, encoding=encoding, separator=separator) for file in shown]
    if refused := [each for each in read if isinstance(each, Refused)]:
        *others, last = refused
        sentence = _("{heading}: {text}")
        before = [
            str(UsageError(sentence.format(heading=each.place, text=each.message), each.advice)) for each in others
        ]
        message = sentence.format(heading=last.place, text=last.message)
        raise UsageError("\n".join([*before, message]), last.advice)
    return [each for each in read if not isinstance(each, Refused)]
