"""Draw the pictures of a form that the tutorials show: the workbook itself, as LibreOffice prints it.

    python tools/form_picture.py

Needs LibreOffice and poppler. Each picture holds the digest of the form and of the code that draws it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from signed import digest_of, signed

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
DAY, DEPARTMENT = "2020-10-10", "基教科"
BEFORE = (
    "progress point-4 --text 2所公办幼儿园开工 --percent 25 --by 基教科 --target 公办幼儿园=0 --date 2020-06-30",
    "progress point-4 --text 3所完工 --percent 75 --target 公办幼儿园=3 --evidence 竣工验收单 --date 2020-09-30",
    "progress task-2 --text 等待省上部署 --by 基教科 --date 2020-09-09",
)
"""What the tutorial recorded before, and one report more."""
_SHEET, _DOTS = "2", 110
_CROP = ("-x", "30", "-y", "45", "-W", "1240", "-H", "440")
"""The part of the page that holds something."""
_MAKE = """\
import sys
from datetime import date
from pathlib import Path
from reformledger import load_book
from reformledger.exchange.sending import Wanted, forms_of
from reformledger.views.form.workbook import form_workbook
day = date.fromisoformat(sys.argv[1])
(form,) = forms_of(load_book(Path("data")).as_of(day), day, Wanted([sys.argv[2]])).forms
Path(sys.argv[3] + ".lines").write_text("\\n".join(form.lines()), encoding="ascii")
Path(sys.argv[3] + ".xlsx").write_bytes(form_workbook(form))
"""
"""What makes the form and its workbook, in a process of its own: one process speaks one language."""


def picture_of(language: str) -> Path:
    """Return where the picture of a language is kept."""
    return ROOT / "docs" / "images" / f"form-{language}.png"


def sources() -> dict[str, bytes]:
    """Return what the picture of each language is painted from: the form and the code that draws it."""
    with tempfile.TemporaryDirectory() as folder:
        return _sources(Path(folder))


def _sources(folder: Path) -> dict[str, bytes]:
    """Make the workbook of each language in a folder, and return what it is painted from."""
    shutil.copytree(ROOT / "data", folder / "data")
    modules = sorted((ROOT / "src" / "reformledger" / "views" / "form").glob("*.py"))
    code = b"".join(module.read_bytes() for module in modules)

    def run(language: str, *words: str) -> None:
        environment = {**os.environ, "REFORMLEDGER_LANG": language, "XDG_STATE_HOME": str(folder)}
        subprocess.run([sys.executable, *words], cwd=folder, env=environment, check=True, capture_output=True)

    for command in BEFORE:
        run("en", "-m", "reformledger", *command.split())
    for language in LANGUAGES:
        run(language, "-c", _MAKE, DAY, DEPARTMENT, language)
    return {each: (folder / f"{each}.lines").read_bytes() + code for each in LANGUAGES}


def main() -> int:
    """Paint all of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = _sources(folder)
        for language in LANGUAGES:
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            office = ["soffice", profile, "--headless", "--convert-to", "pdf", f"{language}.xlsx"]
            subprocess.run(office, cwd=folder, check=True, capture_output=True)
            page = ["pdftoppm", "-f", _SHEET, "-l", _SHEET, "-singlefile", "-r", str(_DOTS), *_CROP, "-png"]
            subprocess.run([*page, f"{language}.pdf", language], cwd=folder, check=True)
            picture = (folder / f"{language}.png").read_bytes()
            picture_of(language).write_bytes(signed(picture, digest_of(found[language])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
