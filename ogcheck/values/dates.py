"""Dates: ISO 8601 as the Open Graph protocol and RFC 3339 mean it, and the formats of a newsroom.

Formats are given as ``strptime`` directives (https://docs.python.org/3/library/datetime.html) plus
``%o`` for an ordinal day (``23rd``). Names of months and days are English whatever the locale, and
the text is matched as a whole, letter case aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ogcheck.values.patterns import late

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
# A field's pattern allows one digit too many or too few values: what is out of range is an
# impossible date, not another format.
_DIRECTIVES = {
    "d": r"(?P<day>\d{1,2})",
    "e": r"(?P<day>\d{1,2})",
    "o": r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)",
    "m": r"(?P<month>\d{1,2})",
    "B": rf"(?P<monthname>{'|'.join([*MONTHS])})",
    "b": rf"(?P<monthname>{'|'.join([*(m[:3] for m in MONTHS), 'Sept'])})",
    "Y": r"(?P<year>\d{4})",
    "y": r"(?P<shortyear>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "I": r"(?P<hour12>\d{1,2})",
    "M": r"(?P<minute>\d{2})",
    "S": r"(?P<second>\d{2})",
    "f": r"(?P<fraction>\d{1,9})",
    "p": r"(?P<half>[ap]\.?m\.?)",
    "A": rf"(?P<dayname>{'|'.join(DAYS)})",
    "a": rf"(?P<dayname>{'|'.join(d[:3] for d in DAYS)})",
    "z": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
    "%": "%",
}
DIRECTIVES = frozenset(_DIRECTIVES)
"""The letters that may follow ``%`` in a date format."""

ISO_DATETIME = late(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})"
    r"(?:[.,](?P<fraction>\d+))?)?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
# What is meant as an ISO date, however badly padded or joined.
_ISO_LIKE = late(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})"
    r"(?:[.,](?P<fraction>\d+))?)?\s*(?P<zone>[Zz]|[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.ASCII,
)


class Date(NamedTuple):
    """What a text says of a day and a time; what it does not say is None."""

    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    """As written: ``Z``, ``+01:00``."""
    fault: str | None = None
    """Why there is no such date or time, in words; None for a possible one."""


@lru_cache(maxsize=512)
def read(text: str, formats: tuple[str, ...]) -> Date | None:
    """The date that ``text`` is in the first of ``formats`` that it has the shape of.

    A text that has a format's shape and names an impossible day or time is a :class:`Date` with a
    ``fault``; the fault of the first format counts, unless a later one reads the text well.
    Returns None where no format fits. Raises ``ValueError`` for a format that is none.
    """
    faulty: Date | None = None
    for one in formats:
        match = pattern(one).fullmatch(text)
        if match is None:
            continue
        date = build(match.groupdict())
        if date.fault is None:
            return date
        faulty = faulty or date
    return faulty


@lru_cache(maxsize=512)
def iso(text: str) -> Date | None:
    """``text`` as ISO 8601 with an optional time (ogp.me's DateTime), strictly; None if it is not.

    ``2024-01-05``, ``2024-01-05T10:00Z``, ``2024-01-05T24:00:00+01:00`` are; a space, one-digit
    fields, week dates and the basic form are not. An impossible date has a ``fault``.
    """
    match = ISO_DATETIME.fullmatch(text)
    return None if match is None else build(match.groupdict())


@lru_cache(maxsize=512)
def iso_like(text: str) -> Date | None:
    """``text`` as what is meant as an ISO date: also with a space, or fields that lack a zero."""
    match = _ISO_LIKE.fullmatch(text)
    return None if match is None else build(match.groupdict())


@lru_cache(maxsize=128)
def pattern(date_format: str) -> re.Pattern[str]:
    """The regular expression of a format. Raises ``ValueError`` for one that is none."""
    out: list[str] = []
    seen: set[str] = set()
    position = 0
    while position < len(date_format):
        character = date_format[position]
        position += 1
        if character == "%":
            letter = date_format[position : position + 1]
            position += 1
            if letter == "-":  # "%-d": what strftime writes without its zero
                letter = date_format[position : position + 1]
                position += 1
            if letter not in _DIRECTIVES:
                raise ValueError(f"%{letter} is not a date directive")
            piece = _DIRECTIVES[letter]
            names = re.findall(r"\?P<(\w+)>", piece)
            if seen.intersection(names):
                raise ValueError(f"%{letter} says again what a directive before it says")
            seen.update(names)
            out.append(piece)
        elif character.isspace():
            if not out or out[-1] != r"\s+":
                out.append(r"\s+")
        else:
            out.append(re.escape(character))
    if not seen & {"year", "shortyear"} or "day" not in seen or not seen & {"month", "monthname"}:
        raise ValueError("it must say the day, the month and the year")
    return late("".join(out), re.IGNORECASE | re.ASCII)


def write(date: Date, date_format: str) -> str | None:
    """``date`` written in ``date_format``; None where the format asks for what it does not say."""
    hour, minute = date.hour, date.minute
    values: dict[str, str | None] = {
        "d": f"{date.day:02}",
        "e": str(date.day),
        "o": f"{date.day}{ordinal(date.day)}",
        "m": f"{date.month:02}",
        "B": MONTHS[date.month - 1],
        "b": MONTHS[date.month - 1][:3],
        "Y": f"{date.year:04}",
        "y": f"{date.year % 100:02}",
        "H": None if hour is None else f"{hour:02}",
        "I": None if hour is None else f"{(hour - 1) % 12 + 1:02}",
        "M": None if minute is None else f"{minute:02}",
        "S": None if date.second is None else f"{date.second:02}",
        "f": None,
        "p": None if hour is None else "AM" if hour < 12 else "PM",
        "A": DAYS[weekday(date)],
        "a": DAYS[weekday(date)][:3],
        "z": date.zone,
        "%": "%",
    }
    parts: list[str] = []
    for match in re.finditer(r"%-?(.)|([^%]+)", date_format):
        piece = match[2] if match[2] is not None else values[match[1]]
        if piece is None:
            return None
        parts.append(piece)
    return "".join(parts)


def written_iso(date: Date) -> str:
    """``date`` in ISO 8601: the day, and the time with its offset where they are said.

    ``+0100`` and ``+1`` are written ``+01:00``; a time has its seconds.
    """
    text = f"{date.year:04}-{date.month:02}-{date.day:02}"
    if date.hour is None:
        return text
    zone = date.zone or ""
    if zone and zone not in ("Z", "z"):
        hours, minutes = zone_parts(zone)
        zone = f"{zone[0]}{hours:02}:{minutes:02}"
    return f"{text}T{date.hour:02}:{date.minute or 0:02}:{date.second or 0:02}{zone.upper()}"


def zone_parts(zone: str) -> tuple[int, int]:
    """The hours and minutes of a written offset, without its sign: ``-0530`` is 5 and 30."""
    digits = zone[1:].replace(":", "")
    return (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))


@lru_cache(maxsize=64)
def day_first(formats: tuple[str, ...]) -> bool | None:
    """Whether ``formats`` write the day before the month in numbers; None where nothing says so.

    A year in front says nothing: everybody reads ``2024/01/05`` alike.
    """
    orders = set()
    for one in formats:
        letters = re.findall(r"%-?([deomYy])", one)
        if letters and letters[0] not in "Yy" and "m" in letters and len(letters) == 3:
            orders.add(letters[0] != "m")
    return orders.pop() if len(orders) == 1 else None


_SAMPLE = Date(2021, 3, 26, 9, 26, 0, "Z")


def samples(formats: tuple[str, ...]) -> tuple[str, ...]:
    """A sample date in at most three of the formats that look unlike one another."""
    found: list[str] = []
    shapes: set[str] = set()
    for one in formats:
        written = write(_SAMPLE, one)
        if written is None:
            continue
        shape = re.sub(r"[^%A-Za-z]|%[HM]", "", one.replace("%b", "%B").replace("%d", "%o"))
        if shape not in shapes:
            shapes.add(shape)
            found.append(written)
        if len(found) == 3:
            break
    return tuple(found)


def says_time(date_format: str) -> bool:
    """Whether a format has a clock time."""
    return "%H" in date_format or "%I" in date_format


def ordinal(day: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``."""
    return {1: "st", 2: "nd", 3: "rd"}.get(0 if 11 <= day <= 13 else day % 10, "th")


def weekday(date: Date) -> int:
    """0 for Monday."""
    from datetime import date as day

    return day(date.year, date.month, date.day).weekday()


def days_in(year: int, month: int) -> int:
    """How many days a month of the Gregorian calendar has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


_NUMBERS = frozenset("year shortyear month day hour minute second hour12".split())


def build(groups: Mapping[str, str | None]) -> Date:
    """The date that the named groups of a match say; with a ``fault`` where there is none.

    The names are those of the directives' patterns: ``year`` or ``shortyear``, ``month`` or
    ``monthname``, ``day`` …
    """
    numbers = {
        name: int(text) for name, text in groups.items() if text is not None and name in _NUMBERS
    }
    said = numbers.get
    year, month = said("year"), said("month")
    if year is None:  # POSIX: 69 to 99 are the last century
        short = said("shortyear", 0)
        year = short + (1900 if short >= 69 else 2000)
    if month is None:
        month = _MONTH_NUMBERS[(groups.get("monthname") or "")[:3].lower()]
    day, hour, minute = said("day", 0), said("hour"), said("minute")
    second, hour12 = said("second"), said("hour12")
    fault = _fault(year, month, day, hour, minute, second, groups)
    if hour12 is not None:
        if not 1 <= hour12 <= 12:
            fault = fault or f"a twelve-hour clock has no hour {hour12}"
        late = (groups.get("half") or "").lower().startswith("p")
        hour = hour12 % 12 + (12 if late else 0)
    return Date(year, month, day, hour, minute, second, groups.get("zone"), fault)


def _fault(
    year: int,
    month: int,
    day: int,
    hour: int | None,
    minute: int | None,
    second: int | None,
    groups: Mapping[str, str | None],
) -> str | None:
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if year < 1:
        return "there is no year 0"
    last = days_in(year, month)
    if not 1 <= day <= last:
        return f"{MONTHS[month - 1]} {year} has {last} days"
    suffix = groups.get("ordinal")
    if suffix and suffix.lower() != ordinal(day):
        return f"the ordinal of {day} is {day}{ordinal(day)}"
    return _clock_fault(hour, minute, second, groups) or _weekday_fault(year, month, day, groups)


def _clock_fault(
    hour: int | None, minute: int | None, second: int | None, groups: Mapping[str, str | None]
) -> str | None:
    # ISO 8601 has 24:00 for the end of a day; a clock in prose has not.
    is_midnight = (hour, minute, second or 0) == (24, 0, 0) and not groups.get("monthname")
    if hour is not None and hour > 23 and not is_midnight:
        return f"there is no hour {hour}"
    if minute is not None and minute > 59:
        return f"there is no minute {minute}"
    if second is not None and second > 60:
        return f"there is no second {second}"
    zone = groups.get("zone")
    if zone and zone[0] in "+-":
        hours, minutes = zone_parts(zone)
        if hours > 23 or minutes > 59:
            return f"there is no offset {zone}"
    return None


def _weekday_fault(year: int, month: int, day: int, groups: Mapping[str, str | None]) -> str | None:
    name = groups.get("dayname")
    if name and not DAYS[weekday(Date(year, month, day))].lower().startswith(name[:3].lower()):
        real = DAYS[weekday(Date(year, month, day))]
        return f"{day} {MONTHS[month - 1]} {year} is a {real}"
    return None
