"""Values that nobody, or no template, has filled in."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import ADDRESS, SITE, folded, post, release
from ogcheck.rules.looks import values
from ogcheck.rules.page_facts import label
from ogcheck.values import placeholders


def _role(name: str) -> placeholders.Role:
    entry = vocabulary.PROPERTIES[name]
    if name in (*vocabulary.IMAGE_URLS, "page:image"):
        return "image"
    if entry.type == "url":
        return "url"
    if entry.type == "handle":
        return "handle"
    if entry.type not in ("text", "byline"):
        return "other"
    return "title" if name.endswith(":title") else "text"


_ROLES = {name: _role(name) for name in vocabulary.PROPERTIES}


class LeftoverPlaceholder(Rule):
    """A placeholder where the value should stand.

    ## What it does
    Reports template markup that was not filled in (`{{ page.title }}`, `${title}`, `%%title%%`,
    `$MetaTitle`), the samples of themes (`<image path/url>`, `https://canonical.url/to/page`,
    `Desc Text.`, `@yourhandle`, `Lorem ipsum dolor`), `PLACEHOLDER`, and images on `example.com`
    (reserved for documentation by RFC 2606). In a text, markup counts where it is the whole text
    or a whole segment of it, since a page about templates may have it in its sentences. In front
    matter of a generator that is not known, markup counts only in Open Graph, article and X
    properties: its own fields may be templates. Drafts and archetypes are left alone.

    ## Why it matters
    The card shows the placeholder, or has no image, and all that anybody sees of the page is that
    it is unfinished. Ten posts with PaperMod's samples were found in one search on GitHub.
    """

    code = "OG020"
    name = "leftover-placeholder"
    severity = Severity.ERROR
    bad = (
        Example(release({"og.title": "'{{ page.title }}'"})),
        Example(release({"og.description": "'%%excerpt%%'"})),
        Example(release({"og.image.url": f"'{SITE}/media/${{image}}'"})),
        Example(release({"og.image.url": "https://example.com/harbour.jpg"})),
        Example(release({"og.url": "https://canonical.url/to/page"}), also=folded("SCH009")),
        Example(release({"og.image.alt": "<alt text>"})),
        Example(release({"twitter.site": "'@yourhandle'"})),
        Example(post("title: Bridge closed", 'description: "Desc Text."')),
    )
    good = (
        Example(release()),
        Example(release({"og.description": "Why {{ page.title }} shows nothing in an include."})),
        Example(post("title: '{{ collection.title }}'", "date: 2026-03-26")),
        Example(post("title: Bounds for ${x}_n$ in the plane", "draft: false")),
        Example(post("og_title: '<dialog>'")),
        Example(post("draft: true", "og_title: '{{ title }}'")),
        Example(release({"og.url": ADDRESS})),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at the placeholder."""
        if page.exempt is not None:
            return
        text = values(page)
        marked: set[Property] = set()
        for sign in placeholders.SIGNS:
            if sign in text:
                marked.update([prop for prop in page.properties if sign in prop.value])
        for prop in page.properties if marked else ():
            if prop not in marked:
                continue
            found = placeholders.find(prop.value, _ROLES[prop.name])
            if found is None or (found.template and _may_be_template(page, prop)):
                continue
            start, end, template = found
            why = "which no template has filled in" if template else "a placeholder"
            yield self.at(
                prop,
                f"{label(prop.name)} still holds {quoted(prop.value[start:end])}, {why}.",
                part=(start, end),
                about=prop.value[start:end],
                help="Write the real value."
                if prop.name == "page:title"
                else "Write the real value, or leave it out.",
            )


def _may_be_template(page: Page, prop: Property) -> bool:
    return prop.name.startswith("page:") and not page.preset.full


RULES: tuple[type[Rule], ...] = (LeftoverPlaceholder,)
