"""What is read of image files, beside what Pillow reads of them; and of files that lie."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageOps

from ogcheck import images
from ogcheck.images import Image, Images, read, read_bytes
from ogcheck.rules.pictures import Picture

SIZES = ((1, 1), (37, 91), (256, 256), (1200, 630))
FORMATS = {
    "PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif", "BMP": "bmp",
    "TIFF": "tiff",
}  # fmt: skip
_ORIENTATION = 0x0112


def made(format: str, size: tuple[int, int], mode: str = "RGB", **options: Any) -> bytes:
    """A picture of noise, as Pillow writes it."""
    small = Pillow.frombytes("RGB", (32, 32), hashlib.shake_128(b"noise").digest(32 * 32 * 3))
    file = io.BytesIO()
    small.resize(size).convert(mode).save(file, format, **options)
    return file.getvalue()


def exif(orientation: int) -> Pillow.Exif:
    found = Pillow.Exif()
    found[_ORIENTATION] = orientation
    return found


def frames(format: str, count: int, **options: Any) -> bytes:
    colours = [(n * 60 % 256, 90, 255 - n * 60 % 256) for n in range(count)]
    first, *rest = (Pillow.new("RGB", (90, 60), colour) for colour in colours)
    file = io.BytesIO()
    first.save(file, format, save_all=True, append_images=rest, **options)
    return file.getvalue()


def as_pillow_has_it(data: bytes) -> tuple[int, int]:
    with Pillow.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).size


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("format", FORMATS)
def test_format_and_size_are_those_that_pillow_reads(format: str, size: tuple[int, int]) -> None:
    data = made(format, size)
    found = read_bytes(data)
    assert found == Image(len(data), FORMATS[format], *size)
    assert (found.width, found.height) == as_pillow_has_it(data)


@pytest.mark.parametrize(
    "data",
    [
        made("JPEG", (640, 480), progressive=True),
        made("JPEG", (640, 480), mode="CMYK"),
        made("JPEG", (640, 480), mode="L"),
        made("JPEG", (640, 480), icc_profile=b"\xff" * 200_000, comment=b"\xff\xd9" * 900),
        made("WEBP", (640, 480), lossless=True),
        made("WEBP", (640, 480), mode="RGBA", exif=exif(1)),
        made("WEBP", (16_383, 2)),
        made("PNG", (640, 480), mode="P"),
        made("PNG", (640, 480), mode="1"),
        made("GIF", (40_000, 2)),
        made("TIFF", (640, 480), compression="tiff_deflate"),
        made("TIFF", (640, 480), big_tiff=True),
        made("AVIF", (640, 480), mode="RGBA"),
        made("AVIF", (641, 479)),
        made("BMP", (640, 480), mode="P"),
    ],
    ids=[str(n) for n in range(15)],
)
def test_variants_have_the_size_that_pillow_reads(data: bytes) -> None:
    found = read_bytes(data)
    assert not found.fault
    assert (found.width, found.height) == as_pillow_has_it(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "TIFF", "AVIF", "PNG", "WEBP"])
def test_a_picture_is_as_wide_as_it_is_shown(format: str, orientation: int) -> None:
    found = read_bytes(made(format, (60, 40), exif=exif(orientation)))
    turned = orientation >= 5
    assert (found.width, found.height) == ((40, 60) if turned else (60, 40))
    assert found.turned is turned


def test_exif_is_found_wherever_png_and_webp_may_have_it() -> None:
    png = made("PNG", (60, 40), exif=exif(6))
    start = png.index(b"eXIf") - 4
    chunk = png[start : start + 12 + int.from_bytes(png[start : start + 4], "big")]
    behind = png.replace(chunk, b"").replace(b"\0\0\0\0IEND", chunk + b"\0\0\0\0IEND")
    webp = made("WEBP", (60, 40), exif=exif(6))
    at = webp.index(b"EXIF") + 4
    size = int.from_bytes(webp[at : at + 4], "little")
    marked = webp[:at] + (size + 6).to_bytes(4, "little") + b"Exif\0\0" + webp[at + 4 :]
    marked = marked[:4] + (len(marked) - 8).to_bytes(4, "little") + marked[8:]
    for data in (behind, marked):
        found = read_bytes(data)
        assert (found.width, found.height, found.turned) == (40, 60, True)
        assert not found.fault
        assert as_pillow_has_it(data) == (40, 60)


def test_exif_that_is_damaged_turns_nothing() -> None:
    png = made("PNG", (60, 40), exif=exif(6))
    at = png.index(b"eXIf")
    for change in (b"XX", b"II*\0\xff\xff\xff\xff"):
        found = read_bytes(png[: at + 4] + change + png[at + 4 + len(change) :])
        assert (found.width, found.height, found.turned, found.fault) == (60, 40, False, "")
    cut = read_bytes(png[: at + 12])
    assert (cut.width, cut.height, cut.turned) == (60, 40, False)


def test_a_top_down_bmp_and_one_of_os2() -> None:
    down = b"BM" + struct.pack("<IHHI", 70, 0, 0, 54) + struct.pack("<IiiHH", 40, 30, -20, 1, 24)
    old = b"BM" + struct.pack("<IHHI", 70, 0, 0, 26) + struct.pack("<IHHHH", 12, 30, 20, 1, 24)
    assert [(i.width, i.height) for i in map(read_bytes, (down, old))] == [(30, 20)] * 2


def test_an_icon_is_as_large_as_its_largest_picture() -> None:
    data = made("ICO", (256, 256), sizes=[(16, 16), (256, 256), (32, 32)])
    assert read_bytes(data) == Image(len(data), "ico", 256, 256)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ('<svg width="120" height="63px"/>', (120, 63)),
        ('<?xml version="1.0"?>\n<!-- a -->\n<svg viewBox="0 0 1200 630">', (1200, 630)),
        ('<svg width="100%" height="100%" viewBox="0,0,24.4,24.6">', (24, 25)),
        ('\ufeff <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a"><svg:svg height="9" width="8">',
         (8, 9)),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg stroke-width="3" height="9"\n width="8">', (8, 9)),
        ('<!DOCTYPE svg [<!ENTITY a "b]>"><!-- don\'t ]> --><!ENTITY c \']\'>]>'
         '<svg height="9" width="8"/>', (8, 9)),
        (f"<!--{'a long licence ' * 9000}--><svg width='8' height='9'/>", (8, 9)),
        ("<?xml version='1.0'?><!DOCTYPE svg [" + '<!ENTITY a "]">' * 9000 + "]>"
         "<svg width='8' height='9'/>", (8, 9)),
        (f"{' ' * 70_000}<svg width='8' height='9'/>", (8, 9)),
        ("<svg>", (None, None)),
    ],
)  # fmt: skip
def test_a_drawing_is_as_large_as_it_says(text: str, size: tuple[int | None, int | None]) -> None:
    marked = text if text.startswith("\ufeff") else f"\ufeff{text}"
    forms = [text.encode(), marked.encode("utf-16-le"), marked.encode("utf-16-be")]
    if text.startswith("<"):
        forms += [text.encode("utf-16-le"), text.encode("utf-16-be")]
    for data in forms:
        found = read_bytes(data)
        assert (found.format, found.width, found.height, found.fault) == ("svg", *size, "")


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_what_moves_is_told_as_pillow_tells_it(format: str, count: int) -> None:
    data = frames(format, count)
    with Pillow.open(io.BytesIO(data)) as image:
        moves = getattr(image, "n_frames", 1) > 1
    found = read_bytes(data)
    assert found.animated is moves is (count > 1)
    assert (found.fault, found.width, found.height) == ("", 90, 60)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_file_is_told_to_be_cut_wherever_it_is(format: str) -> None:
    data = made(format, (120, 80))
    step = max(1, len(data) // 60)
    last = len(data) - (13 if format == "PNG" else 2)  # viewers do without the last mark
    for size in (*range(1, last, step), last):
        assert read_bytes(data[:size]).fault, size


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP"])
def test_what_is_appended_to_a_picture_does_not_count(format: str) -> None:
    data = made(format, (120, 80)) + b"\0" * 100 + b"appended" * 20_000
    assert read_bytes(data) == Image(len(data), FORMATS[format], 120, 80)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is empty"),
        (b"\n<!doctype html><title>404</title>", "is an HTML page"),
        (b"<!-- x --><html lang=en>", "is an HTML page"),
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"hello", "is in no image format that is known"),
        (b"\0" * 70_000, "is in no image format that is known"),
        (b"{}", "is in no image format that is known"),
        (b"\x89PNG\r\n\x1a\n", "begins as a PNG image and is damaged: its size cannot be read"),
        (bytes(Picture(0, 630)), "begins as a PNG image and is damaged: its size cannot be read"),
        (b"\xff\xd8\xff\xe0", "begins as a JPEG image and is damaged: its size cannot be read"),
        (b"\xff\xd8" + b"\xff" * 90_000,
         "begins as a JPEG image and is damaged: its size cannot be read"),
        (b"II*\0\xff\xff\xff\xff",
         "begins as a TIFF image and is damaged: its size cannot be read"),
        (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\xff\xff\xff\xffmeta",
         "begins as an AVIF image and is damaged: its size cannot be read"),
        (b"RIFF\xff\xff\xff\xffWEBPVP8 ",
         "begins as a WebP image and is damaged: its size cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_image_says_what_it_is(data: bytes, fault: str) -> None:
    assert read_bytes(data).fault == fault


def test_a_pointer_of_git_lfs_is_told() -> None:
    found = read_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    assert found.pointer
    assert found.fault == "is a Git LFS pointer, and not the image itself"


def test_a_picture_of_four_billion_pixels_costs_no_more_than_its_header() -> None:
    bomb = bytearray(bytes(Picture(8, 8)))
    bomb[16:24] = struct.pack(">II", 65_000, 65_000)
    found = read_bytes(bytes(bomb))
    assert (found.width, found.height, found.fault) == (65_000, 65_000, "")


@settings(max_examples=300, deadline=None)
@given(
    format=st.sampled_from([*FORMATS]),
    changes=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=12),
    size=st.integers(0, 4000),
)
def test_any_bytes_are_read_without_an_exception(
    format: str, changes: list[tuple[int, int]], size: int
) -> None:
    data = bytearray(SEEDS[format][:size])
    for at, value in changes:
        if at < len(data):
            data[at] = value
    found = read_bytes(bytes(data))
    assert found.weight == len(data)
    assert found.fault or found.format in images.NAMES
    assert (found.width is None) == (found.height is None)
    assert found.width is None or (found.width > 0 and (found.height or 0) > 0)


SEEDS = {name: made(name, (24, 16)) for name in FORMATS}


@pytest.mark.parametrize("size", range(6, 14))
def test_a_gif_that_ends_in_its_header_is_no_whole_picture(size: int) -> None:
    found = read_bytes(SEEDS["GIF"][:size])
    assert found.format == "gif"
    assert found.fault.startswith("is cut off" if size >= 10 else "begins as a GIF image and is")


@pytest.mark.parametrize("format", ["png", "gif", "jpeg", "svg"])
@pytest.mark.parametrize("weight", [0, 90_000])
def test_the_pictures_of_examples_are_what_they_say(format: Any, weight: int) -> None:
    picture = Picture(1200, 630, format, weight)
    found = read_bytes(bytes(picture))
    assert (found.format, found.width, found.height, found.fault) == (format, 1200, 630, "")
    assert weight - 300 <= found.weight <= max(weight, 3000)
    if format != "svg":
        with Pillow.open(io.BytesIO(bytes(picture))) as image:
            assert image.size == (1200, 630)


def test_the_formats_of_endings_and_types() -> None:
    assert images.format_of_ending("JPG") == images.format_of_type("image/pjpeg") == "jpeg"
    assert images.format_of_type("IMAGE/SVG+XML") == "svg"
    assert images.format_of_ending("php") is images.format_of_type("text/png") is None


def test_a_folder_and_a_file_that_is_gone(tmp_path: Path) -> None:
    assert read(tmp_path) == Image(fault="is a folder")
    assert read(tmp_path / "gone.png").fault == "cannot be read (no such file or directory)"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "card.png")
    found: list[Image] = []
    worker = threading.Thread(target=lambda: found.append(read(tmp_path / "card.png")), daemon=True)
    worker.start()
    worker.join(10)
    assert found == [Image(fault="is a pipe, a socket or a device")]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless device")
def test_a_device_is_not_read() -> None:
    assert read(Path("/dev/zero")).fault == "is a pipe, a socket or a device"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(bytes(Picture(9, 9)))
    path.chmod(0)
    assert read(path).fault == "cannot be read (permission denied)"


def test_a_file_of_a_gigabyte_that_says_nothing_is_read_at_its_ends(tmp_path: Path) -> None:
    heads = {
        "a.jpg": b"\xff\xd8\xff",
        "a.png": bytes(Picture(9, 9))[:-12],
        "a.gif": b"GIF89a\1\0\1\0\0\0\0",
        "a.tif": b"II+\0\x08\0\0\0\x10",
    }
    for name, head in heads.items():
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(head)
            file.truncate(2**30)
        tracemalloc.start()
        found = read(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (found.weight, bool(found.fault)) == (2**30, True), name
        assert most < 50_000_000, name


@pytest.mark.parametrize(
    ("begin", "again"),
    [(b"<!doctype svg", b" "), (b"<!doctype svg ", b"[ "), (b"", b"<!--"), (b"", b"<!---->"),
     (b"", b"<?x"), (b"", b" "), (b"<svg ", b"width='1 "), (b"<svg ", b" "), (b"<", b"a"),
     (b"<!doctype svg [", b"<!--"), (b"<!doctype svg [", b"<!---->"), (b"<!doctype svg [", b"<?"),
     (b"<!doctype svg [", b"'"), (b"<!doctype svg [", b'" '), (b"\xff\xfe", b"<\0!\0-\0-\0"),
     (b"<svg", b"\twidth\t"), (b"<svg width='", b"1"), (b"GIF89a", b"\x21"), (b"\xff\xd8", b"\xff"),
     (b"\0\0\0\x20ftypavif", b"\0\0\0\x08meta"), (b"\x89PNG\r\n\x1a\n", b"\0")],
)  # fmt: skip
def test_what_repeats_itself_is_read_in_no_time(begin: bytes, again: bytes) -> None:
    data = begin + again * (100_000 // len(again))
    started = time.process_time()
    read_bytes(data)
    assert time.process_time() - started < 2


def test_each_image_of_a_run_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(bytes(Picture(9, 9)))
    known = Images()
    first = known.read(path)
    path.write_bytes(b"")
    assert known.read(path) is first
    assert read(path).fault == "is empty"
