"""What the rules about dates ask of a page: which of its properties are dates, and of what kind."""

from __future__ import annotations

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.values import date_readings, dates, moments
from ogcheck.values.dates import Date

DATES = tuple(name for name, entry in vocabulary.PROPERTIES.items() if entry.type == "datetime")
"""Every property that holds a date."""

OWN_DATES = tuple(name for name in DATES if name.startswith("page:"))
"""The dates of the page itself, which are written as the site's generator wants them."""

ISO_DATES = tuple(name for name in DATES if not name.startswith("page:"))
"""The dates that platforms read, in ISO 8601."""

PUBLISHED = ("page:published", "article:published_time", "og:published_time", "ld:datePublished")
"""The properties that say when the page was first published."""

MODIFIED = ("page:modified", "article:modified_time", "og:modified_time", "og:updated_time",
            "ld:dateModified")  # fmt: skip
"""The properties that say when the page was last changed."""


def is_flag(prop: Property) -> bool:
    """``published: true`` is a flag, no date."""
    return prop.kind in ("boolean", "null") or prop.meant.lower() in ("true", "false", "")


def known_date(prop: Property) -> Date | None:
    """The date that ``prop`` says, in whatever form, where it is a possible one and the only one.

    A form that no reader of dates takes is another rule's business.
    """
    date = prop.date
    if date is None and not is_flag(prop):
        date = date_readings.reading(prop.meant, dates.day_first(prop.origin.date_formats))
    return date if date is not None and date.fault is None else None


def first_dates(page: Page, names: tuple[str, ...]) -> list[tuple[Property, Date]]:
    """The first date under each of ``names`` that has one."""
    known: list[tuple[Property, Date]] | None = page.memo.get(("first dates", names))
    if known is None:
        found: dict[str, tuple[Property, Date]] = {}
        for prop in page.named(names):
            if prop.name not in found and (date := known_date(prop)) is not None:
                found[prop.name] = (prop, date)
        known = page.memo["first dates", names] = list(found.values())
    return known


def zoned(date: Date, timezone: str | None) -> Date:
    """``date`` with the offset that the site's zone has then, where it is a time without one."""
    if date.hour is None or date.zone is not None or timezone is None:
        return date
    return date._replace(zone=moments.written_offset(date, timezone))


def iso_for_platforms(date: Date, timezone: str | None) -> str:
    """``date`` in ISO 8601; the day alone where its time is in a zone that nobody knows."""
    date = zoned(date, timezone)
    return dates.written_iso(date if date.zone is not None else Date(*date[:3]))
