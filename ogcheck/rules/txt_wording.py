"""How a text is written: in capitals from end to end, or twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from itertools import islice

from ogcheck.frozen import frozen
from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, rewriting
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import label
from ogcheck.rules.txt_texts import DESCRIPTIONS, TITLES, read, twins
from ogcheck.values import references, titles
from ogcheck.values.patterns import late

_TEXTS = (*TITLES, *DESCRIPTIONS)
_WORD = late(r"\w+")


@frozen
class Repetition:
    """What counts as a repetition."""

    min_words: int = field(
        default=3, metadata={"doc": "How many words the repeated text has at least."}
    )


_LAST = late(r"(\w{1,4})\W*\Z")
"""The last letters of the last word."""
_LETTERS = late(r"[^\W\d_]+")
_LEAST_WORDS, _LEAST_LETTERS, _CAPITALS = 3, 5, 0.9
"""What tells a headline in capitals from a row of abbreviations."""

_REPEATABLE = (*_TEXTS, "og:image:alt", "og:site_name", "twitter:image:alt")


class SaidTwice(Rule):
    """A text that is itself twice.

    ## What it does
    Reports titles, descriptions and image descriptions that say the same words twice from end to
    end, whatever stands between (`Bridge closed to traffic | Bridge closed to traffic`). Fewer
    than three words may be a name (`New York, New York`): the number is an option.

    ## Why it matters
    A template or an import joined one field with itself. The card shows it twice, and platforms
    cut it in its second half.

    ## Fix
    Keeps the first. Unsafe: a person should look which of the two is spelt right.
    """

    code = "TXT018"
    name = "said-twice"
    severity = Severity.WARNING
    fix = "unsafe"
    reads = _REPEATABLE
    Options = Repetition
    bad = (
        Example(release({"og.description": "A man has been charged. A man has been charged."})),
        Example(post("title: Bridge closed to traffic | Bridge closed to traffic")),
        Example(post("title: Bridge closed to trafficBridge closed to traffic")),
    )
    good = (
        Example(post("title: New York, New York")),
        Example(post("title: Location, location, location")),
        Example(post("title: The bridge is closed and the bridge is open")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, at its second half."""
        done: set[str] = set()
        for prop in read(page, _REPEATABLE):
            value = prop.value
            # The first word comes again: in most texts it does not.
            folded = value.lower()
            if len(value) < 8 or folded.count(folded[:4]) < 2 or value in done:
                continue
            last = _LAST.search(folded[-8:]) if folded.isascii() else None
            if last is not None and folded.count(last[1]) < 2:
                continue  # nor does the last one
            done.add(value)
            found = _halves(value, self.options.min_words)
            if found is None:
                continue
            end, second = found
            others = [p for p in read(page, _REPEATABLE) if p.value == value and p is not prop]
            yield self.at(
                prop,
                f"{label(prop.name)} says the same twice: {quoted(value[:end].strip())}.",
                part=(second, len(value.rstrip())),
                help="Say it once.",
                related=twins([prop, *others]),
                fix=rewriting(page, prop, [(end, len(value), "")], "Keep the first", safe=False),
            )


def _halves(text: str, min_words: int) -> tuple[int, int] | None:
    """Where the first half of ``text`` ends and the second begins, if they say the same."""
    said: list[str] = _WORD.findall(text.lower() if text.isascii() else text)
    if not text.isascii():
        said = [word.casefold() for word in said]
    half, odd = divmod(len(said), 2)
    if not odd and half >= min_words and said[:half] == said[half:]:
        before, behind = islice(_WORD.finditer(text), half - 1, half + 1)
        end, second = before.end(), behind.start()
        # The full stop of the first half, and what opens the second.
        while end < second and text[end] in ".!?…\"”’')":
            end += 1
        while second > end and text[second - 1] in "\"“‘'(#":
            second -= 1
        return end, second
    size, odd = divmod(len(text), 2)
    if odd or text[:size] != text[size:] or len(_WORD.findall(text[:size])) < min_words:
        return None
    return size, size


class Shouting(Rule):
    """A title or description in capitals.

    ## What it does
    Notes titles and descriptions of which nine letters in ten are capitals, the site's name left
    aside. Fewer than three words, or none of five letters, may be abbreviations
    (`BBC TV UK`), and scripts without capitals do not shout.

    ## Why it matters
    Capitals are read as shouting, and more slowly: words lose their shapes. A screen reader may
    spell them out.
    """

    code = "TXT014"
    name = "shouting"
    severity = Severity.NOTE
    reads = _TEXTS
    bad = (
        Example(release({"og.title": "MAN CHARGED AFTER HARBOUR BURGLARY",
                         "title": "MAN CHARGED AFTER HARBOUR BURGLARY | Northbridge Police"})),
        Example(post("title: Bridge closed", "description: THE BRIDGE IS CLOSED ALL DAY.")),
    )  # fmt: skip
    good = (
        Example(post("title: UPDATE")),
        Example(post("title: HMP YOI UK")),
        Example(post("title: MFA für ALLE")),
        Example(post('title: "சார்புநிலை தனியார் MFA"')),
        Example(release({"og.title": "UPDATE - Man charged after harbour burglary"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding for the titles, one for the descriptions; at the first that shouts."""
        for names in (TITLES, DESCRIPTIONS):
            loud = []
            for prop in read(page, names):
                text = prop.value
                if "a" <= text[1:2] <= "z" and "a" <= text[-2:-1] <= "z":
                    continue  # as most begin and end
                # A headline in capitals stands at the beginning or at the end of a title.
                if _is_loud(text[:6]) or _is_loud(text[-6:]):
                    part = _shouted(page, context, text)
                    if part is not None:
                        loud.append((prop, part))
            if not loud:
                continue
            prop, part = loud[0]
            yield self.at(
                prop,
                f"{label(prop.name)} is written in capitals.",
                part=part,
                help="Write it in ordinary letters.",
                related=[(other, "in capitals, too") for other, _ in loud[1:]],
            )


def _is_loud(text: str) -> bool:
    return text.upper() == text and text.lower() != text


def _shouted(page: Page, context: Context, text: str) -> tuple[int, int] | None:
    """Where the shouting in ``text`` begins and ends: the site's name may be written as it is."""
    name = context.site_name
    if name is None and (declared := page.written("og:site_name")) is not None:
        name = declared.meant or None
    headline = titles.headline(text, name).strip()
    words = [w for w in _LETTERS.findall(headline) if len(w) > 1]
    if len(words) < _LEAST_WORDS or max(map(len, words)) < _LEAST_LETTERS:
        return None
    letters = [c for c in references.resolve(headline) if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals < _CAPITALS * len(letters):
        return None
    start = text.find(headline)
    return start, start + len(headline)


RULES: tuple[type[Rule], ...] = (
    Shouting,
    SaidTwice,
)
