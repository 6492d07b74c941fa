"""Every rule's own examples: the first tests of a rule, and its documentation."""

from __future__ import annotations

import pytest

from ogcheck import testing
from ogcheck.rules import registry
from ogcheck.rules.base import Rule

RULES = tuple(registry.builtin().rules.values())


@pytest.mark.parametrize("case", testing.cases(*RULES), ids=str)
def test_an_example_does_what_it_is_there_for(case: testing.Case) -> None:
    case.check()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented(rule: type[Rule]) -> None:
    assert list(testing.faults(rule)) == []
