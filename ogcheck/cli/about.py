"""``ogcheck --version --verbose``: what a bug report needs to know of where ogcheck runs."""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ogcheck import __version__
from ogcheck.cli.options import visible
from ogcheck.errors import ConfigError

_VARIABLES = (
    "LC_ALL", "LC_CTYPE", "LANG", "PYTHONUTF8", "PYTHONIOENCODING", "TERM", "COLUMNS", "NO_COLOR",
    "FORCE_COLOR", "CI", "GITHUB_ACTIONS",
)  # fmt: skip
"""Of the environment only what decides how ogcheck reads and writes."""


def about() -> str:
    """A line for each fact, the version first.

    Names and numbers of what is installed, the path of the configuration, its preset and plugins,
    which are not loaded, and what decides on encodings and colour: no other setting, no content,
    and ``~`` for the home directory.
    """
    facts = [("ogcheck", __version__), *_facts()]
    return "\n".join(f"{name} {_at_home(visible(value))}" for name, value in facts)


def _facts() -> Iterator[tuple[str, str]]:
    kind = "" if sys.prefix == sys.base_prefix else ", virtual environment"
    yield "python:", f"{platform.python_implementation()} {platform.python_version()}{kind}"
    yield "platform:", f"{platform.platform()}, {os.cpu_count()} processors"
    yield "dependencies:", ", ".join(_dependencies())
    yield from _configuration()
    streams = (sys.stdin, sys.stdout, sys.stderr)
    names = [f"{one.encoding} ({one.errors})" if one else "closed" for one in streams]
    yield "encodings:", f"{', '.join(names)}; file names {sys.getfilesystemencoding()}"
    yield "locale:", locale.setlocale(locale.LC_CTYPE)
    terminals = [bool(one) and one.isatty() for one in streams]
    said = ["terminal" if one else "no terminal" for one in terminals]
    yield "streams:", f"input {said[0]}, output {said[1]}, errors {said[2]}"
    if any(terminals):
        yield "terminal:", "{} columns, {} lines".format(*_size(terminals))
    found = [f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ]
    yield "environment:", " ".join(found) or "nothing that counts"


def _size(terminals: list[bool]) -> tuple[int, int]:
    try:
        return os.get_terminal_size(terminals.index(True))
    except OSError:
        return 0, 0


def _dependencies() -> Iterator[str]:
    """What ogcheck requires, by the metadata of its package, with the versions at hand."""
    try:
        wanted = metadata.requires("ogcheck") or []
    except metadata.PackageNotFoundError:
        yield "unknown: ogcheck is not installed as a package"
        return
    from packaging.requirements import Requirement

    for one in map(Requirement, wanted):
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            try:
                yield f"{one.name} {metadata.version(one.name)}"
            except metadata.PackageNotFoundError:
                yield f"{one.name} missing"
    from yaml import _yaml

    yield f"libyaml {_yaml.get_version_string()}"


def _configuration() -> Iterator[tuple[str, str]]:
    """Where the configuration of the run stands, and what it names. No plugin is loaded."""
    from ogcheck.config.loading import named_plugins, table_of
    from ogcheck.config.resolving import nearest

    try:
        path = nearest(Path.cwd())
        if path is None:
            yield "configuration:", "none"
            return
        yield "configuration:", str(path)
        data = table_of(path) or {}
        yield "preset:", str(data.get("preset", "told by each page"))
        yield "plugins:", ", ".join(one.name for one in named_plugins(data, path)) or "none"
    except ConfigError as error:
        yield "configuration:", f"cannot be used: {error}"
    except OSError as error:
        yield "configuration:", f"cannot be looked for: {error.strerror}"


def _at_home(text: str) -> str:
    home = os.environ.get("HOME") or os.environ.get("USERPROFILE") or "/"
    if home == "/":
        return text
    return re.sub(rf"{re.escape(home.rstrip('/'))}(?!\w)", "~", text)
