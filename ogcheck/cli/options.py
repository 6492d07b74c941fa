"""Options that several subcommands share: how the configuration is found and overridden."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ogcheck.cli import completing
from ogcheck.config import ConfigError, Resolver, parse_override
from ogcheck.frozen import frozen
from ogcheck.problem import printable

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_SHARED: tuple[Decorator, ...] = (
    click.option("--select", multiple=True, metavar="RULES",
                 shell_complete=completing.selectors,
                 help="Run only these rules: codes, names, prefixes or ALL, comma-separated."),
    click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules, too.",
                 shell_complete=completing.selectors),
    click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.",
                 shell_complete=completing.selectors),
    click.option("--preset", metavar="NAME", help="The kind of site, for every page.",
                 shell_complete=completing.presets),
    click.option("--config", multiple=True, metavar="FILE|KEY=VALUE",
                 shell_complete=completing.files,
                 help="Use this configuration file, or override one setting (TOML)."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
)  # fmt: skip


def configuring(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared options to a command."""
    return adding(*_SHARED)(function)


def adding(*options: Decorator) -> Decorator:
    """Add several options to a command, in their order."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def text_or_json(help: str) -> Decorator:
    """The option ``--format`` of the commands that tell something, named ``report``."""
    return click.option("--format", "report", type=click.Choice(("text", "json")), default="text",
                        show_default=True, help=help)  # fmt: skip


@frozen
class Given:
    """What the shared options say."""

    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    preset: str | None
    config: tuple[str, ...]
    isolated: bool

    @classmethod
    def take(cls, options: dict[str, Any]) -> Given:
        """Take the shared options out of a command's ``options``."""
        return cls(
            **{
                name: options.pop(name)
                for name in ("select", "extend_select", "ignore", "preset", "config", "isolated")
            }
        )

    def resolver(self, cwd: Path, further: dict[str, Any] | None = None) -> Resolver:
        """The resolver for these options. Raises :class:`ConfigError`."""
        overlay: dict[str, Any] = {}
        origins: dict[str, str] = {}
        explicit: Path | None = None
        for one in self.config:
            if "=" in one and not os.path.exists(one):
                data = parse_override(one)
                overlay = _deep_merge(overlay, data)
                origins.update(dict.fromkeys(data, f"--config {one}"))
            elif explicit is not None:
                raise ConfigError("--config can name one file only.")
            elif self.isolated:
                raise ConfigError(
                    f"--isolated leaves no room for --config {one}: name one of them."
                )
            else:
                explicit = Path(os.path.abspath(cwd / one))
        for key, values, option in (
            ("select", self.select, "--select"),
            ("extend-select", self.extend_select, "--extend-select"),
            ("ignore", self.ignore, "--ignore"),
        ):
            if values:
                overlay[key] = list(_split(values))
                origins[key] = option
        if self.preset is not None:
            overlay["preset"], origins["preset"] = self.preset, "--preset"
        overlay.update(further or {})
        return Resolver(cwd, explicit=explicit, isolated=self.isolated, overlay=overlay,
                        overlay_origins=origins)  # fmt: skip


def visible(text: str) -> str:
    """``text`` on one line, without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode()
                   for c in printable(text))  # fmt: skip


def _split(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        yield from (part.strip() for part in value.split(",") if part.strip())


def _deep_merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _deep_merge(old, value) if both else value  # type: ignore[arg-type]
    return merged


def working_directory() -> Path:
    """The working directory. Raises :class:`ConfigError` where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        raise ConfigError("the working directory is not there any more.") from None
