"""Names, values, repeats and placeholders of the protocol: each clause of their rules."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.fix import fix_text
from ogcheck.names import intended
from ogcheck.problem import Problem
from ogcheck.rules.examples import SITE, release_text


def found(text: str, code: str, config: dict[str, Any] | None = None) -> list[Problem]:
    problems = ogcheck.check_text(text, "a.md", config=config or {})
    # A rule that raises is no silence.
    return [p for p in problems if p.code in (code, "OGX001")]


def cut(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


def post(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Text.", ""])


def share(*lines: str) -> str:
    return post("og_title: Bridge closed", *lines)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("og:locale:alternative", "og:locale:alternate"),
        ("og:article:author", "article:author"),
        ("og:article:published", "article:published_time"),
        ("og:twitter:card", "twitter:card"),
        ("og:sitename", "og:site_name"),
        ("og:site", "og:site_name"),
        ("article:published", "article:published_time"),
        ("article:modified", "article:modified_time"),
        ("article:publish:date", "article:published_time"),
        ("article:tags", "article:tag"),
        ("og:descripton", "og:description"),
        ("og:imgae", "og:image"),
        ("og:image:widht", "og:image:width"),
        ("og:Site Name", "og:site_name"),
        ("og:image2", None),
        ("twitter:label4", None),
        ("twitter:image:credit", None),
        ("article:category", None),
        ("og:logo", None),
        ("og:date", None),
    ],
)
def test_what_a_name_is_a_slip_for(name: str, right: str | None) -> None:
    assert intended(name) == right


@pytest.mark.parametrize(
    ("line", "severity", "shown", "help"),
    [
        ("og_sitename: Northbridge", "warning", "og_sitename", "Write og:site_name."),
        ('"og:locale:alternative": cy_GB', "warning", "og:locale:alternative",
         "Write og:locale:alternate."),
        ("article: {publish_date: 2026-03-26}", "warning", "article:publish_date",
         "Write article:published_time."),
        ("og: {logo: a.png}", "note", "og:logo", "Leave it out"),
        ("twitter_mood: hopeful", "note", "twitter_mood", "Leave it out"),
    ],
)  # fmt: skip
def test_unknown_names(line: str, severity: str, shown: str, help: str) -> None:
    text = share(line)
    (problem,) = found(text, "OG011")
    assert str(problem.severity) == severity
    assert shown in problem.message
    assert (problem.help or "").startswith(help)
    assert problem.value == problem.property
    assert cut(text, problem) == line.rstrip("}").rpartition(": ")[0].rpartition("{")[2]


@pytest.mark.parametrize(
    "line", ["product_shape: round", "newsroom: {og: x}", "og_video_tag: a", "fb_page_id: '1'",
             "og_restrictions_age: '18'", "twitter_data3: x", "music_preview_url_type: audio/mpeg",
             "og_price_amount: '12'", "fb_article_style: default"]
)  # fmt: skip
def test_free_and_known_names(line: str) -> None:
    assert not found(share(line), "OG011")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("og_latitude: '51.5'", "Open Graph 1.0"),
        ("og_isbn: '9780306406157'", "Open Graph 1.0"),
        (f"twitter_image_src: {SITE}/a.jpg", "today's is twitter:image"),
    ],
)
def test_deprecated_names(line: str, says: str) -> None:
    (problem,) = found(share(line), "OG012")
    assert str(problem.severity) == "note"
    assert says in problem.message
    assert not found(share(line.partition(":")[0] + ": ''"), "OG012")


@pytest.mark.parametrize(
    ("line", "severity", "words"),
    [
        ("og_image_width: 1200px", "error", "Write 1200."),
        ("og_image_width: 0", "error", "above 0"),
        ("og_image_width: -5", "error", "above 0"),
        ("og_image_width: 1200.5", "error", "above 0"),
        ("og_image_width: true", "error", "above 0"),
        ("og_image_width: 1_200", None, ""),
        ("og_image_width: 1200.0", None, ""),
        ("og_image_type: jpg", "error", "Write image/jpeg."),
        ("og_determiner: der", "error", "a, an, the or auto"),
        ("og_determiner: ''", None, ""),
        ("book_isbn: 978-0-306-40615-8", "error", "would be 7"),
        ("book_isbn: '0804429571'", "error", "would be X"),
        ("og_price_amount: £12", "error", "Write 12."),
        ("og_price_amount: 12.50", None, ""),
        ("og_price_currency: gbp", "error", "Write GBP."),
        ("article_opinion: yes", None, ""),
        ("article_opinion: 'yes'", "error", "true or false"),
        ("article_content_tier: metred", "error", "Write metered."),
        ("payment_expires_at: soon", None, ""),  # DAT002 speaks
        ("book_author: Jane Doe", "error", "profile's URL"),
        ("article_author: Jane Doe", "note", "Pinterest"),
        ("article_author: '123456'", "note", "is an id"),
        ("article_publisher: Northbridge Police", "note", "Pinterest"),
        (f"article_author: {SITE}/people/jane/", None, ""),
        ("og_image_width: ''", None, ""),
        ("og_image_width: undefined", None, ""),
        ("og_image_width: '{{ width }}'", None, ""),
        ("article_published_time: soon", None, ""),  # DAT002
        ("og_type: websites", None, ""),  # OG014
        ("twitter_card: big", None, ""),  # TWC002
    ],
)
def test_values(line: str, severity: str | None, words: str) -> None:
    text = share(line)
    problems = found(text, "OG016")
    if severity is None:
        assert not problems
        return
    (problem,) = problems
    assert str(problem.severity) == severity
    assert words in f"{problem.message} {problem.help}"
    assert cut(text, problem) == line.partition(": ")[2]


def test_a_date_is_judged_where_the_rule_of_dates_is_off() -> None:
    (problem,) = found(share("payment_expires_at: soon"), "OG016", {"ignore": ["DAT002"]})
    assert "ISO 8601" in problem.message


@pytest.mark.parametrize(
    ("lines", "code", "names"),
    [
        (['"og:title": Bridge open'], "OG017", ["og:title"]),
        (['"og:title": BRIDGE   closed'], "OG018", ["og:title"]),
        (["og_type: article", '"og:type": website'], "OG017", ["og:type"]),
        ([f"og_url: {SITE}/a/", f'"og:url": {SITE}:443/a/'], "OG018", ["og:url"]),
        ([f"og_url: {SITE}/a/", f'"og:url": {SITE}/a'], "OG017", ["og:url"]),
        ([f"og_image: {SITE}/a.jpg", "og_image_width: 800", '"og:image:width": 900'], "OG017",
         ["og:image:width"]),
        ([f"og_image: {SITE}/a.jpg", f'"og:image": {SITE}/b.jpg', "og_image_width: 800",
          '"og:image:width": 900'], "", []),
        (['"og:title": ""'], "", []),
        (['"og:title": undefined'], "", []),
        ([f"og_image: {SITE}/a.jpg", f'"og:image": {SITE}/b.jpg'], "", []),
        (["article_tag: [a, a]", '"article:tag": a'], "", []),
        (["title: Bridge closed", "og_title: Bridge closed"], "", []),
    ],
)  # fmt: skip
def test_repeats(lines: list[str], code: str, names: list[str]) -> None:
    own = any(line.startswith("og_title") for line in lines)
    text = post(*lines) if own else share(*lines)
    problems = {c: [p.property for p in found(text, c)] for c in ("OG017", "OG018")}
    assert problems == {"OG017": [], "OG018": [], **({code: names} if code else {})}


def test_a_repeat_stands_at_the_value_that_does_not_count() -> None:
    text = share('"og:title": Bridge open', "openGraph: {title: Bridge gone}")
    (problem,) = found(text, "OG017")
    assert cut(text, problem) == "Bridge open"
    assert "“Bridge closed”" in problem.message
    related = [text[r.offset : r.end_offset] for r in problem.related]
    assert related == ["Bridge closed", "Bridge gone"]


@pytest.mark.parametrize(("kind", "code"), [("website", "OG017"), ("article", "OG018")])
def test_a_second_set_is_one_finding(kind: str, code: str) -> None:
    text = share("og_type: article", "og_locale: en_GB", '"og:title": Bridge closed',
                 f'"og:type": {kind}', '"og:locale": en_GB')  # fmt: skip
    problems = found(text, "OG017") + found(text, "OG018")
    assert [p.code for p in problems] == [code]
    assert problems[0].message.startswith("3 properties")
    assert len(problems[0].related) == 5


def test_two_doubled_properties_are_two_findings() -> None:
    text = share("og_type: article", '"og:title": Bridge open', '"og:type": article')
    assert [p.property for p in found(text, "OG017")] == ["og:title"]
    assert [p.property for p in found(text, "OG018")] == ["og:type"]


def test_an_address_for_a_site_name_is_said_once_where_it_is_the_title_too() -> None:
    address = "https://www.northbridge.example/"
    text = share(f"title: {address}", f"og_site_name: {address}").replace(
        "og_title: Bridge closed", f"og_title: {address}"
    )
    (problem,) = found(text, "OG022")
    assert "is an address" in problem.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (release_text({"og.video.width": "'1280'", "og.video.height": "'720'"}),
         [("og:video", "warning")]),
        (share("og_image:", f"  - url: {SITE}/a.jpg", f"  - url: {SITE}/b.jpg", "  - alt: Pier"),
         [("og:image:alt", "warning")]),
        (share("og_image:", f"  - url: {SITE}/a.jpg", "  - alt: Pier", "    width: 1200"),
         [("og:image:alt", "note")]),
        (share("og_image:", "  - alt: Pier", f"    url: {SITE}/a.jpg"), []),
        (share("og_image_alt: Pier", f"og_image_url: {SITE}/a.jpg"), []),
        (share("og_image_alt: Pier"), []),  # the template may name the image
        (share(f"og_image: [{SITE}/a.jpg, {SITE}/b.jpg]", "og_image_alt: Pier"), []),
        (release_text({"og.image.url": None}), []),  # OG002
    ],
)  # fmt: skip
def test_orphans(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.property, str(p.severity)) for p in found(text, "OG019")] == expected


def test_what_is_missing_is_said_for_the_orphans_it_leaves() -> None:
    codes = {
        p.code for p in ogcheck.check_text(release_text({"og.image.url": None}), "a.md", config={})
    }
    assert codes == {"OG002"}


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, []),
        ({"og.image.width": None}, ["og:image:width"]),
        ({"og.image.width": None, "og.image.height": None}, ["og:image:width and og:image:height"]),
        ({"og.image.width": "''"}, []),  # OG010
        ({"og.video.url": f"{SITE}/a.mp4"}, ["og:video:width and og:video:height"]),
        ({"draft": "true", "og.image.width": None}, []),
    ],
)
def test_sizes(change: dict[str, str | None], lacking: list[str]) -> None:
    problems = found(release_text(change), "OG008")
    assert [p.value for p in problems] == lacking
    assert {str(p.severity) for p in problems} <= {"note"}
    assert not found(share(f"og_image: {SITE}/a.jpg"), "OG008")


def test_an_empty_description_of_the_image_is_said_once() -> None:
    codes = [
        p.code for p in ogcheck.check_text(release_text({"og.image.alt": "''"}), "a.md", config={})
    ]
    assert codes == ["OG010"]


@pytest.mark.parametrize(
    ("lines", "spots"),
    [
        (["og_title: '{{ title }}'"], ["{{ title }}"]),
        (["title: '{{ title }}'", "og_title: Bridge"], []),  # its generator may fill it in
        (["title: PLACEHOLDER", "og_title: Bridge"], ["PLACEHOLDER"]),
        (["og_title: '{{ title }}'", "draft: true"], []),
        (["og_title: Bridge", "image: https://example.com/a.jpg"], ["example.com"]),
        (["og_title: Bridge", "og_url: https://example.com/a/"], []),
        (["og_title: Bridge", "fb_app_id: your-app-id"], ["your-app-id"]),
        (["og_title: Bridge", "twitter_creator: '@username'"], ["@username"]),
        (["og_title: Bridge", f"og_image: '{SITE}/${{file}}.jpg'"], ["${file}"]),
    ],
)
def test_leftover_placeholders(lines: list[str], spots: list[str]) -> None:
    text = post(*lines)
    problems = found(text, "OG020")
    assert [cut(text, p) for p in problems] == spots
    assert {str(p.severity) for p in problems} <= {"error"}


def test_in_a_release_markup_counts_everywhere() -> None:
    text = release_text({"title": "'{{ page.title }} | Northbridge Police'"})
    (problem,) = found(text, "OG020")
    assert problem.property == "page:title"
    assert cut(text, problem) == "{{ page.title }}"


@pytest.mark.parametrize(
    ("change", "config", "fires"),
    [
        ({"og.site.name": SITE}, {}, True),
        ({"og.site.name": "www.northbridge.example"}, {}, True),
        ({"og.site.name": "northbridge.example"}, {}, True),
        ({"og.site.name": "northbridge.example"}, {"site-name": "northbridge.example"}, False),
        ({"og.site.name": "northbridge.example",
          "title": "Man charged after harbour burglary | northbridge.example"}, {}, False),
        ({"og.site.name": "elsewhere.example"}, {}, False),
        ({"og.site.name": "Man charged after harbour burglary",
          "title": "Man charged after harbour burglary"}, {}, True),
        ({"og.site.name": "Northbridge Police", "og.title": "Northbridge Police"}, {}, False),
        ({"og.site.name": "''"}, {}, False),
    ],
)  # fmt: skip
def test_site_names(change: dict[str, str | None], config: dict[str, Any], fires: bool) -> None:
    assert bool(found(release_text(change), "OG022", config)) is fires


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("Burglary, Harbour, Northbridge", 3),
        ("burglary, harbour", 2),
        ("'#burglary,#harbour'", 2),
        ("Burglary, Harbour, ", 0),
        ("Paris, France", 0),
        ("Lock, Stock, and Barrel", 0),
        ("'1,200,000'", 0),
        ("[Burglary, Harbour, Theft]", 0),
        ("burglary", 0),
    ],
)
def test_lists_in_one_value(value: str, count: int) -> None:
    problems = found(release_text({"article.tag": value}), "OG023")
    assert len(problems) == bool(count)
    assert all(f"holds {count} tags" in p.message for p in problems)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("og: {sitename: N}", "og: {site_name: N}"),
        ("og:\n  site:\n    nam: N", "og:\n  site:\n    name: N"),
        ("og: {locale_alternative: cy_GB}", "og: {locale_alternate: cy_GB}"),
        ('og: {"sitename": N}', 'og: {"site_name": N}'),
        ("og_sitename: N", "og_site_name: N"),
        ("ogSitename: N", "ogSiteName: N"),
        ("og-sitename: N", "og-site-name: N"),
        ("'og:sitename': N", "'og:site_name': N"),
        ('"property=og:sitename": N', '"property=og:site_name": N'),
        ("og_article_author: J", "article_author: J"),
        ("article:\n  published: 2026-03-26 # by hand",
         "article:\n  published_time: 2026-03-26 # by hand"),
        ("head:\n  - property: og:sitename\n    content: N",
         "head:\n  - property: og:site_name\n    content: N"),
        ('head: [{name: "og:sitename", content: N}]', 'head: [{name: "og:site_name", content: N}]'),
        # It would have to stand below another key, or is there already.
        ("og: {article: {author: J}}", None),
        ("og_sitename: N\nog_site_name: N", None),
        ("og: &a {sitename: N}\ntwitter: *a", None),
    ],
)  # fmt: skip
def test_a_slip_is_given_its_right_name(before: str, after: str | None) -> None:
    text = post("og_title: Bridge closed", *before.split("\n"))
    result = fix_text(text, "a.md", config={"select": ["OG011"]}, unsafe=True)
    wanted = text if after is None else post("og_title: Bridge closed", *after.split("\n"))
    assert result.text == wanted
    assert result.refused == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("article_tag: burglary, harbour", "article_tag: [burglary, harbour]"),
        ("article: {tag: 'a: b, c, [d]'}", "article: {tag: ['a: b', c, '[d]']}"),
        ('article:\n  tag: "burglary, the harbour, x"  # two',
         "article:\n  tag: [burglary, the harbour, x]  # two"),
        ("article_tag:\n  - burglary, harbour, x", None),
        ("article_tag: >\n  burglary, harbour,\n  x", None),
        ("a: &t burglary, harbour, x\narticle_tag: *t", None),
    ],
)  # fmt: skip
def test_tags_are_divided(before: str, after: str | None) -> None:
    text = post("og_title: Bridge closed", *before.split("\n"))
    config = {"select": ["OG023"]}
    assert any(p.code == "OG023" for p in ogcheck.check_text(text, "a.md", config=config))
    result = fix_text(text, "a.md", config=config, unsafe=True)
    wanted = text if after is None else post("og_title: Bridge closed", *after.split("\n"))
    assert result.text == wanted


def test_a_tag_of_a_list_that_nobody_knows_is_found_at_its_name() -> None:
    text = post("head:", "  - property: og:sitename", "    content: Northbridge")
    (problem,) = found(text, "OG011")
    assert cut(text, problem) == "og:sitename"


def test_a_headline_for_the_sites_name_makes_no_other_title() -> None:
    text = release_text(
        {"og.site.name": "Man charged after harbour burglary",
         "title": "Man charged after harbour burglary | Northbridge Police"}
    )  # fmt: skip
    codes = [p.code for p in ogcheck.check_text(text, "a.md", config={})]
    assert "OG022" in codes
    assert "TXT001" not in codes


def test_an_og_title_that_is_the_sites_name_is_another_title() -> None:
    text = release_text(
        {"og.site.name": "Northbridge Police", "og.title": "Northbridge Police",
         "title": "Man charged after harbour burglary | Northbridge Police"}
    )  # fmt: skip
    assert "TXT001" in [p.code for p in ogcheck.check_text(text, "a.md", config={})]


def test_properties_of_two_types_have_no_fix() -> None:
    lines = ("og_type: article", "article_published_time: 2026-03-26",
             "music_release_date: 2026-03-26")  # fmt: skip
    (problem,) = found(share(*lines), "OG015")
    assert (problem.property, problem.fix) == ("music:release_date", None)
    assert problem.help == "Change og:type to music.album, or remove the property."
    (problem,) = found(share("og_type: website", *lines[1:2]), "OG015")
    assert problem.fix is not None
    assert [edit.text for edit in problem.fix.edits] == ["article"]
