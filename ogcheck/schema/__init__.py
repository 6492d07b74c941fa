"""JSON Schema to findings: load a schema once, check many pages with it.

``jsonschema`` is the authority: every finding comes from it. Most pages are valid, and
``jsonschema-rs`` says so in microseconds; only where it does not is ``jsonschema`` imported, and
decides and explains.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urldefrag, urlsplit

from ogcheck.schema import formats
from ogcheck.schema.documents import (
    DIALECTS,
    Document,
    SchemaError,
    adopt,
    dialect_of,
    near_name,
    read_file,
    subschemas,
)

if TYPE_CHECKING:
    from ogcheck.page import Page
    from ogcheck.problem import Finding
    from ogcheck.schema.explain import Explainer

__all__ = ["Schema", "SchemaError", "from_object", "load", "published", "published_text"]

ADDRESS = "https://ogcheck.readthedocs.io/schemas/"
"""Where the published schemas say that they are; a ``$ref`` there is answered from the package."""
_SUFFIX = ".schema.json"
_PACKAGE = Path(__file__).parent.parent
_FOLDERS = (_PACKAGE / "_schemas", _PACKAGE.parent / "schemas")
"""In a wheel, and in the repository (an editable install maps nothing)."""


def published() -> tuple[str, ...]:
    """The names of the schemas that ogcheck ships, in alphabetical order."""
    names = {p.name.removesuffix(_SUFFIX) for f in _FOLDERS for p in f.glob(f"*{_SUFFIX}")}
    return tuple(sorted(names))


def _published_path(name: str) -> Path | None:
    if not name.replace("-", "").isalnum():
        return None
    paths = (folder / f"{name}{_SUFFIX}" for folder in _FOLDERS)
    return next((path for path in paths if path.is_file()), None)


def published_text(name: str) -> str:
    """The text of the shipped schema ``name``. Raises ``KeyError`` if there is none."""
    path = _published_path(name)
    if path is None:
        raise KeyError(name)
    return path.read_text("utf-8")


def load(reference: str, base: Path | None = None) -> Schema:
    """The schema that ``reference`` names: a published one, or a JSON or YAML file.

    A path is relative to ``base`` (a folder; the working directory where it is None). Loaded once a
    process, and again when the file has changed. Raises :class:`SchemaError`.
    """
    path = _published_path(reference)
    if path is not None:
        return _load(str(path), path.stat().st_mtime_ns, str(path), reference)
    path = Path(base or ".", reference)
    try:
        changed = path.stat().st_mtime_ns
    except (OSError, ValueError):
        if "/" not in reference and "." not in reference:
            names = published()
            near = near_name(reference, names)
            listed = f"Write a path, or one of the published names: {', '.join(names)}."
            hint = f"Did you mean {near}?" if near else listed
            raise SchemaError(f"There is no schema {reference!r}.", help=hint) from None
        raise SchemaError(
            "There is no such schema file.", str(path), None, "Check the path in the configuration."
        ) from None
    return _load(str(path.resolve()), changed, str(path), reference)


@lru_cache(maxsize=128)
def _load(path: str, _changed: int, shown: str, name: str) -> Schema:
    """``_changed`` is when the file was: another time is another file."""
    return Schema(read_file(Path(path), shown), name)


def from_object(document: Mapping[str, Any] | bool, base: Path | None = None) -> Schema:
    """A schema that is written in a configuration. Raises :class:`SchemaError`.

    References in it are relative to the folder ``base`` (the working directory where it is None).
    """
    folder = Path(base or ".").resolve()
    try:
        text = json.dumps(document)
    except (TypeError, ValueError):
        raise SchemaError("The schema holds what JSON does not, such as a date.") from None
    return _from_text(text, (folder / "inline-schema").as_uri())


@lru_cache(maxsize=128)
def _from_text(text: str, uri: str) -> Schema:
    return Schema(Document(json.loads(text), uri), "inline schema")


class Schema:
    """A schema, ready to check pages."""

    def __init__(self, root: Document, name: str) -> None:
        self.name = name
        """How it was asked for: a published name, a path."""
        self.dialect = dialect_of(root)
        self._root = adopt(root, self.dialect)
        self._identifier = root.data.get("$id") if isinstance(root.data, dict) else None
        self._documents: dict[str, Document] = {root.uri: self._root}
        self._failure: SchemaError | None = None
        self._quick: dict[tuple[str, ...], Any] = {}
        self._explainers: dict[tuple[str, ...], Explainer] = {}
        self._quick[()] = self._compile(())
        self._deprecates = any(
            schema.get("deprecated") is True
            for document in self._documents.values()
            for _, schema, _ in subschemas(document.data, self.dialect, document.uri)
        )

    def __repr__(self) -> str:
        return f"<Schema {self.name}>"

    def contents(self) -> list[tuple[str, Any]]:
        """The schema and all that it refers to: addresses and documents, by address."""
        return sorted((uri, one.data) for uri, one in self._documents.items())

    def accepts(self, data: Any, date_formats: tuple[str, ...] = ()) -> bool:
        """Whether jsonschema-rs takes ``data`` (JSON's types) for valid; False if it cannot say."""
        if date_formats not in self._quick:
            self._quick[date_formats] = self._compile(date_formats)
        validator = self._quick[date_formats]
        try:
            return validator is not None and bool(validator.is_valid(data))
        except (ValueError, TypeError, OverflowError):
            return False

    def check(self, page: Page) -> list[Finding]:
        """What is wrong with the front matter of ``page``, by position; SCH001 to SCH010.

        Nothing for a page that could not be read. Raises :class:`SchemaError` where the schema
        turns out to be wrong only now.
        """
        if page.unreadable:
            return []
        quickly = self.accepts(page.data, page.date_formats)
        if quickly and not self._deprecates:
            return []
        from ogcheck.schema import deprecations, messages

        explainer = self._explainer(page.date_formats)
        faults = [] if quickly else explainer.faults(page.data)
        if self._deprecates:
            faults += deprecations.find(self._root.data, explainer.resolver, page.data)
        return messages.duplicates([messages.finding(fault, page) for fault in faults])

    def _explainer(self, date_formats: tuple[str, ...]) -> Explainer:
        if date_formats not in self._explainers:
            from ogcheck.schema.explain import Explainer

            self._explainers[date_formats] = Explainer(
                self._root,
                self.dialect,
                formats.checks(date_formats),
                self._retrieve,
                self._quick_parts(date_formats),
            )
        return self._explainers[date_formats]

    def _quick_parts(self, date_formats: tuple[str, ...]) -> Callable[[Any, Any], bool]:
        """Answers whether jsonschema-rs takes a value for valid by one of the root's subschemas."""
        parts = list(subschemas(self._root.data, self.dialect, self._root.uri))
        pointers = {id(part): pointer for pointer, part, base in parts if base == parts[0][2]}
        validators: dict[int, Any] = {}

        def accepts(part: Any, value: Any) -> bool:
            key = id(part)
            if key not in pointers:
                return False
            if key not in validators:
                reference = {"$ref": f"{self._root.uri}#{quote(pointers[key], safe='/~$')}"}
                validators[key] = self._compile(date_formats, reference)
            try:
                return validators[key] is not None and bool(validators[key].is_valid(value))
            except (ValueError, TypeError, OverflowError):
                return False

        return accepts

    def _compile(self, date_formats: tuple[str, ...], part: Any = None) -> Any:
        """The validator of jsonschema-rs; None where only ``jsonschema`` can use the schema.

        ``part`` is a schema that refers to a part of the root.
        """
        import jsonschema_rs

        from ogcheck.schema import same_page

        def retrieve(uri: str) -> Any:
            try:
                data = self._retrieve(uri).data
            except SchemaError as error:
                self._failure = error
                raise
            return {**data, "$schema": address} if isinstance(data, dict) else data

        address = next(uri for uri, name in DIALECTS.items() if name == self.dialect)
        make = getattr(jsonschema_rs, f"{self.dialect}Validator")
        try:
            return make(
                self._root.data if part is None else part,
                formats=formats.checks(date_formats),
                validate_formats=True,
                retriever=retrieve,
                base_uri=self._root.uri if part is None else None,
                pattern_options=jsonschema_rs.RegexOptions(),
                keywords={same_page.KEYWORD: same_page.Keyword},
            )
        except (ValueError, TypeError, jsonschema_rs.ReferencingError):
            from ogcheck.schema.explain import broken_reference

            known = list(self._documents.values())
            broken = broken_reference(known, self._root, self.dialect, self._retrieve)
            broken = broken or self._failure
            if broken is not None:
                raise broken from None
            return None

    def _retrieve(self, uri: str) -> Document:
        """The document at ``uri``, adopted. Raises :class:`SchemaError`; never fetches."""
        uri = urldefrag(uri).url
        if uri in self._documents:
            return self._documents[uri]
        path, shown = self._local(uri)
        if path is None:
            if urlsplit(uri).scheme in ("http", "https"):
                raise SchemaError(
                    f"$ref leads to {uri}, which ogcheck never fetches.",
                    self._root.path,
                    None,
                    "Save a copy beside the schema, and refer to it by its path.",
                )
            raise SchemaError(f"$ref leads to {uri}, which is no file.", self._root.path)
        if not path.is_file():
            raise SchemaError(
                f"$ref leads to {shown}, and there is no such file.",
                self._root.path,
                None,
                "A path in a $ref is relative to the file that it stands in.",
            )
        document = read_file(path, shown)
        document.uri = uri
        self._documents[uri] = adopted = adopt(document, self.dialect)
        return adopted

    def _local(self, uri: str) -> tuple[Path | None, str]:
        """The file that ``uri`` means, and how messages name it."""
        if uri.startswith(ADDRESS) and uri.endswith(_SUFFIX):
            path = _published_path(uri[len(ADDRESS) : -len(_SUFFIX)])
            if path is not None:
                return path, str(path)
        from urllib.request import url2pathname  # slow to import, and rarely needed

        if uri.startswith("file:"):
            path = Path(url2pathname(urlsplit(uri).path))
            return path, self._shown(path)
        # A schema with an address of its own, beside which its neighbours lie as files.
        home = self._identifier.rpartition("/")[0] + "/" if self._identifier else None
        if isinstance(home, str) and "//" in home and uri.startswith(home):
            folder = Path(url2pathname(urlsplit(self._root.uri).path)).parent
            path = folder / url2pathname(uri[len(home) :])
            if path.is_file():
                return path, self._shown(path)
        return None, uri

    def _shown(self, path: Path) -> str:
        """``path`` as the root's path is given: relative where that is."""
        import os

        if self._root.path is None or Path(self._root.path).is_absolute():
            return str(path)
        return os.path.relpath(path)
