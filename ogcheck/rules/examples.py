"""The inputs that rules are shown on: a clean release with one thing changed, or a small post.

The newsroom is invented; its host is under a reserved name (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from ogcheck.rules.pictures import Picture

SITE = "https://www.northbridge.example"
ADDRESS = f"{SITE}/news/man-charged-after-harbour-burglary/"

CLEAN = {
    "area": "Northbridge",
    "og.description": "A man has been charged after tools were taken from a harbour workshop.",
    "og.image.alt": "The harbour workshops seen from the old bridge",
    "og.image.height": "'630'",
    "og.image.url": f"{SITE}/media/harbour-workshops.jpg",
    "og.image.width": "'1200'",
    "og.locale": "en_GB",
    "og.site.name": "Northbridge Police",
    "og.title": "Man charged after harbour burglary",
    "og.type": "article",
    "og.url": ADDRESS,
    "article.published.time": "2026-03-26T09:26:00+00:00",
    "publish.date": "09:26 26/03/2026",
    "title": "Man charged after harbour burglary | Northbridge Police",
    "twitter.card": "summary_large_image",
    "url": ADDRESS,
}
"""A release with which nothing is wrong: raw YAML values by key path."""


STATIC = {"site-url": SITE, "static-dirs": ["static"]}
"""The configuration of a site whose images lie in a folder."""
CARD = "static/media/harbour-workshops.jpg"
"""Where the clean release's image lies there."""
CARD_PICTURE = Picture(1200, 630, "jpeg")
"""That image."""


class release:  # noqa: N801 (rules call it as they call post)
    """The clean release as Markdown, with raw YAML values replaced, added, or (None) left out.

    Its text is written when it is asked for.
    """

    def __init__(self, change: Mapping[str, str | None] | None = None) -> None:
        self.change = change or {}

    def __str__(self) -> str:
        values: dict[str, str | None] = {**CLEAN, **self.change}
        for path in self.change:  # "og.image" as a plain value takes the place of its mapping
            for other in list(values):
                if other.startswith(f"{path}."):
                    del values[other]
        lines: list[str] = []
        open_path: list[str] = []
        for path, value in sorted(values.items(), key=lambda item: item[0].split(".")):
            if value is None:
                continue
            *parents, key = path.split(".")
            shared = zip(parents, open_path, strict=False)
            common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], shared))
            lines += ["  " * depth + parents[depth] + ":" for depth in range(common, len(parents))]
            open_path = parents
            lines.append(("  " * len(parents) + f"{key}: {value}").rstrip())
        front = "\n".join(lines)
        return f"```yaml\n{front}\n```\n\nA 34-year-old man has been charged.\n"


def release_text(change: Mapping[str, str | None] | None = None) -> str:
    """The text of :class:`release`, at once."""
    return str(release(change))


def folded(*codes: str) -> dict[str, str]:
    """``also`` of an example whose fault a schema sees, too."""
    return dict.fromkeys(codes, "folded into the rule's finding")


def post(*lines: str, body: str = "Text.") -> str:
    """A Markdown post with the given lines of front matter."""
    return "\n".join(["---", *lines, "---", "", body, ""])


TAGS = {
    "charset": '<meta charset="utf-8">',
    "title": "<title>Man charged after harbour burglary | Northbridge Police</title>",
    "description": '<meta name="description" content="A man has been charged after tools were '
                   'taken.">',
    "canonical": f'<link rel="canonical" href="{ADDRESS}">',
    "og:title": '<meta property="og:title" content="Man charged after harbour burglary">',
    "og:description": '<meta property="og:description" content="A man has been charged after '
                      'tools were taken.">',
    "og:type": '<meta property="og:type" content="article">',
    "og:url": f'<meta property="og:url" content="{ADDRESS}">',
    "og:site_name": '<meta property="og:site_name" content="Northbridge Police">',
    "og:locale": '<meta property="og:locale" content="en_GB">',
    "og:image": f'<meta property="og:image" content="{SITE}/media/harbour-workshops.jpg">',
    "og:image:alt": '<meta property="og:image:alt" content="The harbour workshops from the '
                    'bridge">',
    "og:image:width": '<meta property="og:image:width" content="1200">',
    "og:image:height": '<meta property="og:image:height" content="630">',
    "article:published_time": '<meta property="article:published_time" '
                              'content="2026-03-26T09:26:00+00:00">',
    "twitter:card": '<meta name="twitter:card" content="summary_large_image">',
}  # fmt: skip
"""The head of a built page with which nothing is wrong, a tag a line, by what each is called."""


class built:  # noqa: N801 (as release)
    """The clean page as HTML, with tags replaced, added, or (None) left out.

    ``first`` is written at the beginning of the head, ``last`` at its end.
    """

    def __init__(
        self,
        change: Mapping[str, str | None] | None = None,
        *,
        first: str = "",
        last: str = "",
        html: str = '<html lang="en-GB">',
        body: str = "<p>A 34-year-old man has been charged.</p>",
    ) -> None:
        self.change = change or {}
        self.first, self.last, self.html, self.body = first, last, html, body

    def __str__(self) -> str:
        tags = [tag for tag in {**TAGS, **self.change}.values() if tag is not None]
        head = [line for line in (self.first, *tags, self.last) if line]
        lines = ["<!DOCTYPE html>", self.html, "<head>", *(f"  {line}" for line in head),
                 "</head>", "<body>", self.body, "</body>", "</html>", ""]  # fmt: skip
        return "\n".join(lines)


def built_text(change: Mapping[str, str | None] | None = None, **parts: str) -> str:
    """The text of :class:`built`, at once."""
    return str(built(change, **parts))
