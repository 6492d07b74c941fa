"""Dates in whatever form people and programs write them: one reading, two, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.values import dates
from ogcheck.values.date_readings import reading, readings


def written(text: str, day_first: bool | None = None) -> list[str]:
    return [dates.written_iso(date) for date in readings(text, day_first)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("26-03-2021", "2021-03-26"),
        ("26/03/2021", "2021-03-26"),
        ("03/26/2021", "2021-03-26"),
        ("26.03.2021", "2021-03-26"),
        ("05.01.2024", "2024-01-05"),
        ("5/5/2024", "2024-05-05"),
        ("2024/05/01", "2024-05-01"),
        ("2024-1-5", "2024-01-05"),
        ("26th of March 2021", "2021-03-26"),
        ("1st March, 2021", "2021-03-01"),
        ("26-Mar-2021", "2021-03-26"),
        ("March 26th 2026", "2026-03-26"),
        ("June 18, 1972", "1972-06-18"),
        ("1 Sept. 2020", "2020-09-01"),
        ("Fri 26 March 2021", "2021-03-26"),
        ("9.26am 26/03/2021", "2021-03-26T09:26:00"),
        ("26/03/2021, 9pm", "2021-03-26T21:00:00"),
        ("12.05 a.m. 26 March 2021", "2021-03-26T00:05:00"),
        ("26.03.2021 09.26", "2021-03-26T09:26:00"),
        ("26/03/2021 - 09:26", "2021-03-26T09:26:00"),
        ("Posted at 9:26 on 26th March 2021", "2021-03-26T09:26:00"),
        ("Jan 14, 2021 20:11 GMT", "2021-01-14T20:11:00Z"),
        ("Fri, 26 Mar 2021 09:26:00 +0100", "2021-03-26T09:26:00+01:00"),
        ("Fri Mar 26 2021 09:26:00 GMT+0000 (Coordinated Universal Time)",
         "2021-03-26T09:26:00+00:00"),
        ("2020-08-05 10:06:15 -0500 -0500", "2020-08-05T10:06:15-05:00"),
        ("0001-01-01 00:00:00 +0000 UTC", "0001-01-01T00:00:00+00:00"),
        ("2024-01-05 10:00:00", "2024-01-05T10:00:00"),
        ("20240105", "2024-01-05"),
        ("20240105T100000Z", "2024-01-05T10:00:00Z"),
        ("1616750760", "2021-03-26T09:26:00Z"),
        ("1762513252000", "2025-11-07T11:00:52Z"),
    ],
)  # fmt: skip
def test_one_reading(text: str, iso: str) -> None:
    assert written(text) == [iso]
    assert reading(text) is not None


@pytest.mark.parametrize(
    ("text", "day_first", "iso"),
    [
        ("05/01/2024", None, ["2024-01-05", "2024-05-01"]),
        ("05-01-2024", None, ["2024-01-05", "2024-05-01"]),
        ("05/01/2024 12:30pm", None, ["2024-01-05T12:30:00", "2024-05-01T12:30:00"]),
        ("05/01/2024", True, ["2024-01-05"]),
        ("05/01/2024", False, ["2024-05-01"]),
        ("01/13/2024", True, []),
    ],
)
def test_which_number_is_the_day(text: str, day_first: bool | None, iso: list[str]) -> None:
    assert written(text, day_first) == iso
    assert (reading(text, day_first) is None) == (len(iso) != 1)


@pytest.mark.parametrize(
    "text",
    ["18 hours ago", "yesterday", "12:30", "", "31 June 2021", "Monday 26 March 2021", "26/03/21",
     "13:00pm 26/03/2021", "10:12 BST 26/03/2021", "26 Mar 2021 10", "1.2.3", "26 März 2021",
     "2021-03-26T09:26:00 Europe/London", "12345678901", "4102444800", "26/03/202109:26",
     "٢٦/٠٣/٢٠٢١", "26 March 2021 " + "x" * 100],
)  # fmt: skip
def test_no_reading(text: str) -> None:
    assert readings(text) == ()


@given(st.text(alphabet="0123456789/-.: TZ+apmMarch,ofth", max_size=40))
def test_whatever_stands_there_is_a_possible_date_or_none(text: str) -> None:
    for date in readings(text):
        assert date.fault is None
        assert dates.iso(dates.written_iso(date)) is not None


@given(
    st.dates(), st.sampled_from(["%d %B %Y", "%o of %B %Y", "%B %o, %Y", "%d.%m.%Y", "%Y/%m/%d"])
)
def test_what_is_written_is_read(day: object, date_format: str) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    text = dates.write(dates.Date(year, month, number), date_format.replace(" of", ""))
    assert text is not None
    found = reading(text.replace("of ", ""))
    assert found is not None
    assert found[:3] == (year, month, number)


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (("%H:%M %d/%m/%Y", "%Y-%m-%d"), True),
        (("%m/%d/%y",), False),
        (("%d/%m/%Y", "%m/%d/%Y"), None),
        (("%o %B %Y", "%Y-%m-%d", "%Y/%d/%m"), None),
        (("%-d.%-m.%Y",), True),
        ((), None),
    ],
)
def test_what_formats_say_of_the_order(formats: tuple[str, ...], expected: bool | None) -> None:
    assert dates.day_first(formats) is expected
