"""Dates: formats of newsrooms, ISO 8601, and days that are none."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck import presets
from ogcheck.values import dates

RELEASE = presets.load("release").date_formats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:26 26/03/2021", (2021, 3, 26, 9, 26)),
        ("26/03/2021", (2021, 3, 26, None, None)),
        ("30 Mar 2021", (2021, 3, 30, None, None)),
        ("4 May 2019", (2019, 5, 4, None, None)),
        ("26 June 2020", (2020, 6, 26, None, None)),
        ("1st Sept 2020", (2020, 9, 1, None, None)),
        ("23rd December 2020", (2020, 12, 23, None, None)),
        ("Posted at 22:49 on 30th September 2020", (2020, 9, 30, 22, 49)),
        ("posted AT 22:49  on 30th september 2020", (2020, 9, 30, 22, 49)),
        ("09 Nov 2020 10:59", (2020, 11, 9, 10, 59)),
        ("2021-03-26T09:26:00+00:00", (2021, 3, 26, 9, 26)),
    ],
)
def test_the_formats_of_releases(text: str, expected: tuple[int | None, ...]) -> None:
    date = dates.read(text, RELEASE)
    assert date is not None
    assert date.fault is None
    assert (date.year, date.month, date.day, date.hour, date.minute) == expected


@pytest.mark.parametrize(
    "text",
    ["March 26th 2021", "26.03.2021", "yesterday", "26 Mars 2021", "26 Mar 2021 at 10", "2021",
     "Posted at 22:49 on 30 September 2020", "٢٦/٠٣/٢٠٢١"],
)  # fmt: skip
def test_what_is_no_date_of_a_release(text: str) -> None:
    assert dates.read(text, RELEASE) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31 June 2021", "June 2021 has 30 days"),
        ("29 Feb 2023", "February 2023 has 28 days"),
        ("25:00 26/03/2021", "there is no hour 25"),
        ("09:61 26/03/2021", "there is no minute 61"),
        ("26/13/2021", "there is no month 13"),
        ("23th December 2020", "the ordinal of 23 is 23rd"),
        ("11st May 2020", "the ordinal of 11 is 11th"),
        ("13rd May 2020", "the ordinal of 13 is 13th"),
        ("2017-02-29", "February 2017 has 28 days"),
    ],
)
def test_impossible_dates_say_why(text: str, fault: str) -> None:
    date = dates.read(text, RELEASE)
    assert date is not None
    assert date.fault == fault


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2024-01-05", True),
        ("2024-01-05T10:00Z", True),
        ("2024-01-05T10:00:00+01:00", True),
        ("2024-01-05T10:00:00.123+0100", True),
        ("2024-01-05T24:00:00", True),
        ("2024-01-05 10:00:00", False),
        ("20240105", False),
        ("2024-W01", False),
        ("2024-1-5", False),
        ("2024-01-05T10", False),
        ("2024-01-05T10:00:00 -0500", False),
        ("２０２４-01-05", None),
    ],
)
def test_iso(text: str, valid: bool | None) -> None:
    date = dates.iso(text)
    if valid is None:  # digits of another script are no ISO 8601
        assert date is None
    else:
        assert (date is not None and date.fault is None) is valid


@pytest.mark.parametrize("text", ["2024-02-30", "2024-01-05T24:30:00", "2024-01-05T10:00:00+25:00"])
def test_iso_dates_that_are_none(text: str) -> None:
    date = dates.iso(text)
    assert date is not None
    assert date.fault is not None


@pytest.mark.parametrize(
    ("date_format", "problem"),
    [("%Q", "no"), ("%d/%m", "year"), ("%d %d %Y %m", "again"), ("", "day"), ("%", "directive")],
)
def test_formats_that_are_none(date_format: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        dates.pattern(date_format)


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 12, 31)),  # noqa: DTZ001
    st.sampled_from([f for f in RELEASE if "%z" not in f and "%o" not in f]),
)
def test_what_strftime_writes_is_read(moment: datetime, date_format: str) -> None:
    # An independent writer: the C locale's strftime.
    written = moment.strftime(date_format)
    date = dates.read(written, (date_format,))
    assert date is not None
    assert date.fault is None
    assert (date.year, date.month, date.day) == (moment.year, moment.month, moment.day)
    if dates.says_time(date_format):
        assert (date.hour, date.minute) == (moment.hour, moment.minute)


@given(st.dates(), st.sampled_from([*RELEASE, "%A %d %B %Y", "%I:%M %p %d %b %y"]))
def test_what_is_written_is_read(day: object, date_format: str) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    year = 1970 + year % 90
    number = min(number, dates.days_in(year, month))
    date = dates.Date(year, month, number, 9, 26, 30, "+01:00")
    written = dates.write(date, date_format)
    assert written is not None
    again = dates.read(written, (date_format,))
    assert again is not None
    assert again.fault is None
    assert (again.month, again.day) == (month, number)


@pytest.mark.parametrize(
    ("zone", "fault"),
    [("-0:00", None), ("+1:30", None), ("+5", None), ("+24:00", "there is no offset +24:00"),
     ("+1:60", "there is no offset +1:60"), ("+0160", "there is no offset +0160")],
)  # fmt: skip
def test_offsets(zone: str, fault: str | None) -> None:
    date = dates.iso_like(f"2026-03-26 09:20{zone}")
    assert date is not None
    assert date.fault == fault
