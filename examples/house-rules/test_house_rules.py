"""The rules do what their examples promise; so they are also documented truly."""

import pytest
from house_rules import RULES

from ogcheck import testing


@pytest.mark.parametrize("case", testing.cases(*RULES), ids=str)
def test_examples(case: testing.Case) -> None:
    case.check()
