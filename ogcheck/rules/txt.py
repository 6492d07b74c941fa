"""Titles, descriptions and other text: what people read in the card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing, rewriting
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.og import title_affix
from ogcheck.values import references, titles


@dataclass(frozen=True, slots=True)
class Strictness:
    """How alike titles must be."""

    strict_titles: bool = field(
        default=False, metadata={"doc": "Make any difference a mismatch, a site's name too."}
    )


class TitleMismatch(Rule):
    """The page's title and og:title are different titles.

    ## What it does
    Compares the page's title with og:title. A site's name, a section or an ellipsis in one of
    them, other quotation marks, dashes, spaces or capitals make no other title. It is a note where
    the page's heading says what og:title says, or where half the words are shared; in a release,
    where both were written for one text, any other wording is a warning.

    ## Why it matters
    Readers follow a card for what its title says, and platforms disagree on which title they
    show: most og:title, Google either. Two different ones are mostly a leftover of another page or
    of a template.
    """

    code = "TXT001"
    name = "title-mismatch"
    severity = Severity.WARNING
    reads = ("og:title",)
    Options = Strictness
    bad = (
        Example(release({"og.title": "News article"})),
        Example(post("title: Bridge closed for repairs", "og_title: Our new recycling scheme")),
        Example(
            release({"title": "Man charged after harbour burglary | Northbridge Police"}),
            config={"rules": {"TXT001": {"strict-titles": True}}},
        ),
    )
    good = (
        Example(release({"title": "Northbridge Police - Man charged after harbour burglary"})),
        Example(release({"title": "Man charged after harbour… - Northbridge Police"})),
        Example(
            release({"og.title": "“4×4” taken – man charged",
                     "title": "'\"4x4\" taken - man charged | Northbridge Police'"})
        ),
        Example(release({"title": "Archive | Man charged after harbour burglary | Page 10"})),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:title; the page's title is related."""
        share, title = page.written("og:title"), page.written("page:title")
        if share is None or title is None or not share.meant or not title.meant:
            return
        if share.kind == "null" or title.kind == "null":
            return
        declared = page.written("og:site_name")
        name = context.site_name or (declared.meant if declared is not None else None)
        if self.options.strict_titles:
            if " ".join(share.meant.split()) == " ".join(title.meant.split()):
                return
        elif titles.same_title(title.meant, share.meant, name):
            return
        severity = Severity.WARNING
        if not page.preset.same_title and not self.options.strict_titles:
            severity = self._mildness(page, share, title)
        yield self.at(
            share,
            f"og:title {quoted(share.meant)} is another title than the page's "
            f"{quoted(title.meant)}.",
            severity=severity,
            help="Give both the same headline, unless they are meant to differ.",
            related=[(title, "the page's title")],
        )

    def _mildness(self, page: Page, share: Property, title: Property) -> Severity:
        heading = page.first_heading()
        if heading is not None and titles.same_title(heading, share.meant):
            return Severity.NOTE
        one, other = titles.words(share.meant), titles.words(title.meant)
        if len(one & other) * 2 >= min(len(one), len(other)) > 0:
            return Severity.NOTE
        return Severity.WARNING


class SiteNameInTitle(Rule):
    """The site's name in og:title.

    ## What it does
    Notes an og:title that begins or ends with the site's name as a segment of its own
    (`Bridge closed | Northbridge Police`). The name is the configuration's `site-name`, else
    og:site_name.

    ## Why it matters
    "Without any branding such as your site name" (Meta,
    developers.facebook.com/docs/sharing/webmasters); "do not put the site name or other branding
    in the og:title" (Apple, TN3156). The card shows the name elsewhere, and cuts long titles.

    ## Fix
    Drops the name. Unsafe: some names are a part of the title.
    """

    code = "TXT002"
    name = "site-name-in-title"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = ("og:title",)
    bad = (
        Example(release({"og.title": "Man charged after harbour burglary | Northbridge Police"})),
    )
    good = (
        Example(release()),
        Example(release({"og.title": "Northbridge Police begin harbour patrols",
                         "title": "Northbridge Police begin harbour patrols"})),
        Example(post("og_title: Northbridge Police | Home", "og_site_name: Northbridge Police",
                     f"og_url: {SITE}/")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the name."""
        share = page.written("og:title")
        if share is None:
            return
        declared = page.written("og:site_name")
        names = [context.site_name, declared.meant if declared is not None else None]
        address = page.written("og:url") or page.written("page:canonical")
        if address is not None and (url := address.share_url) is not None and url.is_root:
            return
        folded = titles.fold(share.meant)
        for name in names:
            if not name or titles.fold(name) not in folded:
                continue
            segment = titles.at_end(share.value, name)
            if segment is None:
                continue
            rest = _without(share.value, segment)
            fix = replacing(page, share, rest, "Drop the name", safe=False) if rest else None
            yield self.at(
                share,
                f"og:title carries the site's name, {quoted(segment.text)}; platforms show it "
                "elsewhere in the card.",
                part=(segment.start, segment.end),
                help="Leave the name to og:site_name.",
                fix=fix,
            )
            return


def _without(text: str, segment: titles.Segment) -> str:
    """``text`` without its first or last segment, and without the separator beside it."""
    strip = " \t" + titles.SEPARATORS
    if segment.end >= len(text.rstrip()):
        return text[: segment.start].rstrip(strip)
    return text[segment.end :].lstrip(strip)


class TitleAffix(Rule):
    """The title carries a site's name that nothing declares.

    ## What it does
    Notes a title that differs from og:title by a name at its end or beginning, where neither
    og:site_name nor the configuration's `site-name` says what the site is called.

    ## Why it matters
    The name belongs in og:site_name, where platforms show it beside the title. Declared, it is
    also known to every other comparison.
    """

    code = "TXT003"
    name = "title-affix"
    severity = Severity.NOTE
    fix = ""
    reads = ("og:title",)
    bad = (Example(release({"og.site.name": None})),)
    good = (
        Example(release()),
        Example(release({"og.title": "'Appeal: man sought'", "title": "'Appeal: man sought'"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the name."""
        declared = page.written("og:site_name")
        if context.site_name or (declared is not None and not declared.is_blank):
            return
        found = title_affix(page)
        if found is None:
            return
        prop, segment = found
        which = "The page's title" if prop.name == "page:title" else "og:title"
        yield self.at(
            prop,
            f"{which} carries {quoted(segment.text)}, which looks like the site's name and is "
            "declared nowhere.",
            part=(segment.start, segment.end),
            help=f'Add og:site_name: {segment.text}, or set site-name = "{segment.text}" in '
            "ogcheck.toml.",
        )


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


_BARE = "|｜–—·•»›~"
_DANGLING_END = re.compile(rf"(?:\s+[{_BARE}:/-]+|\s*[|｜»›]+)\s*$")
_DANGLING_START = re.compile(rf"^\s*(?:[{_BARE}:/-]+\s+|[|｜]+)")
_TITLES = ("page:title", "og:title", "twitter:title")


class DanglingSeparator(Rule):
    """A title that begins or ends with a bare separator.

    ## What it does
    Reports titles such as `Appeal for witnesses |`.

    ## Why it matters
    A template joined the title with a site's name that was empty. The card shows the bar.

    ## Fix
    Drops the separator. Safe.
    """

    code = "TXT015"
    name = "dangling-separator"
    severity = Severity.WARNING
    fix = "safe"
    reads = _TITLES
    bad = (
        Example(release({"title": "Man charged after harbour burglary |"})),
        Example(post('title: "- Bridge closed"')),
    )
    good = (
        Example(post('title: "« Pont fermé »"')),
        Example(post('title: "Bridge closed:"')),
        Example(post('title: "-1 degrees at the harbour"')),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a title, at the separator."""
        for name in _TITLES:
            for prop in page.all(name):
                yield from self._judge(page, prop)

    def _judge(self, page: Page, prop: Property) -> Iterable[Finding]:
        text = prop.value
        if text[:1].isalnum() and text[-1:].isalnum():
            return
        if text.count("«") == text.count("»") > 0 or text.count("‹") == text.count("›") > 0:
            return
        start, end = _DANGLING_START.search(text), _DANGLING_END.search(text)
        match = end or start
        if match is None:
            return
        rest = text[start.end() if start else 0 : end.start() if end else len(text)].strip()
        if not rest:
            return
        lead = len(match.group()) - len(match.group().lstrip())
        part = (match.start() + lead, match.start() + len(match.group().rstrip()))
        which = "The page's title" if prop.name == "page:title" else prop.name
        where = "ends" if end else "begins"
        yield self.at(
            prop,
            f"{which} {where} with a bare separator, {match.group().strip()}: a name that belongs "
            "beside it is missing.",
            part=part,
            help="Drop the separator, or add the name.",
            fix=replacing(page, prop, rest, "Drop the separator", safe=True),
        )


RULES: tuple[type[Rule], ...] = (
    TitleMismatch,
    SiteNameInTitle,
    TitleAffix,
    EscapedText,
    StrayWhitespace,
    DanglingSeparator,
)
