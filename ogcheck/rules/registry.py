"""Every rule there is, how they are selected, and which speaks where two see one fault."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ogcheck.rules.base import Rule

ALL = "ALL"

# winner, losers: on one property the winner speaks and the losers are silent.
PRECEDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("FM008", ("OG010", "TXT013")),
    ("TXT017", ("OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "OG010", "TXT001",
                "TXT006", "TXT007", "TXT008")),
    ("OG010", ("OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "TXT013", "URL003",
               "URL004", "LOC001", "TXT001", "TXT006", "TXT007")),
    ("OG014", ("OG013",)),
    ("TXT010", ("TXT008",)),
    ("TXT018", ("TXT001",)),
    ("TXT011", ("TXT001", "TXT013")),
    ("TXT001", ("TXT002", "TXT008")),
    ("TXT007", ("TXT006", "TXT008")),
    ("TXT015", ("TXT013",)),
    ("URL003", ("URL005", "URL006", "URL011", "URL010", "URL001", "URL002")),
    ("URL004", ("URL005", "URL006", "URL011", "URL010", "URL001", "URL002")),
    ("URL005", ("URL006", "URL011", "URL010", "URL001", "URL002")),
    ("URL006", ("URL011", "URL010", "URL001", "URL002")),
    ("URL011", ("URL010", "URL001", "URL002")),
    ("URL010", ("URL001", "URL002")),
    ("URL001", ("URL002",)),
    ("DAT005", ("DAT001",)),
    ("IMG001", ("IMG002", "IMG003")),
)  # fmt: skip

# The same for findings anywhere on one page.
PAGE_PRECEDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("TXT003", ("OG006",)),
    ("OG014", ("OG021",)),
    ("OG015", ("OG021",)),
)

# A schema error and the rules that see the same fault, the nearest first: the rule speaks, and
# names the other.
SCHEMA_PAIRS: dict[str, tuple[str, ...]] = {
    "SCH001": ("OG000", "OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007"),
    "SCH002": ("FM008", "OG010"),
    "SCH003": ("URL003", "URL004", "URL005", "DAT001", "DAT005", "LOC001", "IMG001", "OG010",
               "TXT010"),
    "SCH004": ("OG013", "OG014", "LOC001"),
    "SCH005": ("TXT017", "OG010"),
    "SCH007": ("TXT017", "OG010", "TXT004", "TXT005", "TXT006"),
    "SCH008": ("TXT017", "OG010"),
    "SCH009": ("URL001", "URL002", "URL005", "URL006", "URL010", "URL011"),
}  # fmt: skip


@lru_cache(maxsize=1)
def rules() -> dict[str, type[Rule]]:
    """Every rule by its code, in the order of the catalogue."""
    from ogcheck.rules import (
        dat,
        fm,
        img,
        loc,
        og_missing,
        og_types,
        og_values,
        ogx,
        sch,
        txt_characters,
        txt_cut,
        txt_descriptions,
        txt_encoding,
        txt_length,
        txt_markup,
        txt_titles,
        txt_wording,
        url_form,
        url_host,
        url_page,
    )

    modules = (
        fm, sch, og_missing, og_values, og_types, txt_titles, txt_characters, txt_cut,
        txt_descriptions, txt_encoding, txt_length, txt_markup, txt_wording, url_page, url_form,
        url_host, img, dat, loc, ogx,
    )  # fmt: skip
    found = [rule for module in modules for rule in module.RULES]
    return {rule.code: rule for rule in sorted(found, key=_place)}


_GROUPS = ("FM", "SCH", "OG", "TXT", "URL", "IMG", "DAT", "LOC", "TWC", "OGX")


def _place(rule: type[Rule]) -> tuple[int, str]:
    """Where a rule stands in the catalogue; other people's groups stand behind ours."""
    group = rule.code.rstrip("0123456789")
    return (_GROUPS.index(group) if group in _GROUPS else len(_GROUPS), rule.code)


@lru_cache(maxsize=1)
def by_name() -> dict[str, type[Rule]]:
    """Every rule by its name."""
    return {rule.name: rule for rule in rules().values()}


def find(selector: str) -> type[Rule] | None:
    """The rule that has exactly this code or name."""
    return rules().get(selector.upper()) or by_name().get(selector.lower())


def select(selector: str) -> list[type[Rule]]:
    """The rules that a selector means: a code, a name, a prefix of codes, or ``ALL``.

    Empty if it means none.
    """
    exact = find(selector)
    if exact is not None:
        return [exact]
    if selector == ALL:
        return list(rules().values())
    prefix = selector.upper()
    if not prefix.isalnum() or len(prefix) < 2:
        return []
    groups = {code.rstrip("0123456789") for code in rules()}
    letters = prefix.rstrip("0123456789")
    if letters not in groups:  # "OG" means OG001, not OGX001; "TX" means nothing
        return []
    return [
        rule
        for code, rule in rules().items()
        if code.startswith(prefix) and code.rstrip("0123456789") == letters
    ]


def is_exact(selector: str) -> bool:
    """Whether a selector is one rule's code or name."""
    return find(selector) is not None


def near(selector: str) -> str | None:
    """The code, name or prefix that an unknown selector may have meant."""
    from difflib import get_close_matches

    groups = {code.rstrip("0123456789") for code in rules()}
    for word, words in ((selector.upper(), [*rules(), *groups]), (selector.lower(), [*by_name()])):
        found = get_close_matches(word, words, 1, 0.7)
        if found:
            return found[0]
    return None


def matches(code: str, selectors: Iterable[str]) -> bool:
    """Whether one of ``selectors`` means the rule of that code."""
    return any(code in (rule.code for rule in select(one)) for one in selectors)
