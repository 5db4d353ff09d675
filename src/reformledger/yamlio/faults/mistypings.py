"""What people mean as YAML but type otherwise: full-width characters, missing spaces, other blanks as indentation.

To a YAML parser most of it is text like any other, or an error that it raises on another line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from unicodedata import normalize

from reformledger.i18n import _, sentences
from reformledger.text.nearest import nearest
from reformledger.yamlio.data import Places
from reformledger.yamlio.faults.characters import name_character
from reformledger.yamlio.faults.fault import Faults, OffsetFault, line_at, quote_advice

KnownKeys = Callable[[], Mapping[str, str]]
"""Returns the keys that documents have, each by the words for it, in small letters; asked only where one may stand.

Where there are any, those that a text has itself (columns of its own, roles) are keys in all its lines.
"""

_NO_SPACES = r"\xa0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000"
_BLANKS = rf"\t{_NO_SPACES}"
_BULLETS = "—–−‐‑‒―﹣•●▪"
_WORD = r"[^\s:：，。；、！？“”\"'#\[\]{}]{1,20}"
_WORD_OR_QUOTED = rf"(?:{_WORD}|\"[^\"\n]*+\"|'[^'\n]*+')"

# A line that begins like this, or holds such a colon, is looked at closer.
# Possessive (*+): to try again with fewer spaces would find nothing and take most of the time.
_SUSPECT_START = re.compile(rf"\n *+(?:[{_BLANKS}－]|[{_BULLETS}][ {_BLANKS}]|-[^ \t\r\n\d-])")
_SUSPECT_COLONS = (
    re.compile(r"：(?<=[a-z0-9_ ]：)"),
    re.compile(r":(?=[^ \t\r\n:/\\])(?:(?<=[a-z0-9_]:)|(?!\w))"),
)
# What is hardly text though a value may begin so, on a line of its own or as an item: an English key before a
# full-width colon or one without a space, mailto: and urn: aside; a colon before another blank. Before a digit
# (localhost:80) the word, in the last group, must be a key.
_KEY_AT_START = (
    rf" *+(?:- ++)*+(?:[a-z][a-z0-9_]*+ ?：|{_WORD}[ {_BLANKS}]?:[{_NO_SPACES}]"
    r"|(?!mailto:|urn:)[a-z][a-z0-9_]*+:[^\s\d:/\\\ufffd]|([a-z][a-z0-9_]*+):\d)"
)

# A comment behind something else that begins without a space: `title: #1 学校`, `title: 改革 #1`.
_COMMENT_WITHOUT_SPACE = re.compile(r"#(?<=[ \t]#)#*(?=[^\s#])")
# libyaml takes `title: "改革"#1` for a comment, too.
_COMMENT_BEHIND_QUOTE = re.compile(r"#(?<=[\"']#)")

# A line that begins with a word behind which no colon is; of Chinese words a blank, = or what looks like a colon (or
# is its key without Shift) shows that they are keys.
_SUSPECT_WORD = re.compile(r"\n *+[^\W\d]\w*+(?![:-])")
_LIKE_A_COLON = ";；∶︰﹕ː"
_BARE_KEY = rf"\n *+(?:([a-zA-Z_]++)(?![0-9.'/-])|(\w++)(?=[ {_BLANKS}=＝{_LIKE_A_COLON}]))(?![ {_BLANKS}]*+[:：])"
# In English prose these begin a line as often as a key does.
_PROSE = r"(?<=[!-~])\n *+(?:also|by|for|from|to|until) [a-z]"
_NOT_PLAIN = "\"'|>"
"""What a quoted or a block scalar begins with."""


def wrong_indentation(blank: str) -> tuple[str, str]:
    """Say what is wrong with a blank that indents a line, and what to do."""
    message = _("The line is indented with {sign}.").format(sign=name_character(blank))
    return message, _("YAML indents with ordinary spaces only: replace it by two spaces a level.")


_MISTYPINGS: tuple[tuple[str, Callable[..., tuple[str, str]]], ...] = (
    (rf" *([{_BLANKS}])", wrong_indentation),
    (
        rf" *(－|[{_BULLETS}](?=[ {_BLANKS}]))",
        lambda sign: (
            _("“{sign}” begins no list item.").format(sign=sign),
            _("Write an ASCII hyphen and a space: “- ”. If it is meant as text, put the whole text in double quotes."),
        ),
    ),
    (
        rf" *(?:- +)*({_WORD_OR_QUOTED}[ {_BLANKS}]?:|-)([{_NO_SPACES}])",
        lambda before, blank: (
            _("No ASCII space follows “{before}”, but {sign}.").format(before=before, sign=name_character(blank)),
            _("Write “{before} …”; if it is text, put it in double quotes.").format(before=before),
        ),
    ),
    (
        r" *(-)(?=[^\s\d-])",
        lambda _hyphen: (
            _("A space is missing after the hyphen."),
            _("A list item begins with “- ”. If it is meant as text, put the whole text in double quotes."),
        ),
    ),
    (
        rf" *(?:- +)*({_WORD})[ {_BLANKS}]?(：)",
        lambda key, _colon: (
            _("Full-width colon after “{key}”.").format(key=key),
            _("Write “{key}: …”, with an ASCII colon and a space; if it is text, put it in double quotes.").format(
                key=key
            ),
        ),
    ),
    (
        # 12:30 and http://… hold no key.
        rf" *(?:- +)*({_WORD_OR_QUOTED})[ {_BLANKS}]?(:)(?=[^\s:/\d]|(?<!\d:)\d)",
        lambda key, _colon: (
            _("A space is missing after the colon."),
            _("Write “{key}: …”; if it is text, put it in double quotes.").format(key=key),
        ),
    ),
)
"""How a line begins, and what is said of its groups; the last one is the character at fault.

The patterns are strings, compiled when first needed: few texts hold a mistyping.
"""
_NEEDED = rf"[:：－{_BULLETS}{_BLANKS}-]"
"""Each of them asks for one of these characters."""


def mistyping_at(text: str, offset: int) -> OffsetFault | None:
    """Return the mistyping in the line that holds ``offset``, None when there is none.

    The line is one that the parser did not take as a key or an item.
    """
    start = text.rfind("\n", 0, offset) + 1
    line = line_at(text, start)
    for pattern, explain in _MISTYPINGS if re.search(_NEEDED, line) else ():
        found = re.compile(pattern).match(text, start, start + len(line))
        if found:
            return OffsetFault(found.start(found.re.groups), *explain(*found.groups()))
    return None


def mistyped_lines(text: str, is_key: Callable[[str], object]) -> Iterator[OffsetFault]:
    """Yield a fault for each line that looks mistyped by itself; ``is_key`` says whether a word is a key.

    Whether it is, or is text inside quotes or a block scalar, the caller has to find out.
    """
    starts = {found.start() + 1 for found in _SUSPECT_START.finditer(text)}
    if _SUSPECT_START.match("\n" + line_at(text, 0)):
        starts.add(0)
    for start in chain.from_iterable(_lines_with(pattern, text) for pattern in _SUSPECT_COLONS):
        found = re.match(_KEY_AT_START, line_at(text, start))
        if found and (found[1] is None or is_key(found[1])):
            starts.add(start)
    for start in sorted(starts):
        line = line_at(text, start).strip()
        mistyping = mistyping_at(text, start)
        if mistyping and line and not line.startswith("#"):
            yield mistyping


def _bare_keys(text: str, keys: KnownKeys) -> Iterator[OffsetFault]:
    """Yield a fault for each line that begins with a word for a key, but has no colon.

    To a YAML parser it goes on with the text above, or is the value of the key above.
    """
    for suspect in _SUSPECT_WORD.finditer(text):
        found = re.compile(_BARE_KEY).match(text, suspect.start())
        if found is None or re.compile(_PROSE).match(text, suspect.start()):
            continue
        word = found[1] or found[2]
        if key := _key_meant(normalize("NFKC", word).lower(), keys()):
            message = _("“{word}” begins this line like a key, but has no colon: it would be part of the text above.")
            advice = _("Write “{key}: …”, indented like its neighbours; if it is text, put all of it in double quotes.")
            yield OffsetFault(found.start(found.lastindex or 0), message.format(word=word), advice.format(key=key))


def _key_meant(word: str, keys: Mapping[str, str]) -> str:
    """Return the key that a word names; one that holds _ is no word of a language, but a key, perhaps mistyped."""
    near = nearest(word, keys) if "_" in word and word not in keys else [word]
    return keys.get(near[0], "") if near else ""


def _lines_with(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield once the offset at which each line starts that holds ``pattern``, however often it does."""
    end = -1
    for found in pattern.finditer(text):
        offset = found.start()
        if offset > end:
            end = text.find("\n", offset)
            end = end if end >= 0 else len(text)
            yield text.rfind("\n", 0, offset) + 1


class ReadPart:
    """The part of a text that was read: which of its characters are YAML, and which are inside of quotes or blocks."""

    __slots__ = ("_ends", "_starts", "_text", "end")

    def __init__(self, text: str, places: Places, end: int) -> None:
        self._text = text
        self._starts = places.starts
        self._ends = places.ends
        self.end = end

    def is_yaml(self, offset: int) -> bool:
        """Say whether the character at ``offset`` was read, and not as a part of a quoted or block scalar."""
        node = bisect_right(self._starts, offset) - 1
        in_scalar = node >= 0 and offset < self._ends[node] and self._text[self._starts[node]] in _NOT_PLAIN
        return offset <= self.end and not in_scalar

    def own_keys(self) -> dict[str, str]:
        """Return the plain keys of the text, each by itself."""
        text = self._text
        keys = {
            text[start:end] for start, end in zip(self._starts, self._ends, strict=True) if text[end : end + 1] == ":"
        }
        return {key: key for key in keys if key.isidentifier()}

    def value_before(self, offset: int) -> int:
        """Return where the value starts that ends before ``offset``, but for blanks; -1 when there is none."""
        while offset and self._text[offset - 1] in " \t":
            offset -= 1
        node = bisect_right(self._starts, offset) - 1
        return self._starts[node] if node >= 0 and self._ends[node] == offset else -1


def check_lines(text: str, read: ReadPart, keys: KnownKeys, faults: Faults) -> None:
    """Report lines that begin with a wrong character or with a key alone, and comments that were hardly meant so."""

    @cache
    def known() -> Mapping[str, str]:
        return {**read.own_keys(), **keys()} if keys() else {}

    for mistyping in (*mistyped_lines(text, lambda word: word in known()), *_bare_keys(text, known)):
        if read.is_yaml(mistyping.offset):
            faults.add(mistyping)
    for found in _COMMENT_WITHOUT_SPACE.finditer(text):
        offset = found.start()
        value = read.value_before(offset)
        if value >= 0 and text[value] not in _NOT_PLAIN:
            message = _("A “#” after a space begins a comment: what follows is not part of the value.")
            blank = text[value:offset].isspace()
            advice = quote_advice(text, offset if blank else value)
            meant = _("If it is meant as a comment, write a space after “#”.")
            faults.add(OffsetFault(offset, message, sentences(advice, meant)))
    for found in _COMMENT_BEHIND_QUOTE.finditer(text):
        offset = found.start()
        value = read.value_before(offset)
        if value >= 0 and text[value] in "\"'":
            message = _("A “#” behind the closing quote begins a comment: what follows is not part of the value.")
            advice = _("Put it inside the quotes, or write a space before “#” if it is meant as a comment.")
            faults.add(OffsetFault(offset, message, advice))
