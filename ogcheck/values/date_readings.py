"""Dates as people and programs write them, in whatever form: which day and time each can mean.

A rule that would write a date in another form must know that the text has one reading only.
``26th of March 2021`` and ``9.26am 26/03/2021`` have one; ``05/01/2024`` has two, of which
JavaScript takes the one and Ruby the other. Names are English; a year has four digits; zones other
than GMT, UTC and offsets are not known, since BST and IST mean several.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ogcheck.values import dates
from ogcheck.values.dates import Date
from ogcheck.values.patterns import late

_DAY_NAME = "(?:(?P<dayname>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})[.,]* )?"
_MONTH = rf"(?P<monthname>{'|'.join([*dates.MONTHS, *(m[:3] for m in dates.MONTHS), 'Sept'])})\.?"
_DAY = r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_NAMED = (
    rf"{_DAY_NAME}{_DAY}(?: of)?[ -]*{_MONTH}[ ,-]*{_YEAR}",
    rf"{_DAY_NAME}{_MONTH}[ -]?{_DAY},? {_YEAR}",
)

_YEAR_FIRST = r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_NUMBERS = late(
    rf"{_DAY_NAME}(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<other>\d{{1,2}})(?P=mark){_YEAR}",
    re.ASCII | re.IGNORECASE,
)
# Go's time.String writes the offset twice, or a zone's letters behind it; JavaScript's toString
# puts GMT before it and a name behind.
_ZONE = r"(?P<zone>Z|(?:GMT|UTC)?[+-]\d{2}:?\d{2}(?: (?:[+-]\d{4}|[A-Z]{3,5}|\(.*\)))?|GMT|UTC)"
_CLOCK = late(
    r"(?<![\d.:/-])(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})"
    rf"(?:[.,](?P<fraction>\d+))?)?(?: ?(?P<half>[ap]\.?m\b\.?))?(?: ?{_ZONE})?(?![\w.:/]?\d)"
    r"|(?P<hour12>\d{1,2}) ?(?P<only>[ap]\.?m\b\.?))",
    re.ASCII | re.IGNORECASE,
)
_WORDS = late(r"\b(?:posted|published|updated|issued|released|date|at|on|the)\b:?",
                    re.IGNORECASE)  # fmt: skip
_COMPACT = late(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_LONGEST = 80
_THIS_AGE = range(946_684_800, 4_102_444_800)
"""The seconds since 1970 that fall in the years 2000 to 2099."""


@lru_cache(maxsize=512)
def readings(text: str, day_first: bool | None = None) -> tuple[Date, ...]:
    """The possible dates that ``text`` can be read as: none, one, or two, the day first before.

    ``day_first`` settles which of two numbers is the day.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST or not any("0" <= c <= "9" for c in text):
        return ()
    like = dates.iso_like(text)
    if like is None and (match := _COMPACT.fullmatch(text)) is not None:
        like = dates.build(match.groupdict())
    if like is not None and like.fault is None:
        return (like,)
    if text.isdecimal():
        return _since_1970(text)
    clock = _CLOCK.search(text)
    said: dict[str, str | None] = {}
    if clock is not None:
        said = _clock(clock)
        text = f"{text[: clock.start()]} {text[clock.end() :]}"
    text = " ".join(_WORDS.sub(" ", text).split()).strip(" ,;|@-")
    found = [date for date in _days(text, said, day_first) if date.fault is None]
    return tuple(dict.fromkeys(found))


def reading(text: str, day_first: bool | None = None) -> Date | None:
    """The one possible date that ``text`` can be read as; None if there is none, or are two."""
    found = readings(text, day_first)
    return found[0] if len(found) == 1 else None


def _days(text: str, clock: dict[str, str | None], day_first: bool | None) -> list[Date]:
    match = _NUMBERS.fullmatch(text)
    if match is None:
        named = next((m for p in _patterns() if (m := p.fullmatch(text)) is not None), None)
        return [] if named is None else [dates.build({**named.groupdict(), **clock})]
    if match["mark"] == ".":  # only the day stands first where dots stand between
        day_first = True if day_first is None else day_first
    orders = (True, False) if day_first is None else (day_first,)
    shared = {"year": match["year"], "dayname": match["dayname"], **clock}
    return [
        dates.build({**shared, "day": match["one" if first else "other"],
                     "month": match["other" if first else "one"]})
        for first in orders
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.ASCII | re.IGNORECASE) for one in (*_NAMED, _YEAR_FIRST))


def _clock(match: re.Match[str]) -> dict[str, str | None]:
    """The groups of a time, by the names of the directives."""
    said = match.groupdict()
    half = said.pop("only") or said["half"]
    said["half"] = half
    if half and said["hour12"] is None:
        said["hour12"], said["hour"] = said["hour"], None
    elif said["hour12"] is not None:
        said["minute"] = "00"
    zone = said["zone"]
    if zone is not None:
        bare = zone.upper().removeprefix("GMT").removeprefix("UTC")
        said["zone"] = bare.split()[0] if bare else "Z"
    return said


def _since_1970(text: str) -> tuple[Date, ...]:
    """Seconds, or milliseconds, since 1970, in this century."""
    from datetime import UTC, datetime

    if len(text) not in (10, 13):
        return ()
    seconds = int(text[:10])
    if seconds not in _THIS_AGE:
        return ()
    day = datetime.fromtimestamp(seconds, UTC)
    return (Date(day.year, day.month, day.day, day.hour, day.minute, day.second, "Z"),)
