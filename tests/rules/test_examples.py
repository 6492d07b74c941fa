"""Every rule's own examples: the first tests of a rule, and its documentation."""

from __future__ import annotations

import pytest

import ogcheck
from ogcheck.rules import registry
from ogcheck.rules.base import Example, Rule


def _cases(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in registry.builtin().rules.values()
        for number, example in enumerate(getattr(rule, kind))
    ]


def _codes(example: Example) -> set[str]:
    data = example.text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
    return {p.code for p in ogcheck.check_text(data, example.path, config=example.config)}


@pytest.mark.parametrize(("rule", "example"), _cases("bad"))
def test_a_bad_example_fires_its_rule_and_no_other(rule: type[Rule], example: Example) -> None:
    folded = {code for code in example.also if code.startswith("SCH")}
    assert _codes(example) - (set(example.also) - folded) == {rule.code}


@pytest.mark.parametrize(("rule", "example"), _cases("good"))
def test_a_good_example_is_silent_under_all_rules(rule: type[Rule], example: Example) -> None:
    assert _codes(example) == set(example.also)
