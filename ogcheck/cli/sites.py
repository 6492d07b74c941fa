"""``ogcheck check`` on a whole site: when what is checked is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ogcheck.config import ConfigError, Resolver

OPTIONS = (
    click.option("--site", is_flag=True,
                 help="The paths hold all pages of a site: compare them with each other, too."),
)  # fmt: skip


def is_site(options: dict[str, Any], paths: tuple[str, ...], cwd: Path, resolver: Resolver) -> bool:
    """Whether the pages of a run are to be judged as a site. Raises :class:`ConfigError`.

    They are where it is asked for, and where a directory is checked whose configuration says where
    the site is built: whoever names three files does not mean a site.
    """
    if options["site"]:
        for other, why in (("diff_base", "only the changed pages of it are read"),
                           ("diff", "nothing is reported")):  # fmt: skip
            if options[other]:
                name = other.replace("_", "-")
                raise ConfigError(f"--site and --{name} do not go together: {why}.")
        if "-" in paths:
            raise ConfigError("--site needs the files of a site: - is standard input.")
        return True
    return False
