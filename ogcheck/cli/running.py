"""How ``ogcheck check`` runs: by how many processes, and with which cache."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ogcheck.cli.options import visible
from ogcheck.config import AUTO, MOST_JOBS, ConfigError, Resolver

if TYPE_CHECKING:
    from ogcheck.engine.check import Checker
    from ogcheck.engine.schedule import Schedule

CACHE = ".ogcheck_cache"
"""The name of the cache's folder."""
_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""How much of the processors a container gets: microseconds of a period, and the period."""


def _parse(ctx: click.Context, param: click.Parameter, given: str | None) -> int | str | None:
    if given is None or given == AUTO:
        return given
    count = int(given) if given.isascii() and given.isdigit() else 0
    if not 1 <= count <= MOST_JOBS:
        words = f"{visible(given)!r} is neither a number from 1 to {MOST_JOBS} nor {AUTO!r}."
        raise click.BadParameter(words, ctx, param)
    return count


OPTIONS = (
    click.option("--jobs", metavar="N|auto", callback=_parse,
                 help="How many processes check files.  [default: auto]"),
    click.option("--no-cache", is_flag=True, help="Check every file anew, and keep nothing."),
    click.option("--cache-dir", metavar="FOLDER",
                 help="Where what was found is kept for the next run.  [default: .ogcheck_cache "
                 "beside the configuration]"),
)  # fmt: skip


def schedule(options: dict[str, Any], checker: Checker) -> Schedule:
    """How the run goes, by options and configuration. Raises ``ConfigError``."""
    from ogcheck.engine.schedule import Schedule

    jobs = options["jobs"] or checker.resolver.run_setting("jobs")
    return Schedule(
        checker,
        jobs=processors() if jobs == AUTO else jobs,
        cache=cache_folder(options, checker.resolver),
        tell=lambda text: click.echo(f"ogcheck: {visible(text)}", err=True),
    )


def cache_folder(options: dict[str, Any], resolver: Resolver) -> Path | None:
    """Where the cache of the run is; None where it has none. Raises ``ConfigError``."""
    named = options["cache_dir"]
    if named is not None:
        if options["no_cache"]:
            raise ConfigError("--no-cache and --cache-dir: name one of them.")
        if not named.strip():
            raise ConfigError("--cache-dir names no folder.")
        return Path(os.path.abspath(resolver.cwd / named))
    if options["no_cache"]:
        return None
    return resolver.cache_folder(CACHE)


def processors() -> int:
    """How many processors this process may use, the share that a container has considered."""
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = _QUOTA.read_text("ascii").split()
        count = min(count, max(1, round(int(quota) / int(period))))  # "max": no number, no limit
    return min(count, MOST_JOBS)
