"""``draft`` as it is typed: where it writes, what it refuses, what it says, and that nothing is lost or shown."""

from __future__ import annotations

import json
import os
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, NOTICE, Ran, speak
from reformledger.cli.run import run as run_command
from reformledger.text.masking import mask_phones

Command = Callable[..., Ran]
LIST = """\
某县2023年重点任务清单

序号,工作任务,牵头单位,完成时限
1,建成三所幼儿园,教体局,2023年6月底前
2,改造老旧小区,住建局,2023年12月底前
"""
WRITTEN = ["account.json", "contacts_2020.yaml", "ledger_2020.yaml", "questions.md", "workpoints_2020.yaml"]


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in a folder with the notice and a list of another body."""
    (tmp_path / "notice.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ran:
        code = run_command(arguments)
        return Ran(code, *capfd.readouterr())

    return call


def held(folder: str | Path = ".") -> list[str]:
    return sorted(file.name for file in Path(folder).iterdir())


def answer(ran: Ran) -> Any:
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_notice_becomes_a_folder_that_answers_questions(draft: Command) -> None:
    done = draft("draft", "notice.txt")
    assert (done.code, done.err) == (0, "")
    assert held("draft_2020") == [".gitignore", *WRITTEN]
    commands = [word.split("”")[0] for word in done.out.split("“reformledger ")[1:]]
    assert commands == ["check draft_2020", "list --data draft_2020"]
    assert "none are left out" in done.out
    assert draft(*shlex.split(commands[1])).out.count("point-") == 15
    assert draft(*shlex.split(commands[0])).code in {0, 1}
    assert draft("list", "--due", "2020", "--data", "draft_2020", "-f", "json").code == 0


def test_the_answer_for_programs_has_all_of_it(draft: Command) -> None:
    found = answer(draft("draft", "notice.txt", "-f", "json"))
    assert (found["year"], found["folder"]) == (2020, "draft_2020")
    assert {item["file"]: item["entries"] for item in found["items"]} == {
        "workpoints_2020.yaml": 15,
        "ledger_2020.yaml": 18,
        "contacts_2020.yaml": 7,
    }
    assert found["totals"]["questions"] == len(found["questions"])
    assert sum(found["totals"]["characters"].values()) == len(NOTICE.read_text(encoding="utf-8"))
    kept = json.loads(Path("draft_2020/account.json").read_text(encoding="utf-8"))
    assert kept["questions"] == found["questions"]
    assert kept["sources"][0]["totals"] == found["totals"]["characters"]
    assert (found["known"], found["new"], found["missing"]) == (None, None, None)


@pytest.mark.parametrize("format", ["table", "json", "csv", "md", "xlsx", "docx", "html"])
def test_every_format_is_written(draft: Command, format: str) -> None:
    assert draft("draft", "list.csv", "-f", format, "-o", f"answer.{format.replace('table', 'txt')}").code == 0
    assert Path(f"answer.{format.replace('table', 'txt')}").stat().st_size > 0
    assert "ledger_2023.yaml" in held("draft_2023")


def test_phones_are_in_the_contacts_alone(draft: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    printed = draft("draft", "notice.txt", "-f", "json").out
    texts = {file.name: file.read_text(encoding="utf-8") for file in Path("draft_2020").iterdir()}
    contacts = texts.pop("contacts_2020.yaml")
    assert "18808140946" in contacts
    assert all(mask_phones(text) == text for text in (printed, *texts.values()))
    assert texts[".gitignore"].splitlines() == ["contacts_2020.yaml", ".reformledger*", "*displaced-*"]


@pytest.mark.parametrize("format", ["table", "json"])
def test_no_number_is_in_the_open_whatever_field_it_is_printed_in(draft: Command, format: str) -> None:
    numbers = ["0812-3335678", "13800138000", "（0817）2233445", "62345679", "2501234"]
    Path("list.csv").write_text(
        "某县2023年重点任务清单\n序号,工作任务,牵头单位,完成时限,备注,承办\n"
        "1,建成三所幼儿园,教体局,2023年6月底前,王芳 0812-3335678 手机13800138000,赵 云（0817）2233445\n"
        "2,改造老旧小区（电话62345679）,住建局,2023年12月底前,0838 2501234转8012,投入13800000000元\n"
        "联系人：马超　联系电话：0812-3335678,,,,,\n",
        encoding="utf-8",
    )
    done = draft("draft", "list.csv", "-f", format)
    assert done.code == 0
    texts = {file.name: file.read_text(encoding="utf-8") for file in Path("draft_2023").iterdir()}
    texts.pop("contacts_2023.yaml", None)
    assert [number for number in numbers for text in (done.out, done.err, *texts.values()) if number in text] == []
    assert "改造老旧小区\n" in texts["ledger_2023.yaml"]
    assert "投入13800000000元" in texts["ledger_2023.yaml"]
    assert "081*-***5678" in texts["questions.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_contacts_are_their_owners_alone(draft: Command) -> None:
    old = os.umask(0o022)
    try:
        assert draft("draft", "notice.txt").code == 0
    finally:
        os.umask(old)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in Path("draft_2020").iterdir()}
    assert modes.pop("contacts_2020.yaml") == 0o600
    assert set(modes.values()) == {0o644}


def test_a_folder_that_holds_anything_is_left_as_it_is(draft: Command) -> None:
    Path("there").mkdir()
    Path("there/.note").write_text("mine", encoding="utf-8")
    refused = draft("draft", "notice.txt", "--to", "there")
    assert refused.code == 2
    assert "there holds something already" in refused.err
    assert held("there") == [".note"]
    (word,) = [word for word in shlex.split(refused.err) if word.startswith("there-")]
    assert draft("draft", "notice.txt", "--to", word).code == 0
    assert held(word) == [".gitignore", *WRITTEN]


def test_a_second_draft_does_not_replace_the_first(draft: Command) -> None:
    assert draft("draft", "list.csv").code == 0
    before = {file: file.read_bytes() for file in Path("draft_2023").iterdir()}
    again = draft("draft", "list.csv")
    assert again.code == 2
    assert "--to draft_2023-2" in again.err
    assert {file: file.read_bytes() for file in Path("draft_2023").iterdir()} == before


def test_a_live_data_folder_is_never_written_into(draft: Command) -> None:
    before = {file: file.read_bytes() for file in DATA.iterdir()}
    assert draft("draft", "notice.txt", "--to", str(DATA)).code == 2
    assert {file: file.read_bytes() for file in DATA.iterdir()} == before


def test_the_working_folder_is_proposed_under_a_name(draft: Command) -> None:
    refused = draft("draft", "list.csv", "--to", ".")
    assert refused.code == 2
    assert "--to draft-2" in refused.err


def test_an_empty_folder_may_be_there(draft: Command) -> None:
    Path("empty").mkdir()
    assert draft("draft", "list.csv", "--to", "empty").code == 0
    assert "ledger_2023.yaml" in held("empty")


def test_what_is_no_folder_is_refused(draft: Command) -> None:
    for word in ("list.csv", "list.csv/within"):
        refused = draft("draft", "list.csv", "--to", word)
        assert refused.code == 2
        assert "list.csv is a file" in refused.err
        assert "--to list.csv-2" in refused.err
    assert Path("list.csv").read_text(encoding="utf-8") == LIST


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0", ".docx"),
        ("old.xls", b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("scan.pdf", b"%PDF-1.4", ".txt"),
        ("gbk.txt", "关于印发2020年工作要点的通知".encode("gb18030") * 20, "--encoding gb18030"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_before_anything_is_written(
    draft: Command, name: str, content: bytes, said: str
) -> None:
    Path(name).write_bytes(content)
    before = held()
    refused = draft("draft", "notice.txt", name, "missing.txt")
    assert refused.code == 2
    assert said in refused.err
    assert f"{name}: " in refused.err
    assert "missing.txt: " in refused.err
    assert held() == before


def test_the_encoding_that_is_named_is_the_one_to_type(draft: Command) -> None:
    Path("gbk.txt").write_bytes(NOTICE.read_text(encoding="utf-8").encode("gb18030"))
    assert draft("draft", "gbk.txt", "--encoding", "gb18030").code == 0
    plain = draft("draft", "notice.txt", "--to", "plain")
    assert plain.code == 0
    assert Path("plain/ledger_2020.yaml").read_bytes() == Path("draft_2020/ledger_2020.yaml").read_bytes()


def test_an_encoding_that_is_not_needed_is_refused(draft: Command) -> None:
    refused = draft("draft", "notice.txt", "--encoding", "gb18030")
    assert refused.code == 2
    assert "leave --encoding out" in refused.err
    assert draft("draft", "notice.txt").code == 0


@pytest.mark.parametrize("folder", ["草稿 2023", "d"])
@pytest.mark.parametrize("words", [LIST, "工作任务,牵头单位\n改造老旧小区,住建局\n"])
def test_the_command_on_the_page_of_questions_works(draft: Command, folder: str, words: str) -> None:
    Path("list.csv").write_text(words, encoding="utf-8")
    assert draft("draft", "list.csv", "--year", "2023", "--to", folder).code == 0
    page = Path(folder, "questions.md").read_text(encoding="utf-8")
    (command,) = [
        line.split("`reformledger ")[1].split("`")[0] for line in page.splitlines() if "`reformledger" in line
    ]
    assert draft(*shlex.split(command)).code in {0, 1}


def test_cells_may_be_parted_by_another_character(draft: Command) -> None:
    Path("list.csv").write_text(LIST.replace(",", ";"), encoding="utf-8")
    found = answer(draft("draft", "list.csv", "--separator", ";", "-f", "json"))
    assert [item["entries"] for item in found["items"] if item["kind"] == "ledger"] == [2]


def test_a_column_may_be_told(draft: Command) -> None:
    Path("list.csv").write_text(LIST.replace("牵头单位", "归口"), encoding="utf-8")
    assert draft("draft", "list.csv", "--column", "归口=牵头科室").code == 0
    assert "lead_departments" in Path("draft_2023/ledger_2023.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "directory"], "--kind"),
        (["--year", "1000"], "--year"),
        (["--column", "归口"], "--column"),
        (["--column", "牵头单位=Suport"], "Did you mean Support?"),
        (["--column", "牵头单位=bar"], "“bar” is no field"),
        (["--column", "牵头科室=牵头单位"], "Did you mean 牵头单位?"),
        (["-f", "ics"], "--format"),
        (["-o", "ledger_2023.yaml"], "not written over data"),
        (["--against", "nowhere"], "nowhere"),
    ],
)
def test_an_option_that_cannot_be_is_refused_before_anything_is_written(
    draft: Command, arguments: list[str], said: str
) -> None:
    before = held()
    refused = draft("draft", "list.csv", *arguments)
    assert refused.code in {1, 2}
    assert said in refused.err
    assert held() == before


def test_without_a_year_anywhere_it_is_asked_for(draft: Command) -> None:
    Path("list.csv").write_text("工作任务,牵头单位\n建成三所幼儿园,教体局\n", encoding="utf-8")
    refused = draft("draft", "list.csv")
    assert refused.code == 2
    assert "--year" in refused.err
    assert draft("draft", "list.csv", "--year", "2023").code == 0
    assert "ledger_2023.yaml" in held("draft_2023")


@pytest.mark.parametrize(
    ("name", "text", "options", "said"),
    [
        ("letter.txt", "2023年致全体家长的一封信\n\n今天下雨。\n", [], "neither numbered work points nor a table"),
        ("points.txt", "2020年工作要点\n", [], "neither numbered work points nor a table"),
        (
            "points.txt",
            "2020年工作要点\n\n1.建成三所幼儿园。\n\n2.改造小区。\n",
            ["--kind", "ledger"],
            "Leave --kind out",
        ),
        ("cut.csv", LIST.replace(",", "|"), [], "--separator '|'"),
        ("cut.csv", LIST, ["--separator", "tab"], "--separator ,"),
    ],
)
def test_what_holds_no_entry_is_refused(draft: Command, name: str, text: str, options: list[str], said: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    before = held()
    refused = draft("draft", name, *options)
    assert refused.code == 2
    assert f"{name}: " in refused.err
    assert said in refused.err
    assert held() == before


def test_a_source_without_what_all_are_said_to_be_is_named(draft: Command) -> None:
    Path("points.txt").write_text("2023年工作要点\n\n1.建成三所幼儿园。\n", encoding="utf-8")
    refused = draft("draft", "list.csv", "points.txt", "--kind", "ledger")
    assert refused.code == 2
    assert "points.txt: no table of tasks" in refused.err
    assert "list.csv" not in refused.err


def test_titles_of_two_years_are_no_draft(draft: Command) -> None:
    refused = draft("draft", "notice.txt", "list.csv")
    assert refused.code == 2
    assert "notice.txt: 2020" in refused.err
    assert "list.csv: 2023" in refused.err
    assert held() == ["list.csv", "notice.txt"]


@pytest.mark.parametrize("options", [["--separator", ";"], ["--encoding", "gb18030"]])
def test_an_option_for_other_files_is_refused(draft: Command, options: list[str]) -> None:
    Path("list.docx").write_bytes(b"")
    refused = draft("draft", "list.docx", *options)
    assert refused.code == 2
    assert f"Leave {options[0]} out" in refused.err


def test_against_the_ledger_that_it_became_nothing_changes(draft: Command) -> None:
    assert draft("draft", "notice.txt").code == 0
    found = answer(draft("draft", "notice.txt", "--to", "again", "--against", "draft_2020", "-f", "json"))
    assert [known["ref"] for known in found["known"] if known["changes"]] == []
    assert len(found["known"]) == 33
    assert (found["new"], found["missing"]) == ([], [])


def test_against_a_ledger_changes_are_shown_with_their_command(draft: Command) -> None:
    assert draft("draft", "list.csv").code == 0
    text = LIST.replace("2023年6月底前", "2023年8月底前") + "3,新建两个公园,住建局,2023年底前\n"
    Path("list.csv").write_text(text, encoding="utf-8")
    done = draft("draft", "list.csv", "--to", "again", "--against", "draft_2023", "-f", "json")
    found = answer(done)
    (changed,) = [known for known in found["known"] if known["changes"]]
    assert [change["field"] for change in changed["changes"]] == ["due"]
    assert len(found["new"]) == 1
    (extension,) = changed["extensions"]
    assert extension == "reformledger extend 2023/task-1 --to 2023年8月底前 --reason … --late --data draft_2023"
    for command in (changed["command"], found["new"][0]["command"]):
        assert command.endswith(" --data draft_2023")
        assert draft(*shlex.split(command)[1:]).code == 0
    after = answer(draft("draft", "list.csv", "--to", "third", "--against", "draft_2023", "-f", "json"))
    assert [known for known in after["known"] if known["changes"]] == []
    assert after["new"] == []


def test_commands_name_no_data_that_are_read_anyway(draft: Command) -> None:
    assert draft("draft", "list.csv", "--to", "data").code == 0
    Path("list.csv").write_text(LIST.replace("2023年6月底前", "2023年5月底前"), encoding="utf-8")
    found = answer(draft("draft", "list.csv", "--to", "again", "--against", "data", "-f", "json"))
    (changed,) = [known for known in found["known"] if known["changes"]]
    assert changed["command"] == "reformledger set 2023/task-1 'due=2023年5月底前'"
    assert changed["extensions"] == []
    assert draft(*shlex.split(changed["command"])[1:]).code == 0
