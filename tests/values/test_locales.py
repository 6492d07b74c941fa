"""Locales: their form, their language, and which Facebook knows."""

from __future__ import annotations

import pytest

from ogcheck.values.locales import FACEBOOK, is_locale, known_for, language, mend


def test_facebooks_list() -> None:
    assert len(FACEBOOK) == 134
    assert all(is_locale(one) for one in FACEBOOK)
    assert {"ar_AR", "es_LA", "en_PI", "fb_LT"} <= FACEBOOK
    assert not {"en_UK", "en_CA", "en_AU", "es_MX", "fr_CH", "de_AT", "de_CH", "pt_AO"} & FACEBOOK


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("en-GB", "en_GB"), ("EN_gb", "en_GB"), ("en_UK", "en_GB"), ("fr_FR.UTF-8", "fr_FR"),
        ("sr-latn-rs", "sr_Latn_RS"), ("es-419", "es_419"), ("ca_ES@valencia", "ca_ES"),
        ("uk_UK", None), ("uk", None), ("English", None), ("", None), ("en_GB_x", None),
    ],
)  # fmt: skip
def test_mending(text: str, better: str | None) -> None:
    assert mend(text) == better
    assert better is None or is_locale(better)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("no", "nb_NO", True), ("nn-NO", "nb_NO", True), ("he", "iw_IL", True),
        ("fil", "tl_PH", True), ("ckb", "cb_IQ", True), ("zh-Hant", "zh_TW", True),
        ("eng", "en_US", True), ("deu", "de_DE", True), ("EN", "en_GB", True),
        ("ca@valencia", "ca_ES", True), ("en.UTF-8", "en_GB", True),
        ("cy", "en_GB", False), ("da", "nb_NO", False), ("id", "it_IT", False),
    ],
)  # fmt: skip
def test_languages(one: str, other: str, same: bool) -> None:
    assert (language(one) == language(other)) is same


@pytest.mark.parametrize("text", ["", "English", "und", "mul", "x-klingon", "5", "en/GB"])
def test_what_names_no_language(text: str) -> None:
    assert language(text) is None
    assert known_for(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fr", ("fr_FR", "fr_CA")),
        ("fr-CA", ("fr_CA", "fr_FR")),
        ("en_CA", ("en_GB", "en_IN", "en_US")),
        ("no", ("nb_NO", "nn_NO")),
        ("pt_AO", ("pt_PT", "pt_BR")),
        ("gd", ()),
    ],
)
def test_what_facebook_knows_of_a_language(text: str, expected: tuple[str, ...]) -> None:
    assert known_for(text) == expected
