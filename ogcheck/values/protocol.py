"""The data types of the Open Graph protocol (https://ogp.me/#data_types): which texts are of them.

One function a type, in one table by the names that the vocabulary gives them. The published schema
``open-graph`` says the same of the same texts; a test holds them together. Texts are judged as they
are meant: without leftover character references, and without white space at their ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ogcheck import vocabulary
from ogcheck.values import dates, locales, urls
from ogcheck.values.patterns import late
from ogcheck.values.spelling import one_edit

# The protocol's integers have 32 bits; all with nine digits fit, and a pattern can say so.
_WHOLE = late(r"0*([1-9][0-9]{0,8})")
_FLOAT = late(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MIME = late(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
    r"(?: *; *[A-Za-z0-9!#$&^_.+-]+=(?:[A-Za-z0-9!#$&^_.+-]+|\"[^\"]*\"))*"
)

_CURIE = late(r"[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z][A-Za-z0-9_.-]*")
_CURRENCY = late(r"[A-Z]{3}")
_HANDLE = late(r"@[A-Za-z0-9_.-]+(?:@[A-Za-z0-9_.:-]+)?")
_ISBN = late(r"[0-9](?:[ -]?[0-9]){8}[ -]?[0-9Xx]|97[89](?:[ -]?[0-9]){10}")
_MIME_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "svg": "image/svg+xml", "avif": "image/avif", "mp4": "video/mp4",
    "webm": "video/webm", "mp3": "audio/mpeg", "html": "text/html",
}  # fmt: skip


class Fault(NamedTuple):
    """Why a text is not of a type."""

    says: str
    """What follows the text: ``is not …``."""
    advice: str
    """What to write instead."""


Judge = Callable[[str], Fault | None]


def fault(kind: str, text: str) -> Fault | None:
    """Why ``text`` is no value of the vocabulary's type ``kind``; None if it is one.

    Nothing is a value of no type but an enumeration that names it (og:determiner). Raises
    ``KeyError`` for a type that the vocabulary does not have.
    """
    if kind.startswith("enum:"):
        return _enum(text, kind[5:].split("|"))
    judge = JUDGES[kind]
    if not text:
        return Fault("is empty", "Write a value, or leave it out.")
    return None if judge is None else judge(text)


def is_curie(text: str) -> bool:
    """Whether ``text`` is a type of another vocabulary: ``namespace:type``."""
    return _CURIE.fullmatch(text) is not None


def is_isbn(text: str) -> bool:
    """Whether ``text`` is an ISBN of ten or thirteen digits with the right check digit."""
    return _ISBN.fullmatch(text) is not None and _check_digit(_bare(text)) == _bare(text)[-1]


def _integer(text: str) -> Fault | None:
    if _WHOLE.fullmatch(text):
        return None
    plain = re.match(r"(\d+(?:[,_ \u00a0]\d{3})*)(?:\.0+)?\s*(?:px|pixels?|s|sec|seconds?)?$", text)
    number = re.sub(r"\D", "", plain[1]) if plain is not None and text.isascii() else ""
    known = _WHOLE.fullmatch(number)
    if known is not None:
        return Fault("is not a whole number in digits alone", f"Write {known[1]}.")
    return Fault("is not a whole number above 0", "Write the number in digits alone.")


def _float(text: str) -> Fault | None:
    if _FLOAT.fullmatch(text):
        return None
    alone = re.fullmatch(r"[^0-9-]*([0-9][0-9.,]*)[^0-9]*", text)
    bare = alone[1] if alone is not None else ""
    advice = "Write digits, with a point before the decimals."
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{1,2}|[0-9]+(?:\.[0-9]{1,2})?", bare):
        advice = f"Write {bare.replace(',', '')}."
    return Fault("is not a number in digits with a decimal point", advice)


def _boolean(text: str) -> Fault | None:
    if text in ("true", "false", "1", "0"):
        return None
    return Fault("is neither true nor false", "Write true or false.")


def _datetime(text: str) -> Fault | None:
    date = dates.iso(text)
    if date is None:
        return Fault(
            "is not a date in ISO 8601", "Write it as in 2021-03-26T09:26:00+00:00 or 2021-03-26."
        )
    if date.fault is not None:
        return Fault(f"is no possible date: {date.fault}", "Write the date that is meant.")
    return None


def _url(text: str) -> Fault | None:
    if urls.share_fault(text) is None:
        return None
    return Fault("is not an absolute http or https URL", "Write the address from https:// on.")


def _profile(text: str) -> Fault | None:
    if urls.share_fault(text) is None:
        return None
    return Fault("is not a profile's URL", "Write the address of the profile, from https:// on.")


def _locale(text: str) -> Fault | None:
    if locales.is_locale(text):
        return None
    mended = locales.mend(text)
    return Fault("is not a language and a territory", f"Write {mended or 'it as in en_GB'}.")


def _mime(text: str) -> Fault | None:
    if _MIME.fullmatch(text):
        return None
    known = _MIME_TYPES.get(text.lower().lstrip("."))
    return Fault("is not a MIME type", f"Write {known or 'it as in image/jpeg'}.")


def _type(text: str) -> Fault | None:
    if text in vocabulary.TYPES or text in vocabulary.LEGACY_TYPES or is_curie(text):
        return None
    return Fault("is not a type of the protocol", "Write article or website.")


def _currency(text: str) -> Fault | None:
    if _CURRENCY.fullmatch(text):
        return None
    code = text.upper() if _CURRENCY.fullmatch(text.upper()) else "it as in GBP or EUR"
    return Fault("is not a currency's code (ISO 4217)", f"Write {code}.")


def _handle(text: str) -> Fault | None:
    if _HANDLE.fullmatch(text):
        return None
    return Fault("is not an account's name", "Write it as in @name.")


def _isbn(text: str) -> Fault | None:
    if _ISBN.fullmatch(text) is None:
        return Fault("is not an ISBN of 10 or 13 digits", "Write the digits of the ISBN alone.")
    bare = _bare(text)
    right = _check_digit(bare)
    if right == bare[-1]:
        return None
    return Fault(
        f"is not an ISBN: its last digit would be {right}", "Compare it with the one in the book."
    )


def _bare(isbn: str) -> str:
    return re.sub("[ -]", "", isbn).upper()


def _check_digit(bare: str) -> str:
    """The last digit that belongs to the digits before it (ISO 2108)."""
    if len(bare) == 10:
        rest = sum(int(digit) * (10 - at) for at, digit in enumerate(bare[:9])) % 11
        return "0123456789X"[-rest % 11]
    return str(-sum(int(d) * (1 + 2 * (at % 2)) for at, d in enumerate(bare[:12])) % 10)


def _enum(text: str, members: list[str]) -> Fault | None:
    if text in members:
        return None
    shown = [one for one in members if one]
    near = next((m for m in shown if m.lower() == text.lower()), None) or next(
        (m for m in shown if one_edit(m.lower(), text.lower()) and len(m) > 3), None
    )
    listed = f"{', '.join(shown[:-1])} or {shown[-1]}"
    return Fault(f"is not one of {listed}", f"Write {near or listed}.")


JUDGES: dict[str, Judge | None] = {
    "text": None,
    "id": None,
    "byline": None,
    "url": _url,
    "profile": _profile,
    "datetime": _datetime,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "locale": _locale,
    "mime": _mime,
    "type": _type,
    "isbn": _isbn,
    "currency": _currency,
    "handle": _handle,
}
"""By the vocabulary's type: what says whether a text is of it; None where any text is."""
