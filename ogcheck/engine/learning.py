"""What a site's pages say of how it is made: the beginnings of a configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ogcheck import presets, vocabulary
from ogcheck.page import Page
from ogcheck.rules.dat_facts import is_flag
from ogcheck.rules.page_facts import title_affix
from ogcheck.values import dates

_DAY_FIRST = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M:%S")
_MONTH_FIRST = tuple(one.replace("%d/%m", "%m/%d") for one in _DAY_FIRST)
FORMATS = (
    *presets.ISO_FORMATS, *_DAY_FIRST, *_MONTH_FIRST, "%d.%m.%Y", "%d.%m.%Y %H:%M", "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S", "%d %b %Y", "%d %B %Y", "%o %b %Y", "%o %B %Y", "%B %d, %Y", "%b %d, %Y",
    "%d %b %Y %H:%M", "%d %B %Y %H:%M", "Posted at %H:%M on %o %B %Y",
    "Posted at %H:%M on %o %b %Y",
)  # fmt: skip
"""The forms of dates that are looked for, as ``date-formats`` writes them."""

_MOST = 0.5
"""The share of pages that makes something the site's own, and no page's."""


@dataclass
class Learned:
    """What is known of a site after its pages were looked at."""

    files: int = 0
    pages: int = 0
    presets: Counter[str] = field(default_factory=Counter)
    """By name, how many pages are read with it."""
    names: Counter[str] = field(default_factory=Counter)
    """By canonical name, how many pages have it."""
    formats: Counter[str] = field(default_factory=Counter)
    """By format, how many publication dates are written in it."""
    ambiguous: int = 0
    """Dates of which nobody knows which number is the month."""
    unread: Counter[str] = field(default_factory=Counter)
    """Publication dates in none of :data:`FORMATS`."""
    affixes: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    """Pages with a title and an og:title."""
    site_names: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    """By scheme and host, how many pages have their address there."""
    locales: Counter[str] = field(default_factory=Counter)
    keys: dict[str, Counter[str]] = field(default_factory=dict)
    """By top-level key of the front matter, the JSON types of its values."""
    months: tuple[int, int] = (0, 0)
    """How many of the dates of two numbers must have the day first, and how many the month."""

    def add(self, page: Page) -> None:
        """Look at one more page."""
        self.pages += 1
        self.presets[page.preset.name] += 1
        self.names.update(name for name in page.by_name)
        self._dates(page)
        self._titles(page)
        self._address(page)
        if page.html is None and isinstance(page.data, dict):
            for key, value in page.data.items():
                self.keys.setdefault(key, Counter())[_type(value)] += 1

    def _dates(self, page: Page) -> None:
        for prop in page.all("page:published"):
            text = prop.meant
            if not text or is_flag(prop):
                continue
            fitting = [one for one in FORMATS if _reads(text, one)]
            day, month = (any(one in group for one in fitting) for group in
                          (_DAY_FIRST, _MONTH_FIRST))  # fmt: skip
            if day and month:
                self.ambiguous += 1
            elif day:
                self.months = self.months[0] + 1, self.months[1]
            elif month:
                self.months = self.months[0], self.months[1] + 1
            if fitting:
                self.formats[fitting[0]] += 1
            else:
                self.unread[text] += 1

    def _titles(self, page: Page) -> None:
        if page.written("page:title") is not None and page.written("og:title") is not None:
            self.compared += 1
            found = title_affix(page)
            if found is not None:
                self.affixes[found[1].text] += 1
        name = page.written("og:site_name")
        if name is not None and name.meant:
            self.site_names[name.meant] += 1
        locale = page.written("og:locale")
        if locale is not None and locale.meant:
            self.locales[locale.meant] += 1

    def _address(self, page: Page) -> None:
        for prop in page.named(vocabulary.PAGE_URLS):
            url = prop.share_url
            if url is not None:
                self.hosts[f"{url.scheme}://{url.host}"] += 1
                return

    @property
    def preset(self) -> str | None:
        """The preset of most pages; None where there are none, or nothing is known of them."""
        (name, _), *_ = self.presets.most_common(1) or [("generic", 0)]
        return None if name in ("generic", presets.HTML) else name

    @property
    def site_name(self) -> str | None:
        """The name that most titles carry, else og:site_name where most pages have the same.

        In this order: og:site_name may be the vendor's.
        """
        return _mostly(self.affixes, self.compared) or _mostly(self.site_names, self.pages)

    @property
    def site_url(self) -> str | None:
        """The scheme and host where most pages with an address have theirs."""
        return _mostly(self.hosts, self.hosts.total())

    @property
    def date_formats(self) -> list[str]:
        """The formats in use, the commonest first; ISO 8601 goes without saying."""
        is_month_first = self.months[1] > self.months[0]
        found: Counter[str] = Counter()
        for one, count in self.formats.items():
            if is_month_first and one in _DAY_FIRST:
                one = _MONTH_FIRST[_DAY_FIRST.index(one)]
            found[one] += count
        return [one for one, _ in found.most_common()]


def learn(pages: Iterable[Page]) -> Learned:
    """What ``pages`` say of their site."""
    learned = Learned()
    for page in pages:
        learned.add(page)
    return learned


def _reads(text: str, date_format: str) -> bool:
    found = dates.read(text, (date_format,))
    return found is not None and found.fault is None


def _mostly(counts: Counter[str], total: int) -> str | None:
    for text, count in counts.most_common(1):
        if count > 1 and count >= total * _MOST:
            return text
    return None


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def schema_of(learned: Learned) -> dict[str, Any]:
    """A JSON Schema of the front matter in use: its keys, their types, what every page has."""
    pages = learned.pages
    properties = {
        key: {"type": found[0] if len(found) == 1 else found}
        for key, types in sorted(learned.keys.items())
        for found in [sorted(types)]
    }
    required = sorted(key for key, types in learned.keys.items() if types.total() == pages)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter",
        "description": f"The front matter of {pages:,} pages, as they were when it was written.",
        "type": "object",
    }
    if required:
        schema["required"] = required
    schema["properties"] = properties
    return schema
