"""Frozen dataclasses of our own are what those of the standard library are."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from ogcheck.frozen import frozen, slotted


@frozen
class Ours:
    """A class."""

    name: str
    size: int = 3
    parts: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Theirs:
    """The same class."""

    name: str
    size: int = 3
    parts: list[str] = field(default_factory=list, repr=False)


@frozen
class Plain:
    """One that can be a key."""

    name: str
    size: int = 3


@slotted
class Slotted:
    """One that changes."""

    name: str
    parts: list[str] = field(default_factory=list)


BOTH = pytest.mark.parametrize("kind", [Ours, Theirs])


@BOTH
def test_objects_are_made(kind: Any) -> None:
    one = kind("a")
    assert (one.name, one.size, one.parts) == ("a", 3, [])
    assert kind("a").parts is not one.parts
    assert asdict(kind("a", 4, parts=["x"])) == {"name": "a", "size": 4, "parts": ["x"]}
    assert replace(one, size=5) == kind(name="a", size=5)
    assert [found.name for found in fields(kind)] == ["name", "size", "parts"]
    assert is_dataclass(kind)
    named = type(one).__name__
    assert repr(one) == f"{named}(name='a', size=3)"


@BOTH
@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"size": 1}),
        (("a", 1, [], "more"), {}),
        (("a",), {"name": "b"}),
        (("a",), {"colour": "red"}),
    ],
)
def test_what_does_not_fit_is_refused(
    kind: Any, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        kind(*values, **named)


@BOTH
def test_objects_do_not_change(kind: Any) -> None:
    one = kind("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'size'"):
        one.size = 4
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'size'"):
        del one.size
    assert one.size == 3


@BOTH
def test_objects_are_compared_by_what_they_hold(kind: Any) -> None:
    assert kind("a") == kind("a", 3)
    assert kind("a") != kind("b")
    assert kind("a") != ("a", 3, [])
    with pytest.raises(TypeError, match="unhashable"):
        hash(kind("a"))


def test_kinds_are_not_confused() -> None:
    ours: Any = Ours("a", 3)
    assert ours != Theirs("a", 3)
    assert ours != Plain("a")
    assert {Plain("a"): 1}[Plain("a", 3)] == 1


@BOTH
def test_objects_are_copied_and_sent(kind: Any) -> None:
    one = kind("a", 4, ["x"])
    assert copy.deepcopy(one) == one
    assert copy.deepcopy(one).parts is not one.parts
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - it is our own


def test_slotted_ones_change_and_take_nothing_else() -> None:
    one = Slotted("a")
    one.parts.append("x")
    assert (one, repr(one)) == (Slotted("a", ["x"]), "Slotted(name='a', parts=['x'])")
    assert replace(one, name="b") != one
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - it is our own
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    anything: Any = one
    with pytest.raises(AttributeError):
        anything.size = 1
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        anything.__class__()
