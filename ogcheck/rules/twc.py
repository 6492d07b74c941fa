"""X cards: the kind of card, what belongs to it, and what it says beside Open Graph.

X reads og:title, og:description and og:image where its own properties are not there, so those are
never missing. Its documentation of cards was taken down in 2024; these rules rest on its last text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing
from ogcheck.rules.examples import post, release
from ogcheck.rules.looks import is_asked
from ogcheck.values import titles
from ogcheck.values.patterns import late

_KINDS = ("summary", "summary_large_image", "app", "player")
_RETIRED = frozenset({"photo", "gallery", "product", "lead_generation"})


class MissingCard(Rule):
    """No twitter:card.

    ## What it does
    Notes a share record that does not say which kind of card X is to show. X's title, description
    and image are not asked for: it takes those of Open Graph.

    ## Why it matters
    Without it "a summary card may be rendered", where og:type, og:title and og:description are
    there: a small square picture, or none (developer.x.com, cards markup, last public text of 2024,
    withdrawn since). Discord takes its large picture from the same property (discord-api-docs
    pull request 8606, a draft).
    """

    code = "TWC001"
    name = "missing-card"
    severity = Severity.NOTE
    lacks = "twitter:card"
    where = (is_asked,)
    bad = (Example(release({"twitter.card": None})),)
    good = (
        Example(release()),
        Example(release({"twitter.card": "summary"})),
        Example(release({"twitter.card": None, "draft": "true"})),
        Example(release({"twitter.card": None}), config={"platforms": ["Facebook"]}),
        Example(post("title: Bridge closed", "og_title: Bridge closed")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the twitter key, else at the start."""
        if page.written("twitter:card") is not None or not page.is_asked():
            return
        if not {"X", "Discord"}.intersection(context.platforms):
            return
        if page.derived("twitter:card").state == "absent":
            yield self.missing(
                page,
                "twitter:card",
                "twitter:card is missing: X shows a small card at best, or none.",
                help="Add twitter:card: summary for a small square picture, or "
                "summary_large_image for a wide one.",
            )


class InvalidCard(Rule):
    """A kind of card that X does not have.

    ## What it does
    Reports values of twitter:card other than `summary`, `summary_large_image`, `app` and `player`,
    and names those that X has retired.

    ## Why it matters
    X shows no card, or falls back to another kind, where it does not know the one that is asked for
    (developer.x.com, cards markup, last public text of 2024).
    """

    code = "TWC002"
    name = "invalid-card"
    severity = Severity.WARNING
    reads = ("twitter:card",)
    bad = (
        Example(release({"twitter.card": "large"})),
        Example(release({"twitter.card": "photo"})),
        Example(post("title: Bridge closed", "twitter_card: summary-large-image")),
    )
    good = (
        Example(release({"twitter.card": "summary"})),
        Example(post("title: Bridge closed", "twitter_card: summary_large_image")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a card."""
        for prop in page.all("twitter:card"):
            text = prop.meant
            if text in _KINDS or not text or prop.kind == "null":
                continue
            folded = text.lower().replace("-", "_").replace(" ", "_")
            near = _near_kind(folded)
            if folded in _RETIRED:
                message = f"X has retired the kind of card that twitter:card asks for, {text}."
            else:
                message = f"twitter:card {quoted(text)} is no kind of card that X has."
            yield self.at(
                prop,
                message,
                help=f"Write {near}." if near else f"Write one of {', '.join(_KINDS)}.",
            )


def _near_kind(folded: str) -> str | None:
    """The kind that a misspelt one means."""
    if folded in _KINDS:
        return folded
    from difflib import get_close_matches  # not needed by most runs

    found = get_close_matches(folded, _KINDS, 1, 0.8)
    return found[0] if found else None


_HANDLES = ("twitter:site", "twitter:creator")
_HANDLE = late(r"@\w+", re.ASCII)
_BARE = late(r"\w+", re.ASCII)
_PROFILE = late(
    r"(?:https?:)?(?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:#!/)?@?(\w+)/?(?:[?#].*)?",
    re.ASCII | re.IGNORECASE,
)
_NO_PROFILES = frozenset({"intent", "share", "home", "search", "hashtag", "i", "explore", "login"})


class HandleForm(Rule):
    """An account of X that is not written as `@name`.

    ## What it does
    Reports twitter:site and twitter:creator that are an address, a name without its `@`, a number
    or anything else. Where the tags are made by a generator that is not known, a name without `@`
    is a note: many generators add it.

    ## Why it matters
    X credits the card to an `@username` (developer.x.com, cards markup, last public text of 2024);
    an account's number has properties of its own, twitter:site:id and twitter:creator:id.

    ## Fix
    Writes `@name` for the address of a profile. Safe.
    """

    code = "TWC003"
    name = "handle-form"
    severity = Severity.WARNING
    fix = "safe"
    reads = _HANDLES
    bad = (
        Example(release({"twitter.site": "https://twitter.com/northbridge"})),
        Example(release({"twitter.site": "northbridge"})),
        Example(post("title: Bridge closed", "twitter_creator: Ann Lee")),
    )
    good = (
        Example(release({"twitter.site": "'@northbridge'"})),
        Example(release({"twitter.site.id": "'18120403'"})),
        Example(post("title: Bridge closed", "twitter: https://twitter.com/northbridge")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an account."""
        for prop in page.named(_HANDLES):
            text = prop.meant
            if not text or prop.kind == "null" or _HANDLE.fullmatch(text):
                continue
            yield self._judge(page, prop, text)

    def _judge(self, page: Page, prop: Property, text: str) -> Finding:
        severity, fix = None, None
        match = _PROFILE.fullmatch(text)
        if match is not None and match[1].lower() not in _NO_PROFILES:
            name = f"@{match[1]}"
            what, advice = "is an address; X reads the account's name", f"Write {name}."
            fix = replacing(page, prop, name, f"Write {name}", safe=True)
        elif text.isdecimal():
            what = "is a number; X reads the account's name here"
            advice = f"Write the @name, or give the number as {prop.name}:id."
        elif _BARE.fullmatch(text):
            what, advice = "lacks its @", f"Write @{text}."
            severity = None if page.preset.full else Severity.NOTE
        else:
            what, advice = "is not the name of an account", "Write it as @name."
        return self.at(
            prop, f"{prop.name} {quoted(text)} {what}.", severity=severity, help=advice, fix=fix
        )


class CardTextDisagrees(Rule):
    """twitter:title or twitter:description is another text than Open Graph's.

    ## What it does
    Notes a twitter:title or twitter:description that shares less than half of its words with
    og:title or og:description. A shorter or reworded text is meant so, and another image, too.

    ## Why it matters
    X shows its own properties before those of Open Graph (developer.x.com, cards markup, last
    public text of 2024). Where they are about something else, they are a leftover of another page.
    """

    code = "TWC004"
    name = "card-text-disagrees"
    severity = Severity.NOTE
    reads = ("twitter:title", "twitter:description")
    bad = (
        Example(release({"twitter.title": "Our new recycling scheme"})),
        Example(release({"twitter.description": "Bins are emptied on Mondays from May on."})),
    )
    good = (
        Example(release({"twitter.title": "Man charged after harbour burglary"})),
        Example(release({"twitter.title": "'Burglary at the harbour: man charged'"})),
        Example(release({"twitter.description": "A man has been charged after tools were taken"})),
        Example(release({"twitter.image": "https://www.northbridge.example/media/card.jpg"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a text."""
        for name in self.reads:
            card = page.written(name)
            share = page.written(name.replace("twitter", "og"))
            if card is None or share is None or not card.meant or not share.meant:
                continue
            if "null" in (card.kind, share.kind) or not _are_other_texts(card.meant, share.meant):
                continue
            yield self.at(
                card,
                f"{name} {quoted(card.meant)} is another text than {share.name}, "
                f"{quoted(share.meant)}.",
                help=f"Leave it out, so that X shows {share.name}, unless both are meant.",
                related=[(share, f"{share.name}, which other platforms show")],
            )


def _are_other_texts(one: str, other: str) -> bool:
    if one == other:
        return False
    first, second = titles.fold(one), titles.fold(other)
    if first in second or second in first:
        return False
    mine, theirs = titles.words(one), titles.words(other)
    fewest = min(len(mine), len(theirs))
    return fewest > 0 and len(mine & theirs) * 2 < fewest


_PLAYER_PARTS = ("twitter:player", "twitter:player:width", "twitter:player:height")


class PlayerCardIncomplete(Rule):
    """A player card without its player.

    ## What it does
    Reports a twitter:card of kind `player` on a share record without twitter:player, its width or
    its height, or without any image: twitter:image, or og:image in its place.

    ## Why it matters
    X needs the address of the player, its size, and a picture for where it cannot be shown
    (developer.x.com, player card, last public text of 2024). It shows no player otherwise.
    """

    code = "TWC005"
    name = "player-card-incomplete"
    severity = Severity.WARNING
    reads = ("twitter:card",)
    where = (is_asked,)
    bad = (
        Example(release({"twitter.card": "player"})),
        Example(release({"twitter.card": "player",
                         "twitter.player": "https://www.northbridge.example/player/1"})),
    )  # fmt: skip
    good = (
        Example(release({"twitter.card": "player",
                         "twitter.player.url": "https://www.northbridge.example/player/1",
                         "twitter.player.width": "'1280'", "twitter.player.height": "'720'"})),
        Example(post("title: Bridge closed", "twitter_card: player")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at twitter:card; what is missing in its message."""
        card = page.written("twitter:card")
        if card is None or card.meant != "player" or not page.is_asked():
            return
        lacking = [name for name in _PLAYER_PARTS if page.derived(name).state == "absent"]
        if all(page.derived(name).state == "absent" for name in ("twitter:image", "og:image")):
            lacking.append("twitter:image")
        if lacking:
            yield self.at(
                card,
                f"The player card lacks {_listed(lacking)}: X shows no player.",
                help=f"Add {_listed(lacking)}, or write summary.",
            )


_STORES = ("iphone", "ipad", "googleplay")


class AppCardIncomplete(Rule):
    """An app card that does not say which app.

    ## What it does
    Reports a twitter:card of kind `app` on a share record without any app's id
    (twitter:app:id:iphone, :ipad or :googleplay), and one that gives a store's name or address of
    the app without its id there.

    ## Why it matters
    X looks the app up in its store by the id (developer.x.com, app card, last public text of 2024).
    Without one there is nothing to show.
    """

    code = "TWC006"
    name = "app-card-incomplete"
    severity = Severity.WARNING
    reads = ("twitter:card",)
    where = (is_asked,)
    bad = (
        Example(release({"twitter.card": "app"})),
        Example(release({"twitter.card": "app", "twitter.app.id.iphone": "'929750075'",
                         "twitter.app.name.googleplay": "Northbridge News"})),
    )  # fmt: skip
    good = (
        Example(release({"twitter.card": "app", "twitter.app.id.iphone": "'929750075'"})),
        Example(post("title: Bridge closed", "twitter_card: app")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at twitter:card."""
        card = page.written("twitter:card")
        if card is None or card.meant != "app" or not page.is_asked():
            return
        absent = {s for s in _STORES if page.derived(f"twitter:app:id:{s}").state == "absent"}
        named = [s for s in _STORES if any(page.written(f"twitter:app:{part}:{s}") is not None
                                           for part in ("name", "url"))]  # fmt: skip
        lacking = [f"twitter:app:id:{store}" for store in named if store in absent]
        if lacking:
            yield self.at(
                card,
                f"The app card lacks {_listed(lacking)}, by which X finds the app.",
                help=f"Add {_listed(lacking)}.",
            )
        elif len(absent) == len(_STORES):
            yield self.at(
                card,
                "The app card names no app: X finds it by its id in a store.",
                help="Add twitter:app:id:iphone, :ipad or :googleplay, or write summary.",
            )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


RULES: tuple[type[Rule], ...] = (
    MissingCard,
    InvalidCard,
    HandleForm,
    CardTextDisagrees,
    PlayerCardIncomplete,
    AppCardIncomplete,
)
