"""What platforms document: limits and recommendations, each with its source, date and mark.

Marks say how good the source is: A the platform's own text or code, B a text that quotes it,
C a third party's claim, D common knowledge. A rule's number comes from here; only a fact marked A
makes a warning.
"""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """One documented limit."""

    platform: str
    limit: str
    """What is limited: ``image large width`` and so on."""
    value: int
    unit: str
    """``px``, ``characters``, ``bytes``."""
    source: str
    date: str
    """When the source was read, or published: year and month."""
    mark: str


_META_IMAGES = "developers.facebook.com/docs/sharing/webmasters/images"

FACTS: tuple[Fact, ...] = (
    Fact("Facebook", "image large width", 600, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image large height", 315, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image recommended width", 1200, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image recommended height", 630, "px", _META_IMAGES, "2026-06", "A"),
)


class Format(NamedTuple):
    """How cards take an image format."""

    name: str
    verdict: str
    """``refused``, ``unlisted`` or ``risky``."""
    why: str
    source: str
    mark: str


FORMATS: dict[str, Format] = {
    "svg": Format("SVG", "refused", "X does not support it, nor do Mastodon and Signal read it",
                  "developer.x.com cards markup, 2024; Mastodon preview_card.rb", "A"),
    "avif": Format("AVIF", "unlisted", "no platform but Discord and Google lists it",
                   "Meta webmasters documentation, June 2026", "A"),
    "ico": Format("ICO", "unlisted", "no platform lists it for cards",
                  "Meta webmasters documentation, June 2026", "A"),
    "bmp": Format("BMP", "unlisted", "no platform but Google lists it",
                  "Meta webmasters documentation, June 2026", "A"),
    "tiff": Format("TIFF", "unlisted", "no platform lists it",
                   "Meta webmasters documentation, June 2026", "A"),
    "pdf": Format("PDF", "unlisted", "it is a document, no image",
                  "Meta webmasters documentation, June 2026", "A"),
    "html": Format("HTML", "unlisted", "it is a page, no image",
                   "Meta webmasters documentation, June 2026", "A"),
    "gif": Format("GIF", "risky", "X shows its first frame only",
                  "developer.x.com cards markup, 2024", "A"),
    "webp": Format("WebP", "risky", "Facebook's list of types lacks it, and on LinkedIn it is "
                   "reported to fail", "Meta webmasters documentation, June 2026", "B"),
}  # fmt: skip
"""Formats that some platform does not take, by file extension."""

_SAME_FORMAT = {"tif": "tiff", "svgz": "svg", "htm": "html"}


def image_format(extension: str) -> Format | None:
    """What is known against an image format, by its extension in lower case, without the dot."""
    return FORMATS.get(_SAME_FORMAT.get(extension, extension))


def value(platform: str, limit: str) -> Fact:
    """The fact of that platform and limit. Raises ``KeyError`` if there is none."""
    for fact in FACTS:
        if fact.platform == platform and fact.limit == limit:
            return fact
    raise KeyError((platform, limit))
