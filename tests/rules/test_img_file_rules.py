"""IMG101 to IMG107 and OG008's fix on files: what is said, where, and where nothing is."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import ogcheck
from ogcheck.api import make_checker
from ogcheck.rules.base import Context
from ogcheck.rules.examples import SITE, built_text, post, release_text
from ogcheck.rules.pair_base import PairRule
from ogcheck.rules.registry import builtin
from ogcheck.source import Source
from ogcheck.testing import NOW, Picture

CARD = "media/harbour-workshops.jpg"
STATIC = {"site-url": SITE, "static-dirs": ["static"]}
BUILT = {"site-url": SITE, "build-dir": "public"}
WHOLE = Picture(1200, 630, "jpeg")
Files = Mapping[str, Picture | bytes]
LOOKED_AT = ("IMG1", "OG008", "OGX001")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(site: Path, files: Files) -> None:
    for path, contents in files.items():
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(bytes(contents))


def found(text: str, path: str, config: Mapping[str, Any]) -> list[str]:
    """What the rules of this module say: severity, code, message."""
    problems = ogcheck.check_text(text, path, config=config, now=NOW)
    return [f"{p.severity} {p.code} {p.message}" for p in problems if p.code.startswith(LOOKED_AT)]


def codes(text: str, path: str, config: Mapping[str, Any]) -> list[str]:
    problems = ogcheck.check_text(text, path, config=config, now=NOW)
    return [p.code for p in problems if p.code.startswith("IMG")]


@pytest.mark.parametrize(
    ("config", "files"),
    [
        ({}, {}),
        ({}, {"static/media/x.jpg": WHOLE, CARD: b""}),
        ({"site-url": SITE}, {CARD: b""}),
        (STATIC, {}),
        (BUILT, {}),
        ({**BUILT, **STATIC}, {}),
        # A folder for other things: images may come from elsewhere.
        (STATIC, {"static/js/site.js": b"1"}),
        # Another host, and another base.
        ({**STATIC, "site-url": "https://other.example"}, {"static/media/x.jpg": WHOLE}),
        ({**STATIC, "site-url": f"{SITE}/police"}, {"static/media/x.jpg": WHOLE}),
        # What a build made of it.
        (BUILT, {"public/media/harbour-workshops-3f9a1c20.jpg": WHOLE}),
        (BUILT, {"public/media/harbour-workshops.BX3d9f0a.jpg": WHOLE}),
        # A page bundle that was not built yet.
        (BUILT, {"public/media/x.jpg": WHOLE, "harbour-workshops.jpg": WHOLE}),
        (STATIC, {f"static/{CARD}": WHOLE}),
    ],
)
def test_where_nothing_is_known_nothing_is_said(
    site: Path, config: Mapping[str, Any], files: Files
) -> None:
    write(site, files)
    assert found(release_text(), "release.md", config) == []


@pytest.mark.parametrize(
    ("address", "option"),
    [
        ("/_next/image.png", ()),
        ("/cdn-cgi/image/width=80/media/a.jpg", ()),
        ("/.netlify/images/a.png", ()),
        ("/og/bridge.png", ("/og/",)),
        ("/card?title=Bridge", ()),
        ("/card", ()),
        ("/../a%2F..%2f..%2fb.png", ()),
    ],
)
def test_what_is_made_on_request_is_not_missing(
    site: Path, address: str, option: tuple[str, ...]
) -> None:
    write(site, {"public/index.html": b"<p>", "public/og/x.png": WHOLE})
    config = {**BUILT, "rules": {"IMG101": {"on-request": [*option]}}}
    text = built_text({"og:image": f'<meta property="og:image" content="{SITE}{address}">'})
    assert found(text, "public/a.html", config) == []


def test_a_missing_image_is_named_with_what_lies_beside_it(site: Path) -> None:
    write(site, {"static/media/Harbour-workshops.jpg": WHOLE, "public/index.html": b"<p>"})
    (problem,) = ogcheck.check_text(release_text(), "release.md", config={**STATIC, **BUILT})
    assert (problem.code, str(problem.severity)) == ("IMG101", "error")
    assert problem.source_line.strip() == f"url: {SITE}/{CARD}"
    assert problem.message == (
        "og:image:url leads to “harbour-workshops.jpg”, and no such file is in public/media or "
        "static/media."
    )
    assert problem.help == (
        "There is “Harbour-workshops.jpg”: write this name, or rename the file."
    )


def test_a_source_and_its_page_say_the_same_of_a_missing_image(site: Path) -> None:
    write(site, {"static/media/a.jpg": WHOLE, "public/media/a.jpg": WHOLE})
    config = {**STATIC, **BUILT}
    url = f"{SITE}/media/gone.jpg"
    texts = {
        "a.md": post("og_title: A bridge is closed", f"og_image: {url}"),
        "public/a.html": built_text({"og:image": f'<meta property="og:image" content="{url}">'}),
    }
    said = {path: [one for one in found(text, path, config) if "IMG101" in one]
            for path, text in texts.items()}  # fmt: skip
    assert said["a.md"] == said["public/a.html"] != []


@pytest.mark.parametrize(
    ("name", "expected"), [("harbour-Workshops.jpg", True), ("harbour-workshop.jpg", False)]
)
def test_in_a_large_folder_only_another_case_is_a_near_name(
    site: Path, name: str, expected: bool
) -> None:
    others = {f"static/media/harbour-workshops-p{n}.jpg": b"" for n in range(500)}
    write(site, {**others, f"static/media/{name}": WHOLE})
    (problem,) = ogcheck.check_text(release_text(), "release.md", config=STATIC, now=NOW)
    assert problem.code == "IMG101"
    assert (f"There is “{name}”" in (problem.help or "")) is expected


@pytest.mark.parametrize("base", ["", "/base", "/deep/base/"])
@pytest.mark.parametrize("preset", ["generic", "hugo", "jekyll", "release"])
def test_an_image_is_missing_below_a_site_of_any_path(site: Path, base: str, preset: str) -> None:
    write(site, {"static/media/a.jpg": WHOLE})
    config = {**STATIC, "site-url": f"{SITE}{base}", "preset": preset}
    stem = f"{SITE}{base.rstrip('/')}/media"
    told = [f"{stem}/gone.jpg", f"{stem}/a.jpg", f"{SITE}/elsewhere/media/gone.jpg"]
    if not base:
        told.pop()
    texts = [post("og_title: A bridge is closed", f"og_image: {url}") for url in told]
    said = [[c for c in codes(text, "a.md", config) if c == "IMG101"] for text in texts]
    assert said == [["IMG101"], [], []][: len(told)]


@pytest.mark.parametrize("path", ["a" * 300, f"{'a' * 300}/a", f"media/{'a' * 5000}", "a/" * 3000])
@pytest.mark.parametrize("config", [STATIC, BUILT])
def test_a_name_that_no_disk_can_hold_is_missing(
    site: Path, path: str, config: Mapping[str, Any]
) -> None:
    folders = ("static/media/x.jpg", "static/a/x.jpg", "public/index.html", "content/a.md")
    write(site, dict.fromkeys(folders, b"x"))
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/{path}.png")
    said = [line for line in found(text, "content/a.md", config) if "OG008" not in line]
    if config is STATIC and path.startswith("aa") and path.endswith("/a"):
        assert said == []  # no first folder
    else:
        assert [line.split()[1] for line in said] == ["IMG101"]
        assert len(said[0]) < 400


def test_nothing_is_said_of_what_lies_behind_a_link_that_leads_out(site: Path) -> None:
    write(site, {"site/static/a.png": WHOLE, "secret/salary-2026.png": Picture(20, 20)})
    (site / "site/static/out").symlink_to("../../secret", target_is_directory=True)
    config = {**STATIC, "static-dirs": ["site/static"]}
    for name in ("salary-2026", "salary-2027"):
        text = post("og_title: A bridge is closed", f"og_image: {SITE}/out/{name}.png")
        assert found(text, "a.md", config) == []


def test_a_hash_is_seen_in_a_folder_of_any_size(site: Path) -> None:
    others = {f"static/media/harbour-{n}.jpg": b"" for n in range(600)}
    write(site, {**others, "static/media/harbour-workshops-3f9a1c20.jpg": WHOLE})
    assert found(release_text(), "release.md", STATIC) == []


def test_a_missing_image_is_called_as_people_call_it(site: Path) -> None:
    write(site, {"static/shared/small.jpg": WHOLE})
    text = post("title: A bridge is closed", "images: [shared/gone.jpg]")
    assert found(text, "content/posts/b.md", {**STATIC, "preset": "hugo"}) == [
        "error IMG101 The page's image leads to “gone.jpg”, and no such file is in static/shared."
    ]


@pytest.mark.parametrize("key", ["draft: true", "published: false"])
def test_the_image_of_a_draft_may_still_come(site: Path, key: str) -> None:
    write(site, {"public/index.html": b"<p>"})
    lines = ("og_title: A bridge is closed", f"og_image: {SITE}/a.jpg")
    assert found(post(*lines), "a.md", BUILT) != []
    assert found(post(*lines, key), "a.md", BUILT) == []


@pytest.mark.parametrize(
    ("tag", "file"),
    [
        (f'content="{SITE}/media/a%20b.png?v=1"', "public/media/a b.png"),
        ('content="/media/a.png"', "public/media/a.png"),
        ('content="a.png"', "public/news/bridge/a.png"),
        ('content="../a.png"', "public/news/a.png"),
        ('content="https://cdn.example/x/a.png"', "cdn/a.png"),
    ],
)
def test_a_built_page_names_files_as_browsers_resolve_them(site: Path, tag: str, file: str) -> None:
    write(site, {file: Picture(150, 150), "public/index.html": b"<p>"})
    text = built_text({"og:image": f'<meta property="og:image" {tag}>',
                       "og:image:width": None, "og:image:height": None})  # fmt: skip
    config = {**BUILT, "url-map": {"https://cdn.example/x": "cdn"}}
    assert [c for c in codes(text, "public/news/bridge/index.html", config) if c > "IMG1"] == [
        "IMG102"
    ]


def test_base_counts_and_its_own_address_may_be_relative(site: Path) -> None:
    write(site, {"public/shared/a.png": Picture(150, 150)})
    text = built_text(
        {"og:image": '<meta property="og:image" content="a.png">', "og:image:width": None,
         "og:image:height": None},
        first='<base href="/shared/">',
    )  # fmt: skip
    assert "IMG102" in codes(text, "public/news/bridge/index.html", BUILT)
    assert "IMG102" in codes(text, "public/news/bridge/index.html", {"build-dir": "public"})


@pytest.mark.parametrize(
    ("size", "platforms", "expected"),
    [
        ((150, 150), None, "error IMG102 The image has 150x150 pixels. It is too small to be "
         "taken: Facebook (200x200), WhatsApp (300 wide); too small for a large card: X "
         "(300x157), LinkedIn (401 wide), Apple Messages (900 wide)."),
        ((250, 250), ["Facebook"], "warning IMG102 The image has 250x250 pixels. It is too small "
         "for a large card: Facebook (600x315)."),
        ((250, 250), ["WhatsApp"], "error IMG102 The image has 250x250 pixels. It is too small to "
         "be taken: WhatsApp (300 wide)."),
        ((599, 400), ["Facebook"], "warning IMG102 The image has 599x400 pixels. It is too small "
         "for a large card: Facebook (600x315)."),
        ((600, 315), ["Facebook"], "note IMG102 The image has 600x315 pixels. It is smaller than "
         "is recommended: Facebook (1200x630)."),
        ((350, 180), ["LinkedIn"], "note IMG102 The image has 350x180 pixels. It is too small for "
         "a large card: LinkedIn (401 wide)."),
        ((140, 200), ["X"], "note IMG102 The image has 140x200 pixels. It is too small to be "
         "taken: X (144x144)."),
        ((1200, 627), None, None),
        ((600, 315), ["Discord"], None),
        ((1200, 630), None, None),
    ],
)  # fmt: skip
def test_too_few_pixels_are_weighed_by_what_the_platforms_document(
    site: Path, size: tuple[int, int], platforms: list[str] | None, expected: str | None
) -> None:
    write(site, {f"static/{CARD}": Picture(*size, "jpeg")})
    text = release_text({"og.image.width": None, "og.image.height": None})
    config = {**STATIC, **({} if platforms is None else {"platforms": platforms})}
    said = [line for line in found(text, "release.md", config) if "IMG102" in line]
    assert said == ([] if expected is None else [expected])


def test_with_a_small_card_pixels_and_shape_are_notes(site: Path) -> None:
    write(site, {f"static/{CARD}": Picture(150, 400, "jpeg")})
    text = release_text({"og.image.width": None, "og.image.height": None,
                         "twitter.card": "summary"})  # fmt: skip
    said = [line.split()[:2] for line in found(text, "release.md", STATIC)]
    assert sorted(said) == [["note", "IMG102"], ["note", "OG008"]]


def test_a_cards_own_image_is_judged_for_those_that_read_it(site: Path) -> None:
    write(
        site, {f"static/{CARD}": WHOLE, "static/media/crest.png": Picture(160, 160, weight=700_000)}
    )
    text = release_text({"twitter.image": f"{SITE}/media/crest.png"})
    said = found(text, "release.md", STATIC)
    assert said == [
        "note IMG102 The image has 160x160 pixels. It is too small for a large card: X (300x157)."
    ]


def test_weight_names_each_platform_with_its_limit(site: Path) -> None:
    write(site, {f"static/{CARD}": Picture(1200, 630, "jpeg", 9_100_000)})
    assert found(release_text(), "release.md", STATIC) == [
        "warning IMG103 The image weighs 9.1 MB, more than is taken by WhatsApp (600 kB), Bluesky "
        "(1 MB), Signal (1 MB), Mastodon (2 MB), LinkedIn (5 MB), X (5 MB), Facebook (8 MB)."
    ]
    config = {**STATIC, "platforms": ["X", "LinkedIn"]}
    assert [s.split(" The")[0] for s in found(release_text(), "release.md", config)] == [
        "note IMG103"
    ]


def test_an_enormous_picture_is_told_and_costs_nothing(site: Path) -> None:
    bomb = bytearray(bytes(Picture(8, 8)))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    write(site, {"static/a.png": bytes(bomb)})
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/a.png")
    assert found(text, "a.md", STATIC)[0] == (
        "note IMG103 The image has 60000x60000 pixels, more on a side than X (4096) took."
    )


@pytest.mark.parametrize(
    ("size", "severity"),
    [((630, 1200), "note"), ((3100, 1000), "note"), ((4100, 1000), "warning"), ((2400, 1000), "")],
)
def test_shapes_far_from_a_cards(site: Path, size: tuple[int, int], severity: str) -> None:
    write(site, {f"static/{CARD}": Picture(*size, "jpeg")})
    text = release_text({"og.image.width": None, "og.image.height": None})
    said = [line.split()[0] for line in found(text, "release.md", STATIC) if "IMG104" in line]
    assert said == ([severity] if severity else [])


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_stored_turned_may_be_declared_either_way(
    site: Path, format: str
) -> None:
    from io import BytesIO

    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    file = BytesIO()
    Image.new("RGB", (630, 1200)).save(file, format, exif=exif)
    name = CARD.replace("jpg", format.lower())
    write(site, {f"static/{name}": file.getvalue()})
    address = {"og.image.url": f"{SITE}/{name}"}
    assert found(release_text(address), "release.md", STATIC) == []
    stored = release_text({**address, "og.image.width": "'630'", "og.image.height": "'1200'"})
    assert "IMG105" not in codes(stored, "release.md", STATIC)
    wrong = release_text({**address, "og.image.height": "'631'"})
    (problem,) = [p for p in ogcheck.check_text(wrong, "release.md", config=STATIC, now=NOW)
                  if p.code == "IMG105"]  # fmt: skip
    assert problem.message == "og:image:height is 631, and the image has 1200x630 pixels."
    fixed = ogcheck.fix_text(wrong, "release.md", config=STATIC)
    assert fixed.text == wrong.replace("631", "630")


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (post("og_title: A bridge is closed", f"og_image: {SITE}/a.png"),
         ["og_image_width: '1200'", "og_image_height: '630'"]),
        (release_text({"og.image.width": None, "og.image.height": None,
                       "og.image.url": f"{SITE}/a.png"}),
         ["    width: '1200'", "    height: '630'"]),
        (built_text({"og:image": f'<meta property="og:image" content="{SITE}/a.png">',
                     "og:image:width": None, "og:image:height": None}),
         ['  <meta property="og:image:width" content="1200">',
          '  <meta property="og:image:height" content="630">']),
        (f"+++\n[og]\ntitle = 'A bridge is closed'\nimage = '{SITE}/a.png'\n+++\n",
         ['image_width = "1200"', 'image_height = "630"']),
    ],
    ids=["flat", "nested", "html", "toml"],
)  # fmt: skip
def test_the_size_is_written_from_the_file_in_the_pages_own_way(
    site: Path, text: str, added: list[str]
) -> None:
    write(site, {"static/a.png": Picture(1200, 630)})
    path = "a.html" if text.startswith("<") else "a.md"
    config = {**STATIC, "preset": "release", "schemas": [{"files": ["*"], "schema": False}]}
    before = ogcheck.check_text(text, path, config=config, now=NOW)
    assert [p.fix.applicability for p in before if p.code == "OG008" and p.fix] == ["safe"]
    result = ogcheck.fix_text(text, path, config={**config, "select": ["OG008"]}, notes=True)
    new = [line for line in result.text.splitlines() if line not in text.splitlines()]
    assert len(new) == 2
    for line, part in zip(sorted(new), sorted(added), strict=True):
        assert part.strip() in line
    after = ogcheck.check_text(result.text, path, config=config, now=NOW)
    assert "OG008" not in [p.code for p in after]
    assert "IMG105" not in [p.code for p in after]


def test_the_size_of_several_images_is_not_written(site: Path) -> None:
    write(site, {"static/a.png": Picture(1200, 630), "static/b.png": Picture(1200, 631)})
    text = built_text({"og:image": f'<meta property="og:image" content="{SITE}/a.png">'
                       f'<meta property="og:image" content="{SITE}/b.png">',
                       "og:image:width": None, "og:image:height": None})  # fmt: skip
    said = [p for p in ogcheck.check_text(text, "a.html", config=STATIC) if p.code == "OG008"]
    assert len(said) == 2
    assert all(p.fix is None for p in said)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.png", bytes(WHOLE), "“a.png” is named as a PNG, and is a JPEG."),
        ("a.jpg", b"\0\0\0\x14ftypheic\0\0\0\0heic", "“a.jpg” is named as a JPEG, and is a HEIC."),
        ("a.png", bytes(Picture(1200, 630, "svg")), "“a.png” is named as a PNG, and is an SVG."),
        ("a.JPG", bytes(WHOLE), None),
        ("a", bytes(WHOLE), None),
        ("a.php", bytes(WHOLE), None),
    ],
)
def test_a_name_that_says_another_format(
    site: Path, name: str, data: bytes, words: str | None
) -> None:
    write(site, {f"static/{name}": data})
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/{name}")
    said = [line for line in found(text, "a.md", STATIC) if "IMG106" in line]
    assert said == ([] if words is None else [f"warning IMG106 The image {words}"])


def test_the_format_of_the_file_speaks_and_not_that_of_the_name(site: Path) -> None:
    write(site, {"static/a.svg": Picture(1200, 630)})
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/a.svg")
    assert codes(text, "a.md", STATIC) == ["IMG106"]


SMALL = f"{SITE}/media/a-150x150.jpg"
PLAIN = f"{SITE}/media/a.jpg"


@pytest.mark.parametrize(
    ("address", "declared", "file", "expected"),
    [
        (SMALL, (150, 150), None, ["IMG004"]),
        (SMALL, (150, 150), {"media/b.jpg": WHOLE}, ["IMG101"]),
        (SMALL, (150, 150), {"media/a-150x150.jpg": Picture(150, 150, "jpeg")}, ["IMG102"]),
        (SMALL, None, {"media/a-150x150.jpg": Picture(150, 150, "jpeg")}, ["IMG102"]),
        (SMALL, (150, 150), {"media/a-150x150.jpg": b""}, ["IMG107"]),
        (f"{SITE}/media/", None, {"media/a.jpg": WHOLE}, ["IMG107"]),
        (f"{SITE}/", None, {"media/a.jpg": WHOLE}, ["IMG008"]),
        (SMALL, (1200, 630), {"media/a-150x150.jpg": WHOLE}, ["IMG002"]),
        (PLAIN, (1300, 1600), None, ["IMG005"]),
        (PLAIN, (1300, 1600), {"media/a.jpg": Picture(1300, 1600, "jpeg")}, ["IMG104"]),
        (PLAIN, (500, 1200), {"media/a.jpg": Picture(1300, 1600, "jpeg")}, ["IMG105"]),
        (PLAIN, (500, 1200), {"media/a.jpg": WHOLE}, ["IMG105"]),
    ],
)
def test_the_file_speaks_before_what_is_declared_and_that_before_the_address(
    site: Path,
    address: str,
    declared: tuple[int, int] | None,
    file: dict[str, Picture | bytes] | None,
    expected: list[str],
) -> None:
    write(site, {f"static/{name}": contents for name, contents in (file or {}).items()})
    width, height = (None, None) if declared is None else (f"'{side}'" for side in declared)
    text = release_text(
        {"og.image.url": address, "og.image.width": width, "og.image.height": height}
    )
    assert codes(text, "release.md", STATIC) == expected


def test_a_folder_at_the_images_place(site: Path) -> None:
    (site / "static/a.png").mkdir(parents=True)
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/a.png")
    assert found(text, "a.md", STATIC)[0] == "error IMG107 The image “a.png” is a folder."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_at_the_images_place_does_not_hang_the_run(site: Path) -> None:
    (site / "static").mkdir()
    os.mkfifo(site / "static/a.png")
    text = post("og_title: A bridge is closed", f"og_image: {SITE}/a.png")
    assert found(text, "a.md", STATIC)[0] == (
        "error IMG107 The image “a.png” is a pipe, a socket or a device."
    )


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"


def test_a_pointer_is_a_fault_of_what_was_built_and_not_of_a_source(site: Path) -> None:
    write(site, {f"public/{CARD}": POINTER})
    assert found(release_text(), "release.md", BUILT) == []
    assert found(built_text(), "public/a.html", BUILT) == [
        "error IMG107 The image “harbour-workshops.jpg” is a Git LFS pointer, and not the image "
        "itself."
    ]


HUGO = {"preset": "hugo", "site-url": SITE, "static-dirs": ["static"]}


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        (("images: [cover.jpg]",), "content/posts/a/index.md", ["IMG102"]),
        (("images: [shared/small.jpg]",), "content/posts/b.md", ["IMG102"]),
        (("cover: {image: /shared/small.jpg}",), "content/posts/b.md", ["IMG102"]),
        (("images: [gone.jpg]",), "content/posts/a/index.md", ["IMG101"]),
        (("images: [shared/gone.jpg]",), "content/posts/b.md", ["IMG101"]),
        ((f"images: ['{SITE}/shared/small.jpg']",), "content/posts/b.md", ["IMG102"]),
        ((f"images: ['{SITE}/posts/a/cover.jpg']",), "content/posts/b.md", []),
        (("images: ['//cdn.example/x.jpg']",), "content/posts/b.md", []),
        (("images: ['{{ .Site.Params.image }}']",), "content/posts/b.md", []),
        (("images: [../../../../etc/passwd.jpg]",), "content/posts/a/index.md", []),
        (("images: []",), "content/posts/b.md", []),
    ],
)
def test_front_matter_is_read_as_hugo_reads_it(
    site: Path, lines: tuple[str, ...], path: str, expected: list[str]
) -> None:
    write(site, {"content/posts/a/cover.jpg": Picture(500, 280, "jpeg"),
                 "static/shared/small.jpg": Picture(500, 280, "jpeg")})  # fmt: skip
    said = codes(post("title: A bridge is closed", *lines), path, HUGO)
    assert [code for code in said if code > "IMG1"] == expected


def test_a_generator_that_is_told_needs_no_folders_to_be_judged_by_what_is_there(
    site: Path,
) -> None:
    write(site, {"hugo.toml": f'baseURL = "{SITE}/"'.encode(),
                 "static/small.jpg": Picture(500, 280, "jpeg")})  # fmt: skip
    (site / "content").mkdir()
    for image, expected in (("small.jpg", ["IMG102"]), ("gone.jpg", [])):
        text = post("title: A bridge is closed", f"images: [{image}]")
        checker = make_checker(site, None, NOW)
        path = site / "content/a.md"
        problems = checker.check(Source.from_text("content/a.md", text), path).problems
        assert [p.code for p in problems if p.code > "IMG1" and p.code < "J"] == expected


def test_pictures_that_a_generator_makes_are_judged_by_their_pixels_only(site: Path) -> None:
    config = {"preset": "astro", "site-url": SITE, "static-dirs": ["public"]}
    write(site, {"src/a.png": Picture(500, 900, "jpeg", 2_000_000), "public/x.png": WHOLE})
    text = post("title: A bridge is closed", "heroImage: ./a.png", "og: {title: A bridge}")
    assert [c for c in codes(text, "src/post.md", config) if c > "IMG1"] == []
    derived = {**config, "preset": "gatsby"}
    assert [c for c in codes(text, "src/post.md", derived) if c > "IMG1"] == []


def test_one_file_is_read_once_for_all_pages(site: Path) -> None:
    write(site, {f"static/{CARD}": Picture(500, 280, "jpeg")})
    checker = make_checker(site, STATIC, NOW)
    source = Source.from_text("a.md", release_text())
    first = checker.check(source, site / "a.md").problems
    (site / "static" / CARD).unlink()
    assert checker.check(source, site / "b.md").problems == first
    assert make_checker(site, STATIC, NOW).check(source, site / "a.md").problems != first


@pytest.mark.parametrize(
    ("config", "lasts"),
    [({}, True), ({"site-url": SITE}, True), (STATIC, False), (BUILT, False),
     ({**STATIC, "site-url": "https://other.example"}, True)],
)  # fmt: skip
def test_what_is_said_lasts_where_no_file_was_asked_for(
    site: Path, config: Mapping[str, Any], lasts: bool
) -> None:
    checker = make_checker(site, config, NOW)
    page = checker.check(Source.from_text("a.md", release_text()), site / "a.md").page
    context: Context = checker.prepared(site / "a.md")[2]
    rules = [
        rule()
        for rule in builtin().rules.values()
        if "files" in rule.depends_on and not issubclass(rule, PairRule)
    ]
    assert page is not None
    assert {rule.code for rule in rules} >= {"IMG001", "OG008", *(f"IMG10{n}" for n in range(1, 8))}
    for rule in rules:
        assert rule.lasts(page, context) is lasts


@pytest.mark.parametrize(
    ("change", "picture", "said"),
    [
        ({"og.image.width": "'400'", "og.image.height": "'210'"}, Picture(400, 210, "jpeg"),
         ["IMG102"]),
        ({"og.image.width": "'400'", "og.image.height": "'210'"}, WHOLE, ["IMG105"]),
        ({"og.image.url": f"{SITE}/media/harbour-workshops-500x280.jpg", "og.image.width": "'500'",
          "og.image.height": "'280'"}, Picture(500, 280, "jpeg"), ["IMG102"]),
        ({}, Picture(1200, 1600, "jpeg"), ["IMG105"]),
        ({"og.image.width": "'1200'", "og.image.height": "'1600'"}, Picture(1200, 1600, "jpeg"),
         ["IMG104"]),
        ({"og.image.url": f"{SITE}/media/harbour-workshops-500x280.jpg"}, b"", ["IMG107"]),
        ({"og.image.url": f"{SITE}/media/gone-500x280.jpg"}, WHOLE, ["IMG101"]),
    ],
)  # fmt: skip
def test_the_file_speaks_over_what_is_declared_and_over_the_address(
    site: Path, change: dict[str, str | None], picture: Picture | bytes, said: list[str]
) -> None:
    text = release_text(change)
    name = "harbour-workshops-500x280.jpg" if "harbour-workshops-500" in text else Path(CARD).name
    write(site, {f"static/media/{name}": picture})
    assert codes(text, "release.md", STATIC) == said


def test_the_home_page_as_an_image_is_said_once(site: Path) -> None:
    write(site, {"public/index.html": b"<!doctype html><p>"})
    text = release_text({"og.image.url": f"{SITE}/"})
    assert codes(text, "release.md", BUILT) == ["IMG008"]
