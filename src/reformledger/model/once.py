"""What is found of a thing the first time that it is asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Found = TypeVar("_Found")


class Once(Generic[_Found]):
    """A property that is found once; like ``functools.cached_property``, without the lock that it takes in 3.11.

    The lock takes longer than most of what is found of thousands of entries. Two threads that ask at the same moment
    both find it, and find the same.
    """

    def __init__(self, find: Callable[[Any], _Found]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Once[_Found]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> _Found: ...

    def __get__(self, instance: object, owner: type) -> Once[_Found] | _Found:
        if instance is None:
            return self
        found = self._find(instance)
        setattr(instance, self._name, found)  # from now on the attribute hides this property
        return found
