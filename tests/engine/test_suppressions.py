"""What silences a finding, from where, and what is told of what silences nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ogcheck
from ogcheck.api import make_checker
from ogcheck.rules.examples import SITE, built_text, post, release_text
from ogcheck.source import Source

moderately = settings(
    deadline=None,
    max_examples=int(os.environ.get("OGCHECK_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
WITH_OGX003: Any = {"extend-select": ["OGX003"]}
BAD = "title: Fish &amp; chips"
GOOD = "title: Fish & chips"
IGNORE = "# ogcheck: ignore[TXT010] why"
FILE = "# ogcheck: ignore-file[TXT010] why"
ESCAPED = '<meta property="og:title" content="Fish &amp;amp; chips">'


def codes(text: str, path: str = "a.md", **config: Any) -> list[str]:
    """The codes that are reported, notes aside."""
    found = ogcheck.check_text(text, path, config=config, now=NOW)
    return sorted(p.code for p in found if p.severity != "note")


def told(text: str, path: str = "a.md", **config: Any) -> list[str]:
    """What OGX002 says."""
    found = ogcheck.check_text(text, path, config=config, now=NOW)
    return [p.message for p in found if p.code == "OGX002"]


def fixed(text: str, path: str = "a.md", **config: Any) -> str:
    """The text after safe fixes."""
    return ogcheck.fix_text(text, path, config=config, now=NOW).text


# Places


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ((IGNORE, BAD), ""),
        ((f"{BAD} {IGNORE}",), ""),
        ((IGNORE, "", "# more", BAD), ""),
        ((IGNORE, "# ogcheck: ignore[DAT] why", BAD, "date: 2026-03-26"), ""),
        (("title: >", "  Fish", "  &amp; chips  "), ""),
        ((IGNORE, "title: >", "  Fish", "  &amp; chips"), ""),
        ((f"title: > {IGNORE}", "  Fish", "  &amp; chips"), ""),
        ((IGNORE, "title:", "  Fish", "  &amp; chips"), ""),
        ((BAD, FILE), ""),
        ((FILE, "", BAD), ""),
        ((f"{BAD} {FILE}",), ""),
        ((BAD,), "<!-- ogcheck: ignore-file[TXT010] why -->"),
        ((BAD, "ogcheck: {ignore: [TXT010], reason: why}"), ""),
        ((BAD, "ogcheck:", "  ignore:", "  - TXT010"), ""),
        ((BAD, "ogcheck:", "  ignore: TXT010, TXT015"), ""),
        (('{"title": "Fish &amp; chips", "ogcheck": {"ignore": ["TXT010"]}}',), ""),
    ],
)
def test_places_in_front_matter(lines: tuple[str, ...], body: str) -> None:
    unsilenced = "".join(lines) == "title: >  Fish  &amp; chips  "
    text = post(*lines, body=body)
    assert codes(text, ignore=["OGX"]) == (["TXT010"] if unsilenced else [])
    assert codes(text.replace("\n", "\r\n"), ignore=["OGX"]) == (["TXT010"] if unsilenced else [])


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ((BAD, IGNORE), ""),
        (("a: b", IGNORE, "c: d", BAD), ""),
        ((f"a: b {IGNORE}", BAD), ""),
        ((BAD, f"a: '{FILE}'"), ""),
        ((BAD, "a: |", f"  {FILE}"), ""),
        ((BAD,), "<!-- ogcheck: ignore[TXT010] why -->"),
        ((BAD,), "```\n<!-- ogcheck: ignore-file[TXT010] why -->\n```"),
        ((BAD, "a: {ogcheck: {ignore: [TXT010]}}"), ""),
        ((BAD, "ogcheck: TXT010"), ""),
        ((BAD, "ogcheck: [TXT010]"), ""),
        (("# ogcheck: ignore[TXT010", BAD), ""),
        (("# ogcheck: ignored", BAD), ""),
        (("# ogcheck: ignore-files[TXT010] why", BAD), ""),
        (("# OGCHECK: ignore", BAD), ""),
    ],
)
def test_what_does_not_silence_front_matter(lines: tuple[str, ...], body: str) -> None:
    assert codes(post(*lines, body=body), ignore=["OGX"]) == ["TXT010"]


@pytest.mark.parametrize(
    "selectors",
    ["TXT010", "txt010", "escaped-text", "TXT", "TXT01", "ALL", "URL,TXT010", "URL TXT010 ,", None],
)
def test_selectors(selectors: str | None) -> None:
    brackets = "" if selectors is None else f"[{selectors}]"
    for space in ("", " "):
        text = post(f"# ogcheck: ignore{space if brackets else ''}{brackets} why", BAD)
        assert codes(text, ignore=["OGX"]) == []


def test_others_do_not_silence() -> None:
    for selector in ("TXT011", "TX", "OG", "URL", "escaped", ""):
        assert codes(post(f"# ogcheck: ignore[{selector}] why", BAD), ignore=["OGX"]) == ["TXT010"]


MARKUP = "<!-- ogcheck: ignore[TXT010] why -->"
WHOLE = "<!-- ogcheck: ignore-file[TXT010] why -->"


@pytest.mark.parametrize(
    "tag",
    [
        f"{MARKUP}\n{ESCAPED}",
        f"  {MARKUP}\n\n  {ESCAPED}",
        f"{MARKUP}{ESCAPED}",
        f"{ESCAPED} {MARKUP}",
        f"{MARKUP}\n<!-- more -->\n{ESCAPED}",
        f"{MARKUP} <!-- more -->\n{ESCAPED}",
        f"<!--\nogcheck: ignore[TXT010]\nwhy\n-->\n{ESCAPED}",
        f"{MARKUP}\n{ESCAPED.replace(' content', chr(10) + 'content')}",
        f"{MARKUP}\n{ESCAPED.replace('Fish', chr(10) + 'Fish' + chr(10))}",
        f"{ESCAPED}\n<meta name=a>{WHOLE}",
        f"{WHOLE}\n<meta name=a>\n{ESCAPED}",
    ],
)
def test_places_in_html(tag: str) -> None:
    text = built_text({"og:title": tag})
    assert codes(text, "a.html", select=["TXT010"]) == []
    assert codes(text.replace("\n", "\r\n"), "a.html", select=["TXT010"]) == []
    assert codes(built_text({"og:title": ESCAPED}), "a.html", select=["TXT010"]) == ["TXT010"]


@pytest.mark.parametrize(
    "tag",
    [
        f"{ESCAPED}\n{MARKUP}",
        f"{MARKUP}\n<meta name=a>\n{ESCAPED}",
        f"<meta name=a> {MARKUP}\n{ESCAPED}",
        f"<script>// {WHOLE}\n</script>\n{ESCAPED}",
        f'<meta name="a" content="{WHOLE}">\n{ESCAPED}',
        f"# ogcheck: ignore-file[TXT010]\n{ESCAPED}",
    ],
)
def test_what_does_not_silence_html(tag: str) -> None:
    text = built_text({"og:title": tag})
    assert codes(text, "a.html", select=["TXT010"]) == ["TXT010"]


def test_a_comment_above_a_title_or_json_ld_speaks_for_all_of_it() -> None:
    title = f"{MARKUP}\n<title>Fish\n&amp;amp; chips</title>"
    assert codes(built_text({"title": title}), "a.html", select=["TXT010"]) == []
    data = '{"@type": "Article",\n"headline": "Fish &amp;amp; chips"}'
    script = f'<script type="application/ld+json">\n{data}\n</script>'
    assert codes(built_text(last=script), "a.html", select=["TXT010"]) == ["TXT010"]
    assert codes(built_text(last=f"{MARKUP}\n{script}"), "a.html", select=["TXT010"]) == []


def test_a_comment_above_a_tag_speaks_for_what_stands_in_its_attributes() -> None:
    link = f'<link rel="canonical"\n  href="{SITE}/a/"\n  media="print">'
    config: Any = {"select": ["HTM007"]}
    assert codes(built_text({"canonical": link}), "a.html", **config) == ["HTM007"]
    comment = "<!-- ogcheck: ignore[HTM007] why -->"
    assert codes(built_text({"canonical": f"{comment}\n{link}"}), "a.html", **config) == []


def test_a_comment_above_a_key_speaks_for_its_value_below() -> None:
    schema = {"properties": {"x": {"pattern": "^z"}}}
    config: Any = {"schemas": [{"files": ["*"], "schema": schema}]}
    assert codes(post("a: b", "x:", "  y"), **config) == ["SCH005"]
    assert codes(post("a: b", "# ogcheck: ignore[SCH] why", "x:", "  y"), **config) == []


def test_what_is_missing_in_html_is_silenced_at_the_head() -> None:
    html = '<html lang="en">\n<!-- ogcheck: ignore[OG001] why -->'
    assert codes(built_text({"og:title": None}, html=html), "a.html", select=["OG001"]) == []


def test_a_suppression_of_either_silences_both() -> None:
    text = release_text({"og.locale": "false"})
    for code in ("LOC001", "SCH002"):
        silenced = text.replace("  locale:", f"  # ogcheck: ignore[{code}] why\n  locale:")
        assert codes(silenced, "release.md") == []


def test_the_key_is_no_part_of_the_page() -> None:
    text = release_text({"ogcheck": "{ignore: [TXT010], reason: why}"})
    assert codes(text, "release.md", ignore=["OGX002"]) == []
    page = ogcheck.read_page("release.md", text, config={})
    assert page is not None
    assert "ogcheck" not in page.data
    assert not any("ogcheck" in p.pointer for p in (*page.properties, *page.strays))
    strict = [{"files": ["*"], "schema": {"properties": {"title": {}},
                                          "additionalProperties": False}}]  # fmt: skip
    assert codes(post("title: x", "ogcheck: {ignore: [SCH]}", "y: 1"), schemas=strict) == []
    assert codes(post("title: x", "Ogcheck: {ignore: [SCH]}"), schemas=strict) == ["SCH006"]


# What silences nothing


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((IGNORE, GOOD), "TXT010 silences nothing here."),
        ((FILE, GOOD), "TXT010 silences nothing here."),
        (("# ogcheck: ignore[TXT010, URL001] why", BAD), "URL001 silences nothing here."),
        (("# ogcheck: ignore[TXT010 LOC URL001] why", BAD), "LOC and URL001 silence nothing here."),
        (("# ogcheck: ignore why", GOOD), "This suppression silences nothing."),
        (("# ogcheck: ignore-file why", GOOD), "This suppression silences nothing."),
        (("# ogcheck: ignore[] why", BAD.replace("&amp;", "&")),
         "This suppression names no rule in its brackets."),
        (("# ogcheck: ignore[TXT01O] why", GOOD), "“TXT01O” names no rule."),
        (("# ogcheck: ignore[unsued-suppression] why", GOOD),
         "“unsued-suppression” names no rule."),
        ((GOOD, "ogcheck: {ignore: [TXT010]}"), "TXT010 silences nothing here."),
        ((BAD, "ogcheck: {ignore: [TXT010, DAT]}"), "DAT silences nothing here."),
        ((BAD, "ogcheck: {ignore: [TXT010], reasons: why}"),
         "Below ogcheck only ignore and reason are read, and this is “reasons”."),
        ((GOOD, "ogcheck: {ignor: [TXT010]}"),
         "Below ogcheck only ignore and reason are read, and this is “ignor”."),
        (("# ogcheck: ignore[OGX002] why", GOOD), "OGX002 silences nothing here."),
        (("# ogcheck: ignore[OGX002, TXT010] why", BAD), "OGX002 silences nothing here."),
        (("# ogcheck: ignore-file[unused-suppression] why", GOOD), "OGX002 silences nothing here."),
    ],
)  # fmt: skip
def test_unused(lines: tuple[str, ...], message: str) -> None:
    assert told(post(*lines)) == [message]


@pytest.mark.parametrize(
    "lines",
    [
        (IGNORE, BAD),
        ("# ogcheck: ignore[TXT] why", BAD),
        ("# ogcheck: ignore why", BAD),
        (FILE, "a: b", BAD),
        # A note that nobody asked for is silenced, too.
        ("# ogcheck: ignore[URL003] why", "og_url: /a/"),
        # It stands for one's own suppression, and for those of others.
        ("# ogcheck: ignore[TXT010, OGX002] why", GOOD),
        ("# ogcheck: ignore[unused-suppression] why", IGNORE, GOOD),
        ("# ogcheck: ignore-file[OGX002] why", "a: b", IGNORE, GOOD),
        (GOOD, "a: b", IGNORE, "c: d", "ogcheck: {ignore: [OGX002]}"),
    ],
)
def test_used(lines: tuple[str, ...]) -> None:
    assert told(post(*lines)) == []


@pytest.mark.parametrize(
    ("comment", "config", "expected"),
    [
        ("ignore[TXT010]", {}, 1),
        ("ignore[TXT010]", {"ignore": ["TXT010"]}, 0),
        ("ignore[TXT010]", {"ignore": ["TXT"]}, 0),
        ("ignore[TXT010]", {"select": ["URL", "OGX"]}, 0),
        ("ignore[TXT010]", {"select": ["TXT010", "OGX"]}, 1),
        ("ignore[TXT010]", {"ignore": ["OGX002"]}, 0),
        # One that is off by default.
        ("ignore[TXT016]", {}, 0),
        ("ignore[TXT016]", {"extend-select": ["TXT016"]}, 1),
        # A prefix, or all rules: those that are on by default have to have run.
        ("ignore[TXT]", {}, 1),
        ("ignore[TXT]", {"ignore": ["TXT010"]}, 0),
        ("ignore[TXT]", {"select": ["TXT010", "OGX"]}, 0),
        ("ignore", {}, 1),
        ("ignore", {"ignore": ["IMG003"]}, 0),
        ("ignore[ALL]", {}, 1),
        # What could not speak here.
        ("ignore[HTM001]", {}, 0),
        ("ignore[HTM]", {}, 0),
        ("ignore[SCH001]", {}, 0),
        ("ignore[SCH001]", {"schemas": [{"files": ["*"], "schema": {"type": "object"}}]}, 1),
        ("ignore[FM001]", {}, 0),
        ("ignore[OGX004]", {}, 0),
        ("ignore[OGX001]", {}, 1),
        # A name that means nothing is told whatever runs.
        ("ignore[nope]", {"select": ["OGX"]}, 1),
    ],
)
def test_only_rules_that_ran_count(comment: str, config: dict[str, Any], expected: int) -> None:
    assert len(told(post(f"# ogcheck: {comment} why", GOOD), **config)) == expected


def test_a_rule_that_reads_what_is_not_there_did_run_and_one_of_markup_did_not() -> None:
    assert told(post("# ogcheck: ignore[IMG001] why", GOOD)) == ["IMG001 silences nothing here."]
    html = built_text(first="<!-- ogcheck: ignore-file[HTM001, FM002, SCH001] why -->")
    assert told(html, "a.html") == ["HTM001 silences nothing here."]


def test_a_rule_that_crashed_did_not_run(tmp_path: Path) -> None:
    plugin = tmp_path / "house.py"
    plugin.write_text(
        "from ogcheck import Finding, Rule, Severity\n"
        "class Fails(Rule):\n"
        '    """Fails.\n\n    ## What it does\n    No.\n\n    ## Why it matters\n    No."""\n'
        '    code, name, severity = "HSE001", "always-fails", Severity.NOTE\n'
        "    def check(self, page, context):\n"
        "        if page.written('page:title').value == 'x':\n"
        "            raise ValueError\n"
        "        return ()\n"
        "RULES = (Fails,)\n"
    )
    (tmp_path / "ogcheck.toml").write_text('plugins = ["house.py"]\n')
    config = tmp_path / "ogcheck.toml"
    text = post("# ogcheck: ignore[HSE001] why", "title: {}")
    for title, expected in (("x", ["OGX001"]), ("y", ["OGX002"])):
        found = ogcheck.check_text(text.format(title), tmp_path / "a.md", config=config)
        assert [p.code for p in found] == expected


def test_nothing_is_said_of_front_matter_that_does_not_parse() -> None:
    assert codes(post(IGNORE, "title: a: b")) == ["FM002"]
    assert codes(post("# ogcheck: ignore[FM002] why", "title: a: b")) == []
    assert codes(post("# ogcheck: ignore[FM002] why", "a: b", "title: a: b")) == ["FM002"]
    assert codes(post("# ogcheck: ignore-file[FM002] why", "title: a: b")) == []
    assert codes(post("title: a: b # ogcheck: ignore[FM002] why")) == []


@pytest.mark.parametrize("own", ["OGX002", "unused-suppression"])
@pytest.mark.parametrize("comment", ["ignore", "ignore-file", "ignore[ALL]", "ignore[OGX]"])
def test_only_its_name_silences_the_rule(own: str, comment: str) -> None:
    text = post(f"# ogcheck: {comment} why", IGNORE, GOOD)
    assert "TXT010 silences nothing here." in told(text)
    assert told(post(f"# ogcheck: ignore[{own}] why", IGNORE, GOOD)) == []


@pytest.mark.parametrize(
    ("selector", "near"),
    [("TXT10", "TXT010"), ("txt0010", "TXT010"), ("escaped-txt", "escaped-text"), ("zzzz", None)],
)
def test_a_misspelt_selector_is_told_with_the_nearest(selector: str, near: str | None) -> None:
    text = post(f"# ogcheck: ignore[{selector}] why", BAD)
    found = ogcheck.check_text(text, "a.md", config={})
    (problem,) = [p for p in found if p.code == "OGX002"]
    assert text[problem.offset : problem.end_offset] == selector
    if near is None:
        assert problem.fix is None
        return
    assert problem.help == f"Did you mean {near}?"
    assert problem.fix is not None
    assert not problem.fix.safe
    result = ogcheck.fix_text(text, "a.md", config={"unfixable": ["TXT010"]}, unsafe=True)
    assert result.text == post(f"# ogcheck: ignore[{near}] why", BAD)


# Reasons


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((IGNORE, BAD), []),
        (("# ogcheck: ignore[TXT010]: why", BAD), []),
        (("# ogcheck: ignore[TXT010] – why", BAD), []),
        (("# ogcheck: ignore[TXT010]", BAD), ["OGX003"]),
        (("# ogcheck: ignore[TXT010] --", BAD), ["OGX003"]),
        (("# ogcheck: ignore", BAD), ["OGX003"]),
        (("# ogcheck: ignore why", BAD), ["OGX003"]),
        (("# ogcheck: ignore-file[TXT010]", BAD), ["OGX003"]),
        ((BAD, "ogcheck: {ignore: [TXT010]}"), ["OGX003"]),
        ((BAD, "ogcheck: {ignore: [TXT010], reason: why}"), []),
        (("# ogcheck: ignore[TXT010, OGX003]", BAD), []),
        (("# ogcheck: ignore[suppression-without-reason]", "# ogcheck: ignore", BAD), []),
        (("# ogcheck: ignore-file", "# ogcheck: ignore[TXT010]", BAD), ["OGX003", "OGX003"]),
    ],
)
def test_reasons(lines: tuple[str, ...], expected: list[str]) -> None:
    assert codes(post(*lines), **WITH_OGX003) == expected
    assert codes(post(*lines), ignore=["OGX002"]) == []


def test_a_suppression_of_ogx003_that_silences_nothing_is_unused() -> None:
    text = post("# ogcheck: ignore[TXT010, OGX003] why", BAD)
    assert told(text, **WITH_OGX003) == ["OGX003 silences nothing here."]
    assert told(text) == []


# Removal


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((IGNORE, GOOD), (GOOD,)),
        (("a: b", f"  {IGNORE}  ", GOOD), ("a: b", GOOD)),
        ((f"{GOOD}  {IGNORE}",), (GOOD,)),
        ((f"{GOOD} # note {IGNORE}",), (f"{GOOD} # note",)),
        ((f"# note {IGNORE}", GOOD), ("# note", GOOD)),
        (("# ogcheck: ignore[TXT010, URL001] why", BAD), ("# ogcheck: ignore[TXT010] why", BAD)),
        (("# ogcheck: ignore[URL001, TXT010] why", BAD), ("# ogcheck: ignore[TXT010] why", BAD)),
        (("# ogcheck: ignore[DAT,TXT010 ,URL,LOC] why", BAD),
         ("# ogcheck: ignore[TXT010] why", BAD)),
        (("# ogcheck: ignore[TXT010, TXT01O] why", GOOD), ("# ogcheck: ignore[TXT01O] why", GOOD)),
        (("# ogcheck: ignore[] why", GOOD), (GOOD,)),
        ((GOOD, "ogcheck: {ignore: [TXT010], reason: why}", "a: b"), (GOOD, "a: b")),
        (("ogcheck:", "  ignore:", "    - TXT010", "  reason: why", "", GOOD), ("", GOOD)),
        ((BAD, "ogcheck:", "  ignore:", "  - DAT", "  - TXT010", "  - URL  # x"),
         (BAD, "ogcheck:", "  ignore:", "  - TXT010")),
        ((BAD, "ogcheck: {ignore: [DAT, TXT010, URL]}"), (BAD, "ogcheck: {ignore: [TXT010]}")),
        (('{"title": "x", "ogcheck": {"ignore": ["TXT010"]}}',), ('{"title": "x"}',)),
        (('{"ogcheck": {"ignore": ["TXT010"]}, "title": "x"}',), ('{"title": "x"}',)),
    ],
)  # fmt: skip
def test_removal(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    config: Any = {
        "select": ["TXT010", "DAT", "URL", "LOC", "URL001", "OGX"],
        "unfixable": ["TXT010"],
    }
    for end in ("\n", "\r\n"):
        text = post(*before).replace("\n", end)
        assert fixed(text, **config) == post(*after).replace("\n", end)


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        (f"{MARKUP}\n  <meta name=a>", "<meta name=a>"),
        (f"<meta name=a> {MARKUP}", "<meta name=a>"),
        (f"{MARKUP}<meta name=a>", "<meta name=a>"),
        ("<!--\nogcheck: ignore[TXT010]\n-->\n  <meta name=a>", "<meta name=a>"),
        (f"<meta name=a>\n{WHOLE}", "<meta name=a>"),
    ],
)
def test_removal_in_html(tag: str, left: str) -> None:
    before, after = built_text({"x": tag}), built_text({"x": left})
    assert fixed(before, "a.html", select=["TXT010", "OGX"]) == after


def test_what_would_change_a_text_that_keeps_its_last_lines_is_not_offered() -> None:
    kept = post("a: |+", "  text", IGNORE, "", GOOD)
    assert told(kept) == ["TXT010 silences nothing here."]
    assert fixed(kept) == kept
    clipped = post("a: |", "  text", IGNORE, "", GOOD)
    assert fixed(clipped) == post("a: |", "  text", "", GOOD)
    assert fixed(post("a: |+", "  text", "", IGNORE, GOOD)) == post("a: |+", "  text", "", GOOD)


def test_a_page_in_another_encoding_is_not_mended() -> None:
    text = built_text({"charset": '<meta charset="windows-1252">'}, last=MARKUP)
    checker = make_checker(Path.cwd(), {"select": ["TXT010", "OGX"]}, NOW)
    source = Source.from_bytes("a.html", text.encode("cp1252"))
    (problem,) = checker.check(source, Path("a.html").absolute()).problems
    assert (problem.code, problem.fix) == ("OGX002", None)


def test_a_suppressed_problem_says_so_and_is_not_reported() -> None:
    checker = make_checker(Path.cwd(), {}, NOW)
    checked = checker.check(Source.from_text("a.md", post(IGNORE, BAD)), Path("a.md").absolute())
    assert [(p.code, p.suppressed) for p in checked.problems] == [("TXT010", True)]


# Whatever the text

LINES = st.sampled_from(
    [
        "title: Bridge closed",
        "og_title: 'it''s # ogcheck: ignore[TXT010]'",
        'description: "No way\n  # ogcheck: ignore-file\n  over"',
        "summary: |\n  # ogcheck: ignore[URL]\n  text\n\n",
        "summary: >-  # note\n  folded # ogcheck: ignore\n\n  text",
        f"og_url: {SITE}/a/",
        "tags: [a, '# ogcheck: ignore',\n  b]",
        "og:\n  # ogcheck\n  locale: en_GB",
        "list:\n- a # note\n- 'b'",
        "plain: text that\n  goes on",
        "# ogcheck says nothing",
        "",
    ]
)
UNUSED = st.sampled_from(
    [
        "# ogcheck: ignore[TXT010] why",
        "# ogcheck: ignore",
        "# ogcheck: ignore-file[URL, DAT] why",
        "# ogcheck: ignore[] é",
        "# ogcheck: ignore[ALL]",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n"])


@moderately
@given(st.lists(st.tuples(LINES, st.booleans(), UNUSED), max_size=6), ENDS, st.booleans())
def test_removing_what_is_unused_gives_back_the_text(
    parts: list[tuple[str, bool, str]], end: str, mark: bool
) -> None:
    seen: set[str] = set()
    without, with_them = ["title0: x"], ["title0: x"]
    for line, has, comment in parts:
        key = line.partition(":")[0]
        if key in seen and ":" in line:
            continue
        seen.add(key)
        if has:
            with_them.append(comment)
        without.append(line)
        with_them.append(line)
    first = ("\ufeff" if mark else "") + post(*without).replace("\n", end)
    second = ("\ufeff" if mark else "") + post(*with_them).replace("\n", end)
    before = ogcheck.read_page("a.md", first, config={})
    after = ogcheck.read_page("a.md", second, config={})
    assert before is not None
    assert after is not None
    assert before.data == after.data
    assert [(p.name, p.value) for p in before.properties] == \
        [(p.name, p.value) for p in after.properties]  # fmt: skip
    if not codes(first, ignore=["OGX"]):
        assert fixed(second, unfixable=["FM007", "TXT", "URL"]) == first


@moderately
@given(
    st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["a.md", "a.html", "a.yml"])
)
def test_any_text_is_looked_through(noise: str, path: str) -> None:
    text = f"---\ntitle: x\nog_title: y # ogcheck: ignore{noise}\n---\n<!-- ogcheck: ignore{noise}"
    for one in (text, f"<title>x</title><!-- ogcheck: ignore{noise} -->{noise}"):
        for problem in ogcheck.check_text(one, path, config={}):
            assert problem.code != "OGX001", problem.message
