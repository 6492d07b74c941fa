"""How long titles and descriptions are, beside what platforms show of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import lru_cache

from ogcheck import platforms
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.platforms import Fact
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import label, title_affix
from ogcheck.rules.txt_texts import DESCRIPTIONS, alike, is_dense, read, twins
from ogcheck.values import shown, titles


@lru_cache(maxsize=64)
def _limits(limit: str, wanted: tuple[str, ...]) -> tuple[Fact, ...]:
    """At what lengths these platforms cut, the strictest first; what they advise is no cut."""
    return tuple(fact for fact in platforms.facts(limit, wanted) if not fact.advice)


class _TooLong(Rule):
    """The base of the two rules about texts that platforms cut."""

    severity = Severity.NOTE
    kind: str
    """``title`` or ``description``."""

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, at what the strictest platform cuts off."""
        facts = _limits(f"{self.kind} length", context.platforms)
        if not facts:
            return
        for prop, cutting, related in self._read_by(page, facts):
            # In most texts there are fewer bytes than the least limit.
            if len(prop.value.encode("utf-8", "surrogatepass")) > cutting[0].value:
                name = _name_behind(page, context, prop) if self.kind == "title" else None
                yield from self._judge(prop, cutting, related, name)

    def _read_by(
        self, page: Page, facts: tuple[Fact, ...]
    ) -> Iterator[tuple[Property, tuple[Fact, ...], list[tuple[Property, str]]]]:
        """Which text each platform shows: X twitter:*, if there is one, the others og:*."""
        share = _first(page, f"og:{self.kind}")
        if share is None and page.derived(f"og:{self.kind}").state != "absent":
            share = _first(page, f"page:{self.kind}")
        own = _first(page, f"twitter:{self.kind}")
        if own is not None and share is not None and own.meant == share.meant:
            yield share, facts, [(own, "the same text")]
            return
        if own is not None:
            its = tuple(fact for fact in facts if fact.platform == "X")
            if its:
                yield own, its, []
            facts = tuple(fact for fact in facts if fact.platform != "X")
        if share is not None and facts:
            yield share, facts, []

    def _judge(
        self,
        prop: Property,
        facts: tuple[Fact, ...],
        related: list[tuple[Property, str]],
        name: titles.Segment | None,
    ) -> Iterator[Finding]:
        seen = shown.shown(prop.value)
        whole = len(seen.text)
        if name is not None:  # where only the site's name is lost, nothing is
            before = prop.value[: name.start].rstrip(" \t" + titles.SEPARATORS)
            whole = bisect_left(seen.places, len(before), 0, whole)
        cuts = [(shown.fitting(seen.text, int(f.value), f.unit), f) for f in facts]
        cuts = [(at, fact) for at, fact in cuts if at < whole]
        if not cuts:
            return
        cuts.sort(key=lambda cut: cut[0])
        first = cuts[0][0]

        def words() -> tuple[str, str]:
            named = [f"{fact.platform} ({int(fact.value)} {fact.unit})" for _, fact in cuts]
            size = f"{len(seen.text)} characters"
            if any(fact.unit == "bytes" for _, fact in cuts) and not seen.text.isascii():
                size += f" ({platforms.length(seen.text, 'bytes')} bytes)"
            verb = "cuts it" if len(cuts) == 1 else "cut it, the first"
            return (
                f"{label(prop.name)} is {size} long: {_listed(named)} {verb} after "
                f"{_ending(seen.text[:first])}.",
                self.advice,
            )

        yield self.at(prop, words, part=(seen.places[first], seen.places[-1]), related=related)

    advice: str


def _name_behind(page: Page, context: Context, prop: Property) -> titles.Segment | None:
    """The site's name at the end of a title, as far as it is known."""
    declared = page.written("og:site_name")
    found = None
    for name in (context.site_name, declared.meant if declared is not None else None):
        found = found or (titles.at_end(prop.value, name) if name else None)
    if found is None and (affix := title_affix(page)) is not None and affix[0] is prop:
        found = affix[1]
    at_its_end = found is not None and found.end >= len(prop.value.rstrip())
    return found if at_its_end else None


def _first(page: Page, name: str) -> Property | None:
    found = page.written(name)
    return found if found is not None and found.kind == "string" and not found.is_blank else None


def _ending(text: str) -> str:
    """The last words of ``text`` for a message."""
    words = text.rsplit(None, 4)
    return quoted(f"… {' '.join(words[1:])}" if len(words) > 4 else text)


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


_LONG_TITLE = "Man charged after burglary at the harbour workshops in Northbridge on Friday morning"


class LongTitle(_TooLong):
    """A title that platforms cut.

    ## What it does
    Names the platforms that cut the title, and says where. It looks at the title that each
    platform shows: twitter:title on X where there is one, else og:title, and the page's own title
    where there is no og:title. References that are left over count as the characters that they
    stand for; what a template fills in does not count, nor does a cut through the site's name at
    the end.

    ## Why it matters
    X cut titles at 70 characters (developer.x.com cards markup, 2024, withdrawn since), Discord
    at 70 bytes of UTF-8 (discord-api-docs pull request 8606, a draft), Discourse at 80 characters
    (onebox open_graph.rb), Misskey at 100 (summaly f7c9f16), Matrix at 150 (docs.t2bot.io). The
    rest of the headline is not seen there.
    """

    code = "TXT004"
    name = "long-title"
    reads = ("og:title", "twitter:title", "page:title")
    kind = "title"
    advice = "Put what matters before the cut, or write a shorter title."
    bad = (
        Example(release({"og.title": _LONG_TITLE, "title": _LONG_TITLE})),
        Example(post(f"title: {_LONG_TITLE}")),
        Example(post("title: Bridge closed", f"twitter_title: Bridge closed {'today ' * 10}now")),
    )
    good = (
        Example(post(f"title: {_LONG_TITLE[:70]}")),
        Example(post(f"title: {_LONG_TITLE}"), config={"platforms": ["Matrix", "Facebook"]}),
        Example(post('title: "Bridge closed {{ site.data.works.harbour.from_the_register }} '
                     '{{ site.data.works.harbour.until_the_register }}"')),
        Example(post("title: Man charged after burglary | Police and Fire Service of Northbridge "
                     "Harbour", "og_title: Man charged after burglary"),
                config={"site-name": "Police and Fire Service of Northbridge Harbour"}),
    )  # fmt: skip


_LONG_DESCRIPTION = (
    "A man has been charged after tools were taken from a workshop at the harbour. He is to "
    "appear before magistrates in the morning. Officers thank all who answered the appeal and "
    "gave them a description of the van that was used."
)


class LongDescription(_TooLong):
    """A description that platforms cut.

    ## What it does
    Names the platforms that cut the description, and says where. It looks at the description that
    each platform shows: twitter:description on X where there is one, else og:description, and the
    page's own where there is no og:description. WhatsApp's "80 characters will suffice" is advice,
    and nothing is cut there.

    ## Why it matters
    X and Matrix cut descriptions at 200 characters (developer.x.com cards markup, 2024, withdrawn
    since; docs.t2bot.io), Misskey at 300 (summaly f7c9f16), Discord at 350 bytes of UTF-8
    (discord-api-docs pull request 8606, a draft). What stands behind is not seen there.
    """

    code = "TXT005"
    name = "long-description"
    reads = ("og:description", "twitter:description", "page:description")
    kind = "description"
    advice = "Put what matters before the cut, or write a shorter description."
    bad = (
        Example(release({"og.description": _LONG_DESCRIPTION})),
        Example(post("title: Bridge closed", f"description: {_LONG_DESCRIPTION}")),
    )
    good = (
        Example(release({"og.description": _LONG_DESCRIPTION[:132]})),  # longer than WhatsApp's 80
        Example(post(f"description: {_LONG_DESCRIPTION}"), config={"platforms": ["Discord"]}),
    )


@frozen
class Shortness:
    """How short is too short."""

    min_characters: int = field(
        default=15, metadata={"doc": "How many characters a description has at least."}
    )


class ShortDescription(Rule):
    """A description that is too short to say anything.

    ## What it does
    Notes descriptions of fewer than 15 characters, except in scripts that put no spaces between
    words. No platform documents a minimum: the number is an option.

    ## Why it matters
    Meta asks for two to four sentences (developers.facebook.com/docs/sharing/webmasters),
    WhatsApp says that 80 characters suffice (its link preview documentation, May 2026). One word is
    mostly what is left of a text, a section's name, or a field that somebody filled in because it
    was there.
    """

    code = "TXT006"
    name = "short-description"
    severity = Severity.NOTE
    reads = DESCRIPTIONS
    Options = Shortness
    bad = (
        Example(release({"og.description": "Burglary"})),
        Example(post("title: Bridge closed", "description: News")),
        Example(
            release({"og.description": "A man has been charged."}),
            config={"rules": {"TXT006": {"min-characters": 40}}},
        ),
    )
    good = (
        Example(release({"og.description": "A man is charged."})),
        Example(post("title: 橋を通行止め", "description: 市が橋を閉鎖しました。")),
        Example(post("title: Bridge closed", "description:")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text."""
        least = self.options.min_characters
        short = [
            p for p in read(page, DESCRIPTIONS) if len(p.meant) < least and not is_dense(p.meant)
        ]
        for group in alike(short):
            prop = group[0]
            if "{{" in prop.meant or "{%" in prop.meant:
                continue
            yield self.at(
                prop,
                f"{label(prop.name)} is only {len(prop.meant)} characters long: "
                f"{quoted(prop.meant)} says little about the page.",
                part=prop.trimmed(),
                help="Write one or two sentences that say what the page tells.",
                related=twins(group),
            )


RULES: tuple[type[Rule], ...] = (
    LongTitle,
    LongDescription,
    ShortDescription,
)
