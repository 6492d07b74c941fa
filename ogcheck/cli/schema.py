"""``ogcheck schema``: the JSON Schemas that ogcheck publishes."""

from __future__ import annotations

import click

from ogcheck.cli import completing
from ogcheck.config import ConfigError
from ogcheck.schema import published, published_text


@click.command("schema")
@click.argument("name", required=False, shell_complete=completing.schemas)
def command(name: str | None) -> int:
    """Print the published JSON Schema NAME; without a name, list them."""
    names = published()
    if name is None:
        for one in names:
            click.echo(one)
        return 0
    if name not in names:
        raise ConfigError(f"there is no schema {name}.", help=f"There are {', '.join(names)}.")
    click.echo(published_text(name), nl=False)
    return 0
