"""Which rules run on a page, and why: resolved once for every distinct set of settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ogcheck.config import Settings, options_for
from ogcheck.problem import Severity
from ogcheck.readers import Options
from ogcheck.readers.yaml import Limits
from ogcheck.rules.base import Rule
from ogcheck.rules.registry import ALL, Registry


@dataclass(frozen=True)
class Plan:
    """What is done with a page."""

    registry: Registry
    """All rules that there are."""
    rules: tuple[Rule, ...]
    """Those that are called."""
    enabled: frozenset[str]
    """The codes of all rules that run, those of reader, schema and engine too."""
    exact: frozenset[str]
    """Those selected by their exact code or name, whose notes are shown."""
    severity: Mapping[str, Severity]
    reading: Options
    schema: Any
    """As in :class:`~ogcheck.config.Settings`."""

    _fitting: dict[frozenset[str], tuple[Rule, ...]] = field(default_factory=dict, repr=False)

    def rules_for(self, names: Collection[str]) -> tuple[Rule, ...]:
        """The rules that are called for a page with properties of these names."""
        key = frozenset(names)
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = tuple(
                rule for rule in self.rules if not rule.reads or not key.isdisjoint(rule.reads)
            )
        return found

    @cached_property
    def judges_by_schema(self) -> bool:
        """Whether any schema error would be reported."""
        return any(code.startswith("SCH") for code in self.enabled)


def make(settings: Settings, registry: Registry) -> Plan:
    """The plan for ``settings``, with the rules of ``registry``."""
    values = settings.values
    enabled, exact = selection(
        registry, values.get("select"), values.get("extend-select", ()), values.get("ignore", ())
    )
    options = settings.options
    every = registry.rules
    rules = tuple(
        every[code](options_for(every[code], options[code]) if code in options else None)
        for code in every
        if code in enabled and not every[code].filed
    )
    formats = values.get("date-formats")
    limits = options.get("FM009", {})
    default = Limits()
    reading = Options(
        preset=values.get("preset"),
        preset_origin=settings.origins.get("preset", ""),
        date_formats=None if formats is None else tuple(formats),
        limits=Limits(
            size=limits.get("max-size", default.size),
            depth=min(limits.get("max-depth", default.depth), 200),
            nodes=limits.get("max-nodes", default.nodes),
        ),
    )
    return Plan(
        registry=registry,
        rules=rules,
        enabled=enabled,
        exact=exact,
        severity={k: Severity(v) for k, v in (values.get("severity") or {}).items()},
        reading=reading,
        schema=settings.schema,
    )


def selection(
    registry: Registry, select: Iterable[str] | None, extend: Iterable[str], ignore: Iterable[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The codes that run, and those among them that were selected exactly.

    Without ``select`` all rules that are on by default run. The more specific selector wins where
    ``select`` and ``ignore`` disagree, ``ignore`` where they are alike; ``extend`` counts as
    ``select``.
    """
    chosen = [*(select or ()), *extend]
    on: dict[str, int] = {}
    if select is None:
        on = {code: 0 for code, rule in registry.rules.items() if rule.on}
    exact: set[str] = set()
    for selector in chosen:
        weight = _weight(registry, selector)
        for rule in registry.select(selector):
            if rule.on or registry.is_exact(selector) or selector == ALL:
                on[rule.code] = max(weight, on.get(rule.code, 0))
        if registry.is_exact(selector):
            exact.update(rule.code for rule in registry.select(selector))
    off: dict[str, int] = {}
    for selector in ignore:
        for rule in registry.select(selector):
            off[rule.code] = max(_weight(registry, selector), off.get(rule.code, 0))
    enabled = frozenset(code for code, weight in on.items() if off.get(code, -1) < weight)
    return enabled, frozenset(exact & enabled)


def _weight(registry: Registry, selector: str) -> int:
    if selector == ALL:
        return 1
    return 1000 if registry.is_exact(selector) else 1 + len(selector)
