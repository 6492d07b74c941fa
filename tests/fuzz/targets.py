"""What is fuzzed: each target takes any bytes, and raises where a promise is broken.

A target is called with bytes that libFuzzer (through atheris) or hypothesis made up; those of the
values decode them first. ``SEEDS`` begins them: the examples of all rules, which is most of what
the readers and rules know.
"""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from ogcheck import names, presets, vocabulary
from ogcheck.api import make_checker
from ogcheck.engine.check import Checker
from ogcheck.fix import fix_source
from ogcheck.rules.registry import builtin
from ogcheck.source import Source
from ogcheck.testing import NOW
from ogcheck.values import (
    date_readings,
    dates,
    encodings,
    image_urls,
    locales,
    markup,
    mojibake,
    placeholders,
    protocol,
    references,
    shown,
    titles,
    url_parts,
    urls,
)

Target = Callable[[bytes], None]

SITE = "https://www.northbridge.example"
SECONDS = 1.0
"""What an input may take, and as much again for each 100 kB of it."""


@lru_cache(maxsize=1)
def checker() -> Checker:
    """All rules, the notes among them."""
    config = {"site-url": SITE, "timezone": "Europe/London", "select": ["ALL"]}
    return make_checker(Path.cwd(), config, NOW)


def _checked(data: bytes, name: str) -> None:
    source = Source.from_bytes(name, data)
    found = checker().check(source, Path(name).absolute())
    size = len(source.text)
    for problem in found.problems:
        assert problem.code != "OGX001", problem.message
        assert 0 <= problem.offset <= problem.end_offset <= size, problem
        assert problem.line >= 1, problem
        assert problem.column >= 1, problem
        problem.to_dict()
    for prop in found.page.properties if found.page is not None else ():
        assert 0 <= prop.span.start <= prop.span.end <= size, prop.name
        if prop.alias is None:  # an alias is shown where its anchor is, and has its own span
            start, end = prop.span_of(0, len(prop.value))
            assert prop.span.start <= start <= end <= prop.span.end, prop.name


def markdown(data: bytes) -> None:
    """A Markdown file, with front matter in whatever dialect."""
    _checked(data, "a.md")


def yaml(data: bytes) -> None:
    """A whole YAML file, as a page."""
    _checked(b"og_title: x\n" + data, "a.yaml")


def toml(data: bytes) -> None:
    """TOML front matter."""
    _checked(b"+++\n" + data + b"\n+++\n", "a.md")


def json(data: bytes) -> None:
    """A whole JSON file."""
    _checked(data, "a.json")


def html_page(data: bytes) -> None:
    """A built page."""
    _checked(data, "a.html")


def _fixed(data: bytes, name: str) -> None:
    source = Source.from_bytes(name, data)
    place = Path(name).absolute()
    once = fix_source(checker(), source, place, unsafe=True, notes=True)
    twice = fix_source(checker(), source.with_text(once.text), place, unsafe=True, notes=True)
    assert twice.text == once.text
    assert not twice.fixed


def fix_markdown(data: bytes) -> None:
    """A Markdown file, fixed twice."""
    _fixed(data, "a.md")


def fix_html(data: bytes) -> None:
    """A built page, fixed twice."""
    _fixed(data, "a.html")


def key_names(data: bytes) -> None:
    """Keys, alone and below one another."""
    path: names.Words = ()
    for key in _text(data).split("\n")[:20]:
        words = names.words(key)
        assert all(words), words
        assert names.words("-".join(words)) == words or not all(w.isascii() for w in words)
        names.intended(key)
        path = names.below(path, key)
        found = names.vocabulary_words().get(path)
        assert found is None or found in vocabulary.PROPERTIES


def addresses(data: bytes) -> None:
    """Two addresses, a line each."""
    first, _, second = _text(data).partition("\n")
    parsed = []
    for text in (first, second):
        url = urls.parse(text)
        parsed.append(url)
        fault = urls.share_fault(text)
        assert fault is not None or url is not None
        if urls.is_plain(text):
            assert fault is None
            assert not url_parts.unescaped(text, image=True)
        if url is not None:
            assert urls.differences(url, url) == urls.form_differences(url, url) == ()
            assert urls.same_page(url, url)
            again = urls.parse(url.href)
            assert again is not None
            assert again.href == url.href
        _parts(text)
    one, other = parsed
    if one is not None and other is not None:
        assert urls.same_page(one, other) == urls.same_page(other, one)
        assert urls.is_paginated(one, other) == urls.is_paginated(other, one)
        assert urls.is_short_form(one, other) == urls.is_short_form(other, one)


def _parts(text: str) -> None:
    found = url_parts.parameters(text)
    for one in found:
        assert text[one.start : one.end].lower().startswith(one.name)
    left = url_parts.without(text, list(found))
    assert len(left) <= len(text)
    for piece in url_parts.unescaped(text, image=True):
        assert 0 <= piece.start < piece.end <= len(text)
    url_parts.tracking(text)
    url_parts.expiry(text)
    url_parts.dated_path(text)
    url_parts.slug_words(text)
    asked = image_urls.asked(text)
    if asked is not None:
        image_urls.original(text, asked)
    image_urls.default_word(image_urls.file_name(text))
    image_urls.is_file_name(text, text)


@lru_cache(maxsize=1)
def formats() -> tuple[str, ...]:
    """Every date format of every preset."""
    folder = Path(presets.__file__).parent
    every = (presets.load(p.stem).date_formats for p in sorted(folder.glob("*.toml")))
    return tuple(dict.fromkeys(one for some in every for one in some))


def moments(data: bytes) -> None:
    """A date in whatever form."""
    text = _text(data)
    read = [dates.iso(text), dates.iso_like(text), *date_readings.readings(text)]
    for one in formats():
        date = dates.read(text, (one,))
        read.append(date)
        if date is not None and date.fault is None:
            written = dates.write(date, one)
            if "%f" in one:  # a fraction is read, and not kept
                assert written is None, one
                continue
            assert written is not None, one
            again = dates.read(written, (one,))
            assert again is not None, written
            assert again[:6] == date[:6], written
    for date in read:
        if date is not None and date.fault is None:
            again = dates.iso(dates.written_iso(date))
            assert again is not None, date
            assert again[:3] == date[:3], date


def texts(data: bytes) -> None:
    """Two titles, a line each, as everything that is asked of a text."""
    one, _, other = _text(data).partition("\n")
    for text in (one, other):
        _pieces(text)
    assert titles.same_title(one, one)
    assert titles.same_title(one, other) == titles.same_title(other, one)
    for found in (titles.affix(one, other), titles.at_end(one, other), titles.site_segment(one)):
        assert found is None or 0 <= found.start <= found.end <= len(one)
    titles.headline(one, other)


def _pieces(text: str) -> None:
    for segment in titles.segments(text):
        assert text[segment.start : segment.end] == segment.text
    resolved = references.resolve(text)
    assert references.resolve(resolved) == resolved
    assert not references.find(text) or html.unescape(text) != text
    end = 0
    for start, stop, _ in references.pieces(text):
        assert end <= start < stop <= len(text)
        end = stop
    end = 0
    for piece in markup.find(text):
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end
    markup.strip(text)
    for broken in mojibake.find(text):
        assert 0 <= broken.start < broken.end <= len(text)
        assert broken.repair
    seen = shown.shown(text)
    assert len(seen.places) == len(seen.text) + 1
    assert list(seen.places) == sorted(seen.places)
    for unit in ("characters", "bytes"):
        assert 0 <= shown.fitting(text, 20, unit) <= len(text)
    for role in ("title", "text", "image", "other"):
        found = placeholders.find(text, role)
        assert found is None or 0 <= found.start < found.end <= len(text)
    mended = locales.mend(text)
    assert mended is None or locales.is_locale(mended)
    locales.language(text)
    locales.known_for(text)
    for kind in protocol.JUDGES:
        protocol.fault(kind, text)


def encoding(data: bytes) -> None:
    """What the bytes of a page say of their encoding."""
    found = encodings.sniff(data)
    if found is not None:
        encodings.decode(data, found.name)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Target] = {
    "markdown": markdown,
    "yaml": yaml,
    "toml": toml,
    "json": json,
    "html": html_page,
    "fix-markdown": fix_markdown,
    "fix-html": fix_html,
    "names": key_names,
    "addresses": addresses,
    "dates": moments,
    "texts": texts,
    "encoding": encoding,
}


def run(target: str, data: bytes) -> None:
    """Call a target. Raises what it raises, and ``AssertionError`` where it takes too long."""
    begun = time.process_time()
    TARGETS[target](data)
    taken = time.process_time() - begun
    assert taken <= SECONDS * (1 + len(data) / 100_000), f"{taken:.1f} s for {len(data)} bytes"


def seeds(target: str) -> Iterator[bytes]:
    """Texts to begin with: for files the rules' examples, for values those that stand in them."""
    rules = builtin().rules.values()
    every = [example for rule in rules for example in (*rule.bad, *rule.good)]
    endings = {"html": ".html", "fix-html": ".html", "encoding": ".html"}
    if target in ("markdown", "yaml", "toml", "json", "fix-markdown", *endings):
        ending = endings.get(target, ".md")
        for example in every:
            if Path(example.path).suffix == ending:
                yield example.text.encode("utf-8", "surrogateescape")
        return
    for example in every:
        found = checker().check(Source.from_text(example.path, example.text), Path(example.path))
        for prop in found.page.properties if found.page is not None else ():
            yield (prop.name if target == "names" else prop.value).encode("utf-8", "replace")
