"""Questions about the shape of the documents, answered from the models themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from reformledger.model.entries import Model

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def known_keys(model: type[Model], path: Sequence[str | int]) -> dict[str, tuple[str, ...]]:
    """Return the keys that the part of a ``model`` document at ``path`` may have, in the model's order.

    Beside each stand the official Chinese words for it, with which its description begins.
    """
    for step in path:
        if isinstance(step, str) and (field := _fields(model).get(step)) is not None:
            model = next(_models_in(field.annotation), model)
    return {key: _official_words(field.description or "") for key, field in _fields(model).items()}


def _fields(model: type[Model]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _official_words(description: str) -> tuple[str, ...]:
    heading = re.match("[^A-Za-z：]*", description)
    return tuple(re.findall("[\u4e00-\u9fff]+", heading[0] if heading else ""))


def _models_in(annotation: object) -> Iterator[type[Model]]:
    """Yield the models inside ``Several[X]``, ``X | None``, ``Annotated[X, …]``, ``dict[str, X]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
