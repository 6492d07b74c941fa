"""Locales as Open Graph writes them: ``language_TERRITORY`` (https://ogp.me/#optional)."""

from __future__ import annotations

from functools import lru_cache

from ogcheck.values.patterns import late

_LOCALE = late(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?_(?:[A-Z]{2}|[0-9]{3})")
_LOOSE = late(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?[-_]([A-Za-z]{2}|[0-9]{3})(?:\.[\w-]+)?(?:@\w+)?"
)
_LANGUAGE = late(r"[A-Za-z]{2,3}(?![A-Za-z])")

FACEBOOK = frozenset(
    "af_ZA ak_GH am_ET ar_AR as_IN ay_BO az_AZ be_BY bg_BG bn_IN br_FR bs_BA ca_ES cb_IQ ck_US "
    "co_FR cs_CZ cx_PH cy_GB da_DK de_DE el_GR en_GB en_IN en_PI en_UD en_US eo_EO es_CO es_ES "
    "es_LA et_EE eu_ES fa_IR fb_LT ff_NG fi_FI fo_FO fr_CA fr_FR fy_NL ga_IE gl_ES gn_PY gu_IN "
    "gx_GR ha_NG he_IL hi_IN hr_HR hu_HU hy_AM id_ID ig_NG is_IS it_IT ja_JP ja_KS jv_ID ka_GE "
    "kk_KZ km_KH kn_IN ko_KR ku_TR la_VA lg_UG li_NL ln_CD lo_LA lt_LT lv_LV mg_MG mk_MK ml_IN "
    "mn_MN mr_IN ms_MY mt_MT my_MM nb_NO nd_ZW ne_NP nl_BE nl_NL nn_NO ny_MW or_IN pa_IN pl_PL "
    "ps_AF pt_BR pt_PT qu_PE rm_CH ro_RO ru_RU rw_RW sa_IN sc_IT se_NO si_LK sk_SK sl_SI sn_ZW "
    "so_SO sq_AL sr_RS sv_SE sw_KE sy_SY sz_PL ta_IN te_IN tg_TJ th_TH tk_TM tl_PH tr_TR tt_RU "
    "tz_MA uk_UA ur_PK uz_UZ vi_VN wo_SN xh_ZA yi_DE yo_NG zh_CN zh_HK zh_TW zu_ZA zz_TR".split()
)
"""The locales that Facebook knows: the union of two dated copies of its list, FacebookLocales.xml,
which cannot be reached any more (open-graph-protocol-tools, 131 codes; Yoast SEO 2015, which adds
en_PI, en_UD and fb_LT). Mark B."""

# Codes that name the same language: ISO 639-1 and the macro-language's own codes, those that ISO
# has replaced, and those that Facebook made up where ISO 639-1 has none.
_SAME_LANGUAGE = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "tl": "fil", "cmn": "zh",
    "yue": "zh", "cb": "ku", "ckb": "ku", "kmr": "ku", "ck": "chr", "cx": "ceb", "gx": "grc",
    "sz": "szl", "tz": "ber", "zgh": "ber", "tzm": "ber", "zz": "zza", "mo": "ro", "fb": "en",
    "sh": "sr", "hbs": "sr", "prs": "fa", "arb": "ar",
    # Three letters where there are two (ISO 639-2), of the languages that pages are often in.
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "cym": "cy", "wel": "cy", "gle": "ga", "nor": "no",
    "nob": "no", "nno": "no", "swe": "sv", "dan": "da", "fin": "fi", "pol": "pl", "rus": "ru",
    "ukr": "uk", "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "ara": "ar", "tur": "tr",
    "ell": "el", "gre": "el", "ces": "cs", "cze": "cs", "hun": "hu", "ron": "ro", "rum": "ro",
}  # fmt: skip


def is_locale(text: str) -> bool:
    """Whether ``text`` is language_TERRITORY, perhaps with a script. ``UK`` is no territory."""
    return _LOCALE.fullmatch(text) is not None and not text.endswith("_UK")


def mend(text: str) -> str | None:
    """``text`` in the form that platforms read; None where that is not certain."""
    match = _LOOSE.fullmatch(text)
    if match is None:
        return None
    language, script, territory = match.groups()
    territory = territory.upper()
    if language.lower() == "uk" and territory == "UK":
        return None  # Ukrainian, or English of the United Kingdom
    if territory == "UK":
        territory = "GB"
    return "_".join([language.lower(), *([script.title()] if script else []), territory])


def language(text: str) -> str | None:
    """The language that a locale or a language tag (``en-GB``, BCP 47) names.

    Codes of one language are one: Norwegian is ``no`` whether Bokmål or Nynorsk. None for what is
    no tag.
    """
    match = _LANGUAGE.match(text)
    if match is None or text[match.end() : match.end() + 1] not in ("", "-", "_", ".", "@"):
        return None
    code = match.group().lower()
    if code in ("und", "mul", "zxx", "mis"):  # undetermined, several, none, not in the list
        return None
    return _SAME_LANGUAGE.get(code, code)


@lru_cache(maxsize=64)
def known_for(text: str) -> tuple[str, ...]:
    """Facebook's codes of the language that ``text`` names, the one of its territory first.

    Then the one of the country that is called as the language is (``fr_FR``).
    """
    wanted = language(text)
    if wanted is None:
        return ()
    made_up = {"en_PI", "en_UD", "fb_LT"}  # pirates', upside down, and l33t
    found = sorted(one for one in FACEBOOK - made_up if language(one) == wanted)
    own = mend(text)
    return tuple(sorted(found, key=lambda one: (one != own, one[:2] != one[3:].lower(), one)))
