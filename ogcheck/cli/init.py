"""``ogcheck init``: look at a repository, tell what is found, and write a configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from ogcheck.cli import completing
from ogcheck.cli.options import visible, working_directory
from ogcheck.config import ConfigError, Resolver
from ogcheck.engine import plan as plans
from ogcheck.engine.discover import files, shown
from ogcheck.engine.learning import Learned, schema_of
from ogcheck.page import Page
from ogcheck.presets.detecting import Generator
from ogcheck.readers import NotAPage, read
from ogcheck.source import Source

_NAME = "ogcheck.toml"
_FIELDS = (
    "page:title", "page:description", "page:canonical", "page:published", "page:image", "og:title",
    "og:description", "og:image", "og:image:alt", "og:url", "og:type", "og:site_name", "og:locale",
    "article:published_time", "twitter:card",
)  # fmt: skip
_SHOWN = 5


@click.command("init")
@click.argument("path", default=".", shell_complete=completing.files)
@click.option(
    "--schema",
    metavar="FILE",
    shell_complete=completing.files,
    help="Write a JSON Schema of the front matter, too.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the configuration instead.")
def command(path: str, schema: str | None, force: bool, dry_run: bool) -> int:
    """Look at the pages below PATH, and write an ogcheck.toml there for them.

    Tells what it found: the generator, the forms of dates, the site's name and address, and how
    many pages have which property.
    """
    cwd = working_directory()
    folder = (cwd / path).resolve()
    if not folder.is_dir():
        raise ConfigError(f"{path}: there is no such directory.")
    targets = [folder / _NAME, *([cwd / schema] if schema is not None else [])]
    for target in targets:
        if target.exists() and not force and not dry_run:
            raise ConfigError(f"{shown(target, cwd)} is there already.",
                              help="--force overwrites it.")  # fmt: skip
    resolver = Resolver(cwd, isolated=True)
    learned = Learned()
    for page in _pages(folder, cwd, resolver, learned):
        learned.add(page)
    generator = resolver.generator(folder)
    for line in _report(learned, generator):
        click.echo(visible(line), err=dry_run)
    text = _configuration(learned, generator)
    if dry_run:
        click.echo(text, nl=False)
        return 0
    _write(targets[0], text, cwd)
    if schema is not None:
        data = json.dumps(schema_of(learned), indent=2, ensure_ascii=False)
        _write(targets[1], data + "\n", cwd)
    return 0


def _pages(folder: Path, cwd: Path, resolver: Resolver, learned: Learned) -> Iterator[Page]:
    for one in files([str(folder)], cwd, resolver):
        learned.files += 1
        reading = plans.make(resolver.settings(one.path), resolver.registry).reading
        try:
            source = Source.from_bytes(one.shown, one.path.read_bytes())
        except OSError:
            continue
        page = read(source, reading)
        if not isinstance(page, NotAPage) and not page.unreadable:
            yield page


def _write(path: Path, text: str, cwd: Path) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"{shown(path, cwd)} cannot be written: {error.strerror}.") from None
    click.echo(visible(f"Wrote {shown(path, cwd)}."), err=True)


def _report(learned: Learned, generator: Generator | None) -> Iterator[str]:
    yield f"{learned.pages:,} pages in {learned.files:,} files"
    if generator is not None:
        yield f"Generator: {generator.preset}, told by {generator.origin}"
    if not learned.pages:
        return
    named = ", ".join(f"{name} {count:,}" for name, count in learned.presets.most_common())
    yield f"Presets: {named}"
    yield from _site(learned)
    yield from _dates(learned)
    yield "Pages that have:"
    for name in _FIELDS:
        if count := learned.names[name]:
            yield f"  {count / learned.pages:5.0%}  {name}"


def _site(learned: Learned) -> Iterator[str]:
    for text, count in learned.affixes.most_common(1):
        yield f"Titles carry “{text}” on {count:,} of {learned.compared:,} pages with both titles"
    for text, count in learned.site_names.most_common(1):
        yield f"og:site_name is “{text}” on {count:,}"
    for host, count in learned.hosts.most_common(_SHOWN):
        yield f"Addresses on {host}: {count:,}"


def _dates(learned: Learned) -> Iterator[str]:
    if not learned.formats and not learned.unread:
        return
    yield "Publication dates:"
    for one, count in learned.formats.most_common():
        yield f"  {count:6,}  {one}"
    if learned.ambiguous:
        yield f"  {learned.ambiguous:6,}  of these may have day or month first"
    if learned.unread:
        sample = next(iter(learned.unread))
        yield f"  {learned.unread.total():6,}  in no known form, as {sample!r}"


def _configuration(learned: Learned, generator: Generator | None) -> str:
    """A commented ``ogcheck.toml``; what is not certain stands there as a comment."""
    told = dict(generator.settings) if generator is not None else {}
    lines = [f"# Written by ogcheck init, after a look at {learned.pages:,} pages.", ""]
    preset = learned.preset
    if generator is not None:
        told_by = f"# The generator is told by {generator.origin}; another would be named here."
        lines += [told_by, f"# preset = {_toml(generator.preset)}"]
    elif preset is not None:
        lines += ["# What kind of site it is: how its front matter names things.",
                  f"preset = {_toml(preset)}"]  # fmt: skip
    else:
        lines += ["# What kind of site it is; ogcheck config PATH says how a page is read.",
                  '# preset = "hugo"']  # fmt: skip
    lines += ["", "# What the site is called, where titles carry its name."]
    lines.append(_setting("site-name", learned.site_name, told.get("site-name"), "Example News"))
    lines += ["", "# Where it is published: addresses elsewhere are looked at twice."]
    lines.append(_setting("site-url", learned.site_url, told.get("site-url"),
                          "https://www.example.com"))  # fmt: skip
    lines += ["", "# The zone of times that say none (an IANA name)."]
    lines.append(_setting("timezone", None, told.get("timezone"), "Europe/London"))
    formats = [one for one in learned.date_formats if one not in presets_iso()]
    lines += ["", "# The forms of publication dates that are accepted: a date in none is an error."]
    if formats and generator is None:
        every = [*formats, *(["%Y-%m-%d"] if "%Y-%m-%d" in learned.formats else [])]
        lines.append(f"date-formats = [{', '.join(_toml(one) for one in every)}]")
    else:
        lines.append('# date-formats = ["%Y-%m-%d"]')
    lines += ["", "# Rules that are not for this site, and rules that are off of themselves.",
              "# ignore = []", "# extend-select = []", "",
              "# Problems that are accepted for now: ogcheck check --write-baseline.",
              '# baseline = "ogcheck-baseline.json"', ""]  # fmt: skip
    return "\n".join(lines)


def presets_iso() -> tuple[str, ...]:
    """ISO 8601, which is read whatever is named."""
    from ogcheck.presets import ISO_FORMATS

    return ISO_FORMATS


def _setting(key: str, learned: str | None, told: str | None, sample: str) -> str:
    if told is not None:
        return f"# {key} = {_toml(told)}   # as the generator's configuration says"
    if learned is not None:
        return f"{key} = {_toml(learned)}"
    return f"# {key} = {_toml(sample)}"


def _toml(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
