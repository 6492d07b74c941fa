"""``ogcheck explain``: what is read from one page, and what each platform ends up with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ogcheck.cli import completing
from ogcheck.cli.options import Given, configuring, text_or_json, working_directory
from ogcheck.config import ConfigError
from ogcheck.engine import plan as plans
from ogcheck.engine.discover import shown
from ogcheck.engine.explaining import Explanation, Found, Seen, explain
from ogcheck.page import Page
from ogcheck.problem import printable
from ogcheck.readers import NotAPage, read
from ogcheck.reports.terminal import Screen
from ogcheck.source import Source

_HOW, _VALUE = 26, 24
"""How many cells the way to a property takes at most, and its value at least."""
_HEADINGS = {"title": "Title", "description": "Description", "image": "Image", "url": "URL"}


@click.command("explain")
@click.argument("path", shell_complete=completing.files)
@configuring
@text_or_json("How it is written.")
@click.option("--stdin-filename", metavar="PATH", help="The path of what - (standard input) holds.")
def command(path: str, report: str, stdin_filename: str | None, **options: Any) -> int:
    """Show what is read from PATH, and what each platform ends up with.

    Every property with its value, its place and how it was found; what the page carries without
    writing it; the title, description, image and URL that each platform shows. PATH is a file of
    front matter or HTML, or - for standard input.
    """
    cwd = working_directory()
    resolver = Given.take(options).resolver(cwd)
    if stdin_filename and path != "-":
        raise ConfigError("--stdin-filename goes with -.")
    name = (stdin_filename or "<stdin>") if path == "-" else path
    place = Path(os.path.abspath(cwd / name))
    called = name.replace(os.sep, "/") if path == "-" else shown(place, cwd)
    source = Source.from_bytes(called, _data(path, place, called))
    reading = plans.make(resolver.settings(place), resolver.registry).reading
    page = read(source, reading)
    if isinstance(page, NotAPage):
        raise ConfigError(f"{called} is no page: {page.reason}.")
    if report == "json":
        click.echo(_as_json(page))
        return 0
    for line in _text(page, explain(page), Screen.of(sys.stdout)):
        click.echo(line)
    return 0


def _data(path: str, place: Path, called: str) -> bytes:
    if path == "-":
        if sys.stdin is None:
            raise ConfigError("standard input is closed.")
        return sys.stdin.buffer.read()
    if place.is_dir():
        raise ConfigError(f"{called} is a directory: name one page of it.")
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{called}: there is no such file or directory.") from None
    except OSError as error:
        raise ConfigError(f"{called} cannot be read: {error.strerror}.") from None


def _text(page: Page, facts: Explanation, screen: Screen) -> Iterator[str]:
    preset = f"preset {page.preset.name} ({page.preset_reason})"
    yield f"{screen.inline(page.source.path)}: {_kind(page)}, {preset}"
    if page.exempt is not None:
        yield f"It is asked for nothing that it lacks: {page.exempt}."
    if page.unreadable:
        yield "It does not parse: ogcheck check says why."
    yield from _found(facts, screen)
    if facts.derived:
        yield ""
        yield "Not written"
        for one in facts.derived:
            said = {"absent": "the page will not carry it", "unknown": "its template may write it"}
            text = said.get(one.state) or f"comes from {one.source}"
            yield f"  {one.name:22} {text}"
    for what, heading in _HEADINGS.items():
        yield ""
        yield f"{heading}, by platform"
        yield from _seen(facts.seen[what], screen, "nothing" if page.preset.full else (
            "nothing in this file"))  # fmt: skip
    if not page.preset.full:
        yield ""
        yield "That is what the file itself says: a template may write more."


def _kind(page: Page) -> str:
    if page.html is not None:
        return f"HTML in {page.source.encoding}"
    return "front matter"


def _found(facts: Explanation, screen: Screen) -> Iterator[str]:
    yield ""
    if not facts.found:
        yield "Nothing is found."
        return
    yield "Found"
    rows = [
        (screen.inline(one.name), _at(one), _cut(screen.inline(one.how), _HOW, screen), one)
        for one in facts.found
    ]
    names, places, hows = (max(len(row[column]) for row in rows) for column in range(3))
    for name, place, how, one in rows:
        lead = f"  {name:{names}}  {place:>{places}}  {how:{hows}}  "
        value = screen.inline(one.value)
        if not one.known:
            value += " (no platform is known to read it)"
        yield lead + _cut(value, max(_VALUE, screen.width - len(lead)), screen)


def _at(one: Found | Seen) -> str:
    return f"{one.line}:{one.column}"


def _cut(text: str, width: int, screen: Screen) -> str:
    """``text`` in ``width`` cells, its middle left out where it is longer."""
    cells = screen.cells(text)
    if sum(cell.width for cell in cells) <= width:
        return text
    kept: list[str] = []
    room = width - screen.ellipsis.width
    for cell in cells:
        if cell.width > room:
            break
        kept.append(cell.text)
        room -= cell.width
    return "".join(kept) + screen.ellipsis.text


def _seen(seen: list[Seen], screen: Screen, nothing: str) -> Iterator[str]:
    """One line for each result, the platforms that share it below."""
    groups: dict[tuple[str | None, str, int, int, bool], list[str]] = {}
    for one in seen:
        key = one.property, one.text, one.line, one.column, one.cut
        groups.setdefault(key, []).append(one.platform)
    for (name, text, line, column, is_cut), names in groups.items():
        if name is None:
            yield f"  {nothing}"
        else:
            kept = f", cut after {len(text)} characters" if is_cut else ""
            place = f"  ({name}, {line}:{column}{kept})"
            room = max(20, screen.width - len(place) - 3)
            written = _cut(screen.inline(text), room, screen)
            if is_cut and not written.endswith(screen.ellipsis.text):
                written += screen.ellipsis.text
            yield f"  {written}{place}"
        yield f"    {', '.join(names)}"


def _as_json(page: Page) -> str:
    import json

    facts = explain(page)
    data = {
        "path": printable(page.source.path),
        "kind": "html" if page.html is not None else "front matter",
        "encoding": page.source.encoding,
        "preset": page.preset.name,
        "preset_reason": page.preset_reason,
        "exempt": page.exempt,
        "found": [
            {**one._asdict(), "name": printable(one.name), "value": printable(one.value),
             "how": printable(one.how)}
            for one in facts.found
        ],
        "derived": [one._asdict() for one in facts.derived],
        "platforms": {
            one.platform: {what: _seen_as_json(facts.seen[what][at]) for what in _HEADINGS}
            for at, one in enumerate(facts.seen["title"])
        },
    }  # fmt: skip
    return json.dumps(data, indent=2, ensure_ascii=False)


def _seen_as_json(one: Seen) -> dict[str, object] | None:
    if one.property is None:
        return None
    return {"text": printable(one.text), "cut": one.cut, "property": one.property,
            "line": one.line, "column": one.column}  # fmt: skip
