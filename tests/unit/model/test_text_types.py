"""What each type of the model takes, whether it comes from a file or is built in code; faults never repeat inputs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from reformledger.model.documents import DOCUMENTS, DocumentKind, Table, validate_document
from reformledger.model.entries import LedgerRow, WorkPoint
from reformledger.model.text import (
    Count,
    Date,
    DeclaredName,
    Flag,
    Id,
    Key,
    Line,
    Name,
    Number,
    Percent,
    Ref,
    Text,
    Year,
    YearRef,
)

WIDE = "１２"
DIGITS = ["", "+1", "-1", "1_0", "1 0", "१२", "1e2", "0x1", "1,0", ",100", "1" * 5000]
DAYS = [
    "2020-6-3", "2020/06/03", "2020.6.3", "20200603", "2020年6月3日", "2020年06月03号", "２０２０年６月３日",
    "2020 年 6 月 3 日", " 2020-06-03\u200b", "2020/6/3 0:00", "2020-06-03 00:00:00",
]  # fmt: skip
TAKEN: list[tuple[Any, str, object]] = [
    (Count, "0", 0),
    (Count, "13", 13),
    (Count, "007", 7),
    (Count, WIDE, 12),
    (Count, " 1,500 ", 1500),
    (Count, "１，５００", 1500),
    (Percent, "0", 0),
    (Percent, "100", 100),
    (Percent, "050", 50),
    (Percent, "５０％", 50),
    (Percent, "85.0 %", 85),
    (Number, "85", 85),
    (Number, "6.2", 6.2),
    (Number, "0.5", 0.5),
    (Number, "1,234,567.50", 1234567.5),
    (Number, "６．２", 6.2),
    (Year, "2020", 2020),
    (Year, "1949", 1949),
    (Year, "２０２０年", 2020),
    (Flag, "true", True),
    (Flag, "false", False),
    (Date, "2020-02-29", date(2020, 2, 29)),
    *((Date, day, date(2020, 6, 3)) for day in DAYS),
    (Id, "point-4", "point-4"),
    (Id, "key-scheme-1", "key-scheme-1"),
    (Ref, "2019/task-2", "2019/task-2"),
    (YearRef, "2019/task-2", "2019/task-2"),
    (Key, "report_day", "report_day"),
    (Name, "李  艺", "李  艺"),
    (Name, "钒钛高新区（钒钛新城）社会管理局", "钒钛高新区（钒钛新城）社会管理局"),
    (Name, "各县(市、区)政府(管委会)", "各县(市、区)政府(管委会)"),
    (Name, "局（处、室；队）", "局（处、室；队）"),
    (DeclaredName, "各县、区人民政府", "各县、区人民政府"),
    (Line, "☆（第一批试点完成）", "☆（第一批试点完成）"),
    (Text, "第一段\n\t第二段😀", "第一段\n\t第二段😀"),
]
REFUSED: list[tuple[Any, list[object]]] = [
    (Count, [*DIGITS, "1.0", "1.", "一", 1.0, True, None, [], "1234567890"]),
    (Percent, [*DIGITS, "101", "101%", "50‰", "50.5", "50人", 101, -1, True]),
    (Number, [*DIGITS, "1.", ".5", "1.5.5", "NaN", "inf", "85%", "1500人次", "1,5", "1,5000", True]),
    (Year, [*DIGITS, "20", "02020", "20200", "1948", "2200", "0000", 20, 2020.0, True]),
    (Flag, ["True", "TRUE", "yes", "no", "on", "1", "0", "是", "", "true\n", " true", 1, 0]),
    (
        Date,
        [
            "86400", "20201301", "2020-W53-4", "2020-W53", "2020-12", "2021-02-29", "2020-13-01", "2020-6/30",
            "0000-01-01", "12020-12-31", "6月30日", "今天", "今年6月30日", "2020年6月", "2020-12-31 08:30",
            "", 86400, 0.0, datetime(2020, 12, 31, 1, 2, tzinfo=UTC),
        ],
    ),
    (Id, ["", "Point-4", "point_4", "point--4", "-4", "4", "point-", "任务1", "ｐoint-4", "point-4\n",
          "a/b", "point 4"]),
    (Ref, ["", "20/point-4", "2019/", "/point-4", "２０１９/task-2", "2019/task-2\n", "2019/2019/task-2"]),
    (YearRef, ["task-2", "2019/", "19/task-2", "2019/Task-2"]),
    (Key, ["", "Funding", "经费", "report-day", "_a", "1a", "a\n"]),
    (Name, ["", " ", "\u3000", "\u200b", "谢强、田龙", "谢强，田龙", "谢强,田龙", "谢强;田龙", "谢强；田龙",
            "谢\n强", "谢\t强", "谢强（、田龙", "谢强）、（田龙", "（甲、乙）、丙", "、（甲、乙）"]),
    (DeclaredName, ["", " ", "、", "各县、", "、区", "各县\n、区"]),
    (Line, ["", " ", "\u3000\xa0", "\u200b\ufeff", "一\n二", "一\n", "\t"]),
    (Text, ["", " \n ", "\u3000", "\u200b", 5, True, None, b"x"]),
]  # fmt: skip
# No text holds these, whichever of its types it is.
NO_TEXT = [
    "\x00", "\x01", "\x07", "\x0b", "\x0c", "\r", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\u2028", "\u2029",
    "\u202a", "\u202e", "\u2066", "\u2069", "\ud800", "\udfff",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "spelling", "value"), TAKEN, ids=lambda item: str(item)[:20])
def test_taken(kind: Any, spelling: str, value: object) -> None:
    taken = TypeAdapter(kind).validate_python(spelling)
    assert (taken, type(taken)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in REFUSED for value in values], ids=lambda item: repr(item)[:30]
)
def test_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind, config={"strict": True}).validate_python(value)


@pytest.mark.parametrize("kind", [Text, Line, Name], ids=["Text", "Line", "Name"])
@pytest.mark.parametrize("sign", NO_TEXT, ids=ascii)
def test_no_text_holds(kind: Any, sign: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(f"甲{sign}乙")


@pytest.mark.parametrize("sign", NO_TEXT, ids=ascii)
def test_no_text_of_a_model_built_in_code_holds(sign: str) -> None:
    with pytest.raises(ValidationError):
        LedgerRow(id="task-1", title=f"甲{sign}乙")


@pytest.mark.parametrize("sign", NO_TEXT, ids=ascii)
def test_no_key_that_a_person_chooses_holds(sign: str) -> None:
    with pytest.raises(ValidationError):
        LedgerRow(id="task-1", title="任务", acknowledged={f"甲{sign}": "理由"})
    with pytest.raises(ValidationError):
        Table(id_prefix="task", columns={f"a{sign}": "栏目"})


# Every model


def parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every model that its fields hold."""
    found = {model}
    waiting = [model]
    while waiting:
        for field in waiting.pop().model_fields.values():
            for part in _models_in(field.annotation):
                if part not in found:
                    found.add(part)
                    waiting.append(part)
    yield from found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


ALL = sorted({part for document in DOCUMENTS.values() for part in parts_of(document)}, key=lambda model: model.__name__)


def test_all_parts_are_looked_at() -> None:
    assert {"Workpoints", "LedgerRow", "Phase", "Extension", "Contact", "DirectoryEntry"} <= {m.__name__ for m in ALL}


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_every_model_is_strict_and_takes_nothing_unknown(model: type[BaseModel]) -> None:
    config = model.model_config
    assert (config["extra"], config["strict"], config["frozen"], config["hide_input_in_errors"]) == (
        "forbid",
        True,
        True,
        True,
    )


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_no_text_of_any_model_is_without_the_character_rule(model: type[BaseModel]) -> None:
    """Plain ``str`` would take NUL and lone surrogates."""
    schema = model.model_json_schema(mode="validation")
    properties = schema["properties"] if "properties" in schema else schema["$defs"][model.__name__]["properties"]
    for name, field in properties.items():
        for part in [field, *field.get("anyOf", []), field.get("items", {})]:
            if part.get("type") == "string":
                assert {"pattern", "enum", "const"} & part.keys(), (name, part)


# What a validation error says

PHONE = "18808140946"


def secrets() -> Iterator[tuple[DocumentKind, dict[str, object]]]:
    base: dict[str, object] = {"year": "2020", "title": "台账"}

    def ledger(**row: object) -> tuple[DocumentKind, dict[str, object]]:
        table = {"id_prefix": "task", "rows": [{"id": "task-1", "title": "任务", **row}]}
        return "ledger", {"kind": "ledger", **base, "parts": [{"title": "表", "tables": [table]}]}

    yield ledger(**{PHONE: "x"})
    for value in (PHONE + "\n", [PHONE + "、"], {"a": [PHONE]}):
        for key in ("number", "leaders", "due", "star", "phases", "progress", "closed", "columns", "acknowledged"):
            yield ledger(**{key: value})
    yield "contacts", {"kind": "contacts", "year": "2020", "contacts": {PHONE: {"phone": PHONE}}}
    yield "contacts", {"kind": "contacts", "year": "2020", "contacts": {"task-1": {"phone": [PHONE]}}}
    yield "contacts", {"kind": "contacts", "year": PHONE, "contacts": PHONE}
    yield "directory", {"kind": "directory", "names": [PHONE]}


@pytest.mark.parametrize(("kind", "data"), list(secrets()))
def test_a_validation_error_does_not_print_its_input(kind: DocumentKind, data: dict[str, object]) -> None:
    """A key is named, for without it nobody would find it; values may be personal."""
    with pytest.raises(ValidationError) as caught:
        validate_document(data, kind)
    where = {str(step) for detail in caught.value.errors() for step in detail["loc"]}
    if PHONE not in where:
        assert PHONE not in str(caught.value)


def test_a_year_of_any_length_is_a_fault_and_no_traceback() -> None:
    with pytest.raises(ValidationError):
        validate_document({"kind": "ledger", "year": "9" * 5000, "title": "t", "parts": []}, "ledger")


def test_a_model_is_not_changed_afterwards() -> None:
    point = WorkPoint(id="point-1", title="要点")
    with pytest.raises(ValidationError):
        point.title = "别的"  # type: ignore[misc]
