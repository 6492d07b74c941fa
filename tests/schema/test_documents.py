"""Schemas that are wrong, and schemas in several files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ogcheck import schema
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.source import Source


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"type": "strin"}, "At /type: type must be array, boolean, "),
        ({"properties": {"a": "string"}}, "At /properties/a: a schema must be a mapping"),
        ({"properties": {"a": {"required": True}}}, "At /properties/a/required: required must"),
        ({"minLength": -1}, "At /minLength: minLength must be a whole number from 0 up; it is -1."),
        ({"anyOf": [{"enum": 1}]}, "At /anyOf/0/enum: enum must be a list"),
        ({"$schema": "https://example.org/x"}, "At /$schema: the dialect"),
        ({"$ref": "https://example.org/x.json"}, "which ogcheck never fetches."),
        ({"properties": {"a": {"$ref": "http://a.b/c"}}}, "At /properties/a/$ref: $ref leads to"),
        ({"$ref": "#/$defs/no"}, "At /$ref: $ref leads nowhere: there is no #/$defs/no."),
        ({"$ref": "#no"}, "At /$ref: $ref leads nowhere: there is no #no."),
        ({"$ref": "no-such-file.json"}, "and there is no such file."),
        ({"pattern": "(?=a)"}, "At /pattern: the pattern (?=a) cannot be used: it looks ahead"),
        ({"$defs": {"x": {"pattern": "(?<!a)b"}}}, "At /$defs/x/pattern: the pattern"),
        ({"patternProperties": {"(": {}}}, "At /patternProperties/(: the pattern"),
        ({"x-same-page": "/url"}, "At /x-same-page: x-same-page is wrong: it must be a list"),
        ({"x-same-page": [["url", "/v"]]}, "is not a JSON Pointer, which begins with /"),
        ({"$defs": {"x": {"$schema": "http://json-schema.org/draft-07/schema#"}}}, "another"),
    ],
)
def test_a_wrong_schema_is_said_with_its_place(document: dict[str, Any], message: str) -> None:
    with pytest.raises(schema.SchemaError) as caught:
        schema.from_object(document)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("a.json", '{\n "title": "x",\n "type":\n  "strin"\n}', 3, "At /type: "),
        ("a.json", '{\n "anyOf": [\n  {},\n  {\n "enum": 3}]}', 5, "At /anyOf/1/enum: "),
        ("a.yaml", "properties:\n  a:\n    minLength: x\n", 3, "At /properties/a/minLength: "),
        ("a.yml", "a: 1\na: 2\n", 2, "not sound YAML"),
        ("a.json", '{\n "type": \n', 3, "The schema is not JSON: expecting value."),
        ("a.json", "[]", 1, "a schema must be a mapping"),
        ("a.yaml", "", 1, "The schema file is empty."),
        ("a.yaml", "a: [\n", 1, "The schema is not sound YAML"),
    ],
)
def test_a_wrong_file_is_said_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, message: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(schema.SchemaError) as caught:
        schema.load(name, tmp_path)
    assert caught.value.line == line
    assert caught.value.path == str(tmp_path / name)
    assert message in caught.value.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(schema.SchemaError, match="There is no such schema file"):
        schema.load("x.json", tmp_path)
    with pytest.raises(schema.SchemaError) as caught:
        schema.load("relese", tmp_path)
    assert caught.value.help == "Did you mean release?"
    (tmp_path / "d.json").mkdir()
    with pytest.raises(schema.SchemaError, match="cannot be read"):
        schema.load("d.json", tmp_path)
    (tmp_path / "b.json").write_bytes(b'{\n"title": "\xff"}')
    with pytest.raises(schema.SchemaError) as caught:
        schema.load("b.json", tmp_path)
    assert caught.value.line == 2


def _page(text: str) -> Page:
    page = read(Source("release.md", f"---\n{text}\n---\n"))
    assert isinstance(page, Page)
    return page


def test_references_lead_to_files_beside(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "root.json").write_text(
        '{"$id": "https://schemas.example/root.json", "properties": {'
        '"a": {"$ref": "part.yaml#/$defs/number"}, "b": {"$ref": "part.yaml#named"}}}'
    )
    (folder / "part.yaml").write_text(
        "$defs:\n  number: {type: integer}\n  text: {$anchor: named, $ref: deeper.json}\n"
    )
    (folder / "deeper.json").write_text('{"type": "string", "maxLength": 2}')
    checker = schema.load("a folder/root.json", tmp_path)
    assert checker.check(_page("a: 1\nb: xy")) == []
    findings = checker.check(_page("a: x\nb: xyz"))
    assert [(f.code, f.pointer) for f in findings] == [("SCH002", "/a"), ("SCH007", "/b")]


def test_a_fault_in_a_file_beside_is_said_there(tmp_path: Path) -> None:
    (tmp_path / "root.json").write_text('{\n"$ref": "part.yaml"}')
    (tmp_path / "part.yaml").write_text("title: x\ntype: strin\n")
    with pytest.raises(schema.SchemaError) as caught:
        schema.load("root.json", tmp_path)
    assert caught.value.path is not None
    assert caught.value.path.endswith("part.yaml")
    assert caught.value.line == 2
    (tmp_path / "root.json").write_text('{\n"title": "x",\n"$ref": "part.yaml#/$defs/no"}')
    (tmp_path / "part.yaml").write_text("title: x\n")
    with pytest.raises(schema.SchemaError) as caught:
        schema.load("root.json", tmp_path)
    assert caught.value.line == 3


def test_a_published_schema_can_be_built_on() -> None:
    checker = schema.from_object(
        {
            "$ref": "https://ogcheck.readthedocs.io/schemas/release.schema.json",
            "required": ["area"],
        }
    )
    assert [f.pointer for f in checker.check(_page("url: https://a.example/"))] == ["/area"]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    path = tmp_path / "s.json"
    path.write_text('{"required": ["a"]}')
    first = schema.load("s.json", tmp_path)
    assert schema.load("s.json", tmp_path) is first
    path.write_text("{}")
    os.utime(path, ns=(1, 1))
    assert schema.load("s.json", tmp_path).accepts({})


def test_a_schema_that_refers_to_itself() -> None:
    checker = schema.from_object({"properties": {"a": {"$ref": "#"}}, "type": "object"})
    assert [f.pointer for f in checker.check(_page("a: {a: {a: 3}}"))] == ["/a/a/a"]
