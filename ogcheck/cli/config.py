"""``ogcheck config``: what holds for a path, and why."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from ogcheck.cli import completing
from ogcheck.cli.options import Given, configuring, text_or_json, visible, working_directory
from ogcheck.config import SETTINGS, ConfigError, Resolver, Settings
from ogcheck.engine import plan as plans
from ogcheck.engine.discover import shown
from ogcheck.page import Page
from ogcheck.readers import NotAPage, read
from ogcheck.source import Source


@click.command("config")
@click.argument("path", default=".", shell_complete=completing.files)
@configuring
@text_or_json("How it is shown.")
def command(path: str, report: str, **options: Any) -> int:
    """Show every setting that holds for PATH and where it comes from, and how PATH is read."""
    given = Given.take(options)
    cwd = working_directory()
    resolver = given.resolver(cwd)
    place = Path(os.path.abspath(cwd / path))
    if not place.exists():
        raise ConfigError(f"{path}: there is no such file or directory.")
    file = place / "any.md" if place.is_dir() else place
    settings = resolver.settings(file)
    found = resolver.configuration(file.parent)
    rows = _rows(settings, resolver, file)
    reading = None if place.is_dir() else _reading(place, cwd, settings, resolver)
    if reading is not None and resolver.is_out_of_reach(place):
        reading = {"excluded": ("yes", "a setting of exclude names it"), **reading}
    source = "none" if found is None or found.path is None else shown(found.path, cwd)
    if report == "json":
        _as_json(shown(place, cwd), source, rows, reading)
        return 0
    click.echo(visible(shown(place, cwd)))
    click.echo(f"configuration: {visible(source)}")
    if reading is not None:
        for name, (value, why) in reading.items():
            click.echo(visible(f"{name}: {value}" + (f" ({why})" if why else "")))
    click.echo("")
    width = max(len(key) for key, *_ in rows)
    for key, value, origin in rows:
        click.echo(visible(f"{key:{width}} = {value}  # {origin}"))
    return 0


def _rows(settings: Settings, resolver: Resolver, file: Path) -> list[tuple[str, str, str]]:
    import json

    fail_on, origin = resolver.run_origin("fail-on")
    rows = [("fail-on", json.dumps(fail_on), origin)]
    for key, setting in SETTINGS.items():
        value: Any = None
        origin = "default"
        if setting.scope != "page" or key == "overrides":
            continue
        if key == "schemas":
            value, origin = settings.schema, settings.schema_origin
        elif key == "exclude":
            value, origin = resolver.excludes(file)
        elif key in settings.values:
            value, origin = settings.values[key], settings.origins[key]
        shown = "not set" if value is None else json.dumps(value, ensure_ascii=False)
        rows.append((key, shown, origin))
    return rows


def _reading(
    path: Path, cwd: Path, settings: Settings, resolver: Resolver
) -> dict[str, tuple[str, str]]:
    """How the file is read: whether it is a page, its preset, its schema, its date formats."""
    plan = plans.make(settings, resolver.registry)
    try:
        source = Source.from_bytes(shown(path, cwd), path.read_bytes())
    except OSError as error:
        return {"page": ("no", f"it cannot be read: {error.strerror}")}
    page = read(source, plan.reading)
    if isinstance(page, NotAPage):
        return {"page": ("no", page.reason)}
    answer = {
        "page": ("yes", f"{len(page.properties)} properties"),
        "preset": (page.preset.name, page.preset_reason),
        "schema": _schema(page, settings),
        "date formats": (
            ", ".join(page.date_formats) or "none",
            settings.origins.get("date-formats", f"the preset {page.preset.name}"),
        ),
    }
    if page.exempt is not None:
        answer["asked for nothing"] = ("yes", page.exempt)
    return answer


def _schema(page: Page, settings: Settings) -> tuple[str, str]:
    if settings.schema is False:
        return "none", settings.schema_origin
    if settings.schema is not None:
        name = settings.schema if isinstance(settings.schema, str) else "a table"
        return name, settings.schema_origin
    if page.preset.schema is not None:
        return page.preset.schema, f"the preset {page.preset.name}"
    return "none", "default"


def _as_json(
    path: str,
    source: str,
    rows: list[tuple[str, str, str]],
    reading: dict[str, tuple[str, str]] | None,
) -> None:
    import json

    document = {
        "path": path,
        "configuration": None if source == "none" else source,
        "settings": {
            key: {"value": None if value == "not set" else json.loads(value), "origin": origin}
            for key, value, origin in rows
        },
        "reading": None
        if reading is None
        else {key: {"value": value, "why": why} for key, (value, why) in reading.items()},
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
