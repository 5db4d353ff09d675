"""What all models share: nothing unknown, words for every key from the table of fields."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator
from pydantic_core import core_schema

from reformledger.fields.field import Field, Fields
from reformledger.text.folding import search_key

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Model(BaseModel):
    """What all parts of a document share: nothing unknown, nothing guessed, nothing changed afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        # Inputs may hold personal data; the loader shows what it must, masked.
        hide_input_in_errors=True,
        # Only the documents are ever validated by themselves: their parts are built with them, once.
        defer_build=True,
        arbitrary_types_allowed=True,
    )
    fields: ClassVar[Fields]
    """The table in which every key has its row."""

    @model_validator(mode="before")
    @classmethod
    def _drop_blank(cls, data: object) -> object:
        """Take a known key with a blank value as absent: that is how a person leaves a cell empty."""
        # Nothing blank, as mostly: asking that first takes a third of the time of comparing each value with None.
        if isinstance(data, dict) and not all(data.values()):
            known = {info.alias or name for name, info in cls.model_fields.items()}
            return {key: value for key, value in data.items() if value is not None or key not in known}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        """Return the schema with the official words of each key as its title, and what belongs into it."""
        reference = handler(core_schema)
        for key, part in handler.resolve_ref_schema(reference)["properties"].items():
            field = cls.fields[key]
            part |= {"title": field.official, "description": field.help_zh + field.help_en}
        return reference


class Late:
    """Marks a part that most documents lack (``Annotated[Phase, Late()]``): its validator is built once it is needed.

    Building the validators of all models is a good part of the time that a short answer takes.
    """

    def __get_pydantic_core_schema__(self, source: type[Model], _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that leaves a value to the model itself; its faults keep their places all the same."""

        def validate(value: object, info: ValidationInfo) -> Model:
            return source.model_validate(value, context=info.context)

        def json_schema(_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
            source.model_rebuild()
            # Inside another, the model is defined once, and each of its places refers to it.
            return handler(core_schema.no_info_after_validator_function(_same, source.__pydantic_core_schema__))

        metadata = {"pydantic_js_annotation_functions": [json_schema]}
        return core_schema.with_info_plain_validator_function(validate, metadata=metadata)


def _same(value: object) -> object:
    return value


def known_keys(model: type[Model], path: Sequence[str | int] = ()) -> dict[str, Field]:
    """Return the fields that the part of a ``model`` document at ``path`` may have, in the model's order."""
    for step in path:
        annotations = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        if step in annotations:
            model = next(_models_in(annotations[str(step)]), model)
    return {key: model.fields[key] for key in (info.alias or name for name, info in model.model_fields.items())}


def content_key(value: object, but: Collection[str] = ()) -> Hashable:
    """Return what two values of one kind share that say the same; of models, under all keys ``but`` some.

    What makes no difference to a search makes none here, nor does the order of what is listed, or that it is listed
    twice.
    """
    match value:
        case str():
            return search_key(value)
        case Model():
            return tuple(content_key(getattr(value, key)) for key in type(value).model_fields if key not in but)
        case tuple():
            return frozenset(map(content_key, value))
        case dict():
            return frozenset((search_key(key), content_key(item)) for key, item in value.items())
        case Hashable():  # a number, a day, a flag, a deadline
            return value
    raise TypeError(value)


def all_fields(model: type[Model]) -> list[dict[str, Field]]:
    """Return the fields of a model and of every model inside it, by their keys."""
    found: dict[type[Model], dict[str, Field]] = {}
    waiting = [model]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = known_keys(model)
            waiting += [inner for info in model.model_fields.values() for inner in _models_in(info.annotation)]
    return list(found.values())


@cache
def parts_of(model: type[Model]) -> tuple[str, ...]:
    """Return the attributes of a model that hold models, one or several."""
    return tuple(name for name, info in model.model_fields.items() if any(_models_in(info.annotation)))


def _models_in(annotation: object) -> Iterator[type[Model]]:
    """Yield the models inside ``Several[X]``, ``X | None``, ``Annotated[X, …]``, ``dict[str, X]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
