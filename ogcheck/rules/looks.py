"""Quick looks at a page, of which several rules share the answers: what it cannot concern.

A rule names those that it needs in ``where``, and is called only where all of them find something.
They save calls and decide nothing: a look may find what turns out to be nothing, and never misses
what its rules would speak of (a test holds it for every rule).
"""

from __future__ import annotations

from ogcheck import vocabulary
from ogcheck.page import Page
from ogcheck.rules.page_facts import unusual_urls

is_asked = Page.is_asked

_SEAM = "`"
"""What few values hold, and is printable and ASCII: it hides nothing that is looked for."""


def values(page: Page) -> str:
    """The values of all properties as one text, with a seam at both ends of each.

    One look at it is a look at all of them, at the speed of a search in a string.
    """
    found: str | None = page.memo.get("values")
    if found is None:
        joined = _SEAM.join([prop.value for prop in page.properties])
        found = page.memo["values"] = f"{_SEAM}{joined}{_SEAM}"
    return found


def has_og(page: Page) -> bool:
    """Any og: property is written."""
    return "og" in page.namespaces


def repeats_a_name(page: Page) -> bool:
    """Two of its properties have one name."""
    return len(page.by_name) != len(page.properties)


def holds_reference(page: Page) -> bool:
    """A value may hold a character reference."""
    text = values(page)
    return "&" in text and ";" in text


def holds_other_than_ascii(page: Page) -> bool:
    """A value has a character beyond ASCII."""
    return not values(page).isascii()


def holds_stray_space(page: Page) -> bool:
    """A value has white space at an end or doubled, a line break, or what nobody sees."""
    text = values(page)
    return "  " in text or f"{_SEAM} " in text or f" {_SEAM}" in text or not text.isprintable()


def holds_markup(page: Page) -> bool:
    """A value holds what markup begins with."""
    text = values(page)
    return "<" in text or "[" in text or "#" in text


def has_unusual_url(page: Page) -> bool:
    """Of the URLs that platforms follow one is not plain."""
    return bool(unusual_urls(page, vocabulary.SHARE_URLS))
