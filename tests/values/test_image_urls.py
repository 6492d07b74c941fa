"""What an image's URL says of the picture: sizes, crops, names."""

from __future__ import annotations

import pytest

from ogcheck.values import image_urls

M = "https://a.example/m"


@pytest.mark.parametrize(
    ("text", "size", "cut", "pattern"),
    [
        (f"{M}/b.jpg?w=600&h=300", (600, 300), "w=600&h=300", "w={w}&h={h}"),
        (f"{M}/b.jpg?h=300&x=1&w=600", (600, 300), "h=300&x=1&w=600", "h={h}&w={w}"),
        (f"{M}/b.jpg?width=150", (150, None), "width=150", "width={w}"),
        (f"{M}/b.jpg?maxheight=90", (None, 90), "maxheight=90", "maxheight={h}"),
        (f"{M}/b.jpg?imwidth=90", (90, None), "imwidth=90", "imwidth={w}"),
        (f"{M}/b.jpg?w=150&h=150&w=1200&h=630", (1200, 630), "w=1200&h=630", "w={w}&h={h}"),
        (f"{M}/b.jpg?w=1024?w=1200&strip=all", (1200, None), "w=1200", "w={w}"),
        (f"{M}/b.jpg?resize=300,200", (300, 200), "resize=300,200", "resize={w},{h}"),
        (f"{M}/b.jpg?resize=300%2C200", (300, 200), "resize=300%2C200", "resize={w}%2C{h}"),
        (f"{M}/b.jpg?fit=300,200", (300, 200), "fit=300,200", "fit={w},{h}"),
        (f"{M}/b.jpg?size=300x200", (300, 200), "size=300x200", "size={w}x{h}"),
        (f"{M}/100x100/b.jpg", (100, 100), "100x100", "{w}x{h}"),
        (f"{M}/w_600,h_300/b.jpg", (600, 300), "w_600,h_300", "w_{w},h_{h}"),
        # What is laid over the image has a size of its own.
        (
            f"{M}/w_1200,h_630/l_text:Arial:Hi,w_300/b.jpg",
            (1200, 630),
            "w_1200,h_630",
            "w_{w},h_{h}",
        ),
        (
            f"{M}/l_a,w_90/h_80,w_70/fl_layer_apply/w_1200,h_630/b.jpg",
            (1200, 630),
            "w_1200,h_630",
            "w_{w},h_{h}",
        ),
        (
            f"{M}/w_9,u_a/fl_layer_apply,g_west/w_600,h_300/b.jpg",
            (600, 300),
            "w_600,h_300",
            "w_{w},h_{h}",
        ),
        (f"{M}/1600x900/b-300x200.jpg", (300, 200), "300x200", "{w}x{h}"),
        (f"{M}/b-300x200.jpg?w=1200", (1200, None), "w=1200", "w={w}"),
    ],
)
def test_the_last_size_that_is_asked_for(
    text: str, size: tuple[int | None, int | None], cut: str, pattern: str
) -> None:
    found = image_urls.asked(text)
    assert found is not None
    assert (found.width, found.height) == size
    assert text[found.start : found.end] == cut
    assert found.pattern == pattern


@pytest.mark.parametrize(
    "path",
    [
        "/b.jpg", "/b.jpg?v=150", "/b.jpg?h=ba25327c&itok=1", "/b.jpg?w=0&h=0", "/b.jpg?w=",
        "/iphone4x4.jpg", "/4x4.jpg", "/relay-4x400.jpg", "/a-1280x8531.0.jpg",
        "/0x66:1280x786/b.jpg", "/1600x/b.jpg", "/1600x500-EP2.jpg", "/b.jpg?cropw=100&croph=100",
        "/b.jpg?fit=fill", "/b.jpg?size=large", "/b.jpg#w=100", "/x200x300y.jpg",
    ],
)  # fmt: skip
def test_where_no_size_is_asked_for(path: str) -> None:
    assert image_urls.asked(M + path) is None


@pytest.mark.parametrize(
    ("name", "in_name", "whole"),
    [
        ("Lambo-212x300.jpg", True, "Lambo.jpg"),
        ("Lambo-212x300.jpg?ver=2", True, "Lambo.jpg?ver=2"),
        ("crest_485x275.png", True, None),
        ("trafficcarlights485x275.jpg", True, None),
        ("hc-soh-300x600px.png", True, None),
        ("b.jpg?w=212&h=300", False, None),
    ],
)
def test_the_file_that_a_smaller_one_was_made_of(
    name: str, in_name: bool, whole: str | None
) -> None:
    text = f"{M}/{name}"
    found = image_urls.asked(text)
    assert found is not None
    assert found.in_name is in_name
    assert image_urls.original(text, found) == (whole and f"{M}/{whole}")


@pytest.mark.parametrize(
    ("crop", "size"),
    [
        ("crop=(5,0,195,100)", (190, 100)),
        ("crop=%285%2C0%2C195%2C100%29", (190, 100)),
        ("crop=(5,0,195,100)&cropxunits=100", None),
        ("crop=0px,33px,1198px,677px", None),
        ("crop=(9,9,5,5)", None),
        ("crop=faces", None),
    ],
)
def test_the_crop(crop: str, size: tuple[int, int] | None) -> None:
    found = image_urls.asked(f"{M}/b.jpg?{crop}&w=1200&h=630")
    assert found is not None
    assert found.crop == size


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("default.jpg", "default"),
        ("LOGO.PNG", "logo"),
        ("logo2.png", "logo"),
        ("default-2x.jpg", "default"),
        ("logo_1200x630.png", "logo"),
        ("Facebook-logo.png", "logo"),
        ("open-graph-default.jpg", "default"),
        ("soh-default-og-image.png", "default"),
        ("soh-default-og-image-large.png", "default"),
        ("the-old-town-news-default-share-image.png", "default"),
        ("placeholder-image.png", "placeholder"),
        ("no_image_available.png", "no-image"),
        ("noimage.gif", "noimage"),
        ("favicon-32x32.png", "favicon"),
        ("apple-touch-icon.png", "apple-touch-icon"),
        ("apple-touch-icon-180x180-precomposed.png", "apple-touch-icon"),
        ("hqdefault.jpg", None),
        ("loan-default-fraud.jpg", None),
        ("fake-logo-jackets-seized.jpg", None),
        ("man-jailed-for-loan-default.jpg", None),
        ("logos-of-the-harbour.jpg", None),
        ("Stock logo for SM.jpg", None),
        ("no-1-image.jpg", None),
        ("", None),
    ],
)
def test_default_images(file: str, word: str | None) -> None:
    assert image_urls.default_word(file) == word


def test_default_images_by_words_of_ones_own() -> None:
    assert image_urls.default_word("Police-Crest.png", ("crest",)) == "crest"
    assert image_urls.default_word("bridge.png", ("crest",)) is None


def test_a_files_name_is_decoded() -> None:
    assert image_urls.file_name("/m/Stock%20logo.jpg") == "Stock logo.jpg"
    assert image_urls.file_name("/m/a/") == "a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bridge.jpg", True), ("IMG_1234", True), ("DSC0421", True), ("photo 12", True),
        ("harbour-workshops", True), ("Harbour-Workshops", True), ("harbour workshops", False),
        ("harbour", False), ("Photo", False), ("Image of 12 officers", False), ("a-b", False),
    ],
)  # fmt: skip
def test_names_of_files(text: str, expected: bool) -> None:
    assert image_urls.is_file_name(text, "/m/harbour-workshops.jpg") is expected


@pytest.mark.parametrize(
    ("text", "is_remade"),
    [
        (f"{M}/f_png,w_9/a.svg", True),
        (f"{M}/w_9,f_jpg/a.svg", True),
        (f"{M}/cdn-cgi/image/format=jpeg,width=9/a.webp", True),
        (f"{M}/a.webp?w=9&fm=pjpg", True),
        (f"{M}/a.svg?output=png#x", True),
        (f"{M}/f_png.svg", False),
        (f"{M}/a.svg?fm=pngs", False),
        (f"{M}/a.svg?fm=webp", False),
        (f"{M}/f_auto/a.svg", False),
    ],
)
def test_where_another_format_is_asked_for(text: str, is_remade: bool) -> None:
    assert image_urls.is_remade_as_jpeg_or_png(text) is is_remade
