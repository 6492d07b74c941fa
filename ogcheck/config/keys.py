"""The settings that there are: one table, from which they are checked, explained and documented."""

from __future__ import annotations

from typing import Any

from ogcheck import presets
from ogcheck.frozen import frozen

FILES = ("ogcheck.toml", ".ogcheck.toml", "pyproject.toml")
DEFAULT_EXCLUDE = (
    ".git/", ".hg/", ".svn/", ".venv/", "venv/", ".tox/", ".nox/", "node_modules/", "__pycache__/",
    ".mypy_cache/", ".ruff_cache/", ".pytest_cache/", ".ogcheck_cache/", "site-packages/",
    "vendor/bundle/",
)  # fmt: skip
FAIL_ON = ("error", "warning", "never")
AUTO = "auto"
"""As many jobs as there are processors for the run."""
MOST_JOBS = 256


@frozen
class Setting:
    """One key of the configuration."""

    key: str
    type: str
    """In words: ``string``, ``strings``, ``table``, ``tables``, ``jobs``, ``cache``."""
    scope: str
    """``run`` or ``page``."""
    doc: str
    default: Any = None


SETTINGS: dict[str, Setting] = {
    s.key: s
    for s in (
        Setting("extend", "string", "file", "Another configuration file, whose settings count "
                "where this one has none."),
        Setting("fail-on", "string", "run", "The severity that makes a run fail: error, warning or "
                "never.", "warning"),
        Setting("baseline", "string", "run", "The file of problems that are accepted for now, "
                "relative to the configuration."),
        Setting("plugins", "strings", "run", "Rules by others: Python files, relative to the "
                "configuration, and entry points of ogcheck.rules.", ()),
        Setting("jobs", "jobs", "run", "How many processes check files: a number, or auto for as "
                "many as the run may have processors. A run over few files takes one.", "auto"),
        Setting("cache", "cache", "run", "Whether what was found is kept for the next run, in "
                ".ogcheck_cache beside the configuration: true, false, or another folder.", True),
        Setting("required-version", "string", "run", "The versions of ogcheck that may be used, as "
                "in >=1.2: any other stops with an error."),
        Setting("preset", "string", "page", "The kind of site: " + ", ".join(presets.NAMES) + "; "
                "told from each document's shape if not set."),
        Setting("site-url", "string", "page", "The site's public address, as in "
                "https://www.example.com."),
        Setting("build-dir", "string", "page", "The folder that the site is built into, relative "
                "to the configuration: what site-url shows is looked for there."),
        Setting("static-dirs", "strings", "page", "Folders that are served at the site's root as "
                "they are, relative to the configuration."),
        Setting("url-map", "table", "page", "Folders that are served under other addresses than "
                "site-url, relative to the configuration, by the address that each is under."),
        Setting("permalink", "string", "page", "Where pages are built, as in "
                "/:year/:month/:day/:title/ (also :slug, :filename, :section): for finding the "
                "page that was built from a source."),
        Setting("site-name", "string", "page", "What the site is called."),
        Setting("timezone", "string", "page", "The site's time zone, as an IANA name."),
        Setting("date-formats", "strings", "page", "Accepted formats of publication dates, in "
                "place of the preset's: strptime directives, and %o for an ordinal day."),
        Setting("locale", "string", "page", "The site's locale as Open Graph writes it, as en_GB."),
        Setting("platforms", "strings", "page", "Where the pages are shared: limits of other "
                "platforms are not spoken of; all that are known if not set."),
        Setting("select", "strings", "page", "The rules that run: codes, names, prefixes or ALL; "
                "all that are on by default if not set."),
        Setting("extend-select", "strings", "page", "Rules that run beside those."),
        Setting("ignore", "strings", "page", "Rules that do not run; overrides and the command "
                "line add to it."),
        Setting("severity", "table", "page", "The severity of a rule's findings, by code or name: "
                "error, warning or note."),
        Setting("rules", "table", "page", "Options of rules, a table for each code or name."),
        Setting("fixable", "strings", "page", "The rules whose fixes are offered; all if not set."),
        Setting("unfixable", "strings", "page", "Rules whose fixes are not offered."),
        Setting("schemas", "tables", "page", "JSON Schemas of front matter: files (globs) and "
                "schema (a path, a published name, a table, or false for none); the last that fits "
                "counts."),
        Setting("exclude", "strings", "page", "Paths that are not checked, as .gitignore writes "
                "them."),
        Setting("overrides", "tables", "page", "Settings of pages for some paths: files (globs) "
                "and the settings; later ones win."),
    )
}  # fmt: skip
"""Every key that a configuration may hold."""

PAGE_KEYS = frozenset(s.key for s in SETTINGS.values() if s.scope == "page")
"""Settings of pages, which the nearest configuration decides."""
OVERRIDABLE = PAGE_KEYS - {"schemas", "exclude", "overrides"}
"""Those that can be set for some paths."""
ADDED = frozenset({"extend-select", "ignore", "unfixable", "severity", "rules"})
"""What a later one adds to, key by key or item by item; everything else it replaces."""
PATHS = frozenset({"build-dir", "static-dirs", "url-map"})
"""Those of pages that name folders, relative to the configuration that they stand in."""
