"""What ogcheck has to say of itself."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Rule


class _OfTheEngine(Rule):
    """The base of rules whose findings the engine makes."""

    filed = True

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """Nothing: the engine files its findings under the code."""
        return ()


class RuleCrashed(_OfTheEngine):
    """A rule raised an exception.

    ## What it does
    Names the rule, the file and the exception. The other rules go on.

    ## Why it matters
    What the rule would have found on this page is not known. It is a fault of the rule, not of
    the page.
    """

    code = "OGX001"
    name = "rule-crashed"
    severity = Severity.ERROR


class UnreadableFile(_OfTheEngine):
    """A file that cannot be read.

    ## What it does
    Reports a file that is there and cannot be opened, or that vanished while ogcheck was running.

    ## Why it matters
    Nothing is known of what is in it. Content that cannot be decoded is *undecodable-text*.
    """

    code = "OGX004"
    name = "unreadable-file"
    severity = Severity.ERROR


RULES: tuple[type[Rule], ...] = (RuleCrashed, UnreadableFile)
