"""Every rule there is, how they are selected, and which speaks where two see one fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from ogcheck.rules.base import Rule

ALL = "ALL"

# winner, losers: on one property the winner speaks and the losers are silent.
PRECEDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("FM008", ("OG010", "TXT013")),
    ("TXT017", ("OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "OG010", "TXT001",
                "TXT006", "TXT007", "TXT008")),
    ("OG010", ("OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "OG008", "OG012",
               "OG016", "OG019", "OG022", "TXT001", "TXT006", "TXT007", "TXT013", "URL003",
               "URL004", "LOC001", "TWC002", "DAT002")),
    ("OG020", ("OG012", "OG013", "OG014", "OG016", "OG022", "OG023", "FM002", "TXT001", "TXT006",
               "TXT007", "TXT010", "TXT012", "TXT013", "TXT015", "URL001", "URL002", "URL003",
               "URL004", "URL005", "URL006", "URL007", "URL008", "URL009", "URL010", "URL011",
               "URL012", "URL013", "URL014", "URL017", "IMG001", "IMG002", "IMG003", "IMG007",
               "IMG008", "IMG101", "DAT001", "DAT002", "DAT004", "DAT005", "LOC001", "TWC002",
               "TWC003")),
    ("OG010", ("SRC001", "SRC002", "SRC003", "SRC005")),
    ("OG020", ("SRC001", "SRC002", "SRC003", "SRC005")),
    ("URL003", ("SRC005",)),
    ("URL004", ("SRC005",)),
    ("DAT001", ("SRC004",)),
    ("DAT002", ("SRC004",)),
    ("DAT005", ("SRC004",)),
    ("OG002", ("OG019",)),
    ("OG012", ("OG016",)),
    ("OG014", ("OG013", "OG016")),
    ("OG013", ("OG016",)),
    ("OG017", ("OG018",)),
    ("TXT010", ("TXT008",)),
    ("TXT018", ("TXT001",)),
    ("TXT011", ("TXT001", "TXT013")),
    ("TXT001", ("TXT002", "TXT008", "LD002")),
    ("HTM001", ("OG010", "OG016", "TXT017")),
    ("HTM002", ("HTM003",)),
    ("TXT007", ("TXT006", "TXT008")),
    ("TXT015", ("TXT013",)),
    ("URL003", ("URL005", "URL006", "URL008", "URL009", "URL010", "URL011", "URL001", "URL002",
                "URL007", "OG016", "IMG101")),
    ("URL004", ("URL005", "URL006", "URL008", "URL009", "URL010", "URL011", "URL001", "URL002",
                "URL007", "OG016", "IMG008")),
    ("URL005", ("URL008", "URL006", "URL011", "URL009", "URL010", "URL001", "URL002", "URL007",
                "URL017")),
    ("URL008", ("URL006", "URL011", "URL009", "URL010", "URL001", "URL002", "URL007")),
    ("URL006", ("URL011", "URL009", "URL010", "URL001", "URL002", "URL007", "URL017")),
    ("URL011", ("URL009", "URL010", "URL001", "URL002", "URL007", "URL014", "URL017")),
    ("URL009", ("URL001", "URL002", "URL007")),
    ("URL010", ("URL001", "URL002", "URL007")),
    ("URL001", ("URL002", "URL007")),
    ("URL002", ("URL007",)),
    ("IMG001", ("IMG008",)),
    # The file over what is declared of it, and both over what its address says.
    ("IMG008", ("IMG107",)),
    ("IMG101", ("IMG002",)),
    ("IMG102", ("IMG002",)),
    ("IMG106", ("IMG001",)),
    ("IMG107", ("IMG002",)),
    ("URL012", ("TXT013",)),
    ("IMG006", ("URL007",)),
    ("DAT005", ("DAT001", "DAT002", "OG016")),
    ("DAT010", ("DAT001", "DAT002", "DAT003", "DAT004", "DAT006")),
    ("DAT002", ("DAT003", "DAT004", "OG016")),
    ("DAT004", ("DAT001",)),
    ("LOC001", ("LOC002", "LOC003", "LOC004", "LOC005", "OG016")),
    ("LOC005", ("LOC002", "LOC003")),
    ("LOC003", ("LOC002",)),
    ("TWC002", ("OG016",)),
    ("TWC003", ("OG016",)),
)  # fmt: skip

LOSERS: dict[str, frozenset[str]] = {}
"""The table as it is asked: by the winner's code."""
for _winner, _losers in PRECEDENCE:
    LOSERS[_winner] = LOSERS.get(_winner, frozenset()).union(_losers)

# The same for findings anywhere on one page.
PAGE_PRECEDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("OG000", ("TWC001", "DAT009", "LOC006")),
    ("TXT003", ("OG006",)),
    ("OG014", ("OG021",)),
    ("OG015", ("OG021",)),
    ("TXT001", ("TWC004", "LD002")),
    ("URL001", ("LD005",)),
    ("FM006", ("TXT011",)),
    ("HTM004", ("TXT011",)),
    ("TXT011", ("LD002",)),
    (
        "HTM009",
        (
            "OG000",
            "OG001",
            "OG002",
            "OG003",
            "OG004",
            "OG005",
            "OG006",
            "OG007",
            "OG008",
            "TWC001",
            "OG010",
            "OG016",
            "TXT001",
            "TXT017",
        ),
    ),
    ("DAT010", ("DAT007", "DAT008", "DAT011")),
    ("DAT006", ("DAT007", "DAT008")),
    ("IMG004", ("IMG002",)),  # they stand at the size and at the address
    ("IMG101", ("IMG004",)),
    ("IMG102", ("IMG004",)),
    ("IMG104", ("IMG005",)),
    ("IMG105", ("IMG004", "IMG005", "IMG104")),
    ("IMG107", ("IMG004",)),
    ("URL017", ("URL001", "URL002")),  # whichever of the two is wrong, it knows the right one
)

# The same for rules about a site: they leave a page out on which one of the first has spoken.
SITE_PRECEDENCE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("URL001", "URL002", "URL003", "URL004", "URL005", "URL006", "URL007", "URL008", "URL009",
      "URL010", "URL011", "URL017", "OG010", "OG020", "HTM005"), "SIT001"),
    (("TXT001", "OG010", "OG020"), "SIT002"),
    (("IMG003",), "SIT004"),
    (("URL001", "URL002", "URL003", "URL004", "URL005", "URL006", "URL008", "URL011", "HTM005"),
     "SIT005"),
)  # fmt: skip

SITE_LOSERS: dict[str, tuple[str, ...]] = {}
"""The table as it is asked: by the code that speaks first."""
for _winners, _loser in SITE_PRECEDENCE:
    for _code in _winners:
        SITE_LOSERS[_code] = (*SITE_LOSERS.get(_code, ()), _loser)

# A schema error and the rules that see the same fault, the nearest first: the rule speaks, and
# names the other.
SCHEMA_PAIRS: dict[str, tuple[str, ...]] = {
    "SCH001": ("OG000", "OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "OG008",
               "DAT009", "TWC001", "LOC006"),
    "SCH002": ("FM008", "OG010", "OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG013",
               "OG014", "OG016", "LOC001", "DAT001", "DAT002", "DAT005", "URL003", "URL004"),
    "SCH003": ("OG020", "URL003", "URL004", "URL005", "DAT010", "DAT001", "DAT004", "DAT002",
               "DAT005", "LOC001", "IMG001", "OG010", "OG016", "TXT010", "FM010"),
    "SCH004": ("OG010", "OG020", "OG013", "OG014", "OG016", "LOC001", "TWC002"),
    "SCH005": ("OG010", "OG020", "OG016"),
    "SCH006": ("OG011",),
    "SCH007": ("OG010", "OG016", "TXT004", "TXT005", "TXT006"),
    "SCH008": ("OG010",),
    "SCH009": ("OG020", "URL001", "URL002", "URL005", "URL006", "URL009", "URL011"),
}  # fmt: skip


GROUPS = ("FM", "SCH", "OG", "TXT", "URL", "IMG", "DAT", "LOC", "TWC", "LD", "HTM", "SIT", "SRC",
          "NET", "OGX")  # fmt: skip
"""The letters that ogcheck's own codes begin with, in the order of the catalogue."""


def group(code: str) -> str:
    """The letters that a code begins with."""
    return code.rstrip("0123456789")


class Registry:
    """The rules of a run by code, in the order of the catalogue: ogcheck's, then those of plugins.

    ``origins`` says of a plugin's rule which plugin it came from.
    """

    def __init__(
        self, rules: Iterable[type[Rule]], origins: Mapping[str, str] | None = None
    ) -> None:
        self.origins = dict(origins or {})
        self.rules = {rule.code: rule for rule in sorted(rules, key=_place)}
        self.by_name = {rule.name: rule for rule in self.rules.values()}
        self._groups = {group(code) for code in self.rules}
        self._selected: dict[str, tuple[type[Rule], ...]] = {}

    def find(self, selector: str) -> type[Rule] | None:
        """The rule that has exactly this code or name."""
        return self.rules.get(selector.upper()) or self.by_name.get(selector.lower())

    def select(self, selector: str) -> tuple[type[Rule], ...]:
        """The rules that a selector means: a code, a name, a prefix of codes, or ``ALL``.

        Empty if it means none.
        """
        if selector not in self._selected:
            self._selected[selector] = self._select(selector)
        return self._selected[selector]

    def _select(self, selector: str) -> tuple[type[Rule], ...]:
        exact = self.find(selector)
        if exact is not None:
            return (exact,)
        if selector == ALL:
            return tuple(self.rules.values())
        prefix = selector.upper()
        letters = group(prefix)
        # "OG" means OG001, not OGX001; "TX" means nothing.
        if not prefix.isalnum() or len(prefix) < 2 or letters not in self._groups:
            return ()
        return tuple(
            rule
            for code, rule in self.rules.items()
            if code.startswith(prefix) and group(code) == letters
        )

    def is_exact(self, selector: str) -> bool:
        """Whether a selector is one rule's code or name."""
        return self.find(selector) is not None

    def near(self, selector: str) -> str | None:
        """The code, name or prefix that an unknown selector may have meant."""
        from difflib import get_close_matches

        letters = group(selector.upper())
        digits = selector[len(letters) :].lstrip("0")
        for code in self.rules:  # TXT10 is meant as TXT010
            if digits and code == f"{letters}{digits:0>3}":
                return code
        codes = [*self.rules, *sorted(self._groups)]
        for word, words in ((selector.upper(), codes), (selector.lower(), [*self.by_name])):
            found = get_close_matches(word, words, 1, 0.7)
            if found:
                return found[0]
        return None

    def matches(self, code: str, selectors: Iterable[str]) -> bool:
        """Whether one of ``selectors`` means the rule of that code."""
        return any(code in (rule.code for rule in self.select(one)) for one in selectors)


def _place(rule: type[Rule]) -> tuple[int, str]:
    """Where a rule stands in the catalogue; other people's groups stand behind ours."""
    letters = group(rule.code)
    return (GROUPS.index(letters) if letters in GROUPS else len(GROUPS), rule.code)


@cache
def builtin() -> Registry:
    """The rules that ogcheck ships."""
    from ogcheck.rules import (
        dat_form,
        dat_iso,
        dat_order,
        fm,
        htm_attributes,
        htm_place,
        htm_repeated,
        img,
        img_declared,
        img_files,
        img_sizes,
        ld,
        loc,
        og_meaning,
        og_missing,
        og_names,
        og_placeholders,
        og_repeated,
        og_types,
        og_values,
        ogx,
        sch,
        sit_address,
        sit_texts,
        src,
        twc,
        txt_characters,
        txt_cut,
        txt_descriptions,
        txt_encoding,
        txt_length,
        txt_markup,
        txt_titles,
        txt_wording,
        url_contents,
        url_form,
        url_host,
        url_page,
        url_place,
    )

    modules = (
        fm, sch, og_missing, og_names, og_values, og_types, og_repeated, og_placeholders,
        og_meaning, txt_titles, txt_characters, txt_cut, txt_descriptions, txt_encoding,
        txt_length, txt_markup, txt_wording, url_page, url_form, url_host, url_contents,
        url_place, img, img_declared, img_files, img_sizes, dat_form, dat_iso, dat_order, loc,
        twc, ld, htm_attributes, htm_place, htm_repeated, sit_address, sit_texts, src, ogx,
    )  # fmt: skip
    return Registry(rule for module in modules for rule in module.RULES)
