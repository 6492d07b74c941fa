"""The page that was built from a source: which of the files of a build it is.

Where a source says that it is built (:mod:`ogcheck.engine.built_place`) a page has to be, and no
other source of the site may have a better right to it. A name counts where one page has it, or one
of that date.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ogcheck.config import Settings
from ogcheck.engine.built_place import Place, Way, form, is_expected, slug
from ogcheck.engine.built_sources import Sources, base_of, sources_below
from ogcheck.engine.discover import shown
from ogcheck.layout import is_inside
from ogcheck.opening import opened
from ogcheck.page import Page
from ogcheck.readers import NotAPage, Options, read
from ogcheck.rules.page_facts import first_of
from ogcheck.rules.pair_base import Pair
from ogcheck.source import HTML, Source
from ogcheck.values import titles

Reading = Callable[[str], tuple[Page, Settings] | None]
"""Reads another source, by its path (absolute), with its settings; None where it is none."""


class _Claim(NamedTuple):
    """The page that a source finds first, with nobody asked who else does."""

    file: str
    rank: int
    title: str
    source: str
    """The source, as reports name it."""


class BuiltPages:
    """The HTML files below one folder, by their address."""

    def __init__(
        self,
        folder: str,
        files: Iterable[str],
        reading: Callable[[str, int], Source],
        *,
        is_checked: bool = False,
        is_newer: Callable[[Path | None, str], bool] | None = None,
    ) -> None:
        """``files`` are paths below ``folder``, with ``/``; ``reading`` reads one up to a size, or
        raises ``OSError``. ``is_newer`` says whether a file was built after its source was written;
        None where all are taken to be."""
        self.folder = folder
        self.is_checked = is_checked
        self._reading = reading
        self._is_newer = is_newer
        self._claims: dict[str, _Claim | None] = {}
        self._by_path: dict[str, str] = {}
        self._by_slug: dict[str, list[str]] = {}
        for file in files:
            bare = form(file)
            self._by_path.setdefault(bare, file)
            self._by_slug.setdefault(slug(bare.rpartition("/")[2]), []).append(file)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_path)

    def pair(
        self,
        page: Page,
        settings: Settings,
        now: datetime,
        options: Options,
        sources: Sources,
        reading: Reading,
    ) -> Pair | None:
        """``page`` with what was built from it; None where there is nothing to compare.

        ``sources`` are those of the site, ``reading`` reads one of them.
        """
        if not self._by_path:
            return None
        source = Place(page, settings)
        if not is_expected(page, source, now):
            return None
        is_stub = False
        for file, way in self._candidates(source):
            built = self._read(file, options)
            if built is None or built.exempt is not None:
                is_stub = True  # it leads elsewhere, or is no page
                continue
            if not _speaks(built, way.lang):
                continue
            names = sources.named(slug(form(file).rpartition("/")[2]))
            others = [path for path in names if path != str(page.place)]
            rivals = [
                claim for claim in self._claims_of(others, now, reading) if claim.file == file
            ]
            if any(claim.rank < way.rank for claim in rivals):
                continue
            if self._is_newer is not None and not self._is_newer(page.place, file):
                return None
            pair = Pair(page, built, way.how, self.folder, self.is_checked, file)
            equals = [claim for claim in rivals if claim.rank == way.rank]
            taken_by = _owner(built, page, equals, settings.values.get("site-name"))
            if taken_by is None:
                return pair
            return pair._replace(built=None, taken=(built.source.path, taken_by))
        if is_stub or self._is_newer is not None:  # what is not built yet will be
            return None
        return Pair(page, None, "", self.folder, self.is_checked)

    def _read(self, file: str, options: Options) -> Page | None:
        try:
            page = read(self._reading(file, options.limits.size), options)
        except OSError:
            return None
        return None if isinstance(page, NotAPage) or page.html is None else page

    def _candidates(self, source: Place) -> Iterator[tuple[str, Way]]:
        """The files that may be the page of ``source``, each once, the surest first."""
        seen: set[str] = set()
        for file, way in self._all_candidates(source):
            if file not in seen:
                seen.add(file)
                yield file, way

    def _all_candidates(self, source: Place) -> Iterator[tuple[str, Way]]:
        for way in source.paths():
            file = self._by_path.get(form(way.where))
            if file is not None:
                yield file, way
        for way in source.names():
            files = self._by_slug.get(slug(way.where), ())
            if len(files) > 1:
                files = [one for one in files if source.is_of_day(one)]
            if len(files) == 1:
                yield files[0], way

    def _claims_of(self, paths: Iterable[str], now: datetime, reading: Reading) -> Iterator[_Claim]:
        """What the sources at ``paths`` claim, where something is built from them, and found."""
        for path in paths:
            if path not in self._claims:
                self._claims[path] = self._claimed(reading(path), now)
            claim = self._claims[path]
            if claim is not None:
                yield claim

    def _claimed(self, found: tuple[Page, Settings] | None, now: datetime) -> _Claim | None:
        if found is None:
            return None
        page, settings = found
        source = Place(page, settings)
        if not is_expected(page, source, now):
            return None
        first = next(self._candidates(source), None)
        if first is None:
            return None
        return _Claim(first[0], first[1].rank, _title(page), page.source.path)


def _speaks(page: Page, lang: str) -> bool:
    """Whether a page may be in the language ``lang``; it may be in any where it says none."""
    said = page.written("page:lang")
    if not lang or said is None or not said.meant:
        return True
    return said.meant.replace("_", "-").split("-")[0].lower() == lang[:2]


def _title(page: Page) -> str:
    prop = first_of(page, "og:title", "page:title")
    return "" if prop is None else prop.line


def _owner(built: Page, page: Page, rivals: Iterable[_Claim], site_name: str | None) -> str | None:
    """The other source whose title a page has that several claim; None where it has none's.

    Nor is it another's where it has the title of ``page``.
    """
    said = _title(built)
    if titles.same_title(_title(page), said, site_name):
        return None
    return next((one.source for one in rivals
                 if titles.same_title(one.title, said, site_name)), None)  # fmt: skip


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

    def reading(file: str, limit: int) -> Source:
        path = folder / file
        # No folder above it is a link: those were not followed.
        if path.is_symlink() and not is_inside(path, folder):
            raise OSError("it leads out of the folder")
        with opened(path) as one:
            data = one.read(limit + 1)
        return Source.from_bytes(shown(path, cwd), data)

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
        self._sources: dict[Path, Sources] = {}
        self._base: dict[Path | None, Path] = {}
        """By the folder of a source, that of all sources of its site."""
        self._all: Sources | None = None

    @classmethod
    def known(cls, pages: BuiltPages, sources: Sources) -> Builds:
        """Tells ``pages`` for every source, which are ``sources``."""
        found = cls(Path(pages.folder), Path(), ())
        found._known[Path(pages.folder)] = pages
        found._all = sources
        return found

    def unread(self) -> Builds:
        """The same, as it was before anything was asked: for another process."""
        return Builds(self.folder, self.cwd, self.checked)

    def of(self, settings: Settings) -> BuiltPages | None:
        """The built pages of a source; None where there are none."""
        folder = self.folder or settings.layout.build_dir
        return None if folder is None else self.below(folder)

    def below(self, folder: Path) -> BuiltPages | None:
        """The built pages below ``folder``; None where it is none."""
        if folder not in self._known:
            self._known[folder] = built_pages(
                folder, self.cwd, self.checked, fresh=self.folder is None
            ) if os.path.isdir(folder) else None  # fmt: skip
        return self._known[folder]

    def sources(self, page: Page, settings: Settings) -> Sources:
        """The sources of the site that ``page`` is of."""
        if self._all is not None:
            return self._all
        above = None if page.place is None else page.place.parent
        if above not in self._base:
            self._base[above] = base_of(page, settings, self.cwd)
        base = self._base[above]
        if base not in self._sources:
            built = self.folder or settings.layout.build_dir
            self._sources[base] = sources_below(base, built, self.cwd)
        return self._sources[base]
