"""What stands in a value until somebody, or a template, writes the real one.

Template markup counts where it cannot be the text itself: in an address or a number anywhere; in a
text where it is the whole of it, or a whole segment (``{{ page.title }} | Site``), because pages
about templates have it in their sentences, and TeX has braces and dollars of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from ogcheck.values import urls
from ogcheck.values.patterns import late

Role = Literal["title", "text", "url", "image", "handle", "other"]

SIGNS = ("{", "<", "$", "%", "@", "PLACEHOLDER", "placehold", "dummyimage", "example.",
         "canonical.url", "Desc Text", "Just another", "your", "Your", "YOUR",
         "orem ipsum", " here")  # fmt: skip
"""Text that holds none of these holds no placeholder."""

_MARKUP = late(
    r"\{\{[^{}\\A-Za-z]*+[A-Za-z][^{}\\]*+\}\}|\{%[^{}\\A-Za-z]*+[A-Za-z][^{}\\]*+(?<=%)\}"
    r"|<%[^<>A-Za-z]*+[A-Za-z][^<>]*+(?<=%)>"
    r"|\$\{[A-Za-z_][\w.\[\]()'\"|? -]*\}(?!\$)|%%[A-Za-z_]{2,}%%"
)

_PERCENT = late(r"%[A-Za-z]{3,}(?:_[A-Za-z]+)*%")
_DOLLAR = late(r"\$[A-Z][a-z]+(?:[A-Z][a-z]+)*")
# A page's own fields, as template languages name them.
_FIELD = late(
    r"[^\w]{0,20}?(?:[A-Za-z_$.][\w$-]*\.[\w.$-]+|title|description|name|image|url|summary|excerpt"
    r"|headline|author|date|site_?name|page_?title)\b",
    re.IGNORECASE,
)
_EDGE = late("^\x00\\s*[|–—·-]\\s|\\s[|–—·-]\\s*\x00$")
_SLOT_NOUNS = "text|path|url|here|title|description|name|link|image|caption|alt|address"
_TEXT_SLOT = late(
    rf"<(?:[A-Za-z]+[ _/-])+(?:{_SLOT_NOUNS})>|<(?:your|insert|enter)[ _-][^<>=]+>", re.IGNORECASE
)
_URL_SLOT = late(r"<[A-Za-z][A-Za-z _/.-]*>")
_CAPITALS = late(r"(?<![A-Za-z])PLACEHOLDER(?:[_-]?[A-Z]+)*(?![A-Za-z])")
_SAMPLE_TEXT = late(
    r"Desc Text\.?|Just another WordPress site\.?"
    r"|(?:your|insert|add|enter)\b[\w ]*\b(?:title|headline|description|summary|excerpt"
    r"|caption|alt text)\b[\w ]*\bhere[.!]?",
    re.IGNORECASE,
)
_LATIN = late(r"\W*lorem ipsum dolor\b", re.IGNORECASE)
_SAMPLE_HOSTS = late(
    r"canonical\.url|(?:www\.)?your-?(?:domain|site|website|blog|company|username|app|project)"
    r"(?:-?name)?(?:\.[a-z]+)*",
)
_SAMPLE_IMAGE_HOSTS = late(
    r"(?:.+\.)?example\.(?:com|org|net)|via\.placeholder\.com|placehold\.(?:co|it)|dummyimage\.com"
)
_HANDLE = late(
    r"@?(?:(?:your|my|site|author|creator|publisher|twitter)[_-]?(?:twitter|x|site)?[_-]?"
    r"(?:handle|username|user_?name|account)|your[_-]?(?:twitter|site|name)|username|handle)",
    re.IGNORECASE,
)
_YOURS = late(r"(?:your|my)[-_ ][\w -]*", re.IGNORECASE)


class Found(NamedTuple):
    """A placeholder: where it begins and ends in the text, and whether a template left it."""

    start: int
    end: int
    template: bool


@lru_cache(maxsize=512)
def find(text: str, role: Role) -> Found | None:
    """The first placeholder in ``text``, which stands for what ``role`` says; None without one.

    ``title`` and ``text`` are for people, ``image`` is the address of one, ``other`` a number, a
    date, an id.
    """
    stripped = text.strip()
    if role in ("title", "text"):
        return _in_text(text, stripped)
    for pattern in (_MARKUP, _URL_SLOT):
        match = pattern.search(text)
        if match is not None:
            return Found(*match.span(), pattern is _MARKUP)
    if (match := _percent_in_address(text)) is not None:
        return Found(*match.span(), True)
    if _DOLLAR.fullmatch(stripped):
        return _whole(text, template=True)
    if "PLACEHOLDER" in text and (match := _CAPITALS.search(text)) is not None:
        return Found(*match.span(), False)
    if role == "handle":
        return _whole(text) if _HANDLE.fullmatch(stripped) else None
    if role == "other":
        return _whole(text) if _YOURS.fullmatch(stripped) else None
    return _in_host(text, role)


def _in_host(text: str, role: Role) -> Found | None:
    url = urls.parse(text.strip())
    if url is None or not url.is_http:
        return None
    if _SAMPLE_HOSTS.fullmatch(url.host) or (
        role == "image" and _SAMPLE_IMAGE_HOSTS.fullmatch(url.host)
    ):
        at = text.lower().find(url.host)
        return _whole(text) if at < 0 else Found(at, at + len(url.host), False)
    return None


def _in_text(text: str, stripped: str) -> Found | None:
    if _LATIN.match(stripped) or any(p.fullmatch(stripped) for p in (_SAMPLE_TEXT, _TEXT_SLOT)):
        return _whole(text)
    if _DOLLAR.fullmatch(stripped) or _PERCENT.fullmatch(stripped):
        return _whole(text, template=True)
    capitals = _CAPITALS.search(text) if "PLACEHOLDER" in text else None
    if capitals is not None:
        rest = text[: capitals.start()] + text[capitals.end() :]
        if "_" in capitals.group() or not rest.isupper():  # and no title in capitals
            return Found(*capitals.span(), False)
    return _markup_in_text(text)


def _markup_in_text(text: str) -> Found | None:
    found = list(_MARKUP.finditer(text))
    if not found:
        return None
    rest = _PERCENT.sub("", _MARKUP.sub("", text))
    if not any(character.isalpha() for character in rest):
        return _whole(text, template=True)
    for match in found:
        marked = text[: match.start()] + "\x00" + text[match.end() :]
        if _EDGE.search(marked.strip()) and _FIELD.match(match.group()[2:]):
            return Found(*match.span(), True)
    return None


def _percent_in_address(text: str) -> re.Match[str] | None:
    for match in _PERCENT.finditer(text):
        # "%de" may be an escaped byte, "%description%" as a whole is none.
        if not re.match(r"%[0-9A-Fa-f]{2}", match.group()) or match.group() == "%description%":
            return match
    return None


def _whole(text: str, *, template: bool = False) -> Found:
    start = len(text) - len(text.lstrip())
    return Found(start, len(text.rstrip()), template)
