"""Dates against each other, and against the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from datetime import timedelta

from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.dat_facts import MODIFIED, PUBLISHED, first_dates, known_date
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import label
from ogcheck.values import dates, moments
from ogcheck.values.dates import Date
from ogcheck.values.patterns import late

_SAID = (*PUBLISHED, *MODIFIED)


class FutureDate(Rule):
    """A date of publication or change that lies in the future.

    ## What it does
    Reports, once a page, a date of publication or of the last change that no clock on earth shows
    yet: without an offset it is taken for a time in UTC+14, where days begin first. Drafts are left
    alone, and so are dates that are meant to come, such as article:expiration_time.

    A branch of releases that go out tomorrow sets its severity in the configuration, or is checked
    with another `--now`.

    ## Why it matters
    "No future or event date", Google says of a page's dates
    (developers.google.com/search/docs/appearance/publication-dates). A year that was mistyped keeps
    a page on top of every list that is sorted by date.
    """

    code = "DAT006"
    name = "future-date"
    severity = Severity.WARNING
    reads = _SAID
    depends_on = ("clock",)
    bad = (
        Example(release({"publish.date": "09:26 26/03/2962",
                         "article.published.time": "2962-03-26T09:26:00+00:00"})),
        Example(post("title: Bridge closed", "date: 2962-03-26")),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post("title: Bridge closed", "date: 2962-03-26", "draft: true")),
        Example(release({"article.expiration.time": "2962-03-26T09:26:00+00:00"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first such date; the others are related."""
        if page.exempt is not None:
            return
        near = self._near(page, context)
        now = moments.of(context.now) if near else 0
        late = [prop for prop, date in near if moments.window(date, None).first > now]
        if not late:
            return
        first, *others = late
        yield self.at(
            first,
            f"{label(first.name)} {quoted(first.meant)} lies in the future.",
            help="Correct the date, or publish the page when it has come.",
            related=[(other, "this one too") for other in others],
        )

    def lasts(self, page: Page, context: Context) -> bool:
        """Where every date is past: time only adds to it."""
        return page.exempt is not None or not self._near(page, context)

    def _near(self, page: Page, context: Context) -> list[tuple[Property, Date]]:
        """The dates that may lie in the future."""
        yesterday = context.now - _ONE_DAY  # where some zones still are
        earliest = (yesterday.year, yesterday.month, yesterday.day)
        return [found for found in first_dates(page, _SAID) if found[1][:3] >= earliest]


_ONE_DAY = timedelta(days=1)


@frozen
class Scheduling:
    """How long before they go out pages are written."""

    scheduled_days: int = field(
        default=14,
        metadata={
            "doc": "How many days before its publication a page may have been changed last: "
            "scheduled posts are."
        },
    )


_APART = 3
"""Dates of one day are less than so many days apart, whatever their zones."""


class ModifiedBeforePublished(Rule):
    """A page that was changed last before it was published.

    ## What it does
    Notes a date of the last change that lies before every date of publication that the page has,
    time zones considered, and further before it than posts are scheduled ahead.

    ## Why it matters
    Search engines and feeds take the later of the two for news. One of them is a leftover, of the
    page that this one was copied from, or of a system that was moved. Posts that were scheduled
    have such dates rightly, a few days apart: on saved pages every tenth pair was in this order.
    """

    code = "DAT007"
    name = "modified-before-published"
    severity = Severity.NOTE
    reads = MODIFIED
    Options = Scheduling
    bad = (
        Example(release({"article.modified.time": "2025-03-26T09:26:00+00:00"})),
        Example(post("title: Bridge closed", "date: 2026-03-26", "lastmod: 2024-01-05")),
    )
    good = (
        Example(release({"article.modified.time": "2026-03-26T09:30:00+00:00"})),
        Example(release({"article.modified.time": "2026-03-24T16:00:00+00:00"})),
        Example(post("title: Bridge closed", "date: 2026-03-26", "lastmod: 2026-03-25")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a page, at the first such date."""
        published = first_dates(page, PUBLISHED)
        if not published:
            return
        modified = first_dates(page, MODIFIED)
        if self.options.scheduled_days >= _APART:
            first_day = min(date[:3] for _, date in published)
            if all(date[:3] >= first_day for _, date in modified):
                return  # as on nearly all pages; no zones are that far apart
        prop, _ = min(published, key=lambda p: moments.window(p[1], context.timezone).first)
        start = min(moments.window(date, context.timezone).first for _, date in published)
        start -= self.options.scheduled_days * moments.DAY
        early = [
            other for other, date in modified if moments.window(date, context.timezone).last < start
        ]
        if not early:
            return
        first, *others = early
        yield self.at(
            first,
            f"{label(first.name)} {quoted(first.meant)} lies before the publication, "
            f"{quoted(prop.meant)}.",
            help="Correct the date that is wrong.",
            related=[(prop, "published"), *((one, "this one too") for one in others)],
        )


_NAMED_DAY = late(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)


class DatesDisagree(Rule):
    """The dates of publication name different days.

    ## What it does
    Compares the page's publication date with article:published_time and the other dates of
    publication. Days that differ because of the time zone are one day: without the configuration's
    `timezone` any zone may explain it, with it only that one. A day in the file's name that is
    later than the publication date is a note; an earlier one is when somebody began to write.

    ## Why it matters
    The date on the page, in its markup and on its card should agree
    (developers.google.com/search/docs/appearance/publication-dates). Where they do not, one of
    them is a leftover or has day and month swapped, and readers take news for old or old for news.
    """

    code = "DAT008"
    name = "dates-disagree"
    severity = Severity.WARNING
    reads = PUBLISHED
    bad = (
        Example(release({"article.published.time": "2026-03-16T09:26:00+00:00"})),
        Example(release({"publish.date": "09:26 03/04/2026",
                         "article.published.time": "2026-03-04T09:26:00+00:00"})),
        Example(post("title: Bridge closed", "date: 2026-03-26"), "posts/2026-04-02-bridge.md"),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(release({"publish.date": "26/03/2026",
                         "article.published.time": "2026-03-25T23:30:00+00:00"})),
        Example(release({"publish.date": "26/06/2025",
                         "article.published.time": "2025-06-25T23:30:00+00:00"}),
                config={"timezone": "Europe/London"}),
        Example(post("title: Bridge closed", "date: 2026-03-26"), "posts/2026-03-20-bridge.md"),
        Example(post("title: Bridge closed", "date: 2026-03-26 00:30:00 +0200"),
                "posts/2026-03-26-bridge.md"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first date that differs; the others are related."""
        found = first_dates(page, PUBLISHED)
        if not found:
            return
        prop, date = found[0]
        zone = context.timezone
        others = [(p, d) for p, d in found[1:] if not moments.on_one_day(date, d, zone)]
        if others:
            other, other_date = others[0]
            yield self.at(
                other,
                f"{other.name} says {_day(other_date)}, and {_plain(prop)} {_day(date)}.",
                help="Write the same day in both, the one on which the page went out.",
                related=[(prop, f"{_day(date)} here"),
                         *((p, f"{_day(d)} here") for p, d in others[1:])],
            )  # fmt: skip
            return
        named = _named_day(page.source.path)
        if named is None or named[:3] <= date[:3] or moments.on_one_day(date, named, zone):
            return
        yield self.at(
            prop,
            f"{label(prop.name)} is {_day(date)}, and the file's name says {_day(named)}.",
            severity=Severity.NOTE,
            help="Correct the date, or rename the file.",
        )


def _plain(prop: Property) -> str:
    """How messages call a property within a sentence."""
    return "the publication date" if prop.name == "page:published" else prop.name


def _day(date: Date) -> str:
    return f"{date.day} {dates.MONTHS[date.month - 1]} {date.year}"


def _named_day(path: str) -> Date | None:
    """The day that the file's name begins with, or, of an ``index`` file, its folder's name."""
    if "-" not in path:
        return None
    *folders, name = path.split("/")
    if name.startswith("index.") and folders:
        name = folders[-1]
    match = _NAMED_DAY.match(name)
    date = None if match is None else dates.iso(match.group())
    return date if date is not None and date.fault is None else None


@frozen
class SampleDates:
    """Dates that nobody meant."""

    sample_dates: tuple[str, ...] = field(
        default=("2020-09-15T11:30:03+00:00",),
        metadata={"doc": "Dates in ISO 8601 that themes show in their examples."},
    )


class SampleDate(Rule):
    """A date that a program or a theme wrote where nobody gave one.

    ## What it does
    Reports, once a page, a date of publication or change that is the beginning of 1970, a day of
    the year 1, or the date in a theme's example.

    ## Why it matters
    They are how programs write "no date": Unix counts from 1970 (POSIX, "seconds since
    the epoch"), Go and .NET from the year 1.
    `2020-09-15T11:30:03+00:00` stands in the example of Hugo's theme PaperMod, and on posts of any
    year. The card then dates the page wrongly.
    """

    code = "DAT010"
    name = "sample-date"
    severity = Severity.WARNING
    reads = _SAID
    Options = SampleDates
    bad = (
        Example(post("title: Bridge closed", "date: 2020-09-15T11:30:03+00:00")),
        Example(post("title: Bridge closed", "date: 0001-01-01T00:00:00Z")),
        Example(release({"article.published.time": "1970-01-01T00:00:00+00:00"})),
    )
    good = (
        Example(release()),
        Example(post("title: Bridge closed", "date: 2020-09-15")),
        Example(post("title: The bridge in 1970", "date: 1970-01-02")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first such date; the others are related."""
        samples = self.options.sample_dates
        found: list[tuple[Property, str]] = []
        for prop in page.named(_SAID):
            date = known_date(prop)
            if date is None:
                continue
            if date.year == 1:
                found.append((prop, "a program's way to write that it has no date"))
            elif date.year < 1971 and _is_epoch(date):
                found.append((prop, "where Unix begins to count: a program had no date"))
            elif prop.meant in samples:
                found.append((prop, "the date of a theme's example"))
        if not found:
            return
        (first, why), *others = found
        yield self.at(
            first,
            f"{label(first.name)} {quoted(first.meant)} is {why}.",
            help="Write the date on which the page was published."
            if first.name in PUBLISHED
            else "Write the date of the last change, or leave it out.",
            related=[(other, "this one too") for other, _ in others],
        )


def _is_epoch(date: Date) -> bool:
    """The first day of 1970, or its first second in another zone."""
    if date[:3] == (1970, 1, 1):
        return True
    shift = moments.offset(date, None)
    return shift is not None and moments.clock(date) - shift == _EPOCH


_EPOCH = moments.clock(Date(1970, 1, 1))


class TimesAZoneApart(Rule):
    """Two times of publication that differ by a time zone.

    ## What it does
    Notes times of publication that show the same clock with another offset, or that are exactly
    whole hours apart, up to 14. A time without an offset is in the configuration's `timezone`, or
    is not compared.

    ## Why it matters
    One program wrote local time and called it UTC, or the other way round (Yoast issues 2152 and
    3126). The card shows the page as hours older or newer than it is.
    """

    code = "DAT011"
    name = "times-a-zone-apart"
    severity = Severity.NOTE
    reads = PUBLISHED
    bad = (
        Example(release({"publish.date": "09:26 26/06/2025",
                         "article.published.time": "2025-06-26T09:26:00+00:00"}),
                config={"timezone": "Europe/London"}),
        Example(release({"publish.date": "2026-03-26T09:26:00+00:00",
                         "article.published.time": "2026-03-26T08:26:00+00:00"})),
    )  # fmt: skip
    good = (
        Example(release({"publish.date": "09:26 26/06/2025",
                         "article.published.time": "2025-06-26T08:26:00+00:00"}),
                config={"timezone": "Europe/London"}),
        Example(release({"publish.date": "10:26 26/03/2026"})),
        Example(release({"publish.date": "2026-03-26T09:26:00+00:00",
                         "article.published.time": "2026-03-26T08:20:00+00:00"})),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a page, at the first time that differs."""
        found = first_dates(page, PUBLISHED)
        if len(found) < 2:
            return
        prop, date = found[0]
        for other, other_date in found[1:]:
            seconds = moments.apart(date, other_date, context.timezone)
            if seconds is None:
                continue
            yield self.at(
                other,
                f"{other.name} and {_plain(prop)} are {_hours(seconds)} apart: one of them is in "
                "another time zone than it says.",
                help="Write one moment in both, each with the offset of its clock.",
                related=[(prop, f"{_hours(seconds)} from the other")],
            )
            return


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    words = f"{hours} hour{'s' * (hours != 1)}" if hours else ""
    rest = f"{minutes} minutes" if minutes else ""
    return " and ".join(filter(None, (words, rest)))


RULES: tuple[type[Rule], ...] = (
    FutureDate,
    ModifiedBeforePublished,
    DatesDisagree,
    SampleDate,
    TimesAZoneApart,
)
