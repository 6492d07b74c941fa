"""What is read from one page, and what each platform makes of it: the facts behind ``explain``."""

from __future__ import annotations

from typing import NamedTuple

from ogcheck import platforms
from ogcheck.page import Page, Property, steps
from ogcheck.values import shown

WHATS = ("title", "description", "image", "url")
"""What a card is made of."""

DERIVED = ("og:title", "og:description", "og:image", "og:url", "og:type", "og:site_name",
           "og:locale", "twitter:card")  # fmt: skip
"""What is asked about although it is not written."""


class Found(NamedTuple):
    """One property as it stands in the file."""

    name: str
    value: str
    line: int
    column: int
    how: str
    """The key path, the tag, or the member of JSON-LD that it was found in."""
    known: bool
    """Whether its name is in a vocabulary."""


class Derivation(NamedTuple):
    """What the page carries under a name that is not written."""

    name: str
    state: str
    """``known``, ``absent`` or ``unknown``."""
    source: str | None
    """The property that it comes from."""


class Seen(NamedTuple):
    """What a platform ends up with."""

    platform: str
    property: str | None
    """None where it has nothing."""
    line: int
    column: int
    text: str
    """What it shows: cut where the platform cuts."""
    cut: bool


class Explanation(NamedTuple):
    """All of it."""

    found: list[Found]
    derived: list[Derivation]
    seen: dict[str, list[Seen]]
    """By :data:`WHATS`, every platform that :mod:`ogcheck.platforms` knows."""


def explain(page: Page) -> Explanation:
    """What is found on ``page``, what is derived, and what each platform ends up with."""
    every = [(prop, True) for prop in page.properties] + [(prop, False) for prop in page.strays]
    found = [_found(page, prop, known) for prop, known in every]
    found.sort(key=lambda one: (one.line, one.column))
    return Explanation(
        found,
        [_derived(page, name) for name in DERIVED if not page.by_name.get(name)],
        {what: [_seen(page, what, one) for one in platforms.PLATFORMS] for what in WHATS},
    )


def _place(page: Page, prop: Property) -> tuple[int, int]:
    span = prop.span if prop.span.start < prop.span.end else prop.key_span
    return page.source.position(span.start)


def _found(page: Page, prop: Property, known: bool) -> Found:
    return Found(prop.name, prop.value, *_place(page, prop), _how(prop), known)


def _how(prop: Property) -> str:
    tag = prop.tag
    if tag is None:
        return ".".join(steps(prop.pointer))
    if prop.name.startswith("ld:"):
        return f"JSON-LD {prop.pointer.split('/', 3)[-1].replace('/', '.')}"
    if prop.attribute == "rel":
        return f"<{tag.name} rel={tag.get('rel')}>"
    return f"<{tag.name} {prop.attribute}>" if prop.attribute else f"<{tag.name}>"


def _derived(page: Page, name: str) -> Derivation:
    found = page.derived(name)
    return Derivation(name, found.state, found.property.name if found.property else None)


def _seen(page: Page, what: str, platform: str) -> Seen:
    prop = page.seen(what, platform)
    if prop is None:
        return Seen(platform, None, 0, 0, "", False)
    text, is_cut = prop.meant, False
    if what in ("title", "description"):
        text = " ".join(shown.shown(prop.value).text.split())
        for fact in platforms.facts(f"{what} length", (platform,)):
            at = shown.fitting(text, int(fact.value), fact.unit)
            if at < len(text) and not fact.advice:
                text, is_cut = text[:at], True
    return Seen(platform, prop.name, *_place(page, prop), text, is_cut)
