"""The sources of a site by the names that their pages may have: who else may claim a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ogcheck.config import DEFAULT_EXCLUDE, Settings
from ogcheck.engine.built_place import INDEXES, LANGUAGE, ROOTS, slug, taken_apart
from ogcheck.engine.discover import shown
from ogcheck.opening import opened
from ogcheck.page import Page
from ogcheck.readers import EXTENSIONS
from ogcheck.source import HTML, Source
from ogcheck.values.patterns import late

_HEAD = 4096
"""How much of a source is looked at for the keys that name its page."""
_NAMING = late(r"""(?m)^["' \t]*(?:permalink|url|slug|path|title)["']?[ \t]*[:=][ \t]*(.+)$""")


class Sources:
    """Sources by the last name of the address that each may have."""

    def __init__(
        self, heads: Iterable[tuple[str, str]], reading: Callable[[str, int], Source]
    ) -> None:
        """``heads`` are the absolute paths of the sources, each with its first lines; ``reading``
        reads one of them up to a size, or raises ``OSError``."""
        self.read = reading
        self._heads = heads
        self._by_name: dict[str, list[str]] | None = None

    def named(self, name: str) -> list[str]:
        """The absolute paths of those whose page may be called ``name``, a slug."""
        if self._by_name is None:
            self._by_name = {}
            for path, head in self._heads:
                for one in {slug(one) for one in _names(path, head)}:
                    self._by_name.setdefault(one, []).append(path)
        return self._by_name.get(name, [])


def _names(path: str, head: str) -> Iterator[str]:
    """The names that the page of a source may have, by its path and its first lines."""
    above, _, name = path.replace(os.sep, "/").rpartition("/")
    said = taken_apart(name)
    if said.stem in INDEXES:
        folder = above.rpartition("/")[2]
        yield folder
        if folder.lower() in ROOTS or LANGUAGE.fullmatch(folder):
            yield ""
    else:
        yield said.whole
        yield said.stem
    for match in _NAMING.finditer(head):
        value = match[1].strip().strip("\"',").rstrip("/")
        yield value
        yield value.rpartition("/")[2].removesuffix(".html")


def base_of(page: Page, settings: Settings, cwd: Path) -> Path:
    """The folder below which the other sources of a page's site lie."""
    root, place = settings.layout.root, page.place
    if place is None:
        return cwd
    if root is not None and place.is_relative_to(root):
        return root
    if place.is_relative_to(cwd):
        *folders, _ = place.relative_to(cwd).parts
        for number, one in enumerate(folders):
            if one.lower() in ROOTS:
                return cwd.joinpath(*folders[: number + 1])
    return place.parent


def sources_below(base: Path, built: Path | None, cwd: Path) -> Sources:
    """The sources below ``base``, without what lies in ``built``, the folder of the build."""

    def reading(path: str, limit: int) -> Source:
        with opened(path) as file:
            return Source.from_bytes(shown(Path(path), cwd), file.read(limit + 1))

    return Sources(_heads(base, built), reading)


def _heads(base: Path, built: Path | None) -> Iterator[tuple[str, str]]:
    for above, folders, names in os.walk(base):
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith(".")
            and f"{one}/" not in DEFAULT_EXCLUDE
            and Path(above, one) != built
        )
        for name in sorted(names):
            ending = os.path.splitext(name)[1].lower()
            if ending not in EXTENSIONS:
                continue
            path = os.path.join(above, name)
            try:
                with opened(path) as file:
                    head = file.read(_HEAD).decode("utf-8-sig", "replace")
            except OSError:
                continue
            if ending not in HTML or head.startswith(("---", "+++")):
                yield path, head
