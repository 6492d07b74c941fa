"""What can be shared as a URL, and how two of them differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ada_url import normalize_url
from hypothesis import example, given
from hypothesis import strategies as st

from ogcheck.values import url_parts, urls

SITE = "https://www.northbridge.example"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{SITE}/a/", None),
        ("HTTP://Northbridge.example", None),
        (f"{SITE}/a b", None),  # URL012's business
        (f"{SITE}?q", None),
        ("https://bücher.example/", None),
        ("https://127.0.0.1/", None),
        ("https://[::1]/", None),
        ("/a.jpg", "relative"),
        ("a.jpg", "relative"),
        ("//www.northbridge.example/a", "relative"),
        ("www.northbridge.example/a", "relative"),
        ("localhost:8000/a", "relative"),
        ("www.northbridge.example:80/a", "relative"),
        ("?a=https://b.example/", "relative"),
        ("/Image.ashx?image=https://a.example/b.jpg", "relative"),
        ("javascript:void(0)", "scheme"),
        ("file:///a", "scheme"),
        ("data:image/png;base64,AA==", "scheme"),
        ("mailto:a@b.example", "scheme"),
        ("ftp://a.example/", "scheme"),
        ("https:/a.example/", "malformed"),
        ("https://", "malformed"),
        ("https:///a", "malformed"),
        ("https://a b.example/", "malformed"),
        ("https://a..example/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://a.example:99999/", "malformed"),
        ("https%3a%2f%2fwww.northbridge.example%2f", "encoded"),
    ],
)
def test_share_faults(text: str, fault: str | None) -> None:
    assert urls.share_fault(text) == fault


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("192.168.1.1", True),
        ("10.0.0.1", True),
        ("169.254.1.1", True),
        ("[::1]", True),
        ("[fe80::1]", True),
        ("wiki.internal", True),
        ("printer.local", True),
        ("a.test", True),
        ("8.8.8.8", False),
        ("localhost.example", False),
        ("internal.northbridge.example", False),
        ("3com.example", False),
    ],
)
def test_private_hosts(host: str, private: bool) -> None:
    url = urls.parse(f"https://{host}/")
    assert url is not None
    assert url.is_private is private


def _parsed(one: str, other: str) -> tuple[urls.Url, urls.Url]:
    left, right = urls.parse(one), urls.parse(other)
    assert left is not None
    assert right is not None
    return left, right


@pytest.mark.parametrize(
    ("one", "other", "parts", "same"),
    [
        (f"{SITE}/a", "HTTPS://WWW.NORTHBRIDGE.example:443/a", (), True),
        (f"{SITE}/a/../b", f"{SITE}/b", (), True),
        (f"{SITE}/a", "http://www.northbridge.example/a", ("scheme",), True),
        (f"{SITE}/a#x", f"{SITE}/a", ("fragment",), True),
        (f"{SITE}/a", f"{SITE}/b", ("path",), False),
        (f"{SITE}/a?x=1", f"{SITE}/a", ("query",), False),
        (f"{SITE}/a", "https://northbridge.example/a", ("host",), False),
    ],
)
def test_differences(one: str, other: str, parts: tuple[str, ...], same: bool) -> None:
    left, right = _parsed(one, other)
    assert urls.differences(left, right) == parts
    assert urls.same_page(left, right) is same


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("https://northbridge.example/news/a/", ("www.",)),
        ("https://www.northbridge.example/news/a", ("trailing slash",)),
        ("https://www.northbridge.example/News/a/", ("letter case",)),
        ("https://www.northbridge.example/news/A", ("letter case", "trailing slash")),
        ("https://www.northbridge.example/news/a/index.html", ("index page",)),
        ("https://www.northbridge.example/news/a/index", ("index page",)),
        ("http://www.northbridge.example/news/a/", ("scheme",)),
        ("http://northbridge.example/news/a", ("scheme", "www.", "trailing slash")),
        ("https://www.northbridge.example/news/a/", ()),
    ],
)
def test_forms(other: str, found: tuple[str, ...]) -> None:
    left, right = _parsed(f"{SITE}/news/a/", other)
    assert urls.form(left) == urls.form(right)
    assert urls.form_differences(left, right) == found
    assert urls.form_differences(right, left) == found


@pytest.mark.parametrize("other", [f"{SITE}/news/b/", f"{SITE}/news/a/?p=2", "https://a.example/"])
def test_other_pages_have_another_form(other: str) -> None:
    left, right = _parsed(f"{SITE}/news/a/", other)
    assert urls.form(left) != urls.form(right)


@pytest.mark.parametrize("check", [urls.share_fault, urls.parse])
def test_hostile_urls_are_no_exception(check: Callable[[str], object]) -> None:
    for text in ("\ud800", "https://\0/", "https://a\n.example/", "https://" + "a" * 100_000):
        result = check(text)
        assert result is None or isinstance(result, str | urls.Url)


@given(st.from_regex(urls._NORMAL.pattern, fullmatch=True))
@example("https://a.xn-.b-xn--c.example/a..b/c.%2e/?a=/../&b=%2e")
@example("http://-.--.aa/%/%zz//a/")
def test_what_counts_as_normal_is_what_a_browser_writes(text: str) -> None:
    assert normalize_url(text) == text
    with_fragment = urls.parse(f"{text}#part")  # which ada reads
    assert with_fragment is not None
    assert urls.parse(text) == with_fragment._replace(href=text, fragment=None)


PARTS = st.sampled_from(
    ["https://", "http://", "a", "b-c", "xn--a", ".", "..", "/", "//", "/.", "%41", "%", "?", "#",
     "@", ":", ";jsessionid=1", "&", "=", " ", "é", "local", "test", "arpa", "localhost",
     "northbridge.example", "1.2.3.4", "A", "index.html", "\n", "\\"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=8).map(lambda parts: "https://" + "".join(parts)))
@example(f"{SITE}/a/b.jpg")
@example(f"{SITE}//")
@example("https://a.b.local/a")
def test_of_a_plain_url_there_is_nothing_to_say(text: str) -> None:
    if not urls.is_plain(text):
        return
    assert urls.share_fault(text) is None
    url = urls.parse(text)
    assert url is not None
    assert url.href == text
    assert url.scheme == "https"
    assert not any((url.is_root, url.is_private, url.is_address))
    assert not any((url.user, url.query, url.fragment))
    assert not url_parts.parameters(text)
    assert not url_parts.unescaped(text, image=True)
    assert url_parts.expiry(text) is None


def test_most_urls_are_plain() -> None:
    assert urls.is_plain(f"{SITE}/news/2026/bridge-closed/")
    assert urls.is_plain(f"{SITE}/media/harbour_1.jpg")
    assert not urls.is_plain(SITE)
    assert not urls.is_plain(f"{SITE}/")


def test_a_path_on_disk_is_decoded_once() -> None:
    assert urls.bare_path("/%7Ea/100%2541/Index.html") == "/~a/100%41"
