"""What an answer hangs on beside the file: named by a digest, under which a cache keeps it.

The settings that hold for the file, resolved, with where each comes from (messages say it) and what
its generator's configuration tells; the schema, with every file that it refers to; the rules, those
of plugins by the contents of their files; ogcheck by its own files; Python, and the packages that
read and judge. The clock is not in it, and neither are other files: what depends on them is not
kept (:attr:`ogcheck.rules.base.Rule.depends_on`).
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ogcheck import __version__
from ogcheck.config import ConfigError, Settings
from ogcheck.engine.check import Checker, configured_schema
from ogcheck.engine.plan import Plan

_PACKAGE = Path(__file__).parents[1]
_READING = frozenset(
    "pyyaml turbohtml jsonschema jsonschema-rs referencing ada-url pathspec tzdata".split()
)
"""The packages whose versions count; with plugins, all that are installed do."""
_METADATA = re.compile(r"(.+?)-([^-]+?)(?:-py[\d.]+)?\.(?:dist|egg)-info")


class Keys:
    """The keys of one run; paths in them are relative to ``root``, the folder of the cache."""

    def __init__(self, checker: Checker, root: Path) -> None:
        self.checker = checker
        self.root = root
        self._run: list[Any] | None = None
        self._known: dict[int, bytes | None] = {}

    def of(self, path: str) -> bytes | None:
        """The key of the file at ``path``; None where nothing of it may be kept.

        Raises ``ConfigError``.
        """
        settings, plan, _ = self.checker.prepared(path)
        if id(settings) not in self._known:
            self._known[id(settings)] = self._made(settings, plan)
        return self._known[id(settings)]

    def _made(self, settings: Settings, plan: Plan) -> bytes | None:
        if self._run is None:
            self._run = [
                _environment(self.checker),
                self._relative(self.checker.resolver.cwd),
                self.checker.notes,
                self.checker.site,
                self.checker.built is not None,
            ]
        try:
            schema = configured_schema(plan, settings)
        except ConfigError:  # said when a page is judged by it
            return None
        data = [
            *self._run,
            settings.values,
            settings.origins,
            settings.selectors,
            settings.schema,
            None if schema is None else schema.contents(),
            self._relative(settings.schema_base),
            settings.schema_origin,
            self._relative(settings.directory),
            settings.generator,
        ]
        text = json.dumps(data, sort_keys=True, default=repr)
        return blake2b(text.encode(), digest_size=16).digest()

    def _relative(self, path: Path | None) -> str | None:
        if path is None:
            return None
        try:
            return os.path.relpath(path, self.root)
        except ValueError:  # on another drive
            return str(path)


def _environment(checker: Checker) -> list[Any]:
    """What is the same for all files."""
    origins = checker.resolver.registry.origins
    return [
        __version__,
        [sys.implementation.name, sys.version, sys.flags.optimize],
        sorted(_installed(everything=bool(origins))),
        sorted(_own_files()),
        sorted(origins.items()),
        sorted(_plugin_files(checker)),
    ]


def _installed(*, everything: bool) -> Iterator[tuple[str, str]]:
    """Names and versions of packages, as their folders of metadata say them: to read each would
    take longer than to check fifty pages."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            match = _METADATA.fullmatch(name)
            if match is not None:
                package = re.sub(r"[-_.]+", "-", match[1]).lower()
                if everything or package in _READING:
                    yield package, match[2]


def _own_files() -> Iterator[tuple[str, int, int]]:
    """ogcheck's own files: between two releases the version says nothing."""
    waiting = [_PACKAGE, _PACKAGE.parent / "schemas"]
    for folder in waiting:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            waiting.append(Path(entry.path))
                    elif entry.name.endswith((".py", ".toml", ".json")):
                        found = entry.stat()
                        name = os.path.relpath(entry.path, _PACKAGE)
                        yield name, found.st_size, found.st_mtime_ns
        except OSError:
            continue


def _plugin_files(checker: Checker) -> Iterator[tuple[str, str]]:
    """The modules that plugins' rules are in, and what is loaded beside them, by content.

    Of installed plugins that is the rest of their package; packages are told by their versions.
    """
    registry = checker.resolver.registry
    named = {registry.rules[code].__module__ for code in registry.origins}
    homes, packages = [], set()
    for name in named:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is None:
            continue
        folder = os.path.dirname(os.path.realpath(file)) + os.sep  # noqa: PTH120
        if _is_installed(folder):
            packages.add(name.partition(".")[0])
        else:
            homes.append(folder)
    if not (homes or packages):
        return
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None:
            continue
        file = os.path.realpath(file)
        is_beside = file.startswith(tuple(homes)) and not _is_installed(file)
        if is_beside or name.partition(".")[0] in packages:
            try:
                yield name, blake2b(Path(file).read_bytes(), digest_size=16).hexdigest()
            except OSError:
                yield name, "gone"


def _is_installed(file: str) -> bool:
    """Whether it lies where packages are installed, or is ogcheck's own."""
    parts = Path(file).parts
    return (
        "site-packages" in parts
        or "dist-packages" in parts
        or file.startswith(f"{_PACKAGE}{os.sep}")
    )
