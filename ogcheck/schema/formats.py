"""The formats that a schema may ask for: our own, and the standard ones, judged the same by both
libraries.

``jsonschema`` checks no format unless it is given a function, and ``jsonschema-rs`` has functions
of its own; so both get the functions of this module. Every format is judged on what a text means:
with leftover character references resolved and its ends trimmed, since those are TXT010's and
TXT013's business. What is not text passes: its type is another keyword's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from ogcheck.values import dates, locales, protocol, references, urls

Check = Callable[[object], bool]

_STANDARD = {
    "date-time": ("a date and time as RFC 3339 writes them", "2021-03-26T09:26:00+00:00"),
    "date": ("a date written year-month-day", "2021-03-26"),
    "time": ("a time of day with its zone", "09:26:00Z"),
    "duration": ("an ISO 8601 duration", "P1DT12H"),
    "email": ("an e-mail address", "press@example.org"),
    "idn-email": ("an e-mail address", "press@example.org"),
    "hostname": ("a host name", "www.example.org"),
    "idn-hostname": ("a host name", "www.example.org"),
    "ipv4": ("an IPv4 address", "192.0.2.1"),
    "ipv6": ("an IPv6 address", "2001:db8::1"),
    "uri": ("an absolute URI", "https://www.example.org/news/"),
    "uri-reference": ("a URI or a relative reference", "/news/"),
    "iri": ("an absolute IRI", "https://www.example.org/news/"),
    "iri-reference": ("an IRI or a relative reference", "/news/"),
    "uri-template": ("a URI template", "/news/{slug}"),
    "uuid": ("a UUID", "123e4567-e89b-42d3-a456-426614174000"),
    "json-pointer": ("a JSON Pointer", "/og/url"),
    "relative-json-pointer": ("a relative JSON Pointer", "1/url"),
    "regex": ("a regular expression", "^[A-Z]"),
}


class Words(NamedTuple):
    """What is said of a text that is not in a format."""

    says: str
    """What follows the field's name: ``is not …``."""
    advice: str
    """What to write instead."""


def meant(text: str) -> str:
    """``text`` with leftover character references resolved and its ends trimmed."""
    return (references.resolve(text) if "&" in text else text).strip()


def is_share_url(text: str) -> bool:
    """An absolute, well-formed http or https URL."""
    return urls.share_fault(text) is None


def is_image_url(text: str) -> bool:
    """A share URL; a ``data:`` URL, which holds its image itself, is none."""
    return text[:5].lower() != "data:" and is_share_url(text)


def is_iso_datetime(text: str) -> bool:
    """A possible ISO 8601 date with an optional time (https://ogp.me/#datetime)."""
    date = dates.iso(text)
    return date is not None and date.fault is None


@lru_cache(maxsize=64)
def checks(date_formats: tuple[str, ...]) -> dict[str, Check]:
    """Every format by name, as a function from an instance to whether it passes.

    ``date_formats`` are what ``release-datetime`` accepts; none at all accept any text. Raises
    ``ValueError`` for one that is none.
    """
    for one in date_formats:
        dates.pattern(one)

    def is_release_datetime(text: str) -> bool:
        if not date_formats:
            return True
        date = dates.read(text, date_formats)
        return date is not None and date.fault is None

    table: dict[str, Check] = {name: _on_text(_standard(name)) for name in _STANDARD}
    table["share-url"] = _on_text(is_share_url)
    table["image-url"] = _on_text(is_image_url)
    table["iso-datetime"] = _on_text(is_iso_datetime)
    table["og-locale"] = _on_text(locales.is_locale)
    table["isbn"] = _on_text(protocol.is_isbn)
    table["release-datetime"] = _on_text(is_release_datetime)
    return table


def _on_text(judge: Callable[[str], bool]) -> Check:
    def check(instance: object) -> bool:
        return not isinstance(instance, str) or judge(meant(instance))

    return check


def _standard(name: str) -> Callable[[str], bool]:
    """A standard format, as ``jsonschema-rs`` implements its RFC."""
    validator: list[Any] = []

    def judge(text: str) -> bool:
        if not validator:
            import jsonschema_rs

            schema = {"format": name}
            validator.append(jsonschema_rs.Draft202012Validator(schema, validate_formats=True))
        try:
            return bool(validator[0].is_valid(text))
        except ValueError:  # a lone surrogate: no text that could be in a format
            return False

    return judge


def words(name: str, text: str, date_formats: tuple[str, ...]) -> Words:
    """What to say of ``text``, which is not in the format ``name``."""
    text = meant(text)
    if name in ("share-url", "image-url"):
        if name == "image-url" and text[:5].lower() == "data:":
            return Words(
                "holds the image itself, in a data: URL",
                "Publish the image and write its address, from https:// on.",
            )
        return Words("is not an absolute http or https URL", _url_advice(text))
    if name == "iso-datetime":
        date = dates.iso(text)
        if date is not None and date.fault is not None:
            return Words(f"is no possible date ({date.fault})", "Write the date that is meant.")
        return Words(
            "is not a date in ISO 8601", "Write it as 2021-03-26T09:26:00+00:00 or 2021-03-26."
        )
    if name == "release-datetime":
        date = dates.read(text, date_formats)
        if date is not None and date.fault is not None:
            return Words(f"is no possible date ({date.fault})", "Write the date that is meant.")
        examples = dates.samples(date_formats)
        return Words(
            f"is in none of the accepted date formats ({', '.join(examples)}"
            f"{' …' if len(date_formats) > len(examples) else ''})",
            f"Write it as in {' or '.join(examples[:2])}.",
        )
    if name == "og-locale":
        return Words(
            "is not a locale as Open Graph writes it, language_TERRITORY",
            "Write the language in small letters and the territory in capitals, such as en_GB.",
        )
    if name == "isbn":
        fault = protocol.fault("isbn", text)
        return Words(*fault) if fault is not None else Words("is not an ISBN", "")
    what, example = _STANDARD.get(name, (f"in the format {name}", ""))
    return Words(f"is not {what}", f"Write it as in {example}." if example else "")


def _url_advice(text: str) -> str:
    fault = urls.share_fault(text)
    if fault == "encoded":
        return "The address as a whole is percent-encoded: write it plainly, from https:// on."
    if fault == "relative":
        return "Write the whole address, with https:// and the host."
    if fault == "scheme":
        return "Only http and https addresses can be shared: write one of those."
    return "Write an address that opens in a browser, from https:// on."
