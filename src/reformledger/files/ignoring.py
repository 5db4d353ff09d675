"""What git need not keep of the files beside the ledgers: said once a repository, where its ``.gitignore`` lacks it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from reformledger.errors import display_name
from reformledger.files import journal
from reformledger.files.change import digest
from reformledger.files.git import ignored, root_of
from reformledger.files.names import IGNORED
from reformledger.i18n import _, sentences


def lines_to_add(folder: Path) -> list[str]:
    """Return the sentence, if any, which lines the ``.gitignore`` of a folder's repository lacks; it is said once."""
    root = root_of(folder)
    if root is None:
        return []
    said = journal.folder().with_name("repositories") / digest(bytes(root))
    if os.path.exists(said):  # noqa: PTH110 - Path.exists() may raise, and the edit is written by now
        return []
    with suppress(OSError):  # where nothing can be remembered it is said again
        said.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        said.touch()
    known = ignored(folder, IGNORED.values())
    if known is None:
        return []
    lines = [f"“{line}”" for line, name in IGNORED.items() if name not in known]
    if not lines:
        return []
    sentence = _("Git would keep what reformledger writes beside the ledgers for a moment.")
    advice = _("Add to {file}: {lines}").format(file=display_name(root / ".gitignore"), lines=_(", ").join(lines))
    return [sentences(sentence, advice)]
