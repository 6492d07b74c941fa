"""``ogcheck rule``: what one rule does, why, and on what it speaks."""

from __future__ import annotations

import click

from ogcheck.cli import completing
from ogcheck.cli.options import text_or_json, working_directory
from ogcheck.config import ConfigError, Resolver
from ogcheck.rules.documentation import page
from ogcheck.rules.registry import builtin


@click.command("rule")
@click.argument("name", metavar="CODE|NAME", shell_complete=completing.rules)
@text_or_json("How it is explained.")
def command(name: str, report: str) -> int:
    """Explain one rule: what it does, why it matters, its options, examples and fix."""
    known = builtin()
    rule = known.find(name)
    if rule is None:  # a plugin's; a configuration that is broken must not stand before ours
        known = Resolver(working_directory()).registry
        rule = known.find(name)
    if rule is None:
        near = known.near(name)
        way_out = f"Did you mean {near}?" if near else "ogcheck rules lists them."
        raise ConfigError(f"{name} is no rule.", help=way_out)
    if report == "json":
        import json

        from ogcheck.cli.rules import describe

        click.echo(json.dumps({**describe(rule), "documentation": page(rule)}, indent=2,
                              ensure_ascii=False))  # fmt: skip
    else:
        click.echo(page(rule), nl=False)
    return 0
