"""Where a new key goes, and how it is spelt: as the file spells its keys, in whatever dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ogcheck.names import PREFIX, spell, words
from ogcheck.page import Node, Page, Property, Refusal, steps
from ogcheck.values.patterns import late

_NAMESPACE = late(r"[Oo]pen[:._\-]?[Gg]raph|[A-Z]+(?=[A-Z][a-z])|[A-Za-z][a-z]*")


class Spelling(NamedTuple):
    """How a file joins the words of one key."""

    separator: str
    """Between words; empty for camel case."""

    def join(self, parts: Iterable[str]) -> str:
        """One key of several words."""
        if self.separator:
            return self.separator.join(parts)
        first, *rest = parts
        return first + "".join(part.capitalize() for part in rest)


def spelling(keys: Iterable[str]) -> Spelling | None:
    """What the first key of several words shows; None where there is none."""
    for key in keys:
        if len(words(key)) > 1:
            separator = re.search(r"[:._\-]", PREFIX.sub("", key))
            return Spelling(separator.group() if separator else "")
    return None


def path_for(page: Page, name: str) -> tuple[str, ...] | None:
    """The keys under which this file would write ``name``; None where it has no keys for names."""
    if name.startswith("page:"):
        return tuple(page.preset.keys.get(name, name.removeprefix("page:")).split("."))
    namespace, rest = name.split(":", 1)
    entries = page.root.entries if page.root is not None else ()
    for entry in entries:
        if spell(words(entry.key)) == (namespace,) and entry.node.kind in ("mapping", "null"):
            return (entry.key, *_nested(page, entry.key, entry.node, rest))
    flat = _flat(page, namespace, rest)
    if flat is not None:
        return (flat,)
    if any(p.pointer.startswith("/head/") for p in page.properties):
        return None
    return (namespace, *_nested(page, namespace, None, rest))


def respelt(key: str, above: Sequence[str], name: str) -> str | None:
    """``key`` as a key of ``name`` that stands below the keys ``above``; None if it cannot."""
    parents = spell(tuple(word for step in above for word in words(step)))
    size = len(parents)
    if words(name)[:size] != parents or len(words(name)) == size:
        return None
    prefix = match.group() if (match := PREFIX.match(key)) else ""
    rest = "".join(re.split("([:_])", name)[2 * size :])
    separator = re.search(r"[:._\-]", key.removeprefix(prefix))
    if separator is None:
        camel = len(words(key)) > 1
        return prefix + (
            Spelling("").join(re.split("[:_]", rest)) if camel else rest.replace(":", "_")
        )
    found = separator.group()
    parts = rest.split(":") if found in ":." else re.split("[:_]", rest)
    return prefix + found.join(parts)


def _nested(page: Page, key: str, parent: Node | None, rest: str) -> list[str]:
    """The keys below a namespace's own key."""
    shown = spelling([e.key for e in parent.entries] if parent is not None else [])
    if shown is None and spelling([key]) is not None:
        shown = spelling([key])
    if shown is None and page.preset.spelling == "nested":
        return re.split("[:_]", rest)
    if shown is None or shown.separator == ":":
        return rest.split(":")
    return [shown.join(part.split("_")) for part in rest.split(":")]


def _flat(page: Page, namespace: str, rest: str) -> str | None:
    """The one key that a file writes, whose keys hold whole names (``og_title``, ``ogTitle``)."""
    found = None
    for one in page.properties:
        own, _, _ = one.name.partition(":")
        if one.pointer.count("/") != 1 or own not in ("og", "twitter", namespace):
            continue
        if found is None or own == namespace:
            found = (next(steps(one.pointer)), own)
            if own == namespace:
                break
    if found is None:
        return None
    key, own = found
    prefix = match.group() if (match := PREFIX.match(key)) else ""
    shown = spelling([key])
    if shown is None:
        return None
    if own == namespace and (match := _NAMESPACE.match(key, len(prefix))):
        namespace = match.group()
    if shown.separator in (":", "."):
        return prefix + shown.join([namespace, *rest.split(":")])
    return prefix + shown.join([namespace, *re.split("[:_]", rest)])


def renamed(prop: Property, key: str, name: str) -> str | Refusal:
    """What ``key``, without its quotes, becomes where ``prop`` is given another name."""
    *above, last = [step for step in steps(prop.pointer) if not step.isdigit()]
    if last == "content" and key != last:  # of a tag in a list, whose name is a value
        above = []
    new = respelt(key, above, name)
    return Refusal("the key stands below another name") if new is None else new


def beside(parent: Node, keys: Sequence[str]) -> list[str]:
    """``keys`` with the first two made one: "image: x" holds no keys, "image_alt" beside it."""
    shown = spelling(entry.key for entry in parent.entries) or Spelling("_")
    return [shown.join(keys[:2]), *keys[2:]]
