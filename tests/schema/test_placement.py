"""Where a schema's findings stand, under which code, and what they say."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ogcheck import schema
from ogcheck.page import Page
from ogcheck.problem import Finding, Fix
from ogcheck.readers import read
from ogcheck.source import Source


def page_of(*lines: str) -> Page:
    page = read(Source("release.md", "\n".join(["---", *lines, "---", ""])))
    assert isinstance(page, Page)
    return page


def found(document: dict[str, Any], *lines: str) -> tuple[Page, list[Finding]]:
    page = page_of(*lines)
    return page, schema.from_object(document).check(page)


class Case(NamedTuple):
    schema: dict[str, Any]
    lines: tuple[str, ...]
    code: str
    pointer: str
    text: str
    """What the span cuts out."""
    message: str
    help: str | None = None


def field(**keywords: Any) -> dict[str, Any]:
    return {"properties": {"a": keywords}}


_MAPPED = {"properties": {"og": {"properties": {"title": {"title": "Share title"}}}}}
CASES = {
    "required at the root": Case(
        {"required": ["a"]}, ("b: 1",), "SCH001", "/a", "---", "a is missing.", "Add a."
    ),
    "required under a key": Case(
        {"properties": {"og": {**_MAPPED["properties"]["og"], "required": ["title"]}}},
        ("og:", "  type: article"),
        "SCH001",
        "/og/title",
        "og",
        "og.title (Share title) is missing.",
        "Add title under og.",
    ),
    "required in an item": Case(
        field(items={"required": ["x"]}),
        ("a:", "- y: 1"),
        "SCH001",
        "/a/0/x",
        "y",
        "a[0].x is missing.",
    ),
    "dependentRequired": Case(
        {"dependentRequired": {"b": ["c"]}}, ("b: 1",), "SCH001", "/c", "---", "c is missing."
    ),
    "type": Case(
        field(type="string"),
        ("a: 3",),
        "SCH002",
        "/a",
        "3",
        "a must be text; it is the number 3.",
        "Put it in quotation marks.",
    ),
    "type of nothing": Case(
        field(type="string"), ("a:",), "SCH002", "/a", "a", "a has no value; it must be text."
    ),
    "type of a block": Case(
        field(type="string"),
        ("a:", "  b: 1"),
        "SCH002",
        "/a",
        "a",
        "a must be text; it is a mapping of keys to values.",
    ),
    "type of a list in brackets": Case(
        field(type="string"), ("a: [1]",), "SCH002", "/a", "[1]", "a must be text; it is a list."
    ),
    "format": Case(
        field(format="share-url", title="Address"),
        ("a: /news/",),
        "SCH003",
        "/a",
        "/news/",
        "a (Address) is not an absolute http or https URL: “/news/”.",
        "Write the whole address, with https:// and the host.",
    ),
    "enum": Case(
        field(enum=["crime", "roads"]),
        ("a: raods",),
        "SCH004",
        "/a",
        "raods",
        "a is “raods”, which is none of the allowed values.",
        "Did you mean “roads”? Allowed are “crime”, “roads”.",
    ),
    "const": Case(
        field(const="x"), ("a: z",), "SCH004", "/a", "z", "a must be “x”; it is “z”.", "Write “x”."
    ),
    "pattern": Case(
        field(pattern="^[0-9]+$", description="The number of the case", examples=["12"]),
        ("a: z",),
        "SCH005",
        "/a",
        "z",
        "a is “z”, which does not have the form that is asked for (the pattern ^[0-9]+$).",
        "Write it as in 12. The number of the case.",
    ),
    "additionalProperties": Case(
        {"properties": {"title": {}}, "additionalProperties": False},
        ("titel: x",),
        "SCH006",
        "/titel",
        "titel",
        "titel is not a field that the front matter may have.",
        "Did you mean title?",
    ),
    "unevaluatedProperties": Case(
        {"allOf": [{"properties": {"x": {}}}], "unevaluatedProperties": False},
        ("x: 1", "q: 1"),
        "SCH006",
        "/q",
        "q",
        "q is not a field that the front matter may have.",
        "Remove it.",
    ),
    "propertyNames": Case(
        {"propertyNames": {"pattern": "^[a-z]+$"}},
        ("Q: 1",),
        "SCH006",
        "/Q",
        "Q",
        "Q is not a field that the front matter may have.",
        "A name here must match the pattern ^[a-z]+$.",
    ),
    "minLength of nothing": Case(
        field(minLength=1, format="share-url"), ("a: ''",), "SCH007", "/a", "''", "a is empty."
    ),
    "maxLength": Case(
        field(maxLength=2),
        ("a: xyz",),
        "SCH007",
        "/a",
        "xyz",
        "a has 3 characters; at most 2 are allowed.",
        "Shorten it by 1.",
    ),
    "minimum": Case(
        field(minimum=2), ("a: 1",), "SCH007", "/a", "1", "a is 1; it must be at least 2."
    ),
    "minItems": Case(field(minItems=1), ("a: []",), "SCH007", "/a", "[]", "a is empty."),
    "maxItems": Case(
        field(maxItems=1),
        ("a: [1, 2]",),
        "SCH007",
        "/a",
        "[1, 2]",
        "a has 2 items; at most 1 are allowed.",
    ),
    "uniqueItems": Case(
        field(uniqueItems=True),
        ("a: [1, 1]",),
        "SCH007",
        "/a",
        "[1, 1]",
        "a holds the same item twice.",
    ),
    "multipleOf": Case(
        field(multipleOf=0.01),
        ("a: 0.075",),
        "SCH007",
        "/a",
        "0.075",
        "a is 0.075, which is no multiple of 0.01.",
    ),
    "maxProperties": Case(
        {"maxProperties": 1},
        ("a: 1", "b: 2"),
        "SCH007",
        "",
        "---",
        "The front matter has 2 fields; at most 1 are allowed.",
    ),
    "not": Case(
        field(**{"not": {"const": "raw"}}),
        ("a: raw",),
        "SCH008",
        "/a",
        "raw",
        "a is what the schema rules out: “raw”.",
    ),
    "contains": Case(
        field(contains={"const": 1}),
        ("a: [2]",),
        "SCH008",
        "/a",
        "[2]",
        "a lacks an item that it must have.",
    ),
    "a field that is ruled out": Case(
        {"properties": {"a": False}}, ("a: 1",), "SCH008", "/a", "a", "a must not be here."
    ),
    "several branches of oneOf": Case(
        field(oneOf=[{"type": "string"}, {"minLength": 1}]),
        ("a: x",),
        "SCH008",
        "/a",
        "x",
        "a fits more than one of the forms of which it must have one.",
    ),
    "deprecated": Case(
        field(deprecated=True, description="Write b"),
        ("a: x",),
        "SCH010",
        "/a",
        "a",
        "a is deprecated.",
        "Write b.",
    ),
    "deprecated by reference, in a list": Case(
        {
            "properties": {"l": {"items": {"properties": {"a": {"$ref": "#/$defs/old"}}}}},
            "$defs": {"old": {"deprecated": True}},
        },
        ("l:", "- a: x"),
        "SCH010",
        "/l/0/a",
        "a",
        "l[0].a is deprecated.",
        "Remove it.",
    ),
    "a title from the schema that refers": Case(
        {
            "properties": {"a": {"title": "Case", "$ref": "#/$defs/n"}},
            "$defs": {"n": {"title": "Number", "type": "integer"}},
        },
        ("a: x",),
        "SCH002",
        "/a",
        "x",
        "a (Case) must be a whole number; it is the text “x”.",
    ),
    "errorMessage": Case(
        field(minLength=4, errorMessage="Say more."), ("a: x",), "SCH007", "/a", "x", "Say more."
    ),
    "errorMessage by keyword": Case(
        {"required": ["a"], "errorMessage": {"required": {"a": "A is what we need."}}},
        ("b: 1",),
        "SCH001",
        "/a",
        "---",
        "A is what we need.",
    ),
    "draft 7: nothing beside a $ref counts": Case(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {"$ref": "#/definitions/n", "maxLength": 1}},
            "definitions": {"n": {"type": ["null", "integer"]}},
        },
        ("a: xx",),
        "SCH002",
        "/a",
        "xx",
        "a must be a whole number or empty; it is the text “xx”.",
    ),
    "draft 4: dependencies": Case(
        {"$schema": "http://json-schema.org/draft-04/schema#", "dependencies": {"a": ["b"]}},
        ("a: 1",),
        "SCH001",
        "/b",
        "---",
        "b is missing.",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_one_finding_at_its_place(case: Case) -> None:
    page, findings = found(case.schema, *case.lines)
    assert [(f.code, f.pointer, f.message) for f in findings] == [
        (case.code, case.pointer, case.message)
    ]
    (finding,) = findings
    assert page.source.text[finding.start : finding.end] == case.text
    if case.help is not None:
        assert finding.help == case.help


BRANCHES: dict[str, tuple[dict[str, Any], tuple[str, ...], list[tuple[str, str]]]] = {
    "by type": (
        field(anyOf=[{"type": "string", "maxLength": 2}, {"type": "object", "required": ["u"]}]),
        ("a: xyz",),
        [("SCH007", "/a")],
    ),
    "by the other type": (
        field(anyOf=[{"type": "string", "maxLength": 2}, {"type": "object", "required": ["u"]}]),
        ("a: {b: 1}",),
        [("SCH001", "/a/u")],
    ),
    "by no type": (
        field(anyOf=[{"type": "string"}, {"type": "object", "required": ["u"]}]),
        ("a: 3",),
        [("SCH002", "/a")],
    ),
    "by a discriminator": (
        field(
            oneOf=[
                {"properties": {"k": {"const": "a"}, "v": {"type": "string"}}},
                {"properties": {"k": {"const": "b"}, "v": {"type": "integer", "minimum": 5}}},
            ]
        ),
        ("a: {k: b, v: 1}",),
        [("SCH007", "/a/v")],
    ),
    "inside a branch": (
        field(
            anyOf=[
                {"type": "string"},
                {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
            ]
        ),
        ("a: [1, x]",),
        [("SCH002", "/a/1")],
    ),
    "through a reference": (
        {
            "properties": {"a": {"anyOf": [{"$ref": "#/$defs/s"}, {"type": "array"}]}},
            "$defs": {"s": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 1}]}},
        },
        ("a: xyz",),
        [("SCH007", "/a")],
    ),
    "of constants": (field(anyOf=[{"const": "x"}, {"const": "y"}]), ("a: X",), [("SCH004", "/a")]),
}


@pytest.mark.parametrize(("document", "lines", "expected"), BRANCHES.values(), ids=BRANCHES.keys())
def test_best_branch_alone_is_reported(
    document: dict[str, Any], lines: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    _, findings = found(document, *lines)
    assert [(f.code, f.pointer) for f in findings] == expected


def test_letter_case_alone_is_fixed() -> None:
    page, (finding,) = found(field(enum=["crime", "roads"]), "a: Crime # desk")
    assert isinstance(finding.fix, Fix)
    assert finding.fix.safe
    (edit,) = finding.fix.edits
    text = page.source.text
    assert text[: edit.start] + edit.text + text[edit.end :] == "---\na: crime # desk\n---\n"


def test_missing_spellings_of_one_property_are_one() -> None:
    document = {"properties": {"og": {"anyOf": [{"required": ["image"]},
                                                {"required": ["image_url"]}]}}}  # fmt: skip
    _, (finding,) = found(document, "og:", "  title: x")
    assert (finding.pointer, finding.property) == ("/og/image", "og:image")
    assert finding.message == "og.image is missing."


def test_missing_one_of_several_fields() -> None:
    document = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    _, (finding,) = found(document, "c: 1")
    assert finding.message == "The front matter has neither a nor b."


def test_property_names_are_canonical() -> None:
    document = {"properties": {"og": {"required": ["url"], "properties": {
        "site": {"properties": {"name": {"type": "string"}}}}}}}  # fmt: skip
    _, findings = found(document, "og:", "  site:", "    name: 3")
    assert {(f.code, f.property) for f in findings} == {
        ("SCH001", "og:url"),
        ("SCH002", "og:site_name"),
    }
    _, (og,) = found({"required": ["og"]}, "title: x")
    assert (og.property, og.pointer) == (None, "/og")


def test_a_value_behind_an_alias_stands_at_its_anchor() -> None:
    page, (finding,) = found({"properties": {"c": {"type": "string"}}}, "b: &x 3", "c: *x")
    assert "3" in page.source.text[finding.start : finding.end]
    (place,) = finding.related
    assert page.source.text[place.start : place.end] == "*x"


def test_what_cannot_be_read_is_not_checked() -> None:
    page, findings = found({"required": ["a"]}, "b: [")
    assert page.unreadable
    assert findings == []


def test_empty_front_matter_is_an_empty_object() -> None:
    _, findings = found({"type": "object", "required": ["a"]})
    assert [f.code for f in findings] == ["SCH001"]


def test_what_follows_from_a_wrong_type_is_silent() -> None:
    _, findings = found(field(type="string", enum=["x"]), "a: 3")
    assert [f.code for f in findings] == ["SCH002"]
