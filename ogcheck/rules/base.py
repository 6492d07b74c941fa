"""What a rule is: one class that carries its code, its reasons, its examples and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, ClassVar, Literal

from ogcheck import platforms
from ogcheck.frozen import frozen
from ogcheck.images import Images
from ogcheck.layout import Layout
from ogcheck.page import Page, Property, Refusal
from ogcheck.problem import Edit, Finding, Fix, Place, Severity, Words
from ogcheck.rules.pictures import Picture
from ogcheck.source import Span


@frozen
class NoOptions:
    """Of a rule that has none."""


@frozen
class Context:
    """What a rule may know beside the page."""

    now: datetime
    """The present, with its zone."""
    site_url: str | None = None
    site_name: str | None = None
    timezone: str | None = None
    """An IANA name."""
    locale: str | None = None
    """The site's locale as Open Graph writes it: ``en_GB``."""
    platforms: tuple[str, ...] = platforms.PLATFORMS
    """Where the pages are shared: names of :mod:`ogcheck.platforms`."""
    layout: Layout = field(default_factory=Layout)
    """Where the site's addresses lie on disk."""
    images: Images = field(default_factory=Images)
    """The images of the run, each looked at once."""


class Example:
    """An input on which a rule speaks, or is silent; a test, and a part of the documentation.

    ``text`` is a text, or what ``str`` makes one of: every run makes the examples of every rule,
    and nearly none reads one. Rules that judge several files have examples of several: ``files``
    holds those beside the first, by path.
    """

    def __init__(
        self,
        text: object,
        path: str = "release.md",
        config: dict[str, Any] | None = None,
        also: dict[str, str] | None = None,
        files: Mapping[str, Picture | bytes | str] | None = None,
        pages: Mapping[str, object] | None = None,
    ) -> None:
        self._text = text
        self.path = path
        self.config = config or {}
        self.also = also or {}
        """Other codes that rightly speak on it, each with the reason."""
        self.files = files or {}
        """What lies beside it, by path from the folder that ``path`` is relative to."""
        self._pages = pages or {}

    @property
    def pages(self) -> dict[str, str]:
        """The texts of the other pages that are checked with it, by path."""
        return {path: str(text) for path, text in self._pages.items()}

    @property
    def text(self) -> str:
        """The file's text."""
        return str(self._text)


Look = Callable[[Page], object]
"""A quick look at a page, false where nothing of a kind is there: :mod:`ogcheck.rules.looks`."""


DEPENDENCIES = ("clock", "files")
"""What ``Rule.depends_on`` may hold."""


class Rule:
    """The base of every rule.

    The class docstring is the rule's documentation, in Markdown under the headings *What it does*,
    *Why it matters* and, where it has one, *Fix*.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    """What its findings are unless they say otherwise."""
    judges: ClassVar[Literal["page", "site", "pair"]] = "page"
    """What it judges: one page, all pages of a site, or a source with the page built from it."""
    filed: ClassVar[bool] = False
    """Its findings are made by the reader, the schema or the engine, which file them under it."""
    on: ClassVar[bool] = True
    """Whether it runs without being selected."""
    fix: ClassVar[str] = ""
    """``safe``, ``unsafe``, or empty where it offers none."""
    reads: ClassVar[tuple[str, ...]] = ()
    """It is called only for pages that have one of these properties; empty: for all."""
    lacks: ClassVar[str] = ""
    """It asks for this property, and is called only for pages that do not have it, or a null."""
    markup: ClassVar[bool] = False
    """It judges the markup of HTML pages, and is called for no other page."""
    where: ClassVar[tuple[Look, ...]] = ()
    """It is called only for pages at which all of these quick looks find something. They save
    calls, and decide nothing: without them it says the same."""
    depends_on: ClassVar[tuple[str, ...]] = ()
    """What its answer hangs on beside the page and its settings: ``clock`` (``context.now``),
    ``files`` (what other files hold). A cache keeps nothing of a page that such a rule was called
    for, unless :meth:`lasts` says that it may."""
    Options: ClassVar[type] = NoOptions
    """A frozen dataclass: names, types, defaults, and in ``metadata["doc"]`` what each does."""
    bad: ClassVar[tuple[Example, ...]] = ()
    good: ClassVar[tuple[Example, ...]] = ()

    def __init__(self, options: Any = None) -> None:
        self.options = self.Options() if options is None else options

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """What the rule finds on ``page``."""
        raise NotImplementedError

    def lasts(self, page: Page, context: Context) -> bool:
        """Whether it will say the same of ``page`` at any later time, as long as page and settings
        stay as they are."""
        return not self.depends_on

    def at(
        self,
        prop: Property,
        message: str | Words,
        *,
        part: tuple[int, int] | None = None,
        at_key: bool = False,
        about: str | None = None,
        help: str | None = None,
        severity: Severity | None = None,
        related: Iterable[tuple[Property, str]] = (),
        fix: Fix | Fixer | None = None,
    ) -> Finding:
        """A finding at a property's value, or at ``part`` (start, end) of the value's text.

        With ``at_key`` at its name: it is the name that is wrong.
        ``about`` is what it is about where that is less than the value: the same thing said of
        other pages is the same finding to a reader.
        A note that is said of many pages has words that are made when they are asked for: what
        makes them is given for the message, and tells message and help.
        """
        words: Words | None = None
        if not isinstance(message, str):
            words = message
            message = ""

        def locate() -> tuple[int, int, tuple[Place, ...]]:
            if at_key:
                start, end = prop.key_span
            else:
                start, end = _visible(prop) if part is None else prop.span_of(*part)
            places = [Place(*_visible(other), text) for other, text in related]
            if prop.node.alias is not None:
                places.append(Place(*prop.node.alias, "used here through an alias"))
            return start, end, tuple(places)

        # In the order of the fields: names would take twice as long.
        return Finding(
            self.code,
            message,
            0,
            0,
            severity,
            help,
            prop.name,
            prop.pointer,
            prop.value if about is None else about,
            (),
            fix,
            (),
            locate,
            words,
        )

    def missing(
        self,
        page: Page,
        name: str,
        message: str,
        *,
        help: str | None = None,
        severity: Severity | None = None,
        related: Iterable[tuple[Property, str]] = (),
        fix: Fix | Fixer | None = None,
    ) -> Finding:
        """A finding about a property that is not there."""

        def locate() -> tuple[int, int, tuple[Place, ...]]:
            places = [Place(*_visible(other), text) for other, text in related]
            return *page.place_for(name), tuple(places)

        return Finding(
            self.code, message, 0, 0, severity, help, name, None, None, (), fix, (), locate
        )  # fmt: skip


def _visible(prop: Property) -> Span:
    """The value's place; the key's where there is no value to point at."""
    span = prop.span
    return prop.key_span if span.start == span.end else span


Fixer = Callable[[], Fix | None]
"""Makes a fix when it is asked for; None where the value cannot be written."""


def replacing(page: Page, prop: Property, text: str, message: str, *, safe: bool) -> Fixer:
    """The fix that gives ``prop`` the value ``text``."""
    return lambda: _fix(page.replace(prop, text), message, safe)


def rewriting(
    page: Page, prop: Property, pieces: Sequence[tuple[int, int, str]], message: str, *, safe: bool
) -> Fixer:
    """The fix that replaces parts of the value of ``prop``: (start, end, text) into ``value``."""
    return lambda: _fix(page.rewrite(prop, pieces), message, safe)


def inserting(page: Page, name: str, text: str, message: str, *, safe: bool) -> Fixer:
    """The fix that adds the property ``name``."""
    return lambda: _fix(page.insert(name, text), message, safe, (name,))


def renaming(page: Page, prop: Property, name: str, message: str, *, safe: bool) -> Fixer:
    """The fix that gives ``prop`` the name ``name``."""
    return lambda: _fix(page.rename(prop, name), message, safe, (name,))


def dividing(
    page: Page, prop: Property, texts: Sequence[str], message: str, *, safe: bool
) -> Fixer:
    """The fix that writes ``texts``, several values, in place of the one of ``prop``."""
    return lambda: _fix(page.divide(prop, texts), message, safe)


def together(*fixers: Fixer) -> Fixer:
    """One fix of several; None where one of them cannot be made."""

    def make() -> Fix | None:
        fixes = [fixer() for fixer in fixers]
        made = [fix for fix in fixes if fix is not None]
        if not made or len(made) < len(fixes):
            return None
        edits = tuple(edit for fix in made for edit in fix.edits)
        inserts = tuple(name for fix in made for name in fix.inserts)
        return Fix(all(fix.safe for fix in made), made[0].message, edits, inserts)

    return make if len(fixers) > 1 else fixers[0]


def _fix(
    answer: Edit | tuple[Edit, ...] | Refusal,
    message: str,
    safe: bool,
    inserts: tuple[str, ...] = (),
) -> Fix | None:
    if isinstance(answer, Refusal):
        return None
    return Fix(safe, message, (answer,) if isinstance(answer, Edit) else answer, inserts)


def quoted(text: str, limit: int = 70) -> str:
    """``text`` for a message, as :func:`cut`, in quotation marks."""
    return f"“{cut(text, limit)}”"


def cut(text: str, limit: int = 200) -> str:
    """``text`` for a message on one line, cut in the middle where it is long.

    It is cut between words where there are any near. Without quotation marks it is for addresses
    and paths, which are shown whole as long as people write them.
    """
    text = " ".join(text.split())
    if len(text) > limit:
        head, tail = text[: limit - 22], text[-19:]
        if " " in head[-12:]:
            head = head[: head.rindex(" ")]
        if " " in tail[:-2]:
            tail = tail[tail.index(" ") :]
        text = f"{head.rstrip()} … {tail.lstrip()}"
    return text
