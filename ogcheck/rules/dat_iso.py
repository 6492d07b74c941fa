"""The dates that platforms read: that they are there, in ISO 8601, with their time zone."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, inserting, quoted, replacing, rewriting
from ogcheck.rules.dat_facts import ISO_DATES, first_dates, iso_for_platforms, zoned
from ogcheck.rules.examples import folded, post, release
from ogcheck.rules.looks import is_asked
from ogcheck.rules.page_facts import is_list_page
from ogcheck.values import date_readings, dates, moments

_SAMPLE = "2021-03-26T09:26:00+00:00"


class NotIso8601(Rule):
    """A date for platforms that is not in ISO 8601.

    ## What it does
    Reports dates in article:published_time, article:modified_time, og:updated_time,
    book:release_date and the like that are not written as `2021-03-26T09:26:00+00:00`. The day
    alone is legal, and so are a time without seconds and `24:00`. An offset without its colon
    (`+0100`) is a note; so is a date in a generator's front matter that YAML readers take for a
    date of their own, which the generator writes out in its own way.

    ## Why it matters
    ISO 8601 is the protocol's form (https://ogp.me/#datetime), schema.org's and Pinterest's.
    Readers make what they can of others: of `05/01/2024` JavaScript, and so Signal, makes 1 May
    and Ruby 5 January, of `18 hours ago` Facebook makes an error (Yoast issue 454).

    ## Fix
    Writes the date in ISO 8601 where it has only one reading, with the offset of the
    configuration's `timezone`. Safe.
    """

    code = "DAT002"
    name = "not-iso-8601"
    severity = Severity.ERROR
    fix = "safe"
    reads = ISO_DATES
    bad = (
        Example(release({"article.published.time": "09:26 26/03/2026"}), also=folded("SCH003")),
        Example(post("og_title: Bridge closed", "article_published_time: 18 hours ago")),
        Example(post("og_title: Bridge closed", "article_published_time: 05/01/2024")),
        Example(release({"article.modified.time": "2026-03-27T10:00:00+0100"})),
    )
    good = (
        Example(release({"article.published.time": "2026-03-26"})),
        Example(release({"article.published.time": "2026-03-26T24:00:00+00:00"})),
        Example(release({"article.published.time": "2026-03-26T09:26:00.000Z"})),
        Example(post("title: An album", "og_type: music.album", "music_release_date: '1997'")),
        Example(post("title: Bridge closed", "date: 2026-03-26 09:26:00 -0500")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a date; of an offset without colon, at the offset."""
        for prop in page.named(ISO_DATES):
            text = prop.meant
            if not text or prop.kind == "null":
                continue
            if dates.iso(text) is None:
                if not _is_less_than_a_day(prop):
                    yield self._judge(page, prop, context.timezone)
            elif text[-5] in "+-" and text[-4:].isdigit() and "T" in text:
                yield self._bare_offset(page, prop)

    def _judge(self, page: Page, prop: Property, timezone: str | None) -> Finding:
        text = prop.meant
        found = date_readings.readings(text, dates.day_first(page.date_formats))
        texts = [dates.written_iso(zoned(date, timezone)) for date in found]
        fix = None
        if len(texts) == 1:
            fix = replacing(page, prop, texts[0], f"Write {texts[0]}", safe=True)
        effect = "platforms drop it, or read another day"
        severity = None
        if prop.kind == "timestamp" and not page.preset.full:
            effect = "whether platforms get it so depends on the generator"
            severity = Severity.NOTE
        return self.at(
            prop,
            f"{prop.name} {quoted(text)} is not in ISO 8601: {effect}.",
            severity=severity,
            help=f"Write {texts[0]}."
            if len(texts) == 1
            else f"Write {texts[0]} or {texts[1]}, whichever is meant."
            if texts
            else f"Write the day and the time as in {_SAMPLE}, or the day alone, {_SAMPLE[:10]}.",
            fix=fix,
        )

    def _bare_offset(self, page: Page, prop: Property) -> Finding:
        value = prop.value
        written = f"{prop.meant[-5:-2]}:{prop.meant[-2:]}"
        at = value.rfind(prop.meant[-5:])
        part = (at, at + 5) if at >= 0 else None
        fix = None
        if part is not None:
            fix = rewriting(page, prop, [(*part, written)], f"Write {written}", safe=True)
        return self.at(
            prop,
            f"{prop.name} writes its offset as {prop.meant[-5:]}, which ISO 8601 has only beside a "
            "time that has no colons either.",
            part=part,
            severity=Severity.NOTE,
            help=f"Write {written}.",
            fix=fix,
        )


def _is_less_than_a_day(prop: Property) -> bool:
    """A year, or a year and a month, of a release: ISO 8601 too, and all that is known of many."""
    text = prop.meant
    return (
        prop.name.endswith("release_date")
        and len(text) in (4, 7)
        and dates.iso(f"{text}-01-01"[:10]) is not None
    )


class NoTimeZone(Rule):
    """A time for platforms that does not say its time zone.

    ## What it does
    Notes a time without an offset in article:published_time and the other dates in ISO 8601. A
    day alone needs none. In front matter of which a generator makes the tags it is silent where
    the configuration says the site's `timezone`: the generator adds the offset.

    ## Why it matters
    Google recommends the zone, and else takes that of its own crawler
    (developers.google.com/search/docs/appearance/structured-data/article); JavaScript, and so
    Signal, takes the reader's own: 10:00 in London is shown as 10:00 in New York.

    ## Fix
    With `timezone` configured, adds the offset that it has at that time. Safe; not offered in the
    hour that clocks skip or repeat.
    """

    code = "DAT003"
    name = "no-time-zone"
    severity = Severity.NOTE
    fix = "safe"
    reads = ISO_DATES
    bad = (
        Example(release({"article.published.time": "2026-03-26T09:26:00"})),
        Example(release({"article.published.time": "2026-03-26T09:26"}),
                config={"timezone": "Europe/London"}),
        Example(post("og_title: Bridge closed", "article_published_time: '2026-03-26T09:26:00'")),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(release({"article.published.time": "2026-03-26"})),
        Example(post("og_title: Bridge closed", "article_published_time: '2026-03-26T09:26:00'"),
                config={"timezone": "Europe/London"}),
        Example(post("title: Bridge closed", "date: 2026-03-26T09:26:00")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a date."""
        for prop in page.named(ISO_DATES):
            date = dates.iso(prop.meant)
            if date is None or date.hour is None or date.zone is not None or date.fault is not None:
                continue
            if not page.preset.full and context.timezone is not None:
                continue
            if prop.kind == "timestamp" and _UTC_READERS.issuperset(page.preset.yaml or ("?",)):
                continue  # its generator's reader takes it for UTC, and writes it so
            fix, offset = None, None
            if context.timezone is not None:
                offset = moments.written_offset(date, context.timezone)
            if offset is not None:
                written = prop.meant + offset
                fix = replacing(page, prop, written, f"Add the offset {offset}", safe=True)
            yield self.at(
                prop,
                f"{prop.name} {quoted(prop.meant)} says no time zone: readers take it for their "
                "own, or for UTC.",
                help=f"Write {prop.meant}{offset}, the time in {context.timezone}."
                if offset
                else "Add the offset from UTC that the time is in, such as +00:00.",
                fix=fix,
            )


_UTC_READERS = frozenset({"js-yaml-3", "js-yaml-4", "go-yaml"})
"""YAML readers that take a timestamp without a zone for UTC (https://yaml.org/type/timestamp.html);
PyYAML and Psych leave it without."""


class MissingPublishedTime(Rule):
    """An article that tells platforms no date.

    ## What it does
    Notes a share record of og:type `article` in which no date stands that platforms read:
    article:published_time, or og:published_time.

    ## Why it matters
    Signal, Mastodon and Pinterest show when an article was published, and take it from there
    (link_details_extractor.rb of Mastodon; developers.pinterest.com, rich pins). Old news that is
    shared without its date is taken for new.

    ## Fix
    Adds article:published_time with the publication date that the page has, with the offset of the
    configuration's `timezone`; the day alone where that is not known. Unsafe: the date may be that
    of something else.
    """

    code = "DAT009"
    name = "missing-published-time"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = ("og:type",)
    where = (is_asked,)
    bad = (
        Example(release({"article.published.time": None})),
        Example(release({"article.published.time": None, "publish.date": None})),
    )
    good = (
        Example(release()),
        Example(
            release(
                {"article.published.time": None, "og.published_time": "2026-03-26T09:26:00+00:00"}
            )
        ),
        Example(release({"article.published.time": None, "draft": "true"})),
        Example(release({"article.published.time": None, "og.type": "profile"})),
        Example(post("title: Bridge closed", "og_type: article", "date: 2026-03-26")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the article key, else at that of og."""
        kind = page.written("og:type")
        if kind is None or kind.meant.lower() != "article" or not page.is_asked():
            return
        if any(page.derived(name).state != "absent" for name in _READ_AS_PUBLISHED):
            return
        if any(vocabulary.MISNAMED.get(p.name) in _READ_AS_PUBLISHED for p in page.strays):
            return  # it is there under another name, which OG011 says
        if is_list_page(page):
            return
        own = first_dates(page, ("page:published",))
        fix, written = None, None
        if own:
            written = iso_for_platforms(own[0][1], context.timezone)
            fix = inserting(page, "article:published_time", written,
                            f"Add article:published_time: {written}", safe=False)  # fmt: skip
        yield self.missing(
            page,
            "article:published_time",
            "article:published_time is missing: platforms do not know when the article was "
            "published.",
            help=f"Add article:published_time: {written}."
            if written
            else "Add article:published_time with the date of publication, as in " + _SAMPLE + ".",
            related=[(own[0][0], "the publication date")] if own else [],
            fix=fix,
        )


_READ_AS_PUBLISHED = ("article:published_time", "og:published_time", "ld:datePublished")

RULES: tuple[type[Rule], ...] = (NotIso8601, NoTimeZone, MissingPublishedTime)
