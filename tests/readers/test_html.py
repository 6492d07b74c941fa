"""Pages of HTML: what platforms read in them, where it stands, and how it is written back."""

from __future__ import annotations

import json
import os
import re
import time

import pytest
import turbohtml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import ogcheck
from ogcheck import platforms
from ogcheck.page import Page, Property, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import NotAPage, Options, html_text, read
from ogcheck.readers.html_nodes import AttributeNode
from ogcheck.readers.yaml import Limits
from ogcheck.source import Source
from ogcheck.values import encodings

moderately = settings(
    deadline=None,
    max_examples=int(os.environ.get("OGCHECK_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def page(text: str | bytes, path: str = "a.html") -> Page:
    """The page that ``text`` is."""
    data = text.encode() if isinstance(text, str) else text
    found = read(Source.from_bytes(path, data))
    assert isinstance(found, Page), found
    return found


def head(*lines: str) -> str:
    """A page with these lines in its head."""
    return "\n".join(
        ["<!doctype html>", "<html>", "<head>", *lines, "</head>", "<body></body>", ""]
    )


def pairs(found: Page) -> list[tuple[str, str]]:
    """Names and values, in document order."""
    return [(p.name, p.value) for p in found.properties]


def raw(found: Page, prop: Property) -> str:
    """The value as it is written."""
    return found.source.text[slice(*prop.span)]


def applied(found: Page, edit: Edit | Refusal) -> str:
    """The text after an edit."""
    assert not isinstance(edit, Refusal), edit
    text = found.source.text
    return text[: edit.start] + edit.text + text[edit.end :]


# What is read


def test_properties_come_from_every_kind_of_tag_in_document_order() -> None:
    found = page(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        "<title>Bridge closed</title>"
        '<meta name="description" content="No way over."><meta name="author" content="Ann Lee">'
        '<link rel="canonical" href="https://x.example/a">'
        '<meta property="og:title" content="The bridge"><link rel="image_src" href="/b.jpg">'
        '<meta itemprop="og:image" content="https://x.example/b.jpg">'
        '<meta name="twitter:card" content="summary">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge"}'
        "</script></head><body></body></html>"
    )
    assert pairs(found) == [
        ("page:lang", "en-GB"),
        ("page:title", "Bridge closed"),
        ("page:description", "No way over."),
        ("page:author", "Ann Lee"),
        ("page:canonical", "https://x.example/a"),
        ("og:title", "The bridge"),
        ("page:image", "/b.jpg"),
        ("og:image", "https://x.example/b.jpg"),
        ("twitter:card", "summary"),
        ("ld:type", "NewsArticle"),
        ("ld:headline", "The bridge"),
    ]
    assert found.preset.name == "html"
    assert found.derived("og:url").state == "absent"


def test_one_meta_may_carry_two_names() -> None:
    found = page(head('<meta name="twitter:title" property="og:title" content="A">'))
    assert pairs(found) == [("og:title", "A"), ("twitter:title", "A")]
    assert [p.attribute for p in found.properties] == ["property", "name"]
    keys = [found.source.text[slice(*p.key_span)] for p in found.properties]
    assert keys == ["og:title", "twitter:title"]


def test_one_name_in_two_attributes_is_one_property() -> None:
    found = page(head('<meta name="og:title" property="og:title" content="A">'))
    assert pairs(found) == [("og:title", "A")]


def test_property_is_a_list_of_names() -> None:
    found = page(head('<meta property="og:title  twitter:title" content="A">'))
    assert pairs(found) == [("og:title", "A"), ("twitter:title", "A")]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('"?a=1&copy=2"', "?a=1&copy=2"),
        ('"?a=1&copyright=2"', "?a=1&copyright=2"),
        ('"?a=1&copy;=2"', "?a=1©=2"),
        ('"&copy 2"', "© 2"),
        ('"&copy2"', "&copy2"),
        ('"&copyé"', "©é"),
        ('"&notit;"', "&notit;"),
        ('"AT&T &amp;amp; x"', "AT&T &amp; x"),
        ('"&#8217;&#x2019;&#146;"', "’’’"),
        ('"&#0;&#xD800;&#x110000;"', "\ufffd\ufffd\ufffd"),
        ("'say \"no\"'", 'say "no"'),
        ("plain/x", "plain/x"),
        ('"a&NotEqualTilde;b"', "a≂̸b"),
    ],
)
def test_values_are_decoded_once(content: str, value: str) -> None:
    found = page(head(f'<meta property="og:url" content={content}>'))
    prop = found.properties[0]
    assert prop.value == value
    assert raw(found, prop) == (content[1:-1] if content[0] in "\"'" else content)
    for i, character in enumerate(value):
        start, end = prop.span_of(i, i + 1)
        assert character in html_text.decode(found.source.text[start:end], attribute=False) + "&"


def test_in_a_title_a_reference_may_end_anywhere() -> None:
    found = page(head("<title>&notit; &copy2 &amp;copy &nosuch;</title>"))
    (title,) = found.properties
    assert title.value == "¬it; ©2 &copy &nosuch;"
    assert found.source.text[slice(*title.span_of(0, 1))] == "&not"
    assert found.source.text[slice(*title.span_of(5, 6))] == "&copy"


def test_what_is_meant_has_no_white_space_around_it() -> None:
    found = page(head('<meta property="og:title" content="  Bridge &amp;amp; boats\n">'))
    (title,) = found.properties
    assert title.value == "  Bridge &amp; boats\n"
    assert title.meant == "Bridge & boats"


def test_a_title_in_svg_is_no_title() -> None:
    found = page("<!doctype html><svg><title>Logo</title></svg><title>Bridge</title>")
    assert pairs(found) == [("page:title", "Bridge")]
    assert found.html is not None
    assert [t.where for t in found.html.titles] == ["foreign", "body"]


def test_the_first_title_is_the_page_s() -> None:
    found = page(head("<title>A</title>", "<title>B</title>"))
    assert pairs(found) == [("page:title", "A")]


def test_white_space_in_a_title_is_layout() -> None:
    found = page(head("<title>", "  Bridge\r\n\tclosed &amp; open ", "</title>"))
    title = found.properties[0]
    assert title.value == "Bridge closed & open"
    assert raw(found, title) == "Bridge\r\n\tclosed &amp; open"
    assert found.source.text[slice(*title.span_of(6, 7))] == "\r\n\t"
    assert found.source.text[slice(*title.span_of(14, 15))] == "&amp;"


@pytest.mark.parametrize(
    "hidden",
    [
        '<noscript><meta property="og:title" content="A"></noscript>',
        '<template><meta property="og:title" content="A"></template>',
        '<!-- <meta property="og:title" content="A"> -->',
        '<script>"<meta property=og:title content=A>"</script>',
        "<div><template shadowrootmode=open><meta property=og:title content=A></template></div>",
    ],
)
def test_what_is_hidden_is_no_metadata(hidden: str) -> None:
    assert pairs(page(head("<title>T</title>", hidden))) == [("page:title", "T")]


def test_noscript_closes_no_head() -> None:
    found = page(head("<noscript><img src=a></noscript>", '<meta property="og:title" content="A">'))
    assert found.html is not None
    assert found.html.metas[0].where == "head"
    assert found.html.closer is None


def test_an_image_in_the_head_moves_what_follows_to_the_body() -> None:
    found = page(head("<title>T</title>", "<img src=a>", '<meta property="og:title" content="A">'))
    assert pairs(found) == [("page:title", "T"), ("og:title", "A")]
    assert found.html is not None
    assert found.html.metas[0].where == "body"
    closer = found.html.closer
    assert closer is not None
    assert closer.name == "img"
    assert found.source.text[slice(*closer.span)] == "<img src=a>"


def test_text_in_the_head_closes_it_too() -> None:
    found = page(head("<title>T</title>", "  oops", '<meta property="og:title" content="A">'))
    assert found.html is not None
    closer = found.html.closer
    assert closer is not None
    assert closer.name == ""
    assert found.source.text[closer.span.start :].startswith("oops")


def test_curly_quotes_are_part_of_the_value() -> None:
    found = page(head("<meta property=”og:title” content=”Bridge closed”>"))
    assert pairs(found) == []
    found = page(head('<meta property="og:title" content=”Bridge closed”>'))
    assert pairs(found) == [("og:title", "”Bridge")]
    assert raw(found, found.properties[0]) == "”Bridge"
    assert found.html is not None
    assert [one.name for one in found.html.metas[0].leftovers] == ["closed”"]


def test_a_value_cut_at_a_quote_leaves_attributes() -> None:
    found = page(head('<meta property="og:title" content="He said "no" twice">'))
    assert pairs(found) == [("og:title", "He said ")]
    assert found.html is not None
    left = found.html.metas[0].leftovers
    assert [found.source.text[slice(*one.span)] for one in left] == ['no"', 'twice"']
    found = page(head('<meta property="og:title" data-rh content="A">'))
    assert found.html is not None
    assert found.html.metas[0].leftovers == ()


def test_names_are_exact_letter_case_aside() -> None:
    found = page(
        head('<META PROPERTY="OG:Title" CONTENT="A">', "<meta property=og_title content=B>")
    )
    assert pairs(found) == [("og:title", "A")]
    assert [(p.name, p.value) for p in found.strays] == [("og:title", "B")]
    problems = ogcheck.check_text(found.source.text, "a.html")
    assert "Platforms do not know og_title, and pass over it." in [p.message for p in problems]


@pytest.mark.parametrize(
    ("tag", "stray"),
    [
        ('<meta property="og:article:author" content="A">', "og:article:author"),
        ('<meta name="article:published" content="A">', "article:published"),
        ('<meta name="twitter-title" content="A">', "twitter:title"),
    ],
)
def test_what_is_misnamed_is_kept_apart(tag: str, stray: str) -> None:
    found = page(head(tag))
    assert pairs(found) == []
    assert [p.name for p in found.strays] == [stray]


@pytest.mark.parametrize("name", ["article-section", "ogre", "viewport", "twitterbot", "og"])
def test_other_names_are_free(name: str) -> None:
    found = page(head(f'<meta name="{name}" content="A">'))
    assert (found.properties, found.strays) == ([], [])


def test_unquoted_attributes() -> None:
    found = page(head("<meta property=og:title content=Bridge><meta content=x property=og:type/>"))
    assert pairs(found) == [("og:title", "Bridge")]
    assert raw(found, found.properties[0]) == "Bridge"


@pytest.mark.parametrize("attribute", ["", " content", " content=", ' content=""', " content = ''"])
def test_a_missing_value_has_a_place(attribute: str) -> None:
    found = page(head(f'<meta property="og:title"{attribute}>'))
    prop = found.properties[0]
    assert prop.value == ""
    assert prop.span.start == prop.span.end
    assert found.source.text[slice(*prop.key_span)] == "og:title"
    new = page(applied(found, found.replace(prop, 'a "b"')))
    assert pairs(new) == [("og:title", 'a "b"')]


def test_crlf_and_a_byte_order_mark() -> None:
    lines = ["<title>A</title>", '<meta property="og:title"', '  content="one', "two &amp;", '">']
    text = "\ufeff" + head(*lines, '<meta name="x">', "<meta property=og:url content=u>")
    text = text.replace("\n", "\r\n")
    found = page(text)
    assert found.source.encoding_origin == "bom"
    title, og, url = found.properties
    assert (title.value, og.value, url.value) == ("A", "one\ntwo &\n", "u")
    assert [raw(found, p) for p in (title, og, url)] == ["A", "one\r\ntwo &amp;\r\n", "u"]
    assert found.source.text[slice(*og.span_of(3, 4))] == "\r\n"
    assert found.html is not None
    assert found.html.bytes_before(found.source.text.index("<title>")) == len(
        text[: text.index("<title>")].encode()
    )


def test_several_images_are_legal_and_own_what_follows() -> None:
    found = page(
        head(
            '<meta property="og:image:alt" content="whose">',
            '<meta property="og:image" content="https://x.example/1.jpg">',
            '<meta property="og:image:url" content="https://x.example/1.jpg">',
            '<meta property="og:image:width" content="1200">',
            '<meta property="og:video" content="https://x.example/v.mp4">',
            '<meta property="og:image:url" content="https://x.example/2.jpg">',
            '<meta property="og:image:width" content="600">',
            '<meta property="og:video:type" content="video/mp4">',
        )
    )
    assert [(p.name, p.group) for p in found.properties] == [
        ("og:image:alt", (-1,)),
        ("og:image", (0,)),
        ("og:image:url", (0,)),
        ("og:image:width", (0,)),
        ("og:video", (0,)),
        ("og:image:url", (1,)),
        ("og:image:width", (1,)),
        ("og:video:type", (0,)),
    ]
    codes = [p.code for p in ogcheck.check_text(found.source.text, "a.html")]
    assert "OG019" in codes
    assert "OG017" not in codes


def test_an_umbrella_locale_is_right() -> None:
    text = head('<meta property="og:locale" content="ar_AR">')
    assert not [p for p in ogcheck.check_text(text, "a.html") if p.code.startswith("LOC")]


def test_a_base_does_not_help_an_image() -> None:
    text = head('<base href="https://x.example/">', '<meta property="og:image" content="b.jpg">')
    found = page(text)
    assert pairs(found) == [("og:image", "b.jpg")]
    assert found.html is not None
    assert found.html.bases[0].get("href") == "https://x.example/"
    assert "URL003" in [p.code for p in ogcheck.check_text(text, "a.html")]


def test_a_page_of_five_megabytes() -> None:
    body = "<p>Text &amp; more text.</p>\n" * 180_000
    text = head('<meta property="og:title" content="A">').replace("<body>", f"<body>{body}")
    assert len(text) > 5_000_000
    found = page(text + '<meta property="og:type" content="article">')
    assert pairs(found) == [("og:title", "A"), ("og:type", "article")]
    assert raw(found, found.properties[1]) == "article"


@pytest.mark.parametrize(
    "text",
    [
        "<title>T</title>" + "<b><meta name=og:title content=A>" * 20_000,
        "<title>T</title>" + "<div>" * 100_000,
        "<title>T</title><meta property=og:title content='" + "&amp;" * 500_000 + "'>",
        "<title>T</title><meta " + " ".join(f"a{i}=b" for i in range(100_000)) + ">",
        "<title>T</title>" + "<script type=application/ld+json>"
        + json.dumps({"@graph": [{"@type": "Article", "author": [{"@id": "#b"}] * 20_000},
                                 *({"@id": f"#{i}"} for i in range(20_000))]}),
        "<title>T</title><script type=application/ld+json>" + '{"@graph":' * 400 + "1" + "}" * 400,
    ],
    ids=["nested metas", "nesting", "references", "attributes", "entities", "deep JSON"],
)  # fmt: skip
def test_a_hostile_page_takes_no_time(text: str) -> None:
    started = time.process_time()
    found = page(text)
    for prop in found.properties[-3:]:
        assert prop.span.start <= prop.span.end
        prop.span_of(0, 1)
    assert time.process_time() - started < 5


def test_a_page_over_the_limit_is_not_read() -> None:
    found = read(Source("a.html", head("<title>A</title>")), Options(limits=Limits(size=20)))
    assert isinstance(found, Page)
    assert [f.code for f in found.faults] == ["FM009"]


def test_no_head_is_needed() -> None:
    found = page('<meta property="og:title" content="A"><p>Text')
    assert pairs(found) == [("og:title", "A")]
    assert found.start == (0, len('<meta property="og:title" content="A"><p>Text'))
    assert pairs(page("<html><p>Text</html>")) == []


def test_a_second_html_tag_is_read_and_never_written() -> None:
    found = page("<title>T</title>\n<html lang=en><p>")
    language = found.properties[0]
    assert (language.name, language.value) == ("page:lang", "en")
    assert isinstance(found.replace(language, "de"), Refusal)


def test_frames_are_asked_for_nothing() -> None:
    found = page("<html><head><title>A</title></head><frameset><frame src=a></frameset></html>")
    assert found.exempt == "it is made of frames"
    assert not found.is_asked()


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (head('<meta name="robots" content="NOINDEX, follow">'), "a.html", "it is noindex"),
        (head('<meta name="googlebot" content="none">'), "a.html", "it is noindex"),
        (head('<meta http-equiv="Refresh" content="0; url=/b">'), "a.html", "it is a redirect"),
        (head("<title>A</title>"), "news/404.html", "it is an error page"),
        (head("<title>404 Not Found</title>"), "a.html", "it is an error page"),
        (head("<title>Page not found | Northbridge</title>"), "a.html", "it is an error page"),
        (head('<link rel="canonical" href="https://x.example/404.html">'), "a.html",
         "it is an error page"),
        (head('<meta http-equiv="refresh" content=" 10 , URL=/b">'), "a.html", "it is a redirect"),
        (head('<meta http-equiv="refresh" content="0.5; /b">'), "a.html", "it is a redirect"),
        (head('<meta http-equiv="refresh" content="300">'), "a.html", None),
        (head('<meta http-equiv="refresh" content="300;">'), "a.html", None),
        (head('<meta http-equiv="refresh" content="soon; url=/b">'), "a.html", None),
        (head('<meta name="robots" content="index, noimageindex">'), "a.html", None),
        (head("<title>404 houses flooded</title>"), "a.html", None),
    ],
)  # fmt: skip
def test_pages_of_which_nothing_is_asked(text: str, path: str, reason: str | None) -> None:
    found = page(text, path)
    assert found.exempt == reason
    codes = {p.code for p in ogcheck.check_text(text, path)}
    assert ("OG000" in codes) == (reason is None)


# JSON-LD


def ld(data: object) -> str:
    """A script that holds ``data``."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def test_json_ld_is_the_page_s_own_entity() -> None:
    found = page(
        head(
            ld([{"@type": "Organization", "name": "N", "url": "https://o.example"}]),
            ld(
                {
                    "@graph": [
                        {"@type": "WebPage", "datePublished": "2020-01-01", "name": "W"},
                        {"@type": ["Thing", "NewsArticle"], "headline": "H",
                         "datePublished": "2026-03-26", "image": {"@id": "#i"},
                         "author": [{"@id": "#a"}, {"name": ["Bob", "Robert"]}, "Cy"],
                         "mainEntityOfPage": {"@id": "https://x.example/a"},
                         "video": {"@type": "VideoObject", "datePublished": "2019-01-01"}},
                        {"@id": "#i", "@type": "ImageObject", "url": "https://x.example/i.jpg"},
                        {"@id": "#a", "@type": "Person", "name": "Ann"},
                    ]
                }
            ),
        )
    )  # fmt: skip
    assert pairs(found) == [
        ("ld:type", "Thing"),
        ("ld:type", "NewsArticle"),
        ("ld:headline", "H"),
        ("ld:datePublished", "2026-03-26"),
        ("ld:mainEntityOfPage", "https://x.example/a"),
        ("ld:image", "https://x.example/i.jpg"),
        ("ld:author", "Ann"),
        ("ld:author", "Bob"),
        ("ld:author", "Cy"),
    ]
    assert found.properties[5].pointer == "/ld+json/1/@graph/2/url"
    assert raw(found, found.properties[5]) == '"https://x.example/i.jpg"'
    keys = [found.source.text[slice(*p.key_span)] for p in found.properties]
    assert keys[2] == '"headline"'
    assert keys[5] == '"url"'


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [("true", "true", "boolean"), ("2026", "2026", "number"), ("null", "", "null")],
)
def test_values_of_json_ld_that_are_no_text(value: str, text: str, kind: str) -> None:
    script = f'{{"@type": "Article", "headline": {value}}}'
    found = page(head(f'<script type="application/ld+json">{script}</script>'))
    headline = found.properties[1]
    assert (headline.name, headline.value, headline.kind) == ("ld:headline", text, kind)


def test_who_publishes_is_named_as_authors_are() -> None:
    found = page(
        head(ld({"@type": "Article", "publisher": {"@type": "Organization", "name": "N"}}))
    )
    assert pairs(found) == [("ld:type", "Article"), ("ld:publisher", "N")]


def test_a_web_page_speaks_where_no_article_does() -> None:
    found = page(head(ld({"@type": "WebPage", "mainEntity": {"@type": "Report", "headline": "H"}})))
    assert pairs(found) == [("ld:type", "Report"), ("ld:headline", "H")]
    found = page(
        head(ld({"@type": "Product", "name": "P"}), ld({"@type": "ItemPage", "name": "W"}))
    )
    assert pairs(found) == [("ld:type", "ItemPage"), ("ld:name", "W")]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('\n{"a": 1,}', 2, 9),
        ('\r\n{"a": 1,\r\n // no\r\n"b": 2}', 3, 2),
        ('{"a": NaN}', 1, 1),
        ("", 1, 1),
        ("[" * 100_000, 1, 1),
    ],
)
def test_json_that_does_not_parse_says_where(text: str, line: int, column: int) -> None:
    found = page("<title>T</title>" + ld(text))
    assert pairs(found) == [("page:title", "T")]
    assert found.html is not None
    block = found.html.json[0]
    assert block.error is not None
    start = found.source.position(block.content.start)
    place = found.source.position(block.error_at)
    shift = start.column - 1 if line == 1 else 0
    assert (place.line, place.column - shift) == (line, column)


@pytest.mark.parametrize(
    ("wrapped", "kind"),
    [
        ("\n//<![CDATA[\n%s\n//]]>\n", "CDATA"),
        ("<![CDATA[%s]]>", "CDATA"),
        ("/* <![CDATA[ */%s/* ]]> */", "CDATA"),
        ("<!--\n%s\n-->", "comment"),
        ("%s", ""),
    ],
)
def test_json_in_a_wrapper_is_read(wrapped: str, kind: str) -> None:
    found = page(head(ld(wrapped % '{"@type":"Article","headline":"a\\u00e9"}')))
    assert found.html is not None
    assert found.html.json[0].wrapper == kind
    headline = found.properties[1]
    assert (headline.value, raw(found, headline)) == ("aé", '"a\\u00e9"')
    assert found.source.text[slice(*headline.span_of(1, 2))] == "\\u00e9"


# Encodings


@pytest.mark.parametrize(
    ("data", "encoding", "origin", "title"),
    [
        ("<meta charset=ISO-8859-1><title>Brücke € ”</title>".encode("cp1252"), "windows-1252",
         "meta", "Brücke € ”"),
        ("<meta charset='shift_jis'><title>橋が閉鎖</title>".encode("cp932"), "shift_jis", "meta",
         "橋が閉鎖"),
        ('<META http-equiv="Content-Type" content="text/html; charset=euc-jp"><title>橋</title>'
         .encode("euc-jp"), "euc-jp", "meta", "橋"),
        ("<title>Brücke</title>".encode("cp1252"), "windows-1252", "default", "Brücke"),
        ("<title>Brücke</title>".encode(), "utf-8", "default", "Brücke"),
        ("<meta charset=utf-16><title>Brücke</title>".encode(), "utf-8", "meta", "Brücke"),
        ("<meta charset=utf-16be><title>Brücke</title>".encode(), "utf-8", "meta", "Brücke"),
        ("\ufeff<title>Brücke</title>".encode("utf-16-le"), "utf-16le", "bom", "Brücke"),
        ("\ufeff<meta charset=latin1><title>Brücke</title>".encode(), "utf-8", "bom", "Brücke"),
        ("<!-- <meta charset=latin1> --><title>Brücke</title>".encode(), "utf-8", "default",
         "Brücke"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><html><title>Brücke</title>'.encode("latin-1"),
         "windows-1252", "xml", "Brücke"),
        (b"<meta charset=latin1><title>a\x81b</title>", "windows-1252", "meta", "a\x81b"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, encoding: str, origin: str, title: str) -> None:
    found = page(data)
    assert (found.source.encoding, found.source.encoding_origin) == (encoding, origin)
    assert found.written("page:title").value == title  # type: ignore[union-attr]
    assert found.faults == []
    refused = isinstance(found.replace(found.properties[0], "x"), Refusal)
    assert refused == (encoding != "utf-8")
    assert isinstance(found.insert("og:title", "x"), Refusal) or encoding == "utf-8"
    assert found.html is not None
    assert found.html.charset.label == encoding


def test_what_is_declared_utf8_and_is_not() -> None:
    found = page(b'<meta charset=utf-8><title>Br\xfccke</title><meta name=author content="A">')
    assert [f.code for f in found.faults] == ["FM006"]
    assert pairs(found)[1] == ("page:author", "A")
    assert isinstance(found.replace(found.properties[1], "x"), Refusal)


TAG_BYTES = st.lists(
    st.sampled_from(
        [b"<meta charset=latin1>", b"<meta charset='Shift_JIS' >", b"<!-- ", b"-->", b"<p a='>'>",
         b'<meta http-equiv=content-type content="a; charset = koi8-r">', b"<script>", b"</p >",
         b"<meta content='charset=gbk' http-equiv=Content-Type>", b"x", b"<meta name=a content=b>",
         b"<!doctype html>", b"<meta charset=nonsense>", b"<meta charset=utf-16le>", b"<meta",
         b"<meta charset>", b"\xff", b"<a href=b/>"]
    ),
    max_size=6,
)  # fmt: skip


@moderately
@given(TAG_BYTES)
def test_declarations_are_found_as_turbohtml_finds_them(pieces: list[bytes]) -> None:
    data = b"".join(pieces) + b"<p>end</p>"
    said = encodings.sniff(data)
    theirs = turbohtml.parse(data).encoding
    assert theirs is not None
    assert (said.name if said is not None else "windows-1252") == theirs.lower()


# What is no page


@pytest.mark.parametrize(
    "text",
    [
        "{% extends 'base.html' %}\n<title>{% block title %}{% endblock %}</title>",
        "<!doctype html>\n<html><head>{{ partial \"head.html\" . }}</head><body></body></html>",
        "<html><head><title><%= @title %></title>\n<%= csrf_meta_tags %></head></html>",
        "<html><head><?php wp_head(); ?></head><body></body></html>",
        "<html><head><title>A</title><?= $head ?></head><body></body></html>",
        "<!doctype html>\n{% set lang = 'en' %}\n<html><head><title>A</title></head></html>",
        "<html {% if rtl %}dir=rtl{% endif %}><head><title>A</title></head></html>",
        "<html <?php language_attributes() ?>><head><title>A</title></head></html>",
        "<html><head>{{#if x}}<meta name=a>{{/if}}</head></html>",
        head("<title>{{ page.title }}</title>",
             '<meta property="og:title" content="{{ page.title }}">'),
        head("<title>{{ .Title }} | Northbridge</title>",
             '<meta name="description" content="{{ with .Description }}{{ . }}{{ end }}">',
             '<link rel="canonical" href="{{ .Permalink }}">'),
        head("<title>{{ page.title }}</title>",  # whatever its JSON-LD says already
             '<script type="application/ld+json">{"@type": "WebSite", "name": "N"}</script>',
             '<script type="application/ld+json">{"@type": "Article", "headline": "H"}</script>',
             '<meta property="og:title" content="{{ page.title }}">'),
    ],
)  # fmt: skip
def test_a_template_is_no_output(text: str) -> None:
    found = read(Source("layout.html", text))
    assert isinstance(found, NotAPage)
    assert "template" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        head("<title>How {{ x }} works in Jinja</title>", '<meta property="og:title" content="A">',
             '<meta property="og:url" content="https://x.example/">'),
        head("<title>A</title>", "<script>var a = {{b: 1}};</script>"),
        head("<title>A</title>", "<style>@media x{{a{b:c}}}</style>"),
        head("<title>A</title>", "<!-- {% comment %} -->"),
        "<!doctype html><title>A</title><p>{{ x }} in Jinja<p>{% if %}",
        head("<title>A</title>").replace("<body>", "<body><p>{% if x %}{{ y }}{% endif %}"),
        head("<title>A</title>", '<meta property="og:title" content="{{ page.title }}">',
             '<meta property="og:type" content="article">'),
    ],
)  # fmt: skip
def test_a_page_about_templates_is_one(text: str) -> None:
    assert isinstance(read(Source("templates/partials/a.html", text)), Page)


def test_a_partial_is_told_by_its_folder() -> None:
    found = read(Source("_includes/a.html", "<title>A</title><p>{{ x }}"))
    assert isinstance(found, NotAPage)
    assert found.reason == "it is a template in _includes"


def test_one_value_that_was_left_out_is_a_placeholder() -> None:
    text = head("<title>A</title>", '<meta property="og:title" content="{{ page.title }}">',
                '<meta property="og:type" content="article">')  # fmt: skip
    assert "OG020" in [p.code for p in ogcheck.check_text(text, "a.html")]


@pytest.mark.parametrize("text", ["", "<p>Text</p>", "<nav><a href=/>Home</a></nav>", "just text"])
def test_a_fragment_is_no_page(text: str) -> None:
    found = read(Source("a.html", text))
    assert isinstance(found, NotAPage)
    assert "fragment" in found.reason


def test_a_jekyll_page_is_read_by_its_front_matter() -> None:
    found = page("---\ntitle: Bridge\nog_title: Bridge\n---\n<h1>{{ page.title }}</h1>\n")
    assert found.html is None
    assert found.preset.name == "generic"
    assert pairs(found) == [("page:title", "Bridge"), ("og:title", "Bridge")]


def test_standard_input_is_told_by_its_content() -> None:
    data = head('<meta property="og:title" content="A">').encode()
    found = read(Source.from_bytes("<stdin>", data))
    assert isinstance(found, Page)
    assert pairs(found) == [("og:title", "A")]
    assert isinstance(read(Source.from_bytes("<stdin>", b"---\ntitle: A\n---\n")), Page)


def test_the_preset_of_a_site_s_sources_is_not_that_of_its_pages() -> None:
    found = read(Source("a.html", head("<title>A</title>")), Options(preset="release"))
    assert isinstance(found, Page)
    assert found.preset.name == "html"


def test_schemas_are_not_of_html() -> None:
    text = head("<title>A</title>")
    config = {"schemas": [{"files": ["*"], "schema": {"required": ["no-such"]}}]}
    codes = {p.code for p in ogcheck.check_text(text, "a.html", config=config)}
    assert not [c for c in codes if c.startswith(("SCH", "FM"))]


def test_what_is_said_of_front_matter_is_not_said_of_html() -> None:
    text = "\ufeff" + head("<title>12:30</title>", '<meta property="og:title" content="no">')
    codes = {p.code for p in ogcheck.check_text(text, "a.html")}
    assert not [c for c in codes if c.startswith(("SCH", "FM"))]


def test_a_headline_excuses_another_title() -> None:
    tags = ("<title>A day at the zoo</title>", '<meta property="og:title" content="Elephants">')
    (found,) = ogcheck.check_text(head(*tags), "a.html", config={"select": ["TXT001"]})
    assert found.severity == "warning"
    for further in (ld({"@type": "Article", "headline": "Elephants"}), "</head><h1>Elephants</h1>"):
        (found,) = ogcheck.check_text(head(*tags, further), "a.html", config={"select": ["TXT001"]})
        assert found.severity == "note"


def test_a_system_without_turbohtml_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "turbohtml", None)
    problems = ogcheck.check_text(head("<title>A</title>"), "a.html")
    assert [(p.code, p.line) for p in problems] == [("OGX004", 1)]
    assert "turbohtml" in problems[0].message


def test_soup_is_there_for_plugins() -> None:
    found = page(head("<title>A</title>"))
    assert found.soup.title.string == "A"
    assert page("---\ntitle: A\n---\n", "a.md").soup is None


# What platforms end up with


def test_what_platforms_see() -> None:
    found = page(
        head(
            "<title>Page</title>",
            '<meta name="og:title" content="By name">',
            '<meta name="twitter:title" content="X">',
            '<meta property="og:image" content=" ">',
            '<meta property="og:image:url" content="https://x.example/b.jpg">',
            '<link rel="canonical" href="https://x.example/a">',
            ld({"@type": "NewsArticle", "headline": "LD", "description": "LD text"}),
        )
    )

    def seen(what: str, platform: str) -> str | None:
        prop = found.seen(what, platform)
        return None if prop is None else prop.value

    assert seen("title", "X") == "X"
    assert seen("title", "Facebook") == "By name"
    assert seen("title", "Signal") == "Page"
    assert seen("title", "Misskey") == "X"
    assert seen("title", "Mastodon") == "LD"
    assert seen("description", "Mastodon") == "LD text"
    assert seen("description", "X") is None
    assert seen("image", "Facebook") == "https://x.example/b.jpg"
    assert seen("image", "Mastodon") is None
    assert seen("url", "Facebook") == "https://x.example/a"


@pytest.mark.parametrize(
    "data",
    [{"@graph": [{"@type": "NewsArticle", "headline": "LD"}]},
     {"@type": "BlogPosting", "headline": "LD"}],
)  # fmt: skip
def test_mastodon_reads_two_kinds_at_the_top(data: object) -> None:
    found = page(head("<title>Page</title>", ld(data)))
    assert found.seen("title", "Mastodon") is found.properties[0]


def test_every_platform_has_a_way_to_look() -> None:
    for platform in platforms.PLATFORMS:
        for what in ("title", "description", "image", "url"):
            for step in platforms.fallbacks(platform, what):
                assert step.name.partition(":")[0] in ("og", "twitter", "page", "ld")
    with pytest.raises(KeyError):
        platforms.fallbacks("Facebook", "colour")


# Writing


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ('<meta property="og:title" content="x">', 'a "b" \'c\' & d',
         '<meta property="og:title" content="a &quot;b&quot; \'c\' &amp; d">'),
        ("<meta property='og:title' content='x'>", "it's \"so\"",
         "<meta property='og:title' content='it&#39;s \"so\"'>"),
        ("<meta property=og:title content=x>", "a b", '<meta property=og:title content="a b">'),
        ("<meta property=og:title content=x />", "a", '<meta property=og:title content="a" />'),
        ("<meta content property=og:title>", "a", '<meta content="a" property=og:title>'),
        ("<meta property=og:title>", "a", '<meta property=og:title content="a">'),
        ("<meta content = property=og:title>", "a", None),
        ("<title>\n  x\n</title>", "a <b> & c", "<title>\n  a &lt;b> &amp; c\n</title>"),
        ("<title></title>", "a", "<title>a</title>"),
        ('<link rel="canonical" href="x">', "https://x.example/?a=1&b=2",
         '<link rel="canonical" href="https://x.example/?a=1&amp;b=2">'),
    ],
)  # fmt: skip
def test_a_value_is_replaced_in_its_own_quotes(tag: str, text: str, expected: str | None) -> None:
    found = page(head(tag))
    if expected is None:
        assert found.properties == []
        return
    assert applied(found, found.replace(found.properties[0], text)) == head(expected)


def test_parts_are_replaced_where_they_stand() -> None:
    tag = '<meta property="og:url" content="https://x.example/?a=1&amp;b=2&copy=3&amp;amp;d=4">'
    found = page(head(tag))
    prop = found.properties[0]
    at = prop.value.index("&amp;")
    edits = found.rewrite(prop, [(at, at + 5, "&")])
    assert not isinstance(edits, Refusal)
    (edit,) = edits
    assert applied(found, edit) == head(tag.replace("&amp;amp;d", "&amp;d"))


def test_json_ld_is_replaced_at_its_value_and_nowhere_else() -> None:
    """Its place was never asked for: the edit looks for it itself."""
    text = head(ld('{"@type":"Article", "name" : "n","headline":"x", "a":[1,{"b":"x"}]}'))
    found = page(text)
    headline = found.by_name["ld:headline"][0]
    edit = found.replace(headline, 'a "b" </script> <!-- é')
    new = applied(found, edit)
    assert new == text.replace('"headline":"x"',
                               '"headline":"a \\"b\\" <\\/script> \\u003c!-- é"')  # fmt: skip
    assert page(new).by_name["ld:headline"][0].value == 'a "b" </script> <!-- é'


@pytest.mark.parametrize(
    ("before", "name", "text", "after"),
    [
        (head('  <meta property="og:title" content="A">', "  <title>T</title>"), "og:url", "u&v",
         head('  <meta property="og:title" content="A">',
              '  <meta property="og:url" content="u&amp;v">', "  <title>T</title>")),
        (head("<meta property='og:title' content='A' />"), "og:type", "it's",
         head("<meta property='og:title' content='A' />",
              "<meta property='og:type' content='it&#39;s' />")),
        (head('<meta property="og:image" content="i">', '<meta property=og:image:width content=1>',
              '<meta property="og:url" content="u">'), "og:image:alt", "b",
         head('<meta property="og:image" content="i">', '<meta property=og:image:width content=1>',
              '<meta property="og:image:alt" content="b">',
              '<meta property="og:url" content="u">')),
        (head('<meta name="twitter:site" content="@a">', '<meta property="og:url" content="u">'),
         "twitter:card", "summary",
         head('<meta name="twitter:site" content="@a">',
              '<meta name="twitter:card" content="summary">',
              '<meta property="og:url" content="u">')),
        (head("<title>T</title>"), "twitter:card", "summary",
         head("<title>T</title>", '<meta name="twitter:card" content="summary">')),
        (head("<title>T</title>", '<link rel="icon" href="i">'), "page:canonical", "u",
         head("<title>T</title>", '<link rel="icon" href="i">', '<link rel="canonical" href="u">')),
        (head('<meta charset="utf-8">', '<meta name="a">'), "page:title", "a & b",
         head('<meta charset="utf-8">', "<title>a &amp; b</title>", '<meta name="a">')),
        (head("  <script></script>"), "page:description", "d",
         head('  <meta name="description" content="d">', "  <script></script>")),
        ("<html><head><meta name=a><p>", "og:url", "u",
         '<html><head><meta name=a><meta property="og:url" content="u"><p>'),
    ],
)  # fmt: skip
def test_a_property_is_added_where_a_person_would_put_it(
    before: str, name: str, text: str, after: str
) -> None:
    for newline in ("\n", "\r\n"):
        found = page(before.replace("\n", newline))
        new = applied(found, found.insert(name, text))
        assert new == after.replace("\n", newline)
        assert page(new).by_name[name][0].value == text


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("<p><title>T</title>", "og:url", "no head"),
        (head('<meta property="og:url" content="u">'), "og:url", "already"),
        (head("<title>T</title>"), "ld:headline", "a tag of its own"),
        (head("<title>T</title>"), "page:lang", "a tag of its own"),
        (head("<title>T</title>"), "og:nothing", "no property"),
    ],
)
def test_what_is_not_added_says_why(text: str, name: str, reason: str) -> None:
    refusal = page(text).insert(name, "x")
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_a_name_is_written_anew() -> None:
    found = page(head("<meta property='og:sitename' content=A>", "<meta name=a property=og:b>"))
    edit = found.rename(found.strays[0], "og:site_name")
    assert applied(found, edit) == head("<meta property='og:site_name' content=A>",
                                        "<meta name=a property=og:b>")  # fmt: skip
    assert isinstance(found.rename(found.strays[1], "og:type"), Refusal)


def test_a_list_in_one_value_becomes_tags() -> None:
    found = page(head('  <meta property="article:tag" content="a, b &amp; c">'))
    edit = found.divide(found.properties[0], ["a", "b & c"])
    tag = '  <meta property="article:tag" content="%s">'
    assert applied(found, edit) == head(tag % "a", tag % "b &amp; c")


def test_a_fix_reads_back_in_html() -> None:
    text = head("<title>A</title>", '<meta property="og:title" content="A">',
                '<meta property="og:image" content="https://x.example/b.jpg?a=1&amp;amp;b=2">'
                ).replace("\n", "\r\n")  # fmt: skip
    result = ogcheck.fix_text(text, "a.html")
    assert result.text == text.replace("&amp;amp;", "&amp;")
    assert result.refused == ()


# What holds for any page

PIECE = st.one_of(
    st.sampled_from(
        ['<meta property="og:title" content="', "<meta property='og:url' content='", '">', "'>",
         "<title>", "</title>", "<meta name=twitter:card content=", ">", "<html lang=en>", "<head>",
         "</head>", "<body>", "<!--", "-->", "<svg>", "</svg>", "<template>", "</template>",
         '<script type="application/ld+json">', "</script>", '{"@type":"Article","headline":"',
         '"}', "[{", "}]", '"image":', ",", "\\u00e9", "\\", "&amp;", "&copy=", "&#x41;", "&#0;",
         "&notin;", "\r\n", "\r", "\n", " ", "\t", "\f", "\0", "”", "😀", "é", "\ufeff", "<", "/",
         "=", '"', "'", "<noscript>", "</noscript>", "<img src=a>", "<table>", "<select>",
         "<frameset>", '<link rel="canonical" href="', "<meta http-equiv=refresh content='0;url=x'",
         "<plaintext>", "<math><title>", "content=x", "\ud800", "\udc80"]
    ),
    st.text(max_size=4),
)  # fmt: skip
TEXT = st.lists(PIECE, max_size=25).map("".join)


def _is_merged(prop: Property) -> bool:
    """The language of a second ``<html>``, which the tree gives to the first."""
    return isinstance(prop.node, AttributeNode) and prop.node.is_elsewhere


@moderately
@given(TEXT, st.booleans())
def test_any_text_reads_and_every_span_cuts_out_its_value(text: str, marked: bool) -> None:
    text = "<!doctype html>" + text
    found = read(Source.from_text("a.html", ("\ufeff" if marked else "") + text))
    if isinstance(found, NotAPage):
        return
    # A byte that is not UTF-8 reads as a character that says so.
    source = re.sub("[\ud800-\udfff]", "\ufffd", found.source.text)
    assert found.html is not None
    for prop in [*found.properties, *found.strays]:
        written = source[slice(*prop.span)]
        if prop.name.startswith("ld:"):
            loaded = json.loads(written)
            assert loaded == prop.value or not isinstance(loaded, str)
        elif prop.name == "page:title":
            assert html_text.collapsed(html_text.decode(written, attribute=False)) == prop.value
        else:
            assert html_text.decode(written, attribute=True) == prop.value or _is_merged(prop)
        offsets = prop.offsets
        if prop.kind == "string" and not _is_merged(prop):
            assert offsets is not None
            assert len(offsets) == len(prop.value)
            for start in range(len(offsets)):
                for end in range(start + 1, len(offsets) + 1):
                    wanted = (offsets[start][0], offsets[end - 1][1])
                    assert prop.span_of(start, end) == wanted
            assert all(prop.span.start <= a < b <= prop.span.end for a, b in offsets)
        assert source[slice(*prop.key_span)] or _is_merged(prop)
    for tag in [*found.html.metas, *found.html.links, *found.html.titles]:
        assert source[slice(*tag.span)].lower().startswith(f"<{tag.name}")
        for one in tag.attributes:
            assert tag.span.start < one.span.start <= one.value_span.start <= one.value_span.end
    ogcheck.check_text(source, "a.html")


def _values(found: Page, but: Property) -> list[tuple[str, str, str]]:
    return [(p.pointer, p.name, p.value) for p in found.properties if p.span != but.span]


SKELETON = st.sampled_from(
    [
        '<!doctype html>\n<html lang="en">\n<head>\n<title> A &amp; B </title>\n'
        "<meta property='og:title' name=\"twitter:title\" content='it&#39;s'>\n"
        '<meta property=og:type content=article>\n<meta property="og:url">\n'
        '<link rel="canonical" href="https://x.example/?a&amp;b">\n'
        '<script type="application/ld+json">\n{"@type": "Article", "headline": "a\\u00e9\\n",\n'
        ' "image": ["i", {"url": "j"}], "author": {"name": "n"}, "dateModified": null}\n'
        "</script>\n</head>\n<body><p>é😀</p></body>\n</html>\n",
    ]
)
NEW = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.text(st.sampled_from("ab \n\r\t\"'&;<>/\\#x0=copyamp-![]{}é😀\u2028"), max_size=14),
    st.sampled_from(["</script>", "<!--", "-->", "]]>", "&amp;", "&copy=", "<script>", "</title>"]),
)


@moderately
@given(SKELETON, NEW, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.data())
def test_any_value_can_be_given_to_any_property(
    text: str, new: str, newline: str, marked: bool, data: st.DataObject
) -> None:
    text = ("\ufeff" if marked else "") + text.replace("\n", newline)
    found = page(text)
    index = data.draw(st.integers(0, len(found.properties) - 1))
    prop = found.properties[index]  # its place was not asked for yet
    assume(prop.name != "ld:type")  # of another type it is not the page's own entity
    if prop.name == "page:title":
        new = html_text.collapsed(new)
    edit = found.replace(prop, new)
    assert not isinstance(edit, Refusal)
    changed = applied(found, edit)
    again = page(changed)
    assert again.properties[index].value == new
    assert _values(again, again.properties[index]) == _values(found, prop)
    span = prop.span
    assert changed.startswith(text[: span.start])
    assert changed.endswith(text[span.end :])


@moderately
@given(SKELETON, NEW, st.sampled_from(["\n", "\r\n"]), st.data())
def test_any_part_can_be_replaced(text: str, new: str, newline: str, data: st.DataObject) -> None:
    found = page(text.replace("\n", newline))
    index = data.draw(st.integers(0, len(found.properties) - 1))
    prop = found.properties[index]
    assume(prop.value and prop.name != "ld:type")
    start = data.draw(st.integers(0, len(prop.value) - 1))
    end = data.draw(st.integers(start + 1, len(prop.value)))
    value = prop.value[:start] + new + prop.value[end:]
    edits = found.rewrite(prop, [(start, end, new)])
    if isinstance(edits, Refusal):
        assert prop.name == "page:title"
        assert value != html_text.collapsed(value)
        return
    (edit,) = edits
    assert page(applied(found, edit)).properties[index].value == value


@moderately
@given(st.text(st.sampled_from("&#;xX019acopyltnotinAMP=\r\n\0 é"), max_size=12), st.booleans())
def test_references_are_decoded_as_turbohtml_decodes_them(text: str, attribute: bool) -> None:
    if attribute:
        found = turbohtml.parse(f'<p title="{text}">').find("p")
        assert found is not None
        theirs = found.attrs["title"]
    else:
        found = turbohtml.parse(f"<title>{text}</title>").find("title")
        assert found is not None
        theirs = found.text
    assert html_text.decode(text, attribute=attribute) == theirs
    assert len(html_text.offsets(text, 0, attribute=attribute)) == len(theirs)
