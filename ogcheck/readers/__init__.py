"""Text to page: find the front matter, read it, and give every property its canonical name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.names import Words, below
from ogcheck.page import (
    Block,
    Dialect,
    Entry,
    Node,
    Origin,
    Page,
    Property,
    Written,
    pointer_step,
)
from ogcheck.presets import Preset, load
from ogcheck.problem import Finding
from ogcheck.readers import fences
from ogcheck.readers.reading import Limits, Reading
from ogcheck.readers.yaml import read as read_yaml
from ogcheck.readers.yaml_writing import YAML
from ogcheck.source import BOM, HTML, EncodingFault, Source, Span, is_html
from ogcheck.values.patterns import late

MARKDOWN = frozenset({".md", ".markdown", ".mdx", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"})
DATA: dict[str, Written] = {".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json"}
"""What data files are written in, by their endings."""
EXTENSIONS = MARKDOWN | DATA.keys() | HTML
"""The endings of the files that are read, in lower case."""


@frozen
class Options:
    """What the configuration says of how a file is read."""

    preset: str | None = None
    """The preset by name; None to tell it from the document's shape."""
    preset_origin: str = "the configuration"
    detected: tuple[str, str] | None = None
    """The preset of the generator whose configuration stands above the file, and what told it."""
    date_formats: tuple[str, ...] | None = None
    """In place of the preset's."""
    limits: Limits = field(default_factory=Limits)


class NotAPage(NamedTuple):
    """Why a file is passed over."""

    reason: str
    lacks_front_matter: bool = False
    """It could have front matter, and has none of any kind."""


_LINE = r"(?<![^\r\n])"
_PROTOCOL = r"[\"']?(?:og|open_?graph|twitter|article)[\"']?"
_PROTOCOL_KEYS: dict[Written, re.Pattern[str]] = {
    "yaml": late(
        rf"{_LINE}[\"']?(?:(?:og|open_?graph|twitter|article)[\"']?[ \t]*:[ \t]*(?:[#{{\r\n]|\Z)"
        r"|(?:og|twitter)[:_.-]\w)",
        re.IGNORECASE,
    ),
    "toml": late(
        rf"{_LINE}[ \t]*+(?:\[{{0,2}}[ \t]*+{_PROTOCOL}[ \t]*+[.\]]"
        rf"|{_PROTOCOL}[ \t]*+=[ \t]*+\{{|[\"']?(?:og|twitter)[:_-]\w)",
        re.IGNORECASE,
    ),
    "json": late(
        r"\"(?:(?:og|open_?graph|twitter|article)\"[ \t\r\n]*+:[ \t\r\n]*+\{"
        r"|(?:og|twitter)[:_.-]\w)",
        re.IGNORECASE,
    ),
}
"""What may be the key of a protocol, by what a text is written in."""
_TITLE_KEYS: dict[Written, re.Pattern[str]] = {
    "yaml": late(rf"{_LINE}[\"'{{ ]*title[\"']?[ \t]*:"),
    "toml": late(rf"{_LINE}[ \t]*+[\"']?title[\"']?[ \t]*+="),
    "json": late(r"\"title\"[ \t\r\n]*+:"),
}
_URL_KEYS: dict[Written, re.Pattern[str]] = {
    "yaml": late(rf"{_LINE}[\"'{{ ,]*url[\"']?[ \t]*:[ \t]*[\"']?https?://"),
    "toml": late(rf"{_LINE}[ \t]*+[\"']?url[\"']?[ \t]*+=[ \t]*+[\"']+https?://"),
    "json": late(r"\"url\"[ \t\r\n]*+:[ \t\r\n]*+\"https?://"),
}
_TEMPLATE = late(r"\{\{|\{%|<%|\$\{")
_ABSOLUTE = late(r"https?://", re.IGNORECASE)
CONFIGURATION = frozenset(
    "_config.yml _config.yaml mkdocs.yml mkdocs.yaml hugo.yml hugo.yaml config.yml config.yaml "
    "_quarto.yml antora.yml openapi.yml openapi.yaml theme.yml "
    # of sites and their generators
    "hugo.toml hugo.json config.toml config.json params.toml languages.toml menus.toml theme.toml "
    "theme.json book.toml netlify.toml vercel.json firebase.json site.toml site.json metadata.json "
    "docs.json "
    # of programs
    "package.json package-lock.json npm-shrinkwrap.json composer.json bower.json deno.json "
    "tsconfig.json jsconfig.json angular.json nx.json turbo.json lerna.json babel.config.json "
    ".eslintrc.json .prettierrc.json biome.json renovate.json manifest.json openapi.json "
    "swagger.json settings.json launch.json cargo.toml pyproject.toml rustfmt.toml clippy.toml "
    "wrangler.toml fly.toml taplo.toml ogcheck.toml .ogcheck.toml "
    "compose.yml compose.yaml docker-compose.yml docker-compose.yaml codecov.yml".split()
)
"""Names of data files, in lower case, that configure a site or a program, and are no pages.

Neither are those whose name begins with a dot, ``.pre-commit-config.yaml`` first of all.
"""
_TOOL_FOLDERS = frozenset({".github", ".gitlab", ".circleci", ".forgejo", ".gitea", ".woodpecker"})
"""Where tools keep data files of their own."""
_TEMPLATE_FOLDERS = frozenset(
    {"archetypes", "_includes", "includes", "_layouts", "_partials", "partials"}
)


def read(source: Source, options: Options | None = None) -> Page | NotAPage:
    """Read ``source``: a page, or why it is none. Never raises."""
    options = options or Options()
    name = source.path.rpartition("/")[2]
    if (written := DATA.get(name[name.rfind(".") :].lower())) is not None:
        return _read_data(source, options, name, written)
    if is_html(source.path, source.text[:2000]) and fences.find(source.text[:2000]) is None:
        return _read_html(source, options)
    return _read_markdown(source, options)


def _read_html(source: Source, options: Options) -> Page | NotAPage:
    """A page that was built. One with front matter is a source, and read as one."""
    if source.size > options.limits.size:
        return _oversized(source, options)
    from ogcheck.readers import html

    page = html.read(source, options.date_formats)
    if isinstance(page, str):
        return NotAPage(page)
    if source.fault is not None:
        page.faults.append(_undecodable(source, source.fault))
    return page


def _read_markdown(source: Source, options: Options) -> Page | NotAPage:
    if ".github" in _folders(source.path):
        return NotAPage("it belongs to GitHub, not to a site")
    found = fences.find(source.text)
    if found is None:
        unread = fences.unread(source.text)
        return NotAPage(unread or "it has no front matter", lacks_front_matter=unread is None)
    if source.size > options.limits.size:
        return _oversized(source, options)
    if isinstance(found, fences.Unclosed):
        return _read_unclosed(source, options, found)
    return _read_block(source, options, found)


def _read_unclosed(source: Source, options: Options, found: fences.Unclosed) -> Page | NotAPage:
    """Front matter without an end."""
    rest = source.text[found.opening.end :]
    if found.fence[0] in "`~" and not _sniff(rest, found.dialect):
        return NotAPage("the code block at its top holds no share metadata")
    if looks_like_template(rest[:2000]):
        return NotAPage("it is a template")
    block = Block(Span(found.opening.end, len(source.text)), found.opening, dialect=found.dialect)
    page = _page(source, options, block)
    page.unreadable = True
    written = source.text[slice(*found.opening)]
    page.faults.append(
        Finding(
            "FM005",
            f"The front matter that opens here with {written} is never closed.",
            *found.opening,
            help=f"Put {found.fence} on a line of its own after the last key.",
        )
    )
    return page


def _read_data(source: Source, options: Options, name: str, written: Written) -> Page | NotAPage:
    text = source.text
    start = 1 if text.startswith(BOM) else 0
    if name.lower() in CONFIGURATION or name.startswith("."):
        return NotAPage("it is the configuration of a site, or of a program")
    if not _TOOL_FOLDERS.isdisjoint(_folders(source.path)):
        return NotAPage("it belongs to a tool, not to a site")
    if (options.preset is None or written != "yaml") and not _sniff(text[start:], written):
        return NotAPage("it holds no share metadata")
    if source.size > options.limits.size:
        return _oversized(source, options)
    return _read_block(source, options, Block(Span(start, len(text)), dialect=written))


def _sniff(text: str, written: Written) -> bool:
    """Whether a data file may be a page: a quick look before it is parsed."""
    return bool(
        _PROTOCOL_KEYS[written].search(text)
        or (_TITLE_KEYS[written].search(text) and _URL_KEYS[written].search(text))
    )


def looks_like_template(text: str) -> bool:
    """Whether ``text`` holds markup of a template engine, and so is a source of front matter."""
    return _TEMPLATE.search(text) is not None


def _page(source: Source, options: Options, block: Block) -> Page:
    preset, reason = _told(options) or (load("generic"), "nothing else is known of it")
    return Page(_origin(source, options, preset, block), preset, reason, block=block)


def _origin(source: Source, options: Options, preset: Preset, block: Block) -> Origin:
    formats = preset.date_formats if options.date_formats is None else options.date_formats
    return Origin(source, _dialect(block.dialect), formats)


def _dialect(written: Written) -> Dialect:
    """The dialect of that name. TOML and JSON are loaded when they are met: most pages are YAML."""
    if written == "toml":
        from ogcheck.readers.toml_writing import TOML

        return TOML
    if written == "json":
        from ogcheck.readers.json_writing import JSON

        return JSON
    return YAML


def _parsed(text: str, block: Block, limits: Limits) -> Reading:
    """The tree of what a block holds, in its dialect."""
    if block.dialect == "toml":
        from ogcheck.readers.toml import read as read_toml

        return read_toml(text, block.content, limits)
    if block.dialect == "json":
        from ogcheck.readers.json import read as read_json

        return read_json(text, block.content, limits, braces=block.braces)
    return read_yaml(text, block.content, limits)


def _configured(options: Options) -> tuple[Preset, str] | None:
    if options.preset is None:
        return None
    return load(options.preset), f"set by {options.preset_origin}"


def _told(options: Options) -> tuple[Preset, str] | None:
    """The preset that the configuration names, else that of the generator."""
    found = _configured(options)
    if found is None and options.detected is not None:
        name, origin = options.detected
        found = load(name), origin
    return found


def _read_block(source: Source, options: Options, block: Block) -> Page | NotAPage:
    must_look_like_one = _must_look_like_one(options, block)
    if source.fault is not None:
        page = _page(source, options, block)
        page.unreadable = True
        page.faults.append(_undecodable(source, source.fault))
        return page
    reading = _parsed(source.text, block, options.limits)
    root, faults = reading.root, reading.faults
    reason = _no_page(source, block, reading, must_look_like_one=must_look_like_one)
    if reason is not None:
        return NotAPage(reason)
    if root is not None and root.kind != "mapping":
        if must_look_like_one:
            return NotAPage("it is not a mapping")
        page = _page(source, options, block)
        page.unreadable = True
        what = "a list" if root.kind == "sequence" else "a single value"
        line = source.line_span(source.position(root.span.start).line)
        page.faults.append(
            Finding("FM004", f"The front matter is {what}; it must be keys with values.",
                    root.span.start, max(root.span.start, min(root.span.end, line.end)),
                    help=_FORMS[block.dialect])
        )  # fmt: skip
        return page
    preset, reason = _told(options) or _by_shape(root, block)
    page = Page(
        _origin(source, options, preset, block),
        preset,
        reason,
        root=root,
        block=block,
        faults=faults,
        unreadable=root is None and bool(faults),
        timestamps=list(reading.timestamps),
    )
    if root is not None:
        _Gatherer(page).gather(root)
        if block.dialect == "toml":  # tables stand in any order, and come back to one another
            page.properties.sort(key=lambda one: one.span)
    if must_look_like_one and not page.unreadable and not _is_page_shaped(page):
        return NotAPage("it holds no share metadata")
    page.exempt = _exemption(page)
    return page


def _must_look_like_one(options: Options, block: Block) -> bool:
    """Whether only what a block holds makes a page of it.

    A preset for all of a repository makes pages of its YAML, and not of each settings.json, schema
    and list in it.
    """
    if block.opening is None and block.dialect != "yaml":
        return True
    return options.preset is None and (block.fenced or block.opening is None)


def _no_page(
    source: Source, block: Block, reading: Reading, *, must_look_like_one: bool
) -> str | None:
    """Why what was found while reading makes no page of it; None if it may be one."""
    content = source.text[block.content.start : block.content.end]
    if any(f.code == "FM002" for f in reading.faults) and _is_template(source.path, content):
        return "it is a template"
    if reading.root is None and reading.faults and must_look_like_one:
        if not _sniff(content, block.dialect):
            return "it holds no share metadata"
        if not block.fenced and not _PROTOCOL_KEYS[block.dialect].search(content):
            return "it does not parse, and may be no page"
    return None


_FORMS: dict[Written, str] = {
    "yaml": "Write key: value on each line.",
    "toml": "Write key = value on each line.",
    "json": 'Write {"key": "value"}.',
}


def _is_template(path: str, content: str) -> bool:
    return looks_like_template(content) or not _TEMPLATE_FOLDERS.isdisjoint(_folders(path))


def _folders(path: str) -> list[str]:
    return path.split("/")[:-1]


def _undecodable(source: Source, fault: EncodingFault) -> Finding:
    at = min(fault.offset, max(0, len(source.text) - 1))
    if fault.reason in ("utf-16", "utf-32"):
        message = f"The file is {fault.reason.upper()}; generators and platforms read UTF-8."
    elif fault.reason == "nul":
        message = f"Byte {fault.byte_offset} is NUL, which no text holds."
    else:
        byte = source.text[fault.offset : fault.offset + 1]
        shown = f" (0x{ord(byte) - 0xDC00:02X})" if "\udc80" <= byte <= "\udcff" else ""
        message = f"Byte {fault.byte_offset}{shown} is not UTF-8."
    return Finding("FM006", message, at, min(at + 1, len(source.text)),
                   help="Save the file as UTF-8.")  # fmt: skip


def _oversized(source: Source, options: Options) -> Page:
    page = _page(source, options, Block(Span(0, len(source.text))))
    page.unreadable = True
    page.faults.append(
        Finding(
            "FM009",
            f"The file is {source.size:,} bytes long, over the limit of "
            f"{options.limits.size:,}, and is not read.",
            0,
            min(1, len(source.text)),
            help="If it is meant, raise rules.FM009.max-size.",
        )
    )
    return page


def _by_shape(root: Node | None, block: Block) -> tuple[Preset, str]:
    """The preset that a document's keys speak of."""
    if root is not None and root.kind == "mapping":
        url, og, publish = root.child("url"), root.child("og"), root.child("publish")
        has_og = og is not None and og.kind == "mapping"
        has_date = publish is not None and publish.child("date") is not None
        has_address = url is not None and _ABSOLUTE.match(url.value) is not None
        # An address that is broken or missing is what a release is to be told of.
        for is_one, what in (
            (has_address and has_og, "url beside og"),
            (has_address and has_date, "url beside publish.date"),
            (has_og and has_date, "og beside publish.date"),
            (has_address and block.fenced, "url in a fenced block"),
            (has_og and block.fenced, "og in a fenced block"),
        ):
            if is_one:
                return load("release"), f"it has {what}, as releases do"
    return load("generic"), "nothing else is known of it"


def _is_page_shaped(page: Page) -> bool:
    """A data file or a code block that holds a vocabulary name, or title beside url."""
    if any(not name.startswith("page:") for name in page.by_name):
        return True
    root = page.root
    if root is None:
        return False
    og = root.child("og")
    if og is not None and og.kind == "mapping":
        return True
    url = root.child("url")
    return root.child("title") is not None and url is not None and bool(_ABSOLUTE.match(url.value))


_REDIRECTS = frozenset({"redirect", "redirect_to", "redirectto", "redirect_url"})
_ERROR_PAGES = frozenset({"404", "500", "_404"})
_ERROR_ADDRESS = late(r"/404(?:\.html)?/?$")


def _exemption(page: Page) -> str | None:
    """Why nothing is asked of this page."""
    *folders, name = page.source.path.split("/")
    if found := _TEMPLATE_FOLDERS.intersection(folders):
        return f"it lies in {min(found)}"
    if name.partition(".")[0] in _ERROR_PAGES:
        return "it is an error page"
    for entry in page.root.entries if page.root is not None else ():
        says = _SAYS.get(entry.key.lower())
        if says is not None and (reason := says(entry.node)):
            return reason
    return None


def _value(node: Node) -> str:
    return node.value.strip().lower()


def _says_redirect(node: Node) -> str | None:
    is_one = (node.value.strip() or node.items) and _value(node) != "false"
    return "it is a redirect" if is_one else None


def _says_layout(node: Node) -> str | None:
    layout = _value(node)
    return f"its layout is {layout}" if layout in ("redirect", "404", "error") else None


def _says_address(node: Node) -> str | None:
    return "it is an error page" if _ERROR_ADDRESS.search(_value(node)) else None


def _says_unpublished(node: Node) -> str | None:
    return "it is not published" if _value(node) == "false" else None


_SAYS: dict[str, Callable[[Node], str | None]] = {
    "draft": lambda node: "it is a draft" if _value(node) in ("true", "yes") else None,
    "published": _says_unpublished,
    "publish": _says_unpublished,
    "ispublished": _says_unpublished,
    "layout": _says_layout,
    "noindex": lambda node: "it is noindex" if _value(node) == "true" else None,
    "hidden": lambda node: "it is hidden" if _value(node) == "true" else None,
    "unlisted": lambda node: "it is unlisted" if _value(node) == "true" else None,
    "robots": lambda node: "it is noindex" if "noindex" in _value(node) else None,
    "permalink": _says_address,
    "url": _says_address,
    **dict.fromkeys(_REDIRECTS, _says_redirect),
}
"""By key: why a page with such a value is asked for nothing."""


class _Meaning(NamedTuple):
    """What a key means below a path of keys, in one preset."""

    path: Words
    """The words of the path with the key."""
    step: str
    """The key as a step of a JSON Pointer, the slash included."""
    name: str | None
    """The canonical name of its value."""
    absolute: str | None
    """The same where the value has to be an absolute URL."""
    is_prefix: bool
    """Names begin with it."""
    is_protocols: bool
    """It stands in a protocol's namespace, where what is unknown is misspelt."""


@lru_cache(maxsize=8192)
def _meaning(preset: str, above: Words, key: str) -> _Meaning:
    """The same keys stand in file after file."""
    path, known = below(above, key), load(preset)
    return _Meaning(
        path,
        f"/{pointer_step(key)}",
        known.lookup.get(path),
        known.absolute.get(path),
        path in known.prefixes,
        bool(path) and path[0] in vocabulary.NAMESPACES,
    )


class _Gatherer:
    """Walks a tree and names what it finds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.preset = page.preset.name

    def gather(self, root: Node) -> None:
        self._mapping(root, (), "", ())

    def _mapping(self, node: Node, path: Words, pointer: str, group: tuple[int, ...]) -> None:
        preset = self.preset
        for entry in _last_of_each(node.entries):
            meaning = _meaning(preset, path, entry.key)
            value = entry.node
            kind = value.kind
            here = pointer + meaning.step
            if kind == "mapping":
                if meaning.is_prefix or meaning.is_protocols:
                    self._mapping(value, meaning.path, here, group)
                elif not path and entry.key == "head":
                    self._head(value, here)
            elif kind == "sequence":
                if not path and entry.key == "head":
                    self._head(value, here)
                elif meaning.name is not None or meaning.is_prefix:
                    self._sequence(value, meaning, here, group, entry.key_span)
            else:
                self._scalar(value, meaning, here, group, entry.key_span)

    def _sequence(
        self, node: Node, meaning: _Meaning, pointer: str, group: tuple[int, ...], key_span: Span
    ) -> None:
        for index, item in enumerate(node.items):
            below = f"{pointer}/{index}"
            if item.kind == "mapping":
                self._mapping(item, meaning.path, below, (*group, index))
            elif item.kind != "sequence":
                self._scalar(item, meaning, below, (*group, index), key_span)

    def _scalar(
        self, node: Node, meaning: _Meaning, pointer: str, group: tuple[int, ...], key_span: Span
    ) -> None:
        name = meaning.name
        if name is None:
            name = meaning.absolute
            if name is not None and not _ABSOLUTE.match(node.value):
                return
        page = self.page
        if name is not None:
            page.properties.append(Property(page.origin, name, node, key_span, pointer, group))
        elif meaning.is_protocols and len(meaning.path) > 1:
            name = ":".join(meaning.path)
            page.strays.append(Property(page.origin, name, node, key_span, pointer, group))

    def _head(self, node: Node, pointer: str) -> None:
        """A list of tags: ``{property: og:title, content: …}``, however deep they are wrapped."""
        if node.kind == "sequence":
            for index, item in enumerate(node.items):
                self._head(item, f"{pointer}/{index}")
        elif node.kind == "mapping":
            name = node.child("property") or node.child("name")
            content = node.child("content")
            if name is None or content is None or content.kind in ("mapping", "sequence"):
                for entry in node.entries:
                    if entry.node.kind in ("mapping", "sequence"):
                        self._head(entry.node, f"{pointer}/{pointer_step(entry.key)}")
                return
            canonical = name.value.strip().lower()
            place, page = f"{pointer}/content", self.page
            if canonical in vocabulary.PROPERTIES and not canonical.startswith("page:"):
                key_span = next(e.key_span for e in node.entries if e.key == "content")
                page.properties.append(Property(page.origin, canonical, content, key_span, place))
            elif canonical.partition(":")[0] in vocabulary.NAMESPACES:
                page.strays.append(Property(page.origin, canonical, content, name.span, place))


def _last_of_each(entries: Sequence[Entry]) -> Iterable[Entry]:
    """The entries that count: of one name, the last."""
    keys = {entry.key: entry for entry in entries}
    return entries if len(keys) == len(entries) else keys.values()
