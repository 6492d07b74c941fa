"""Whether a configuration is one: unknown keys, wrong types, values that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ogcheck import platforms, presets
from ogcheck.config.keys import AUTO, FAIL_ON, MOST_JOBS, OVERRIDABLE, SETTINGS
from ogcheck.config.toml_places import Keys, line
from ogcheck.errors import ConfigError
from ogcheck.problem import Severity
from ogcheck.rules.options import KINDS, options
from ogcheck.rules.registry import Registry
from ogcheck.values import dates, locales, urls


class Place(NamedTuple):
    """Where something stands, for an error about it; and which rules there are."""

    path: Path | None
    text: str | None
    keys: Keys
    """Into the TOML text."""
    registry: Registry
    within: Path | None = None
    """The folder that what is named must lie in; None where any file may be named."""


def inside(place: Place, *steps: str | int) -> Place:
    """A place below ``place``."""
    return place._replace(keys=(*place.keys, *steps))


def error(message: str, place: Place, help: str | None = None) -> ConfigError:
    """The error ``message`` about ``place``."""
    if place.path is None or place.text is None:
        return ConfigError(message, None, None, help)
    return ConfigError(message, shown(place.path), line(place.text, place.keys), help)


def stay_within(named: str, place: Place) -> None:
    """Raise :class:`ConfigError` where a path leads to what is none of this configuration's."""
    if place.within is None or place.path is None:
        return
    target = (place.path.parent / named).resolve()
    if not target.is_relative_to(place.within):
        raise error(
            f"{named} lies outside of {shown(place.within)}, and only the configuration of the "
            "working directory may name that.",
            place, "Run ogcheck where this file lies, or name it with --config.",
        )  # fmt: skip


def check(data: Mapping[str, Any], place: Place) -> None:
    """Check a configuration's keys, types and values; ``place`` is where it begins.

    Raises :class:`ConfigError`.
    """
    for key, value in data.items():
        here = inside(place, key)
        if key not in SETTINGS:
            raise error(f"{key} is no setting.", here, _suggest(key, SETTINGS))
        _check_type(key, value, SETTINGS[key].type, here)
        _check_value(key, value, here)


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "string": (lambda v: isinstance(v, str), "a string"),
    "strings": (lambda v: isinstance(v, list) and all(isinstance(i, str) for i in v),
                "a list of strings"),
    "table": (lambda v: isinstance(v, dict), "a table"),
    "tables": (lambda v: isinstance(v, list) and all(isinstance(i, dict) for i in v),
               "an array of tables"),
    "jobs": (lambda v: v == AUTO or type(v) is int and 1 <= v <= MOST_JOBS,
             f'a number from 1 to {MOST_JOBS}, or "{AUTO}"'),
    "cache": (lambda v: isinstance(v, bool) or isinstance(v, str) and v.strip() != "",
              "true, false or the path of a folder"),
}  # fmt: skip


def _check_type(key: str, value: Any, wanted: str, place: Place) -> None:
    accepts, words = _TYPES[wanted]
    if not accepts(value):
        raise error(f"{key} must be {words}, and is {kind(value)}.", place)


def kind(value: Any) -> str:
    """What a value is, in words."""
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
        _one_of(key, one, platforms.PLATFORMS, inside(place, index))


def _check_locale(key: str, value: str, place: Place) -> None:
    if not locales.is_locale(value):
        near = locales.mend(value)
        raise error(f"{key} {value} is not a locale.", place,
                     f"Write {near or 'it as en_GB'}.")  # fmt: skip


def _check_fail_on(key: str, value: str, place: Place) -> None:
    _one_of(key, value, FAIL_ON, place)


def _check_site_url(key: str, value: str, place: Place) -> None:
    if urls.share_fault(value) is not None:
        raise error(f"{key} {value} is not an absolute http or https URL.", place,
                     "Write it with https://.")  # fmt: skip


def _check_folder(key: str, value: str, place: Place) -> None:
    if not value.strip() or "\0" in value:
        raise error(f"{key} {value!r} is no folder.", place, "Write . for that of this file.")
    stay_within(value, place)


def _check_folders(key: str, value: list[str], place: Place) -> None:
    for index, one in enumerate(value):
        _check_folder(key, one, inside(place, index))


def _check_url_map(key: str, value: Mapping[str, Any], place: Place) -> None:
    for address, folder in value.items():
        below = inside(place, address)
        _check_site_url(f"{key}:", address, below)
        _check_type(f"{key}: {address}", folder, "string", below)
        _check_folder(f"{key}: {address}", folder, below)


_PERMALINK = re.compile(r"/(?::(?:year|month|day|slug|title|filename|section)|[^:\s?#])*")


def _check_permalink(key: str, value: str, place: Place) -> None:
    if not _PERMALINK.fullmatch(value):
        raise error(f"{key} {value!r} is no path of known parts.", place,
                     "Write it like /:year/:month/:slug/ (:year, :month, :day, :slug, :title, "
                     ":filename, :section).")  # fmt: skip


def _check_plugins(key: str, value: list[str], place: Place) -> None:
    for index, one in enumerate(value):
        if not one.strip():
            raise error(f"{key}: an empty name is no plugin.", inside(place, index))


def _check_version(key: str, value: str, place: Place) -> None:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        SpecifierSet(value)
    except InvalidSpecifier:
        raise error(f"{key} {value!r} is no version specifier.", place,
                    "Write it as in >=1.2 or ==1.2.*.") from None  # fmt: skip


def _check_date_formats(key: str, value: list[str], place: Place) -> None:
    for index, one in enumerate(value):
        try:
            dates.pattern(one)
        except ValueError as fault:
            raise error(f"{key}: {one!r} is no date format: {fault}.",
                         inside(place, index)) from None  # fmt: skip


def _check_selectors(key: str, value: list[str], place: Place) -> None:
    for index, selector in enumerate(value):
        _known_rule(selector, key, inside(place, index))


def _check_severities(key: str, value: Mapping[str, Any], place: Place) -> None:
    for selector, severity in value.items():
        below = inside(place, selector)
        _known_rule(selector, key, below)
        _one_of(f"{key}.{selector}", severity, tuple(map(str, Severity)), below)


def _check_rules(_key: str, value: Mapping[str, Any], place: Place) -> None:
    for selector, table in value.items():
        _check_options(selector, table, inside(place, selector))


def _check_schemas(key: str, value: list[Mapping[str, Any]], place: Place) -> None:
    for index, table in enumerate(value):
        _check_files(key, table, inside(place, index))
        _check_schema(table, inside(place, index))


def _check_overrides(key: str, value: list[Mapping[str, Any]], place: Place) -> None:
    for index, table in enumerate(value):
        _check_files(key, table, inside(place, index))
        _check_override(table, inside(place, index))


def _check_override(table: Mapping[str, Any], place: Place) -> None:
    for key, value in table.items():
        below = inside(place, key)
        if key == "files":
            continue
        if key not in OVERRIDABLE:
            known = key in SETTINGS
            what = "cannot be overridden" if known else "is no setting"
            hint = None if known else _suggest(key, OVERRIDABLE)
            raise error(f"overrides: {key} {what}.", below, hint)
        _check_type(key, value, SETTINGS[key].type, below)
        _check_value(key, value, below)


def _check_files(key: str, table: Mapping[str, Any], place: Place) -> None:
    if "files" not in table:
        raise error(f"{key}: every table names its files.", place, 'Add files = ["…"].')
    below = inside(place, "files")
    _check_type(f"{key}: files", table["files"], "strings", below)
    _check_globs(key, table["files"], below)


def _check_globs(_key: str, patterns: Iterable[str], place: Place) -> None:
    for index, one in enumerate(patterns):
        try:
            globs((one,))
        except ValueError:
            raise error(f"{one!r} is no pattern of paths.", inside(place, index),
                         "Write it as in .gitignore.") from None  # fmt: skip


def _check_schema(table: Mapping[str, Any], place: Place) -> None:
    for key in table:
        if key not in ("files", "schema"):
            raise error(f"schemas: {key} is no setting.", inside(place, key),
                         _suggest(key, ("files", "schema")))  # fmt: skip
    schema = table.get("schema")
    if not (isinstance(schema, str | dict) or schema is False):
        raise error("schemas: schema is a path, a name, a table, or false for none.",
                     inside(place, "schema"))  # fmt: skip
    if isinstance(schema, str):
        stay_within(schema, inside(place, "schema"))


def _check_zone(key: str, value: str, place: Place) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise error(f"{key} {value} is not known.", place,
                     "Write an IANA name such as Europe/London.") from None  # fmt: skip


_CHECKS: dict[str, Callable[[str, Any, Place], None]] = {
    "preset": _check_preset,
    "fail-on": _check_fail_on,
    "site-url": _check_site_url,
    "build-dir": _check_folder,
    "static-dirs": _check_folders,
    "url-map": _check_url_map,
    "permalink": _check_permalink,
    "platforms": _check_platforms,
    "locale": _check_locale,
    "timezone": _check_zone,
    "plugins": _check_plugins,
    "required-version": _check_version,
    "fixable": _check_selectors,
    "unfixable": _check_selectors,
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
        raise error(f"{key} is {value!r}, and can be {', '.join(allowed)}.", place, near)


def _known_rule(selector: str, key: str, place: Place) -> None:
    if not place.registry.select(selector):
        near = place.registry.near(selector)
        raise error(f"{key}: {selector} is no rule.", place,
                     f"Did you mean {near}?" if near else "ogcheck rules lists them.")  # fmt: skip


def _check_options(selector: str, table: Any, place: Place) -> None:
    rule = place.registry.find(selector)
    if rule is None:
        near = place.registry.near(selector)
        raise error(f"rules: {selector} is no rule.", place,
                     f"Did you mean {near}?" if near else "ogcheck rules lists them.")  # fmt: skip
    if not isinstance(table, dict):
        raise error(f"rules.{selector} must be a table, and is {kind(table)}.", place)
    known = options(rule)
    for key, value in table.items():
        below = inside(place, key)
        if key not in known:
            hint = _suggest(key, known) if known else f"{rule.name} has no options."
            raise error(f"rules.{selector}: {key} is no option.", below, hint)
        wanted = KINDS[known[key].kind]
        if not wanted.accepts(value):
            raise error(
                f"rules.{selector}.{key} must be {wanted.words}, and is {kind(value)}.", below
            )


def _suggest(word: str, words: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(word.replace("_", "-").lower(), list(words), 1, 0.65)
    return f"Did you mean {found[0]}?" if found else None


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


def shown(path: Path) -> str:
    """A path as messages name it: relative to the working directory where it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
