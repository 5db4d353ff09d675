"""Whatever a view prints as a heading is taken as the name of a column and of a field, in both languages."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from conftest import DATA, LEDGERS, Run
from reformledger import i18n
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Field
from reformledger.i18n import Language
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint
from texts import LEDGER_HEAD

BODIES = sorted((LEDGERS / "bodies").iterdir())
Speak = Callable[[str], None]
Write = Callable[[str, str], Path]


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Return a function that sets the language of the program."""
    from reformledger.views.content import labels

    def call(language: str) -> None:
        monkeypatch.setenv("REFORMLEDGER_LANG", language)
        for cached in (i18n.language, i18n._catalogue, labels.words, labels.occurrence_states, labels.star_states):
            cached.cache_clear()

    return call


def head(run: Run, *arguments: str) -> list[str]:
    """Return the headings of a CSV file."""
    ran = run(*arguments, "--format", "csv")
    assert ran.code == 0, ran.err
    return next(csv.reader(io.StringIO(ran.out)))


def headings_of_show(run: Run, data: Path) -> set[str]:
    """Return what ``show`` prints before its values, of every entry."""
    ids = [item["ref"] for item in json.loads(run("list", "--carried", "--format", "json", "--data", str(data)).out)]
    out = run("show", *ids, "--format", "csv", "--data", str(data)).out
    # A row is (the entry where there are several,) heading and value; the heading is blank where a value goes on.
    return {row[-2] for row in list(csv.reader(io.StringIO(out)))[1:] if row and row[-2]} - {"Column", "栏目"}


@pytest.mark.parametrize("spoken", get_args(Language))
@pytest.mark.parametrize("printed", get_args(Language))
def test_each_heading_of_a_list_is_a_column_of_that_heading(printed: str, spoken: str, speak: Speak, run: Run) -> None:
    speak(printed)
    headings = [*head(run, "list"), *head(run, "list", "--columns", "id,due,persons,ref,file,line,inherited")]
    titles = next(line for line in run("list", "--format", "md").out.splitlines() if line.startswith("| "))
    headings += [cell.strip() for cell in titles.split("|") if cell.strip()]
    own = head(run, "list")
    speak(spoken)
    theirs = dict(zip(own, head(run, "list"), strict=True))
    for heading in headings:
        shown = head(run, "list", "--columns", heading)
        assert shown == [theirs.get(heading, shown[0])], heading
        assert run("list", "--where", f"{heading}=", "--limit", "1").code == 0, heading
        assert run("list", "--sort", heading, "--limit", "1").code == 0, heading
        assert run("list", "--sort", f"-{heading}", "--limit", "1").code == 0, heading


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("data", [DATA, *BODIES], ids=lambda path: path.name)
def test_each_heading_of_show_is_a_column(data: Path, language: str, speak: Speak, run: Run) -> None:
    speak(language)
    headings = headings_of_show(run, data)
    assert headings
    for option, behind in (("--columns", ""), ("--where", "=")):
        arguments = [word for heading in sorted(headings) for word in (option, heading + behind)]
        ran = run("list", *arguments, "--data", str(data))
        assert ran.code == 0, ran.err


def test_a_heading_with_a_comma_is_one_name(write: Write, run: Run) -> None:
    head_of_table = LEDGER_HEAD.replace("rows:", "columns: {funding: 资金、来源}\n        rows:")
    row = "          - {id: task-1, title: 校园足球, columns: {funding: 30万元}}\n"
    data = str(write("ledger_2020.yaml", head_of_table + row))
    assert head(run, "list", "--columns", "ID,资金、来源、Title", "--data", data) == ["ID", "资金、来源", "Title"]


SETTABLE = [field for field in ENTRY.values() if field.kept_by == "set" and field.source == "entry"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the 2020 data."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize("id", ["point-4", "task-1"])
@pytest.mark.parametrize("field", SETTABLE, ids=lambda field: field.key)
def test_each_heading_of_a_field_is_set_as_its_key_is(field: Field, id: str, copy: Path, run: Run) -> None:
    def changed(word: str) -> tuple[int, str]:
        ran = run("set", id, f"{word}=试", "--dry-run", "--data", str(copy))
        return ran.code, ran.out

    by_key = changed(field.key)
    point = id.startswith("point")
    shared = {"责任部门", "Responsible departments"} if field.key == "supporting_departments" else set()
    # A table prints its own headings, which decide: 备注 of a task is its ☆.
    printed = set() if point else {"备注"}
    for heading in set(field.headings) - shared - printed:
        assert changed(heading) == by_key, heading


@pytest.mark.parametrize(
    "word", ["责任部门", "牵头科室", "牵头单位", "责任部门（牵头）", "Lead", "Responsible departments (lead)"]
)
@pytest.mark.parametrize("id", ["point-4", "task-1"])
def test_who_leads_is_set_by_every_heading(id: str, word: str, copy: Path, run: Run) -> None:
    assert run("set", id, f"{word}=基教科", "--data", str(copy)).code == 0
    [item] = [json.loads(run("show", id, "--format", "json", "--data", str(copy)).out)]
    assert item["lead_departments"] == ["基教科"]


@pytest.mark.parametrize("word", ["配合科室", "配合单位", "协助单位", "责任部门（配合）", "Support"])
@pytest.mark.parametrize("to", ["进一步优化资源配置", "task"])
def test_who_supports_is_added_by_every_heading(to: str, word: str, copy: Path, run: Run) -> None:
    ran = run("add", "--to", to, "校园足球", f"{word}=社体科", "--dry-run", "--data", str(copy))
    assert ran.code == 0, ran.err
    assert "supporting_departments:" in ran.out


@pytest.mark.parametrize("spoken", get_args(Language))
def test_no_heading_of_a_list_or_of_show_is_unknown_to_set(spoken: str, speak: Speak, copy: Path, run: Run) -> None:
    speak(spoken)
    models: dict[str, type[EntryFields]] = {"point-4": WorkPoint, "task-1": LedgerRow, "scheme-1": LedgerRow}
    for ref, model in models.items():
        shown = csv.reader(io.StringIO(run("show", ref, "--format", "csv").out))
        others = {key for key, field in ENTRY.items() if field.source != "derived"} - model.model_fields.keys()
        elsewhere = {heading for key in others for heading in ENTRY[key].list_headings}
        for heading in {*head(run, "list"), *(row[0] for row in list(shown)[1:] if row[0])} - elsewhere:
            said = run("set", ref, f"{heading}=", "--dry-run", "--data", str(copy)).err
            assert "There is no field" not in said, heading
            assert "这一栏目" not in said, heading


def test_a_role_is_set_by_its_printed_heading(tmp_path: Path, run: Run) -> None:
    data = Path(shutil.copytree(LEDGERS / "bodies" / "livelihood", tmp_path / "data"))
    for word in ("项目责任人", "persons.项目责任人"):
        ran = run("set", "item-1", f"{word}=庚某", "--data", str(data))
        assert ran.code == 0, ran.err
    [item] = [json.loads(run("show", "item-1", "--format", "json", "--data", str(data)).out)]
    assert {"role": "项目责任人", "name": "庚某"} in item["persons"]
