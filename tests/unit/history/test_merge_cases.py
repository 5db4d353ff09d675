"""Edits of two people at once: what a merge has to make of each pair, in the files of ``tests/merges``.

``gives`` are keys of entries as they have to be, ``gone`` the entries that are not there, ``begins`` the first ids in
their order, ``counts`` printed counts by the number of a part or the prefix of a table. ``conflicts`` are known by
their refs, with what the sentence says of either side; unless ``unsettled`` says why there is none, the command of the
advice is carried out upon the side that it names, and ``settled`` are the titles of entries that are there then.
``recounted`` are the printed counts then; no record is dated while its entry was closed out. ``before`` is what both
sides begin with.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS, Run
from reformledger.edits.serialize import as_written, file_text
from reformledger.history.merging.data.merge import Merged, merge
from reformledger.yamlio import read_yaml
from two_people import LEDGER, STARTED, Step, Texts, after, loaded, plain, rows_in, shipped, unordered

CASES = sorted((TESTS / "merges").glob("*.yaml"))
CONFLICTS = [path for path in CASES if b"conflicts:" in path.read_bytes()]
_FLAGS = {"recount", "weak", "late"}


@pytest.fixture(scope="module")
def base() -> Texts:
    return after(shipped(), [STARTED])


def _steps(case: dict[str, Any], side: str) -> list[Step]:
    steps = case.get(side, [])
    return [{key: value == "true" if key in _FLAGS else value for key, value in step.items()} for step in steps]


def _counts(data: Any) -> Iterator[tuple[str, str]]:
    for part in data["parts"]:
        yield part["number"], part.get("count")
        yield from ((table["id_prefix"], table.get("count")) for table in part["tables"])


def _text(data: Any) -> bytes:
    return file_text(as_written(data), "\n").encode()


def _merged(base: Texts, ours: Texts, theirs: Texts) -> Merged:
    found = merge(plain(base[LEDGER]), plain(ours[LEDGER]), plain(theirs[LEDGER]))
    for data in (found.ours, found.theirs):
        loaded(base | {LEDGER: _text(data)})
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_merge_gives_what_its_case_says(path: Path, base: Texts) -> None:
    case: Any = read_yaml(path.read_bytes()).data
    base = after(base, _steps(case, "before"))
    ours, theirs = (after(base, _steps(case, side)) for side in ("ours", "theirs"))
    straight, turned = _merged(base, ours, theirs), _merged(base, theirs, ours)
    wanted = set(case.get("conflicts", {}))
    assert {each.ref for each in straight.conflicts} == wanted
    assert {each.ref for each in turned.conflicts} == wanted
    assert unordered(straight.ours) == unordered(turned.theirs)
    assert unordered(straight.theirs) == unordered(turned.ours)
    for merged, first in ((straight, ours), (turned, theirs)):
        assert wanted or merged.ours == merged.theirs
        assert [] not in (merged.ours.get("removed"), merged.theirs.get("removed"))
        rows = rows_in(merged.ours)
        for entry, fields in case.get("gives", {}).items():
            for key, value in fields.items():
                if key == "phases":
                    assert rows[entry][key][: len(value)] == value  # type: ignore[index]
                elif isinstance(value, list) and all(isinstance(item, str) for item in value):
                    assert set(rows[entry][key]) == set(value)  # type: ignore[arg-type]
                    assert first is theirs or rows[entry][key] == value
                elif first is ours:
                    assert rows[entry][key] == value
        assert rows.keys().isdisjoint(case.get("gone", []))
        assert dict(_counts(merged.ours)).items() >= case.get("counts", {}).items()
        assert list(rows)[: len(case.get("begins", []))] == case.get("begins", [])


@pytest.mark.parametrize("path", CONFLICTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("turned", [False, True], ids=["ours-theirs", "theirs-ours"])
def test_a_conflict_names_both_sides_and_what_settles_it(
    path: Path, base: Texts, tmp_path: Path, run: Run, turned: bool
) -> None:
    case: Any = read_yaml(path.read_bytes()).data
    base = after(base, _steps(case, "before"))
    names = ("theirs", "ours") if turned else ("ours", "theirs")
    sides = [after(base, _steps(case, side)) for side in names]
    merged = _merged(base, *sides)
    for found in merged.conflicts:
        before, _, rest = found.sentence.partition("Ours: ")
        our, _, their = rest.partition("Theirs: ")
        for side, said in zip(names, (our, their), strict=True):
            for word in case["conflicts"][found.ref][side]:
                assert word in said or word in before
    advice = merged.conflicts[0].advice
    kept = merged.theirs if advice.startswith("Keep theirs") else merged.ours
    commands = [shlex.split(each)[1:] for each in advice.partition(": ")[2].split("; ") if each]
    assert turned or bool(commands) is not ("unsettled" in case)
    for name, text in (base | {LEDGER: _text(kept)}).items():
        (tmp_path / name).write_bytes(text)
    for command in commands:
        done = run(*("据实" if word == "…" else word for word in command), "--data", tmp_path)
        assert done.code == 0, done.err
    assert "RL003" not in run("check", "--data", tmp_path).out  # no record is dated while the entry was closed out
    made = plain((tmp_path / LEDGER).read_bytes())
    assert dict(_counts(made)).items() >= case.get("recounted", {}).items()
    titles = {name: row["title"] for name, row in rows_in(made).items()}
    if not turned:
        assert titles.items() >= case.get("settled", {}).items()
