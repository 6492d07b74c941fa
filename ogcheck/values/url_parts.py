"""What stands in a URL and should not: trackers, sessions, signatures, characters not encoded.

The tables hold names that their makers document; what a name means on one site alone is for that
site's configuration. Offsets are into the text that was given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ogcheck.values.bounds import MOST_PLACES, bounded
from ogcheck.values.patterns import late

TRACKING: frozenset[str] = frozenset(
    # Google (support.google.com/google-ads/answer/9744275, analytics/answer/10917952)
    "gclid gclsrc dclid gbraid wbraid _ga _gl "
    # Meta, Microsoft, X, TikTok, Yandex, LinkedIn, Instagram: what they add to links
    "fbclid msclkid twclid ttclid yclid li_fat_id igshid igsh "
    # Mailchimp, HubSpot, Marketo, Omeda, Vero, Matomo: what they add to links in mail
    "mc_cid mc_eid _hsenc _hsmi mkt_tok oly_anon_id oly_enc_id vero_id mtm_campaign mtm_source "
    "mtm_medium mtm_keyword pk_campaign pk_source pk_medium pk_kwd".split()
)
"""Parameters that say how a reader came, in lower case."""

TRACKING_PREFIXES = ("utm_",)
"""Beginnings of such names (Google Analytics, support.google.com/analytics/answer/10917952)."""

SESSIONS: frozenset[str] = frozenset(
    "phpsessid jsessionid sessionid session_id cfid cftoken oscsid zenid".split()
)
"""Parameters that hold a reader's session (PHP, Java servlets, ColdFusion, osCommerce, Zen Cart),
in lower case."""

SESSION_PREFIXES = ("aspsessionid",)

_ID = late(r"[A-Za-z0-9]{20,}")

SIGNED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("x-amz-expires", ("x-amz-signature",)),  # docs.aws.amazon.com, SigV4 query parameters
    ("x-goog-expires", ("x-goog-signature",)),  # cloud.google.com/storage/docs, signed URLs
    ("expires", ("signature",)),  # S3 before SigV4, CloudFront, Cloud CDN
    ("policy", ("signature", "key-pair-id")),  # CloudFront with a custom policy
    ("se", ("sig", "sv")),  # learn.microsoft.com, Azure shared access signatures
    ("oe", ("oh",)),  # Facebook's and Instagram's image hosts
    ("ex", ("is", "hm")),  # Discord's attachments
)
"""The parameter that ends a signed URL's time, and those that are always beside it."""


class Parameter(NamedTuple):
    """One ``name=value`` of a query, with its place."""

    name: str
    """In lower case, as it is written otherwise."""
    value: str
    start: int
    end: int


@lru_cache(maxsize=256)
def parameters(text: str) -> tuple[Parameter, ...]:
    """The parameters of a URL in order; those of a path (``;jsessionid=…``) among them."""
    found = []
    end_of_query = text.find("#") if "#" in text else len(text)
    question = text.find("?", 0, end_of_query)
    path_end = question if question >= 0 else end_of_query
    semicolon = text.find(";", 0, path_end)
    if semicolon >= 0:
        found.append(_parameter(text, semicolon + 1, path_end))
    start = question + 1
    while 0 < start <= end_of_query:
        stop = text.find("&", start, end_of_query)
        stop = end_of_query if stop < 0 else stop
        if stop > start:
            found.append(_parameter(text, start, stop))
        start = stop + 1
    return tuple(found)


def _parameter(text: str, start: int, end: int) -> Parameter:
    name, _, value = text[start:end].partition("=")
    return Parameter(name.lower(), value, start, end)


def tracking(text: str, further: tuple[str, ...] = ()) -> list[Parameter]:
    """The parameters of a URL that say how a reader came, or whose session it is.

    ``sid`` is many a site's story number, and counts only where its value is a long id.
    """
    return [one for one in parameters(text) if _is_tracking(one, further)]


def _is_tracking(one: Parameter, further: tuple[str, ...]) -> bool:
    name = one.name
    return (
        name in TRACKING
        or name in SESSIONS
        or name.startswith((*TRACKING_PREFIXES, *SESSION_PREFIXES))
        or (name == "sid" and _ID.fullmatch(one.value) is not None)
        or name in further
    )


def without(text: str, dropped: list[Parameter]) -> str:
    """The URL without these parameters; without its question mark where none is left."""
    head, hash_, fragment = text.partition("#")
    question = head.find("?")
    gone = {p.start for p in dropped}
    kept = [p for p in parameters(text) if p.start not in gone and p.start > question >= 0]
    path = head if question < 0 else head[:question]
    for one in dropped:
        if question < 0 or one.start < question:
            path = path[: one.start - 1]
    query = "&".join(text[p.start : p.end] for p in kept)
    return path + (f"?{query}" if query else "") + hash_ + fragment


def expiry(text: str) -> Parameter | None:
    """The parameter by which a signed URL stops to work; None where it does not.

    A signature without an end (``sig=``, ``hash=``) is none.
    """
    if "=" not in text:
        return None
    found = {p.name: p for p in parameters(text)}
    for name, beside in SIGNED:
        if name in found and all(other in found for other in beside):
            return found[name]
    return None


# RFC 3986 (sections 2 and 3) has none of these in a URL; a tab or a line break is dropped by
# browsers, and is white space that does not belong.
_NEVER = late(r'[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"<>\\^`{|}]')
_NOT_ASCII = late(r"[^\x00-\x7f]")
_CLEAN = late(
    r"https?://[^/?#]*(?:/[A-Za-z0-9\-._~!$'()*+,;=:@%/]*)?(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)?"
)
_TWICE = late(r"%25[0-9A-Fa-f]{2}")


class Unescaped(NamedTuple):
    """A place in a URL that should be percent-encoded, or was so twice."""

    start: int
    end: int
    kind: str
    """``space``, ``character``, ``not ASCII``, ``ampersand`` or ``twice``."""
    better: str


def unescaped(text: str, *, image: bool) -> list[Unescaped]:
    """What is left to encode behind the host of an absolute URL, in order; of each kind the
    first places only (:data:`~ogcheck.values.bounds.MOST_PLACES`).

    In an ``image`` characters beyond ASCII count, in the address of a page they do not:
    browsers and search engines show ``/münchen/`` as it is.
    """
    if _CLEAN.fullmatch(text) and "%25" not in text:
        return []  # as nearly all are
    start = text.find("/", text.find("//") + 2)
    if start < 0:
        return []
    found = [_never(m) for m in bounded(_NEVER.finditer(text, start))]
    if image and not text.isascii():
        known = {one.start for one in found}
        found += [
            Unescaped(*m.span(), "not ASCII", quote(m.group()))
            for m in bounded(_NOT_ASCII.finditer(text, start))
            if m.start() not in known
        ]
    end = next((i for i in (text.find("?", start), text.find("#", start)) if i >= 0), len(text))
    at = text.find("&", start, end)
    for _ in range(MOST_PLACES):
        if at < 0:
            break
        found.append(Unescaped(at, at + 1, "ampersand", "%26"))
        at = text.find("&", at + 1, end)
    if "%25" in text:
        # In a query a whole URL may stand encoded, with its own encoding in it.
        found += [
            Unescaped(*m.span(), "twice", "%" + m.group()[3:])
            for m in bounded(_TWICE.finditer(text, start, end))
        ]
    return sorted(found)


def _never(match: re.Match[str]) -> Unescaped:
    character = match.group()
    kind = "space" if character.isspace() else "character"
    # A browser takes a backslash for a slash (https://url.spec.whatwg.org/#path-state).
    return Unescaped(*match.span(), kind, "/" if character == "\\" else quote(character))


def quote(character: str) -> str:
    """A character percent-encoded, as UTF-8."""
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may may", "jun june",
         "jul july", "aug august", "sep sept september", "oct october", "nov november",
         "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATED = late(
    rf"/(?P<y1>(?:19|20)\d\d)[/-](?:(?P<m1>0[1-9]|1[0-2])(?:-(?P<n1>{_NAME}))?|(?P<n2>{_NAME}))"
    rf"(?:(?:-(?P<y2>(?:19|20)\d\d))?(?=/)|-\d\d(?=[-/]))"
    # The names are tried only where letters stand before a year.
    rf"|/(?=[a-z]{{3,9}}-(?:19|20))(?P<n3>{_NAME})-(?P<y3>(?:19|20)\d\d)(?=/)",
    re.IGNORECASE,
)


class DatedPath(NamedTuple):
    """A year and a month in a path, with their place."""

    year: int
    month: int
    start: int
    end: int


def dated_path(path: str) -> DatedPath | None:
    """The year and month that folders of a path name: ``/2021/march-2021/``, ``/2021/03/``.

    None where it names none, or two that are not the same.
    """
    found = None
    for match in _DATED.finditer(path):
        year = int(match["y1"] or match["y3"])
        name = match["n1"] or match["n2"] or match["n3"]
        month = _MONTHS[name.lower()] if name else int(match["m1"])
        if (match["y2"] and int(match["y2"]) != year) or (
            match["m1"] and name and int(match["m1"]) != month
        ):
            return None
        if found is not None and (found.year, found.month) != (year, month):
            return None
        if found is None:
            found = DatedPath(year, month, match.start() + 1, match.end())
    return found


_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss",
                          "þ": "th", "ð": "d"})  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})


def slug_words(text: str) -> set[str]:
    """The words of a text as a slug may spell them: in ASCII, of more than two characters.

    Letters with marks count in both spellings that slugs have (``ü`` is ``u`` and ``ue``). Words in
    other scripts, which slugs transcribe in many ways, are left out.
    """
    import unicodedata

    lower = text.lower().replace("i\u0307", "i").translate(_LETTERS)
    found: set[str] = set()
    for one in (lower, lower.translate(_GERMAN)):
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", one) if not unicodedata.combining(c)
        )
        found.update(w for w in _SLUG_WORD.findall(plain) if len(w) > 2 and w.isascii())
    return found


_SLUG_WORD = late(r"[^\W_]+")
