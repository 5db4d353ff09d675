"""Bytes that are no document, or hardly: pieces of YAML that upset something, and ledgers that were damaged."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

DATA = Path(__file__).parents[1] / "data"
SHIPPED = [path.read_bytes() for path in sorted(DATA.iterdir())]
# Pieces that begin, end, or upset something.
PIECES = [
    *"\n \t:-?,[]{}#&*!|>'\"%@`~=<.",
    *("\n", "\n  ", "\n- ", "\n  - ", ": ", " #", "---\n", "...\n", "\r\n", "\r", "a", "a: ", "a:\n", "b: 1\n"),
    *("<<: ", "null", "~"),
    *("&a ", "*a ", "!!int ", "!<", "%YAML 1.2\n", "? ", "[a, ", "{a: ", '"\\', "\\u", '"\\ud800"', "|-\n", ">5"),
    *("｜", "<<<<<<< "),
    *("：", "　", "\xa0", "－ ", "\u200b", "\u2028", "\x85", "\ufeff", "\x00", "\x1b", "𠮷", "лǿ", "谢强"),
    *("☆", "👩‍👩‍👧", "\uffff"),
    *("2020", "due: ", "title: ", "kind: ledger\n", "rows:\n", "1" * 30),
]  # fmt: skip
SNIPPETS = st.sampled_from(
    [*map(str.encode, PIECES), b"\xff", b"\xed\xa0\x80", b"\xc5", b"\xe8\xb0", b"PK\x03\x04", b"\xff\xfe"]
)
TEXTS = st.lists(SNIPPETS, max_size=40).map(b"".join)

Change = tuple[str, float, int, bytes]
CHANGES = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "insert", "double"]), st.floats(0, 1), st.integers(1, 60), SNIPPETS),
    min_size=1,
    max_size=3,
)


def changed(raw: bytes, changes: list[Change]) -> bytes:
    for what, where, length, snippet in changes:
        at = int(where * len(raw))
        if what == "flip":
            raw = raw[:at] + bytes(byte ^ length for byte in raw[at : at + 1]) + raw[at + 1 :]
        elif what == "cut":
            raw = raw[:at] + raw[at + length :]
        elif what == "insert":
            raw = raw[:at] + snippet + raw[at:]
        else:
            raw = raw[: at + length] + raw[at:]
    return raw
