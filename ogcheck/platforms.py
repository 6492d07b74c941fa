"""What platforms document: limits and recommendations, each with its source, date and mark.

Marks say how good a source is: A the platform's own text or code, B a text that quotes it, C a
third party's claim, D common knowledge. A rule's number comes from here, and messages cite it; only
a fact marked A that stands today makes a warning. Units keep what is counted apart: Discord counts
the bytes of UTF-8, X counts characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Fact(NamedTuple):
    """One documented limit."""

    platform: str
    limit: str
    """What is limited, one of :data:`LIMITS`."""
    value: float
    unit: str
    """``px``, ``characters``, ``bytes`` or ``ratio`` (width by height)."""
    source: str
    """An address without its scheme, or the name of the file in the platform's own code."""
    date: str
    """When the source was published, or read: year and month, or the year."""
    mark: str
    """``A`` to ``D``."""
    withdrawn: bool = False
    """The platform has taken the text down, and nothing has taken its place."""
    advice: bool = False
    """A recommendation: nothing is cut or refused beyond it."""

    @property
    def firm(self) -> bool:
        """Good enough for a warning: the platform's own words, and they stand."""
        return self.mark == "A" and not self.withdrawn and not self.advice

    def cited(self) -> str:
        """The source as messages name it."""
        return f"{self.source}, {self.date}" + (", withdrawn since" if self.withdrawn else "")


LIMITS: dict[str, str] = {
    "title length": "the longest title that is shown whole",
    "description length": "the longest description that is shown whole",
    "image alt length": "the longest image description",
    "image min width": "narrower images are refused",
    "image min height": "lower images are refused",
    "image large width": "narrower images get no large card",
    "image large height": "lower images get no large card",
    "image recommended width": "what the platform asks for",
    "image recommended height": "what the platform asks for",
    "image ratio": "width by height of the card",
    "image max width": "wider images are refused",
    "image max height": "higher images are refused",
    "image max ratio": "wider images are refused",
    "image weight": "the largest image file",
    "page bytes": "what lies behind is not read",
    "page bytes first": "what the crawler asks for first",
}
"""What is limited, in words."""

_META_IMAGES = "developers.facebook.com/docs/sharing/webmasters/images"
_META_CRAWLER = "developers.facebook.com/docs/sharing/webmasters/crawler"
_WHATSAPP = "developers.facebook.com/documentation/business-messaging/whatsapp/link-previews"
_X = "developer.x.com/en/docs/x-for-websites/cards"
_LINKEDIN = "linkedin.com/help/linkedin/answer/a521928"
_APPLE = "developer.apple.com/documentation/technotes/tn3156"
_DISCORD = "discord-api-docs pull request 8606 (a draft)"
_MASTODON = "mastodon preview_card.rb"
_SUMMALY = "misskey summaly f7c9f16"
_SIGNAL = "Signal Desktop's link preview code"
_BLUESKY = "the lexicon app.bsky.embed.external"

# platform, limit, value, unit, source, date, mark (reference tables 3, 4 and 4.1 of the project)
FACTS: tuple[Fact, ...] = (
    Fact("Facebook", "image min width", 200, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image min height", 200, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image large width", 600, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image large height", 315, "px", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "image recommended width", 1200, "px", _META_IMAGES, "2026-06", "A",
         advice=True),
    Fact("Facebook", "image recommended height", 630, "px", _META_IMAGES, "2026-06", "A",
         advice=True),
    Fact("Facebook", "image ratio", 1.91, "ratio", _META_IMAGES, "2026-06", "A", advice=True),
    Fact("Facebook", "image weight", 8_000_000, "bytes", _META_IMAGES, "2026-06", "A"),
    Fact("Facebook", "page bytes", 1_000_000, "bytes", _META_CRAWLER, "2026-06", "A"),
    Fact("Facebook", "page bytes first", 524_288, "bytes", _META_CRAWLER, "2026-06", "A"),
    Fact("WhatsApp", "description length", 80, "characters", _WHATSAPP, "2026-05", "A",
         advice=True),
    Fact("WhatsApp", "image min width", 300, "px", _WHATSAPP, "2026-05", "A"),
    Fact("WhatsApp", "image max ratio", 4, "ratio", _WHATSAPP, "2026-05", "A"),
    Fact("WhatsApp", "image weight", 600_000, "bytes", _WHATSAPP, "2026-05", "A"),
    Fact("WhatsApp", "page bytes", 300_000, "bytes", _WHATSAPP, "2026-05", "A"),
    Fact("X", "title length", 70, "characters", _X, "2024", "A", withdrawn=True),
    Fact("X", "description length", 200, "characters", _X, "2024", "A", withdrawn=True),
    Fact("X", "image alt length", 420, "characters", _X, "2024", "A", withdrawn=True),
    Fact("X", "image large width", 300, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image large height", 157, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image min width", 144, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image min height", 144, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image max width", 4096, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image max height", 4096, "px", _X, "2024", "A", withdrawn=True),
    Fact("X", "image weight", 5_000_000, "bytes", _X, "2024", "A", withdrawn=True),
    Fact("X", "page bytes", 2_000_000, "bytes", _X, "2024", "B", withdrawn=True),
    Fact("LinkedIn", "image recommended width", 1200, "px", _LINKEDIN, "2026", "B", advice=True),
    Fact("LinkedIn", "image recommended height", 627, "px", _LINKEDIN, "2026", "B", advice=True),
    Fact("LinkedIn", "image large width", 401, "px", _LINKEDIN, "2026", "B"),
    Fact("LinkedIn", "image ratio", 1.91, "ratio", _LINKEDIN, "2026", "B", advice=True),
    Fact("LinkedIn", "image weight", 5_000_000, "bytes", _LINKEDIN, "2026", "B"),
    Fact("Apple Messages", "image large width", 900, "px", _APPLE, "2024-04", "A", advice=True),
    Fact("Apple Messages", "image min width", 150, "px", _APPLE, "2024-04", "A"),
    Fact("Apple Messages", "page bytes", 1_000_000, "bytes", _APPLE, "2024-04", "A"),
    Fact("Slack", "page bytes", 32_000, "bytes", "a report, not official", "2026", "C"),
    Fact("Discord", "title length", 70, "bytes", _DISCORD, "2026-09", "B"),
    Fact("Discord", "description length", 350, "bytes", _DISCORD, "2026-09", "B"),
    Fact("Mastodon", "image weight", 2_000_000, "bytes", _MASTODON, "2026", "A"),
    Fact("Mastodon", "page bytes", 1_000_000, "bytes", "mastodon request.rb", "2026", "A"),
    Fact("Misskey", "title length", 100, "characters", _SUMMALY, "2026", "A"),
    Fact("Misskey", "description length", 300, "characters", _SUMMALY, "2026", "A"),
    Fact("Signal", "image weight", 1_000_000, "bytes", _SIGNAL, "2026", "A"),
    Fact("Signal", "page bytes", 1_000_000, "bytes", _SIGNAL, "2026", "A"),
    Fact("Bluesky", "image weight", 1_000_000, "bytes", _BLUESKY, "2026", "A"),
    Fact("Discourse", "title length", 80, "characters", "onebox open_graph.rb", "2026", "A"),
    Fact("Matrix", "title length", 150, "characters", "docs.t2bot.io", "2026", "A"),
    Fact("Matrix", "description length", 200, "characters", "docs.t2bot.io", "2026", "A"),
)  # fmt: skip

PLATFORMS: tuple[str, ...] = tuple(dict.fromkeys(fact.platform for fact in FACTS))
"""Every platform that a fact is known of."""

_BY_NAME = {(fact.platform, fact.limit): fact for fact in FACTS}


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
    return _BY_NAME[platform, limit]


def facts(limit: str, platforms: Iterable[str] = PLATFORMS) -> list[Fact]:
    """What these platforms say of a limit, the strictest first where it is a maximum."""
    return list(_facts(limit, frozenset(platforms)))


@lru_cache(maxsize=1000)
def _facts(limit: str, wanted: frozenset[str]) -> tuple[Fact, ...]:
    found = [f for f in FACTS if f.limit == limit and f.platform in wanted]
    return tuple(sorted(found, key=lambda f: (f.value, f.platform)))


def length(text: str, unit: str) -> int:
    """How long ``text`` is for a platform that counts in ``unit``: characters, or bytes of UTF-8.

    Characters are code points.
    """
    return len(text.encode("utf-8", "surrogatepass")) if unit == "bytes" else len(text)


class Fallback(NamedTuple):
    """One place where a platform looks."""

    name: str
    """A canonical name."""
    attributes: tuple[str, ...] = ()
    """The HTML attributes by which the platform knows it; empty: all."""
    kinds: tuple[str, ...] = ()
    """The types of JSON-LD entities that it reads, at the top of a block; empty: all."""


_PROPERTY = ("property",)
_MASTODON_KINDS = ("NewsArticle", "WebPage")


def _chain(*names: str) -> tuple[Fallback, ...]:
    return tuple(Fallback(name) for name in names)


_OPEN_GRAPH = {
    "title": _chain("og:title", "page:title"),
    "description": _chain("og:description", "page:description"),
    "image": _chain("og:image", "og:image:url", "og:image:secure_url"),
    "url": _chain("og:url", "page:canonical"),
}
# What is not documented: Open Graph, then what every page has. Where the reading is documented, or
# the platform's code is public, it is written out (reference tables 1.6, 3 and 4 of the project).
_FALLBACKS: dict[str, dict[str, tuple[Fallback, ...]]] = {
    # developer.x.com, cards markup, 2024: "falls back to og:title", and so on.
    "X": {
        "title": _chain("twitter:title", "og:title"),
        "description": _chain("twitter:description", "og:description"),
        "image": _chain("twitter:image", "twitter:image:src", "og:image", "og:image:url"),
    },
    # WhatsApp link previews, May 2026: all three are required, "fallback is not guaranteed".
    "WhatsApp": {
        "title": _chain("og:title"),
        "description": _chain("og:description"),
        "url": _chain("og:url"),
    },
    # api.slack.com/robots: X cards and Open Graph, in this order.
    "Slack": {
        "title": _chain("twitter:title", "og:title", "page:title"),
        "description": _chain("twitter:description", "og:description", "page:description"),
        "image": _chain("twitter:image", "og:image", "og:image:url"),
    },
    # mastodon link_details_extractor.rb; canonical and og:url only of the page's own host.
    "Mastodon": {
        "title": (Fallback("ld:headline", kinds=_MASTODON_KINDS),
                  *_chain("og:title", "page:title")),
        "description": (Fallback("ld:description", kinds=_MASTODON_KINDS),
                        *_chain("og:description", "page:description")),
        "image": _chain("og:image"),
        "url": _chain("page:canonical", "og:url"),
    },
    # misskey summaly f7c9f16: og: only as property.
    "Misskey": {
        "title": (Fallback("og:title", _PROPERTY), *_chain("twitter:title", "page:title")),
        "description": (Fallback("og:description", _PROPERTY),
                        *_chain("twitter:description", "page:description")),
        "image": (Fallback("og:image", _PROPERTY), *_chain("twitter:image", "page:image")),
    },
    # Signal Desktop's link preview code: og: only as property.
    "Signal": {
        "title": (Fallback("og:title", _PROPERTY), *_chain("page:title")),
        "description": (Fallback("og:description", _PROPERTY), *_chain("page:description")),
        "image": (Fallback("og:image", _PROPERTY), Fallback("og:image:url", _PROPERTY)),
    },
    # TN3156, 2024: og:description only for posts of social networks.
    "Apple Messages": {"description": ()},
}  # fmt: skip


def fallbacks(platform: str, what: str) -> tuple[Fallback, ...]:
    """Where a platform looks for ``title``, ``description``, ``image`` or ``url``, in order.

    Raises ``KeyError`` for another platform or another word.
    """
    common = _OPEN_GRAPH[what]
    if platform not in PLATFORMS:
        raise KeyError(platform)
    return _FALLBACKS.get(platform, {}).get(what, common)
