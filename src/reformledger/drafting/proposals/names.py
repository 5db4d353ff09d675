"""Names that may be one office or one person, groups of offices, and names that a directory has to declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from reformledger.drafting.passage import NOTHING
from reformledger.drafting.plain import WITH_ENTRIES, Documents, entries_of, headings_of, texts_of
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.documents import NameKind
from reformledger.text.folding import name_key
from reformledger.text.likeness import Pair, is_group, office_pairs, people_pairs
from reformledger.text.names import joints, split_names
from reformledger.yamlio import Data, Mapped

_WITH_NAMES = {key: field for key, field in ENTRY.items() if field.names}
_REGULAR = 3  # from so many uses on, a spelling is no typing error


class _Use(NamedTuple):
    """A name as it is used: by an entry or a heading (its id or title; ``notice``), in a field."""

    kind: NameKind
    name: str
    holder: str
    field: str


def declared_names(documents: Documents) -> Mapped | None:
    """Return the directory that some documents need to be read, or None: of names that hold what joins names."""
    whole = {name_key(use.name): use for use in _uses(documents) if joints(use.name)}
    if not whole:
        return None
    return {"kind": "directory", "names": [_declaration(use.kind, use.name) for use in whole.values()]}


def propose_names(documents: Documents, questions: Questions, sources: Mapping[str, Item]) -> None:
    """Ask, once for all, which names are one office or person, and which offices a group is made of.

    ``sources`` has the characters of the title of each entry. What one entry names side by side is two.
    """
    uses = [use for use in _uses(documents) if not joints(use.name)]
    by_key: dict[str, list[_Use]] = {}
    for use in uses:
        by_key.setdefault(name_key(use.name), []).append(use)
    sentence = _("Names that a directory may explain: type the entries that are right into directory.yaml.")
    for keys, proposals in (*_joined(by_key), *_groups(by_key)):
        first = by_key[keys[0]][0]
        source = sources.get(first.holder) or Item(first.holder, first.field, NOTHING)
        assumed = cast("Data", [by_key[key][0].name for key in keys])
        item = source._replace(entry=first.holder, field=first.field, assumed=assumed, proposals=tuple(proposals))
        questions.ask("directory", sentence, item)


def _uses(documents: Documents) -> Iterator[_Use]:
    """Yield every name in the fields of entries, headings and notices, those of entries first."""
    for kind in WITH_ENTRIES:
        document = documents.get(kind)
        for entry in entries_of(document):
            yield from _own_uses(entry.data, entry.id)
        for heading in headings_of(document):
            title = heading.get("title")
            yield from _own_uses(heading, title if isinstance(title, str) else "")
    for kind in WITH_ENTRIES:
        notice = (documents.get(kind) or {}).get("notice")
        if isinstance(notice, dict) and isinstance(issuer := notice.get("issuer"), str):
            yield _Use("office", issuer, "notice", "issuer")


def _own_uses(holder: Mapped, name: str) -> Iterator[_Use]:
    for key, field in _WITH_NAMES.items():
        if value := holder.get(key):
            kind: NameKind = "office" if field.names == "office" else "person"
            lists = list(value.values()) if isinstance(value, dict) else [value]
            texts = [text for each in lists for text in texts_of(each)]
            names = [one for text in texts for one in split_names(text)] if field.joined else texts
            yield from (_Use("group" if kind == "office" and is_group(one) else kind, one, name, key) for one in names)


def _joined(by_key: Mapping[str, Sequence[_Use]]) -> Iterator[tuple[Sequence[str], list[Proposal]]]:
    """Yield the keys of names that may be one, with the entries that say so, and those that say that they are not."""
    kinds = {key: uses[0].kind for key, uses in by_key.items()}
    offices = [key for key, kind in kinds.items() if kind != "person"]
    people = [key for key, kind in kinds.items() if kind == "person"]
    for pairs in (office_pairs(offices), people_pairs(people)):
        for keys in _clusters(pair for pair in pairs if _may_be_one(pair, by_key)):
            ordered = sorted(keys, key=lambda key: _rank(by_key[key]))
            names = [by_key[key][0].name for key in ordered]
            kind = kinds[ordered[0]]
            one: Mapped = {**_declaration(kind, names[0]), "also": cast("Data", names[1:])}
            apart = [_declaration(kinds[key], name) for key, name in zip(ordered, names, strict=True)]
            yield ordered, [_proposal([one], _("one name")), _proposal(apart, _("names of their own"))]


def _may_be_one(pair: Pair, by_key: Mapping[str, Sequence[_Use]]) -> bool:
    one, other = (by_key[key] for key in pair[:2])
    if {use.holder for use in one} & {use.holder for use in other}:
        return False
    if pair.kind == "character":
        return min(len(one), len(other)) < _REGULAR
    return not any(use.kind == "group" for use in (*one, *other))


def _rank(uses: Sequence[_Use]) -> tuple[bool, int, int]:
    """Return what orders names that are one: what entries say goes before what the notice alone says, then by length.

    An abbreviation is the other word for the longer name.
    """
    return all(use.holder == "notice" for use in uses), -len(uses[0].name), -len(uses)


def _clusters(pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the names of pairs, those together that pairs lead from one to the other."""
    clusters: list[list[str]] = []
    for pair in pairs:
        touched = [cluster for cluster in clusters if set(cluster) & set(pair[:2])]
        merged = dict.fromkeys([key for cluster in touched for key in cluster] + list(pair[:2]))
        clusters = [*(cluster for cluster in clusters if cluster not in touched), list(merged)]
    return clusters


def _groups(by_key: Mapping[str, Sequence[_Use]]) -> Iterator[tuple[Sequence[str], list[Proposal]]]:
    """Yield the keys of groups of offices, each with its entry; who belongs to it only a person can say."""
    for key, uses in by_key.items():
        if uses[0].kind == "group":
            yield [key], [_proposal([_declaration("group", uses[0].name)], _("a group; list its members"))]


def _proposal(entries: Sequence[Mapped], why: str) -> Proposal:
    return Proposal({"names": list(entries)}, why)


def _declaration(kind: NameKind, name: str) -> Mapped:
    return {"name": name, "kind": kind}
