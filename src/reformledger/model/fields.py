"""Questions about the shape of the documents, answered from the models themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from reformledger.model.entries import Model


def known_keys(model: type[Model], path: Sequence[str | int]) -> list[str]:
    """Return the keys that the part of a ``model`` document at ``path`` may have, in the model's order."""
    for step in path:
        if isinstance(step, str) and (field := _fields(model).get(step)) is not None:
            model = next(_models_in(field), model)
    return list(_fields(model))


def _fields(model: type[Model]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation: object) -> Iterator[type[Model]]:
    """Yield the models inside ``list[X]``, ``X | None``, ``Annotated[X, …]``, ``dict[str, X]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
