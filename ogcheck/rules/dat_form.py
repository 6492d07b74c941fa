"""One date of the page itself: whether it is possible, and in a form that its readers accept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Fixer, Rule, quoted, replacing
from ogcheck.rules.dat_facts import DATES, OWN_DATES, PUBLISHED, is_flag, known_date
from ogcheck.rules.examples import folded, post, release
from ogcheck.rules.page_facts import label
from ogcheck.values import date_readings, dates, moments
from ogcheck.values.dates import Date
from ogcheck.values.patterns import late


class DateFormat(Rule):
    """A publication date in none of the accepted formats.

    ## What it does
    Reports a publication date that fits no format of the configuration's `date-formats`, else of
    the preset. Where neither names formats it is silent.

    ## Why it matters
    The newsroom's own systems, and the generator, read dates in the formats that they were set up
    for. What they cannot read is sorted wrongly or left out of the news list.

    ## Fix
    Writes the date in the accepted format that is most like it, where it has only one reading.
    Safe.
    """

    code = "DAT001"
    name = "date-format"
    severity = Severity.ERROR
    fix = "safe"
    reads = ("page:published",)
    bad = (
        Example(release({"publish.date": "March 26th 2026"}), also=folded("SCH003")),
        Example(release({"publish.date": "9.26am 26/03/2026"}), also=folded("SCH003")),
        Example(release({"publish.date": "12:30"}), also=folded("SCH002")),
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
            if is_flag(prop) or dates.read(prop.meant, formats) is not None:
                continue
            written = _rewritten(prop, formats, context.timezone)
            fix: Fixer | None = None
            if written is not None:
                fix = replacing(page, prop, written, f"Write {written}", safe=True)
            yield self.at(
                prop,
                f"The publication date {quoted(prop.meant)} is in none of the accepted formats.",
                help=f"Write {written}."
                if written
                else f"Write it like one of: {', '.join(dates.samples(formats))}.",
                fix=fix,
            )


def _rewritten(prop: Property, formats: tuple[str, ...], timezone: str | None) -> str | None:
    """The date in the format that is most like what is written; None where it is not certain."""
    date = date_readings.reading(prop.meant, dates.day_first(formats))
    if date is None:
        return None
    for one in sorted(formats, key=lambda f: _unlikeness(prop.meant, f)):
        told: Date | None = date
        if "%z" not in one and date.zone is not None:  # the site's clock, if it is known
            told = None if timezone is None else moments.in_zone(date, timezone)
        if told is None or dates.says_time(one) != (told.hour is not None):
            continue
        written = dates.write(told, one)
        again = None if written is None else dates.read(written, formats)
        if again is not None and again[:4] == told[:4]:
            return written
    return None


_MONTH = late(rf"\b(?:({'|'.join(dates.MONTHS)})|(?:{'|'.join(m[:3] for m in dates.MONTHS)}))",
              re.IGNORECASE)  # fmt: skip
_ORDINAL = late(r"\d(?:st|nd|rd|th)\b", re.IGNORECASE)
_SECONDS = late(r":\d\d:\d\d")


def _unlikeness(text: str, date_format: str) -> tuple[bool, ...]:
    """In what a format is unlike what is written, the worst first."""
    month = _MONTH.search(text)
    is_word, is_whole = month is not None, month is not None and month[1] is not None
    return (
        is_word != ("%B" in date_format or "%b" in date_format),
        (_ORDINAL.search(text) is not None) != ("%o" in date_format),
        ("osted" in text) != ("osted" in date_format),
        is_whole != ("%B" in date_format),
        (_SECONDS.search(text) is not None) != ("%S" in date_format),
    )


_TWO_NUMBERS = late(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)", re.ASCII)


class AmbiguousDate(Rule):
    """A date of which nobody knows which number is the month.

    ## What it does
    Reports `05/01/2024` in a date of the page, where both numbers can be the month and neither the
    preset nor the configuration's `date-formats` says which is.

    ## Why it matters
    JavaScript reads `05/01/2024` as 1 May, Ruby as 5 January (node 20 and Ruby 3.1, tried); both
    are right somewhere. The page is sorted into another month than it was written in.
    """

    code = "DAT004"
    name = "ambiguous-date"
    severity = Severity.WARNING
    reads = OWN_DATES
    bad = (
        Example(post("title: Bridge closed", "date: 05/01/2024")),
        Example(post("title: Bridge closed", "date: 05/01/2024"),
                config={"date-formats": ["%Y-%m-%d"]}),
    )  # fmt: skip
    good = (
        Example(post("title: Bridge closed", "date: 26/01/2024")),
        Example(post("title: Bridge closed", "date: 05/05/2024")),
        Example(post("title: Bridge closed", "date: 05.01.2024")),
        Example(
            post("title: Bridge closed", "date: 05/01/2024"), config={"date-formats": ["%d/%m/%Y"]}
        ),
        Example(release({"publish.date": "05/01/2024", "article.published.time": "2024-01-05"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a date, at its numbers."""
        for prop in page.named(OWN_DATES):
            match = _TWO_NUMBERS.search(prop.value)
            if match is None or dates.day_first(page.date_formats) is not None:
                continue
            found = date_readings.readings(prop.meant)
            if len(found) < 2 or dates.read(prop.meant, page.date_formats) is not None:
                continue
            known = _told_elsewhere(page, found)
            days = [f"{d.day} {dates.MONTHS[d.month - 1]}" for d in found]
            texts = [dates.written_iso(d) for d in found]
            accepted = bool(page.date_formats) and prop.name == "page:published"
            yield self.at(
                prop,
                f"{label(prop.name)} {quoted(prop.meant)} is {days[0]} to some readers and "
                f"{days[1]} to others"
                + (", and in none of the accepted formats." if accepted else "."),
                part=match.span(),
                severity=Severity.ERROR if accepted else None,
                help=f"Write {known}."
                if known
                else f"Write {texts[0]} or {texts[1]}, whichever is meant.",
            )


def _told_elsewhere(page: Page, found: tuple[Date, ...]) -> str | None:
    """Which of the readings is the day that another date of the page says, in ISO 8601."""
    days = {
        date[:3]
        for other in page.named(PUBLISHED)
        if other.date is not None and (date := known_date(other)) is not None
    }
    fitting = [date for date in found if date[:3] in days]
    return dates.written_iso(fitting[0]) if len(fitting) == 1 else None


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
    reads = DATES
    bad = (
        Example(release({"publish.date": "31 June 2026"}), also=folded("SCH003")),
        Example(post("title: Bridge closed", "date: 2017-02-29")),
        Example(post("og_title: Bridge closed", "article_modified_time: 2026-03-26T25:00:00Z")),
        Example(post("og_title: Bridge closed", "article_published_time: 2026-3-5T10:00:00Z")),
    )
    good = (
        Example(release({"publish.date": "29 Feb 2024", "article.published.time": "2024-02-29"})),
        Example(post("title: Bridge closed", "date: 2026-3-5")),
        Example(post("og_title: Bridge closed", "article_published_time: '2026-03-26T24:00:00Z'")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a date."""
        for prop in page.named(DATES):
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
                yield self.at(
                    prop,
                    f"{quoted(prop.meant)} lacks a zero: ISO 8601 writes months, days and hours "
                    "with two digits.",
                    help=f"Write {dates.written_iso(date)}.",
                )


def _is_half_padded(prop: Property) -> bool:
    """An ISO date and time, ``T`` between them, with a field of one digit."""
    text = prop.meant
    if "T" not in text or dates.iso(text) is not None:
        return False
    if dates.read(text, prop.origin.date_formats) is not None:
        return False
    return dates.iso_like(text) is not None and _ONE_DIGIT.search(text) is not None


_ONE_DIGIT = late(r"(?<![\d.,])\d(?!\d)")

RULES: tuple[type[Rule], ...] = (DateFormat, AmbiguousDate, ImpossibleDate)
