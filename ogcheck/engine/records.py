"""What became of one file, as bytes: it crosses processes and lies in the cache.

The form is texts between NUL characters, in a fixed order, in half the time that JSON of the same
takes: with a warm cache this is most of what a run does. Only what fewer problems have (related
places, fixes) is JSON. It is data whoever wrote it: what is not in this form is a ``ValueError``,
and nothing of it is run. The path of the file itself is not in it.
"""

from __future__ import annotations

import json
from typing import Any

from ogcheck.engine.discover import Found
from ogcheck.engine.run import Outcome
from ogcheck.problem import Edit, Fix, Problem, Region, Related, Severity
from ogcheck.rules.site_base import PageFacts

_END, _ESCAPE = "\0", "\1"
_FIRST = 3
"""How many fields stand before the problems."""
_FIELDS = 10
"""Of a problem."""
_FACT_TYPES = [type(one) for one in PageFacts(is_html=False)]
_SEVERITIES = {str(one): one for one in Severity}

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def written(outcome: Outcome) -> bytes:
    """``outcome`` without its file, as bytes."""
    about_site = "" if outcome.facts is None and outcome.pair is None else _encode(
        [_fact_row(outcome.facts), outcome.pair]
    )  # fmt: skip
    if not outcome.problems and outcome.passed_over is None and not about_site:
        return b"%d %d %d 0" % (outcome.is_page, outcome.hidden, outcome.lasts)
    count = len(outcome.problems)
    fields = [f"{outcome.is_page:d} {outcome.hidden} {outcome.lasts:d} {count}",
              _optional(outcome.passed_over), about_site]  # fmt: skip
    for one in outcome.problems:
        fields += _fields(one)
    text = _END.join(fields)
    if _ESCAPE in text or text.count(_END) >= len(fields):
        text = _END.join(map(_escaped, fields))
    # Pages may hold half characters, and bytes that are none.
    return text.encode("utf-8", "surrogatepass")


def outcome(data: bytes, found: Found) -> Outcome:
    """The outcome that :func:`written` made bytes of, of the file ``found``.

    Raises ``ValueError`` for bytes of any other form.
    """
    text = data.decode("utf-8", "surrogatepass")
    fields = text.split(_END)
    if _ESCAPE in text:
        fields = list(map(_unescaped, fields))
    is_page, hidden, lasts, count = map(int, fields[0].split(" "))
    problems: list[Problem] = []
    passed_over = facts = pair = None
    if count or len(fields) > 1:
        if len(fields) != _FIRST + count * _FIELDS:
            raise ValueError("it is cut")
        passed_over = _given(fields[1])
        path = found.shown
        try:
            if fields[2]:
                facts, pair = _about_site(fields[2])
            problems = [
                _problem(path, *fields[at : at + _FIELDS])
                for at in range(_FIRST, len(fields), _FIELDS)
            ]
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError(f"this is no record: {error}") from None
    return Outcome(found, problems, passed_over, bool(is_page), hidden, bool(lasts), facts, pair)


def _fact_row(facts: PageFacts | None) -> list[Any] | None:
    if facts is None:
        return None
    return list({**facts._asdict(), "alternates": facts.alternates.hex()}.values())


def _about_site(text: str) -> tuple[PageFacts | None, tuple[str, str] | None]:
    """Facts and pair. Raises ``ValueError`` or ``TypeError`` for what is none."""
    row, pair = json.loads(text)
    if pair is not None:
        built, how = pair
        pair = (str(built), str(how))
    if row is None:
        return None, pair
    said = dict(zip(PageFacts._fields, row, strict=True))
    said |= {"alternates": bytes.fromhex(said["alternates"]), "silent": tuple(said["silent"])}
    facts = PageFacts(**said)
    if [type(one) for one in facts] != _FACT_TYPES:
        raise ValueError("these are no facts")
    return facts, pair


def _fields(one: Problem) -> tuple[str, ...]:
    more = ""
    if one.fix is not None or one.related or one.also:
        places = [_place_row(place, one.path) for place in one.related]
        more = _encode([places, one.also, one.fix, one.edit_regions])
    return (
        f"{one.code} {one.name} {one.severity.value} {one.suppressed:d}",
        f"{one.line} {one.column} {one.end_line} {one.end_column} {one.offset} {one.end_offset} "
        f"{one.source_column} {one.byte_column} {one.end_byte_column}",
        one.message,
        _optional(one.help),
        _optional(one.property),
        _optional(one.pointer),
        one.source_line,
        one.subject,
        _optional(one.value),
        more,
    )


def _place_row(place: Related, path: str) -> list[Any]:
    return [None if place.path == path else place.path, *place[1:]]


def _problem(
    path: str, named: str, places: str, message: str, help: str, property: str, pointer: str,
    source_line: str, subject: str, value: str, more: str,
) -> Problem:  # fmt: skip
    code, name, severity, suppressed = named.split(" ")
    (line, column, end_line, end_column, offset, end_offset, source_column, byte_column,
     end_byte_column) = map(int, places.split(" "))  # fmt: skip
    related: tuple[Related, ...] = ()
    also: tuple[dict[str, str], ...] = ()
    fix = None
    regions: tuple[Region, ...] = ()
    if more:
        places_of, also_of, fix_of, regions_of = json.loads(more)
        related = tuple([Related(there or path, *place) for there, *place in places_of])
        also = tuple(also_of)
        if fix_of is not None:
            safe, title, edits, inserts = fix_of
            fix = Fix(safe, title, tuple([Edit(*edit) for edit in edits]), tuple(inserts))
            regions = tuple([Region(*region) for region in regions_of])
    return Problem(
        path, code, name, _SEVERITIES[severity], message, _given(help), _given(property),
        _given(pointer), line, column, end_line, end_column, offset, end_offset, source_line,
        source_column, related, also, fix, suppressed == "1", subject, _given(value), byte_column,
        end_byte_column, regions,
    )  # fmt: skip


def _optional(text: str | None) -> str:
    return "" if text is None else f"={text}"


def _given(text: str) -> str | None:
    return text[1:] if text else None


def _escaped(text: str) -> str:
    return text.replace(_ESCAPE, _ESCAPE + "1").replace(_END, _ESCAPE + "0")


def _unescaped(text: str) -> str:
    return text.replace(_ESCAPE + "0", _END).replace(_ESCAPE + "1", _ESCAPE)
