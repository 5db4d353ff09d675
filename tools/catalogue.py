"""Keep the Chinese catalogue in step with the sources.

    python tools/catalogue.py          # update the .po from the sources, list what lacks a translation, write the .mo

The sentences are those of this package and those for which Typer asks gettext.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "reformledger"
FOLDER = SOURCES / "locale" / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "reformledger.po", FOLDER / "reformledger.mo"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
TYPER_FILES = ("core.py", "rich_utils.py")


def template() -> Catalog:
    """Return a catalogue of every sentence in the sources, untranslated."""
    catalogue = Catalog(locale="zh", charset="utf-8", fuzzy=False)
    for file, _line, message, _comments, _context in extract_from_dir(str(SOURCES), keywords=KEYWORDS):
        catalogue.add(message, locations=[(file, 0)])
    spec = importlib.util.find_spec("typer")
    assert spec is not None
    assert spec.origin is not None
    for name in TYPER_FILES:
        file = Path(spec.origin).with_name(name)
        for _line, message, _comments, _context in extract_from_file("python", str(file), keywords=KEYWORDS):
            catalogue.add(message, locations=[(f"typer/{name}", 0)])
    return catalogue


def translations() -> Catalog:
    """Return the catalogue as it is."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the sentences without a Chinese one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main() -> int:
    """Update both files; return 1 while a sentence lacks its translation."""
    catalogue = template()
    if PO.exists():
        old = translations()
        for message in catalogue:
            if message.id and (known := old.get(message.id if isinstance(message.id, str) else message.id[0])):
                message.string = known.string
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=0,
        omit_header=False,
        sort_output=True,
        no_location=False,
        include_lineno=False,
    )
    kept = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith('"POT-Creation-Date')]
    PO.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
    MO.write_bytes(compiled(translations()))
    missing = untranslated(catalogue)
    print("\n".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
