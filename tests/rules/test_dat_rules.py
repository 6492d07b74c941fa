"""Dates: each clause of their rules, and what their fixes leave in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import ogcheck
from ogcheck.problem import Problem
from ogcheck.rules.dat_facts import iso_for_platforms
from ogcheck.rules.examples import release_text
from ogcheck.values.dates import Date

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LONDON = {"timezone": "Europe/London"}
Change = dict[str, str | None]


def found(
    text: str, code: str, config: dict[str, Any] | None = None, path: str = "a.md",
    now: datetime = NOW,
) -> list[Problem]:  # fmt: skip
    problems = ogcheck.check_text(text, path, config=config or {}, now=now)
    # A rule that raises is no silence.
    return [p for p in problems if p.code in (code, "OGX001")]


def codes(text: str, config: dict[str, Any] | None = None, path: str = "a.md") -> list[str]:
    return [p.code for p in ogcheck.check_text(text, path, config=config or {}, now=NOW)]


def cut(text: str, problem: Problem) -> str:
    return text[problem.offset : problem.end_offset]


@pytest.mark.parametrize(
    ("date", "timezone", "written"),
    [
        (Date(2026, 7, 1, 9, 26), "Europe/London", "2026-07-01T09:26:00+01:00"),
        (Date(2026, 7, 1, 9, 26, 5, "Z"), "Europe/London", "2026-07-01T09:26:05Z"),
        (Date(2026, 7, 1, 9, 26, zone="-0500"), None, "2026-07-01T09:26:00-05:00"),
        (Date(2026, 7, 1, 9, 26), None, "2026-07-01"),
        (Date(2026, 7, 1), "Europe/London", "2026-07-01"),
    ],
)
def test_what_is_written_for_platforms(date: Date, timezone: str | None, written: str) -> None:
    assert iso_for_platforms(date, timezone) == written


def post(*lines: str) -> str:
    return "\n".join(["---", "title: Bridge closed", *lines, "---", "", "Text.", ""])


def mended(
    text: str, code: str, config: dict[str, Any] | None = None, *, unsafe: bool = False
) -> str:
    """``text`` with what the rule of that code offers applied."""
    result = ogcheck.fix_text(
        text, "a.md", config={"select": [code], **(config or {})}, unsafe=unsafe
    )
    return result.text


@pytest.mark.parametrize(
    ("value", "config", "written"),
    [
        ("26-03-2026", {}, "26/03/2026"),
        ("26th of March 2026", {}, "26th March 2026"),
        ("26th March, 2026", {}, "26th March 2026"),
        ("26 Mar, 2026", {}, "26 Mar 2026"),
        ("9.26am 26/03/2026", {}, "09:26 26/03/2026"),
        ("26/03/2026 9pm", {}, "21:00 26/03/2026"),
        ("posted on 26th March 2026 at 9:26am", {}, "Posted at 09:26 on 26th March 2026"),
        ("March 26, 2026 at 9:26", {}, "26 March 2026 09:26"),
        ("05-01-2026", {}, "05/01/2026"),
        ("2026-03-26T09:26:00.000Z", {}, "2026-03-26T09:26:00Z"),
        ("1774517160", LONDON, "09:26 26/03/2026"),
        ("2026-06-30T23:30:00Z", {"date-formats": ["%d/%m/%Y %H:%M"], **LONDON},
         "01/07/2026 00:30"),
        ("2026-06-30T23:30:00Z", {"date-formats": ["%d/%m/%Y %H:%M"]}, None),
        ("2026-03-26", {"date-formats": ["%H:%M %d/%m/%Y"]}, None),
        ("26/03/26", {}, None),
        ("the other day", {}, None),
        ("12:30", {}, None),
    ],
)  # fmt: skip
def test_a_date_in_no_accepted_format(
    value: str, config: dict[str, Any], written: str | None
) -> None:
    text = release_text({"publish.date": value, "article.published.time": None})
    (problem,) = found(text, "DAT001", config)
    assert cut(text, problem) == value
    assert str(problem.severity) == "error"
    if written is None:
        assert problem.fix is None
        assert problem.help is not None
        assert problem.help.startswith("Write it like one of: ")
    else:
        assert problem.help == f"Write {written}."
        page = ogcheck.read_page("a.md", mended(text, "DAT001", config))
        assert page is not None
        prop = page.written("page:published")
        assert prop is not None
        assert prop.value == written


def test_samples_are_of_formats_that_look_unlike() -> None:
    (problem,) = found(release_text({"publish.date": "soon"}), "DAT001")
    assert problem.help == (
        "Write it like one of: 09:26 26/03/2021, 26 Mar 2021, Posted at 09:26 on 26th March 2021."
    )


@pytest.mark.parametrize("value", ["true", "yes", "'false'", "'True'", "''"])
def test_a_flag_is_no_date(value: str) -> None:
    assert not found(release_text({"published": value}), "DAT001")


@pytest.mark.parametrize("value", ["12:30", "1616750760", "20260326"])
def test_a_number_for_a_date_is_said_once(value: str) -> None:
    text = release_text({"publish.date": value, "article.published.time": None})
    problems = [p for p in ogcheck.check_text(text, "a.md", config={}, now=NOW)
                if p.property == "page:published"]  # fmt: skip
    assert [p.code for p in problems] == ["DAT001"]
    assert [also["code"] for also in problems[0].also] == ["SCH002"]


@pytest.mark.parametrize(
    ("value", "severity", "written"),
    [
        ("09:26 26/03/2026", "error", "2026-03-26T09:26:00"),
        ("26/03/2026", "error", "2026-03-26"),
        ("05/01/2026", "error", "2026-01-05"),  # the release's formats put the day first
        ("June 18, 1972", "error", "1972-06-18"),
        ("2026-3-5", "error", "2026-03-05"),
        ("20260326", "error", "2026-03-26"),
        ("1774517160", "error", "2026-03-26T09:26:00Z"),
        ("2020-08-05 10:06:15 -0500 -0500", "error", "2020-08-05T10:06:15-05:00"),
        ("'2026-03-26 09:26:00'", "error", "2026-03-26T09:26:00"),
        ("2026-03-26 09:26:00", "error", "2026-03-26T09:26:00"),
        ("2026-03-26t09:26:00z", "error", "2026-03-26T09:26:00Z"),
        ("2026-03-26T09:26:00+0100", "note", "2026-03-26T09:26:00+01:00"),
        ("2026-03-26T09:26-0530", "note", "2026-03-26T09:26-05:30"),
        ("18 hours ago", "error", None),
        ("2026-W13-4", "error", None),
        ("2026-03", "error", None),
    ],
)
def test_what_is_not_iso(value: str, severity: str, written: str | None) -> None:
    text = release_text({"article.modified.time": value})
    (problem,) = found(text, "DAT002")
    assert problem.property == "article:modified_time"
    assert str(problem.severity) == severity
    if severity == "note":
        assert cut(text, problem) == value[-5:]
    if written is None:
        assert problem.fix is None
    else:
        assert problem.fix is not None
        assert problem.fix.safe
        page = ogcheck.read_page("a.md", mended(text, "DAT002"))
        assert page is not None
        prop = page.written("article:modified_time")
        assert prop is not None
        assert prop.value == written


@pytest.mark.parametrize(
    "value",
    ["2026-03-26", "2026-03-26T09:26Z", "2026-03-26T09:26:00+01:00", "2026-03-26T24:00:00Z",
     "2026-03-26T09:26:00,5Z", "'2026-03-26T09:26:00.000Z'", "2026-03-26T09:26:00+01"],
)  # fmt: skip
def test_what_is_iso(value: str) -> None:
    assert not found(release_text({"article.modified.time": value}), "DAT002")


def test_an_ambiguous_date_for_platforms_is_not_rewritten() -> None:
    text = post("og_title: Bridge closed", "article_published_time: 05/01/2024")
    (problem,) = found(text, "DAT002")
    assert problem.fix is None
    assert problem.help == "Write 2024-01-05 or 2024-05-01, whichever is meant."
    (known,) = found(text, "DAT002", {"date-formats": ["%m/%d/%Y"]})
    assert known.help == "Write 2024-05-01."


def test_iso_dates_get_the_offset_of_the_sites_zone() -> None:
    text = release_text({"article.published.time": "09:26 26/06/2025", "publish.date": None})
    assert "2025-06-26T09:26:00+01:00" in mended(text, "DAT002", LONDON)


@pytest.mark.parametrize(
    ("line", "severity"),
    [("2024-01-05 10:00:00", "note"), ("'2024-01-05 10:00:00'", "error")],
)
def test_a_yaml_date_is_the_generators_to_write(line: str, severity: str) -> None:
    (problem,) = found(post("og_title: x", f"article_published_time: {line}"), "DAT002")
    assert str(problem.severity) == severity


def test_releases_of_a_year_are_iso() -> None:
    for value in ("'1997'", "'1997-05'"):
        assert not found(post("og_type: book", f"book_release_date: {value}"), "DAT002")
    assert found(post("og_type: book", "book_release_date: spring 1997"), "DAT002")


@pytest.mark.parametrize(
    ("value", "zone", "written"),
    [
        ("2026-03-26T09:26:00", None, None),
        ("2026-03-26T09:26", "Europe/London", "2026-03-26T09:26+00:00"),
        ("2026-06-26T09:26:00", "Europe/London", "2026-06-26T09:26:00+01:00"),
        ("2026-03-29T01:30:00", "Europe/London", None),
        ("2025-10-26T01:30:00", "Europe/London", None),
    ],
)
def test_times_without_a_zone(value: str, zone: str | None, written: str | None) -> None:
    config = {"timezone": zone} if zone else {}
    text = release_text({"article.modified.time": value})
    (problem,) = found(text, "DAT003", config)
    assert cut(text, problem) == value
    assert str(problem.severity) == "note"
    assert (problem.fix is None) == (written is None)
    if written is not None:
        assert written in mended(text, "DAT003", config)


@pytest.mark.parametrize(
    ("text", "config"),
    [
        (release_text({"article.published.time": "2026-03-26"}), {}),
        (release_text({"article.published.time": "2026-03-26T09:26:00Z"}), {}),
        (post("og_title: x", "article_published_time: 2026-03-26T09:26:00"), LONDON),
        (post("date: 2026-03-26T09:26:00", "og_title: x"), {}),
    ],
)
def test_times_that_need_no_zone(text: str, config: dict[str, Any]) -> None:
    assert not found(text, "DAT003", config)


@pytest.mark.parametrize(
    ("lines", "config", "help"),
    [
        (["date: 05/01/2024"], {}, "Write 2024-01-05 or 2024-05-01, whichever is meant."),
        (["date: 05-01-2024 10:30"], {},
         "Write 2024-01-05T10:30:00 or 2024-05-01T10:30:00, whichever is meant."),
        (["lastmod: 05/01/2024"], {}, "Write 2024-01-05 or 2024-05-01, whichever is meant."),
        (["date: 05/01/2024", "article_published_time: 2024-05-01"], {}, "Write 2024-05-01."),
        (["date: 26/01/2024"], {}, None),
        (["date: 05/05/2024"], {}, None),
        (["date: 05.01.2024"], {}, None),
        (["date: 2024/05/01"], {}, None),
        (["date: 05/01/2024"], {"date-formats": ["%m/%d/%Y"]}, None),
        (["date: 05-01-2024"], {"date-formats": ["%m/%d/%Y"]}, None),  # DAT001 knows which it is
    ],
)  # fmt: skip
def test_ambiguous_dates(lines: list[str], config: dict[str, Any], help: str | None) -> None:
    problems = found(post(*lines), "DAT004", config)
    assert [p.help for p in problems] == ([] if help is None else [help])
    assert all(cut(post(*lines), p)[:2] == "05" and p.fix is None for p in problems)


def test_an_ambiguous_date_in_no_accepted_format_is_said_once_and_is_an_error() -> None:
    problems = ogcheck.check_text(
        post("date: 05/01/2024"), "a.md", config={"date-formats": ["%Y-%m-%d"]}, now=NOW
    )
    assert [(p.code, str(p.severity)) for p in problems] == [("DAT004", "error")]


def test_padded_times_lack_no_zero() -> None:
    assert not found(post("og_title: x", "article_published_time: '2026-03-26T09:26:00 +01:00'"),
                     "DAT005")  # fmt: skip
    assert found(post("og_title: x", "article_published_time: '2026-3-26T09:26:00'"), "DAT005")


@pytest.mark.parametrize(
    ("value", "late"),
    [
        ("2026-06-02T02:00:00", False),  # already in UTC+14
        ("2026-06-02T02:01:00", True),
        ("2026-06-02", False),
        ("2026-06-03", True),
        ("2026-06-01T12:00:00Z", False),
        ("2026-06-01T12:01:00Z", True),
        ("2026-06-01T08:01:00-04:00", True),
        ("2026-06-02T01:59:00+14:00", False),
    ],
)
def test_the_future_begins_in_utc_plus_14(value: str, late: bool) -> None:
    assert bool(found(post(f"date: {value}"), "DAT006")) is late


def test_the_future_around_new_year() -> None:
    now = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    assert found(post("date: 2026-12-31T23:00:00-05:00"), "DAT006", now=now)
    assert not found(post("date: 2027-01-01"), "DAT006", now=now)


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"publish.date": "09:26 26/03/2062", "article.published.time": "2062-03-26T09:26:00Z",
          "article.modified.time": "2062-03-27T09:26:00Z"}, 3),
        ({"article.modified.time": "2062-03-27"}, 1),
        ({"article.expiration.time": "2062-03-27"}, 0),
        ({"publish.date": "09:26 26/03/2062", "article.published.time": None,
          "draft": "true"}, 0),
    ],
)  # fmt: skip
def test_future_dates_are_said_once(change: Change, places: int) -> None:
    problems = found(release_text(change), "DAT006")
    assert [1 + len(p.related) for p in problems] == ([places] if places else [])


@pytest.mark.parametrize(
    ("change", "config", "fires"),
    [
        ({"article.modified.time": "2026-03-11T09:00:00Z"}, {}, True),
        ({"article.modified.time": "2026-03-12T12:00:00Z"}, {}, False),
        ({"article.modified.time": "2026-03-24T12:00:00Z"},
         {"rules": {"DAT007": {"scheduled-days": 1}}}, True),
        ({"og.updated_time": "2020-03-26"}, {}, True),
        # The other publication date explains it.
        ({"article.modified.time": "2020-03-26", "article.published.time": "2020-03-26"}, {},
         False),
        ({"article.modified.time": "2027-03-26"}, {}, False),
    ],
)  # fmt: skip
def test_changed_before_it_was_published(
    change: Change, config: dict[str, Any], fires: bool
) -> None:
    problems = found(release_text(change), "DAT007", config)
    assert bool(problems) is fires
    assert all(str(p.severity) == "note" and p.related for p in problems)


@pytest.mark.parametrize(
    ("publish", "article", "config", "fires"),
    [
        ("09:26 26/03/2026", "2026-03-27T09:26:00Z", {}, True),
        ("26/03/2026", "2026-03-27", {}, True),
        ("26/03/2026", "2026-03-26T23:59:00-12:00", {}, False),
        ("26/03/2026", "2026-03-25T23:30:00Z", {}, False),
        ("26/03/2026", "2026-03-25T23:30:00Z", LONDON, True),
        ("26/06/2025", "2025-06-25T23:30:00Z", LONDON, False),
        ("00:10 26/06/2025", "2025-06-25T23:10:00Z", LONDON, False),
        ("09:26 03/04/2026", "2026-03-04T09:26:00Z", {}, True),
        ("31 June 2026", "2026-03-04T09:26:00Z", {}, False),
    ],
)
def test_publication_dates_that_disagree(
    publish: str, article: str, config: dict[str, Any], fires: bool
) -> None:
    text = release_text({"publish.date": publish, "article.published.time": article})
    problems = found(text, "DAT008", config)
    assert bool(problems) is fires
    for problem in problems:
        assert cut(text, problem) == article
        (other,) = problem.related
        assert text[other.offset : other.end_offset] == publish


@pytest.mark.parametrize(
    ("path", "date", "fires"),
    [
        ("2026-03-27-bridge.md", "2026-03-26", True),
        ("2026-03-25-bridge.md", "2026-03-26", False),
        ("2026-03-26-bridge.md", "2026-03-26", False),
        ("posts/2026-04-27-bridge/index.md", "2026-03-26", True),
        ("2026-04-27/bridge.md", "2026-03-26", False),
        ("2026-13-27-bridge.md", "2026-03-26", False),
        ("2026-03-27.md", "2026-03-26 23:00:00 -0500", False),
        ("12026-04-27-bridge.md", "2026-03-26", False),
        ("the-bridge.md", "2026-03-26", False),
    ],
)
def test_the_day_in_the_files_name(path: str, date: str, fires: bool) -> None:
    problems = found(post(f"date: {date}"), "DAT008", path=path)
    assert [str(p.severity) for p in problems] == ["note"] * fires


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"publish.date": "01/01/1970"}, ["DAT010"]),
        ({"publish.date": "09:26 26/03/2062"}, ["DAT006"]),
        ({"article.published.time": "'0001-01-01 00:00:00 +0000 UTC'"}, ["DAT010"]),
        ({"article.modified.time": "1970-01-01T00:00:00"}, ["DAT010"]),
        ({"article.published.time": "2062-03-26T09:26:00Z"}, ["DAT006"]),
    ],
)
def test_what_follows_from_a_date_that_is_none_is_not_said(
    change: Change, expected: list[str]
) -> None:
    assert codes(release_text(change)) == expected


@pytest.mark.parametrize(
    ("change", "config", "written"),
    [
        ({}, LONDON, "2026-03-26T09:26:00+00:00"),
        ({}, {}, "2026-03-26"),
        ({"publish.date": "26th March 2026"}, LONDON, "2026-03-26"),
        ({"publish.date": "2026-03-26T09:26:00+01:00"}, {}, "2026-03-26T09:26:00+01:00"),
        ({"publish.date": None}, LONDON, None),
    ],
)
def test_an_article_that_tells_no_date(
    change: Change, config: dict[str, Any], written: str | None
) -> None:
    text = release_text({"article.published.time": None, **change})
    (problem,) = found(text, "DAT009", config)
    assert str(problem.severity) == "note"
    if written is None:
        assert problem.fix is None
        return
    assert problem.fix is not None
    assert not problem.fix.safe
    after = mended(text, "DAT009", config, unsafe=True)
    page = ogcheck.read_page("a.md", after)
    assert page is not None
    prop = page.written("article:published_time")
    assert prop is not None
    assert prop.value == written
    assert codes(after, config) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"og.published_time": "2026-03-26"}, "a.md"),
        ({"draft": "true"}, "a.md"),
        ({"noindex": "true"}, "a.md"),
        ({"og.type": "website", "publish.date": None}, "a.md"),
        ({}, "news/_index.md"),
        ({"article.published.time": "''"}, "a.md"),
        ({"article.published.time": "some day"}, "a.md"),
    ],
)
def test_what_is_not_asked_for_a_date(change: Change, path: str) -> None:
    assert not found(release_text({"article.published.time": None, **change}), "DAT009", path=path)


@pytest.mark.parametrize(
    ("value", "fires"),
    [
        ("1970-01-01", True),
        ("1970-01-01T00:00:00Z", True),
        ("1969-12-31T19:00:00-05:00", True),
        ("1969-12-31T19:00:00Z", False),
        ("1970-01-02", False),
        ("0001-01-01T00:00:00Z", True),
        ("2020-09-15T11:30:03+00:00", True),
        ("2020-09-15T11:30:04+00:00", False),
        ("2020-09-15", False),
    ],
)
def test_sample_dates(value: str, fires: bool) -> None:
    assert bool(found(post(f"date: {value}"), "DAT010")) is fires


def test_sample_dates_of_ones_own() -> None:
    config = {"rules": {"DAT010": {"sample-dates": ["2021-01-01"]}}}
    text = post("date: 2021-01-01", "lastmod: 2021-01-01")
    (problem,) = found(text, "DAT010", config)
    assert len(problem.related) == 1
    assert not found(text, "DAT010")


@pytest.mark.parametrize(
    ("publish", "article", "config", "apart"),
    [
        ("09:26 26/06/2025", "2025-06-26T09:26:00+00:00", LONDON, "1 hour"),
        ("09:26 26/06/2025", "2025-06-26T08:26:00+00:00", LONDON, None),
        ("09:26 26/06/2025", "2025-06-26T09:26:00+00:00", {}, None),
        ("2025-06-26T09:26:00Z", "2025-06-26T09:26:00+05:30", {}, "5 hours and 30 minutes"),
        ("2025-06-26T23:26:00Z", "2025-06-27T01:26:00Z", {}, "2 hours"),
        ("2025-06-26T09:26:00Z", "2025-06-26T07:20:00Z", {}, None),
        ("26/06/2025", "2025-06-26T07:20:00Z", LONDON, None),
    ],
)
def test_times_a_zone_apart(
    publish: str, article: str, config: dict[str, Any], apart: str | None
) -> None:
    text = release_text({"publish.date": publish, "article.published.time": article})
    problems = found(text, "DAT011", config)
    assert len(problems) == (apart is not None)
    assert all(f"are {apart} apart" in p.message for p in problems)
    assert not found(text, "DAT008", config)


@pytest.mark.parametrize(
    ("change", "help"),
    [
        ({"article.published.time": None},
         "Write article, and add article:published_time: 2026-03-26."),
        ({"article.published.time": None, "publish.date": "soon"},
         "Write article, and add article:published_time with the date."),
    ],
)  # fmt: skip
def test_a_dated_website_is_told_where_platforms_read_the_date(change: Change, help: str) -> None:
    (problem,) = found(release_text({"og.type": "website", **change}), "OG021")
    assert problem.help == help


@pytest.mark.parametrize(
    ("change", "path", "kind"),
    [
        ({"publish.date": None, "day": "08", "month": "Jan"}, "a.md", "article"),
        ({"publish.date": None}, "news/index.md", "website"),
        ({"publish.date": None, "url": "https://www.northbridge.example/",
          "og.url": "https://www.northbridge.example/"}, "a.md", "website"),
        ({}, "news/index.md", "article"),
    ],
)  # fmt: skip
def test_the_type_of_a_release_without_one(change: Change, path: str, kind: str) -> None:
    change = {"og.type": None, "article.published.time": None, **change}
    (problem,) = found(release_text(change), "OG004", path=path)
    assert problem.help == f"Add og:type: {kind}."
