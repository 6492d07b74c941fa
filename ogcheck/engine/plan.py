"""Which rules run on a page, and why: resolved once for every distinct set of settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ogcheck.config import Settings, options_for
from ogcheck.engine.selection import selected, without_fix
from ogcheck.problem import Severity
from ogcheck.readers import Options
from ogcheck.readers.yaml import Limits
from ogcheck.rules.base import Rule
from ogcheck.rules.registry import Registry


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
    unfixable: frozenset[str]
    """The codes whose fixes are not offered."""
    severity: Mapping[str, Severity]
    reading: Options
    schema: Any
    """As in :class:`~ogcheck.config.Settings`."""

    _fitting: dict[tuple[bool, frozenset[str]], tuple[Rule, ...]] = field(
        default_factory=dict, repr=False
    )

    def rules_for(self, names: Collection[str], *, is_html: bool) -> tuple[Rule, ...]:
        """The rules that are called for a page with properties of these names."""
        key = is_html, frozenset(names)
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = tuple(
                rule
                for rule in self.rules
                if (not rule.reads or not key[1].isdisjoint(rule.reads))
                and (is_html or not rule.markup)
            )
        return found

    @cached_property
    def judges_by_schema(self) -> bool:
        """Whether any schema error would be reported."""
        return any(code.startswith("SCH") for code in self.enabled)


def make(settings: Settings, registry: Registry) -> Plan:
    """The plan for ``settings``, with the rules of ``registry``."""
    values = settings.values
    enabled, exact = selected(settings, registry)
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
        detected=None
        if settings.generator is None
        else (settings.generator.preset, f"told by {settings.generator.origin}"),
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
        unfixable=without_fix(settings, registry),
        severity={k: Severity(v) for k, v in (values.get("severity") or {}).items()},
        reading=reading,
        schema=settings.schema,
    )
