"""``ogcheck clean``: remove what earlier runs have kept."""

from __future__ import annotations

from typing import Any

import click

from ogcheck.cli.options import Given, configuring, visible, working_directory
from ogcheck.cli.running import CACHE, cache_folder
from ogcheck.engine.discover import shown


@click.command("clean")
@configuring
@click.option("--cache-dir", metavar="FOLDER", help="The cache that is removed.")
def command(cache_dir: str | None, **options: Any) -> int:
    """Remove the cache that ogcheck check would use here, and nothing else."""
    cwd = working_directory()
    resolver = Given.take(options).resolver(cwd)
    folder = cache_folder({"cache_dir": cache_dir, "no_cache": False}, resolver)
    if folder is None:  # switched off: what it left is where it would be otherwise
        folder = cwd / CACHE
    from ogcheck.engine.cache import clean

    name = visible(shown(folder, cwd))
    click.echo(f"Removed {name}." if clean(folder) else f"There is no cache in {name}.", err=True)
    return 0
