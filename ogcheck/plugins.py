"""Rules by others: found, loaded and classified, one step after the other.

A plugin is a Python file, or an entry point of the group ``ogcheck.rules``. It holds ``RULES``, the
classes of its rules. Only the configuration of the run names plugins; entry points are looked up
only where it names one that is no file, because that takes longer than checking a page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import is_dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from ogcheck.errors import ConfigError
from ogcheck.problem import Severity
from ogcheck.rules import registry
from ogcheck.rules.base import DEPENDENCIES, Rule
from ogcheck.rules.options import KINDS, options
from ogcheck.rules.registry import Registry

GROUP = "ogcheck.rules"
_CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


class Named(NamedTuple):
    """A plugin as a configuration names it."""

    name: str
    """A path that ends in ``.py``, else an entry point or the distribution that has it."""
    folder: Path
    """What the path is relative to."""
    origin: str
    """The file and line that name it."""


def load(named: Iterable[Named]) -> Registry:
    """ogcheck's rules with those of the plugins. Raises :class:`ConfigError`."""
    known = registry.builtin()
    for plugin in named:
        try:
            known = extended(known, _rules(plugin), plugin.name)
        except ValueError as error:
            raise _error(plugin, f"{error}.") from None
    return known


def extended(known: Registry, rules: Iterable[Any], origin: str) -> Registry:
    """``known`` with further rules, which come from ``origin``.

    Raises ``ValueError`` for what cannot be used as a rule.
    """
    found = dict(known.rules)
    origins = dict(known.origins)
    for rule in rules:
        fault = _fault(rule, found, origins)
        if fault is not None:
            name = getattr(rule, "__qualname__", repr(rule))
            raise ValueError(f"its rule {name} cannot be used: {fault}")
        found[rule.code] = rule
        origins[rule.code] = origin
    return Registry(found.values(), origins)


def _error(plugin: Named, what: str, help: str | None = None) -> ConfigError:
    return ConfigError(f"plugins: {plugin.name}: {what}", plugin.origin, None, help)


def _rules(plugin: Named) -> list[Any]:
    """What the plugin offers as rules. Raises :class:`ConfigError`."""
    try:
        with redirect_stdout(sys.stderr):  # standard output is the report's
            loaded = _file(plugin) if plugin.name.endswith(".py") else _entry_point(plugin)
    except ConfigError:
        raise
    except (Exception, SystemExit) as error:
        where = _line_of(error, plugin.folder / plugin.name)
        raise _error(
            plugin, f"it does not load: {type(error).__name__}: {error}{where}.",
            "Mend it, or take it out of plugins.",
        ) from error  # fmt: skip
    rules = getattr(loaded, "RULES", None) if isinstance(loaded, ModuleType) else loaded
    if isinstance(rules, type):
        rules = [rules]
    if not isinstance(rules, list | tuple):
        raise _error(plugin, "it has no RULES, a tuple of rule classes.")
    return list(rules)


def _line_of(error: BaseException, path: Path) -> str:
    """Where in the plugin's own file an error arose, for a message."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path.resolve()):
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        line = error.lineno
    return "" if line is None else f" (line {line})"


def _file(plugin: Named) -> ModuleType:
    path = (plugin.folder / plugin.name).resolve()
    if not path.is_file():
        raise _error(plugin, "there is no such file.",
                     f"A path is relative to the configuration: {plugin.folder}.")  # fmt: skip
    return _module(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _module(path: str, _changed: int) -> ModuleType:
    """The module in the file at ``path``, run once for each time that it was changed."""
    from hashlib import blake2b
    from importlib.util import module_from_spec, spec_from_file_location

    # A name that no other module has, and the same in every process.
    digest = blake2b(path.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    name = f"ogcheck_plugin_{digest}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _entry_point(plugin: Named) -> Any:
    from importlib.metadata import entry_points

    points = list(entry_points(group=GROUP))
    wanted = _normal(plugin.name)
    for point in points:
        if wanted == _normal(point.name) or (point.dist and wanted == _normal(point.dist.name)):
            return point.load()
    known = ", ".join(sorted({point.name for point in points}))
    raise _error(
        plugin, f"no installed package has an entry point of that name in {GROUP}.",
        f"There are: {known}." if known else "Install it beside ogcheck; a file ends in .py.",
    )  # fmt: skip


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _fault(rule: Any, taken: dict[str, type[Rule]], origins: dict[str, str]) -> str | None:
    """Why ``rule`` cannot be used; None if it can."""
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        return "it is no subclass of ogcheck.Rule"
    code, name = getattr(rule, "code", None), getattr(rule, "name", None)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return f"its code {code!r} is not two to eight capital letters and three digits"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return f"its name {name!r} is not words in small letters, joined by hyphens"
    if code in taken:
        return f"the code {code} is taken by {_owner(taken[code], origins)}"
    if registry.group(code) in registry.GROUPS:
        return f"codes that begin with {registry.group(code)} are ogcheck's own"
    for other in taken.values():
        if other.name == name:
            return f"the name {name} is taken by {_owner(other, origins)}"
    if not isinstance(getattr(rule, "severity", None), Severity):
        return "its severity is no ogcheck.Severity"
    if rule.check is Rule.check:
        return "it has no check method"
    return _details_fault(rule)


def _details_fault(rule: type[Rule]) -> str | None:
    if not isinstance(rule.depends_on, tuple) or not set(rule.depends_on) <= set(DEPENDENCIES):
        return f"its depends_on is no tuple of {' and '.join(map(repr, DEPENDENCIES))}"
    if not is_dataclass(rule.Options):
        return "its Options are no dataclass"
    for key, option in options(rule).items():
        if option.kind not in KINDS:
            return f"its option {key} is {option.kind}, and can be {', '.join(KINDS)}"
    return None


def _owner(rule: type[Rule], origins: dict[str, str]) -> str:
    origin = origins.get(rule.code)
    return f"ogcheck's {rule.name}" if origin is None else f"{rule.name} of {origin}"
