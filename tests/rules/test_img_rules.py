"""Images as they are declared and named: each clause of their rules."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck import platforms
from ogcheck.problem import Problem
from ogcheck.rules.examples import ADDRESS, SITE, release_text
from ogcheck.testing import NOW

Change = dict[str, str | None]


def problems(text: str, config: dict[str, Any] | None = None) -> list[Problem]:
    return ogcheck.check_text(text, "a.md", config=config or {}, now=NOW)


def about_images(text: str, config: dict[str, Any] | None = None) -> list[str]:
    groups = ("IMG", "OGX001")  # a rule that raises is no silence
    return [p.code for p in problems(text, config) if p.code.startswith(groups)]


def one(text: str, code: str) -> Problem:
    (found,) = [p for p in problems(text) if p.code == code]
    return found


def cut(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


def image(name: str, **further: str) -> str:
    return release_text({"og.image.url": f"'{SITE}/media/{name}'", **further})


def sized(width: str, height: str, **further: str) -> str:
    return release_text({"og.image.width": width, "og.image.height": height, **further})


# IMG001 unsupported-format


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("a.svg", "error"), ("a.SVGZ", "error"), ("a.avif", "warning"), ("a.ico", "warning"),
        ("a.bmp", "warning"), ("a.tif", "warning"), ("a.pdf", "warning"), ("a.htm", "warning"),
        ("a.gif", "note"), ("a.webp", "note"), ("a.svg?v=1", "error"),
        ("a.jpg", None), ("a.jpeg", None), ("a.png?f=a.svg", None), ("a", None),
    ],
)  # fmt: skip
def test_formats(name: str, severity: str | None) -> None:
    assert [p.severity for p in problems(image(name)) if p.code == "IMG001"] == (
        [] if severity is None else [severity]
    )


# IMG002 small-rendition


@pytest.mark.parametrize(
    ("name", "span", "message", "help"),
    [
        ("a.jpg?w=600&h=300", "w=600&h=300",
         "The URL asks for 600x300, below Facebook's large card of 600x315.",
         "Ask for w=1200&h=630, if the original is as large."),
        ("a.jpg?width=150", "width=150",
         "The URL asks for 150 pixels of width, below Facebook's large card of 600x315.",
         "Ask for width=1200, if the original is as large."),
        ("a.jpg?height=90", "height=90",
         "The URL asks for 90 pixels of height, below Facebook's large card of 600x315.",
         "Ask for height=630, if the original is as large."),
        ("a.jpg?resize=300,200", "resize=300,200",
         "The URL asks for 300x200, below Facebook's large card of 600x315.",
         "Ask for resize=1200,630, if the original is as large."),
        ("100x100/a.jpg", "100x100",
         "The URL asks for 100x100, below Facebook's large card of 600x315.",
         "Ask for 1200x630, if the original is as large."),
        ("Lambo-212x300.jpg", "212x300",
         "The URL names a file of 212x300, below Facebook's large card of 600x315.",
         f"Use the original, {SITE}/media/Lambo.jpg, if it is at least 1200x630."),
        ("lights485x275.jpg", "485x275",
         "The URL names a file of 485x275, below Facebook's large card of 600x315.",
         "Use a larger file, of at least 1200x630."),
        ("a.jpg?crop=(5,0,195,100)&w=600&h=300", "w=600&h=300",
         "The URL asks for 600x300, enlarged from a crop of 190x100, below Facebook's large card "
         "of 600x315.",
         "Choose a crop of at least 1200x630 in a picture that is as large, and ask for "
         "w=1200&h=630."),
        ("a.jpg?crop=(0,0,900,400)&w=600&h=300", "w=600&h=300",
         "The URL asks for 600x300, below Facebook's large card of 600x315.",
         "Ask for w=1200&h=630, if the original is as large."),
    ],
)  # fmt: skip
def test_small_renditions(name: str, span: str, message: str, help: str) -> None:
    text = image(name)
    problem = one(text, "IMG002")
    assert problem.severity == "warning"
    assert cut(text, problem) == span
    assert problem.message == message
    assert problem.help == help


def test_a_size_is_seen_through_character_references() -> None:
    text = image("a.jpg?x=1&amp;w=600&amp;h=300")
    assert cut(text, one(text, "IMG002")) == "w=600&amp;h=300"


@pytest.mark.parametrize(
    ("query", "severity"),
    [
        ("crop=(0,0,100,50)&w=1200&h=630", "note"),
        ("crop=(0,0,599,600)&w=1200&h=630", "note"),
        ("crop=(0,0,600,315)&w=1200&h=630", None),
        ("crop=(0,0,100,50)", None),
        ("crop=(0,0,100,50)&w=1200&h=630&cropxunits=100", None),
        ("w=600&h=315", None),
    ],
)
def test_a_small_crop_is_a_note_where_the_result_is_large(query: str, severity: str | None) -> None:
    found = [p for p in problems(image(f"a.jpg?{query}")) if p.code == "IMG002"]
    assert [p.severity for p in found] == ([] if severity is None else [severity])
    for problem in found:
        assert "blurred" in problem.message
        assert (problem.help or "").startswith("Choose a crop of at least 1200x630 in a picture")


@pytest.mark.parametrize("code", ["IMG002", "IMG004"])
def test_with_a_small_card_a_small_picture_is_a_note(code: str) -> None:
    change: Change = {"twitter.card": "summary"}
    if code == "IMG002":
        change["og.image.url"] = f"{SITE}/a.jpg?w=90"
    else:
        change |= {"og.image.width": "90", "og.image.height": "90"}
    assert one(release_text(change), code).severity == "note"
    change["twitter.card"] = "summary_large_image"
    assert one(release_text(change), code).severity == "warning"


@pytest.mark.parametrize(
    "change", [{"og.image.url": f"{SITE}/a.jpg?w=90"}, {"og.image.width": "90"}]
)
def test_a_size_is_judged_for_the_platforms_that_are_named(change: Change) -> None:
    others = [name for name in platforms.PLATFORMS if name != "Facebook"]
    assert about_images(release_text(change)) != []
    assert "IMG002" not in about_images(release_text(change), {"platforms": others})
    assert "IMG004" not in about_images(release_text(change), {"platforms": others})


# IMG003 default-image


def test_a_default_before_other_pictures_is_a_warning() -> None:
    images = f"[{{url: '{SITE}/logo.png'}}, {{url: '{SITE}/a.jpg'}}]"
    text = release_text({"og.image": images})
    problem = one(text, "IMG003")
    assert problem.severity == "warning"
    assert cut(text, problem) == "logo.png"
    last = f"[{{url: '{SITE}/a.jpg'}}, {{url: '{SITE}/logo.png'}}]"
    assert one(release_text({"og.image": last}), "IMG003").severity == "note"


def test_a_files_name_is_shown_decoded() -> None:
    text = image("Police%20logo.png")
    problem = one(text, "IMG003")
    assert "“Police logo.png”" in problem.message
    assert cut(text, problem) == "Police%20logo.png"


@pytest.mark.parametrize(
    "name", ["loan-default-fraud.jpg", "fake-logo-jackets-seized.jpg", "hqdefault.jpg"]
)
def test_a_subject_is_no_default(name: str) -> None:
    assert about_images(image(name)) == []


# IMG004 declared-size-too-small, IMG005 declared-ratio


@pytest.mark.parametrize(
    ("width", "height", "codes", "span"),
    [
        ("'400'", "'300'", ["IMG004"], "'400'"),
        ("600", "314", ["IMG004"], "314"),
        ("599", "315", ["IMG004"], "599"),
        ("600", "315", [], ""),
        ("800", "801", ["IMG005"], "800"),
        ("2000", "800", ["IMG005"], "2000"),
        ("1920", "800", [], ""),
        ("1200", "1200", [], ""),
        ("0", "0", [], ""),  # OG016
        ("wide", "630", [], ""),
    ],
)
def test_declared_sizes(width: str, height: str, codes: list[str], span: str) -> None:
    text = sized(width, height)
    found = [p for p in problems(text) if p.code in ("IMG004", "IMG005")]
    assert [p.code for p in found] == codes
    for problem in found:
        assert cut(text, problem) == span
        assert "Facebook" in problem.message or "1.91" in problem.message
        assert "1200x630" in str(problem.help)


def test_a_ratio_is_not_judged_with_a_square_card() -> None:
    assert about_images(sized("800", "1200")) == ["IMG005"]
    assert about_images(sized("800", "1200", **{"twitter.card": "summary"})) == []


def test_the_bounds_of_the_ratio_are_options() -> None:
    config = {"rules": {"IMG005": {"least": 0.5, "most": 4.0}}}
    assert about_images(sized("800", "1200"), config) == []
    assert about_images(sized("3000", "800"), config) == []
    assert about_images(sized("800", "1700"), config) == ["IMG005"]


def test_each_image_is_judged_by_its_own_size() -> None:
    images = (
        f"[{{url: '{SITE}/a.jpg', width: 1200, height: 630}},"
        f" {{url: '{SITE}/b.jpg', width: 90, height: 90}}]"
    )
    text = release_text({"og.image": images})
    assert [cut(text, p) for p in problems(text) if p.code == "IMG004"] == ["90"]


def test_what_is_declared_speaks_for_what_is_asked_for() -> None:
    small: Change = {"og.image.url": f"{SITE}/a.jpg?w=90", "og.image.width": "90"}
    small["og.image.height"] = "60"
    assert about_images(release_text(small)) == ["IMG004"]
    assert about_images(release_text(small), {"ignore": ["IMG004"]}) == ["IMG002"]


# IMG006 secure-url-mismatch


@pytest.mark.parametrize(
    ("key", "url", "codes"),
    [
        ("og.image.secure_url", "http://cdn.example/a.jpg", ["IMG006"]),
        ("og.video.secure_url", "http://cdn.example/a.mp4", ["IMG006"]),
        ("og.image.secure_url", "https://cdn.example/other.jpg", []),
        ("og.image.secure_url", "http://localhost/a.jpg", []),
        ("og.image.secure_url", "/a.jpg", []),
    ],
)
def test_secure_urls(key: str, url: str, codes: list[str]) -> None:
    change: Change = {key: url}
    if "video" in key:
        change["og.video.url"] = f"{SITE}/a.mp4"
    text = release_text(change)
    found = [p for p in problems(text) if p.code == "IMG006"]
    assert [p.code for p in found] == codes
    assert [cut(text, p) for p in found] == ["http"] * len(codes)
    if codes:
        assert "URL007" not in [p.code for p in problems(text)]


# IMG007 alt-is-not-a-description


@pytest.mark.parametrize(
    ("alt", "what"),
    [
        ("Man charged after harbour burglary", "the page's title again"),
        ("man charged after  harbour burglary", "the page's title again"),
        ("Man charged after harbour burglary | Northbridge Police", "the page's title again"),
        ("IMG_0421", "the name of a file"),
        ("bridge.png", "the name of a file"),
        ("harbour-workshops", "the name of a file"),
        ("Harbour workshops", None),
        ("The man charged after the harbour burglary, in court", None),
        ("Two officers of 12", None),
    ],
)
def test_descriptions(alt: str, what: str | None) -> None:
    text = release_text({"og.image.alt": f"'{alt}'"})
    found = [p for p in problems(text) if p.code == "IMG007"]
    assert len(found) == (what is not None)
    for problem in found:
        assert problem.severity == "note"
        assert f" is {what}: " in problem.message
        assert cut(text, problem) == f"'{alt}'"


@pytest.mark.parametrize("name", ["og.title", "title", "twitter.title"])
def test_whichever_title_is_described_again(name: str) -> None:
    change: Change = {name: "Bridge closed", "og.image.alt": "Bridge closed"}
    assert "IMG007" in about_images(release_text(change))


def test_a_profiles_picture_may_be_named_as_the_profile_is() -> None:
    change: Change = {"og.title": "Jane Doe", "title": "Jane Doe", "og.image.alt": "Jane Doe"}
    assert about_images(release_text(change)) == ["IMG007"]
    assert about_images(release_text({**change, "og.type": "profile"})) == []


# IMG008 image-is-a-page


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        (ADDRESS, ["IMG008"]),
        (f"{SITE}/", ["IMG008"]),
        (SITE, ["IMG008"]),
        ("https://other.example/", ["IMG008"]),
        (f"{SITE}/news/other/", []),
        (f"{SITE}/?image=4711", []),
        (f"{SITE}/a.html", ["IMG001"]),
    ],
)
def test_pages_for_images(url: str, codes: list[str]) -> None:
    assert about_images(release_text({"og.image.url": url})) == codes


def test_a_page_for_an_image_is_found_behind_a_picture() -> None:
    text = "\n".join(
        ["---", "og_image:", f"  - {SITE}/media/a.jpg", f"  - {SITE}/images/4711", f"  - {SITE}/",
         "---", ""]
    )  # fmt: skip
    assert cut(text, one(text, "IMG008")) == f"{SITE}/"


def test_a_page_that_is_the_image() -> None:
    picture = f"{SITE}/media/a.jpg"
    assert (
        about_images(release_text(dict.fromkeys(("og.image.url", "og.url", "url"), picture))) == []
    )
