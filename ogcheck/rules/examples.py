"""The inputs that rules are shown on: a clean release with one thing changed, or a small post.

The newsroom is invented; its host is under a reserved name (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

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
