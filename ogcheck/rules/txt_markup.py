"""Markup in texts that platforms show as they stand."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.looks import holds_markup
from ogcheck.rules.page_facts import label
from ogcheck.rules.txt_texts import DESCRIPTIONS, TITLES, alike, read, twins
from ogcheck.values import markup

_TEXTS = (*TITLES, *DESCRIPTIONS)


class MarkupInText(Rule):
    """Markup in a title or description.

    ## What it does
    Reports HTML elements (closed, with attributes, or glued to the words around them), Markdown
    links, images and headings, and shortcodes (`[video]`, `[caption id="…"]`, `[[{"fid":…}]]`).
    What only looks like markup is left alone: `a < b`, `<3`, `C++`, a component such as
    `<ViewTransition>`, a title that is one tag, code in backticks, and `*UPDATED*`.

    ## Why it matters
    The protocol's texts are plain: "all literals composed of Unicode characters with no escape
    characters" (https://ogp.me/#string). Platforms show the tags, or drop them with what they
    hold.

    ## Fix
    Leaves the text without its markup. Unsafe: a picture's or a shortcode's place in the sentence
    may need a person.
    """

    code = "TXT012"
    name = "markup-in-text"
    severity = Severity.WARNING
    fix = "unsafe"
    reads = _TEXTS
    where = (holds_markup,)
    bad = (
        Example(release({"og.description": "<p>A man has been charged after a burglary.</p>"})),
        Example(post(f'description: "See [the map]({SITE}/map) of the closed roads."')),
        Example(post('title: "# Bridge closed for repairs"')),
        Example(post("title: Bridge closed", 'description: "[video] The bridge from above."')),
        Example(post('description: \'[[{"fid":"12","view_mode":"full"}]] The bridge is closed.\'')),
    )
    good = (
        Example(post("title: Is a < b and b > c in C++?")),
        Example(post("title: We <3 the harbour")),
        Example(post("title: <ViewTransition>")),
        Example(post('title: "<select>"')),
        Example(post('title: "`<b>bold</b>` or `<strong>strong</strong>`"')),
        Example(post('title: "*UPDATED* Bridge closed"')),
        Example(post('title: "#Harbour week begins"')),
        Example(post('title: "[Updated] Bridge closed (again)"')),
        Example(post("title: The <title> and <meta> elements")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, at the first piece."""
        # In the value, not in what is meant: markup that is escaped is escaped-text's business.
        marked = [
            p
            for p in read(page, _TEXTS)
            if ("<" in p.value or "[" in p.value or "#" in p.value)
            and p.name not in page.preset.cleans
        ]
        for group in alike(marked):
            prop = group[0]
            found = markup.find(prop.value)
            if not found:
                continue
            first = found[0]
            kinds = list(dict.fromkeys(piece.kind for piece in found))
            written = prop.value[first.start : first.end].strip()
            rest = markup.strip(prop.value)
            fix = None
            if any(c.isalnum() for c in rest) and not markup.find(rest):
                fix = replacing(page, prop, rest, "Leave only the text", safe=False)
            yield self.at(
                prop,
                f"{label(prop.name)} holds {' and '.join(kinds)} ({quoted(written, 50)}), which "
                "cards show as it stands.",
                part=(first.start, first.end),
                help="Write plain text."
                if fix is None or quoted(rest) != quoted(rest, len(rest))
                else f"Write: {rest}",
                related=twins(group),
                fix=fix,
            )


RULES: tuple[type[Rule], ...] = (MarkupInText,)
