"""Regular expressions of schemas, matched by jsonschema-rs's engine in linear time.

One dialect for both libraries, and no pattern that takes forever on a hostile text. Look-around and
back-references are what it cannot do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=512)
def _compile(pattern: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(
        {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions()
    )


def fault(pattern: str) -> str | None:
    """Why ``pattern`` cannot be used, in words; None where it can."""
    try:
        _compile(pattern)
    except ValueError:
        if "(?=" in pattern or "(?!" in pattern or "(?<=" in pattern or "(?<!" in pattern:
            return "it looks ahead or behind, which ogcheck's linear-time patterns cannot"
        return "it is not a regular expression that ogcheck can run in linear time"
    return None


def search(pattern: str, text: str) -> bool:
    """Whether ``pattern`` matches anywhere in ``text``."""
    try:
        return bool(_compile(pattern).is_valid(text))
    except UnicodeEncodeError:  # a lone surrogate
        clean = text.encode("utf-8", "replace").decode()
        return bool(_compile(pattern).is_valid(clean))


@lru_cache(maxsize=128)
def _multiples(factor: float) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator({"multipleOf": factor})


def is_multiple(value: float, factor: float) -> bool:
    """Whether ``value`` is a multiple of ``factor``, by decimal arithmetic and not by binary."""
    if value != value or value in (float("inf"), float("-inf")):
        return False
    return bool(_multiples(factor).is_valid(value))
