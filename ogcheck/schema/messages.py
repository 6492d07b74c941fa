"""A fault of a document by its schema, as a finding: in plain words, at its place in the page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from ogcheck.names import Words, spell, words
from ogcheck.page import Entry, Node, Page, Refusal
from ogcheck.problem import Finding, Fix, Place
from ogcheck.schema import formats
from ogcheck.schema.explain import Fault, Path, pointer_of
from ogcheck.source import Span

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "empty",
    "number": "a number",
    "object": "a mapping of keys to values",
    "string": "text",
}
_MAIN = frozenset({"og:image:url", "og:video:url", "og:audio:url"})
_LISTED = 12
"""How many names a help line lists."""


class Advice(NamedTuple):
    """What is said of a fault."""

    message: str
    help: str = ""


def finding(fault: Fault, page: Page) -> Finding:
    """``fault`` as a finding in ``page``."""
    if len(fault.names) > 1 and fault.code == "SCH001":
        # Spellings of one property are one: the first is how the schema would have it.
        meanings = {property_of(page, (*fault.path, name)) or name for name in fault.names}
        fault = replace(fault, names=fault.names[:1]) if len(meanings) == 1 else fault
    missing = fault.names[0] if fault.code == "SCH001" and fault.names else None
    advice = _advice(fault, page)
    fix = None
    if fault.code == "SCH004" and (text := _same_but_case(fault)) is not None:
        fix = _replacing(page, fault.path, text)
    if fault.message is not None:
        advice = Advice(fault.message, advice.help)
    hint = " ".join(filter(None, (advice.help, _description(fault, missing))))
    at_key = fault.code == "SCH006" or fault.keyword in ("false", "deprecated")
    span, alias = place(page, fault.path, key=at_key or missing is not None)
    related = [Place(*alias, "used here through an alias")] if alias is not None else []
    if fault.other:
        first, _ = place(page, fault.other, key=False)
        related.insert(0, Place(*first, f"{name_of(fault.other)} is here"))
    about = fault.path if missing is None else (*fault.path, missing)
    return Finding(
        fault.code,
        advice.message,
        *span,
        help=hint or None,
        property=property_of(page, about),
        pointer=pointer_of(about),
        related=tuple(related),
        fix=fix,
    )


@lru_cache(maxsize=1024)
def name_of(path: Path) -> str:
    """A path as people write it: ``og.image[0].url``."""
    if not path:
        return "The front matter"
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def property_of(page: Page, path: Path) -> str | None:
    """The canonical name of the property at ``path``, there or missing; None if it is none."""
    prop = page.property_at(pointer_of(path))
    if prop is not None:
        return prop.name
    name = page.preset.lookup.get(_words_of(path))
    # "og:image:url" is og:image by another name (https://ogp.me/#structured): a rule that misses
    # an image speaks of og:image.
    return name.removesuffix(":url") if name in _MAIN else name


@lru_cache(maxsize=1024)
def _words_of(path: Path) -> Words:
    cut: Words = ()
    for step in path:
        if isinstance(step, str):
            cut = spell(cut + words(step))
    return cut


def place(page: Page, path: Path, *, key: bool) -> tuple[Span, Span | None]:
    """Where to point for the value at ``path``, or for its key; and the alias that leads there.

    The key stands in for a value that is empty or is a block of several lines, the first key of
    an item for the item; the page's start for the whole front matter.
    """
    node, entry = page.root, None
    alias: Span | None = None
    for step in path:
        if node is None:
            break
        entry = _entry(node, step)
        node = node.child(str(step))
        alias = (node.alias if node is not None else None) or alias
    if node is None or not path:
        return page.start, None
    if entry is not None and (key or _is_block(node) or node.span.start == node.span.end):
        return entry.key_span, None
    if entry is None and _is_block(node) and node.entries:
        return node.entries[0].key_span, alias
    if node.span.start == node.span.end:
        return place(page, path[:-1], key=True)
    return node.span, alias


def _entry(node: Node, step: str | int) -> Entry | None:
    if node.kind != "mapping":
        return None
    return next((e for e in reversed(node.entries) if e.key == step), None)


def _is_block(node: Node) -> bool:
    return node.kind in ("mapping", "sequence") and not node.flow


def _advice(fault: Fault, page: Page) -> Advice:
    match fault.code:
        case "SCH001":
            return _missing(fault)
        case "SCH002":
            return _type(fault, _subject(fault))
        case "SCH003":
            says = formats.words(str(fault.limit), str(fault.instance), page.date_formats)
            return Advice(f"{_subject(fault)} {says.says}: {shown(fault.instance)}.", says.advice)
        case "SCH004":
            return _not_allowed(fault)
        case "SCH005":
            return _pattern(fault)
        case "SCH006":
            return _unknown(fault)
        case "SCH007":
            return _size(fault, _subject(fault))
        case "SCH009":
            return Advice(
                f"{name_of(fault.path)} and {name_of(fault.other)} name different pages.",
                "Write the page's one address in both places.",
            )
    return _other(fault, _subject(fault))


def _pattern(fault: Fault) -> Advice:
    message = (
        f"{_subject(fault)} is {shown(fault.instance)}, which does not have the form that is "
        f"asked for (the pattern {fault.limit})."
    )
    if example := _examples(fault.schema):
        return Advice(message, f"Write it as in {example}.")
    return Advice(message, "" if _says(fault.schema) else f"Write text that matches {fault.limit}.")


def _other(fault: Fault, name: str) -> Advice:
    match fault.keyword:
        case "deprecated":
            says = _says(fault.schema)
            return Advice(f"{name} is deprecated.", "" if says else "Remove it.")
        case "false":
            if not fault.path:
                return Advice("The front matter is what the schema rules out.")
            return Advice(f"{name_of(fault.path)} must not be here.", "Remove it.")
        case "oneOf":
            return Advice(f"{name} fits more than one of the forms of which it must have one.")
        case "not":
            value = shown(fault.instance)
            return Advice(f"{name} is what the schema rules out{_of(fault.limit)}: {value}.")
        case "contains":
            return Advice(f"{name} lacks an item that it must have{_of(fault.limit)}.")
        case "items" | "additionalItems" | "unevaluatedItems":
            return Advice(f"{name} has more items than it may have.", "Remove those at its end.")
    return Advice(f"{name} does not follow the schema (its keyword {fault.keyword}).")


def _of(schema: Any) -> str:
    title = schema.get("title") or schema.get("description") if isinstance(schema, dict) else None
    return f" ({title.rstrip('.')})" if isinstance(title, str) else ""


def _subject(fault: Fault) -> str:
    """The field by its path, and its title in brackets where that says more."""
    name = name_of(fault.path)
    title = fault.schema.get("title")
    if not fault.path or not isinstance(title, str) or _fold(title) == _fold(name):
        return name
    return f"{name} ({title})"


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _says(schema: Any) -> str:
    description = schema.get("description") if isinstance(schema, dict) else None
    return " ".join(description.split()) if isinstance(description, str) else ""


def _description(fault: Fault, missing: str | None) -> str:
    """The description of the field, as a sentence; nothing where the fault is of several."""
    schema = fault.schema
    if missing is not None:
        schema = _field(schema, missing) if len(fault.names) == 1 else {}
    elif not fault.path or fault.code in ("SCH006", "SCH009"):
        return ""
    text = _says(schema)
    return text if not text or text[-1] in ".!?" else text + "."


def _field(schema: Any, name: str) -> dict[str, Any]:
    fields = schema.get("properties") if isinstance(schema, dict) else None
    found = fields.get(name) if isinstance(fields, dict) else None
    return found if isinstance(found, dict) else {}


def _examples(schema: Any) -> str:
    examples = schema.get("examples") if isinstance(schema, dict) else None
    if not isinstance(examples, list) or not examples or isinstance(examples[0], dict | list):
        return ""
    text = examples[0] if isinstance(examples[0], str) else json.dumps(examples[0])
    return text if len(text) <= 100 else ""


def _missing(fault: Fault) -> Advice:
    field = _field(fault.schema, fault.names[0]) if fault.names else {}
    name = name_of((*fault.path, *fault.names[:1]))
    holder = name_of(fault.path) if fault.path else "the front matter"
    if len(fault.names) > 1:
        listed = _either(fault.names)
        return Advice(f"{_first(holder)} has neither {_either(fault.names, 'nor')}.",
                      f"Add {listed}.")  # fmt: skip
    title = field.get("title")
    more = f" ({title})" if isinstance(title, str) and _fold(title) != _fold(name) else ""
    where = f" under {holder}" if fault.path else ""
    example = _examples(field)
    such = f", such as {example}" if example else ""
    return Advice(f"{name}{more} is missing.", f"Add {fault.names[0]}{where}{such}.")


def _first(text: str) -> str:
    return text[:1].upper() + text[1:] if text.startswith("the ") else text


def _either(names: tuple[str, ...] | list[str], word: str = "or") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def _type(fault: Fault, name: str) -> Advice:
    wanted = [fault.limit] if isinstance(fault.limit, str) else list(fault.limit)
    if "number" in wanted:
        wanted = [t for t in wanted if t != "integer"]
    # Text and numbers side by side mean one thing with or without quotation marks: the first.
    scalar = [t for t in wanted if t in ("string", "integer", "number")]
    named = [t for t in wanted if t != "null" and t not in scalar[1:]]
    named += ["null"] if "null" in wanted else []
    expected = _either([_TYPES.get(t, str(t)) for t in named])
    value = fault.instance
    if value is None:
        return Advice(f"{name} has no value; it must be {expected}.", "Write its value.")
    if isinstance(value, bool | int | float):
        text = json.dumps(value)
        kind = "a yes-or-no value" if isinstance(value, bool) else f"the number {text}"
        hint = "Put it in quotation marks." if "string" in wanted else ""
        if not hint and wanted == ["integer"]:
            hint = "Write it without a fraction."
        return Advice(f"{name} must be {expected}; it is {kind}.", hint)
    if isinstance(value, str):
        hint = ""
        if {"number", "integer"} & set(wanted) and re.fullmatch(r"-?\d+(\.\d+)?", value.strip()):
            hint = "Write it without quotation marks."
        return Advice(f"{name} must be {expected}; it is the text {shown(value)}.", hint)
    kind = "a list" if isinstance(value, list) else "a mapping of keys to values"
    hint = ""
    if isinstance(value, list) and "string" in wanted:
        hint = "Write one value, and not a list."
    elif isinstance(value, dict) and "string" in wanted:
        hint = "Write its value on the same line; it has keys of its own below it."
    return Advice(f"{name} must be {expected}; it is {kind}.", hint)


def _unknown(fault: Fault) -> Advice:
    key = str(fault.path[-1])
    holder = name_of(fault.path[:-1]) if len(fault.path) > 1 else "the front matter"
    near = nearest(key, fault.names)
    message = f"{name_of(fault.path)} is not a field that {holder} may have."
    if near is not None:
        return Advice(message, f"Did you mean {near}?")
    if fault.keyword == "propertyNames" and not fault.names:
        rule = fault.limit if isinstance(fault.limit, dict) else {}
        if isinstance(rule.get("pattern"), str) and not _says(rule):
            return Advice(message, f"A name here must match the pattern {rule['pattern']}.")
        return Advice(message, _says(rule))
    names = fault.names[:_LISTED]
    rest = " …" if len(fault.names) > _LISTED else ""
    return Advice(message, f"Known are: {', '.join(names)}{rest}." if names else "Remove it.")


def nearest(text: str, names: tuple[str, ...] | list[str]) -> str | None:
    """The one of ``names`` that ``text`` most likely is a slip of; None where none is near."""
    folded = {_fold(n).replace("_", ""): n for n in reversed(names)}
    key = _fold(text).replace("_", "")
    if key and key in folded:
        return folded[key]
    from difflib import get_close_matches  # slow to import, and few errors ask for it

    near = get_close_matches(key, folded, 1, 0.75)
    return folded[near[0]] if near else None


_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}
_COUNTED = {"Length": "character", "Items": "item", "Properties": "field"}


def _size(fault: Fault, name: str) -> Advice:
    value, limit, keyword = fault.instance, fault.limit, fault.keyword
    if keyword in _BOUNDS:
        bound = f"{_BOUNDS[keyword]} {json.dumps(limit)}"
        return Advice(f"{name} is {json.dumps(value)}; it must be {bound}.")
    if keyword == "uniqueItems":
        return Advice(f"{name} holds the same item twice.", "Remove one of them.")
    if keyword == "multipleOf":
        return Advice(f"{name} is {json.dumps(value)}, which is no multiple of {limit}.")
    if keyword in ("minContains", "maxContains"):
        word = "few" if keyword == "minContains" else "many"
        return Advice(f"{name} has too {word} items of a kind: {limit} is the limit.")
    if keyword.startswith("min") and not (value.strip() if isinstance(value, str) else value):
        return Advice(f"{name} is empty.", "Write its value, or remove the key.")
    have = _count(len(value), _COUNTED[keyword[3:]])
    if keyword.startswith("min"):
        return Advice(f"{name} has {have}; at least {limit} are asked for.")
    hint = f"Shorten it by {len(value) - limit}." if keyword == "maxLength" else ""
    return Advice(f"{name} has {have}; at most {limit} are allowed.", hint)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _allowed(fault: Fault) -> list[Any]:
    return list(fault.limit) if fault.keyword == "enum" else [fault.limit]


def _same_but_case(fault: Fault) -> str | None:
    """The allowed text from which the value differs in letter case only."""
    if not isinstance(fault.instance, str):
        return None
    value = fault.instance.strip().casefold()
    same = [v for v in _allowed(fault) if isinstance(v, str) and v.casefold() == value]
    return same[0] if len(same) == 1 else None


def _not_allowed(fault: Fault) -> Advice:
    allowed = _allowed(fault)
    listed = [shown(v) for v in allowed[:_LISTED]]
    rest = " …" if len(allowed) > _LISTED else ""
    name, value = _subject(fault), shown(fault.instance)
    if len(allowed) == 1:
        message, hint = f"{name} must be {listed[0]}; it is {value}.", f"Write {listed[0]}."
    else:
        message = f"{name} is {value}, which is none of the allowed values."
        hint = f"Allowed are {', '.join(listed)}{rest}."
    same = _same_but_case(fault)
    if same is not None:
        return Advice(message, f"Write {shown(same)}: letter case counts.")
    if isinstance(fault.instance, str) and len(allowed) > 1:
        near = nearest(fault.instance, [v for v in allowed if isinstance(v, str)])
        hint = f"Did you mean {shown(near)}? {hint}" if near is not None else hint
    return Advice(message, hint)


def _replacing(page: Page, path: Path, text: str) -> Fix | None:
    pointer = pointer_of(path)
    prop, node = page.property_at(pointer), page.at(pointer)
    if node is None:
        return None
    edit = page.replace(prop, text) if prop else page.dialect.replace(page, node, text)
    return None if isinstance(edit, Refusal) else Fix(True, f"write {shown(text)}", (edit,))


def shown(value: Any, limit: int = 70) -> str:
    """A value for a message: text in quotation marks, cut in the middle where it is long."""
    if not isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False, default=str)
        return text if len(text) <= limit else text[: limit - 2].rstrip() + " …"
    text = " ".join(value.split())
    if len(text) > limit:
        text = text[: limit - 12].rstrip() + " … " + text[-9:].lstrip()
    return f"“{text}”"


def duplicates(findings: list[Finding]) -> list[Finding]:
    """``findings`` without those that say the same of the same place, by their position."""
    seen: dict[tuple[str, str | None, str], Finding] = {}
    for one in findings:
        seen.setdefault((one.code, one.pointer, one.message), one)
    return sorted(seen.values(), key=lambda f: (f.start, f.end, f.code, f.pointer or ""))
