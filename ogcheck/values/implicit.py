"""What YAML readers make of a plain scalar: text, a number, a yes-or-no value, a date.

They differ. libyaml and its users follow YAML 1.1; js-yaml 3 and 4 (gray-matter, so Eleventy and
Gatsby) and go-yaml (Hugo) each follow a part of 1.1 and of 1.2.
"""

from __future__ import annotations

import re

from ogcheck.values.patterns import late

# YAML 1.1 and 1.2, as libyaml, js-yaml 3 and 4 and go-yaml implement them: what a plain scalar
# becomes. Timestamps are told apart because an unquoted date is no fault.
_BOOL_11 = late(r"(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)")
_BOOL_12 = late(r"(?:true|True|TRUE|false|False|FALSE)")
_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
_NULL = late(r"(?:~|null|Null|NULL|)")
_INT_11 = late(
    r"[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
)
_FLOAT_11 = late(
    r"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_INT_JS3 = _INT_11
_INT_JS4 = late(r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_FLOAT_JS = late(
    r"[-+]?(?:[0-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_SEXAGESIMAL = late(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*")
_INT_GO = late(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_TIMESTAMP = late(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?"
)

READERS = ("1.1", "js-yaml-3", "js-yaml-4", "go-yaml")
"""The YAML readers whose implicit typing is known."""


def implicit(text: str, reader: str) -> str:
    """What a YAML reader makes of the plain scalar ``text``.

    ``string``, ``null``, ``boolean``, ``timestamp``, ``number`` (shown as something else than it is
    written) or ``integer`` (shown as it is written).
    """
    if _NULL.fullmatch(text):
        return "null"
    first = _BOOL_11 if reader == "1.1" else _BOOL_12
    if first.fullmatch(text):
        return "boolean"
    if _TIMESTAMP.fullmatch(text):
        return "timestamp"
    integer = {"1.1": _INT_11, "js-yaml-3": _INT_JS3, "js-yaml-4": _INT_JS4, "go-yaml": _INT_GO}
    if integer[reader].fullmatch(text):
        return "integer" if re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})", text) else "number"
    if reader == "1.1":
        return "number" if _FLOAT_11.fullmatch(text) else "string"
    if _FLOAT_JS.fullmatch(text) or (reader == "js-yaml-3" and _SEXAGESIMAL.fullmatch(text)):
        return "number"
    return "string"


def is_always_text(text: str) -> bool:
    """Whether every reader takes the plain scalar ``text`` for text."""
    if text[:1].isalpha() and text.lower() not in _WORDS:
        return True  # as nearly all text is: every other kind begins with a digit or a sign
    return all(implicit(text, reader) == "string" for reader in READERS)


def shown(text: str, kind: str) -> str:
    """How a site would show the value that ``text`` becomes."""
    if kind == "boolean":
        return "true" if text.lower() in ("true", "yes", "on") else "false"
    value = number(text)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def boolean(text: str) -> bool:
    """The yes-or-no value that YAML 1.1 reads in ``text``."""
    return text.lower() in ("true", "yes", "on", "y")


def number(text: str) -> int | float | str:
    """The number that YAML 1.1 reads in ``text``; infinities and not-a-number stay text."""
    plain = text.replace("_", "").lower()
    sign = -1 if plain.startswith("-") else 1
    digits = plain.lstrip("+-")
    try:
        if ":" in digits:
            total: int | float = 0
            for part in digits.split(":"):
                total = total * 60 + (float(part) if "." in part else int(part))
            return sign * total
        if digits.startswith("0b"):
            return sign * int(digits[2:], 2)
        if digits.startswith("0x"):
            return sign * int(digits[2:], 16)
        if digits.startswith("0o"):
            return sign * int(digits[2:], 8)
        if len(digits) > 1 and digits.startswith("0") and digits.isdigit():
            return sign * int(digits, 8)
        if digits.isdigit():
            return sign * int(digits)
        value = float(plain)
    except (ValueError, OverflowError):
        return text
    return value if value - value == 0 else text
