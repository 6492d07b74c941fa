"""YAML front matter: composed to nodes with their places, never constructed.

Composing keeps what an author wrote: an unquoted date stays text, an impossible one is one problem
on one line, duplicate keys are seen. libyaml's composer crashes the process on deep nesting, so
text that could be nested deeply is walked first by ``yaml.parse`` events, which do not recurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ogcheck.page import Entry, Node
from ogcheck.problem import Finding
from ogcheck.readers import scalars, yaml_syntax
from ogcheck.readers.reading import Limits as Limits
from ogcheck.readers.reading import Reading, TooLargeError, not_read, too_deep, twice
from ogcheck.readers.yaml_loader import Loader
from ogcheck.source import Span
from ogcheck.values.patterns import late

_KINDS = {
    "tag:yaml.org,2002:str": "string",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "boolean",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:timestamp": "timestamp",
    "tag:yaml.org,2002:binary": "string",
    "tag:yaml.org,2002:merge": "string",
    "tag:yaml.org,2002:value": "string",
}
_COLLECTIONS = frozenset(f"tag:yaml.org,2002:{t}" for t in ("map", "seq", "set", "omap", "pairs"))
_MERGE = "tag:yaml.org,2002:merge"
_BREAKS = r"\r\n\x85\u2028\u2029"
_EOL = rf"(?:\r\n|[{_BREAKS}])"
_NODE_PROPERTIES = late(rf"(?:(?:&[0-9A-Za-z_-]+|!\S*)(?:[ \t]*(?:#[^{_BREAKS}]*)?{_EOL})*[ \t]*)+")
_TAG = late(r"![^\s]*")
_INDENT = late(rf"(?:^|{_EOL})([ \-?:]*)")
_new = tuple.__new__
"""Makes named tuples in half the time, and every key and value needs some."""


def read(text: str, content: Span, limits: Limits) -> Reading:
    """Compose the YAML in ``text[content]``. Never raises."""
    start, end = content
    block = text[start:end]
    if scalars.has_surrogate(block):
        return Reading(None, [])  # undecodable text is FM006, said once for the source
    try:
        _check_depth(block, limits.depth)
        raw = yaml.compose(block, Loader=Loader)
        if raw is None:
            return Reading(None, [])
        builder = _Builder(text, block, start, limits)
        root = builder.node(raw, False, None)
    except yaml.YAMLError as error:
        return Reading(None, [yaml_syntax.explain(text, content, error)])
    except TooLargeError as error:
        return not_read(error, start + error.offset, end)
    return Reading(root, builder.faults, builder.timestamps)


def _check_depth(block: str, depth: int) -> None:
    """Raise ``TooLargeError`` where ``block`` gets deeper than ``depth``; walk it only if it may.

    Text that does not parse is left to whoever composes it: parsing stops before the limit.
    """
    openers = block.count("[") + block.count("{")
    # Every level has its bracket, or its "- ", "? " or colon.
    if openers + block.count(":") + block.count("-") + block.count("?") < depth:
        return
    # A level in brackets may hold a pair without braces; a level by indentation takes a column of
    # its own, save a list at the column of its key.
    if 2 * (openers + 1 + max(map(len, _INDENT.findall(block)))) < depth:
        return
    level = 0
    try:
        for event in yaml.parse(block, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
                if level > depth:
                    mark: Any = event.start_mark
                    raise too_deep(mark.index, depth)
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None and "nesting depth" in str(error):  # libyaml's own limit, from 0.2.6
            raise too_deep(mark.index, depth) from None


class _Builder:
    """Turns PyYAML's nodes into ours, with aliases and merge keys expanded under a budget."""

    def __init__(self, text: str, block: str, base: int, limits: Limits) -> None:
        self.text = text
        self.block = block
        self.base = base
        self.limits = limits
        self.most = limits.nodes
        self.faults: list[Finding] = []
        self.timestamps: list[Node] = []
        self.has_aliases = "*" in block
        """Whether there may be aliases; if not, no node is met twice."""
        self.known: dict[int, Node] = {}
        """The first node that was built from each of PyYAML's."""
        self.open: set[int] = set()
        self.references: Iterator[Span] | None = None
        self.count = 0
        self.depth = 0
        self.reached = base
        """The end of what was read last, as the document goes."""

    def node(self, raw: Any, flow: bool, alias: Span | None) -> Node:  # noqa: C901 (a call more costs a tenth)
        """The node for ``raw``, met in brackets or not, and reached through an alias or not."""
        self.count += 1
        if self.count > self.most:
            self._raise_too_long(raw, alias)
        known = self.known.get(id(raw)) if self.has_aliases else None
        if known is not None:
            known.shared = True
            flow = known.flow  # what is written stands where the anchor is
            if alias is None:
                alias = self._reference()
        if type(raw) is not yaml.ScalarNode:
            return self._collection(raw, flow, alias, known)
        start, end = self.base + raw.start_mark.index, self.base + raw.end_mark.index
        kind = _KINDS.get(raw.tag)
        if kind is None:
            kind = "string"
            if alias is None:
                self._unknown_tag(start)
        style = raw.style or ""
        tag = ""
        if start < end and self.text[start] in "&!":
            start, tag = self._properties(start, end)
        if style == "|" or style == ">":
            end = self._trim(start, end)
        node = Node(kind, _new(Span, (start, end)), raw.value, style)
        if flow:
            node.flow = True
        if tag:
            node.tag = tag
        if alias is not None:
            node.alias = alias
        else:
            self.reached = end
            if kind == "timestamp":
                self.timestamps.append(node)
        if self.has_aliases and known is None:
            self.known[id(raw)] = node
        return node

    def _collection(self, raw: Any, flow: bool, alias: Span | None, known: Node | None) -> Node:
        start, end = self.base + raw.start_mark.index, self.base + raw.end_mark.index
        identity = id(raw)
        self._enter(identity, start if alias is None else alias.start)
        if raw.tag not in _COLLECTIONS and alias is None:
            self._unknown_tag(start)
        if self.text[start] in "&!":
            start = self._skip_properties(start, end)
        flow = flow or bool(raw.flow_style)
        is_mapping = type(raw) is yaml.MappingNode
        node = Node("mapping" if is_mapping else "sequence", Span(start, end), "",
                    "flow" if raw.flow_style else "block")  # fmt: skip
        if flow:
            node.flow = True
        if alias is not None:
            node.alias = alias
        if self.has_aliases:
            self.open.add(identity)
            self.known.setdefault(identity, node)
        if is_mapping:
            node.entries = self._entries(raw, flow, alias)
        else:
            node.items = [self.node(item, flow, alias) for item in raw.value]
        self.open.discard(identity)
        self.depth -= 1
        if alias is None:
            if raw.flow_style:
                self.reached = end
            else:  # libyaml ends it where the next key begins, behind comments
                node.span = Span(start, max(start, self.reached))
        elif known is not None:
            node.span = known.span
        return node

    def _enter(self, identity: int, at: int) -> None:
        """Go a level down, at an offset into the text."""
        self.depth += 1
        if identity in self.open:
            raise TooLargeError(
                at - self.base, "endless: an anchor holds an alias to itself", "max-nodes"
            )
        if self.depth > self.limits.depth:
            raise too_deep(at - self.base, self.limits.depth)

    def _entries(self, raw: Any, flow: bool, alias: Span | None) -> list[Entry]:
        own: list[Entry] = []
        merged: list[Entry] = []
        first: dict[str, Span] = {}
        for key, value in raw.value:
            if key.tag == _MERGE:
                merged.extend(self._merge(value, flow, alias))
                continue
            name, span = self._key(key, flow, alias)
            if alias is None:
                if name in first:
                    self._duplicate(name, span, first[name])
                else:
                    first[name] = span
            node = self.node(value, flow, alias)
            if node.value == "" and node.alias is None and node.span.start == node.span.end:
                self._place_nothing(node, span)
            own.append(_new(Entry, (name, span, node, False)))
        # Merged entries come first, so that a mapping's own keys win.
        return merged + own if merged else own

    def _key(self, raw: Any, flow: bool, alias: Span | None) -> tuple[str, Span]:
        """The name of a key, and where it stands."""
        if type(raw) is not yaml.ScalarNode:
            return self._odd_key(raw, flow, alias)
        self.count += 1
        start, end = self.base + raw.start_mark.index, self.base + raw.end_mark.index
        if start < end and self.text[start] in "&!":
            start = self._skip_properties(start, end)
        span = _new(Span, (start, end))
        if self.has_aliases:
            if id(raw) not in self.known:
                self.known[id(raw)] = Node("string", span, raw.value)
            elif alias is None:
                span = self._reference()
        if alias is None:
            self.reached = span.end
        return raw.value, span

    def _odd_key(self, raw: Any, flow: bool, alias: Span | None) -> tuple[str, Span]:
        node = self.node(raw, flow, alias)
        span = node.alias or node.span
        if alias is None:
            self.faults.append(
                Finding("FM002", "A list or a mapping stands where a key should, which "
                        "generators cannot load.", *span,
                        help="Quote the key if its brackets are meant as text.")
            )  # fmt: skip
        return self.text[span.start : span.end], span

    def _merge(self, value: Any, flow: bool, alias: Span | None) -> list[Entry]:
        """The entries that a merge key brings in; those that win stand last."""
        if type(value) is yaml.SequenceNode:
            built = self.node(value, flow, alias)
            sources = built.items
        else:
            sources = [self.node(value, flow, alias)]
        found: list[Entry] = []
        for source in reversed(sources):
            if source.kind != "mapping":
                if alias is None:
                    self.faults.append(
                        Finding("FM002", "Only a mapping can be merged with <<.",
                                *(source.alias or source.span),
                                help="Give << an alias to a mapping.")
                    )  # fmt: skip
                continue
            found.extend(Entry(e.key, e.key_span, e.node, True) for e in source.entries)
        return found

    def _place_nothing(self, node: Node, key: Span) -> None:
        """Put the empty value of a key without a colon behind the key, not at the next one."""
        at = node.span.start
        if at > key.end and not self.text[key.end : at].rstrip(" \t").endswith(":"):
            between = self.text[key.end : at]
            if not node.tag and "&" not in between and ":" not in between:
                node.span = Span(key.end, key.end)
                self.reached = key.end

    def _duplicate(self, name: str, span: Span, first: Span) -> None:
        consequence = "readers keep one and drop the other, or refuse the file"
        self.faults.append(twice(name, span, first, consequence))

    def _unknown_tag(self, start: int) -> None:
        match = _TAG.search(self.text, start)
        span = Span(*match.span()) if match else Span(start, start + 1)
        written = self.text[span.start : span.end]
        self.faults.append(
            Finding(
                "FM002",
                f"The tag {written} is unknown to generators, which refuse the file.",
                *span,
                help="Remove the tag.",
            )
        )

    def _raise_too_long(self, raw: Any, alias: Span | None) -> None:
        raise TooLargeError(
            raw.start_mark.index if alias is None else alias.start - self.base,
            f"more than {self.limits.nodes:,} values long, with its aliases expanded",
            "max-nodes",
        )

    def _reference(self) -> Span:
        """Where the next alias stands: PyYAML's nodes do not say, its events do."""
        if self.references is None:
            events = yaml.parse(self.block, Loader=Loader)
            marks: list[tuple[Any, Any]] = [
                (e.start_mark, e.end_mark) for e in events if isinstance(e, yaml.AliasEvent)
            ]
            base = self.base
            self.references = iter([Span(base + a.index, base + b.index) for a, b in marks])
        span = next(self.references)
        self.reached = span.end
        return span

    def _properties(self, start: int, end: int) -> tuple[int, str]:
        """The offset behind a node's anchor and tag, and the tag."""
        behind = self._skip_properties(start, end)
        return behind, next((p for p in self.text[start:behind].split() if p[0] == "!"), "")

    def _skip_properties(self, start: int, end: int) -> int:
        """The offset behind a node's anchor and tag."""
        match = _NODE_PROPERTIES.match(self.text, start, end)
        return match.end() if match else start

    def _trim(self, start: int, end: int) -> int:
        """``end`` moved back over white space: a block scalar's node ends at the next token."""
        while end > start and self.text[end - 1] in " \t\r\n\x85\u2028\u2029":
            end -= 1
        return end
