"""``ogcheck check`` on a whole site: when what is checked is one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ogcheck.cli.options import visible
from ogcheck.config import ConfigError, Resolver

if TYPE_CHECKING:
    from ogcheck.engine.built import Builds

OPTIONS = (
    click.option("--site", is_flag=True,
                 help="The paths hold all pages of a site: compare them with each other, too."),
    click.option("--built", metavar="DIR",
                 help="Compare sources with the pages that were built from them into DIR."),
)  # fmt: skip


def is_site(options: dict[str, Any], paths: tuple[str, ...], cwd: Path, resolver: Resolver) -> bool:
    """Whether the pages of a run are to be judged as a site. Raises :class:`ConfigError`.

    They are where it is asked for, and where a directory is checked whose configuration says where
    the site is built: whoever names three files does not mean a site.
    """
    if not options["site"]:
        alone = options["diff_base"] is None and not options["diff"]
        return alone and any(_build(one, cwd, resolver) is not None for one in paths)
    for other, why in (("diff_base", "only the changed pages of it are read"),
                       ("diff", "nothing is reported")):  # fmt: skip
        if options[other]:
            name = other.replace("_", "-")
            raise ConfigError(f"--site and --{name} do not go together: {why}.")
    if "-" in paths:
        raise ConfigError("--site needs the files of a site: - is standard input.")
    return True


def _build(path: str, cwd: Path, resolver: Resolver) -> Path | None:
    """The folder that the site of a directory is built into; None for a file, or if not told."""
    place = Path(os.path.abspath(cwd / path))
    if path == "-" or not place.is_dir():
        return None
    return resolver.settings(place / "index.md").layout.build_dir


def built_of(
    options: dict[str, Any], paths: tuple[str, ...], cwd: Path, resolver: Resolver
) -> Builds | None:
    """The built pages that sources are compared with. Raises :class:`ConfigError`.

    They are those of ``--built``; else, where directories are checked, those of ``build-dir``. That
    there are none in a folder that is named is said on standard error, and is no fault, as it is
    none where there are no files to check.
    """
    if options["built"] is None and all(_build(one, cwd, resolver) is None for one in paths):
        return None
    from ogcheck.engine.built import Builds

    checked = [cwd / one for one in paths]
    if options["built"] is not None:
        folder = cwd / options["built"]
        if not folder.is_dir():
            raise ConfigError(f"--built {options['built']}: there is no such directory.")
        builds = Builds(Path(os.path.abspath(folder)), cwd, checked)
        if not builds.below(Path(os.path.abspath(folder))):
            click.echo(f"--built {visible(options['built'])}: no built page was found there.",
                       err=True)  # fmt: skip
        return builds
    return Builds(None, cwd, checked)
