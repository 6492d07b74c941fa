"""Titles and descriptions: each clause of the rules about texts, and the traps beside it."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.fix import fix_text
from ogcheck.rules.examples import release_text

LONG = "Man charged after burglary at the harbour workshops in Northbridge on Friday mor"
"""Eighty characters."""
BEGUN = (
    "The old bridge in the harbour of Northbridge is closed for repairs, and boats are to wait for "
    "the tide"
)
SENTENCE = "The old bridge is closed from Monday to Friday"


def post(lines: list[str], body: str = "") -> str:
    return "\n".join(["---", *lines, "---", "", body, ""])


def spoken(
    text: str, code: str, config: dict[str, Any] | None = None
) -> list[tuple[str, str, str]]:
    """What a rule says: the property, the text that is underlined, the severity."""
    settings = {"extend-select": [code], **(config or {})}
    # A rule that raises is no silence.
    said = (code, "OGX001")
    problems = [p for p in ogcheck.check_text(text, "a.md", config=settings) if p.code in said]
    return [(p.property or "", text[p.offset : p.end_offset], str(p.severity)) for p in problems]


@pytest.mark.parametrize(
    ("lines", "config", "expected"),
    [
        (["title: " + LONG[:70]], {}, []),
        # X cut at 70 characters, so that the 71st is the first that is lost.
        (["title: " + LONG[:71]], {}, [("page:title", LONG[70:71], "note")]),
        (["title: " + LONG[:71]], {"platforms": ["Matrix"]}, []),
        # Discord's 70 are bytes: two for an umlaut.
        (["title: " + "ü" * 36], {"platforms": ["Discord"]}, [("page:title", "ü", "note")]),
        (["title: " + "ü" * 36], {"platforms": ["X"]}, []),
        # X shows its own title, the others og:title; a generic page may fill og:title in.
        (["og_title: Short", "twitter_title: " + LONG[:71]], {},
         [("twitter:title", LONG[70:71], "note")]),
        (["og_title: Short", "title: " + LONG], {}, []),
        # One text in two properties is one finding.
        (["og_title: " + LONG[:71], "twitter_title: " + LONG[:71]], {},
         [("og:title", LONG[70:71], "note")]),
        # A reference that is left over is one character of what is shown.
        (["title: " + "a" * 69 + "&amp;"], {"platforms": ["X"]}, []),
        (["title: " + "a" * 69 + "&amp;b"], {"platforms": ["X"]}, [("page:title", "b", "note")]),
        # What a template fills in has no length yet.
        (["title: '" + "a" * 60 + "{{ page.very_long_name }}'"], {"platforms": ["X"]}, []),
        # A mark that combines belongs to the letter before it.
        (["title: " + "a" * 69 + "e\u0301x"], {"platforms": ["X"]},
         [("page:title", "e\u0301x", "note")]),
        # What is lost is the site's name, and nothing else.
        (["title: " + LONG[:60] + " | The Town Police"], {"site-name": "The Town Police"}, []),
        (["title: " + LONG[:75] + " | The Town Police"], {"site-name": "The Town Police"},
         [("page:title", LONG[70:75] + " | The Town Police", "note")]),
        (["title: " + "1" * 80], {}, []),  # a number is implicit-type's business
    ],
)  # fmt: skip
def test_long_title(
    lines: list[str], config: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert spoken(post(lines), "TXT004", config) == expected


def test_a_long_title_names_who_cuts_it_and_where() -> None:
    text = post(["title: " + LONG])
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT004"]})
    assert "80 characters long" in problem.message
    assert "X (70 characters)" in problem.message
    assert "Discord (70 bytes)" in problem.message
    assert "Discourse" not in problem.message  # which shows eighty
    assert "“… workshops in Northbridge on”" in problem.message


@pytest.mark.parametrize(
    ("lines", "config", "expected"),
    [
        (["description: " + "a" * 200], {}, []),
        (["description: " + "a" * 200 + "b"], {}, [("page:description", "b", "note")]),
        (["description: " + "a" * 300], {"platforms": ["Discord"]}, []),
        (["description: " + "a" * 351], {"platforms": ["Discord"]},
         [("page:description", "a", "note")]),
        (["description: " + "a" * 120], {"platforms": ["WhatsApp"]}, []),  # its 80 are advice
        (["og_description: Short text", "description: " + "a" * 250], {}, []),
    ],
)  # fmt: skip
def test_long_description(
    lines: list[str], config: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert spoken(post(lines), "TXT005", config) == expected


@pytest.mark.parametrize(
    ("lines", "config", "expected"),
    [
        (["description: Fourteen chars"], {}, [("page:description", "Fourteen chars", "note")]),
        (["description: Fifteen letters"], {}, []),
        (["description: '  News  '"], {}, [("page:description", "News", "note")]),
        (["og_description: News", "description: News"], {}, [("og:description", "News", "note")]),
        (["description: ตำรวจจับกุม"], {}, []),
        (["description: ຂົວປິດ"], {}, []),
        (["description: တံတားပိတ်"], {}, []),
        (["description: ស្ពានបិទ"], {}, []),
        (["description: 橋の通行止め"], {}, []),
        (["description: 다리 통제"], {}, []),
        (["description: Γέφυρα"], {}, [("page:description", "Γέφυρα", "note")]),
        (["description: '{{ x }}'"], {}, []),
        (["description: ''"], {}, []),
        (["description: Fifteen letters"], {"rules": {"TXT006": {"min-characters": 16}}},
         [("page:description", "Fifteen letters", "note")]),
    ],
)  # fmt: skip
def test_short_description(
    lines: list[str], config: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert spoken(post(lines), "TXT006", config) == expected


@pytest.mark.parametrize(
    ("lines", "speaks"),
    [
        (["title: Bridge closed", "description: Bridge closed"], True),
        (["title: Bridge closed", "description: bridge  CLOSED."], True),
        (["title: “Bridge” closed", "description: '\"Bridge\" closed!'"], True),
        (["title: Bridge closed | Town", "description: Bridge closed"], True),
        (["title: Bridge closed", "description: Bridge closed | Town"], True),
        (["title: The old bridge is closed", "description: The old bridge is…"], True),
        (["title: News of the day", "description: News…"], False),  # which any title begins with
        (["title: Bridge closed", "description: Bridge closed until Friday"], False),
        (["description: Bridge closed"], False),
        (["og_title: Bridge closed", "og_description: Bridge closed"], True),
        (["title: Bridge closed Town", "description: Bridge closed"], False),
        # A name is told behind a bar, or is known.
        (["title: Bridge closed - Town", "description: Bridge closed"], False),
        (["title: Bridge closed - Town", "description: Bridge closed", "og_site_name: Town"], True),
        # The card shows og:title, which is another one.
        (["title: Bridge closed", "og_title: Interview", "og_description: Bridge closed"], False),
        (["title: Bridge closed", "og_title: Interview", "description: Bridge closed"], True),
    ],
)
def test_description_repeats_title(lines: list[str], speaks: bool) -> None:
    assert bool(spoken(post(lines), "TXT007")) is speaks


@pytest.mark.parametrize(
    ("lines", "body", "expected"),
    [
        (["description: " + BEGUN + "..."], "", [("page:description", "...", "note")]),
        (["description: " + BEGUN + " […]"], "", [("page:description", "[…]", "note")]),
        (["description: " + BEGUN + " (...)"], "", [("page:description", "(...)", "note")]),
        (["description: The old bridge is closed…"], "It is. The old bridge is closed… Long ago.",
         []),  # the author's
        (["description: …"], "", []),
        (["description: And the winner has been announced..."], "", []),  # short, as of a title
        (["description: The winner has been…",
          "og_description: The winner has been announced by the mayor"], "",
         [("page:description", "…", "note")]),
        (["description: And then there were none.."], "", []),  # two full stops are a slip
        (["title: The one with the puppies…"], "", []),  # short, and its rest stands nowhere
        (["title: The puppies…", "og_title: The puppies… | Town"], "", []),  # the same, and a name
        (["title: The one with the…", "og_title: The one with the puppies"], "",
         [("page:title", "…", "note")]),
        (["title: The old bridge in Northbridge is closed from Monday to…"], "",
         [("page:title", "…", "note")]),
        # In the middle of a word, which the body shows.
        (["description: " + SENTENCE[:-3]], SENTENCE + ".", [("page:description", "Fri", "note")]),
        (["description: " + SENTENCE[:-3]], SENTENCE[:-10] + "\n" + SENTENCE[-9:] + ".",
         [("page:description", "Fri", "note")]),  # at the end of a line
        (["description: " + SENTENCE[:-3]], "The old bridge is closed from Monday to **Friday**.",
         [("page:description", "Fri", "note")]),
        (["description: " + SENTENCE], SENTENCE + ".", []),
        (["description: " + SENTENCE[:-3]], SENTENCE[:-3] + ". Fridays are better.", []),
        (["description: " + SENTENCE[:-3], "og_description: " + SENTENCE], "",
         [("page:description", "Fri", "note")]),
        # Thai puts no spaces between words.
        (["description: " + "ปิดสะพานเก่า" * 4], "ปิดสะพานเก่า" * 8, []),
    ],
)  # fmt: skip
def test_cut_text(lines: list[str], body: str, expected: list[tuple[str, str, str]]) -> None:
    assert spoken(post(lines, body), "TXT008") == expected


def test_a_cut_title_is_told_its_rest() -> None:
    text = post(["title: The one with the…", "og_title: The one with the puppies"])
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT008"]})
    assert problem.help == "Write the whole title: The one with the puppies"


@pytest.mark.parametrize(
    ("written", "broken", "repaired"),
    [
        ("Le cafÃ© du port", "Ã©", "Le café du port"),
        ("Itâ€™s open", "â€™", "It’s open"),
        ("ItÃ¢â‚¬â„¢s open", "Ã¢â‚¬â„¢", "It’s open"),  # twice
        ("Harbour ðŸŽ‰ party", "ðŸŽ‰", "Harbour 🎉 party"),
        ("NoÃ«l, voilÃ\u00a0 tout", "Ã«", "Noël, voilà tout"),
        ("VoilÃ\u00a0tout", "Ã\u00a0", "Voilàtout"),
        ("Ã«tre", "Ã«", "ëtre"),
        ("A \ufffd lost", "\ufffd", None),
    ],
)
def test_broken_encoding(written: str, broken: str, repaired: str | None) -> None:
    text = post([f"title: {written}"])
    assert spoken(text, "TXT011") == [("page:title", broken, "error")]
    fixed = fix_text(text, "a.md", config={"select": ["TXT011"]}, unsafe=True).text
    assert fixed == (text if repaired is None else post([f"title: {repaired}"]))
    assert fix_text(text, "a.md", config={"select": ["TXT011"]}).text == text  # a person looks


def test_broken_texts_of_a_source_are_told_one_by_one_and_their_places_counted() -> None:
    lines = ["title: Le cafÃ© fermÃ©", "description: Le cafÃ© du port"]
    problems = ogcheck.check_text(post(lines), "a.md", config={"select": ["TXT011"]})
    assert [p.property for p in problems] == ["page:title", "page:description"]
    assert "“Ã©” was “é”, and 1 more." in problems[0].message
    assert "“Ã©” was “é”." in problems[1].message


@pytest.mark.parametrize(
    "written",
    ["Le château où naît la Loire", "MAÇÃ E MANHÃ", "Đâu là Tây Âu", "Á “Ã” ó", "50 €",
     "Ünal’s Café", "Æther â la carte", "Ðorđe", "MANHÃ\u00a0LIVRE", "10 Â\u00a0€", "Ã« "],
)  # fmt: skip
def test_words_that_only_look_broken(written: str) -> None:
    assert spoken(post([f"title: {written}"]), "TXT011") == []


@pytest.mark.parametrize(
    ("written", "marked", "left"),
    [
        ("<p>The bridge is closed.</p>", "<p>", "The bridge is closed."),
        ("The <b>old</b> bridge", "<b>", "The old bridge"),
        ("Closed<br>from Monday", "<br>", "Closed from Monday"),
        ('See <a href="/map">the map</a> of it', '<a href="/map">', "See the map of it"),
        ("See [the map](/map) of it", "[the map](/map)", "See the map of it"),
        (
            "![A bridge](bridge.jpg) It is closed",
            "![A bridge](bridge.jpg)",
            "A bridge It is closed",
        ),
        ("## Bridge closed", "##", "Bridge closed"),
        ("[video] Bridge closed", "[video]", "Bridge closed"),
        ('[caption id="12"]Bridge[/caption]', '[caption id="12"]', "Bridge"),
        ("Bridge <!-- old --> closed", "<!-- old -->", "Bridge closed"),
    ],
)
def test_markup_in_text(written: str, marked: str, left: str) -> None:
    quote = "'" if '"' in written else '"'
    text = post([f"description: {quote}{written}{quote}"])
    ((name, part, severity),) = spoken(text, "TXT012")
    assert (name, part.strip(), severity) == ("page:description", marked, "warning")
    fixed = fix_text(text, "a.md", config={"select": ["TXT012"]}, unsafe=True).text
    (line,) = [one for one in fixed.split("\n") if one.startswith("description")]
    assert line.partition(": ")[2].strip("\"'") == left


@pytest.mark.parametrize(
    "written",
    ["a < b > c", "We <3 it", "C++ & C#", "<ViewTransition>", "<select>", "`<b>bold</b>`",
     "*UPDATED* Closed", "#Harbour week", "[Updated] Closed", "Issue #2 [1]",
     "The <title> and <meta>", "f(x)[0](y)", "Array<string> and Map<a, b>", "1 <2> 3", "[x] done"],
)  # fmt: skip
def test_what_only_looks_like_markup(written: str) -> None:
    assert spoken(post([f'title: "{written}"']), "TXT012") == []


@pytest.mark.parametrize(
    ("lines", "config", "expected"),
    [
        (["title: OLD BRIDGE CLOSED"], {}, [("page:title", "OLD BRIDGE CLOSED", "note")]),
        (["title: OLD BRIDGE CLOSED | Town"], {}, [("page:title", "OLD BRIDGE CLOSED", "note")]),
        (["title: BBC TV UK NEWS"], {}, []),  # abbreviations
        (["title: BRIDGE CLOSED"], {}, []),  # two words
        (["title: OLD BRIDGE is closed NOW"], {}, []),
        (["title: สะพาน เก่า ปิด แล้ว"], {}, []),
        (["title: OLD BRIDGE CLOSED", "og_title: OLD BRIDGE CLOSED"], {},
         [("og:title", "OLD BRIDGE CLOSED", "note")]),
        (["description: THE OLD BRIDGE IS CLOSED."], {},
         [("page:description", "THE OLD BRIDGE IS CLOSED.", "note")]),
        (["title: Closed bridge news | OLD TOWN POLICE FORCE"],
         {"site-name": "OLD TOWN POLICE FORCE"}, []),
    ],
)  # fmt: skip
def test_shouting(
    lines: list[str], config: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert spoken(post(lines), "TXT014", config) == expected


@pytest.mark.parametrize(
    ("share", "own", "speaks"),
    [
        ("A man was charged.", "A woman was charged.", True),
        ("A man was charged.", "a man  was charged", False),
        ("A man was charged…", "A man was charged after a burglary.", False),
        ("A man was charged.", "A man was charged. He is 34.", False),
        ("A man was charged.", "''", False),
    ],
)
def test_description_mismatch(share: str, own: str, speaks: bool) -> None:
    text = post([f"og_description: {share}", f"description: {own}"])
    assert bool(spoken(text, "TXT016")) is speaks
    problems = ogcheck.check_text(text, "a.md", config={})
    assert "TXT016" not in {p.code for p in problems}  # off unless it is selected


@pytest.mark.parametrize(
    ("lines", "body", "part"),
    [
        (["og_title: Man says", "title: 'Man says \"no\" to plan'"], "", "says"),
        (["og_title: It", 'title: "It\'s open again"'], "", "It"),
        (["og_title: Man says", "title: Man says “no” to plan"], "", None),  # ends no attribute
        (["og_title: Man says", "title: Man says no to plan"], "", None),
        (["og_title: Man says.", "title: 'Man says. \"No\" to plan'"], "", None),
        (
            ["og_description: A man was handed a note that read"],
            'A man was handed a note that read "give me the keys".',
            "read",
        ),
        (
            ["og_description: A note that read"],
            'A note that read "give me the keys"',  # the mark at its end stands before nothing
            "read",
        ),
        (
            ["og_description: A man was handed a note that read"],
            "A man was handed a note that read many things.",
            None,
        ),
        (["og_title: Man says"], '# Man says "no" to plan', "says"),
        # What holds a mark of its own was not cut at a second.
        (["og_title: 'The \"old\" man says'", 'title: \'The "old" man says "no"\''], "", None),
    ],
)
def test_cut_at_quote(lines: list[str], body: str, part: str | None) -> None:
    found = spoken(post(lines, body), "TXT017")
    assert [(one[1], one[2]) for one in found] == ([] if part is None else [(part, "error")])


@pytest.mark.parametrize(
    ("written", "second", "left"),
    [
        ("The bridge is closed. The bridge is closed.", "The bridge is closed.",
         "The bridge is closed."),
        ("Bridge closed today | Bridge closed today", "Bridge closed today", "Bridge closed today"),
        ("Bridge closed todayBridge closed today", "Bridge closed today", "Bridge closed today"),
        ("Bridge closed today - BRIDGE closed Today", "BRIDGE closed Today", "Bridge closed today"),
        ("“Bridge closed today” “Bridge closed today”", "“Bridge closed today”",
         "“Bridge closed today”"),
        ("New York, New York", None, None),
        ("Again and again and again", None, None),
        ("Closed bridge open Closed bridge", None, None),
    ],
)  # fmt: skip
def test_said_twice(written: str, second: str | None, left: str | None) -> None:
    text = post([f"title: {written}"])
    found = spoken(text, "TXT018")
    if second is None:
        assert found == []
        return
    assert found == [("page:title", second, "warning")]
    fixed = fix_text(text, "a.md", config={"select": ["TXT018"]}, unsafe=True).text
    assert fixed == post([f"title: {left}"])


def test_a_dropped_separator_leaves_the_rest_as_it_is_written() -> None:
    text = post([r'title: "Fraud \u2013 police advise |"'])
    fixed = fix_text(text, "a.md", config={"select": ["TXT015"]}).text
    assert fixed == post([r'title: "Fraud \u2013 police advise"'])


def test_a_date_is_not_put_in_quotes_for_its_white_space() -> None:
    text = post(["title: A", "date: \u00a0 2017-09-12 10:00:00"])
    ((_, _, severity),) = spoken(text, "TXT013")
    assert severity == "note"
    assert fix_text(text, "a.md", config={"select": ["TXT013"]}, notes=True).text == text


def test_two_long_titles_are_quoted_with_what_differs() -> None:
    one = f"{LONG} at Abbey Lane | Leicestershire Police"
    text = post(["title: " + one, "og_title: " + one.replace("charged after", "cleared of")])
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT001"]})
    assert "cleared of" in problem.message
    assert "charged after" in problem.message


@pytest.mark.parametrize(
    ("written", "place", "what", "left"),
    [
        (r"Bridge\tclosed", r"\t", "a tab", None),
        (r"Bridge \t  closed", r" \t  ", "a tab", None),
        ("Bridge  closed", "  ", "doubled spaces", "Bridge closed"),
        (" Bridge", " ", "white space at its beginning", "Bridge"),
        (r"\u3000Bridge", r"\u3000", "an ideographic space at its beginning", "Bridge"),
        (r"Bridge\u00a0", r"\u00a0", "a no-break space at its end", "Bridge"),
        # With the letter before it, since a line break alone cannot be shown.
        (r"Bridge\nclosed", r"e\n", "a line break", None),
        (r"Bridge\r\n  closed", r"e\r\n  ", "a line break", None),
        (r"Bridge\u2028closed\x85now", r"e\u2028", "2 line breaks", None),
        (r"Prix \u00a0: 10", r" \u00a0", "a space beside a no-break space", None),
        (r"Prix\u00a0 : 10", r"\u00a0 ", "a space beside a no-break space", None),
    ],
)
def test_stray_white_space(written: str, place: str, what: str, left: str | None) -> None:
    _holds(written, place, what, left, "note")


@pytest.mark.parametrize(
    ("written", "place", "what", "left"),
    [
        (r"a\u200bb", r"\u200b", "a zero-width space", "ab"),
        (r"a\ufeffb", r"\ufeff", "a byte-order mark", "ab"),
        (r"a\u2060b", r"\u2060", "a word joiner", None),
        (r"a\u2064b", r"\u2064", "the control character U+2064", None),
        (r"a\x08b", r"\x08", "the control character U+0008", None),
        (r"a\x0bb", r"\x0b", "the control character U+000B", None),
        (r"a\x1fb", r"\x1f", "the control character U+001F", None),
        (r"a\x7fb", r"\x7f", "the control character U+007F", None),
        (r"a\x9fb", r"\x9f", "the control character U+009F", None),
    ],
)
def test_characters_that_nobody_sees(written: str, place: str, what: str, left: str | None) -> None:
    _holds(written, place, what, left, "warning")


def _holds(written: str, place: str, what: str, left: str | None, severity: str) -> None:
    text = post([f'title: "{written}"'])
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT013"]})
    assert text[problem.offset : problem.end_offset] == place
    assert str(problem.severity) == severity
    assert f" holds {what}." in problem.message
    fixed = fix_text(text, "a.md", config={"select": ["TXT013"]}, notes=True).text
    assert fixed == (text if left is None else post([f'title: "{left}"']))


@pytest.mark.parametrize(
    "written",
    [r"Prix\u00a0: 10\u00a0\u00a0€", r"ไทย\u200bไทย", r"a\u200bไทย", r"a\u00adb", r"a\u200eb",
     r"a\u200db", r"a\u3000b", r"a\u2065b"],
)  # fmt: skip
def test_characters_that_belong_there(written: str) -> None:
    assert spoken(post([f'title: "{written}"']), "TXT013") == []


@pytest.mark.parametrize(
    "lines",
    [
        ["title: ~", "og_title: Bridge closed"],
        ["title: Bridge closed", "og_title: null"],
        ["title: Bridge closed", "og_title: "],
    ],
)
def test_what_was_left_empty_is_no_other_title(lines: list[str]) -> None:
    assert spoken(post(lines), "TXT001") == []


@pytest.mark.parametrize(
    ("title", "advised"),
    [
        ("Bridge open again | Northbridge Police", "the page's title has: Bridge open again"),
        ("News - Bridge open again", "Write one headline in both."),  # either may be the name
    ],
)
def test_what_a_release_should_say_twice(title: str, advised: str) -> None:
    text = release_text({"title": title, "og.title": "Man charged after burglary"})
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT001"]})
    assert problem.help is not None
    assert problem.help.endswith(advised)


def test_a_site_name_is_dropped_and_what_stands_before_the_title_stays() -> None:
    text = post(['og_title: "- Bridge closed | The Police"', "og_site_name: The Police"])
    fixed = fix_text(text, "a.md", config={"select": ["TXT002"]}, unsafe=True, notes=True).text
    assert fixed == post(['og_title: "- Bridge closed"', "og_site_name: The Police"])


def test_the_line_end_of_a_block_is_layout_and_any_other_is_not() -> None:
    assert spoken(post(["description: |", "  Bridge closed."]), "TXT013") == []
    found = spoken(post([r'description: "Bridge closed.\n"']), "TXT013")
    assert found == [("page:description", r"\n", "note")]


def test_what_can_be_mended_only_in_part_is_left_alone() -> None:
    text = post(['description: "Bridge  closed.\\nWait."'])
    assert len(spoken(text, "TXT013")) == 1
    result = fix_text(text, "a.md", config={"select": ["TXT013"]}, notes=True)
    assert (result.text, result.refused) == (text, ())


def test_one_text_in_two_properties_is_mended_in_both_or_not_at_all() -> None:
    # The alias is not written; what stands beside it is the same text and stays so.
    lines = ["names: [&a Bridge  closed]", "title: *a", "og_title: Bridge  closed"]
    text = post(lines)
    (problem,) = ogcheck.check_text(text, "a.md", config={"select": ["TXT013"]})
    assert problem.fix is None
    result = fix_text(text, "a.md", config={"select": ["TXT013"]}, notes=True)
    assert result.text == text


def test_one_text_in_two_properties_is_one_finding_and_one_fix() -> None:
    text = post(["title: Bridge  closed", "og_title: Bridge  closed"])
    assert spoken(text, "TXT013") == [("page:title", "  ", "note")]
    fixed = fix_text(text, "a.md", config={"select": ["TXT013"]}, notes=True).text
    assert fixed == post(["title: Bridge closed", "og_title: Bridge closed"])
