"""What there is to say of a file that was written or was not, beside that: each a sentence, or a ``Doubt``."""

from __future__ import annotations

from pathlib import Path

from reformledger.errors import Doubt, display_name
from reformledger.i18n import _, sentences


def reason_of(error: OSError) -> str:
    """Return the system's own words for what it refused."""
    return error.strerror or str(error)


def displaced(file: Path, kept: Path) -> str:
    """Say that another program saved at the moment of writing, and where its version is."""
    sentence = _("Another program wrote {file} at the same moment; its version was kept as {kept}.")
    return sentence.format(file=display_name(file), kept=display_name(kept))


def unread(file: Path, kept: Path, error: OSError) -> Doubt:
    """Say that what was displaced could not be compared with what had been read before."""
    message = _("{file} is written; what it held right before cannot be read again ({reason}) and is kept as {kept}.")
    text = message.format(file=display_name(file), kept=display_name(kept), reason=reason_of(error))
    return Doubt(sentences(text, _("Look whether it is what another program saved.")))


def unconfirmed(folder: Path, error: OSError) -> Doubt:
    """Say that new names in a folder may not be on the disk yet."""
    message = _("Written, but the system did not confirm that it would survive a power cut ({folder}: {reason}).")
    text = message.format(folder=display_name(folder), reason=reason_of(error))
    return Doubt(sentences(text, _("Check the disk, and see after the next start that the change is there.")))


def done_all_the_same(file: Path, error: OSError) -> Doubt:
    """Say that the system reported an error for what it did all the same."""
    message = _("{file} is written, though the system reported an error ({reason}).")
    text = message.format(file=display_name(file), reason=reason_of(error))
    return Doubt(sentences(text, _("Check the disk, and see after the next start that the change is there.")))


def kept_as(file: Path, kept: Path) -> str:
    """Say under which name a file is found that could not be given its own back."""
    return _("{file} is found as {kept}.").format(file=display_name(file), kept=display_name(kept))


def left_behind(file: Path, error: OSError) -> str:
    """Say that a temporary file could not be removed."""
    message = _("The temporary file {file} could not be removed ({reason}).")
    return sentences(message.format(file=display_name(file), reason=reason_of(error)), _("It may be deleted."))


def still_locked(lock: Path, error: OSError) -> str:
    """Say that a lock was not given back, which changes nothing of what was written."""
    message = _("The lock {file} could not be given back ({reason}); it ends with this command.")
    return message.format(file=display_name(lock), reason=reason_of(error))


def removed(file: Path) -> list[str]:
    """Remove a temporary file, if it is there; return what there is to say where that fails."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        return [left_behind(file, error)]
    return []
