"""Which rules run on a page, and by which selector: one small decision table.

The most specific selector wins: a code or name before a prefix, a longer prefix before a shorter
one, any prefix before ``ALL``, and all of them before the default. Where selectors for and against
a rule are equally specific, ``ignore`` wins. A rule that is off by default is not turned on by a
prefix: it has to be named, or ``ALL``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ogcheck.config import Settings
from ogcheck.rules.base import Rule
from ogcheck.rules.registry import ALL, Registry

_DEFAULT, _ALL, _PREFIX, _EXACT = 0, 1, 2, 1000


class Choice(NamedTuple):
    """A selector that speaks for or against a rule."""

    weight: int
    selector: str
    key: str
    """The setting that it stands in."""
    origin: str
    """The file and line, or the option."""

    def __str__(self) -> str:
        if not self.selector:
            return self.origin
        return f'{self.key} holds "{self.selector}" ({self.origin})'


class Decision(NamedTuple):
    """Whether a rule runs, and what decided it."""

    runs: bool
    exact: bool
    """It was selected by its code or name, so that its notes are shown."""
    wins: Choice | None
    """What decided it; None where nothing speaks for the rule."""
    loses: Choice | None
    """What stood against that."""


def decide(rule: type[Rule], settings: Settings, registry: Registry) -> Decision:
    """Whether ``rule`` runs where ``settings`` hold."""
    said = settings.selectors
    chosen = [
        (key, selector, origin)
        for key in ("select", "extend-select")
        for selector, origin in said.get(key, ())
    ]
    pro: Choice | None = None
    if "select" not in settings.values and rule.on:
        pro = Choice(_DEFAULT, "", "select", "it is on by default")
    exact = False
    for key, selector, origin in chosen:
        if rule in registry.select(selector):
            weight = _weight(registry, selector)
            exact = exact or weight == _EXACT
            if rule.on or weight in (_EXACT, _ALL):
                pro = _stronger(pro, Choice(weight, selector, key, origin))
    con: Choice | None = None
    for selector, origin in said.get("ignore", ()):
        if rule in registry.select(selector):
            con = _stronger(con, Choice(_weight(registry, selector), selector, "ignore", origin))
    runs = pro is not None and (con is None or con.weight < pro.weight)
    return Decision(runs, exact and runs, pro if runs else con, con if runs else pro)


def _stronger(one: Choice | None, other: Choice) -> Choice:
    return other if one is None or other.weight > one.weight else one


def _weight(registry: Registry, selector: str) -> int:
    if selector == ALL:
        return _ALL
    return _EXACT if registry.is_exact(selector) else _PREFIX + len(selector)


def selected(settings: Settings, registry: Registry) -> tuple[frozenset[str], frozenset[str]]:
    """The codes that run, and those among them that were selected exactly."""
    decisions = [(code, decide(rule, settings, registry)) for code, rule in registry.rules.items()]
    return (
        frozenset(code for code, one in decisions if one.runs),
        frozenset(code for code, one in decisions if one.exact),
    )


def without_fix(settings: Settings, registry: Registry) -> frozenset[str]:
    """The codes whose fixes are not offered, by ``fixable`` and ``unfixable``."""
    fixable = settings.values.get("fixable")
    allowed = set(registry.rules) if fixable is None else _codes(fixable, registry)
    allowed -= _codes(settings.values.get("unfixable", ()), registry)
    return frozenset(registry.rules) - allowed


def _codes(selectors: Iterable[str], registry: Registry) -> set[str]:
    return {rule.code for selector in selectors for rule in registry.select(selector)}
