"""Places: what ``Tree`` says of a text is what another parser, PyYAML's own in Python, says of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reformledger.yamlio import Tree, read_yaml

Path = tuple[str | int, ...]

TEXT = """\
kind: ledger   # 类别
名称: "攀枝花市 𠮷 😀"
empty:
list:
  - 一
  - {a: 1, b: [x, 'y y']}
  -
  - c: |
      第一行
        第二行

    d: >-
      折叠
      起来
last: 完
"""
PLACES: list[tuple[Path, tuple[int, int], tuple[int, int], str]] = [
    # path, place of the value, place of its key (of an item: the item itself), the text between start and end
    ((), (1, 1), (1, 1), TEXT),
    (("kind",), (1, 7), (1, 1), "ledger"),
    (("名称",), (2, 5), (2, 1), '"攀枝花市 𠮷 😀"'),
    (("empty",), (3, 7), (3, 1), ""),
    (("list",), (5, 3), (4, 1), TEXT[TEXT.index("- 一") : TEXT.index("last")]),
    (("list", 0), (5, 5), (5, 5), "一"),
    (("list", 1), (6, 5), (6, 5), "{a: 1, b: [x, 'y y']}"),
    (("list", 1, "b"), (6, 15), (6, 12), "[x, 'y y']"),
    (("list", 1, "b", 1), (6, 19), (6, 19), "'y y'"),
    (("list", 2), (7, 4), (7, 4), ""),
    (("list", 3), (8, 5), (8, 5), TEXT[TEXT.index("c: |") : TEXT.index("last")]),
    (("list", 3, "c"), (8, 8), (8, 5), TEXT[TEXT.index("|\n") : TEXT.index("    d:")]),
    (("list", 3, "d"), (12, 8), (12, 5), TEXT[TEXT.index(">-") : TEXT.index("last")]),
    (("last",), (15, 7), (15, 1), "完"),
]


@pytest.fixture(params=["", "\ufeff"], ids=["plain", "with a mark"])
def tree(request: pytest.FixtureRequest) -> Tree:
    return read_yaml(f"{request.param}{TEXT}".encode())


@pytest.mark.parametrize(("path", "value", "_key", "_source"), PLACES)
def test_place_of_a_value(tree: Tree, path: Path, value: tuple[int, int], _key: object, _source: str) -> None:
    assert tree.place(path) == value


@pytest.mark.parametrize(("path", "_value", "key", "_source"), PLACES)
def test_place_of_a_key(tree: Tree, path: Path, _value: object, key: tuple[int, int], _source: str) -> None:
    assert tree.place(path, key=True) == key


@pytest.mark.parametrize(("path", "_value", "_key", "source"), PLACES)
def test_span_is_the_source_of_a_value(tree: Tree, path: Path, _value: object, _key: object, source: str) -> None:
    start, end = tree.span(path)
    assert tree.text[start:end] == source


def test_lines_of_items(tree: Tree) -> None:
    assert tree.lines_of(("list",)) == [5, 6, 7, 8]
    assert tree.lines_of(("list", 1, "b")) == [6, 6]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("nothing",), (1, 1)),
        (("list", 9), (5, 3)),
        (("list", -1), (5, 3)),
        (("list", "a"), (5, 3)),
        (("kind", "a"), (1, 7)),
        (("list", 1, "c"), (6, 5)),
        ((0,), (1, 1)),
    ],
)
def test_path_that_leads_out_gives_the_last_value_on_its_way(tree: Tree, path: Path, place: tuple[int, int]) -> None:
    assert tree.place(path) == place


# Any document, written in any style that PyYAML's emitter knows

KEYS = st.sampled_from(["kind", "title", "负责人", "a b", "x-1", "100", "是", "𠮷", "k" * 40, "序 号"])
LETTERS = st.sampled_from(["a", "Z", "0", "7", "改", "革", "，", "。", "☆", " ", ".", "/", "(", "𠮷", "😀", "é", "\n"])
TEXTS = st.text(LETTERS, max_size=12)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, None, '"', "'"]),
        "default_flow_style": st.sampled_from([False, False, True, None]),
        "indent": st.integers(2, 4),
        "width": st.sampled_from([12, 80, 1000]),
        "allow_unicode": st.just(True),
        "explicit_start": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


def nodes(node: yaml.Node, path: Path = ()) -> Iterator[tuple[Path, yaml.Node, yaml.Node]]:
    """Yield path, key node (of an item: its own) and value node of every value."""
    yield path, node, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from ((p, key if p == (*path, key.value) else k, v) for p, k, v in nodes(value, (*path, key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from nodes(value, (*path, index))


@settings(max_examples=300)
@given(data=st.dictionaries(KEYS, DATA, min_size=1, max_size=4), style=STYLES, mark=st.booleans())
def test_every_value_stands_where_another_parser_finds_it(data: object, style: dict[str, object], mark: bool) -> None:
    text = yaml.dump(data, Dumper=yaml.SafeDumper, **style)  # type: ignore[call-overload]
    tree = read_yaml((b"\xef\xbb\xbf" if mark else b"") + text.encode())
    assert tree.data == yaml.load(text, Loader=yaml.BaseLoader)
    composed = yaml.compose(text, Loader=yaml.BaseLoader)
    assert composed is not None
    for path, key, value in nodes(composed):
        assert tree.place(path) == (value.start_mark.line + 1, value.start_mark.column + 1)
        assert tree.place(path, key=True) == (key.start_mark.line + 1, key.start_mark.column + 1)
        if isinstance(value, yaml.ScalarNode):
            start, end = tree.span(path)
            assert tree.text[start:end] == text[value.start_mark.index : value.end_mark.index]


@settings(max_examples=200)
@given(data=st.dictionaries(KEYS, DATA, min_size=1, max_size=4), style=STYLES)
def test_lines_of_are_the_lines_of_each_item(data: object, style: dict[str, object]) -> None:
    tree = read_yaml(yaml.dump(data, Dumper=yaml.SafeDumper, **style).encode())  # type: ignore[call-overload]

    def lists(value: object, path: Path = ()) -> Iterator[tuple[Path, int]]:
        if isinstance(value, list):
            yield path, len(value)
            for index, item in enumerate(value):
                yield from lists(item, (*path, index))
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from lists(item, (*path, key))

    for path, length in lists(data):
        assert tree.lines_of(path) == [tree.place((*path, index))[0] for index in range(length)]
