"""The characters of a text: what was left over from HTML, and what nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, replacing, rewriting
from ogcheck.rules.examples import SITE, post, release
from ogcheck.values import references


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
    bad = (
        Example(release({"og.image.url": f"{SITE}/media/harbour.jpg?w=1200&amp;h=630"})),
        Example(post("title: Fish &amp; chips at the harbour")),
        Example(post('title: "It&#039;s open"', "og_title: 'It&amp;#039;s open'")),
    )
    good = (
        Example(post("title: AT&T and B&B")),
        Example(post(f"og_image: {SITE}/b.jpg?a=1&copy=2&section=3")),
        Example(post("title: Salt & pepper; &c")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at its first reference."""
        for prop in page.properties:
            if "&" not in prop.value:
                continue
            found = references.pieces(prop.value)
            if not found:
                continue
            start, end, character = found[0]
            written = prop.value[start:end]
            is_url = vocabulary.is_url(prop.name)
            count = (
                f"{len(found)} character references" if len(found) > 1 else "a character reference"
            )
            what = f"the first is {written}" if len(found) > 1 else written
            effect = (
                "the address is another one with it" if is_url else "platforms show it as it stands"
            )
            if len(found) > 1:
                effect = effect.replace("with it", "with them").replace(
                    "show it as it stands", "show them as they stand"
                )
            shown = character if character.isprintable() and not character.isspace() else (
                f"U+{ord(character[0]):04X}")  # fmt: skip
            yield self.at(
                prop,
                f"{prop.name} holds {count} ({what}): {effect}.",
                part=(start, end),
                severity=Severity.ERROR if is_url else Severity.WARNING,
                help=f"Write {shown} instead of {written}."
                if len({w for *_, w in found}) == 1
                else "Write the characters themselves.",
                fix=rewriting(page, prop, found, "Write the characters themselves", safe=True),
            )


_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\u2061-\u2064\ufeff]")

_DOUBLED = re.compile(r"(?<=\S) {2,}(?=\S)")

_BREAK = re.compile(r"\s*[\r\n]+\s*")

_NAMES = {"\u200b": "a zero-width space", "\ufeff": "a byte-order mark", "\u2060": "a word joiner"}


class StrayWhitespace(Rule):
    """White space and invisible characters where none belong.

    ## What it does
    Notes white space at the ends of a value, doubled spaces and line breaks; warns of control
    characters and zero-width characters. No-break spaces, soft hyphens, joiners and marks of
    direction are left alone: French, Persian and Arabic need them. How a block of YAML text is
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
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at the first place."""
        for prop in page.properties:
            value = prop.value
            if prop.kind != "string" or not value:
                continue
            if value.isprintable() and "  " not in value and " " not in (value[0], value[-1]):
                continue
            layout = prop.node.style in ("|", ">") and value.endswith("\n")
            text = value[:-1] if layout else value
            yield from self._judge(page, prop, text, layout)

    def _judge(self, page: Page, prop: Property, text: str, layout: bool) -> Iterable[Finding]:
        places: list[tuple[int, int, str]] = []
        odd = _ODD.search(text)
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if odd is not None:
            name = _NAMES.get(odd.group(), f"the control character U+{ord(odd.group()):04X}")
            places.append((odd.start(), odd.end(), name))
        if start:
            places.append((0, min(start, len(text)), "white space at its beginning"))
        if end < len(text) and end > 0:
            places.append((end, len(text), "white space at its end"))
        inner = _BREAK.search(text, start, max(start, end))
        if inner is not None:
            places.append((inner.start(), inner.end(), "a line break"))
        doubled = _DOUBLED.search(text)
        if doubled is not None:
            places.append((doubled.start(), doubled.end(), "doubled spaces"))
        if not places:
            return
        mended = _DOUBLED.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")).strip()
        fix = None
        if mended and mended != text:
            fix = replacing(page, prop, mended + ("\n" if layout else ""), "Remove the stray "
                            "white space", safe=True)  # fmt: skip
        first = places[0]
        kinds = list(dict.fromkeys(what for *_, what in places))
        yield self.at(
            prop,
            f"{prop.name} holds {' and '.join(kinds) if len(kinds) < 3 else ', '.join(kinds)}.",
            part=first[:2],
            severity=Severity.WARNING if odd is not None else Severity.NOTE,
            help="Remove it." if len(places) == 1 else "Remove them.",
            fix=fix,
        )


RULES: tuple[type[Rule], ...] = (
    EscapedText,
    StrayWhitespace,
)
