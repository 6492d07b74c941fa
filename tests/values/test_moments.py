"""Dates as moments: zones that are said, known, or any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.values import dates, moments
from ogcheck.values.dates import Date

LONDON = "Europe/London"


def at(text: str) -> Date:
    date = dates.iso(text)
    assert date is not None
    return date


@pytest.mark.parametrize(
    ("one", "other", "zone", "expected"),
    [
        ("2026-03-26", "2026-03-26T23:59:00-12:00", None, True),
        ("2026-03-26", "2026-03-25T23:30:00+00:00", None, True),
        ("2026-03-26", "2026-03-25T23:30:00+00:00", LONDON, False),
        ("2025-06-26", "2025-06-25T23:30:00+00:00", LONDON, True),
        ("2026-03-26", "2026-03-25T09:00:00+00:00", None, False),
        ("2026-03-26", "2026-03-27T12:01:00Z", None, False),
        ("2026-03-26", "2026-03-27", None, False),
        ("2026-03-26", "2026-03-27", LONDON, False),
        ("2026-03-26", "2026-03-25T23:30:00", None, True),
        ("2026-03-26", "2026-03-25T09:00:00", None, False),
        ("2026-03-26T23:30", "2026-03-27T04:30", None, True),
        ("2026-03-26T09:30", "2026-03-27T09:30", None, False),
        ("2026-03-26T23:50", "2026-03-27T03:50:00Z", None, True),
        ("2026-03-26T09:26", "2026-03-27T01:00:00Z", None, False),
        # An hour apart over midnight is a zone, not another day.
        ("2026-03-26T23:30:00Z", "2026-03-27T00:30:00Z", None, True),
        ("2026-03-26T23:30:00Z", "2026-03-27T00:45:00Z", None, False),
        ("0001-01-01", "0001-01-02T00:00:00+14:00", None, True),
        ("9999-12-31", "9999-12-31T24:00:00-12:00", LONDON, True),
    ],
)
def test_on_one_day(one: str, other: str, zone: str | None, expected: bool) -> None:
    assert moments.on_one_day(at(one), at(other), zone) is expected
    assert moments.on_one_day(at(other), at(one), zone) is expected


@pytest.mark.parametrize(
    ("one", "other", "zone", "hours"),
    [
        ("2026-06-26T09:26:00+00:00", "2026-06-26T09:26:00+01:00", None, 1),
        ("2026-06-26T09:26:00+00:00", "2026-06-26T09:26:00+05:30", None, 5.5),
        ("2026-06-26T09:26:00Z", "2026-06-26T06:26:00Z", None, 3),
        ("2026-06-26T09:26:00Z", "2026-06-26T06:26:10Z", None, None),
        ("2026-06-26T09:26Z", "2026-06-26T06:26:10Z", None, 3),
        ("2026-06-26T09:26:00Z", "2026-06-26T10:26:00+01:00", None, None),
        ("2026-06-26T09:26:00", "2026-06-26T09:26:00Z", LONDON, 1),
        ("2026-06-26T09:26:00", "2026-06-26T09:26:00Z", None, None),
        ("2026-06-26T09:26:00", "2026-06-26T08:26:00Z", LONDON, None),
        ("2026-06-26", "2026-06-26T08:26:00Z", LONDON, None),
        ("2026-06-26T00:26:00Z", "2026-06-26T15:26:00Z", None, None),
    ],
)
def test_a_zone_apart(one: str, other: str, zone: str | None, hours: float | None) -> None:
    expected = None if hours is None else hours * 3600
    assert moments.apart(at(one), at(other), zone) == expected
    assert moments.apart(at(other), at(one), zone) == expected


@pytest.mark.parametrize(
    ("text", "zone", "offset"),
    [
        ("2026-03-26T09:26:00", LONDON, "+00:00"),
        ("2026-06-26T09:26:00", LONDON, "+01:00"),
        ("2026-06-26T09:26:00", "America/St_Johns", "-02:30"),
        ("2026-03-29T01:30:00", LONDON, None),  # the clock skips it
        ("2026-10-25T01:30:00", LONDON, None),  # the clock shows it twice
        ("0001-01-01T00:00:00", "UTC", "+00:00"),
    ],
)
def test_the_offset_to_write(text: str, zone: str, offset: str | None) -> None:
    assert moments.written_offset(at(text), zone) == offset


def test_the_clock_of_a_zone() -> None:
    local = moments.in_zone(at("2026-06-30T23:30:00Z"), LONDON)
    assert local is not None
    assert local[:5] == (2026, 7, 1, 0, 30)
    assert local.zone is None
    assert moments.in_zone(at("0001-01-01T00:00:00+05:00"), LONDON) is None
    assert moments.in_zone(at("2026-06-30"), LONDON) == at("2026-06-30")


@given(
    st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 30)),  # noqa: DTZ001
    st.integers(-12 * 60, 14 * 60),
)
def test_moments_are_pythons(when: datetime, minutes: int) -> None:
    when = when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    window = moments.window(at(when.isoformat()), None)
    assert window.first == window.last == moments.of(when) == moments.of(when.astimezone(UTC))


@given(st.dates(min_value=datetime(1980, 1, 1).date(), max_value=datetime(2030, 1, 1).date()),  # noqa: DTZ001
       st.sampled_from([LONDON, "Asia/Kolkata", "America/New_York"]))  # fmt: skip
def test_a_known_zone_lies_within_any(day: object, zone: str) -> None:
    date = Date(day.year, day.month, day.day)  # type: ignore[attr-defined]
    every, known = moments.window(date, None), moments.window(date, zone)
    assert every.first <= known.first <= known.last <= every.last
