"""Locales and X cards: each clause of their rules, and what their fixes leave in the file."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.problem import Problem
from ogcheck.rules.examples import release_text
from ogcheck.testing import NOW

BRITISH = {"locale": "en_GB"}
Change = dict[str, str | None]


def found(text: str, code: str, config: dict[str, Any] | None = None) -> list[Problem]:
    problems = ogcheck.check_text(text, "a.md", config=config or {}, now=NOW)
    # A rule that raises is no silence.
    return [p for p in problems if p.code in (code, "OGX001")]


def codes(text: str, config: dict[str, Any] | None = None) -> list[str]:
    return [p.code for p in ogcheck.check_text(text, "a.md", config=config or {}, now=NOW)]


def post(*lines: str) -> str:
    return "\n".join(["---", "title: Bridge closed", *lines, "---", "", "Text.", ""])


@pytest.mark.parametrize(
    ("value", "says", "written"),
    [
        ("en-GB", "has a hyphen", "en_GB"),
        ("en-gb", "has a hyphen where platforms read an underscore, and the wrong letter case",
         "en_GB"),
        ("en_gb", "is in the wrong letter case", "en_GB"),
        ("EN_GB", "is in the wrong letter case", "en_GB"),
        ("en_UK", "says UK, which is no territory's code", "en_GB"),
        ("en-uk", "says UK, which is no territory's code", "en_GB"),
        ("uk_UK", "says UK, which is no territory's code", None),
        ("fr_FR.UTF-8", "says more than platforms read", "fr_FR"),
        ("en", "names no territory", None),
        ("English", "is no locale", None),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_locale(value: str, says: str, written: str | None) -> None:
    text = post(f"og_locale: {value}")
    (problem,) = found(text, "LOC001")
    assert f"og:locale “{value}” {says}" in problem.message
    assert codes(text) == ["LOC001"]
    assert (problem.fix is None) == (written is None)
    if written is not None:
        assert problem.fix is not None
        assert problem.fix.safe
        result = ogcheck.fix_text(text, "a.md", config={"select": ["LOC001"]})
        assert f"og_locale: {written}\n" in result.text


@pytest.mark.parametrize(
    ("lines", "config", "help"),
    [
        (["og_locale: en_CA"], {},
         "For Facebook, write en_GB or en_IN or en_US; other readers take either."),
        (["og_locale: de_DE", "og_locale_alternate: [de_AT]"], {},
         "For Facebook, write de_DE; other readers take either."),
        (["og_locale: gd_GB"], {},
         "Facebook has no locale for this language; other readers may know it."),
        (["og_locale: en_CA"], {"locale": "en_CA"}, None),
        (["og_locale: en_CA"], {"platforms": ["X"]}, None),
        (["og_locale: ar_AR", "og_locale_alternate: [es_LA]"], {}, None),
    ],
)  # fmt: skip
def test_what_facebook_does_not_know(
    lines: list[str], config: dict[str, Any], help: str | None
) -> None:
    problems = found(post(*lines), "LOC002", config)
    assert [p.help for p in problems] == ([] if help is None else [help])
    assert all(str(p.severity) == "note" for p in problems)


@pytest.mark.parametrize(
    ("locale", "lang", "fires"),
    [
        ("en_US", "de", True), ("en_GB", "cy", True), ("da_DK", "'no'", True),
        ("nb_NO", "'no'", False), ("nb_NO", "no", False), ("nn_NO", "nb", False),
        ("en_GB", "en-US", False), ("en_GB", "English", False), ("en_GB", "und", False),
        ("zh_TW", "zh-Hant", False), ("en_GB", "eng", False), ("en_GB", "''", False),
        ("en_GB", "", False),
    ],
)  # fmt: skip
def test_the_pages_language(locale: str, lang: str, fires: bool) -> None:
    problems = found(post(f"og_locale: {locale}", f"lang: {lang}"), "LOC003")
    assert bool(problems) is fires
    assert all(len(p.related) == 1 for p in problems)


@pytest.mark.parametrize(
    ("alternates", "count"),
    [("[cy_GB, en_GB]", 1), ("[en-gb]", 0), ("en_GB", 1), ("[cy_GB]", 0)],
)
def test_alternates_that_repeat_the_locale(alternates: str, count: int) -> None:
    text = post("og_locale: en_GB", f"og_locale_alternate: {alternates}")
    assert len(found(text, "LOC004")) == count


@pytest.mark.parametrize(
    ("lines", "safe"),
    [
        (["og_locale: en_US"], True),
        (["og_locale: en_CA"], True),
        (["og_locale: cy_GB"], False),
        (["og_locale: cy_GB", "lang: en"], False),
        (["og_locale: en_US", "lang: en"], True),
        (["og_locale: cy_GB", "lang: cy"], None),
        (["og_locale: en_GB", "lang: en"], None),
    ],
)
def test_the_sites_locale(lines: list[str], safe: bool | None) -> None:
    text = post(*lines)
    problems = found(text, "LOC005", BRITISH)
    assert len(problems) == (safe is not None)
    if safe is None:
        return
    (problem,) = problems
    assert codes(text, BRITISH) == ["LOC005"]  # and LOC002, LOC003 are not said beside it
    assert problem.fix is not None
    assert problem.fix.safe is safe
    result = ogcheck.fix_text(text, "a.md", config={"select": ["LOC005"], **BRITISH}, unsafe=True)
    assert "og_locale: en_GB\n" in result.text
    assert not found(text, "LOC005")


@pytest.mark.parametrize(
    ("change", "config", "help"),
    [
        ({"lang": "cy"}, {}, "Add og:locale: cy_GB."),
        ({"lang": "fr"}, {}, "Add og:locale: fr_FR or fr_CA."),
        ({"lang": "fr-CA"}, {}, "Add og:locale: fr_CA or fr_FR."),
        ({"lang": "gd"}, {}, "Add og:locale with the language and the territory of the page."),
        ({}, {"locale": "de_AT"}, "Add og:locale: de_AT."),
        ({"lang": "de"}, {"locale": "de_AT"}, "Add og:locale: de_AT."),
        ({"lang": "cy"}, BRITISH, "Add og:locale: cy_GB."),
        ({"lang": "en"}, {"locale": "cy_GB"}, None),
        ({}, {}, None),
        ({}, BRITISH, None),
        ({"lang": "cy", "draft": "true"}, {}, None),
    ],
)
def test_a_locale_that_is_missing(change: Change, config: dict[str, Any], help: str | None) -> None:
    problems = found(release_text({"og.locale": None, **change}), "LOC006", config)
    assert [p.help for p in problems] == ([] if help is None else [help])


@pytest.mark.parametrize(
    ("change", "config", "fires"),
    [
        ({}, {}, True),
        ({}, {"platforms": ["Discord"]}, True),
        ({}, {"platforms": ["Facebook", "WhatsApp"]}, False),
        ({"draft": "true"}, {}, False),
        ({"redirect_to": "/news/"}, {}, False),
        ({"twitter.card": "''"}, {}, False),
        ({"twitter.card": "summary"}, {}, False),
    ],
)
def test_a_card_that_is_missing(change: Change, config: dict[str, Any], fires: bool) -> None:
    problems = found(release_text({"twitter.card": None, **change}), "TWC001", config)
    assert bool(problems) is fires
    for problem in problems:
        text = f"{problem.message} {problem.help}"
        assert str(problem.severity) == "note"
        assert "twitter:title" not in text
        assert "deprecated" not in text
        assert "use summary_large_image" not in text.lower()


def test_a_page_without_any_share_metadata_is_one_finding() -> None:
    nothing = dict.fromkeys(
        ("og.title", "og.type", "og.url", "og.description", "og.locale", "og.site.name",
         "og.image.url", "og.image.alt", "og.image.width", "og.image.height", "twitter.card",
         "article.published.time")
    )  # fmt: skip
    assert codes(release_text({**nothing, "lang": "cy"})) == ["OG000"]


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ("photo", "Write one of summary, summary_large_image, app, player."),
        ("Summary", "Write summary."),
        ("summary-large-image", "Write summary_large_image."),
        ("summary_large", "Write summary_large_image."),
        ("card", "Write one of summary, summary_large_image, app, player."),
    ],
)
def test_cards_that_x_does_not_have(value: str, help: str) -> None:
    text = release_text({"twitter.card": value})
    (problem,) = found(text, "TWC002")
    assert problem.help == help
    assert ("retired" in problem.message) == (value == "photo")
    assert codes(text) == ["TWC002"]


@pytest.mark.parametrize("value", ["''", "null", "undefined"])
def test_a_card_that_says_nothing_is_an_empty_value(value: str) -> None:
    assert not found(release_text({"twitter.card": value}), "TWC002")


@pytest.mark.parametrize(
    ("value", "help", "written"),
    [
        ("https://twitter.com/northbridge", "Write @northbridge.", "@northbridge"),
        ("http://www.twitter.com/@North_1/", "Write @North_1.", "@North_1"),
        ("x.com/northbridge?lang=en", "Write @northbridge.", "@northbridge"),
        ("'//mobile.twitter.com/#!/northbridge'", "Write @northbridge.", "@northbridge"),
        ("https://x.com/intent/follow", "Write it as @name.", None),
        ("https://x.com/share", "Write it as @name.", None),
        ("https://x.com/northbridge/status/1", "Write it as @name.", None),
        ("northbridge", "Write @northbridge.", None),
        ("'18120403'", "Write the @name, or give the number as twitter:site:id.", None),
        ("Northbridge Police", "Write it as @name.", None),
    ],
)
def test_accounts(value: str, help: str, written: str | None) -> None:
    text = release_text({"twitter.site": value})
    (problem,) = found(text, "TWC003")
    assert problem.help == help
    assert str(problem.severity) == "warning"
    assert (problem.fix is None) == (written is None)
    if written is not None:
        assert problem.fix is not None
        assert problem.fix.safe
        page = ogcheck.read_page(
            "a.md", ogcheck.fix_text(text, "a.md", config={"select": ["TWC003"]}).text
        )
        assert page is not None
        prop = page.written("twitter:site")
        assert prop is not None
        assert prop.value == written


def test_a_generator_may_add_the_at() -> None:
    (problem,) = found(post("twitter_site: northbridge"), "TWC003")
    assert str(problem.severity) == "note"


@pytest.mark.parametrize(
    ("change", "fires"),
    [
        ({"twitter.title": "Our new recycling scheme"}, True),
        ({"twitter.title": "Man charged after harbour burglary"}, False),
        ({"twitter.title": "Man charged after harbour burglary | Northbridge Police"}, False),
        ({"twitter.title": "Harbour burglary, man in court"}, False),
        ({"twitter.title": "Harbour market opens Saturday"}, True),
        ({"twitter.title": "''"}, False),
        ({"twitter.title": "~"}, False),
        ({"twitter.title": "null"}, False),
        ({"twitter.title": "Our new recycling scheme", "og.title": "~"}, False),
        ({"twitter.description": "Bins are emptied on Mondays."}, True),
        ({"twitter.description": "A man has been charged after tools were taken"}, False),
        ({"twitter.description": "Bins are emptied on Mondays.", "og.description": None}, False),
        ({"twitter.image": "https://www.northbridge.example/media/other.jpg"}, False),
    ],
)
def test_the_cards_texts(change: Change, fires: bool) -> None:
    problems = found(release_text(change), "TWC004")
    assert bool(problems) is fires
    assert all(str(p.severity) == "note" and p.related for p in problems)


def test_a_title_that_is_another_is_said_at_og_title_alone() -> None:
    text = release_text(
        {"og.title": "News article", "twitter.title": "Man charged after harbour burglary"}
    )
    assert codes(text) == ["TXT001"]


PLAYER: Change = {
    "twitter.card": "player", "twitter.player.url": "https://www.northbridge.example/player/1",
    "twitter.player.width": "'1280'", "twitter.player.height": "'720'",
}  # fmt: skip
NO_IMAGE: Change = dict.fromkeys(
    ("og.image.url", "og.image.alt", "og.image.width", "og.image.height")
)


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, None),
        ({"twitter.player.width": None}, "twitter:player:width"),
        ({"twitter.player.width": None, "twitter.player.height": None},
         "twitter:player:width and twitter:player:height"),
        (NO_IMAGE, "twitter:image"),
        ({**NO_IMAGE, "twitter.image": "https://www.northbridge.example/media/a.jpg"}, None),
    ],
)  # fmt: skip
def test_player_cards(change: Change, lacking: str | None) -> None:
    problems = found(release_text({**PLAYER, **change}), "TWC005")
    assert [p.help for p in problems] == (
        [] if lacking is None else [f"Add {lacking}, or write summary."]
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "The app card names no app: X finds it by its id in a store."),
        ({"twitter.app.id.googleplay": "example.northbridge"}, None),
        ({"twitter.app.id.iphone": "'929750075'", "twitter.app.name.ipad": "News"},
         "The app card lacks twitter:app:id:ipad, by which X finds the app."),
    ],
)  # fmt: skip
def test_app_cards(change: Change, message: str | None) -> None:
    problems = found(release_text({"twitter.card": "app", **change}), "TWC006")
    assert [p.message for p in problems] == ([] if message is None else [message])
