"""What this machine recorded and what is no longer there: another program saved an older copy over it.

The journal of edits holds what each wrote. A record is known again by its day and what it says, whatever else is
changed about it; records are only ever added to, so one that is gone was not taken away by an edit. What git did
itself (a checkout, a merge, a reset, a stash) is told from that: by what it says that it wrote, and what it keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, cast

from reformledger.files import journal
from reformledger.files.change import digest
from reformledger.files.git import root_of, version_at, versions, wrote_last
from reformledger.files.journal import Record, Written
from reformledger.files.together import is_made
from reformledger.i18n import _, sentences
from reformledger.text.folding import search_key
from reformledger.yamlio import Data, YamlError, read_yaml

_Mapped = Mapping[str, Data]
_SAYS = {"progress": "text", "waivers": "for", "extensions": "to", "history": "reason"}
"""The lists of records of an entry, and what one is known again by, with its day."""
_SLACK = 2.0
"""Seconds by which the clock of git, which counts whole ones, may differ."""


class Lost(NamedTuple):
    """A record that was written into a file ``at`` some time and is no longer there; ``record`` is of which edit."""

    record: Record
    written: Written

    @property
    def sentence(self) -> str:
        """Return what is gone, and the command that records it again."""
        moment = f"{datetime.fromtimestamp(self.record.time).astimezone():%Y-%m-%d %H:%M}"
        message = _(
            "What was recorded here of {id} on {moment} is no longer there, and no edit made here took it away."
        )
        advice = _("Record it again: {command}").format(command=self.written.command)
        return sentences(message.format(id=self.written.id, moment=moment), advice)


def marks_of(entry: _Mapped) -> Counter[str]:
    """Return by what each record of an entry is known again: its list, its day and what it says."""
    marks: Counter[str] = Counter()
    for key, says in _SAYS.items():
        for record in _mappings(entry.get(key)):
            marks[_mark(key, record, record.get(says))] += 1
            marks.update(_closing(record.get("closed")))
    marks.update(_closing(entry.get("closed")))
    for phase in _mappings(entry.get("phases")):
        marks.update(_closing(phase.get("closed")))
    return marks


class Missing(NamedTuple):
    """What this machine wrote and is no longer there: lost, or put back by git, which keeps it nowhere."""

    lost: list[Lost]
    put_back: list[Lost]


def missing(files: Mapping[Path, Data]) -> Missing:
    """Return what this machine wrote into files, by their paths with what they hold now, and what is no longer there.

    What git took away and keeps in a commit is neither lost nor put back.
    """
    resolved = {path.resolve(): data for path, data in files.items()}
    records = [record for record in journal.records(resolved) if _is_made(record)]
    if not any(record.wrote for record in records):
        return Missing([], [])
    held = {path: _marks_by_id(data) for path, data in resolved.items()}
    gone: dict[Path, list[Lost]] = {}
    for each in _not_there(records, held):
        gone.setdefault(each.written.path, []).append(each)
    found = Missing([], [])
    for path, of_file in gone.items():
        if root_of(path.parent) is None:
            found.lost.extend(of_file)
        else:
            _sort_out(path, of_file, records, found)
    return found


def _is_made(record: Record) -> bool:
    try:
        return is_made(record)
    except OSError:  # a file that this user may not read says nothing
        return False


def _not_there(records: Sequence[Record], held: Mapping[Path, Mapping[str, Counter[str]]]) -> Iterator[Lost]:
    """Yield the records that are no longer in their files; of several that say the same on one day, the last."""
    left = {path: {id_: Counter(marks) for id_, marks in of_file.items()} for path, of_file in held.items()}
    elsewhere: list[Lost] = []
    # What was recorded again by the same command is one record.
    last = {written: record for record in reversed(records) for written in record.wrote if written.path in left}
    for written, record in last.items():
        marks = left[written.path]
        if written.id not in marks:  # it may have another id since
            elsewhere.append(Lost(record, written))
        elif marks[written.id][written.mark] > 0:
            marks[written.id][written.mark] -= 1
        else:
            yield Lost(record, written)
    unclaimed: Counter[str] = Counter()
    for marks in left.values():
        for of_entry in marks.values():
            unclaimed.update(of_entry)
    for each in elsewhere:
        unclaimed[each.written.mark] -= 1
        if unclaimed[each.written.mark] < 0:
            yield each


def forget_put_back(missing: Missing) -> None:
    """Look no more for what git put back: an edit made now would hide that it did. Raises ``OSError``."""
    for record in {each.record.file: each.record for each in missing.put_back}.values():
        gone = {each.written for each in missing.put_back if each.record.file == record.file}
        journal.look_only_for(record, [written for written in record.wrote if written not in gone])


def _sort_out(path: Path, gone: list[Lost], records: Sequence[Record], found: Missing) -> None:
    """Put what is gone from a file where it belongs.

    Git took it where a merge dropped it; and where git wrote the file last, or edits alone did since, and either the
    record is in a commit that is not below the one checked out (another branch, a reset, a stash) or the file is what
    it was before the edit (a checkout of the file, a reset).
    """
    history = versions(path, min(each.record.time for each in gone) - _SLACK)
    marks = {version.commit: _marks_in(version.content) for version in history}
    below = [version for version in history if version.is_of_head]
    for each in gone:
        key = each.written.id, each.written.mark
        holding = {commit for commit, held in marks.items() if key in held}
        dropping = [one for one in below if one.commit not in holding and holding.intersection(one.parents)]
        if dropping and all(len(one.parents) > 1 for one in dropping):
            continue
        base, by_git = _base(path, each.record, records)
        if by_git and holding and not any(one.commit in holding for one in below):
            continue
        before = version_at(path, each.record.head) if each.record.head else None
        if by_git and not holding and before is not None and digest(before) == base:
            found.put_back.append(each)
        else:
            found.lost.append(each)


def _base(path: Path, after: Record, records: Sequence[Record]) -> tuple[str, bool]:
    """Return the digest of what a file held before the edits that were made to it ``after`` another, one on the other.

    And whether it was git that wrote that.
    """
    base, first = digest(path.read_bytes()), None
    for record in records:  # the last one first
        change = next((file for file in record.files if file.path == path), None)
        if record.time <= after.time or (change and change.after != base):
            break
        if change:
            base, first = change.before or "", record
    if first is None:
        return base, wrote_last(path)
    committed = version_at(path, first.head) if first.head else None
    return base, committed is not None and digest(committed) == base


def _marks_in(content: bytes | None) -> set[tuple[str, str]]:
    """Return the marks in a version of a file, each with the id of its entry; none where it cannot be read."""
    try:
        data = read_yaml(content or b"").data
    except YamlError:
        return set()
    return {(id_, mark) for id_, marks in _marks_by_id(data).items() for mark in marks}


def _marks_by_id(data: Data) -> dict[str, Counter[str]]:
    """Return the marks of each entry of a document, those that were taken out included."""
    found: dict[str, Counter[str]] = {}
    for mapping in _mappings(data):
        if "id" in mapping:
            marks = found.setdefault(str(mapping["id"]), Counter())
            for entry in (mapping, *_mappings(mapping.get("entry"))):  # what was taken out keeps what it said
                marks.update(marks_of(entry))
        for value in mapping.values():
            if isinstance(value, list | dict):
                for id_, within in _marks_by_id(value).items():
                    found.setdefault(id_, Counter()).update(within)
    return found


def _mappings(value: Data) -> list[_Mapped]:
    items = value if isinstance(value, list) else [value]
    return [cast("_Mapped", item) for item in items if isinstance(item, dict)]


def _closing(closed: Data) -> Iterator[str]:
    for record in _mappings(closed):
        evidence = record.get("evidence")
        listed = evidence if isinstance(evidence, list) else [evidence]
        yield _mark("closed", record, " ".join(sorted(search_key(str(each)) for each in listed if each)))


def _mark(kind: str, record: _Mapped, says: Data) -> str:
    # A deadline may be a wording, or one with its meaning.
    text = says.get("wording") if isinstance(says, dict) else says
    return f"{kind} {record.get('date')} {search_key(str(text or ''))}"
