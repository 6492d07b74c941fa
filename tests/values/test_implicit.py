"""What YAML readers make of a plain scalar; of YAML 1.1 PyYAML is asked, too."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ogcheck.values.implicit import READERS, boolean, implicit, is_always_text, number, shown


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # In the order of the readers: YAML 1.1, js-yaml 3, js-yaml 4, go-yaml.
        ("", "null null null null"),
        ("~", "null null null null"),
        ("nULL", "string string string string"),
        ("true", "boolean boolean boolean boolean"),
        ("yes", "boolean string string string"),
        ("Off", "boolean string string string"),
        ("y", "string string string string"),
        ("2026-03-26", "timestamp timestamp timestamp timestamp"),
        ("2026-03-26 9:20:00 +1", "timestamp timestamp timestamp timestamp"),
        ("2026-03-26 9:20", "string string string string"),
        ("2026", "integer integer integer integer"),
        ("-7", "integer integer integer integer"),
        ("999999999999999", "integer integer integer integer"),
        ("1000000000000000", "number number number number"),  # which JavaScript may round
        ("+7", "number number number number"),
        ("1_000", "number number number number"),
        ("010", "number number number number"),
        ("0x1F", "number number number number"),
        ("08", "string number number number"),
        ("0o17", "string string number number"),
        ("12:30", "number number string string"),
        ("12:30.5", "number number string string"),
        ("1.10", "number number number number"),
        ("1e3", "string number number number"),
        ("1e+3", "string number number number"),
        ("1.0e+3", "number number number number"),
        (".inf", "number number number number"),
        (".NaN", "number number number number"),
        ("1.10.3", "string string string string"),
        ("Bridge closed", "string string string string"),
    ],
)
def test_readers_differ(text: str, kinds: str) -> None:
    assert [implicit(text, reader) for reader in READERS] == kinds.split()
    assert is_always_text(text) is (set(kinds.split()) == {"string"})


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("on", "boolean", "true"), ("YES", "boolean", "true"), ("no", "boolean", "false"),
        ("1.10", "number", "1.1"), ("12:30", "number", "750"), ("1:00.5", "number", "60.5"),
        ("1.0", "number", "1"), ("1.0e+15", "number", "1000000000000000.0"),
        ("-0x1F", "number", "-31"), ("0b101", "number", "5"), ("0o17", "number", "15"),
        ("010", "number", "8"), ("1_000", "number", "1000"), (".inf", "number", ".inf"),
    ],
)  # fmt: skip
def test_what_a_site_would_show(text: str, kind: str, seen: str) -> None:
    assert shown(text, kind) == seen


@pytest.mark.parametrize(
    ("text", "value"),
    [("y", True), ("On", True), ("TRUE", True), ("yes", True), ("n", False), ("off", False)],
)
def test_yes_and_no(text: str, value: bool) -> None:
    assert boolean(text) is value


@given(
    st.text("0123456789", min_size=1, max_size=4).flatmap(
        lambda digits: st.text("01789_.:-+eExbfn", max_size=6).map(lambda rest: digits + rest)
    )
    | st.text("0189_.:-+eExbinfaNI", min_size=1, max_size=7)
    | st.sampled_from(["yes", "No", "ON", "oN", "true", "null", "~", "y"])
)
@example("1:20:30")
@example("-1:20.5")
@example("0b1_0")
@example("+.INF")
def test_pyyaml_makes_the_same_of_it(text: str) -> None:
    resolver = yaml.SafeLoader("")
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    tag = tag.rpartition(":")[2]
    kind = implicit(text, "1.1")
    assume(kind != "timestamp")  # nor does 2026-3-26 make one for PyYAML, as it does for go-yaml
    if kind not in ("integer", "number"):
        assert {"boolean": "bool", "string": "str", "null": "null"}[kind] == tag
        return
    assert tag in ("int", "float")
    try:
        value = yaml.safe_load(text)
    except ValueError:  # such as "0b_", which looks like a number and is none
        return
    assume(math.isfinite(value))
    assert number(text) == pytest.approx(value)
