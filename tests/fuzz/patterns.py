"""Every regular expression of ogcheck, and texts on which one that is not linear is slow.

A pattern that takes the square of a text's length, or worse, does so where it can begin in many
places and run far from each, or can match one text in many ways. So each is tried on long
repetitions of what its own text holds: its literals, members of its classes, and pairs of them.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple, cast

import ogcheck
from ogcheck.values.patterns import _Late

SIZES = (300, 900, 2_700)
"""Lengths of the repetitions, in characters."""
SUSPICIOUS = 0.003
"""Seconds. On the longest a linear pattern takes a tenth of it, a square one more; on the others
what is worse than square is found before it takes all day."""
STEEP = 2.2
"""A square pattern takes three times as long a time as a linear one for three times as much."""
_ANYWHERE = frozenset({"search"})
_WAYS = {"match": "match", "fullmatch": "fullmatch"} | dict.fromkeys(
    ("search", "sub", "subn", "split", "findall", "finditer"), "search"
)
_MATCH = frozenset({"match"})
_FENCES = "ogcheck.readers.fences."
_NEVER_ANYWHERE = {
    **{_FENCES + name: _MATCH for name in
       ("_BLANKS", "_SPACES", "_COMMENTS", "_TOML_KEY", "_JSON_KEY", "_REST", "_INNER_FENCE")},
    # Looked for anywhere, until the first string that nothing closes.
    "ogcheck.readers.toml_syntax._QUOTED_OR_COMMENT": _MATCH,
}  # fmt: skip
"""Patterns that are asked under another name, or not to the end."""
_CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " \t\n", "CATEGORY_WORD": "a_",
            "CATEGORY_NOT_WORD": "-"}  # fmt: skip


class Used(NamedTuple):
    """A pattern, and how it is asked."""

    pattern: re.Pattern[str]
    ways: frozenset[str]
    """``match``, ``fullmatch``, ``search`` (and whatever else looks for it anywhere)."""


def patterns() -> dict[str, Used]:
    """All of them, by module and name or line."""
    found: dict[str, Used] = {}
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(ogcheck.__path__, "ogcheck.")
        if not module.name.endswith("__main__")
    ]
    trees = {
        code.__name__: ast.parse(Path(str(code.__file__)).read_text("utf-8")) for code in modules
    }
    for code in modules:
        ways = _ways(trees[code.__name__])
        for name, value in vars(code).items():
            for number, pattern in enumerate(_in(value)):
                where = f"{code.__name__}.{name}" + (f"[{number}]" if number else "")
                known = _NEVER_ANYWHERE.get(f"{code.__name__}.{name}")
                asked = known or ways.get(name, _ANYWHERE)
                found.setdefault(where, Used(pattern, asked))
        for line, used in _inline(trees[code.__name__]):
            found.setdefault(f"{code.__name__}:{line}", used)
    merged: dict[tuple[str, int], tuple[str, Used]] = {}
    for where, (pattern, how) in found.items():
        if isinstance(pattern.pattern, str):
            first, before = merged.get((pattern.pattern, pattern.flags), (where, None))
            how |= before.ways if before is not None else frozenset()
            merged[pattern.pattern, pattern.flags] = first, Used(pattern, how)
    return dict(merged.values())


def _ways(tree: ast.Module) -> dict[str, frozenset[str]]:
    """How the patterns of each name are asked in a module."""
    methods: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            methods.setdefault(node.value.id, set()).add(_WAYS.get(node.attr, ""))
    return {name: frozenset(ways - {""}) or _ANYWHERE for name, ways in methods.items()}


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, _Late):
        yield re.compile(*value._given)
    elif isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _in(one)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            yield from _in(one)


def _inline(tree: ast.Module) -> Iterator[tuple[int, Used]]:
    """Patterns that stand in a call of ``re``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called, first = ast.unparse(node.func), node.args[0]
        way = _WAYS.get(called.removeprefix("re.")) if called.startswith("re.") else None
        if way and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, Used(re.compile(first.value), frozenset({way}))


def _members(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Characters and words that a pattern's parts match."""
    word = ""
    for op, value in tree:
        if op is sre.LITERAL:
            word += chr(value)
            yield chr(value)
            continue
        if len(word) > 1:
            yield word
        word = ""
        if op is sre.IN:
            yield from _class(value)
        elif op in (sre.ANY, sre.NOT_LITERAL):
            yield "a"
        for part in _parts(op, value):
            yield from _members(part)
    if len(word) > 1:
        yield word


def _parts(op: Any, value: Any) -> Iterable[Any]:
    """The patterns within a part of one."""
    if op is sre.BRANCH:
        return cast("Iterable[Any]", value[1])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return (value[2],)
    if op is sre.SUBPATTERN:
        return (value[3],)
    if op is sre.ATOMIC_GROUP:
        return (value,)
    return (value[1],) if op in (sre.ASSERT, sre.ASSERT_NOT) else ()


def _class(parts: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for op, value in parts:
        if op is sre.LITERAL:
            yield chr(value)
        elif op is sre.RANGE:
            yield chr(value[0])
        elif op is sre.CATEGORY:
            yield from _CLASSES.get(str(value), "a")
        elif op is sre.NEGATE:
            yield from "a ."


def units(pattern: re.Pattern[str]) -> list[str]:
    """What is repeated: the parts of a pattern, and as many pairs of them as are bearable."""
    alone = list(dict.fromkeys(_members(parser.parse(pattern.pattern, pattern.flags))))
    alone = sorted(alone, key=len)[:40]
    first = [m for m in alone if len(m) == 1][:14]
    pairs = ["".join(pair) for pair in itertools.permutations(first, 2)]
    return list(dict.fromkeys([*alone, *pairs, "a", " ", "a ", "1"]))


def _seconds(used: Used, text: str) -> float:
    begun = time.process_time()
    if "search" in used.ways:
        for _ in used.pattern.finditer(text):
            pass
    if "match" in used.ways:
        used.pattern.match(text)
    if "fullmatch" in used.ways:
        used.pattern.fullmatch(text)
    return time.process_time() - begun


def _least(used: Used, text: str) -> float:
    return min(_seconds(used, text) for _ in range(3))


def slow(pattern: Used) -> Iterator[str]:
    """The texts on which the time of ``pattern`` grows faster than they do, described."""
    every = units(pattern.pattern)
    heads = ["", *[u for u in every if len(u) == 1][:6]]
    for unit in every:
        for head, tail in itertools.product(heads if len(unit) < 3 else [""], ("", "\0")):
            texts = [head + unit * (size // len(unit)) + tail for size in SIZES]
            for shorter, longer in itertools.pairwise(texts):
                after = _seconds(pattern, longer)
                if after < SUSPICIOUS:
                    continue
                before, after = (_least(pattern, text) for text in (shorter, longer))
                if after < SUSPICIOUS or after < STEEP * len(longer) / len(shorter) * before:
                    continue
                # What a pattern counts up to a bound is steep only below it.
                longest = head + unit * (3 * SIZES[-1] // len(unit)) + tail
                last = _least(pattern, texts[-1])
                if _least(pattern, longest) > STEEP * 3 * last:
                    yield f"{head!r} + {unit!r} × n + {tail!r}: {before:.4f} s, then {after:.4f} s"
                    return
