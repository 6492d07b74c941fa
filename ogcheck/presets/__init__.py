"""What is known of each kind of site: how it names things, what its generator derives, its dates.

One TOML file per preset in this folder, read here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

from ogcheck.frozen import frozen
from ogcheck.names import Words, spell, vocabulary_words, words

_FOLDER = Path(__file__).parent
NAMES = (
    "generic", "release", "hugo", "jekyll", "minimal-mistakes", "eleventy", "astro", "starlight",
    "docusaurus", "mkdocs-material", "hexo", "zola", "next", "gatsby", "quarto", "vitepress",
    "ghost", "drupal-metatag", "dev-to",
)  # fmt: skip
"""The presets that a configuration can choose: those of front matter."""
ISO_FORMATS = (
    "%Y-%m-%d",
    *(
        f"%Y-%m-%d{between}{clock}{zone}"
        for between in ("T", " ")
        for clock in ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f")
        for zone in ("", "%z", " %z")
    ),
)
"""What a preset's ``iso`` stands for among its date formats: ISO 8601 as generators read it, also
with a space before the time and before the zone."""
HTML = "html"
"""The preset of every HTML page, and of nothing else."""


@frozen
class Folders:
    """Where a generator takes the files from that front matter names."""

    static: tuple[str, ...] = ()
    """Folders below its own that are published at the site's root as they are; ``.`` is its own.
    A ``*`` stands for any name."""
    assets: tuple[str, ...] = ()
    """Folders below its own whose files templates publish at the site's root when they use them."""
    relative: tuple[str, ...] = ()
    """Where a path without a slash in front is looked for, in order: ``page`` (the source's own
    folder), ``bundle`` (the same, where the source is its folder's index), ``named`` (a folder
    beside the source that is called as it), ``assets``, ``static``. ``?`` at the end: what the
    template does with it is not known."""
    processed: tuple[str, ...] = ()
    """Those of these places whose images are not published as they are."""
    slash: str = "host"
    """What a path with a slash in front begins at where ``site-url`` has a path: ``host``, or
    ``site``, where the generator writes that path before it."""


@frozen
class Preset:
    """One kind of site."""

    name: str
    summary: str
    full: bool
    """A full share record: what is not written is absent from the page."""
    same_title: bool
    """The page's title and og:title are expected to be the same wording."""
    completes_urls: bool | None
    """Whether its generator makes relative addresses absolute; None where that is not known."""
    schema: str | None
    """The name of the schema that its front matter follows."""
    yaml: tuple[str, ...]
    """The YAML readers of its generator: ``1.1``, ``js-yaml-3``, ``js-yaml-4``, ``go-yaml``."""
    spelling: str
    """How new keys are spelt: ``nested`` (``site: {name: …}``) or ``words`` (``site_name``)."""
    date_formats: tuple[str, ...]
    derives: dict[str, tuple[str, ...]]
    """What the page carries under a name when it is not written: the first of these that is there.

    An empty tuple: nothing. ``?`` at the end: what the template finds elsewhere.
    """
    folders: Folders
    cleans: frozenset[str]
    """The texts of which its generator strips markup and resolves references."""
    lookup: dict[Words, str] = field(repr=False)
    """Canonical names by the words of their key path."""
    absolute: dict[Words, str] = field(repr=False)
    """The same for keys that count only with an absolute URL as their value."""
    prefixes: frozenset[Words] = field(repr=False)
    """Every beginning of a path in ``lookup``: below any other key nothing is looked for."""
    keys: dict[str, str] = field(repr=False)
    """The first key of each page: name, as the preset spells it."""


@cache
def load(name: str) -> Preset:
    """The preset of that name. Raises ``KeyError`` if there is none."""
    if name not in NAMES and name != HTML:
        raise KeyError(name)
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    lookup = dict(vocabulary_words())
    keys: dict[str, str] = {}
    for canonical, paths in data.get("names", {}).items():
        keys[canonical] = paths[0]
        for path in paths:
            lookup[spell(words(path))] = canonical
    absolute = {
        spell(words(path)): canonical
        for canonical, paths in data.get("absolute", {}).items()
        for path in paths
    }
    return Preset(
        name=name,
        summary=data["summary"],
        full=data["full"],
        same_title=data.get("same-title", False),
        completes_urls=data.get("completes-urls"),
        schema=data.get("schema"),
        yaml=tuple(data.get("yaml", ())),
        spelling=data["spelling"],
        date_formats=tuple(_formats(data.get("date-formats", ()))),
        folders=_folders(data.get("folders", {})),
        cleans=frozenset(data.get("cleans", ())),
        derives={k: tuple(v) for k, v in data.get("derives", {}).items()},
        lookup=lookup,
        absolute=absolute,
        prefixes=frozenset(path[:i] for path in lookup for i in range(1, len(path))),
        keys=keys,
    )


def _folders(data: dict[str, Any]) -> Folders:
    lists = {key: tuple(value) for key, value in data.items() if key != "slash"}
    return Folders(**lists, slash=data.get("slash", "host"))


def _formats(named: Iterable[str]) -> Iterator[str]:
    for one in named:
        if one == "iso":
            yield from ISO_FORMATS
        else:
            yield one
