"""Why there is no history to read: a sentence, and what helps, for each state that a repository may be in."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from reformledger.errors import SentenceError, UsageError, display_name
from reformledger.i18n import _

_OWNED = re.compile(r"dubious ownership in repository at '(.+?)'(?:\n|$)")
_TOO_NEW = re.compile(r"unknown repository extension|[Ee]xpected git repo version|invalid value for 'extensions\.")
_PREFIX = re.compile(r"^(fatal|error|warning): ")


class State(StrEnum):
    """Why no history can be read."""

    NO_GIT = "no git"
    SLOW = "slow"
    NO_REPOSITORY = "no repository"
    BARE = "bare"
    UNBORN = "unborn"
    OWNERSHIP = "ownership"
    TOO_NEW = "too new"
    BROKEN = "broken"
    NOT_HERE = "not here"
    OTHER_REPOSITORY = "other repository"


class HistoryError(SentenceError):
    """History that cannot be read; ``state`` says why."""

    def __init__(self, state: State, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.state = state


def no_git() -> HistoryError:
    """Return the refusal where git is not installed."""
    message = _("There is no git on this machine (on its PATH), and history is what git keeps.")
    return HistoryError(State.NO_GIT, message, _("Install git: https://git-scm.com"))


def slow(folder: Path) -> HistoryError:
    """Return the refusal where git did not answer in time."""
    message = _("Git does not answer of {folder}.").format(folder=display_name(folder))
    return HistoryError(State.SLOW, message, _("Is the disk reachable? Try it again."))


def no_repository(folder: Path) -> HistoryError:
    """Return the refusal for a folder that no repository holds."""
    message = _("No git repository holds {folder}, so that git knows nothing of it.")
    advice = _("Begin one there: git init, git add, git commit; or name data that are in one: --data FOLDER.")
    return HistoryError(State.NO_REPOSITORY, message.format(folder=display_name(folder)), advice)


def bare(folder: Path) -> HistoryError:
    """Return the refusal for a repository, or its own folder, in which no files are checked out."""
    message = _("There are no files in {folder}: it is a bare repository, or the folder in which git keeps its own.")
    advice = _("Clone it, and ask there: git clone {folder}").format(folder=display_name(folder))
    return HistoryError(State.BARE, message.format(folder=display_name(folder)), advice)


def unborn(folder: Path) -> HistoryError:
    """Return the refusal for a repository, or a branch, on which nothing is committed yet."""
    message = _("Nothing is committed yet in {folder}.").format(folder=display_name(folder))
    return HistoryError(State.UNBORN, message, _("Commit the ledgers: git add, git commit."))


def other_repository(path: Path, root: Path) -> HistoryError:
    """Return the refusal for data that are not in the repository in which the others are."""
    message = _("{path} is not in the repository {folder}, in which the other data are.")
    message = message.format(path=display_name(path), folder=display_name(root))
    return HistoryError(State.OTHER_REPOSITORY, message, _("Ask of those of one repository: --data FOLDER."))


def refused(folder: Path, has_git_folder: bool, err: str) -> HistoryError:
    """Return the refusal where git refuses a folder with words of its own."""
    if found := _OWNED.search(err):
        owned = Path(found[1])
        message = _("{folder} belongs to {owner}, and git reads the repositories of others only where it is told to.")
        advice = _("If you trust it: git config --global --add safe.directory {folder}")
        message = message.format(folder=display_name(owned), owner=_owner(owned))
        return HistoryError(State.OWNERSHIP, message, advice.format(folder=_quoted(found[1])))
    if _TOO_NEW.search(err):
        message = _("The repository {folder} has a format that this git does not know ({words}).")
        message = message.format(folder=display_name(folder), words=_first_line(err))
        return HistoryError(State.TOO_NEW, message, _("Install a newer git."))
    return broken(folder, err) if has_git_folder else no_repository(folder)


def broken(folder: Path, err: str = "") -> HistoryError:
    """Return the refusal for a repository that git cannot read."""
    words = _first_line(err)
    message = _("Git cannot read the repository {folder} ({words}).") if words else ""
    message = message or _("Git cannot read the repository {folder} to its end.")
    return HistoryError(State.BROKEN, message.format(folder=display_name(folder), words=words), _look_it_over())


def not_here() -> HistoryError:
    """Return the refusal for what a partial clone left where it came from, so that history cannot be followed."""
    message = _("A part of the history is not here: this clone is partial, and nothing is fetched on its own.")
    return HistoryError(State.NOT_HERE, message, _fetch_all())


def left_behind() -> tuple[str, str]:
    """Return what is said of content that a partial clone left where it came from, and the advice."""
    message = _("The content is not here: this clone is partial, and nothing is fetched on its own.")
    return message, _fetch_all()


def damaged() -> tuple[str, str]:
    """Return what is said of content that is missing or damaged in a repository, and the advice."""
    return _("The content is missing in the repository, or damaged there."), _look_it_over()


def begins_late(commits: str) -> str:
    """Return the note for a shallow clone, whose history begins at some commits."""
    note = _("This clone is shallow: its history begins at {commits}. All of it: git fetch --unshallow")
    return note.format(commits=commits)


def no_revision(word: str, *, is_shallow: bool) -> UsageError:
    """Return the refusal for a word that names no commit."""
    message = _("There is no revision “{word}”.").format(word=word)
    if is_shallow:
        return UsageError(message, _("This clone is shallow. All of it: git fetch --unshallow"))
    advice = _("For example: HEAD~1 (the commit before), a branch, a commit's id; a day is named with --since.")
    return UsageError(message, advice)


def too_far(word: str, start: str) -> UsageError:
    """Return the refusal for a revision before the first: ``HEAD~9`` where there are but three."""
    message = _("There is no revision “{word}”: so many commits are not before {start}.")
    return UsageError(message.format(word=word, start=start), _("“reformledger log” names those that there are."))


def several_revisions(word: str) -> UsageError:
    """Return the refusal for the beginning of an id that several objects have."""
    return UsageError(_("More than one id begins with “{word}”.").format(word=word), _("Write more of it."))


def is_option(word: str) -> UsageError:
    """Return the refusal for a revision that looks like an option."""
    message = _("“{word}” is no revision: none begins with “-”.").format(word=word)
    return UsageError(message, _("For example: HEAD~1 (the commit before), a branch, a commit's id."))


def is_range(word: str) -> UsageError:
    """Return the refusal for a range, which is two revisions here."""
    old, _dots, new = word.replace("...", "..").partition("..")
    message = _("“{word}” is a range; two revisions are named one after the other.").format(word=word)
    typed = " ".join(each or "HEAD" for each in (old, new))
    return UsageError(message, _("Type: {words}").format(words=typed))


def _fetch_all() -> str:
    return _("Fetch all of it once: git fetch --refetch --no-filter")


def _look_it_over() -> str:
    return _("“git fsck” says what is damaged; a clone made elsewhere has the same history.")


def _owner(folder: Path) -> str:
    """Return who owns a folder, as the system names him."""
    with suppress(OSError, KeyError, NotImplementedError):
        return folder.owner()
    with suppress(OSError):
        if number := folder.stat().st_uid:
            return _("the user with the number {number}").format(number=number)
    return _("somebody else")


def _quoted(path: str) -> str:
    return path if re.fullmatch(r"[\w./:~+-]+", path) else "'" + path.replace("'", "'\\''") + "'"


def _first_line(err: str) -> str:
    lines = [line for line in err.splitlines() if line.strip()]
    fatal = next((line for line in lines if line.startswith("fatal: ")), lines[0] if lines else "")
    return _PREFIX.sub("", fatal).strip()
