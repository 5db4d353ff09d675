"""Documents in the styles that YAML allows, edits of them, and values that YAML could take for something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from reformledger.yamlio import Data, Path
from reformledger.yamlio.editing import AddKey, Edit, Insert, Remove, SetValue

# fmt: off
NASTY = [
    "no", "Yes", "ON", "y", "null", "~", "true", "2020", "08", "0o7", "0x1F", "1_000", "12:30", "12:30:45",
    "1e3", "-1", "+.5", ".inf", ".NaN", "2020-12-31", "2020-12", "2020-12-31 10:00:00", "2020年12月底前",
    "188 0000 0946", "- a", "-", "--- a", "---", "...", "? a", "?", ":", ": a", "a: b", "a:", "a:b", "a :b",
    "#x", "a #x", "a# x", " a", "a ", "  ", "", "\ta", "a\tb", "'", '"', "it's", 'say "x"', '\'"\\', "\\n",
    "a\\", "[", "]", "[a", "{a}", "a, b", "a,b", "a[0]", "!x", "!", "&x", "*x", "%x", "@x", "`x", "|", ">",
    "| a", ">-", "=", "<<", "a\nb", "a\nb\n", "a\n", "\na", "a\n\nb", "a\n\n", "\n", "a\n b", " a\nb",
    "a\n# b", "a \nb", "- a\n- b", "a: b\nc: d", "a\n\n\n", "一\n二\n三\n", "😀", "𠀀䶮", "負：責", "abc：李艺",
    "负责人：李艺", "“引”", "\u3000全角", "全角\u3000", "—— x", "• x", "－ a", "лǿ", "ѧУ x", "é",
    "a\u00a0b", "a\u200bb", "\u00a0a",
    "x" * 300, "http://a.b/c?d=e#f", "☆", "100%", "<<<<<<< HEAD", "=======", "- - a", "a - b", "{", "}",
    "key", "说明：“上会”指", "~a", "null x", "yes/no", "0", "0.1.2", "1,000", "一、二", "a#", "a:\u3000b",
]
# fmt: on
WORDS = ["改革", "方案", "谢强", "基教科", "年内完成", "a", "task-1", "市 招办", "x y z", "☆"]
KEYS = ["id", "title", "due", "leaders", "说明", "number", "k", "text", "star", "progress", "long_key_name"]


@dataclass
class Writer:
    """Writes data in random styles; ``plain`` keeps to what people write: lines, two spaces or four, few comments."""

    random: Random
    plain: bool = False
    comments: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        choose = self.random.choice
        self.newline = choose(["\n", "\n", "\r\n"])
        self.step = choose([2, 2, 4]) if self.plain else choose(range(1, 9))
        self.list_offset = choose([0, 2, 4]) if self.plain else choose(range(9))
        self.bom = self.chance(5)
        self.final_newline = not self.chance(4)
        self.blank = self.random.random() / (4 if self.plain else 2)
        self.commented = self.random.random() / (4 if self.plain else 2)

    def chance(self, n: int) -> bool:
        return self.random.randrange(n) == 0

    def document(self) -> bytes:
        lines: list[str] = []
        if self.chance(4):
            lines.append(self.comment())
        if not self.plain and self.chance(8):
            lines.append("---")
        lines += self.mapping(self.data(0, dict), 0)
        while lines and not lines[-1].strip() and self.chance(2):
            lines.pop()
        if self.chance(6):
            lines.append(self.comment())
        text = self.newline.join(lines) + (self.newline if self.final_newline else "")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode()

    def data(self, depth: int, kind: type | None = None) -> Data:
        if kind is None:
            kind = self.random.choice([str, str, str, dict, list] if depth < 4 else [str])
        if kind is dict:
            size = self.random.randrange(1, 5) if depth == 0 or not self.chance(8) else 0
            return {key: self.data(depth + 1) for key in self.random.sample(KEYS, size)}
        if kind is list:
            size = 0 if self.chance(8) else self.random.randrange(1, 4)
            return [self.data(depth + 1) for _ in range(size)]
        if self.chance(10):
            return None
        return self.random.choice(WORDS if self.plain or self.chance(2) else NASTY)

    def comment(self) -> str:
        self.comments += 1
        return f"# comment {self.comments}"

    def tail(self) -> str:
        """A comment behind something, now and then."""
        if self.random.random() < self.commented / 2:
            return " " * self.random.choice([1, 1, 3]) + self.comment()
        return "  " if not self.plain and self.chance(20) else ""

    def between(self, indent: int) -> list[str]:
        lines = []
        if self.random.random() < self.blank:
            lines += [""] * self.random.choice([1, 1, 2])
        if self.random.random() < self.commented:
            lines.append(" " * indent + self.comment())
        return lines

    # Blocks

    def mapping(self, data: Data, column: int) -> list[str]:
        """Lines of a mapping; the first comes without its indentation."""
        assert isinstance(data, dict)
        lines: list[str] = []
        for index, (key, value) in enumerate(data.items()):
            before = self.between(column) if index else []
            name = key if self.plain or not self.chance(5) else self.random.choice([f'"{key}"', f"'{key}'", key + " "])
            inside = self.value(value, column)
            lines += before
            lines.append(" " * (column if index else 0) + name + ":" + inside[0])
            lines += inside[1:]
        return lines

    def sequence(self, data: Data, column: int) -> list[str]:
        assert isinstance(data, list)
        lines: list[str] = []
        for index, value in enumerate(data):
            lines += self.between(column) if index else []
            inside = self.item(value, column)
            lines.append(" " * (column if index else 0) + "-" + inside[0])
            lines += inside[1:]
        return lines

    def value(self, value: Data, column: int) -> list[str]:
        """What stands behind the colon of a key in ``column``: the rest of its line, then whole lines."""
        if isinstance(value, dict | list) and value and (self.plain or not self.chance(4)):
            is_list = isinstance(value, list)
            inner = column + (self.list_offset if is_list else self.step)
            write = self.sequence if is_list else self.mapping
            inside = write(value, inner)
            return [self.tail(), *self.between(inner), " " * inner + inside[0], *inside[1:]]
        return self.inline(value, column)

    def item(self, value: Data, column: int) -> list[str]:
        if isinstance(value, dict | list) and value and (self.plain or not self.chance(4)):
            gap = 1 if self.plain or not self.chance(3) else self.random.randrange(1, 6)
            inner = column + 1 + gap
            inside = (self.sequence if isinstance(value, list) else self.mapping)(value, inner)
            if not self.plain and self.chance(4):  # below its dash
                return [self.tail(), *self.between(inner), " " * inner + inside[0], *inside[1:]]
            return [" " * gap + inside[0], *inside[1:]]
        return self.inline(value, column)

    def inline(self, value: Data, column: int) -> list[str]:
        if value is None:
            return [self.tail()]
        gap = " " * (1 if self.plain else self.random.choice([1, 1, 1, 2, 5]))
        if isinstance(value, dict | list):
            text = self.flow(value, column)
            return (
                [gap + text[0], *text[1:-1], text[-1] + self.tail()] if len(text) > 1 else [gap + text[0] + self.tail()]
            )
        if "\n" in value or self.chance(8):
            block = self.block_scalar(value, column)
            if block:
                return [gap + block[0] + self.tail(), *block[1:]]
        text = self.scalar(value, column)
        if not self.plain and self.chance(10) and text[0][:1] not in "-?":
            return ["", " " * (column + self.step) + text[0], *text[1:-1], text[-1] + self.tail()][: len(text) + 1]
        return [gap + text[0], *text[1:-1], text[-1] + self.tail()] if len(text) > 1 else [gap + text[0] + self.tail()]

    def block_scalar(self, value: str, column: int) -> list[str]:
        """Header and lines of a literal or folded text, or nothing where this writer cannot."""
        body = value.rstrip("\n")
        if not body or body != body.strip() or "\t" in value or "\n " in value:
            return []
        ending = len(value) - len(body)
        chomping = "-" if ending == 0 else "" if ending == 1 else "+"
        if ending == 1 and self.chance(3):
            chomping = "+"
        folded = self.chance(3)
        indicator, indent = "", column + self.step
        if not self.plain and self.chance(4) and self.step < 10:
            indicator = str(self.step)
        header = (">" if folded else "|") + (indicator + chomping if self.chance(2) else chomping + indicator)
        lines = body.replace("\n", "\n\n" if folded else "\n").split("\n")
        blank_lines = [""] * (max(0, ending - 1) if chomping == "+" else self.random.choice([0, 0, 0, 1, 2]))
        return [header, *(" " * indent + line if line else "" for line in lines), *blank_lines]

    # Scalars and brackets

    def scalar(self, value: str, column: int, *, flow: bool = False) -> list[str]:
        styles = ["double", "single"]
        if value and all(character.isalnum() or character in "-☆年 " for character in value) and value in WORDS:
            styles += ["plain"] * 6
        style = self.random.choice(styles)
        if style == "single" and "\n" not in value and "\t" not in value:
            text = "'" + value.replace("'", "''") + "'"
        elif style == "plain":
            text = value
        else:
            escapes = {
                "\\": "\\\\",
                '"': '\\"',
                "\n": "\\n",
                "\t": "\\t",
                "ѧ": "\\u0467",
                "У": "\\u0423",
                "л": "\\u043b",
                "ǿ": "\\u01ff",
            }
            text = '"' + "".join(escapes.get(character, character) for character in value) + '"'
        words = text.split(" ")
        if (
            not self.plain
            and self.chance(3)
            and len(words) > 1
            and all(words)
            and not flow
            and "#" not in text
            and ":" not in text
        ):
            lines = [words[0], *(" " * (column + self.step) + word for word in words[1:])]
            return lines if not any(word[0] in "-?%@`=.&*!|>'\"[]{},#—•－" for word in words[1:]) else [text]
        return [text]

    def flow(self, value: Data, column: int) -> list[str]:
        """Lines of a value between brackets."""
        if not isinstance(value, dict | list):
            return self.scalar(value or "", column, flow=True) if value is not None else [""]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        entries = []
        for key, part in pairs:
            text = self.flow("x" if key is None and part is None else part, column + 2)
            if key is not None:
                text[0] = f"{key}: {text[0]}" if text[0] or self.chance(2) else key
            entries.append(text)
        if (
            isinstance(value, list)
            and len(value) == 1
            and isinstance(value[0], dict)
            and len(value[0]) == 1
            and self.chance(2)
        ):
            ((key, part),) = value[0].items()
            if isinstance(part, str):
                entries = [[f"{key}: {self.flow(part, column)[0]}"]]
        if not entries:
            return [opening + self.random.choice(["", "", " "]) + closing]
        trailing = "," if self.chance(4) else ""
        if self.chance(3):
            indent = " " * (column + self.step)
            lines = [opening + self.tail()]
            for index, text in enumerate(entries):
                comma = "," if index < len(entries) - 1 else trailing
                lines += [indent + text[0], *text[1:]]
                lines[-1] += comma + self.tail()
                if self.random.random() < self.commented:
                    lines.append(indent + self.comment())
            return [*lines, indent + closing]
        inner = self.random.choice(["", "", " "])
        text = [""]
        for index, entry in enumerate(entries):
            text[-1] += entry[0]
            text += entry[1:]
            text[-1] += ", " if index < len(entries) - 1 else trailing
        text[0] = opening + inner + text[0]
        text[-1] += inner + closing
        return text


def paths(data: Data, path: Path = ()) -> list[Path]:
    """All paths of data, the root's among them."""
    found = [path]
    if isinstance(data, dict):
        for key, value in data.items():
            found += paths(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            found += paths(item, (*path, index))
    return found


def at(data: Data, path: Path) -> Data:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def new_value(random: Random, depth: int = 0, *, simple: bool = False) -> Data:
    kind = random.choice([str] * 6 + ([dict, list] if depth < 2 else []) + [type(None)])
    if kind is dict:
        return {key: new_value(random, depth + 1, simple=simple) for key in random.sample(KEYS, random.randrange(4))}
    if kind is list:
        return [new_value(random, depth + 1, simple=simple) for _ in range(random.randrange(4))]
    if kind is str:
        return random.choice(WORDS if simple and random.randrange(2) else NASTY)
    return None


def new_edit(random: Random, data: Data) -> Edit:
    """An edit that can be made to the data."""
    every = paths(data)
    while True:
        path = random.choice(every)
        value = at(data, path)
        kind = random.choice([SetValue, AddKey, Remove, Insert])
        if kind is SetValue and path:
            new = new_value(random)
            if isinstance(value, dict | list) and random.randrange(2):
                new = like(random, value)
            return SetValue(path, new)
        if kind is AddKey and isinstance(value, dict):
            key = random.choice([*KEYS, "新", "a b", "no", "x: y"])
            if key not in value:
                order = tuple(random.sample(KEYS, len(KEYS))) if random.randrange(2) else ()
                return AddKey(path, key, new_value(random), order)
        if kind is Remove and path:
            return Remove(path)
        if kind is Insert and isinstance(value, list):
            return Insert(path, new_value(random), random.choice([None, *range(len(value) + 1)]))


def like(random: Random, value: Data) -> Data:
    """Data of the same kind with something different in them."""
    if isinstance(value, list):
        kept = [item for item in value if random.randrange(4)]
        return [*kept, new_value(random)] if random.randrange(2) else kept
    if isinstance(value, dict):
        changed = {key: like(random, part) for key, part in value.items() if random.randrange(4)}
        return {**changed, random.choice(KEYS): new_value(random)} if random.randrange(2) else changed
    return new_value(random) if random.randrange(2) else value
