"""What a rule's options can be: one table for their checking, their pages and their JSON Schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from typing import Any, NamedTuple

from ogcheck.rules.base import Rule


class Kind(NamedTuple):
    """A type of options."""

    words: str
    accepts: Callable[[Any], bool]
    schema: dict[str, Any]
    """In JSON Schema."""


KINDS: dict[str, Kind] = {
    "bool": Kind("true or false", lambda v: isinstance(v, bool), {"type": "boolean"}),
    "int": Kind("a number above 0", lambda v: type(v) is int and v > 0,
                {"type": "integer", "minimum": 1}),
    "float": Kind("a number above 0", lambda v: type(v) in (int, float) and v > 0,
                  {"type": "number", "exclusiveMinimum": 0}),
    "str": Kind("a string", lambda v: isinstance(v, str), {"type": "string"}),
    "tuple[str, ...]": Kind(
        "a list of strings",
        lambda v: isinstance(v, list) and all(isinstance(one, str) for one in v),
        {"type": "array", "items": {"type": "string"}},
    ),
}  # fmt: skip
"""By the name of the type, as an options dataclass annotates it."""


class Option(NamedTuple):
    """One option of a rule."""

    key: str
    """As configurations spell it."""
    kind: str
    default: Any
    """As JSON has it."""
    doc: str


def options(rule: type[Rule]) -> dict[str, Option]:
    """A rule's options by key."""
    return {option.key: option for option in map(_option, fields(rule.Options))}


def _option(field: Field[Any]) -> Option:
    # Annotations are text where the module has "from __future__ import annotations".
    kind = field.type if isinstance(field.type, str) else (
        field.type.__name__ if isinstance(field.type, type) and field.type is not tuple
        and not hasattr(field.type, "__args__") else str(field.type))  # fmt: skip
    default = list(field.default) if isinstance(field.default, tuple) else field.default
    return Option(field.name.replace("_", "-"), kind, default, str(field.metadata.get("doc", "")))
