"""The data types of the protocol, and what is said of a text that is not of its type."""

from __future__ import annotations

import pytest

from ogcheck import vocabulary
from ogcheck.values import protocol
from ogcheck.values.spelling import one_edit

GOOD = {
    "integer": ["1", "1200", "0630", "999999999"],
    "float": ["12", "12.50", "-1.234", "1.2e3", "-1.2e3", "7E-10", ".5", "5."],
    "boolean": ["true", "false", "1", "0"],
    "datetime": [
        "2026-03-26",
        "2026-03-26T09:26Z",
        "2026-03-26T09:26:00.5+01:00",
        "2026-03-26T24:00:00+0100",
    ],
    "mime": [
        "image/jpeg",
        "image/svg+xml",
        "text/html; charset=utf-8",
        'video/mp4; codecs="avc1.4d0, mp4a"',
        "IMAGE/PNG",
    ],
    "isbn": ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "080442957X", "0 8044 2957 x"],
    "currency": ["GBP", "EUR"],
    "profile": ["https://www.northbridge.example/people/a/"],
    "url": ["https://www.northbridge.example/"],
    "handle": ["@northbridge", "@editor@social.northbridge.example"],
    "locale": ["en_GB", "es_419", "sr_Latn_RS"],
    "type": ["article", "video.tv_show", "product", "newsroom:release"],
    "byline": ["Jane Doe", "123", "https://www.northbridge.example/"],
    "id": ["com.northbridge.app"],
    "text": ["x"],
    "enum:a|an|the||auto": ["", "the"],
    "enum:male|female": ["male"],
}

BAD = {
    "integer": [
        ("0", "above 0"),
        ("-1", "above 0"),
        ("1200px", "Write 1200."),
        ("1,200", "Write 1200."),
        ("1200.0", "Write 1200."),
        ("auto", "digits alone"),
        ("1234567890", "above 0"),
        ("١٢", "above 0"),
        ("", "is empty"),
        ("1.5", "above 0"),
        ("0x10", "above 0"),
        ("90 seconds", "Write 90."),
    ],
    "float": [
        ("£12.50", "Write 12.50."),
        ("10-20", "Write digits"),
        ("-£5", "Write digits"),
        ("12,50", "point before the decimals"),
        ("GBP 1,299.00", "Write 1299.00."),
        ("1.2.3", "digits"),
        ("free", "digits"),
        ("", "is empty"),
        (".", "digits"),
    ],
    "boolean": [("yes", "true or false"), ("True", "true or false"), ("", "is empty")],
    "datetime": [
        ("26 March 2026", "ISO 8601"),
        ("2026-03-26 09:26", "ISO 8601"),
        ("2026-02-30", "no possible date"),
        ("1774517160", "ISO 8601"),
        ("2026-W13", "ISO 8601"),
    ],
    "mime": [
        ("jpg", "Write image/jpeg."),
        (".PNG", "Write image/png."),
        ("image", "as in image/jpeg"),
        ("image/", "MIME"),
        ("image/jpeg, image/png", "MIME"),
    ],
    "isbn": [
        ("978-0-306-40615-8", "would be 7"),
        ("0-306-40615-3", "would be 2"),
        ("0804429571", "would be X"),
        ("ISBN 9780306406157", "digits of the ISBN alone"),
        ("12345", "10 or 13 digits"),
        ("9770306406157", "10 or 13 digits"),
        ("080442957X0", "10 or 13 digits"),
    ],
    "currency": [("gbp", "Write GBP."), ("£", "as in GBP")],
    "profile": [
        ("Jane Doe", "profile's URL"),
        ("/people/a/", "profile's URL"),
        ("1234", "profile's URL"),
    ],
    "url": [("/a", "absolute"), ("data:image/png;base64,AA==", "absolute")],
    "handle": [
        ("northbridge", "as in @name"),
        ("https://x.com/northbridge", "as in @name"),
        ("@", "as in @name"),
    ],
    "locale": [("en-GB", "Write en_GB."), ("en", "as in en_GB"), ("en_UK", "Write en_GB.")],
    "type": [("Article", "article or website"), ("news release", "article or website")],
    "byline": [("", "is empty")],
    "enum:a|an|the||auto": [("a an", "a, an, the or auto"), ("The", "Write the.")],
    "enum:male|female": [
        ("Female", "Write female."),
        ("f", "Write male or female."),
        ("femal", "Write female."),
        ("", "male or female"),
    ],
    "enum:free|metered|locked": [("metred", "Write metered."), ("paid", "free, metered or locked")],
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in GOOD.items() for t in texts])
def test_a_value_of_its_type(kind: str, text: str) -> None:
    assert protocol.fault(kind, text) is None


@pytest.mark.parametrize(
    ("kind", "text", "words"), [(k, t, w) for k, rows in BAD.items() for t, w in rows]
)
def test_what_is_said_of_another(kind: str, text: str, words: str) -> None:
    fault = protocol.fault(kind, text)
    assert fault is not None
    assert words in f"{fault.says}. {fault.advice}"
    assert fault.advice.endswith(".")


def test_every_type_of_the_vocabulary_is_judged_and_tested() -> None:
    kinds = {e.type for e in vocabulary.PROPERTIES.values() if e.status not in ("page", "ld")}
    assert {k for k in kinds if not k.startswith("enum:")} == set(protocol.JUDGES)
    assert set(protocol.JUDGES) <= set(GOOD)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("websiste", "website", True),
        ("wesbite", "website", True),
        ("websit", "website", True),
        ("webs1te", "website", True),
        ("website", "website", False),
        ("wbesiet", "website", False),
        ("mebsita", "website", False),
        ("web", "website", False),
        ("a", "", True),
    ],
)
def test_one_edit(one: str, other: str, near: bool) -> None:
    assert one_edit(one, other) is one_edit(other, one) is near
