"""The way out of the program as another program or a terminal sees it: whole processes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT

COMMAND = [sys.executable, "-m", "reformledger"]
HOSTILE = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表[x]
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: "[red]任务[/] [/] :smile: https://example.org 'quoted' 😀 䶮"
            remark: "联系13908146584"
            leaders:
              - "李[b]艺"
            lead_departments: ["=SUM(A1)"]
"""


def run(
    *arguments: str, environment: dict[str, str] | None = None, cwd: Path = ROOT, out: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "REFORMLEDGER_LANG": "en", "PYTHONUTF8": "1", **(environment or {})}
    return subprocess.run(
        [*COMMAND, *arguments], cwd=cwd, env=settings, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60
    )


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    return str(path)


def on_terminal(arguments: list[str], columns: int, **environment: str) -> str:
    """Return what a command prints on a pseudo-terminal."""
    screen = pytest.importorskip("screen", reason="no pseudo-terminals here")
    settings = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "REFORMLEDGER_LANG": "en", **environment}
    shown: str = screen.on_terminal([*COMMAND, *arguments], columns, ROOT, settings)
    return shown


# --- data that look like markup ------------------------------------------------------------------------------


def test_brackets_and_colons_in_data_are_text(hostile: str) -> None:
    title = "[red]任务[/] [/] :smile: https://example.org 'quoted' 😀 䶮"
    assert title in run("list", "--data", hostile).stdout.decode()
    screen = on_terminal(["list", "--data", hostile], 200, NO_COLOR="1", TERM="dumb")
    assert title in screen
    assert "李[b]艺" in screen
    assert "表[x]" in on_terminal(["show", "task-1", "--data", hostile], 200, TERM="dumb")


def test_escape_sequences_in_arguments_are_written_out() -> None:
    done = run("list", "--leader", "\x1b[31m刘\u202e")
    assert done.returncode == 2
    assert r"\x1b[31m刘\u202e" in done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such file names")
def test_file_names_that_are_no_text_are_written_out(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\x1b[31m.yaml"
    with open(name, "wb") as file:  # noqa: PTH123 - no path of text
        file.write(b"kind: leger\n")
    done = run("list", "--data", os.fsdecode(name))
    assert done.returncode == 1
    assert rb"\udcff\x1b[31m.yaml" in done.stderr


# --- encodings -----------------------------------------------------------------------------------------------


def test_one_sign_that_the_console_lacks_does_not_cost_the_table(hostile: str) -> None:
    done = run("list", "--data", hostile, environment={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert r"\U0001f600 \u4dae" in done.stdout.decode("gbk")


@pytest.mark.parametrize("format", ["json", "csv", "md"])
def test_machines_get_utf8_whatever_the_console(hostile: str, format: str) -> None:
    done = run(
        "list", "--data", hostile, "--format", format, environment={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    )
    assert "😀 䶮" in done.stdout.decode("utf-8")


def test_help_on_a_console_without_chinese_or_frames() -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "REFORMLEDGER_LANG": "zh"}
    done = run("--help", environment=environment)
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_no_text_is_opened_with_the_encoding_of_the_system() -> None:
    script = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-m", "reformledger"]
    done = subprocess.run([sys.executable, *script, "star"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


# --- streams that end or fill up -----------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["list"], ["list", "--format", "json"], ["--help"], ["by-leader"]])
def test_a_reader_that_leaves_ends_the_program_quietly(arguments: list[str]) -> None:
    process = subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("arguments", [["list"], ["list", "--format", "csv"], ["--help"], ["--version"], ["stats"]])
def test_a_full_disk_is_said_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*arguments, out=full.fileno())
    assert done.returncode == 74
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.programs
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of its own")
@pytest.mark.parametrize("arguments", ["list", "--help", "--version", "show pilot-7 --format json"])
def test_a_closed_stdout_is_no_success(arguments: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m reformledger {arguments} >&-'], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 74
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.programs
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of its own")
def test_a_closed_stderr_does_not_spoil_the_answer() -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m reformledger list --due 2020 2>&-'],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 0
    assert b"pilot-7" in done.stdout


def _processor_seconds(pid: int) -> float:
    """Return how long a process kept a processor busy, as Linux counts it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing says how far a process is")
def test_ctrl_c_leaves_with_130_and_no_half_file(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from make_ledger import write

    data, answer = tmp_path / "ledger_2020.yaml", tmp_path / "answer.csv"
    write(20_000, data)
    answer.write_bytes(b"old")
    process = subprocess.Popen(
        [*COMMAND, "list", "--data", str(data), "-o", str(answer)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        # Tests in the background of a shell inherit that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads
    )
    # A start takes a third of this, all of it some three seconds; on a busy machine each takes longer by the clock.
    while process.poll() is None and _processor_seconds(process.pid) < 0.9:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b""
    assert answer.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"ledger_2020.yaml", "answer.csv"}


def test_ctrl_c_before_all_is_imported_leaves_with_130_too() -> None:
    script = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'reformledger.views.output': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from reformledger.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


# --- files ---------------------------------------------------------------------------------------------------


def test_csv_for_spreadsheets_has_a_mark_and_no_formulas(hostile: str, tmp_path: Path) -> None:
    path = tmp_path / "答复.csv"
    assert run("list", "--data", hostile, "-o", str(path), "--columns", "id,lead_departments").returncode == 0
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [["ID", "Lead"], ["task-1", "'=SUM(A1)"]]


def test_a_negative_number_in_csv_is_a_number() -> None:
    done = run("list", "--as-of", "2021-01-03", "--columns", "id,days_left", "--format", "csv")
    assert dict(csv.reader(io.StringIO(done.stdout.decode())))["task-1"] == "-3"


def test_json_file_holds_what_stdout_would(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    assert run("list", "-o", str(path)).returncode == 0
    assert json.loads(path.read_bytes()) == json.loads(run("list", "--format", "json").stdout)


@pytest.mark.parametrize("name", ["missing/answer.csv", "."])
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    done = run("list", "--format", "csv", "-o", str(tmp_path / name))
    assert done.returncode == 74
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_ending_that_is_no_format_is_wrong_usage(tmp_path: Path) -> None:
    done = run("list", "-o", str(tmp_path / "answer.wps"))
    assert done.returncode == 2
    assert b".csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_the_mode_of_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert run("list", "-o", str(path)).returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# --- terminals -----------------------------------------------------------------------------------------------


def test_colours_on_a_terminal_and_none_with_no_color(tmp_path: Path) -> None:
    coloured = on_terminal(["list", "--as-of", "2021-06-01"], 100)
    plain = on_terminal(["list", "--as-of", "2021-06-01"], 100, NO_COLOR="1")
    assert "\x1b[1;31moverdue" in coloured
    assert "\x1b[1;31m" not in plain
    assert "overdue" in plain


def test_a_pipe_has_no_escapes() -> None:
    assert b"\x1b" not in run("list", "--as-of", "2021-06-01").stdout
