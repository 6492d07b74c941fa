"""ogcheck as a library: check a text, a file, or many."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ogcheck.config import Resolver
from ogcheck.engine.built import Builds
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import files, shown
from ogcheck.engine.run import run
from ogcheck.engine.site import Site
from ogcheck.page import Page
from ogcheck.problem import Problem
from ogcheck.readers import NotAPage, read
from ogcheck.rules.registry import Registry
from ogcheck.source import Source

Config = Mapping[str, Any] | str | os.PathLike[str] | None
"""Settings as ``ogcheck.toml`` spells them; or the path of a configuration file; or None for the
configuration that governs the path."""


def check_text(
    text: str,
    path: str | os.PathLike[str] = "<text>.md",
    *,
    config: Config = None,
    now: datetime | None = None,
) -> list[Problem]:
    """The problems in ``text``, as if it stood at ``path``; nothing is read there.

    ``path`` names the kind of file by its ending, the problems' path, and, unless ``config`` is
    given, the configuration. Offsets count code points of ``text``. Notes are among the problems,
    suppressed ones are not. ``now`` (with a zone) is the present for rules that ask.
    Raises :class:`ogcheck.ConfigError`.
    """
    cwd = Path.cwd()
    place = Path(os.path.abspath(path))
    checker = make_checker(cwd, config, now)
    source = Source.from_text(shown(place, cwd), text)
    return _reported(checker.check(source, place).problems)


def check_file(
    path: str | os.PathLike[str], *, config: Config = None, now: datetime | None = None
) -> list[Problem]:
    """The problems in the file at ``path``; one that cannot be read is a problem itself (OGX004).

    Raises :class:`ogcheck.ConfigError`, also where there is no such file.
    """
    return list(check_paths([path], config=config, now=now))


def check_paths(
    paths: Sequence[str | os.PathLike[str]],
    *,
    config: Config = None,
    now: datetime | None = None,
    site: bool = False,
    built: str | os.PathLike[str] | None = None,
) -> Iterator[Problem]:
    """The problems in files and directories, in path order, as they are found.

    With ``site`` they are all of a site's pages, and its problems follow. ``built`` is the folder
    of the pages that are built from them.
    Raises :class:`ogcheck.ConfigError`, also for a path that does not exist.
    """
    cwd = Path.cwd()
    checked = [cwd / one for one in paths]
    pages = None if built is None else Builds(Path(os.path.abspath(built)), cwd, checked)
    checker = make_checker(cwd, config, now, site=site, built=pages)
    found = files([os.fspath(p) for p in paths], cwd, checker.resolver)
    whole = Site(checker)
    for outcome in run(found, checker):
        whole.add(outcome.found, outcome.facts)
        yield from _reported(outcome.problems)
    yield from _reported(raised.problem for raised in whole.problems())


def read_page(
    path: str | os.PathLike[str], text: str | None = None, *, config: Config = None
) -> Page | None:
    """The page at ``path``, or in ``text`` as if it stood there; None where it is no page.

    Raises :class:`ogcheck.ConfigError`, and ``OSError`` where the file cannot be read.
    """
    cwd = Path.cwd()
    place = Path(os.path.abspath(path))
    _, plan, _ = make_checker(cwd, config, None).prepared(place)
    name = shown(place, cwd)
    if text is None:
        source = Source.from_bytes(name, place.read_bytes())
    else:
        source = Source.from_text(name, text)
    page = read(source, plan.reading)
    return None if isinstance(page, NotAPage) else page


def make_checker(
    cwd: Path,
    config: Config,
    now: datetime | None,
    registry: Registry | None = None,
    *,
    site: bool = False,
    built: Builds | None = None,
) -> Checker:
    """A checker for ``config``, with the rules of ``registry``; with ``site`` for those of a site.

    ``built`` tells the pages that sources are compared with. Raises :class:`ConfigError`.
    """
    if config is None:
        resolver = Resolver(cwd, registry=registry)
    elif isinstance(config, Mapping):
        resolver = Resolver(cwd, isolated=True, overlay=config, registry=registry)
    else:
        resolver = Resolver(cwd, explicit=Path(config), registry=registry)
    return Checker(resolver, now or datetime.now(UTC), site=site, built=built)


def _reported(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if not p.suppressed]
