"""Configuration: find it, read it, check it, and resolve it for one path.

The nearest of ``ogcheck.toml``, ``.ogcheck.toml`` and ``pyproject.toml`` with ``[tool.ogcheck]``,
upwards to the repository's root, governs a file, whole; ``extend`` is explicit. Settings of the
run come from the one that governs the working directory, settings of pages from the one nearest to
the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ogcheck import platforms, presets
from ogcheck.problem import Severity
from ogcheck.rules import registry
from ogcheck.rules.base import Context
from ogcheck.values import dates, locales, urls

FILES = ("ogcheck.toml", ".ogcheck.toml", "pyproject.toml")
DEFAULT_EXCLUDE = (
    ".git/", ".hg/", ".svn/", ".venv/", "venv/", ".tox/", ".nox/", "node_modules/", "__pycache__/",
    ".mypy_cache/", ".ruff_cache/", ".pytest_cache/", "site-packages/", "vendor/bundle/",
)  # fmt: skip
FAIL_ON = ("error", "warning", "never")
_BY_GLOB = ("schemas", "overrides")
"""What holds for some of a folder's files only."""


class ConfigError(Exception):
    """The configuration cannot be used; says where, why, and what to do."""

    def __init__(
        self, message: str, path: Path | str | None = None, line: int | None = None,
        help: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.help = help

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}: "
        if self.path is not None and self.line is not None:
            place = f"{self.path}:{self.line}: "
        return f"{place}{self.message}" + (f" {self.help}" if self.help else "")


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the configuration."""

    key: str
    type: str
    """In words: ``string``, ``strings``, ``table``, ``tables``."""
    scope: str
    """``run`` or ``page``."""
    doc: str
    default: Any = None


SETTINGS: dict[str, Setting] = {
    s.key: s
    for s in (
        Setting("extend", "string", "file", "Another configuration file, whose settings count "
                "where this one has none."),
        Setting("fail-on", "string", "run", "The severity that makes a run fail: error, warning or "
                "never.", "warning"),
        Setting("preset", "string", "page", "The kind of site: " + ", ".join(presets.NAMES) + "; "
                "told from each document's shape if not set."),
        Setting("site-url", "string", "page", "The site's public address, as in "
                "https://www.example.com."),
        Setting("site-name", "string", "page", "What the site is called."),
        Setting("timezone", "string", "page", "The site's time zone, as an IANA name."),
        Setting("date-formats", "strings", "page", "Accepted formats of publication dates, in "
                "place of the preset's: strptime directives, and %o for an ordinal day."),
        Setting("locale", "string", "page", "The site's locale as Open Graph writes it, as en_GB."),
        Setting("platforms", "strings", "page", "Where the pages are shared: limits of other "
                "platforms are not spoken of; all that are known if not set."),
        Setting("select", "strings", "page", "The rules that run: codes, names, prefixes or ALL; "
                "all that are on by default if not set."),
        Setting("extend-select", "strings", "page", "Rules that run beside those."),
        Setting("ignore", "strings", "page", "Rules that do not run; overrides and the command "
                "line add to it."),
        Setting("severity", "table", "page", "The severity of a rule's findings, by code or name: "
                "error, warning or note."),
        Setting("rules", "table", "page", "Options of rules, a table for each code or name."),
        Setting("schemas", "tables", "page", "JSON Schemas of front matter: files (globs) and "
                "schema (a path, a published name, a table, or false for none); the last that fits "
                "counts."),
        Setting("exclude", "strings", "page", "Paths that are not checked, as .gitignore writes "
                "them."),
        Setting("overrides", "tables", "page", "Settings of pages for some paths: files (globs) "
                "and the settings; later ones win."),
    )
}  # fmt: skip
"""Every key that a configuration may hold."""

_PAGE_KEYS = frozenset(s.key for s in SETTINGS.values() if s.scope == "page")
_OVERRIDABLE = _PAGE_KEYS - {"schemas", "exclude", "overrides"}
_ADDED = frozenset({"extend-select", "ignore", "severity", "rules"})
"""What a later one adds to, key by key or item by item; everything else it replaces."""


@dataclass(frozen=True)
class Settings:
    """What holds for one page."""

    values: dict[str, Any]
    """Resolved values by key; a key that nothing sets has its default or is absent."""
    origins: dict[str, str]
    """For each key in ``values``, what set it."""
    schema: Any
    """What the last fitting entry of ``schemas`` says; None if none fits."""
    schema_base: Path | None
    """The folder that a path in it is relative to."""
    schema_origin: str
    directory: Path | None
    """Of the configuration file that governs the page; None without one."""

    def context(self, now: datetime) -> Context:
        """What rules may know of the configuration."""
        return Context(
            now=now,
            site_url=self.values.get("site-url"),
            site_name=self.values.get("site-name"),
            timezone=self.values.get("timezone"),
            locale=self.values.get("locale"),
            platforms=tuple(self.values.get("platforms") or platforms.PLATFORMS),
        )

    @property
    def options(self) -> dict[str, Any]:
        """Rules' options by code."""
        return self.values.get("rules") or {}


@dataclass(frozen=True)
class Entry:
    """What holds for some paths: a table of ``schemas`` or ``overrides``, or all of ``exclude``."""

    globs: tuple[str, ...]
    data: Mapping[str, Any]
    origins: Mapping[str, str]
    """For each key in ``data``, what set it."""
    directory: Path
    """The globs are relative to it."""

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


@dataclass(frozen=True)
class Configuration:
    """One configuration file, checked, with what it extends; or what a command line says."""

    data: dict[str, Any]
    origins: dict[str, str]
    path: Path | None
    directory: Path | None
    entries: dict[str, tuple[Entry, ...]]
    """``schemas``, ``overrides`` and ``exclude``, those of what it extends first."""


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


class Resolver:
    """Finds and resolves the configuration of paths, each file read once.

    ``explicit`` is a file given on the command line, which then governs everything; ``isolated``
    ignores every file. ``overlay`` is configuration from the command line, with the option that
    each key came from; it wins over files.
    """

    def __init__(
        self,
        cwd: Path,
        *,
        explicit: Path | None = None,
        isolated: bool = False,
        overlay: Mapping[str, Any] | None = None,
        overlay_origins: Mapping[str, str] | None = None,
    ) -> None:
        self.cwd = cwd
        self.isolated = isolated
        self.overlay = dict(overlay or {})
        given = overlay_origins or {}
        origins = {key: given.get(key, "the command line") for key in self.overlay}
        for key, value in self.overlay.items():
            _check_overlay(key, value, origins[key])
        entries = _entries(self.overlay, cwd, lambda *keys: origins[str(keys[0])])
        self._overlay = Configuration(self.overlay, origins, None, cwd, entries)
        self._explicit = None if explicit is None else _named(explicit)
        self._by_folder: dict[Path, Configuration | None] = {}
        self._excluded: dict[Path, bool] = {}
        self._settings: dict[Any, Settings] = {}
        self._by_name: dict[str, Settings] = {}
        """Of folders in which no glob tells one file from another."""

    def configuration(self, folder: Path) -> Configuration | None:
        """The configuration that governs files in ``folder``. Raises :class:`ConfigError`."""
        if self._explicit is not None:
            return self._explicit
        if self.isolated:
            return None
        if folder not in self._by_folder:
            self._by_folder[folder] = self._find(folder)
        return self._by_folder[folder]

    def _find(self, folder: Path) -> Configuration | None:
        for name in FILES:
            path = folder / name
            if path.is_file():
                found = load(path)
                if found is not None:
                    return found
        if (folder / ".git").exists() or folder.parent == folder:
            return None
        return self.configuration(folder.parent)

    def run_setting(self, key: str) -> Any:
        """A setting of the run, from the working directory's configuration."""
        return self.run_origin(key)[0]

    def run_origin(self, key: str) -> tuple[Any, str]:
        """A setting of the run, and what set it."""
        for found in (self._overlay, self.configuration(self.cwd)):
            if found is not None and key in found.data:
                return found.data[key], found.origins[key]
        return SETTINGS[key].default, "default"

    def settings(self, path: Path) -> Settings:
        """What holds for the page at ``path`` (absolute). Raises :class:`ConfigError`."""
        # A tenth of what path.parent costs, for every file.
        folder = os.path.dirname(path)  # noqa: PTH120
        known = self._by_name.get(folder)
        if known is not None:
            return known
        found = self.configuration(path.parent)
        layers = tuple(
            (layer, tuple(e for key in _BY_GLOB for e in layer.entries.get(key, ())
                          if e.fits(path)))
            for layer in (found, self._overlay)
            if layer is not None
        )  # fmt: skip
        cache_key = tuple((id(layer), *map(id, fitting)) for layer, fitting in layers)
        if cache_key not in self._settings:
            self._settings[cache_key] = _resolve(layers, found)
        settings = self._settings[cache_key]
        if not any(layer.entries.get(key) for layer, _ in layers for key in _BY_GLOB):
            self._by_name[folder] = settings
        return settings

    def is_excluded(self, path: Path, *, folder: bool = False) -> bool:
        """Whether the governing configuration excludes ``path`` (absolute)."""
        found = self.configuration(path.parent)
        layers = (self._overlay,) if found is None else (found, self._overlay)
        return any(
            entry.fits(path, folder=folder)
            for layer in layers
            for entry in layer.entries.get("exclude", ())
        )

    def excludes(self, path: Path) -> tuple[list[str] | None, str]:
        """All globs that may exclude ``path``, and what set them; None if there are none."""
        found = [e for e in (self.configuration(path.parent), self._overlay) if e is not None]
        entries = [(e, o) for e in found for o in e.entries.get("exclude", ())]
        if not entries:
            return None, "default"
        origins = "; ".join(layer.origins["exclude"] for layer, _ in entries)
        return [one for _, entry in entries for one in entry.globs], origins

    def is_out_of_reach(self, path: Path, *, folder: bool = False) -> bool:
        """Whether ``path``, or a folder above it below the working directory, is excluded.

        So what is named is left out exactly where a walk from here would not come to it.
        """
        if folder:
            return self._is_folder_out_of_reach(path)
        return self.is_excluded(path) or self._is_folder_out_of_reach(path.parent)

    def _is_folder_out_of_reach(self, folder: Path) -> bool:
        if folder == self.cwd or not folder.is_relative_to(self.cwd):
            return False
        if folder not in self._excluded:
            above = self._is_folder_out_of_reach(folder.parent)
            self._excluded[folder] = above or self.is_excluded(folder, folder=True)
        return self._excluded[folder]


def _named(path: Path) -> Configuration:
    found = load(path)
    if found is None:
        raise ConfigError("has no [tool.ogcheck].", _shown(path))
    return found


def _check_overlay(key: str, value: Any, origin: str) -> None:
    """Check one key from the command line, or of a mapping; an error names the option."""
    try:
        if key == "extend":
            raise ConfigError("extend belongs in a configuration file.")
        check({key: value}, None, None)
    except ConfigError as error:
        place = origin if origin.startswith("--config") else None
        raise ConfigError(error.message, place, None, error.help) from None


def _resolve(
    layers: Iterable[tuple[Configuration, tuple[Entry, ...]]], found: Configuration | None
) -> Settings:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    schema, base, schema_origin = None, None, "default"

    def add(data: Mapping[str, Any], where: Mapping[str, str], suffix: str = "") -> None:
        for key, value in data.items():
            if key not in _OVERRIDABLE:
                continue
            origin = where[key] + suffix
            if key in values and key in _ADDED:
                origin = f"{origins[key]}; {origin}"
            if key in ("severity", "rules"):
                value = _merge(values.get(key, {}), _by_code(value, key))
            elif key in _ADDED:
                value = [*values.get(key, ()), *value]
            values[key] = value
            origins[key] = origin

    for layer, fitting in layers:
        add(layer.data, layer.origins)
        for entry in fitting:
            named = ", ".join(entry.globs)
            if "schema" in entry.data:
                schema, base = entry.data["schema"], entry.directory
                schema_origin = f"{entry.origins['schema']}, schemas {named}"
            else:
                add(entry.data, entry.origins, f", overrides {named}")
    directory = found.directory if found is not None else None
    return Settings(values, origins, schema, base, schema_origin, directory)


@lru_cache(maxsize=256)
def globs(patterns: tuple[str, ...]) -> Any:
    """What matches paths by ``patterns``, as .gitignore writes them. Raises ``ValueError``."""
    import re
    import warnings

    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of brackets in brackets
            return GitIgnoreSpec.from_lines(patterns)
    except re.error as error:
        raise ValueError(str(error)) from None


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = (
            {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return merged


def _by_code(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A table by rule with every name as a code; for severities, prefixes become codes."""
    result: dict[str, Any] = {}
    wide_first = sorted(table.items(), key=lambda item: -len(registry.select(item[0])))
    for selector, value in wide_first:
        for rule in registry.select(selector):
            if key == "rules":
                result[rule.code] = {**result.get(rule.code, {}), **value}
            else:
                result[rule.code] = value
    return result


def load(path: Path, _open: tuple[Path, ...] = ()) -> Configuration | None:
    """Read and check one file, and what it extends. None for a pyproject.toml without our table.

    Raises :class:`ConfigError`.
    """
    path = path.absolute()
    keys = ("tool", "ogcheck") if path.name == "pyproject.toml" else ()
    text, data = _read(path)
    for index, key in enumerate(keys, 1):
        if key not in data:
            return None
        data = data[key]
        if not isinstance(data, dict):
            place = (path, text, keys[:index])
            raise _error(f"{'.'.join(keys[:index])} must be a table, and is {_kind(data)}.", place)
    check(data, path, text, keys)

    def origin(*steps: str | int) -> str:
        return f"{_shown(path)}:{_line(text, (*keys, *steps))}"

    origins = {key: origin(key) for key in data}
    entries = _entries(data, path.parent, origin)
    if "extend" in data:
        below = _extended(data["extend"], path, (path, text, (*keys, "extend")), _open)
        data = _merge(below.data, data)
        origins = {**below.origins, **origins}
        for key in ("schemas", "overrides"):
            entries[key] = (*below.entries.get(key, ()), *entries.get(key, ()))
        entries.setdefault("exclude", below.entries.get("exclude", ()))
    return Configuration(data, origins, path, path.parent, entries)


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}.", _shown(path)) from None
    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError("is not UTF-8.", _shown(path), line, "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        place = _toml_line(str(error)) or text.rstrip().count("\n") + 1
        raise ConfigError(f"is not TOML: {error}.", _shown(path), place) from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
        raise ConfigError(f"cannot be read: {error}.", _shown(path)) from None


def _entries(
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
                )
                for index, table in enumerate(data[key])
            )
    if "exclude" in data:
        entries["exclude"] = (Entry(tuple(data["exclude"]), {}, {}, directory),)
    return entries


def _extended(name: str, path: Path, place: Place, already: tuple[Path, ...]) -> Configuration:
    target = (path.parent / name).resolve()
    if target in (path.resolve(), *already):
        raise _error("extend leads back to this file.", place, "Remove it in one of the files.")
    if not target.is_file():
        raise _error(f"extend names {name}, which is no file.", place)
    below = load(target, (*already, path.resolve()))
    if below is None:
        raise _error(f"extend names {name}, which has no [tool.ogcheck].", place)
    return below


def check(data: Mapping[str, Any], path: Path | None, text: str | None, keys: Keys = ()) -> None:
    """Check a configuration's keys, types and values. Raises :class:`ConfigError`."""
    for key, value in data.items():
        place = (path, text, (*keys, key))
        if key not in SETTINGS:
            raise _error(f"{key} is no setting.", place, _suggest(key, SETTINGS))
        _check_type(key, value, SETTINGS[key].type, place)
        _check_value(key, value, place)


Keys = tuple[str | int, ...]
"""Where something stands in a TOML text: keys, and the indices of lists."""
Place = tuple[Path | None, str | None, Keys]


def _below(place: Place, *steps: str | int) -> Place:
    return (*place[:2], (*place[2], *steps))


def _error(message: str, place: Place, help: str | None = None) -> ConfigError:
    path, text, keys = place
    if path is None or text is None:
        return ConfigError(message, None, None, help)
    return ConfigError(message, _shown(path), _line(text, keys), help)


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "string": (lambda v: isinstance(v, str), "a string"),
    "strings": (lambda v: isinstance(v, list) and all(isinstance(i, str) for i in v),
                "a list of strings"),
    "table": (lambda v: isinstance(v, dict), "a table"),
    "tables": (lambda v: isinstance(v, list) and all(isinstance(i, dict) for i in v),
               "an array of tables"),
}  # fmt: skip


def _check_type(key: str, value: Any, wanted: str, place: Place) -> None:
    accepts, words = _TYPES[wanted]
    if not accepts(value):
        raise _error(f"{key} must be {words}, and is {_kind(value)}.", place)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    kinds: tuple[tuple[type, str], ...] = ((str, "a string"), (list, "a list"), (dict, "a table"))
    return next((words for kind, words in kinds if isinstance(value, kind)), "a date")


def _check_value(key: str, value: Any, place: Place) -> None:
    check = _CHECKS.get(key)
    if check is not None:
        check(key, value, place)


def _check_preset(key: str, value: str, place: Place) -> None:
    _one_of(key, value, presets.NAMES, place)


def _check_platforms(key: str, value: list[str], place: Place) -> None:
    for index, one in enumerate(value):
        _one_of(key, one, platforms.PLATFORMS, _below(place, index))


def _check_locale(key: str, value: str, place: Place) -> None:
    if not locales.is_locale(value):
        near = locales.mend(value)
        raise _error(f"{key} {value} is not a locale.", place,
                     f"Write {near or 'it as en_GB'}.")  # fmt: skip


def _check_fail_on(key: str, value: str, place: Place) -> None:
    _one_of(key, value, FAIL_ON, place)


def _check_site_url(key: str, value: str, place: Place) -> None:
    if urls.share_fault(value) is not None:
        raise _error(f"{key} {value} is not an absolute http or https URL.", place,
                     "Write it with https://.")  # fmt: skip


def _check_date_formats(key: str, value: list[str], place: Place) -> None:
    for index, one in enumerate(value):
        try:
            dates.pattern(one)
        except ValueError as error:
            raise _error(f"{key}: {one!r} is no date format: {error}.",
                         _below(place, index)) from None  # fmt: skip


def _check_selectors(key: str, value: list[str], place: Place) -> None:
    for index, selector in enumerate(value):
        _known_rule(selector, key, _below(place, index))


def _check_severities(key: str, value: Mapping[str, Any], place: Place) -> None:
    for selector, severity in value.items():
        below = _below(place, selector)
        _known_rule(selector, key, below)
        _one_of(f"{key}.{selector}", severity, tuple(map(str, Severity)), below)


def _check_rules(_key: str, value: Mapping[str, Any], place: Place) -> None:
    for selector, table in value.items():
        _check_options(selector, table, _below(place, selector))


def _check_schemas(key: str, value: list[Mapping[str, Any]], place: Place) -> None:
    for index, table in enumerate(value):
        _check_files(key, table, _below(place, index))
        _check_schema(table, _below(place, index))


def _check_overrides(key: str, value: list[Mapping[str, Any]], place: Place) -> None:
    for index, table in enumerate(value):
        _check_files(key, table, _below(place, index))
        _check_override(table, _below(place, index))


def _check_override(table: Mapping[str, Any], place: Place) -> None:
    for key, value in table.items():
        below = _below(place, key)
        if key == "files":
            continue
        if key not in _OVERRIDABLE:
            known = key in SETTINGS
            what = "cannot be overridden" if known else "is no setting"
            hint = None if known else _suggest(key, _OVERRIDABLE)
            raise _error(f"overrides: {key} {what}.", below, hint)
        _check_type(key, value, SETTINGS[key].type, below)
        _check_value(key, value, below)


def _check_files(key: str, table: Mapping[str, Any], place: Place) -> None:
    if "files" not in table:
        raise _error(f"{key}: every table names its files.", place, 'Add files = ["…"].')
    below = _below(place, "files")
    _check_type(f"{key}: files", table["files"], "strings", below)
    _check_globs(key, table["files"], below)


def _check_globs(_key: str, patterns: Iterable[str], place: Place) -> None:
    for index, one in enumerate(patterns):
        try:
            globs((one,))
        except ValueError:
            raise _error(f"{one!r} is no pattern of paths.", _below(place, index),
                         "Write it as in .gitignore.") from None  # fmt: skip


def _check_schema(table: Mapping[str, Any], place: Place) -> None:
    for key in table:
        if key not in ("files", "schema"):
            raise _error(f"schemas: {key} is no setting.", _below(place, key),
                         _suggest(key, ("files", "schema")))  # fmt: skip
    schema = table.get("schema")
    if not (isinstance(schema, str | dict) or schema is False):
        raise _error("schemas: schema is a path, a name, a table, or false for none.",
                     _below(place, "schema"))  # fmt: skip


def _check_zone(key: str, value: str, place: Place) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _error(f"{key} {value} is not known.", place,
                     "Write an IANA name such as Europe/London.") from None  # fmt: skip


_CHECKS: dict[str, Callable[[str, Any, Place], None]] = {
    "preset": _check_preset,
    "fail-on": _check_fail_on,
    "site-url": _check_site_url,
    "platforms": _check_platforms,
    "locale": _check_locale,
    "timezone": _check_zone,
    "date-formats": _check_date_formats,
    "select": _check_selectors,
    "extend-select": _check_selectors,
    "ignore": _check_selectors,
    "severity": _check_severities,
    "rules": _check_rules,
    "exclude": _check_globs,
    "schemas": _check_schemas,
    "overrides": _check_overrides,
}


def _one_of(key: str, value: Any, allowed: Iterable[str], place: Place) -> None:
    allowed = tuple(allowed)
    if value not in allowed:
        near = _suggest(str(value), allowed)
        raise _error(f"{key} is {value!r}, and can be {', '.join(allowed)}.", place, near)


def _known_rule(selector: str, key: str, place: Place) -> None:
    if not registry.select(selector):
        near = registry.near(selector)
        raise _error(f"{key}: {selector} is no rule.", place,
                     f"Did you mean {near}?" if near else "ogcheck rules lists them.")  # fmt: skip


def _check_options(selector: str, table: Any, place: Place) -> None:
    rule = registry.find(selector)
    if rule is None:
        near = registry.near(selector)
        raise _error(f"rules: {selector} is no rule.", place,
                     f"Did you mean {near}?" if near else "ogcheck rules lists them.")  # fmt: skip
    if not isinstance(table, dict):
        raise _error(f"rules.{selector} must be a table, and is {_kind(table)}.", place)
    options = {f.name.replace("_", "-"): f for f in fields(rule.Options)}
    for key, value in table.items():
        below = _below(place, key)
        if key not in options:
            hint = _suggest(key, options) if options else f"{rule.name} has no options."
            raise _error(f"rules.{selector}: {key} is no option.", below, hint)
        kind = str(options[key].type)
        accepts, words = _OPTION_TYPES[kind]
        if not accepts(value):
            raise _error(f"rules.{selector}.{key} must be {words}, and is {_kind(value)}.", below)


_OPTION_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "bool": (lambda v: isinstance(v, bool), "true or false"),
    "int": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0,
            "a number above 0"),
    "str": (lambda v: isinstance(v, str), "a string"),
    "tuple[str, ...]": _TYPES["strings"],
}  # fmt: skip


def options_for(rule: type[Any], table: Mapping[str, Any]) -> Any:
    """A rule's options object from its (checked) table."""
    values = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
    }
    return rule.Options(**values)


def _suggest(word: str, words: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(word.replace("_", "-").lower(), list(words), 1, 0.65)
    return f"Did you mean {found[0]}?" if found else None


def _toml_line(message: str) -> int | None:
    import re

    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else None


def _line(text: str, keys: Keys) -> int:
    """The line (from 1) on which a key path of a valid TOML text stands, or what holds it."""
    places = _places(text)
    while keys not in places and keys:
        keys = keys[:-1]
    return places.get(keys, 1)


@lru_cache(maxsize=4)
def _places(text: str) -> dict[Keys, int]:
    """The line (from 1) of every table, key and item of a valid TOML text.

    Such a text is a row of statements: headers, and keys with their values. Each parses by itself,
    and no beginning of one that goes over several lines does.
    """
    places: dict[Keys, int] = {}
    tables: dict[Keys, int] = {}  # how many there are so far of each array of tables
    table: Keys = ()
    first, lines = 1, text.split("\n")
    for last in range(1, len(lines) + 1):
        statement = "\n".join(lines[first - 1 : last]) + "\n"
        try:
            data = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        if statement.lstrip().startswith("["):
            table = _header(data, tables)
            for size in range(1, len(table) + 1):
                places.setdefault(table[:size], first)
        else:
            _note(data, table, statement, [0], first, places)
        first = last + 1
    return places


def _header(data: Any, tables: dict[Keys, int]) -> Keys:
    """The path of a header, which alone parses to empty tables, one in the other."""
    path: Keys = ()
    while data:
        (key, data), *_ = data.items()
        path = (*path, key)
        if isinstance(data, list):
            tables[path] = tables.get(path, 0) + 1
            data = data[0]
        if path in tables:
            path = (*path, tables[path] - 1)
    return path


def _note(
    value: Any, path: Keys, statement: str, at: list[int], first: int, places: dict[Keys, int]
) -> None:
    """Note the lines of all keys and items in ``value``, looking for each in ``statement``.

    Keys and items come in the order of the text, so each is looked for behind the one before it.
    """
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, below in items:
            word = step if isinstance(value, dict) else below
            found = statement.find(word, at[0]) if isinstance(word, str) else -1
            at[0] = max(at[0], found)
            places.setdefault((*path, step), first + statement.count("\n", 0, at[0]))
            _note(below, (*path, step), statement, at, first, places)


def _shown(path: Path) -> str:
    """A path as messages name it: relative to the working directory where it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
