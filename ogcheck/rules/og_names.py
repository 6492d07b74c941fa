"""The names of properties: whether there is such a one, and whether it is read today."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import names, vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, cut, renaming
from ogcheck.rules.examples import folded, post, release


class UnknownProperty(Rule):
    """A property that no platform knows.

    ## What it does
    Reports names below `og`, `article` and `twitter` that are in no vocabulary: a warning where
    the name is a known slip for another one (`article:published`, `og:locale:alternative`,
    `og:article:author`) or one letter away from it, else a note. Names in any other namespace are
    free, and never judged.

    ## Why it matters
    Platforms compare names letter by letter, and pass over what they do not know. Facebook's
    debugger answers "Objects of this type do not allow properties named
    'og:article:published_time'" to one that stood on BBC News for years. Known are the protocol
    (https://ogp.me), the X cards, and what platforms read or generators write beside them.

    ## Fix
    Gives a known slip its right name. Unsafe: a person should look whether that one is meant.
    """

    code = "OG011"
    name = "unknown-property"
    severity = Severity.WARNING
    fix = "unsafe"
    bad = (
        Example(release({"og.locale_alternative": "cy_GB"})),
        Example(release({"article.published": "2026-03-26"})),
        Example(release({"og.sitename": "Northbridge Police"})),
        Example(post("og_title: Bridge closed", "og_article_author: Jane Doe")),
        Example(post("og_title: Bridge closed", "twitter_mood: hopeful")),
        Example(
            release({"og.descripton": "A man has been charged."}),
            config={"schemas": [{"files": ["*.md"], "schema": {"properties": {"og": {"properties": {
                key: {} for key in ("description", "image", "locale", "site", "title", "type",
                                    "url")}, "additionalProperties": False}}}}]},
            also=folded("SCH006"),
        ),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "og_video_tag: bridge", "twitter_label1: Reading")),
        Example(post("og_title: Bridge closed", "newsroom_mood: hopeful", "product_shape: round")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a name."""
        for prop in page.strays:
            shown = cut(_as_written(page, prop))
            right = names.intended(prop.name)
            if right is None:
                yield self.at(
                    prop,
                    f"{shown} is in no vocabulary: no platform is known to read it.",
                    severity=Severity.NOTE,
                    at_key=True,
                    about=prop.name,
                    help="Leave it out, unless a reader of yours knows it.",
                )
            else:
                yield self.at(
                    prop,
                    f"Platforms do not know {shown}, and pass over it.",
                    at_key=True,
                    about=prop.name,
                    help=f"Write {right}.",
                    fix=renaming(page, prop, right, f"Rename it to {right}", safe=False),
                )


def _as_written(page: Page, prop: Property) -> str:
    """The name with its last key as the file spells it: ``article:publish_date``."""
    key = page.source.text[slice(*prop.key_span)].strip(" \t\r\n\"'")
    path = prop.name.split(":")
    size = len(names.words(key))
    if names.below((), key) == tuple(path) or size >= len(path):
        return key
    return ":".join([*path[:-size], key]) if size else prop.name


_SUCCESSORS = {
    "og:isbn": "book:isbn", "twitter:image:src": "twitter:image", "twitter:image0": "twitter:image",
}  # fmt: skip
_DEPRECATED = tuple(e.name for e in vocabulary.PROPERTIES.values() if e.status == "deprecated")


class DeprecatedProperty(Rule):
    """A property of a version that is gone.

    ## What it does
    Notes the properties that Open Graph 1.0 had and the protocol has no longer (places, addresses,
    telephone numbers, `og:upc`, `og:audio:title` …), and the first names of the X cards.

    ## Why it matters
    The protocol's own vocabulary file (https://ogp.me/ns/ogp.me.ttl) lists them as deprecated, and
    X's last documentation (May 2024) has one image, twitter:image. They do no harm, but a page
    should not rely on them.
    """

    code = "OG012"
    name = "deprecated-property"
    severity = Severity.NOTE
    reads = _DEPRECATED
    bad = (
        Example(post("og_title: Bridge closed", "og_latitude: 51.5")),
        Example(post("og_title: Bridge closed", "og_street_address: 1 Quay Street")),
        Example(post("twitter_image_src: https://www.northbridge.example/media/b.jpg")),
    )
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "book_isbn: '9780306406157'")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a property."""
        for prop in page.named(_DEPRECATED):
            if prop.is_blank:
                continue
            if prop.name.startswith("twitter:image"):
                message = f"{prop.name} is a name of the first X cards; today's is twitter:image."
            else:
                message = f"{prop.name} is of Open Graph 1.0: the protocol has it no longer."
            successor = _SUCCESSORS.get(prop.name)
            yield self.at(
                prop,
                message,
                at_key=True,
                about=prop.name,
                help=f"Write {successor}." if successor else "Leave it out.",
            )


RULES: tuple[type[Rule], ...] = (
    UnknownProperty,
    DeprecatedProperty,
)
