"""What stands in a URL that should not: tables of names, characters, and the shapes of a date."""

from __future__ import annotations

import pytest

from ogcheck.values import url_parts

A = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "names", "clean"),
    [
        (f"{A}?utm_source=a&id=3&fbclid=1#f", ["utm_source", "fbclid"], f"{A}?id=3#f"),
        (f"{A}?UTM_Source=a", ["utm_source"], A),
        (f"{A}?gclid=1&_hsenc=2&mc_cid=3", ["gclid", "_hsenc", "mc_cid"], A),
        (f"{A}?PHPSESSID=a8f&page=2", ["phpsessid"], f"{A}?page=2"),
        (f"{A}?ASPSESSIONIDQQ=a8f", ["aspsessionidqq"], A),
        (f"{A};jsessionid=12?a=1", ["jsessionid"], f"{A}?a=1"),
        (f"{A};jsessionid=12#f", ["jsessionid"], f"{A}#f"),
        (f"{A}?sid=0123456789abcdef0123456789abcdef", ["sid"], A),
        (f"{A}?sid=20/11/5", [], None),
        (f"{A}?source=desk&ref=nav&campaign=x", [], None),
        (f"{A}#?utm_source=a", [], None),
        (f"{A}?", [], None),
        (A, [], None),
    ],
)
def test_tracking(text: str, names: list[str], clean: str | None) -> None:
    found = url_parts.tracking(text)
    assert [p.name for p in found] == names
    if clean is not None:
        assert url_parts.without(text, found) == clean


def test_names_of_ones_own() -> None:
    (found,) = url_parts.tracking(f"{A}?a=1&cmp=mail", ("cmp",))
    assert f"{A}?a=1&cmp=mail"[found.start : found.end] == "cmp=mail"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("X-Amz-Date=1&X-Amz-Expires=300&X-Amz-Signature=ab", "x-amz-expires"),
        ("X-Goog-Expires=300&X-Goog-Signature=ab", "x-goog-expires"),
        ("Expires=1700000000&Signature=ab&Key-Pair-Id=c", "expires"),
        ("Policy=ab&Signature=c&Key-Pair-Id=d", "policy"),
        ("sv=2022&se=2026-01-01&sig=ab", "se"),
        ("_nc_ht=a&oh=00_A&oe=65B3", "oe"),
        ("ex=65&is=65&hm=ab", "ex"),
        ("sig=ab&hash=cd", None),
        ("expires=never", None),
        ("oe=utf-8", None),
        ("X-Amz-Expires=300", None),
        ("", None),
    ],
)
def test_signatures_that_end(query: str, name: str | None) -> None:
    found = url_parts.expiry(f"{A}?{query}")
    assert (found.name if found is not None else None) == name


@pytest.mark.parametrize(
    ("path", "kinds", "encoded"),
    [
        ("/a b.jpg", ["space"], "/a%20b.jpg"),
        ("/a\u00a0b.jpg", ["space"], "/a%C2%A0b.jpg"),
        ('/"a".jpg', ["character", "character"], "/%22a%22.jpg"),
        ("/{a}|b^.jpg", ["character"] * 4, "/%7Ba%7D%7Cb%5E.jpg"),
        ("/a\\b.jpg", ["character"], "/a/b.jpg"),
        ("/brücke.jpg", ["not ASCII"], "/br%C3%BCcke.jpg"),
        ("/fish&chips.jpg", ["ampersand"], "/fish%26chips.jpg"),
        ("/a.jpg&w=600?x=1&y=2", ["ampersand"], "/a.jpg%26w=600?x=1&y=2"),
        ("/a%2520b.jpg", ["twice"], "/a%20b.jpg"),
        ("/a.jpg?u=https%253A%252F%252Fb", [], None),
        ("/a.jpg?q=a b", ["space"], "/a.jpg?q=a%20b"),
        ("/a_(1),2;3=4'!*$+@~.jpg", [], None),
        ("/a%20b%25.jpg", [], None),
        ("/a.jpg?a=1&b=2", [], None),
        ("", [], None),
    ],
)
def test_what_is_left_to_encode(path: str, kinds: list[str], encoded: str | None) -> None:
    text = f"https://bücher.example{path}"
    found = url_parts.unescaped(text, image=True)
    assert [one.kind for one in found] == kinds
    for one in reversed(found):
        text = text[: one.start] + one.better + text[one.end :]
    assert text == f"https://bücher.example{path if encoded is None else encoded}"
    assert url_parts.unescaped(text, image=True) == []


def test_a_page_may_have_letters_beyond_ascii() -> None:
    assert url_parts.unescaped("https://a.example/münchen/", image=False) == []
    assert len(url_parts.unescaped("https://a.example/in münchen/", image=False)) == 1


@pytest.mark.parametrize(
    ("path", "month", "cut"),
    [
        ("/news/2021/march-2021/a/", (2021, 3), "2021/march-2021"),
        ("/news/2020/11/a", (2020, 11), "2020/11"),
        ("/2021/02-february/a", (2021, 2), "2021/02-february"),
        ("/2021/02/13/a", (2021, 2), "2021/02"),
        ("/2021-02-13-a/", (2021, 2), "2021-02-13"),
        ("/Sept-2021/a", (2021, 9), "Sept-2021"),
        ("/2021/mar/a", (2021, 3), "2021/mar"),
        ("/2020/05/x/2020/05/", (2020, 5), "2020/05"),
        ("/2021/may-day/", None, ""),
        ("/2021/a/", None, ""),
        ("/2021/13/", None, ""),
        ("/12021/03/", None, ""),
        ("/2021/032/", None, ""),
        ("/2021/march-2020/a", None, ""),
        ("/2021/02-march/a", None, ""),
        ("/2020/12/2021/01/", None, ""),
    ],
)
def test_months_in_a_path(path: str, month: tuple[int, int] | None, cut: str) -> None:
    found = url_parts.dated_path(path)
    assert (found and (found.year, found.month)) == month
    assert found is None or path[found.start : found.end] == cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Süper Lig’de golcülerin yarışı", {"super", "sueper", "lig", "golculerin", "golcuelerin",
                                            "yarisi"}),
        ("İzmir'de Ölçüm", {"izmir", "olcum", "oelcuem"}),
        ("Łódź and Smørrebrød", {"lodz", "and", "smorrebrod"}),
        ("schlachtung_fleisch-100", {"schlachtung", "fleisch", "100"}),
        ("정치 и новости", set()),
    ],
)  # fmt: skip
def test_words_of_a_slug(text: str, words: set[str]) -> None:
    assert url_parts.slug_words(text) == words
