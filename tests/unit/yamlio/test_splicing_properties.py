"""Any edit of any document in any style: refused, or exactly what was meant and nothing else."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reformledger.yamlio import Data, Path, Tree, YamlError, read_yaml
from reformledger.yamlio.editing import AddKey, Edit, Edited, EditError, Insert, Remove, SetValue, applied, edited
from reformledger.yamlio.editing.render import inline
from reformledger.yamlio.faults.characters import REFUSED_CHARACTERS
from yaml_styles import Writer, at, new_edit, paths

RANDOMS = st.integers(0, 2**32).map(Random)
THOROUGH = settings(max_examples=1200, suppress_health_check=[HealthCheck.filter_too_much])
TEXT = st.text(min_size=1, max_size=40).filter(lambda text: not re.search(REFUSED_CHARACTERS, text))
COMMENT = re.compile(r"# comment \d+")


def document(random: Random, *, plain: bool = False) -> tuple[bytes, Tree]:
    raw = Writer(random, plain=plain).document()
    try:
        return raw, read_yaml(raw)
    except YamlError:  # letters that look misread, in a style without escapes
        assume(condition=False)
        raise


def blanks_as_text(data: Data) -> Any:
    """Return data as PyYAML's base loader gives them: a blank value is an empty text."""
    if isinstance(data, dict):
        return {key: blanks_as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [blanks_as_text(item) for item in data]
    return data or ""


def read_by_another(raw: bytes) -> object:
    return yaml.load(raw.decode("utf-8-sig"), yaml.CBaseLoader)


@THOROUGH
@given(RANDOMS)
def test_one_edit(random: Random) -> None:
    raw, tree = document(random)
    edit = new_edit(random, tree.data)
    try:
        made = edited(tree, [edit])
    except EditError:
        return
    wanted = applied(tree.data, [edit])
    assert made.tree.data == wanted
    assert read_by_another(made.raw) == blanks_as_text(wanted)
    check_the_rest(tree, edit, made.tree)
    check_spans(raw, made)
    check_lines(raw.decode(), edit, made.raw.decode())


@THOROUGH
@given(RANDOMS)
def test_several_edits(random: Random) -> None:
    raw, tree = document(random)
    edits: list[Edit] = []
    wanted = tree.data
    for _ in range(random.randrange(2, 6)):
        edit = new_edit(random, wanted)
        edits.append(edit)
        wanted = applied(wanted, [edit])
    try:
        made = edited(tree, edits)
    except EditError:
        return
    assert made.tree.data == wanted
    assert read_by_another(made.raw) == blanks_as_text(wanted)
    check_spans(raw, made)


def check_spans(old: bytes, made: Edited) -> None:
    """Whatever is outside of the spans of an edit is the same before and after it."""
    position = 0
    parts: list[bytes] = []
    for old_start, old_end, new_start, new_end in made.spans:
        parts += (old[position:old_start], made.raw[new_start:new_end])
        assert len(b"".join(parts)) == new_end
        position = old_end
    assert b"".join([*parts, old[position:]]) == made.raw


@THOROUGH
@given(RANDOMS)
def test_what_people_write_is_never_refused(random: Random) -> None:
    _raw, tree = document(random, plain=True)
    edit = new_edit(random, tree.data)
    assert edited(tree, [edit]).tree.data == applied(tree.data, [edit])


def test_refusals_are_rare_in_any_style() -> None:
    refused = made = 0
    for seed in range(1500):
        random = Random(seed)
        try:
            tree = read_yaml(Writer(random).document())
        except YamlError:
            continue
        try:
            edited(tree, [new_edit(random, tree.data)])
        except EditError as error:
            # YAML has no way to write a blank item between brackets.
            refused += "between brackets" not in str(error)
        else:
            made += 1
    assert made > 1300
    assert refused <= made / 500


@settings(max_examples=600)
@given(
    TEXT,
    st.sampled_from(["k: old\n", "k: 'old' # c\n", "k: [old]\n", "k: {a: old}\n", "k:\n- old\n- b", "k: |\n  old\n"]),
)
def test_any_text_reads_back(value: str, before: str) -> None:
    tree = read_yaml(before.encode())
    path: Path = next(path for path in paths(tree.data) if at(tree.data, path) in ["old", "old\n"])
    made = edited(tree, [SetValue(path, value)])
    assert at(made.tree.data, path) == value
    assert read_by_another(made.raw) == blanks_as_text(applied(tree.data, [SetValue(path, value)]))


@settings(max_examples=600)
@given(TEXT, st.booleans())
def test_text_is_text_to_other_readers_too(value: str, flow: bool) -> None:
    written = inline(value, flow=flow)
    document = f"k: [{written}]" if flow else f"k: {written}"
    read = yaml.load(document, yaml.CSafeLoader)["k"]
    assert (read[0] if flow else read) == value


# Values of the core schema of YAML 1.2.2, section 10.3.2, as the specification gives them.
CORE_SCHEMA = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)


@settings(max_examples=600)
@given(st.from_regex(CORE_SCHEMA, fullmatch=True))
def test_what_yaml_1_2_takes_for_no_text_is_quoted(value: str) -> None:
    assert inline(value)[0] in "\"'"


# What an edit must leave alone


def check_the_rest(before: Tree, edit: Edit, after: Tree) -> None:
    """Every scalar that the edit is not about is written as it was, to the character."""
    now = written_scalars(after)
    for path, text in written_scalars(before).items():
        moved = moved_to(path, edit)
        if moved is not None:
            assert now[moved] == text


def written_scalars(tree: Tree) -> dict[Path, str]:
    written = {}
    for path in paths(tree.data):
        if isinstance(at(tree.data, path), str):
            start, end = tree.span(path)
            text = tree.text[start:end]
            if text[0] in "|>":
                # The chomping indicator of the last text of a file without final newline may have to change.
                header, newline, body = text.partition("\n")
                text = re.sub(r"^(.[0-9]?)[-+]?([0-9]?)[-+]?", r"\1\2", header) + newline + body.rstrip(" \r\n")
            written[path] = text.rstrip("\r")
    return written


def moved_to(path: Path, edit: Edit) -> Path | None:
    """Return where a path leads after an edit, None for what the edit is about."""
    about = edit.path
    length = len(about)
    if isinstance(edit, SetValue | Remove) and path[:length] == about:
        return None
    if isinstance(edit, Remove):
        *above, last = about
        if isinstance(last, int) and len(path) >= length and path[: length - 1] == tuple(above):
            index = path[length - 1]
            assert isinstance(index, int)
            return (*above, index - (index > last), *path[length:])
    if isinstance(edit, Insert) and edit.index is not None and len(path) > length and path[:length] == about:
        index = path[length]
        assert isinstance(index, int)
        return (*about, index + (index >= edit.index), *path[length + 1 :])
    return path


def check_lines(before: str, edit: Edit, after: str) -> None:
    """Comments, line endings, byte order mark and the end of the file are as they were."""
    comments, kept = COMMENT.findall(before), COMMENT.findall(after)
    assert set(kept) <= set(comments)
    assert len(kept) == len(set(kept))
    if isinstance(edit, AddKey | Insert):
        assert kept == comments
    assert ("\r\n" in after) <= ("\r\n" in before)
    if before.count("\r\n") == before.count("\n") > 0:
        assert after.count("\r\n") == after.count("\n")
    assert after.startswith("\ufeff") == before.startswith("\ufeff")
    if isinstance(edit, AddKey | Insert):
        assert after.endswith("\n") == before.endswith("\n")


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x85", "\u2028", "\u2029", "\ufeff", "\ud800", "\r", "\x7f", "\ufffe"]
)
def test_characters_that_no_text_holds_are_refused(character: str) -> None:
    tree = read_yaml(b"a: 1\nb:\n  - x\n")
    edits: list[Edit] = [
        SetValue(("a",), f"x{character}y"),
        AddKey((), f"k{character}", "x"),
        AddKey((), "k", {"deep": [f"{character}"]}),
        Insert(("b",), [{f"{character}": None}]),
    ]
    for edit in edits:
        with pytest.raises(EditError, match=f"U\\+{ord(character):04X}"):
            edited(tree, [edit])


@pytest.mark.parametrize("word", ["task-1", "e-1", "y-0", "null-1", "true-08", "x-00", "inf-9"])
def test_a_word_with_a_number_behind_it_is_text_to_all_readers(word: str) -> None:
    text = f"key: {inline(word)}\n{inline(word)}:\n  - {inline(word)}\n"
    meant = {"key": word, word: [word]}
    assert inline(word) == word
    assert read_yaml(text.encode()).data == meant
    assert yaml.safe_load(text) == meant
