"""Configuration files and what a command line says: read, checked, with the place of every key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ogcheck import __version__
from ogcheck.config.checking import Place, check, error, globs, inside, kind, shown, stay_within
from ogcheck.config.toml_places import fault_line, line
from ogcheck.errors import ConfigError
from ogcheck.frozen import frozen
from ogcheck.plugins import Named
from ogcheck.rules.registry import Registry


@frozen
class Entry:
    """What holds for some paths: a table of ``schemas`` or ``overrides``, or all of ``exclude``."""

    globs: tuple[str, ...]
    data: Mapping[str, Any]
    origins: Mapping[str, str]
    """For each key in ``data``, what set it."""
    directory: Path
    """The globs are relative to it."""
    selectors: Mapping[str, Selectors]
    """As in :class:`Configuration`."""

    def fits(self, path: Path, *, folder: bool = False) -> bool:
        """Whether the globs name ``path`` (absolute).

        Outside the directory, which only a configuration that is named or extended can meet, they
        are asked about the whole path: those that hold no slash still fit.
        """
        try:
            relative = path.relative_to(self.directory)
        except ValueError:
            relative = path.relative_to(path.anchor)
        return bool(globs(self.globs).match_file(relative.as_posix() + "/" * folder))


@frozen
class Configuration:
    """One configuration file, checked, with what it extends; or what a command line says."""

    data: dict[str, Any]
    origins: dict[str, str]
    path: Path | None
    directory: Path | None
    entries: dict[str, tuple[Entry, ...]]
    """``schemas``, ``overrides`` and ``exclude``, those of what it extends first."""
    selectors: Mapping[str, Selectors]
    """What ``select``, ``extend-select`` and ``ignore`` hold, and where each stands."""


Selectors = tuple[tuple[str, str], ...]
"""Selectors of rules, each with the file and line that it stands on."""
_SELECTING = ("select", "extend-select", "ignore")


def selectors_of(data: Mapping[str, Any], origin: Callable[..., str]) -> dict[str, Selectors]:
    """The selectors in ``data``, a configuration or a table of ``overrides``."""
    return {
        key: tuple((one, origin(key, index)) for index, one in enumerate(data[key]))
        for key in _SELECTING
        if key in data
    }


def parse_override(text: str) -> dict[str, Any]:
    """``KEY=VALUE`` of the command line as configuration; VALUE is TOML, or plain text.

    Raises :class:`ConfigError`.
    """
    key, _, value = text.partition("=")
    key, value = key.strip(), value.strip()
    for candidate in (value, _toml_string(value)):
        try:
            return tomllib.loads(f"{key} = {candidate}")
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
            problem = str(error)
    raise ConfigError(f"--config {text}: {problem}.", help="Write KEY=VALUE.")


def _toml_string(text: str) -> str:
    import json

    return json.dumps(text)


def load(
    path: Path,
    registry: Registry,
    *,
    within: Path | None = None,
    _open: tuple[Path, ...] = (),
) -> Configuration | None:
    """Read and check one file, and what it extends. None for a pyproject.toml without our table.

    ``within`` is the folder that it may name files of; None if of any. Raises :class:`ConfigError`.
    """
    path = path.absolute()
    keys = ("tool", "ogcheck") if path.name == "pyproject.toml" else ()
    text, data = _read(path)
    for index, key in enumerate(keys, 1):
        if key not in data:
            return None
        data = data[key]
        if not isinstance(data, dict):
            place = Place(path, text, keys[:index], registry)
            raise error(f"{'.'.join(keys[:index])} must be a table, and is {kind(data)}.", place)
    place = Place(path, text, keys, registry, within)
    check(data, place)

    def origin(*steps: str | int) -> str:
        return f"{shown(path)}:{line(text, (*keys, *steps))}"

    origins = {key: origin(key) for key in data}
    entries = entries_of(data, path.parent, origin)
    selectors = selectors_of(data, origin)
    if "extend" in data:
        below = _extended(data["extend"], path, inside(place, "extend"), _open)
        data = merge(below.data, data)
        origins = {**below.origins, **origins}
        selectors = {**below.selectors, **selectors}
        for key in ("schemas", "overrides"):
            entries[key] = (*below.entries.get(key, ()), *entries.get(key, ()))
        entries.setdefault("exclude", below.entries.get("exclude", ()))
    return Configuration(data, origins, path, path.parent, entries, selectors)


def table_of(path: Path) -> dict[str, Any] | None:
    """The settings in one file, unchecked. None for a pyproject.toml without our table.

    Raises :class:`ConfigError` where the file cannot be read, or is not TOML.
    """
    _, data = _read(path)
    if path.name != "pyproject.toml":
        return data
    tool = data.get("tool")
    table = tool.get("ogcheck") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}.", shown(path)) from None
    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError("is not UTF-8.", shown(path), line, "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        place = fault_line(str(error)) or text.rstrip().count("\n") + 1
        raise ConfigError(f"is not TOML: {error}.", shown(path), place) from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
        raise ConfigError(f"cannot be read: {error}.", shown(path)) from None


def entries_of(
    data: Mapping[str, Any], directory: Path, origin: Callable[..., str]
) -> dict[str, tuple[Entry, ...]]:
    """The tables of ``schemas`` and ``overrides``, and ``exclude``, with their places."""
    entries: dict[str, tuple[Entry, ...]] = {}
    for key in ("schemas", "overrides"):
        if key in data:
            entries[key] = tuple(
                Entry(
                    tuple(table["files"]),
                    table,
                    {inner: origin(key, index, inner) for inner in table},
                    directory,
                    selectors_of(
                        table, lambda *steps, key=key, index=index: origin(key, index, *steps)
                    ),
                )
                for index, table in enumerate(data[key])
            )
    if "exclude" in data:
        entries["exclude"] = (Entry(tuple(data["exclude"]), {}, {}, directory, {}),)
    return entries


def _extended(name: str, path: Path, place: Place, already: tuple[Path, ...]) -> Configuration:
    stay_within(name, place)
    target = (path.parent / name).resolve()
    if target in (path.resolve(), *already):
        raise error("extend leads back to this file.", place, "Remove it in one of the files.")
    if not target.is_file():
        raise error(f"extend names {name}, which is no file.", place)
    already = (*already, path.resolve())
    below = load(target, place.registry, within=place.within, _open=already)
    if below is None:
        raise error(f"extend names {name}, which has no [tool.ogcheck].", place)
    return below


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = (
            {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return merged


def check_version(data: Mapping[str, Any], path: Path | None) -> None:
    """Raise :class:`ConfigError` where ``required-version`` asks for another ogcheck than this.

    What is no specifier is left to the check of the whole.
    """
    wanted = data.get("required-version")
    if not isinstance(wanted, str):
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        fits = SpecifierSet(wanted).contains(__version__, prereleases=True)
    except InvalidSpecifier:
        return
    if not fits:
        raise ConfigError(
            f"this is ogcheck {__version__}, and required-version asks for {wanted}.",
            None if path is None else shown(path), None, "Install a version that fits.",
        )  # fmt: skip


def named_plugins(data: Mapping[str, Any], path: Path) -> list[Named]:
    """The plugins that an unchecked configuration names, itself or through ``extend``.

    What is no list of strings is left to the check of the whole.
    """
    seen = set()
    while "plugins" not in data and isinstance(data.get("extend"), str):
        path = (path.parent / data["extend"]).resolve()
        if path in seen or not path.is_file():
            return []
        seen.add(path)
        data = table_of(path) or {}
    names = data.get("plugins")
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        return []
    text, _ = _read(path)
    keys = ("tool", "ogcheck") if path.name == "pyproject.toml" else ()
    return [
        Named(one, path.parent, f"{shown(path)}:{line(text, (*keys, 'plugins', index))}")
        for index, one in enumerate(names)
        if one.strip()
    ]
