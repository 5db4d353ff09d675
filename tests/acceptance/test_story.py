"""The story of one year: the notice is issued, reports come in each quarter, a deadline is extended, the ☆ items are
closed out, and what is open goes on in 2021."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import DATA
from reformledger import load_book
from reformledger.audit.run import audit
from reformledger.cli.run import run
from reformledger.model.life import Light, Status
from reformledger.standing import standings

STARS = ["task-1", "scheme-1", "scheme-3", "scheme-4", *(f"pilot-{n}" for n in range(2, 7))]
"""The nine ☆ without a condition; the tenth is pilot-7's, met by its first batch."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def test_story_of_one_year(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def command(*arguments: str) -> str:
        code = run(arguments)
        captured = capfd.readouterr()
        assert code == 0, captured.err
        return captured.out

    def status(ref: str, day: date) -> Status:
        book = load_book(data)
        return standings(book, day).of(book.find(ref)).status

    # Second quarter: work has begun.
    command(
        "progress",
        "point-4",
        "--text",
        "2所公办幼儿园开工",
        "--percent",
        "25",
        "--by",
        "基教科",
        "--target",
        "公办幼儿园=0",
        "--date",
        "2020-06-30",
    )
    command(
        "progress",
        "task-1",
        "--text",
        "修订合作协议",
        "--percent",
        "10",
        "--weak",
        "--by",
        "职成高教科",
        "--date",
        "2020-06-30",
    )
    assert status("point-4", date(2020, 7, 1)) is Status.UNDER_WAY
    book = load_book(data)
    assert standings(book, date(2020, 7, 1)).of(book.find("task-1")).light is Light.YELLOW
    assert "task-1" in command("due", "--as-of", "2020-07-01", "--department", "职成高教科")

    # Third quarter: 3 of 4.
    command(
        "progress",
        "point-4",
        "--text",
        "3所完工",
        "--percent",
        "75",
        "--target",
        "公办幼儿园=3",
        "--evidence",
        "竣工验收单",
        "--date",
        "2020-09-30",
    )
    assert "3/4所" in command("show", "point-4")
    assert "3/4所" in command("stats")

    # Fourth quarter: pilot-2 is extended before its deadline, the others are closed out on evidence.
    command(
        "extend",
        "pilot-2",
        "--to",
        "2021年6月底前",
        "--reason",
        "疫情影响，试点学校推迟开学",
        "--approved-by",
        "谢强",
        "--date",
        "2020-11-20",
    )
    assert status("pilot-2", date(2021, 1, 1)) is not Status.OVERDUE
    for number, entry_id in enumerate(star for star in STARS if star != "pilot-2"):
        command(
            "close",
            entry_id,
            "--evidence",
            f"销账材料〔2020〕{number}号",
            "--approved-by",
            "谢强",
            "--date",
            "2020-12-20",
        )
    command("close", "pilot-7", "--phase", "第一批", "--evidence", "第一批试点验收报告", "--date", "2020-12-25")
    command("close", "point-4", "--evidence", "4所竣工验收单", "--date", "2020-12-28")
    book = load_book(data)
    met = [entry.id for entry in book.entries if entry.star_closed]
    assert met == [star for star in STARS if star != "pilot-2"] + ["pilot-7"]
    assert book.find("pilot-7").closing is None

    # January: what is open goes on, with the findings of the check that were there before, and no other.
    before = {(finding.code, ref) for finding in audit(book, date(2021, 1, 4)).findings for ref in finding.beside}
    command("rollover", "2021")
    after = load_book(data)
    for finding in audit(after, date(2021, 1, 4)).findings:
        concerned = finding.ref or ""
        assert (finding.code, after.find(concerned).data.carried_over_from or concerned) in before
    carried = {entry.data.carried_over_from: entry for entry in after.entries if entry.year == 2021}
    assert len(carried) == 33 - 8 - 1
    assert "2020/point-4" not in carried
    assert "2020/task-1" not in carried
    for ref, entry in carried.items():
        assert ref is not None
        old = after.get(ref)
        assert old is not None
        assert standings(after, date(2021, 1, 4)).of(old).status is Status.CARRIED_OVER
        assert entry.data.star is None
    # Only pilots 1, 2 and 7 are open of the pilots: they are renumbered, and pilot-7's second batch counts now.
    pilot = carried["2020/pilot-7"]
    assert pilot.id == "pilot-3"
    assert pilot.deadline is not None
    assert pilot.deadline.wording == "2021"
    assert [phase.closed is not None for phase in pilot.phases] == [True, False, False]
    contact = after.contact(pilot)
    assert contact is not None
    assert contact.name == "王影"
    # point-4 is done: those after it move up, and rows still name the same point.
    assert carried["2020/point-15"].id == "point-14"
    assert after.implemented_refs(pilot) == ["2021/point-14"]
    assert after.implemented_refs(carried["2020/review-1"]) == ["2021/point-11"]
    assert command("list", "--year", "2021", "--star") == command("list", "--search", "无此一词")
