"""JSON front matter: read with ``json``, its places found by the scanner that JSON-LD has."""

from __future__ import annotations

import json
import re
from json.decoder import JSONDecodeError
from typing import NoReturn

from ogcheck.problem import Edit, Finding, Fix
from ogcheck.readers import json_places, scalars
from ogcheck.readers.reading import (
    MOST_DIGITS,
    Limits,
    Reading,
    TooLargeError,
    not_read,
    too_deep,
    too_long,
    twice,
)
from ogcheck.source import Span
from ogcheck.values import json_faults
from ogcheck.values.patterns import late

_SIGN = late(r"\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"?|[\[\]{},:]|-?(?:NaN|Infinity)|-?\d++", re.DOTALL)
"""A sign, or a string in which there are none; also one that is not closed, and what is no JSON."""
_HALF = late(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def read(text: str, content: Span, limits: Limits, *, braces: bool = True) -> Reading:
    """Read the JSON in ``text[content]``, an object with or without ``braces``. Never raises."""
    start, end = content
    block = text[start:end]
    if scalars.has_surrogate(block):
        return Reading(None, [])  # undecodable text is FM006, said once for the source
    if not block.strip():
        return Reading(None, [])  # which gray-matter takes for no metadata
    # Hexo puts the braces around it: they stand where the fences do.
    whole = block if braces else f"{{{block}}}"
    shift = start if braces else start - 1
    try:
        _check_size(whole, limits)
        json.loads(whole, parse_constant=_refuse)
        half = _half(whole)
        if half is not None:
            return Reading(None, [_of_half(half, shift)])
        found = json_places.tree(whole, 0, shift, limits.nodes)
    except TooLargeError as error:
        at = min(max(start, shift + error.offset), max(start, end - 1))
        return not_read(error, at, end)
    except (ValueError, RecursionError) as error:
        return Reading(None, [_explained(text, content, whole, shift, error)])
    if not braces:
        found.root.style, found.root.span = "bare", content
    faults = [twice(*one, "readers keep the last and drop the others") for one in found.twice]
    return Reading(found.root, faults)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _check_size(text: str, limits: Limits) -> None:
    """Raise ``TooLargeError`` where ``text`` is larger than ``limits``, at an offset into it."""
    if (
        text.count("[") + text.count("{") <= limits.depth
        and text.count(",") + text.count(":") < limits.nodes
    ):
        return
    level = values = 0
    for match in _SIGN.finditer(text):
        sign = match.group()
        if sign in "[{":
            level += 1
            values += 1
            if level > limits.depth:
                raise too_deep(match.start(), limits.depth)
        elif sign in "]}":
            level -= 1
        elif sign in ",:":
            values += 1
        if values > 2 * limits.nodes:  # signs: a value has one or two
            raise too_long(match.start(), limits.nodes)


def _explained(
    text: str, content: Span, whole: str, shift: int, error: ValueError | RecursionError
) -> Finding:
    """What ``json`` could not read, in plain words and with the way out."""
    fix = None
    if isinstance(error, JSONDecodeError):
        at = error.pos
        what, advice = json_faults.explain(whole, 0, len(whole), at, error.msg)
        if what == json_faults.COMMA:
            at = whole.rfind(",", 0, at + 1)
            fix = _without_comma(whole, at, shift)
    elif isinstance(error, RecursionError):
        at, what, advice = 0, "it is nested too deeply", "Leave levels out."
    else:
        at, what, advice = _of_number(whole, str(error))
    at = max(content.start, min(at + shift, content.end))
    if at > content.start and text[at : at + 1] in ("\r", "\n"):
        at -= 1  # show the last character of the line
    if at == content.end and at > content.start:
        at = content.start + max(0, len(text[content.start : at].rstrip()) - 1)
    return Finding("FM002", f"The front matter is no JSON: {what}.", at,
                   min(at + 1, len(text)), help=advice, fix=fix)  # fmt: skip


def _without_comma(whole: str, at: int, shift: int) -> Fix | None:
    """Leave a comma out, if that alone makes JSON of it."""
    try:
        json.loads(whole[:at] + whole[at + 1 :], parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return Fix(True, "Leave the comma out", (Edit(at + shift, at + shift + 1, ""),))


def _of_number(whole: str, error: str) -> tuple[int, str, str]:
    """What is no number: Not-a-Number, infinities, and more digits than can be read."""
    for match in _SIGN.finditer(whole):
        sign = match.group()
        if sign.endswith(("NaN", "Infinity")):
            return match.start(), f"{sign} is no value in JSON", "Write a number, or null."
        if len(sign) > MOST_DIGITS and sign[0] != '"':
            return (match.start(), "a number has more digits than can be read",
                    "Put it in quotation marks if it is text.")  # fmt: skip
    return 0, error, "Correct it."


def _half(whole: str) -> re.Match[str] | None:
    """The first escape that is half a character."""
    if "\\u" not in whole:
        return None
    return next((match for match in _HALF.finditer(whole) if match["half"]), None)


def _of_half(half: re.Match[str], shift: int) -> Finding:
    return Finding(
        "FM002",
        f"The escape {half.group()} is half a character, which no text can hold.",
        half.start() + shift,
        half.end() + shift,
        help="Write the character itself, or both of its escapes.",
    )
