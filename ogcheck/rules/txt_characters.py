"""The characters of a text: what was left over from HTML, and what nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, rewriting, together
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.looks import holds_reference, holds_stray_space
from ogcheck.rules.page_facts import label
from ogcheck.values import markup, references
from ogcheck.values.bounds import MOST_PLACES, bounded
from ogcheck.values.patterns import late
from ogcheck.values.splicing import spliced


class EscapedText(Rule):
    """Character references left in a value.

    ## What it does
    Reports `&amp;`, `&#39;`, `&hellip;` and their like in a value: in front matter as it is
    written, in HTML after the one decoding that HTML does. Only known names with their semicolon
    count, so `AT&T` and `?a=1&copy=2` are left alone.

    ## Why it matters
    The protocol's strings have "no escape characters" (https://ogp.me/#string). Front matter is
    not HTML: the generator escapes the value once more, and the card says `&amp;`. In a URL the
    parameters behind the first `&amp;` get lost, and signed or resized images break.

    ## Fix
    Writes the characters themselves. Safe: that is what is meant.
    """

    code = "TXT010"
    name = "escaped-text"
    severity = Severity.ERROR
    fix = "safe"
    where = (holds_reference,)
    bad = (
        Example(release({"og.image.url": f"{SITE}/media/harbour.jpg?w=1200&amp;h=630"})),
        Example(post("title: Fish &amp; chips at the harbour")),
        Example(post('title: "It&#039;s open"', "og_title: 'It&amp;#039;s open'")),
    )
    good = (
        Example(post("title: AT&T and B&B")),
        Example(post(f"og_image: {SITE}/b.jpg?a=1&copy=2&section=3")),
        Example(post("title: Salt & pepper; &c")),
        Example(post('title: "What `&nbsp;` does"')),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at its first reference; the same image twice is one."""
        images: dict[str, list[Property]] = {}
        cleans = page.preset.cleans
        for prop in [p for p in page.properties if "&" in p.value and ";" in p.value]:
            if prop.name in cleans:
                continue
            if _is_image(prop):
                images.setdefault(prop.value, []).append(prop)
            elif found := _meant_as_text(prop.value):
                yield self._judge(page, prop, [], found)
        for value, (prop, *twins) in images.items():
            if found := bounded(references.each(value)):
                yield self._judge(page, prop, twins, found)

    def _judge(
        self, page: Page, prop: Property, twins: list[Property], found: list[tuple[int, int, str]]
    ) -> Finding:
        start, end, character = found[0]
        written = prop.value[start:end]
        is_url = vocabulary.is_url(prop.name)
        if len(found) > 1:
            number = f"{MOST_PLACES:,} or more" if len(found) == MOST_PLACES else len(found)
            what = f"{number} character references (the first is {written})"
            effect = "with them" if is_url else "platforms show them as they stand"
        else:
            what = f"a character reference ({written})"
            effect = "with it" if is_url else "platforms show it as it stands"
        if is_url:
            effect = f"the address is another one {effect}"
        shown = character if character.isprintable() and not character.isspace() else (
            f"U+{ord(character[0]):04X}")  # fmt: skip
        fixes = [
            rewriting(page, one, found, "Write the characters themselves", safe=True)
            for one in (prop, *twins)
        ]
        return self.at(
            prop,
            f"{label(prop.name)} holds {what}: {effect}.",
            part=(start, end),
            severity=Severity.ERROR if is_url else Severity.WARNING,
            help=f"Write {shown} instead of {written}."
            if len({w for *_, w in found}) == 1
            else "Write the characters themselves.",
            related=[(twin, f"{twin.name} is the same address") for twin in twins],
            fix=together(*fixes) if len(found) < MOST_PLACES else None,
        )


def _meant_as_text(text: str) -> list[tuple[int, int, str]]:
    """The character references in ``text`` but for those in code: ``What `&nbsp;` does``."""
    found = bounded(references.each(text))
    code = markup.code_spans(text)
    return [one for one in found if not markup.is_within(code, one[0], one[1])] if code else found


def _is_image(prop: Property) -> bool:
    return prop.name in vocabulary.IMAGE_URLS


# Thai, Lao, Burmese and Khmer write no spaces: U+200B says where a line may break.
_BREAKABLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_INVISIBLE = f"(?<![{_BREAKABLE}])\u200b(?![{_BREAKABLE}])|\ufeff"
_ODD = late(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2060-\u2064]|{_INVISIBLE}")
_MAY_BE_ODD = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060-\u2064\ufeff]")
_REMOVED = late(_INVISIBLE)
_DOUBLED = late(r"(?<=\S) {2,}(?=\S)")
_BESIDE_NO_BREAK = late(r"(?<=\S)(?: +\u00a0|\u00a0 )[ \u00a0]*(?=\S)")
_BREAK = late(r"[\r\n\x85\u2028\u2029]+\s*")
_BLOCKS = ("|", ">", '"""', "'''")
"""How a block of text is written in YAML and TOML: its last line end is layout."""
_TAB = late(r"(?<=\S)[ ]*\t[ \t]*(?=\S)")
_NAMES = {
    "\u200b": "a zero-width space", "\ufeff": "a byte-order mark", "\u2060": "a word joiner",
    "\u00a0": "a no-break space", "\u3000": "an ideographic space",
}  # fmt: skip


class _Place(NamedTuple):
    """Something that does not belong: where, what, and what to write."""

    start: int
    end: int
    what: str
    help: str


class StrayWhitespace(Rule):
    """White space and invisible characters where none belong.

    ## What it does
    Notes white space at the ends of a value, doubled spaces and line breaks; warns of control
    characters and zero-width characters. No-break spaces, soft hyphens, joiners and marks of
    direction are left alone: French, Persian and Arabic need them. How a block of text is
    laid out does not count, only its value.

    ## Why it matters
    Invisible characters break search and comparison, and some platforms show them as boxes.

    ## Fix
    Trims the ends, makes doubled spaces one, and removes U+200B and U+FEFF. Safe.
    """

    code = "TXT013"
    name = "stray-whitespace"
    severity = Severity.NOTE
    fix = "safe"
    where = (holds_stray_space,)
    bad = (
        Example(post('title: "Bridge closed "')),
        Example(post("title: Bridge  closed")),
        Example(post('title: "Bridge\\u200b closed"')),
        Example(post('og_description: "First.\\n\\nSecond."')),
    )
    good = (
        Example(post("title: Bridge closed", "description: >", "  Folded over", "  two lines.")),
        Example(post("description: |", "  One line in a block.")),
        Example(post('title: "Prix\\u00a0: 10\\u00a0€"')),
        Example(post('title: "نمی\\u200cشود"')),
        Example(post('title: "ภาษา\\u200bไทย"')),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a value, at the first place."""
        judged: dict[str, list[Property]] = {}
        for prop in page.properties:
            value = prop.value
            if not value or prop.kind != "string" or prop.name == "page:author":
                continue
            if value.isprintable() and "  " not in value and " " not in (value[0], value[-1]):
                continue
            layout = prop.node.style in _BLOCKS and value.endswith("\n")
            judged.setdefault(value[:-1] if layout else value, []).append(prop)
        for text, props in judged.items():
            places = list(_places(text))
            if places:
                yield self._judge(page, props, text, places)

    def _judge(self, page: Page, props: list[Property], text: str, places: list[_Place]) -> Finding:
        pieces = _pieces(text)
        prop, *alike = props
        fix = None
        # A date that is trimmed would need quotes to stay the text that it is.
        if pieces and any(_places(spliced(text, pieces))):
            pieces = []  # what a line break was, nobody knows
        if pieces and vocabulary.PROPERTIES[prop.name].type != "datetime":
            fix = together(
                *(rewriting(page, one, pieces, "Remove the stray white space", safe=True)
                  for one in props)
            )  # fmt: skip
        *whats, last = dict.fromkeys(place.what for place in places)
        what = f"{', '.join(whats)} and {last}" if whats else last
        helps = list(dict.fromkeys(place.help for place in places))
        first = places[0]
        return self.at(
            prop,
            f"{label(prop.name)} holds {what}.",
            part=(first.start, first.end),
            severity=Severity.WARNING if _odd(text) else Severity.NOTE,
            help=" ".join(helps),
            related=[(other, "the same text") for other in alike],
            fix=fix,
        )


def _places(text: str) -> Iterator[_Place]:
    """What does not belong in ``text``, the worst first."""
    odd = _odd(text)
    if odd is not None:
        name = _NAMES.get(odd.group(), f"the control character U+{ord(odd.group()):04X}")
        yield _Place(odd.start(), odd.end(), name, "Remove it.")
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start:
        name = _name(text[:start])
        yield _Place(0, start, f"{name} at its beginning", f"Begin with {_word(text[start:])}.")
    if 0 < end < len(text):
        yield _Place(end, len(text), f"{_name(text[end:])} at its end", "End with its last word.")
    broken = _BREAK.search(text, start, max(start, end))
    if broken is not None:
        # A line of its own that is empty cannot be shown: the word before it can.
        first = max(0, len(text[: broken.start()].rstrip()) - 1)
        count = sum(1 for _ in _BREAK.finditer(text, start, max(start, end)))
        what = "a line break" if count == 1 else f"{count} line breaks"
        yield _Place(
            first,
            broken.end(),
            what,
            "Write one space for each line break, and for the white space around it.",
        )
    tab = _TAB.search(text) if "\t" in text else None
    if tab is not None:
        yield _Place(*tab.span(), "a tab", "Write a space.")
    doubled = _DOUBLED.search(text) if "  " in text else None
    if doubled is not None:
        yield _Place(*doubled.span(), "doubled spaces", "Write one space.")
    beside = _BESIDE_NO_BREAK.search(text) if "\u00a0" in text else None
    if beside is not None:
        yield _Place(
            *beside.span(),
            "a space beside a no-break space",
            "Where a space stands beside a no-break space, leave one of them.",
        )


def _odd(text: str) -> re.Match[str] | None:
    return _ODD.search(text) if _MAY_BE_ODD.search(text) else None


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """What can be mended without a question: (start, end, replacement)."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    pieces = []
    if "  " in text:
        pieces = [(m.start(), m.end(), " ") for m in bounded(_DOUBLED.finditer(text))]
    if "\u200b" in text or "\ufeff" in text:
        if not _REMOVED.sub("", text).strip():
            return []
        removed = bounded(_REMOVED.finditer(text, start, end))
        pieces += [(m.start(), m.end(), "") for m in removed]
    elif start >= end:
        return []
    if start:
        pieces.append((0, start, ""))
    if end < len(text):
        pieces.append((end, len(text), ""))
    return sorted(pieces)


def _name(space: str) -> str:
    odd = next((c for c in space if c in _NAMES), None)
    return "white space" if odd is None else _NAMES[odd]


def _word(text: str) -> str:
    return quoted(text.split()[0]) if text.split() else "its first word"


RULES: tuple[type[Rule], ...] = (
    EscapedText,
    StrayWhitespace,
)
