"""Batches and steps that a cell holds become the phases of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reformledger.drafting.blanks import tidied
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Proposal
from reformledger.drafting.values import is_crossed, is_deadline
from reformledger.i18n import _
from reformledger.text.folding import name_key
from reformledger.text.numerals import NUMERAL
from reformledger.text.patterns import when_used
from reformledger.yamlio import Data, Mapped

_BATCH = re.compile(f"第{NUMERAL}(?:批次?|期|阶段|步|轮)|[一二三四]期(?!间)|(?:近|中|远)期")
_LEAST_BATCHES = 2
_COUNTED = re.compile("第((?:[一二三四五六七八九十]+、?)+)(批次?|期|阶段|轮)[^0-9、，。]*((?:[0-9]+、?)+)[个项]?")
_LINE_END = re.compile(r"\n+|[；;](?=\s*[^：:；;\n]{1,20}[：:])")
_NUMBER = when_used(r"\s*(?:[0-9]{1,2}[.．、](?![0-9])|[（(][0-9一二三四五六七八九十]{1,2}[）)]|[①-⑳])\s*")
_DATED = re.compile("(?P<due>[^：:]{1,24}[：:])(?P<name>.+)", re.DOTALL)
_DATED_BEHIND = re.compile("(?P<name>.+?)[（(](?P<due>[^（）()]{2,24})[）)]", re.DOTALL)
_DATED_AT_END = re.compile(r"(?P<name>.+?)(?:[:：—–]|\s-|\bby\b)\s*(?P<due>[^:：—–]{4,24})", re.DOTALL)
_DATE = when_used("[0-9一二三四五六七八九十]+(?:年|月|日|季度)|[0-9]{1,4}[-/.][0-9]{1,2}")
_ENDS = "。；;，, \n"


def put_batches(entry: DraftEntry, source: Passage) -> bool:
    """Say whether a cell names batches, each with its deadline (第一批2020 第二批2021): they are put in as phases."""
    names = list(_BATCH.finditer(source.text))
    if len(names) < _LEAST_BATCHES or source.text[: names[0].start()].strip():
        return False
    ends = [*(name.start() for name in names[1:]), len(source)]
    dues = [tidied(source[name.end() : end].strip("：:" + _ENDS)) for name, end in zip(names, ends, strict=True)]
    if not all(is_deadline(due.text, entry.context.year) for due in dues):
        return False
    for name, due in zip(names, dues, strict=True):
        entry.append("phases", source.group(name), {"name": name[0], "due": due.text})
        entry.context.account.use(due, entry.name, "phases")
    entry.ask("phases", _("Are these the phases of the entry, each with its own deadline?"), "phases", source)
    return True


def put_steps(entry: DraftEntry, source: Passage) -> None:
    """Put the steps that a cell holds, one a line, in as phases: each with its date, where it has one."""
    for line in _lines(entry, source):
        _put_step(entry, line)


def _lines(entry: DraftEntry, source: Passage) -> Iterator[Passage]:
    """Yield the steps, without the numbers before them and the marks behind them."""
    for piece in source.split(_LINE_END):
        match = _NUMBER.match(piece.text)
        if match:
            entry.context.account.lay_out(piece.group(match), "numbering")
        rest = piece[match.end() if match else 0 :].strip()
        step = rest.strip(_ENDS)
        if step:
            if len(rest) > len(step):
                entry.context.account.lay_out(rest[len(step) :], "separator")
            yield step


def _put_step(entry: DraftEntry, step: Passage) -> None:
    year = entry.context.year
    for form in (_DATED, _DATED_BEHIND, _DATED_AT_END):
        match = form.fullmatch(step.text)
        if match and is_deadline(match["due"], year):
            due, name = tidied(step.group(match, "due")), tidied(step.group(match, "name"))
            entry.append("phases", name, {"name": name.text, "due": due.text})
            entry.context.account.use(due, entry.name, "phases")
            entry.context.account.lay_out(step, "bracket" if form is _DATED_BEHIND else "separator")
            return
    whole = tidied(step)
    entry.append("phases", whole, {"name": whole.text})
    if _DATE.search(whole.text):
        sentence = _("This step names a date that could not be told from its text: by when is it due?")
        proposals = [Proposal({"name": whole.text, "due": whole.text})] if is_deadline(whole.text, year) else []
        entry.ask("phases", sentence, "phases", step, *proposals)


def phases_of(entry: DraftEntry) -> list[Mapped]:
    """Return the phases that an entry has so far."""
    phases = entry.data.get("phases")
    return [phase for phase in phases if isinstance(phase, dict)] if isinstance(phases, list) else []


def count_batches(entry: DraftEntry) -> None:
    """Give phases the counts that the title says (第一、二批分别下设13、9个子项), and a ☆ the phase that meets it."""
    phases = phases_of(entry)
    title, star = entry.data.get("title"), entry.data.get("star")
    for match in _COUNTED.finditer(title if isinstance(title, str) else ""):
        names = [f"第{numeral}{match[2]}" for numeral in match[1].strip("、").split("、")]
        counts = match[3].strip("、").split("、")
        if len(names) == len(counts) and [name_key(name) for name in names] == _names(phases):
            for phase, count in zip(phases, counts, strict=True):
                phase["count"] = count
    if isinstance(star, dict) and isinstance(note := star.get("note"), str):
        named = [name for phase in phases if isinstance(name := phase.get("name"), str) and name in note]
        if len(named) == 1:
            star["phase"] = named[0]


def _names(phases: Sequence[Mapped]) -> list[str]:
    return [name_key(name) for phase in phases if isinstance(name := phase.get("name"), str)]


def put_phase(entry: DraftEntry, name: Passage, parts: Sequence[tuple[str, Passage]]) -> None:
    """Put a phase in of which every part has a cell: by the heading over them, or by the part that is its name."""
    for _part, cell in parts:
        if is_crossed(cell.text):
            entry.context.account.lay_out(cell, "crossed")
    cells = [(part, tidied(cell)) for part, cell in parts if cell and not is_crossed(cell.text)]
    if not cells:
        return
    phase: dict[str, Data] = {part: cell.text for part, cell in cells}
    if name:
        phase = {"name": name.text, **_due_of(name.text, entry.context.year), **phase}
    elif "name" not in phase:
        named = next((part for part in phase if part != "due"), "due")
        phase = {"name": phase[named], **{part: text for part, text in phase.items() if part != named or part == "due"}}
    due = next((cell for part, cell in cells if part == "due"), NOTHING)
    is_read = not due or is_deadline(due.text, entry.context.year)
    if not is_read:
        del phase["due"]
    entry.append("phases", cells[0][1], phase)
    for _part, cell in cells[1:]:
        entry.context.account.use(cell, entry.name, "phases")
    if not is_read:
        entry.ask("phases", _("The deadline of this phase cannot be read: what does it mean?"), "phases", due)
    elif name and name.text != phase.get("due", name.text):
        entry.ask("phases", _("By when is this phase due?"), "phases", cells[0][1])


def _due_of(name: str, year: int) -> Mapped:
    """Return the deadline that the name of a phase is: beside quarters 半年 is the first half of the year."""
    if name == "半年":
        return {"due": "上半年"}
    return {"due": name} if is_deadline(name, year) else {}
