"""JSON-LD: whether it can be read, and whether it says what the page says."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import ADDRESS, SITE, built
from ogcheck.rules.htm_base import MarkupRule
from ogcheck.rules.page_facts import label
from ogcheck.source import Span
from ogcheck.values import image_urls, json_faults, titles, urls
from ogcheck.values.patterns import late


def _script(*members: str) -> str:
    """A page whose JSON-LD has these members."""
    inner = ", ".join(('"@context": "https://schema.org"', '"@type": "NewsArticle"', *members))
    return f'<script type="application/ld+json">{{{inner}}}</script>'


class InvalidJsonLd(MarkupRule):
    """JSON-LD that does not parse.

    ## What it does
    Reports a script of JSON-LD that is no JSON, with line and column, and says what is in the way:
    a comma with nothing behind it, a comment, a line break inside a string, quotation marks that
    were escaped for HTML. JSON inside `<![CDATA[…]]>` or an HTML comment is a note.

    ## Why it matters
    Readers drop the whole block: Google takes neither headline nor date from it, Mastodon falls
    back to og:title (mastodon link_details_extractor.rb, which strips CDATA first). JSON has
    neither comments nor commas at the end (RFC 8259), and in a script nothing is decoded
    (https://html.spec.whatwg.org/multipage/scripting.html#the-script-element).
    """

    code = "LD001"
    name = "invalid-json-ld"
    severity = Severity.WARNING
    bad = (
        Example(built(last=_script('"headline": "Man charged after harbour burglary",')),
                "news.html"),
        Example(built(last=_script('/* made by hand */ "dateline": "Harbour"')), "news.html"),
        Example(built(last='<script type="application/ld+json">/*<![CDATA[*/{"@type": "Thing"}'
                           "/*]]>*/</script>"), "news.html"),
    )  # fmt: skip
    good = (
        Example(built(last=_script('"headline": "Man charged after harbour burglary"')),
                "news.html"),
        Example(built(last='<script>{"@type": "Thing",}</script>'), "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a block, where it stops to parse."""
        document = page.html
        for block in document.json if document is not None else ():
            if block.error is not None:
                at = block.error_at
                size = len(page.source.text)
                place = Span(min(at, size), min(at + 1, size))
                if at >= block.content.end:
                    place = block.tag.span
                what, advice = json_faults.explain(
                    page.source.text, *block.content, at, block.error
                )
                yield self.at_span(
                    place,
                    f"The JSON-LD does not parse: {what}. Readers drop all of it.",
                    about=what,
                    help=advice,
                )
            elif block.wrapper:
                what = "<![CDATA[" if block.wrapper == "CDATA" else "<!--"
                yield self.at_span(
                    block.tag.span,
                    f"The JSON-LD stands inside {what}, which is no JSON: few readers strip it.",
                    about=block.wrapper,
                    severity=Severity.NOTE,
                    help="Leave only the JSON in the script.",
                )


def _text(page: Page, name: str) -> Property | None:
    found = page.written(name)
    return found if found is not None and found.kind == "string" and not found.is_blank else None


class HeadlineMismatch(Rule):
    """The headline of the JSON-LD is another title.

    ## What it does
    Compares it with og:title and the page's title, as *title-mismatch* compares those.

    ## Why it matters
    Mastodon shows the headline of the JSON-LD, the others og:title (mastodon
    link_details_extractor.rb). Two different ones are mostly a correction that reached only one.
    """

    code = "LD002"
    name = "headline-mismatch"
    severity = Severity.NOTE
    reads = ("ld:headline",)
    bad = (Example(built(last=_script('"headline": "Two women charged over fraud"')), "news.html"),)
    good = (
        Example(built(last=_script('"headline": "Man charged after harbour burglary…"')),
                "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the headline."""
        own = _text(page, "ld:headline")
        others = [p for n in ("og:title", "page:title") if (p := _text(page, n)) is not None]
        if own is None or not others:
            return
        name = context.site_name
        if name is None and (declared := page.written("og:site_name")) is not None:
            name = declared.meant or None
        if any(_is_one_title(other.meant, own.meant, name) for other in others):
            return
        other = others[0]
        yield self.at(
            own,
            f"The headline of the JSON-LD, {quoted(own.meant)}, is another title than "
            f"{quoted(other.meant)}.",
            help="Give both the same headline.",
            related=[(other, label(other.name))],
        )


def _is_one_title(one: str, other: str, name: str | None) -> bool:
    """The same title, or one that goes on where the other ends: with a name, or a section."""
    if titles.same_title(one, other, name):
        return True
    left, right = titles.fold(one), titles.fold(other)
    return left.startswith(right) or right.startswith(left)


class LdImageMismatch(Rule):
    """The JSON-LD names other images.

    ## What it does
    Notes an article whose JSON-LD has images of which none is an og:image: by address without its
    query, and by the file's name without its size, since each reader has its own sizes.

    ## Why it matters
    Google takes the image of the JSON-LD before og:image
    (developers.google.com/search/docs/appearance/google-images), so search results and cards show
    different pictures.
    """

    code = "LD004"
    name = "ld-image-mismatch"
    severity = Severity.NOTE
    reads = ("ld:image",)
    bad = (Example(built(last=_script(f'"image": "{SITE}/media/town-hall.jpg"')), "news.html"),)
    good = (
        Example(built(last=_script(f'"image": "{SITE}/media/harbour-workshops-600x400.jpg"')),
                "news.html"),
        Example(built(last=_script(f'"image": ["{SITE}/a.jpg", '
                                   f'"{SITE}/media/harbour-workshops.jpg?w=1200"]')), "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the first of them."""
        own = [(p, url) for p in page.all("ld:image") if (url := p.share_url) is not None]
        others = [
            (p, url)
            for p in page.named(("og:image", "og:image:url", "og:image:secure_url"))
            if (url := p.share_url) is not None
        ]
        if not own or not others:
            return
        known = {_picture(url) for _, url in others}
        if any(_picture(url) in known for _, url in own):
            return
        yield self.at(
            own[0][0],
            "The JSON-LD names other images than og:image: Google takes these, cards take that.",
            help="Name the same picture in both.",
            related=[(others[0][0], "og:image")],
        )


_SIZE = late(
    r"[-_.](?:\d{2,4}x\d{2,4}|\d{2,4}w|scaled|large|small|medium|thumb(?:nail)?)(?=$|[-_.])"
)


def _picture(url: urls.Url) -> str:
    """What all sizes of one picture have in common: the file's name, else the path."""
    name = image_urls.file_name(url.path).rsplit(".", 1)[0].lower()
    return _SIZE.sub("", name) or url.path


class LdUrlMismatch(Rule):
    """The JSON-LD says another address of the page.

    ## What it does
    Compares its `url` and `mainEntityOfPage` with the canonical link and og:url: another page is
    noted, another form of the same address is not. Addresses of other hosts, of which feeds and
    partners have many, are left alone.

    ## Why it matters
    It is the address that Google files the article under
    (developers.google.com/search/docs/appearance/structured-data/article). That of another page is
    mostly left over from the page that this one was copied from.
    """

    code = "LD005"
    name = "ld-url-mismatch"
    severity = Severity.NOTE
    reads = ("ld:url", "ld:mainEntityOfPage")
    bad = (Example(built(last=_script(f'"url": "{SITE}/news/another-page/"')), "news.html"),)
    good = (
        Example(built(last=_script(f'"mainEntityOfPage": {{"@id": "{ADDRESS}#article"}}')),
                "news.html"),
        Example(built(last=_script('"mainEntityOfPage": true')), "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the first that differs."""
        known = [(p, url) for p in page.named(vocabulary.PAGE_URLS)
                 if (url := p.share_url) is not None]  # fmt: skip
        if not known:
            return
        for prop in page.named(self.reads):
            url = prop.share_url
            if url is None or not _is_another(url, [other for _, other in known]):
                continue
            yield self.at(
                prop,
                f"{prop.name} of the JSON-LD is another page's address than "
                f"{label(known[0][0].name).lower() if known[0][0].name != 'og:url' else 'og:url'}.",
                help=f"Write {known[0][0].meant}, if that is the page's address.",
                related=[(known[0][0], label(known[0][0].name))],
            )
            return


def _is_another(url: urls.Url, known: list[urls.Url]) -> bool:
    hosts = {other.host.removeprefix("www.") for other in known}
    if url.host.removeprefix("www.") not in hosts:
        return False
    return not any(
        urls.form(url) == urls.form(other)
        or urls.is_paginated(url, other)
        or urls.is_short_form(url, other)
        for other in known
    )


_BY = late(r"(?:by|von|par|por|di|door|av|af)[ :]\s*(?=\S)", 2)
_ADDRESS = late(r"(?:https?://|www\.)\S+", 2)
_BETWEEN = late(r"(?:(?<!\s)\s++)?+(?:[;,]|(?<=\s)(?:and|und|et|y|e|&|och|og|en|with)\s)\s*+", 2)


class AuthorNotAName(Rule):
    """An author in the JSON-LD that is not one person's name.

    ## What it does
    Notes an author whose name is an address, begins with "By", or is several names in one.

    ## Why it matters
    Google asks for the name alone, and for each author on its own
    (developers.google.com/search/docs/appearance/structured-data/article#author-bp).
    """

    code = "LD006"
    name = "author-not-a-name"
    severity = Severity.NOTE
    reads = ("ld:author",)
    bad = (
        Example(built(last=_script('"author": "By Jane Doe"')), "news.html"),
        Example(built(last=_script('"author": {"name": "Jane Doe and John Roe"}')), "news.html"),
        Example(built(last=_script(f'"author": "{SITE}/authors/jane/"')), "news.html"),
    )
    good = (
        Example(built(last=_script('"author": [{"name": "Jane Doe"}, {"name": "John Roe"}]')),
                "news.html"),
        Example(built(last=_script('"author": "Northbridge Police and Fire Service"')),
                "news.html"),
        Example(built(last=_script('"author": "Jane Doe, PhD"')), "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an author."""
        for prop in page.all("ld:author"):
            if prop.kind != "string":
                continue
            found = _not_a_name(prop.meant)
            if found is not None:
                what, advice = found
                yield self.at(prop, f"The author in the JSON-LD, {quoted(prop.meant)}, {what}.",
                              help=advice)  # fmt: skip


def _not_a_name(text: str) -> tuple[str, str] | None:
    if _ADDRESS.fullmatch(text):
        return "is an address, and no name", 'Write the name, and the address under "url".'
    if (match := _BY.match(text)) is not None and text[match.end()].isupper():
        return f"begins with {match.group().strip()}", "Write the name alone."
    parts = [part for part in _BETWEEN.split(text) if part]
    # "Police and Fire Service" is one: people have a first name and a last name, each a capital.
    if len(parts) > 1 and all(_is_full_name(part) for part in parts):
        return f"is {len(parts)} names in one", "Write a list of authors, one name each."
    return None


def _is_full_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 4 or _ORGANISATIONS.intersection(word.lower() for word in words):
        return False
    return words[0][0].isupper() and words[-1][0].isupper()


_ORGANISATIONS = frozenset(
    "agency association bureau club college committee company council department desk editors "
    "force fund group institute ministry news newsroom office police press school service services "
    "society staff team times trust university".split()
)


RULES: tuple[type[Rule], ...] = (
    InvalidJsonLd,
    HeadlineMismatch,
    LdImageMismatch,
    LdUrlMismatch,
    AuthorNotAName,
)
