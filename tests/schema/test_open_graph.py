"""The published schema of the protocol: it says what the vocabulary, the values and OG015 say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ogcheck
from ogcheck import schema, vocabulary
from ogcheck.schema import formats
from ogcheck.values import protocol
from tests.values.test_protocol import BAD, GOOD

DATA: dict[str, Any] = json.loads(schema.published_text("open-graph"))
LOADED = schema.load("open-graph")
BASE = {
    "og:title": "Bridge closed",
    "og:type": "website",
    "og:url": "https://www.northbridge.example/news/a/",
    "og:image": "https://www.northbridge.example/media/b.jpg",
}
ENTRIES = [e for e in vocabulary.PROPERTIES.values() if e.status not in ("page", "ld")]


def record(entry: vocabulary.Entry, value: object) -> dict[str, object]:
    """A good record of the type that the property belongs to, with one value in it."""
    kind = entry.owners[0] if entry.owners else "website"
    return {**BASE, "og:type": kind, entry.name: value}


def test_it_ships() -> None:
    assert "open-graph" in schema.published()
    pyproject = Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8")
    for name in schema.published():
        assert f'"schemas/{name}.schema.json" = "ogcheck/_schemas/{name}' in pyproject, name


def test_its_properties_are_those_of_the_vocabulary() -> None:
    assert list(DATA["properties"]) == [e.name for e in ENTRIES]
    for entry in ENTRIES:
        said = DATA["properties"][entry.name]
        assert said["title"]
        assert said["description"].endswith(".")
        assert said.get("deprecated", False) == (entry.status == "deprecated")


def test_its_examples_are_good_by_both_libraries() -> None:
    validator = jsonschema.Draft202012Validator(DATA)
    for example in DATA["examples"]:
        assert LOADED.accepts(example)
        assert validator.is_valid(example)
    for definition in DATA["$defs"].values():
        for example in definition["examples"]:
            whole = {"$ref": "#/$defs", **definition, "$defs": DATA["$defs"]}
            del whole["$ref"]
            assert jsonschema.Draft202012Validator(whole).is_valid(example)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.name)
def test_schema_and_values_agree_on_values_made_by_hand(entry: vocabulary.Entry) -> None:
    texts = {t for texts in GOOD.values() for t in texts}
    texts |= {t for rows in BAD.values() for t, _ in rows}
    for text in sorted(texts):
        good = protocol.fault(entry.type, text) is None
        if entry.name == "og:type":  # what a type's own properties say is not asked here
            assert LOADED.accepts({**BASE, "og:type": text}) == good, text
            continue
        assert LOADED.accepts(record(entry, text)) == good, text
        assert LOADED.accepts(record(entry, [text])) == good, text


_NEAR = st.one_of(
    st.text("0123456789.,-+eExX ", max_size=14),
    st.text("0123456789-: TZ+.", max_size=26),
    st.text('abcABC/;="+-_. @|', max_size=20),
    st.sampled_from([t for texts in GOOD.values() for t in texts]).flatmap(
        lambda t: st.tuples(st.just(t), st.integers(0, 20), st.text(max_size=2)).map(
            lambda p: p[0][: p[1]] + p[2] + p[0][p[1] :]
        )
    ),
    st.text(),
)


@given(entry=st.sampled_from(ENTRIES), text=_NEAR)
@settings(max_examples=600, deadline=None)
def test_schema_and_values_agree_on_any_values(entry: vocabulary.Entry, text: str) -> None:
    text = formats.meant(text)
    if text != formats.meant(text):  # a reference that was hidden in another
        return
    good = protocol.fault(entry.type, text) is None
    assert LOADED.accepts(record(entry, text)) == good


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.name)
def test_schema_and_vocabulary_agree_on_how_many_values_there_may_be(
    entry: vocabulary.Entry,
) -> None:
    good = next(t for t in GOOD.get(entry.type, [entry.type[5:].split("|")[0]]) if t)
    if entry.name == "og:type":
        good = "website"
    assert LOADED.accepts(record(entry, [good, good])) == entry.many
    assert not LOADED.accepts(record(entry, []))
    assert not LOADED.accepts(record(entry, 12))


@pytest.mark.parametrize("kind", sorted(vocabulary.TYPES))
@pytest.mark.parametrize(
    "name", [e.name for e in ENTRIES if e.owners or e.name.startswith("article:")]
)
def test_schema_and_og015_agree_on_what_belongs_to_a_type(kind: str, name: str) -> None:
    entry = vocabulary.PROPERTIES[name]
    value = next(t for t in GOOD.get(entry.type, [entry.type[5:].split("|")[0]]) if t)
    lines = [f'"og:type": "{kind}"', f'"{name}": "{value}"']
    text = "\n".join(["---", "og:title: Bridge closed", *lines, "---", ""])
    problems = ogcheck.check_text(text, config={"select": ["OG015"]})
    for one in (kind, [kind]):
        assert LOADED.accepts({**BASE, "og:type": one, name: value}) == (not problems)


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({"og:title": None}, False),
        ({"og:type": None}, False),
        ({"og:url": None}, False),
        ({"og:image": None}, False),
        ({"og:image": None, "og:image:url": BASE["og:image"]}, True),
        ({"og:image": [BASE["og:image"], "https://www.northbridge.example/c.jpg"]}, True),
        ({"og:image": [BASE["og:image"], "/c.jpg"]}, False),
        ({"newsroom:desk": "Crime"}, True),
        ({"newsroom:desk": {"name": "Crime"}}, False),
        ({"og:imgae": "x"}, True),
    ],
)
def test_records(change: dict[str, object], good: bool) -> None:
    whole = {**BASE, **change}
    assert LOADED.accepts({k: v for k, v in whole.items() if v is not None}) == good
