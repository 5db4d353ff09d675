"""The merge driver made known to git: the line that git runs, and which files it is for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reformledger.errors import display_name
from reformledger.files import write
from reformledger.files.git import root_of
from reformledger.files.plumbing import Git, GitError, NoGitError, SlowGitError
from reformledger.history.merging.driver import CONFLICTS
from reformledger.history.revisions import refusals
from reformledger.i18n import _, sentences
from reformledger.loader import read_bytes
from reformledger.sources import SUFFIXES, Sources

NAME = "reformledger"
"""What the driver is called in the attributes of a file."""
ATTRIBUTE = f"merge={NAME}"
_DRIVER, _TITLE = f"merge.{NAME}.driver", f"merge.{NAME}.name"
_ANY_NAME = "ledger"


def driver_line(python: str) -> str:
    """Return what git is to run for a merge, for the Python at a path; a shell runs it on every system.

    Where this Python, or reformledger in it, is missing, fails or is killed, git's own merge is made, which writes
    both sides where it cannot; ``docs/decisions/history.md`` says why each word is there.
    """
    quoted = "'" + python.replace("'", "'\\''") + "'"
    ours = f"{quoted.replace('%', '%%')} -P -m reformledger merge-driver %O %A %B %L %P"
    codes = f"case $? in 0) exit 0;; {CONFLICTS}) exit 1;; esac"
    said = "echo 'reformledger failed, git merges by lines:' %P >&2"
    return f"{ours}; {codes}; {said}; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1"


def install(sources: Sources) -> list[str]:
    """Make the driver known to the repositories of some data; return sentences that say what was done.

    Raises ``HistoryError`` outside of a repository, ``DataError`` and ``FileError`` for a file of attributes that
    cannot be read or written.
    """
    paths = [Path.cwd()] if sources.origin == "bundled" else sources.paths
    folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
    tops = {folder: _top(folder) for folder in folders}
    done = [sentence for top in dict.fromkeys(tops.values()) for sentence in _configured(top)]
    done += [sentence for folder in folders for sentence in _attributed(folder)]
    return done or [_("Installed already; there is nothing to do.")]


def _top(folder: Path) -> Path:
    """Return the folder of the repository that a folder is in; raises ``HistoryError``."""
    try:
        answer = Git(folder).ask("rev-parse", "--is-inside-work-tree", "--show-cdup")
    except NoGitError:
        raise refusals.no_git() from None
    except SlowGitError:
        raise refusals.slow(folder) from None
    except GitError as error:
        raise refusals.refused(folder, root_of(folder.absolute()) is not None, error.err) from None
    inside, up = os.fsdecode(answer.out).split("\n", 1)
    if inside != "true":
        raise refusals.bare(folder)
    return Path(os.path.realpath(folder / up.removesuffix("\n")))


def _configured(top: Path) -> list[str]:
    git = Git(top)
    python = Path(sys.executable or "python3").as_posix()
    wanted = {_TITLE: _("reformledger: entry by entry"), _DRIVER: driver_line(python)}
    try:
        there = os.fsdecode(git.ask("config", "--local", "--null", "--get", _DRIVER, ok=(0, 1)).out)
        if there == f"{wanted[_DRIVER]}\0":
            return []
        for key, value in wanted.items():
            git.ask("config", "--local", "--replace-all", key, value)
    except GitError as error:
        raise refusals.broken(top, error.err) from None
    name = display_name(top)
    folder = _("this folder") if name == "." else name
    return [_("Merges in {folder} are made by reformledger from now on.").format(folder=folder)]


def _attributed(folder: Path) -> list[str]:
    """Say in the attributes of a folder which of its files the driver is for, unless they say it already."""
    lacking = _lacking(folder)
    if not lacking:
        return []
    file = folder / ".gitattributes"
    old = read_bytes(file) if os.path.lexists(file) else None
    newline = b"\r\n" if b"\r\n" in (old or b"") else b"\n"
    before = old + newline if old and not old.endswith(b"\n") else old or b""
    new = before + b"".join(f"*{suffix} {ATTRIBUTE}".encode() + newline for suffix in lacking)
    notes = write.create(file, new) if old is None else write.replace(file, old, new)
    name = display_name(file)
    sentence = _("{file} now says for which files; commit it, so that all have it.").format(file=name)
    if _lacking(folder):
        advice = _("“git check-attr -a” names what is said of them elsewhere, such as .git/info/attributes.")
        sentence = sentences(_("Other attributes come before those of {file}.").format(file=name), advice)
    return [sentence, *notes]


def _lacking(folder: Path) -> Sequence[str]:
    """Return the endings of data whose files in a folder are merged in another way."""
    names = [f"{_ANY_NAME}{suffix}" for suffix in SUFFIXES]
    try:
        words = os.fsdecode(Git(folder).ask("check-attr", "-z", "merge", "--", *names).out).split("\0")
    except GitError as error:
        raise refusals.broken(folder, error.err) from None
    return [suffix for suffix, value in zip(SUFFIXES, words[2::3], strict=False) if value != NAME]
