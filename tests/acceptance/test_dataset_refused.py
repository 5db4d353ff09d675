"""What a data set cannot answer is refused in one sentence, with the command that can."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

from asked import UNKNOWN, read_and_opened_once
from conftest import LEDGERS, Ran, Run
from provinces import BROKEN, CONTACT, contacts, lay
from reformledger.cli.app import command

DAY = "2022-09-15"


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which commands are given: bodies, of which one has contacts and one is broken."""
    root = tmp_path_factory.mktemp("refused")
    shutil.copytree(LEDGERS / "bodies", root / "bodies")
    lay(root / "bodies" / "教育局", "任务")
    (root / "bodies" / "教育局" / "contacts_2020.yaml").write_text(contacts(), encoding="utf-8")
    lay(root / "bodies" / "坏", "任务")
    (root / "bodies" / "坏" / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def asked_there(run: Run, bodies: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(bodies)
    with read_and_opened_once(monkeypatch):
        if not (bodies / "set").is_dir():
            run("gather", *map(str, sorted(Path("bodies").iterdir())), "--to", "set", "--as-of", DAY)
        yield


def refused(ran: Ran, sentence: str) -> str:
    """Return what is said to do where a question is refused, and nothing printed."""
    assert (ran.code, ran.out) == (2, "")
    *_before, said = ran.err.splitlines()
    assert said.startswith(sentence), said
    return said.removeprefix(sentence).strip()


def typed(run: Run, advice: str) -> Ran:
    """Run the command that an advice names, as a shell would."""
    words = shlex.split(advice[advice.index("reformledger ") :])[1:]
    return run(*(name for word in words for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])))


@pytest.mark.parametrize("asked", [["list", "--star"], ["stats"]])
def test_another_day_is_refused_with_the_gathering_that_makes_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲 县", "乙县"):
        lay(tmp_path / "counties" / name, "任务")
    run("gather", "counties/甲 县", "counties/乙县", "--to", "all", "--as-of", "2020-05-01")
    question = [*asked, "--data", "all", "--as-of", "2020年4月1日"]
    advice = refused(run(*question), "The data set is of 2020-05-01, and says nothing of 2020-04-01.")
    assert advice.startswith("Make it anew for that day: reformledger gather ")
    assert typed(run, advice).code == 0
    assert run(*question).code == 0


def test_a_day_without_its_year_is_of_the_newest_of_the_data_set(run: Run) -> None:
    assert run("list", "--data", "set", "--as-of", "9月15日", "--body", "committee", "-f", "json").code == 0
    refused(
        run("list", "--data", "set", "--as-of", "9月15日", "--body", "court"),
        "The data set is of 2022-09-15, and says nothing of 2024-09-15.",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--reveal-contacts"],
        ["--where", f"联系人={CONTACT}"],
        ["--where", "contact="],
        ["--where", f"电话={UNKNOWN}", "--where", "title=任务"],
        ["--columns", "contact"],
        ["--columns", "id,联系电话", "-f", "csv"],
        ["--sort", "联系人"],
        ["--sort", "status,-contact"],
        ["--leader", "李四", "--columns", "contact"],
        ["--department", "教育科", "--where", "联系人="],
    ],
)
def test_contacts_are_refused_with_the_question_to_files(run: Run, words: list[str]) -> None:
    advice = refused(run("list", *words, "--data", "set"), "Contacts are in no data set.")
    of_files = typed(run, advice)
    assert (of_files.code, of_files.err) == (0, "")
    folder = advice.rsplit(" ", 1)[1].strip("'")
    assert of_files == run("list", *words, "--data", folder, "--as-of", DAY)


def test_a_search_finds_no_contact_and_all_else(run: Run) -> None:
    asked = ("list", "--as-of", DAY, "-f", "csv", "--columns", "title")
    assert CONTACT in run("list", "--as-of", DAY, "--data", "bodies/教育局", "--columns", "contact").out
    assert run(*asked, "--data", "set", "--search", CONTACT).out.split() == ['"Title"']
    assert run(*asked, "--data", "set", "--search", "已开会").out.split() == ['"Title"', '"任务"']


@pytest.mark.parametrize(
    "words",
    [["-f", "ics"], ["-o", "days.ics"], ["-o", "days.ics", "--remind", "7d"], ["-o", "days.ics", "--kind", "pilot"]],
)
def test_calendars_are_refused_with_the_question_to_files(run: Run, bodies: Path, words: list[str]) -> None:
    asked = run("list", *words, "--data", "set")
    assert not (bodies / "days.ics").exists()
    of_files = typed(run, refused(asked, "Calendars are made of files, not of a data set."))
    assert of_files.code == 0
    made = bodies / "days.ics"
    assert "BEGIN:VCALENDAR" in (made.read_text(encoding="utf-8") if made.exists() else of_files.out)
    made.unlink(missing_ok=True)


def test_what_is_asked_of_a_broken_body_is_sent_to_its_files(run: Run) -> None:
    advice = refused(run("list", "--reveal-contacts", "--data", "set", "--body", "坏"), "Contacts are in no data set.")
    assert advice.endswith("--data 'bodies/坏'")
    ran = typed(run, advice)
    assert ran.err.startswith("bodies/坏/ledger_2020.yaml:3:8: ")


@pytest.mark.parametrize("name", ["list", "stats"])
def test_only_a_data_set_has_bodies(run: Run, name: str) -> None:
    advice = refused(run(name, "--data", "bodies/tax", "--body", "tax"), "Only a data set has bodies (--body).")
    assert advice == "Name one: --data FOLDER, as gather made it."


@pytest.mark.parametrize("name", ["list", "stats"])
def test_an_unknown_body_is_refused_with_the_nearest(run: Run, name: str) -> None:
    for word, advice in (
        ("cuort", "Did you mean court?"),
        ("教育居", "Did you mean 教育局?"),
        ("查无", "“reformledger stats” counts for all names."),
    ):
        ran = run(name, "--data", "set", "--body", "tax", "--body", word)
        assert refused(ran, f"There is no body “{word}” here.") == advice


@pytest.mark.parametrize("name", ["list", "stats"])
@pytest.mark.parametrize("paths", [["set", "bodies/tax"], ["bodies/tax/ledger_2023.yaml", "set"]])
def test_a_data_set_is_asked_by_itself(run: Run, name: str, paths: list[str]) -> None:
    ran = run(name, *(word for path in paths for word in ("--data", path)))
    assert refused(ran, "A data set is asked by itself: --data names something else, too.") == ""
    assert run(name, "--data", "set", "--data", "./set") == run(name, "--data", "set")


WORDS = {
    "show": ["task-1"],
    "annex": ["-o", "附件.docx"],
    "board": ["-o", "board.html"],
    "send": ["--to", "sent"],
    "take": ["bodies/tax/ledger_2023.yaml"],
    "progress": ["task-1", "--text", "好"],
    "waive": ["task-1", "--for", "6月", "--reason", "好"],
    "close": ["task-1", "--evidence", "好"],
    "reopen": ["task-1", "--reason", "好"],
    "extend": ["task-1", "--to", "2030", "--reason", "好"],
    "set": ["task-1", "remark=好"],
    "add": ["好", "--to", "task"],
    "remove": ["task-1", "--reason", "好"],
    "rollover": ["2023"],
}
"""What the commands want that do nothing without a word."""
OTHERS = [
    name
    for name, each in ((name, command(name).commands[name]) for name in command(None).commands)
    if any(param.name == "data" for param in each.params) and name not in {"list", "stats", "merge-driver"}
]


@pytest.mark.parametrize("name", OTHERS)
def test_each_other_command_says_what_this_is_and_writes_nothing(run: Run, bodies: Path, name: str) -> None:
    before = sorted(bodies.rglob("*"))
    ran = run(name, *WORDS.get(name, []), "--data", "set")
    assert ran.code in {1, 2}
    said = [line for line in (ran.err + ran.out).splitlines() if re.search("[a-z]", line)]
    assert "Traceback" not in ran.err
    assert sorted(bodies.rglob("*")) == before
    assert "This is a data set of many bodies, which “list” and “stats” ask." in said[0]
    assert said[0].endswith("Name the folder of one body: --data FOLDER.")
    assert len(said) == (2 if name == "check" else 1)  # which counts its findings, too
