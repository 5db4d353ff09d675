"""Keep the Chinese catalogue in step with the sources.

    python tools/catalogue.py          # update the .po from the sources, list what lacks a translation, write the .mo

The sentences are those of this package and those for which Typer asks gettext. A translation is never lost: those
whose sentence is gone stay at the end of the file (``#~``) and are taken up again when it comes back; those of
Typer's that the installed Typer does not ask for stay as they are, for the Typer that does.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "reformledger"
FOLDER = SOURCES / "locale" / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "reformledger.po", FOLDER / "reformledger.mo"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
TYPER_FILES = ("core.py", "rich_utils.py")


class Catalogue(Catalog):
    """A catalogue with a header that depends on neither clock nor Babel: the same sentences give the same bytes."""

    def __init__(self) -> None:
        super().__init__(
            locale="zh", charset="utf-8", fuzzy=False, header_comment="# Chinese sentences of reformledger."
        )

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header: what readers of the format need."""
        return [
            ("Project-Id-Version", "reformledger"),
            ("Language", "zh"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Take nothing from the header of a file that is read: ours is always the same."""

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:
        """Add a message; of two for one sentence (a merge kept both sides) the first with a translation counts."""
        if not id:
            return  # the header is ours
        known = self.get(key_of(message))
        if known is not None and not is_translated(known):
            known.string = message.string
        super().__setitem__(id, message)


def key_of(message: Message) -> str:
    """Return the English sentence that gettext looks up, of two forms the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    """Say whether every form of a message has its Chinese."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def is_typers(message: Message) -> bool:
    """Say whether Typer alone asks for a sentence."""
    return bool(message.locations) and all(file.startswith("typer/") for file, _line in message.locations)


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def template() -> Catalogue:
    """Return a catalogue of every sentence in the sources, untranslated."""
    catalogue = Catalogue()
    for name, message in _extracted():
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


@cache
def _extracted() -> list[tuple[str, str | tuple[str, ...]]]:
    """Return each sentence of the sources, of two forms both, with the file that asks for it."""
    found = extract_from_dir(str(SOURCES), keywords=KEYWORDS)
    extracted = [(Path(file).as_posix(), message) for file, _line, message, _comments, _context in found]
    spec = importlib.util.find_spec("typer")
    assert spec is not None
    assert spec.origin is not None
    for name in TYPER_FILES:
        of_typer = extract_from_file("python", Path(spec.origin).with_name(name), keywords=KEYWORDS)
        extracted += [(f"typer/{name}", message) for _line, message, _comments, _context in of_typer]
    return extracted


def translations() -> Catalogue:
    """Return the catalogue as it is."""
    catalogue = Catalogue()
    with PO.open("rb") as file:
        PoFileParser(catalogue, abort_invalid=True).parse(file)
    return catalogue


def updated(old: Catalogue) -> Catalogue:
    """Return the sentences of the sources with the translations of ``old``, and what else ``old`` translates."""
    catalogue = template()
    left = {key_of(message): message for message in (*old.obsolete.values(), *sentences(old)) if is_translated(message)}
    for message in sentences(catalogue):
        known = left.pop(key_of(message), None)
        if known is not None:
            message.string = _in_form_of(message, known)
    for key, message in left.items():
        if is_typers(message):
            catalogue.add(message.id, message.string, locations=message.locations)
        else:
            catalogue.obsolete[key] = message
    return catalogue


def _in_form_of(message: Message, known: Message) -> str | tuple[str, ...]:
    """Return a translation for a sentence that has gained or lost its plural since; Chinese has one form."""
    string = known.string if isinstance(known.string, str) else "".join(known.string or ())
    return (string,) if message.pluralizable else string


def written(catalogue: Catalogue) -> bytes:
    """Return the .po of a catalogue: sorted, one line a sentence, places without line numbers, so that it merges."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, include_lineno=False)
    return buffer.getvalue().rstrip(b"\n") + b"\n"


def compiled(catalogue: Catalogue) -> bytes:
    """Return the .mo of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalogue) -> list[str]:
    """Return the sentences without a Chinese one."""
    return [key_of(message) for message in sentences(catalogue) if not is_translated(message)]


def main() -> int:
    """Update both files; return 1 while a sentence lacks its translation."""
    catalogue = updated(translations())
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))
    missing = untranslated(catalogue)
    print("\n".join(missing), end="\n" if missing else "")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
