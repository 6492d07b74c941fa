"""What a browser makes of a URL, and how two of them differ.

Parsing and normalising follow the WHATWG URL standard (https://url.spec.whatwg.org), by ada.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote

from ogcheck.values.patterns import late

# URLs that are in their normal form already, as most are: no letter, dot segment, number or encoded
# name in them that a browser would write another way. ada need not be asked, nor imported.
_NORMAL = late(
    r"(?P<scheme>https?)://(?P<host>(?:(?!xn--)[a-z0-9\-]+\.)+[a-z]{2,63})"
    r"(?P<path>(?:/(?!\.|%2[eE])[A-Za-z0-9\-._~!$&()*+,;=:@%]*+)++)"
    r"(?:\?(?P<query>[A-Za-z0-9\-._~!$&()*+,;=:@%/?]+))?"
)
# Those of which nothing is to be said: secure, public, without query, and nothing to encode.
_PLAIN = late(
    r"https://[a-z0-9\-][a-z0-9.\-]*\.(?!(?:local|test|internal|localhost|lan|arpa|invalid)/)"
    r"[a-z]{2,63}/[A-Za-z0-9\-._~!$'()*+,:@/]+"
)
_HREF = late(
    r"(?P<scheme>[a-z][a-z0-9+.\-]*):(?://(?:(?P<user>[^/?#@]*)@)?(?P<host>\[[^\]]*\]|[^/?#:]*)"
    r"(?::(?P<port>\d+))?)?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?\Z",
    re.DOTALL,
)
_ABSOLUTE = late(r"(?i)https?://[^/\\\s?#]")
_WELL_FORMED = late(r"(?i)https?://[^/\\\s?#]+(?:[/\\?#]|\Z)")
_SCHEME = late(r"(?i)([a-z][a-z0-9+.\-]*):(?!\d+(?:/|$))")
_ENCODED = late(r"(?i)https?%3a|%2f%2f")
_ESCAPED = late("%([0-9A-Fa-f]{2})")
_INDEX = late(r"(?i)/(?:index|default)(?:\.(?:html?|php|aspx?|jsp))?\Z")
_PAGE_PATH = late(r"/(?:page|seite|p)[/-]?\d+$|/\d{1,3}$")
_PAGE_PARAMETER = late(r"(?:page|paged|p|pg|seite|offset|start)=\d+")
_PRIVATE_SUFFIXES = (".local", ".test", ".internal", ".localhost", ".lan", ".home.arpa",
                     ".invalid")  # fmt: skip


class Url(NamedTuple):
    """An absolute URL, normalised. Text fields are as in its normal form."""

    href: str
    scheme: str
    host: str
    path: str
    query: str
    fragment: str | None
    user: str

    @property
    def is_http(self) -> bool:
        """http or https."""
        return self.scheme in ("http", "https")

    @property
    def is_root(self) -> bool:
        """The home page of its host."""
        return self.path in ("", "/") and not self.query

    @property
    def is_address(self) -> bool:
        """An IP address stands for the host."""
        last = self.host.rstrip(".").rpartition(".")[2]
        return self.host.startswith("[") or last.isdigit()

    @property
    def is_private(self) -> bool:
        """A host that only some machines know: localhost, private and link-local addresses."""
        return _is_private(self.host)


@lru_cache(maxsize=1024)
def _is_private(host: str) -> bool:
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(_PRIVATE_SUFFIXES):
        return True
    if not (host[:1].isdigit() or host.startswith("[")):
        return False
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_private or address.is_link_local or address.is_loopback


@lru_cache(maxsize=512)
def parse(text: str) -> Url | None:
    """``text`` as an absolute URL of any scheme; None where a browser would refuse it."""
    match = _NORMAL.fullmatch(text)
    if match is not None:
        scheme, host, path, query = match.groups("")
        return Url(text, scheme, host, path, query, None, "")
    from ada_url import normalize_url

    try:
        href = normalize_url(text)
    except (ValueError, UnicodeError):
        return None
    match = _HREF.match(href)
    if match is None:
        return None
    scheme, user, host, _port, path, query, fragment = match.groups()
    return Url(href, scheme, host or "", path, query or "", fragment, user or "")


def is_plain(text: str) -> bool:
    """Whether nothing in the form of a URL is worth a word: a quick look, which most pass.

    It is in its normal form, https, on a public host that has a name, and more than a home page; it
    has no user, query, fragment, or character that is or should be encoded.
    """
    if _PLAIN.fullmatch(text) is None:
        return False
    # Dot segments, which a browser resolves, empty labels, and names that stand for others.
    return "/." not in text and ".." not in text and "xn--" not in text


@lru_cache(maxsize=512)
def share_fault(text: str) -> str | None:
    """Why ``text`` cannot be shared as a URL; None if it can.

    ``relative``, ``malformed``, ``scheme`` (another than http and https) or ``encoded`` (as a
    whole). The Open Graph protocol's URL type is "all valid URLs that utilize the http:// or
    https:// protocols" (https://ogp.me/#url). Character references are not this function's
    business.
    """
    if _WELL_FORMED.match(text):
        url = parse(text)
        return None if url is not None and _known_host(url.host) else "malformed"
    if _ABSOLUTE.match(text):
        return "malformed"
    scheme = _SCHEME.match(text)
    if scheme and "." not in scheme[1]:
        return "malformed" if scheme[1].lower() in ("http", "https") else "scheme"
    return "encoded" if _ENCODED.match(text) else "relative"


def _known_host(host: str) -> bool:
    """A host that can be looked up: letters in it, or an address."""
    return bool(host) and ".." not in host and not host.startswith(".")


def differences(one: Url, other: Url) -> tuple[str, ...]:
    """The parts in which two URLs differ: scheme, host, path, query, fragment."""
    parts = ("scheme", "host", "path", "query", "fragment")
    return tuple(p for p in parts if (getattr(one, p) or "") != (getattr(other, p) or ""))


def joined(reference: str, base: str) -> str | None:
    """``reference`` as a browser resolves it against the URL ``base``; None where it cannot."""
    from ada_url import join_url

    try:
        found: str = join_url(base, reference)
    except (ValueError, UnicodeError):
        return None
    return found


_PLAIN_PATH = late(r"/[^:*{}<>\s]*")


def is_plain_path(text: str) -> bool:
    """Whether an address is the path of a page, and no pattern of one."""
    return _PLAIN_PATH.fullmatch(text) is not None


def form(url: Url) -> tuple[str, str, str]:
    """What two spellings of one page's address have in common, whatever their form."""
    host = url.host.removeprefix("www.").rstrip(".")
    return host, form_of_path(url.path), url.query


def form_of_path(path: str) -> str:
    """A path, evenly encoded, without its index page, its last slash, and capitals."""
    return _without_form(evenly_encoded(path))


def _without_form(path: str) -> str:
    return _INDEX.sub("/", path).rstrip("/").lower()


def evenly_encoded(text: str) -> str:
    """An address with the characters themselves where it is the same one with them.

    Unreserved ones and hexadecimal digits in capitals (RFC 3986, 6.2.2); and ``!'()*``, which
    programs encode or not as they like, and no server tells apart.
    """
    return _ESCAPED.sub(_evenly, text) if "%" in text else text


def _evenly(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    is_plain = character.isascii() and (character.isalnum() or character in "-._~!'()*")
    return character if is_plain else match[0].upper()


def bare_path(path: str) -> str:
    """A path as servers take it: decoded, and without the ending that some of them leave out."""
    decoded = unicodedata.normalize("NFC", unquote(path))
    return _without_form(decoded).removesuffix(".html").removesuffix(".htm")


def is_paginated(one: Url, other: Url) -> bool:
    """Whether one of two addresses is a further page of the other: ``/page/2/``, ``?page=2``."""
    if one.host.removeprefix("www.") != other.host.removeprefix("www."):
        return False
    first, second = _unpaged(one), _unpaged(other)
    return first == second


def is_short_form(one: Url, other: Url) -> bool:
    """Whether one of two addresses is the other's short permalink: ``/!56``, ``/a-title/!56``."""
    if one.host.removeprefix("www.") != other.host.removeprefix("www."):
        return False
    last, its = (u.path.rstrip("/").rsplit("/", 1)[-1] for u in (one, other))
    if last != its or not any(c.isdigit() for c in last):
        return False
    return min(one.path.count("/"), other.path.count("/")) == 1


def _unpaged(url: Url) -> tuple[str, str]:
    query = "&".join(p for p in url.query.split("&") if p and not _PAGE_PARAMETER.fullmatch(p))
    return _PAGE_PATH.sub("", form_of_path(url.path)), query


def form_differences(one: Url, other: Url) -> tuple[str, ...]:
    """How two URLs of one page differ in form; in words, empty if they are equal.

    Only meaningful where :func:`form` is the same for both.
    """
    found = []
    if one.scheme != other.scheme:
        found.append("scheme")
    if one.host != other.host:
        found.append("www." if one.host.removeprefix("www.") == other.host.removeprefix("www.")
                     else "host")  # fmt: skip
    if one.path != other.path:
        left, right = _INDEX.sub("/", one.path), _INDEX.sub("/", other.path)
        if left != one.path or right != other.path:
            found.append("index page")
        if left.rstrip("/").lower() == right.rstrip("/").lower() and left != right:
            if left.rstrip("/") != right.rstrip("/"):
                found.append("letter case")
            if left.endswith("/") != right.endswith("/"):
                found.append("trailing slash")
    return tuple(found)


def same_page(one: Url, other: Url) -> bool:
    """Equal after normalisation, the scheme aside: http and https serve one page."""
    return one.host == other.host and all(
        evenly_encoded(a) == evenly_encoded(b)
        for a, b in ((one.path, other.path), (one.query, other.query))
    )
