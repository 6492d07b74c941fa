"""Whether long inputs take long: ``python tests/fuzz/linear.py``, which needs two minutes.

First every regular expression of ogcheck by itself, then whole pages in which one place holds a
hundred thousand characters of a repeated text. The exit status is 1 if the time of one grows faster
than its text does. It measures time, and so it is no test: ``.ci/run --all`` runs it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ogcheck.source import Source
from tests.fuzz import patterns
from tests.fuzz.targets import SECONDS, checker

SIZES = (30_000, 90_000)
"""Lengths in characters, of which the second takes no more than ``SECONDS``."""
STEEP = 5.0
"""A place is told, too, if the longer takes so many times what the shorter takes; linear is 3."""
NOTABLE = 0.15
"""Seconds below which nothing is told."""

UNITS = [
    "a", " ", "a ", "A. ", "é", "Ã© ", "utm_a=b&",
    "\U0001f600", "1", "-", "--", "|", " |", "| a", ": ", ".", "…", "/",
    "&", "&amp;", "&amp", "&#", "{{}}&amp;", "{{", "{", "}}", "{% a %}", "${", "<%", "%a", "%%",
    "<", "<b>", "</i>", "<b></i>", "<b>a</b>", "<!--", "<a b=", "](", "[", "[a](b)", "![", "[/a]",
    "[a b=", "[[{\\\\", "`", "` ``", "```a", "#", "# ", "*", "**", "_", "http://", "http://a.b/ ",
    "@", "www.", "?a=", "a&", ";", ",", "a,", "'", "\\\\", "(", "a@b.c ", "2024-", "T", ":00", "+",
    "\u200b", "\u202e", "\u0301", "Ã©", "â€™", "lorem ipsum ", "TODO ", "and ", "%20", "../", "//",
    "xn--",
]  # fmt: skip
PLACES = {
    "title": ("a.md", '---\ntitle: "%s"\nog_title: b\nog_url: https://a.example/b\n---\n'),
    "og:title": ("a.md", '---\ntitle: b\nog_title: "%s"\nog_url: https://a.example/b\n---\n'),
    "both": ("a.md", '---\ntitle: &a "%s"\nog_title: *a\nog_description: *a\n---\n'),
    "block": ("a.md", "---\ntitle: b\nog_title: b\nog_description: |\n  %s\n---\n"),
    "query": ("a.md", '---\ntitle: b\nog_title: b\nog_url: "https://a.example/?%s"\n---\n'),
    "description": ("a.md", '---\ntitle: b\nog_title: b\nog_description: "%s"\n---\n'),
    "image": ("a.md", '---\ntitle: b\nog_title: b\nog_image: "https://a.example/%s"\n---\n'),
    "alt": ("a.md", '---\ntitle: b\nog_title: b\nog_image: a.png\nog_image_alt: "%s"\n---\n'),
    "address": ("a.md", '---\ntitle: b\nog_title: b\nog_url: "%s"\ncanonical: "%s"\n---\n'),
    "date": ("a.md", '---\ntitle: b\nog_title: b\ndate: "%s"\nlastmod: "%s"\n---\n'),
    "locale": ("a.md", '---\ntitle: b\nog_title: b\nog_locale: "%s"\nlang: "%s"\n---\n'),
    "kind": ("a.md", '---\ntitle: b\nog_title: b\nog_type: "%s"\ntwitter_card: "%s"\n---\n'),
    "handle": ("a.md", '---\nog_title: b\ntwitter_site: "%s"\narticle_author: "%s"\n---\n'),
    "key": ("a.md", '---\nog_title: b\n"og_%s": x\n---\n'),
    "body": ("a.md", "---\ntitle: b\nog_title: b\nog_description: c\n---\n%s\n"),
    "comment": ("a.md", "---\nog_title: b # ogcheck: ignore[%s]\n---\n<!-- ogcheck: %s -->\n"),
    "TOML": ("a.md", '+++\ntitle = "%s"\nog_title = "b"\n+++\n'),
    "open TOML": ("a.md", "+++\ntitle = %s\nog_title = b\n+++\n"),
    "JSON": ("a.md", '{"title": "%s", "og_title": "b"}\n'),
    "open JSON": ("a.md", '{"title": %s, "og_title": b}\n'),
    "open YAML": ("a.md", "---\ntitle: %s\nog_title: b\n---\n"),
    "nothing but": ("a.md", "%s"),
    "content": ("a.html", "<html><head><title>b</title><meta property=og:title content='%s'>"),
    "title element": ("a.html", "<html><head><title>%s</title><meta property=og:title content=b>"),
    "head": ("a.html", "<html><head><title>b</title><meta property=og:title content=b>%s"),
    "prefix": ("a.html", "<html prefix='%s'><head><title>b</title>"
               "<meta property=og:title content=b>"),
    "policy": ("a.html", "<html><head><title>b</title><meta name=robots content='%s'>"
               "<meta name=viewport content='%s'><meta property=og:title content=b>"),
    "JSON-LD": ("a.html", "<html><head><meta property=og:title content=b><script "
                'type=application/ld+json>{"@type": "Article", "headline": "%s"}</script>'),
    "author": ("a.html", "<html><head><meta property=og:title content=b><script type=application/"
               'ld+json>{"@type": "Article", "headline": "b", "author": "%s"}</script>'),
    "script": ("a.html", "<html><head><meta property=og:title content=b><script "
               "type=application/ld+json>%s</script>"),
    "wrapped script": ("a.html", "<html><head><meta property=og:title content=b><script "
                       "type=application/ld+json><!-- %s --></script>"),
}  # fmt: skip


def main() -> int:
    found = 0
    for where, used in patterns.patterns().items():
        for text in patterns.slow(used):
            print(f"{where} {used.pattern.pattern!r}: {text}", flush=True)
            found += 1
    for place, unit, seconds in pages():
        print(f"{place} of {unit!r}: {seconds[0]:.3f} s, then {seconds[1]:.3f} s", flush=True)
        found += 1
    print(f"{found} are slow" if found else "nothing is slow")
    return int(bool(found))


def pages() -> Iterator[tuple[str, str, tuple[float, float]]]:
    """The places and texts that are slow, and what both sizes take."""
    _seconds("a.md", "---\nog_title: b\n---\n")  # what the first page loads
    for place, (name, page) in PLACES.items():
        for unit in UNITS:
            texts = [page.replace("%s", unit * (size // len(unit))) for size in SIZES]
            shorter, longer = (_seconds(name, text) for text in texts)
            if not _is_slow(shorter, longer):
                continue
            shorter, longer = (min(_seconds(name, text) for _ in range(3)) for text in texts)
            if _is_slow(shorter, longer):
                yield place, unit, (shorter, longer)


def _is_slow(shorter: float, longer: float) -> bool:
    return longer > NOTABLE and (longer > SECONDS or longer > STEEP * shorter)


def _seconds(name: str, text: str) -> float:
    source = Source.from_text(name, text)
    begun = time.process_time()
    checker().check(source, Path(name).absolute())
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
