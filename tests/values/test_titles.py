"""When two titles are one, and which part of a title is a site's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.values import titles

SAME = [
    ("Bridge closed", "Bridge closed"),
    ("Bridge closed | Northbridge Police", "Bridge closed"),
    ("Bridge closed", "Bridge closed - Northbridge Police"),
    ("Northbridge Police - Bridge closed", "Bridge closed"),
    ("Archive | northbridge.example | Page 10", "Archive | Page 10"),
    ("Bridge closed | News | Northbridge Police", "Bridge closed"),
    ("Bridge closed | Northbridge Police", "Bridge closed – Northbridge"),
    ("“Bridge” closed", '"Bridge" closed'),
    ("BRIDGE CLOSED", "Bridge closed"),
    ("Bridge\u00a0closed", "Bridge closed"),
    ("4×4 taken", "4x4 taken"),
    ("Bridge — closed", "Bridge - closed"),
    ("It could be you…'", "It could be you...'"),
    ("Soft\u00adhyphen", "Softhyphen"),
    ("Bridge closed 🚧", "Bridge closed"),
    ("Bridge closed :construction:", "Bridge closed"),
    ("**Bridge** closed", "Bridge closed"),
    ("The fi\ufb01nal bridge", "The fifinal bridge"),
    ("Bridge closed for a long... - Northbridge", "Bridge closed for a long while"),
    ("Robbery | The Northbridge Constabulary", "Robbery"),
    ("Bridge closed · Northbridge", "Bridge closed"),
    ("Bridge closed • Northbridge", "Bridge closed"),
    ("Bridge closed » Northbridge", "Bridge closed"),
    ("Bridge closed｜Northbridge", "Bridge closed"),
    ("Bridge closed ~ Northbridge", "Bridge closed"),
    ("Bridge closed / Northbridge", "Bridge closed"),
    ("Northbridge: Bridge closed", "Bridge closed"),
    ("Bridge closed |", "Bridge closed"),
    ("Bridge closed.", "Bridge closed"),
    ("UPDATE: Man found in Preston", "Northbridge Police - Man found in Preston"),
    ("Northbridge Police - Man found safe in Preston", "Man found safe in Preston | Police"),
    ("Bridge closed - Northbridge", "Bridge closed: what to do - The harbour"),
]
OTHER = [
    ("Bridge closed", "News article"),
    ("Jail for neighbour's thief", "Jail for neighbours' thief"),
    ("Bridge closed (1)", "Bridge closed"),
    ("Bridge closed | Northbridge Police", "Road closed | Northbridge Police"),
    ("A very long title about the bridge | News", "Another page | News"),
    ("Bridge clo...", "Bridge opened"),
    ("News | Road closed today", "News | Bridge closed today"),
    ("Wanted: Ann Lee", "Wanted: Bob Hall"),
    ("Breaking news: road closed", "Breaking news: bridge opened"),
    ("Road closed | A | Northbridge", "Bridge closed | A | Northbridge"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_titles(one: str, other: str) -> None:
    assert titles.same_title(one, other)
    assert titles.same_title(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_titles(one: str, other: str) -> None:
    assert not titles.same_title(one, other)
    assert not titles.same_title(other, one)


def test_a_title_that_is_only_the_sites_name_is_another_one() -> None:
    title = "Bridge closed | Northbridge Police"
    assert not titles.same_title(title, "Northbridge Police", "Northbridge Police")
    assert titles.same_title(title, "Bridge closed", "Northbridge Police")
    assert titles.same_title("Northbridge Police", "Northbridge Police", "Northbridge Police")


@pytest.mark.parametrize(
    ("longer", "shorter", "name"),
    [
        ("Bridge closed | Northbridge Police", "Bridge closed", "Northbridge Police"),
        ("Northbridge Police - Bridge closed", "Bridge closed", "Northbridge Police"),
        ("Bridge closed | News | Northbridge", "Bridge closed", "Northbridge"),
        ("Bridge closed - SYP", "Bridge closed", "SYP"),
        ("It&#39;s open | Northbridge", "It's open", "Northbridge"),
        ("Bridge closed for a... - Northbridge", "Bridge closed for a while", "Northbridge"),
        ("Bridge closed |", "Bridge closed", None),
        ("Update: bridge closed", "bridge closed", None),
        ("Bridge closed | where to go now?", "Bridge closed", None),
        ("Bridge closed", "Bridge closed | Northbridge", None),
        ("Bridge closed | Northbridge", "Road open", None),
        ("Bridge | Northbridge", "Bridge | Northbridge", None),
    ],
)
def test_affixes(longer: str, shorter: str, name: str | None) -> None:
    found = titles.affix(longer, shorter)
    assert (found.text if found else None) == name
    if found is not None:
        assert longer[found.start : found.end] == found.text


def test_segments_know_their_places() -> None:
    text = " A: b  |  C – d·e "
    parts = titles.segments(text)
    assert [p.text for p in parts] == ["A", "b", "C", "d·e"]
    assert all(text[p.start : p.end] == p.text for p in parts)
    assert [p.colon for p in parts] == [True, False, False, False]


@pytest.mark.parametrize(
    ("title", "name", "found"),
    [
        ("Bridge closed | Northbridge Police", "northbridge police", "Northbridge Police"),
        ("Northbridge Police | Bridge closed", "Northbridge Police", "Northbridge Police"),
        ("Northbridge Police", "Northbridge Police", None),
        ("The Guardian view on bridges", "The Guardian", None),
        ("Northbridge Police: bridge closed", "Northbridge Police", None),
    ],
)
def test_a_name_at_an_end(title: str, name: str, found: str | None) -> None:
    segment = titles.at_end(title, name)
    assert (segment.text if segment else None) == found


@given(
    st.lists(st.sampled_from(["a", "B", " ", "  ", "-", "–", ":", "::", "--", "|", "»", "«", "/",
                              "~", "·", "\u00a0", "\n", "é"])).map("".join)
)  # fmt: skip
def test_a_quick_look_misses_no_separator(text: str) -> None:
    if titles._SPLIT.search(text):
        assert titles._MAY_SPLIT.search(text)


@given(st.text())
def test_folding_leaves_a_letter(text: str) -> None:
    if text[:1].isalpha():
        assert titles.fold(text) not in ("", "-")
