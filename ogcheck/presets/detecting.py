"""Which generator builds a site, told by its configuration file, and what that says of the site.

No file is run: a JavaScript configuration is known by its name. YAML is looked at line by line, for
the keys at its left margin, and not parsed: all that is asked for are a few words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ogcheck.values import urls
from ogcheck.values.patterns import late

_SIZE = 500_000
"""A larger file is no configuration that anybody wrote."""

_KEY = late(r"^[\"']?([A-Za-z_][\w.-]*)[\"']?[ \t]*:(?:[ \t]+(.*?))?[ \t]*$", re.MULTILINE)
_COMMENT = late(r"(?:^|\s)#.*$")
_LOCALE = late(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2})")
_MATERIAL = late(r"^theme:\s*(?:material\s*$|(?:\n[ \t]+.*)*?\n[ \t]+name:[ \t]*[\"']?material\b)",
                 re.MULTILINE)  # fmt: skip


class Generator(NamedTuple):
    """A generator that was told by its configuration file."""

    preset: str
    origin: str
    """The file, as messages name it."""
    settings: Mapping[str, str]
    """What the file says of the site, by our settings: ``site-url``, ``site-name``, ``timezone``,
    ``locale``."""
    keys: Mapping[str, str]
    """The key of the file that each of these comes from."""
    folder: Path
    """The site's own folder, in or below which the file lies."""


def detect(folder: Path, shown: Callable[[Path], str]) -> Generator | None:
    """The generator whose configuration file lies in ``folder``; None where none does.

    ``shown`` makes of a path what messages call it. Never raises.
    """
    above = os.fspath(folder) + os.sep
    for name, tell in _FILES.items():
        if not os.path.isfile(above + name):  # noqa: PTH113 - a third of what Path takes, and often
            continue
        path = folder / name
        found = tell(path)
        if found is None:
            continue
        preset, values = found
        settings, keys = _facts(preset, values)
        return Generator(preset, shown(path), settings, keys, folder)
    return None


Told = tuple[str, Mapping[str, str]]
"""A preset, and the top-level values of the configuration file."""


def _text(path: Path) -> str:
    try:
        return path.read_bytes()[:_SIZE].decode("utf-8-sig", "replace")
    except OSError:
        return ""


def values_of(path: Path) -> dict[str, str]:
    """The texts under the top-level keys of a configuration file; empty for what is none."""
    text = _text(path)
    if path.suffix in (".yml", ".yaml"):
        return {m[1]: _scalar(m[2] or "") for m in _KEY.finditer(text)}
    import json
    import tomllib

    try:
        data = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value if isinstance(value, str) else "" for key, value in data.items()}


def _scalar(written: str) -> str:
    """A YAML scalar on one line, without its quotes and the comment behind it."""
    if written[:1] in ("'", '"'):
        end = written.find(written[0], 1)
        return written[1:end] if end > 0 else ""
    return _COMMENT.sub("", written).strip()


def _hugo(path: Path) -> Told | None:
    values = values_of(path)
    named = path.name.startswith("hugo.")
    is_one = named or any(key.lower() == "baseurl" for key in values)
    if not is_one or (not named and "base_url" in values):
        return None
    return "hugo", values


def _toml_config(path: Path) -> Told | None:
    """``config.toml``, which Zola and Hugo both use."""
    values = values_of(path)
    return ("zola", values) if "base_url" in values else _hugo(path)


_HEXO_KEYS = frozenset(
    "archive_dir new_post_name post_asset_folder source_dir public_dir pretty_urls filename_case "
    "skip_render index_generator category_dir tag_dir code_dir i18n_dir render_drafts".split()
)
_JEKYLL_KEYS = frozenset(
    "plugins gems kramdown markdown collections defaults sass baseurl remote_theme paginate_path "
    "highlighter whitelist livereload incremental collections_dir".split()
)


def _config_yml(path: Path) -> Told | None:
    """``_config.yml``, which Jekyll and Hexo both use."""
    values = values_of(path)
    hexo, jekyll = len(_HEXO_KEYS & values.keys()), len(_JEKYLL_KEYS & values.keys())
    if hexo > jekyll:
        return "hexo", values
    theme = f"{values.get('theme', '')} {values.get('remote_theme', '')}"
    return ("minimal-mistakes" if "minimal-mistakes" in theme else "jekyll"), values


def _mkdocs(path: Path) -> Told | None:
    if not _MATERIAL.search(_text(path)):
        return None
    return "mkdocs-material", values_of(path)


def _astro(path: Path) -> Told | None:
    package = _text(path.parent / "package.json")
    return ("starlight" if '"@astrojs/starlight"' in package else "astro"), {}


def _always(preset: str) -> Callable[[Path], Told | None]:
    return lambda path: (preset, values_of(path) if path.suffix == ".yml" else {})


def _scripts(stem: str) -> Iterable[str]:
    """A configuration in JavaScript under every ending that it may have."""
    return (f"{stem}.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts", "cts"))


_FILES: dict[str, Callable[[Path], Told | None]] = {
    **dict.fromkeys(("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"), _hugo),
    **dict.fromkeys((f"config/_default/hugo.{e}" for e in ("toml", "yaml", "yml", "json")), _hugo),
    **dict.fromkeys((f"config/_default/config.{e}" for e in ("toml", "yaml", "yml", "json")),
                    _hugo),
    **dict.fromkeys(("_config.yml", "_config.yaml", "_config.toml"), _config_yml),
    **dict.fromkeys(_scripts("docusaurus.config"), _always("docusaurus")),
    **dict.fromkeys(_scripts("astro.config"), _astro),
    **dict.fromkeys((".eleventy.js", *_scripts("eleventy.config")), _always("eleventy")),
    **dict.fromkeys(_scripts("gatsby-config"), _always("gatsby")),
    **dict.fromkeys(_scripts(".vitepress/config"), _always("vitepress")),
    **dict.fromkeys(_scripts("next.config"), _always("next")),
    "_quarto.yml": _always("quarto"),
    "mkdocs.yml": _mkdocs,
    "mkdocs.yaml": _mkdocs,
    "config.toml": _toml_config,
    **dict.fromkeys(("config.yaml", "config.yml", "config.json"), _hugo),
}  # fmt: skip
"""By file name, the surest first: what tells the generator from it."""


# What the keys of the generators' configuration files say of a site, in our settings.
_KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "hugo": {"site-url": ("baseURL", "baseurl"), "site-name": ("title",),
             "timezone": ("timeZone", "timezone"), "locale": ("languageCode", "locale")},
    "jekyll": {"site-url": ("url",), "site-name": ("title", "name"), "timezone": ("timezone",),
               "locale": ("locale", "lang")},
    "hexo": {"site-url": ("url",), "site-name": ("title",), "timezone": ("timezone",),
             "locale": ("language",)},
    "zola": {"site-url": ("base_url",), "site-name": ("title",), "locale": ("default_language",)},
    "mkdocs-material": {"site-url": ("site_url",), "site-name": ("site_name",)},
}  # fmt: skip
_KEYS["minimal-mistakes"] = _KEYS["jekyll"]

_BASES = dict.fromkeys(("jekyll", "minimal-mistakes"), "baseurl")
"""The key of the path that a generator writes behind the site's address. In the files of others it
is part of the address (Hugo, Zola, MkDocs, Hexo's ``url`` beside its ``root``), or they are
programs, which are not read (Docusaurus, Astro)."""
_BASE = late(r"\w[\w.~-]*(?:/\w[\w.~-]*)*")


def _facts(preset: str, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Settings that a configuration file holds, and the key of each; what is odd is left out."""
    settings: dict[str, str] = {}
    keys: dict[str, str] = {}
    for setting, names in _KEYS.get(preset, {}).items():
        for name in names:
            value = _sound(setting, values.get(name, "").strip())
            if value is not None:
                settings[setting], keys[setting] = value, name
                break
    base = _BASES.get(preset, "")
    path = values.get(base, "").strip().strip("/")
    address = settings.get("site-url")
    is_written = address is None or address.endswith(f"/{path}")  # some write it into both
    if not is_written and _BASE.fullmatch(path):
        settings["site-url"] = f"{address}/{path}"
        keys["site-url"] += f", {base}"
    return settings, keys


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _sound(setting: str, value: str) -> str | None:
    """The value as our setting writes it; None where it is none."""
    if not value:
        return None
    if setting == "site-url":
        url = urls.parse(value) if urls.share_fault(value) is None else None
        if url is None or url.is_private or url.host.endswith("example.com"):
            return None
        return value.rstrip("/")
    if setting == "timezone":
        return value if _is_zone(value) else None
    if setting == "locale":
        match = _LOCALE.fullmatch(value)
        return None if match is None else f"{match[1].lower()}_{match[2].upper()}"
    return value if "{" not in value and "<" not in value else None
