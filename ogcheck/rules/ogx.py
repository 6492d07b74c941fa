"""What ogcheck has to say of itself."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule
from ogcheck.rules.examples import built, post


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


class UnusedSuppression(_OfTheEngine):
    """A suppression that silences nothing.

    ## What it does
    Reports a comment `ogcheck: ignore[…]` or `ogcheck: ignore-file[…]`, a selector in its brackets,
    or an item of the key `ogcheck.ignore`, where nothing is found that it would silence; and a
    selector that names no rule at all.

    Only rules that were selected and can speak on the page count: a run of a few rules says nothing
    of the suppressions of others. A prefix, `ALL`, or a suppression without brackets counts where
    all that it means and that is on by default ran. Nothing is said of front matter that does not
    parse.

    A finding of this rule, or of *suppression-without-reason*, is silenced only by a selector that
    names the rule itself (`OGX002`, `unused-suppression`), so that a suppression of everything does
    not hide that it is useless. In brackets it speaks for its own suppression as well:
    `ignore[IMG002, OGX002]` may stay when the image is mended. Where it silences nothing it is
    useless itself, and that is always reported.

    ## Why it matters
    It outlives the fault that it was written for, and silences the next one at that place. One
    whose selector is misspelt never did anything.

    ## Fix
    It takes away the selector, or the whole suppression, with its line if nothing else stands
    there. That is safe: nothing is silenced by it. For a misspelt selector the nearest right one is
    offered, which is unsafe, because it begins to silence; one that is like no rule's may belong to
    a plugin that is not loaded here, and is left.
    """

    code = "OGX002"
    name = "unused-suppression"
    severity = Severity.WARNING
    fix = "safe"
    bad = (
        Example(post("# ogcheck: ignore[TXT010] as the agency sent it", "title: Bridge closed")),
        Example(
            post("title: Fish &amp; chips # ogcheck: ignore[TXT010, TXT015] the shop's own sign")
        ),
        Example(post("# ogcheck: ignore[TXT10] as the agency sent it", "title: Bridge closed")),
        Example(
            post(
                "title: Bridge closed", "ogcheck:", "  ignore: [TXT010]", "  reason: as it was sent"
            )
        ),
        Example(
            built(first="<!-- ogcheck: ignore-file[HTM005] two sites share the page -->"), "a.html"
        ),
    )
    good = (
        Example(post("# ogcheck: ignore[TXT010] as the agency sent it", "title: Fish &amp; chips")),
        Example(
            post(
                "# ogcheck: ignore[TXT010, OGX002] the wire comes and goes", "title: Bridge closed"
            )
        ),
        Example(
            post("# ogcheck: ignore[TXT010] as it was sent", "title: Bridge closed"),
            config={"ignore": ["TXT010"]},
        ),
    )


class SuppressionWithoutReason(_OfTheEngine):
    """A suppression that does not say why, or what.

    ## What it does
    Reports a suppression without a reason behind its brackets (beside `ogcheck.ignore` the key
    `ogcheck.reason` gives it), and one without brackets, which silences every rule.

    ## Why it matters
    Whoever finds it later cannot tell whether it is still needed. One that names no rule hides
    faults that nobody has seen yet.
    """

    code = "OGX003"
    name = "suppression-without-reason"
    severity = Severity.WARNING
    on = False
    bad = (
        Example(
            post("# ogcheck: ignore[TXT010]", "title: Fish &amp; chips"),
            config={"extend-select": ["OGX003"]},
        ),
        Example(
            post("title: Fish &amp; chips # ogcheck: ignore as the agency sent it"),
            config={"extend-select": ["OGX003"]},
        ),
    )
    good = (
        Example(
            post("# ogcheck: ignore[TXT010] as the agency sent it", "title: Fish &amp; chips"),
            config={"extend-select": ["OGX003"]},
        ),
        Example(
            post(
                "# ogcheck: ignore[OGX003]", "# ogcheck: ignore[TXT010]", "title: Fish &amp; chips"
            ),
            config={"extend-select": ["OGX003"]},
        ),
    )


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


RULES: tuple[type[Rule], ...] = (
    RuleCrashed,
    UnusedSuppression,
    SuppressionWithoutReason,
    UnreadableFile,
)
