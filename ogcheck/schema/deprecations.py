"""Fields that are there and that the schema calls deprecated: an annotation, so no error.

Neither library gives annotations cheaply; this walk follows ``properties``, ``items``, ``$ref`` and
the combining keywords, and is taken only for schemas in which something is deprecated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ogcheck.schema.explain import Fault, Path

_DEPTH = 64


def find(schema: Any, resolver: Any, instance: Any) -> list[Fault]:
    """The deprecated fields of ``instance``, each once."""
    found: dict[Path, Fault] = {}
    for path, value, described in _walk(schema, resolver, instance, (), 0):
        found.setdefault(path, Fault("SCH010", "deprecated", path, value, True, described))
    return list(found.values())


def _walk(
    schema: Any, resolver: Any, instance: Any, path: Path, depth: int
) -> Iterator[tuple[Path, Any, dict[str, Any]]]:
    if not isinstance(schema, dict) or depth > _DEPTH:
        return
    if schema.get("deprecated") is True and path:
        yield path, instance, schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        target = resolver.lookup(reference)
        yield from _walk(target.contents, target.resolver, instance, path, depth + 1)
    for one, value, step in _below(schema, instance):
        yield from _walk(one, resolver, value, path if step is None else (*path, step), depth + 1)


def _below(schema: dict[str, Any], instance: Any) -> Iterator[tuple[Any, Any, str | int | None]]:
    """What ``schema`` applies to ``instance`` and its parts: the schema, the part, its step."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(keyword, ()):
            yield one, instance, None
    if isinstance(instance, dict):
        for name, one in schema.get("properties", {}).items():
            if name in instance:
                yield one, instance[name], name
    elif isinstance(instance, list):
        for index, item in enumerate(instance):
            yield schema.get("items"), item, index
