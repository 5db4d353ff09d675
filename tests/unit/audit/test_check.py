"""``check`` and ``explain``: exit codes, selection, acknowledgements, and the forms of the findings."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import ROOT, Run, speak
from reformledger.audit import rules
from reformledger.audit.page import FOLDER, page
from reformledger.audit.rule import all_rules
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.views.content.findings import findings_lines
from reformledger.views.wrap import width
from texts import LEDGER_HEAD

AS_OF = ("--as-of", "2020-10-01")
Write = Callable[[str, str], Path]
CLEAN = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 任务
"""
)
STARRED = CLEAN + "            due: 长期坚持\n            star: ☆\n"
"""RL402, a warning, in line 11."""
NOTED = CLEAN.replace("rows:", "columns: {title: 任务, star: 备注}\n        rows:") + "            star: ☆\n"
"""RL405, a note."""


# Exit codes and selection


def test_nothing_found_is_said_and_succeeds(run: Run, write: Write) -> None:
    done = run("check", str(write("ledger_2020.yaml", CLEAN)))
    assert (done.code, done.out) == (0, "Nothing found.\n")


def test_shipped_data_fail(run: Run) -> None:
    assert run("check", *AS_OF).code == 1


def test_warning_fails(run: Run, write: Write) -> None:
    assert run("check", str(write("ledger_2020.yaml", STARRED))).code == 1


def test_note_alone_does_not_fail(run: Run, write: Write) -> None:
    done = run("check", str(write("ledger_2020.yaml", NOTED)))
    assert done.code == 0
    assert "RL405 note" in done.out


def test_data_option_names_the_files_too(run: Run, write: Write) -> None:
    assert run("check", "--data", str(write("ledger_2020.yaml", STARRED))).code == 1


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (("--select", "RL5"), {"RL501", "RL502", "RL503", "RL505"}),
        (("--select", "RL501,RL303"), {"RL501", "RL303"}),
        (("--select", "rl501，ＲＬ３０３"), {"RL501", "RL303"}),
        (("--select", "RL501", "--select", "RL3", "--ignore", "RL301,RL302"), {"RL501", "RL303", "RL304"}),
        (("--severity", "error"), set()),
        (("--severity", "警告", "--select", "RL2,RL4"), {"RL401"}),
    ],
)
def test_only_what_is_selected_is_listed(options: tuple[str, ...], codes: set[str], run: Run) -> None:
    done = run("check", *AS_OF, "--format", "json", *options)
    assert {item["code"] for item in json.loads(done.out)["items"]} == codes
    assert done.code == (1 if codes else 0)


@pytest.mark.parametrize("options", [("--select", "RL77"), ("--ignore", "X"), ("--severity", "bad"), ("-f", "csv")])
def test_unknown_word_is_wrong_usage(options: tuple[str, ...], run: Run) -> None:
    done = run("check", *options)
    assert (done.code, done.out) == (2, "")


# Acknowledgements


ACKNOWLEDGED = STARRED + "            acknowledged:\n              RL402: 经请示按原文\n"


def test_acknowledged_finding_is_not_listed_and_does_not_fail(run: Run, write: Write) -> None:
    done = run("check", str(write("ledger_2020.yaml", ACKNOWLEDGED)))
    assert done.code == 0
    assert "RL402" not in done.out
    assert "acknowledged: 1" in done.out


def test_all_lists_it_with_the_reason(run: Run, write: Write) -> None:
    done = run("check", "--all", str(write("ledger_2020.yaml", ACKNOWLEDGED)))
    assert done.code == 0
    assert "RL402" in done.out
    assert "acknowledged: 经请示按原文" in done.out


def test_acknowledgement_of_a_rule_that_does_not_run_is_not_judged(run: Run, write: Write) -> None:
    path = write("ledger_2020.yaml", CLEAN + "            acknowledged: {RL402: 经请示按原文}\n")
    assert run("check", str(path)).code == 1
    assert run("check", "--ignore", "RL402", str(path)).code == 0


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("    count: 3个\n", "RL101"),
        ("    notes: [标“☆”表示需要2019年完成销账]\n", "RL407"),
    ],
)
def test_what_a_heading_says_is_acknowledged_beside_the_first_entry_below(
    fault: str, code: str, run: Run, write: Write
) -> None:
    text = CLEAN.replace("  - title: 表\n", f"  - title: 表\n{fault}")
    assert code in run("check", str(write("ledger_2020.yaml", text))).out
    done = run("check", str(write("ledger_2020.yaml", text + f"            acknowledged: {{{code}: 按原文}}\n")))
    assert (done.code, done.out.count("\n")) == (0, 1)
    other = "  - {title: 另一表, tables: [{id_prefix: b, rows: [{id: b-1, title: 乙, acknowledged: {%s: 按原文}}]}]}\n"
    assert run("check", str(write("ledger_2020.yaml", text + other % code))).code == 1


# Other bodies


@pytest.mark.parametrize("name", ["district_table", "monthly_report", "no_rows_yet", "blank_values", "contacts"])
def test_ledger_of_another_body_is_left_in_peace(name: str, run: Run) -> None:
    file = ROOT / "tests" / "ledgers" / "reading" / "good" / f"{name}.yaml"
    assert run("check", str(file), "--as-of", "2024-01-15").out == "Nothing found.\n"


# Files that cannot be read


def test_faults_of_reading_take_the_form_of_findings(run: Run, write: Write) -> None:
    path = write("ledger_2020.yaml", CLEAN.replace("title: 任务", "titel: 任务"))
    done = run("check", str(path))
    assert done.code == 1
    assert re.search(r"ledger_2020\.yaml:10:13: RL000 error: Unknown key “titel”", done.out)
    assert "    10 | titel: 任务\n       | ^\n" in done.out


def test_faults_are_findings_in_json(run: Run, write: Write) -> None:
    path = write("ledger_2020.yaml", "kind: ledger\nyear: 20\n")
    items = json.loads(run("check", "-f", "json", str(path)).out)["items"]
    assert {(item["code"], item["severity"]) for item in items} == {("RL000", "error")}


def test_no_line_is_shown_of_a_file_in_another_encoding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2020.yaml"
    path.write_bytes(CLEAN.encode("gbk"))
    done = run("check", str(path))
    assert done.code == 1
    assert "GB18030" in done.out
    assert "\N{REPLACEMENT CHARACTER}" not in done.out
    assert "^" not in done.out


def test_missing_file_is_a_finding_without_a_line(run: Run, tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "nowhere.yaml"))
    assert done.code == 1
    assert "nowhere.yaml: RL000 error: There is no such file." in done.out


def test_faulty_file_is_not_cut_short_by_select(run: Run, write: Write) -> None:
    assert run("check", "--select", "RL101", str(write("ledger_2020.yaml", "kind: ledger\n"))).code == 1


# JSON


def test_json_has_the_keys_of_the_contract(run: Run, write: Write) -> None:
    found = json.loads(run("check", "-f", "json", str(write("ledger_2020.yaml", STARRED))).out)
    assert list(found) == ["items", "totals"]
    assert found["totals"] == {"error": 0, "warning": 1, "note": 0, "acknowledged": 0}
    (item,) = found["items"]
    place = ["file", "line", "column", "end_column"]
    assert list(item) == ["code", "severity", "message", *place, "ref", "related", "acknowledged"]
    assert (item["code"], item["line"], item["column"], item["end_column"]) == ("RL402", 11, 18, 22)
    assert (item["ref"], item["acknowledged"]) == ("2020/task-1", None)
    assert [list(related) for related in item["related"]] == [["word", *place]]


# Text


def _cells(text: str, start: int, end: int) -> str:
    """Return what stands in the cells from ``start`` to ``end`` of a line."""
    used, found = 0, ""
    for character in text:
        if start <= used < end:
            found += character
        used += width(character)
    return found


def _excerpts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line of a file that is shown, and what its carets stand under."""
    for source, carets in pairwise(lines):
        if re.fullmatch(r" {6} \| +\^+", carets):
            start = width(carets) - carets.count("^")
            yield source, _cells(source, start, width(carets))


@pytest.mark.parametrize("room", [40, 60, 80, 200])
@pytest.mark.parametrize("indent", ["", "  "])
def test_carets_stand_under_what_is_wrong(room: int, indent: str, book: Book) -> None:
    findings = audit(book, date(2020, 10, 1), [rule for rule in all_rules() if rule.code == "RL304"])
    lines = ["".join(text for text, _style in line) for line in findings_lines(findings, room)]
    marked = [under for _source, under in _excerpts(lines)]
    assert len(marked) == 2
    for finding, under in zip(findings.findings, marked, strict=True):
        place = finding.place
        assert place.end_column is not None
        whole = place.source[place.column - 1 : place.end_column - 1]
        assert under == whole or (under.endswith("…") and whole.startswith(under[:-1]) and len(under) > 8)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("room", [40, 80])
def test_no_line_is_wider_than_the_terminal(
    room: int, language: str, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:

    speak(monkeypatch, language)
    try:
        report = audit(book, date(2020, 10, 1))
        lines = ["".join(text for text, _style in line) for line in findings_lines(report, room)]
    finally:
        speak(monkeypatch, "en")
    assert [line for line in lines if width(line) > room] == []


def test_phone_is_hidden_in_the_line_that_is_shown(run: Run, write: Write) -> None:
    done = run("check", str(write("ledger_2020.yaml", CLEAN + "            remark: 请联系 133 0000 0000 \n")))
    assert "0000" not in done.out
    assert "remark: 请联系 *** **** ****" in done.out


def test_invisible_sign_is_shown_and_the_caret_follows_it(run: Run, write: Write) -> None:
    text = STARRED.replace("长期坚持", "\u200b长期坚持")
    done = run("check", str(write("ledger_2020.yaml", text)))
    assert [under for _source, under in _excerpts(done.out.splitlines())] == ["\\u200b长期坚持"]


# Pages and documents


@pytest.mark.parametrize("code", ["RL000", *(rule.code for rule in all_rules())])
def test_rule_is_explained_in_both_languages(code: str) -> None:
    english, chinese = page(code, "en"), page(code, "zh")
    assert english.text.isprintable() or "\n" in english.text
    assert re.search("[\u4e00-\u9fff]", chinese.title)
    assert english.wrong
    assert english.right


def test_every_page_has_its_rule() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {"RL000", *(rule.code for rule in all_rules())}


def test_explain_without_a_code_lists_every_rule(run: Run) -> None:
    done = run("explain")
    assert done.code == 0
    assert set(re.findall("RL[0-9]{3}", done.out)) == {"RL000", *(rule.code for rule in all_rules())}


def test_explain_tells_several(run: Run) -> None:
    done = run("explain", "rl101", "RL90")
    assert done.code == 0
    assert [line[:5] for line in done.out.splitlines() if re.match("RL[0-9]{3} ", line)] == [
        "RL101",
        "RL901",
        "RL902",
        "RL903",
    ]


def test_explain_names_what_declares_a_rule_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Declared away by: numbers: own\n" in run("explain", "RL801").out
    assert "Declared" not in run("explain", "RL802").out
    [item] = json.loads(run("explain", "RL602", "-f", "json").out)
    assert item["declared_by"] == ["independent: true"]
    speak(monkeypatch, "zh")
    assert "声明后不再查：numbers: own\n" in run("explain", "RL801").out


@pytest.mark.parametrize("advice", ["star: ☆", "marks: {★: …}"])
def test_what_the_finding_of_a_lone_mark_advises_silences_it(advice: str, run: Run, write: Write) -> None:
    marked = CLEAN.replace("任务", "★任务")
    assert advice in run("check", str(write("ledger_2020.yaml", marked))).out.replace("\n", " ")
    advised = marked + "            star: ☆\n" if advice.startswith("star") else f"{advice}\n{marked}"
    assert "RL406" not in run("check", str(write("ledger_2020.yaml", advised))).out


def test_explain_names_the_nearest_of_an_unknown_code(run: Run) -> None:
    done = run("explain", "RL099")
    assert done.code == 2
    assert "RL0" in done.err


# No rule knows 2020


def _words_of_the_rules() -> Iterator[str]:
    """Yield every text in the code of the rules that is no documentation."""
    folder = Path(rules.__path__[0])
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                yield node.value


def test_no_rule_knows_a_name_id_or_number_of_2020(book: Book) -> None:
    known = {name for entry in book.entries for _role, name in (*entry.leader_roles(), *entry.department_roles())}
    known |= {entry.row.document_number for entry in book.entries if entry.row and entry.row.document_number}
    known |= {name.name for name in book.directory.names}
    known |= {entry.id for entry in book.entries}
    known |= {entry.data.title for entry in book.entries}
    assert [word for word in _words_of_the_rules() if any(name in word for name in known)] == []


@pytest.mark.parametrize("command", [["check"], ["list", "--sort", "id", "--data"]], ids=" ".join)
def test_a_number_longer_than_python_reads_is_no_number(command: list[str], run: Run, write: Write) -> None:
    digits = "9" * 5000
    row = f"{{id: task-{digits}, number: {digits}, title: 甲}}"
    part = f"title: 表, count: {digits}个, tables: [{{id_prefix: task, rows: [{row}]}}]"
    path = write("ledger_2020.yaml", f"kind: ledger\nyear: 2020\ntitle: 台账\nparts: [{{{part}}}]\n")
    ran = run(*command, str(path))
    assert (ran.code, ran.err) == (0, "")
