"""Dates: whether they are possible, and in a form that their readers accept."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Fixer, Rule, quoted, replacing
from ogcheck.rules.examples import folded, post, release
from ogcheck.rules.fm import is_date
from ogcheck.values import dates

# What people write that no format of the page may name, with one reading each.
_KNOWN_FORMATS = (
    "%d %B %Y", "%d %b %Y", "%o %B %Y", "%o %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %o, %Y",
    "%d %B %Y %H:%M", "%d %b %Y %H:%M", "%A %d %B %Y", "%A, %d %B %Y", "%A %o %B %Y",
    "%H:%M %d %B %Y", "%B %o %Y", "%d %B, %Y", "%d %b, %Y", "%Y/%m/%d", "%d.%m.%Y",
    "%d %B %Y, %H:%M", "%d %b %Y, %H:%M",
)  # fmt: skip


def _is_flag(prop: Property) -> bool:
    """``published: true`` is a flag, no date."""
    return prop.kind in ("boolean", "null") or prop.meant.lower() in ("true", "false", "")


class DateFormat(Rule):
    """A publication date in none of the accepted formats.

    ## What it does
    Reports a publication date that fits no format of the configuration's `date-formats`, else of
    the preset. Where neither names formats it is silent.

    ## Why it matters
    The newsroom's own systems, and the generator, read dates in the formats that they were set up
    for. What they cannot read is sorted wrongly or left out of the news list.

    ## Fix
    Writes the date in an accepted format, where it has only one reading. Safe.
    """

    code = "DAT001"
    name = "date-format"
    severity = Severity.ERROR
    fix = "safe"
    reads = ("page:published",)
    bad = (
        Example(release({"publish.date": "March 26th 2026"}), also=folded("SCH003")),
        Example(release({"publish.date": "26 March, 2026"}), also=folded("SCH003")),
        Example(post("title: Bridge closed", "date: 26/03/2026"),
                config={"date-formats": ["%Y-%m-%d"]}),
    )  # fmt: skip
    good = (
        Example(release({"publish.date": "Posted at 09:26 on 26th March 2026"})),
        Example(release({"publish.date": "26 Mar 2026 10:59"})),
        Example(post("title: Bridge closed", "date: some day")),
        Example(release({"published": "true"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a date."""
        formats = page.date_formats
        if not formats:
            return
        for prop in page.all("page:published"):
            if _is_flag(prop) or prop.is_blank or dates.read(prop.meant, formats) is not None:
                continue
            written = self._rewritten(prop, formats)
            fix: Fixer | None = None
            if written is not None:
                fix = replacing(page, prop, written, f"Write {written}", safe=True)
            sample = ", ".join(examples(formats))
            yield self.at(
                prop,
                f"The publication date {quoted(prop.meant)} is in none of the accepted formats.",
                help=f"Write {written}." if written else f"Write it like one of: {sample}.",
                fix=fix,
            )

    def _rewritten(self, prop: Property, formats: tuple[str, ...]) -> str | None:
        text = prop.meant
        date = dates.iso_like(text) or dates.read(text, _KNOWN_FORMATS)
        if date is None or date.fault is not None:
            return None
        for one in formats:
            if dates.says_time(one) != (date.hour is not None) or "%z" in one:
                continue
            written = dates.write(date, one)
            again = None if written is None else dates.read(written, formats)
            if again is not None and (again.year, again.month, again.day) == (
                date.year, date.month, date.day
            ):  # fmt: skip
                return written
        return None


_SAMPLE = dates.Date(2026, 3, 26, 9, 26, 0, "+00:00")


def examples(formats: Iterable[str], limit: int = 3) -> list[str]:
    """A sample date in the first of ``formats``, for people who do not read directives."""
    return [w for w in (dates.write(_SAMPLE, one) for one in formats) if w is not None][:limit]


class ImpossibleDate(Rule):
    """A date that no calendar has.

    ## What it does
    Reports dates such as 31 June, 25:00 or month 13, and ISO dates whose fields lack a zero
    (`2024-1-5T10:00`), in every property that holds a date.

    ## Why it matters
    Readers drop the date, or read another one: JavaScript makes 1 March of `2024-02-30`, Ruby
    raises an error, and PyYAML fails on the whole file.
    """

    code = "DAT005"
    name = "impossible-date"
    severity = Severity.ERROR
    bad = (
        Example(release({"publish.date": "31 June 2026"}), also=folded("SCH003")),
        Example(post("title: Bridge closed", "date: 2017-02-29")),
        Example(post("og_title: Bridge closed", "article_modified_time: 2026-03-26T25:00:00Z")),
        Example(post("og_title: Bridge closed", "article_published_time: 2026-3-5T10:00:00Z")),
    )
    good = (
        Example(release({"publish.date": "29 Feb 2024"})),
        Example(post("title: Bridge closed", "date: 2026-3-5")),
        Example(post("og_title: Bridge closed", "article_published_time: '2026-03-26T24:00:00Z'")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a date."""
        for prop in page.properties:
            if not is_date(prop.name) or prop.is_blank or _is_flag(prop):
                continue
            date = prop.date
            if date is None:
                continue
            if date.fault is not None:
                yield self.at(
                    prop,
                    f"{quoted(prop.meant)} is not a date: {date.fault}.",
                    help="Correct the day, the month or the time.",
                )
            elif _is_half_padded(prop):
                written = _padded(date)
                yield self.at(
                    prop,
                    f"{quoted(prop.meant)} lacks a zero: ISO 8601 writes months, days and hours "
                    "with two digits.",
                    help=f"Write {written}.",
                )


def _is_half_padded(prop: Property) -> bool:
    """An ISO date and time, ``T`` between them, with a field of one digit."""
    text = prop.meant
    if "T" not in text or dates.iso(text) is not None:
        return False
    return dates.read(text, prop.origin.date_formats) is None and dates.iso_like(text) is not None


def _padded(date: dates.Date) -> str:
    text = f"{date.year:04}-{date.month:02}-{date.day:02}"
    if date.hour is not None:
        text += f"T{date.hour:02}:{date.minute or 0:02}:{date.second or 0:02}{date.zone or ''}"
    return text


RULES: tuple[type[Rule], ...] = (DateFormat, ImpossibleDate)
