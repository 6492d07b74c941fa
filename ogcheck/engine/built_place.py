"""Where a source says that it is built: the paths and names at which its page may be.

In this order: what the setting ``permalink`` says, what the front matter says (``url``,
``permalink``, ``slug``), the place of the file below a folder of sources, the path of the canonical
URL, and the last name of the address: the slug, the name of the file without a date, the title.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ogcheck.config import Settings
from ogcheck.page import Page
from ogcheck.values import dates, locales, moments, urls
from ogcheck.values.patterns import late

ROOTS = frozenset(
    "content contents src source pages docs doc site website app routes posts collections "
    "_posts _pages _docs _drafts".split()
)
"""Folders below which the path of a source is the path of its page."""
_DATED = late(r"(\d{4})-(\d\d?)-(\d\d?)-(?=.)")
_APOSTROPHES = late("['’ʼ`´]")
_NOT_A_WORD = late(r"[\W_]+")
_TOKEN = late(r":([a-z_]+)")
_NUMBERS = late(r"\d+")
LANGUAGE = late(r"[a-z]{2}(?:-[a-z]{2})?")
_BY_PLACE = "by its place"
INDEXES = ("index", "_index", "readme", "README")
"""Names of files whose page is called as their folder is."""
_DRAFTS = "_drafts"
"""The folder of what Jekyll and Hexo do not publish yet."""
_NEVER_BUILT = ("false", "never", "no")


def form(path: str) -> str:
    """The path of a page without what servers leave out: index pages, slashes, endings.

    Letters that an address encodes are those of the file (``/k%C3%A4se/``).
    """
    return urls.bare_path(f"/{path.lstrip('/')}")


def slug(text: str) -> str:
    """``text`` as the last name of an address, without what generators write differently."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _NOT_A_WORD.sub("-", _APOSTROPHES.sub("", folded)).strip("-")


class Way(NamedTuple):
    """One of the places at which the page of a source may be."""

    where: str
    """A path, or the last name of one."""
    how: str
    """What says so, in words."""
    rank: int
    """How good a right it gives to the page that is there: a lower one is better."""
    lang: str = ""
    """The language of the page that is meant, where it is not the path that says it."""


SAID = 0
"""The right to a page that front matter or configuration give. Next come those of a file's place,
each folder that is left out counting one."""
_PLACE = 1
_OTHER_LANGUAGE = 200
_CANONICAL, _SLUG, _NAME, _TITLE = 500, 600, 700, 800


class Said(NamedTuple):
    """The name of a source's file, taken apart."""

    whole: str
    """Without its language and its ending."""
    stem: str
    """Without its date, too, which some generators leave in addresses and others do not."""
    date: str
    """``2026-03-26``, or empty."""
    lang: str


class Place:
    """What a source says of where it is built."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self.page = page
        self.settings = settings
        root = settings.layout.root
        place = page.place
        self.is_rooted = root is not None and place is not None and place.is_relative_to(root)
        if place is not None and root is not None and self.is_rooted:
            *self.folders, name = place.relative_to(root).parts
        else:
            *self.folders, name = page.source.path.split("/")
        self.name = taken_apart(name)
        self.keys = {
            entry.key.lower(): entry.node.value.strip()
            for entry in (page.root.entries if page.root is not None else ())
            if entry.node.kind not in ("mapping", "sequence", "null")
        }

    def paths(self) -> Iterator[Way]:
        """The paths at which the page may be, the surest first."""
        pattern = self.settings.values.get("permalink")
        if pattern is not None and (path := self._expanded(pattern)) is not None:
            yield Way(path, "by the setting permalink", SAID)
        for key in ("permalink", "url", "slug", "path"):
            path = self.keys.get(key, "")
            if "/" in path and urls.is_plain_path(f"/{path.removeprefix('/')}"):
                yield Way(path, f"by {key} in the front matter", SAID)
        yield from self._below_roots()
        for name in ("page:canonical", "og:url"):
            prop = self.page.written(name)
            url = prop.share_url if prop is not None else None
            if url is not None and not url.is_root:
                for path in self._on_disk(url.path):
                    yield Way(path, "by its canonical URL", _CANONICAL)

    def _on_disk(self, path: str) -> Iterator[str]:
        """A path with and without that of the site's address."""
        yield path
        site = urls.parse(self.settings.values.get("site-url") or "")
        base = site.path.rstrip("/") if site is not None else ""
        if base and path.startswith(f"{base}/"):
            yield path[len(base) :]

    def _below_roots(self) -> Iterator[Way]:
        names = [self.name.whole, self.name.stem]
        said = self.keys.get("slug", "")
        if said and "/" not in said:
            names = [said]
        is_index = self.name.stem in ("index", "_index")
        cuts = [n for n in range(len(self.folders) + 1)
                if n == 0 or self.folders[n - 1].lower() in ROOTS]  # fmt: skip
        for cut in cuts:
            below = [one.removeprefix("_") for one in self.folders[cut:]]
            if is_index:
                if names == [said] and below:
                    below = [*below[:-1], said]
                # Without folders it is the home page, if these are all the folders that there are.
                tails = [below] if below or cut or self.is_rooted else []
            else:
                tails = [[*below, name] for name in names]
            for tail in tails:
                yield from self._in_language(tail, cut)

    def _in_language(self, tail: list[str], cut: int) -> Iterator[Way]:
        """The main language has no folder of its own: then the page has to be in that language."""
        lang = self.name.lang
        if lang:
            yield Way("/".join([lang, *tail]), _BY_PLACE, _PLACE + cut)
        yield Way("/".join(tail), _BY_PLACE, (_OTHER_LANGUAGE if lang else _PLACE) + cut, lang)
        if len(tail) > 1 and LANGUAGE.fullmatch(tail[0]):
            of = tail[0] if locales.known_for(tail[0]) else lang
            yield Way("/".join(tail[1:]), _BY_PLACE, _OTHER_LANGUAGE + cut, of)

    def names(self) -> Iterator[Way]:
        """The names that the page may have."""
        lang = self.name.lang
        if "slug" in self.keys:
            last = self.keys["slug"].rstrip("/").rpartition("/")[2]
            yield Way(last, "by its slug", _SLUG, lang)
        if self.name.stem not in INDEXES:
            for name in (self.name.whole, self.name.stem):
                yield Way(name, "by the name of its file", _NAME, lang)
        elif self.folders:
            yield Way(self.folders[-1], "by the name of its folder", _NAME, lang)
        title = self.page.written("page:title")
        if title is not None and title.meant:
            yield Way(title.meant, "by its title", _TITLE, lang)

    def is_of_day(self, file: str) -> bool:
        """Whether the date of the source stands in the path of a built file."""
        date = self.date()
        if date is None:
            return False
        numbers = [int(one) for one in _NUMBERS.findall(file.rpartition("/")[0] or file)]
        wanted = [date.year, date.month, date.day]
        return any(numbers[at : at + len(wanted)] == wanted for at in range(len(numbers)))

    def date(self) -> dates.Date | None:
        """The date of the file's name, else that of the front matter."""
        if self.name.date:
            return dates.iso_like(self.name.date)
        prop = self.page.written("page:published")
        return None if prop is None else prop.date

    def _expanded(self, pattern: str) -> str | None:
        """``/:year/:month/:slug/`` for this page; None where it lacks a part."""
        title = self.page.written("page:title")
        known = {
            "slug": self.keys.get("slug") or self.name.stem,
            "filename": self.name.stem,
            "title": slug(title.meant) if title is not None else "",
            "section": self._section(),
        }
        date = self.date()
        if date is not None:
            known |= {"year": f"{date.year:04}", "month": f"{date.month:02}",
                      "day": f"{date.day:02}"}  # fmt: skip
        wanted = _TOKEN.findall(pattern)
        if not all(known.get(one) for one in wanted):
            return None
        return _TOKEN.sub(lambda match: known[match[1]], pattern)

    def _section(self) -> str:
        """The first folder below the innermost folder of sources."""
        at = [n for n, one in enumerate(self.folders) if one.lower() in ROOTS and one != "posts"]
        below = self.folders[at[-1] + 1 :] if at else self.folders
        return below[0] if below else ""


def taken_apart(name: str) -> Said:
    stem = name.rpartition(".")[0] or name
    lang = ""
    head, dot, tail = stem.rpartition(".")
    if dot and LANGUAGE.fullmatch(tail):
        stem, lang = head, tail
    match = _DATED.match(stem)
    if match is None:
        return Said(stem, stem, "", lang)
    return Said(stem, stem[match.end() :], "-".join(match.groups()), lang)


def is_expected(page: Page, source: Place, now: datetime) -> bool:
    """Whether a page is built from ``page`` at all."""
    if page.exempt is not None or page.unreadable or page.html is not None or page.root is None:
        return False
    if _DRAFTS in source.folders:
        return False
    moment = moments.of(now)
    for entry in page.root.entries:
        key, value = entry.key.lower(), entry.node.value.strip().lower()
        if key in ("permalink", "headless", "render") and value in (
            ("true",) if key == "headless" else _NEVER_BUILT
        ):
            return False
        if key in ("build", "_build"):
            render = entry.node.child("render")
            if render is not None and render.value.strip().lower() in _NEVER_BUILT:
                return False
        if key in ("expirydate", "unpublishdate", "expires", "expires_at"):
            date = dates.iso_like(entry.node.value.strip())
            sound = date is not None and date.fault is None
            if date is not None and sound and moments.window(date, None).first <= moment:
                return False
    said = [prop.date for prop in page.all("page:published")] or [source.date()]
    return not any(_is_to_come(date, moment) for date in said)


def _is_to_come(date: dates.Date | None, moment: int) -> bool:
    return date is not None and date.fault is None and moments.window(date, None).last > moment
