"""What an image's URL says of the picture: the size that is asked for, the crop, the file's name.

Image services and content systems write a size into the query (``?w=600&h=300``, ``?size=300x200``,
``?resize=300,200``), into the path (``/100x100/``, ``/w_600,h_300/``) or into the file's name
(``-212x300.jpg``). Offsets are into the text that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ogcheck.values.patterns import late

_COMMA = "(?:,|%2[Cc])"
_SIDE = late(
    r"[?&;](?P<key>w|width|h|height|imwidth|maxwidth|maxheight)=(?P<value>\d{1,5})(?![^&;#?\s])"
    r"|[?&;](?P<pair>resize|fit|size)=(?P<w>\d{2,5})(?P<by>x|,|%2[Cc])(?P<h>\d{2,5})"
    r"(?![^&;#?\s])",
    re.IGNORECASE,
)
_IN_PATH = late(
    r"/(?P<w>\d{2,4})x(?P<h>\d{2,4})(?=/)"
    r"|[,/](?P<key>[wh])_(?P<value>\d{2,4})(?=[,/])"
    r"|(?P<joint>[-_]|(?<=[A-Za-z])(?=\d{3,4}x\d{3,4}))(?P<nw>\d{2,4})x(?P<nh>\d{2,4})(?:px)?"
    r"(?=\.[A-Za-z]{3,4}(?:[?#]|$))",
    re.IGNORECASE,
)
# (left, top, right, bottom) in ImageResizer and the systems built on it; Photon's crop, which gives
# a place and a size, is written without parentheses.
_CROP = late(
    rf"[?&;]crop=(?:\(|%28)(-?\d+){_COMMA}(-?\d+){_COMMA}(-?\d+){_COMMA}(-?\d+)(?:\)|%29)",
    re.IGNORECASE,
)


_LAYER = late(r"/(?:(?![lu]_)[^/,]*+,)*+[lu]_[^/]*+")
_APPLIED = late(r"/(?:(?!fl_layer_apply[,/])[^/,]*+,)*+fl_layer_apply(?=[,/])[^/]*+")
# What another format than the file's is asked for with; ``f_png`` stands in a path.
_REMADE_AS = late(
    r"[?&;](?:fm|format|output)=p?(?:jpe?g|png)(?![^&;#])|[/,](?:f_|format=)(?:jpe?g|png)(?=[,/])",
    re.IGNORECASE,
)


class Asked(NamedTuple):
    """The size that a URL asks for. A side that it does not name is None."""

    width: int | None
    height: int | None
    start: int
    end: int
    pattern: str
    """How it is written, with ``{w}`` and ``{h}`` for the numbers: ``w={w}&h={h}``."""
    in_name: bool
    """It is a part of the file's name: the file is that large, and nothing scales it."""
    crop: tuple[int, int] | None
    """The part of the picture that is taken, across and down."""


@lru_cache(maxsize=256)
def asked(text: str) -> Asked | None:
    """The last width and height that a URL asks for; None where it asks for none."""
    question = text.find("?")
    found: dict[str, tuple[int, int, int, str]] = {}
    in_name = False
    layers = _layers(text) if "l_" in text or "u_" in text else []
    for match in _IN_PATH.finditer(text, 0, len(text) if question < 0 else question + 1):
        if match["key"] and any(start <= match.start() < end for start, end in layers):
            continue
        if match["nw"]:
            in_name = True
            _both(found, match, "nw", "nh", "{w}x{h}")
        elif match["w"]:
            _both(found, match, "w", "h", "{w}x{h}")
        else:
            side = match["key"].lower()
            span = match.start("key"), match.end("value")
            found[side] = (int(match["value"]), *span, f"{match['key']}_{{{side}}}")
    sizes = list(_SIDE.finditer(text, question)) if question >= 0 else []
    if sizes:  # a query is asked of what the path names
        found, in_name = {}, False
    for match in sizes:
        if match["pair"]:
            _both(found, match, "w", "h", f"{match['pair']}={{w}}{match['by']}{{h}}", "pair")
            continue
        key = match["key"].lower()
        side = "h" if key.startswith("h") or "height" in key else "w"
        span = match.start("key"), match.end("value")
        found[side] = (int(match["value"]), *span, f"{match['key']}={{{side}}}")
    width, height = found.get("w"), found.get("h")
    sides = [side for side in (width, height) if side is not None]
    if not sides or any(side[0] == 0 for side in sides):
        return None
    patterns = dict.fromkeys(side[3] for side in sorted(sides, key=lambda side: side[1]))
    return Asked(
        width[0] if width else None,
        height[0] if height else None,
        min(side[1] for side in sides),
        max(side[2] for side in sides),
        ("," if any("_{" in one for one in patterns) else "&").join(patterns),
        in_name,
        _crop(text),
    )


def _layers(text: str) -> list[tuple[int, int]]:
    """Where a path speaks of a text or picture that is laid over the image, and not of the image.

    Up to where it is applied (https://cloudinary.com/documentation/layers). At most a hundred.
    """
    applied = [match.end() for match in _APPLIED.finditer(text)]
    found = []
    for match in islice(_LAYER.finditer(text), 100):
        after = bisect_left(applied, match.end())
        found.append((match.start(), applied[after] if after < len(applied) else match.end()))
    return found


def is_remade_as_jpeg_or_png(text: str) -> bool:
    """Whether a URL asks for the picture in a format that all platforms show."""
    return _REMADE_AS.search(text) is not None


def _both(
    found: dict[str, tuple[int, int, int, str]],
    match: re.Match[str],
    width: str,
    height: str,
    pattern: str,
    first: str = "",
) -> None:
    start, end = match.start(first or width), match.end(height)
    found["w"] = (int(match[width]), start, end, pattern)
    found["h"] = (int(match[height]), start, end, pattern)


def _crop(text: str) -> tuple[int, int] | None:
    if "crop=" not in text or "cropxunits=" in text.lower():
        return None  # with units the corners are parts of the picture, and no pixels
    match = _CROP.search(text)
    if match is None:
        return None
    left, top, right, bottom = map(int, match.groups())
    across, down = right - left, bottom - top
    return (across, down) if across > 0 and down > 0 else None


def original(text: str, found: Asked) -> str | None:
    """The file of which one with a size in its name was made: ``Lambo-212x300.jpg``, ``Lambo.jpg``.

    Only for names that say so by WordPress's pattern, a hyphen before the size.
    """
    if not found.in_name or text[found.start - 1] != "-" or text[found.end :].startswith("px"):
        return None
    return text[: found.start - 1] + text[found.end :]


_LONGEST_FILE = 4000
"""So many characters of a name are decoded: file systems end at 255 bytes, 765 characters."""


def file_name(path: str) -> str:
    """The last segment of a path, percent-decoded, or the end of one that no server would take."""
    name = path.rstrip("/").rsplit("/", 1)[-1][-_LONGEST_FILE:]
    if "%" not in name:
        return name
    from urllib.parse import unquote  # few names need it

    return unquote(name)


DEFAULTS: frozenset[str] = frozenset(
    "default placeholder logo noimage no-image favicon apple-touch-icon".split()
)
"""Words of files that stand for no picture of their own."""
_SHARE = frozenset("og ogimage og-image opengraph open-graph share sharing social".split())
_SIZE_OR_VERSION = late(r"\d+(?:x\d*)?(?:px)?|v\d+|scaled|min|large|small|copy")
_WORDS = late(r"[^\W_]+")
_MAY_BE = late("default|placeholder|logo|no[-_ ]?image|favicon|apple-touch-icon")
_LONGEST_NAME = 4
"""A name of more words is a headline, in which a logo or a default is the subject."""


@lru_cache(maxsize=256)
def default_word(file: str, further: tuple[str, ...] = ()) -> str | None:
    """The word of a file's name that makes it a default image; None where it is a picture.

    The word is the whole name, stands at one of its ends, or beside a word for sharing
    (``soh-default-og-image``). Sizes, versions and the ending of the file do not count.
    """
    stem = file.rsplit(".", 1)[0].lower()
    named = next((word for word in further if word.lower() in stem), None)
    if named is not None or not _MAY_BE.search(stem):
        return named
    words = [w for w in _WORDS.findall(stem) if not _SIZE_OR_VERSION.fullmatch(w)]
    words = [w.rstrip("0123456789") for w in words]
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            word = "-".join(words[at : at + size])
            if word not in DEFAULTS:
                continue
            before, after = words[:at], words[at + size :]
            at_an_end = not before or not after
            if (at_an_end and len(words) <= _LONGEST_NAME) or _beside_share(before, after):
                return word
    return None


def _beside_share(before: list[str], after: list[str]) -> bool:
    near = (before[-1:], ["-".join(before[-2:])], after[:1], ["-".join(after[:2])])
    return any(word in _SHARE for words in near for word in words)


_IMAGE_ENDING = late(r"\.(?:jpe?g|png|gif|webp|avif|svgz?|bmp|tiff?|heic|ico)\Z", re.IGNORECASE)
_CAMERA = late(
    r"(?:img|dsc[fn]?|dcim|pxl|mvi|image|photo|picture|screenshot)[-_ ]?\d[\d_\-. ]*", re.IGNORECASE
)


def has_image_ending(path: str) -> bool:
    """Whether a path ends as image files do."""
    return _IMAGE_ENDING.search(path) is not None


def is_file_name(text: str, path: str) -> bool:
    """Whether ``text`` is the name of an image file, of that at ``path`` or of any.

    A name of words that a person could have written (``harbour``) is none.
    """
    if has_image_ending(text) or _CAMERA.fullmatch(text):
        return True
    stem = _IMAGE_ENDING.sub("", file_name(path))
    joined = any(c in "-_" or c.isdigit() for c in text) and " " not in text
    return joined and text.lower() == stem.lower()


_ON_REQUEST = (
    "/_next/",  # nextjs.org, next/image and its data
    "/_vercel/",  # vercel.com, image optimization
    "/_ipx/",  # image.nuxt.com, the provider ipx
    "/_image",  # docs.astro.build, the endpoint of images on demand
    "/.netlify/",  # docs.netlify.com, functions and the image CDN
    "/cdn-cgi/",  # developers.cloudflare.com, image transformations
    "/api/",
)
"""Beginnings of paths under which hosts make files when they are asked for them."""


def is_made_on_request(path: str, further: tuple[str, ...] = ()) -> bool:
    """Whether a path is one of those under which no file lies, or of the ``further`` ones."""
    return path.startswith((*_ON_REQUEST, *further))


def is_scaled(text: str) -> bool:
    """Whether the query of a URL asks for another size or format of the picture than the file's."""
    question = text.find("?")
    if question < 0:
        return False
    found = asked(text)
    return (found is not None and found.start > question) or _REMADE.search(
        text, question
    ) is not None


_REMADE = late(r"[?&;](?:format|fm|auto|fit|crop|rect|imwidth|quality)=", re.IGNORECASE)
