"""URLs: each clause of their rules, with its place, its severity, what to write and its fix."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.problem import Problem
from ogcheck.rules.examples import ADDRESS, SITE, built_text, release_text
from ogcheck.testing import NOW

HOST = "www.northbridge.example"
PLACE = ADDRESS.removeprefix(SITE)
Change = dict[str, str | None]


def problems(text: str, config: dict[str, Any] | None = None, path: str = "a.md") -> list[Problem]:
    return ogcheck.check_text(text, path, config=config or {}, now=NOW)


def about_urls(text: str, config: dict[str, Any] | None = None, path: str = "a.md") -> list[str]:
    """What the rules of URLs and images say, and the schema."""
    groups = ("URL", "IMG", "SCH", "OGX001")
    return [p.code for p in problems(text, config, path) if p.code.startswith(groups)]


def one(text: str, code: str, config: dict[str, Any] | None = None, path: str = "a.md") -> Problem:
    (found,) = [p for p in problems(text, config, path) if p.code == code]
    return found


def cut(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


def post(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Text.", ""])


def fixed(text: str, *, unsafe: bool = False, config: dict[str, Any] | None = None) -> str:
    result = ogcheck.fix_text(text, "a.md", config=config or {}, unsafe=unsafe, notes=True)
    assert not result.refused
    return result.text


TWICE = [
    ("/media/a.jpg", "URL003"),
    ("https:/a/b.jpg", "URL004"),
    ("http://localhost/a.jpg", "URL005"),
    ("http://www.northbridge.example/a.jpg", "URL007"),
    ("https://93.184.216.34/a.jpg", "URL008"),
    (f"{SITE}/a%2520b.jpg", "URL012"),
    (f"{SITE}/a.jpg?Expires=1&Signature=a", "URL013"),
    (f"{SITE}/a.svg", "IMG001"),
    (f"{SITE}/a.jpg?w=90", "IMG002"),
    (f"{SITE}/logo.jpg", "IMG003"),
    (f"{SITE}/", "IMG008"),
]


@pytest.mark.parametrize(("url", "code"), TWICE)
def test_one_address_in_two_properties_is_said_once(url: str, code: str) -> None:
    text = release_text({"og.image.url": url, "twitter.image": url})
    assert about_urls(text) == [code]
    problem = one(text, code)
    assert problem.property == "og:image:url"
    (related,) = problem.related
    assert related.message == "twitter:image is the same address"
    assert text[related.offset : related.end_offset] == url


@pytest.mark.parametrize(("url", "code"), TWICE)
def test_two_addresses_are_said_twice(url: str, code: str) -> None:
    text = release_text({"og.image.url": url, "twitter.image": f"{url}#2"})
    if code != "IMG008":  # with a fragment it is the same page, and another address
        assert about_urls(text) == [code, code]


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (f"{ADDRESS}?utm_source=a", ADDRESS),
        (f"{ADDRESS}#comments", ADDRESS),
        (ADDRESS.replace("https", "http"), ADDRESS),
        (f"{SITE}/the bridge/", f"{SITE}/the%20bridge/"),
    ],
)
def test_a_fix_mends_every_place_of_the_address(url: str, clean: str) -> None:
    text = release_text({"og.url": url, "url": url})
    assert fixed(text, unsafe=True) == release_text({"og.url": clean, "url": clean})


# URL003 url-not-absolute


@pytest.mark.parametrize(
    ("change", "better"),
    [
        ({"og.image.url": "/media/a.jpg"}, f"{SITE}/media/a.jpg"),
        ({"og.image.url": "a.jpg"}, f"{ADDRESS}a.jpg"),
        ({"og.image.url": "//cdn.example/a.jpg"}, "https://cdn.example/a.jpg"),
        ({"og.url": PLACE}, ADDRESS),
        ({"url": PLACE}, ADDRESS),
        ({"og.image.url": "/Image.ashx?image=https://a.example/b.jpg&amp;width=1500"},
         f"{SITE}/Image.ashx?image=https://a.example/b.jpg&width=1500"),
    ],
)  # fmt: skip
def test_the_whole_address_is_named_where_the_page_tells_its_own(
    change: Change, better: str
) -> None:
    problem = one(release_text(change), "URL003")
    assert problem.help == f"Write {better}."
    assert problem.fix is None


@pytest.mark.parametrize(
    "change",
    [
        {"og.image.url": "/a.jpg", "url": None, "og.url": None},
        {"og.image.url": "/a.jpg", "url": "http://localhost/", "og.url": None},
        {"og.image.url": "a picture.jpg"},
        {"og.image.url": f"{HOST}/a.jpg"},
    ],
)
def test_no_address_is_guessed(change: Change) -> None:
    problem = one(release_text(change), "URL003")
    assert problem.help == "Write the whole address, beginning with https://."


def test_site_url_completes_a_path_safely() -> None:
    text = release_text({"og.image.url": "/a.jpg", "twitter.image": "/a.jpg"})
    config = {"site-url": f"{SITE}/"}
    assert one(text, "URL003", config).severity == "error"
    assert fixed(text, config=config) == release_text(
        {"og.image.url": f"{SITE}/a.jpg", "twitter.image": f"{SITE}/a.jpg"}
    )


@pytest.mark.parametrize(
    ("base", "path", "whole"),
    [
        ("/docs", "/docs/a.jpg", "/docs/a.jpg"),
        ("/docs/", "/docs/a.jpg", "/docs/a.jpg"),
        ("/docs", "/a.jpg", "/docs/a.jpg"),
        ("/docs", "/docsets/a.jpg", "/docs/docsets/a.jpg"),
    ],
)
def test_a_path_is_completed_by_the_sites_own(base: str, path: str, whole: str) -> None:
    problem = one(release_text({"og.image.url": path}), "URL003", {"site-url": SITE + base})
    assert problem.help == f"Write {SITE}{whole}."
    assert problem.fix is not None
    assert problem.fix.safe is path.startswith(f"{base.rstrip('/')}/")


def test_a_built_page_is_served_below_its_host() -> None:
    text = built_text({"og:image": '<meta property="og:image" content="/a.jpg">'})
    (problem,) = [p for p in problems(text, {"site-url": f"{SITE}/docs"}, "a.html")
                  if p.code == "URL003"]  # fmt: skip
    assert problem.help == f"Write {SITE}/a.jpg."
    assert problem.fix is not None
    assert problem.fix.safe


@pytest.mark.parametrize("path", ["media/a.jpg", "a.jpg", "../a.jpg"])
def test_a_path_that_does_not_begin_at_the_root_is_not_fixed(path: str) -> None:
    problem = one(release_text({"og.image.url": path}), "URL003", {"site-url": SITE})
    assert problem.fix is None
    assert str(problem.help).startswith(f"Write {SITE}/news/")


def test_a_path_that_a_template_may_complete_is_a_note() -> None:
    assert one(post("og_image: /a.jpg"), "URL003").severity == "note"
    assert one(post("og_image: //a.example/a.jpg"), "URL003").severity == "error"


# URL004 malformed-url


def test_an_address_encoded_whole_is_decoded_everywhere() -> None:
    encoded = "https%3a%2f%2fwww.northbridge.example%2fa.jpg"
    text = release_text({"og.image.url": encoded, "twitter.image": encoded})
    assert one(text, "URL004").help == f"Write {SITE}/a.jpg."
    assert fixed(text) == release_text(
        {"og.image.url": f"{SITE}/a.jpg", "twitter.image": f"{SITE}/a.jpg"}
    )


def test_data_is_a_format_in_images_and_malformed_elsewhere() -> None:
    assert about_urls(post("og_image: 'data:image/png;base64,AA=='")) == ["IMG001"]
    assert about_urls(post("og_url: 'data:text/html,AA'")) == ["URL004"]


def test_a_space_in_the_host_is_malformed_and_behind_it_is_not() -> None:
    assert about_urls(post("og_url: https://a b.example/")) == ["URL004"]
    assert about_urls(post("og_url: https://a.example/b c/")) == ["URL012"]


# URL006 staging-host


@pytest.mark.parametrize(
    ("change", "help"),
    [
        ({"og.url": f"https://northbridge.mpw.cds.co.uk{PLACE}"}, f"Write {ADDRESS}."),
        ({"og.url": "https://northbridge.mpw.cds.co.uk/other/"}, f"Write the address on {HOST}."),
        ({"og.image.url": "https://northbridge.mpw.cds.co.uk/a.jpg"},
         f"Write the address on {HOST}."),
    ],
)  # fmt: skip
def test_a_preview_names_the_page_itself(change: Change, help: str) -> None:
    text = release_text(change)
    problem = one(text, "URL006")
    assert problem.help == help
    assert cut(text, problem) == "northbridge.mpw.cds.co.uk"


@pytest.mark.parametrize(
    ("host", "fires"),
    [
        ("staging.northbridge.example", True),
        ("staging.harbour.example", False),  # whose page it may have been first
    ],
)
def test_a_canonical_address_may_be_of_another_site(host: str, fires: bool) -> None:
    text = post("title: Bridge closed", f"canonical_url: https://{host}/a/", "og_title: Bridge")
    config = {"site-url": "https://www.northbridge.example"}
    assert ("URL006" in about_urls(text, config)) is fires


# URL007 plain-http


@pytest.mark.parametrize(
    ("change", "config", "severity"),
    [
        ({"og.image.url": f"http://{HOST}/a.jpg"}, {}, "warning"),
        ({"twitter.image": f"http://{HOST}/a.jpg"}, {}, "warning"),
        ({"og.video": f"http://{HOST}/a.mp4"}, {}, "warning"),
        ({"url": f"http://{HOST}{PLACE}", "og.url": f"http://{HOST}{PLACE}"}, {}, "note"),
        ({"url": f"http://{HOST}{PLACE}", "og.url": f"http://{HOST}{PLACE}"},
         {"site-url": SITE}, "warning"),
    ],
)  # fmt: skip
def test_plain_http(change: Change, config: dict[str, Any], severity: str) -> None:
    text = release_text(change)
    problem = one(text, "URL007", config)
    assert problem.severity == severity
    assert cut(text, problem) == "http"
    assert fixed(text, config=config) == text
    assert fixed(text, unsafe=True, config=config) == text.replace("http:", "https:")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"og.image.url": "http://localhost/a.jpg"}, ["URL005"]),
        ({"og.image.url": "http://93.184.216.34/a.jpg"}, ["URL008"]),
        ({"og.url": f"http://{HOST}{PLACE}"}, ["URL002"]),
        ({"og.url": f"http://{HOST}{PLACE}?utm_source=a"}, ["URL009"]),
        ({"og.image.url": f"http://{HOST}/a.jpg", "og.image.secure_url": f"{SITE}/a.jpg"}, []),
        ({"og.image.url": f"http://{HOST}/a.jpg", "og.image.secure_url": f"http://{HOST}/a.jpg"},
         ["IMG006", "URL007"]),
    ],
)  # fmt: skip
def test_who_speaks_for_plain_http(change: Change, codes: list[str]) -> None:
    assert sorted(about_urls(release_text(change))) == codes


# URL008 raw-ip-host


@pytest.mark.parametrize(
    ("host", "codes"),
    [
        ("93.184.216.34", ["URL008"]),
        ("93.184.216.34:8080", ["URL008"]),
        ("[2606:2800:220:1::1]", ["URL008"]),
        ("192.168.1.20", ["URL005"]),
        ("127.0.0.1", ["URL005"]),
        ("3.northbridge.example", []),
    ],
)
def test_raw_ip_hosts(host: str, codes: list[str]) -> None:
    assert about_urls(post(f"og_image: 'https://{host}/a.jpg'")) == codes


# URL009 tracking-parameters


def test_trackers_are_named_and_dropped() -> None:
    text = release_text({"og.url": f"'{ADDRESS}?id=3&utm_source=a&amp;fbclid=b'", "url": ADDRESS})
    problem = one(text, "URL009")
    assert cut(text, problem) == "utm_source=a"
    assert "utm_source, fbclid" in problem.message
    assert problem.help == f"Write {ADDRESS}?id=3."
    assert f"url: '{ADDRESS}?id=3'" in fixed(text)


def test_trackers_of_ones_own() -> None:
    text = release_text({"og.url": f"{ADDRESS}?cmp=mail", "url": f"{ADDRESS}?cmp=mail"})
    assert about_urls(text) == []
    assert about_urls(text, {"rules": {"URL009": {"parameters": ["cmp"]}}}) == ["URL009"]


# URL010 fragment-in-url


def test_a_fragment_is_found_behind_a_character_reference() -> None:
    text = post(f"og_url: '{SITE}/a/?b=1&#38;c=2#d'")
    problem = one(text, "URL010")
    assert cut(text, problem) == "#d"
    assert problem.help == f"Write {SITE}/a/?b=1&c=2."


# URL001, URL002, URL011


@pytest.mark.parametrize(
    ("change", "codes", "place"),
    [
        ({"url": f"{SITE}/"}, ["URL011"], "page:canonical"),
        ({"og.url": f"{SITE}/"}, ["URL011"], "og:url"),
        ({"og.url": f"{SITE}/other/"}, ["URL001"], "og:url"),
    ],
)
def test_one_wrong_address_is_one_finding(change: Change, codes: list[str], place: str) -> None:
    text = release_text(change)
    assert about_urls(text) == codes
    assert [p.property for p in problems(text) if p.code in codes] == [place]


def test_the_home_page_is_not_offered_as_a_fix() -> None:
    text = release_text({"url": f"{SITE}/"})
    assert fixed(text, unsafe=True) == text


@pytest.mark.parametrize(
    ("url", "words", "severity"),
    [
        (ADDRESS.replace("www.", ""), "one host begins with www, the other does not", "warning"),
        (ADDRESS.rstrip("/"), "one ends in a slash", "warning"),
        (f"{ADDRESS}index.html", "one names the index page", "warning"),
        (ADDRESS.replace("news", "News"), "the paths differ in capitals", "warning"),
        (ADDRESS.replace("https", "http"), "one begins with http:, the other with https:", "note"),
    ],
)
def test_two_forms_are_told_in_words(url: str, words: str, severity: str) -> None:
    problem = one(release_text({"og.url": url}), "URL002")
    assert problem.message.endswith(f": {words}.")
    assert problem.help == f"Write one form in both, as {ADDRESS}."
    if severity == "note":  # equal to the schema, too
        assert problem.severity == severity


# URL012 unescaped-characters


@pytest.mark.parametrize(
    ("name", "part", "better", "safe"),
    [
        ("a b.jpg", " ", "a%20b.jpg", True),
        ("brücke.jpg", "ü", "br%C3%BCcke.jpg", True),
        ("{a}.jpg", "{", "%7Ba%7D.jpg", True),
        ("fish&chips.jpg", "&", "fish%26chips.jpg", False),
        ("a%2520b.jpg", "%2520", "a%20b.jpg", False),
        ("a b&c.jpg", " ", "a%20b%26c.jpg", False),
    ],
)
def test_characters_of_an_image(name: str, part: str, better: str, safe: bool) -> None:
    text = release_text({"og.image.url": f"'{SITE}/{name}'"})
    problem = one(text, "URL012")
    assert problem.severity == "warning"
    assert cut(text, problem) == part
    assert problem.help == f"Write {SITE}/{better}."
    assert problem.fix is not None
    assert problem.fix.safe is safe
    assert fixed(text, unsafe=True) == release_text({"og.image.url": f"'{SITE}/{better}'"})


def test_characters_of_a_page_are_notes() -> None:
    assert one(post(f"og_url: {SITE}/the bridge/"), "URL012").severity == "note"
    assert about_urls(post(f"og_url: {SITE}/brücke/")) == []


def test_doubled_spaces_in_an_address_are_said_once() -> None:
    text = release_text({"og.image.url": f"'{SITE}/a  b.jpg'"})
    assert [p.code for p in problems(text)] == ["URL012"]


# URL013 credentials-in-url


def test_credentials() -> None:
    text = release_text({"og.image.url": f"https://desk:secret@{HOST}/a.jpg"})
    problem = one(text, "URL013")
    assert problem.severity == "error"
    assert cut(text, problem) == "desk:secret"
    assert "secret" not in problem.message
    assert problem.fix is None


def test_a_signature_that_ends() -> None:
    text = release_text({"og.image.url": f"{SITE}/a.jpg?a=1&amp;oe=65B3&amp;oh=00"})
    problem = one(text, "URL013")
    assert problem.severity == "warning"
    assert cut(text, problem) == "oe=65B3"


def test_an_address_with_a_password_that_expires_is_said_once() -> None:
    text = post("og_image: https://desk:pw@a.example/a.jpg?Expires=1790000000&Signature=a")
    assert cut(text, one(text, "URL013")) == "desk:pw"


@pytest.mark.parametrize(
    ("url", "what"),
    [("//a.example/b.jpg", "is protocol-relative"), ("a.example/b.jpg", "is not absolute")],
)
def test_what_an_address_lacks_is_named(url: str, what: str) -> None:
    assert what in one(post(f"og_image: {url}"), "URL003").message


# URL014 date-in-url-disagrees


@pytest.mark.parametrize(
    ("date", "speaks"),
    [
        ("2021-03-01", False),
        ("2021-02-28", False),
        ("2021-04-01T00:30:00Z", False),
        ("2021-02-27", True),
        ("2021-04-02", True),
        ("2020-03-15", True),
        ("2021-13-45", False),
        ("soon", False),
    ],
)
def test_months_that_disagree(date: str, speaks: bool) -> None:
    text = post(f"og_url: {SITE}/2021/march-2021/a/", f"date: '{date}'")
    found = [p for p in problems(text) if p.code == "URL014"]
    assert len(found) == speaks
    for problem in found:
        assert problem.severity == "note"
        assert cut(text, problem) == "2021/march-2021"
        assert [r.message for r in problem.related] == ["the publication date"]


# URL015, URL016: off, by a pattern


@pytest.mark.parametrize(
    ("code", "lines", "options", "span"),
    [
        ("URL015", (f"og_url: {SITE}/sport/a/", "article_section: Local"), {}, "Local"),
        ("URL015", (f"og_url: {SITE}/sport/a/", "article_section: SPORT"), {}, None),
        ("URL015", (f"og_url: {SITE}/a/", "article_section: Local"), {}, "Local"),
        ("URL015", (f"og_url: {SITE}/2021/a/", "article_section: Local"), {}, None),
        ("URL015", (f"og_url: {SITE}/news/sport/a/", "article_section: Sport"),
         {"pattern": "^/news/([^/]+)/"}, None),
        ("URL015", (f"og_url: {SITE}/news/sport/a/", "article_section: Local"),
         {"pattern": "^/blog/([^/]+)/"}, None),
        ("URL016", (f"og_url: {SITE}/two-held/", "og_title: New bridge"), {}, f"{SITE}/two-held/"),
        ("URL016", (f"og_url: {SITE}/two-held.html", "og_title: Bridge"), {},
         f"{SITE}/two-held.html"),
        ("URL016", (f"og_url: {SITE}/NewsArticle.aspx", "og_title: New bridge"), {}, None),
        ("URL016", (f"og_url: {SITE}/yarisi-buecher", "og_title: Yarışı"), {}, None),
        ("URL016", (f"og_url: {SITE}/yarisi-buecher", "og_title: Bücher"), {}, None),
        ("URL016", (f"og_url: {SITE}/news-article", "og_title: 정치"), {}, None),
        ("URL016", (f"og_url: {SITE}/bridge-works/", "og_title: New bridge"), {}, None),
        ("URL016", (f"og_url: {SITE}/2021-20931/", "og_title: New bridge"), {}, None),
        ("URL016", (f"og_url: {SITE}/", "og_title: New bridge"), {}, None),
    ],
)  # fmt: skip
def test_by_a_pattern(
    code: str, lines: tuple[str, ...], options: dict[str, str], span: str | None
) -> None:
    text = post(*lines)
    assert not [p for p in problems(text) if p.code == code]  # off
    found = [
        p for p in problems(text, {"select": [code], "rules": {code: options}}) if p.code == code
    ]
    assert [cut(text, p) for p in found] == ([] if span is None else [span])


# URL017 not-its-own-address

ROOT = {"site-url": SITE, "rules": {"URL017": {"root": "content"}}}


@pytest.mark.parametrize(
    ("lines", "path", "config", "own"),
    [
        ((f"og_url: {SITE}/x/",), "content/news/a.md", ROOT, "/news/a/"),
        ((f"og_url: {SITE}/x/",), "site/content/news/a/index.md", ROOT, "/news/a/"),
        ((f"og_url: {SITE}/news/a",), "content/news/a.md", ROOT, None),
        ((f"og_url: {SITE}/news/",), "content/news/_index.md", ROOT, None),
        ((f"og_url: {SITE}/news/page/2/",), "content/news/_index.md", ROOT, None),
        ((f"og_url: {SITE}/x/", "slug: x"), "content/news/a.md", ROOT, None),
        ((f"og_url: {SITE}/x/", "aliases: [/x/]"), "content/news/a.md", ROOT, None),
        ((f"og_url: {SITE}/x/",), "posts/a.md", ROOT, None),
        ((f"og_url: {SITE}/x/",), "content/news/a.md", {"site-url": SITE}, None),
        (("og_url: https://other.example/x/",), "content/news/a.md", ROOT, None),
        ((f"og_url: {SITE}/x/", "permalink: /b/"), "a.md", {"site-url": SITE}, "/b/"),
        ((f"og_url: {SITE}/x/", "url: /b/"), "a.md", {"site-url": SITE}, "/b/"),
        ((f"og_url: {SITE}/x/", "url: /b/"), "content/c.md", ROOT, "/b/"),
        ((f"og_url: {SITE}/sub/x/", "url: /b/"), "a.md", {"site-url": f"{SITE}/sub/"}, "/sub/b/"),
        ((f"og_url: {SITE}/sub/b/", "url: /b/"), "a.md", {"site-url": f"{SITE}/sub"}, None),
        ((f"og_url: {SITE}/sub/b/", "url: /sub/b/"), "a.md", {"site-url": f"{SITE}/sub"}, None),
        ((f"og_url: {SITE}/b/index.html", "url: /b/"), "a.md", {"site-url": SITE}, None),
        ((f"og_url: {SITE}/x/", "url: /b/"), "a.md", {}, None),
        ((f"og_url: {SITE}/x/", "permalink: '/:year/:title/'"), "a.md", {"site-url": SITE}, None),
        ((f"og_url: {SITE}/x/", "permalink: pretty"), "a.md", {"site-url": SITE}, None),
        ((f"og_url: {SITE}/x/", "permalink: '/{{ page.date }}/'"), "a.md", {"site-url": SITE},
         None),
        ((f"og_url: {SITE}/x/", "permalink: /b/", "aliases: [/x/]"), "a.md", {"site-url": SITE},
         None),
    ],
)  # fmt: skip
def test_the_pages_own_place(
    lines: tuple[str, ...], path: str, config: dict[str, Any], own: str | None
) -> None:
    text = post(*lines)
    found = [p for p in problems(text, config, path) if p.code == "URL017"]
    assert len(found) == (own is not None)
    for problem in found:
        assert problem.severity == "warning"
        assert problem.help == f"Write {SITE}{own}, if the page is there."
        assert problem.fix is not None
        assert not problem.fix.safe


@pytest.mark.parametrize(
    ("wrong", "property"), [("og_url", "og:url"), ("canonical_url", "page:canonical")]
)
def test_of_two_addresses_the_wrong_one_is_named(wrong: str, property: str) -> None:
    lines = {"og_url": f"{SITE}/b/", "canonical_url": f"{SITE}/b/", wrong: f"{SITE}/x/"}
    text = post(*(f"{key}: {value}" for key, value in lines.items()), "permalink: /b/")
    (problem,) = [p for p in problems(text, {"site-url": SITE}) if p.code.startswith("URL")]
    assert (problem.code, problem.property) == ("URL017", property)


@pytest.mark.parametrize(
    ("own", "config", "severity"),
    [
        (f"{SITE}/other/", None, "warning"),
        ("https://elsewhere.example/other/", None, "note"),
        (f"{SITE}/other/", {"site-url": SITE}, "error"),
    ],
)
def test_a_canonical_link_is_known_only_beside_a_configured_address(
    own: str, config: dict[str, Any] | None, severity: str
) -> None:
    before = f'rel="canonical" href="{ADDRESS}"'
    text = built_text({})
    assert before in text
    text = text.replace(before, f'rel="canonical" href="{own}"')
    assert one(text, "URL001", config, "a.html").severity == severity
