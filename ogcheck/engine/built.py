"""The page that was built from a source: which of the files of a build it is.

In this order: what the setting ``permalink`` says, what the front matter says (``url``,
``permalink``, ``slug``), the place of the file below a folder of sources, the path of the canonical
URL, and the last name of the address: the slug, the name of the file without a date, the title. A
name counts where one page has it, or one of that date.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ogcheck.config import Settings
from ogcheck.engine.discover import shown
from ogcheck.page import Page
from ogcheck.readers import NotAPage, Options, read
from ogcheck.rules.pair_base import Pair
from ogcheck.source import HTML, Source
from ogcheck.values import dates, moments, urls
from ogcheck.values.patterns import late

_ROOTS = frozenset(
    "content contents src source pages docs doc site website app routes posts collections "
    "_posts _pages _docs _drafts".split()
)
"""Folders below which the path of a source is the path of its page."""
_DATED = late(r"(\d{4})-(\d\d?)-(\d\d?)-(?=.)")
_PLAIN_PATH = late(r"/?[^:*{}<>\s]*")
_APOSTROPHES = late("['’ʼ`´]")
_NOT_A_WORD = late(r"[\W_]+")
_TOKEN = late(r":([a-z_]+)")
_NUMBERS = late(r"\d+")
_LANGUAGE = late(r"[a-z]{2}(?:-[a-z]{2})?")
_DRAFTS = "_drafts"
"""The folder of what Jekyll and Hexo do not publish yet."""
_NEVER_BUILT = ("false", "never", "no")


class BuiltPages:
    """The HTML files below one folder, by their address."""

    def __init__(
        self,
        folder: str,
        files: Iterable[str],
        reading: Callable[[str], Source],
        *,
        is_checked: bool = False,
        is_newer: Callable[[Path | None, str], bool] | None = None,
    ) -> None:
        """``files`` are paths below ``folder``, with ``/``; ``reading`` reads one, or raises
        ``OSError``. ``is_newer`` says whether a file was built after its source was written; None
        where all are taken to be."""
        self.folder = folder
        self.is_checked = is_checked
        self._reading = reading
        self._is_newer = is_newer
        self._by_path: dict[str, str] = {}
        self._by_slug: dict[str, list[str]] = {}
        for file in files:
            form = _form(file)
            self._by_path.setdefault(form, file)
            self._by_slug.setdefault(slug(form.rpartition("/")[2]), []).append(file)

    def pair(self, page: Page, settings: Settings, now: datetime, options: Options) -> Pair | None:
        """``page`` with what was built from it; None where there is nothing to compare."""
        if not self._by_path:
            return None
        source = _Place(page, settings)
        if not _is_expected(page, source, now):
            return None
        tried: set[str] = set()
        for file, how in self._candidates(source):
            if file in tried:
                continue
            tried.add(file)
            built = self._read(file, options)
            if built is None or built.exempt is not None:
                continue  # a stub that leads elsewhere, or no page
            if self._is_newer is not None and not self._is_newer(page.place, file):
                return None
            return Pair(page, built, how, self.folder, self.is_checked)
        if tried or self._is_newer is not None:  # what is not built yet will be
            return None
        return Pair(page, None, "", self.folder, self.is_checked)

    def _read(self, file: str, options: Options) -> Page | None:
        try:
            page = read(self._reading(file), options)
        except OSError:
            return None
        return None if isinstance(page, NotAPage) or page.html is None else page

    def _candidates(self, source: _Place) -> Iterator[tuple[str, str]]:
        for path, how in source.paths():
            file = self._by_path.get(_form(path))
            if file is not None:
                yield file, how
        for name, how in source.names():
            files = self._by_slug.get(slug(name), ())
            if len(files) > 1:
                files = [one for one in files if source.is_of_day(one)]
            if len(files) == 1:
                yield files[0], how


def built_pages(
    folder: Path, cwd: Path, checked: Iterable[Path], *, fresh: bool = False
) -> BuiltPages:
    """The pages below ``folder``; with ``fresh`` only those younger than their sources count.

    ``checked`` are the paths that are checked in the same run.
    """
    folder = Path(os.path.abspath(folder))
    found: list[str] = []
    for above, folders, names in os.walk(folder):
        folders.sort()
        below = Path(above).relative_to(folder)
        found.extend(
            (below / name).as_posix()
            for name in sorted(names)
            if os.path.splitext(name)[1].lower() in HTML
        )

    def reading(file: str) -> Source:
        return Source.from_bytes(shown(folder / file, cwd), (folder / file).read_bytes())

    def is_newer(source: Path | None, file: str) -> bool:
        try:
            return source is None or (folder / file).stat().st_mtime >= source.stat().st_mtime
        except OSError:
            return False

    return BuiltPages(
        shown(folder, cwd),
        found,
        reading,
        is_checked=any(folder.is_relative_to(os.path.abspath(one)) for one in checked),
        is_newer=is_newer if fresh else None,
    )


class Builds:
    """Tells the built pages that sources are compared with, by the settings of a source.

    They are those below ``folder``; where that is None, those of the setting ``build-dir``, as far
    as they were built after their sources were written. It is plain data until it is asked.
    """

    def __init__(self, folder: Path | None, cwd: Path, checked: Sequence[Path]) -> None:
        self.folder = folder
        self.cwd = cwd
        self.checked = checked
        self._known: dict[Path, BuiltPages | None] = {}

    @classmethod
    def known(cls, pages: BuiltPages) -> Builds:
        """Tells ``pages`` for every source."""
        found = cls(Path(pages.folder), Path(), ())
        found._known[Path(pages.folder)] = pages
        return found

    def unread(self) -> Builds:
        """The same, as it was before anything was asked: for another process."""
        return Builds(self.folder, self.cwd, self.checked)

    def of(self, settings: Settings) -> BuiltPages | None:
        """The built pages of a source; None where there are none."""
        folder = self.folder or settings.layout().build_dir
        if folder is None:
            return None
        if folder not in self._known:
            self._known[folder] = built_pages(
                folder, self.cwd, self.checked, fresh=self.folder is None
            ) if os.path.isdir(folder) else None  # fmt: skip
        return self._known[folder]


def _form(path: str) -> str:
    """The path of a page without what servers leave out: index pages, slashes, endings."""
    form = urls.form_of_path(f"/{path.lstrip('/')}")
    return form.removesuffix(".html").removesuffix(".htm")


def slug(text: str) -> str:
    """``text`` as the last name of an address, without what generators write differently."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _NOT_A_WORD.sub("-", _APOSTROPHES.sub("", folded)).strip("-")


class Said(NamedTuple):
    """The name of a source's file, taken apart."""

    whole: str
    """Without its language and its ending."""
    stem: str
    """Without its date, too, which some generators leave in addresses and others do not."""
    date: str
    """``2026-03-26``, or empty."""
    lang: str


class _Place:
    """What a source says of where it is built."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self.page = page
        self.settings = settings
        root = settings.layout().root
        place = page.place
        self.is_rooted = root is not None and place is not None and place.is_relative_to(root)
        if place is not None and root is not None and self.is_rooted:
            *self.folders, name = place.relative_to(root).parts
        else:
            *self.folders, name = page.source.path.split("/")
        self.name = _taken_apart(name)
        self.keys = {
            entry.key.lower(): entry.node.value.strip()
            for entry in (page.root.entries if page.root is not None else ())
            if entry.node.kind not in ("mapping", "sequence", "null")
        }

    def paths(self) -> Iterator[tuple[str, str]]:
        """The paths at which the page may be, the surest first, each with what says so."""
        pattern = self.settings.values.get("permalink")
        if pattern is not None and (path := self._expanded(pattern)) is not None:
            yield path, "by the setting permalink"
        for key in ("permalink", "url", "slug", "path"):
            path = self.keys.get(key, "")
            if path and "/" in path and "://" not in path and _PLAIN_PATH.fullmatch(path):
                yield path, f"by {key} in the front matter"
        for path in self._below_roots():
            yield path, "by its place"
        for name in ("page:canonical", "og:url"):
            prop = self.page.written(name)
            url = prop.share_url if prop is not None else None
            if url is not None and not url.is_root:
                yield from ((one, "by its canonical URL") for one in self._on_disk(url.path))

    def _on_disk(self, path: str) -> Iterator[str]:
        """A path with and without that of the site's address."""
        yield path
        site = urls.parse(self.settings.values.get("site-url") or "")
        base = site.path.rstrip("/") if site is not None else ""
        if base and path.startswith(f"{base}/"):
            yield path[len(base) :]

    def _below_roots(self) -> Iterator[str]:
        names = [self.name.whole, self.name.stem]
        said = self.keys.get("slug", "")
        if said and "/" not in said:
            names = [said]
        is_index = self.name.stem in ("index", "_index")
        cuts = [n for n in range(len(self.folders) + 1)
                if n == 0 or self.folders[n - 1].lower() in _ROOTS]  # fmt: skip
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
                for one in self._in_language(tail):
                    yield "/".join(one)

    def _in_language(self, tail: list[str]) -> Iterator[list[str]]:
        if self.name.lang:
            yield [self.name.lang, *tail]
        yield tail
        if len(tail) > 1 and _LANGUAGE.fullmatch(tail[0]):
            yield tail[1:]  # the main language has no folder of its own

    def names(self) -> Iterator[tuple[str, str]]:
        """The names that the page may have."""
        if "slug" in self.keys:
            yield self.keys["slug"].rstrip("/").rpartition("/")[2], "by its slug"
        if self.name.stem not in ("index", "_index", "readme", "README"):
            yield self.name.whole, "by the name of its file"
            yield self.name.stem, "by the name of its file"
        elif self.folders:
            yield self.folders[-1], "by the name of its folder"
        title = self.page.written("page:title")
        if title is not None and title.meant:
            yield title.meant, "by its title"

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
        at = [n for n, one in enumerate(self.folders) if one.lower() in _ROOTS and one != "posts"]
        below = self.folders[at[-1] + 1 :] if at else self.folders
        return below[0] if below else ""


def _taken_apart(name: str) -> Said:
    stem = name.rpartition(".")[0] or name
    lang = ""
    head, dot, tail = stem.rpartition(".")
    if dot and _LANGUAGE.fullmatch(tail):
        stem, lang = head, tail
    match = _DATED.match(stem)
    if match is None:
        return Said(stem, stem, "", lang)
    return Said(stem, stem[match.end() :], "-".join(match.groups()), lang)


def _is_expected(page: Page, source: _Place, now: datetime) -> bool:
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
