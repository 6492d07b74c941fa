"""Properties that stand more than once, and those that describe an object which is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import ADDRESS, SITE, post, release
from ogcheck.rules.looks import repeats_a_name
from ogcheck.rules.page_facts import Repeat, repeats

_SET = 3
"""From how many properties on it is a second set of them, and one fault."""


def _is_set(found: list[Repeat]) -> bool:
    return len(found) >= _SET


def _places(found: Iterable[Repeat]) -> Iterator[tuple[Property, str]]:
    for repeat in found:
        yield repeat.first, f"the first {repeat.first.name}"
        for other in repeat.others:
            yield other, "stands again"


class ConflictingDuplicates(Rule):
    """A property that can have one value, twice with different values.

    ## What it does
    Reports a property of which there is one on a page (og:title, og:url, the width of one image …)
    and which is written twice, in whatever spelling, with values that differ by more than letter
    case and white space. Where three properties or more are doubled, a second set of metadata was
    written, and that is one finding. Lists are legal: og:image, article:tag, article:author.

    ## Why it matters
    Of several values "the first from the top is given preference" (https://ogp.me/#array), and so
    do Mastodon, Signal and Apple's Messages read it; a generator may turn the order round. What was
    meant to be shown may not be.
    """

    code = "OG017"
    name = "conflicting-duplicates"
    severity = Severity.WARNING
    where = (repeats_a_name,)
    bad = (
        Example(release({"og_description": "Tools were taken from a workshop in the harbour."})),
        Example(release({"og_image_width": "'1600'"})),
        Example(
            release(
                {"og_description": "Tools were taken.", "og_title": "Man charged", "og_type":
                 "article", "og_site_name": "Northbridge Police", "og_locale": "en_GB"}
            )
        ),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "article_tag: [bridge, repairs]",
                     "article_author: [https://a.northbridge.example/, "
                     "https://b.northbridge.example/]")),
        Example(post("og_title: Bridge closed", "og_image:", f"  - url: {SITE}/a.jpg",
                     "    width: 1200", f"  - url: {SITE}/b.jpg", "    width: 1600")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at the value that does not count; one for a whole set."""
        found = repeats(page)
        conflicts = [one for one in found if one.differs]
        if conflicts and _is_set(found):
            first, *others = conflicts
            yield self.at(
                first.others[0],
                f"{len(found)} properties stand twice, as if two programs wrote them, and "
                f"{'some have' if others else f'{first.first.name} has'} different values: "
                "platforms take the first of each.",
                about=" ".join(one.first.name for one in found),
                help="Keep one set.",
                related=_around(first, [one for one in found if one is not first]),
            )
            return
        for one in conflicts:
            yield self.at(
                one.others[0],
                f"{one.first.name} stands twice with different values: platforms take the first, "
                f"{quoted(one.first.meant)}.",
                help="Keep the one that is meant.",
                related=_around(one, ()),
            )


def _around(one: Repeat, more: Iterable[Repeat]) -> list[tuple[Property, str]]:
    """The places of a repeated property beside the one where its finding stands."""
    further = [(other, "and again") for other in one.others[1:]]
    return [(one.first, "the first, which counts"), *further, *_places(more)]


class RepeatedProperty(Rule):
    """A property that can have one value, twice with the same value.

    ## What it does
    Notes a property that is written twice with one value, letter case and white space aside. Three
    properties or more are one note.

    ## Why it matters
    It does no harm until one of the two is changed (then it is *conflicting-duplicates*). Often two
    programs, a theme and a plugin, write the metadata of a page.
    """

    code = "OG018"
    name = "repeated-property"
    severity = Severity.NOTE
    where = (repeats_a_name,)
    bad = (
        Example(release({"og_title": "Man charged after harbour burglary"})),
        Example(release({"og_title": "Man charged after Harbour  burglary"}),
                also={"TXT013": "the doubled space"}),
        Example(release({"og_url": ADDRESS, "og_type": "article", "og_locale": "en_GB"})),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "article_tag: [bridge, bridge]")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a property, at the second value; one for a whole set."""
        found = repeats(page)
        if _is_set(found):
            if not any(one.differs for one in found):
                first, *others = found
                yield self.at(
                    first.others[0],
                    f"{len(found)} properties stand twice, as if two programs wrote them, with the "
                    "same values.",
                    about=" ".join(one.first.name for one in found),
                    help="Keep one set.",
                    related=_around(first, others),
                )
            return
        for one in found:
            if not one.differs:
                yield self.at(
                    one.others[0],
                    f"{one.first.name} stands twice, with the same value.",
                    help="Keep one.",
                    related=_around(one, ()),
                )


_ROOTS = ("og:image", "og:video", "og:audio")
_STRUCTURED = {
    root: tuple(e.name for e in vocabulary.PROPERTIES.values() if e.status == "protocol"
                and e.root == root and e.name not in (root, f"{root}:url"))
    for root in _ROOTS
}  # fmt: skip


class OrphanStructuredProperty(Rule):
    """What describes an image, a video or an audio file that is not there.

    ## What it does
    Reports og:image:width, og:image:alt and their like where the page has no such image, video or
    audio, or where none of several is theirs: in an object of a list that has no address, or before
    the first. With just one image it is a note, since most readers give it to that one. og:image
    and og:image:url open an image; the order of keys in front matter is never a fault.

    ## Why it matters
    "Put structured properties after you declare their root tag" (https://ogp.me/#array): to a
    reader, what stands before belongs to nothing, or to another image.
    """

    code = "OG019"
    name = "orphan-structured-property"
    severity = Severity.WARNING
    reads = tuple(name for names in _STRUCTURED.values() for name in names)
    bad = (
        Example(release({"og.video.width": "'1280'", "og.video.height": "'720'"})),
        Example(
            post("og_title: Bridge closed", "og_image:", f"  - url: {SITE}/a.jpg",
                 "    alt: The bridge", f"  - url: {SITE}/b.jpg", "    alt: The bridge at night",
                 "  - alt: The bridge from below")
        ),
        Example(
            post("og_title: Bridge closed", "og_image:", f"  - url: {SITE}/a.jpg",
                 "  - alt: The bridge from below")
        ),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post("og_image_alt: The bridge from below", f"og_image: {SITE}/a.jpg")),
        Example(post("og_image_alt: The bridge from below", f"image: {SITE}/a.jpg",
                     "og_title: Bridge closed")),
        Example(post("og_title: Bridge closed", f"og_image: [{SITE}/a.jpg, {SITE}/b.jpg]",
                     "og_image_alt: [The bridge from below, The bridge at night]")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an object, at its first property; the others are related."""
        for root, names in _STRUCTURED.items():
            if not page.named(names):
                continue
            structured = [prop for prop in page.properties if prop.name in names]
            objects = {p.group for p in page.named((root, f"{root}:url"))}
            orphans: dict[tuple[int, ...], list[Property]] = {}
            for prop in structured:
                # What stands in no list stands for whichever there is.
                if prop.group not in objects and (prop.group or not objects):
                    orphans.setdefault(prop.group, []).append(prop)
            if not orphans or (not objects and page.derived(root).state != "absent"):
                continue
            if objects:
                for found in orphans.values():
                    yield self._lost(root, found, only=len(objects) == 1)
            else:
                yield self._rootless(root, [p for found in orphans.values() for p in found])

    def _lost(self, root: str, found: list[Property], *, only: bool) -> Finding:
        first, *others = found
        which = f"the page's one {root}" if only else f"any {root} of the page's"
        return self.at(
            first,
            f"{first.name} does not belong to {which}: the object that it stands in has no "
            "address before it.",
            severity=Severity.NOTE if only else None,
            help=f"Write it behind the {root} that it describes.",
            related=[(other, "this one too") for other in others],
        )

    def _rootless(self, root: str, found: list[Property]) -> Finding:
        first, *others = found
        finding = self.at(
            first,
            f"{first.name} describes an {root} that the page does not have.",
            help=f"Add {root}, or leave {first.name} out.",
            related=[(other, "this one too") for other in others],
        )
        # It is about what is missing: a rule that says that it is missing has said it.
        return replace(finding, property=root, pointer=None)


RULES: tuple[type[Rule], ...] = (
    ConflictingDuplicates,
    RepeatedProperty,
    OrphanStructuredProperty,
)
