"""What holds for one path, and what set it.

The nearest of ``ogcheck.toml``, ``.ogcheck.toml`` and ``pyproject.toml`` with ``[tool.ogcheck]``,
upwards to the repository's root, governs a file, whole; ``extend`` is explicit. Where the site is
built a copy of it governs nothing. Settings of the run come from the one that governs the working
directory, settings of pages from the one nearest to the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ogcheck import platforms
from ogcheck.config.checking import Place, check, shown
from ogcheck.config.keys import ADDED, FILES, OVERRIDABLE, PATHS, SETTINGS
from ogcheck.config.loading import (
    Configuration,
    Entry,
    Selectors,
    check_version,
    entries_of,
    load,
    merge,
    named_plugins,
    selectors_of,
    table_of,
)
from ogcheck.errors import ConfigError
from ogcheck.frozen import frozen
from ogcheck.images import Images
from ogcheck.layout import Layout
from ogcheck.plugins import Named
from ogcheck.plugins import load as load_plugins
from ogcheck.presets.detecting import Generator, detect
from ogcheck.rules.base import Context
from ogcheck.rules.registry import Registry, builtin

_LEVELS = 50
"""How far above a page the configuration of its generator is looked for."""
_BY_GLOB = ("schemas", "overrides")
"""What holds for some of a folder's files only."""


@frozen
class Settings:
    """What holds for one page."""

    values: dict[str, Any]
    """Resolved values by key; a key that nothing sets has its default or is absent."""
    origins: dict[str, str]
    """For each key in ``values``, what set it."""
    selectors: dict[str, Selectors]
    """``select``, ``extend-select`` and ``ignore`` once more, each selector with its origin."""
    schema: Any
    """What the last fitting entry of ``schemas`` says; None if none fits."""
    schema_base: Path | None
    """The folder that a path in it is relative to."""
    schema_origin: str
    directory: Path | None
    """Of the configuration file that governs the page; None without one."""
    generator: Generator | None = None
    """What builds the page, where a configuration file of its own says so, and no preset is set."""
    bases: Mapping[str, Path] = field(default_factory=dict)
    """The folder that the paths under a key are relative to."""

    @cached_property
    def layout(self) -> Layout:
        """Where the site's addresses lie on disk. Its folders may be absent."""
        build = self._paths("build-dir", [self.values.get("build-dir")])
        mapped = self.values.get("url-map") or {}
        return Layout(
            site_url=self.values.get("site-url"),
            build_dir=build[0] if build else None,
            static_dirs=self._paths("static-dirs", self.values.get("static-dirs") or ()),
            url_map=dict(zip(mapped, self._paths("url-map", mapped.values()), strict=True)),
            root=self.directory if self.generator is None else self.generator.folder,
        )

    def _paths(self, key: str, written: Iterable[str | None]) -> tuple[Path, ...]:
        """Absolute paths, without ``..``; symbolic links are left to those who follow them."""
        base = self.bases.get(key, Path.cwd())
        return tuple(Path(os.path.abspath(base / one)) for one in written if one is not None)

    def context(self, now: datetime, images: Images | None = None) -> Context:
        """What rules may know of the configuration, and the ``images`` of the run."""
        return Context(
            now=now,
            site_url=self.values.get("site-url"),
            site_name=self.values.get("site-name"),
            timezone=self.values.get("timezone"),
            locale=self.values.get("locale"),
            platforms=tuple(self.values.get("platforms") or platforms.PLATFORMS),
            layout=self.layout,
            images=images or Images(),
        )

    @property
    def options(self) -> dict[str, Any]:
        """Rules' options by code."""
        return self.values.get("rules") or {}


class Resolver:
    """Finds and resolves the configuration of paths, each file read once.

    ``explicit`` is a file given on the command line, which then governs everything; ``isolated``
    ignores every file. ``overlay`` is configuration from the command line, with the option that
    each key came from; it wins over files. ``registry`` holds the rules where they are known
    already: no plugin is loaded then.
    """

    def __init__(
        self,
        cwd: Path,
        *,
        explicit: Path | None = None,
        isolated: bool = False,
        overlay: Mapping[str, Any] | None = None,
        overlay_origins: Mapping[str, str] | None = None,
        registry: Registry | None = None,
    ) -> None:
        self.arguments = {
            "cwd": cwd, "explicit": explicit, "isolated": isolated, "overlay": overlay,
            "overlay_origins": overlay_origins,
        }  # fmt: skip
        """What makes the same resolver in another process."""
        self.cwd = cwd
        self.isolated = isolated
        self.overlay = dict(overlay or {})
        given = overlay_origins or {}
        origins = {key: given.get(key, "the command line") for key in self.overlay}
        self._run_file = explicit or (None if isolated else nearest(cwd))
        self.registry = registry or self._registry(origins)
        for key, value in self.overlay.items():
            self._check_overlay(key, value, origins[key])

        def origin(*keys: str | int) -> str:
            return origins[str(keys[0])]

        self._overlay = Configuration(
            self.overlay, origins, None, cwd, entries_of(self.overlay, cwd, origin),
            selectors_of(self.overlay, origin),
        )  # fmt: skip
        self._explicit = None if explicit is None else self._named(explicit)
        self._by_folder: dict[Path, Configuration | None] = {}
        self._excluded: dict[Path, bool] = {}
        self._settings: dict[Any, Settings] = {}
        self._generators: dict[Path, Generator | None] = {}
        self._by_name: dict[str, Settings] = {}
        """Of folders in which no glob tells one file from another."""

    def _registry(self, origins: Mapping[str, str]) -> Registry:
        """The rules of the run: the configuration of the run names plugins, and no other does.

        It is read before it is checked: it may be for another version of ogcheck, and what it says
        of rules can only be checked when they are known.
        """
        plugins: list[Named] = []
        if self._run_file is not None:
            data = table_of(self._run_file) or {}
            check_version(data, self._run_file)
            plugins += named_plugins(data, self._run_file)
        check_version(self.overlay, None)
        given = self.overlay.get("plugins")
        if isinstance(given, list):
            plugins = [Named(str(one), self.cwd, origins["plugins"]) for one in given]
        return load_plugins(plugins) if plugins else builtin()

    def _named(self, path: Path) -> Configuration:
        found = load(path, self.registry)
        if found is None:
            raise ConfigError("has no [tool.ogcheck].", shown(path))
        return found

    def _check_overlay(self, key: str, value: Any, origin: str) -> None:
        """Check one key from the command line, or of a mapping; an error names the option."""
        try:
            if key == "extend":
                raise ConfigError("extend belongs in a configuration file.")
            check({key: value}, Place(None, None, (), self.registry))
        except ConfigError as error:
            place = origin if origin.startswith("--config") else None
            raise ConfigError(error.message, place, None, error.help) from None

    def configuration(self, folder: Path) -> Configuration | None:
        """The configuration that governs files in ``folder``. Raises :class:`ConfigError`."""
        if self._explicit is not None:
            return self._explicit
        if self.isolated:
            return None
        if folder not in self._by_folder:
            self._by_folder[folder] = self._find(folder)
        return self._by_folder[folder]

    def generator(self, folder: Path) -> Generator | None:
        """What builds the files in ``folder``: the nearest configuration file of a generator.

        Looked for upwards to the repository's root. It is no configuration of ogcheck, and counts
        also where those are left out.
        """
        passed: list[Path] = []
        found: Generator | None = None
        for above in (folder, *folder.parents[:_LEVELS]):
            if above in self._generators:
                found = self._generators[above]
                break
            passed.append(above)
            found = detect(above, shown)
            if found is not None or (above / ".git").exists():
                break
        self._generators.update(dict.fromkeys(passed, found))
        return found

    def _find(self, folder: Path) -> Configuration | None:
        for name in FILES:
            path = folder / name
            if path.is_file():
                above = None if path == self._run_file else self._builder(folder)
                if above is not None:
                    return above
                found = load(path, self.registry, within=self._reach(path))
                if found is not None:
                    self._refuse_plugins(found)
                    return found
        if (folder / ".git").exists() or folder.parent == folder:
            return None
        return self.configuration(folder.parent)

    def _builder(self, folder: Path) -> Configuration | None:
        """The configuration above ``folder`` whose site is built there; None where none is.

        Generators copy what they do not know, and with it the configuration: the copy would take
        the folder of the build for one below itself.
        """
        if (folder / ".git").exists() or folder.parent == folder:
            return None
        try:
            above = self.configuration(folder.parent)
        except ConfigError:  # it governs other files, and is told where those are checked
            return None
        for layer in (above, self._overlay):
            if layer is None or layer.directory is None or "build-dir" not in layer.data:
                continue
            build = Path(os.path.abspath(layer.directory / layer.data["build-dir"]))
            # Where a site is checked as it lies, what is below it is no copy.
            if folder.is_relative_to(build) and not layer.directory.is_relative_to(build):
                return above
        return None

    def _reach(self, path: Path) -> Path | None:
        """Where a configuration may name files: the run's anywhere, one that is met in its tree.

        Checking a tree reads nothing that a file in it names elsewhere.
        """
        if path == self._run_file:
            return None
        own = _top(self.cwd)
        folder = path.parent.resolve()
        return own if folder.is_relative_to(own) else _top(folder)

    def _refuse_plugins(self, found: Configuration) -> None:
        """Checking a tree never runs code that a configuration in it names."""
        if found.path != self._run_file and "plugins" in found.data:
            where = found.origins["plugins"]
            raise ConfigError(
                "plugins are named by the configuration of the working directory only.",
                where, None, "Run ogcheck where this file lies, or name it with --config.",
            )  # fmt: skip

    def run_setting(self, key: str) -> Any:
        """A setting of the run, from the working directory's configuration."""
        return self.run_origin(key)[0]

    def run_origin(self, key: str) -> tuple[Any, str]:
        """A setting of the run, and what set it."""
        for found in (self._overlay, self.configuration(self.cwd)):
            if found is not None and key in found.data:
                return found.data[key], found.origins[key]
        return SETTINGS[key].default, "default"

    def run_path(self, key: str) -> tuple[str | None, Path]:
        """A path that is a setting of the run, and the folder that it is relative to."""
        for found in (self._overlay, self.configuration(self.cwd)):
            if found is not None and key in found.data:
                return str(found.data[key]), found.directory or self.cwd
        return None, self.cwd

    def cache_folder(self, name: str) -> Path | None:
        """Where the run's cache is, ``name`` if nothing names it; None where it has none.

        Beside the configuration of the run, else in the working directory. Without
        configuration files (``isolated``) only where it is asked for.
        """
        named, origin = self.run_origin("cache")
        if named is False or (self.isolated and origin == "default"):
            return None
        folder = self.cwd if self._run_file is None else self._run_file.absolute().parent
        if named is True:
            return folder / name
        _, base = self.run_path("cache")
        return Path(os.path.normpath(base / named))

    def settings(self, path: Path | str) -> Settings:
        """What holds for the page at ``path`` (absolute). Raises :class:`ConfigError`."""
        # A tenth of what path.parent costs, for every file.
        folder = os.path.dirname(path)  # noqa: PTH120
        known = self._by_name.get(folder)
        if known is not None:
            return known
        path = Path(path)
        found = self.configuration(path.parent)
        layers = tuple(
            (layer, tuple(e for key in _BY_GLOB for e in layer.entries.get(key, ())
                          if e.fits(path)))
            for layer in (found, self._overlay)
            if layer is not None
        )  # fmt: skip
        generator = self.generator(path.parent)
        cache_key = (id(generator), *((id(layer), *map(id, fitting)) for layer, fitting in layers))
        if cache_key not in self._settings:
            self._settings[cache_key] = _resolve(layers, found, self.registry, generator)
        settings = self._settings[cache_key]
        if not any(layer.entries.get(key) for layer, _ in layers for key in _BY_GLOB):
            self._by_name[folder] = settings
        return settings

    def may_exclude(self, folder: Path) -> bool:
        """Whether anything in ``folder`` (absolute) may be excluded."""
        return self.excludes(folder / "_")[0] is not None

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


def nearest(folder: Path) -> Path | None:
    """The configuration file that governs ``folder``: looked for up to the repository's root."""
    for above in (folder, *folder.parents):
        for name in FILES:
            path = above / name
            if path.is_file() and (name != "pyproject.toml" or table_of(path) is not None):
                return path
        if (above / ".git").exists():
            return None
    return None


def _top(folder: Path) -> Path:
    """The top of the repository that ``folder`` lies in; itself where there is none."""
    folder = folder.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


class _Layers:
    """Settings gathered from the widest layer to the narrowest."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.values: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.selectors: dict[str, Selectors] = {}
        self.bases: dict[str, Path] = {}

    def add(self, layer: Configuration | Entry, suffix: str = "") -> None:
        """Let a layer's settings count over, or beside, those below it."""
        for key, those in layer.selectors.items():
            those = tuple((one, origin + suffix) for one, origin in those)
            below = self.selectors.get(key, ()) if key in ADDED else ()
            self.selectors[key] = (*below, *those)
        for key, value in layer.data.items():
            if key in OVERRIDABLE:
                self._set(key, value, layer.origins[key] + suffix)
                if key in PATHS and layer.directory is not None:
                    self.bases[key] = layer.directory

    def _set(self, key: str, value: Any, origin: str) -> None:
        if key in self.values and key in ADDED:
            origin = f"{self.origins[key]}; {origin}"
        if key in ("severity", "rules"):
            value = merge(self.values.get(key, {}), _by_code(value, key, self.registry))
        elif key in ADDED:
            value = [*self.values.get(key, ()), *value]
        self.values[key] = value
        self.origins[key] = origin


def _resolve(
    layers: Iterable[tuple[Configuration, tuple[Entry, ...]]],
    found: Configuration | None,
    registry: Registry,
    generator: Generator | None,
) -> Settings:
    all_of = _Layers(registry)
    schema, base, schema_origin = None, None, "default"
    for layer, fitting in layers:
        all_of.add(layer)
        for entry in fitting:
            named = ", ".join(entry.globs)
            if "schema" in entry.data:
                schema, base = entry.data["schema"], entry.directory
                schema_origin = f"{entry.origins['schema']}, schemas {named}"
            else:
                all_of.add(entry, f", overrides {named}")
    directory = found.directory if found is not None else None
    # Where the configuration says which kind of site it is, the generator is not asked.
    if generator is not None and all_of.values.get("preset", generator.preset) != generator.preset:
        generator = None
    if generator is not None:
        for key, value in generator.settings.items():
            if key not in all_of.values:
                all_of.values[key] = value
                all_of.origins[key] = f"{generator.origin}: {generator.keys[key]}"
    return Settings(
        all_of.values, all_of.origins, all_of.selectors, schema, base, schema_origin, directory,
        generator, all_of.bases,
    )  # fmt: skip


def _by_code(table: Mapping[str, Any], key: str, registry: Registry) -> dict[str, Any]:
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


def options_for(rule: type[Any], table: Mapping[str, Any]) -> Any:
    """A rule's options object from its (checked) table."""
    values = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
    }
    return rule.Options(**values)
