"""What a URL carries beside the address: trackers, sessions, secrets, characters not encoded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.looks import has_unusual_url
from ogcheck.rules.page_facts import label, part_of_meant, replacing_each, twins, unusual_urls
from ogcheck.values import url_parts
from ogcheck.values.bounds import MOST_PLACES
from ogcheck.values.splicing import spliced


@frozen
class Parameters:
    """Which parameters are trackers on this site."""

    parameters: tuple[str, ...] = field(
        default=(), metadata={"doc": "Further names of tracking parameters, in lower case."}
    )


class TrackingParameters(Rule):
    """Tracking or session parameters in the page's address.

    ## What it does
    Reports parameters of og:url and of the canonical URL that say how a reader came (`utm_source`,
    `fbclid`, `gclid`) or whose session it is (`PHPSESSID`, `;jsessionid=`).

    ## Why it matters
    og:url has to be "undecorated": without session variables, user identifying parameters or
    counters (Meta, developers.facebook.com/docs/sharing/webmasters). Every decorated form counts
    its shares apart, and each visit is filed under a campaign that is over.

    ## Fix
    Drops them. Safe: the page is the same.
    """

    code = "URL009"
    name = "tracking-parameters"
    severity = Severity.WARNING
    fix = "safe"
    where = (has_unusual_url,)
    Options = Parameters
    reads = vocabulary.PAGE_URLS
    bad = (
        Example(post(f"og_url: {SITE}/news/a/?utm_source=newsletter&utm_medium=email")),
        Example(post(f"canonical_url: {SITE}/news/a?id=5&fbclid=IwAR0")),
    )
    good = (
        Example(post(f"og_url: {SITE}/news/a/?page=2&source=desk")),
        Example(post(f"og_url: {SITE}/news/story?sid=1204")),
        Example(post(f"og_image: {SITE}/media/a.jpg?utm_source=cms")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at the first of them."""
        for prop, further in unusual_urls(page, vocabulary.PAGE_URLS):
            text = prop.meant
            if ("?" not in text and ";" not in text) or prop.share_url is None:
                continue
            found = url_parts.tracking(text, self.options.parameters)
            if not found:
                continue
            names = ", ".join(dict.fromkeys(text[p.start : p.end].split("=")[0] for p in found))
            clean = url_parts.without(text, found)
            yield self.at(
                prop,
                f"{label(prop.name)} carries {names}: shares are counted apart for every form of "
                "the address.",
                part=part_of_meant(prop, found[0].start, found[0].end),
                help=f"Write {clean}.",
                related=twins(further),
                fix=replacing_each(page, [prop, *further], clean, "Drop the parameters", safe=True),
            )


class UnescapedCharacters(Rule):
    """Characters in a URL that have to be percent-encoded, or were so twice.

    ## What it does
    Reports spaces, quotation marks, braces and the like, an `&` in the path, and `%2520`, in the
    URLs of images (a warning) and of pages (a note). Letters beyond ASCII count in images only:
    browsers show `/münchen/` as it is. Parentheses and commas are legal.

    ## Why it matters
    Image paths with such characters left as they are break the picture on Facebook, X and Slack
    (the-seo-framework issue 706, nuxt/image pull request 1268); encoding twice ends in an error
    403 (island.is issue 22410). RFC 3986 has none of these characters in a URL.

    ## Fix
    Encodes them. Safe: it is the address that browsers ask for. Unsafe for an `&`, and where what
    was encoded twice is decoded once: a server may keep a file under just that name.
    """

    code = "URL012"
    name = "unescaped-characters"
    severity = Severity.WARNING
    fix = "safe"
    where = (has_unusual_url,)
    bad = (
        Example(post(f"og_image: {SITE}/media/harbour bridge.jpg")),
        Example(post(f"og_image: {SITE}/media/fish&chips.jpg")),
        Example(post(f"og_image: {SITE}/media/harbour%2520bridge.jpg")),
        Example(post(f'og_url: "{SITE}/news/the bridge/"')),
    )
    good = (
        Example(post(f"og_image: {SITE}/media/harbour_(1),2.jpg?crop=(5,0,195,100)")),
        Example(post(f"og_url: {SITE}/münchen/")),
        Example(release()),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at the first place."""
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            text = prop.meant
            if prop.share_url is None:
                continue
            is_image = prop.name not in vocabulary.PAGE_URLS
            found = url_parts.unescaped(text, image=is_image)
            if not found:
                continue
            first = found[0]
            what = _WORDS[first.kind].format(quoted(text[first.start : first.end]))
            more = f", and {len(found) - 1:,} more" if len(found) > 1 else ""
            is_whole = len(found) < MOST_PLACES  # else there may be more of them
            if not is_whole:
                more = f", and more than {MOST_PLACES - 2:,} more"
            better = spliced(text, ((one.start, one.end, one.better) for one in found))
            safe = not any(one.kind in _GUESSED for one in found)
            yield self.at(
                prop,
                f"{label(prop.name)} {what}{more}: some platforms ask for another address, or for "
                "none.",
                part=part_of_meant(prop, first.start, first.end),
                severity=None if is_image else Severity.NOTE,
                help=f"Write {better}." if is_whole else "Encode them all.",
                related=twins(further),
                fix=None
                if not is_whole
                else replacing_each(
                    page, [prop, *further], better, "Encode the characters", safe=safe
                ),
            )


_GUESSED = ("ampersand", "twice")
"""Kinds whose other spelling is another address to a server."""
_WORDS = {
    "space": "holds a space",
    "character": "holds {}, which no URL holds as it is",
    "not ASCII": "holds {}, which is not encoded",
    "ampersand": "holds an & in its path",
    "twice": "is percent-encoded twice at {}",
}


class CredentialsInUrl(Rule):
    """A password, or a signature that ends, in a URL.

    ## What it does
    Reports user names and passwords before the host (an error), and signed URLs that stop to work
    at a time that they carry (a warning): `X-Amz-Expires`, `Expires` beside `Signature`, Facebook's
    `oe`, Discord's `ex`. Signatures without an end are left alone.

    ## Why it matters
    What stands in a card is public. A card is fetched again for as long as the page is shared:
    Slack keeps it for half an hour, Facebook for days, and then asks again for a picture that is
    gone (claude-codex-settings issue 232).
    """

    code = "URL013"
    name = "credentials-in-url"
    severity = Severity.WARNING
    where = (has_unusual_url,)
    bad = (
        Example(post("og_image: https://desk:secret@www.northbridge.example/media/bridge.jpg")),
        Example(
            post(f"og_image: {SITE}/a.jpg?X-Amz-Expires=300&X-Amz-Signature=fe5f80f77d5fa3beca03")
        ),
    )
    good = (
        Example(post(f"og_image: {SITE}/media/a.jpg?hash=9b2c&sig=77d5")),
        Example(post(f"og_image: {SITE}/media/@desk/a.jpg?expires=never")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address."""
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            url = prop.share_url
            if url is None:
                continue
            if url.user:
                yield self._secret(prop, url.user, further)
                continue
            expiry = url_parts.expiry(prop.meant)
            if expiry is not None:
                name = prop.meant[expiry.start : expiry.end].split("=")[0]
                yield self.at(
                    prop,
                    f"{label(prop.name)} is signed for a time ({name}), and then stops working.",
                    part=part_of_meant(prop, expiry.start, expiry.end),
                    help="Write an address that lasts.",
                    related=twins(further),
                )

    def _secret(self, prop: Property, user: str, further: list[Property]) -> Finding:
        at = prop.value.find(f"{user}@")
        return self.at(
            prop,
            f"{label(prop.name)} carries a user name or a password, for everybody to read.",
            part=(at, at + len(user)) if at >= 0 else None,
            severity=Severity.ERROR,
            help="Leave out what stands before the @, and change the password.",
            related=twins(further),
        )


RULES: tuple[type[Rule], ...] = (TrackingParameters, UnescapedCharacters, CredentialsInUrl)
