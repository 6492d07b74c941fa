"""Texts that stop before their end: cut by a generator, or by a quotation mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import label
from ogcheck.rules.txt_texts import (
    DESCRIPTIONS,
    TITLES,
    alike,
    body_text,
    heading,
    is_dense,
    read,
    read_alike,
    twins,
)
from ogcheck.values import shown
from ogcheck.values.patterns import late

_ELLIPSIS = late(r"(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|(?<!\.)\.{3,}+)$")
_ELLIPSIS_FIRST = late(r"\s*+[\[(]?+\s*+(?:…|\.{3})")
_LAST = frozenset("….])")
_BETWEEN = " \t\r\n\u00a0*_[>"
"""What may stand between two words of a body: white space, and marks that begin an emphasis, a link
or a line of a quotation."""
_GAP = 12
"""How many of them."""
_TAIL = 30
"""How many characters tell a place in a text."""


@frozen
class MeantEllipsis:
    """When an ellipsis is meant."""

    min_title: int = field(
        default=50,
        metadata={
            "doc": "A title of fewer characters whose rest stands nowhere ends in an ellipsis "
            "because it is meant to."
        },
    )
    min_description: int = field(
        default=100, metadata={"doc": "The same for a description: one that is shorter ends so."}
    )


class CutText(Rule):
    """A text that was cut.

    ## What it does
    Notes titles and descriptions that end in `...`, `…` or `[…]`, and those that stop in the
    middle of a word where the page's body, its heading or another of its texts shows the rest. An
    ellipsis that stands in the body too is the author's. So is one at the end of a short text whose
    rest stands nowhere: generators cut titles at fifty characters and more, descriptions at a
    hundred and more, and both numbers are options.

    ## Why it matters
    It was made from the beginning of the page by a generator. Platforms cut for themselves, and
    later: X showed 200 characters of a description (developer.x.com cards markup, 2024), Discord
    shows 350 bytes (discord-api-docs pull request 8606, a draft).
    """

    code = "TXT008"
    name = "cut-text"
    severity = Severity.NOTE
    reads = (*TITLES, *DESCRIPTIONS)
    Options = MeantEllipsis
    bad = (
        Example(release({"og.description": "A man has been charged after tools were taken from a "
                         "workshop at the harbour. He is to appear before…"})),
        Example(release({"og.description": "A man has been charged after tools were taken from a "
                         "workshop at the harbour. He is to appear before […]"})),
        Example(post("title: Bridge closed",
                     "description: The old bridge is closed from Monday to Fri",
                     body="The old bridge is closed from Monday to Friday.")),
        Example(post("title: The old bridge in Northbridge is closed from Monday to...")),
    )  # fmt: skip
    good = (
        Example(post("title: The one with the police puppies…")),
        Example(post("title: The one with the puppies…",
                     "og_title: The one with the puppies… | Northbridge"),
                also={"TXT003": "the name that nothing declares"}),
        Example(post("title: Bridge closed", "description: And the winner has been announced…")),
        Example(post("title: Bridge closed", "description: And then there was one…",
                     body="And then there was one… The last of the bridges is closed.")),
        Example(post("title: Bridge closed", "description: The old bridge is closed from Monday",
                     body="The old bridge is closed from Monday to Friday.")),
        Example(post("title: 橋を通行止め",
                     "description: 市が橋を閉鎖しましたので迂回してください橋は",
                     body="市が橋を閉鎖しましたので迂回してください橋は月曜日まで通れません。")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, at its end."""
        for names in (TITLES, DESCRIPTIONS):
            for group in read_alike(page, names):
                prop = group[0]
                last = prop.meant[-1:]
                if last in _LAST:
                    if last == "." and prop.meant[-3:] != "..." and shown.is_as_written(prop.value):
                        continue  # a sentence's end, as in most descriptions
                    yield from self._ellipsis(page, prop, names, group)
                elif last.isalnum() and not is_dense(prop.meant[-3:]):
                    yield from self._in_a_word(page, prop, names, group)

    def _ellipsis(
        self, page: Page, prop: Property, names: tuple[str, ...], group: list[Property]
    ) -> Iterator[Finding]:
        seen = shown.shown(prop.value)
        match = _ELLIPSIS.search(seen.text)
        if match is None or not any(c.isalnum() for c in seen.text):
            return
        text = " ".join(seen.text.split())
        kept = " ".join(seen.text[: match.start()].split())
        if text[-_TAIL:] in body_text(page):
            return
        longer = _longer(page, prop, kept, names)
        if longer is not None and _ELLIPSIS_FIRST.match(longer[1], longer[2]):
            longer = None  # it says the same, and a name behind it
        options = self.options
        least = options.min_title if names is TITLES else options.min_description
        if longer is None and len(text) < least:
            return
        rest = None if longer is None else longer[1]
        yield self.at(
            prop,
            f"{label(prop.name)} ends in {match.group()}: it was cut, and the card stops there.",
            part=(seen.places[match.start()], seen.places[match.end()]),
            help=f"Write the whole title: {rest}"
            if names is TITLES and rest
            else f"Write a {_kind(names)} that ends with its sentence.",
            related=twins(group),
        )

    def _in_a_word(
        self, page: Page, prop: Property, names: tuple[str, ...], group: list[Property]
    ) -> Iterator[Finding]:
        text = prop.line
        before, _, word = text.rpartition(" ")
        longer = _longer(page, prop, text, names)
        rest = _rest_of_word(longer[1][longer[2] :]) if longer is not None else ""
        if (
            longer is None
            and names is DESCRIPTIONS
            and len(text) >= _TAIL
            and _goes_on_somewhere(page, before.rpartition(" ")[2], word)
        ):
            rest = _in_body(body_text(page), text[-_TAIL:])
        if not rest:
            return
        where = "the page's text" if longer is None else longer[0]
        end = prop.trimmed()[1]
        start = prop.value.rfind(prop.value[:end].split()[-1], 0, end)
        yield self.at(
            prop,
            f"{label(prop.name)} stops in the middle of a word: {quoted(word)} is "
            f"{quoted(word + rest)} in {where}.",
            part=(start, end),
            help=f"Write the whole {_kind(names)}, or end it with a sentence.",
            related=twins(group),
        )


def _kind(names: tuple[str, ...]) -> str:
    return "title" if names is TITLES else "description"


def _longer(
    page: Page, prop: Property, text: str, names: tuple[str, ...]
) -> tuple[str, str, int] | None:
    """Another text of the page that begins with ``text`` and goes on: what it is called, the text
    itself, and where in it the rest begins.
    """
    for other in read(page, names):
        if other is not prop and len(other.value) > len(text):
            whole = other.line
            if whole.startswith(text) and len(whole) > len(text) and not whole.endswith("…"):
                return label(other.name).replace("The page", "the page"), whole, len(text)
    if names is TITLES and len(text) >= _TAIL:
        whole = heading(page)
        if whole.startswith(text) and len(whole) > len(text):
            return "the page's heading", whole, len(text)
    return None


def _rest_of_word(rest: str) -> str:
    """What stands at the beginning of ``rest`` before the word ends."""
    end = 0
    while end < len(rest) and rest[end].isalnum():
        end += 1
    return rest[:end]


def _goes_on_somewhere(page: Page, before: str, word: str) -> bool:
    """Whether ``word``, behind ``before``, begins a longer one in the body as it is written.

    Making plain text of a body costs more than all other rules of texts together.
    """
    text, (at, end) = page.source.text, page.body
    if page.html is not None:
        at, end = 0, len(text)
    while (at := text.find(word, at, end)) >= 0:
        start, at = at, at + len(word)
        if not text[at : at + 1].isalnum():
            continue
        if text[max(0, start - _GAP - len(before)) : start].rstrip(_BETWEEN).endswith(before):
            return True
    return False


def _in_body(body: str, tail: str) -> str:
    """What the word goes on with at which ``tail`` stops, wherever it stands in ``body``."""
    rest = ""
    at = body.find(tail)
    while at >= 0:
        rest = _rest_of_word(body[at + len(tail) : at + len(tail) + 40])
        if not rest:
            return ""
        at = body.find(tail, at + 1)
    return rest


_ENDS = frozenset(".!?…:;,)]”’»")
_SHARED_TITLES = ("og:title", "twitter:title")


class CutAtQuote(Rule):
    """A text that ends where the title or the body has a quotation mark.

    ## What it does
    Reports a title or description of the share metadata that stops where the page's title, its
    heading, its own description or its body goes on with a straight quotation mark, or with an
    apostrophe in a word. In a full share record also one that is empty where the title begins
    with a quotation mark.

    ## Why it matters
    A template wrote `content="He said "no""`: for HTML the value ends at the second quotation mark
    (https://html.spec.whatwg.org/multipage/syntax.html#attributes-2), and the rest is read as
    attributes that mean nothing. The card says half a sentence, and nothing else shows why.
    """

    code = "TXT017"
    name = "cut-at-quote"
    severity = Severity.ERROR
    reads = (*_SHARED_TITLES, *DESCRIPTIONS)
    bad = (
        Example(release({"og.title": "Man says",
                         "title": "'Man says \"no\" to harbour plan | Northbridge Police'"})),
        Example(release({"og.title": "''", "title": "'\"No\" to harbour plan'"}),
                also={"SCH007": "folded into the rule's finding"}),
        Example(post("title: Harbour", "og_description: A man was handed a note that read",
                     body='A man was handed a note that read "give me the keys" on Friday.')),
        Example(post("title: Harbour", "og_description: We",
                     body="We're appealing for witnesses after a burglary.")),
    )  # fmt: skip
    good = (
        Example(release({"og.title": "Man says 'no' to harbour plan",
                         "title": "'Man says \"no\" to harbour plan'"})),
        Example(post("title: Harbour", "og_description: The harbour is open again.",
                     body='"The harbour is open again." That is the message of the town.')),
        Example(post("title: Harbour", "og_description: The harbour and its boats",
                     body="The harbour and its boats are the town's pride.")),
        Example(post("title: The useState hook", "og_title: The useState hook",
                     body="The useState hook\" is what a shortcode would say.")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text, at its last word; what goes on is related."""
        for names in (_SHARED_TITLES, DESCRIPTIONS):
            props = [p for p in page.named(names) if p.kind == "string"]
            for prop in props:
                if prop.leftover:
                    yield self._left_over(prop)
            props = [p for p in props if not p.leftover]
            for group in alike(props):
                found = self._longer(page, group[0], names)
                if found is not None:
                    yield self._cut(group, *found)

    def _left_over(self, prop: Property) -> Finding:
        end = prop.trimmed()[1]
        words = prop.value[:end].split()
        last = prop.value.rfind(words[-1], 0, end) if words else 0
        return self.at(
            prop,
            f"{label(prop.name)} ends at a quotation mark, which ended the attribute: "
            f"{quoted(prop.leftover, 40)} is lost.",
            part=(last, end) if words else None,
            help="Write &quot; for a quotation mark inside the attribute.",
        )

    def _cut(
        self, group: list[Property], where: str, whole: str, at: int, other: Property | None
    ) -> Finding:
        prop = group[0]
        related = [*twins(group)]
        if other is not None:
            related.insert(0, (other, where))
        rest = quoted(whole[at:].strip(), 40)
        if prop.is_blank:
            message = (
                f"{prop.name} is empty, and {where} begins with {_mark(whole[at:])}: it ended the "
                "attribute, and the text behind it is lost."
            )
            part = None
        else:
            message = (
                f"{label(prop.name)} ends where {where} has {_mark(whole[at:])}: it ended the "
                f"attribute, and {rest} is lost."
            )
            end = prop.trimmed()[1]
            part = (prop.value.rfind(prop.value[:end].split()[-1], 0, end), end)
        kind = "title" if prop.name.endswith("title") else "description"
        return self.at(
            prop,
            message,
            part=part,
            help=f"Write the whole {kind}; where a template writes it into an attribute, write "
            "&quot; for a quotation mark and &#39; for an apostrophe.",
            related=related,
        )

    def _longer(
        self, page: Page, prop: Property, names: tuple[str, ...]
    ) -> tuple[str, str, int, Property | None] | None:
        """Where the text goes on with a quotation mark: what it is, its text, the place in it."""
        text = prop.line.rstrip("\\ ")
        if not text and not (page.preset.full and prop.name != "page:description"):
            return None
        if text[-1:] in _ENDS:
            return None
        titles = names is _SHARED_TITLES
        begun = False
        for other in read(page, TITLES if titles else DESCRIPTIONS):
            if other is prop or len(other.value) <= len(text):
                continue
            whole = other.line
            if whole.startswith(text):
                begun = True
                if _goes_on_quoted(whole, text, len(text)):
                    where = "the page's" if other.name.startswith("page:") else other.name
                    where = f"{where} {'title' if titles else 'description'}" if (
                        other.name.startswith("page:")) else where  # fmt: skip
                    return where, whole, len(text), other
        if begun or not text:
            return None  # it ends elsewhere
        if titles:
            return self._in_heading(page, text)
        return _in_text(body_text(page), text)

    def _in_heading(self, page: Page, text: str) -> tuple[str, str, int, None] | None:
        whole = heading(page)
        if len(whole) > len(text) and _goes_on_quoted(whole, text, len(text)):
            return "the page's heading", whole, len(text), None
        return None


def _mark(rest: str) -> str:
    return "an apostrophe" if rest.lstrip()[:1] == "'" else "a quotation mark"


def _goes_on_quoted(whole: str, text: str, at: int) -> bool:
    """Whether ``whole`` goes on behind ``text``, which ends at ``at``, with a quotation mark."""
    if not whole.startswith(text, at - len(text)):
        return False
    rest = whole[at : at + 3]
    mark = rest.lstrip()[:1]
    # The first mark of its kind ends an attribute: what holds one was not cut at a second.
    if mark == '"':
        return '"' not in text
    if mark == "'" and "'" not in text:
        behind = rest.lstrip()[1:2]
        return behind.isalpha() and (rest[0] == " " or text[-1:].isalnum() or not text)
    return False


def _in_text(body: str, text: str) -> tuple[str, str, int, None] | None:
    """Where a description goes on in the body that it was taken from, with a quotation mark."""
    at = body.find(text) if len(text) >= _TAIL else (0 if body.startswith(text) else -1)
    if at < 0 or (at > 0 and body[at - 1] in "\"'“‘"):
        return None
    end = at + len(text)
    if not _goes_on_quoted(body, text, end):
        return None
    if body[end] == " " and body[end + 1] == "'":
        return None  # 'single' marks open there as often as an apostrophe stands
    return "the page's text", body, end, None


RULES: tuple[type[Rule], ...] = (
    CutText,
    CutAtQuote,
)
