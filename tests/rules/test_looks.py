"""What keeps a rule from being called never keeps it from a finding."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck import page as page_module
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.rules import dat_order, txt_cut, txt_texts, txt_wording
from ogcheck.rules.base import Context, Example, Rule
from ogcheck.rules.examples import CLEAN, release
from ogcheck.rules.registry import builtin
from ogcheck.source import Source
from ogcheck.values import references, shown

CONTEXT = Context(datetime(2026, 6, 1, 12, 0, tzinfo=UTC))
RULES = [rule() for rule in builtin().rules.values() if not rule.filed]
EXAMPLES = [example for rule in builtin().rules.values() for example in (*rule.bad, *rule.good)]


def is_called(rule: Rule, page: Page) -> bool:
    """As the plan has it."""
    by_name = page.by_name
    if rule.reads and not any(name in by_name for name in rule.reads):
        return False
    if rule.lacks in by_name and all(p.kind != "null" for p in by_name[rule.lacks]):
        return False
    return all(look(page) for look in rule.where)


def silent_for_nothing(text: str, path: str) -> list[str]:
    """The rules that would not be called, and would speak."""
    page = read(Source.from_text(path, text))
    if not isinstance(page, Page):
        return []
    rules = [rule for rule in RULES if page.html is not None or not rule.markup]
    return [r.code for r in rules if not is_called(r, page) and list(r.check(page, CONTEXT))]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_is_passed_over(example: Example) -> None:
    assert silent_for_nothing(example.text, example.path) == []


PIECES = st.sampled_from(
    ["https://", "http://", "//", "/", "?", "#", "&", ";", "&amp;", " ", "  ", "\t", "\n", "\u00a0",
     "\u200b", "\ufeff", "`", "{{ x }}", "%25", "é", "Ã©", "\ufffd", "null", "NaN", "undefined",
     "northbridge.example", "localhost", "127.0.0.1", "a.local", "harbour", ".jpg", "user@",
     "utm_source=x", "2026-03-26", "26/03/2026", "x" * 80, "|", "article", "website", "…", "'"]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=5).map("".join)


def quoted(value: str) -> str:
    """A value in YAML's double quotes."""
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\u{ord(c):04x}"
                         for c in value) + '"'  # fmt: skip


@given(st.dictionaries(st.sampled_from([*CLEAN]), st.none() | st.just("null") | VALUES.map(quoted)))
def test_no_page_is_passed_over(change: dict[str, str | None]) -> None:
    assert silent_for_nothing(str(release(change)), "release.md") == []


MARKS = st.lists(
    st.sampled_from(["a", "b c", " ", "  ", "\n", "*", "**", "-", "+", "#", "##", "_", "__", "!",
                     "[", "]", "(", ")", "<", ">", "/", "<b>", "[a](b)", "\t", "\\"])
).map("".join)  # fmt: skip


@given(MARKS)
def test_markup_is_dropped_as_one_plain_pattern_has_it(text: str) -> None:
    plain = re.compile(
        r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)|</?[a-zA-Z][^<>\n]{0,300}>"
        r"|(?:(?<=\s)|^)[*+-][ \t]+|(?:(?<=\n)|^)#{1,6}[ \t]+|\*\*|__"
    )
    wanted = plain.sub(lambda m: m[1] or "", text)
    assert txt_texts._MARKUP.sub(txt_texts._text_of, text) == wanted


@given(
    st.lists(st.sampled_from([*"\n\r\x0b\x0c\x1c\x1e\x85\u2028\u2029", "#", "# ", "##", " ", "=",
                              "==", "--", "-", "Text", "```"])).map("".join)
)  # fmt: skip
def test_every_heading_begins_a_line(body: str) -> None:
    page = read(Source.from_text("a.md", f"---\ntitle: A\n---\n{body}"))
    assert isinstance(page, Page)
    found = page.headings()
    page_module._MAY_HEAD, kept = re.compile(""), page_module._MAY_HEAD
    try:
        assert page.headings() == found
    finally:
        page_module._MAY_HEAD = kept


@given(
    st.lists(
        st.sampled_from(["The", "the", "old", "bridge", "I", "é", "is"]), min_size=1, max_size=5
    ),
    st.sampled_from([" ", ". ", ", ", " – "]),
    st.sampled_from(["", ".", "!", "…"]),
    st.booleans(),
)
def test_what_is_said_twice_is_told(words: list[str], join: str, end: str, close: bool) -> None:
    first = " ".join(words)
    text = f"{first}{join}{first.upper() if close else first}{end}"
    page = read(Source.from_text("a.md", f"---\ntitle: {quoted(text)}\n---\n"))
    assert isinstance(page, Page)
    rule = txt_wording.SaidTwice()
    folded = text.lower()
    might = len(text) >= 8 and folded.count(folded[:4]) >= 2
    expected = might and txt_wording._halves(text, rule.options.min_words) is not None
    assert bool(list(rule.check(page, CONTEXT))) == expected


@given(
    st.integers(1, 28),
    st.integers(1, 28),
    *[st.sampled_from(["", "T00:00Z", "T23:59:59+23:59", "T00:00:00-23:59", "T12:00"])] * 2,
    st.integers(0, 5),
)
def test_no_change_before_the_publication_is_passed_over(
    day: int, other: int, time: str, its: str, days: int
) -> None:
    page = read(
        Source.from_text(
            "a.md",
            f"---\ndate: 2026-03-{day:02}{time}\nlastmod: 2026-03-{other:02}{its}\n---\n",
        )
    )
    assert isinstance(page, Page)
    rule = dat_order.ModifiedBeforePublished(dat_order.Scheduling(days))
    found = bool(list(rule.check(page, CONTEXT)))
    kept, dat_order._APART = dat_order._APART, 1000
    try:
        assert bool(list(rule.check(page, CONTEXT))) == found
    finally:
        dat_order._APART = kept


@given(
    st.lists(st.sampled_from(["a", " ", ".", "..", "...", "…", "[", "]", "(", ")", "&amp;", "{{x}}",
                              "&#46;", "\n"])).map("".join)
)  # fmt: skip
def test_no_ellipsis_is_taken_for_the_end_of_a_sentence(value: str) -> None:
    meant = references.resolve(value).strip()
    if meant[-1:] == "." and meant[-3:] != "..." and shown.is_as_written(value):
        assert txt_cut._ELLIPSIS.search(shown.shown(value).text) is None
