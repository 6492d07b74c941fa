"""Locales as Open Graph writes them: ``language_TERRITORY`` (https://ogp.me/#optional)."""

from __future__ import annotations

from ogcheck.values.patterns import late

_LOCALE = late(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?_(?:[A-Z]{2}|[0-9]{3})")
_LOOSE = late(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?[-_]([A-Za-z]{2}|[0-9]{3})(?:\.[\w-]+)?(?:@\w+)?"
)


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
