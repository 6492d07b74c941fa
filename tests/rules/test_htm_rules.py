"""Where and how metadata stands in an HTML page: each clause of the rules, and their traps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ogcheck
from ogcheck.api import make_checker
from ogcheck.fix import fix_text
from ogcheck.problem import Problem
from ogcheck.rules.examples import ADDRESS, SITE, TAGS, built_text
from ogcheck.source import Source
from ogcheck.testing import NOW

Change = dict[str, str | None]
OG_TITLE = "Man charged after harbour burglary"


def found(text: str, code: str, **config: Any) -> list[Problem]:
    settings = {"extend-select": [code], **config}
    problems = ogcheck.check_text(text, "news.html", config=settings)
    # A rule that raises is no silence.
    return [p for p in problems if p.code in (code, "OGX001")]


def one(text: str, code: str, **config: Any) -> Problem:
    (problem,) = found(text, code, **config)
    return problem


def part(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


def fixed(text: str, code: str) -> str:
    return fix_text(text, "news.html", config={"select": [code]}, notes=True).text


def checked(data: bytes) -> list[Problem]:
    """What is found in a file of these bytes."""
    path = Path("news.html")
    source = Source.from_bytes(str(path), data)
    return make_checker(Path.cwd(), {}, NOW).check(source, path.absolute()).problems


# HTM001


@pytest.mark.parametrize(
    ("name", "tag", "severity", "underlined"),
    [
        ("og:title", f'<meta name="og:title" content="{OG_TITLE}">', "warning", 'name="og:title"'),
        ("og:title", f"<META NAME=og:title CONTENT='{OG_TITLE}'>", "warning", "NAME=og:title"),
        ("og:title", f'<meta itemprop="og:title" content="{OG_TITLE}">', "warning",
         'itemprop="og:title"'),
        ("article:published_time",
         '<meta name="article:published_time" content="2026-03-26T09:26:00+00:00">', "note",
         'name="article:published_time"'),
        ("twitter:card", '<meta property="twitter:card" content="summary">', "note",
         'property="twitter:card"'),
    ],
)  # fmt: skip
def test_a_name_in_another_attribute(name: str, tag: str, severity: str, underlined: str) -> None:
    text = built_text({name: tag})
    problem = one(text, "HTM001")
    assert (str(problem.severity), part(text, problem)) == (severity, underlined)
    assert problem.property == name
    assert found(fixed(text, "HTM001"), "HTM001") == []


def test_a_name_is_moved_and_nothing_else() -> None:
    text = built_text({"og:title": f'<meta  name = "og:title"  content="{OG_TITLE}" >'})
    assert fixed(text, "HTM001") == text.replace('name = "og:title"', 'property = "og:title"')


def test_several_names_are_one_finding() -> None:
    text = built_text(
        {
            name: str(TAGS[name]).replace("property", "name")
            for name in ("og:title", "og:type", "og:url")
        }
    )
    problem = one(text, "HTM001")
    assert problem.message.startswith("og:title, og:type and og:url are named in name=: Signal")
    assert [r.message for r in problem.related] == ["og:type", "og:url"]
    assert fixed(text, "HTM001") == built_text()


@pytest.mark.parametrize(
    "tag",
    [
        f'<meta name="twitter:title" property="og:title" content="{OG_TITLE}">',
        f'<meta itemprop="name" property="og:title" content="{OG_TITLE}">',
        f'<meta property="og:title" content="{OG_TITLE}">'
        f'<meta name="og:title" content="{OG_TITLE}">',
        f'<meta property="og:title twitter:title" content="{OG_TITLE}"><meta name="twitter:title" '
        f'content="{OG_TITLE}">',
    ],
)
def test_a_name_in_both_attributes_is_right(tag: str) -> None:
    assert found(built_text({"og:title": tag}), "HTM001") == []


def test_a_value_in_another_attribute() -> None:
    text = built_text({"og:type": '<meta property="og:type" value="article">'})
    problem = one(text, "HTM001")
    assert part(text, problem) == 'value="article"'
    assert problem.severity == "warning"
    codes = {p.code for p in ogcheck.check_text(text, "news.html", config={})}
    assert not codes & {"OG010", "OG004"}  # what follows is not said
    assert fixed(text, "HTM001") == built_text()


def test_a_page_in_another_encoding_is_not_fixed() -> None:
    text = built_text({"charset": '<meta charset="windows-1252">',
                       "og:title": '<meta name="og:title" content="Café">'})  # fmt: skip
    (problem,) = [p for p in checked(text.encode("cp1252")) if p.code == "HTM001"]
    assert problem.fix is None
    assert one(text, "HTM001").fix is not None


# HTM002


@pytest.mark.parametrize(
    ("closing", "name"),
    [("<img src=a.gif>", "<img>"), ("<div></div>", "<div>"), ("<iframe></iframe>", "<iframe>"),
     ("Hello", "a text"), ("<p>", "<p>"), ("<custom-tag></custom-tag>", "<custom-tag>")],
)  # fmt: skip
def test_what_closes_a_head_is_named(closing: str, name: str) -> None:
    text = built_text({"og:url": closing + str(TAGS["og:url"])})
    problem = one(text, "HTM002")
    line = text[: text.index(closing)].count("\n") + 1
    assert f"because {name} on line {line} closes the head" in problem.message
    assert problem.property == "og:url"
    assert part(text, problem) == TAGS["og:url"]
    assert problem.severity == "warning"
    assert problem.related[0].message == f"{name} closes the head"


def test_a_canonical_in_the_body_is_an_error() -> None:
    text = built_text({"og:type": "<div></div>" + str(TAGS["og:type"]), "canonical": None},
                      last=str(TAGS["canonical"]))  # fmt: skip
    problem = one(text, "HTM002")
    assert (str(problem.severity), part(text, problem)) == ("error", TAGS["canonical"])


@pytest.mark.parametrize(
    "inside",
    [
        "<noscript><img src=a.gif></noscript>", "<!-- <img src=a.gif> -->",
        "<template><div></div></template>", "<style>img {}</style>", "<script>'<div>'</script>",
        "<base href=/>", "  ",
    ],
)  # fmt: skip
def test_what_closes_no_head(inside: str) -> None:
    assert found(built_text(first=inside), "HTM002") == []


@pytest.mark.parametrize(
    "body",
    [
        f"<noscript>{TAGS['og:title']}</noscript>", f"<template>{TAGS['og:title']}</template>",
        f"<!-- {TAGS['og:title']} -->", f"<svg>{TAGS['title']}</svg>",
        '<div itemscope><meta itemprop="name" content="x"></div>',
        str(TAGS["og:title"]),  # it stands in the head, too
    ],
)  # fmt: skip
def test_what_is_no_metadata_in_a_body(body: str) -> None:
    assert found(built_text(body=body), "HTM002") == []


# HTM003


def test_metadata_that_is_too_far_into_the_page() -> None:
    style = f"<style>/*{'x' * 600_000}*/</style>"
    text = built_text({"og:image": style + str(TAGS["og:image"])})
    problem = one(text, "HTM003")
    assert (str(problem.severity), part(text, problem)) == ("warning", TAGS["og:image"])
    assert "WhatsApp (300,000) and Facebook (524,288)" in problem.message
    assert problem.property == "og:image"
    assert "og:title" not in problem.message  # which stands before


def test_only_who_does_not_read_that_tag_is_named() -> None:
    images = "".join(
        f'<meta property="og:image" content="{SITE}/{number:03}{"x" * 10_000}.jpg">'
        for number in range(60)
    )
    message = one(built_text(last=images), "HTM003").message
    assert "WhatsApp (300,000)." in message
    assert "Facebook" not in message


def test_bytes_are_counted_and_not_characters() -> None:
    text = built_text({"og:image": f"<style>/*{'ü' * 160_000}*/</style>" + str(TAGS["og:image"])})
    assert "WhatsApp" in one(text, "HTM003").message
    ascii_text = text.replace("ü", "u")
    assert str(one(ascii_text, "HTM003").severity) == "note"  # Slack alone


def test_what_a_card_does_not_need_may_stand_late() -> None:
    text = built_text(last=f"<style>/*{'x' * 600_000}*/</style><meta property=fb:app_id content=1>")
    assert found(text, "HTM003") == []


# HTM004

CAFE: Change = {
    "title": "<title>Café closed</title>",
    "og:title": '<meta property="og:title" content="Café closed">',
}


@pytest.mark.parametrize(
    ("change", "last", "severity"),
    [
        ({**CAFE, "charset": None}, '<meta charset="utf-8">', "warning"),
        ({**CAFE, "charset": None},
         '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "warning"),
        ({"charset": None}, '<meta charset="utf-8">', "note"),
        ({**CAFE, "charset": None}, "", "note"),
        ({"charset": None}, "", None),
        (CAFE, "", None),
        ({"charset": None, "title": "<title>Caf&eacute; closed</title>",
          "og:title": '<meta property="og:title" content="Caf&eacute; closed">'},
         '<meta charset="utf-8">', "note"),
    ],
)  # fmt: skip
def test_an_encoding_that_is_declared_late(change: Change, last: str, severity: str | None) -> None:
    problems = found(built_text(change, last=last), "HTM004")
    assert [str(p.severity) for p in problems] == ([] if severity is None else [severity])


def test_a_byte_order_mark_declares_it_first() -> None:
    text = built_text({**CAFE, "charset": None}, last='<meta charset="utf-8">')
    assert "HTM004" in {p.code for p in checked(text.encode())}
    assert "HTM004" not in {p.code for p in checked(text.encode("utf-8-sig"))}


# HTM005–HTM008, HTM012


@pytest.mark.parametrize(
    ("second", "severity"),
    [
        (f'<link rel="canonical" href="{SITE}/another/">', "error"),
        (f'<link rel="canonical" href="{ADDRESS}">', "note"),
        (f'<link rel=canonical href="{ADDRESS.replace("https", "HTTPS")}">', "note"),
        (f'<link rel="alternate" href="{SITE}/another/">', None),
        (f'<template><link rel="canonical" href="{SITE}/another/"></template>', None),
    ],
)
def test_several_canonical_links(second: str, severity: str | None) -> None:
    text = built_text(last=second)
    problems = found(text, "HTM005")
    assert [str(p.severity) for p in problems] == ([] if severity is None else [severity])
    for problem in problems:
        assert problem.offset > text.index(second)
        assert problem.related[0].message == "the first"


def test_two_titles() -> None:
    text = built_text(last="<title>Another</title>")
    problem = one(text, "HTM006")
    assert part(text, problem) == "<title>"
    assert "“Another”" in problem.message
    assert found(built_text(last=str(TAGS["title"])), "HTM006") == []
    assert found(built_text(body="<svg><title>A map</title></svg>"), "HTM006") == []


@pytest.mark.parametrize(
    "attribute", ["hreflang=en", 'media="print"', "lang=en", 'type="text/html"']
)
def test_a_canonical_link_that_google_ignores(attribute: str) -> None:
    text = built_text({"canonical": f'<link rel="canonical" {attribute} href="{ADDRESS}">'})
    assert part(text, one(text, "HTM007")) == attribute


@pytest.mark.parametrize(
    ("change", "first", "speaks"),
    [
        ({"title": None}, "", True),
        ({"title": "<svg><title>A map</title></svg>"}, "", True),
        ({"title": None}, '<meta name="robots" content="noindex">', False),
        ({"title": None}, '<meta http-equiv="refresh" content="0; url=/a">', False),
        ({"title": None}, '<meta http-equiv="refresh" content="60">', True),  # a mere reload
    ],
)
def test_a_missing_title(change: Change, first: str, speaks: bool) -> None:
    text = built_text(change, first=first)
    problems = found(text, "HTM008")
    assert bool(problems) is speaks
    if speaks:
        assert part(text, problems[0]) == "<head>"


def test_a_page_without_an_address_of_its_own() -> None:
    text = built_text({"canonical": None, "og:url": None})
    assert part(text, one(text, "HTM012")) == "<head>"
    assert found(built_text({"canonical": None}), "HTM012") == []
    assert "HTM012" not in {p.code for p in ogcheck.check_text(text, "news.html", config={})}


# HTM009, HTM010


@pytest.mark.parametrize(
    ("tag", "underlined", "mended"),
    [
        ("<meta property=\"og:title\" content=”Man charged”>", "”Man charged”",
         '<meta property="og:title" content="Man charged">'),
        ("<meta property=”og:title” content=“Man charged”>", "”og:title”",
         '<meta property="og:title" content="Man charged">'),
    ],
)  # fmt: skip
def test_curly_quotes(tag: str, underlined: str, mended: str) -> None:
    text = built_text({"og:title": tag})
    problem = one(text, "HTM009")
    assert (part(text, problem), str(problem.severity)) == (underlined, "error")
    assert problem.property == "og:title"
    assert fixed(text, "HTM009") == text.replace(tag, mended)
    codes = [p.code for p in ogcheck.check_text(text, "news.html", config={})]
    assert codes == ["HTM009"]  # what follows is not said


def test_curly_quotes_in_the_body_and_around_straight_ones() -> None:
    tag = "<meta property=”og:title” content=“Man charged”>"
    text = built_text({"og:title": None}, body=tag)
    assert part(text, one(text, "HTM009")) == "”og:title”"
    # Straight marks in the value would end it.
    text = built_text({"og:title": '<meta property="og:title" content=“The "4x4" taken”>'})
    assert one(text, "HTM009").fix is None


def test_curly_quotes_inside_straight_ones_are_text() -> None:
    text = built_text({"og:title": '<meta property="og:title" content="“4x4” taken">'})
    assert found(text, "HTM009") == []


def test_a_missing_prefix() -> None:
    text = built_text()
    assert part(text, one(text, "HTM010")) == '<html lang="en-GB">'
    assert fixed(text, "HTM010") == text.replace(
        '<html lang="en-GB">', '<html lang="en-GB" prefix="og: https://ogp.me/ns#">'
    )
    on_head = text.replace("<head>", '<head prefix="og: http://ogp.me/ns#">')
    assert found(on_head, "HTM010") == []
    assert "HTM010" not in {p.code for p in ogcheck.check_text(text, "news.html", config={})}


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ('prefix="article: https://ogp.me/ns/article#"',
         'prefix="og: https://ogp.me/ns# article: https://ogp.me/ns/article#"'),
        ("prefix='fb: https://ogp.me/ns/fb#'",
         "prefix='og: https://ogp.me/ns# fb: https://ogp.me/ns/fb#'"),
        ('prefix=""', 'prefix="og: https://ogp.me/ns#"'),
        ("prefix", 'prefix="og: https://ogp.me/ns#"'),
        ("prefix=x", 'prefix="og: https://ogp.me/ns# x"'),
    ],
)  # fmt: skip
def test_a_prefix_goes_beside_others(written: str, mended: str) -> None:
    text = built_text().replace('lang="en-GB"', f'{written} lang="en-GB"')
    assert fixed(text, "HTM010") == text.replace(written, mended)


# TXT017, in HTML


@pytest.mark.parametrize(
    ("tag", "lost"),
    [
        ('<meta property="og:title" content="Man says "no" to plan">', 'no" to plan"'),
        ("<meta property='og:title' content='It's open'>", "s open'"),
        ('<meta property="og:title" content="Man says" data-x="1" @click="a" id=b>', None),
    ],
)
def test_a_value_that_a_quotation_mark_cuts(tag: str, lost: str | None) -> None:
    problems = found(built_text({"og:title": tag}), "TXT017")
    assert bool(problems) is (lost is not None)
    if lost is not None:
        assert f"“{lost}” is lost" in problems[0].message


# No rule about markup is called for front matter.


def test_front_matter_has_no_markup() -> None:
    text = "---\nog_title: Bridge closed\n---\n<title>A</title><title>B</title>\n"
    problems = ogcheck.check_text(text, "a.md", config={"select": ["HTM", "LD"]})
    assert problems == []
