"""jsonschema-rs and jsonschema say the same, so that the quick answer is the right one."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ogcheck import schema
from ogcheck.schema import formats, patterns
from ogcheck.schema.explain import Explainer

DATES = ("%H:%M %d/%m/%Y",)
NAMES = ("a", "b", "og", "x1", "é")
TEXTS = (
    "", "a", "aaaa", "aaaab", "A", "é", "１", "x\n", "https://a.example/x", "http://a.example/x#y",
    "https://a.example/y", "/x", "data:image/png,x", "2021-03-26", "2021-02-30", "09:26 26/03/2021",
    "2021-03-26T09:26:00Z", "en_GB", "en_UK", "a@b.example", "192.0.2.1", "&amp;", " a ",
)  # fmt: skip
PATTERNS = (
    "^a", "a$", "^(a+)+$", r"^\d+$", r"\w", r"^\w+$", r"\p{L}", "x.", "^[A-Z]", "", r"\s",
    "^.{2,4}$",
)  # fmt: skip

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.5, 0.07, 0.075, 1.0, 1e300]),
    st.sampled_from(TEXTS), st.text(max_size=4),
)  # fmt: skip
data = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=8,
)
FORMATS = tuple(sorted(formats.checks(DATES)))
small = st.integers(0, 3)


def _keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    lists = st.lists(inner, min_size=1, max_size=3)
    names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
    types = st.sampled_from(["string", "integer", "number", "object", "array", "null", "boolean"])
    pointers = st.sampled_from(["/a", "/b", "/og/a", "/a/0"])
    return st.fixed_dictionaries(
        {},
        optional={
            "type": types,
            "required": names,
            "properties": fields,
            "patternProperties": st.dictionaries(st.sampled_from(PATTERNS), inner, max_size=2),
            "additionalProperties": inner,
            "unevaluatedProperties": inner,
            "propertyNames": inner,
            "dependentRequired": st.dictionaries(st.sampled_from(NAMES), names, max_size=2),
            "dependentSchemas": fields,
            "items": inner,
            "contains": inner,
            "anyOf": lists,
            "oneOf": lists,
            "allOf": lists,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "enum": st.lists(scalars, max_size=3),
            "const": scalars,
            "pattern": st.sampled_from(PATTERNS),
            "format": st.sampled_from(FORMATS),
            "minLength": small,
            "maxLength": small,
            "minimum": st.integers(-2, 2),
            "multipleOf": st.sampled_from([1, 2, 0.5, 0.01]),
            "minItems": small,
            "maxItems": small,
            "uniqueItems": st.booleans(),
            "minProperties": small,
            "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two"]),
            "x-same-page": st.lists(st.lists(pointers, min_size=2, max_size=2), max_size=2),
        },
    )


schemas = st.recursive(st.one_of(st.booleans(), _keywords(st.booleans())), _keywords, max_leaves=6)


@settings(max_examples=300, deadline=None)
@given(root=schemas, instance=data)
def test_both_libraries_agree(root: Any, instance: Any) -> None:
    definitions = {"one": {"type": "string"}, "two": {"properties": {"a": {"minLength": 2}}}}
    document = {**root, "$defs": definitions} if isinstance(root, dict) else root
    checker = schema.from_object(document)
    explainer = Explainer(
        checker._root,
        checker.dialect,
        formats.checks(DATES),
        checker._retrieve,
        lambda _part, _value: False,  # jsonschema alone, with no word from jsonschema-rs
    )
    assert checker.accepts(instance, DATES) == (explainer.faults(instance) == [])


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.sampled_from(TEXTS), st.text(max_size=8)), name=st.sampled_from(FORMATS))
def test_every_format_is_judged_the_same(text: str, name: str) -> None:
    checker = schema.from_object({"format": name})
    assert checker.accepts(text, DATES) == formats.checks(DATES)[name](text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=8), pattern=st.sampled_from(PATTERNS))
def test_every_pattern_is_matched_the_same(text: str, pattern: str) -> None:
    assert schema.from_object({"pattern": pattern}).accepts(text) == patterns.search(pattern, text)


def test_patterns_are_ecma_and_linear() -> None:
    assert not patterns.search("^(a+)+$", "a" * 200 + "b")
    assert patterns.search("^(a+)+$", "a" * 200)
    assert not patterns.search(r"^\d$", "１")
    assert not patterns.search("a$", "a\n")


def test_a_lone_surrogate_is_no_crash() -> None:
    assert not patterns.search("^a", "\ud800")
    assert not formats.checks(())["email"]("\ud800")
    assert not schema.from_object({"pattern": "^a"}).accepts("\ud800")


def test_a_valid_page_does_not_cost_the_import_of_jsonschema() -> None:
    program = """
import sys
from ogcheck import schema
from ogcheck.readers import read
from ogcheck.source import Source
text = "---\\nurl: https://a.example/x\\npublish: {date: 09:26 26/03/2021}\\n---\\n"
assert schema.load("release").check(read(Source("release.md", text))) == []
assert not {"jsonschema", "referencing", "difflib"} & set(sys.modules), "imported"
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
