"""The reference of all commands, from the command line itself: in the language of the process.

It is made of Typer's objects, not of what Typer draws, so that it does not change with the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer
from markdown import row
from typer.core import TyperArgument, TyperCommand, TyperOption

from reformledger.cli.app import PANELS, command
from reformledger.i18n import Language

_WORDS = {
    "en": {
        "title": "Commands",
        "head": """\
`reformledger COMMAND --help` shows the same on a terminal. Options may come before or after what else is typed.
What may be repeated says so; conditions of different options combine with “and”, of one repeated option with “or”.""",
        "program": "The program itself",
        "argument": "| argument | what it is |",
        "option": "| option | what it does |",
    },
    "zh": {
        "title": "命令",
        "head": """\
`reformledger 命令 --help` 在终端里显示同样的内容。选项写在前、写在后都可以。可重复的选项都有说明；
不同选项的条件须同时满足，同一选项重复写则满足其一即可。""",
        "program": "程序本身",
        "argument": "| 参数 | 是什么 |",
        "option": "| 选项 | 作用 |",
    },
}


def command_reference(language: Language) -> str:
    """Return the page of all commands, in the order of the help page."""
    words = _WORDS[language]
    group = command()
    lines = [f"# {words['title']}\n", f"{words['head']}\n"]
    for panel in PANELS:
        lines.append(f"## {panel.title}\n")
        for info in panel.commands:
            lines += _section(info.name, group.commands[info.name], words)
    lines += [f"## {words['program']}\n", *_options(group.params, words)]
    return "\n".join(lines)


def _section(name: str, one: object, words: dict[str, str]) -> Iterator[str]:
    assert isinstance(one, TyperCommand)
    context = typer.Context(one, info_name=name)
    yield f"### {name}\n"
    yield f"{one.help}\n"
    yield f"```text\n{' '.join(['reformledger', name, *one.collect_usage_pieces(context)])}\n```\n"
    arguments = [param for param in one.params if isinstance(param, TyperArgument)]
    if arguments:
        yield from (words["argument"], "|---|---|")
        yield from (row([_code(argument.metavar or ""), argument.help or ""]) for argument in arguments)
        yield ""
    yield from _options(one.params, words)


def _options(params: Iterable[object], words: dict[str, str]) -> Iterator[str]:
    options = [param for param in params if isinstance(param, TyperOption) and not param.hidden]
    yield from (words["option"], "|---|---|")
    yield from (row([_spelling(option), option.help or ""]) for option in options)
    yield ""


def _spelling(option: TyperOption) -> str:
    """Return how an option is typed: its names, and what to put for its value."""
    names = ", ".join([*option.opts, *option.secondary_opts])
    return _code(f"{names} {option.metavar}" if option.metavar else names)


def _code(text: str) -> str:
    return f"`{text}`"
