"""Any page, any of its fixes: it reads back, is fixed once, and the rest is as it was."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ogcheck.api import make_checker
from ogcheck.fix import FixResult, fix_source
from ogcheck.page import Page
from ogcheck.source import Source
from ogcheck.testing import NOW

SITE = "https://www.northbridge.example"
TEXTS = st.sampled_from(
    ["Bridge closed", "Fish &amp; chips", "It&#039;s  open |", " Bridge closed ", "- Bridge closed",
     "Bridge closed | Northbridge", "Le cafÃ© du port", "<p>The <b>old</b> bridge</p>", "no",
     "12:30",
     "Closed, closed, closed, closed", "Bridge\u200b closed", "“4×4” taken", "Bridge: closed #2"],
)  # fmt: skip
URLS = st.sampled_from(
    [f"{SITE}/a/", f"{SITE}/a/?utm_source=x", f"{SITE}/a/#top", "/media/a b.jpg",
     f"{SITE}/a.jpg?w=1&amp;h=2", "http://www.northbridge.example/a.jpg", "//cdn.example/a.jpg",
     f"{SITE}/ä ö.jpg", "https%3A%2F%2Fwww.northbridge.example%2Fa"],
)  # fmt: skip
DATES = st.sampled_from(
    ["2026-03-26", "26 March 2026", "2026-3-5 9:00", "2026-03-26T09:26:00+0100"]
)
OTHERS = {"og:type": ("Article", "website", "artcle"), "og:locale": ("en-GB", "en_uk", "de_DE"),
          "twitter:site": ("northbridge", "https://x.com/northbridge", "@northbridge"),
          "article:tag": ("bridge, harbour, town", "bridge"),
          "og:sitename": ("Northbridge",)}  # fmt: skip
KEYS = {
    **dict.fromkeys(("title", "og:title", "og:description", "twitter:title"), TEXTS),
    **dict.fromkeys(("og:url", "og:image", "canonical_url", "og:image:secure_url"), URLS),
    **dict.fromkeys(("date", "article:published_time", "article:modified_time"), DATES),
    **{key: st.sampled_from(values) for key, values in OTHERS.items()},
}
PAIRS = st.lists(
    st.sampled_from(sorted(KEYS)).flatmap(lambda k: st.tuples(st.just(k), KEYS[k])),
    min_size=1, max_size=9, unique_by=lambda pair: pair[0],
)  # fmt: skip


def written(value: str, style: str) -> str:
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def front_matter(draw: st.DrawFn) -> str:
    lines = ["---"]
    for number, (key, value) in enumerate(draw(PAIRS)):
        if draw(st.booleans()):
            lines.append(f"# comment {number}")
        spelt = f'"{key}"' if ":" in key else key
        text = written(value, draw(st.sampled_from("'\"")))
        lines.append(f"{spelt}: {text}" + draw(st.sampled_from(["", "  # behind"])))
    lines += ["---", "", "A &amp; B  | C", ""]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@st.composite
def html(draw: st.DrawFn) -> str:
    lines = ["<!DOCTYPE html>", "<html><head>", '<meta charset="utf-8">']
    for number, (key, value) in enumerate(draw(PAIRS)):
        quote = draw(st.sampled_from("'\""))
        said = value.replace("&", "&amp;").replace(quote, "&#39;" if quote == "'" else "&quot;")
        name = draw(st.sampled_from(["property", "name"]))
        lines.append(f"<!-- comment {number} -->")
        if key == "title":
            lines.append(f"<title>{said.replace('<', '&lt;')}</title>")
        elif key == "canonical_url":
            lines.append(f"<link rel=canonical href={quote}{said}{quote}>")
        else:
            lines.append(f"<meta {name}={quote}{key}{quote} content={quote}{said}{quote}>")
    lines += ["</head><body>", "<p>A &amp;amp; B  | C</p>", "</body></html>", ""]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def fixed(text: str, name: str, codes: list[str] | None, *, unsafe: bool) -> FixResult:
    config: dict[str, object] = {"site-url": SITE, "timezone": "Europe/London"}
    if codes is not None:
        config["select"] = codes
    checker = make_checker(Path.cwd(), config, NOW)
    place = Path(name).absolute()
    return fix_source(checker, Source.from_text(name, text), place, unsafe=unsafe, notes=True)


def values(page: Page | None) -> dict[tuple[str, str], str]:
    assert page is not None
    assert not page.unreadable
    return {(p.name, p.pointer): p.value for p in page.properties}


def holds(text: str, name: str, body: str, chance: random.Random, *, unsafe: bool) -> None:
    every = fixed(text, name, None, unsafe=unsafe)
    codes = sorted({p.code for p in every.fixed})
    some = chance.sample(codes, chance.randint(0, len(codes))) if codes else []
    for result in (every, fixed(text, name, some or ["FM001"], unsafe=unsafe)):
        assert result.refused == ()
        before = values(fixed(text, name, ["FM001"], unsafe=False).checked.page)
        after = values(result.checked.page)
        touched = {p.property for p in result.fixed}
        touched |= {n for p in result.fixed if p.fix is not None for n in p.fix.inserts}
        related = any(p.related for p in result.fixed)  # one text, or one address, in two places
        for (prop, _), value in set(before.items()) - set(after.items()):
            assert prop in touched or related, (prop, value)
        assert body in result.text
        comments = [line for line in text.splitlines() if "comment" in line]
        assert [line for line in result.text.splitlines() if "comment" in line] == comments
        assert ("\r\n" in result.text) == ("\r\n" in text)
        again = fixed(result.text, name, None if result is every else some or ["FM001"],
                      unsafe=unsafe)  # fmt: skip
        assert (again.text, again.fixed) == (result.text, ())


@settings(max_examples=60, deadline=None)
@given(front_matter(), st.randoms(use_true_random=False), st.booleans())
def test_front_matter(text: str, chance: random.Random, unsafe: bool) -> None:
    holds(text, "a.md", "A &amp; B  | C", chance, unsafe=unsafe)


@settings(max_examples=60, deadline=None)
@given(html(), st.randoms(use_true_random=False), st.booleans())
def test_html(text: str, chance: random.Random, unsafe: bool) -> None:
    holds(text, "a.html", "<p>A &amp;amp; B  | C</p>", chance, unsafe=unsafe)
