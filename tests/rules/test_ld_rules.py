"""JSON-LD: whether it parses, and whether it says what the page says."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.problem import Problem
from ogcheck.rules.examples import ADDRESS, SITE, built_text

HEADLINE = "Man charged after harbour burglary"


def page(json: str, **change: str | None) -> str:
    script = f'<script type="application/ld+json">{json}</script>'
    return built_text(change, last=script)


def article(members: str, kind: str = "NewsArticle") -> str:
    return page(f'{{"@context": "https://schema.org", "@type": "{kind}", {members}}}')


def found(text: str, code: str, **config: Any) -> list[Problem]:
    problems = ogcheck.check_text(text, "news.html", config=config)
    # A rule that raises is no silence.
    return [p for p in problems if p.code in (code, "OGX001")]


def part(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


@pytest.mark.parametrize(
    ("json", "underlined", "said"),
    [
        ('{"a": 1,}', "}", "a comma has nothing behind it"),
        ('{"a": [1, ]}', "]", "a comma has nothing behind it"),
        ('{"a": 1, // one\n"b": 2}', "/", "a comment stands in it"),
        ('{/* a */ "a": 1}', "/", "a comment stands in it"),
        ('{"a": "one\ntwo"}', "\n", "a line break stands inside a string"),
        ('{"a": "one\ttwo"}', "\t", "a tab stands inside a string"),
        ("{'a': 1}", "'", "' stands where \" belongs"),
        ('{“a”: 1}', "“", "“ stands where \" belongs"),
        ('{a: 1}', "a", "a key has no quotation marks"),
        ('{"a": }', "}", "a value is missing"),
        ('{"a" 1}', "1", "a key has no colon behind it"),
        ('{"a": "say "no""}', "n", "a comma is missing, or a quotation mark inside a string"),
        ('{"a": 1} {"b": 2}', "{", "something stands behind its end"),
        (r'{"a": "\x41"}', "\\", "a backslash escapes what JSON does not escape"),
        ("{&quot;a&quot;: 1}", "&", "its quotation marks are written as &quot;"),
        ('{"a": {{ page.title }}}', "{", "template code is left in it"),
        ('{"a": NaN}', None, "NaN is no JSON"),
        ("", None, "it is empty"),
        ('{"a": "never', None, "a string is never closed"),
    ],
)  # fmt: skip
def test_json_that_does_not_parse(json: str, underlined: str | None, said: str) -> None:
    text = page(json)
    (problem,) = found(text, "LD001")
    assert said in problem.message
    assert problem.severity == "warning"
    if underlined is not None:
        assert part(text, problem) == underlined
        assert text.index("ld+json") < problem.offset


@pytest.mark.parametrize(
    "json",
    ['<![CDATA[{"a": 1}]]>', '/*<![CDATA[*/{"a": 1}/*]]>*/', '//<![CDATA[\n{"a": 1}\n//]]>',
     '<!-- {"a": 1} -->'],
)  # fmt: skip
def test_json_that_is_wrapped_is_a_note(json: str) -> None:
    (problem,) = found(page(json), "LD001")
    assert problem.severity == "note"


@pytest.mark.parametrize(
    "script",
    [
        '<script type="text/x-template">{,}</script>',
        "<script>{,}</script>",
        '<template><script type="application/ld+json">{,}</script></template>',
    ],
)
def test_only_json_ld_is_read(script: str) -> None:
    assert found(built_text(last=script), "LD001") == []


@pytest.mark.parametrize(
    ("headline", "speaks"),
    [
        ("Two women charged over fraud", True),
        (HEADLINE, False),
        (f"{HEADLINE} | Northbridge Police", False),
        ("Man charged after harbour…", False),
        ("MAN CHARGED after harbour burglary", False),
        ("Man charged after harbour burglary - NewsㅣNorthbridge", False),
        ("", False),
    ],
)
def test_another_headline(headline: str, speaks: bool) -> None:
    assert bool(found(article(f'"headline": "{headline}"'), "LD002")) is speaks


def test_a_headline_beside_another_title_is_not_said_again() -> None:
    text = page(
        '{"@type": "NewsArticle", "headline": "Two women charged over fraud"}',
        title="<title>Two women charged over fraud</title>",
    )
    assert found(text, "TXT001") != []
    assert found(text, "LD002") == []


@pytest.mark.parametrize(
    ("image", "speaks"),
    [
        (f'"{SITE}/media/town-hall.jpg"', True),
        (f'{{"@type": "ImageObject", "url": "{SITE}/media/town-hall.jpg"}}', True),
        (f'"{SITE}/media/harbour-workshops.jpg"', False),
        ('"https://cdn.northbridge.example/x/harbour-workshops-600x400.jpg?w=600"', False),
        (f'["{SITE}/media/town-hall.jpg", "{SITE}/media/harbour-workshops_large.jpg"]', False),
        ('"/media/town-hall.jpg"', False),  # relative: what it is, nobody knows
    ],
)
def test_other_images(image: str, speaks: bool) -> None:
    assert bool(found(article(f'"image": {image}'), "LD004")) is speaks


@pytest.mark.parametrize(
    ("members", "speaks"),
    [
        (f'"url": "{SITE}/news/another-page/"', True),
        (f'"mainEntityOfPage": {{"@type": "WebPage", "@id": "{SITE}/news/another-page/"}}', True),
        (f'"url": "{ADDRESS}"', False),
        (f'"url": "{ADDRESS.replace("https://www.", "http://")}"', False),  # another form
        (f'"url": "{ADDRESS}#article"', False),
        (f'"url": "{ADDRESS}page/2/"', False),
        ('"url": "https://partner.example/news/another-page/"', False),
        ('"mainEntityOfPage": true', False),
        ('"mainEntityOfPage": ""', False),
    ],
)
def test_another_address(members: str, speaks: bool) -> None:
    problems = found(article(members), "LD005")
    assert bool(problems) is speaks
    if speaks:
        assert problems[0].help == f"Write {ADDRESS}, if that is the page's address."


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ('"By Jane Doe"', "begins with By"),
        ('"by: Jane Doe"', "begins with by:"),
        ('"Von Jana Roe"', "begins with Von"),
        (f'"{SITE}/authors/jane/"', "is an address, and no name"),
        ('"www.northbridge.example"', "is an address, and no name"),
        ('{"name": "Jane Doe and John Roe"}', "is 2 names in one"),
        ('"Jane Doe, John Roe & Mary Major"', "is 3 names in one"),
        ('[2026, "By Jane Doe"]', "begins with By"),
        ('["Jane Doe", "John Roe"]', None),
        ('"Jane Doe, PhD"', None),
        ('"Doe, Jane"', None),
        ('"Northbridge Police and Fire Service"', None),
        ('"Bythesea Rowing Club"', None),
        ('"Byron Hall"', None),
        ('""', None),
        ("null", None),
    ],
)
def test_an_author_that_is_no_name(author: str, said: str | None) -> None:
    problems = found(article(f'"author": {author}'), "LD006")
    assert bool(problems) is (said is not None)
    if said is not None:
        assert said in problems[0].message


def test_other_entities_are_not_the_page() -> None:
    text = page(
        '{"@graph": [{"@type": "Organization", "name": "By Jane Doe", "url": "'
        f'{SITE}/another/"}}, {{"@type": "NewsArticle", "headline": "{HEADLINE}", '
        '"datePublished": "2026-03-26", "comment": {"@type": "Comment", "author": "By Jane Doe", '
        '"datePublished": "2020-01-01"}}]}'
    )
    codes = {p.code for p in ogcheck.check_text(text, "news.html", config={})}
    assert codes == set()


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2026-03-20", "DAT008"),
        ("26 March 2026", "DAT002"),
        ("2026-02-30", "DAT005"),
        ("2026-03-26T09:26:00+02:00", "DAT011"),
    ],
)
def test_dates_of_the_article_are_dates_of_the_page(date: str, code: str) -> None:
    text = article(f'"datePublished": "{date}"')
    assert code in {p.code for p in ogcheck.check_text(text, "news.html", config={})}
