"""What is read from real pages, against Beautiful Soup on html5lib, which share no code with it.

Documented differences: html5lib has scripting off, so it parses ``<noscript>``, and it knows no
``<template>``; what lies in either is left out on its side by hand. It is given text, in the
encoding that the page declares: two pages declare one that their bytes are not in (they were saved
as UTF-8), and both sides believe them, as browsers do. JSON-LD in a CDATA section is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from ogcheck import vocabulary
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.source import Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAGES = [*sorted((CORPUS / "pages").rglob("*.html")),
         *sorted((CORPUS / "built-site" / "content").rglob("*.html"))]  # fmt: skip

pytestmark = pytest.mark.skipif(
    not PAGES, reason="the corpus of real pages (../shared/corpus) is not there"
)

OUTSIDE = ["template", "noscript", "svg", "math"]
ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report)$")
PAGE = re.compile(r"(?:\w*Page|RealEstateListing)$")
PLAIN = ("headline", "name", "description", "datePublished", "dateModified", "inLanguage")


def meta(tag: Tag) -> Iterator[tuple[str, str]]:
    """The properties of a ``<meta>``."""
    value = str(tag.get("content") or "")
    seen = set()
    name = str(tag.get("name") or "").strip().lower()
    if name in ("description", "author"):
        yield f"page:{name}", value
    named = [*str(tag.get("property") or "").split(), name, *str(tag.get("itemprop") or "").split()]
    for one in (n.lower() for n in named):
        if (
            one in vocabulary.PROPERTIES
            and one not in seen
            and not one.startswith(("page:", "ld:"))
        ):
            seen.add(one)
            yield one, value


def entities(data: Any) -> Iterator[dict[str, Any]]:
    """The entities at the top of a block."""
    if isinstance(data, list):
        for item in data:
            yield from entities(item)
    elif isinstance(data, dict):
        yield data
        yield from entities(data.get("@graph"))
        if any(PAGE.match(t) for t in types(data)):
            yield from entities(data.get("mainEntity"))


def types(entity: dict[str, Any]) -> list[str]:
    """The types of an entity."""
    found = entity.get("@type")
    return [found] if isinstance(found, str) else list(found or [])


def scalars(entity: dict[str, Any], every: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What is compared of an entity, in the order in which it is listed."""
    inner = {"mainEntityOfPage": ["@id", "url"], "image": ["url", "contentUrl"],
             "author": ["name"], "publisher": ["name"]}  # fmt: skip
    for key in ("@type", *PLAIN, "url", "mainEntityOfPage", "image", "author", "publisher"):
        values = entity.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                keys = inner.get(key, [])
                if not any(k in value for k in keys):
                    same = [e for e in every if "@id" in value and e.get("@id") == value["@id"]]
                    value = next((e for e in same if any(k in e for k in keys)), {})
                    keys = [k for k in keys if k != "@id"]
                value = next((value[k] for k in keys if k in value), [])
                value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str):
                yield f"ld:{key.lstrip('@')}", value
            elif value is None:
                yield f"ld:{key.lstrip('@')}", ""
            elif not isinstance(value, list | dict):
                yield f"ld:{key.lstrip('@')}", json.dumps(value)


def json_ld(soup: BeautifulSoup) -> tuple[Tag, list[tuple[str, str]]] | None:
    """The script that describes the page, and what it says."""
    blocks = []
    for tag in soup.find_all("script", type=re.compile(r"application/ld\+json", re.IGNORECASE)):
        if tag.find_parent(OUTSIDE) is None:
            try:
                inside = re.sub(r"^\s*//<!\[CDATA\[|//\]\]>\s*$", "", tag.string or "")
                blocks.append((tag, list(entities(json.loads(inside)))))
            except ValueError:
                continue
    for kind in (ARTICLE, PAGE):
        for tag, found in blocks:
            for entity in found:
                if any(kind.match(t) for t in types(entity)):
                    return tag, list(scalars(entity, found))
    return None


def decoded(data: bytes) -> str:
    """The text of a page, in the encoding that it declares."""
    match = re.search(rb"charset=[\"']?([\w-]+)", data[:1024])
    declared = match[1].decode().lower() if match is not None else "utf-8"
    return data.decode({"gb2312": "gb18030", "iso-8859-1": "cp1252"}.get(declared, declared),
                       "replace")  # fmt: skip


def expected(text: str) -> list[tuple[str, str]]:
    """Every property of a page and its value, in document order."""
    soup = BeautifulSoup(text, "html5lib")
    ld = json_ld(soup)
    found: list[tuple[str, str]] = []
    titled = False
    for tag in soup.find_all(["html", "title", "meta", "link", "script"]):
        if tag.find_parent(OUTSIDE) is not None:
            continue
        rel = [str(r).lower() for r in tag.get_attribute_list("rel") if r]
        if tag.name == "html" and tag.has_attr("lang"):
            found.append(("page:lang", str(tag["lang"])))
        elif tag.name == "title" and not titled:
            titled = True
            found.append(("page:title", " ".join(re.split(r"[\t\n\f\r ]+", tag.text)).strip()))
        elif tag.name == "meta":
            found += meta(tag)
        elif "canonical" in rel or "image_src" in rel:
            name = "page:canonical" if "canonical" in rel else "page:image"
            found.append((name, str(tag.get("href") or "")))
        elif ld is not None and tag is ld[0]:
            found += ld[1]
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda p: "/".join(p.parts[-3:]))
def test_what_is_read_is_what_html5lib_finds(path: Path) -> None:
    data = path.read_bytes()
    source = Source.from_bytes(path.name, data)
    page = read(source)
    assert isinstance(page, Page), page
    assert [(p.name, p.value) for p in page.properties] == expected(decoded(data))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: "/".join(p.parts[-3:]))
def test_every_span_cuts_out_its_value(path: Path) -> None:
    page = read(Source.from_bytes(path.name, path.read_bytes()))
    assert isinstance(page, Page)
    text = page.source.text
    for prop in page.properties:
        raw = text[slice(*prop.span)]
        if prop.name.startswith("ld:"):
            loaded = json.loads(raw)
            assert prop.value == (loaded if isinstance(loaded, str) else raw if loaded is not None
                                  else "")  # fmt: skip
        elif "&" not in raw and not re.search(r"\s", raw):
            assert raw == prop.value
        else:
            decoded = BeautifulSoup(f"<p title='{raw.replace(chr(39), '&#39;')}'>", "html5lib").p
            assert decoded is not None
            value = str(decoded["title"])
            if prop.name == "page:title":
                value = " ".join(value.split(" ")).strip()
            assert re.sub(r"\s+", " ", prop.value) == re.sub(r"\s+", " ", value)
        offsets = prop.offsets
        assert offsets is not None
        assert len(offsets) == len(prop.value)


def test_the_corpus_has_its_pages() -> None:
    assert len(PAGES) == 119
