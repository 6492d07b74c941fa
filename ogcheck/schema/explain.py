"""Why a document is not valid: ``jsonschema``'s errors as plain faults, the best branch only.

The one module that imports ``jsonschema``, so it is imported only when there is something to
explain. Patterns and multiples are asked of jsonschema-rs, so that both libraries agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial, partialmethod
from typing import Any

import jsonschema
from jsonschema import FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.exceptions import NoSuchAnchor, PointerToNowhere, Unresolvable
from referencing.jsonschema import lookup_recursive_ref, specification_with

from ogcheck.page import pointer_step
from ogcheck.schema import documents, formats, patterns, same_page
from ogcheck.schema.documents import Document, SchemaError

Path = tuple[str | int, ...]
Retrieve = Callable[[str], Document]
Quick = Callable[[Any, Any], bool]
"""Whether a value is certainly valid by a subschema of the root."""

CODES = {
    **dict.fromkeys(("required", "dependentRequired"), "SCH001"),
    "type": "SCH002",
    "format": "SCH003",
    **dict.fromkeys(("enum", "const"), "SCH004"),
    "pattern": "SCH005",
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "propertyNames"), "SCH006"),
    **dict.fromkeys(
        [
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
            "multipleOf",
            "uniqueItems",
        ],
        "SCH007",
    ),
    same_page.KEYWORD: "SCH009",
}
"""The code of each keyword; of every other it is SCH008."""
_LABELS = ("title", "description", "examples")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document by its schema."""

    code: str
    keyword: str
    path: Path
    """Where: the object that lacks a field, the field that should not be there, the value."""
    instance: Any
    limit: Any
    """The keyword's value."""
    schema: Mapping[str, Any]
    """The schema that the keyword stands in, with the title and description that hold there."""
    names: tuple[str, ...] = ()
    """The missing field, or any of which one is missing; the fields that are known."""
    other: Path = ()
    """The other place of a pair."""
    message: str | None = None
    """The schema's own ``errorMessage``."""


class Explainer:
    """A schema in ``jsonschema``, for one set of formats."""

    def __init__(
        self,
        root: Document,
        dialect: str,
        checks: Mapping[str, formats.Check],
        retrieve: Retrieve,
        quick: Quick,
    ) -> None:
        self.root = root
        self.resolver = resolver_of(root, dialect, retrieve)
        checker = FormatChecker(formats=())
        for name, check in checks.items():
            checker.checks(name)(check)
        self.validator: Any = _class(dialect, quick)(
            root.data,
            registry=self.resolver._registry,
            format_checker=checker,
            _resolver=self.resolver,
        )

    def faults(self, instance: Any) -> list[Fault]:
        """What is wrong with ``instance``, each fault once, in no order that matters."""
        try:
            found = [f for e in self.validator.iter_errors(instance) for f in self._leaves(e, {})]
        except RecursionError:
            raise SchemaError(
                "The schema refers to itself without an end, or what it checks is nested too deep.",
                self.root.path,
            ) from None
        except Unresolvable as error:
            raise SchemaError(f"A $ref leads nowhere: {error}.", self.root.path) from None
        return list(_first_causes(found))

    def _leaves(self, error: ValidationError, outer: Mapping[str, Any]) -> Iterator[Fault]:
        schema = _described(error.schema, {} if error.relative_path and error.parent else outer)
        keyword = str(error.validator) if error.validator is not None else "false"
        message = _own_message(error.schema, keyword, error.cause)
        path = tuple(error.absolute_path)
        if keyword in ("anyOf", "oneOf") and error.context:
            best = list(self._best(error, schema))
            if message is None:
                yield from best
                return
            code = best[0].code if len(best) == 1 and best[0].path == path else "SCH008"
            yield Fault(
                code, keyword, path, error.instance, error.validator_value, schema, message=message
            )
            return
        code = CODES.get(keyword, "SCH008")
        if keyword == "dependencies" and isinstance(error.cause, KeyError):
            code = "SCH001"
        names: tuple[str, ...] = ()
        other: Path = ()
        if isinstance(error.cause, KeyError):
            names = (str(error.cause.args[0]),)
        elif code == "SCH006":
            known = error.schema.get("properties") if isinstance(error.schema, dict) else None
            if keyword == "propertyNames" and isinstance(error.validator_value, dict):
                known = error.validator_value.get("enum", known)
            names = tuple(known or ())
        elif isinstance(error.cause, LookupError):
            other = (*path[: len(path) - error.cause.args[1]], *error.cause.args[0])
        yield Fault(
            code,
            keyword,
            path,
            error.instance,
            error.validator_value,
            schema,
            names,
            other,
            message,
        )

    def _best(self, error: ValidationError, schema: Mapping[str, Any]) -> Iterator[Fault]:
        """The faults of the branch of ``anyOf`` or ``oneOf`` that was most likely meant."""
        branches: dict[int, list[ValidationError]] = {}
        for child in error.context or ():
            if child.relative_schema_path:  # else the branch is false, which nothing can fit
                branches.setdefault(int(child.relative_schema_path[0]), []).append(child)
        path = tuple(error.absolute_path)
        if not branches:
            yield Fault("SCH008", "false", path, error.instance, False, schema)
            return
        fitting = {i: b for i, b in branches.items() if not any(map(_is_other_type, b))}
        if not fitting:
            types = list(dict.fromkeys(t for b in branches.values() for e in b for t in _types(e)))
            yield Fault("SCH002", "type", path, error.instance, types, schema)
            return
        flat = [e for b in fitting.values() for e in b]
        if all(not e.relative_path and e.validator in ("enum", "const") for e in flat):
            allowed = [v for e in flat for v in _allowed(e)]
            yield Fault("SCH004", "enum", path, error.instance, allowed, schema)
            return
        if len(fitting) > 1 and all(
            len(b) == 1 and not b[0].relative_path and b[0].validator == "required"
            for b in fitting.values()
        ):
            names = tuple(dict.fromkeys(str(e.cause.args[0]) for e in flat if e.cause))
            yield Fault("SCH001", "required", path, error.instance, names, schema, names)
            return
        best = min(fitting, key=lambda i: (*_distance(fitting[i]), i))
        for one in fitting[best]:
            yield from self._leaves(one, schema)


def _is_other_type(error: ValidationError) -> bool:
    """Whether a branch's error says that the value itself is of another type."""
    if error.relative_path:
        return False
    if error.validator in ("anyOf", "oneOf") and error.context:
        inner: dict[Any, list[ValidationError]] = {}
        for child in (e for e in error.context if e.relative_schema_path):
            inner.setdefault(child.relative_schema_path[0], []).append(child)
        return all(any(map(_is_other_type, branch)) for branch in inner.values())
    return error.validator == "type"


def _types(error: ValidationError) -> Iterator[str]:
    if error.relative_path:
        return
    if error.validator == "type":
        wanted: Any = error.validator_value
        yield from [wanted] if isinstance(wanted, str) else wanted
    elif error.validator in ("anyOf", "oneOf"):
        for child in error.context or ():
            yield from _types(child)


def _allowed(error: ValidationError) -> list[Any]:
    value: Any = error.validator_value
    return list(value) if error.validator == "enum" else [value]


def _distance(branch: list[ValidationError]) -> tuple[int, int, int, int]:
    """How far a branch is from the value: the wrong discriminator, what is missing, all faults."""
    told = sum(e.validator in ("enum", "const") and len(e.relative_path) <= 1 for e in branch)
    unknown = sum(e.validator in ("additionalProperties", "unevaluatedProperties") for e in branch)
    missing = sum(e.validator == "required" and not e.relative_path for e in branch)
    return told, missing, unknown, len(branch)


def _described(schema: Any, outer: Mapping[str, Any]) -> Mapping[str, Any]:
    """``schema`` with what the schema around it calls the same value."""
    labels = {key: outer[key] for key in _LABELS if key in outer}
    if not isinstance(schema, dict):
        return labels
    return {**schema, **labels} if labels else schema


def _own_message(schema: Any, keyword: str, cause: Any) -> str | None:
    message = schema.get("errorMessage") if isinstance(schema, dict) else None
    if isinstance(message, dict):
        message = message.get(keyword)
        if isinstance(message, dict):
            message = message.get(str(cause.args[0])) if isinstance(cause, KeyError) else None
    return message if isinstance(message, str) else None


def _first_causes(found: list[Fault]) -> Iterator[Fault]:
    """``found`` without repetitions, and without what follows from another fault of the value.

    A value of the wrong type, and an empty one, are that and nothing else.
    """
    final: dict[Path, str] = {}
    for fault in found:
        if fault.code == "SCH002":
            final[fault.path] = "SCH002"
        elif fault.keyword == "minLength" and not formats.meant(str(fault.instance)):
            final.setdefault(fault.path, "SCH007")
    seen: set[Any] = set()
    for fault in found:
        if fault.keyword != "required" and final.get(fault.path, fault.code) != fault.code:
            continue
        key = (fault.code, fault.path, fault.names if fault.code == "SCH001" else None,
               fault.keyword, fault.message, fault.other, repr(fault.limit))  # fmt: skip
        if key not in seen:
            seen.add(key)
            yield fault


def resolver_of(root: Document, dialect: str, retrieve: Retrieve) -> Any:
    """What follows the references of ``root`` (``referencing``'s resolver at its base)."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    address = next(uri for uri, name in documents.DIALECTS.items() if name == dialect)
    specification = specification_with(address)

    def fetch(uri: str) -> Resource[Any]:
        return specification.create_resource(retrieve(uri).data)

    resource = specification.create_resource(root.data)
    make: Any = Registry  # an attrs class, whose arguments mypy does not see
    registry: Any = make(retrieve=fetch).combine(REGISTRY)
    base = next((b for _, _, b in documents.subschemas(root.data, dialect, root.uri)), root.uri)
    registry = registry.with_resources([(root.uri, resource), (base, resource)])
    return registry.resolver(base)


def broken_reference(
    known: Iterable[Document], root: Document, dialect: str, retrieve: Retrieve
) -> SchemaError | None:
    """The first ``$ref`` of the documents that leads nowhere, as an error at its place."""
    resolver = resolver_of(root, dialect, retrieve)
    for document in known:
        for pointer, schema, base in documents.subschemas(document.data, dialect, document.uri):
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                continue
            here = resolver._registry.resolver(base)
            try:
                here.lookup(reference)
            except (PointerToNowhere, NoSuchAnchor):
                return document.error(
                    f"{pointer}/$ref", f"$ref leads nowhere: there is no {reference}."
                )
            except Unresolvable as error:
                cause = _schema_error(error)
                if cause is None:
                    return document.error(f"{pointer}/$ref", f"$ref leads nowhere: {error}.")
                if cause.line is not None:  # the file that it leads to is what is wrong
                    return cause
                return document.error(f"{pointer}/$ref", cause.message, cause.help)
    return None


def _schema_error(error: BaseException | None) -> SchemaError | None:
    while error is not None and not isinstance(error, SchemaError):
        error = error.__cause__ or error.__context__
    return error


# The keywords of which jsonschema's own say too little, or ask another engine.


def _pattern(_validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not patterns.search(pattern, instance):
        yield ValidationError("pattern")


def _descend(
    validator: Any, value: Any, schema: Any, key: str, step: str
) -> Iterator[ValidationError]:
    """The errors of a field; where no value is allowed at all, with its path (jsonschema's own
    has none)."""
    if schema is False:
        yield ValidationError("false", validator=None, path=[key], instance=value, schema={})  # type: ignore[arg-type]
    else:
        yield from validator.descend(value, schema, path=key, schema_path=step)


def _pattern_properties(
    validator: Any, named: dict[str, Any], instance: Any, _: Any
) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for pattern, schema in named.items():
            for key, value in instance.items():
                if patterns.search(pattern, key):
                    yield from _descend(validator, value, schema, key, pattern)


def _properties(
    quick: Quick, validator: Any, named: dict[str, Any], instance: Any, _: Any
) -> Iterator[ValidationError]:
    """As ever; and a field is called what the schema that names it calls it, ``$ref`` or not.

    A field that ``quick`` says is valid is not asked of jsonschema, which takes a hundred times as
    long.
    """
    for name, schema in named.items() if isinstance(instance, dict) else ():
        if name in instance and not quick(schema, instance[name]):
            for error in _descend(validator, instance[name], schema, name, name):
                if len(error.path) == 1 and isinstance(schema, dict):
                    error.schema = _described(error.schema, schema)
                yield error


def _additional(schema: Mapping[str, Any], instance: dict[str, Any]) -> Iterator[str]:
    named = schema.get("patternProperties", {})
    for key in instance.keys() - schema.get("properties", {}).keys():
        if not any(patterns.search(pattern, key) for pattern in named):
            yield key


def _additional_properties(
    validator: Any, allowed: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    for key in _additional(schema, instance):
        if allowed is False:
            yield ValidationError("unknown", path=[key])
        else:
            yield from validator.descend(instance[key], allowed, path=key)


def _unevaluated_properties(
    validator: Any, allowed: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    rest = {k: v for k, v in schema.items() if k != "unevaluatedProperties"}
    done = _evaluated(validator, instance, rest)
    for key, value in instance.items():
        if key not in done and any(True for _ in validator.descend(value, allowed)):
            yield ValidationError("unknown", path=[key])


def _evaluated(validator: Any, instance: dict[str, Any], schema: Any) -> set[str]:
    """The keys of ``instance`` that ``schema`` says something of, where it holds."""
    if not isinstance(schema, dict):
        return set()
    if "unevaluatedProperties" in schema:
        return set(instance)
    done = set(schema.get("properties", {})) & set(instance)
    for pattern in schema.get("patternProperties", {}):
        done.update(key for key in instance if patterns.search(pattern, key))
    if "additionalProperties" in schema:
        done.update(_additional(schema, instance))
    for target in _targets(validator, schema):
        there = validator.evolve(schema=target.contents, _resolver=target.resolver)
        done |= _evaluated(there, instance, target.contents)
    for one in _applied(validator, instance, schema):
        if _holds(validator, instance, one):
            done |= _evaluated(validator, instance, one)
    return done


def _targets(validator: Any, schema: dict[str, Any]) -> Iterator[Any]:
    """What the references of ``schema`` lead to."""
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in schema:
            yield validator._resolver.lookup(schema[keyword])
    if "$recursiveRef" in schema:
        yield lookup_recursive_ref(validator._resolver)


def _applied(validator: Any, instance: dict[str, Any], schema: dict[str, Any]) -> Iterator[Any]:
    """The schemas in ``schema`` that apply to the same instance."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from schema.get(keyword, ())
    for name, one in schema.get("dependentSchemas", {}).items():
        if name in instance:
            yield one
    if "if" in schema:
        holds = _holds(validator, instance, schema["if"])
        yield schema["if"]
        yield schema.get("then" if holds else "else", True)


def _holds(validator: Any, instance: Any, schema: Any) -> bool:
    return next(iter(validator.descend(instance, schema)), None) is None


def _property_names(
    validator: Any, schema: Any, instance: Any, _: Any
) -> Iterator[ValidationError]:
    for key in instance if isinstance(instance, dict) else ():
        if not _holds(validator, key, schema):
            yield ValidationError("name", path=[key])


def _required(_validator: Any, names: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    for name in names if isinstance(instance, dict) else ():
        if name not in instance:
            yield ValidationError("missing", cause=KeyError(name))


def _dependent_required(
    _validator: Any, names: dict[str, list[str]], instance: Any, _: Any
) -> Iterator[ValidationError]:
    for name, needed in names.items() if isinstance(instance, dict) else ():
        for one in needed if name in instance else ():
            if one not in instance:
                yield ValidationError("missing", cause=KeyError(one, name))


def _dependencies(
    validator: Any, named: dict[str, Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    for name, needed in named.items() if isinstance(instance, dict) else ():
        if isinstance(needed, list):
            yield from _dependent_required(validator, {name: needed}, instance, schema)
        elif name in instance:
            yield from validator.descend(instance, needed, schema_path=name)


def _any_of(
    validator: Any, branches: list[Any], instance: Any, _: Any
) -> Iterator[ValidationError]:
    """As ever, without a message that spells out the whole instance."""
    errors: list[ValidationError] = []
    for index, branch in enumerate(branches):
        found = list(validator.descend(instance, branch, schema_path=index))
        if not found:
            return
        errors += found
    yield ValidationError("none", context=errors)


def _multiple_of(validator: Any, factor: Any, value: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "number") and not patterns.is_multiple(value, factor):
        yield ValidationError("multiple")


def _same_page(_validator: Any, pairs: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    for pair in same_page.differing(pairs, instance):
        cause = LookupError(pair.first, len(pair.second))
        yield ValidationError("differ", path=pair.second, cause=cause)


def _class(dialect: str, quick: Quick) -> Any:
    base: Any = getattr(jsonschema, f"{dialect}Validator")
    ours: dict[str, Any] = {
        "properties": partial(_properties, quick),
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "unevaluatedProperties": _unevaluated_properties,
        "propertyNames": _property_names,
        "required": _required,
        "dependentRequired": _dependent_required,
        "dependencies": _dependencies,
        "multipleOf": _multiple_of,
        "anyOf": _any_of,
    }
    known = {k: v for k, v in ours.items() if k in base.VALIDATORS}
    extended: Any = extend
    made = extended(base, {**known, same_page.KEYWORD: _same_page})
    if dialect in ("Draft201909", "Draft202012"):  # before, what stands beside $ref is ignored
        made.descend = partialmethod(_lean_descend, made.descend)
    return made


def _lean_descend(
    validator: Any,
    whole: Callable[..., Iterator[ValidationError]],
    instance: Any,
    schema: Any,
    path: Any = None,
    schema_path: Any = None,
    resolver: Any = None,
) -> Iterator[ValidationError]:
    """``descend`` with this validator, where ``jsonschema`` makes another for every subschema.

    That took half the time of an explanation. No keyword asks the validator for its schema; one
    with an identifier or a dialect of its own goes the whole way.
    """
    if not isinstance(schema, dict) or "$id" in schema or "$schema" in schema:
        yield from whole(validator, instance, schema, path, schema_path, resolver)
        return
    if resolver is not None:
        validator = validator.evolve(schema=schema, _resolver=resolver)
    keywords = validator.VALIDATORS
    for keyword, value in schema.items():
        if keyword not in keywords:
            continue
        for error in keywords[keyword](validator, value, instance, schema) or ():
            error._set(
                validator=keyword,
                validator_value=value,
                instance=instance,
                schema=schema,
                type_checker=validator.TYPE_CHECKER,
            )
            if keyword not in ("if", "$ref"):
                error.schema_path.appendleft(keyword)
            if path is not None:
                error.path.appendleft(path)
            if schema_path is not None:
                error.schema_path.appendleft(schema_path)
            yield error


@lru_cache(maxsize=1024)
def pointer_of(path: Path) -> str:
    """A path as a JSON Pointer."""
    return "".join(f"/{pointer_step(str(step))}" for step in path)
