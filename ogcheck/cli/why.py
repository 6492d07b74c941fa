"""Why a rule runs on a page, or does not: the decision, and the line of the file that made it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import click

from ogcheck.cli.options import visible
from ogcheck.config import ConfigError, Resolver, Settings
from ogcheck.engine import plan as plans
from ogcheck.engine.discover import shown
from ogcheck.engine.selection import Decision, decide, without_fix
from ogcheck.page import Page
from ogcheck.readers import NotAPage, read
from ogcheck.rules.base import Rule
from ogcheck.source import Source


class _Answer(NamedTuple):
    runs: bool
    reason: str
    remarks: list[str]


def answer(name: str, path: str, resolver: Resolver, cwd: Path, *, as_json: bool) -> int:
    """Say whether the rule ``name`` runs on ``path``. Raises :class:`ConfigError`."""
    registry = resolver.registry
    rule = registry.find(name)
    if rule is None:
        near = registry.near(name)
        way_out = f"Did you mean {near}?" if near else "ogcheck rules lists them."
        raise ConfigError(f"{name} is no rule.", help=way_out)
    place = Path(os.path.abspath(cwd / path))
    if not place.exists():
        raise ConfigError(f"{path}: there is no such file or directory.")
    settings = resolver.settings(place / "any.md" if place.is_dir() else place)
    decision = decide(rule, settings, registry)
    found = _Answer(decision.runs, _reason(rule, decision), _remarks(rule, settings, resolver))
    if decision.runs and not place.is_dir():
        found = _on_page(rule, place, cwd, settings, resolver, found)
    label = f"{rule.code} {rule.name}"
    if as_json:
        import json

        click.echo(json.dumps({"rule": rule.code, "path": shown(place, cwd), **found._asdict()},
                              indent=2, ensure_ascii=False))  # fmt: skip
        return 0
    verb = "runs" if found.runs else "does not run"
    click.echo(visible(f"{label} {verb} on {shown(place, cwd)}: {found.reason}."))
    for remark in found.remarks:
        click.echo(visible(f"  {remark}."))
    return 0


def _reason(rule: type[Rule], decision: Decision) -> str:
    if decision.wins is None:
        return "it is off by default, and nothing selects it" if not rule.on else (
            "select does not hold it")  # fmt: skip
    reason = str(decision.wins)
    if decision.loses is not None and decision.loses.selector:
        than = "as specific as" if decision.loses.weight == decision.wins.weight else (
            "more specific than")  # fmt: skip
        reason += f", which is {than} what speaks {'against' if decision.runs else 'for'} it: "
        reason += str(decision.loses)
    elif decision.runs and not decision.wins.selector:
        reason += ", and nothing ignores it"
    return reason


def _remarks(rule: type[Rule], settings: Settings, resolver: Resolver) -> list[str]:
    """What else the configuration says of the rule."""
    remarks = []
    plugin = resolver.registry.origins.get(rule.code)
    if plugin is not None:
        remarks.append(f"it comes from the plugin {plugin}")
    severity = (settings.values.get("severity") or {}).get(rule.code)
    if severity is not None:
        remarks.append(f"its severity is {severity} ({settings.origins['severity']})")
    if rule.code in settings.options:
        given = ", ".join(f"{k} = {v!r}" for k, v in settings.options[rule.code].items())
        remarks.append(f"its options: {given} ({settings.origins['rules']})")
    if rule.fix and rule.code in without_fix(settings, resolver.registry):
        key = "unfixable" if "unfixable" in settings.origins else "fixable"
        remarks.append(f"its fix is not offered ({settings.origins[key]})")
    return remarks


def _on_page(
    rule: type[Rule],
    place: Path,
    cwd: Path,
    settings: Settings,
    resolver: Resolver,
    found: _Answer,
) -> _Answer:
    """The same, seen from the page: a rule that is selected may have nothing to read."""
    if resolver.is_out_of_reach(place):
        return found._replace(runs=False, reason="a setting of exclude names the file")
    try:
        source = Source.from_bytes(shown(place, cwd), place.read_bytes())
    except OSError as error:
        raise ConfigError(f"{shown(place, cwd)} cannot be read: {error.strerror}.") from None
    page = read(source, plans.make(settings, resolver.registry).reading)
    if isinstance(page, NotAPage):
        return found._replace(runs=False, reason=f"the file is no page: {page.reason}")
    remarks = [*found.remarks, *_of_page(rule, page)]
    return found._replace(remarks=remarks)


def _of_page(rule: type[Rule], page: Page) -> list[str]:
    remarks = []
    if rule.reads and not any(name in page.by_name for name in rule.reads):
        remarks.append(f"the page has nothing that it reads: {', '.join(rule.reads)}")
    if page.exempt is not None:
        remarks.append(f"the page is asked for nothing that it lacks: {page.exempt}")
    return remarks
