"""What the rules about texts share: which properties they judge, and the page's body as text."""

from __future__ import annotations

import re

from ogcheck.page import Page, Property
from ogcheck.values import references
from ogcheck.values.patterns import late

TITLES = ("og:title", "twitter:title", "page:title")
"""The titles of a page, the one that most platforms show first."""

DESCRIPTIONS = ("og:description", "twitter:description", "page:description")
"""The same of descriptions."""

_BODY_LIMIT = 20_000
"""How many characters of a body are looked at: descriptions are made of its beginning."""

# Each begins with a character of its own, so that the others are passed over without a try.
_LINK, _BULLET = r"\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)", r"(?<!\S.)[ \t]+"
_MARKUP = late(
    rf"!{_LINK}|{_LINK}|</?[a-zA-Z][^<>\n]{{0,300}}>"
    rf"|\*{_BULLET}|\+{_BULLET}|-{_BULLET}|#(?<![^\n].)#{{0,5}}[ \t]+|\*\*|__"
)


def _text_of(match: re.Match[str]) -> str:
    """What is shown of markup: a link's text."""
    return match[1] or match[2] or ""


def read(page: Page, names: tuple[str, ...]) -> list[Property]:
    """The properties of ``names`` that hold text, by the order of the names.

    What the dialect takes for a number or a date is *implicit-type*'s business.
    """
    found: list[Property] | None = page.memo.get(("texts", names))
    if found is None:
        found = [
            p for p in page.named(names) if p.kind == "string" and p.value and not p.value.isspace()
        ]
        page.memo["texts", names] = found
    return found


def read_alike(page: Page, names: tuple[str, ...]) -> list[list[Property]]:
    """What :func:`read` gives, by text: see :func:`alike`."""
    found: list[list[Property]] | None = page.memo.get(("alike", names))
    if found is None:
        found = page.memo["alike", names] = alike(read(page, names))
    return found


def alike(props: list[Property]) -> list[list[Property]]:
    """The properties by their text, so that what is wrong with it is said once."""
    if len(props) < 2:
        return [props] if props else []
    groups: dict[str, list[Property]] = {}
    for prop in props:
        groups.setdefault(prop.meant, []).append(prop)
    return list(groups.values())


def twins(group: list[Property]) -> list[tuple[Property, str]]:
    """The properties that hold the text of the first of ``group``, as related places."""
    return [(other, "the same text") for other in group[1:]]


def is_dense(text: str) -> bool:
    """Written without spaces between words: a sentence is a few characters long."""
    return not text.isascii() and any(
        "\u0e00" <= c <= "\u0eff" or "\u1000" <= c <= "\u109f" or "\u1780" <= c <= "\u17ff"
        or "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or c >= "\U00020000"
        for c in text
    )  # fmt: skip


def body_text(page: Page) -> str:
    """The beginning of the page's body as plain text on one line."""
    if "body text" not in page.memo and page.html is not None:
        page.memo["body text"] = page.html.prose(_BODY_LIMIT)
    elif "body text" not in page.memo:
        body = page.body
        text = page.source.text[body.start : min(body.end, body.start + _BODY_LIMIT)]
        text = _MARKUP.sub(_text_of, text)
        page.memo["body text"] = " ".join(references.resolve(text).split())
    found: str = page.memo["body text"]
    return found


def heading(page: Page) -> str:
    """The body's first level-one heading, else its first, as plain text; empty without one."""
    if "heading text" not in page.memo:
        text = next(iter(page.headings()[-1:]), "")
        if text:
            text = references.resolve(_MARKUP.sub(_text_of, text))
        page.memo["heading text"] = " ".join(text.split())
    found: str = page.memo["heading text"]
    return found
