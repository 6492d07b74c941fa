"""Schema documents: read from files, checked, and every place in them given its line.

A schema that is wrong is a configuration error, so it is said as one: the file, the line, the place
as a JSON Pointer, and what is wrong in plain words. All of this works without ``jsonschema``, which
is imported only to explain why a document is no schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # in C, and not in typeshed
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from ogcheck.frozen import slotted
from ogcheck.page import Node, pointer_step, steps
from ogcheck.schema import patterns, same_page
from ogcheck.values.patterns import late

DIALECTS = {
    "http://json-schema.org/draft-04/schema": "Draft4",
    "http://json-schema.org/draft-06/schema": "Draft6",
    "http://json-schema.org/draft-07/schema": "Draft7",
    "https://json-schema.org/draft/2019-09/schema": "Draft201909",
    "https://json-schema.org/draft/2020-12/schema": "Draft202012",
}
"""The dialects of JSON Schema that are known, by their address."""
NEWEST = "Draft202012"
_IDENTIFIERS = {"Draft4": "id"}
_WITHOUT_REF_SIBLINGS = frozenset({"Draft4", "Draft6", "Draft7"})

SCHEMA = frozenset(
    [
        "additionalItems",
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ]
)
LIST = frozenset({"allOf", "anyOf", "oneOf", "prefixItems", "items"})
MAPPING = frozenset(
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"]
)

_EXPECTED = {
    "type": "must be array, boolean, integer, null, number, object or string, or a list of them",
    "required": "must be a list of field names, each of them once",
    "enum": "must be a list of the values that are allowed",
    "properties": "must be a mapping of field names to schemas",
    "patternProperties": "must be a mapping of patterns to schemas",
    "dependentSchemas": "must be a mapping of field names to schemas",
    "dependentRequired": "must be a mapping of field names to lists of field names",
    "dependencies": "must be a mapping of field names to schemas or to lists of field names",
    "$defs": "must be a mapping of names to schemas",
    "definitions": "must be a mapping of names to schemas",
    "pattern": "must be a regular expression",
    "format": "must be the name of a format",
    "multipleOf": "must be a number above 0",
    "$ref": "must be a URI reference, such as #/$defs/name or other.json",
    "$id": "must be a URI",
    **dict.fromkeys(
        [
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minContains",
            "maxContains",
        ],
        "must be a whole number from 0 up",
    ),
    **dict.fromkeys(("minimum", "maximum"), "must be a number"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), "must be a list of schemas, and not empty"),
    **dict.fromkeys(
        ("uniqueItems", "deprecated", "readOnly", "writeOnly"), "must be true or false"
    ),
    **dict.fromkeys(("title", "description", "$comment"), "must be text"),
}
TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


class SchemaError(Exception):
    """A schema that cannot be used.

    ``message`` says what is wrong, ``path`` names the file (None for a schema written in the
    configuration), ``line`` the line in it, from 1, where one is known, and ``help`` the way out.
    """

    def __init__(
        self,
        message: str,
        path: str | None = None,
        line: int | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.help = help

    def __str__(self) -> str:
        place = self.path or ""
        if place and self.line is not None:
            place += f":{self.line}"
        return f"{place}: {self.message}" if place else self.message


@slotted
class Document:
    """One schema document."""

    data: Any
    """A mapping, true or false; without ``$schema`` once it is adopted by a schema."""
    uri: str
    """Where relative references in it start from."""
    path: str | None = None
    text: str | None = None
    is_json: bool = True

    def error(self, pointer: str | None, message: str, help: str | None = None) -> SchemaError:
        """The error at ``pointer`` (None: about the document as a whole)."""
        if pointer is None:
            return SchemaError(message, self.path, None, help)
        place = f"At {pointer}" if pointer else "At its root"
        return SchemaError(f"{place}: {message}", self.path, self.line(pointer), help)

    def line(self, pointer: str) -> int | None:
        """The line, from 1, on which the key or the item that ``pointer`` names stands."""
        if self.text is None:
            return None
        from ogcheck.source import Source

        places = _json_places(self.text) if self.is_json else _yaml_places(self.text)
        while pointer and pointer not in places:
            pointer = pointer.rpartition("/")[0]
        return Source("", self.text).position(places.get(pointer, 0)).line


def read_file(path: Path, shown: str) -> Document:
    """The schema document in a JSON or YAML file. Raises :class:`SchemaError`.

    ``shown`` is how messages name the file.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise SchemaError("There is no such schema file.", shown) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise SchemaError(f"The schema file cannot be read: {reason}.", shown) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SchemaError("The schema file is not UTF-8.", shown, line) from None
    is_json = path.suffix.lower() not in (".yaml", ".yml")
    data = _parse_json(text, shown) if is_json else _parse_yaml(text, shown)
    return Document(data, path.as_uri(), shown, text, is_json)


def _parse_json(text: str, shown: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg[0].lower() + error.msg[1:]
        raise SchemaError(f"The schema is not JSON: {what}.", shown, error.lineno) from None
    except (RecursionError, ValueError):
        raise SchemaError("The schema is not JSON that can be read.", shown) from None


def _parse_yaml(text: str, shown: str) -> Any:
    from ogcheck.page import to_data
    from ogcheck.readers.yaml import Limits, read
    from ogcheck.source import Source, Span

    reading = read(text, Span(0, len(text)), Limits())
    if reading.faults:
        fault = reading.faults[0]
        line = Source("", text).position(fault.start).line
        raise SchemaError(f"The schema is not sound YAML: {fault.message}", shown, line, fault.help)
    if reading.root is None:
        raise SchemaError("The schema file is empty.", shown, 1)
    return to_data(reading.root)


_SPACE = late(r"[ \t\r\n]*")
_ATOM = late(r"[^,\]}\s]+")


def _json_places(text: str) -> dict[str, int]:
    """The offset of each key and item of a JSON text that parses, by JSON Pointer."""
    places: dict[str, int] = {"": 0}

    def skip(at: int) -> int:
        return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing, too

    def value(at: int, pointer: str) -> int:
        at = skip(at)
        opening = text[at]
        if opening == '"':
            return int(scanstring(text, at + 1)[1])
        if opening not in "{[":
            match = _ATOM.match(text, at)
            return match.end() if match else at
        closing = "}" if opening == "{" else "]"
        index = 0
        at = skip(at + 1)
        while text[at] != closing:
            step, start = str(index), at
            if opening == "{":
                step, at = scanstring(text, at + 1)
                at = skip(at) + 1
            below = f"{pointer}/{pointer_step(step)}"
            places[below] = start
            at = skip(value(at, below))
            if text[at] == ",":
                at = skip(at + 1)
            index += 1
        return at + 1

    value(0, "")
    return places


def _yaml_places(text: str) -> dict[str, int]:
    """The same for a YAML text that parses."""
    from ogcheck.readers.yaml import Limits, read
    from ogcheck.source import Span

    places: dict[str, int] = {"": 0}

    def note(node: Node, pointer: str) -> None:
        for entry in node.entries:
            below = f"{pointer}/{pointer_step(entry.key)}"
            places[below] = entry.key_span.start
            note(entry.node, below)
        for index, item in enumerate(node.items):
            places[f"{pointer}/{index}"] = item.span.start
            note(item, f"{pointer}/{index}")

    root = read(text, Span(0, len(text)), Limits()).root
    if root is not None:
        note(root, "")
    return places


def dialect_of(document: Document) -> str:
    """The dialect of a document that nothing refers to. Raises :class:`SchemaError`."""
    return _declared(document, document.data, "") or NEWEST


def _declared(document: Document, schema: Any, pointer: str) -> str | None:
    address = schema.get("$schema") if isinstance(schema, dict) else None
    if address is None:
        return None
    name = DIALECTS.get(address.removesuffix("#")) if isinstance(address, str) else None
    if name is None:
        raise document.error(
            f"{pointer}/$schema",
            f"the dialect {address!r} is not known.",
            help="Known are the drafts 4, 6, 7, 2019-09 and 2020-12 of JSON Schema, such as "
            '"https://json-schema.org/draft/2020-12/schema"; without $schema it is 2020-12.',
        )
    return name


def subschemas(
    schema: Any, dialect: str, base: str, pointer: str = ""
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every schema inside ``schema`` and itself: its pointer, the schema, its base URI.

    Only what stands where a schema stands: a property that is called ``$ref`` is no reference.
    """
    if not isinstance(schema, dict):
        return
    refers = "$ref" in schema and dialect in _WITHOUT_REF_SIBLINGS
    own = schema.get(_IDENTIFIERS.get(dialect, "$id"))
    if isinstance(own, str) and not own.startswith("#") and not refers:
        base = urljoin(base, own)
    yield pointer, schema, base
    for key, value in schema.items():
        if refers and key not in ("$defs", "definitions"):
            continue
        below = f"{pointer}/{pointer_step(key)}"
        if key in SCHEMA and isinstance(value, dict):
            yield from subschemas(value, dialect, base, below)
        elif key in LIST and isinstance(value, list):
            for index, item in enumerate(value):
                yield from subschemas(item, dialect, base, f"{below}/{index}")
        elif key in MAPPING and isinstance(value, dict):
            for name, item in value.items():
                yield from subschemas(item, dialect, base, f"{below}/{pointer_step(name)}")


def adopt(document: Document, dialect: str) -> Document:
    """Check ``document`` as a schema of ``dialect``. Raises :class:`SchemaError`.

    Returns the same document without ``$schema``: the dialect is one for a schema and all that it
    refers to, and ``jsonschema`` would leave our keywords behind where it finds another one.
    """
    import jsonschema_rs

    data = document.data
    if not isinstance(data, dict | bool):
        raise document.error("", "a schema must be a mapping (or true or false).")
    address = next(uri for uri, name in DIALECTS.items() if name == dialect)
    if isinstance(data, dict):
        for pointer, schema, _ in subschemas(data, dialect, document.uri):
            declared = _declared(document, schema, pointer)
            if declared not in (None, dialect):
                raise document.error(
                    f"{pointer}/$schema",
                    "this schema is in another dialect than the schema that it is a part of.",
                    help="Write both in one dialect.",
                )
        data = _without_dialect(data, dialect)
        try:
            good = jsonschema_rs.meta.is_valid({**data, "$schema": address})
        except (ValueError, jsonschema_rs.ReferencingError):
            good = False
        if not good:
            _explain(document, data, dialect)
        for pointer, schema, _ in subschemas(data, dialect, document.uri):
            _check_ours(document, pointer, schema)
    return Document(data, document.uri, document.path, document.text, document.is_json)


def _without_dialect(schema: Any, dialect: str) -> Any:
    """A copy of ``schema`` without ``$schema`` in any schema of it."""
    import copy

    schema = copy.deepcopy(schema)
    for _, one, _ in list(subschemas(schema, dialect, "")):
        one.pop("$schema", None)
    return schema


def _check_ours(document: Document, pointer: str, schema: dict[str, Any]) -> None:
    if same_page.KEYWORD in schema:
        fault = same_page.fault(schema[same_page.KEYWORD])
        if fault is not None:
            raise document.error(
                f"{pointer}/{same_page.KEYWORD}",
                f"x-same-page is wrong: {fault}.",
                help='Write it as [["/url", "/og/url"]].',
            )
    message = schema.get("errorMessage")
    if message is not None and not isinstance(message, str | dict):
        raise document.error(
            f"{pointer}/errorMessage", "errorMessage must be text, or a mapping by keyword."
        )
    found = [("/pattern", schema["pattern"])] if "pattern" in schema else []
    named = schema.get("patternProperties")
    if isinstance(named, dict):
        found += [(f"/patternProperties/{pointer_step(key)}", key) for key in named]
    for below, pattern in found:
        fault = patterns.fault(pattern) if isinstance(pattern, str) else None
        if fault is not None:
            raise document.error(
                pointer + below,
                f"the pattern {pattern} cannot be used: {fault}.",
                help="Write it without (?=…), (?!…), (?<=…), (?<!…) and back-references.",
            )


def _explain(document: Document, data: Any, dialect: str) -> None:
    """Raise what is wrong with ``data`` by its metaschema."""
    import jsonschema
    from jsonschema.exceptions import best_match

    validator_class = getattr(jsonschema, f"{dialect}Validator")
    errors = list(validator_class(validator_class.META_SCHEMA).iter_errors(data))
    if not errors:
        return  # only jsonschema-rs objects: a pattern, which is said with its place
    error = min(errors, key=lambda e: (len(e.absolute_path), list(map(str, e.absolute_path))))
    error = best_match([error]) or error
    pointer = "".join(f"/{pointer_step(str(step))}" for step in error.absolute_path)
    pointer, keyword = _keyword_at(pointer, data)
    if keyword is None:
        raise document.error(pointer, "a schema must be a mapping (or true or false).")
    value = _value_at(pointer, data)
    expected = _EXPECTED.get(keyword)
    if expected is None:
        raise document.error(pointer, f"{keyword} is wrong: {error.message}.")
    hint = None
    if keyword == "type" and isinstance(value, str):
        from difflib import get_close_matches

        plain = {"list": "array", "text": "string", "str": "string", "int": "integer",
                 "bool": "boolean", "float": "number", "mapping": "object", "dict": "object",
                 "date": "string", "any": "string"}  # fmt: skip
        near = [plain[value]] if value in plain else get_close_matches(value, TYPES, 1)
        hint = f"Did you mean {near[0]}?" if near else None
    elif keyword == "required" and isinstance(value, bool):
        hint = 'In the schema of the mapping that holds the field, write "required": ["name"].'
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    raise document.error(pointer, f"{keyword} {expected}; it is {shown}.", hint)


def _keyword_at(pointer: str, data: Any) -> tuple[str, str | None]:
    """The keyword's value that ``pointer`` leads into; no keyword where it is a schema's own."""
    at, place = data, ""
    walk = list(steps(pointer))
    position = 0
    while position < len(walk):
        keyword = walk[position]
        place += f"/{pointer_step(keyword)}"
        at = at[keyword]
        position += 1
        if keyword in MAPPING or (keyword in LIST and isinstance(at, list)):
            if position == len(walk):
                return place, keyword
            if keyword == "dependencies" and isinstance(at.get(walk[position]), list):
                return place, keyword
            step = walk[position]
            place += f"/{pointer_step(step)}"
            at = at[int(step)] if isinstance(at, list) else at[step]
            position += 1
        elif keyword not in SCHEMA:
            return place, keyword
    return place, None


def _value_at(pointer: str, data: Any) -> Any:
    for step in steps(pointer):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def near_name(text: str, names: tuple[str, ...]) -> str | None:
    """The one of ``names`` that ``text`` most likely is a slip of; None where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(text.lower(), names, 1, 0.6)
    return near[0] if near else None
