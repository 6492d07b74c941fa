"""Where the addresses of a site lie on disk, and which address a file has.

A site is a public address (``site-url``), the folder that it is built into (``build-dir``), folders
that are served at its root as they are (``static-dirs``), and other addresses that are served from
folders (``url-map``). Whatever a URL says, nothing outside of these folders is named: a segment
that would lead out, decoded once or more, is refused, and so is a symbolic link that leaves its
folder. Nothing here opens a file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes

from ogcheck.presets import Folders
from ogcheck.values import urls

State = Literal["found", "missing", "refused", "elsewhere"]
_NOWHERE = "https://site.invalid"
"""Stands for the site's address where none is configured, so that its paths can be looked up."""
_INDEX = "index.html"
_DECODINGS = 3
"""How often a segment is decoded to see whether it hides one that leads out."""
_UNSAFE = frozenset("/\\\0" + (":" if os.name == "nt" else ""))
_PATTERN = frozenset("*[{")
"""Marks of a path that is matched against names (gohugo.io, resources.GetMatch)."""
_KEPT = "/-._~!$&'()*+,;=:@"
"""What a path may hold as it is (RFC 3986, section 3.3)."""


class Lookup(NamedTuple):
    """What became of looking for an address."""

    state: State
    """``found``; ``missing`` from folders that are there; ``refused``, because it leads out of
    them; ``elsewhere``: it is not the site's, or none of the folders is there."""
    file: Path | None = None
    """What is there, where it was found: a file, or something else of that name. A folder only
    where it has no index, and no other folder of the site has a file there."""
    looked: tuple[Path, ...] = ()
    """Where it would be, in the folders that are there, the first choice first."""


_ELSEWHERE = Lookup("elsewhere")
_REFUSED = Lookup("refused")


@dataclass(frozen=True)
class Layout:
    """A site on disk. The folders are absolute, and may be absent."""

    site_url: str | None = None
    build_dir: Path | None = None
    static_dirs: tuple[Path, ...] = ()
    url_map: Mapping[str, Path] = field(default_factory=dict)
    """Folders by the address that each is served under."""
    root: Path | None = None
    """The folder of the generator's configuration, or of ogcheck's."""
    _known: dict[tuple[str, bool], Lookup] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _there: dict[Path, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _below: dict[tuple[str, ...], tuple[tuple[Path, ...], bool]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _listed: dict[Path, list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def is_configured(self) -> bool:
        """Any folder of the site is told."""
        return bool(self.build_dir is not None or self.static_dirs or self.url_map)

    @property
    def can_be_seen(self) -> bool:
        """One of the folders that are told is there; true where none is told."""
        folders = [*self.static_dirs, *self.url_map.values()]
        if self.build_dir is not None:
            folders.append(self.build_dir)
        return not folders or any(map(os.path.isdir, folders))

    def find(self, url: str, *, built: bool = False) -> Lookup:
        """The file that ``url`` is served from.

        The query and the fragment do not count. A folder is its ``index.html``, and ``/about`` may
        be ``about.html``. For a page that is ``built`` the folder of the build comes first, for a
        source the folders that it will be copied from.
        """
        key = url, built
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(url, built=built)
        return known

    def _find(self, url: str, *, built: bool) -> Lookup:
        parsed = urls.parse(url)
        if parsed is None or not parsed.is_http:
            return _ELSEWHERE
        for prefix, folder in sorted(self.url_map.items(), key=lambda item: -len(item[0])):
            path = _under(parsed, prefix)
            if path is not None:
                return self.look((folder,), path)
        path = _under(parsed, self.site_url or _NOWHERE)
        if path is None:
            return _ELSEWHERE
        return self.look(self.folders(built=built), path)

    def inside(self, url: str) -> str | None:
        """The path of ``url`` below ``site-url``, from a slash; None where it is another's."""
        parsed = urls.parse(url)
        if parsed is None or self.site_url is None:
            return None
        return _under(parsed, self.site_url)

    def concerns(self, url: str) -> bool:
        """Whether folders are told for ``url``, be they there or not."""
        parsed = urls.parse(url)
        if parsed is None or not parsed.is_http:
            return False
        return any(_under(parsed, prefix) is not None for prefix in self.url_map) or (
            bool(self.folders()) and _under(parsed, self.site_url or _NOWHERE) is not None
        )

    def folders(self, *, built: bool = False) -> tuple[Path, ...]:
        """The folders that are served at the site's root, in the order in which they are asked."""
        build = () if self.build_dir is None else (self.build_dir,)
        return (*build, *self.static_dirs) if built else (*self.static_dirs, *build)

    def look(self, folders: Iterable[Path], path: str) -> Lookup:
        """What lies in the first of ``folders`` that has it under ``path``, as a URL writes it."""
        names = _names(path)
        if names is None:
            return _REFUSED
        looked: list[Path] = []
        bare: Path | None = None
        for folder in folders:
            if not self.is_there(folder):
                continue
            place = folder.joinpath(*names)
            if not is_inside(place, folder):  # before anything behind a link is looked at
                return _REFUSED
            looked.append(place)
            candidate = _served(place, is_folder=path.endswith("/"))
            if candidate is None:
                continue
            if candidate != place and not is_inside(candidate, folder):
                return _REFUSED
            if _kind(candidate) != stat.S_IFDIR:
                return Lookup("found", candidate, (candidate,))
            bare = bare or candidate
        if bare is not None:
            return Lookup("found", bare, (bare,))
        return Lookup("missing", None, tuple(looked)) if looked else _ELSEWHERE

    def is_there(self, folder: Path) -> bool:
        """Whether a folder exists and holds anything: an empty one was not built yet."""
        known = self._there.get(folder)
        if known is None:
            try:
                with os.scandir(folder) as entries:
                    known = next(entries, None) is not None
            except OSError:
                known = False
            self._there[folder] = known
        return known

    def names(self, folder: Path) -> list[str]:
        """What lies in a folder, sorted; nothing where it cannot be told."""
        known = self._listed.get(folder)
        if known is None:
            try:
                known = sorted(os.listdir(folder))
            except OSError:
                known = []
            self._listed[folder] = known
        return known

    def address(self, path: Path) -> str | None:
        """The URL under which the file at ``path`` (absolute) is served; None where it is not told.

        Without ``site-url`` it is under an invented host, and good for :meth:`find` only.
        """
        site = self.site_url or _NOWHERE
        places = [*self.url_map.items(), *((site, one) for one in self.folders(built=True))]
        for prefix, folder in places:
            if path.is_relative_to(folder):
                relative = path.relative_to(folder)
                if relative.name == _INDEX:
                    relative = relative.parent
                    ending = "" if relative == Path() else "/"
                else:
                    ending = ""
                inner = "" if relative == Path() else quote(os.fsencode(relative.as_posix()), _KEPT)
                return f"{prefix.rstrip('/')}/{inner}{ending}"
        return None

    def refer(self, reference: str, page: Path | None, folders: Folders) -> Reference:
        """The file that front matter means by a relative ``reference``.

        ``page`` is where the source lies, ``folders`` what is known of its generator. It is what
        the generator would publish, or ``elsewhere`` where that is not known.
        """
        path = reference.partition("#")[0].partition("?")[0].replace("\\", "/")
        if not _PATTERN.isdisjoint(path):
            return Reference(_ELSEWHERE, certain=False, copied=True)
        if path.startswith("/"):
            return self._rooted(path, folders)
        assets, served = self._assets_and_served(folders)
        looked: list[Path] = []
        for place in folders.relative:
            found, copied = _ELSEWHERE, True
            if place == "?":
                break
            if place in ("static", "assets"):
                found = self.look(served if place == "static" else assets, path)
            elif page is not None:
                found, copied = self._beside(page, place, path), place not in folders.processed
            if found.state in ("found", "refused"):
                return Reference(found, certain=False, copied=copied)
            looked.extend(found.looked)
        is_known = bool(folders.relative) and "?" not in folders.relative
        certain = is_known and self._knows_all(folders)
        state: State = "missing" if looked else "elsewhere"
        return Reference(Lookup(state, None, tuple(looked)), certain=certain, copied=True)

    def _rooted(self, path: str, folders: Folders) -> Reference:
        """What a path from a slash means: from the root of the host, or from that of the site."""
        base = "" if self.site_url is None else _path_of(self.site_url)
        is_below = path.startswith(f"{base}/")
        if folders.slash == "site" or not is_below:
            found = self.published(path, folders)
            if not is_below:  # else it may be another site's of that host
                return found._replace(certain=found.certain and folders.slash == "site")
            if found.lookup.state == "found":
                return found
        return self.published(path[len(base) :], folders)

    def published(self, path: str, folders: Folders) -> Reference:
        """The file that a source means by ``path``, which is from the site's own root."""
        if not _PATTERN.isdisjoint(path):
            return Reference(_ELSEWHERE, certain=False, copied=True)
        assets, served = self._assets_and_served(folders)
        found = self.look((*assets, *served), path)
        return Reference(found, certain=self._knows_all(folders), copied=True)

    def _assets_and_served(self, folders: Folders) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        served = dict.fromkeys((*self.folders(), *self._generators(folders.static)[0]))
        return self._generators(folders.assets)[0], tuple(served)

    def _knows_all(self, folders: Folders) -> bool:
        """Whether all folders that a source's file may lie in are told, and looked at."""
        named = (folders.assets, folders.static)
        return self.is_configured and all(self._generators(one)[1] for one in named)

    def _generators(self, named: tuple[str, ...]) -> tuple[tuple[Path, ...], bool]:
        """The folders below the generator's own that a preset names, and whether these are all.

        One that is a link to elsewhere, as a theme may be, is not looked at.
        """
        if self.root is None:
            return (), True
        known = self._below.get(named)
        if known is None:
            root = self.root
            found = [
                path
                for one in named
                for path in (sorted(root.glob(one)) if "*" in one else (root / one,))
            ]
            inside = tuple(path for path in found if is_inside(path, root))
            known = self._below[named] = inside, len(inside) == len(found)
        return known

    def _beside(self, page: Path, place: str, path: str) -> Lookup:
        """What a path means that is relative to the page's own folder, or to one of its name."""
        # A language may stand behind it: index.fr.md.
        if place == "bundle" and page.name.partition(".")[0] not in ("index", "_index"):
            return _ELSEWHERE
        folder = page.with_suffix("") if place == "named" else page.parent
        boundary = self.root if self.root is not None else folder
        if not page.is_relative_to(boundary):
            boundary = folder
        inner = os.path.normpath(folder.relative_to(boundary).as_posix() + "/" + path)
        return self.look((boundary,), inner.replace(os.sep, "/"))


class Reference(NamedTuple):
    """What a relative path in front matter means."""

    lookup: Lookup
    certain: bool
    """Where it is missing, it is missing from every place that the generator looks at."""
    copied: bool
    """The file is published as it is; else the generator makes pictures of it."""


def _path_of(site_url: str) -> str:
    url = urls.parse(site_url)
    return "" if url is None else url.path.rstrip("/")


def _under(url: urls.Url, prefix: str) -> str | None:
    """The path of ``url`` below the address ``prefix``; None where it is not below it."""
    base = urls.parse(prefix)
    if base is None or _authority(url) != _authority(base):
        return None
    stem = base.path.rstrip("/")
    if url.path == stem:
        return "/"
    return url.path[len(stem) :] if url.path.startswith(f"{stem}/") else None


_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def _authority(url: urls.Url) -> str:
    """Host and port: http and https at their own ports serve one site."""
    authority = url.href.split("/", 3)[2].rpartition("@")[2]
    return authority.removesuffix(_DEFAULT_PORTS.get(url.scheme, ""))


def _names(path: str) -> tuple[str, ...] | None:
    """The names of files and folders that the path of a URL consists of; None where it is refused.

    Each segment is decoded once, as servers do; what would lead elsewhere after another decoding is
    refused, too.
    """
    names = []
    for segment in path.split("/"):
        if not segment:
            continue
        text = segment
        for _ in range(_DECODINGS):
            text = unquote(text, errors="replace")
            if text.rstrip(". ") == "" or not _UNSAFE.isdisjoint(text):
                return None
        try:
            names.append(os.fsdecode(unquote_to_bytes(segment.encode("utf-8", "surrogateescape"))))
        except UnicodeEncodeError:  # half a character: no file is called so
            return None
    return tuple(names)


def _served(place: Path, *, is_folder: bool) -> Path | None:
    """What is served for a path: the file, a folder's index, a page without its ending."""
    kind = _kind(place)
    if kind == stat.S_IFDIR:
        index = place / _INDEX
        return place if _kind(index) is None else index
    if is_folder or (kind is None and (place.suffix or not place.name)):
        return None
    if kind is not None:
        return place
    page = place.with_name(f"{place.name}.html")
    return None if _kind(page) is None else page


def _kind(path: Path) -> int | None:
    """The kind of what is at ``path``, of ``stat``; None where there is nothing."""
    try:
        return stat.S_IFMT(os.stat(path).st_mode)  # noqa: PTH116 - a third of what Path takes
    except (OSError, ValueError):
        return None


def is_inside(path: Path, folder: Path) -> bool:
    """Whether ``path``, which is written as below ``folder``, is there, or would be, when every
    symbolic link on the way is followed. Never raises, and goes no further than there is a way."""
    at, boundary = os.fspath(folder), ""
    for name in path.relative_to(folder).parts:
        at = f"{at}{os.sep}{name}"
        try:
            kind = os.lstat(at).st_mode
        except (OSError, ValueError):
            return True
        if stat.S_ISLNK(kind):
            real, boundary = os.path.realpath(at), boundary or os.path.realpath(folder)
            if real != boundary and not real.startswith(boundary.rstrip(os.sep) + os.sep):
                return False
    return True
