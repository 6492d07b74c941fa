"""``x-same-page``, and the formats of our own."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from ogcheck import schema
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.schema import formats, same_page
from ogcheck.source import Source

SAME = {"x-same-page": [["/u", "/v"]]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "http://a.example/x#part", True),
        ("https://a.example/x", "https://A.Example:443/./x", True),
        ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&amp;b=2", True),
        ("https://a.example/x", "https://a.example/y", False),
        ("https://a.example/x", "https://a.example/x/", False),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://a.example/x", "https://a.example/x?q=1", False),
        ("https://a.example/x/", "https://a.example/x/page/2/", True),
        ("https://a.example/x", "https://a.example/x?page=2", True),
        ("https://a.example/~x/%e9", "https://a.example/%7Ex/%E9", True),
        ("https://a.example/a/b", "https://a.example/a%2Fb", False),
        ("https://a.example/x", "/y", True),
        ("https://a.example/x", "https%3a%2f%2fa.example%2fy", True),
        ("https://a.example/x", "", True),
        ("https://a.example/x", 3, True),
        ("https://a.example/x", None, True),
    ],
)
def test_same_page(one: Any, other: Any, same: bool) -> None:
    assert (list(same_page.differing([["/u", "/v"]], {"u": one, "v": other})) == []) is same
    assert schema.from_object(SAME).accepts({"u": one, "v": other}) is same


def test_it_stands_at_the_second_with_the_first_related() -> None:
    document = {"x-same-page": [["/url", "/og/url"]]}
    lines = ("---", "url: https://a.example/x", "og:", "  url: https://a.example/y", "---", "")
    page = read(Source("release.md", "\n".join(lines)))
    assert isinstance(page, Page)
    (finding,) = schema.from_object(document).check(page)
    text = page.source.text
    assert (finding.code, finding.property) == ("SCH009", "og:url")
    assert finding.message == "og.url and url name different pages."
    assert text[finding.start : finding.end] == "https://a.example/y"
    (place,) = finding.related
    assert text[place.start : place.end] == "https://a.example/x"


def test_one_that_is_missing_is_not_judged() -> None:
    assert schema.from_object(SAME).accepts({"u": "https://a.example/x"})


def test_below_properties_it_is_a_name() -> None:
    document = {"properties": {"x-same-page": {"type": "string"}, "$ref": {"type": "string"}}}
    assert schema.from_object(document).accepts({"x-same-page": "x", "$ref": "y"})
    assert not schema.from_object(document).accepts({"x-same-page": 3})


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("share-url", "https://a.example/x", "//a.example/x"),
        ("share-url", "http://a.example/?a=1&amp;b=2", "mailto:a@b.example"),
        ("share-url", " https://a.example ", "https%3a%2f%2fa.example"),
        ("image-url", "https://a.example/x.png", "data:image/png;base64,AAAA"),
        ("iso-datetime", "2021-03-26", "2021-02-30"),
        ("iso-datetime", "2021-03-26T09:26:00+00:00", "2021-03-26 09:26"),
        ("release-datetime", "09:26 26/03/2021", "26.03.2021"),
        ("release-datetime", "26 March 2021", "31 June 2021"),
        ("og-locale", "en_GB", "en-GB"),
        ("og-locale", "es_419", "en_UK"),
        ("og-locale", "sr_Latn_RS", "en"),
        ("date-time", "2021-03-26T09:26:00Z", "2021-03-26T09:26:00"),
        ("date", "2024-02-29", "2026-13-45"),
        ("time", "09:26:00Z", "25:00:00Z"),
        ("email", "a@b.example", "a b"),
        ("uri", "urn:x:y", "/x"),
        ("uri-reference", "/x", "a b"),
        ("ipv4", "192.0.2.1", "192.0.2.256"),
        ("ipv6", "2001:db8::1", "2001"),
    ],
)
def test_formats(name: str, good: str, bad: str) -> None:
    check = formats.checks(("%H:%M %d/%m/%Y", "%d %B %Y"))[name]
    assert check(good)
    assert not check(bad)
    assert check(3)


def test_without_date_formats_every_date_is_one() -> None:
    assert formats.checks(())["release-datetime"]("whenever")


def test_dates_are_judged_by_the_pages_formats() -> None:
    checker = schema.from_object({"properties": {"a": {"format": "release-datetime"}}})
    page = read(Source("release.md", "---\na: 26.03.2021\n---\n"))
    assert isinstance(page, Page)
    assert checker.check(page) == []
    origin = page.origin._replace(date_formats=("%H:%M %d/%m/%Y", "%d %B %Y"))
    strict = dataclasses.replace(page, origin=origin)
    (finding,) = checker.check(strict)
    assert finding.message == (
        "a is in none of the accepted date formats (09:26 26/03/2021, 26 March 2021): “26.03.2021”."
    )
    assert finding.help == "Write it as in 09:26 26/03/2021 or 26 March 2021."
    impossible = read(Source("release.md", "---\na: 31 June 2021\n---\n"))
    assert isinstance(impossible, Page)
    origin = impossible.origin._replace(date_formats=("%d %B %Y",))
    (finding,) = checker.check(dataclasses.replace(impossible, origin=origin))
    assert finding.message == "a is no possible date (June 2021 has 30 days): “31 June 2021”."
