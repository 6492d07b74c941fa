"""Dataclasses that share their methods.

``dataclasses.dataclass`` writes and compiles up to six methods for every class, which is half a
millisecond or more each at every start; forty of them were a tenth of a run over one file. Here
representation, comparison and refusals are the same functions for all classes, and go through the
fields when they are called.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

Class = TypeVar("Class", bound=type[Any])


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Class) -> Class:
    """Make ``cls`` a frozen dataclass: ``dataclasses.fields``, ``replace`` and ``asdict`` know it.

    Of ``dataclasses.field`` it obeys the defaults and ``repr``; ``__post_init__`` is not called.
    ``__init__`` is shared, too, so that an object takes a few microseconds to make, in place of
    half of one: right for options and settings, wrong for what is made for every value of a page.
    """
    dataclass(init=False, repr=False, eq=False)(cls)
    for name, method in _METHODS.items():
        setattr(cls, name, method)
    return cls


@dataclass_transform(field_specifiers=(field,))
def slotted(cls: Class) -> Class:
    """Make ``cls`` a dataclass with slots, and with an ``__init__`` of its own, which is quick."""
    made: Any = dataclass(repr=False, eq=False, slots=True)(cls)
    made.__eq__, made.__hash__, made.__repr__ = _eq, None, _repr
    return cast("Class", made)


def _init(self: Any, /, *values: Any, **named: Any) -> None:
    known = fields(self)
    if len(values) > len(known):
        raise TypeError(f"{type(self).__qualname__} has {len(known)} fields, and got {len(values)}")
    given = {one.name: value for one, value in zip(known, values, strict=False)}
    twice = given.keys() & named.keys()
    given |= named
    for one in known:
        if one.name not in given:
            if one.default is not MISSING:
                given[one.name] = one.default
            elif one.default_factory is not MISSING:
                given[one.name] = one.default_factory()
            else:
                raise TypeError(f"{type(self).__qualname__} lacks {one.name}")
    if twice or len(given) > len(known):
        wrong = sorted(twice or given.keys() - {one.name for one in known})
        raise TypeError(f"{type(self).__qualname__} does not take {', '.join(wrong)}")
    self.__dict__.update(given)


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, one.name) for one in fields(self)])


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = [f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _setattr(_: Any, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = {
    "__init__": _init, "__eq__": _eq, "__hash__": _hash, "__repr__": _repr,
    "__setattr__": _setattr, "__delattr__": _delattr,
}  # fmt: skip
