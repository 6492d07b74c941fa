"""Which rules run on a page, and why: resolved once for every distinct set of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cached_property, partial
from typing import Any, NamedTuple

from ogcheck.config import Settings, options_for
from ogcheck.engine.selection import selected, without_fix
from ogcheck.engine.vetting import vetted
from ogcheck.frozen import frozen
from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.readers import Options
from ogcheck.readers.yaml import Limits
from ogcheck.rules.base import Context, Look, Rule
from ogcheck.rules.pair_base import PairRule
from ogcheck.rules.registry import Registry
from ogcheck.rules.site_base import SiteRule

Check = Callable[[Page, Context], Iterable[Finding]]


class Call(NamedTuple):
    """A rule that fits a page by the names of its properties."""

    rule: Rule
    check: Check
    where: tuple[Look, ...]
    """What has to be found on the page before the rule is called."""


@frozen
class Plan:
    """What is done with a page."""

    registry: Registry
    """All rules that there are."""
    rules: tuple[Rule, ...]
    """Those that are called for a page."""
    site_rules: tuple[SiteRule, ...]
    """Those that are called for all pages of a site."""
    pair_rules: tuple[PairRule, ...]
    """Those that are called for a source with the page built from it."""
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

    _fitting: dict[tuple[bool, frozenset[str], frozenset[str]], tuple[Call, ...]] = field(
        default_factory=dict, repr=False
    )

    def shows(self, code: str, severity: Severity, *, notes: bool) -> bool:
        """Whether somebody asked for a finding: a note is asked for by ``notes``, or by its rule's
        exact name."""
        return notes or severity is not Severity.NOTE or code in self.exact

    def calls_for(self, page: Page) -> tuple[Call, ...]:
        """What may be called for ``page``, by its properties' names, and which of them are null."""
        is_html = page.html is not None
        names = frozenset(page.by_name)
        nulls = frozenset([prop.name for prop in page.properties if prop.kind == "null"])
        key = is_html, names, nulls
        found = self._fitting.get(key)
        if found is None:
            valued = names - nulls
            found = self._fitting[key] = tuple(
                Call(rule, self._check_of(rule), rule.where)
                for rule in self.rules
                if (not rule.reads or not names.isdisjoint(rule.reads))
                and rule.lacks not in valued
                and (is_html or not rule.markup)
            )
        return found

    def _check_of(self, rule: Rule) -> Check:
        """The rule's check; that of a plugin's rule with a look at what it reports."""
        return partial(vetted, rule) if rule.code in self.registry.origins else rule.check

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
    called = [
        every[code](options_for(every[code], options[code]) if code in options else None)
        for code in every
        if code in enabled and not every[code].filed
    ]
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
        rules=tuple(rule for rule in called if rule.judges == "page"),
        site_rules=tuple(rule for rule in called if isinstance(rule, SiteRule)),
        pair_rules=tuple(rule for rule in called if isinstance(rule, PairRule)),
        enabled=enabled,
        exact=exact,
        unfixable=without_fix(settings, registry),
        severity={k: Severity(v) for k, v in (values.get("severity") or {}).items()},
        reading=reading,
        schema=settings.schema,
    )
