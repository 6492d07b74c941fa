"""When a date is: two of them compared across time zones, of which most dates do not tell theirs.

A moment is counted in seconds from the beginning of the year 1, in UTC. What a date says is a span
of them: a day is as long as it is, a clock without seconds a minute, and a date whose zone nobody
knows may be in any of those that are in use, from UTC-12 to UTC+14 (the IANA time zone database).
"""

from __future__ import annotations

from datetime import date as day
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ogcheck.values import dates
from ogcheck.values.dates import Date

HOUR = 3600
DAY = 24 * HOUR
EAST, WEST = 14 * HOUR, 12 * HOUR


class Window(NamedTuple):
    """The moments that a date can mean, both included."""

    first: int
    last: int

    def meets(self, other: Window) -> bool:
        """Whether both can mean one moment."""
        return self.first <= other.last and other.first <= self.last


def of(moment: datetime) -> int:
    """A moment of Python's, which has a zone."""
    offset = moment.utcoffset() or timedelta()
    clock = moment.toordinal() * DAY + moment.hour * HOUR + moment.minute * 60 + moment.second
    return clock - int(offset.total_seconds())


def clock(date: Date) -> int:
    """What calendar and clock say, as seconds; the beginning of the day where no time is said."""
    at = day(date.year, date.month, date.day).toordinal() * DAY
    return at + (date.hour or 0) * HOUR + (date.minute or 0) * 60 + min(date.second or 0, 59)


def offset(date: Date, timezone: str | None) -> int | None:
    """By how many seconds the date's clock is before UTC's; None where nobody knows.

    ``timezone`` is the IANA name of the zone that a date without an offset is in. Where its clock
    says a time twice, the first is taken.
    """
    if date.hour is not None and date.zone is not None:
        if date.zone in ("Z", "z"):
            return 0
        hours, minutes = dates.zone_parts(date.zone)
        return (hours * 60 + minutes) * (-60 if date.zone[0] == "-" else 60)
    return None if timezone is None else _offset(clock(date), timezone, 0)


def written_offset(date: Date, timezone: str) -> str | None:
    """The offset that ``timezone`` has at the date, as ``+01:00``.

    None in the hour that its clock skips or repeats when summer time begins or ends.
    """
    first, second = (_offset(clock(date), timezone, fold) for fold in (0, 1))
    if first != second:
        return None
    minutes = abs(first) // 60
    return f"{'-' if first < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def in_zone(date: Date, timezone: str) -> Date | None:
    """The date on the clock of ``timezone``, for one that tells its offset; None beyond year 1."""
    from zoneinfo import ZoneInfo

    shift = offset(date, None)
    if shift is None:
        return date
    try:
        utc = datetime(1, 1, 1) + timedelta(seconds=clock(date) - shift - DAY)  # noqa: DTZ001
        local = utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(timezone))
    except (OverflowError, ValueError):
        return None
    return date._replace(year=local.year, month=local.month, day=local.day, hour=local.hour,
                         minute=local.minute, zone=None)  # fmt: skip


@lru_cache(maxsize=512)
def _offset(at: int, timezone: str, fold: int) -> int:
    from zoneinfo import ZoneInfo

    # The first and last days of the calendar have no neighbours to be converted to.
    at = min(max(at, 2 * DAY), 3_652_000 * DAY)
    local = datetime(1, 1, 1) + timedelta(seconds=at - DAY)  # noqa: DTZ001
    found = local.replace(tzinfo=ZoneInfo(timezone), fold=fold).utcoffset()
    return int((found or timedelta()).total_seconds())


def window(date: Date, timezone: str | None) -> Window:
    """The moments that ``date`` can mean."""
    shown, shift = _shown(date), offset(date, timezone)
    if shift is None:
        return Window(shown.first - EAST, shown.last + WEST)
    return Window(shown.first - shift, shown.last - shift)


def _shown(date: Date) -> Window:
    """From when to when calendar and clock show the date."""
    at = clock(date)
    return Window(at, at + (DAY if date.hour is None else 60 if date.second is None else 1) - 1)


def on_one_day(one: Date, other: Date, timezone: str | None) -> bool:
    """Whether both dates can be on one day: they say so, or their zones explain that they do not.

    Times that are whole hours apart, at most as many as zones are, are one time of which one is in
    the wrong zone.
    """
    if (one.year, one.month, one.day) == (other.year, other.month, other.day):
        return True
    if one.hour is None and other.hour is None:
        return False
    if offset(one, timezone) is None and offset(other, timezone) is None:
        # Two clocks of which nobody knows the zone: one of them may be UTC's.
        first, second = _shown(one), _shown(other)
        return Window(first.first - EAST, first.last + EAST).meets(second)
    if window(one, timezone).meets(window(other, timezone)):
        return True
    return apart(one, other, timezone) is not None


def apart(one: Date, other: Date, timezone: str | None) -> int | None:
    """How many seconds apart two times are that look like one time in two zones; else None.

    They show the same clock, or are whole hours apart.
    """
    if one.hour is None or other.hour is None:
        return None
    first, second = offset(one, timezone), offset(other, timezone)
    if first is None or second is None:
        return None
    seconds = one.second is not None and other.second is not None
    clocks = [clock(d) if seconds else clock(d) // 60 * 60 for d in (one, other)]
    difference = abs((clocks[0] - first) - (clocks[1] - second))
    if not 0 < difference <= EAST:
        return None
    return difference if clocks[0] == clocks[1] or difference % HOUR == 0 else None
