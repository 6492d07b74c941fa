"""Every rule there is, how they are selected, and which speaks where two see one fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from ogcheck.rules.base import Rule

ALL = "ALL"

# winner, losers: on one property the winner speaks and the losers are silent.
PRECEDENCE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("FM008", ("OG010", "TXT013")),
    ("OG010", ("OG001", "OG002", "OG003", "OG004", "OG005", "OG006", "OG007", "OG008", "OG012",
               "OG016", "OG019", "OG022", "TXT013", "URL003", "URL004", "LOC001", "TXT001")),
    ("OG002", ("OG019",)),
    ("OG012", ("OG016",)),
    ("OG014", ("OG013", "OG016")),
    ("OG013", ("OG016",)),
    ("OG017", ("OG018",)),
    ("OG020", ("OG012", "OG013", "OG014", "OG016", "OG022", "OG023", "TXT001", "TXT010", "TXT013",
               "TXT015", "URL001", "URL002", "URL003", "URL004", "URL005", "URL006", "URL010",
               "URL011", "IMG001", "IMG002", "IMG003", "DAT001", "DAT005", "LOC001")),
    ("DAT005", ("OG016",)),
    ("TXT001", ("TXT002",)),
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
    "SCH002": ("FM008", "OG010", "OG016"),
    "SCH003": ("URL003", "URL004", "URL005", "DAT001", "DAT005", "LOC001", "IMG001", "OG010",
               "OG020", "OG016", "TXT010"),
    "SCH004": ("OG010", "OG020", "OG013", "OG014", "OG016", "LOC001"),
    "SCH005": ("OG010", "OG020", "OG016"),
    "SCH006": ("OG011",),
    "SCH007": ("OG010", "OG016"),
    "SCH008": ("OG010",),
    "SCH009": ("OG020", "URL001", "URL002", "URL005", "URL006", "URL010", "URL011"),
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
        dat,
        fm,
        img,
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
        txt_characters,
        txt_titles,
        url_form,
        url_host,
        url_page,
    )

    modules = (
        fm, sch, og_missing, og_names, og_repeated, og_values, og_placeholders, og_meaning,
        og_types, txt_titles, txt_characters, url_page, url_form, url_host, img, dat, loc, ogx,
    )  # fmt: skip
    return Registry(rule for module in modules for rule in module.RULES)
