"""From the paths of a command line to the files that are checked, in a stable order."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ogcheck.config import DEFAULT_EXCLUDE, ConfigError, Resolver, globs
from ogcheck.opening import opened
from ogcheck.readers import EXTENSIONS


class Found(NamedTuple):
    """A file to check."""

    file: str
    """Its absolute path; as a text, because most files need no more."""
    shown: str
    """As reports name it: relative to the working directory, absolute outside it, with ``/``."""
    fault: str | None = None
    """Why it cannot be read, if that is known already."""

    @property
    def path(self) -> Path:
        """Its absolute path."""
        return Path(self.file)


def files(
    paths: list[str], cwd: Path, resolver: Resolver, *, force_exclude: bool = True
) -> Iterator[Found]:
    """The files that ``paths`` mean, each once, in path order whatever the order of ``paths``.

    A file that is named is found whatever its ending and whatever ``.gitignore`` says; in
    directories only files that ogcheck reads are, without those that git ignores and the folders
    that hold no pages of one's own. The configuration's ``exclude`` applies to both, to named files
    unless ``force_exclude`` is false. Raises ``ConfigError`` for a path that does not exist, before
    any file is found.
    """
    named = {Path(os.path.abspath(cwd / given)): given for given in paths}
    for path, given in named.items():
        if not path.exists() and not path.is_symlink():
            raise ConfigError(f"{given}: there is no such file or directory.")
    return _each_once(sorted(named, key=lambda path: path.parts), cwd, resolver, force_exclude)


def _each_once(
    paths: list[Path], cwd: Path, resolver: Resolver, force_exclude: bool
) -> Iterator[Found]:
    seen: set[str] = set()
    for path in paths:
        is_folder = path.is_dir()
        if force_exclude and resolver.is_out_of_reach(path, folder=is_folder):
            continue
        found = _walk(path, cwd, resolver) if is_folder else iter((_named(path, cwd),))
        if len(paths) == 1:
            yield from found
            continue
        for one in found:
            if one.file not in seen:
                seen.add(one.file)
                yield one


def _named(path: Path, cwd: Path) -> Found:
    return Found(str(path), shown(path, cwd), None if path.exists() else _link_fault(path))


def _link_fault(path: Path) -> str:
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "it is a symbolic link in a loop"
    return "it is a symbolic link to a file that is not there"


def shown(path: Path, cwd: Path) -> str:
    """``path`` as reports name it."""
    try:
        return path.relative_to(cwd).as_posix()
    except ValueError:
        return path.as_posix()


def _walk(top: Path, cwd: Path, resolver: Resolver) -> Iterator[Found]:
    """The files below ``top``. Folders may be nested deeper than calls may be."""
    waiting = [_listed(top, cwd, resolver, _Ignored(top))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Found):
            yield entry
        else:
            waiting.append(_listed(entry.path, cwd, resolver, entry.ignored.below(entry.path)))


class _Folder(NamedTuple):
    """A folder to look into."""

    path: Path
    ignored: _Ignored
    """What counts above it."""


def _listed(  # noqa: C901 - a call more for every file would cost more than it reads better
    folder: Path, cwd: Path, resolver: Resolver, ignored: _Ignored
) -> Iterator[_Folder | Found]:
    """What is in one folder. What is the same for all of it is asked once."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda e: e.name)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        yield Found(str(folder), shown(folder, cwd), f"the directory cannot be listed: {reason}")
        return
    before = shown(folder / "_", cwd)[:-1]
    above = str(folder / "_")[:-1]
    is_ruled: bool | None = None  # not known before there is anything to ask about

    def is_left_out(name: str, *, is_folder: bool) -> bool:
        nonlocal is_ruled
        if is_ruled is None:
            is_ruled = bool(ignored.specs) or resolver.may_exclude(folder)
        if not is_ruled:
            return False
        path = folder / name
        # git's word first: below what it ignores, no configuration is read.
        return ignored.has(path, is_folder) or resolver.is_excluded(path, folder=is_folder)

    for entry in listed:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if f"{name}/" not in DEFAULT_EXCLUDE and not is_left_out(name, is_folder=True):
                yield _Folder(folder / name, ignored)
        elif os.path.splitext(name)[1].lower() in EXTENSIONS:
            fault = None
            if not entry.is_file(follow_symlinks=False):
                if not entry.is_symlink():
                    continue
                path = folder / name
                fault = None if os.path.exists(path) else _link_fault(path)
                # A link to a directory is not followed: what it leads to is found where it stands.
                if fault is None and not path.is_file():
                    continue
            if not is_left_out(name, is_folder=False):
                yield Found(above + name, before + name, fault)


class _Ignored:
    """What the ``.gitignore`` files from the repository's root down say."""

    def __init__(self, folder: Path, above: tuple[tuple[Path, Any], ...] | None = None) -> None:
        if above is None:
            above = _from_root(folder)
        own = _gitignore(folder)
        self.specs = above if own is None else (*above, (folder, own))

    def below(self, folder: Path) -> _Ignored:
        """The same for a folder below."""
        return _Ignored(folder, self.specs)

    def has(self, path: Path, is_folder: bool) -> bool:
        """Whether git ignores ``path``; the nearest file that says something counts."""
        for folder, spec in reversed(self.specs):
            name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
            result = spec.check_file(name)
            if result.include is not None:
                return bool(result.include)
        return False


def _from_root(folder: Path) -> tuple[tuple[Path, Any], ...]:
    """The ``.gitignore`` files above ``folder``, outermost first; none outside a repository.

    A folder that is itself ignored is still checked, because it was named: patterns that match it
    are the reason not to ask the files above it at all.
    """
    if (folder / ".git").exists():
        return ()
    chain: list[tuple[Path, Any]] = []
    for parent in folder.parents:
        spec = _gitignore(parent)
        if spec is not None:
            chain.append((parent, spec))
        if (parent / ".git").exists():
            break
    else:
        return ()
    for parent, spec in chain:
        relative = folder.relative_to(parent)
        names = [relative, *relative.parents][:-1]
        if any(spec.match_file(f"{name.as_posix()}/") for name in names):
            return ()
    return tuple(reversed(chain))


def _gitignore(folder: Path) -> Any:
    path = folder / ".gitignore"
    try:
        with opened(path) as file:
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    try:
        return globs(tuple(lines))
    except ValueError:
        return globs(tuple(line for line in lines if _is_pattern(line)))


def _is_pattern(line: str) -> bool:
    """git passes over a line that it cannot read, such as one that ends in a backslash."""
    try:
        globs((line,))
    except ValueError:
        return False
    return True
