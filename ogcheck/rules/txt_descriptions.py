"""Descriptions beside the page's other texts: what repeats the title, what is another text."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import label
from ogcheck.rules.txt_texts import DESCRIPTIONS, TITLES, alike, read, twins
from ogcheck.values import titles


class DescriptionRepeatsTitle(Rule):
    """A description that is the title again.

    ## What it does
    Compares descriptions with the page's titles, with and without the site's name. Letter case,
    kinds of quotation marks and dashes, a full stop and a final ellipsis make no difference. A
    description whose first sentence is the title and that goes on is left alone.

    ## Why it matters
    The card says the same thing twice, in the room where it could have said more. X asked not to
    "re-use the title as the description" (developer.x.com cards markup, 2024); Misskey drops such
    a description (summaly f7c9f16).
    """

    code = "TXT007"
    name = "description-repeats-title"
    severity = Severity.WARNING
    reads = DESCRIPTIONS
    bad = (
        Example(release({"og.description": "Man charged after harbour burglary"})),
        Example(release({"og.description": "Man charged after harbour burglary."})),
        Example(
            release({"og.description": "Man charged after harbour burglary | Northbridge Police"})
        ),
        Example(post("title: The bridge is closed", "description: The Bridge is Closed!")),
    )
    good = (
        Example(release({"og.description": "Man charged after harbour burglary. He is to appear "
                                           "before magistrates."})),
        Example(release({"og.description": "Man charged after harbour burglary - he appears in "
                                           "court today"})),
        Example(post("title: Harbour", "description: The harbour of Northbridge and its boats")),
        Example(post("title: The old bridge reopens", "og_title: The bridge, and who built it",
                     "og_description: The old bridge reopens"),
                also={"TXT001": "the titles are two: the card does not repeat its own"}),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, with the title beside it."""
        every = [p for p in read(page, TITLES) if p.meant]
        if not every:
            return
        longest = max(len(p.value) for p in every)
        shared = [p for p in every if p.name != "page:title"] or every
        for group in alike([p for p in read(page, DESCRIPTIONS) if len(p.value) <= longest + 60]):
            prop = group[0]
            heads = every if prop.name == "page:description" else shared  # what its card shows
            title = self._repeated(page, context, prop.meant, heads)
            if title is None:
                continue
            which = "the page's title" if title.name == "page:title" else title.name
            yield self.at(
                prop,
                f"{label(prop.name)} is {which} again, {quoted(title.meant)}: the card says one "
                "thing twice.",
                help="Write one or two sentences that say what the title does not.",
                related=[(title, which), *twins(group)],
            )

    def _repeated(
        self, page: Page, context: Context, text: str, heads: list[Property]
    ) -> Property | None:
        name = context.site_name
        if name is None and (declared := page.written("og:site_name")) is not None:
            name = declared.meant or None
        wordings = {titles.fold(text).rstrip(" .!"), _bare(text, name)}
        for title in heads:
            own = {titles.fold(title.meant).rstrip(" .!"), _bare(title.meant, name)}
            if not wordings.isdisjoint(own - {""}):
                return title
            cut = titles.cut(text)
            if cut and len(cut) >= _LEAST and any(one.startswith(cut) for one in own):
                return title
        return None


_LEAST = 12
"""How many characters before an ellipsis tell a title: fewer begin many of them."""


def _bare(text: str, name: str | None) -> str:
    """``text``, folded, without the site's name at an end."""
    return titles.fold(titles.headline(text, name)).rstrip(" .!")


class DescriptionMismatch(Rule):
    """og:description and the page's description are different texts.

    ## What it does
    Compares the two as *title-mismatch* compares titles: letter case, spaces, kinds of quotation
    marks and a cut with an ellipsis make no other text, nor does one that goes on where the other
    ends. It is off: many newsrooms write one for search results and another for cards.

    ## Why it matters
    Where a project means both to be one text, a difference is mostly a correction that reached
    only one of them.
    """

    code = "TXT016"
    name = "description-mismatch"
    severity = Severity.WARNING
    on = False
    reads = ("og:description",)
    bad = (
        Example(
            release({"description": "A woman has been charged after a burglary."}),
            config={"extend-select": ["TXT016"]},
        ),
    )
    good = (
        Example(release({"description": "A woman has been charged after a burglary."})),
        Example(
            release({"description": "A man has been charged after tools were taken…"}),
            config={"extend-select": ["TXT016"]},
            also={"TXT008": "the ellipsis that the other text explains"},
        ),
        Example(
            release({"description": "A man has been charged after tools were taken from a harbour "
                                    "workshop. He is 34."}),
            config={"extend-select": ["TXT016"]},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:description; the page's is related."""
        share, own = page.written("og:description"), page.written("page:description")
        if share is None or own is None or share.kind != "string" or own.kind != "string":
            return
        one, other = _whole(share.meant), _whole(own.meant)
        if not one or not other or one.startswith(other) or other.startswith(one):
            return
        yield self.at(
            share,
            f"og:description {quoted(share.meant)} and the page's description "
            f"{quoted(own.meant)} are different texts.",
            help="Give both the same text.",
            related=[(own, "the page's description")],
        )


def _whole(text: str) -> str:
    """``text`` folded, without an ellipsis at its end."""
    return (titles.cut(text) or titles.fold(text)).rstrip(" .!")


RULES: tuple[type[Rule], ...] = (
    DescriptionRepeatsTitle,
    DescriptionMismatch,
)
