"""Reading front matter: what keeps it from being read as its author meant it.

The reader finds most of these while it reads and leaves them on the page; the rules file them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Edit, Finding, Fix, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing
from ogcheck.rules.examples import post
from ogcheck.rules.page_facts import label
from ogcheck.source import BOM
from ogcheck.values import dates


class ReadingFault(Rule):
    """The base of rules whose findings the reader makes."""

    filed = True

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """Nothing: the reader has left its findings on the page."""
        return ()


@frozen
class MustHave:
    """Which files must have front matter."""

    files: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "Paths of files that must have front matter, as .gitignore writes them, "
            "relative to the configuration."
        },
    )


class FrontMatterMissing(ReadingFault):
    """A file that should have front matter, and has none.

    ## What it does
    Reports a Markdown file without front matter that the option `files` names. Off unless
    selected: READMEs, drafts and partials have none, and which files are pages is the site's own
    affair.

    ## Why it matters
    A generator without front matter has no title, no date and no share metadata to write; some
    copy the file to the site as it is.
    """

    code = "FM001"
    name = "front-matter-missing"
    severity = Severity.ERROR
    on = False
    Options = MustHave
    bad = (
        Example(
            "# Bridge closed\n\nText.\n",
            "news/bridge.md",
            config={"extend-select": ["FM001"], "rules": {"FM001": {"files": ["news/**"]}}},
        ),
    )
    good = (
        Example("# Bridge closed\n\nText.\n", "news/bridge.md"),
        Example(
            "# How we work\n",
            "news/README.md",
            config={
                "extend-select": ["FM001"],
                "rules": {"FM001": {"files": ["news/**", "!README.md"]}},
            },
        ),
        Example(
            post("title: Bridge closed"),
            "news/bridge.md",
            config={"extend-select": ["FM001"], "rules": {"FM001": {"files": ["news/**"]}}},
        ),
    )


class FrontMatterSyntax(ReadingFault):
    """Front matter that does not parse.

    ## What it does
    Reports the line and column at which a reader of YAML, TOML or JSON stops, and says in plain
    words what is wrong: a colon in a title without quotes, a tab, a quotation mark that is never
    closed, a date that is none, a comma with nothing behind it.

    ## Why it matters
    A generator stops at such a file, or publishes the page without any metadata. The first line
    that a reader objects to is often not the one that is wrong, so the message says both.

    ## Fix
    Quotes the value, or leaves a comma out of JSON, where that alone makes the front matter parse.
    Safe: the text stays.
    """

    code = "FM002"
    name = "front-matter-syntax"
    severity = Severity.ERROR
    fix = "safe"
    bad = (
        Example(post("title: Update: bridge closed", "date: 2026-03-26")),
        Example(post('title: "Bridge closed', "date: 2026-03-26")),
        Example(post("title: Bridge closed", "\tauthor: Ann Lee")),
        Example(post("title: @harbour is open again")),
        Example("+++\ntitle = Bridge closed\ndate = 2026-03-26\n+++\n", "news/bridge.md"),
        Example('{\n  "title": "Bridge closed",\n}\n\nText.\n', "news/bridge.md"),
    )
    good = (
        Example(post('title: "Update: bridge closed"', "date: 2026-03-26")),
        Example(post("title: Bridge closed 10:30 to 11:00")),
        Example("+++\ntitle = 'Bridge closed'\ndate = 2026-03-26\n+++\n", "news/bridge.md"),
        Example("---\ntitle: {{ .Name }}: a draft\ndate: {{ .Date }}\n---\n", "archetypes/post.md"),
    )


class DuplicateKey(ReadingFault):
    """The same key twice in one mapping.

    ## What it does
    Reports the second key, and shows the first.

    ## Why it matters
    YAML forbids it (YAML 1.2.2, section 3.2.1.1), and so does TOML (TOML 1.0.0, "Keys"), whose
    readers refuse the whole file; in JSON what counts is not said (RFC 8259, section 4). Readers
    that accept it keep one value and drop the other without a word; js-yaml refuses the whole file.
    """

    code = "FM003"
    name = "duplicate-key"
    severity = Severity.ERROR
    bad = (
        Example(post("title: Bridge closed", "author: Ann Lee", "title: Bridge open again")),
        Example("+++\ntitle = 'Bridge closed'\n\n[og]\ntype = 'article'\n\n[og]\n+++\n"),
    )
    good = (
        Example(post("defaults: &d", "  author: Ann Lee", "title: Bridge closed", "<<: *d",
                     "author: Bob Hall")),
        Example(post("title: Bridge closed", "author: Ann Lee")),
    )  # fmt: skip


class FrontMatterNotAMapping(ReadingFault):
    """A list or a single value between the fences.

    ## What it does
    Reports front matter that is not made of keys with values.

    ## Why it matters
    Every generator looks metadata up by key; there is nothing to look up in a list.
    """

    code = "FM004"
    name = "front-matter-not-a-mapping"
    severity = Severity.ERROR
    bad = (Example(post("# tags", "- news", "- harbour")),)
    good = (
        Example("---\n---\n\nNo metadata, and none is needed.\n"),
        Example("---\n\nA paragraph between two thematic breaks.\n\n---\n"),
        Example(post("tags: [news, harbour]")),
    )


class FrontMatterNotClosed(ReadingFault):
    """An opening fence with no end.

    ## What it does
    Reports the fence that opens front matter which nothing closes.

    ## Why it matters
    Some generators take the whole file for metadata, others none of it. Either way the page is
    not what its author wrote.
    """

    code = "FM005"
    name = "front-matter-not-closed"
    severity = Severity.ERROR
    bad = (
        Example("---\ntitle: Bridge closed\ndate: 2026-03-26\n\nThe bridge is closed.\n"),
        Example("+++\ntitle = 'Bridge closed'\n\nThe bridge is closed.\n"),
    )
    good = (
        Example("---\ntitle: Bridge closed\n..."),
        Example("---\r\ntitle: Bridge closed\r\n---"),
    )


class UndecodableText(ReadingFault):
    """A page that is not UTF-8, or holds a NUL.

    ## What it does
    Reports the first byte that is not UTF-8; a file with a UTF-16 mark is named as such.

    ## Why it matters
    Generators read UTF-8 (Jekyll and Hugo document no other encoding). What they cannot decode
    shows as question marks in the card, or stops the build.
    """

    code = "FM006"
    name = "undecodable-text"
    severity = Severity.ERROR
    bad = (Example(post("title: Bridge \0 closed")),)
    good = (Example(post("title: Pêche interdite au port — «demain»")),)


class ByteOrderMark(Rule):
    """A byte-order mark before the opening fence.

    ## What it does
    Notes a file that begins with U+FEFF.

    ## Why it matters
    Hugo skips the mark; Jekyll looks for `---` at the file's first byte, finds none, and
    publishes the front matter as text.

    ## Fix
    Removes the mark. Safe: it has no meaning in UTF-8.
    """

    code = "FM007"
    name = "byte-order-mark"
    severity = Severity.NOTE
    fix = "safe"
    bad = (Example(BOM + post("title: Bridge closed")),)
    good = (Example(post("title: Bridge closed")),)

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the mark."""
        if page.html is not None:
            return  # there it is a declaration, and the one that counts most
        if page.source.text.startswith(BOM) and page.source.fault is None:
            yield Finding(
                self.code,
                "The file begins with a byte-order mark, which Jekyll takes for text.",
                0,
                1,
                help="Save the file as UTF-8 without a mark.",
                fix=Fix(True, "Remove the mark", (Edit(0, 1, ""),)),
            )


@frozen
class SizeLimits:
    """How much is read."""

    max_size: int = field(default=10_000_000, metadata={"doc": "Bytes of a file."})
    max_depth: int = field(default=100, metadata={"doc": "Levels of nesting, 200 at most."})
    max_nodes: int = field(
        default=20_000, metadata={"doc": "Values of the front matter, aliases expanded."}
    )


class TooLarge(ReadingFault):
    """A file over the limits of size, nesting or alias expansion.

    ## What it does
    Reports a page that is too large to be read, instead of reading it.

    ## Why it matters
    Nested aliases make a small file expand to gigabytes (the "billion laughs"), and deep nesting
    crashes YAML readers, libyaml among them. No real page comes near the limits.
    """

    code = "FM009"
    name = "too-large"
    severity = Severity.ERROR
    Options = SizeLimits
    bad = (
        Example(post("title: Bridge closed", "extra: " + "[" * 120 + "]" * 120)),
        Example(post("loop: &a [*a]")),
    )
    good = (Example(post("title: Bridge closed", "extra: [[[[deep enough]]]]")),)


_NUMERIC = frozenset("+-.0123456789")
"""How a plain scalar begins that is text for one YAML reader and a number for another."""
_SHOWN = {
    "boolean": "the yes-or-no value {0}",
    "number": "a number, which is shown as {0}",
}


class ImplicitType(Rule):
    """A text field whose plain value becomes something else.

    ## What it does
    Reports titles, descriptions and names that a YAML reader takes for a yes-or-no value or a
    number written in another way: `no`, `on`, `12:30`, `1.10`, `1e3`, `010`.

    ## Why it matters
    Without quotes YAML guesses; TOML and JSON do not. `title: no` is false for libyaml (YAML 1.1),
    `12:30` is 750 for libyaml and js-yaml 3, `1e3` is 1000 for js-yaml. Readers differ, so where
    the generator is not known it is a warning only if all of them change the value, else a note.
    Whole numbers are shown as they are written, and unquoted dates are no fault.

    ## Fix
    Puts the value in quotes. Safe: that is what is written.
    """

    code = "FM008"
    name = "implicit-type"
    severity = Severity.WARNING
    fix = "safe"
    bad = (
        Example(post("title: true", "date: 2026-03-26")),
        Example(post("title: 1.10")),
        Example(post("title: 12:30")),
        Example(post("title: no")),
    )
    good = (
        Example(post("title: 'no'", "image: false", "description:")),
        Example(post("title: 2026", "date: 2026-03-26")),
        Example(post("title: 1.10.3")),
        Example(post("title: 1.5")),
        Example("+++\ntitle = 'no'\n+++\n"),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a text property whose plain value is not read as text."""
        if page.dialect.name != "yaml":
            return  # HTML has no types, and in TOML and JSON they are written
        for prop in page.properties:
            if prop.kind == "string" and prop.value[:1] not in _NUMERIC:
                continue
            if prop.node.style or prop.node.tag or not vocabulary.is_text(prop.name):
                continue
            if prop.value and prop.kind in ("string", "number", "boolean"):
                yield from self._judge(page, prop)

    def _judge(self, page: Page, prop: Property) -> Iterable[Finding]:
        from ogcheck.values.implicit import READERS, implicit, shown

        known = page.preset.yaml
        readers = known or READERS
        kinds = {reader: implicit(prop.value, reader) for reader in readers}
        changed = {
            r: k
            for r, k in kinds.items()
            if k == "boolean" or (k == "number" and shown(prop.value, k) != prop.value)
        }
        if not changed:
            return
        kind = next(iter(changed.values()))
        result = _SHOWN[kind].format(shown(prop.value, kind))
        everywhere = len(changed) == len(readers)
        who = (
            "YAML readers take" if everywhere else f"Some YAML readers ({', '.join(changed)}) take"
        )
        yield self.at(
            prop,
            f"{who} {label(prop.name)[:1].lower()}{label(prop.name)[1:]} {quoted(prop.value)} for "
            f"{result}, not for text.",
            severity=Severity.WARNING if everywhere else Severity.NOTE,
            help="Put the value in quotes.",
            fix=replacing(page, prop, prop.value, "Put the value in quotes", safe=True),
        )


class UnloadableDate(Rule):
    """A date that stops YAML loaders, in a key that is no known date.

    ## What it does
    Reports an unquoted day that does not exist, such as `2017-02-29`, wherever it stands. In the
    dates that ogcheck knows, *impossible-date* says it.

    ## Why it matters
    PyYAML and Ruby's Psych build a date from it and fail, and the whole file with it.
    """

    code = "FM010"
    name = "unloadable-date"
    severity = Severity.ERROR
    bad = (Example(post("title: Bridge closed", "reviewed: 2017-02-29")),)
    good = (
        Example(post("title: Bridge closed", "reviewed: 2016-02-29")),
        Example(post("title: Bridge closed", "reviewed: '2017-02-29'")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an impossible timestamp that no date property holds."""
        if not page.timestamps:
            return
        known = {id(p.node) for p in page.properties if is_date(p.name)}
        for node in page.timestamps:
            if id(node) in known:
                continue
            date = dates.iso_like(node.value)
            if date is not None and date.fault:
                yield Finding(
                    self.code,
                    f"{node.value} is not a date ({date.fault}); YAML loaders fail on it, and "
                    "with it on the whole file.",
                    *node.span,
                    pointer=page.pointer_to(node),
                    help="Correct the date, or put it in quotes if it is text.",
                )


def is_date(name: str) -> bool:
    """Whether the property ``name`` holds a date."""
    entry = vocabulary.PROPERTIES.get(name)
    return entry is not None and entry.type == "datetime"


RULES: tuple[type[Rule], ...] = (
    FrontMatterMissing,
    FrontMatterSyntax,
    DuplicateKey,
    FrontMatterNotAMapping,
    FrontMatterNotClosed,
    UndecodableText,
    ByteOrderMark,
    ImplicitType,
    TooLarge,
    UnloadableDate,
)
